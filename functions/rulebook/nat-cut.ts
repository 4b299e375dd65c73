/**
 * NAT lists for devices whose list ends at its first match and cannot say "from here on as the administrator has it": every packet that an `absent`
 * entry takes must pass all of our later entries unmatched, so it is taken out of them.
 *
 *   T minus A  =  (source of T but not of A)  or  (destination of T but not of A)  or  (services of T but not of A)
 *
 * The parts may overlap: they translate alike. Structure decides alone, so no membership change alters the list (docs/decisions/0180).
 */
import type { Family } from '../packets/address.ts';
import type { NatEntry } from './nat.ts';
import type { Structure } from './overlap.ts';
import { servicesOfNode } from './services.ts';
import type { Side } from './types.ts';

/** More parts of one rule are more than a person reads, and each is a rule of the device. */
const MOST_PARTS = 64;

/**
 * The parts that are left of `entry` beside these earlier entries, which leave their packets to the administrator: none where they take it all.
 * Undefined where it cannot be said: an earlier entry with excludes or sets of endpoints, or too many parts.
 */
export function cutOut(structure: Structure, entry: NatEntry, fallbacks: readonly NatEntry[]): readonly NatEntry[] | undefined {
  let parts: readonly NatEntry[] = [entry];
  for (const earlier of fallbacks) {
    const next: NatEntry[] = [];
    for (const part of parts) {
      const rest = structure.mayMeet(earlier, part) ? without(structure, part, earlier) : [part];
      if (!rest) return undefined;
      next.push(...rest);
    }
    parts = next.filter((part, at) => !next.some((other, place) => place !== at && covers(structure, other, part, place < at)));
    if (parts.length > MOST_PARTS) return undefined;
  }
  return parts;
}

/** Of two that say the same the first stays. */
const covers = (structure: Structure, other: NatEntry, part: NatEntry, isFirst: boolean): boolean =>
  structure.surelyCovers(other, part) && (isFirst || !structure.surelyCovers(part, other));

function without(structure: Structure, whole: NatEntry, earlier: NatEntry): readonly NatEntry[] | undefined {
  const ends = earlier.sourceEndpoints.include.length + earlier.destinationEndpoints.include.length;
  const holes = [earlier.source, earlier.destination].flatMap(({ exclude }) => [...exclude.sets, ...exclude.prefixes]);
  if (ends + holes.length + earlier.sourceEndpoints.exclude.length + earlier.destinationEndpoints.exclude.length > 0) return undefined;
  const [shared, others] = [true, false].map((isShared) =>
    whole.families.filter((family) => earlier.families.includes(family) === isShared),
  ) as [Family[], Family[]];
  const part = { ...whole, families: shared };
  const rest: NatEntry[] = others.length === 0 ? [] : [{ ...whole, families: others }];
  for (const end of ['source', 'destination'] as const) {
    const left = { ...part, [end]: sideWithout(part[end], earlier[end]) };
    const isCovered = structure.surelyCovers({ ...part, [end]: earlier[end] }, part);
    if (!isCovered && shared.some((family) => structure.bound(left[end], family).runs > 0)) rest.push(left);
  }
  const { diagrams } = structure;
  const services = diagrams.minus(structure.services(part.services), structure.services(earlier.services));
  if (services !== 0) rest.push({ ...part, services: servicesOfNode(diagrams, services) });
  return rest;
}

/** `earlier` has no excludes. */
function sideWithout(side: Side, earlier: Side): Side {
  const { include } = earlier;
  if (include === 'any') return { include: { sets: [], prefixes: [] }, exclude: side.exclude };
  const both = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();
  return {
    include: side.include,
    exclude: { sets: both(side.exclude.sets, include.sets), prefixes: both(side.exclude.prefixes, include.prefixes) },
  };
}
