/**
 * Do administrators' own rules above ours decide packets otherwise than policies do? The first rule that matches wins and we never touch theirs, so all we can
 * do is tell, with a packet. A packet is drawn from what both rules match; what stands above either of them must not have decided it before.
 */
import { CextError, type Condition } from '../../errors.ts';
import { type Family, formatAddress } from '../../packets/address.ts';
import { type AddressSet, EVERY_ADDRESS, intersectionOf, minus, prefixSet, rangesOf, unionOf } from '../../packets/address-set.ts';
import { type Packet, protocolName } from '../../packets/packet.ts';
import type { Book } from '../../rulebook/algebra.ts';
import { evaluatorOf, matchesServices } from '../../rulebook/evaluate.ts';
import { Structure } from '../../rulebook/overlap.ts';
import { servicesOfNode } from '../../rulebook/services.ts';
import type { FilterRule, MemberSource, SetId, Side } from '../../rulebook/types.ts';
import type { BorderSettings } from '../../settings.ts';
import type { Desired } from '../contract.ts';
import { type ForeignRule, type ForeignSide, foreignRule, type Scope } from './foreign-match.ts';
import { keyOf, type RuleTable } from './objects.ts';
import { anchorIndex } from './operations.ts';
import type { Place } from './place.ts';
import type { Reading } from './reading.ts';
import { entriesOf, type Xml } from './xml.ts';

type Certainty = 'yes' | 'no' | 'maybe';

const MOST_THEIRS = 200;
const MOST_OURS = 1_000;
const MOST_MEMBERS = 1_000;

/** `shared`: the objects that all vsys share, asked for only where a rule names what the vsys does not have. */
export async function foreignShadows(
  root: Xml,
  place: Place,
  reading: Reading,
  desired: Desired,
  shared: () => Promise<Xml | undefined>,
): Promise<Condition[]> {
  const { placement } = desired.settings;
  const out: Condition[] = [];
  for (const [table, anchor] of [
    ['security', placement.filter],
    ['nat', placement.nat],
  ] as const) {
    const others = entriesOf(root, place.rulebase, table, 'rules').filter(
      ({ attributes: { name = '' } }) => !reading.objects.has(keyOf(table, name)),
    );
    const count = anchorIndex(
      anchor,
      others.map(({ attributes: { name = '' } }) => name),
    );
    // what nobody has committed yet decides nothing
    const above = others.slice(0, Math.min(count ?? 0, MOST_THEIRS)).filter(({ attributes: { admin } }) => admin === undefined);
    const rulesIn = (...scope: Scope) => above.flatMap((entry) => foreignRule(entry, scope) ?? []);
    let rules = rulesIn(root);
    if (rules.some(({ source, destination, isServiceUnsure }) => source.isUnsure || destination.isUnsure || isServiceUnsure))
      rules = rulesIn(root, await shared());
    out.push(...shadows(rules, table, desired));
  }
  return out;
}

function shadows(theirs: readonly ForeignRule[], table: RuleTable, desired: Desired): Condition[] {
  if (theirs.length === 0) return [];
  const { rulebook, members, firewall } = desired;
  const known = rulebook.rules.filter((rule) => isKnown(rule, members));
  const ours = known.filter((rule) => isAsked(rule, table)).slice(0, MOST_OURS);
  const look = new Look({ rulebook: { ...rulebook, rules: known }, members }, desired);
  return theirs.flatMap((rule, at) => {
    let unsure: Condition | undefined;
    for (const mine of ours) {
      if (table === 'security' && (mine.action === 'allow') === (rule.action === 'allow')) continue;
      const found = look.packet(rule, mine, theirs.slice(0, at), table);
      if (!found) continue;
      const condition = conditionOf(rule, mine, found, table, firewall);
      if (found.doubts === '') return [condition];
      unsure ??= condition;
    }
    return unsure ? [unsure] : [];
  });
}

/** Of a cluster without a view nobody knows the members now, and nothing is told of its rules. */
function isKnown({ source, destination }: FilterRule, members: MemberSource): boolean {
  const sets = [source, destination].flatMap(({ include, exclude }) => [...(include === 'any' ? [] : include.sets), ...exclude.sets]);
  try {
    for (const set of sets) members.members(set);
    return true;
  } catch (error) {
    if (error instanceof CextError) return false;
    throw error;
  }
}

