/**
 * NAT of one firewall: the entries of the shared list (rulebook/nat.ts), with what is left to the administrator cut out of them (rulebook/nat-cut.ts),
 * and the static groups of addresses that they name (docs/decisions/0080, 0180). IPv4 only.
 *
 *   sides of plain prefixes          literally
 *   one set                          cf_t<set>: its members
 *   a list of sets beside others     cf_d<hash>: what the members of now leave of it
 */
import { CextError } from '../../errors.ts';
import { formatRange, parsePrefix, parseRange, rangeToPrefixes } from '../../packets/address.ts';
import { type AddressSet, EVERY_ADDRESS, meets, minus, NO_ADDRESS, prefixSet, rangesOf, unionOf } from '../../packets/address-set.ts';
import { deriveNat, type NatEntry } from '../../rulebook/nat.ts';
import { cutOut } from '../../rulebook/nat-cut.ts';
import { Structure } from '../../rulebook/overlap.ts';
import { type Member, type MemberSource, NO_UNION, type Rulebook, type SetId, type Side, type Union } from '../../rulebook/types.ts';
import type { Desired, SetState } from '../contract.ts';
import { addressName, markerOf, NOTHING, natDifferenceName, natGroupName, nothingName, setOfNatGroup } from './naming.ts';
import { canonical, contentXml, type DeviceObject, hashText, keyOf } from './objects.ts';
import type { Operation } from './operations.ts';
import type { Reading } from './reading.ts';

/** JSON: travels in the payload of a step. */
export interface NatGroup {
  readonly name: string;
  readonly of: Side;
  readonly text: string;
}

interface NatRule {
  readonly entry: NatEntry;
  /** rules of the device; undefined: what is left cannot be said, which lowering has refused */
  readonly parts: readonly NatEntry[] | undefined;
}

const known = new WeakMap<Rulebook, Map<string, readonly NatRule[]>>();

/** The translating rules of a border in their order. */
export function natRulesOf(rulebook: Rulebook, border: string): readonly NatRule[] {
  const borders = known.get(rulebook) ?? new Map<string, readonly NatRule[]>();
  known.set(rulebook, borders);
  let rules = borders.get(border);
  if (!rules) {
    rules = cutRules(rulebook, border);
    borders.set(border, rules);
  }
  return rules;
}

function cutRules(rulebook: Rulebook, border: string): readonly NatRule[] {
  const structure = new Structure(rulebook.sets);
  const fallbacks: NatEntry[] = [];
  const out: NatRule[] = [];
  for (const whole of deriveNat(rulebook, border)) {
    if (!whole.families.includes(4)) continue;
    const entry: NatEntry = { ...whole, families: [4], source: ipv4Of(whole.source), destination: ipv4Of(whole.destination) };
    if (entry.translation.kind === 'absent') fallbacks.push(entry);
    else out.push({ entry, parts: cutOut(structure, entry, fallbacks) });
  }
  return out;
}

/** Whether a side is said by one group that is no set's own. */
export const isDifference = ({ include, exclude }: Side): boolean =>
  exclude.sets.length > 0 || (include !== 'any' && include.sets.length > 0 && exclude.prefixes.length > 0);

const ofSet = (set: SetId): Side => ({ include: { sets: [set], prefixes: [] }, exclude: NO_UNION });

/** The groups that a side of a NAT rule names. */
export function natGroupsOfSide(prefix: string, side: Side, textOf: (set: SetId) => string): readonly NatGroup[] {
  const sets = side.include === 'any' ? [] : side.include.sets;
  if (!isDifference(side)) return sets.map((set) => ({ name: natGroupName(prefix, set), of: ofSet(set), text: textOf(set) }));
  const list = (ids: readonly SetId[], prefixes: readonly string[]) => [...ids.map(textOf), ...prefixes].join(' || ');
  const included = side.include === 'any' ? 'any' : list(side.include.sets, side.include.prefixes);
  const text = `(${included}) && !(${list(side.exclude.sets, side.exclude.prefixes)})`;
  return [{ name: natDifferenceName(prefix, hashText(JSON.stringify(side), 16)), of: side, text }];
}

