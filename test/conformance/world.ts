/** Rulebooks, changes of them and the packets that tell them apart, drawn from a seed: the same seed gives the same run on every machine. */
import { type AddressRange, type Family, parseAddress, parsePrefix } from '../../functions/packets/address.ts';
import type { Direction, Packet } from '../../functions/packets/packet.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import { evaluatorOf, passageOf } from '../../functions/rulebook/evaluate.ts';
import { lower } from '../../functions/rulebook/lower.ts';
import {
  ANY,
  type FilterRule,
  type MemberSource,
  NO_ENDPOINTS,
  NO_UNION,
  type Rulebook,
  type Service,
  type SetDefinition,
  type Side,
  type Translation,
} from '../../functions/rulebook/types.ts';
import { opensConnection } from '../felix/agreement.ts';
import { digestsOf } from '../worlds/members.ts';
import { addressSet, nets, rule, sets, tcp, udp } from '../worlds/rule.ts';
import { derivedSource } from '../worlds/rulebooks.ts';
import type { Device, Observation } from './device.ts';

export const POD_CIDRS = ['10.10.0.0/16', 'fd00:10:10::/64'] as const;
/** Public addresses of the border, and the pods that the administrator's own NAT gives them to. */
export const PUBLISHED: readonly (readonly [string, string])[] = [
  ['198.18.0.80', '10.10.0.2'],
  ['198.19.0.1', '10.10.0.1'],
  ['198.19.0.2', '10.10.1.3'],
  ['fd00:99::1', 'fd00:10:10::1'],
];
export const VIPS = ['198.18.0.80/32', '198.19.0.0/24', 'fd00:99::/64'] as const;

const PODS = { 4: ['10.10.0.1', '10.10.0.2', '10.10.1.3', '10.10.9.9'], 6: ['fd00:10:10::1', 'fd00:10:10::2'] };
const OUTSIDE = { 4: ['203.0.113.4', '203.0.113.5', '198.51.100.9', '192.0.2.7'], 6: ['2001:db8::1', '2001:db8:5::9'] };
const SERVICES: readonly Pick<Packet, 'protocol' | 'sourcePort' | 'destinationPort' | 'icmpType' | 'icmpCode'>[] = [
  ...[79, 80, 443].map((destinationPort) => ({ protocol: 6, sourcePort: 40_000, destinationPort })),
  { protocol: 17, sourcePort: 40_000, destinationPort: 53 },
];
const ECHO = { 4: { protocol: 1, icmpType: 8, icmpCode: 0 }, 6: { protocol: 58, icmpType: 128, icmpCode: 0 } };
const MEMBERS = ['10.10.0.1/32', '10.10.0.2/32', '10.10.1.0/24', '10.10.9.9/32', 'fd00:10:10::1/128', 'fd00:10:10::2/128'];
const OTHERS = ['203.0.113.4/32', '203.0.113.5/32', '198.51.100.0/24', '2001:db8::1/128'];
const PREFIXES = ['203.0.113.4/31', '203.0.113.5/32', '198.51.100.0/24', '192.0.2.0/25', '2001:db8::/48', '2001:db8:5::/48'];
const ENDPOINTS = ['203.0.113.4,tcp:80', '203.0.113.5,tcp:443', '198.51.100.9,tcp:80', '203.0.113.5,udp:53'];
const TRANSLATIONS: readonly Translation[] = [
  { kind: 'none' },
  { kind: 'address', address: '198.18.0.7' },
  { kind: 'address', address: '198.18.0.8' },
  { kind: 'range', range: rangeOf('198.18.0.16/29') },
  { kind: 'pool', pool: 'p', ranges: [rangeOf('198.18.1.0/30'), rangeOf('198.18.2.0/31')] },
];

function rangeOf(prefix: string): AddressRange {
  const { family, first, last } = parsePrefix(prefix) as AddressRange;
  return { family, first, last };
}

const value = (text: string): bigint => (parseAddress(text) as { value: bigint }).value;

/** From outside to a public address. */
function toPublic(address: string): Packet[] {
  const { family, value: destination } = parseAddress(address) as { family: Family; value: bigint };
  return OUTSIDE[family].flatMap((source) =>
    [...SERVICES, ECHO[family]].map(
      (service): Packet => ({ family, direction: 'ingress', source: value(source), destination, ...service }),
    ),
  );
}

