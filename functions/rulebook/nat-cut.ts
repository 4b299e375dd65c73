/**
 * NAT lists for devices whose list ends at its first match and cannot say "from here on as the administrator has it": every packet that an `absent`
 * entry takes must pass all of our later entries unmatched, so it is taken out of them.
 *
 *   T minus A  =  services of T but not of A
 *             or  shared services, destinations of T but not of A
 *             or  shared services and destinations, sources of T but not of A
 *
 * Parts may overlap, for they translate alike; so what is shared may be cut down or not, whichever makes fewer parts. Structure decides alone, so no membership change alters the list (docs/decisions/0180).
 */
import { type Family, rangeToPrefixes } from '../packets/address.ts';
import { intersectionOf, prefixSet, rangesOf } from '../packets/address-set.ts';
import type { NatEntry } from './nat.ts';
import type { Structure } from './overlap.ts';
import { servicesOfNode } from './services.ts';
import { NO_UNION, type Side } from './types.ts';

/** Each part is a rule of the device. */
const MOST_PARTS = 256;
/** Where parts that are not cut down help, they are few. */
const MOST_WHOLE = 16;

/**
 * The parts that are left of `entry` beside the earlier entries, which leave their packets to the administrator: none where they take it all.
 * Undefined where it cannot be said: an earlier entry with excludes or sets of endpoints, or too many parts.
 */
export function cutOut(structure: Structure, entry: NatEntry, earlier: readonly NatEntry[]): readonly NatEntry[] | undefined {
  const fallbacks = earlier.filter((one) => structure.mayMeet(one, entry));
  // Cut down, parts of rules that differ in all stay few; whole, parts of rules that share their sources cover each other.
  const cut = partsOf(structure, entry, fallbacks, true, MOST_PARTS);
  if (cut && cut.length <= 3) return cut;
  return partsOf(structure, entry, fallbacks, false, Math.min(MOST_WHOLE, (cut?.length ?? Number.POSITIVE_INFINITY) - 1)) ?? cut;
}

function partsOf(
  structure: Structure,
  entry: NatEntry,
  fallbacks: readonly NatEntry[],
  isCutDown: boolean,
  most: number,
): readonly NatEntry[] | undefined {
  let parts: readonly NatEntry[] = [entry];
  for (const earlier of fallbacks) {
    const next: NatEntry[] = [];
    const fresh = new Set<NatEntry>();
    for (const part of parts) {
      const rest = structure.mayMeet(earlier, part) ? without(structure, part, earlier, isCutDown) : [part];
      if (!rest) return undefined;
      // Stryker disable next-line ConditionalExpression: what is asked of old parts too was answered no before
      for (const one of rest) if (one !== part) fresh.add(one);
      next.push(...rest);
    }
    const isSaid = (part: NatEntry, at: number) =>
      next.some((other, place) => place !== at && (fresh.has(part) || fresh.has(other)) && covers(structure, other, part, place < at));
    parts = next.filter((part, at) => !isSaid(part, at));
    if (parts.length > most) return undefined;
  }
  return parts;
}

/** Of two that say the same the first stays. */
const covers = (structure: Structure, other: NatEntry, part: NatEntry, isFirst: boolean): boolean =>
  structure.surelyCovers(other, part) && (isFirst || !structure.surelyCovers(part, other));

function without(structure: Structure, whole: NatEntry, earlier: NatEntry, isCutDown: boolean): readonly NatEntry[] | undefined {
  const ends = earlier.sourceEndpoints.include.length + earlier.destinationEndpoints.include.length;
  const holes = [earlier.source, earlier.destination].flatMap(({ exclude }) => [...exclude.sets, ...exclude.prefixes]);
  if (ends + holes.length + earlier.sourceEndpoints.exclude.length + earlier.destinationEndpoints.exclude.length > 0) return undefined;
  const [shared, others] = [true, false].map((isShared) =>
    whole.families.filter((family) => earlier.families.includes(family) === isShared),
  ) as [Family[], Family[]];
  let part: NatEntry = { ...whole, families: shared };
  const rest: NatEntry[] = others.length === 0 ? [] : [{ ...whole, families: others }];
  const { diagrams } = structure;
  const [mine, taken] = [structure.services(part.services), structure.services(earlier.services)];
  const left = diagrams.minus(mine, taken);
  if (left !== 0) rest.push({ ...part, services: servicesOfNode(diagrams, left) });
  if (left !== 0 && isCutDown) part = { ...part, services: servicesOfNode(diagrams, diagrams.and(mine, taken)) };
  for (const end of ['destination', 'source'] as const) {
    const outside = { ...part, [end]: sideWithout(part[end], earlier[end]) };
    const isCovered = structure.surelyCovers({ ...part, [end]: earlier[end] }, part);
    if (!isCovered && shared.some((family) => structure.bound(outside[end], family).runs > 0)) rest.push(outside);
    if (!isCovered && isCutDown) part = { ...part, [end]: sharedSide(structure, part, end, earlier[end]) };
  }
  return rest;
}

/** What both sides hold, or the part's side where that cannot be said. */
function sharedSide(structure: Structure, part: NatEntry, end: 'source' | 'destination', earlier: Side): Side {
  const { include, exclude } = part[end];
  const isWithin = structure.surelyCovers({ ...part, [end]: { include, exclude: NO_UNION } }, { ...part, [end]: earlier });
  if (isWithin) return { include: earlier.include, exclude };
  // Stryker disable next-line ConditionalExpression,LogicalOperator,StringLiteral: a side that is "any" covers and was answered before; it is named for the types
  if (include === 'any' || earlier.include === 'any' || include.sets.length + earlier.include.sets.length > 0) return part[end];
  const theirs = earlier.include.prefixes;
  const prefixes = part.families.flatMap((family) =>
    [...rangesOf(intersectionOf(prefixSet(family, include.prefixes), prefixSet(family, theirs)))].flatMap(rangeToPrefixes),
  );
  return { include: { sets: [], prefixes }, exclude };
}

/** `earlier` has no excludes. */
function sideWithout(side: Side, earlier: Side): Side {
  const { include } = earlier;
  // Stryker disable next-line ObjectLiteral,ArrayDeclaration: "any" covers, and then nobody looks at what is outside
  if (include === 'any') return { include: { sets: [], prefixes: [] }, exclude: side.exclude };
  const both = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();
  return {
    include: side.include,
    exclude: { sets: both(side.exclude.sets, include.sets), prefixes: both(side.exclude.prefixes, include.prefixes) },
  };
}
