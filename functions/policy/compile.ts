/**
 * View -> rulebook, for one firewall.
 *
 *   Policy ──readPolicy──► items ──┐ present, kept (last good) or fenced
 *   Policy ──readPolicy──► items ──┼──flattenTiers──► items in one list ──Writer──► FilterRule[]
 *   tiers of the HostEndpoint ─────┘ next-tier.ts      scope, limits, SNAT (scope.ts)
 *
 * - A policy is read once for its object and the settings' objects; a list is flattened again only where one of its policies changed.
 * - Members are never looked at: a membership change recompiles nothing.
 * - A refused policy stays at its last good version, everything else goes on; growing beyond a limit refuses the policy that causes it.
 */
import type { ClusterView, HostEndpoint, Policy, PolicyKey, Tier } from '../cluster/view.ts';
import { type Condition, conditionKey, type Subject } from '../errors.ts';
import { FAMILIES } from '../packets/address.ts';
import type { Direction } from '../packets/packet.ts';
import type { Capabilities } from '../rulebook/capabilities.ts';
import { type Lowered, type LoweringNote, lower } from '../rulebook/lower.ts';
import type { FilterRule, Origin, Prefix, Rulebook, SetDefinition, SetId, Stage } from '../rulebook/types.ts';
import type { BorderSettings } from '../settings.ts';
import { shown } from './annotations.ts';
import { felixSetsIn, MemberWatch } from './conditions.ts';
import { type Problem, policyCondition, type Remark } from './errors.ts';
import { RuleReader } from './felix-rule.ts';
import { fenceOf } from './fence.ts';
import { identityOf } from './identity.ts';
import { ANY_MATCH, MatchAlgebra } from './match.ts';
import { DerivedMembers, setFinder } from './members.ts';
import { flattenTiers, type Limits, OverLimit, type TierRules } from './next-tier.ts';
import { type Item, missingSets, type PolicyRules, readPolicy, ruleName } from './policy-rules.ts';
import { canonicalPrefix, familyOf, tidyPrefixes } from './prefixes.ts';
import { type Scope, Writer } from './scope.ts';
import { SetRegistry } from './sets.ts';
import type { Compilation, CompileCluster, CompileInput, LastGood } from './types.ts';

/** What stands for a policy in this compilation. */
type Standing =
  | { readonly kind: 'present' }
  | { readonly kind: 'kept'; readonly good: LastGood; readonly problems: readonly Problem[] }
  /** `bare`: not even its denies */
  | { readonly kind: 'absent'; readonly problems: readonly Problem[]; readonly bare?: true };

/** One first-match list: a border, a stage, a direction. */
interface Chain {
  readonly key: string;
  readonly hostEndpoint: string;
  readonly border: BorderSettings;
  readonly stage: Stage;
  readonly direction: Direction;
  readonly tiers: readonly Tier[];
}

/** What a chain was made from, to see that it need not be made again. */
interface Made {
  readonly from: readonly unknown[];
  readonly rules: readonly FilterRule[];
  readonly remarks: readonly (Remark & { readonly policy: PolicyKey })[];
  readonly counts: ReadonlyMap<PolicyKey, number>;
}

/** Cluster -> policy -> what its firewall cannot say, and how often that was found: of the present version, of the kept one, of its denies. */
type Refusals = Map<string, Map<PolicyKey, { times: number; readonly problems: Problem[] }>>;
const NOT_REFUSED: ReadonlyMap<PolicyKey, { readonly times: number; readonly problems: readonly Problem[] }> = new Map();
const MOST_LOWERINGS = 8;
const MOST_SETS_KEPT = 200_000;

export class Compiler {
  #sets = new SetRegistry();
  #clusters = new Map<string, ClusterCompiler>();
  readonly #watch = new MemberWatch();
  #merged: { readonly from: readonly ClusterResult[]; readonly compilation: Compilation } | undefined;
  #lowered: { readonly from: readonly unknown[]; readonly lowered: Lowered } | undefined;

