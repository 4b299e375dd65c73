/**
 * What stays of a refused policy that has no good version: nothing of what it allows, but what it surely denies stays denied, so that a typing
 * error in one rule does not open to a later allow what its author forbade. docs/decisions/0041-refused-new-policy.md.
 */
import type { Direction } from '../packets/packet.ts';
import type { Match, MatchAlgebra } from './match.ts';
import { type Item, type PolicyRules, ruleName } from './policy-rules.ts';

/** Packets that an earlier rule of the policy would have decided otherwise are left to the policies after it. `unknown`: rules with sets that never came. */
export function fenceOf(
  rules: PolicyRules,
  direction: Direction,
  unknown: ReadonlySet<string>,
  algebra: MatchAlgebra,
  most: number,
): readonly Item[] {
  const decided: Match[] = [];
  const out: Item[] = [];
  for (const item of rules[direction]) {
    const index = item.origin.ruleIndex ?? 0;
    // Stryker disable next-line EqualityOperator: the rule at that index has no item
    if (index >= rules.unknownFrom[direction]) break;
    if (unknown.has(ruleName(direction, index))) {
      if (item.action === 'deny' || item.action === 'log') continue;
      break;
    }
    if (item.action === 'allow' || item.action === 'pass') decided.push(item.match);
    if (item.action !== 'deny') continue;
    let pieces: readonly Match[] = [item.match];
    for (const match of decided) {
      pieces = pieces.flatMap((piece) => algebra.subtract(piece, match));
      // Stryker disable next-line ConditionalExpression,EqualityOperator: bounds the work, nothing else
      if (pieces.length > most) break;
    }
    if (pieces.length <= most)
      out.push(...pieces.map((match, at) => (match === item.match ? item : { ...item, match, seed: `${item.seed}.f${at}` })));
  }
  return out;
}
