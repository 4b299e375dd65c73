/** IPv6 subnets among members, for firewalls whose sets hold IPv6 hosts only (`ipv6PrefixMembers`): there rules name them, so they are structure. */
import type { Rulebook, SetExpression, SetId } from '../rulebook/types.ts';
import { DerivedMembers, type SetFinder } from './members.ts';

/** Members are canonical: a host has its length too. */
export const isIpv6Subnet = (member: string): boolean => member.includes(':') && !member.includes(',') && !member.endsWith('/128');

/** Of the sets that hold some now. Only those are made whose Felix sets hold one. */
export function ipv6Subnets(sets: Rulebook['sets'], find: SetFinder): ReadonlyMap<SetId, readonly string[]> {
  const out = new Map<SetId, readonly string[]>();
  // Stryker disable next-line MethodExpression: sets that hold none are only made in vain
  const suspects = new Map([...sets].filter(([, { expression }]) => mayHold(expression, find)));
  // Stryker disable next-line ConditionalExpression: so they are here
  if (suspects.size === 0) return out;
  const members = new DerivedMembers(find);
  members.use({ rules: [], sets: suspects });
  for (const set of suspects.keys()) {
    const subnets = [...members.members(set).others()].filter(isIpv6Subnet).sort();
    if (subnets.length > 0) out.set(set, subnets);
  }
  return out;
}

function mayHold(expression: SetExpression, find: SetFinder): boolean {
  switch (expression.kind) {
    case 'nothing':
    case 'at':
      // Stryker disable next-line BooleanLiteral: and here
      return false;
    case 'felix':
      for (const member of find(expression.cluster, expression.set)?.members.others() ?? []) if (isIpv6Subnet(member)) return true;
      // Stryker disable next-line BooleanLiteral: and here
      return false;
    case 'and':
    case 'or':
      return expression.of.some((part) => mayHold(part, find));
    case 'minus':
    case 'within':
    case 'outside':
      return mayHold(expression.of, find);
  }
}
