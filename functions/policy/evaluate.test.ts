/** Tiers, stages and translation of the reference evaluator, case by case (DESIGN.md section 5, reference/felix.md 2.3). */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { BORDER, policyOf, tierOf, viewOf } from '../../test/worlds/policies.ts';
import type { Policy, Tier } from '../cluster/view.ts';
import { parseAddress, parseRange } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import { type EvaluateInput, evaluatePolicies, evaluateStage } from './evaluate.ts';

const address = (text: string) => parseAddress(text) as NonNullable<ReturnType<typeof parseAddress>>;
const packet = (direction: Packet['direction'], source: string, destination: string): Packet => ({
  family: address(source).family,
  direction,
  source: address(source).value,
  destination: address(destination).value,
  protocol: 6,
  sourcePort: 40_000,
  destinationPort: 443,
});
const out = packet('egress', '10.10.0.1', '203.0.113.1');
const out6 = packet('egress', 'fd00:10:10::1', '2001:db8::1');
const back = packet('ingress', '203.0.113.1', '10.10.0.1');

const allow: felix.IRule = { action: 'allow' };
const deny: felix.IRule = { action: 'deny' };
const log: felix.IRule = { action: 'log' };
const pass: felix.IRule = { action: 'next-tier' };
const never: felix.IRule = { action: 'allow', dstNet: ['192.0.2.0/24'] };
const noted = (rule: felix.IRule, name: string, value: string): felix.IRule => ({
  ...rule,
  metadata: { annotations: { [`cextfire.io/${name}`]: value } },
});
const both = (name: string, rules: readonly felix.IRule[], more: Partial<Policy> = {}) =>
  policyOf(name, { outbound: rules, inbound: rules }, more);
const staged = (name: string, rules: readonly felix.IRule[]) => both(name, rules, { kind: 'StagedGlobalNetworkPolicy' });

interface World {
  readonly tiers?: readonly Tier[];
  readonly preDnat?: readonly Tier[];
  readonly policies: readonly Policy[];
  readonly pair?: Partial<EvaluateInput['pair']>;
  readonly instead?: EvaluateInput['instead'];
}
const inputOf = ({ tiers, preDnat, policies, pair, instead }: World): EvaluateInput => ({
  view: viewOf({ policies, ...(tiers ? { forwardTiers: tiers } : {}), ...(preDnat ? { preDnatTiers: preDnat } : {}) }),
  hostEndpoint: 'edge',
  border: BORDER,
  podCidrs: ['10.10.0.0/28', 'fd00:10:10::/124'],
  pair: { tiers: ['border', 'second'], defaultDeny: true, destinations: undefined, ...pair },
  ...(instead ? { instead } : {}),
});

/** One policy in one tier. */
const one = (rules: readonly felix.IRule[], more: Omit<World, 'policies'> = {}) => inputOf({ ...more, policies: [both('p', rules)] });
/** The policy p in tier border, q in tier second. */
const two = (
  p: Policy,
  q: Policy,
  defaults: readonly [Tier['defaultAction'], Tier['defaultAction']] = ['Deny', 'Deny'],
  pair: World['pair'] = {},
) => inputOf({ policies: [p, q], tiers: [tierOf('border', [p], defaults[0]), tierOf('second', [q], defaults[1])], pair });

const said = ({ verdict, logged, decidedBy, way }: ReturnType<typeof evaluatePolicies>) => ({
  verdict,
  logged,
  by: decidedBy && ('tier' in decidedBy ? decidedBy.tier : `${decidedBy.policy} ${decidedBy.index}`),
  way: way.map(({ tier, outcome }) => `${tier}: ${outcome}`),
});
const P = 'GlobalNetworkPolicy//p';
const Q = 'GlobalNetworkPolicy//q';

