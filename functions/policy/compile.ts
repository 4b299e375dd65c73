/**
 * View -> rulebook, for one firewall.
 *
 *   cluster ──ClusterCompiler──► rules ──┐
 *   cluster ──ClusterCompiler──► rules ──┴─merge──► Rulebook ──lower──► what this firewall can say
 *                  ▲                                              │ what it cannot
 *                  └──────── the policy behind it falls ◄─────────┘
 *
 * - Members are never looked at: a membership change recompiles nothing.
 * - A refused policy stays at its last good version, everything else goes on; growing beyond a limit refuses the policy that causes it.
 * - What did not change is the same object as before, at every step; docs/decisions/0130-costs-follow-the-change.md.
 */
import type { ClusterView, Policy, PolicyKey } from '../cluster/view.ts';
import { type Condition, conditionKey } from '../errors.ts';
import type { Capabilities } from '../rulebook/capabilities.ts';
import { type Lowered, lower } from '../rulebook/lower.ts';
import type { FilterRule, Rulebook, SetDefinition, SetId } from '../rulebook/types.ts';
import { ClusterCompiler, type ClusterResult } from './cluster-compiler.ts';
import { MemberWatch } from './conditions.ts';
import { policyCondition } from './errors.ts';
import { DerivedMembers, setFinder } from './members.ts';
import { addRefusals, noteConditions, type Refusals } from './refusal-conditions.ts';
import { same } from './same.ts';
import { SetRegistry } from './sets.ts';
import { type Refusal, sameGood } from './standing.ts';
import { ipv6Subnets } from './subnets.ts';
import type { Compilation, CompileCluster, CompileInput } from './types.ts';

const NOT_REFUSED: ReadonlyMap<PolicyKey, Refusal> = new Map();
const MOST_LOWERINGS = 8;
/** Sets are forgotten, with all that was made from them, when they are more than twice as many as a new compiler needed, and so many more. */
const MORE_SETS = 100;

/** What a compilation was made from, as far as a digest of each view vouches for what it holds. */
interface Vouched {
  readonly views: readonly ClusterView[];
  readonly facts: readonly unknown[];
  readonly lastGood: readonly CompileCluster['lastGood'][];
}

export class Compiler {
  #sets = new SetRegistry();
  /** how many the first compilation with them needed; undefined: none yet */
  #setsNeeded: number | undefined;
  #clusters = new Map<string, ClusterCompiler>();
  readonly #watch = new MemberWatch();
  #merged: { readonly from: readonly ClusterResult[]; readonly compilation: Compilation } | undefined;
  #lowered: { readonly from: readonly unknown[]; readonly lowered: Lowered } | undefined;
  #last: { readonly from: Vouched; readonly compilation: Compilation } | undefined;