/** In one form, so that what is read back from the device gives the same names: least lists of prefixes, sorted sets, all addresses as "any". */
function ipv4Of({ include, exclude }: Side): Side {
  const prefixes = (of: readonly string[]) => [...rangesOf(prefixSet(4, of))].flatMap(rangeToPrefixes);
  const least = (of: Union): Union => ({ sets: [...of.sets].sort(), prefixes: prefixes(of.prefixes) });
  const included = include === 'any' ? 'any' : least(include);
  return { include: included === 'any' || included.prefixes[0] === '0.0.0.0/0' ? 'any' : included, exclude: least(exclude) };
}

/** All groups that NAT of this rulebook names, by name. */
export function natGroupsOf(desired: Desired): ReadonlyMap<string, NatGroup> {
  const { rulebook, settings } = desired;
  const out = new Map<string, NatGroup>();
  const textOf = (set: SetId) => rulebook.sets.get(set)?.text ?? set;
  for (const border of desired.borders.keys())
    for (const { parts } of natRulesOf(rulebook, border))
      for (const { source, destination } of parts ?? [])
        for (const side of [source, destination])
          for (const group of natGroupsOfSide(settings.prefix, side, textOf)) out.set(group.name, group);
  return out;
}

export const setsOfGroup = ({ of: { include, exclude } }: NatGroup): readonly SetId[] => [
  ...(include === 'any' ? [] : include.sets),
  ...exclude.sets,
];

function addressesOf(side: Side, members: MemberSource): AddressSet {
  const union = (sets: readonly SetId[], prefixes: readonly string[]) =>
    sets.reduce((sum, set) => unionOf(sum, prefixSet(4, [...members.members(set)])), prefixSet(4, prefixes));
  const { include, exclude } = side;
  return minus(include === 'any' ? EVERY_ADDRESS[4] : union(include.sets, include.prefixes), union(exclude.sets, exclude.prefixes));
}

/** "10.1.2.3/32", or "10.1.2.3-10.1.2.9" where that is no prefix: what is left beside n addresses is at most n + 1 of them. */
const textsOf = (set: AddressSet): string[] =>
  [...rangesOf(set)].map((range) => {
    const [prefix = '', ...more] = rangeToPrefixes(range);
    return more.length === 0 ? prefix : formatRange(range);
  });

/** What stands in a group with these members, as texts of prefixes and ranges. A set's own group holds its members as they are. */
export function natAddresses({ of }: NatGroup, members: MemberSource): readonly string[] {
  const [set] = of.include === 'any' ? [] : of.include.sets;
  if (set === undefined || isDifference(of)) return textsOf(addressesOf(of, members));
  return [...members.members(set)].filter((member) => !member.includes(':')).sort();
}

const nameOf = (prefix: string, text: string): string => addressName(prefix, text.includes('-') ? `_${hashText(text, 12)}` : text);

export const natMembers = (prefix: string, group: NatGroup, members: MemberSource): readonly string[] => {
  const names = natAddresses(group, members).map((text) => nameOf(prefix, text));
  return names.length > 0 ? names : [nothingName(prefix)];
};

export const natAddressObject = (prefix: string, text: string): DeviceObject => ({
  table: 'address',
  name: nameOf(prefix, text),
  fields: { [text.includes('-') ? 'ip-range' : 'ip-netmask']: text, tag: [markerOf(prefix)] },
  description: 'member of a group for NAT',
});

export const nothingObject = (prefix: string): DeviceObject => ({
  table: 'address',
  name: nothingName(prefix),
  fields: { 'ip-netmask': NOTHING, tag: [markerOf(prefix)] },
  description: 'stands in static groups that are empty',
});

export const natGroupObject = (prefix: string, { name, text }: NatGroup): DeviceObject => ({
  table: 'address-group',
  name,
  fields: { tag: [markerOf(prefix)] },
  description: `${text} (for NAT)`,
});

