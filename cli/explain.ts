/** What becomes of a packet at the borders of a cluster, and the whole way to it: by the policies, by the compiled rules, and on the firewall. */
import type { WarmFirewall } from '../functions/apply/warm.ts';
import type { ClusterView, FelixSet, Policy, PolicyKey } from '../functions/cluster/view.ts';
import type { HeldCondition } from '../functions/ledger/query.ts';
import { readConditions } from '../functions/ledger/query.ts';
import { parsePrefix } from '../functions/packets/address.ts';
import { formatPacket, type Packet } from '../functions/packets/packet.ts';
import { felixSetsIn } from '../functions/policy/conditions.ts';
import { evaluatePolicies, type TierStep } from '../functions/policy/evaluate.ts';
import { evaluatorOf } from '../functions/rulebook/evaluate.ts';
import type { Decision, Rulebook } from '../functions/rulebook/types.ts';
import { milliseconds } from '../functions/settings.ts';
import { deviceName } from './device-name.ts';
import { type Lens, membersOf } from './lens.ts';
import { tellOrigin, tellRule, tellTranslation } from './words.ts';

export type Verdict = 'allow' | 'deny' | 'unmatched';

export interface ToldRule {
  readonly id: string;
  /** on the device */
  readonly name: string;
  readonly text: string;
  readonly from: string;
}

export interface Explained {
  readonly cluster: string;
  readonly firewall: string;
  readonly border: string;
  readonly direction: 'egress' | 'ingress';
  readonly packet: string;
  /** what the policies say */
  readonly verdict: Verdict;
  readonly logged: boolean;
  /** "as 198.51.100.7"; '' = the administrator's NAT */
  readonly translation: string;
  readonly decidedBy: { readonly tier: string; readonly policy?: string; readonly rule?: number } | undefined;
  readonly outOfScope: string | undefined;
  /** tier by tier, policy by policy, rule by rule */
  readonly way: readonly TierStep[];
  /** the compiled rule that decides it */
  readonly compiled: { readonly verdict: Verdict; readonly rule?: ToldRule };
  /** what stands on the firewall; undefined: nothing was ever applied there */
  readonly onFirewall:
    | { readonly verdict: Verdict; readonly rule?: ToldRule; readonly plan?: string; readonly at?: string; readonly approvedBy?: string }
    | undefined;
  /** the firewall does with the packet what the policies say */
  readonly agrees: boolean;
  readonly notes: readonly string[];
}

export async function explain(lens: Lens, cluster: string, packet: Packet, only?: string): Promise<Explained[]> {
  const { settings } = lens.place;
  const pairs = settings.pairs.filter((pair) => pair.cluster === cluster && (only === undefined || pair.firewall === only));
  const conditions = lens.timeMs === undefined ? await readConditions(lens.table) : [];
  const out: Explained[] = [];
  for (const pair of pairs) {
    const warm = await lens.firewall(pair.firewall);
    for (const border of warm.borders.keys()) out.push(await explainAt(lens, warm, border, cluster, packet, conditions));
  }
  return out;
}

