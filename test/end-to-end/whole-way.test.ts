/**
 * Recordings of a real Felix go the whole way, over all versions of the wire. After every step real packets through the border meet the verdicts of
 * Felix's own dataplane and the reference evaluator, source addresses included, and what an administrator keeps on the box is untouched.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Policy, PolicyKey } from '../../functions/cluster/view.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { EvaluateInput } from '../../functions/policy/evaluate.ts';
import { listVersions, type Mark, type Recording, readRecording } from '../felix/recording.ts';
import { packetOf, recordedView } from '../felix/verdict-world.ts';
import { needs } from '../requirements.ts';
import { addressesOf, drawPackets } from './packets.ts';
import { expectVerdicts, sceneOf, wrongOf } from './scene.ts';
import { EMULATOR, NEEDS, World } from './world.ts';

const MINUTES = 60_000;
/**
 * The first scenario in every version of the wire; the others in one each, not the same (queue.test.ts plays all of all to the view).
 * An emulator is slow to deploy to: there the newest alone.
 */
const every = (scenario: string) => (EMULATOR ? newest(scenario) : listVersions(scenario).map((version) => [scenario, version] as const));
const at = (scenario: string, index: number) =>
  EMULATOR ? newest(scenario) : [[scenario, listVersions(scenario).at(index) as string] as const];
const newest = (scenario: string) => [[scenario, listVersions(scenario).at(-1) as string] as const];

needs(...NEEDS)('the whole way', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  }, 3 * MINUTES);
  beforeEach(() => world.fresh(), 2 * MINUTES);
  afterEach(async () => {
    expect(await world.foreign()).toBe(world.foreignBefore);
  }, MINUTES);
  afterAll(() => world?.close(), MINUTES);

  /**
   * Plays a step and, where the plan is over its budget, sees that the border stays as it was until somebody approves. Then both the recorded
   * verdicts and the evaluator must agree with the border. True: it was held.
   */
  async function playAndJudge(recording: Recording, mark: Mark, packets: readonly Packet[], now: EvaluateInput, before?: EvaluateInput) {
    await world.play(recording, mark);
    const held = (await world.held()).size > 0;
    if (held) {
      expect((await world.conditions()).map(({ code }) => code)).toContain('CEXT_APPLY_HELD');
      if (before) expect([`${mark.step}, held`, await wrongOf(world, before, packets)]).toEqual([`${mark.step}, held`, []]);
      await world.approve();
    }
    await expectVerdicts(world, recording, mark);
    expect([mark.step, await wrongOf(world, now, packets)]).toEqual([mark.step, []]);
    return held;
  }

  test.each(every('01-first-rule'))(
    '%s %s',
    async (scenario, version) => {
      const recording = readRecording(scenario, version);
      const packets = recording.verdicts().map(packetOf);
      const held: string[] = [];
      let before: EvaluateInput | undefined;
      for (const mark of recording.marks) {
        const now = sceneOf(world, recordedView(recording, mark));
        if (await playAndJudge(recording, mark, packets, now, before)) held.push(mark.step);
        before = now;
      }
      // The last rule of a cluster goes only when somebody says so.
      expect(held).toEqual(['policy deleted']);
      expect(packets.length).toBeGreaterThan(500);
    },
    5 * MINUTES,
  );

  test.each(at('03-nat', 0))(
    '%s %s: packets leave with the address that the policy names',
    async (scenario, version) => {
      const recording = readRecording(scenario, version);
      const packets = recording.verdicts().map(packetOf);
      let good: readonly [PolicyKey, Policy] | undefined;
      let before: EvaluateInput | undefined;
      const translated = new Set<string>();
      for (const mark of recording.marks) {
        const view = recordedView(recording, mark);
        // An annotation that is no address: the policy stays at its last good version, and people are told.
        const refused = mark.step === 'wrong annotation';
        const mail = [...view.policies].find(([key]) => key.endsWith('border.mail'));
        if (!refused) good = mail;
        const now = sceneOf(world, view, refused && good ? new Map([good]) : undefined);
        await playAndJudge(recording, mark, packets, now, before);
        before = now;
        expect((await world.conditions()).some(({ message }) => message.includes('198.51.100.300'))).toBe(refused);
        for (const { source = 0n } of await world.judge.send(packets)) if (source >> 8n === 0xc63364n) translated.add(`.${source & 0xffn}`);
      }
      expect([...translated]).toEqual(expect.arrayContaining(['.25', '.26']));
      expect(['.30', '.31', '.32', '.33'].some((address) => translated.has(address))).toBe(true);
    },
    5 * MINUTES,
  );

  test.each(at('08-churn', 1))(
    '%s %s: no change of structure after the first',
    async (scenario, version) => {
      const recording = readRecording(scenario, version);
      const sources = new Set<string>();
      let packets = 0;
      let members = 0;
      for (const [at, mark] of recording.marks.entries()) {
        await world.play(recording, mark);
        const written = await world.transactions.take();
        const structure = written.filter(({ kind }) => kind === 'structure');
        members += written.length - structure.length;
        if (at === 0) expect(structure.length).toBeGreaterThan(0);
        else expect([mark.step, structure]).toEqual([mark.step, []]);
        const view = recordedView(recording, mark);
        // Also the addresses of pods that are gone by now.
        for (const address of addressesOf(view)) sources.add(address);
        const drawn = drawPackets(view, sources);
        packets += drawn.length;
        expect([mark.step, await wrongOf(world, sceneOf(world, view), drawn)]).toEqual([mark.step, []]);
      }
      expect(packets).toBeGreaterThan(5_000);
      expect(members).toBeGreaterThan(5);
    },
    5 * MINUTES,
  );

  test.each(at('09-restart', -1))(
    '%s %s: an unchanged restart writes nothing at all',
    async (scenario, version) => {
      const recording = readRecording(scenario, version);
      for (const mark of recording.marks) {
        await world.play(recording, mark);
        if ((await world.held()).size > 0) await world.approve();
        const written = await world.transactions.take();
        if (mark.step === 'restart, nothing changed') expect([written, world.felix.running]).toEqual([[], true]);
        else expect(written.length).toBeGreaterThan(0);
        const packets = await expectVerdicts(world, recording, mark);
        expect(packets.length).toBeGreaterThan(0);
        expect([mark.step, await wrongOf(world, sceneOf(world, recordedView(recording, mark)), packets)]).toEqual([mark.step, []]);
      }
      // An audit of what stands writes nothing either.
      await world.look();
      expect(await world.transactions.take()).toEqual([]);
    },
    5 * MINUTES,
  );
});