const PODS_OF = new Map(PUBLISHED.map(([address, pod]) => [value(address), value(pod)]));
/** With the pod's address, where the packet is for a public one. */
export function behindDestinationNat(packet: Packet): Packet {
  const destination = PODS_OF.get(packet.destination);
  return destination === undefined ? packet : { ...packet, destination };
}

function packetsOf(direction: Direction): Packet[] {
  const out: Packet[] = [];
  const [sources, destinations] = direction === 'egress' ? [PODS, OUTSIDE] : [OUTSIDE, PODS];
  for (const family of [4, 6] as const)
    for (const source of sources[family])
      for (const destination of destinations[family])
        for (const service of [...SERVICES, ECHO[family]])
          out.push({ family, direction, source: value(source), destination: value(destination), ...service });
  return out;
}

/** Every packet that the rules of this world can tell apart, more or less. */
export const PACKETS: readonly Packet[] = [
  ...packetsOf('egress'),
  ...packetsOf('ingress').filter(({ destination }, at) => at % 2 === 0 || destination === value('10.10.0.1')),
  ...PUBLISHED.flatMap(([address], at) => toPublic(address).filter((_, place) => place % 2 === at % 2)),
];
/** Those for the VIPs, for recordings that have rules about them and no packets. */
export const PUBLIC_PACKETS = PACKETS.filter(({ destination }) => PODS_OF.has(destination));

/** mulberry32: small, and the same everywhere. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  #born = 0;
  /** An id that this run has not given yet. */
  id(): string {
    return `x${(this.#born++).toString(36)}`;
  }

  some<T>(list: readonly T[], most: number): T[] {
    const left = [...list];
    return Array.from({ length: this.below(most + 1) }, () => left.splice(this.below(left.length), 1)[0] as T);
  }
}

export type Lists = Readonly<Record<string, readonly string[]>>;
export interface World {
  readonly rules: readonly FilterRule[];
  readonly lists: Lists;
}

function drawRule(random: Random, id = random.id()): FilterRule {
  const direction: Direction = random.chance(0.75) ? 'egress' : 'ingress';
  const stage = direction === 'ingress' && random.chance(0.4) ? 'preDnat' : 'forward';
  const action = random.one(['allow', 'allow', 'allow', 'deny', 'deny', 'log'] as const);
  const pods: Side = random.one([sets('a'), sets('b'), sets('a', 'b'), nets('10.10.0.0/16', 'fd00:10:10::/64'), nets('10.10.0.0/31')]);
  const podSide: Side = random.chance(0.15) ? { ...pods, exclude: { sets: [random.one(['b', 'none'])], prefixes: [] } } : pods;
  const far: Side = random.chance(0.3)
    ? ANY
    : random.chance(0.3)
      ? sets(random.one(['c', 'none']))
      : { include: { sets: [], prefixes: [random.one(PREFIXES), ...random.some(PREFIXES, 1)] }, exclude: NO_UNION };
  const farSide: Side = random.chance(0.15)
    ? { ...far, exclude: { sets: [], prefixes: [random.one(['203.0.113.5/32', '192.0.2.0/24'])] } }
    : far;
  const services: FilterRule['services'] = random.chance(0.35)
    ? 'any'
    : random.one<Service[]>([
        [tcp([80, 80])],
        [tcp([80, 443])],
        [tcp([0, 79], [443, 65535])],
        [udp([53, 53])],
        [tcp([443, 443]), { kind: 'icmp', protocol: 1, types: [{ type: { first: 8, last: 8 }, code: { first: 0, last: 255 } }] }],
      ]);
  const translated = direction === 'egress' && action === 'allow' && random.chance(0.5);
  const pub = nets(random.one(['198.19.0.0/24', '198.19.0.1/32', '198.18.0.80/32']), ...(random.chance(0.7) ? ['fd00:99::/64'] : []));
  return rule(id, {
    direction,
    stage,
    action,
    log: action !== 'log' && random.chance(0.15),
    families: translated || random.chance(0.3) ? [4] : random.chance(0.1) ? [6] : [4, 6],
    source: direction === 'egress' ? podSide : farSide,
    destination: direction === 'egress' ? farSide : stage === 'preDnat' ? pub : podSide,
    destinationEndpoints: direction === 'egress' && random.chance(0.08) ? { include: ['e'], exclude: [] } : NO_ENDPOINTS,
    services,
    translation: translated ? random.one(TRANSLATIONS) : { kind: 'absent' },
  });
}

