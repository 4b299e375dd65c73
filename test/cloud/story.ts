/** The words in which `npm start` tells what passes by: Felix's frames and shipments; those for rules are the operator's command's. Pure. */

import { host, plural, some } from '../../functions/rulebook/words.ts';
import { felix } from '../../proto/generated/felix.js';
import { cextfire } from '../../proto/generated/shipment.js';
import { policyName } from '../../proto/keys.ts';
import { unpackMembers } from '../../proto/members.ts';

const memberTexts = (list: cextfire.IMemberList | null | undefined) => [...unpackMembers(list)];

/** What one frame says; undefined for what no firewall needs (it is counted, not told). */
export function tellFrame(frame: Uint8Array, nameOfSet: NameOfSet): string | undefined {
  const message = felix.ToDataplane.decode(frame);
  const { ipsetUpdate, ipsetDeltaUpdate, ipsetRemove, activePolicyUpdate, activePolicyRemove, hostEndpointUpdate, hostEndpointRemove } =
    message;
  if (message.inSync) return 'in sync: that is all there is for now';
  if (ipsetUpdate) return `set ${nameOfSet(ipsetUpdate.id ?? '')} = ${some((ipsetUpdate.members ?? []).map(host)) || 'empty'}`;
  if (ipsetDeltaUpdate)
    return `set ${nameOfSet(ipsetDeltaUpdate.id ?? '')} ${changed(ipsetDeltaUpdate.addedMembers ?? [], ipsetDeltaUpdate.removedMembers ?? [])}`;
  if (ipsetRemove) return `set ${nameOfSet(ipsetRemove.id ?? '')} is gone`;
  if (activePolicyUpdate) {
    const { inboundRules, outboundRules } = activePolicyUpdate.policy ?? {};
    // The tier stands in the id before 3.32, in the policy since.
    const tier = activePolicyUpdate.id?.tier || activePolicyUpdate.policy?.tier;
    const rules = [
      [inboundRules?.length ?? 0, 'ingress rule'],
      [outboundRules?.length ?? 0, 'egress rule'],
    ] as const;
    const counted = rules.filter(([count]) => count > 0).map(([count, noun]) => plural(count, noun));
    return `policy ${policyName(activePolicyUpdate.id).name}${tier ? ` (tier ${tier})` : ''}: ${counted.join(', ') || 'no rule'}`;
  }
  if (activePolicyRemove) return `policy ${policyName(activePolicyRemove.id).name} is gone`;
  if (hostEndpointUpdate) {
    const tiers = hostEndpointUpdate.endpoint?.forwardTiers ?? [];
    return `HostEndpoint ${hostEndpointUpdate.id?.endpointId}: ${some(tiers.map(({ name }) => `tier ${name}`)) || 'no policy'}`;
  }
  if (hostEndpointRemove) return `HostEndpoint ${hostEndpointRemove.id?.endpointId} is gone`;
  return undefined;
}

/** What a set of Felix is about ("app == 'payments'"), or its id where no rule tells. */
export type NameOfSet = (id: string) => string;

function changed(added: readonly string[], removed: readonly string[]): string {
  return [
    ...(added.length > 0 ? [`+ ${some(added.map(host))}`] : []),
    ...(removed.length > 0 ? [`- ${some(removed.map(host))}`] : []),
  ].join(' ');
}

/** What one shipment carries; undefined for a heartbeat. */
export function tellShipment(shipment: cextfire.IShipment, bytes: number, nameOfSet: NameOfSet): string | undefined {
  const { snapshot, changes, sequence } = shipment;
  const size = `${bytes} bytes`;
  if (snapshot)
    return `shipment ${sequence}: snapshot ${snapshot.part} of ${snapshot.parts}, ${plural(snapshot.objects?.length ?? 0, 'object')}, ${plural(
      (snapshot.members ?? []).reduce((sum, { added }) => sum + memberTexts(added).length, 0),
      'member',
    )} (${size})`;
  if (!changes) return undefined;
  const object = ({ kind, key }: cextfire.IKey) =>
    kind === cextfire.Kind.SET
      ? `set ${nameOfSet(key ?? '')}`
      : `${cextfire.Kind[kind ?? 0]?.toLowerCase().replaceAll('_', ' ')} ${key?.split('/').at(-1)}`.trimEnd();
  const parts = [
    ...(changes.upserted ?? []).map(object),
    ...(changes.removed ?? []).map((key) => `without ${object(key)}`),
    ...(changes.members ?? []).map(
      ({ set, added, removed }) => `set ${nameOfSet(set ?? '')} ${changed(memberTexts(added), memberTexts(removed))}`,
    ),
  ];
  return `shipment ${sequence}: ${some(parts)} (${size})`;
}
