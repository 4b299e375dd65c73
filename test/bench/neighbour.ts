/**
 * Noisy neighbour: one pod change of a quiet cluster, frame to kernel, while another cluster floods at a hundred times its limits. By turns, so that
 * whatever else this machine does meets all three alike:
 *
 *   alone      nobody else speaks
 *   stranger   the other floods, but may write to no firewall of this manager: what is shared is this machine (and the emulated AWS)
 *   neighbour  the other floods and stands on the same firewall: its shipments wake the same apply
 *
 * neighbour / alone is what a user of this machine feels; neighbour / stranger is what the product itself couples. What belongs to the flooding cluster
 * alone (its shipper, its ingest; the stranger's apply) runs at a low priority: in AWS it has processors of its own. The emulated services have not.
 *
 * Both ratios are upper bounds. The shared apply cannot run at a low priority, so what it computes for the flood takes processors from the emulated services,
 * from sshd and from the quiet cluster's own shipper and ingest, none of which would feel it in AWS; the stranger's does not. And two processes of apply take
 * in each storm at the same time, on the two processors that everything else runs on.
 */
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFrame } from '../../proto/framing.ts';
import { felix } from '../../proto/generated/felix.js';
import { SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { FIREWALL } from '../cloud/demo-environment.ts';
import { shipperVariables } from '../cloud/shipper-variables.ts';
import { type Felix, playFelix } from '../felix/player.ts';
import { quantile, type Row } from './row.ts';
import { POD_CIDR, podFrame } from './stream.ts';
import { WayWorld } from './way-world.ts';

const SETS = 20;
const MAX_MEMBERS = 1_000;
const MAX_RULES = 10;
/** Times its limits. */
const FLOOD = 100;
const OTHER_CIDR = '10.128.0.0/12';
const BETWEEN_MS = 100;
/** Pause of the flood after each turn. */
const TURN_MS = 250;

const GARBAGE = 'churn and messages that are none';

const frame = (message: felix.IToDataplane): Uint8Array => writeFrame(felix.ToDataplane.encode(message).finish());
const pod = (n: number): string => `10.${128 + ((n >>> 16) & 15)}.${(n >>> 8) & 255}.${n & 255}/32`;
const policyId = { name: 'border.flood', kind: 'GlobalNetworkPolicy' };

const setFrame = (members: number): Uint8Array =>
  frame({ ipsetUpdate: { id: 's:f', members: Array.from({ length: members }, (_, n) => pod(n)), type: felix.IPSetUpdate.IPSetType.NET } });

/** The policy with so many rules; `salt` makes it another one. */
function policyFrame(rules: number, salt: number): Uint8Array {
  const outboundRules = Array.from({ length: rules }, (_, n) => ({
    action: 'allow',
    protocol: { name: 'tcp' },
    srcIpSetIds: ['s:f'],
    dstNet: [`203.0.113.${n & 255}/32`],
    dstPorts: [{ first: 1 + ((n + salt) % 60_000), last: 1 + ((n + salt) % 60_000) }],
  }));
  return frame({ activePolicyUpdate: { id: policyId, policy: { tier: 'border', outboundRules } } });
}

function begin(): Uint8Array {
  const tier = { name: 'border', egressPolicies: [felix.PolicyID.encode(policyId).finish()], defaultAction: 'Deny' };
  return Buffer.concat([
    frame({ configUpdate: { config: { ClusterGUID: 'flood' } } }),
    setFrame(MAX_MEMBERS / 2),
    policyFrame(MAX_RULES / 2, 0),
    frame({ hostEndpointUpdate: { id: { endpointId: 'edge' }, endpoint: { name: 'outside', forwardTiers: [tier] } } }),
    frame({ inSync: {} }),
  ]);
}

/** Everything that a cluster can do to be a nuisance, a round each, made beforehand: to make it would cost the time that is measured. */
const VARIANTS = 8;
const of = <T>(make: (n: number) => T): readonly T[] => Array.from({ length: VARIANTS }, (_, n) => make(n));
const NUISANCES: Readonly<Record<string, (turn: number) => Uint8Array>> = (() => {
  const [storm, calm] = [setFrame(MAX_MEMBERS * FLOOD), setFrame(MAX_MEMBERS / 2)];
  const structures = of((n) => policyFrame(MAX_RULES - 1, n));
  const tooManyRules = of((n) => policyFrame(MAX_RULES * FLOOD, n));
  const churn = of((n) =>
    Buffer.concat(
      Array.from({ length: 200 }, (_, k) => frame({ ipsetDeltaUpdate: { id: 's:f', addedMembers: [pod(600_000 + n * 200 + k)] } })),
    ),
  );
  const pick = (list: readonly Uint8Array[]) => (turn: number) => list[turn % VARIANTS] as Uint8Array;
  return {
    'structures within its limits, each of which is written': pick(structures),
    'storms of a hundred times the members': (turn) => (turn % 2 === 0 ? storm : calm),
    'a hundred times the rules': pick(tooManyRules),
    'churn of members': pick(churn),
    // Makes ingest drop the rest until a snapshot comes.
    [GARBAGE]: pick(churn),
  };
})();
const KINDS = Object.keys(NUISANCES);

/** One kind, until `until` aborts. What its pipe does not take, it waits for. */
async function flood(other: Felix, world: WayWorld, cluster: string, kind: string, until: AbortSignal): Promise<number> {
  let turns = 0;
  for (; !until.aborted; turns++) {
    const bytes = NUISANCES[kind]?.(turns) as Uint8Array;
    await Promise.race([other.play(bytes), sleep(2_000)]);
    if (kind === GARBAGE)
      await world.cloud.send(`Cluster-${cluster}/Shipments`, `bm8g${'A'.repeat(1000)}`, {
        group: cluster,
        deduplication: `${performance.now()}-${process.pid}`,
      });
    await sleep(TURN_MS);
  }
  return turns;
}

const OTHERS = ['stranger', 'neighbour'] as const;
const LOW_PRIORITY = 10;
const rounds = (): number[][] => KINDS.map(() => []);
const OTHERS_OF_NEIGHBOUR = ['alone', 'stranger'] as const;
const WORDS = { alone: 'alone', stranger: 'beside a flooding stranger' } as const;

/** @param changes per situation */
export async function benchNeighbour(changes: number): Promise<readonly Row[]> {
  const world = await WayWorld.start(
    { members: 1000, sets: SETS },
    {
      podCidrs: [POD_CIDR, OTHER_CIDR],
      niceness: (name) => (/(stranger|neighbour)\/Ingest|elsewhere\/Apply/.test(name) ? LOW_PRIORITY : 0),
      change: (settings) => {
        const other = { podCidrs: [OTHER_CIDR], maxMembers: MAX_MEMBERS * FLOOD * 10 };
        Object.assign(settings.clusters as object, { neighbour: other, stranger: other });
        const pair = { tiers: ['border'], maxRules: MAX_RULES, maxMembers: MAX_MEMBERS, defaultDeny: true };
        (settings.pairs as object[]).push({ cluster: 'neighbour', firewall: FIREWALL, ...pair });
        // Elsewhere: a firewall that only looks, and whose manager does not answer.
        settings.managers.elsewhere = { ...settings.managers[FIREWALL], port: 9, secret: 'cextfire/demo/elsewhere' };
        Object.assign(settings.firewalls as object, { elsewhere: { manager: 'elsewhere', mode: 'observe' } });
        Object.assign(settings.borders as object, { elsewhere: { firewall: 'elsewhere', hostEndpoint: 'elsewhere' } });
        (settings.pairs as object[]).push({ cluster: 'stranger', firewall: 'elsewhere', ...pair });
      },
    },
  );
  let next = 1_000;
  /** by round */
  const times = { alone: rounds(), stranger: rounds(), neighbour: rounds() };
  let lost = 0;
  let turns = 0;
  const measure = async (into: number[], count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      const at = next++;
      const began = performance.now();
      await world.felix.play(podFrame(at, SETS, 'comes'));
      const [kernel] = await world.arrivals([[at, 'comes']], 30_000);
      if (kernel === undefined) lost++;
      else into.push(kernel - began);
      await sleep(BETWEEN_MS);
    }
  };
  const others = new Map<string, Felix>();
  const beside = async (cluster: (typeof OTHERS)[number], round: number, count: number) => {
    const over = new AbortController();
    const flooding = flood(others.get(cluster) as Felix, world, cluster, KINDS[round] as string, over.signal);
    await sleep(2_000);
    await measure(times[cluster][round] as number[], count);
    over.abort();
    turns += await flooding;
    // The next kind begins with few members.
    await others.get(cluster)?.play(setFrame(MAX_MEMBERS / 2));
    await world.cloud.settle(300_000);
  };
  try {
    for (const cluster of OTHERS) {
      const other = playFelix({
        program: SHIPPER_PROGRAM,
        env: {
          ...shipperVariables(world.cloud, cluster),
          CEXTFIRE_HTTP_PORT: '0',
          CEXTFIRE_HTTP_HOST: '127.0.0.1',
          CEXTFIRE_LOG_LEVEL: 'fatal',
        },
      });
      others.set(cluster, other);
      setPriority(other.pid, LOW_PRIORITY);
      await other.play(begin());
      await world.cloud.settle(60_000);
    }
    // Both processes of apply, and everybody's caches, are warm before anything counts.
    for (let n = 0; n < 20; n++) await world.cloud.send(`Manager-${FIREWALL}/Wakes`, '{"kind":"wake"}');
    await measure([], 10);
    for (const round of KINDS.keys()) {
      const count = Math.ceil(changes / KINDS.length);
      await measure(times.alone[round] as number[], count);
      for (const cluster of OTHERS) await beside(cluster, round, count);
      // Nobody asks what went over the wire, and hundreds of MB of it would be somebody's to collect in the middle of a change.
      world.mark();
    }
    const p50 = (name: keyof typeof times) => quantile(times[name].flat(), 0.5);
    const p99 = (name: keyof typeof times) => quantile(times[name].flat(), 0.99);
    const rows = Object.entries(times).flatMap(([name, byRound]): Row[] => {
      const all = byRound.flat();
      return [
        { name: `${name}: frame to kernel of the quiet cluster, p50 of ${all.length}`, value: quantile(all, 0.5), unit: 'ms' },
        { name: `${name}: frame to kernel of the quiet cluster, p99`, value: quantile(all, 0.99), unit: 'ms' },
      ];
    });
    const ratios = OTHERS_OF_NEIGHBOUR.flatMap((other): Row[] => [
      { name: `p50 beside a flooding neighbour, to ${WORDS[other]}`, value: p50('neighbour') / p50(other), unit: 'times' },
    ]);
    const byKind = KINDS.map((kind, round): Row => {
      const value = quantile(times.neighbour[round] as number[], 0.99) / p99('alone');
      return { name: `p99 beside a neighbour that floods with ${kind}, to alone`, value, unit: 'times' };
    });
    return [
      ...rows,
      ...ratios,
      ...byKind,
      {
        name: 'p99 beside a flooding neighbour, to alone',
        value: p99('neighbour') / p99('alone'),
        unit: 'times',
        aim: '< 1.5',
        note: 'the emulated AWS shares its processors here',
      },
      {
        name: 'p99 beside a flooding neighbour, to beside a flooding stranger',
        value: p99('neighbour') / p99('stranger'),
        unit: 'times',
        aim: '< 1.5',
        note: 'what the product couples',
      },
      { name: 'changes of the quiet cluster that did not arrive', value: lost, unit: 'changes', aim: '0' },
      { name: 'turns of the floods', value: turns, unit: 'turns', note: `limits x ${FLOOD}` },
    ];
  } finally {
    for (const other of others.values()) await other.kill();
    await world.close();
  }
}