const drawLists = (random: Random): Lists => ({
  a: random.some(MEMBERS, 4),
  b: random.some(MEMBERS, 3),
  c: random.some(OTHERS, 3),
  e: random.some(ENDPOINTS, 3),
  none: [],
});

export function drawWorld(random: Random): World {
  return { rules: Array.from({ length: 1 + random.below(6) }, () => drawRule(random)), lists: drawLists(random) };
}

/** One to three edits of the rules, as a person or a deployment makes them: a rule more, one less, one moved, one that says something else. */
export function drawChange(random: Random, world: World): World {
  const rules = [...world.rules];
  for (let edits = 1 + random.below(3); edits > 0; edits--) {
    const at = random.below(rules.length + 1);
    const kind = random.below(5);
    if (kind === 0 || rules.length < 2) rules.splice(at, 0, drawRule(random));
    else if (kind === 1) rules.splice(random.below(rules.length), 1);
    else if (kind === 2) rules.splice(at > rules.length - 1 ? 0 : at, 0, ...rules.splice(random.below(rules.length), 1));
    else {
      const which = random.below(rules.length);
      const old = rules[which] as FilterRule;
      // The same id with another content: a rule that its author named (cextfire.io/id) and then changed.
      rules[which] = drawRule(random, old.id);
    }
  }
  return { rules, lists: world.lists };
}

/** One change that takes every kind of call: a rule that says something else, one less, one more with a new set too large for one call. */
export function largeChange(capabilities: Capabilities): { readonly before: Lowered; readonly after: Lowered } {
  const lists: Lists = {
    a: ['10.10.0.1/32', '10.10.1.0/24', 'fd00:10:10::1/128'],
    b: ['10.10.0.2/32'],
    c: [...MEMBERS.slice(0, 1), ...Array.from({ length: 1200 }, (_, at) => `10.10.${32 + (at >> 8)}.${at & 255}/32`)],
    e: [],
    none: [],
  };
  const web = rule('web', { source: sets('a'), destination: nets('203.0.113.4/31', '2001:db8::/48'), services: [tcp([80, 80])] });
  const shut = rule('shut', { action: 'deny', source: sets('b') });
  const natted = rule('nat', {
    families: [4],
    source: sets('a'),
    destination: nets('192.0.2.0/25'),
    services: [tcp([443, 443])],
    translation: TRANSLATIONS[1] as Translation,
  });
  const inward = rule('in', { direction: 'ingress', source: nets('192.0.2.0/25'), destination: sets('a'), services: [tcp([80, 80])] });
  const before = { rules: [web, shut, natted, inward], lists };
  const more = rule('more', { source: sets('c'), destination: nets('198.51.100.0/24'), services: [tcp([80, 443])] });
  const after = {
    rules: [{ ...web, services: [tcp([79, 80])] }, more, { ...natted, translation: TRANSLATIONS[2] as Translation }, inward],
    lists,
  };
  return { before: lowerFor(capabilities, before), after: lowerFor(capabilities, after) };
}

/** The same rules, other members. */
export const drawMembers = (random: Random, world: World): World => ({ rules: world.rules, lists: { ...drawLists(random), none: [] } });

const definition = (id: string): SetDefinition => addressSet(id, id === 'e' ? 'endpoints' : 'addresses');

export interface Lowered {
  readonly rulebook: Rulebook;
  readonly members: MemberSource;
  /** ids of rules that the capabilities cannot say, with the reason; they are left out, as the policy compiler would */
  readonly refused: ReadonlyMap<string, string>;
}

