/**
 * The NAT list of devices that keep NAT apart from the filter, derived once for all of them (docs/decisions/0031).
 *
 * - A packet reaches NAT only when the filter allows it, so the allow rules in their order, each with its translation, say the same as the
 *   filter does. Denied packets need no entry.
 * - `absent` (the administrator's own NAT decides) is what happens without any entry. Such an entry stays only where a later one that
 *   translates could catch its packets.
 * - What an earlier rule takes entirely, or a later entry says as well, is left out.
 *
 * It looks at structure alone: no membership change alters the list.
 */
import { FAMILIES } from '../packets/address.ts';
import { type Coordinate, NO_ADDRESS } from '../packets/address-set.ts';
import type { Packet } from '../packets/packet.ts';
import { evaluatorOf } from './evaluate.ts';
import { Structure } from './overlap.ts';
import type { FilterRule, MemberSource, Rulebook, SetId, Side, Translation } from './types.ts';

/**
 * A rule read as NAT: its match and its translation. First match ends. `absent` = leave it to the administrator's NAT, `none` = keep the
 * source address. The id is that of the filter rule it comes from.
 */
export type NatEntry = FilterRule;

/** The translations of one border, in order. */
export function deriveNat(rulebook: Rulebook, border: string): readonly NatEntry[] {
  const structure = new Structure(rulebook.sets);
  const chain = rulebook.rules
    .filter((rule) => rule.border === border && rule.stage === 'forward' && rule.direction === 'egress' && rule.action !== 'log')
    .map((rule, place) => outlineOf(structure, rule, place));
  const isTaken = takenBy(structure, chain);
  const kept: Outline[] = [];
  // Whether an entry is needed is asked first: most rules of most books translate nothing, and then nobody looks for what covers them.
  for (let at = chain.length - 1; at >= 0; at--) {
    const outline = chain[at] as Outline;
    if (outline.rule.action === 'allow' && isNeeded(structure, outline, kept) && !isTaken(outline)) kept.push(outline);
  }
  return kept.reverse().map(({ rule }) => rule);
}

/**
 * What quickly tells that two rules cannot meet or cover each other: the ends of their addresses as numbers, families apart (of IPv6 the
 * upper 53 bits). 5,000 rules are 12 million pairs; asking {@link Structure} about each took 25 s, this takes 0.1 s.
 */
interface Outline {
  readonly rule: FilterRule;
  /** in the chain */
  readonly place: number;
  readonly translation: string;
  /** low and high of source and destination, IPv4 then IPv6; low > high where there is no address */
  readonly ends: readonly number[];
  readonly families: number;
}

const coarse = (coordinate: Coordinate): number => (typeof coordinate === 'number' ? coordinate : Number(coordinate >> 75n));

function outlineOf(structure: Structure, rule: FilterRule, place: number): Outline {
  const ends: number[] = [];
  for (const family of FAMILIES)
    for (const side of [rule.source, rule.destination]) {
      const bound = rule.families.includes(family) ? structure.bound(side, family) : NO_ADDRESS[family];
      if (bound.runs === 0) ends.push(1, 0);
      else ends.push(coarse(bound.starts[0] as Coordinate), coarse(bound.ends[bound.runs - 1] as Coordinate));
    }
  const families = (rule.families.includes(4) ? 1 : 0) | (rule.families.includes(6) ? 2 : 0);
  return { rule, place, translation: translationText(rule.translation), ends, families };
}

function canMeet(a: Outline, b: Outline): boolean {
  for (let at = 0; at < 8; at += 4)
    if (
      // Stryker disable next-line ConditionalExpression,LogicalOperator,EqualityOperator: "maybe" gives the same list, later
      (a.ends[at] as number) <= (b.ends[at + 1] as number) &&
      (b.ends[at] as number) <= (a.ends[at + 1] as number) &&
      (a.ends[at + 2] as number) <= (b.ends[at + 3] as number) &&
      (b.ends[at + 2] as number) <= (a.ends[at + 3] as number)
    )
      return true;
  return false;
}