const isAsked = ({ action, translation, families }: FilterRule, table: RuleTable): boolean =>
  table === 'security' ? action !== 'log' : action === 'allow' && translation.kind !== 'absent' && families.includes(4);

interface Found {
  readonly packet: Packet;
  /** why it is not certain that their rule takes it; '' = it is */
  readonly doubts: string;
}

class Look {
  readonly #book: Book;
  readonly #desired: Desired;
  readonly #structure: Structure;
  readonly #evaluate: ReturnType<typeof evaluatorOf>;
  readonly #addresses = new Map<string, AddressSet>();

  constructor(book: Book, desired: Desired) {
    this.#book = book;
    this.#desired = desired;
    this.#structure = new Structure(book.rulebook.sets);
    this.#evaluate = evaluatorOf(book);
  }

  /** A packet that their rule takes away from this one of ours. */
  packet(theirs: ForeignRule, mine: FilterRule, before: readonly ForeignRule[], table: RuleTable): Found | undefined {
    const zones = this.#desired.borders.get(mine.border)?.zones;
    const inZones = zones ? zonesMeet(theirs, mine, zones) : 'no';
    if (inZones === 'no') return undefined;
    const { diagrams } = this.#structure;
    const own = this.#structure.services(mine.services);
    const shared = diagrams.and(own, this.#structure.services(theirs.services));
    if (shared === 0 && !theirs.isServiceUnsure) return undefined;
    const service = servicesOfNode(diagrams, shared === 0 ? own : shared);
    for (const family of table === 'nat' ? ([4] as const) : mine.families) {
      const [source, destination] = [this.#shared(mine, 'source', theirs, family), this.#shared(mine, 'destination', theirs, family)];
      if (!source || !destination) continue;
      const packet: Packet = {
        family,
        direction: mine.direction,
        source: source.address,
        destination: destination.address,
        ...sample(service, family),
      };
      const decision = this.#evaluate(mine.border, mine.stage, packet);
      if (decision.kind === 'unmatched' || decision.rule.id !== mine.id) continue;
      const earlier = before.map((one) => matches(one, packet, theirs));
      if (earlier.includes('yes')) continue;
      const doubts = [
        ...(inZones === 'maybe' ? ['its zones'] : []),
        ...(shared === 0 ? ['its services'] : []),
        ...(source.isSure ? [] : ['its source']),
        ...(destination.isSure ? [] : ['its destination']),
        ...(theirs.only === undefined ? [] : [theirs.only]),
        ...(earlier.includes('maybe') ? ['a rule above it'] : []),
      ];
      return { packet, doubts: doubts.join(', ') };
    }
    return undefined;
  }

  #shared(mine: FilterRule, end: 'source' | 'destination', theirs: ForeignRule, family: Family) {
    const own = this.#ours(mine, end, family);
    const pick = (set: AddressSet, isSure: boolean) => {
      for (const { first } of rangesOf(set)) return { address: first, isSure };
      return undefined;
    };
    const both = intersectionOf(own, theirs[end].known[family]);
    return pick(both, true) ?? (theirs[end].isUnsure ? pick(own, false) : undefined);
  }

  #ours(rule: FilterRule, end: 'source' | 'destination', family: Family): AddressSet {
    const key = `${rule.id} ${end} ${family}`;
    let known = this.#addresses.get(key);
    if (!known) {
      known = this.#someOf(rule[end], family);
      this.#addresses.set(key, known);
    }
    return known;
  }

  #someOf({ include, exclude }: Side, family: Family): AddressSet {
    let out = include === 'any' ? EVERY_ADDRESS[family] : prefixSet(family, include.prefixes);
    for (const set of include === 'any' ? [] : include.sets) out = unionOf(out, this.#ofSet(set, family));
    return minus(out, prefixSet(family, exclude.prefixes));
  }

  /** From the first members: a packet is wanted, not all of them. */
  #ofSet(set: SetId, family: Family): AddressSet {
    const key = `set ${set} ${family}`;
    let known = this.#addresses.get(key);
    if (!known) {
      const some: string[] = [];
      for (const member of this.#book.members.members(set)) if (some.push(member) >= MOST_MEMBERS) break;
      known = prefixSet(family, some);
      this.#addresses.set(key, known);
    }
    return known;
  }
}

