/** Borders, HostEndpoints and tiers: where policies are read, in which order, and what is told about HostEndpoints. */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { BORDER, inputOf, policyOf, tierOf, viewOf, type Wishes } from '../../test/worlds/policies.ts';
import type { ClusterView, HostEndpoint, Policy } from '../cluster/view.ts';
import { isEnforced } from './chains.ts';
import { Compiler } from './compile.ts';
import type { CompileInput } from './types.ts';

const allow: felix.IRule = { action: 'allow' };
const noted = (name: string, value: string): felix.IRule => ({ ...allow, metadata: { annotations: { [`cextfire.io/${name}`]: value } } });
const p = policyOf('p', { outbound: [allow], inbound: [allow] });
const endpoint = (name: string, policies: readonly Policy[], more: Partial<HostEndpoint> = {}): HostEndpoint => ({
  name,
  interfaceName: 'outside',
  forwardTiers: policies.length === 0 ? [] : [tierOf('border', policies)],
  preDnatTiers: [],
  untrackedTiers: [],
  ...more,
});
const viewWith = (policies: readonly Policy[], ...endpoints: readonly HostEndpoint[]): ClusterView => ({
  ...viewOf({ policies }),
  hostEndpoints: new Map(endpoints.map((one) => [one.name, one])),
});
const borders = (...names: readonly (readonly [string, Partial<typeof BORDER>])[]): CompileInput['borders'] =>
  new Map(names.map(([name, more]) => [name, { ...BORDER, hostEndpoint: name, ...more }]));
const compile = (view: ClusterView, wishes: Wishes = {}, of = borders(['edge', {}])) =>
  new Compiler().compile({ ...inputOf(view, wishes), borders: of });
const told = (...call: Parameters<typeof compile>) =>
  compile(...call).conditions.map(({ code, severity, subject, message }) => [
    code,
    severity,
    subject.field,
    message.split('.')[0],
    subject.cluster,
    subject.firewall,
  ]);

test('rules stand in the order of borders’ names, each border with its own', () => {
  const view = viewWith([p], endpoint('edge', [p]), endpoint('dmz', [p]));
  const of = (...names: string[]) =>
    compile(view, {}, borders(...names.map((name) => [name, {}] as const))).rulebook.rules.map(
      ({ border, direction, action }) => `${border} ${direction} ${action}`,
    );
  expect(of('edge', 'dmz')).toEqual(
    ['dmz', 'edge'].flatMap((name) => ['egress', 'ingress'].flatMap((way) => [`${name} ${way} allow`, `${name} ${way} deny`])),
  );
  expect(of('dmz', 'edge')).toEqual(of('edge', 'dmz'));
  expect(of('edge')).toHaveLength(4);
});

test('a policy that is wrong on one of its borders is refused on all', () => {
  const policy = policyOf('p', { outbound: [noted('snat', 'p')] });
  const view = viewWith([policy], endpoint('dmz', [policy]), endpoint('edge', [policy]));
  const absent = (of: CompileInput['borders']) => [...(compile(view, {}, of).absent.get('pay') ?? [])];
  expect(absent(borders(['dmz', {}], ['edge', {}]))).toEqual([]);
  expect(absent(borders(['dmz', {}], ['edge', { snatPools: {} }]))).toEqual([policy.key]);
  expect(absent(borders(['dmz', { snatPools: {} }], ['edge', {}]))).toEqual([policy.key]);
});

test.each<[string, ClusterView, Wishes, CompileInput['borders'], readonly (readonly string[])[]]>([
  ['all is well', viewWith([p], endpoint('edge', [p])), {}, borders(['edge', {}]), []],
  [
    'a border without a HostEndpoint',
    viewWith([p], endpoint('edge', [p])),
    {},
    borders(['edge', {}], ['dmz', {}]),
    [['CEXT_POLICY_NO_HOST_ENDPOINT', 'warning', 'HostEndpoint dmz', 'The cluster has no HostEndpoint dmz']],
  ],
  [
    'a HostEndpoint without a policy',
    viewWith([], endpoint('edge', [])),
    {},
    borders(['edge', {}]),
    [['CEXT_POLICY_NO_POLICY', 'warning', 'HostEndpoint edge', 'edge has no enforced policy']],
  ],
  [
    'one with staged policies only',
    viewWith([], endpoint('edge', [policyOf('s', {}, { kind: 'StagedGlobalNetworkPolicy' })])),
    {},
    borders(['edge', {}]),
    [['CEXT_POLICY_NO_POLICY', 'warning', 'HostEndpoint edge', 'edge has no enforced policy']],
  ],
  [
    'tiers that the settings do not list, each once',
    viewWith(
      [p],
      endpoint('edge', [p], {
        forwardTiers: [tierOf('border', [p]), tierOf('x\n', [p])],
        preDnatTiers: [tierOf('x\n', [p]), tierOf('y', [p])],
      }),
    ),
    {},
    borders(['edge', {}]),
    [
      [
        'CEXT_POLICY_TIER_NOT_HONOURED',
        'info',
        'HostEndpoint edge tier x\n',
        'Tier x? has policies for edge, but is not among the tiers of the pair',
      ],
      [
        'CEXT_POLICY_TIER_NOT_HONOURED',
        'info',
        'HostEndpoint edge tier y',
        'Tier y has policies for edge, but is not among the tiers of the pair',
      ],
    ],
  ],
  [
    'nothing that the settings list',
    viewWith([p], endpoint('edge', [p])),
    { pair: { tiers: ['second'] } },
    borders(['edge', {}]),
    [
      [
        'CEXT_POLICY_TIER_NOT_HONOURED',
        'info',
        'HostEndpoint edge tier border',
        'Tier border has policies for edge, but is not among the tiers of the pair',
      ],
      ['CEXT_POLICY_NO_POLICY', 'warning', 'HostEndpoint edge', 'edge has no enforced policy'],
    ],
  ],
  [
    'untracked policies',
    viewWith([p], endpoint('edge', [p], { untrackedTiers: ['raw', 'r\n'] })),
    {},
    borders(['edge', {}]),
    [
      ['CEXT_POLICY_UNTRACKED', 'warning', 'HostEndpoint edge tier raw', 'Tier raw has doNotTrack policies for edge'],
      ['CEXT_POLICY_UNTRACKED', 'warning', 'HostEndpoint edge tier r\n', 'Tier r? has doNotTrack policies for edge'],
    ],
  ],
  [
    'pre-DNAT policies on a border without VIPs',
    viewWith([p], endpoint('edge', [p], { preDnatTiers: [tierOf('border', [p])] })),
    {},
    borders(['edge', { vips: [] }]),
    [['CEXT_POLICY_PRE_DNAT_NO_VIPS', 'warning', 'HostEndpoint edge', 'The border edge has no VIPs']],
  ],
  ['no VIPs, no pre-DNAT policies', viewWith([p], endpoint('edge', [p])), {}, borders(['edge', { vips: [] }]), []],
  [
    'pre-DNAT policies on a border with VIPs',
    viewWith([p], endpoint('edge', [p], { preDnatTiers: [tierOf('border', [p])] })),
    {},
    borders(['edge', {}]),
    [],
  ],
  [
    'policies before DNAT only',
    viewWith([p], endpoint('edge', [], { preDnatTiers: [tierOf('border', [p])] })),
    {},
    borders(['edge', {}]),
    [],
  ],
])('told about HostEndpoints: %s', (_, view, wishes, of, conditions) => {
  expect(told(view, wishes, of)).toEqual(conditions.map((one) => [...one, 'pay', 'edge']));
});

