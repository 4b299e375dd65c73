/** One policy read for one place: what its rules do, what they are called, and what is wrong with them. */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { BORDER, policyOf, setOf } from '../../test/worlds/policies.ts';
import type { Policy } from '../cluster/view.ts';
import { RuleReader } from './felix-rule.ts';
import { MatchAlgebra } from './match.ts';
import { missingSets, type PolicyContext, readPolicy } from './policy-rules.ts';
import { SetRegistry } from './sets.ts';

const sets = new SetRegistry();
const reader = new RuleReader(sets, new MatchAlgebra(sets, 'pay'), 'pay');
const read = (policy: Policy, more: Partial<PolicyContext> = {}) =>
  readPolicy(policy, { cluster: 'pay', stage: 'forward', border: BORDER, snatPools: ['p', 'four'], families: [4, 6], reader, ...more });
const out = (...outbound: felix.IRule[]) => policyOf('p', { outbound });
const into = (...inbound: felix.IRule[]) => policyOf('p', { inbound });
const noted = (rule: felix.IRule, annotations: Record<string, string>): felix.IRule => ({
  ...rule,
  metadata: { annotations: Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`cextfire.io/${name}`, value])) },
});
const allow: felix.IRule = { action: 'allow' };
const tcp443: felix.IRule = { protocol: { name: 'tcp' }, dstPorts: [{ first: 443, last: 443 }] };

test.each([
  ['allow', 'allow'],
  ['Allow', 'allow'],
  ['', 'allow'],
  [undefined, 'allow'],
  ['deny', 'deny'],
  ['log', 'log'],
  ['pass', 'pass'],
  ['next-tier', 'pass'],
])('the action "%s" is %s', (action, is) => {
  expect(read(out(action === undefined ? {} : { action })).egress.map((item) => item.action)).toEqual([is]);
});

test('where a rule comes from, in the words of its author', () => {
  const rule = noted(
    { ...allow, originalSrcSelector: "app == 'a'", srcIpSetIds: ['a'], originalDstService: 'api', dstIpPortSetIds: ['n'] },
    { ticket: 'OPS-7' },
  );
  const policy = policyOf('p', { inbound: [allow, rule] }, { kind: 'NetworkPolicy', namespace: 'pay', key: 'NetworkPolicy/pay/p' });
  const { ingress, egress } = read(policy);
  expect(egress).toEqual([]);
  expect(ingress.map(({ origin, owner, policy: key }) => ({ origin, owner, key }))).toEqual([
    {
      origin: {
        cluster: 'pay',
        tier: 'border',
        policy: { kind: 'NetworkPolicy', namespace: 'pay', name: 'p' },
        ruleIndex: 0,
        annotations: {},
      },
      owner: 'NetworkPolicy/pay/p ingress rule 1',
      key: 'NetworkPolicy/pay/p',
    },
    {
      origin: {
        cluster: 'pay',
        tier: 'border',
        policy: { kind: 'NetworkPolicy', namespace: 'pay', name: 'p' },
        ruleIndex: 1,
        annotations: { 'cextfire.io/ticket': 'OPS-7' },
        sourceText: "app == 'a'",
        destinationText: 'service api',
      },
      owner: 'NetworkPolicy/pay/p ingress rule 2',
      key: 'NetworkPolicy/pay/p',
    },
  ]);
});

test('names: of cluster, policy, direction and content, or of the id that its author gave; never of a position or of what is beside the content', () => {
  const seed = (rule: felix.IRule, more: { readonly name?: string; readonly cluster?: string; readonly ingress?: boolean } = {}) => {
    const policy = policyOf(more.name ?? 'p', more.ingress ? { inbound: [rule] } : { outbound: [rule] });
    const { egress, ingress } = read(policy, { cluster: more.cluster ?? 'pay' });
    return (more.ingress ? ingress : egress)[0]?.seed;
  };
  const base = seed(tcp443);
  expect(base).toBe('1yigtpsss3svuw');
  expect(seed({ ...tcp443, ruleId: 'other' })).toBe(base);
  expect(seed(noted(tcp443, { snat: 'none', ticket: 'x' }))).toBe(base);
  const others = [
    seed({ ...tcp443, ipVersion: 4 }),
    seed(tcp443, { name: 'q' }),
    seed(tcp443, { cluster: 'ship' }),
    seed(tcp443, { ingress: true }),
    seed(noted(tcp443, { id: 'web' })),
    seed(noted(tcp443, { id: 'mail' })),
    seed(noted(tcp443, { id: 'web' }), { cluster: 'ship' }),
    seed(noted(tcp443, { id: 'web' }), { ingress: true }),
  ];
  expect(new Set([base, ...others]).size).toBe(9);
  expect(seed(noted(tcp443, { id: 'web' }))).toBe('jfsk6oqbb8ub5h');
  expect(seed(noted({ ...tcp443, ipVersion: 4 }, { id: 'web' }), { name: 'q' })).toBe(seed(noted(tcp443, { id: 'web' })));
  // Variants of one rule, and the log of a pass, each have a name of their own.
  const named = { ...tcp443, dstNamedPortIpSetIds: ['n'] };
  const variants = read(out(named)).egress.map((item) => item.seed);
  expect(variants).toEqual([variants[0], `${variants[0]}.d`]);
  const [log, pass] = read(out(noted({ action: 'pass' }, { log: 'true' }))).egress;
  expect([log?.action, pass?.action, log?.seed]).toEqual(['log', 'pass', `${pass?.seed}.l`]);
});

