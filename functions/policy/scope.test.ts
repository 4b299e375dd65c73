/** From what policies say to rules: inside the cluster's own addresses, inside its destinations, with its translation. */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { inputOf, policyOf, setOf, tierOf, viewOf, type Wishes } from '../../test/worlds/policies.ts';
import type { FelixSet, Policy } from '../cluster/view.ts';
import { Compiler } from './compile.ts';

const SETS = [setOf('a', []), setOf('n', [], 'endpoints')];
function compile(policies: readonly Policy[], wishes: Wishes = {}, sets: readonly FelixSet[] = SETS) {
  const { rulebook, conditions } = new Compiler().compile(inputOf(viewOf({ policies, sets }), wishes));
  const of = (direction: string) => rulebook.rules.filter((rule) => rule.direction === direction && rule.origin.policy !== undefined);
  return { rulebook, conditions, egress: of('egress'), ingress: of('ingress') };
}
const out = (...outbound: felix.IRule[]) => policyOf('out', { outbound });
const allow = (more: felix.IRule = {}): felix.IRule => ({ action: 'allow', ...more });
const snat = (value: string, more: felix.IRule = {}): felix.IRule => ({
  ...allow(more),
  metadata: { annotations: { 'cextfire.io/snat': value } },
});
const POD = ['10.10.0.0/28', 'fd00:10:10::/124'];

test('the near end is inside the pod CIDRs, the far end is as written', () => {
  const { egress, ingress } = compile([
    policyOf('p', { outbound: [allow()], inbound: [allow({ dstNet: ['10.10.0.1/32', '10.20.0.0/16'] })] }),
  ]);
  expect(egress[0]).toMatchObject({ source: { include: { sets: [], prefixes: POD } }, destination: { include: 'any' }, families: [4, 6] });
  expect(ingress[0]).toMatchObject({
    source: { include: 'any' },
    destination: { include: { sets: [], prefixes: ['10.10.0.1/32'] } },
    families: [4],
  });
  expect(compile([out(allow({ srcNet: ['10.20.0.0/16'] }))]).egress).toEqual([]);
});

test('sets of pods and of their ports are cut to the pod CIDRs, also where they are taken out; those of the far end are not', () => {
  const { rulebook, egress } = compile([
    out(
      allow({ srcIpSetIds: ['a'], notDstIpSetIds: ['a'] }),
      allow({ notSrcIpSetIds: ['a'], srcNamedPortIpSetIds: ['n'], dstNamedPortIpSetIds: ['n'] }),
      allow({ notSrcNamedPortIpSetIds: ['n'], notDstNamedPortIpSetIds: ['n'] }),
    ),
  ]);
  const told = (sets: readonly string[]) => sets.map((id) => rulebook.sets.get(id)?.expression);
  const felix = (set: string) => ({ kind: 'felix', cluster: 'pay', set });
  const within = (set: string) => ({ kind: 'within', of: felix(set), prefixes: POD });
  const [first, second, third] = egress;
  expect([first?.source.include !== 'any' && told(first?.source.include.sets ?? []), told(first?.destination.exclude.sets ?? [])]).toEqual([
    [within('a')],
    [felix('a')],
  ]);
  expect(
    [second?.source.exclude.sets, second?.sourceEndpoints.include, second?.destinationEndpoints.include].map((sets) => told(sets ?? [])),
  ).toEqual([[within('a')], [within('n')], [felix('n')]]);
  expect([third?.sourceEndpoints.exclude, third?.destinationEndpoints.exclude].map((sets) => told(sets ?? []))).toEqual([
    [within('n')],
    [felix('n')],
  ]);
});

test.each<[string, felix.IRule, readonly string[]]>([
  ['all of it inside', allow({ dstNet: ['203.0.113.0/26'] }), ['allow 203.0.113.0/26']],
  ['exactly the destinations', allow({ dstNet: ['203.0.113.0/25'] }), ['allow 203.0.113.0/25']],
  ['partly', allow({ dstNet: ['203.0.113.0/24'] }), ['allow 203.0.113.0/25', 'deny 203.0.113.0/24']],
  ['nothing of it', allow({ dstNet: ['192.0.2.0/24'] }), ['deny 192.0.2.0/24']],
  ['everything', allow(), ['allow 203.0.113.0/25', 'deny any']],
  ['inside, but for some', allow({ dstNet: ['203.0.113.0/26'], notDstNet: ['203.0.113.1/32'] }), ['allow 203.0.113.0/26']],
  ['a deny is as it is', { action: 'deny' }, ['deny any']],
])('destinations of the settings and an allow that has %s', (_, rule, rules) => {
  const { egress, conditions } = compile([out({ action: 'deny', dstNet: ['198.51.100.9/32'] }, rule)], {
    pair: { destinations: ['203.0.113.0/25'] },
  });
  expect(
    egress
      .slice(1)
      .map(({ action, destination }) => `${action} ${destination.include === 'any' ? 'any' : destination.include.prefixes.join()}`),
  ).toEqual(rules);
  const cut = rules.length > 1 || rules[0]?.startsWith('deny 192');
  expect(conditions).toEqual(
    cut
      ? [
          {
            code: 'CEXT_POLICY_DESTINATION_CUT',
            severity: 'warning',
            subject: { cluster: 'pay', firewall: 'edge', policy: 'GlobalNetworkPolicy out', rule: 'egress rule 2', field: 'destination' },
            message:
              'The rule allows more than the destinations of this cluster on this firewall (203.0.113.0/25); the rest is denied. Narrow the rule, or widen destinations of the pair in the settings.',
          },
        ]
      : [],
  );
});

