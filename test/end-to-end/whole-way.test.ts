/**
 * Recordings of a real Felix go the whole way, all versions of the wire. After every step real packets through the border meet the verdicts of
 * Felix's own dataplane and the reference evaluator, source addresses included, and what an administrator keeps on the box is untouched.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ClusterView, Policy, PolicyKey } from '../../functions/cluster/view.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { EvaluateInput } from '../../functions/policy/evaluate.ts';
import { CLUSTER } from '../cloud/demo-environment.ts';
import { listVersions, type Mark, type Recording, readRecording } from '../felix/recording.ts';
import { HOST_ENDPOINT, packetOf, recordedView } from '../felix/verdict-world.ts';
import { needs } from '../requirements.ts';
import { addressesOf, drawPackets, misjudged } from './packets.ts';
import { EMULATOR, NEEDS, World } from './world.ts';

const MINUTES = 60_000;
/** An emulator is slow to deploy to: there the newest version alone. */
const all = (scenario: string) =>
  listVersions(scenario)
    .slice(EMULATOR ? -1 : 0)
    .map((version) => [scenario, version] as const);

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

  const worldOf = (view: ClusterView, instead?: ReadonlyMap<PolicyKey, Policy>): EvaluateInput => {
    const { borders, clusters, pairs } = world.settings;
    const border = borders[HOST_ENDPOINT];
    const pair = pairs.find(({ cluster }) => cluster === CLUSTER);
    const cluster = clusters[CLUSTER];
    if (!border || !pair || !cluster) throw new Error('the demo environment has lost its border');
    return { view, hostEndpoint: HOST_ENDPOINT, border, podCidrs: cluster.podCidrs, pair, ...(instead ? { instead } : {}) };
  };

  /** What the box does otherwise than it should, at most five of them. */
  async function wrongOf(input: EvaluateInput, packets: readonly Packet[]): Promise<readonly unknown[]> {
    const judged = await world.judge.send(packets);
    return packets
      .flatMap((packet, at) => {
        const why = misjudged(input, packet, judged[at] ?? { verdict: 'deny' });
        return why === undefined
          ? []
          : [`${why}: ${JSON.stringify(packet, (_, value) => (typeof value === 'bigint' ? value.toString(16) : value))}`];
      })
      .slice(0, 5);
  }

  /** The recorded packets of a step, judged against the recorded verdicts. */
  async function expectVerdicts(recording: Recording, mark: Mark): Promise<readonly Packet[]> {
    const rows = recording.verdicts().filter(({ step }) => step === mark.step);
    const packets = rows.map(packetOf);
    const judged = await world.judge.send(packets);
    const wrong = rows.flatMap((row, at) => (judged[at]?.verdict === row.verdict ? [] : [{ ...row, ours: judged[at]?.verdict }]));
    expect(wrong.slice(0, 5)).toEqual([]);
    return packets;
  }

  /**
   * Plays a step and, where the plan is over its budget, sees that the border stays as it was until somebody approves. Then both the recorded
   * verdicts and the evaluator must agree with the border. True: it was held.
   */
  async function playAndJudge(recording: Recording, mark: Mark, packets: readonly Packet[], now: EvaluateInput, before?: EvaluateInput) {
    await world.play(recording, mark);
    const held = (await world.held()).size > 0;
    if (held) {
      expect((await world.conditions()).map(({ code }) => code)).toContain('CEXT_APPLY_HELD');
      if (before) expect([`${mark.step}, held`, await wrongOf(before, packets)]).toEqual([`${mark.step}, held`, []]);
      await world.approve();
    }
    await expectVerdicts(recording, mark);
    expect([mark.step, await wrongOf(now, packets)]).toEqual([mark.step, []]);
    return held;
  }

  test.each(all('01-first-rule'))(
    '%s %s',
    async (scenario, version) => {
      const recording = readRecording(scenario, version);
      const packets = recording.verdicts().map(packetOf);
      const held: string[] = [];
      let before: EvaluateInput | undefined;
      for (const mark of recording.marks) {
        const now = worldOf(recordedView(recording, mark));
        if (await playAndJudge(recording, mark, packets, now, before)) held.push(mark.step);
        before = now;
      }
      // The last rule of a cluster goes only when somebody says so.
      expect(held).toEqual(['policy deleted']);
      expect(packets.length).toBeGreaterThan(500);
    },
    5 * MINUTES,
  );

  test.each(all('03-nat'))(
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
        const now = worldOf(view, refused && good ? new Map([good]) : undefined);
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

  test.each(all('08-churn'))(
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
        expect([mark.step, await wrongOf(worldOf(view), drawn)]).toEqual([mark.step, []]);
      }
      expect(packets).toBeGreaterThan(5_000);
      expect(members).toBeGreaterThan(5);
    },
    5 * MINUTES,
  );

  test.each(all('09-restart'))(
    '%s %s: an unchanged restart writes nothing at all',
    async (scenario, version) => {
      const recording = readRecording(scenario, version);
      for (const mark of recording.marks) {
        await world.play(recording, mark);
        if ((await world.held()).size > 0) await world.approve();
        const written = await world.transactions.take();
        if (mark.step === 'restart, nothing changed') expect([written, world.felix.running]).toEqual([[], true]);
        else expect(written.length).toBeGreaterThan(0);
        const packets = await expectVerdicts(recording, mark);
        expect(packets.length).toBeGreaterThan(0);
        expect([mark.step, await wrongOf(worldOf(recordedView(recording, mark)), packets)]).toEqual([mark.step, []]);
      }
      // An audit of what stands writes nothing either.
      await world.look();
      expect(await world.transactions.take()).toEqual([]);
    },
    5 * MINUTES,
  );
});
