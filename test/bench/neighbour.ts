/**
 * Noisy neighbour: one pod change of a quiet cluster, frame to kernel, while another cluster floods at a hundred times its limits.
 *
 *   alone      nobody else speaks
 *   stranger   the other floods, but may write to no firewall of this manager: what is shared is this machine (and the table)
 *   neighbour  the other floods and stands on the same firewall: its shipments wake the same apply
 *
 * neighbour / alone is what a user of this machine feels; neighbour / stranger is what the product itself couples, for in AWS every function has
 * processors of its own.
 */
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

/** Everything that a cluster can do to be a nuisance, in turns, until `until` aborts. What its pipe does not take, it waits for. */
async function flood(felixOfOther: Felix, world: WayWorld, cluster: string, until: AbortSignal): Promise<number> {
  let turns = 0;
  for (; !until.aborted; turns++) {
    const bytes = [
      // Within its limits, another structure each time: the firewall has to be written.
      () => policyFrame(MAX_RULES - 1, turns),
      // A storm of members.
      () => setFrame(turns % 8 < 4 ? MAX_MEMBERS * FLOOD : MAX_MEMBERS / 2),
      // A hundred times the rules.
      () => policyFrame(MAX_RULES * FLOOD, turns),
      () =>
        Buffer.concat(
          Array.from({ length: 200 }, (_, n) => frame({ ipsetDeltaUpdate: { id: 's:f', addedMembers: [pod(600_000 + turns * 200 + n)] } })),
        ),
    ][turns % 4]?.() as Uint8Array;
    await Promise.race([felixOfOther.play(bytes), sleep(2_000)]);
    for (let n = 0; n < 5; n++)
      await world.cloud.send(`Cluster-${cluster}/Shipments`, `bm8g${'A'.repeat(1000)}`, {
        group: cluster,
        deduplication: `${turns}-${n}-${process.pid}`,
      });
    await sleep(20);
  }
  return turns;
}

export async function benchNeighbour(changes: number): Promise<readonly Row[]> {
  const world = await WayWorld.start(
    { members: 1000, sets: SETS },
    {
      podCidrs: [POD_CIDR, OTHER_CIDR],
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
  const measure = async (): Promise<{ readonly times: readonly number[]; readonly lost: number }> => {
    const times: number[] = [];
    let lost = 0;
    for (let n = 0; n < changes; n++) {
      const at = next++;
      const began = performance.now();
      await world.felix.play(podFrame(at, SETS, 'comes'));
      const [kernel] = await world.arrivals([[at, 'comes']], 30_000);
      if (kernel === undefined) lost++;
      else times.push(kernel - began);
      await sleep(BETWEEN_MS);
    }
    return { times, lost };
  };
  const beside = async (cluster: string) => {
    const other = playFelix({
      program: SHIPPER_PROGRAM,
      env: {
        ...shipperVariables(world.cloud, cluster),
        CEXTFIRE_HTTP_PORT: '0',
        CEXTFIRE_HTTP_HOST: '127.0.0.1',
        CEXTFIRE_LOG_LEVEL: 'fatal',
      },
    });
    await other.play(begin());
    await world.cloud.settle(60_000);
    const over = new AbortController();
    const flooding = flood(other, world, cluster, over.signal);
    await sleep(2_000);
    const measured = await measure();
    over.abort();
    const turns = await flooding;
    await other.kill();
    await world.cloud.settle(120_000);
    return { ...measured, turns };
  };
  try {
    await measure();
    const alone = await measure();
    const stranger = await beside('stranger');
    const neighbour = await beside('neighbour');
    const p99 = ({ times }: { readonly times: readonly number[] }) => quantile(times, 0.99);
    const rows = Object.entries({ alone, stranger, neighbour }).flatMap(([name, one]): Row[] => [
      { name: `${name}: frame to kernel of the quiet cluster, p50 of ${changes}`, value: quantile(one.times, 0.5), unit: 'ms' },
      { name: `${name}: frame to kernel of the quiet cluster, p99`, value: p99(one), unit: 'ms' },
    ]);
    return [
      ...rows,
      {
        name: 'p99 beside a flooding neighbour, to alone',
        value: p99(neighbour) / p99(alone),
        unit: 'times',
        aim: '< 1.5',
        note: 'shares processors here',
      },
      {
        name: 'p99 beside a flooding neighbour, to beside a flooding stranger',
        value: p99(neighbour) / p99(stranger),
        unit: 'times',
        aim: '< 1.5',
        note: 'what the product couples',
      },
      {
        name: 'changes of the quiet cluster that did not arrive',
        value: alone.lost + stranger.lost + neighbour.lost,
        unit: 'changes',
        aim: '0',
      },
      { name: 'turns of the flood beside the neighbour', value: neighbour.turns, unit: 'turns', note: `limits x ${FLOOD}` },
    ];
  } finally {
    await world.close();
  }
}
