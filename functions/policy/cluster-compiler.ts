/**
 * One cluster's view -> its rules on one firewall.
 *
 *   Policy ──readPolicy──► items ──┐ present, kept (last good) or fenced: standing.ts
 *   Policy ──readPolicy──► items ──┼──flattenTiers──► items in one list ──Writer──► FilterRule[]
 *   tiers of the HostEndpoint ─────┘ next-tier.ts      scope, limits, SNAT (scope.ts)
 *
 * A policy is read once for its object and the settings' objects; a list is flattened again only where one of its policies changed.
 */
import type { ClusterView, Policy, PolicyKey } from '../cluster/view.ts';
import type { Condition } from '../errors.ts';
import type { Direction } from '../packets/packet.ts';
import type { FilterRule } from '../rulebook/types.ts';
import { type Chain, Layouts } from './chains.ts';
import { policyCondition, type Remark } from './errors.ts';
import { fenceOf } from './fence.ts';
import { identityOf } from './identity.ts';
import { ANY_MATCH, MatchAlgebra } from './match.ts';
import { NamedSets } from './named-sets.ts';
import { flattenTiers, type Limits, OverLimit, type TierRules } from './next-tier.ts';
import { type Item, missingSets, type PolicyRules, ruleName } from './policy-rules.ts';
import { standingConditions, subjectOf } from './refusal-conditions.ts';
import { same } from './same.ts';
import type { SetRegistry } from './sets.ts';
import { type Refusal, type Standing, Standings } from './standing.ts';
import type { CompileCluster, CompileInput } from './types.ts';

export interface ClusterResult {
  readonly rules: readonly FilterRule[];
  readonly conditions: readonly Condition[];
  readonly good: ReadonlyMap<PolicyKey, Policy>;
  readonly kept: ReadonlySet<PolicyKey>;
  readonly absent: ReadonlySet<PolicyKey>;
}

/** A chain, made; and what it was made from, to see that it need not be made again. */
interface Made {
  readonly from: readonly unknown[];
  readonly rules: readonly FilterRule[];
  readonly remarks: readonly (Remark & { readonly policy: PolicyKey })[];
  /** rules of each policy */
  readonly counts: () => ReadonlyMap<PolicyKey, number>;
}

export class ClusterCompiler {
  /** The sets that the rules of the last compilation name. */
  readonly named: NamedSets;
  readonly #name: string;
  readonly #algebra: MatchAlgebra;
  readonly #layouts: Layouts;
  readonly #lists = new WeakMap<PolicyRules, Map<string, readonly Item[]>>();
  readonly #made = new Map<string, Made>();
  readonly #ends = new Map<string, Item>();
  #standing: ReadonlyMap<PolicyKey, Standing> = new Map();
  #last: { readonly from: readonly unknown[]; readonly result: ClusterResult } | undefined;

  constructor(name: string, sets: SetRegistry) {
    this.#name = name;
    this.#algebra = new MatchAlgebra(sets, name);
    this.#layouts = new Layouts(name, sets, this.#algebra);
    this.named = new NamedSets(sets);
  }

