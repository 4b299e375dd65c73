/**
 * `npm run verdicts -- FOLDER... [--by evaluator|rulebook|firewall] [--firewall linux]`
 *
 * Holds what we make of recorded policies against what Felix's own dataplane did with real packets: `N agree, M differ` for each folder (all
 * that are in the repo when none is named), then the first differences with their explanation. Exits 1 when any differ.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Policy } from '../../functions/cluster/view.ts';
import type { Condition } from '../../functions/errors.ts';
import { formatAddress } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import { type Explanation, evaluatePolicies } from '../../functions/policy/evaluate.ts';
import { DerivedMembers, setFinder } from '../../functions/policy/members.ts';
import type { Compilation, CompileCluster, CompileInput } from '../../functions/policy/types.ts';
import type { Book } from '../../functions/rulebook/algebra.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import { listScenarios, listVersions, RECORDINGS, readRecording, type Verdict } from './recording.ts';
import { EVERYTHING, HOST_ENDPOINT, POD_CIDRS, packetOf, recordedView, wideEvaluation, wideInput } from './verdict-world.ts';

export type Judge = 'evaluator' | 'rulebook' | 'firewall';
/** A real firewall: test/linux-firewall/judge.ts is one. Started once for all books. */
export interface FirewallJudge {
  load(book: Book, border?: string): Promise<void>;
  send(packets: readonly Packet[]): Promise<readonly { readonly verdict: 'allow' | 'deny' }[]>;
  close(): Promise<void>;
}

export interface Difference {
  readonly version: string;
  readonly row: Verdict;
  readonly ours: 'allow' | 'deny';
  readonly explanation: Explanation;
  readonly conditions: readonly Condition[];
}

export interface Agreement {
  readonly folder: string;
  readonly agree: number;
  readonly differences: readonly Difference[];
  /** steps of verdicts.csv that no stream has a mark for */
  readonly unknownSteps: readonly string[];
  /** policies judged without their annotations, and why */
  readonly withoutAnnotations: ReadonlyMap<string, string>;
}

/** Every version of one recording folder, every step that has verdicts. `firewall` is needed for `by: firewall`. */
export async function judgeFolder(folder: string, by: Judge, firewall?: FirewallJudge): Promise<Agreement> {
  const home = resolve(folder);
  let agree = 0;
  const differences: Difference[] = [];
  const unknownSteps = new Set<string>();
  const plain = new Map<string, string>();
  for (const version of listVersions(basename(home), dirname(home))) {
    const recording = readRecording(basename(home), version, dirname(home));
    for (const [step, rows] of Map.groupBy(recording.verdicts(), (row) => row.step)) {
      const mark = recording.marks.findLast((one) => one.step === step);
      if (!mark) {
        unknownSteps.add(step);
        continue;
      }
      const input = wideInput(recordedView(recording, mark));
      const packets = rows.map(packetOf);
      const compilation = by === 'evaluator' ? undefined : compileAsFelix(input, (policy, why) => plain.set(policy, why));
      const evaluation = wideEvaluation(input);
      let ours: readonly ('allow' | 'deny')[];
      if (!compilation) ours = packets.map((packet) => (evaluatePolicies(evaluation, packet).verdict === 'deny' ? 'deny' : 'allow'));
      else {
        const members = new DerivedMembers(setFinder(input.clusters));
        members.use(compilation.rulebook);
        const book: Book = { rulebook: compilation.rulebook, members };
        if (by === 'firewall') {
          if (!firewall) throw new Error('by firewall needs a firewall');
          await firewall.load(book, HOST_ENDPOINT);
          ours = (await firewall.send(packets)).map(({ verdict }) => verdict);
        } else ours = byRulebook(book, packets);
      }
      rows.forEach((row, at) => {
        if (ours[at] === row.verdict) agree++;
        else
          differences.push({
            version,
            row,
            ours: ours[at] as 'allow' | 'deny',
            explanation: evaluatePolicies(evaluation, packets[at] as Packet),
            conditions: compilation?.conditions.filter(({ severity }) => severity === 'error') ?? [],
          });
      });
    }
  }
  return { folder: basename(home), agree, differences, unknownSteps: [...unknownSteps], withoutAnnotations: plain };
}

/**
 * Felix's dataplane knows no annotations: a policy that is refused for nothing but its annotations is compiled without them, and told to
 * `onPlain` with the reason.
 */