async function explainAt(
  lens: Lens,
  warm: WarmFirewall,
  border: string,
  cluster: string,
  packet: Packet,
  conditions: readonly HeldCondition[],
): Promise<Explained> {
  const { settings } = lens.place;
  const about = { cluster, firewall: warm.name, border, direction: packet.direction, packet: formatPacket(packet) };
  const view = warm.views.get(cluster);
  const pair = settings.pairs.find((one) => one.cluster === cluster && one.firewall === warm.name);
  const clusterSettings = settings.clusters[cluster];
  const borderSettings = warm.borders.get(border);
  const applied = warm.applied && decide(warm, warm.applied.rulebook, border, packet);
  const onFirewall = applied && {
    ...applied,
    ...(applied.rule && broughtBy(warm, applied.rule.id)),
  };
  if (!view || !pair || !clusterSettings || !borderSettings) {
    const notes = [`cluster ${cluster} had sent no complete snapshot, so its policies cannot be asked`];
    const none = { verdict: 'unmatched', logged: false, translation: '', decidedBy: undefined, outOfScope: undefined, way: [] } as const;
    return { ...about, ...none, compiled: { verdict: 'unmatched' }, onFirewall, agrees: false, notes };
  }
  const { instead, sets, refused } = await standIns(lens, warm, cluster, view);
  const seen = sets.size === 0 ? view : withSets(view, sets);
  const input = { view: seen, hostEndpoint: border, border: borderSettings, podCidrs: clusterSettings.podCidrs, pair, instead };
  const answer = evaluatePolicies(input, packet);
  const compiled = warm.compilation ? decide(warm, warm.compilation.rulebook, border, packet) : { verdict: 'unmatched' as const };
  const names = setNames([warm.compilation?.rulebook, warm.applied?.rulebook], seen);
  const way = answer.way.map((tier) => ({
    ...tier,
    policies: tier.policies.map((policy) => ({
      ...policy,
      rules: policy.rules.map((rule) => ({ ...rule, why: named(rule.why, names) })),
    })),
  }));
  const notes: string[] = [];
  if (compiled.verdict !== answer.verdict)
    notes.push(
      refused.length > 0
        ? `the compiled rules say ${compiled.verdict}: ${refused.join(', ')} cannot be compiled as written, see the conditions`
        : `the compiled rules say ${compiled.verdict}, because the firewall cannot express it otherwise; see the conditions`,
    );
  const agrees = onFirewall !== undefined && onFirewall.verdict === answer.verdict;
  if (!onFirewall) notes.push(`nothing was ever applied to ${warm.name}`);
  else if (onFirewall.verdict !== compiled.verdict) notes.push(`the firewall does not do this yet: it says ${onFirewall.verdict}`);
  for (const { code, subject, message } of conditions)
    if (subject.firewall === warm.name && !agrees && code.startsWith('CEXT_APPLY_')) notes.push(`${code}: ${message}`);
  const masks = masqueradedBy(view, packet);
  if (masks)
    notes.push(
      `the source is in IP pool ${masks}, which masquerades: the border sees the address of the node instead. Set natOutgoing: false on it`,
    );
  return {
    ...about,
    verdict: answer.verdict,
    logged: answer.logged,
    translation: tellTranslation(answer.translation),
    decidedBy: decidedBy(answer.decidedBy, way),
    outOfScope: answer.outOfScope,
    way,
    compiled,
    onFirewall,
    agrees,
    notes,
  };
}

/** As a packet meets them: a pre-DNAT deny ends it, else the forward chain decides. */
function decide(
  warm: WarmFirewall,
  rulebook: Rulebook,
  border: string,
  packet: Packet,
): { readonly verdict: Verdict; readonly rule?: ToldRule } {
  const evaluate = evaluatorOf({ rulebook, members: membersOf(warm, rulebook) });
  const before: Decision = evaluate(border, 'preDnat', packet);
  const decision = before.kind === 'deny' ? before : evaluate(border, 'forward', packet);
  if (decision.kind === 'unmatched') return { verdict: 'unmatched' };
  const { rule } = decision;
  return {
    verdict: decision.kind,
    rule: { id: rule.id, name: deviceName(warm.settings.prefix, rule.id), text: tellRule(rule, rulebook), from: tellOrigin(rule) },
  };
}

function broughtBy(warm: WarmFirewall, rule: string): { readonly plan?: string; readonly at?: string; readonly approvedBy?: string } {
  return warm.applied?.brought.get(rule) ?? {};
}

