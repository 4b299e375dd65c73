/** Clusters together on one firewall, limits, what a firewall cannot say, and what is not made anew. */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { BORDER, EVERYTHING_SAYABLE, inputOf, policyOf, setOf, tierOf, viewOf, type Wishes } from '../../test/worlds/policies.ts';
import type { ClusterView, Policy } from '../cluster/view.ts';
import { lower } from '../rulebook/lower.ts';
import { Compiler } from './compile.ts';
import { DerivedMembers, setFinder } from './members.ts';
import { ipv6Subnets } from './subnets.ts';
import type { CompileCluster, CompileInput, LastGood } from './types.ts';

const allow = (more: felix.IRule = {}): felix.IRule => ({ action: 'allow', ...more });
const to = (...lasts: number[]) => lasts.map((last) => allow({ dstNet: [`203.0.113.${last}/32`] }));
const goodOf = (policy: Policy, more: Partial<LastGood> = {}): LastGood => ({
  policy,
  position: 3,
  frozenSets: new Map(),
  expired: false,
  ...more,
});
const keptAs = (...goods: readonly LastGood[]): CompileCluster['lastGood'] => new Map(goods.map((good) => [good.policy.key, good]));
const compile = (policies: readonly Policy[], wishes: Wishes = {}) => new Compiler().compile(inputOf(viewOf({ policies }), wishes));
const names = (keys: Iterable<string> | undefined) => [...(keys ?? [])].map((key) => key.split('//')[1]);

test.each<[string, readonly (readonly [string, number])[], readonly string[], number, readonly string[]]>([
  [
    'all of them fit',
    [
      ['a', 2],
      ['b', 1],
    ],
    [],
    5,
    [],
  ],
  [
    'one rule too many: the biggest waits',
    [
      ['a', 2],
      ['b', 1],
    ],
    [],
    4,
    ['a'],
  ],
  [
    'of equals the last by name',
    [
      ['a', 2],
      ['b', 2],
      ['c', 1],
    ],
    [],
    6,
    ['b'],
  ],
  [
    'newcomers before the biggest',
    [
      ['a', 3],
      ['b', 1],
    ],
    ['a'],
    5,
    ['b'],
  ],
  [
    'as many as it takes',
    [
      ['a', 2],
      ['b', 1],
      ['c', 1],
    ],
    [],
    3,
    ['a', 'c'],
  ],
  [
    'also those that were there, where it must be',
    [
      ['a', 3],
      ['b', 1],
    ],
    ['a', 'b'],
    4,
    ['a'],
  ],
  ['even where the drops of its tier alone are too many', [['a', 1]], [], 1, ['a']],
])('beyond maxRules of the pair: %s', (_, sizes, known, maxRules, waiting) => {
  const policies = sizes.map(([name, size]) => policyOf(name, { outbound: to(...Array.from({ length: size }, (__, at) => at + 1)) }));
  const lastGood = keptAs(...policies.filter(({ name }) => known.includes(name)).map((policy) => goodOf({ ...policy })));
  const { absent, conditions } = compile(policies, { pair: { maxRules }, lastGood });
  expect(names(absent.get('pay')).sort()).toEqual([...waiting].sort());
  // What is kept as it was is refused all the same: the present version is that one.
  for (const { code, message } of conditions)
    expect([code, message]).toEqual([
      'CEXT_POLICY_TOO_MANY_RULES',
      expect.stringContaining(`The rules of this cluster on this firewall are more than ${maxRules} (pairs[].maxRules).`),
    ]);
  expect(conditions.length > 0).toBe(waiting.length > 0);
});

test('a pass that makes too many rules names its rule', () => {
  const pass = policyOf('pass', {
    outbound: [
      allow({ dstNet: ['203.0.113.1/32'] }),
      { action: 'pass', srcNet: ['10.10.0.1/32'], dstNet: ['203.0.113.0/24'], protocol: { name: 'tcp' } },
    ],
  });
  const { conditions } = compile([pass], { maxRulesPerPolicyRule: 1 });
  expect(conditions.map(({ code, subject }) => [code, subject.policy, subject.rule])).toEqual([
    ['CEXT_POLICY_TOO_MANY_RULES', 'GlobalNetworkPolicy pass', 'egress rule 2'],
  ]);
});

