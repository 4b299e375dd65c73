/** What becomes of a packet at the borders of a cluster, and the whole way to it: by the policies, by the compiled rules, and on the firewall. */
import type { WarmFirewall } from '../functions/apply/warm.ts';
import type { ClusterView, FelixSet, Policy, PolicyKey } from '../functions/cluster/view.ts';
import { milliseconds } from '../functions/duration.ts';
import type { HeldCondition } from '../functions/ledger/query.ts';
import { readConditions } from '../functions/ledger/query.ts';
import { BITS, type Family, formatAddress, parsePrefix } from '../functions/packets/address.ts';
import { formatPacket, type Packet } from '../functions/packets/packet.ts';
import type { Explanation, TierStep } from '../functions/policy/evaluate.ts';
import { type Decided, decide, explainPacket } from '../functions/policy/explain.ts';
import type { Book } from '../functions/rulebook/algebra.ts';
import type { Rulebook } from '../functions/rulebook/types.ts';
import { tellOrigin, tellRule, tellTranslation } from '../functions/rulebook/words.ts';
import { deviceName } from './device-name.ts';
import { type Lens, membersOf } from './lens.ts';
import { policyKeyText } from './way-text.ts';

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
  /** our rules on the firewall do with the packet what the policies say: verdict and translation */
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
  const bookOf = (rulebook: Rulebook | undefined): Book | undefined => rulebook && { rulebook, members: membersOf(warm, rulebook) };
  const told = (book: Book, { decision }: Pick<Decided, 'decision'>) => {
    if (decision.kind === 'unmatched') return { verdict: decision.kind };
    const { rule } = decision;
    const name = deviceName(warm.settings.prefix, rule.id);
    return { verdict: decision.kind, rule: { id: rule.id, name, text: tellRule(rule, book.rulebook), from: tellOrigin(rule) } };
  };
  const onDevice = (book: Book, decided: Pick<Decided, 'decision'>) => {
    const { verdict, rule } = told(book, decided);
    return { verdict, ...(rule && { rule, ...broughtBy(warm, rule.id) }) };
  };
  const compiledBook = bookOf(warm.compilation?.rulebook);
  const standingBook = bookOf(warm.applied?.rulebook);
  if (!view || !pair || !clusterSettings || !borderSettings) {
    const notes = [`cluster ${cluster} had sent no complete snapshot, so its policies cannot be asked`];
    const none = { verdict: 'unmatched', logged: false, translation: '', decidedBy: undefined, outOfScope: undefined, way: [] } as const;
    const onFirewall = standingBook && onDevice(standingBook, decide(standingBook, border, packet));
    return { ...about, ...none, compiled: { verdict: 'unmatched' }, onFirewall, agrees: false, notes };
  }
  const { instead, sets, refused } = await standIns(lens, warm, cluster, view);
  const seen = sets.size === 0 ? view : withSets(view, sets);
  const input = { view: seen, hostEndpoint: border, border: borderSettings, podCidrs: clusterSettings.podCidrs, pair, instead };
  const { policies, compiled, standing } = explainPacket(input, packet, compiledBook, standingBook);
  const agrees = standing !== undefined && !standing.differences.some((difference) => difference !== 'log');
  const notes = [
    ...compiledNotes(compiled, refused),
    ...standingNotes(warm, compiled, standing),
    ...conditions.flatMap(({ code, subject, message }) =>
      subject.firewall === warm.name && (code.includes('_FOREIGN_') || (!agrees && code.startsWith('CEXT_APPLY_')))
        ? `${code}: ${message}`
        : [],
    ),
    ...packetNotes(view, packet, policies, clusterSettings.podCidrs),
  ];
  return {
    ...about,
    verdict: policies.verdict,
    logged: policies.logged,
    translation: tellTranslation(policies.translation),
    decidedBy: decidedBy(policies.decidedBy, policies.way),
    outOfScope: policies.outOfScope,
    way: policies.way,
    compiled: compiledBook && compiled ? told(compiledBook, compiled) : { verdict: 'unmatched' },
    onFirewall: standingBook && standing && onDevice(standingBook, standing),
    agrees,
    notes,
  };
}