function zonesMeet(theirs: ForeignRule, { direction, stage }: FilterRule, { inside, outside }: BorderSettings['zones']): Certainty {
  const meet = (asked: ReadonlySet<string> | undefined, zones: readonly string[] | undefined): Certainty => {
    if (!asked) return 'yes';
    if (!zones) return 'maybe';
    return zones.some((zone) => asked.has(zone)) ? 'yes' : 'no';
  };
  const [from, to] = direction === 'egress' ? [inside, outside] : [outside, stage === 'preDnat' ? undefined : inside];
  const isBetween = to !== undefined && !from.some((zone) => to.includes(zone));
  const type = theirs.type === 'universal' || (theirs.type === 'interzone' && isBetween) ? 'yes' : isBetween ? 'no' : 'maybe';
  const both = [meet(theirs.from, from), meet(theirs.to, to), type];
  return both.includes('no') ? 'no' : both.includes('maybe') ? 'maybe' : 'yes';
}

/** Whether a rule above the one in question takes the packet first; both see it between the same zones. */
function matches(rule: ForeignRule, packet: Packet, below: ForeignRule): Certainty {
  const inside = (side: ForeignSide, address: bigint): Certainty => {
    const here = prefixSet(packet.family, [formatAddress(packet.family, address)]);
    return intersectionOf(side.known[packet.family], here).runs > 0 ? 'yes' : side.isUnsure ? 'maybe' : 'no';
  };
  const zones = (asked: ReadonlySet<string> | undefined, seen: ReadonlySet<string> | undefined): Certainty =>
    !asked
      ? 'yes'
      : !seen
        ? 'maybe'
        : [...seen].every((zone) => asked.has(zone))
          ? 'yes'
          : [...seen].some((zone) => asked.has(zone))
            ? 'maybe'
            : 'no';
  const service = matchesServices(rule.services, packet) ? 'yes' : rule.isServiceUnsure ? 'maybe' : 'no';
  const parts = [
    inside(rule.source, packet.source),
    inside(rule.destination, packet.destination),
    service,
    zones(rule.from, below.from),
    zones(rule.to, below.to),
  ];
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') || rule.only !== undefined || rule.type !== 'universal' ? 'maybe' : 'yes';
}

function sample(
  services: FilterRule['services'],
  family: Family,
): Pick<Packet, 'protocol' | 'sourcePort' | 'destinationPort' | 'icmpType' | 'icmpCode'> {
  const service = services === 'any' ? undefined : services[0];
  if (service?.kind === 'ports')
    return {
      protocol: service.protocol,
      sourcePort: service.source.at(-1)?.last ?? 0,
      destinationPort: service.destination[0]?.first ?? 0,
    };
  if (service?.kind === 'icmp')
    return { protocol: service.protocol, icmpType: service.types[0]?.type.first ?? 0, icmpCode: service.types[0]?.code.first ?? 0 };
  const asked = service?.protocols.find(({ first, last }) => first <= 6 && 6 <= last) ? 6 : service?.protocols[0]?.first;
  const protocol = asked ?? 6;
  if (protocol === 1 || protocol === 58) return { protocol: family === 4 ? 1 : 58, icmpType: family === 4 ? 8 : 128, icmpCode: 0 };
  return [6, 17, 132, 136].includes(protocol) ? { protocol, sourcePort: 40_000, destinationPort: 443 } : { protocol };
}

function conditionOf(rule: ForeignRule, mine: FilterRule, { packet, doubts }: Found, table: RuleTable, firewall: string): Condition {
  const { family, source, destination, protocol, destinationPort } = packet;
  const port = destinationPort === undefined ? '' : ` port ${destinationPort}`;
  const shown = `${formatAddress(family, source)} to ${formatAddress(family, destination)} ${protocolName(protocol)}${port}`;
  const [verb, what] =
    table === 'nat'
      ? ['translate', 'what policies translate otherwise']
      : rule.action === 'deny'
        ? ['drop', 'what policies allow']
        : ['allow', 'what policies deny'];
  const does = doubts === '' ? `${verb}s` : `may ${verb}`;
  const { policy } = mine.origin;
  return {
    code: 'CEXT_PANOS_FOREIGN_SHADOWS',
    severity: 'warning',
    subject: { firewall, field: `${table} rule ${rule.name}` },
    message:
      `the ${table === 'nat' ? 'NAT' : 'security'} rule "${rule.name}" on ${firewall} is not ours, stands above ours and ${does} ${what}, ` +
      `for example ${shown} (rule ${mine.id}${policy ? ` of ${policy.name}` : ''})${doubts === '' ? '' : `; it depends on ${doubts}`}`,
  };
}
