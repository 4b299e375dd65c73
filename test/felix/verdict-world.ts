/** The settings under which verdicts are compared: as the recordings' README says, so wide that only the policies decide. */

import type { MutableView } from '../../functions/cluster/mutable-view.ts';
import type { ClusterView, Policy } from '../../functions/cluster/view.ts';
import { viewFromStream } from '../../functions/cluster/view-from-stream.ts';
import { parseAddress, parseRange } from '../../functions/packets/address.ts';
import { type Packet, PROTOCOLS } from '../../functions/packets/packet.ts';
import type { EvaluateInput } from '../../functions/policy/evaluate.ts';
import type { CompileInput } from '../../functions/policy/types.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import { Border, Cluster, Firewall, Pair } from '../../functions/settings.ts';
import { EVERYTHING_SAYABLE as SAYABLE } from '../worlds/policies.ts';
import type { Mark, Recording, Verdict } from './recording.ts';

export const POD_CIDRS: readonly string[] = ['10.10.0.0/16', 'fd00:10:10::/64'];
/** All verdicts are about this firewall. */
export const HOST_ENDPOINT = 'edge';
export const EVERYTHING: readonly string[] = ['0.0.0.0/0', '::/0'];

/** Nothing needs lowering, and no book is too large. */
export const EVERYTHING_SAYABLE: Capabilities = {
  ...SAYABLE,
  maxRules: 1_000_000,
  maxSets: 1_000_000,
  maxMembersPerSet: 10_000_000,
  maxMembers: 100_000_000,
  maxSetsPerAddress: 1_000_000,
};

export function recordedView(recording: Recording, mark: Mark): MutableView {
  return viewFromStream('recorded', recording.stream(mark.life).subarray(0, mark.bytes)).view;
}

/** A compile input that refuses nothing for the sake of settings: all tiers seen, any translation, no limit that a recording reaches. */
export function wideInput(
  view: ClusterView,
  more: { readonly defaultDeny?: boolean; readonly podCidrs?: readonly string[] } = {},
): CompileInput {
  const pools = [...new Set(['everything', ...[...view.policies.values()].flatMap(poolNames)])];
  const tiers = new Set<string>();
  for (const { forwardTiers, preDnatTiers } of view.hostEndpoints.values())
    for (const { name } of [...forwardTiers, ...preDnatTiers]) tiers.add(name);
  const border = Border.parse({
    firewall: HOST_ENDPOINT,
    hostEndpoint: HOST_ENDPOINT,
    snatPools: Object.fromEntries(pools.map((name) => [name, EVERYTHING])),
    vips: EVERYTHING,
  });
  return {
    firewall: HOST_ENDPOINT,
    settings: Firewall.parse({ manager: 'recorded', mode: 'sync', maxRules: 1_000_000, maxRulesPerPolicyRule: 1_000 }),
    borders: new Map([[HOST_ENDPOINT, border]]),
    capabilities: EVERYTHING_SAYABLE,
    clusters: [
      {
        name: view.cluster,
        settings: Cluster.parse({ podCidrs: more.podCidrs ?? POD_CIDRS }),
        pair: {
          ...Pair.parse({
            cluster: 'recorded',
            firewall: HOST_ENDPOINT,
            tiers: ['any'],
            snatPools: pools,
            maxRules: 1_000_000,
            defaultDeny: more.defaultDeny ?? true,
          }),
          // As Felix names them, also a tier without a name.
          tiers: [...tiers],
        },
        view,
        lastGood: new Map(),
      },
    ],
  };
}

function poolNames(policy: Policy): string[] {
  return [...policy.inbound, ...policy.outbound].flatMap((rule) => {
    const wish = rule.metadata?.annotations?.['cextfire.io/snat'];
    return wish !== undefined && wish !== 'none' && /^[a-z][a-z0-9-]{0,39}$/.test(wish) && !parseRange(wish) ? [wish] : [];
  });
}

/** The same world for the reference evaluator. */
export function wideEvaluation(input: CompileInput): EvaluateInput {
  const [cluster] = input.clusters;
  const border = input.borders.get(HOST_ENDPOINT);
  if (!cluster || !border) throw new Error('an input of wideInput has one cluster and one border');
  return { view: cluster.view, hostEndpoint: HOST_ENDPOINT, border, podCidrs: cluster.settings.podCidrs, pair: cluster.pair };
}

/** A row of verdicts.csv as a packet. @throws RangeError for a row that is none */
export function packetOf(row: Verdict): Packet {
  const source = parseAddress(row.src);
  const destination = parseAddress(row.dst);
  const protocol = PROTOCOLS[row.proto] ?? Number(row.proto);
  if (!source || !destination || source.family !== destination.family || !Number.isInteger(protocol))
    throw new RangeError(`no packet: ${JSON.stringify(row)}`);
  return {
    family: source.family,
    direction: row.dir,
    source: source.value,
    destination: destination.value,
    protocol,
    ...(row.sport === '' ? {} : { sourcePort: Number(row.sport) }),
    ...(row.dport === '' ? {} : { destinationPort: Number(row.dport) }),
    ...(row.type === '' ? {} : { icmpType: Number(row.type), icmpCode: Number(row.code || 0) }),
  };
}
