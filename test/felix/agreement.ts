/** What we make of a recording, held against what Felix's own dataplane did with real packets: verdicts, and translations where there is a second judge. */
import { basename, dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '../../functions/cluster/view.ts';
import type { Condition } from '../../functions/errors.ts';
import { type AddressRange, parseAddress } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import { type Explanation, evaluatePolicies } from '../../functions/policy/evaluate.ts';
import { DerivedMembers, setFinder } from '../../functions/policy/members.ts';
import type { Compilation, CompileCluster, CompileInput } from '../../functions/policy/types.ts';
import type { Book } from '../../functions/rulebook/algebra.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import { evaluatorOf, passageOf } from '../../functions/rulebook/evaluate.ts';
import type { Translation } from '../../functions/rulebook/types.ts';
import { listVersions, readRecording, type Verdict } from './recording.ts';
import { HOST_ENDPOINT, packetOf, recordedView, wideEvaluation, wideInput } from './verdict-world.ts';

export type Judge = 'evaluator' | 'rulebook' | 'firewall';

/** What a firewall did with a packet; `source`: the address it had on the other side. */
export interface Judgement {
  readonly verdict: 'allow' | 'deny';
  readonly source?: bigint;
}

/** A real firewall: test/linux-firewall/judge.ts is one. Started once for all books. */
export interface FirewallJudge {
  /** where it cannot say everything: what is refused or narrowed for it is told, and its packets are not judged */
  readonly capabilities?: Capabilities;
  load(book: Book, border?: string): Promise<void>;
  send(packets: readonly Packet[]): Promise<readonly Judgement[]>;
  close(): Promise<void>;
}

export interface Difference {
  readonly version: string;
  readonly row: Verdict;
  readonly ours: 'allow' | 'deny';
  readonly explanation: Explanation;
  readonly conditions: readonly Condition[];
}

/** The evaluator's translation and what became of the source address. */
export interface OtherTranslation {
  readonly version: string;
  readonly row: Verdict;
  readonly wanted: Translation;
  readonly source: bigint;
}

export interface Agreement {
  readonly folder: string;
  /** streams (Felix versions) of the folder */
  readonly versions: number;
  /** rows of verdicts.csv over all versions; 0: the recording has none */
  readonly verdicts: number;
  readonly agree: number;
  readonly differences: readonly Difference[];
  /** by firewall: connections that came out, egress, with the source that the evaluator gives them; of them with another one than their own */
  readonly alike: number;
  readonly translated: number;
  readonly otherTranslations: readonly OtherTranslation[];
  /** steps of verdicts.csv that no stream has a mark for */
  readonly unknownSteps: readonly string[];
  /** policies judged without their annotations, and why */
  readonly withoutAnnotations: ReadonlyMap<string, string>;
  /** packets that the firewall's rulebook means to treat otherwise, for it cannot say what the policy says; and each reason, "policy: reason" */
  readonly unsayable: number;
  /** of those that agree: connections whose source address it means to leave otherwise */
  readonly unsayableSources: number;
  readonly reasons: ReadonlySet<string>;
}

/** Every version of one recording folder, every step that has verdicts. `firewall` is needed for `by: firewall`. */
export async function judgeFolder(folder: string, by: Judge, firewall?: FirewallJudge): Promise<Agreement> {
  const home = resolve(folder);
  let [agree, verdicts, alike, translated, unsayable, unsayableSources] = [0, 0, 0, 0, 0, 0];
  const reasons = new Set<string>();
  const differences: Difference[] = [];
  const otherTranslations: OtherTranslation[] = [];
  const unknownSteps = new Set<string>();
  const plain = new Map<string, string>();
  const versions = listVersions(basename(home), dirname(home));
  for (const version of versions) {
    const recording = readRecording(basename(home), version, dirname(home));
    for (const [step, rows] of Map.groupBy(recording.verdicts(), (row) => row.step)) {
      verdicts += rows.length;
      const mark = recording.marks.findLast((one) => one.step === step);
      if (!mark) {
        unknownSteps.add(step);
        continue;
      }
      const packets = rows.map(packetOf);
      let input = wideInput(recordedView(recording, mark));
      let compilation: Compilation | undefined;
      if (by !== 'evaluator') ({ input, compilation } = compileAsFelix(input, (policy, why) => plain.set(policy, why)));
      const evaluation = wideEvaluation(input);
      let ours: readonly Judgement[];
      /** what this firewall is told to do with a packet, where that is not what the policies say */
      let told: readonly (Meant | undefined)[] = [];
      if (!compilation) ours = packets.map((packet) => ({ verdict: passes(evaluatePolicies(evaluation, packet).verdict) }));
      else {
        const members = new DerivedMembers(setFinder(input.clusters));
        members.use(compilation.rulebook);
        let book: Book = { rulebook: compilation.rulebook, members };
        if (by === 'firewall' && firewall?.capabilities) {
          const whole = byRulebook(book, packets);
          const narrow = new Compiler().compile({ ...input, capabilities: firewall.capabilities });
          const derived = new DerivedMembers(setFinder(input.clusters));
          derived.use(narrow.rulebook);
          book = { rulebook: narrow.rulebook, members: derived };
          for (const { code, subject, message } of narrow.conditions)
            if (!compilation.conditions.some((known) => known.code === code && known.message === message))
              reasons.add(`${[subject.policy, subject.rule].filter(Boolean).join(', ')}: ${message}`);
          told = byRulebook(book, packets).map((one, at) => (isDeepStrictEqual(one, whole[at]) ? undefined : one));
        }
        if (by === 'firewall') {
          if (!firewall) throw new Error('by firewall needs a firewall');
          await firewall.load(book, HOST_ENDPOINT);
          ours = await firewall.send(packets);
        } else ours = byRulebook(book, packets);
      }
      rows.forEach((row, at) => {
        const packet = packets[at] as Packet;
        const { verdict, source } = ours[at] as Judgement;
        if (verdict !== row.verdict && verdict === told[at]?.verdict) {
          unsayable++;
          return;
        }
        if (verdict !== row.verdict) {
          differences.push({
            version,
            row,
            ours: verdict,
            explanation: evaluatePolicies(evaluation, packet),
            conditions: compilation?.conditions.filter(({ severity }) => severity === 'error') ?? [],
          });
          return;
        }
        agree++;
        if (verdict === 'deny' || source === undefined || packet.direction === 'ingress') return;
        if (!opensConnection(packet)) return;
        const wanted = evaluatePolicies(evaluation, packet).translation;
        const meant = told[at]?.translation;
        if (meant && !isAsWanted(wanted, packet, source) && isAsWanted(meant, packet, source)) unsayableSources++;
        else if (!isAsWanted(wanted, packet, source)) otherTranslations.push({ version, row, wanted, source });
        else {
          alike++;
          if (source !== packet.source) translated++;
        }
      });
    }
  }
  return {
    folder: basename(home),
    versions: versions.length,
    verdicts,
    agree,
    differences,
    alike,
    translated,
    otherTranslations,
    unknownSteps: [...unknownSteps],
    withoutAnnotations: plain,
    unsayable,
    unsayableSources,
    reasons,
  };
}

/** ICMP messages that are no request belong to a connection or to none; translation is of connections, so alone they keep their address. */
export const opensConnection = ({ protocol, icmpType }: Packet): boolean =>
  icmpType === undefined || (protocol === 1 ? [8, 13, 15, 17] : [128, 139]).includes(icmpType);

/** Nobody else translates on the firewall of the tests, so what is left to the administrator keeps its address. */
export function isAsWanted(wanted: Translation, { family, source: own }: Packet, source: bigint): boolean {
  const inside = (range: AddressRange) => range.family === family && range.first <= source && source <= range.last;
  switch (wanted.kind) {
    case 'absent':
    case 'none':
      return source === own;
    case 'address':
      return source === parseAddress(wanted.address)?.value;
    case 'range':
      return inside(wanted.range);
    case 'pool':
      return wanted.ranges.some(inside);
  }
}

/**
 * Felix's dataplane knows no annotations: a policy that is refused for nothing but its annotations is compiled without them, and told to
 * `onPlain` with the reason.
 */
export function compileAsFelix(
  input: CompileInput,
  onPlain: (policy: string, why: string) => void,
): { readonly input: CompileInput; readonly compilation: Compilation } {
  const compilation = new Compiler().compile(input);
  const reasons = new Map<string, Condition[]>();
  for (const condition of compilation.conditions)
    if (condition.severity === 'error' && condition.subject.policy !== undefined)
      reasons.set(condition.subject.policy, [...(reasons.get(condition.subject.policy) ?? []), condition]);
  const refused = [...reasons].filter(([, conditions]) => conditions.every(({ code }) => /^CEXT_POLICY_(ANNOTATION|SNAT_)/.test(code)));
  if (refused.length === 0) return { input, compilation };
  for (const [policy, [first]] of refused) onPlain(policy, first?.message ?? '');
  const names = new Set(refused.map(([policy]) => policy));
  const bare = (rules: Policy['inbound']): Policy['inbound'] => rules.map((rule) => ({ ...rule, metadata: null }));
  const clusters = input.clusters.map((cluster): CompileCluster => {
    const policies = new Map(
      [...cluster.view.policies].map(([key, policy]) => [
        key,
        names.has(`${policy.kind} ${policy.namespace === '' ? '' : `${policy.namespace}/`}${policy.name}`)
          ? { ...policy, inbound: bare(policy.inbound), outbound: bare(policy.outbound) }
          : policy,
      ]),
    );
    const { sets, hostEndpoints, pools, hosts, namespaces, services, clusterGuid, calicoVersion, position } = cluster.view;
    const own = { cluster: cluster.view.cluster, clusterGuid, calicoVersion, position, digest: '' };
    return { ...cluster, view: { ...own, policies, sets, hostEndpoints, pools, hosts, namespaces, services } };
  });
  const plain = { ...input, clusters };
  return { input: plain, compilation: new Compiler().compile(plain) };
}

/** Unmatched packets pass: Felix allows what no tier decides. */
const passes = (verdict: 'allow' | 'deny' | 'unmatched'): 'allow' | 'deny' => (verdict === 'deny' ? 'deny' : 'allow');

interface Meant {
  readonly verdict: 'allow' | 'deny';
  readonly translation: Translation;
}

function byRulebook(book: Book, packets: readonly Packet[]): readonly Meant[] {
  const decide = passageOf(evaluatorOf(book));
  return packets.map((packet) => {
    const { decision } = decide(HOST_ENDPOINT, packet);
    return { verdict: passes(decision.kind), translation: decision.kind === 'allow' ? decision.rule.translation : { kind: 'absent' } };
  });
}