export function compileAsFelix(input: CompileInput, onPlain: (policy: string, why: string) => void): Compilation {
  const compilation = new Compiler().compile(input);
  const reasons = new Map<string, Condition[]>();
  for (const condition of compilation.conditions)
    if (condition.severity === 'error' && condition.subject.policy !== undefined)
      reasons.set(condition.subject.policy, [...(reasons.get(condition.subject.policy) ?? []), condition]);
  const refused = [...reasons].filter(([, conditions]) => conditions.every(({ code }) => /^CEXT_POLICY_(ANNOTATION|SNAT_)/.test(code)));
  if (refused.length === 0) return compilation;
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
    const {
      cluster: name,
      sets,
      hostEndpoints,
      pools,
      hosts,
      namespaces,
      services,
      clusterGuid,
      calicoVersion,
      position,
      digest,
    } = cluster.view;
    return {
      ...cluster,
      view: {
        cluster: name,
        policies,
        sets,
        hostEndpoints,
        pools,
        hosts,
        namespaces,
        services,
        clusterGuid,
        calicoVersion,
        position,
        digest,
      },
    };
  });
  return new Compiler().compile({ ...input, clusters });
}

/** Unmatched packets pass: Felix allows what no tier decides. */
function byRulebook(book: Book, packets: readonly Packet[]): readonly ('allow' | 'deny')[] {
  const evaluate = evaluatorOf(book);
  return packets.map((packet) =>
    evaluate(HOST_ENDPOINT, 'preDnat', packet).kind === 'deny' || evaluate(HOST_ENDPOINT, 'forward', packet).kind === 'deny'
      ? 'deny'
      : 'allow',
  );
}

/** The whole way to a verdict, a line for each tier, policy and rule. */
export function explain({ way, verdict, outOfScope }: Explanation): string {
  const lines = way.flatMap((tier) => [
    `tier ${tier.tier} (${tier.stage}): ${tier.outcome}`,
    ...tier.policies.flatMap((policy) => [
      `  ${policy.policy}: ${policy.outcome}`,
      ...policy.rules.map(
        ({ direction, index, action, matched, why }) =>
          `    ${direction} rule ${index + 1} ${action}: ${matched ? 'MATCHES, ' : 'no, '}${why}`,
      ),
    ]),
  ]);
  return [...(outOfScope === undefined ? [] : [`not asked: ${outOfScope}`]), ...lines, `evaluator: ${verdict}`].join('\n');
}

function describe({ version, row, ours, explanation, conditions }: Difference): string {
  const { family, source, destination } = packetOf(row);
  const detail = [row.sport && `${row.sport}->${row.dport}`, row.type && `type ${row.type} code ${row.code}`].filter(Boolean).join(' ');
  return [
    `${version}, step "${row.step}": ${row.dir} ${formatAddress(family, source)} -> ${formatAddress(family, destination)} ${row.proto} ${detail}`,
    `Felix: ${row.verdict}, ours: ${ours}`,
    explain(explanation),
    ...conditions.map(({ code, subject, message }) => `condition ${code} ${subject.policy ?? ''} ${subject.rule ?? ''}: ${message}`),
  ].join('\n');
}

async function firewallJudge(vendor: string): Promise<FirewallJudge> {
  const file = join(import.meta.dirname, '..', `${vendor}-firewall`, 'judge.ts');
  if (!existsSync(file)) throw new Error(`there is no firewall "${vendor}" to ask (${file} is missing)`);
  const { Judge } = (await import(pathToFileURL(file).href)) as {
    readonly Judge: { start(options: { readonly podCidrs: readonly string[]; readonly vips: readonly string[] }): Promise<FirewallJudge> };
  };
  return Judge.start({ podCidrs: POD_CIDRS, vips: EVERYTHING });
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      by: { type: 'string', default: 'rulebook' },
      firewall: { type: 'string', default: 'linux' },
      show: { type: 'string', default: '3' },
    },
  });
  const { by } = values;
  if (by !== 'evaluator' && by !== 'rulebook' && by !== 'firewall')
    throw new Error(`--by ${by}: it must be evaluator, rulebook or firewall`);
  const folders = positionals.length > 0 ? positionals : listScenarios().map((scenario) => join(RECORDINGS, scenario));
  const firewall = by === 'firewall' ? await firewallJudge(values.firewall) : undefined;
  let agree = 0;
  let differ = 0;
  await using stack = new AsyncDisposableStack();
  if (firewall) stack.defer(() => firewall.close());
  for (const folder of folders) {
    const agreement = await judgeFolder(folder, by, firewall);
    agree += agreement.agree;
    differ += agreement.differences.length + agreement.unknownSteps.length;
    console.log(`${agreement.folder}: ${agreement.agree} agree, ${agreement.differences.length} differ`);
    for (const [policy, why] of agreement.withoutAnnotations) console.log(`  ${policy} is judged without its annotations: ${why}`);
    for (const step of agreement.unknownSteps) console.log(`  no stream has a mark for step "${step}"`);
    for (const difference of agreement.differences.slice(0, Number(values.show))) console.log(describe(difference).replace(/^/gm, '  '));
  }
  if (folders.length > 1) console.log(`all by ${by}: ${agree} agree, ${differ} differ`);
  return differ > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