test('what a refused policy denies counts too, but falls no further', () => {
  const denies = [1, 2, 3].map((last): felix.IRule => ({ action: 'deny', dstNet: [`203.0.113.${last}/32`] }));
  const bad = policyOf('bad', { outbound: [...denies, { action: 'reject' }] });
  const { absent, rulebook } = compile([bad, policyOf('p', { outbound: to(1, 2) })], { pair: { maxRules: 4 } });
  expect(names(absent.get('pay'))).toEqual(['bad', 'p']);
  expect(rulebook.rules.filter(({ origin }) => origin.policy).map(({ action }) => action)).toEqual(['deny', 'deny', 'deny']);
});

test('limits that change are looked at again', () => {
  const pass = policyOf('pass', {
    outbound: [{ action: 'pass', srcNet: ['10.10.0.1/32'], dstNet: ['203.0.113.0/24'], protocol: { name: 'tcp' } }],
  });
  const input = inputOf(viewOf({ policies: [pass] }));
  const compiler = new Compiler();
  const absent = (maxRulesPerPolicyRule: number) =>
    names(compiler.compile({ ...input, settings: { ...input.settings, maxRulesPerPolicyRule } }).absent.get('pay'));
  expect([200, 1, 200].map(absent)).toEqual([[], ['pass'], []]);
});

test('equal rules of one policy have ids of their own, the first the id it has alone', () => {
  const ids = (...outbound: felix.IRule[]) =>
    compile([policyOf('p', { outbound })])
      .rulebook.rules.filter(({ action }) => action === 'allow')
      .map(({ id }) => id);
  const [alone] = ids(...to(1));
  const three = ids(...to(1, 1, 2, 1));
  expect(new Set(three).size).toBe(4);
  expect(three[0]).toBe(alone);
  expect(ids(...to(1, 1))).toEqual(three.slice(0, 2));
  expect(three[2]).toBe(ids(...to(2))[0]);
});

test('expired, an allow and a pass of sets that nobody feeds are gone; its log and its deny stay, and so does what is fed', () => {
  const unfed = { srcIpSetIds: ['s:old'] };
  const rules = [
    { action: 'log', ...unfed },
    { action: 'deny', ...unfed },
    allow({ ...unfed, dstNet: ['203.0.113.1/32'] }),
    { action: 'pass', ...unfed, dstNet: ['203.0.113.2/32'] },
    allow({ srcIpSetIds: ['s:fed'] }),
  ];
  const before = policyOf('p', { outbound: rules, inbound: [allow()] });
  const now = policyOf('p', { outbound: [{ action: 'reject' }] });
  const frozenSets = new Map([['s:old', setOf('s:old', [])]]);
  const compiler = new Compiler();
  const actions = (expired: boolean) =>
    compiler
      .compile(
        inputOf(viewOf({ policies: [now], sets: [setOf('s:fed', [])] }), { lastGood: keptAs(goodOf(before, { frozenSets, expired })) }),
      )
      .rulebook.rules.filter(({ origin }) => origin.policy)
      .map(({ direction, action, origin }) => `${direction} ${action} ${origin.ruleIndex}`);
  // Denied before, what the pass and the allow let by is nothing: only the list tells.
  const all = ['egress log 0', 'egress deny 1', 'egress allow 2', 'egress allow 4', 'ingress allow 0'];
  expect(actions(false).filter((rule, at, list) => list.indexOf(rule) === at)).toEqual(all);
  expect(actions(true)).toEqual(all.filter((rule) => rule !== 'egress allow 2'));
  expect(actions(false).filter((rule, at, list) => list.indexOf(rule) === at)).toEqual(all);
});