test.each<[string, EvaluateInput, ReturnType<typeof said>]>([
  ['an allow', one([never, allow]), { verdict: 'allow', logged: false, by: `${P} 1`, way: ['border: allow'] }],
  ['a rule without an action allows', one([{}]), { verdict: 'allow', logged: false, by: `${P} 0`, way: ['border: allow'] }],
  ['actions in capital letters', one([{ action: 'Deny' }]), { verdict: 'deny', logged: false, by: `${P} 0`, way: ['border: deny'] }],
  ['the first match wins', one([deny, allow]), { verdict: 'deny', logged: false, by: `${P} 0`, way: ['border: deny'] }],
  [
    'an action that nobody knows decides nothing',
    one([{ action: 'reject' }]),
    { verdict: 'deny', logged: false, by: 'border', way: ['border: end: drop'] },
  ],
  ['no match: the drop of the tier', one([never]), { verdict: 'deny', logged: false, by: 'border', way: ['border: end: drop'] }],
  ['a policy without rules: the drop of the tier', one([]), { verdict: 'deny', logged: false, by: 'border', way: ['border: end: drop'] }],
  [
    'no match, no default deny: the administrator decides',
    one([never], { pair: { defaultDeny: false } }),
    { verdict: 'unmatched', logged: false, by: undefined, way: ['border: end: left to the administrator'] },
  ],
  ['a log goes on', one([log, allow]), { verdict: 'allow', logged: true, by: `${P} 1`, way: ['border: allow'] }],
  ['a log and the drop', one([log]), { verdict: 'deny', logged: true, by: 'border', way: ['border: end: drop'] }],
  [
    'a log and nothing else',
    one([log], { pair: { defaultDeny: false } }),
    { verdict: 'unmatched', logged: true, by: undefined, way: ['border: end: left to the administrator'] },
  ],
  [
    'a log that does not match',
    one([{ ...log, dstNet: ['192.0.2.0/24'] }, allow]),
    { verdict: 'allow', logged: false, by: `${P} 1`, way: ['border: allow'] },
  ],
  ['an allow that logs', one([noted(allow, 'log', 'true')]), { verdict: 'allow', logged: true, by: `${P} 0`, way: ['border: allow'] }],
  [
    'an allow that does not',
    one([noted(allow, 'log', 'false')]),
    { verdict: 'allow', logged: false, by: `${P} 0`, way: ['border: allow'] },
  ],
  [
    'a pass out of the last tier: the administrator decides',
    one([pass, deny]),
    { verdict: 'unmatched', logged: false, by: undefined, way: ['border: pass'] },
  ],
  ['pass is next-tier', one([{ action: 'pass' }, deny]), { verdict: 'unmatched', logged: false, by: undefined, way: ['border: pass'] }],
  ['a pass that logs', one([noted(pass, 'log', 'true')]), { verdict: 'unmatched', logged: true, by: undefined, way: ['border: pass'] }],
  ['a pass after a log', one([log, pass]), { verdict: 'unmatched', logged: true, by: undefined, way: ['border: pass'] }],
  [
    'a pass asks the next tier',
    two(both('p', [pass, deny]), both('q', [allow])),
    { verdict: 'allow', logged: false, by: `${Q} 0`, way: ['border: pass', 'second: allow'] },
  ],
  [
    'what was logged in a tier before stays logged',
    two(both('p', [noted(pass, 'log', 'true')]), both('q', [allow])),
    { verdict: 'allow', logged: true, by: `${Q} 0`, way: ['border: pass', 'second: allow'] },
  ],
  [
    'a drop asks no later tier',
    two(both('p', [never]), both('q', [allow])),
    { verdict: 'deny', logged: false, by: 'border', way: ['border: end: drop'] },
  ],
  [
    'nor does a tier that is left to the administrator',
    two(both('p', [never]), both('q', [allow]), ['Deny', 'Deny'], { defaultDeny: false }),
    { verdict: 'unmatched', logged: false, by: undefined, way: ['border: end: left to the administrator'] },
  ],
  [
    'a tier whose default is Pass goes on, whatever default deny says',
    two(both('p', [never]), both('q', [allow]), ['Pass', 'Deny'], { defaultDeny: false }),
    { verdict: 'allow', logged: false, by: `${Q} 0`, way: ['border: end: next tier', 'second: allow'] },
  ],
  [
    'and out of the last one',
    two(both('p', [never]), both('q', [never]), ['Pass', 'Pass']),
    { verdict: 'unmatched', logged: false, by: undefined, way: ['border: end: next tier', 'second: end: next tier'] },
  ],
  [
    'a tier of staged policies is none',
    two(staged('p', [deny]), both('q', [allow])),
    { verdict: 'allow', logged: false, by: `${Q} 0`, way: ['border: nothing enforced', 'second: allow'] },
  ],
  [
    'a tier that is not honoured is not asked',
    two(both('p', [deny]), both('q', [allow]), ['Deny', 'Deny'], { tiers: ['second'] }),
    { verdict: 'allow', logged: false, by: `${Q} 0`, way: ['second: allow'] },
  ],
  [
    'a policy that stands for another',
    one([deny], { instead: new Map([[P, both('p', [allow])]]) }),
    { verdict: 'allow', logged: false, by: `${P} 0`, way: ['border: allow'] },
  ],
  [
    'a refused policy without another still makes its tier end',
    one([allow], { instead: new Map([[P, undefined]]) }),
    { verdict: 'deny', logged: false, by: 'border', way: ['border: end: drop'] },
  ],
  [
    'an allow beyond the destinations of the settings',
    one([allow], { pair: { destinations: ['192.0.2.0/24'] } }),
    { verdict: 'deny', logged: false, by: `${P} 0`, way: ['border: deny'] },
  ],
  [
    'an allow inside them',
    one([allow], { pair: { destinations: ['203.0.113.0/31'] } }),
    { verdict: 'allow', logged: false, by: `${P} 0`, way: ['border: allow'] },
  ],
])('%s', (_, input, answer) => {
  expect(said(evaluatePolicies(input, out))).toEqual(answer);
  expect(said(evaluateStage(input, 'forward', out))).toEqual(answer);
});

