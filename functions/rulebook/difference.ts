/**
 * What a change opens, closes or translates otherwise, as regions that people can read: one per rule that differs and effect, named with the
 * rule's own words. Order of effects: allow > unmatched (the administrator's own rules decide) > deny; a step up opens, a step down closes.
 */
import { LEVEL, type Node } from '../packets/diagram.ts';
import { addressesIn } from '../packets/packet-set.ts';
import { countServices, formatServices, runsOf } from '../packets/service-set.ts';
import type { Book, Difference, Region } from './algebra.ts';
import { Algebra } from './algebra-context.ts';
import { Comparison, type Entry } from './comparison.ts';
import { type CompareOptions, forEachSlice, NODE_BUDGET, witnessOf } from './prove.ts';
import type { Slice, Winner } from './slice.ts';
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
  readonly pairs: Slice['pairs'][number][];
  size: number;
  sources: number;
  services: Node;
}

const level = (meaning: string): number => (meaning === 'deny' ? 0 : meaning === 'unmatched' ? 1 : 2);

function effectOf(before: string, after: string): Effect {
  const step = level(after) - level(before);
  return step > 0 ? 'opens' : step < 0 ? 'closes' : 'translatesOtherwise';
}

/** Sizes are (sources x destinations x (protocol, port) pairs), summed without counting a packet twice. */
export function difference(before: Book, after: Book, options: DifferenceOptions = {}): Difference {
  const comparison = new Comparison(options.algebra ?? new Algebra(), before, after);
  const totals: Record<Effect, number> = { opens: 0, closes: 0, translatesOtherwise: 0 };
  const most = options.regions ?? 50;
  const found: { readonly group: Group; readonly make: () => Region }[] = [];
  const end = forEachSlice(comparison, { left: options.nodeBudget ?? NODE_BUDGET }, (slice) => {
    for (const group of groupsOf(slice)) {
      totals[group.effect] += group.size;
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

function groupsOf(slice: Slice): Group[] {
  const groups = new Map<string, Group>();
  const primary = (before: number, after: number): number => (slice.isAlone(after) ? after : before);
  for (const pair of slice.pairs) {
    const names = new Set<string>();
    for (const [before, after] of slice.valuePairs(pair.before, pair.after)) {
      if (!slice.differ(before, after)) continue;
      const effect = effectOf(slice.meaning(before), slice.meaning(after));
      const value = primary(before, after);
      const name = `${effect} ${value}`;
      names.add(name);
      if (groups.has(name)) continue;
      const winner = slice.isAlone(after) ? slice.winner(after, 1) : slice.winner(before, 0);
      if (!winner) throw new RangeError('aligned rules decided a packet otherwise');
      const test = (a: number, b: number) =>
        slice.differ(a, b) && primary(a, b) === value && effectOf(slice.meaning(a), slice.meaning(b)) === effect;
      groups.set(name, { effect, slice, winner, name, test, pairs: [], size: 0, sources: 0, services: 0 });
    }
    for (const name of names) {
      const group = groups.get(name) as Group;
      group.pairs.push(pair);
      measure(group, pair);
    }
  }
  return [...groups.values()];
}

function measure(group: Group, pair: Slice['pairs'][number]): void {
  const { space } = group.slice;
  const { diagrams } = space;
  const mask = group.slice.mask(group.name, group.test, pair.before, pair.after);
  let perSource = 0;
  for (const run of runsOf(diagrams, mask, LEVEL.destination, space.destinations.count)) {
    perSource += addressesIn(space.destinations, run) * countServices(diagrams, run.child);
    group.services = diagrams.or(group.services, run.child);
  }
  let sources = 0;
  for (const number of pair.classes) sources += space.sources.sizes[number] as number;
  group.sources += sources;
  group.size += sources * perSource;
}

function regionOf(comparison: Comparison, group: Group, books: readonly [Book, Book]): Region {
  const { slice, winner, effect } = group;
  const found = witnessOf(comparison, slice, group.name, group.test, group.pairs);
  if (!found) throw new RangeError('a region without a packet');
  const { rule } = slice.chain.entries[winner.which][winner.index] as Entry;
  const { sets } = books[winner.which].rulebook;
  const source = sideText(rule, 'source', sets);
  const destination = sideText(rule, 'destination', sets);
  const services = formatServices(slice.space.diagrams, group.services);
  const { border, stage } = slice.chain;
  return {
    effect,
    border,
    stage,
    witness: found.witness,
    text: `${source} (${countText(group.sources)}) -> ${destination}, ${services}`,
    size: cap(group.size),
  };
}

const countText = (count: number): string =>
  count === 1 ? '1 address' : count < 1e6 ? `${count} addresses` : `2^${Math.round(Math.log2(count))} addresses`;

/** The side in the words of its author, else of its sets, else its prefixes. */
export function sideText(rule: FilterRule, end: 'source' | 'destination', sets: ReadonlyMap<SetId, SetDefinition>): string {
  const own = end === 'source' ? rule.origin.sourceText : rule.origin.destinationText;
  const endpoints = end === 'source' ? rule.sourceEndpoints : rule.destinationEndpoints;
  const named = (id: SetId) => sets.get(id)?.text || id;
  const side = own || plainSide(end === 'source' ? rule.source : rule.destination, named);
  const ports = [...endpoints.include.map(named), ...endpoints.exclude.map((id) => `not ${named(id)}`)];
  return ports.length === 0 ? side : `${side} at ${ports.join(', ')}`;
}

function plainSide({ include, exclude }: Side, named: (id: SetId) => string): string {
  const list = (texts: readonly string[]) =>
    texts.length > 3 ? `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more` : texts.join(', ');
  const held = include === 'any' ? 'any' : list([...include.sets.map(named), ...include.prefixes]) || 'nothing';
  const without = list([...exclude.sets.map(named), ...exclude.prefixes]);
  return without === '' ? held : `${held} but not ${without}`;
}