test('what a firewall cannot say makes its policy fall step by step, and nothing else', () => {
  const vip = (last: number) =>
    policyOf('vip', { inbound: [{ action: 'deny', srcNet: [`203.0.113.${last}/32`] }, allow()] }, { preDnat: true });
  const p = policyOf('p', { outbound: to(1) });
  const view = viewOf({ policies: [vip(1), p], forwardTiers: [tierOf('border', [p])], preDnatTiers: [tierOf('border', [vip(1)])] });
  for (const lastGood of [new Map(), keptAs(goodOf(vip(2)))]) {
    const { rulebook, absent, kept, good, conditions } = new Compiler().compile(
      inputOf(view, { lastGood, capabilities: { preDnat: false } }),
    );
    expect([names(absent.get('pay')), names(kept.get('pay')), names(good.get('pay')?.keys())]).toEqual([['vip'], [], ['p']]);
    expect(rulebook.rules.map(({ stage, action }) => `${stage} ${action}`)).toEqual(['forward allow', 'forward deny', 'forward deny']);
    expect(conditions.map(({ code, severity, subject }) => [code, severity, subject.policy, subject.rule, subject.field])).toEqual(
      [1, 2].map((rule) => ['CEXT_POLICY_FIREWALL_CANNOT', 'error', 'GlobalNetworkPolicy vip', `rule ${rule}`, 'stage']),
    );
    expect(conditions[0]?.message).toContain('is absent altogether');
  }
});

test('what of no policy a firewall cannot say is told', () => {
  const { conditions, rulebook } = compile([policyOf('p', { outbound: to(1) })], { capabilities: { maxRules: 1 } });
  expect(rulebook.rules.map(({ action }) => action)).toEqual(['allow']);
  expect(conditions.map(({ code, severity, subject }) => [code, severity, subject.rule])).toEqual([
    ['CEXT_POLICY_FIREWALL_CANNOT', 'error', 'end of tier border'],
  ]);
});

const ALL = policyOf('all', {
  outbound: [
    { action: 'log', dstNet: ['203.0.113.9/32'] },
    allow({ protocol: { name: 'icmp' }, icmpType: 8, notIcmpTypeCode: { type: 8, code: 3 } }),
    allow({ protocol: { name: 'tcp' }, srcPorts: [{ first: 1, last: 9 }] }),
    allow({ notDstNet: ['203.0.113.0/24'], notSrcIpSetIds: ['a'], ipVersion: 4 }),
    allow({ protocol: { name: 'tcp' }, dstNamedPortIpSetIds: ['n'] }),
    ...['none', '198.51.100.7', '198.51.100.8-198.51.100.9', 'p'].map((snat, at) =>
      allow({ dstNet: [`192.0.2.${at}/32`], metadata: { annotations: { 'cextfire.io/snat': snat } } }),
    ),
    allow({ dstNet: ['2001:db8::/64'], metadata: { annotations: { 'cextfire.io/snat': 'p' } } }),
    allow({ dstIpSetIds: ['six'] }),
  ],
});
test.each<[string, Partial<CompileInput['capabilities']>]>([
  ['all there is', {}],
  ['no ICMP types', { icmpTypes: false }],
  ['no ICMP codes', { icmpCodes: false }],
  ['no source ports', { sourcePorts: false }],
  ['no excluded prefixes', { excludePrefixes: false }],
  ['no excluded sets', { excludeSets: false }],
  ['no sets of endpoints', { endpointSets: false }],
  ['no families together', { mixedFamilies: false }],
  ['no log of its own', { log: 'flag' }],
  ['few protocols', { protocols: [6, 17] }],
  ['no translation of IPv6', { translations: { ...EVERYTHING_SAYABLE.translations, ipv6: false } }],
  ['no IPv6 subnets in sets', { ipv6PrefixMembers: false }],
  ['as many rules as there are', { maxRules: 13 }],
  ['as many sets as there are', { maxSets: 3 }],
  ['fewer sets than there are', { maxSets: 1 }],
])('a rulebook is lowered to what a firewall can say: %s', (_, capabilities) => {
  const sets = [
    setOf('a', ['10.10.0.1/32']),
    setOf('n', ['203.0.113.1,tcp:80'], 'endpoints'),
    setOf('six', ['2001:db8:1::/64', '2001:db8:2::1/128']),
  ];
  const view = viewOf({ policies: [ALL], sets, forwardTiers: [{ ...tierOf('border', [ALL]), ingress: [] }] });
  const whole = new Compiler().compile(inputOf(view)).rulebook;
  const input = inputOf(view, { capabilities, maxRulesPerPolicyRule: 50 });
  const compiler = new Compiler();
  const { rulebook, conditions } = compiler.compile(input);
  const members = new DerivedMembers(setFinder(input.clusters));
  members.use(whole);
  const find = setFinder(input.clusters);
  const wanted = lower(whole, input.capabilities, { members, maxRulesPerRule: 50, ipv6Subnets: (of) => ipv6Subnets(of, find) });
  const refused = conditions.filter(({ severity }) => severity === 'error');
  if (wanted.refused.length === 0) expect([rulebook.rules, refused]).toEqual([wanted.rulebook.rules, []]);
  else expect(refused.map(({ code }) => code)).toContain('CEXT_POLICY_FIREWALL_CANNOT');
  expect(compiler.compile(input).rulebook).toEqual(rulebook);
  const { endpointSets, ipv6PrefixMembers } = input.capabilities;
  if (wanted.refused.length === 0 && endpointSets && ipv6PrefixMembers) expect(compiler.compile(input).rulebook).toBe(rulebook);
});

