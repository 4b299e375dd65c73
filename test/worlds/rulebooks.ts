/**
 * A world small enough to look at every packet, for property tests: arbitrary rulebooks over it and all packets that any of their rules can tell
 * apart.
 */
import fc from 'fast-check';
import { FAMILIES, type Family, formatAddress, parseAddress, rangeToPrefixes } from '../../functions/packets/address.ts';
import { parseEndpoint } from '../../functions/packets/address-index.ts';
import { type AddressSet, intersectionOf, minus, NO_ADDRESS, prefixSet, rangesOf, unionOf } from '../../functions/packets/address-set.ts';
import type { Direction, Packet } from '../../functions/packets/packet.ts';
import type { Book } from '../../functions/rulebook/algebra.ts';
import {
  type Endpoints,
  type FilterRule,
  type MemberSource,
  NO_ENDPOINTS,
  type Service,
  type SetDefinition,
  type SetExpression,
  type Side,
  type Translation,
} from '../../functions/rulebook/types.ts';

export const BORDER = 'edge';

const value = (text: string): bigint => (parseAddress(text) as { value: bigint }).value;
const SOURCES = { 4: ['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.8', '172.16.0.1'], 6: ['fd00::1', 'fd00::2', '2001:db8::9'] };
const DESTINATIONS = {
  4: ['10.0.0.1', '10.0.0.3', '203.0.113.4', '203.0.113.5', '203.0.113.6', '8.8.8.8'],
  6: ['fd00::1', '2001:db8::1', '2001:db8::9'],
};
const SERVICES: readonly Omit<Packet, 'family' | 'direction' | 'source' | 'destination'>[] = [
  ...[1000, 5000].flatMap((sourcePort) =>
    [79, 80, 81, 443, 65535].map((destinationPort) => ({ protocol: 6, sourcePort, destinationPort })),
  ),
  { protocol: 17, sourcePort: 5000, destinationPort: 53 },
  { protocol: 17, sourcePort: 5000, destinationPort: 80 },
  { protocol: 1, icmpType: 8, icmpCode: 0 },
  { protocol: 1, icmpType: 8, icmpCode: 255 },
  { protocol: 1, icmpType: 0, icmpCode: 0 },
  { protocol: 58, icmpType: 128, icmpCode: 0 },
  { protocol: 58, icmpType: 1, icmpCode: 4 },
  { protocol: 47 },
];

export function packetsOf(direction: Direction): Packet[] {
  const out: Packet[] = [];
  for (const family of [4, 6] as const)
    for (const source of SOURCES[family])
      for (const destination of DESTINATIONS[family])
        for (const service of SERVICES) out.push({ family, direction, source: value(source), destination: value(destination), ...service });
  return out;
}

/** Prefixes that hold exactly samples of the world or wholes around them. */
const PREFIXES = [
  '10.0.0.0/30',
  '10.0.0.0/31',
  '10.0.0.1/32',
  '10.0.0.0/28',
  '203.0.113.4/30',
  '203.0.113.5/32',
  'fd00::/64',
  '2001:db8::1/128',
  '0.0.0.0/0',
];
const MEMBERS = [
  '10.0.0.0/32',
  '10.0.0.1/32',
  '10.0.0.2/31',
  '10.0.0.3/32',
  '203.0.113.4/31',
  '203.0.113.6/32',
  'fd00::1/128',
  '2001:db8::/126',
];
const ENDPOINTS = ['10.0.0.1,tcp:80', '10.0.0.1,tcp:81', '10.0.0.3,udp:80', '203.0.113.5,tcp:443', 'fd00::1,tcp:80', '10.0.0.3,tcp:80'];
export const ADDRESS_SETS = ['a', 'b', 'c', 'none'];
export const ENDPOINT_SETS = ['e', 'f'];

const some = (list: readonly string[], most: number) => fc.uniqueArray(fc.constantFrom(...list), { maxLength: most });
const rarely = (list: readonly string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: some(list, 2) });

