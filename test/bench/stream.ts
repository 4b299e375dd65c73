/** What Felix would write for a small policy and many pods: frames made here, so that any size and pace can be measured. */
import { writeFrame } from '../../proto/framing.ts';
import { felix } from '../../proto/generated/felix.js';

export interface StreamWorld {
  /** members before the first change, spread over the sets */
  readonly members: number;
  readonly sets: number;
}

const frame = (message: felix.IToDataplane): Uint8Array => writeFrame(felix.ToDataplane.encode(message).finish());

/** The n-th pod; all lie in 10.64.0.0/10. */
export const podAddress = (n: number): string => `10.${64 + (n >>> 16)}.${(n >>> 8) & 255}.${n & 255}`;
/** As Felix writes members of selector sets. */
const memberOf = (n: number): string => `${podAddress(n)}/32`;
export const POD_CIDR = '10.64.0.0/10';
const setId = (n: number, sets: number): string => `s:${n % sets}`;

/** Everything up to InSync: a pool, a policy with one rule per set, the firewall's HostEndpoint, the members. */
export function firstFrames({ members, sets }: StreamWorld): Uint8Array {
  const ids = Array.from({ length: sets }, (_, at) => setId(at, sets));
  const policy = felix.PolicyID.create({ name: 'border.pods', kind: 'GlobalNetworkPolicy' });
  const bySet = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (let n = 0; n < members; n++) bySet.get(setId(n, sets))?.push(memberOf(n));
  const rules = ids.map((id, at) =>
    felix.Rule.create({
      action: 'allow',
      protocol: { name: 'tcp' },
      srcIpSetIds: [id],
      dstNet: [`203.0.${113 + (at >> 8)}.${at & 255}/32`],
      dstPorts: [{ first: 443, last: 443 }],
    }),
  );
  const edge = {
    name: 'outside',
    forwardTiers: [{ name: 'border', egressPolicies: [felix.PolicyID.encode(policy).finish()], defaultAction: 'Deny' }],
  };
  return Buffer.concat([
    frame({ configUpdate: { config: { ClusterGUID: 'bench', CalicoVersion: 'v3.32.1' } } }),
    frame({ ipamPoolUpdate: { id: 'pods', pool: { cidr: POD_CIDR, masquerade: false } } }),
    ...[...bySet].map(([id, list]) => frame({ ipsetUpdate: { id, members: list, type: felix.IPSetUpdate.IPSetType.NET } })),
    frame({ activePolicyUpdate: { id: policy, policy: { outboundRules: rules, tier: 'border' } } }),
    frame({ hostEndpointUpdate: { id: { endpointId: 'edge' }, endpoint: edge } }),
    frame({ inSync: {} }),
  ]);
}

/** One pod comes or goes. */
export function podFrame(n: number, sets: number, what: 'comes' | 'goes'): Uint8Array {
  const member = [memberOf(n)];
  const id = setId(n, sets);
  return frame({ ipsetDeltaUpdate: what === 'comes' ? { id, addedMembers: member } : { id, removedMembers: member } });
}