/** Two clusters on one firewall. */
function pair(one: ClusterView, other: ClusterView, order = ['pay', 'ship']): CompileInput {
  const input = inputOf(one);
  const [pay] = input.clusters as [CompileCluster];
  const ship: CompileCluster = {
    ...pay,
    name: 'ship',
    settings: { ...pay.settings, podCidrs: ['10.20.0.0/28'] },
    pair: { ...pay.pair, cluster: 'ship' },
    view: { ...other, cluster: 'ship' },
  };
  const byName = new Map([pay, ship].map((cluster) => [cluster.name, cluster]));
  return { ...input, clusters: order.map((name) => byName.get(name) as CompileCluster) };
}

test('clusters stand in the order of their names, each in its own scope, each with its own sets and results', () => {
  const [p, q] = [policyOf('p', { outbound: [allow({ srcIpSetIds: ['a'] })] }), policyOf('q', { outbound: [{ action: 'reject' }] })];
  const view = viewOf({
    policies: [p, q],
    sets: [setOf('a', ['10.10.0.1/32'])],
    forwardTiers: [{ ...tierOf('border', [p, q]), ingress: [] }],
  });
  const compilation = new Compiler().compile(pair(view, view));
  const { rulebook, good, absent, kept, conditions } = compilation;
  expect(
    rulebook.rules.map(({ origin, action, source }) => [origin.cluster, action, source.include !== 'any' && source.include.prefixes]),
  ).toEqual([
    ['pay', 'allow', []],
    ['pay', 'deny', ['10.10.0.0/28', 'fd00:10:10::/124']],
    ['ship', 'allow', []],
    ['ship', 'deny', ['10.20.0.0/28']],
  ]);
  expect([...rulebook.sets.values()].map(({ cluster }) => cluster)).toEqual(['pay', 'ship']);
  for (const cluster of ['pay', 'ship'])
    expect([names(good.get(cluster)?.keys()), names(absent.get(cluster)), names(kept.get(cluster))]).toEqual([['p'], ['q'], []]);
  expect(conditions.map(({ code, subject }) => `${subject.cluster} ${code}`)).toEqual([
    'pay CEXT_POLICY_ACTION_UNKNOWN',
    'ship CEXT_POLICY_ACTION_UNKNOWN',
    // The set of ship holds an address of pay.
    'ship CEXT_POLICY_OUTSIDE_POD_CIDRS',
  ]);
  expect(new Compiler().compile(pair(view, view, ['ship', 'pay']))).toEqual(compilation);
});