/** Refused policies stand at their last good version, or not at all. */
async function standIns(
  lens: Lens,
  warm: WarmFirewall,
  cluster: string,
  view: ClusterView,
): Promise<{
  readonly instead: Map<PolicyKey, Policy | undefined>;
  readonly sets: Map<string, FelixSet>;
  readonly refused: readonly string[];
}> {
  const instead = new Map<PolicyKey, Policy | undefined>();
  const sets = new Map<string, FelixSet>();
  const kept = warm.compilation?.kept.get(cluster) ?? new Set<PolicyKey>();
  const absent = warm.compilation?.absent.get(cluster) ?? new Set<PolicyKey>();
  if (kept.size > 0) {
    const frozenFor = milliseconds(lens.place.settings.clusters[cluster]?.frozenFor ?? '1h');
    const views = { advance: (name: string) => lens.cluster(name), at: async () => undefined, forget: () => undefined };
    const good = await warm.lastGoods
      .get(cluster)
      ?.forCompiler(view, views, lens.timeMs ?? lens.place.now(), frozenFor, warm.applied?.positions[cluster] ?? 0);
    for (const key of kept) {
      const last = good?.get(key);
      instead.set(key, last?.policy);
      for (const [id, set] of last?.frozenSets ?? []) if (!last?.expired) sets.set(id, set);
    }
  }
  for (const key of absent) instead.set(key, undefined);
  return { instead, sets, refused: [...kept, ...absent] };
}

function withSets(view: ClusterView, more: ReadonlyMap<string, FelixSet>): ClusterView {
  const { cluster, clusterGuid, calicoVersion, position, digest, hostEndpoints, policies, pools, hosts, namespaces, services } = view;
  const sets = new Map([...more, ...view.sets]);
  return { cluster, clusterGuid, calicoVersion, position, digest, hostEndpoints, policies, sets, pools, hosts, namespaces, services };
}

/** Felix's set ids in the words of who wrote the selectors. */
export function setNames(books: readonly (Rulebook | undefined)[], view: ClusterView): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const book of books)
    for (const { expression, text } of book?.sets.values() ?? []) {
      const [only, ...others] = felixSetsIn(expression);
      if (only !== undefined && others.length === 0 && !names.has(only) && text && text !== only) names.set(only, text);
    }
  return new Map([...view.sets].map(([id, { members }]) => [id, `${names.get(id) ?? `set ${id}`} (${members.size} members)`]));
}

const named = (why: string, names: ReadonlyMap<string, string>): string =>
  why.replace(/(?:service )?set (\S+?)(?=;|,|$| )/g, (all, id: string) => names.get(id) ?? all);

function decidedBy(
  by: { readonly policy: PolicyKey; readonly index: number } | { readonly tier: string } | undefined,
  way: readonly TierStep[],
) {
  if (!by) return undefined;
  if ('tier' in by) return { tier: by.tier };
  const tier = way.findLast((step) => step.policies.some(({ policy }) => policy === by.policy))?.tier ?? '';
  return { tier, policy: by.policy, rule: by.index + 1 };
}

function masqueradedBy(view: ClusterView, packet: Packet): string | undefined {
  if (packet.direction === 'ingress') return undefined;
  const holding = [...view.pools.values()].flatMap((pool) => {
    const range = parsePrefix(pool.cidr);
    return range?.family === packet.family && range.first <= packet.source && packet.source <= range.last
      ? [{ pool, length: range.length }]
      : [];
  });
  // The longest prefix is its pool.
  const own = holding.sort((a, b) => b.length - a.length)[0]?.pool;
  return own?.masquerade ? own.cidr : undefined;
}

/** "GlobalNetworkPolicy//border.x" -> "border.x"; of a namespace: "NetworkPolicy shop/web". */
export function policyKeyText(key: PolicyKey): string {
  const [kind = '', namespace = '', ...name] = key.split('/');
  const whole = name.join('/');
  const plain = kind === 'GlobalNetworkPolicy' ? whole : `${kind} ${namespace ? `${namespace}/` : ''}${whole}`;
  return plain || key;
}