test('each direction has its own rules, its own policies of a tier, and its own far end', () => {
  const p = policyOf('p', { outbound: [deny], inbound: [allow] });
  expect(said(evaluatePolicies(inputOf({ policies: [p] }), back))).toMatchObject({ verdict: 'allow', by: `${P} 0` });
  const only = inputOf({ policies: [p], tiers: [{ ...tierOf('border', [p]), ingress: [] }] });
  expect(said(evaluatePolicies(only, back))).toEqual({
    verdict: 'unmatched',
    logged: false,
    by: undefined,
    way: ['border: nothing enforced'],
  });
  expect(said(evaluatePolicies(only, out))).toMatchObject({ verdict: 'deny', by: `${P} 0` });
  const near = inputOf({ policies: [p], pair: { destinations: ['203.0.113.0/24'] } });
  expect(evaluatePolicies(near, back).verdict).toBe('allow');
  expect(evaluatePolicies(inputOf({ policies: [p], pair: { destinations: ['10.10.0.0/28'] } }), back).verdict).toBe('deny');
});

test('the whole way: what is skipped is told, every rule that was asked stands there with why', () => {
  const s = staged('s', [deny]);
  const lost = both('lost', [deny]);
  const gone = staged('gone', [deny]);
  const p = both('p', [never, allow, deny]);
  const { way } = evaluatePolicies(
    inputOf({
      policies: [s, p],
      tiers: [tierOf('border', [s, gone, lost, both('later', []), p])],
      instead: new Map([[lost.key, undefined]]),
    }),
    out,
  );
  expect(way).toEqual([
    {
      tier: 'border',
      stage: 'forward',
      outcome: 'allow',
      policies: [
        { policy: s.key, outcome: 'staged, skipped', rules: [] },
        { policy: gone.key, outcome: 'staged, skipped', rules: [] },
        { policy: lost.key, outcome: 'not known, skipped', rules: [] },
        { policy: 'GlobalNetworkPolicy//later', outcome: 'not known, skipped', rules: [] },
        {
          policy: P,
          outcome: 'allow',
          rules: [
            { direction: 'egress', index: 0, action: 'allow', matched: false, why: 'destination 203.0.113.1 is in none of 192.0.2.0/24' },
            { direction: 'egress', index: 1, action: 'allow', matched: true, why: 'the rule matches every packet' },
          ],
        },
      ],
    },
  ]);
  const outcomes = (...rules: felix.IRule[]) =>
    evaluatePolicies(one(rules), out).way.flatMap(({ policies }) => policies.map(({ outcome }) => outcome));
  expect([outcomes(never), outcomes(pass), outcomes(deny)]).toEqual([['no match'], ['pass'], ['deny']]);
  expect(evaluatePolicies(one([{}]), out).way[0]?.policies[0]?.rules[0]?.action).toBe('allow');
});

