/** Which version of each policy stands on the firewall: the present one, the last good one, or none but its sure denies. */
import type { Policy, PolicyKey } from '../cluster/view.ts';
import { shown } from './annotations.ts';
import { isEnforced, type Listed } from './chains.ts';
import type { Problem } from './errors.ts';
import { missingSets } from './policy-rules.ts';
import type { CompileCluster, LastGood } from './types.ts';

export type Standing =
  | { readonly kind: 'present' }
  | { readonly kind: 'kept'; readonly good: LastGood; readonly problems: readonly Problem[] }
  /** `bare`: not even its denies */
  | { readonly kind: 'absent'; readonly problems: readonly Problem[]; readonly bare?: true };

/** What a firewall cannot say of a policy, and how often that was found: of the present version, of the kept one, of its denies. */
export interface Refusal {
  readonly times: number;
  readonly problems: readonly Problem[];
}

const PRESENT: Standing = { kind: 'present' };

/** The standing of every enforced policy, in the order of keys; it only ever falls: present -> kept -> absent -> bare. */
export class Standings {
  readonly byPolicy: ReadonlyMap<PolicyKey, Standing>;
  readonly #standing = new Map<PolicyKey, Standing>();
  readonly #listed = new Map<PolicyKey, Listed>();
  readonly #cluster: CompileCluster;

  constructor(cluster: CompileCluster, listed: readonly Listed[]) {
    this.byPolicy = this.#standing;
    this.#cluster = cluster;
    const { view } = cluster;
    const owners = idOwners(cluster);
    for (const one of listed) {
      const { key } = one;
      if (!isEnforced(key, view)) continue;
      this.#listed.set(key, one);
      const problems = problemsOf(one, cluster, owners);
      if (problems.length === 0) this.#standing.set(key, PRESENT);
      else this.demote(key, ...problems);
    }
  }

  demote(key: PolicyKey, ...problems: readonly Problem[]): void {
    const before = this.#standing.get(key);
    const all = [...(before && before.kind !== 'present' ? before.problems : []), ...problems];
    const good = this.#cluster.lastGood.get(key);
    const usable = good && before?.kind !== 'kept' && this.#usable(good, key);
    this.#standing.set(key, usable ? { kind: 'kept', good, problems: all } : { kind: 'absent', problems: all });
  }

  /** The kept version and even the denies alone may be too much for a firewall. */
  refuse(key: PolicyKey, { times, problems }: Refusal): void {
    if (!this.#standing.has(key)) return;
    this.demote(key, ...problems);
    if (times > 1) this.demote(key);
    const stands = this.#standing.get(key);
    if (times > 2 && stands?.kind === 'absent') this.#standing.set(key, { ...stands, bare: true });
  }

  /** What stands as it stood before is the same object, so that nothing is made again for it. */
  settle(before: ReadonlyMap<PolicyKey, Standing>): void {
    for (const [key, stands] of this.#standing) {
      if (stands.kind === 'present') continue;
      const old = before.get(key);
      if (old && alike(old, stands)) this.#standing.set(key, old);
    }
  }

  /** Settings may have changed since, and sets may be gone. */
  #usable({ policy, frozenSets }: LastGood, key: PolicyKey): boolean {
    const { sets } = this.#cluster.view;
    for (const place of this.#listed.get(key)?.places ?? []) {
      const rules = place.rules(policy);
      if (rules.problems.length > 0) return false;
      if (missingSets(rules, (id) => sets.get(id) ?? frozenSets.get(id)).length > 0) return false;
    }
    return true;
  }
}

const NO_PROBLEMS: readonly Problem[] = [];

function problemsOf({ key, places }: Listed, { view }: CompileCluster, owners: Map<string, PolicyKey>): readonly Problem[] {
  const policy = view.policies.get(key);
  if (!policy) return [{ code: 'CEXT_POLICY_MISSING', message: 'A tier lists this policy, but Felix has not sent it.' }];
  let problems: Problem[] | undefined;
  for (const place of places) {
    const rules = place.rules(policy);
    const missing = missingSets(rules, (set) => view.sets.get(set));
    if (rules.problems.length + missing.length + rules.ids.length === 0) continue;
    problems ??= [];
    problems.push(...rules.problems);
    for (const { id, rule } of missing)
      problems.push({ code: 'CEXT_POLICY_SET_MISSING', rule, field: id, message: `The set ${shown(id)} was never sent by Felix.` });
    for (const id of rules.ids) {
      const owner = owners.get(id);
      if (owner === undefined) owners.set(id, key);
      else if (owner !== key)
        problems.push({
          code: 'CEXT_POLICY_ANNOTATION',
          field: 'cextfire.io/id',
          message: `The id "${shown(id)}" is used by ${shown(owner)} too.`,
        });
    }
  }
  return problems ?? NO_PROBLEMS;
}

const idsOfPolicy = new WeakMap<Policy, readonly string[]>();

function idsOf(policy: Policy): readonly string[] {
  let ids = idsOfPolicy.get(policy);
  if (!ids) {
    ids = [...policy.inbound, ...policy.outbound].flatMap((rule) => rule.metadata?.annotations?.['cextfire.io/id'] ?? []);
    idsOfPolicy.set(policy, ids);
  }
  return ids;
}

/** Who has an id already: the policies whose last good version is the present one or was replaced, before newcomers. */
function idOwners({ view, lastGood }: CompileCluster): Map<string, PolicyKey> {
  const owners = new Map<string, PolicyKey>();
  const withIds = [...lastGood].filter(([key, { policy }]) => idsOf(policy).length > 0 && view.policies.has(key));
  for (const [key, { policy }] of withIds.sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const id of idsOf(policy)) if (!owners.has(id)) owners.set(id, key);
  return owners;
}

function alike(a: Standing, b: Standing): boolean {
  if (a.kind === 'present' || b.kind === 'present') return a.kind === b.kind;
  if (a.kind === 'kept' ? b.kind !== 'kept' || !sameGood(a.good, b.good) : b.kind !== 'absent' || a.bare !== b.bare) return false;
  return (
    a.problems.length === b.problems.length &&
    a.problems.every((problem, at) => {
      const other = b.problems[at] as Problem;
      return (
        problem.code === other.code && problem.rule === other.rule && problem.field === other.field && problem.message === other.message
      );
    })
  );
}

/** Versions that compile to the same: a frozen set is looked at only while compiling for firewalls without sets of endpoints. */
export const sameGood = (a: LastGood, b: LastGood): boolean =>
  a === b ||
  (a.policy === b.policy &&
    a.position === b.position &&
    a.expired === b.expired &&
    (a.frozenSets === b.frozenSets || (a.frozenSets.size === 0 && b.frozenSets.size === 0)));