test('VIPs that two clusters have pre-DNAT policies for are told; those of one are not', () => {
  const vip = policyOf('vip', { inbound: [allow()] }, { preDnat: true });
  const both = viewOf({ policies: [vip], forwardTiers: [], preDnatTiers: [tierOf('border', [vip])] });
  const none = viewOf({ policies: [policyOf('p', { outbound: to(1) })] });
  const told = (one: ClusterView, other: ClusterView) =>
    new Compiler()
      .compile(pair(one, other))
      .conditions.filter(({ code }) => code === 'CEXT_POLICY_SHARED_VIPS')
      .map(({ severity, subject, message }) => [severity, subject, message.split('.')[0]]);
  expect(told(both, none)).toEqual([]);
  expect(told(none, both)).toEqual([]);
  expect(told(both, both)).toEqual([
    ['warning', { cluster: 'ship', firewall: 'edge', field: 'HostEndpoint edge' }, 'pay and ship both have pre-DNAT policies for edge'],
  ]);
});

test('a compilation is not made again while views vouch for themselves and nothing else changed', () => {
  const p = policyOf('p', { outbound: to(1) });
  const view = { ...viewOf({ policies: [p] }), digest: 'one' };
  const good = goodOf(p);
  const input = inputOf(view, { lastGood: new Map([['x', good]]) });
  const [cluster] = input.clusters as [CompileCluster];
  const compiler = new Compiler();
  const first = compiler.compile(input);
  const again = (more: Partial<CompileInput>) => {
    return compiler.compile({ ...input, ...more }) === first;
  };
  const other = (more: Partial<CompileCluster>) => ({ clusters: [{ ...cluster, ...more }] });
  expect(again({})).toBe(true);
  expect(again({ clusters: [{ ...cluster }], borders: new Map(input.borders) })).toBe(true);
  expect(again(other({ lastGood: new Map([['x', { ...good }]]) }))).toBe(true);
});

test.each<[string, (input: CompileInput, cluster: CompileCluster) => Partial<CompileInput>]>([
  ['another digest', (_, cluster) => ({ clusters: [{ ...cluster, view: Object.assign(cluster.view, { digest: 'two' }) }] })],
  ['another view', (_, cluster) => ({ clusters: [{ ...cluster, view: { ...cluster.view } }] })],
  ['no digest', (_, cluster) => ({ clusters: [{ ...cluster, view: Object.assign(cluster.view, { digest: '' }) }] })],
  ['other settings of the firewall', (input) => ({ settings: { ...input.settings } })],
  ['another firewall', () => ({ firewall: 'second' })],
  ['other capabilities', (input) => ({ capabilities: { ...input.capabilities } })],
  ['another border', () => ({ borders: new Map([['edge', { ...BORDER }]]) })],
  ['other settings of the cluster', (_, cluster) => ({ clusters: [{ ...cluster, settings: { ...cluster.settings } }] })],
  ['other settings of the pair', (_, cluster) => ({ clusters: [{ ...cluster, pair: { ...cluster.pair } }] })],
  [
    'a new last good version',
    (_, cluster) => ({ clusters: [{ ...cluster, lastGood: new Map([...cluster.lastGood, ['y', goodOf(policyOf('y', {}))]]) }] }),
  ],
  ['one that is gone', (_, cluster) => ({ clusters: [{ ...cluster, lastGood: new Map() }] })],
  [
    'one of another policy',
    (_, cluster) => ({ clusters: [{ ...cluster, lastGood: new Map([['y', [...cluster.lastGood.values()][0] as LastGood]]) }] }),
  ],
  [
    'one that expired',
    (_, cluster) => ({
      clusters: [{ ...cluster, lastGood: new Map([['x', { ...([...cluster.lastGood.values()][0] as LastGood), expired: true }]]) }],
    }),
  ],
])('it is looked at again for %s', (_, changed) => {
  const p = policyOf('p', { outbound: to(1) });
  const view = { ...viewOf({ policies: [p] }), digest: 'one' };
  const input = inputOf(view, { lastGood: new Map([['x', goodOf(p)]]) });
  const [cluster] = input.clusters as [CompileCluster];
  const compiler = new Compiler();
  const first = compiler.compile(input);
  expect(compiler.compile(input)).toBe(first);
  expect(compiler.compile({ ...input, ...changed(input, cluster) })).not.toBe(first);
});

