/**
 * Tiers in a first-match list, which has no jump. docs/decisions/0040-next-tier.md tells the method and its worst case.
 *
 *   last tier first:  K = what the tiers after this one do, always ending in something that matches all (a drop or a stop)
 *   rule by rule from the tier's end, L = what is left of this tier:
 *     allow, deny, log    L = rule, L
 *     pass, matches M     nothing    no later rule of the tier meets M
 *                         K          M is everything
 *                         cross      (K and M, cut at the rule that covers M), L
 *                         subtract   (each rule of the tier without M), K
 *   at the end each `stop` (unmatched: the administrator's rules decide) is taken out of the rules after it: it is never written as an allow.
 */
import type { Tier } from '../cluster/view.ts';
import { ANY_MATCH, type MatchAlgebra } from './match.ts';
import type { Item } from './policy-rules.ts';

export interface TierRules {
  readonly tier: Tier;
  /** Some policy of it is enforced in this direction. Others do not end in a drop. */
  readonly enforced: boolean;
  readonly items: readonly Item[];
}

export interface Limits {
  /** most rules from one rule of a policy */
  readonly perRule: number;
  /** most rules of the whole list */
  readonly total: number;
}

/** A policy (key) whose rules grow beyond a limit. */
export class OverLimit extends Error {
  readonly policy: string;
  readonly owner: string;

  constructor(policy: string, owner: string, message: string) {
    super(message);
    this.policy = policy;
    this.owner = owner;
  }
}

export interface ChainOptions {
  readonly algebra: MatchAlgebra;
  readonly limits: Limits;
  readonly cluster: string;
  /** The drop of this tier, or a stop where default deny is off; the same object for the same tier. */
  readonly endOf: (tier: string) => Item;
}

/** A list of tier rules under way, last rule first. */
interface Under {
  /** rules of the tier itself (and its end), last first */
  readonly own: Item[];
  /** the tier's own rules fall through to K */
  falls: boolean;
}

const decides = (item: Item): boolean => item.action !== 'log';

/** Rules in order; none is `pass` or `stop`. @throws OverLimit */
export function flattenTiers(tiers: readonly TierRules[], stop: Item, options: ChainOptions): readonly Item[] {
  const { algebra } = options;
  let later: readonly Item[] = [stop];
  for (const { tier, enforced, items } of [...tiers].reverse()) {
    if (!enforced) continue;
    const end = tier.defaultAction === 'Pass' ? undefined : options.endOf(tier.name);
    // Before nothing but stops a stop says nothing.
    const drops = end !== undefined && !(end.action === 'stop' && later.every(({ action }) => action === 'stop'));
    const under: Under = { own: drops ? [end] : [], falls: !drops };
    for (const item of [...items].reverse()) {
      if (item.action === 'pass') pass(item, under, later, options);
      else under.own.push(item);
    }
    const list = under.own.reverse();
    later = under.falls ? [...list, ...later] : list;
  }
  return takeOutStops(later, options, algebra);
}

function pass(by: Item, under: Under, later: readonly Item[], options: ChainOptions): void {
  const { algebra } = options;
  const { match } = by;
  const { own } = under;
  if (algebra.covers(match, ANY_MATCH)) {
    own.length = 0;
    under.falls = true;
    return;
  }
  const met = own.map((item) => algebra.intersect(item.match, match) !== undefined);
  // Stryker disable next-line ConditionalExpression: nothing would be subtracted
  if (under.falls && !met.includes(true)) return;

  const subtracted = own.map((item, at) => (met[at] ? without(item, by, algebra) : [item]));
  let subtractCost = under.falls ? 0 : later.length;
  for (const pieces of subtracted) subtractCost += pieces.length - 1;
  // A stop cut into pieces would cut each rule after it into the product of them.
  if (own.some((item, at) => met[at] && item.action === 'stop')) subtractCost = Number.POSITIVE_INFINITY;

  const crossed: Item[] = [];
  let crossCost = 0;
  for (const item of later) {
    const both = algebra.intersect(item.match, match);
    if (both) {
      crossed.push({ ...item, match: both, seed: `${item.seed}&${by.seed}`, ...(item.action === 'stop' ? mark(by) : {}) });
      // What a stop leaves open is taken out of every rule after it that it meets.
      crossCost += item.action === 'stop' ? met.filter(Boolean).length : 1;
    }
    if (decides(item) && algebra.covers(item.match, match)) break;
    if (crossCost > subtractCost) break;
  }
  if (crossCost < subtractCost) {
    own.push(...crossed.reverse());
  } else {
    own.length = 0;
    // Last first, so pieces go in backwards.
    for (const pieces of subtracted) own.push(...pieces.reverse());
    under.falls = true;
  }
  checkGrowth(own, by, options.limits);
}

const mark = (by: Item): { readonly owner: string; readonly policy: string } => ({ owner: by.owner, policy: by.policy });

const without = (item: Item, by: Item, algebra: MatchAlgebra): Item[] =>
  algebra.subtract(item.match, by.match).map((match, at) => ({
    ...item,
    match,
    seed: `${item.seed}-${by.seed}${at === 0 ? '' : `.${at}`}`,
    ...(item.action === 'stop' ? mark(by) : {}),
  }));

function takeOutStops(list: readonly Item[], { limits }: ChainOptions, algebra: MatchAlgebra): readonly Item[] {
  const out: Item[] = [];
  const stops: Item[] = [];
  let lastBy: Item | undefined;
  for (const item of list) {
    let pieces: Item[] = [item];
    for (const stop of stops) {
      pieces = pieces.flatMap((piece) => (algebra.intersect(piece.match, stop.match) ? without(piece, stop, algebra) : [piece]));
      pieces = withoutCovered(pieces, algebra);
      if (pieces.length > limits.perRule) throw tooMany(stop, item, limits);
    }
    if (item.action !== 'stop') out.push(...pieces);
    else {
      stops.push(...pieces);
      if (item.policy !== '') lastBy = item;
    }
  }
  if (lastBy) checkGrowth(out, lastBy, limits);
  return out;
}

/** Pieces of one rule may overlap; one inside another says nothing. */
function withoutCovered(pieces: readonly Item[], algebra: MatchAlgebra): Item[] {
  return pieces.filter(
    ({ match }, at) =>
      !pieces.some((other, index) => algebra.covers(other.match, match) && (index < at || !algebra.covers(match, other.match))),
  );
}

function checkGrowth(items: readonly Item[], by: Item, limits: Limits): void {
  const counts = new Map<string, number>();
  for (const item of items) {
    const count = (counts.get(item.owner) ?? 0) + 1;
    counts.set(item.owner, count);
    if (count > limits.perRule) throw tooMany(by, item, limits);
  }
  if (items.length > limits.total * 4)
    throw new OverLimit(by.policy, by.owner, `Its pass rules would make more than ${limits.total * 4} rules of ${items.length}.`);
}

function tooMany(by: Item, item: Item, limits: Limits): OverLimit {
  const whose = item.owner === '' ? `the drop at the end of tier ${item.origin.tier}` : item.owner;
  return new OverLimit(
    by.policy,
    by.owner,
    `${whose} would become more than ${limits.perRule} rules on the firewall (firewalls.*.maxRulesPerPolicyRule), because of pass rules before it.`,
  );
}
