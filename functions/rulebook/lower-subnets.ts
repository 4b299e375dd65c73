/**
 * The pass over IPv6 subnets among members, for devices whose sets hold IPv6 hosts only: the rule names them beside the set. The set stays as it is, the
 * device leaves out what it cannot hold, and both together say the same. Another subnet is another rule, that is, structure.
 */
import { keep, type Lowering, refuse } from './lowering.ts';
import type { FilterRule, Prefix, Rulebook, SetId, Side, Union } from './types.ts';

/** More is no longer a rule that people read. */
const MOST_SUBNETS = 256;

export type SubnetsOf = (sets: Rulebook['sets']) => ReadonlyMap<SetId, readonly Prefix[]>;

export function lowerSubnets(lowering: Lowering, subnetsOf: SubnetsOf | undefined): void {
  if (lowering.capabilities.ipv6PrefixMembers || !subnetsOf) return;
  const subnets = subnetsOf(lowering.rulebook().sets);
  if (subnets.size === 0) return;
  lowering.pass((rule) => {
    if (!rule.families.includes(6)) return keep(rule);
    let changed: FilterRule = rule;
    for (const end of ['source', 'destination'] as const) {
      const side = withSubnets(changed[end], subnets);
      if (side === changed[end]) continue;
      const count = (side.include === 'any' ? 0 : side.include.prefixes.length) + side.exclude.prefixes.length;
      if (count > MOST_SUBNETS)
        return refuse(end, `sets of this firewall hold no IPv6 subnets, and ${count} prefixes in one rule are more than ${MOST_SUBNETS}`);
      changed = { ...changed, [end]: side };
    }
    return keep(changed);
  });
}

function withSubnets(side: Side, subnets: ReadonlyMap<SetId, readonly Prefix[]>): Side {
  const widen = (union: Union): Union => {
    const more = union.sets.flatMap((set) => subnets.get(set) ?? []);
    return more.length === 0 ? union : { sets: union.sets, prefixes: [...new Set([...union.prefixes, ...more])] };
  };
  const include = side.include === 'any' ? 'any' : widen(side.include);
  const exclude = widen(side.exclude);
  return include === side.include && exclude === side.exclude ? side : { include, exclude };
}
