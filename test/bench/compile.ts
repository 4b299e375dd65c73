/**
 * The compiler by itself: 2,000 policies with 10,000 rules over 250,000 members; and how many rules a rule of Felix becomes on every recording.
 * Runs alone: `node test/bench/compile.ts`.
 */

import type { ClusterView, FelixSet, Policy } from '../../functions/cluster/view.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import { DerivedMembers, setFinder } from '../../functions/policy/members.ts';
import type { CompileInput } from '../../functions/policy/types.ts';
import { felix } from '../../proto/generated/felix.js';
import { MemberSet } from '../../proto/members.ts';
import { listRecordings } from '../felix/recording.ts';
import { recordedView, wideInput } from '../felix/verdict-world.ts';

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: string;
}

const median = (values: readonly number[]): number => quantile(values, 0.5);
const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;

interface World {
  readonly input: CompileInput;
  readonly policies: Map<string, Policy>;
  readonly sets: Map<string, FelixSet>;
  readonly keys: readonly string[];
}

const POLICIES = 2_000;
const RULES = 5;
const SETS = 4_000;
const MEMBERS = 250_000;

/** A member lies in two sets: of its application and of its namespace. */
function bigWorld(): World {
  const sets = new Map<string, FelixSet>();
  for (let at = 0; at < SETS; at++) sets.set(`s:${at}`, { id: `s:${at}`, kind: 'addresses', members: new MemberSet() });
  for (let at = 0; at < MEMBERS; at++) {
    const host = (10 << 24) + at + 1;
    sets.get(`s:${at % (SETS / 2)}`)?.members.addHost4(host >>> 0);
    sets.get(`s:${SETS / 2 + ((at * 7) % (SETS / 2))}`)?.members.addHost4(host >>> 0);
  }
  const policies = new Map<string, Policy>();
  const keys = Array.from({ length: POLICIES }, (_, at) => `GlobalNetworkPolicy//border.p${at}`);
  keys.forEach((key, at) => {
    policies.set(key, policyOf(key, at, 0));
  });
  const tier = { name: 'border', ingress: [], egress: keys, defaultAction: 'Deny' } as const;
  const view: ClusterView = {
    cluster: 'recorded',
    clusterGuid: '',
    calicoVersion: '',
    position: 1,
    digest: '',
    hostEndpoints: new Map([
      ['edge', { name: 'edge', interfaceName: 'outside', forwardTiers: [tier], preDnatTiers: [], untrackedTiers: [] }],
    ]),
    policies,
    sets,
    pools: new Map([['pods', { cidr: '10.0.0.0/8', masquerade: false }]]),
    hosts: new Map(),
    namespaces: new Map(),
    services: new Map(),
  };
  return { input: wideInput(view, { podCidrs: ['10.0.0.0/8', 'fd00::/64'] }), policies, sets, keys };
}

function policyOf(key: string, at: number, edition: number): Policy {
  const rules = Array.from({ length: RULES }, (_, index) =>
    felix.Rule.create({
      action: index === RULES - 1 && at % 2 === 0 ? 'deny' : 'allow',
      protocol: { name: 'tcp' },
      srcIpSetIds: [`s:${(at * RULES + index) % SETS}`],
      dstNet: [`203.${at % 250}.${index}.0/24`],
      dstPorts: [{ first: 443 + edition, last: 443 + edition }],
      metadata: at % 10 === 0 && index === 0 ? { annotations: { 'cextfire.io/snat': '198.51.100.7' } } : null,
    }),
  );
  return {
    key,
    kind: 'GlobalNetworkPolicy',
    namespace: '',
    name: key.slice('GlobalNetworkPolicy//'.length),
    tier: 'border',
    staged: false,
    preDnat: false,
    untracked: false,
    inbound: [],
    outbound: rules,
    selector: '',
  };
}