test('a view that does not vouch for itself is looked at every time, also beside one that does', () => {
  const [p, q] = [policyOf('p', { outbound: to(1) }), policyOf('p', { outbound: to(2) })];
  const policies = new Map([[p.key, p]]);
  const view = { ...viewOf({ policies: [p] }), policies };
  const vouched = { ...viewOf({ policies: [p] }), digest: 'one' };
  for (const input of [inputOf(view), pair(vouched, view), pair(view, vouched)]) {
    const compiler = new Compiler();
    policies.set(p.key, p);
    const first = compiler.compile(input).rulebook.rules;
    policies.set(p.key, q);
    expect(compiler.compile(input).rulebook.rules).not.toEqual(first);
  }
});

test('a last good version of any cluster is looked at', () => {
  const wrong = policyOf('p', { outbound: [{ action: 'reject' }] });
  const view = { ...viewOf({ policies: [wrong] }), digest: 'one' };
  const input = pair(view, view);
  const compiler = new Compiler();
  const kept = (at: number) => {
    const clusters = input.clusters.map((cluster, index) =>
      index === at ? { ...cluster, lastGood: keptAs(goodOf(policyOf('p', { outbound: to(1) }))) } : cluster,
    );
    return [...compiler.compile({ ...input, clusters }).kept].map(([, keys]) => keys.size);
  };
  expect([kept(2), kept(0), kept(1), kept(2)]).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 0],
  ]);
});

test('a firewall that can say other things than before gets what it can say', () => {
  const policy = policyOf('p', {
    outbound: [allow({ protocol: { name: 'tcp' }, srcPorts: [{ first: 1, last: 9 }] }), allow({ protocol: { name: 'icmp' }, icmpType: 8 })],
  });
  const view = viewOf({ policies: [policy] });
  const compiler = new Compiler();
  for (const capabilities of [{ icmpTypes: false, icmpCodes: false }, { sourcePorts: false }, {}, { icmpTypes: false, icmpCodes: false }]) {
    const input = inputOf(view, { capabilities });
    expect(compiler.compile(input)).toEqual(new Compiler().compile(input));
  }
});

test('named ports that become too many rules are refused by the limit of the settings', () => {
  const policy = policyOf('p', { outbound: [allow({ protocol: { name: 'tcp' }, dstNamedPortIpSetIds: ['n'] })] });
  const sets = [setOf('n', ['203.0.113.1,tcp:80', '203.0.113.1,tcp:81', '203.0.113.1,tcp:82'], 'endpoints')];
  const codes = (maxRulesPerPolicyRule: number) =>
    new Compiler()
      .compile(inputOf(viewOf({ policies: [policy], sets }), { capabilities: { endpointSets: false }, maxRulesPerPolicyRule }))
      .conditions.map(({ code, subject }) => [code, subject.field]);
  expect(codes(200)).toEqual([]);
  expect(codes(2)).toEqual([['CEXT_POLICY_FIREWALL_CANNOT', 'rules']]);
});

test('who keeps the last good versions may keep them in the same map', () => {
  const wrong = policyOf('p', { outbound: [{ action: 'reject' }] });
  const lastGood = new Map<string, LastGood>();
  const input = inputOf({ ...viewOf({ policies: [wrong] }), digest: 'one' }, { lastGood });
  const compiler = new Compiler();
  expect(names(compiler.compile(input).absent.get('pay'))).toEqual(['p']);
  lastGood.set(wrong.key, goodOf(policyOf('p', { outbound: to(1) })));
  expect(names(compiler.compile(input).kept.get('pay'))).toEqual(['p']);
});
