/** A rule of one family as packets: (sources) x (destinations) x (services) boxes, one where the rule names no endpoint sets. */

import type { Family } from '../packets/address.ts';
import { addressClasses } from '../packets/address-classes.ts';
import type { EndpointIndex } from '../packets/address-index.ts';
import { type AddressSet, EVERY_ADDRESS, intersectionOf, NO_ADDRESS, unionOf } from '../packets/address-set.ts';
import { type Diagrams, type Node, PORT_LIMIT } from '../packets/diagram.ts';
import type { Box } from '../packets/packet-set.ts';
import { boxOfServices, EVERY_PORT } from '../packets/service-set.ts';

/** Addresses of one end that allow the same services as far as endpoint sets go. */
interface Group {
  readonly addresses: AddressSet;
  readonly services: Node;
}
export type End = 'source' | 'destination';

/** The boxes of a match; none when it matches nothing in this family. */
export function boxesOf(
  diagrams: Diagrams,
  match: { readonly source: AddressSet; readonly destination: AddressSet; readonly services: Node },
  sourceGroups: readonly Group[] | undefined,
  destinationGroups: readonly Group[] | undefined,
): readonly Box[] {
  const cut = (addresses: AddressSet, groups: readonly Group[] | undefined): readonly Group[] =>
    (groups ?? [{ addresses: EVERY_ADDRESS[addresses.family], services: 1 }]).map((group) => ({
      addresses: groups ? intersectionOf(addresses, group.addresses) : addresses,
      services: group.services,
    }));
  const boxes: Box[] = [];
  for (const source of cut(match.source, sourceGroups))
    for (const destination of cut(match.destination, destinationGroups)) {
      const services = diagrams.and(match.services, diagrams.and(source.services, destination.services));
      if (services !== 0 && source.addresses.runs > 0 && destination.addresses.runs > 0)
        boxes.push({ source: source.addresses, destination: destination.addresses, services });
    }
  return boxes;
}

/** Groups of addresses by the services that `include` (when there is one) and `exclude` leave them at this end; undefined = no restriction. */
export function endpointGroups(
  diagrams: Diagrams,
  family: Family,
  end: End,
  include: readonly EndpointIndex[],
  exclude: readonly EndpointIndex[],
): readonly Group[] | undefined {
  if (include.length + exclude.length === 0) return undefined;
  const included = byPort(family, include);
  const excluded = byPort(family, exclude);
  const sets = [...included.values(), ...excluded.values()];
  const classes = addressClasses(EVERY_ADDRESS[family], sets);
  const services: Node[] = Array<Node>(classes.count).fill(include.length === 0 ? 1 : 0);
  let at = 0;
  for (const key of included.keys())
    for (const number of classes.members[at++] as Int32Array)
      services[number] = diagrams.or(services[number] as Node, portOf(diagrams, end, key));
  for (const key of excluded.keys())
    for (const number of classes.members[at++] as Int32Array)
      services[number] = diagrams.minus(services[number] as Node, portOf(diagrams, end, key));

  const groups: Group[] = [];
  for (const [node, addresses] of classes.gather(services)) if (node !== 0) groups.push({ addresses, services: node });
  return groups;
}

function byPort(family: Family, indexes: readonly EndpointIndex[]): Map<number, AddressSet> {
  const out = new Map<number, AddressSet>();
  for (const index of indexes)
    for (const { protocol, port, addresses } of index.ports(family)) {
      const key = protocol * PORT_LIMIT + port;
      out.set(key, unionOf(out.get(key) ?? NO_ADDRESS[family], addresses));
    }
  return out;
}

function portOf(diagrams: Diagrams, end: End, key: number): Node {
  const port = { first: key % PORT_LIMIT, last: key % PORT_LIMIT };
  const protocol = Math.floor(key / PORT_LIMIT);
  return end === 'source'
    ? boxOfServices(diagrams, protocol, [port], [EVERY_PORT])
    : boxOfServices(diagrams, protocol, [EVERY_PORT], [port]);
}