  /** Sets are named by content, so a compiler that lived long and one that starts anew give the same rulebook. */
  compile(input: CompileInput): Compilation {
    if (this.#sets.size > MOST_SETS_KEPT) {
      this.#sets = new SetRegistry();
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
      for (const cluster of clusters)
        conditions.push(
          ...this.#watch.conditions(cluster.view, cluster.settings.podCidrs, podSets(cluster.name, merged.rulebook), input.firewall),
        );
      return { ...merged, rulebook: lowered.rulebook, conditions: distinct(conditions) };
    }
  }

  #merge(clusters: readonly CompileCluster[], input: CompileInput, refused: Refusals): Compilation {
    const results = clusters.map((cluster) => {
      let compiler = this.#clusters.get(cluster.name);
      if (!compiler) {
        compiler = new ClusterCompiler(cluster.name, this.#sets);
        this.#clusters.set(cluster.name, compiler);
      }
      return compiler.compile(cluster, input, refused.get(cluster.name) ?? NOT_REFUSED);
    });
    if (this.#merged && same(this.#merged.from, results)) return this.#merged.compilation;
    const conditions: Condition[] = [];
    const rules: FilterRule[] = [];
    const good = new Map<string, ReadonlyMap<PolicyKey, Policy>>();
    const kept = new Map<string, ReadonlySet<PolicyKey>>();
    const absent = new Map<string, ReadonlySet<PolicyKey>>();
    const preDnat = new Map<string, string>();
    clusters.forEach((cluster, at) => {
      const result = results[at] as ClusterResult;
      for (const border of new Set(result.rules.filter(({ stage }) => stage === 'preDnat').map((rule) => rule.border))) {
        const other = preDnat.get(border) ?? cluster.name;
        preDnat.set(border, other);
        const subject = { cluster: cluster.name, firewall: input.firewall, field: `HostEndpoint ${border}` };
        if (other !== cluster.name)
          conditions.push(
            policyCondition(
              'CEXT_POLICY_SHARED_VIPS',
              'warning',
              subject,
              `${other} and ${cluster.name} both have pre-DNAT policies for ${border}.`,
            ),
          );
      }
      for (const rule of result.rules) rules.push(rule);
      conditions.push(...result.conditions);
      good.set(cluster.name, result.good);
      kept.set(cluster.name, result.kept);
      absent.set(cluster.name, result.absent);
    });
    const compilation: Compilation = { rulebook: { rules, sets: this.#definitions(rules) }, conditions, good, kept, absent };
    this.#merged = { from: results, compilation };
    return compilation;
  }

  /** Where a device has no sets of endpoints, their ports become structure: only then members are looked at. */
  #lower(rulebook: Rulebook, input: CompileInput): Lowered {
    const options = { maxRulesPerRule: input.settings.maxRulesPerPolicyRule };
    if (saysEverything(input.capabilities, rulebook)) return { rulebook, refused: [], narrowed: [] };
    if (input.capabilities.endpointSets) {
      const from = [rulebook, input.capabilities, options.maxRulesPerRule];
      if (!this.#lowered || !same(this.#lowered.from, from))
        this.#lowered = { from, lowered: lower(rulebook, input.capabilities, options) };
      return this.#lowered.lowered;
    }
    const members = new DerivedMembers(setFinder(input.clusters));
    members.use({ rules: [], sets: new Map([...rulebook.sets].filter(([, { kind }]) => kind === 'endpoints')) });
    return lower(rulebook, input.capabilities, { ...options, members });
  }

  #definitions(rules: readonly FilterRule[]): ReadonlyMap<SetId, SetDefinition> {
    const out = new Map<SetId, SetDefinition>();
    const add = (id: SetId) => {
      if (!out.has(id)) out.set(id, this.#sets.definition(id));
    };
    for (const rule of rules) forEachSet(rule, add);
    return out;
  }
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
  ];
  return (
    protocols === 'all' &&
    log === 'rule' &&
    rules.length <= maxRules &&
    sets.size <= maxSets &&
    [...switches, ...Object.values(translations)].every(Boolean)
  );
}

const policyKeyOf = ({ policy }: Origin): PolicyKey | undefined => policy && `${policy.kind}/${policy.namespace}/${policy.name}`;

/** True when there is something new. */
function addRefusals(notes: readonly LoweringNote[], refused: Refusals): boolean {
  const round = new Map<string, Map<PolicyKey, Problem[]>>();
  for (const { origin, ruleId, field, reason } of notes) {
    const key = policyKeyOf(origin);
    if (key === undefined) continue;
    const problem: Problem = {
      code: 'CEXT_POLICY_FIREWALL_CANNOT',
      rule: origin.ruleIndex === undefined ? ruleId : `rule ${origin.ruleIndex + 1}`,
      field,
      message: `${reason}.`,
    };
    const policies = round.get(origin.cluster) ?? new Map<PolicyKey, Problem[]>();
    round.set(origin.cluster, policies.set(key, [...(policies.get(key) ?? []), problem]));
  }
  for (const [cluster, policies] of round) {
    const known = refused.get(cluster) ?? new Map<PolicyKey, { times: number; readonly problems: Problem[] }>();
    refused.set(cluster, known);
    for (const [key, problems] of policies) {
      const before = known.get(key);
      if (before) before.times++;
      else known.set(key, { times: 1, problems });
    }
  }
  return round.size > 0;
}

/** What a firewall says less exactly, and what of no policy (a tier's drop) it cannot say at all. */
function noteConditions({ refused, narrowed }: Lowered, firewall: string): readonly Condition[] {
  const of = (notes: readonly LoweringNote[], severity: 'warning' | 'error') =>
    notes.map(({ origin, field, reason }) => {
      const key = policyKeyOf(origin);
      const rule = origin.ruleIndex === undefined ? `end of tier ${origin.tier}` : `rule ${origin.ruleIndex + 1}`;
      const subject =
        key === undefined ? { cluster: origin.cluster, firewall, rule, field } : subjectOf(key, origin.cluster, firewall, { rule, field });
      return policyCondition('CEXT_POLICY_FIREWALL_CANNOT', severity, subject, `${reason}.`);
    });
  return [...of(narrowed, 'warning'), ...of(refused, 'error')];
}

/** Every set that a rule names. */
export function forEachSet({ source, destination, sourceEndpoints, destinationEndpoints }: FilterRule, visit: (set: SetId) => void): void {
  if (source.include !== 'any') source.include.sets.forEach(visit);
  source.exclude.sets.forEach(visit);
  if (destination.include !== 'any') destination.include.sets.forEach(visit);
  destination.exclude.sets.forEach(visit);
  for (const endpoints of [sourceEndpoints, destinationEndpoints]) {
    endpoints.include.forEach(visit);
    endpoints.exclude.forEach(visit);
  }
}

/** Felix set -> text, of the sets that stand for pods in egress rules. */
function podSets(cluster: string, { rules, sets }: Rulebook): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  const seen = new Set<SetId>();
  for (const rule of rules) {
    if (rule.direction !== 'egress' || rule.origin.cluster !== cluster || rule.source.include === 'any') continue;
    for (const id of rule.source.include.sets) {
      if (seen.has(id)) continue;
      seen.add(id);
      const definition = sets.get(id);
      if (!definition) continue;
      for (const set of felixSetsIn(definition.expression)) out.set(set, definition.text);
    }
  }
  return out;
}

function distinct(conditions: readonly Condition[]): readonly Condition[] {
  const byKey = new Map<string, Condition>();
  for (const condition of conditions) if (!byKey.has(conditionKey(condition))) byKey.set(conditionKey(condition), condition);
  return [...byKey.values()];
}

interface ClusterResult {
  readonly rules: readonly FilterRule[];
  readonly conditions: readonly Condition[];
  readonly good: ReadonlyMap<PolicyKey, Policy>;
  readonly kept: ReadonlySet<PolicyKey>;
  readonly absent: ReadonlySet<PolicyKey>;
}

class ClusterCompiler {
  readonly #name: string;
  readonly #sets: SetRegistry;
  readonly #algebra: MatchAlgebra;
  readonly #reader: RuleReader;
  /** per chain context: what was read from which policy object */
  readonly #read = new Map<string, { readonly settings: readonly unknown[]; readonly policies: WeakMap<Policy, PolicyRules> }>();
  readonly #lists = new WeakMap<PolicyRules, Map<string, readonly Item[]>>();
  readonly #writers = new Map<string, { readonly settings: readonly unknown[]; readonly writer: Writer }>();
  readonly #made = new Map<string, Made>();
  readonly #ends = new Map<string, Item>();
  #last: { readonly from: readonly unknown[]; readonly result: ClusterResult } | undefined;
  /** the chains that name a policy, of the compilation under way */
  #contexts: ReadonlyMap<PolicyKey, ReadonlySet<Chain>> = new Map();
  readonly #prefixes = new WeakMap<readonly string[], readonly Prefix[]>();

