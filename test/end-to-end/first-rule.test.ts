/** Recordings of a real Felix go the whole way, and real packets through the border meet the verdicts of Felix's own dataplane. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listVersions, readRecording } from '../felix/recording.ts';
import { packetOf } from '../felix/verdict-world.ts';
import { needs } from '../requirements.ts';
import { World } from './world.ts';

needs(
  'namespaces',
  'nft',
  'ip',
  'sshd',
  'tcpreplay',
  'tcpdump',
  'conntrack',
)('01-first-rule, the whole way', () => {
  // The newest generation of the wire; the others go through ingest and policy in their own tests.
  const recording = readRecording('01-first-rule', listVersions('01-first-rule').at(-1) ?? '');
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  }, 60_000);
  afterAll(async () => {
    await world?.close();
  }, 30_000);

  // The removal of a HostEndpoint is always held for a person, so the last step of the recording has no packets to judge here.
  const steps = recording.marks.filter(({ step }) => step !== 'firewall deleted');
  test.each(steps.map((mark) => [mark.step, mark] as const))(
    'after "%s" the border decides as Felix itself did',
    async (step, mark) => {
      await world.play(recording, mark);
      const rows = recording.verdicts().filter((row) => row.step === step);
      expect(rows.length).toBeGreaterThan(0);
      const judged = await world.judge.send(rows.map(packetOf));
      const wrong = rows.flatMap((row, at) => (judged[at]?.verdict === row.verdict ? [] : [{ ...row, ours: judged[at]?.verdict }]));
      expect({ wrong: wrong.slice(0, 5), logs: wrong.length > 0 ? world.lastLogs() : '' }).toEqual({ wrong: [], logs: '' });
    },
    60_000,
  );
});
