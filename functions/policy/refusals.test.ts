/** What is refused, and what then stands: the last good version, or nothing but what is surely denied. */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { inputOf, policyOf, setOf, tierOf, viewOf, type Wishes } from '../../test/worlds/policies.ts';
import type { FelixSet, Policy } from '../cluster/view.ts';
import { Compiler } from './compile.ts';
import type { LastGood } from './types.ts';

const tcp = { protocol: { name: 'tcp' } };
const allow = (more: felix.IRule = {}): felix.IRule => ({ action: 'allow', ...tcp, dstPorts: [{ first: 443, last: 443 }], ...more });
const deny = (more: felix.IRule = {}): felix.IRule => ({ action: 'deny', dstNet: ['203.0.113.66/32'], ...more });
const noted = (annotations: Record<string, string>): felix.IRule => ({ metadata: { annotations } });

function compile(policies: readonly Policy[], wishes: Wishes = {}, sets: readonly FelixSet[] = []) {
  const result = new Compiler().compile(inputOf(viewOf({ policies, sets }), wishes));
  return {
    ...result,
    codes: result.conditions.filter(({ severity }) => severity === 'error').map(({ code, subject }) => [code, subject.rule, subject.field]),
    rules: result.rulebook.rules.filter(({ direction, stage }) => direction === 'egress' && stage === 'forward'),
  };
}
const kinds = (rules: ReturnType<typeof compile>['rules']) =>
  rules.map(({ action, origin }) => `${action} ${origin.policy?.name ?? 'end'}`);
const keptAs = (policy: Policy, more: Partial<LastGood> = {}): ReadonlyMap<string, LastGood> =>
  new Map([[policy.key, { policy, position: 3, frozenSets: new Map(), expired: false, ...more }]]);

test.each<[string, felix.IRule, string, string]>([
  ['an unknown annotation', allow(noted({ 'cextfire.io/snatt': '198.51.100.7' })), 'CEXT_POLICY_ANNOTATION', 'cextfire.io/snatt'],
  ['an annotation in other letters', allow(noted({ 'CextFire.io/snat': 'none' })), 'CEXT_POLICY_ANNOTATION', 'CextFire.io/snat'],
  ['an address that is none', allow(noted({ 'cextfire.io/snat': '198.51.100.300' })), 'CEXT_POLICY_ANNOTATION', 'cextfire.io/snat'],
  ['a translation on a deny', deny(noted({ 'cextfire.io/snat': 'none' })), 'CEXT_POLICY_ANNOTATION', 'cextfire.io/snat'],
  ['a log wish that is neither true nor false', allow(noted({ 'cextfire.io/log': 'yes' })), 'CEXT_POLICY_ANNOTATION', 'cextfire.io/log'],
  ['a line break in an id', allow(noted({ 'cextfire.io/id': 'a\nb' })), 'CEXT_POLICY_ANNOTATION', 'cextfire.io/id'],
  ['an address outside every pool', allow(noted({ 'cextfire.io/snat': '192.0.2.1' })), 'CEXT_POLICY_SNAT_POOL', 'cextfire.io/snat'],
  [
    'a range that reaches out of its pool',
    allow(noted({ 'cextfire.io/snat': '198.51.100.8-198.51.100.20' })),
    'CEXT_POLICY_SNAT_POOL',
    'cextfire.io/snat',
  ],
  ['a pool of somebody else', allow(noted({ 'cextfire.io/snat': 'hers' })), 'CEXT_POLICY_SNAT_POOL', 'cextfire.io/snat'],
  [
    'an IPv4 pool for IPv6 packets',
    allow({ ipVersion: 6, ...noted({ 'cextfire.io/snat': 'four' }) }),
    'CEXT_POLICY_SNAT_FAMILY',
    'cextfire.io/snat',
  ],
  ['an unknown action', allow({ action: 'reject' }), 'CEXT_POLICY_ACTION_UNKNOWN', 'action'],
  ['an HTTP match', allow({ httpMatch: { methods: ['GET'] } }), 'CEXT_POLICY_HTTP_MATCH', 'http'],
  ['ports without a protocol', allow({ protocol: null }), 'CEXT_POLICY_MATCH', 'ports'],
  ['an unknown protocol', { action: 'allow', protocol: { name: 'egp' } }, 'CEXT_POLICY_MATCH', 'protocol'],
  ['a net that is none', allow({ dstNet: ['203.0.113.0/33'] }), 'CEXT_POLICY_MATCH', 'destination.nets'],
  ['a set that never came', allow({ srcIpSetIds: ['s:none'] }), 'CEXT_POLICY_SET_MISSING', 's:none'],
])('%s refuses its policy and names rule and field; the others go on', (_, rule, code, field) => {
  const { codes, absent, good, rules } = compile([
    policyOf('bad', { outbound: [allow(), rule] }),
    policyOf('fine', { outbound: [allow()] }),
  ]);
  expect(codes).toEqual([[code, 'egress rule 2', field]]);
  expect([...(absent.get('pay') ?? [])]).toEqual(['GlobalNetworkPolicy//bad']);
  expect([...(good.get('pay')?.keys() ?? [])]).toEqual(['GlobalNetworkPolicy//fine']);
  expect(kinds(rules).filter((kind) => kind !== 'deny bad')).toEqual(['allow fine', 'deny end']);
});

