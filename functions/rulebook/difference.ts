/**
 * What a change opens, closes or translates otherwise, as regions that people can read: one per rule that differs and effect, named with the
 * rule's own words. Order of effects: allow > unmatched (the administrator's own rules decide) > deny; a step up opens, a step down closes.
 */
import type { Family } from '../packets/address.ts';
import type { Node } from '../packets/diagram.ts';
import { addressesIn } from '../packets/packet-set.ts';
import { countServices, formatServices } from '../packets/service-set.ts';
import type { Book, Difference, Region } from './algebra.ts';
import { Algebra } from './algebra-context.ts';
import { Comparison, type Entry } from './comparison.ts';
import { type CompareOptions, forEachSlice, NODE_BUDGET, witnessOf } from './prove.ts';
import { forEachDifference } from './rows.ts';
import { pairKey, type RowPair, type Slice, type Winner } from './slice.ts';
import type { FilterRule, SetDefinition, SetId, Side } from './types.ts';

export interface DifferenceOptions extends CompareOptions {
  /** at most so many regions, the largest first; the totals count all */
  readonly regions?: number;
}

type Effect = Region['effect'];

interface Group {
  readonly effect: Effect;
  readonly slice: Slice;
  readonly winner: Winner;
  readonly name: string;
  readonly test: (before: number, after: number) => boolean;
  readonly pairs: RowPair[];
  size: number;
  weight: number;
  anywhere: number;
  sources: number;
  services: Node;
}

const level = (meaning: string): number => (meaning === 'deny' ? 0 : meaning === 'unmatched' ? 1 : 2);

function effectOf(before: string, after: string): Effect {
  const step = level(after) - level(before);
  return step > 0 ? 'opens' : step < 0 ? 'closes' : 'translatesOtherwise';
}

/** More outside addresses than a /8 of IPv4 or an IPv6 /32 are "anywhere". */
const ANYWHERE = 25;

/**
 * How much of the outside this is, on a scale from 1 (one address) to 33 (all of them): one more for every doubling, and every four of IPv6, so that a
 * /24 is 9, a /16 is 17 and an IPv6 /64 is 17 (docs/decisions/0120).
 */
export function reachOf(family: Family, addresses: number): number {
  return addresses < 1 ? 0 : 1 + Math.floor(Math.log2(addresses) / (family === 4 ? 1 : 4));
}

/** A cluster's own addresses count up to a /16: a pod CIDR is larger than what runs in it. */
const MOST_INSIDE = 65_536;

/** Sizes are (sources x destinations x (protocol, port) pairs), summed without counting a packet twice. */
export function difference(before: Book, after: Book, options: DifferenceOptions = {}): Difference {
  const comparison = new Comparison(options.algebra ?? new Algebra(), before, after);
  const totals: Record<Effect, number> = { opens: 0, closes: 0, translatesOtherwise: 0 };
  const weights: Record<Effect, number> = { opens: 0, closes: 0, translatesOtherwise: 0 };
  let anywhere = 0;
  const most = options.regions ?? 50;
  const found: { readonly group: Group; readonly make: () => Region }[] = [];
  const end = forEachSlice(comparison, { left: options.nodeBudget ?? NODE_BUDGET }, (slice) => {
    for (const group of groupsOf(slice)) {
      totals[group.effect] += group.size;
      weights[group.effect] += group.weight;
      if (group.effect === 'opens') anywhere = Math.max(anywhere, group.anywhere);
      found.push({ group, make: () => regionOf(comparison, group, [before, after]) });
    }
    return false;
  });
  const regions = mergeByRule(found)
    .sort((a, b) => b.size - a.size)
    .slice(0, most)
    .map((entry) => ({ ...entry.make(), size: cap(entry.size) }));
  return {
    regions,
    opens: cap(totals.opens),
    closes: cap(totals.closes),
    translatesOtherwise: cap(totals.translatesOtherwise),
    weights: { opens: cap(weights.opens), closes: cap(weights.closes), translatesOtherwise: cap(weights.translatesOtherwise) },
    anywhere: Math.round(anywhere),
    complete: end === 'all',
  };
}

const cap = (size: number): number => Math.min(Math.round(size), Number.MAX_SAFE_INTEGER);

/** Pieces of one rule and effect that lie in several slices (two families, endpoint sets) become one region. */
function mergeByRule(found: readonly { readonly group: Group; readonly make: () => Region }[]): { size: number; make: () => Region }[] {
  const merged = new Map<string, { size: number; largest: number; make: () => Region }>();
  for (const { group, make } of found) {
    const { chain, family } = group.slice;
    const key = `${chain.stage} ${chain.direction} ${chain.border} ${family} ${group.effect} ${group.winner.which} ${group.winner.index}`;
    const known = merged.get(key);
    if (!known) merged.set(key, { size: group.size, largest: group.size, make });
    else {
      known.size += group.size;
      if (group.size > known.largest) Object.assign(known, { largest: group.size, make });
    }
  }
  return [...merged.values()];
}

/** What one pair of service diagrams adds to a group, per address. */
interface Share {
  readonly group: Group;
  readonly services: Node;
  readonly count: number;
}