test.each<[string, Packet, 'forward' | 'preDnat', string]>([
  [
    'a source that is no pod',
    packet('egress', '10.20.0.1', '203.0.113.1'),
    'forward',
    'the source lies outside the pod CIDRs of the cluster',
  ],
  [
    'a destination that is no pod',
    packet('ingress', '203.0.113.1', '10.20.0.1'),
    'forward',
    'the destination lies outside the pod CIDRs of the cluster',
  ],
  ['egress before DNAT', out, 'preDnat', 'pre-DNAT policies judge ingress only'],
  ['no VIP', packet('ingress', '203.0.113.1', '10.10.0.4'), 'preDnat', 'the destination is none of the VIPs of the border'],
])('not asked at all: %s', (_, asked, stage, why) => {
  expect(evaluateStage(one([deny]), stage, asked)).toEqual({
    verdict: 'unmatched',
    stage,
    logged: false,
    translation: { kind: 'absent' },
    decidedBy: undefined,
    outOfScope: why,
    way: [],
  });
});

test('a HostEndpoint that the cluster lacks', () => {
  expect(evaluatePolicies({ ...one([deny]), hostEndpoint: 'other' }, out)).toMatchObject({
    verdict: 'unmatched',
    outOfScope: 'the cluster has no HostEndpoint other',
  });
  expect(evaluatePolicies(one([deny]), out).outOfScope).toBeUndefined();
});

test('before DNAT: what is decided there is decided, what is not is asked of the forward tiers, and what was logged stays logged', () => {
  const vip = (rules: readonly felix.IRule[], forward: readonly felix.IRule[], pair: World['pair'] = {}) => {
    const v = policyOf('v', { inbound: rules }, { preDnat: true });
    const p = policyOf('p', { inbound: forward });
    return evaluatePolicies(inputOf({ policies: [v, p], tiers: [tierOf('second', [p])], preDnat: [tierOf('border', [v])], pair }), back);
  };
  expect(vip([deny], [allow])).toMatchObject({ verdict: 'deny', stage: 'preDnat', outOfScope: undefined });
  expect(said(vip([allow], [deny]))).toEqual({ verdict: 'allow', logged: false, by: 'GlobalNetworkPolicy//v 0', way: ['border: allow'] });
  // Such a tier has no drop of its own, and its allows translate nothing.
  expect(said(vip([never], [allow]))).toEqual({
    verdict: 'allow',
    logged: false,
    by: `${P} 0`,
    way: ['border: end: next tier', 'second: allow'],
  });
  expect(vip([never], [allow])).toMatchObject({ stage: 'forward' });
  expect(said(vip([log], [allow]))).toMatchObject({ verdict: 'allow', logged: true });
  expect(said(vip([never], [log, allow]))).toMatchObject({ verdict: 'allow', logged: true });
  expect(vip([noted(allow, 'snat', 'none')], [deny]).translation).toEqual({ kind: 'absent' });
  expect(vip([allow], [deny], { destinations: ['192.0.2.0/24'] })).toMatchObject({ verdict: 'deny', stage: 'preDnat' });
});

const range = (text: string) => parseRange(text);
test.each<[string | undefined, Packet, object]>([
  [undefined, out, { kind: 'absent' }],
  ['none', out, { kind: 'none' }],
  ['198.51.100.7', out, { kind: 'address', address: '198.51.100.7' }],
  ['198.51.100.7-198.51.100.9', out, { kind: 'range', range: range('198.51.100.7-198.51.100.9') }],
  ['p', out, { kind: 'pool', pool: 'p', ranges: [range('198.51.100.0-198.51.100.15')] }],
  ['p', out6, { kind: 'pool', pool: 'p', ranges: [range('2001:db8:ffff::-2001:db8:ffff::ffff:ffff:ffff:ffff')] }],
  // A family for which the wish has no address is left to the administrator's NAT.
  ['four', out6, { kind: 'absent' }],
  ['198.51.100.7', out6, { kind: 'absent' }],
  ['unheard-of', out, { kind: 'absent' }],
])('the translation "%s"', (wish, asked, translation) => {
  const rule = wish === undefined ? allow : noted(allow, 'snat', wish);
  expect(evaluatePolicies(one([rule]), asked)).toMatchObject({ verdict: 'allow', translation });
  expect(evaluatePolicies(one([rule], { pair: { destinations: [] } }), asked)).toMatchObject({
    verdict: 'deny',
    translation: { kind: 'absent' },
  });
  expect(evaluatePolicies(one([rule]), back).translation).toEqual({ kind: 'absent' });
});