test('from outside the far end is the source; what is cut off translates nothing', () => {
  const { ingress, conditions } = compile([policyOf('in', { inbound: [allow()] })], {
    pair: { destinations: ['203.0.113.0/25', '192.0.2.0/24'] },
  });
  expect(ingress.map(({ action, source }) => [action, source.include])).toEqual([
    ['allow', { sets: [], prefixes: ['192.0.2.0/24', '203.0.113.0/25'] }],
    ['deny', 'any'],
  ]);
  expect(conditions[0]).toMatchObject({
    subject: { rule: 'ingress rule 1', field: 'source' },
    message: expect.stringContaining('(192.0.2.0/24, 203.0.113.0/25)'),
  });
  const cut = compile([out(snat('p'))], { pair: { destinations: ['203.0.113.0/25', '2001:db8::/126'] } }).egress;
  expect(cut.map(({ action, translation }) => [action, translation.kind])).toEqual([
    ['allow', 'pool'],
    ['deny', 'absent'],
  ]);
});

test('a translation of one family: that family is translated, the other left to the administrator and told', () => {
  const { egress, conditions } = compile([out(allow({ dstNet: ['192.0.2.0/24'] }), snat('198.51.100.7'))]);
  expect(egress.slice(1).map(({ families, translation }) => [families, translation])).toEqual([
    [[4], { kind: 'address', address: '198.51.100.7' }],
    [[6], { kind: 'absent' }],
  ]);
  expect(conditions).toEqual([
    {
      code: 'CEXT_POLICY_SNAT_FAMILY',
      severity: 'warning',
      subject: { cluster: 'pay', firewall: 'edge', policy: 'GlobalNetworkPolicy out', rule: 'egress rule 2', field: 'cextfire.io/snat' },
      message:
        "The rule also matches IPv6, for which its translation has no address; such packets are allowed and left to the administrator's NAT. Write one rule for each family, or use a pool that has a range of each.",
    },
  ]);
  // Only the other family is left of it.
  const pass: felix.IRule = { action: 'next-tier', ipVersion: 4 };
  expect(compile([out(pass, snat('198.51.100.7'))]).egress.map(({ families, translation }) => [families, translation])).toEqual([
    [[6], { kind: 'absent' }],
  ]);
  expect(compile([out(snat('none'))]).egress.map(({ families, translation }) => [families, translation.kind])).toEqual([[[4, 6], 'none']]);
});

test('what is cut off and what is split by family keeps its id when other policies come and go', () => {
  const rule = snat('198.51.100.7');
  const [p, q] = ['p', 'q'].map((name) => policyOf(name, { outbound: [rule] })) as [Policy, Policy];
  const ids = (policies: readonly Policy[], of: Policy) =>
    compile(policies, { pair: { destinations: ['203.0.113.0/25', '2001:db8::/126'] } })
      .egress.filter(({ origin }) => origin.policy?.name === of.name)
      .map(({ id }) => id);
  const both = ids([p, q], q);
  expect(both).toHaveLength(3);
  expect(ids([q], q)).toEqual(both);
  expect(new Set([...both, ...ids([p, q], p)]).size).toBe(6);
});

test('ids stay from version to version, and are of their border, stage and direction', () => {
  const { rulebook } = compile([policyOf('p', { outbound: [allow()], inbound: [allow()] })]);
  expect(rulebook.rules.map(({ id }) => id)).toEqual(['k82jhtsfw1vxwx', '2o3tvnvr0hmwz8', '1c61brce6ps0ge', 'nfwkd6et5dv3a9']);
});

test('before DNAT: inside the VIPs, cut to the destinations too, and no drop at the end', () => {
  const vip = policyOf('vip', { inbound: [allow({ srcNet: ['203.0.113.0/24'] })] }, { preDnat: true });
  const view = viewOf({ policies: [vip], preDnatTiers: [tierOf('border', [vip])], forwardTiers: [] });
  const rules = (wishes: Wishes) =>
    new Compiler()
      .compile(inputOf(view, wishes))
      .rulebook.rules.map(({ stage, action, source, destination }) => [stage, action, source.include, destination.include]);
  const [from, to] = [(prefix: string) => ({ sets: [], prefixes: [prefix] }), { sets: [], prefixes: ['10.10.0.0/30', 'fd00:10:10::/127'] }];
  expect(rules({})).toEqual([['preDnat', 'allow', from('203.0.113.0/24'), to]]);
  expect(rules({ pair: { destinations: ['203.0.113.0/25'] } })).toEqual([
    ['preDnat', 'allow', from('203.0.113.0/25'), to],
    ['preDnat', 'deny', from('203.0.113.0/24'), to],
  ]);
});
