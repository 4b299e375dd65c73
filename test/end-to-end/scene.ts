/** What the tests of this room ask of a world: is the border right for this view? */
import { expect } from '@jest/globals';
import type { ClusterView, Policy, PolicyKey } from '../../functions/cluster/view.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { EvaluateInput } from '../../functions/policy/evaluate.ts';
import { CLUSTER } from '../cloud/demo-environment.ts';
import type { Mark, Recording } from '../felix/recording.ts';
import { HOST_ENDPOINT, packetOf, recordedView } from '../felix/verdict-world.ts';
import { misjudged } from './packets.ts';
import type { World } from './world.ts';

/** The settings of this world with this view, for the reference evaluator. `instead`: versions that stand in for refused policies. */
export function sceneOf(world: World, view: ClusterView, instead?: ReadonlyMap<PolicyKey, Policy>): EvaluateInput {
  const { borders, clusters, pairs } = world.settings;
  const border = borders[HOST_ENDPOINT];
  const pair = pairs.find(({ cluster }) => cluster === CLUSTER);
  const cluster = clusters[CLUSTER];
  if (!border || !pair || !cluster) throw new Error('the demo environment has lost its border');
  return { view, hostEndpoint: HOST_ENDPOINT, border, podCidrs: cluster.podCidrs, pair, ...(instead ? { instead } : {}) };
}

/** What the border does otherwise than the evaluator says, at most five of it. */
export async function wrongOf(world: World, input: EvaluateInput, packets: readonly Packet[]): Promise<readonly string[]> {
  const judged = await world.judge.send(packets);
  const hex = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString(16) : value);
  return packets
    .flatMap((packet, at) => {
      const why = misjudged(input, packet, judged[at] ?? { verdict: 'deny' });
      return why === undefined ? [] : [`${why}: ${JSON.stringify(packet, hex)}`];
    })
    .slice(0, 5);
}

/** The recorded packets of a step meet the recorded verdicts. Returns them. */
export async function expectVerdicts(world: World, recording: Recording, mark: Mark): Promise<readonly Packet[]> {
  const rows = recording.verdicts().filter(({ step }) => step === mark.step);
  const packets = rows.map(packetOf);
  const judged = await world.judge.send(packets);
  const wrong = rows.flatMap((row, at) => (judged[at]?.verdict === row.verdict ? [] : [{ ...row, ours: judged[at]?.verdict }]));
  expect(wrong.slice(0, 5)).toEqual([]);
  return packets;
}

/** The border is as this mark says: every packet of the recording, by the evaluator. `what` names the moment in a failure. */
export async function expectBorder(world: World, what: string, recording: Recording, mark: Mark, most = 400): Promise<void> {
  const rows = recording.verdicts();
  const every = Math.max(1, Math.floor(rows.length / most));
  const packets = rows.filter((_, at) => at % every === 0).map(packetOf);
  expect(packets.length).toBeGreaterThan(20);
  expect([what, await wrongOf(world, sceneOf(world, recordedView(recording, mark)), packets)]).toEqual([what, []]);
}
