/**
 * Last good versions of one firewall and cluster: read from the ledger once, brought up to date after every compilation, written when they changed.
 * Sets that Felix no longer feeds are rebuilt from the cluster log at the position where the kept version was last the present one.
 */
import type { ClusterView, FelixSet, Policy, PolicyKey } from '../cluster/view.ts';
import { readLastGood, type StoredPolicies, type StoredPolicy, writeLastGood } from '../ledger/last-good.ts';
import type { LastGood } from '../policy/types.ts';
import type { Table } from '../table.ts';
import { policyFromText, policyToText, setsOfPolicy } from './policy-bytes.ts';
import type { Views } from './ports.ts';

export class LastGoods {
  readonly #table: Table;
  readonly #firewall: string;
  readonly #cluster: string;
  #stored: StoredPolicies | undefined;
  #dirty = false;
  readonly #policies = new Map<string, Policy>();
  /** of each last good version, the sets that the view lacks */
  readonly #frozen = new Map<PolicyKey, { readonly from: string; readonly sets: ReadonlyMap<string, FelixSet> }>();

  constructor(table: Table, firewall: string, cluster: string) {
    this.#table = table;
    this.#firewall = firewall;
    this.#cluster = cluster;
  }

  async load(): Promise<void> {
    this.#stored ??= await readLastGood(this.#table, this.#firewall, this.#cluster);
  }

  /**
   * For the compiler. Reads the log only for versions whose sets the view lacks: whether such a version is kept is known only after it was compiled with them.
   * `beforePosition`: of the structure on the device.
   */
  async forCompiler(
    view: ClusterView,
    views: Views,
    nowMs: number,
    frozenForMs: number,
    beforePosition: number,
  ): Promise<Map<PolicyKey, LastGood>> {
    const out = new Map<PolicyKey, LastGood>();
    for (const [key, stored] of Object.entries(this.#stored ?? {})) {
      const policy = this.#policyOf(stored);
      const kept = stored.keptSinceMs !== undefined;
      const position = kept ? stored.position : Math.max(stored.position, beforePosition);
      const frozenSets = await this.#frozenSets(policy, position, view, views);
      const expired = kept && frozenSets.size > 0 && nowMs - (stored.keptSinceMs ?? nowMs) > frozenForMs;
      out.set(key, { policy, position, frozenSets, expired });
    }
    for (const key of this.#frozen.keys()) if (!out.has(key)) this.#frozen.delete(key);
    return out;
  }

  /** Takes in a compilation. True when a version is kept that was not before. What stands in for nothing (`absent`) is not forgotten for it. */
  take(
    good: ReadonlyMap<PolicyKey, Policy>,
    kept: ReadonlySet<PolicyKey>,
    absent: ReadonlySet<PolicyKey>,
    position: number,
    beforePosition: number,
    nowMs: number,
  ): boolean {
    const before = this.#stored ?? {};
    const after: Record<string, StoredPolicy> = {};
    let newlyKept = false;
    for (const [key, policy] of good) {
      const raw = policyToText(policy);
      const old = before[key];
      after[key] = old?.raw === raw && old.keptSinceMs === undefined ? old : { raw, position };
      this.#policies.set(raw, policy);
    }
    for (const key of [...kept, ...absent]) {
      const old = before[key];
      if (!old) continue;
      if (old.keptSinceMs === undefined) newlyKept = true;
      after[key] = old.keptSinceMs === undefined ? { ...old, position: Math.max(old.position, beforePosition), keptSinceMs: nowMs } : old;
    }
    // Each edit of a policy is another text.
    const texts = new Set(Object.values(after).map(({ raw }) => raw));
    for (const raw of this.#policies.keys()) if (!texts.has(raw)) this.#policies.delete(raw);
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    if ([...keys].some((key) => before[key] !== after[key])) this.#dirty = true;
    this.#stored = after;
    return newlyKept;
  }

  async save(fence: number, nowMs: number): Promise<void> {
    if (!this.#dirty) return;
    await writeLastGood(this.#table, this.#firewall, this.#cluster, this.#stored ?? {}, fence, nowMs);
    this.#dirty = false;
  }

  /** A set that only a kept version names. */
  frozenSet(set: string): FelixSet | undefined {
    for (const { sets } of this.#frozen.values()) {
      const found = sets.get(set);
      if (found) return found;
    }
    return undefined;
  }

  /** Unix ms of the oldest kept version. */
  oldestKeptMs(): number | undefined {
    const times = Object.values(this.#stored ?? {}).flatMap((one) => (one.keptSinceMs === undefined ? [] : [one.keptSinceMs]));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #policyOf(stored: StoredPolicy): Policy {
    const policy = this.#policies.get(stored.raw) ?? policyFromText(stored.raw);
    this.#policies.set(stored.raw, policy);
    return policy;
  }

  async #frozenSets(policy: Policy, position: number, view: ClusterView, views: Views): Promise<ReadonlyMap<string, FelixSet>> {
    const missing = [...setsOfPolicy(policy)].filter((id) => !view.sets.has(id));
    const from = `${position} ${missing.join()}`;
    const known = this.#frozen.get(policy.key);
    if (known?.from === from) return known.sets;
    const sets = new Map<string, FelixSet>();
    const then = missing.length > 0 ? await views.at(this.#cluster, position) : undefined;
    for (const id of missing) {
      const set = then?.sets.get(id);
      if (set) sets.set(id, set);
    }
    this.#frozen.set(policy.key, { from, sets });
    return sets;
  }
}
