/**
 * What a plan may do without a human. Judged per firewall and cluster, because the scopes of clusters are disjoint: a held cluster keeps the rules it
 * has, and nobody else waits for it.
 *
 * What counts against the budget, and what the settings have already consented to (docs/decisions/0071):
 *  - opens, translatesOtherwise: all of it, also in a first apply. A small policy passes, "allow to anywhere" does not.
 *  - closes: what *our* rules allowed. Also what was left to the administrator's rules, but not where the pair has `defaultDeny: true` (that is the
 *    consent) and not in a first apply.
 *  - rules removed: per policy and direction, net; a rule that changed is not a rule removed. In number and as a share.
 *  - held whatever the budget says: a removed HostEndpoint, and a cluster of which no rule would be left.
 *  - what could not be counted in full is held: a budget that cannot be shown to hold does not hold.
 */
import { hashOf, structureHash } from '../ledger/encode.ts';
import type { PlannedPart } from '../ledger/plans.ts';
import type { Difference, Region } from '../rulebook/algebra.ts';
import type { FilterRule, Rulebook } from '../rulebook/types.ts';
import type { BudgetSettings, PairSettings } from '../settings.ts';

export interface Judged {
  readonly firewall: string;
  readonly cluster: string;
  /** of this cluster only */
  readonly before: Rulebook;
  readonly after: Rulebook;
  /** borders that this cluster has rules on and whose HostEndpoint its view no longer has */
  readonly lostHostEndpoints: readonly string[];
  readonly budget: BudgetSettings;
  readonly pair: PairSettings | undefined;
  /** undefined: not counted because nothing changed */
  readonly difference: Difference;
}

const MOST_LINES = 200;

export function judge(judged: Judged): PlannedPart {
  const { firewall, cluster, before, after, budget, difference } = judged;
  const first = before.rules.length === 0;
  const added = after.rules.filter((rule) => !before.rules.some((old) => old.id === rule.id));
  const removed = before.rules.filter((rule) => !after.rules.some((now) => now.id === rule.id));
  const opens = sum(difference, 'opens', () => true);
  const translatesOtherwise = sum(difference, 'translatesOtherwise', () => true);
  const closes = sum(difference, 'closes', (region) => region.witness.before.kind === 'allow' || !(first || judged.pair?.defaultDeny));
  const lost = rulesLost(before, after);
  const held: string[] = [];
  const over = (what: string, count: number, most: number) => {
    if (count > most) held.push(`${what} ${count}, budget ${most}`);
  };
  for (const name of judged.lostHostEndpoints)
    held.push(`HostEndpoint ${name} is gone from cluster ${cluster}; its removal is always held`);
  if (after.rules.length === 0 && before.rules.length > 0 && judged.lostHostEndpoints.length === 0) {
    held.push(`no rule of cluster ${cluster} would be left (${before.rules.length} now)`);
  }
  over('opens (addresses x services)', opens, budget.opens);
  over('closes (addresses x services)', closes, budget.closes);
  over('translates otherwise (addresses x services)', translatesOtherwise, budget.translatesOtherwise);
  over('rules removed', lost, budget.rulesRemoved);
  if (before.rules.length > 0 && lost / before.rules.length > budget.rulesRemovedShare) {
    held.push(`${lost} of ${before.rules.length} rules removed, budget a share of ${budget.rulesRemovedShare}`);
  }
  if (!difference.complete) held.push('the change is too large to be counted in full');
  return {
    firewall,
    cluster,
    hash: hashOf({ firewall, cluster, before: structureHash(before), after: structureHash(after) }),
    held,
    rulesAdded: added.length,
    rulesRemoved: removed.length,
    opens,
    closes,
    translatesOtherwise,
    complete: difference.complete,
    regions: difference.regions.slice(0, MOST_LINES).map((region) => `${region.effect} ${region.text}`),
    rules: [...added.map((rule) => `+ ${ruleLine(rule)}`), ...removed.map((rule) => `- ${ruleLine(rule)}`)].slice(0, MOST_LINES),
  };
}

function sum(difference: Difference, effect: Region['effect'], counts: (region: Region) => boolean): number {
  let total = 0;
  for (const region of difference.regions) if (region.effect === effect && counts(region)) total += region.size;
  return Math.min(total, Number.MAX_SAFE_INTEGER);
}

/** Net per policy and direction: an edited rule has another id but is still there. */
function rulesLost(before: Rulebook, after: Rulebook): number {
  const count = (book: Rulebook) => {
    const out = new Map<string, number>();
    for (const rule of book.rules) {
      const { kind = '', namespace = '', name = '' } = rule.origin.policy ?? {};
      const key = [rule.border, rule.stage, rule.direction, rule.origin.tier, kind, namespace, name].join('|');
      out.set(key, (out.get(key) ?? 0) + 1);
    }
    return out;
  };
  const now = count(after);
  let lost = 0;
  for (const [key, number] of count(before)) lost += Math.max(0, number - (now.get(key) ?? 0));
  return lost;
}

export function ruleLine(rule: FilterRule): string {
  const { origin } = rule;
  const policy = origin.policy
    ? `${origin.policy.kind} ${[origin.policy.namespace, origin.policy.name].filter(Boolean).join('/')}`
    : 'end of tier';
  const index = origin.ruleIndex === undefined ? '' : ` rule ${origin.ruleIndex + 1}`;
  return `${rule.id} ${rule.action} ${rule.border}/${rule.stage}/${rule.direction}: cluster ${origin.cluster}, tier ${origin.tier}, ${policy}${index}`;
}

/** Share budgets mean nothing for a handful: net shrinks of so few members are never held (docs/decisions/0072). */
const FEW_MEMBERS = 10;

export function shrinksTooMuch(base: number, now: number, share: number): boolean {
  return base - now > FEW_MEMBERS && base - now > base * share;
}