function timed<T>(work: () => T): [number, T] {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

export function benchCompile(): readonly BenchRow[] {
  const { input, policies, sets, keys } = bigWorld();
  globalThis.gc?.();
  const before = process.memoryUsage();
  const compiler = new Compiler();
  const [cold, compilation] = timed(() => compiler.compile(input));
  const members = new DerivedMembers(setFinder(input.clusters));
  const [fill] = timed(() => members.use(compilation.rulebook));
  const [digests] = timed(() => {
    for (const set of compilation.rulebook.sets.keys()) members.digest(set);
  });
  globalThis.gc?.();
  const after = process.memoryUsage();
  const memory = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  const edits: number[] = [];
  for (let round = 0; round < 25; round++) {
    const at = (round * 79) % POLICIES;
    const key = keys[at] as string;
    policies.set(key, policyOf(key, at, round + 1));
    edits.push(timed(() => members.use(compiler.compile(input).rulebook))[0]);
  }
  const unchanged = timed(() => compiler.compile(input))[0];
  const changes: number[] = [];
  for (let round = 0; round < 2_000; round++) {
    const set = `s:${(round * 13) % SETS}`;
    const member = `10.200.${round & 255}.${(round >> 8) + 1}/32`;
    sets.get(set)?.members.add(member);
    const change = { members: new Map([[set, { added: new Set([member]), removed: new Set<string>() }]]), replaced: new Set<string>() };
    changes.push(timed(() => members.apply('recorded', change))[0] * 1_000);
  }
  return [
    { name: `compile cold, ${POLICIES} policies, ${POLICIES * RULES} rules, ${MEMBERS} members`, value: cold, unit: 'ms', aim: '< 2000' },
    { name: 'rules of that rulebook', value: compilation.rulebook.rules.length, unit: 'rules' },
    { name: 'derived sets filled', value: fill, unit: 'ms' },
    { name: 'digests of all sets, first time', value: digests, unit: 'ms' },
    { name: 'compiler, rulebook and members in memory', value: memory / 2 ** 20, unit: 'MiB', aim: '< 300' },
    { name: 'one policy changed: compile and members, median', value: median(edits), unit: 'ms', aim: '10' },
    { name: 'one policy changed: compile and members, worst', value: Math.max(...edits), unit: 'ms', aim: '< 50' },
    { name: 'nothing changed', value: unchanged, unit: 'ms' },
    { name: 'one membership change, median', value: median(changes), unit: 'us', aim: '50' },
    { name: 'one membership change, p99', value: quantile(changes, 0.99), unit: 'us' },
    ...growth(),
  ];
}

/** Rules of the rulebook for each rule of Felix, over every step of every recording. */
function growth(): readonly BenchRow[] {
  const ratios: number[] = [];
  let worst = '';
  let most = 0;
  for (const recording of listRecordings()) {
    if (recording.scenario === '13-huge') continue;
    for (const mark of recording.marks) {
      const view = recordedView(recording, mark);
      const { rulebook } = new Compiler().compile(wideInput(view));
      const listed = new Set(
        [...(view.hostEndpoints.get('edge')?.forwardTiers ?? []), ...(view.hostEndpoints.get('edge')?.preDnatTiers ?? [])].flatMap(
          (tier) => [...tier.egress.map((key) => `e${key}`), ...tier.ingress.map((key) => `i${key}`)],
        ),
      );
      let felixRules = 0;
      for (const entry of listed) {
        const policy = view.policies.get(entry.slice(1));
        if (policy && !policy.staged) felixRules += (entry.startsWith('e') ? policy.outbound : policy.inbound).length;
      }
      if (felixRules === 0) continue;
      const ratio = rulebook.rules.filter((rule) => rule.origin.policy !== undefined).length / felixRules;
      ratios.push(ratio);
      if (ratio > most) {
        most = ratio;
        worst = `${recording.scenario} ${recording.version} "${mark.step}"`;
      }
    }
  }
  return [
    { name: `rules per Felix rule, ${ratios.length} books, median`, value: median(ratios), unit: 'ratio', aim: '<= 1.2' },
    { name: 'rules per Felix rule, p90', value: quantile(ratios, 0.9), unit: 'ratio', aim: '<= 2' },
    { name: `rules per Felix rule, worst: ${worst}`, value: most, unit: 'ratio' },
  ];
}

if (import.meta.main)
  for (const { name, value, unit, aim } of benchCompile())
    console.log(`${name.padEnd(90)} ${value.toFixed(2).padStart(10)} ${unit}${aim ? `  (aim ${aim})` : ''}`);