function canCover(a: Outline, b: Outline): boolean {
  // Stryker disable next-line ConditionalExpression: "maybe" gives the same list, later
  if ((b.families & ~a.families) !== 0) return false;
  for (let at = 0; at < 8; at += 2) {
    const low = b.ends[at] as number;
    const high = b.ends[at + 1] as number;
    // Stryker disable next-line ConditionalExpression,LogicalOperator,EqualityOperator: "maybe" gives the same list, later
    if (low <= high && ((a.ends[at] as number) > low || (a.ends[at + 1] as number) < high)) return false;
  }
  // Stryker disable next-line ConditionalExpression,LogicalOperator: "maybe" gives the same list, later
  return sharesSet(a.rule.source, b.rule.source) && sharesSet(a.rule.destination, b.rule.destination);
}

/** Holds more than sets: it may cover any other side. */
const isWide = ({ include }: Side): boolean => include === 'any' || include.prefixes.length > 0;
const setsOf = ({ include }: Side): readonly SetId[] => (include === 'any' ? [] : include.sets);

/** What covers a side has at least its first set. */
function sharesSet(a: Side, b: Side): boolean {
  const [first] = setsOf(b);
  return isWide(a) || (first !== undefined && setsOf(a).includes(first));
}

/** Does one earlier rule decide all its packets? Asked of those with its first source set, and of the wide ones. */
function takenBy(structure: Structure, chain: readonly Outline[]): (outline: Outline) => boolean {
  const wide = chain.filter(({ rule }) => isWide(rule.source));
  const pairs = chain.flatMap((outline) => setsOf(outline.rule.source).map((set) => ({ set, outline })));
  const bySet = Map.groupBy(pairs, ({ set }) => set);
  return (outline) => {
    const covers = (earlier: Outline) =>
      earlier.place < outline.place && canCover(earlier, outline) && structure.surelyCovers(earlier.rule, outline.rule);
    const [first = ''] = setsOf(outline.rule.source);
    return wide.some(covers) || (bySet.get(first)?.some((pair) => covers(pair.outline)) ?? false);
  };
}

/** Would the entries after it (the last one first) treat its packets otherwise? */
function isNeeded(structure: Structure, outline: Outline, later: readonly Outline[]): boolean {
  const { rule, translation } = outline;
  for (let at = later.length - 1; at >= 0; at--) {
    const entry = later[at] as Outline;
    if (translation === entry.translation) {
      if (canCover(entry, outline) && structure.mayMeet(rule, entry.rule) && structure.surelyCovers(entry.rule, rule)) return false;
    } else if (canMeet(entry, outline) && structure.mayMeet(rule, entry.rule)) return true;
  }
  return rule.translation.kind !== 'absent';
}

/** The same by value. */
export function sameTranslation(a: Translation, b: Translation): boolean {
  return translationText(a) === translationText(b);
}

/** One text per translation, for comparing. */
export function translationText(translation: Translation): string {
  switch (translation.kind) {
    case 'absent':
    case 'none':
      return translation.kind;
    case 'address':
      return `address ${translation.address}`;
    case 'range':
      return `range ${translation.range.first}-${translation.range.last} of ${translation.range.family}`;
    case 'pool':
      return `pool ${translation.pool} ${translation.ranges.map((range) => `${range.family}:${range.first}-${range.last}`).join()}`;
  }
}

/** What a NAT list does with packets; `absent` where no entry matches. For many packets: the members are read once. */
export function translatorOf(entries: readonly NatEntry[], members: MemberSource): (packet: Packet) => Translation {
  const evaluate = evaluatorOf({ rulebook: { rules: entries, sets: new Map() }, members });
  const border = entries[0]?.border ?? '';
  return (packet) => {
    const decision = evaluate(border, 'forward', packet);
    return decision.kind === 'allow' ? decision.rule.translation : { kind: 'absent' };
  };
}

/** What a NAT list does with one packet. */
export function translationOf(entries: readonly NatEntry[], members: MemberSource, packet: Packet): Translation {
  return translatorOf(entries, members)(packet);
}