/** For these capabilities. Rules that cannot be said are left out; so are IPv6 prefixes as members where a vendor takes hosts only. */
export function lowerFor(capabilities: Capabilities, world: World): Lowered {
  const lists = world.lists;
  const definitions = new Map(Object.keys(lists).map((id) => [id, definition(id)]));
  const members = derivedSource(lists, new Map());
  const refused = new Map<string, string>();
  let rules = world.rules;
  for (;;) {
    const lowered = lower({ rules, sets: definitions }, capabilities, { members });
    if (lowered.refused.length === 0) {
      const used = new Set(
        lowered.rulebook.rules.flatMap((one) => [
          ...[one.source, one.destination].flatMap((side) => [...(side.include === 'any' ? [] : side.include.sets), ...side.exclude.sets]),
          ...[one.sourceEndpoints, one.destinationEndpoints].flatMap((ends) => [...ends.include, ...ends.exclude]),
        ]),
      );
      const all = new Map([...definitions, ...lowered.rulebook.sets]);
      return {
        rulebook: { rules: lowered.rulebook.rules, sets: new Map([...all].filter(([id]) => used.has(id))) },
        members: digestsOf(derivedSource(lists, new Map([...lowered.rulebook.sets].filter(([id]) => !definitions.has(id))))),
        refused,
      };
    }
    for (const note of lowered.refused) refused.set(note.ruleId, note.reason);
    const before = rules.length;
    rules = rules.filter(({ id }) => !refused.has(id));
    if (rules.length === before)
      throw new Error(`lowering refuses ${lowered.refused.map(({ ruleId }) => ruleId).join()}, which nobody wrote`);
  }
}

/** What a packet may look like on the far side. */
export interface Expected {
  readonly verdict: 'allow' | 'deny';
  /** who decides: one of our rules, or nobody */
  readonly ours: boolean;
  readonly sources: readonly AddressRange[];
}

export const own = (packet: Packet): AddressRange => ({ family: packet.family, first: packet.source, last: packet.source });

/** As passageOf says, the forward stage by the address that the device shows it. */
export function expectedOf(device: Device, book: Pick<Lowered, 'rulebook' | 'members'>, packets: readonly Packet[]): readonly Expected[] {
  const evaluate = evaluatorOf(book);
  const passage = passageOf(evaluate);
  return packets.map((packet): Expected => {
    const administrator = device.administrator(packet);
    const isPublic = PODS_OF.has(packet.destination);
    const decision = !isPublic
      ? evaluate(device.border, 'forward', packet)
      : device.oneListForVips
        ? evaluate(device.border, 'preDnat', packet)
        : passage(device.border, packet, behindDestinationNat(packet)).decision;
    if (decision.kind === 'deny') return { verdict: 'deny', ours: true, sources: [] };
    const theirs = administrator.source ?? [own(packet)];
    if (decision.kind === 'unmatched') return { verdict: administrator.unmatched, ours: false, sources: theirs };
    return { verdict: 'allow', ours: true, sources: sourcesOf(decision.rule.translation, packet.family, theirs, packet) };
  });
}

/** Addresses that a packet may leave with: those of its family, else whatever the administrator gives it. */
export function sourcesOf(
  translation: Translation,
  family: Family,
  theirs: readonly AddressRange[],
  packet: Packet,
): readonly AddressRange[] {
  if (translation.kind === 'none') return [own(packet)];
  const ranges =
    translation.kind === 'address'
      ? [rangeOf(`${translation.address}/${translation.address.includes(':') ? 128 : 32}`)]
      : translation.kind === 'range'
        ? [translation.range]
        : translation.kind === 'pool'
          ? translation.ranges
          : [];
  const mine = ranges.filter((range) => range.family === family);
  return mine.length > 0 ? mine : theirs;
}

const inside = (range: AddressRange, ranges: readonly AddressRange[]): boolean =>
  ranges.some(({ family, first, last }) => family === range.family && range.first >= first && range.last <= last);

/** Undefined where the packet was treated as one of the expectations says. An ICMP error without its connection is not translated by anybody. */
export function wrongness(packet: Packet, seen: Observation, expected: readonly Expected[]): string | undefined {
  const verdicts = new Set(expected.map(({ verdict }) => verdict));
  if (!verdicts.has(seen.verdict))
    return seen.verdict === 'allow' ? 'let through, and nobody allows it' : 'dropped, and everybody allows it';
  if (seen.verdict === 'deny' || !opensConnection(packet)) return undefined;
  const allowed = expected.filter(({ verdict }) => verdict === 'allow').flatMap(({ sources }) => sources);
  const found = seen.source ?? [own(packet)];
  return found.every((range) => inside(range, allowed)) ? undefined : 'left with a wrong address';
}