  /** Sets are named by content, so a compiler that lived long and one that starts anew give the same rulebook. */
  compile(input: CompileInput): Compilation {
    const from = vouchedFor(input);
    if (from && this.#last && unchanged(from, this.#last.from)) return this.#last.compilation;
    const compilation = this.#compile(input);
    // Whoever keeps the last good versions may keep them in the same map.
    this.#last = from && { from: { ...from, lastGood: from.lastGood.map((good) => new Map(good)) }, compilation };
    return compilation;
  }

  #compile(input: CompileInput): Compilation {
    if (this.#setsNeeded !== undefined && this.#sets.size > 2 * this.#setsNeeded + MORE_SETS) {
      this.#sets = new SetRegistry();
      this.#setsNeeded = undefined;
      this.#clusters = new Map();
    }
    const clusters = [...input.clusters].sort((a, b) => (a.name < b.name ? -1 : 1));
    const refused: Refusals = new Map();
    for (let round = 0; ; round++) {
      const merged = this.#merge(clusters, input, refused);
      const lowered = this.#lower(merged.rulebook, input);
      // What a device cannot say refuses the policy behind it, and all is put together again without that version.
      const again = round < MOST_LOWERINGS && addRefusals(lowered.refused, refused);
      if (again) continue;
      const conditions = [...merged.conditions, ...noteConditions(lowered, input.firewall)];
      for (const { name, view, settings } of clusters)
        conditions.push(...this.#watch.conditions(view, settings.podCidrs, this.#compilerOf(name).named.ofPods, input.firewall));
      this.#setsNeeded ??= this.#sets.size;
      return { ...merged, rulebook: lowered.rulebook, conditions: distinct(conditions) };
    }
  }

  #compilerOf(cluster: string): ClusterCompiler {
    let compiler = this.#clusters.get(cluster);
    if (!compiler) {
      compiler = new ClusterCompiler(cluster, this.#sets);
      this.#clusters.set(cluster, compiler);
    }
    return compiler;
  }

  #merge(clusters: readonly CompileCluster[], input: CompileInput, refused: Refusals): Compilation {
    const results = clusters.map((cluster) =>
      this.#compilerOf(cluster.name).compile(cluster, input, refused.get(cluster.name) ?? NOT_REFUSED),
    );
    if (this.#merged && same(this.#merged.from, results)) return this.#merged.compilation;
    const conditions: Condition[] = [];
    const good = new Map<string, ReadonlyMap<PolicyKey, Policy>>();
    const kept = new Map<string, ReadonlySet<PolicyKey>>();
    const absent = new Map<string, ReadonlySet<PolicyKey>>();
    const preDnat = new Map<string, string>();
    clusters.forEach((cluster, at) => {
      const result = results[at] as ClusterResult;
      for (const border of preDnatBorders(result.rules)) {
        const other = preDnat.get(border) ?? cluster.name;
        preDnat.set(border, other);
        const subject = { cluster: cluster.name, firewall: input.firewall, field: `HostEndpoint ${border}` };
        const message = `${other} and ${cluster.name} both have pre-DNAT policies for ${border}.`;
        if (other !== cluster.name) conditions.push(policyCondition('CEXT_POLICY_SHARED_VIPS', 'warning', subject, message));
      }
      conditions.push(...result.conditions);
      good.set(cluster.name, result.good);
      kept.set(cluster.name, result.kept);
      absent.set(cluster.name, result.absent);
    });
    const [only] = results;
    const rules = results.length === 1 && only ? only.rules : results.flatMap((result) => result.rules);
    const compilation: Compilation = { rulebook: { rules, sets: this.#definitions(clusters) }, conditions, good, kept, absent };
    this.#merged = { from: results, compilation };
    return compilation;
  }

  /** Names of sets hold the cluster's, so those of two clusters never meet. */
  #definitions(clusters: readonly CompileCluster[]): ReadonlyMap<SetId, SetDefinition> {
    const parts = clusters.map(({ name }) => this.#compilerOf(name).named.definitions);
    return parts.length === 1 ? (parts[0] as ReadonlyMap<SetId, SetDefinition>) : new Map(parts.flatMap((part) => [...part]));
  }

  /** Where a device has no sets of endpoints, or no IPv6 subnets in sets, those become structure: only then members are looked at. */
  #lower(rulebook: Rulebook, input: CompileInput): Lowered {
    const options = { maxRulesPerRule: input.settings.maxRulesPerPolicyRule };
    if (saysEverything(input.capabilities, rulebook)) return { rulebook, refused: [], narrowed: [] };
    if (input.capabilities.endpointSets && input.capabilities.ipv6PrefixMembers) {
      const from = [rulebook, input.capabilities, options.maxRulesPerRule];
      if (!this.#lowered || !same(this.#lowered.from, from))
        this.#lowered = { from, lowered: lower(rulebook, input.capabilities, options) };
      return this.#lowered.lowered;
    }
    const find = setFinder(input.clusters);
    const members = new DerivedMembers(find);
    members.use({ rules: [], sets: new Map([...rulebook.sets].filter(([, { kind }]) => kind === 'endpoints')) });
    return lower(rulebook, input.capabilities, { ...options, members, ipv6Subnets: (sets) => ipv6Subnets(sets, find) });
  }
}

/** Undefined where a view has no digest to vouch for it. */
function vouchedFor({ firewall, settings, borders, capabilities, clusters }: CompileInput): Vouched | undefined {
  if (clusters.some(({ view }) => view.digest === '')) return undefined;
  const facts: unknown[] = [firewall, settings, capabilities];
  for (const [name, border] of borders) facts.push(name, border);
  for (const { name, settings: own, pair, view } of clusters) facts.push(name, own, pair, view.digest);
  return { views: clusters.map(({ view }) => view), facts, lastGood: clusters.map(({ lastGood }) => lastGood) };
}

function unchanged(now: Vouched, before: Vouched): boolean {
  if (!same(now.facts, before.facts) || !same(now.views, before.views)) return false;
  return now.lastGood.every((goods, at) => {
    const old = before.lastGood[at] as CompileCluster['lastGood'];
    if (old.size !== goods.size) return false;
    for (const [key, good] of goods) {
      const other = old.get(key);
      if (!other || !sameGood(good, other)) return false;
    }
    return true;
  });
}

function preDnatBorders(rules: readonly FilterRule[]): ReadonlySet<string> {
  const out = new Set<string>();
  for (const { stage, border } of rules) if (stage === 'preDnat') out.add(border);
  return out;
}

/** Nothing to lower: then 10,000 rules need not be looked through for one that changed. */
function saysEverything(capabilities: Capabilities, { rules, sets }: Rulebook): boolean {
  const { translations, protocols, log, maxRules, maxSets, ...rest } = capabilities;
  const switches = [
    rest.icmpTypes,
    rest.icmpCodes,
    rest.sourcePorts,
    rest.excludePrefixes,
    rest.excludeSets,
    rest.endpointSets,
    rest.preDnat,
    rest.mixedFamilies,
    rest.ipv6PrefixMembers,
  ];
  return (
    protocols === 'all' &&
    log === 'rule' &&
    rules.length <= maxRules &&
    sets.size <= maxSets &&
    [...switches, ...Object.values(translations)].every(Boolean)
  );
}

function distinct(conditions: readonly Condition[]): readonly Condition[] {
  const byKey = new Map<string, Condition>();
  for (const condition of conditions) {
    const key = conditionKey(condition);
    if (!byKey.has(key)) byKey.set(key, condition);
  }
  return [...byKey.values()];
}