  constructor(name: string, sets: SetRegistry) {
    this.#name = name;
    this.#sets = sets;
    this.#algebra = new MatchAlgebra(sets, name);
    this.#reader = new RuleReader(sets, this.#algebra, name);
  }

  compile(
    cluster: CompileCluster,
    input: CompileInput,
    refused: ReadonlyMap<PolicyKey, { readonly times: number; readonly problems: readonly Problem[] }>,
  ): ClusterResult {
    const { view } = cluster;
    const conditions: Condition[] = [];
    const chains = this.#chains(cluster, input, conditions);
    const standing = this.#judge(cluster, chains);
    for (const [key, { times, problems }] of refused) if (standing.has(key)) this.#refuse(key, standing, cluster, times, problems);
    const limits: Limits = { perRule: input.settings.maxRulesPerPolicyRule, total: cluster.pair.maxRules };
    // Each round demotes at least one policy, present -> kept -> absent, so this ends.
    let made: readonly Made[] | undefined;
    while (!made) {
      try {
        made = chains.map((chain) => this.#make(chain, cluster, standing, limits));
        const over = overTotal(made, standing, cluster, limits.total);
        if (over) {
          for (const key of over)
            this.#demote(key, standing, cluster, {
              code: 'CEXT_POLICY_TOO_MANY_RULES',
              message: `The rules of this cluster on this firewall are more than ${limits.total} (pairs[].maxRules).`,
            });
          made = undefined;
        }
      } catch (error) {
        if (!(error instanceof OverLimit)) throw error;
        const rule = error.owner.slice(error.policy.length + 1);
        this.#demote(error.policy, standing, cluster, {
          code: 'CEXT_POLICY_TOO_MANY_RULES',
          ...(rule === '' ? {} : { rule }),
          message: error.message,
        });
      }
    }
    const all: readonly unknown[] = [
      ...made,
      ...conditions.map(({ message }) => message),
      ...[...standing].flat(),
      ...[...standing.keys()].map((key) => view.policies.get(key)),
    ];
    if (this.#last && same(this.#last.from, all)) return this.#last.result;
    const good = new Map<PolicyKey, Policy>();
    const kept = new Set<PolicyKey>();
    const absent = new Set<PolicyKey>();
    for (const [key, stands] of standing) {
      if (stands.kind === 'present') good.set(key, view.policies.get(key) as Policy);
      else {
        (stands.kind === 'kept' ? kept : absent).add(key);
        conditions.push(...refusals(key, stands, cluster.name, input.firewall));
      }
    }
    for (const { remarks } of made)
      for (const remark of remarks)
        conditions.push(
          policyCondition(remark.code, remark.severity, subjectOf(remark.policy, cluster.name, input.firewall, remark), remark.message),
        );
    const result: ClusterResult = { rules: unique(made.flatMap(({ rules }) => rules)), conditions, good, kept, absent };
    this.#last = { from: all, result };
    return result;
  }

  /** The lists of this cluster, in the order of borders' names. */
  #chains(cluster: CompileCluster, input: CompileInput, conditions: Condition[]): readonly Chain[] {
    const chains: Chain[] = [];
    const { view, pair } = cluster;
    const subject = { cluster: cluster.name, firewall: input.firewall };
    for (const [hostEndpoint, border] of [...input.borders].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const endpoint = view.hostEndpoints.get(hostEndpoint);
      const field = `HostEndpoint ${hostEndpoint}`;
      if (!endpoint) {
        conditions.push(
          policyCondition(
            'CEXT_POLICY_NO_HOST_ENDPOINT',
            'warning',
            { ...subject, field },
            `The cluster has no HostEndpoint ${hostEndpoint}.`,
          ),
        );
        continue;
      }
      const honoured = (tiers: readonly Tier[]) => tiers.filter((tier) => pair.tiers.includes(tier.name));
      const forward = honoured(endpoint.forwardTiers);
      const preDnat = honoured(endpoint.preDnatTiers);
      conditions.push(...endpointConditions(endpoint, pair.tiers, subject, [...forward, ...preDnat]));
      if (preDnat.length > 0 && border.vips.length === 0)
        conditions.push(
          policyCondition('CEXT_POLICY_PRE_DNAT_NO_VIPS', 'warning', { ...subject, field }, `The border ${hostEndpoint} has no VIPs.`),
        );
      const chain = (stage: Stage, direction: Direction, tiers: readonly Tier[]) =>
        chains.push({ key: `${hostEndpoint} ${stage} ${direction}`, hostEndpoint, border, stage, direction, tiers });
      chain('preDnat', 'ingress', border.vips.length > 0 ? preDnat : []);
      chain('forward', 'egress', forward);
      chain('forward', 'ingress', forward);
    }
    return chains;
  }

  /** Which version of each policy that the chains name can be used. */
  #judge(cluster: CompileCluster, chains: readonly Chain[]): Map<PolicyKey, Standing> {
    const { view } = cluster;
    const contexts = new Map<PolicyKey, Set<Chain>>();
    this.#contexts = contexts;
    for (const chain of chains)
      for (const key of chain.tiers.flatMap((tier) => enforcedKeys(tier, chain.direction, view))) {
        const known = contexts.get(key);
        if (known) known.add(chain);
        else contexts.set(key, new Set([chain]));
      }
    const standing = new Map<PolicyKey, Standing>();
    const owners = idOwners(cluster);
    for (const key of [...contexts.keys()].sort()) {
      const policy = view.policies.get(key);
      const problems: Problem[] = [];
      if (!policy) problems.push({ code: 'CEXT_POLICY_MISSING', message: 'A tier lists this policy, but Felix has not sent it.' });
      else
        for (const chain of contexts.get(key) as Set<Chain>) {
          const rules = this.#rules(policy, chain, cluster);
          problems.push(...rules.problems);
          for (const { id, rule } of missingSets(rules, (set) => view.sets.get(set)))
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
      if (problems.length === 0) standing.set(key, PRESENT);
      else this.#demote(key, standing, cluster, ...problems);
    }
    return standing;
  }

  /** What the firewall cannot say, found so many times: the kept version and even the denies alone may be too much for it. */
  #refuse(key: PolicyKey, standing: Map<PolicyKey, Standing>, cluster: CompileCluster, times: number, problems: readonly Problem[]): void {
    this.#demote(key, standing, cluster, ...problems);
    if (times > 1) this.#demote(key, standing, cluster);
    const stands = standing.get(key);
    if (times > 2 && stands?.kind === 'absent') standing.set(key, { ...stands, bare: true });
  }

  #demote(key: PolicyKey, standing: Map<PolicyKey, Standing>, cluster: CompileCluster, ...problems: readonly Problem[]): void {
    const before = standing.get(key);
    const all = [...(before && before.kind !== 'present' ? before.problems : []), ...problems];
    const good = cluster.lastGood.get(key);
    const usable = good && before?.kind !== 'kept' && this.#usable(good, key, cluster);
    standing.set(key, usable ? { kind: 'kept', good, problems: all } : { kind: 'absent', problems: all });
  }

  /** Settings may have changed since, and sets may be gone. */
  #usable({ policy, frozenSets }: LastGood, key: PolicyKey, cluster: CompileCluster): boolean {
    for (const chain of this.#contexts.get(key) ?? []) {
      const rules = this.#rules(policy, chain, cluster);
      if (rules.problems.length > 0) return false;
      if (missingSets(rules, (id) => cluster.view.sets.get(id) ?? frozenSets.get(id)).length > 0) return false;
    }
    return true;
  }

  #rules(policy: Policy, chain: Chain, cluster: CompileCluster): PolicyRules {
    const { pair, settings } = cluster;
    const context = `${chain.hostEndpoint} ${chain.stage}`;
    const facts = [chain.border, pair, settings];
    let known = this.#read.get(context);
    if (!known || !same(known.settings, facts)) {
      known = { settings: facts, policies: new WeakMap() };
      this.#read.set(context, known);
    }
    let rules = known.policies.get(policy);
    if (!rules) {
      const families = FAMILIES.filter((family) => this.#own(chain, cluster).some((prefix) => familyOf(prefix) === family));
      rules = readPolicy(policy, {
        cluster: this.#name,
        stage: chain.stage,
        border: chain.border,
        snatPools: pair.snatPools,
        families,
        reader: this.#reader,
      });
      known.policies.set(policy, rules);
    }
    return rules;
  }

  #own(chain: Chain, cluster: CompileCluster): readonly Prefix[] {
    return this.#canonical(chain.stage === 'preDnat' ? chain.border.vips : cluster.settings.podCidrs);
  }

  #canonical(prefixes: readonly string[]): readonly Prefix[] {
    let out = this.#prefixes.get(prefixes);
    if (!out) {
      out = tidyPrefixes(prefixes.map((text) => canonicalPrefix(text)).filter((prefix) => prefix !== undefined));
      this.#prefixes.set(prefixes, out);
    }
    return out;
  }

  /** What stands for a policy in this chain. The same list object as long as nothing about it changed. */
  #items(key: PolicyKey, chain: Chain, cluster: CompileCluster, standing: Standing, limits: Limits): readonly Item[] {
    const { view } = cluster;
    const { direction } = chain;
    if (standing.kind === 'present') return this.#rules(view.policies.get(key) as Policy, chain, cluster)[direction];
    const policy = standing.kind === 'kept' ? standing.good.policy : view.policies.get(key);
    if (!policy || (standing.kind === 'absent' && standing.bare)) return NO_ITEMS;
    const rules = this.#rules(policy, chain, cluster);
    const missing = missingSets(rules, (id) => view.sets.get(id));
    const unfed = new Set(missing.map(({ rule }) => rule));
    const expired = standing.kind === 'kept' && standing.good.expired;
    const what = `${standing.kind} ${direction} ${expired} ${[...unfed].join()}`;
    let lists = this.#lists.get(rules);
    if (!lists) {
      lists = new Map();
      this.#lists.set(rules, lists);
    }
    let items = lists.get(what);
    if (!items) {
      if (standing.kind === 'absent') items = fenceOf(rules, direction, unfed, this.#algebra, limits.perRule);
      else
        items = rules[direction].filter(
          (item) =>
            !expired || item.action === 'deny' || item.action === 'log' || !unfed.has(ruleName(direction, item.origin.ruleIndex ?? 0)),
        );
      lists.set(what, items);
    }
    return items;
  }

  #make(chain: Chain, cluster: CompileCluster, standing: ReadonlyMap<PolicyKey, Standing>, limits: Limits): Made {
    const { view, pair } = cluster;
    const writer = this.#writer(chain, cluster);
    const lists = chain.tiers.map((tier) =>
      enforcedKeys(tier, chain.direction, view).map((key) => this.#items(key, chain, cluster, standing.get(key) as Standing, limits)),
    );
    const from: unknown[] = [writer, pair.defaultDeny, limits.perRule, limits.total];
    chain.tiers.forEach((tier, at) => {
      from.push(tier.name, tier.defaultAction, lists[at]?.length);
      for (const list of lists[at] ?? []) from.push(list);
    });
    const before = this.#made.get(chain.key);
    if (before && same(before.from, from)) return before;
    const stop = this.#end('', 'stop');
    const tiers = chain.tiers.map(
      (tier, at): TierRules => ({ tier, enforced: (lists[at] ?? []).length > 0, items: (lists[at] ?? []).flat() }),
    );
    const items = flattenTiers(tiers, stop, {
      algebra: this.#algebra,
      limits,
      cluster: this.#name,
      endOf: (tier) => this.#end(tier, pair.defaultDeny ? 'deny' : 'stop'),
    });
    const rules: FilterRule[] = [];
    const remarks: (Remark & { readonly policy: PolicyKey })[] = [];
    const counts = new Map<PolicyKey, number>();
    for (const item of items) {
      const written = writer.write(item);
      rules.push(...written.rules);
      for (const remark of written.remarks) remarks.push({ ...remark, policy: item.policy });
      if (item.policy !== '') counts.set(item.policy, (counts.get(item.policy) ?? 0) + written.rules.length);
    }
    const made: Made = { from, rules, remarks, counts };
    this.#made.set(chain.key, made);
    return made;
  }

  #writer(chain: Chain, cluster: CompileCluster): Writer {
    const { pair, settings } = cluster;
    const facts = [chain.border, pair, settings];
    let known = this.#writers.get(chain.key);
    if (!known || !same(known.settings, facts)) {
      const { hostEndpoint, border, stage, direction } = chain;
      const destinations = pair.destinations && this.#canonical(pair.destinations);
      const scope: Scope = {
        cluster: this.#name,
        hostEndpoint,
        border,
        stage,
        direction,
        own: this.#own(chain, cluster),
        destinations,
        snatPools: pair.snatPools,
      };
      known = { settings: facts, writer: new Writer(this.#sets, this.#algebra, scope) };
      this.#writers.set(chain.key, known);
    }
    return known.writer;
  }

  /** The drop at a tier's end, or its stop; '' = after the last tier. */
  #end(tier: string, action: 'deny' | 'stop'): Item {
    const key = `${action} ${tier}`;
    let item = this.#ends.get(key);
    if (!item) {
      const origin = { cluster: this.#name, tier, annotations: {} };
      item = {
        action,
        match: ANY_MATCH,
        seed: identityOf('end', this.#name, tier),
        log: false,
        snat: { kind: 'absent' },
        origin,
        owner: '',
        policy: '',
      };
      this.#ends.set(key, item);
    }
    return item;
  }
}

const PRESENT: Standing = { kind: 'present' };
const NO_ITEMS: readonly Item[] = [];
const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((value, at) => value === b[at]);

/** Staged policies are skipped, also when deciding whether a tier ends in a drop. A listed policy that never came counts as enforced. */
function enforcedKeys(tier: Tier, direction: Direction, view: ClusterView): readonly PolicyKey[] {
  const keys = direction === 'egress' ? tier.egress : tier.ingress;
  return keys.filter((key) => !(view.policies.get(key)?.staged ?? key.startsWith('Staged')));
}

/** Who has an id already: the policies whose last good version is the present one or was replaced, before newcomers. */
function idOwners({ view, lastGood }: CompileCluster): Map<string, PolicyKey> {
  const owners = new Map<string, PolicyKey>();
  for (const [key, { policy }] of [...lastGood].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!view.policies.has(key)) continue;
    for (const rule of [...policy.inbound, ...policy.outbound]) {
      const id = rule.metadata?.annotations?.['cextfire.io/id'];
      if (id !== undefined && !owners.has(id)) owners.set(id, key);
    }
  }
  return owners;
}

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
  for (const one of made) for (const [key, count] of one.counts) counts.set(key, (counts.get(key) ?? 0) + count);
  const isNew = (key: PolicyKey) => JSON.stringify(cluster.lastGood.get(key)?.policy) !== JSON.stringify(cluster.view.policies.get(key));
  const candidates = [...counts]
    .filter(([key]) => standing.get(key)?.kind !== 'absent')
    .sort(([a, x], [b, y]) => Number(isNew(b)) - Number(isNew(a)) || y - x || (a < b ? 1 : -1));
  const out: PolicyKey[] = [];
  for (const [key, count] of candidates) {
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

function endpointConditions(
  endpoint: HostEndpoint,
  tiers: readonly string[],
  subject: Subject,
  honoured: readonly Tier[],
): readonly Condition[] {
  const out: Condition[] = [];
  const field = `HostEndpoint ${endpoint.name}`;
  for (const tier of endpoint.untrackedTiers)
    out.push(
      policyCondition(
        'CEXT_POLICY_UNTRACKED',
        'warning',
        { ...subject, field: `${field} tier ${tier}` },
        `Tier ${shown(tier)} has doNotTrack policies for ${endpoint.name}.`,
      ),
    );
  const others = new Set(
    [...endpoint.forwardTiers, ...endpoint.preDnatTiers].map((tier) => tier.name).filter((name) => !tiers.includes(name)),
  );
  for (const tier of others)
    out.push(
      policyCondition(
        'CEXT_POLICY_TIER_NOT_HONOURED',
        'info',
        { ...subject, field: `${field} tier ${tier}` },
        `Tier ${shown(tier)} has policies for ${endpoint.name}, but is not among the tiers of the pair.`,
      ),
    );
  const some = honoured.some((tier) => [...tier.ingress, ...tier.egress].some((key) => !key.startsWith('Staged')));
  if (!some)
    out.push(policyCondition('CEXT_POLICY_NO_POLICY', 'warning', { ...subject, field }, `${endpoint.name} has no enforced policy.`));
  return out;
}

function subjectOf(
  key: PolicyKey,
  cluster: string,
  firewall: string,
  { rule, field }: { readonly rule?: string; readonly field?: string },
): Subject {
  const [kind = '', namespace = '', ...name] = key.split('/');
  return {
    cluster,
    firewall,
    policy: `${kind} ${namespace === '' ? '' : `${namespace}/`}${name.join('/')}`,
    ...(rule === undefined ? {} : { rule }),
    ...(field === undefined ? {} : { field }),
  };
}

function refusals(
  key: PolicyKey,
  standing: Exclude<Standing, { kind: 'present' }>,
  cluster: string,
  firewall: string,
): readonly Condition[] {
  const becomes =
    standing.kind === 'kept'
      ? `The policy stays as it was at log position ${standing.good.position}.`
      : 'The policy has no earlier version and is absent; what its rules surely deny stays denied.';
  const out = standing.problems.map((problem) =>
    policyCondition(problem.code, 'error', subjectOf(key, cluster, firewall, problem), `${problem.message} ${becomes}`),
  );
  if (standing.kind === 'kept' && standing.good.expired)
    out.push(
      policyCondition('CEXT_POLICY_EXPIRED', 'error', subjectOf(key, cluster, firewall, {}), 'The kept version is older than frozenFor.'),
    );
  return out;
}