test('a policy that is listed but never came is a condition, and its tier still ends in a drop', () => {
  const ghost = policyOf('ghost', {});
  const view = viewOf({ policies: [], forwardTiers: [tierOf('border', [ghost])] });
  const { conditions, rulebook } = new Compiler().compile(inputOf(view));
  expect(conditions.map(({ code }) => code)).toEqual(['CEXT_POLICY_MISSING']);
  expect(rulebook.rules.map(({ action, direction }) => `${direction} ${action}`)).toEqual(['egress deny', 'ingress deny']);
});

test('a refused policy stays at its last good version, and says at which log position', () => {
  const before = policyOf('mail', { outbound: [allow(noted({ 'cextfire.io/snat': '198.51.100.7' }))] });
  const now = policyOf('mail', { outbound: [allow(noted({ 'cextfire.io/snat': '198.51.100.300' }))] });
  const { kept, rules, conditions } = compile([now], { lastGood: keptAs(before) });
  expect([...(kept.get('pay') ?? [])]).toEqual([now.key]);
  expect(rules[0]?.translation).toEqual({ kind: 'address', address: '198.51.100.7' });
  expect(conditions.find(({ severity }) => severity === 'error')?.message).toContain('log position 3');
});

test('a kept version whose set is gone lives on frozen members; expired, its allow goes and its deny stays', () => {
  const before = policyOf('mail', { outbound: [deny({ srcIpSetIds: ['s:old'] }), allow({ srcIpSetIds: ['s:old'] }), allow()] });
  const now = policyOf('mail', { outbound: [allow({ action: 'reject' })] });
  const frozenSets = new Map([['s:old', setOf('s:old', ['10.10.0.1/32'])]]);
  expect(kinds(compile([now], { lastGood: keptAs(before, { frozenSets }) }).rules)).toEqual([
    'deny mail',
    'allow mail',
    'allow mail',
    'deny end',
  ]);
  const expired = compile([now], { lastGood: keptAs(before, { frozenSets, expired: true }) });
  expect(kinds(expired.rules)).toEqual(['deny mail', 'allow mail', 'deny end']);
  expect(expired.codes.map(([code]) => code)).toContain('CEXT_POLICY_EXPIRED');
});

test('a last good version that settings no longer allow is none', () => {
  const before = policyOf('mail', { outbound: [allow(noted({ 'cextfire.io/snat': 'hers' }))] });
  const now = policyOf('mail', { outbound: [allow({ action: 'reject' })] });
  expect([...(compile([now], { lastGood: keptAs(before) }).absent.get('pay') ?? [])]).toEqual([now.key]);
});

test('what a refused new policy surely denies stays denied, but for what its own earlier rules would have decided', () => {
  const bad = policyOf('bad', {
    outbound: [
      allow({ srcNet: ['10.10.0.1/32'], dstPorts: [] }),
      deny(noted({ 'cextfire.io/snat': 'none' })),
      allow({ httpMatch: { methods: ['GET'] } }),
      deny({ dstNet: ['203.0.113.67/32'] }),
    ],
  });
  const { rules } = compile([bad, policyOf('later', { outbound: [allow()] })]);
  expect(kinds(rules)).toEqual(['deny bad', 'deny bad', 'allow later', 'deny end']);
  expect(
    rules.slice(0, 2).map(({ source, services, destination }) => [source.exclude.prefixes, services === 'any', destination.include]),
  ).toEqual([
    [[], false, { sets: [], prefixes: ['203.0.113.66/32'] }],
    [['10.10.0.1/32'], true, { sets: [], prefixes: ['203.0.113.66/32'] }],
  ]);
});

test('an id that two policies use belongs to the one that had it', () => {
  const first = policyOf('z', { outbound: [allow(noted({ 'cextfire.io/id': 'out' }))] });
  const second = policyOf('a', { outbound: [allow(noted({ 'cextfire.io/id': 'out' }))] });
  expect([...(compile([first, second]).absent.get('pay') ?? [])]).toEqual([first.key]);
  expect([...(compile([first, second], { lastGood: keptAs(first) }).absent.get('pay') ?? [])]).toEqual([second.key]);
});

test('a pass that would multiply a rule beyond the limit refuses its policy and nothing else', () => {
  const pass = policyOf('pass', {
    outbound: [{ action: 'next-tier', ...tcp, srcIpSetIds: ['a'], notDstIpSetIds: ['b'], dstPorts: [{ first: 1, last: 9 }] }],
  });
  const rules = policyOf('rules', { outbound: [{ action: 'allow', srcIpSetIds: ['c'] }] });
  const sets = ['a', 'b', 'c'].map((id) => setOf(id, []));
  expect(compile([pass, rules], { maxRulesPerPolicyRule: 10 }, sets).codes).toEqual([]);
  const limited = compile([pass, rules], { maxRulesPerPolicyRule: 2 }, sets);
  expect(limited.codes).toEqual([['CEXT_POLICY_TOO_MANY_RULES', 'egress rule 1', undefined]]);
  expect(kinds(limited.rules)).toEqual(['allow rules', 'deny end']);
});

test('beyond the rules of the pair newcomers wait, the biggest first', () => {
  const old = policyOf('old', { outbound: [allow(), allow({ dstNet: ['203.0.113.0/24'] })] });
  const big = policyOf('big', { outbound: [allow(), allow({ dstNet: ['203.0.113.0/24'] }), allow({ dstNet: ['198.51.100.0/24'] })] });
  const { absent, good } = compile([big, old], { pair: { maxRules: 5 }, lastGood: keptAs(old) });
  expect([...(absent.get('pay') ?? [])]).toEqual([big.key]);
  expect([...(good.get('pay')?.keys() ?? [])]).toEqual([old.key]);
});
