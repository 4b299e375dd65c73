/**
 * What a plan may do without a human. Judged per firewall and cluster, because the scopes of clusters are disjoint: a held cluster keeps the rules it
 * has, and nobody else waits for it.
 *
 * What counts against the budget, and what the settings have already consented to (docs/decisions/0071):
 *  - opens, translatesOtherwise: all of it, also in a first apply. Pods to anywhere on a few ports pass, every service to anywhere does not.
 *  - closes: what *our* rules allowed. Also what was left to the administrator's rules, but not where the pair has `defaultDeny: true` (that is the
 *    consent) and not in a first apply.
 *  - rules removed: in number per policy and direction, net (a rule that changed is not a rule removed); as a share of all, net of what comes.
 *  - held whatever the budget says: a removed HostEndpoint, and a cluster of which no rule would be left.
 *  - what could not be counted in full is held: a budget that cannot be shown to hold does not hold.
 */
import { canonical, hashOf, structureHash } from '../ledger/encode.ts';
import type { PlannedPart } from '../ledger/plans.ts';
import type { Book, Difference } from '../rulebook/algebra.ts';
import { ANY, type FilterRule, NO_ENDPOINTS, type Rulebook } from '../rulebook/types.ts';
import { tellOrigin, tellRule } from '../rulebook/words.ts';
import type { BudgetSettings } from '../settings.ts';

export interface Judged {
  readonly firewall: string;
  readonly cluster: string;
  /** of this cluster only */
  readonly before: Rulebook;
  readonly after: Rulebook;
  /** version of the firewall's structure that brought `before`; undefined: nothing of this cluster changed yet */
  readonly since: number | undefined;
  /** borders that this cluster has rules on and whose HostEndpoint its view no longer has */
  readonly lostHostEndpoints: readonly string[];
  readonly budget: BudgetSettings;
  readonly difference: Difference;
  /** what counts as closed, as a weight: all of it, or with the pair's `defaultDeny` only what our rules allowed (`closesOf`) */
  readonly closes: number;
  /** no pair of the settings lets the cluster write here any more: nothing was counted */
  readonly gone?: boolean;
}

const MOST_LINES = 200;

export function judge(judged: Judged): PlannedPart {
  const { firewall, cluster, before, after, since, budget, difference } = judged;
  const first = before.rules.length === 0;
  const old = new Map(before.rules.map((rule) => [rule.id, rule]));
  const now = new Set(after.rules.map(({ id }) => id));
  const added = after.rules.filter(({ id }) => !old.has(id));
  const removed = before.rules.filter(({ id }) => !now.has(id));
  const edited = after.rules.filter((rule) => isEdited(old.get(rule.id), rule));
  const { opens, translatesOtherwise } = difference.weights;
  const closes = first ? 0 : judged.closes;
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
  over('opens (pods x services x reach)', opens, budget.opens);
  over('opens services to or from anywhere:', difference.anywhere, budget.servicesToAnywhere);
  over('closes (pods x services x reach)', closes, budget.closes);
  over('translates otherwise (pods x services x reach)', translatesOtherwise, budget.translatesOtherwise);
  over('rules removed', lost, budget.rulesRemoved);
  const fewer = before.rules.length - after.rules.length;
  if (before.rules.length > 0 && fewer / before.rules.length > budget.rulesRemovedShare) {
    held.push(`${fewer} of ${before.rules.length} rules removed, budget a share of ${budget.rulesRemovedShare}`);
  }
  if (judged.gone) held.push(`the settings have no pair of cluster ${cluster} and ${firewall} any more, so what it closes was not counted`);
  else if (!difference.complete) held.push('the change is too large to be counted in full');
  return {
    firewall,
    cluster,
    // With the moment: a yes is to one change, once. The same change a year later is asked about anew (docs/decisions/0225).
    hash: hashOf({ firewall, cluster, before: structureHash(before), after: structureHash(after), since }),
    held,
    rulesAdded: added.length,
    rulesRemoved: removed.length,
    opens,
    closes,
    translatesOtherwise,
    complete: difference.complete,
    regions: difference.regions.slice(0, MOST_LINES).map((region) => `${region.effect} ${region.text}`),
    rules: [
      ...edited.map((rule) => `~ ${ruleLine(rule, after)}; was: ${tellRule(old.get(rule.id) ?? rule, before)}`),
      ...added.map((rule) => `+ ${ruleLine(rule, after)}`),
      ...removed.map((rule) => `- ${ruleLine(rule, before)}`),
    ].slice(0, MOST_LINES),
  };
}

/** Counted as if everything unmatched were denied, before and after: what is left are the packets that our own rules allowed. */
export function closesOf(before: Book, after: Book, difference: (before: Book, after: Book) => Difference): number {
  const chains = new Map<string, FilterRule>();
  for (const rule of [...before.rulebook.rules, ...after.rulebook.rules]) {
    const { border, stage, direction } = rule;
    const end = {
      source: ANY,
      destination: ANY,
      sourceEndpoints: NO_ENDPOINTS,
      destinationEndpoints: NO_ENDPOINTS,
      services: 'any',
    } as const;
    const origin = { cluster: rule.origin.cluster, tier: '', annotations: {} };
    const meaning = { action: 'deny', log: false, families: [4, 6], translation: { kind: 'absent' }, origin } as const;
    chains.set(`${border}|${stage}|${direction}`, { id: `end${chains.size}`, border, stage, direction, ...end, ...meaning });
  }
  const complete = ({ rulebook, members }: Book): Book => ({
    rulebook: { rules: [...rulebook.rules, ...chains.values()], sets: rulebook.sets },
    members,
  });
  return difference(complete(before), complete(after)).weights.closes;
}

/** What a held part says to people: why, the largest regions, and how to say yes. */
export function heldText(part: PlannedPart): string {
  const most = part.regions.slice(0, 3);
  const more = part.regions.length - most.length;
  const regions = most.length === 0 ? '' : `. It ${most.join('; ')}${more > 0 ? `; and ${more} regions more` : ''}`;
  const { firewall, cluster, hash } = part;
  return `${firewall}, cluster ${cluster}: ${part.held.join('; ')}${regions}. The rules that stand stay. Approve with hash ${hash} (cextfire approve), or change the policy`;
}

/** Another rule behind the same id: only an id of the author's (cextfire.io/id) stays while the content changes. */
function isEdited(old: FilterRule | undefined, now: FilterRule): boolean {
  if (!old || old === now || now.origin.annotations['cextfire.io/id'] === undefined) return false;
  const meaning = ({ origin: _, ...rule }: FilterRule) => canonical(rule);
  return meaning(old) !== meaning(now);
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

/** "ab12  allow tcp 443 from app == 'pay' to 203.0.113.0/24, as 198.51.100.7  (border.pay, egress rule 1, at border edge)". */
function ruleLine(rule: FilterRule, book: Pick<Rulebook, 'sets'>): string {
  const place = `at border ${rule.border}${rule.stage === 'preDnat' ? ', before DNAT' : ''}`;
  return `${rule.id}  ${tellRule(rule, book)}  (${tellOrigin(rule)}, ${place})`;
}

/** Share budgets mean nothing for a handful: net shrinks of so few members are never held (docs/decisions/0072). */
const FEW_MEMBERS = 10;

export function shrinksTooMuch(base: number, now: number, share: number): boolean {
  return base - now > FEW_MEMBERS && base - now > base * share;
}