const sides: fc.Arbitrary<Side> = fc.record({
  include: fc.oneof(fc.constant('any' as const), fc.record({ sets: some(ADDRESS_SETS, 2), prefixes: some(PREFIXES, 2) })),
  exclude: fc.record({ sets: rarely(ADDRESS_SETS), prefixes: rarely(PREFIXES) }),
});
const endpoints: fc.Arbitrary<Endpoints> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(NO_ENDPOINTS) },
  { weight: 1, arbitrary: fc.record({ include: rarely(ENDPOINT_SETS), exclude: rarely(ENDPOINT_SETS) }) },
);
const every = { first: 0, last: 65535 };
const PORTS = [
  [{ first: 80, last: 80 }],
  [{ first: 80, last: 81 }],
  [
    { first: 0, last: 79 },
    { first: 443, last: 65535 },
  ],
  [every],
];
const services: fc.Arbitrary<FilterRule['services']> = fc.oneof(
  fc.constant('any' as const),
  fc.array(
    fc.oneof(
      fc.constantFrom<Service>(
        { kind: 'protocols', protocols: [{ first: 6, last: 6 }] },
        {
          kind: 'protocols',
          protocols: [
            { first: 0, last: 16 },
            { first: 18, last: 255 },
          ],
        },
        { kind: 'icmp', protocol: 1, types: [{ type: { first: 8, last: 8 }, code: { first: 0, last: 255 } }] },
        { kind: 'icmp', protocol: 1, types: [{ type: { first: 0, last: 255 }, code: { first: 0, last: 0 } }] },
        { kind: 'icmp', protocol: 58, types: [{ type: { first: 128, last: 255 }, code: { first: 0, last: 255 } }] },
        {
          kind: 'icmp',
          protocol: 58,
          types: [
            { type: { first: 0, last: 127 }, code: { first: 0, last: 255 } },
            { type: { first: 129, last: 255 }, code: { first: 0, last: 255 } },
          ],
        },
      ),
      fc.record({
        kind: fc.constant('ports' as const),
        protocol: fc.constantFrom(6, 17),
        source: fc.constantFrom([every], [{ first: 1024, last: 65535 }]),
        destination: fc.constantFrom(...PORTS),
      }),
    ),
    { maxLength: 2 },
  ),
);
const translations: fc.Arbitrary<Translation> = fc.constantFrom<Translation>(
  { kind: 'absent' },
  { kind: 'none' },
  { kind: 'address', address: '198.51.100.7' },
  { kind: 'address', address: '198.51.100.8' },
  { kind: 'range', range: { family: 4, first: value('198.51.100.7'), last: value('198.51.100.7') } },
  { kind: 'pool', pool: 'p', ranges: [{ family: 4, first: value('198.51.100.8'), last: value('198.51.100.9') }] },
);

export const rules: fc.Arbitrary<FilterRule> = fc
  .record({
    action: fc.constantFrom('allow', 'allow', 'deny', 'deny', 'log'),
    log: fc.boolean(),
    families: fc.constantFrom([4], [4, 6], [6]) as fc.Arbitrary<FilterRule['families']>,
    source: sides,
    destination: sides,
    sourceEndpoints: endpoints,
    destinationEndpoints: endpoints,
    services,
    translation: translations,
    id: fc.stringMatching(/^[a-z0-9]{6}$/),
  })
  .map((parts) => ({
    ...parts,
    action: parts.action as FilterRule['action'],
    border: BORDER,
    stage: 'forward',
    direction: 'egress',
    translation: parts.action === 'allow' ? parts.translation : { kind: 'absent' },
    origin: { cluster: 'c', tier: 't', annotations: {} },
  }));

export const memberships: fc.Arbitrary<Record<string, readonly string[]>> = fc.record({
  a: some(MEMBERS, 5),
  b: some(MEMBERS, 3),
  c: some(MEMBERS, 3),
  none: fc.constant([]),
  e: some(ENDPOINTS, 4),
  f: some(ENDPOINTS, 2),
});

/** Digests are the members themselves. */
export function memberSource(lists: Readonly<Record<string, readonly string[]>>): MemberSource {
  return {
    members(set) {
      const list = lists[set] ?? [];
      return { size: list.length, has: (member) => list.includes(member), [Symbol.iterator]: () => list[Symbol.iterator]() };
    },
    digest: (set) => `${set}=${[...(lists[set] ?? [])].sort().join(' ')}`,
  };
}

/** Members of derived sets besides: felix sets are the lists. */
export function derivedSource(lists: Readonly<Record<string, readonly string[]>>, sets: ReadonlyMap<string, SetDefinition>): MemberSource {
  const derived: Record<string, readonly string[]> = { ...lists };
  for (const { id, expression } of sets.values())
    derived[id] = FAMILIES.flatMap((family) => [...rangesOf(addressesOf(expression, family, lists))].flatMap(rangeToPrefixes));
  return memberSource(derived);
}

function addressesOf(expression: SetExpression, family: Family, lists: Readonly<Record<string, readonly string[]>>): AddressSet {
  const of = (inner: SetExpression) => addressesOf(inner, family, lists);
  switch (expression.kind) {
    case 'felix':
      return prefixSet(family, lists[expression.set] ?? []);
    case 'and':
      return expression.of.map(of).reduce(intersectionOf);
    case 'or':
      return expression.of.map(of).reduce(unionOf, NO_ADDRESS[family]);
    case 'minus':
      return minus(of(expression.of), of(expression.without));
    case 'within':
      return intersectionOf(of(expression.of), prefixSet(family, expression.prefixes));
    case 'outside':
      return minus(of(expression.of), prefixSet(family, expression.prefixes));
    case 'at': {
      const { of: inner, protocol, port } = expression;
      const endpointsOf = inner.kind === 'felix' ? (lists[inner.set] ?? []) : [];
      const found = endpointsOf
        .map((text) => parseEndpoint(text))
        .filter((endpoint) => endpoint?.protocol === protocol && endpoint.port === port);
      return prefixSet(
        family,
        found.flatMap((endpoint) => (endpoint ? [formatAddress(endpoint.family, endpoint.address)] : [])),
      );
    }
    case 'nothing':
      return NO_ADDRESS[family];
  }
}

export const bookOf = (list: readonly FilterRule[], members: MemberSource): Book => ({
  rulebook: { rules: list, sets: new Map() },
  members,
});