  /** The same result object as long as nothing changed. */
  compile(cluster: CompileCluster, input: CompileInput, refused: ReadonlyMap<PolicyKey, Refusal>): ClusterResult {
    const { view, pair } = cluster;
    const { chains, listed, conditions } = this.#layouts.of(cluster, input);
    const standings = new Standings(cluster, listed);
    for (const [key, refusal] of refused) standings.refuse(key, refusal);
    const limits: Limits = { perRule: input.settings.maxRulesPerPolicyRule, total: pair.maxRules };
    const made = this.#makeWithin(limits, chains, cluster, standings);
    standings.settle(this.#standing);
    const standing = standings.byPolicy;
    this.#standing = standing;
    const from: unknown[] = [conditions, ...made];
    for (const [key, stands] of standing) from.push(key, stands, view.policies.get(key));
    if (this.#last && same(this.#last.from, from)) return this.#last.result;
    const good = new Map<PolicyKey, Policy>();
    const kept = new Set<PolicyKey>();
    const absent = new Set<PolicyKey>();
    const said: Condition[] = [...conditions];
    for (const [key, stands] of standing) {
      if (stands.kind === 'present') good.set(key, view.policies.get(key) as Policy);
      else (stands.kind === 'kept' ? kept : absent).add(key);
      said.push(...standingConditions(key, stands, cluster.name, input.firewall));
    }
    for (const { remarks } of made)
      for (const remark of remarks)
        said.push(
          policyCondition(remark.code, remark.severity, subjectOf(remark.policy, cluster.name, input.firewall, remark), remark.message),
        );
    const rules = made.flatMap((one) => one.rules);
    this.named.use(rules);
    const result = { rules: this.named.repeatsIds ? unique(rules) : rules, conditions: said, good, kept, absent };
    this.#last = { from, result };
    return result;
  }

  /** Each round that does not fit makes at least one policy fall, so this ends. */
  #makeWithin(limits: Limits, chains: readonly Chain[], cluster: CompileCluster, standings: Standings): readonly Made[] {
    for (;;)
      try {
        const made = chains.map((chain) => this.#make(chain, cluster, standings.byPolicy, limits));
        const over = overTotal(made, standings.byPolicy, cluster, limits.total);
        if (!over) return made;
        const message = `The rules of this cluster on this firewall are more than ${limits.total} (pairs[].maxRules).`;
        for (const key of over) standings.demote(key, { code: 'CEXT_POLICY_TOO_MANY_RULES', message });
      } catch (error) {
        if (!(error instanceof OverLimit)) throw error;
        const rule = error.owner.slice(error.policy.length + 1);
        standings.demote(error.policy, {
          code: 'CEXT_POLICY_TOO_MANY_RULES',
          ...(rule === '' ? {} : { rule }),
          message: error.message,
        });
      }
  }

  #make(chain: Chain, cluster: CompileCluster, standing: ReadonlyMap<PolicyKey, Standing>, limits: Limits): Made {
    const { view, pair } = cluster;
    const { writer, direction } = chain;
    const from: unknown[] = [writer, pair.defaultDeny, limits.perRule, limits.total];
    const lists = chain.tiers.map((tier) => {
      const of: (readonly Item[])[] = [];
      for (const key of tier[direction]) {
        const stands = standing.get(key);
        if (stands) of.push(this.#items(key, chain, view, stands, limits));
      }
      from.push(tier.name, tier.defaultAction, of.length, ...of);
      return { tier, of };
    });
    const before = this.#made.get(chain.key);
    if (before && same(before.from, from)) return before;
    const tiers = lists.map(({ tier, of }): TierRules => ({ tier, enforced: of.length > 0, items: of.flat() }));
    const items = flattenTiers(tiers, this.#end('', 'stop'), {
      algebra: this.#algebra,
      limits,
      cluster: this.#name,
      endOf: (tier) => this.#end(tier, pair.defaultDeny ? 'deny' : 'stop'),
    });
    const rules: FilterRule[] = [];
    const remarks: (Remark & { readonly policy: PolicyKey })[] = [];
    for (const item of items) {
      const written = writer.write(item);
      for (const rule of written.rules) rules.push(rule);
      for (const remark of written.remarks) remarks.push({ ...remark, policy: item.policy });
    }
    const counts = () => {
      const out = new Map<PolicyKey, number>();
      for (const item of items) if (item.policy !== '') out.set(item.policy, (out.get(item.policy) ?? 0) + writer.write(item).rules.length);
      return out;
    };
    const made: Made = { from, rules, remarks, counts };
    this.#made.set(chain.key, made);
    return made;
  }

  /** What stands for a policy in this chain. The same list object as long as nothing about it changed. */
  #items(key: PolicyKey, { place, direction }: Chain, view: ClusterView, standing: Standing, limits: Limits): readonly Item[] {
    if (standing.kind === 'present') return place.rules(view.policies.get(key) as Policy)[direction];
    const policy = standing.kind === 'kept' ? standing.good.policy : view.policies.get(key);
    if (!policy || (standing.kind === 'absent' && standing.bare)) return NO_ITEMS;
    const rules = place.rules(policy);
    const unfed = new Set(missingSets(rules, (id) => view.sets.get(id)).map(({ rule }) => rule));
    const expired = standing.kind === 'kept' && standing.good.expired;
    const what = `${standing.kind} ${direction} ${expired} ${limits.perRule} ${[...unfed].join()}`;
    let lists = this.#lists.get(rules);
    if (!lists) {
      lists = new Map();
      this.#lists.set(rules, lists);
    }
    let items = lists.get(what);
    if (!items) {
      if (standing.kind === 'absent') items = fenceOf(rules, direction, unfed, this.#algebra, limits.perRule);
      else items = rules[direction].filter((item) => !expired || !loses(item, direction, unfed));
      lists.set(what, items);
    }
    return items;
  }

  /** The drop at a tier's end, or its stop; '' = after the last tier. */
  #end(tier: string, action: 'deny' | 'stop'): Item {
    const key = `${action} ${tier}`;
    let item = this.#ends.get(key);
    if (!item) {
      const origin = { cluster: this.#name, tier, annotations: {} };
      const seed = identityOf('end', this.#name, tier);
      item = { action, match: ANY_MATCH, seed, log: false, snat: { kind: 'absent' }, origin, owner: '', policy: '' };
      this.#ends.set(key, item);
    }
    return item;
  }
}

const NO_ITEMS: readonly Item[] = [];

/** After `frozenFor` an address may belong to another pod: what lets packets by loses its members. */
const loses = ({ action, origin }: Item, direction: Direction, unfed: ReadonlySet<string>): boolean =>
  action !== 'deny' && action !== 'log' && unfed.has(ruleName(direction, origin.ruleIndex ?? 0));

/** The policies to demote where the lists are too long together: newcomers first, the biggest first. Undefined: all fits. */
function overTotal(
  made: readonly Made[],
  standing: ReadonlyMap<PolicyKey, Standing>,
  cluster: CompileCluster,
  total: number,
): readonly PolicyKey[] | undefined {
  let over = made.reduce((sum, { rules }) => sum + rules.length, 0) - total;
  if (over <= 0) return undefined;
  const counts = new Map<PolicyKey, number>();
  for (const one of made) for (const [key, count] of one.counts()) counts.set(key, (counts.get(key) ?? 0) + count);
  const isNew = (key: PolicyKey) => JSON.stringify(cluster.lastGood.get(key)?.policy) !== JSON.stringify(cluster.view.policies.get(key));
  const candidates = [...counts]
    .filter(([key]) => standing.get(key)?.kind !== 'absent')
    .map(([key, count]) => ({ key, count, fresh: isNew(key) }))
    .sort((a, b) => Number(b.fresh) - Number(a.fresh) || b.count - a.count || (a.key < b.key ? 1 : -1));
  const out: PolicyKey[] = [];
  for (const { key, count } of candidates) {
    if (over <= 0) break;
    out.push(key);
    over -= count;
  }
  return out.length > 0 ? out : undefined;
}

/** Equal rules have equal ids; on a device each needs its own. */
function unique(rules: readonly FilterRule[]): readonly FilterRule[] {
  const seen = new Map<string, number>();
  return rules.map((rule) => {
    const count = seen.get(rule.id) ?? 0;
    seen.set(rule.id, count + 1);
    return count === 0 ? rule : { ...rule, id: identityOf('again', rule.id, String(count)) };
  });
}
