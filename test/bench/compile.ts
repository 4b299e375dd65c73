/**
 * The compiler by itself: 2,000 policies with 10,000 rules over 250,000 members; and how many rules a rule of Felix becomes on every recording.
 * Runs alone: `node test/bench/compile.ts`.
 */

import type { ClusterView, FelixSet, Policy } from '../../functions/cluster/view.ts';
import { panosCapabilities } from '../../functions/firewalls/panos/capabilities.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import { evaluatePolicies } from '../../functions/policy/evaluate.ts';
import { DerivedMembers, setFinder } from '../../functions/policy/members.ts';
import type { CompileInput } from '../../functions/policy/types.ts';
import { lower } from '../../functions/rulebook/lower.ts';
import type { Rulebook } from '../../functions/rulebook/types.ts';
import { felix } from '../../proto/generated/felix.js';
import { MemberSet } from '../../proto/members.ts';
import { listRecordings } from '../felix/recording.ts';
import { packetOf, recordedView, wideEvaluation, wideInput } from '../felix/verdict-world.ts';

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
  /** As the view of a log: its digest follows what it holds. */
  readonly touch: () => void;
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
    sets.get(`s:${at % (SETS / 2)}`)?.members.add(host >>> 0);
    sets.get(`s:${SETS / 2 + ((at * 7) % (SETS / 2))}`)?.members.add(host >>> 0);
  }
  const policies = new Map<string, Policy>();
  const keys = Array.from({ length: POLICIES }, (_, at) => `GlobalNetworkPolicy//border.p${at}`);
  keys.forEach((key, at) => {
    policies.set(key, policyOf(key, at, 0));
  });
  const tier = { name: 'border', ingress: [], egress: keys, defaultAction: 'Deny' } as const;
  let version = 0;
  const view: ClusterView = {
    cluster: 'recorded',
    clusterGuid: '',
    calicoVersion: '',
    position: 1,
    get digest() {
      return `version ${version}`;
    },
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
  return { input: wideInput(view, { podCidrs: ['10.0.0.0/8', 'fd00::/64'] }), touch: () => version++, policies, sets, keys };
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

/** Milliseconds of processor time of this thread: what others do on the machine does not count. */
function timed<T>(work: () => T): [number, T] {
  const start = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(start);
  return [(user + system) / 1_000, result];
}

/** Too short for the processor's clock. */
function clocked(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

export function benchCompile(): readonly BenchRow[] {
  const { input, touch, policies, sets, keys } = bigWorld();
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
    touch();
    edits.push(timed(() => members.use(compiler.compile(input).rulebook))[0]);
  }
  const unchanged = timed(() => compiler.compile(input))[0];
  touch();
  const looked = timed(() => compiler.compile(input))[0];
  const changes: number[] = [];
  for (let round = 0; round < 2_000; round++) {
    const set = `s:${(round * 13) % SETS}`;
    const member = `10.200.${round & 255}.${(round >> 8) + 1}/32`;
    sets.get(set)?.members.add(member);
    const change = { members: new Map([[set, { added: new Set([member]), removed: new Set<string>() }]]), replaced: new Set<string>() };
    changes.push(clocked(() => members.apply('recorded', change)) * 1_000);
  }
  return [
    {
      name: `compile cold, ${POLICIES} policies, ${POLICIES * RULES} rules, ${MEMBERS} members`,
      value: cold,
      unit: 'cpu ms',
      aim: '< 2000',
    },
    { name: 'rules of that rulebook', value: compilation.rulebook.rules.length, unit: 'rules' },
    { name: 'derived sets filled', value: fill, unit: 'cpu ms' },
    { name: 'digests of all sets, first time', value: digests, unit: 'cpu ms' },
    { name: 'compiler, rulebook and members in memory', value: memory / 2 ** 20, unit: 'MiB', aim: '< 300' },
    { name: 'one policy changed: compile and members, median', value: median(edits), unit: 'cpu ms', aim: '10' },
    { name: 'one policy changed: compile and members, worst', value: Math.max(...edits), unit: 'cpu ms', aim: '< 50' },
    { name: 'nothing changed', value: unchanged, unit: 'cpu ms' },
    { name: 'structure looked through, no policy changed', value: looked, unit: 'cpu ms' },
    { name: 'one membership change, median', value: median(changes), unit: 'us', aim: '50' },
    { name: 'one membership change, p99', value: quantile(changes, 0.99), unit: 'us' },
    ...growth(),
    ...evaluatorSpeed(),
  ];
}

interface Growth {
  readonly where: string;
  /** all of these for each rule of Felix */
  readonly ratios: Readonly<Record<string, number>>;
  readonly ends: number;
}

/**
 * What the rules of Felix become, over every step of every recording: rules of the rulebook without the drops at the ends of tiers (which are counted
 * apart), and what a device needs that has a table for each family, or a set for each family and kind.
 */
function growth(): readonly BenchRow[] {
  const books: Growth[] = [];
  for (const recording of listRecordings()) {
    if (recording.scenario === '13-huge') continue;
    for (const mark of recording.marks) {
      const view = recordedView(recording, mark);
      const felixRules = enforcedRules(view);
      if (felixRules === 0) continue;
      const input = wideInput(view);
      const { rulebook } = new Compiler().compile(input);
      const members = new DerivedMembers(setFinder(input.clusters));
      members.use(rulebook);
      const own = rulebook.rules.filter((rule) => rule.origin.policy !== undefined);
      const ratio = (count: number) => count / felixRules;
      const inFamily = (family: 4 | 6) => ratio(own.filter((rule) => rule.families.includes(family)).length);
      const lowered = lower(rulebook, panosCapabilities, { maxRulesPerRule: 1_000, members }).rulebook.rules;
      books.push({
        where: `${recording.scenario} ${recording.version} "${mark.step}"`,
        ends: rulebook.rules.length - own.length,
        ratios: {
          'rules of the rulebook': ratio(own.length),
          'rules for IPv4': inFamily(4),
          'rules for IPv6': inFamily(6),
          'rules on a Palo Alto': ratio(lowered.filter((rule) => rule.origin.policy !== undefined).length),
          ...setNeeds(rulebook, members, ratio),
        },
      });
    }
  }
  const rows: BenchRow[] = [];
  for (const what of Object.keys(books[0]?.ratios ?? {})) {
    const ratios = books.map((book) => book.ratios[what] as number);
    const worst = books.reduce((most, book) => ((book.ratios[what] as number) > (most.ratios[what] as number) ? book : most));
    const isBook = what === 'rules of the rulebook';
    const name = `${what} per Felix rule`;
    rows.push({
      name: `${name}, ${books.length} books, median`,
      value: median(ratios),
      unit: 'ratio',
      ...(isBook ? { aim: '<= 1.2' } : {}),
    });
    rows.push({ name: `${name}, p90`, value: quantile(ratios, 0.9), unit: 'ratio', ...(isBook ? { aim: '<= 2' } : {}) });
    rows.push({ name: `${name}, worst: ${worst.where}`, value: worst.ratios[what] as number, unit: 'ratio' });
  }
  const ends = books.map((book) => book.ends);
  rows.push({ name: 'drops at the ends of tiers beside them, median of a book', value: median(ends), unit: 'rules' });
  rows.push({ name: 'drops at the ends of tiers beside them, most in a book', value: Math.max(...ends), unit: 'rules' });
  return rows;
}

function enforcedRules(view: ClusterView): number {
  const endpoint = view.hostEndpoints.get('edge');
  const listed = new Set(
    [...(endpoint?.forwardTiers ?? []), ...(endpoint?.preDnatTiers ?? [])].flatMap((tier) => [
      ...tier.egress.map((key) => `e${key}`),
      ...tier.ingress.map((key) => `i${key}`),
    ]),
  );
  let count = 0;
  for (const entry of listed) {
    const policy = view.policies.get(entry.slice(1));
    if (policy && !policy.staged) count += (entry.startsWith('e') ? policy.outbound : policy.inbound).length;
  }
  return count;
}

/** Sets with a member of a family, for each kind. */
function setNeeds({ sets }: Rulebook, members: DerivedMembers, ratio: (count: number) => number): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {
    'address sets IPv4': 0,
    'address sets IPv6': 0,
    'endpoint sets IPv4': 0,
    'endpoint sets IPv6': 0,
  };
  for (const { id, kind } of sets.values()) {
    const families = new Set<string>();
    for (const member of members.members(id)) families.add(member.split(',', 1)[0]?.includes(':') ? 'IPv6' : 'IPv4');
    for (const family of families) {
      const name = `${kind === 'addresses' ? 'address' : 'endpoint'} sets ${family}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, ratio(count)]));
}

/** Packets of the recordings that the reference evaluator judges in a second. */
function evaluatorSpeed(): readonly BenchRow[] {
  let packets = 0;
  let spent = 0;
  for (const recording of listRecordings().filter(({ scenario }) => /^random-\d$/.test(scenario)))
    for (const [step, rows] of Map.groupBy(recording.verdicts(), (row) => row.step)) {
      const mark = recording.marks.findLast((one) => one.step === step);
      if (!mark) continue;
      const input = wideEvaluation(wideInput(recordedView(recording, mark)));
      const drawn = rows.map(packetOf);
      const [ms] = timed(() => {
        for (const packet of drawn) evaluatePolicies(input, packet);
      });
      packets += drawn.length;
      spent += ms;
    }
  return [{ name: `packets judged by the reference evaluator (${packets})`, value: packets / (spent / 1_000), unit: 'packets/s' }];
}

if (import.meta.main)
  for (const { name, value, unit, aim } of benchCompile())
    console.log(`${name.padEnd(90)} ${value.toFixed(2).padStart(10)} ${unit}${aim ? `  (aim ${aim})` : ''}`);
