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

  const verdicts = Map.groupBy(recording.verdicts(), ({ step }) => step);
  const steps = recording.marks.filter(({ step }) => verdicts.has(step));
  test.each(steps.map((mark) => [mark.step, mark] as const))(
    'after "%s" the border decides as Felix itself did',
    async (step, mark) => {
      await world.play(recording, mark);
      const rows = verdicts.get(step) ?? [];
      expect(rows.length).toBeGreaterThan(0);
      const judged = await world.judge.send(rows.map(packetOf));
      const wrong = rows.flatMap((row, at) => (judged[at]?.verdict === row.verdict ? [] : [{ ...row, ours: judged[at]?.verdict }]));
      expect({ wrong: wrong.slice(0, 5), logs: wrong.length > 0 ? world.lastLogs() : '' }).toEqual({ wrong: [], logs: '' });
    },
    60_000,
  );
});

needs(
  'namespaces',
  'nft',
  'ip',
  'sshd',
  'tcpreplay',
  'tcpdump',
  'conntrack',
)('08-churn, the whole way', () => {
  test('pods come and go without one change of structure after the first', async () => {
    const recording = readRecording('08-churn', listVersions('08-churn').at(-1) ?? '');
    const world = await World.start();
    try {
      const count = (name: string) =>
        world.cloud.metrics.filter((metric) => metric.name === name).reduce((sum, { value }) => sum + value, 0);
      const [first, ...rest] = recording.marks;
      if (!first) throw new Error('the recording has no step');
      await world.play(recording, first);
      const before = { structure: count('StructureSteps'), members: count('MemberChanges') };
      expect(before.structure).toBeGreaterThan(0);
      for (const mark of rest.filter(({ life }) => life === first.life)) await world.play(recording, mark);
      expect(count('StructureSteps')).toBe(before.structure);
      expect(count('MemberChanges')).toBeGreaterThan(before.members);
    } finally {
      await world.close();
    }
  }, 120_000);
});