function compiledNotes(compiled: Decided | undefined, refused: readonly string[]): string[] {
  if (!compiled) return [];
  const { decision, differences } = compiled;
  if (!differences.includes('verdict') && !differences.includes('translation')) return [];
  const does = differences.includes('verdict') ? decision.kind : `another translation (${decisionTranslation(compiled)})`;
  return [
    refused.length > 0
      ? `the compiled rules say ${does}: ${refused.map(policyKeyText).join(', ')} cannot be compiled as written, see the conditions`
      : `the compiled rules say ${does}, because the firewall cannot express it otherwise; see the conditions`,
  ];
}

function standingNotes({ name, settings }: WarmFirewall, compiled: Decided | undefined, standing: Decided | undefined): string[] {
  if (!standing && settings.mode === 'observe')
    return [`nothing of ours stands on ${name} (mode observe): the administrator's own rules decide`];
  if (!standing) return [`nothing was ever applied to ${name}`];
  if (standing.decision.kind !== (compiled?.decision.kind ?? 'unmatched'))
    return [`the firewall does not do this yet: it says ${standing.decision.kind}`];
  if (compiled && decisionTranslation(standing) !== decisionTranslation(compiled))
    return [`the firewall does not do this yet: it allows the packet ${decisionTranslation(standing)}`];
  return [];
}

const decisionTranslation = ({ decision }: Decided): string =>
  decision.kind === 'allow' ? tellTranslation(decision.rule.translation) || "with the administrator's NAT" : '';

/** What the policies do not say and whoever asks should know. */
function packetNotes(view: ClusterView, packet: Packet, policies: Explanation, podCidrs: readonly string[]): string[] {
  const notes: string[] = [];
  const masks = masqueradedBy(view, packet);
  if (masks)
    notes.push(
      `the source is in IP pool ${masks}, which masquerades: the border sees the address of the node instead. Set natOutgoing: false on it`,
    );
  const end = packet.direction === 'egress' ? 'source' : 'destination';
  const address = formatAddress(packet.family, packet[end]);
  const undecided = policies.verdict !== 'allow' && (!policies.decidedBy || 'tier' in policies.decidedBy);
  const ours = containing(podCidrs, packet.family, packet[end]).length > 0;
  if (undecided && ours && view.sets.size > 0 && ![...view.sets.values()].some((set) => selects(set, packet.family, address)))
    notes.push(
      `no selector of the border policies selects ${address} at present: is it the address of a running pod, and has the pod the labels that the policies ask for?`,
    );
  return notes;
}

function broughtBy(warm: WarmFirewall, rule: string): { readonly plan?: string; readonly at?: string; readonly approvedBy?: string } {
  return warm.applied?.brought.get(rule) ?? {};
}

function selects({ kind, members }: FelixSet, family: Family, address: string): boolean {
  if (kind === 'addresses') return members.has(`${address}/${BITS[family]}`);
  for (const member of members) if (member.startsWith(`${address},`)) return true;
  return false;
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
  // The longest prefix is its pool.
  const [longest] = containing(
    [...view.pools.values()].map(({ cidr }) => cidr),
    packet.family,
    packet.source,
  );
  const own = [...view.pools.values()].find(({ cidr }) => cidr === longest);
  return own?.masquerade ? own.cidr : undefined;
}

/** Those that hold the address, the longest first. */
function containing(cidrs: readonly string[], family: Family, address: bigint): string[] {
  const ranges = cidrs.map((cidr) => ({ cidr, range: parsePrefix(cidr) }));
  return ranges
    .filter(({ range }) => range?.family === family && range.first <= address && address <= range.last)
    .sort((a, b) => (b.range?.length ?? 0) - (a.range?.length ?? 0))
    .map(({ cidr }) => cidr);
}