export function groupOperation(prefix: string, group: NatGroup, members: MemberSource, exists: boolean): Operation {
  const { name } = group;
  const list = natMembers(prefix, group, members).map((one) => `<member>${one}</member>`);
  const xml = `<static>${list.join('')}</static>${contentXml(natGroupObject(prefix, group))}`;
  return exists ? { do: 'edit', table: 'address-group', name, xml, had: true } : { do: 'set', table: 'address-group', name, xml };
}

export function natGroupDiffers(reading: Reading, prefix: string, group: NatGroup, members: MemberSource): boolean {
  const have = reading.objects.get(keyOf('address-group', group.name));
  if (!have || canonical(have.fields) !== canonical(natGroupObject(prefix, group).fields)) return true;
  const there = new Set(reading.groupMembers.get(group.name) ?? []);
  const wanted = natMembers(prefix, group, members);
  return there.size !== wanted.length || wanted.some((one) => !there.has(one));
}

/** What stands in a group on the device, as prefixes. */
function standing(reading: Reading, prefix: string, name: string): readonly Member[] | undefined {
  return reading.groupMembers
    .get(name)
    ?.filter((one) => one !== nothingName(prefix))
    .flatMap((one) => {
      const fields = reading.objects.get(keyOf('address', one))?.fields;
      const value = fields?.['ip-netmask'] ?? fields?.['ip-range'];
      return typeof value === 'string' ? prefixesOf(value) : [];
    });
}

/**
 * {@link SetState.nat} of every set that a standing group of NAT hangs on: members with which all these groups are as they shall be, and what is wrong
 * in them beside the set's members (so that both who comes and who goes is seen).
 */
export function natLists(reading: Reading, desired: Desired): ReadonlyMap<SetId, NonNullable<SetState['nat']>> {
  const { prefix } = desired.settings;
  const out = new Map<SetId, ReadonlySet<Member>>();
  for (const name of reading.groupMembers.keys()) {
    const set = setOfNatGroup(prefix, name);
    if (set !== undefined) out.set(set, new Set(standing(reading, prefix, name)));
  }
  const wrong = new Map<SetId, AddressSet>();
  for (const group of natGroupsOf(desired).values()) {
    const texts = isDifference(group.of) ? standing(reading, prefix, group.name) : undefined;
    const odd = texts && ifKnown(() => oddOf(prefixSet(4, texts), group.of, desired.members));
    if (odd) for (const set of setsOfGroup(group)) wrong.set(set, unionOf(wrong.get(set) ?? NO_ADDRESS[4], odd));
  }
  for (const [set, odd] of wrong) {
    const own = out.get(set);
    const wanted = new Set(desired.members.members(set));
    const isSettled = (member: Member) =>
      (!own || member.includes(':') || own.has(member)) && (odd.runs === 0 || !meets(prefixSet(4, [member]), odd));
    const beside = [...rangesOf(minus(odd, prefixSet(4, [...wanted])))].flatMap(rangeToPrefixes);
    const others = [...(own ?? []), ...beside].filter((member) => !wanted.has(member));
    out.set(set, new Set([...[...wanted].filter(isSettled), ...others]));
  }
  return out;
}

/** Sets that hang on a standing group whose members are not as they shall be. */
export function unsettledSets(reading: Reading, desired: Desired): ReadonlySet<SetId> {
  const standing = [...natGroupsOf(desired).values()].filter(({ name }) => reading.groupMembers.has(name));
  const differs = (group: NatGroup) => natGroupDiffers(reading, desired.settings.prefix, group, desired.members);
  return new Set(standing.filter((group) => ifKnown(() => differs(group))).flatMap(setsOfGroup));
}

const prefixesOf = (text: string): readonly string[] => {
  const range = parseRange(text) ?? parsePrefix(text);
  return range ? rangeToPrefixes(range) : [];
};

/** Addresses that the group has too much or lacks. */
function oddOf(there: AddressSet, side: Side, members: MemberSource): AddressSet {
  const wanted = addressesOf(side, members);
  return unionOf(minus(there, wanted), minus(wanted, there));
}

/** Undefined where the members of a cluster are not known now. */
function ifKnown<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof CextError) return undefined;
    throw error;
  }
}
