/** The words in which `npm start` tells what passes by: Felix's frames, shipments, rules. Pure. */

import { formatAddress } from '../../functions/packets/address.ts';
import type { FilterRule, Rulebook, Service, Side } from '../../functions/rulebook/types.ts';
import { felix } from '../../proto/generated/felix.js';
import { cextfire } from '../../proto/generated/shipment.js';
import { policyName } from '../../proto/keys.ts';
import { unpackMembers } from '../../proto/members.ts';

/** Some of many, so that a line stays a line. */
export function some(items: readonly string[], most = 4): string {
  return items.length <= most ? items.join(', ') : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

const host = (member: string) => member.replace(/\/(32|128)$/, '');
const memberTexts = (list: cextfire.IMemberList | null | undefined) => [...unpackMembers(list)];
const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

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

/** "allow tcp 443 from app == 'payments' to 203.0.113.0/24, as 198.51.100.7". */
export function tellRule(rule: FilterRule, rulebook: Rulebook): string {
  const services = rule.services === 'any' ? 'anything' : rule.services.map(tellService).join(', ');
  const ends = `from ${tellSide(rule.source, rulebook)} to ${tellSide(rule.destination, rulebook)}`;
  return `${rule.action} ${services} ${ends}${tellTranslation(rule)}`;
}

function tellSide({ include, exclude }: Side, { sets }: Rulebook): string {
  const union = ({ sets: ids, prefixes }: { readonly sets: readonly string[]; readonly prefixes: readonly string[] }) =>
    some([...ids.map((id) => sets.get(id)?.text || `set ${id}`), ...prefixes.map(host)]);
  const within = include === 'any' ? 'anywhere' : union(include) || 'nowhere';
  const without = union(exclude);
  return without ? `${within} but not ${without}` : within;
}

function tellService(service: Service): string {
  const ranges = (all: readonly { readonly first: number; readonly last: number }[]) =>
    some(all.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)));
  if (service.kind === 'protocols') return `protocol ${ranges(service.protocols)}`;
  if (service.kind === 'icmp') return service.protocol === 1 ? 'icmp' : 'icmpv6';
  const name = { 6: 'tcp', 17: 'udp', 132: 'sctp', 136: 'udplite' }[service.protocol] ?? `protocol ${service.protocol}`;
  const [only] = service.destination;
  const any = service.destination.length === 1 && only?.first === 0 && only.last === 65_535;
  return any ? name : `${name} ${ranges(service.destination)}`;
}

function tellTranslation({ translation }: FilterRule): string {
  switch (translation.kind) {
    case 'absent':
      return '';
    case 'none':
      return ', with its own address';
    case 'address':
      return `, as ${translation.address}`;
    case 'range':
      return `, as ${formatAddress(translation.range.family, translation.range.first)}-${formatAddress(translation.range.family, translation.range.last)}`;
    case 'pool':
      return `, as one of ${translation.pool}`;
  }
}

/** "border.payments-out, egress rule 1", or the drop at a tier's end. */
export function tellOrigin({ origin, direction }: FilterRule): string {
  if (!origin.policy) return `end of tier ${origin.tier}, ${direction}`;
  return `${origin.policy.name}, ${direction} rule ${(origin.ruleIndex ?? 0) + 1}`;
}