test.each<[string, readonly (readonly [string, boolean])[]]>([
  ['allow', [['allow', true]]],
  ['deny', [['deny', true]]],
  // A log is logged as it is; a pass decides nothing that a flag could log.
  ['log', [['log', false]]],
  [
    'pass',
    [
      ['log', false],
      ['pass', false],
    ],
  ],
])('the wish to log on %s', (action, items) => {
  expect(read(out(noted({ action }, { log: 'true' }))).egress.map((item) => [item.action, item.log])).toEqual(items);
  expect(read(out(noted({ action }, { log: 'false' }))).egress.map((item) => [item.action, item.log])).toEqual([[action, false]]);
});

test('translation is for allows of forwarded egress', () => {
  const wish = (policy: Policy, more: Partial<PolicyContext> = {}) => {
    const { egress, ingress, problems } = read(policy, more);
    return [[...egress, ...ingress][0]?.snat.kind, problems.map(({ code }) => code)];
  };
  const rule = noted(allow, { snat: 'none' });
  expect(wish(out(rule))).toEqual(['none', []]);
  expect(wish(into(rule))).toEqual(['absent', ['CEXT_POLICY_ANNOTATION']]);
  expect(wish(out(rule), { stage: 'preDnat' })).toEqual(['absent', ['CEXT_POLICY_ANNOTATION']]);
  expect(wish(out(noted({ action: 'deny' }, { snat: 'none' })))).toEqual(['absent', ['CEXT_POLICY_ANNOTATION']]);
});

test('a translation is judged for the families that packets of the rule here can have', () => {
  const told = (rule: felix.IRule, families: PolicyContext['families']) =>
    read(out(rule), { families }).problems.map(({ code, rule: name, field, message }) => [code, name, field, message]);
  const four = noted(allow, { snat: 'four' });
  expect(told(four, [4, 6])).toEqual([]);
  expect(told(four, [6])).toEqual([
    ['CEXT_POLICY_SNAT_FAMILY', 'egress rule 1', 'cextfire.io/snat', 'The pool four has no range of IPv6.'],
  ]);
  expect(told({ ...four, ipVersion: 6 }, [4, 6])).toEqual([
    ['CEXT_POLICY_SNAT_FAMILY', 'egress rule 1', 'cextfire.io/snat', 'The pool four has no range of IPv6.'],
  ]);
  // Packets of the rule are never here: nothing to translate.
  expect(told({ ...four, ipVersion: 6 }, [4])).toEqual([]);
});

test('every mistake is told with its rule and field', () => {
  const policy = policyOf('p', {
    outbound: [{ action: 're\nject' }, noted(tcp443, { id: 'web' }), noted(allow, { id: 'web' }), { ...allow, dstNet: ['x'] }],
    inbound: [noted(allow, { idd: 'x' })],
  });
  const { problems, ids } = read(policy);
  expect(problems.map(({ code, rule, field, message }) => [code, rule, field, message.slice(0, 60)])).toEqual([
    ['CEXT_POLICY_ACTION_UNKNOWN', 'egress rule 1', 'action', 'The action "re?ject" is unknown.'],
    ['CEXT_POLICY_ANNOTATION', 'egress rule 3', 'cextfire.io/id', 'The id "web" is on another rule of this policy too.'],
    ['CEXT_POLICY_MATCH', 'egress rule 4', 'destination.nets', 'x is no CIDR.'],
    ['CEXT_POLICY_ANNOTATION', 'ingress rule 1', 'cextfire.io/idd', 'cextfire.io/idd is no annotation of cextfire; there are cext'],
  ]);
  expect(ids).toEqual(['web', 'web']);
});

test.each<[string, readonly felix.IRule[], number]>([
  ['all are known', [allow, { action: 'deny' }], Number.POSITIVE_INFINITY],
  ['an unknown action', [allow, { action: 'reject' }, { action: 'reject' }], 1],
  ['a match without meaning', [{ ...allow, dstNet: ['x'] }, { action: 'reject' }], 0],
  ['a deny without meaning is only left out', [{ action: 'deny', dstNet: ['x'] }, allow], Number.POSITIVE_INFINITY],
  ['a wrong annotation says nothing about packets', [noted(allow, { idd: '' })], Number.POSITIVE_INFINITY],
])('the first rule that may decide nobody knows what: %s', (_, outbound, from) => {
  expect(read(policyOf('p', { outbound, inbound: [allow] })).unknownFrom).toEqual({ egress: from, ingress: Number.POSITIVE_INFINITY });
});

test('the sets of a policy with the rules that name them, and which of them nobody feeds as what they are named', () => {
  const rules = read(
    policyOf('p', { outbound: [allow, { ...allow, srcIpSetIds: ['a'] }], inbound: [{ ...allow, dstNamedPortIpSetIds: ['n'] }] }),
  );
  expect(rules.sets).toEqual([
    { id: 'a', kind: 'addresses', rule: 'egress rule 2' },
    { id: 'n', kind: 'endpoints', rule: 'ingress rule 1' },
  ]);
  const fed = (...known: ReturnType<typeof setOf>[]) => missingSets(rules, (id) => known.find((set) => set.id === id)).map(({ id }) => id);
  expect(fed()).toEqual(['a', 'n']);
  expect(fed(setOf('a', []), setOf('n', [], 'endpoints'))).toEqual([]);
  expect(fed(setOf('a', [], 'endpoints'), setOf('n', [], 'endpoints'))).toEqual(['a']);
});
