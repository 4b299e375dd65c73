/**
 * Absence is not deletion (DESIGN.md 6.1): rulebooks of one firewall cut by cluster and put together again, some clusters as wanted, some as they are.
 * Scopes of clusters are disjoint, so their order does not matter; it stays that of the settings.
 */
import type { FilterRule, Rulebook, SetDefinition, SetId } from '../rulebook/types.ts';

export const EMPTY: Rulebook = { rules: [], sets: new Map() };

export function setsOf(rule: FilterRule): readonly SetId[] {
  const side = (one: FilterRule['source']) => [...(one.include === 'any' ? [] : one.include.sets), ...one.exclude.sets];
  return [
    ...side(rule.source),
    ...side(rule.destination),
    ...rule.sourceEndpoints.include,
    ...rule.sourceEndpoints.exclude,
    ...rule.destinationEndpoints.include,
    ...rule.destinationEndpoints.exclude,
  ];
}

function bookOf(rules: readonly FilterRule[], ...from: readonly Rulebook[]): Rulebook {
  const sets = new Map<SetId, SetDefinition>();
  for (const id of rules.flatMap(setsOf)) {
    const definition = from.map((book) => book.sets.get(id)).find((one) => one !== undefined);
    if (definition) sets.set(id, definition);
  }
  return { rules, sets };
}

/** The part that one cluster brought. */
export function ofCluster(book: Rulebook, cluster: string): Rulebook {
  return bookOf(
    book.rules.filter((rule) => rule.origin.cluster === cluster),
    book,
  );
}

/** Clusters with rules in it. */
export const clustersOf = (book: Rulebook): Set<string> => new Set(book.rules.map((rule) => rule.origin.cluster));

/** `wanted`, but with the rules of these clusters as they stand in `applied`. */
export function keepClusters(applied: Rulebook, wanted: Rulebook, kept: ReadonlySet<string>, order: readonly string[]): Rulebook {
  if (kept.size === 0) return wanted;
  const rank = new Map(order.map((cluster, index) => [cluster, index]));
  const at = (rule: FilterRule) => rank.get(rule.origin.cluster) ?? order.length;
  const rules = [
    ...wanted.rules.filter((rule) => !kept.has(rule.origin.cluster)),
    ...applied.rules.filter((rule) => kept.has(rule.origin.cluster)),
  ].sort((a, b) => at(a) - at(b));
  return bookOf(rules, wanted, applied);
}

/** Mode add-only: what is no longer wanted stays, below what is. */
export function keepRemoved(applied: Rulebook, wanted: Rulebook): { readonly rulebook: Rulebook; readonly left: number } {
  const ids = new Set(wanted.rules.map((rule) => rule.id));
  const left = applied.rules.filter((rule) => !ids.has(rule.id));
  if (left.length === 0) return { rulebook: wanted, left: 0 };
  return { rulebook: bookOf([...wanted.rules, ...left], wanted, applied), left: left.length };
}
