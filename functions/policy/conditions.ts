/** Conditions about the state of a cluster rather than about one policy: who is reached by the border at all, and what leaves masqueraded. */

import { host4Text } from '../../proto/members.ts';
import type { ClusterView, FelixSet, Pool } from '../cluster/view.ts';
import type { Condition } from '../errors.ts';
import { parseAddress, parsePrefix } from '../packets/address.ts';
import type { SetExpression } from '../rulebook/types.ts';
import { policyCondition } from './errors.ts';
import { type PrefixRange, rangeOf } from './prefixes.ts';
import { same } from './same.ts';

interface Finding {
  readonly size: number;
  readonly facts: readonly unknown[];
  readonly masqueraded: string | undefined;
  readonly outside: string | undefined;
}

/** Looks through the members of sets on the side of the pods; a set is looked through again when its size, the pools or the CIDRs changed. */
export class MemberWatch {
  readonly #seen = new WeakMap<FelixSet, Finding>();
  readonly #facts = new WeakMap<ClusterView, readonly unknown[]>();

  conditions(view: ClusterView, podCidrs: readonly string[], sets: ReadonlyMap<string, string>, firewall: string): readonly Condition[] {
    const facts = this.#factsOf(view, podCidrs);
    const out: Condition[] = [];
    for (const [id, text] of sets) {
      const set = view.sets.get(id);
      if (!set) continue;
      let finding = this.#seen.get(set);
      // Stryker disable next-line ConditionalExpression: looked through again it says the same
      if (!finding || finding.size !== set.members.size || finding.facts !== facts) {
        finding = { size: set.members.size, facts, ...lookThrough(set, view.pools.values(), podCidrs) };
        this.#seen.set(set, finding);
      }
      const subject = { cluster: view.cluster, firewall, field: text };
      if (finding.masqueraded)
        out.push(
          policyCondition(
            'CEXT_POLICY_MASQUERADED',
            'warning',
            subject,
            `${text}: members such as ${finding.masqueraded} are in an IP pool that masquerades.`,
          ),
        );
      if (finding.outside)
        out.push(
          policyCondition(
            'CEXT_POLICY_OUTSIDE_POD_CIDRS',
            'info',
            subject,
            `${text}: members such as ${finding.outside} are outside the pod CIDRs (${podCidrs.join(', ')}).`,
          ),
        );
    }
    return out;
  }

  /** The same object as long as pools and CIDRs are the same. */
  #factsOf(view: ClusterView, podCidrs: readonly string[]): readonly unknown[] {
    const now: unknown[] = [podCidrs];
    for (const { cidr, masquerade } of view.pools.values()) now.push(cidr, masquerade);
    const before = this.#facts.get(view);
    // Stryker disable next-line ConditionalExpression: another object with the same facts has all looked through again, no more
    if (before && same(before, now)) return before;
    this.#facts.set(view, now);
    return now;
  }
}

function lookThrough(set: FelixSet, pools: Iterable<Pool>, podCidrs: readonly string[]): Pick<Finding, 'masqueraded' | 'outside'> {
  const own = podCidrs.map(rangeOf);
  // Longest prefix first: the first pool that holds an address is its pool.
  const byLength = [...pools]
    .flatMap((pool) => (parseAddress(pool.cidr.split('/')[0] ?? '') ? [{ range: rangeOf(pool.cidr), masquerade: pool.masquerade }] : []))
    .sort((a, b) => b.range.length - a.range.length);
  const masks = byLength.some((pool) => pool.masquerade);
  let masqueraded: string | undefined;
  let outside: string | undefined;
  // Stryker disable next-line all: one of each is enough; looking on finds no other, for each is set once
  const done = () => outside !== undefined && (masqueraded !== undefined || !masks);
  const own4 = own.filter((range) => range.family === 4).map(numbers);
  const pools4 = byLength.filter(({ range }) => range.family === 4).map(({ range, masquerade }) => ({ range: numbers(range), masquerade }));
  for (const host of set.members.hosts4()) {
    const holds = ([first, last]: readonly [number, number]) => host >= first && host <= last;
    if (!outside && !own4.some(holds)) outside = host4Text(host);
    if (!masqueraded && pools4.find(({ range }) => holds(range))?.masquerade) masqueraded = host4Text(host);
    if (done()) break;
  }
  for (const member of set.members.others()) {
    const text = member.split(',', 1)[0] as string;
    const address = parsePrefix(text);
    if (!address) continue;
    const holds = (range: PrefixRange) => range.family === address.family && address.first >= range.first && address.last <= range.last;
    if (!outside && !own.some(holds)) outside = text;
    if (!masqueraded && byLength.find(({ range }) => holds(range))?.masquerade) masqueraded = text;
    if (done()) break;
  }
  return { masqueraded, outside };
}

const numbers = (range: PrefixRange): readonly [number, number] => [Number(range.first), Number(range.last)];

/** The Felix sets that an expression is made of. */
export function felixSetsIn(expression: SetExpression, into: string[] = []): readonly string[] {
  if (expression.kind === 'felix') into.push(expression.set);
  else if (expression.kind === 'and' || expression.kind === 'or') for (const part of expression.of) felixSetsIn(part, into);
  else if (expression.kind === 'minus') {
    felixSetsIn(expression.of, into);
    felixSetsIn(expression.without, into);
  } else if (expression.kind !== 'nothing') felixSetsIn(expression.of, into);
  return into;
}