test('pre-DNAT policies of a border without VIPs are read nowhere', () => {
  const wrong = policyOf('wrong', { inbound: [noted('idd', 'x')] }, { preDnat: true });
  const view = viewWith([p, wrong], endpoint('edge', [p], { preDnatTiers: [tierOf('border', [wrong])] }));
  expect([...(compile(view, {}, borders(['edge', { vips: [] }])).absent.get('pay') ?? [])]).toEqual([]);
  expect([...(compile(view).absent.get('pay') ?? [])]).toEqual([wrong.key]);
});

test('a rule is judged for the families of the pod CIDRs only', () => {
  const six = policyOf('six', { outbound: [{ ...noted('snat', '198.51.100.7'), ipVersion: 6 }] });
  const absent = (podCidrs: string[]) => [...(compile(viewWith([six], endpoint('edge', [six])), { podCidrs }).absent.get('pay') ?? [])];
  expect(absent(['10.10.0.0/28'])).toEqual([]);
  expect(absent(['10.10.0.0/28', 'fd00:10:10::/124'])).toEqual([six.key]);
});

test.each<[string, string, boolean]>([
  ['a policy', p.key, true],
  ['one that never came', 'GlobalNetworkPolicy//lost', true],
  ['one that never came, named like a staged one', 'GlobalNetworkPolicy//Staged', true],
  ['a staged one', 'StagedGlobalNetworkPolicy//s', false],
  ['a staged one that never came', 'StagedNetworkPolicy/ns/s', false],
])('%s is enforced: %s, %s', (_, key, is) => {
  expect(isEnforced(key, viewOf({ policies: [p, policyOf('s', {}, { kind: 'StagedGlobalNetworkPolicy' })] }))).toBe(is);
});

test('a compiler follows settings and HostEndpoints that change, and keeps what they leave alone', () => {
  const compiler = new Compiler();
  const view = viewWith([p], endpoint('edge', [p]));
  const input = { ...inputOf(view), borders: borders(['edge', {}]) };
  const [cluster] = input.clusters;
  if (!cluster) throw new Error('no cluster');
  const rules = (changed: Partial<CompileInput> = {}) => compiler.compile({ ...input, ...changed }).rulebook.rules;
  const prefixes = (of: ReturnType<typeof rules>) =>
    of.map(({ source, destination }) => [source, destination].map(({ include }) => include !== 'any' && include.prefixes.join()));
  const first = rules();
  expect(rules()).toBe(first);
  const other = (more: Partial<typeof cluster>) => ({ clusters: [{ ...cluster, ...more }] });
  expect(rules(other({ pair: { ...cluster.pair, tiers: [] } }))).toEqual([]);
  expect(prefixes(rules(other({ settings: { ...cluster.settings, podCidrs: ['10.10.0.0/30'] } })))[0]).toEqual(['10.10.0.0/30', false]);
  expect(rules(other({ pair: { ...cluster.pair, destinations: ['203.0.113.0/24'] } })).length).toBeGreaterThan(first.length);
  expect(rules(other({ view: viewWith([p], endpoint('edge', [])) }))).toEqual([]);
  expect(rules({ borders: borders(['other', {}]) })).toEqual([]);
  expect(compiler.compile({ ...input, firewall: 'second', borders: borders(['other', {}]) }).conditions[0]?.subject.firewall).toBe(
    'second',
  );
  const vip = viewWith([p], endpoint('edge', [p], { preDnatTiers: [tierOf('border', [p])] }));
  const preDnat = (vips: string[]) =>
    prefixes(rules({ ...other({ view: vip }), borders: borders(['edge', { vips }]) }).filter(({ stage }) => stage === 'preDnat'));
  expect(preDnat(['10.10.0.0/30'])).toEqual([[false, '10.10.0.0/30']]);
  expect(preDnat(['10.10.0.4/30'])).toEqual([[false, '10.10.0.4/30']]);
  expect(rules()).toEqual(first);
});