function groupsOf(slice: Slice): Group[] {
  const groups = new Map<string, Group>();
  const shares = new Map<number, readonly Share[]>();
  for (const pair of slice.pairs) {
    const sources = pair.classes.reduce((sum, number) => sum + (slice.sources.sizes[number] as number), 0);
    const here = new Map<Group, { size: number; destinations: number }>();
    forEachDifference(pair.before, pair.after, (first, end, before, after) => {
      const key = pairKey(before, after);
      let list = shares.get(key);
      if (!list) {
        list = sharesOf(slice, groups, before, after);
        shares.set(key, list);
      }
      if (list.length === 0) return;
      const destinations = addressesIn(slice.destinations, { first, last: end - 1 });
      for (const { group, count } of list) {
        let sum = here.get(group);
        if (!sum) {
          sum = { size: 0, destinations: 0 };
          here.set(group, sum);
        }
        sum.size += destinations * count;
        sum.destinations += destinations;
      }
    });
    for (const [group, perSource] of here) {
      const inside = slice.chain.direction === 'egress' ? sources : perSource.destinations;
      const reach = reachOf(slice.family, slice.chain.direction === 'egress' ? perSource.destinations : sources);
      const services = perSource.destinations === 0 ? 0 : perSource.size / perSource.destinations;
      group.pairs.push(pair);
      group.sources += sources;
      group.size += sources * perSource.size;
      group.weight += Math.min(inside, MOST_INSIDE) * services * reach;
      if (reach > ANYWHERE) group.anywhere = Math.max(group.anywhere, services);
    }
  }
  return [...groups.values()];
}

function sharesOf(slice: Slice, groups: Map<string, Group>, before: Node, after: Node): readonly Share[] {
  const { diagrams } = slice;
  const primary = (a: number, b: number): number => (slice.alone(b) ? b : a);
  const found = new Set<Group>();
  for (const [a, b] of slice.valuePairs(before, after)) {
    if (!slice.differ(a, b)) continue;
    const effect = effectOf(slice.meaning(a), slice.meaning(b));
    const value = primary(a, b);
    const name = `${effect} ${value}`;
    let group = groups.get(name);
    if (!group) {
      const winner = slice.alone(value);
      if (!winner) throw new RangeError('aligned rules decided a packet otherwise');
      const test = (x: number, y: number) =>
        slice.differ(x, y) && primary(x, y) === value && effectOf(slice.meaning(x), slice.meaning(y)) === effect;
      group = { effect, slice, winner, name, test, pairs: [], size: 0, weight: 0, anywhere: 0, sources: 0, services: 0 };
      groups.set(name, group);
    }
    found.add(group);
  }
  return [...found].map((group) => {
    const services = slice.mask(group.name, group.test, before, after);
    group.services = diagrams.or(group.services, services);
    return { group, services, count: countServices(diagrams, services) };
  });
}

function regionOf(comparison: Comparison, group: Group, books: readonly [Book, Book]): Region {
  const { slice, winner, effect } = group;
  const witness = witnessOf(comparison, slice, group.name, group.test, group.pairs);
  if (!witness) throw new RangeError('a region without a packet');
  const { rule } = slice.chain.entries[winner.which][winner.index] as Entry;
  const { sets } = books[winner.which].rulebook;
  const source = sideText(rule, 'source', sets, slice.family);
  const destination = sideText(rule, 'destination', sets, slice.family);
  const services = formatServices(slice.diagrams, group.services);
  const { border, stage } = slice.chain;
  return {
    effect,
    border,
    stage,
    witness,
    text: `${source} (${countText(group.sources)}) -> ${destination}, ${services}`,
    size: cap(group.size),
  };
}

const countText = (count: number): string =>
  count === 1 ? '1 address' : count < 1e6 ? `${count} addresses` : `2^${Math.round(Math.log2(count))} addresses`;

/** The side in the words of its author, else of its sets, else its prefixes of that family. */
function sideText(rule: FilterRule, end: 'source' | 'destination', sets: ReadonlyMap<SetId, SetDefinition>, family: Family): string {
  const own = end === 'source' ? rule.origin.sourceText : rule.origin.destinationText;
  const endpoints = end === 'source' ? rule.sourceEndpoints : rule.destinationEndpoints;
  const named = (id: SetId) => sets.get(id)?.text || id;
  const side = own || plainSide(end === 'source' ? rule.source : rule.destination, named, family);
  const ports = [...endpoints.include.map(named), ...endpoints.exclude.map((id) => `not ${named(id)}`)];
  return ports.length === 0 ? side : `${side} at ${ports.join(', ')}`;
}

function plainSide({ include, exclude }: Side, named: (id: SetId) => string, family: Family): string {
  const own = (prefixes: readonly string[]) => prefixes.filter((prefix) => prefix.includes(':') === (family === 6));
  const list = (texts: readonly string[]) =>
    texts.length > 3 ? `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more` : texts.join(', ');
  const held = include === 'any' ? 'any' : list([...include.sets.map(named), ...own(include.prefixes)]) || 'nothing';
  const without = list([...exclude.sets.map(named), ...own(exclude.prefixes)]);
  return without === '' ? held : `${held} but not ${without}`;
}
