/** What stays of a refused policy that never had a good version: what it surely denies, and nothing else (decision 0041). */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { inputOf, policyOf, setOf, viewOf, type Wishes } from '../../test/worlds/policies.ts';
import { Compiler } from './compile.ts';

const tcp = { protocol: { name: 'tcp' } };
const net = (last: number) => ({ dstNet: [`203.0.113.${last}/32`] });
const deny = (last: number, more: felix.IRule = {}): felix.IRule => ({ action: 'deny', ...net(last), ...more });
/** Refuses the policy and says nothing about packets. */
const misspelled: felix.IRule = { action: 'log', metadata: { annotations: { 'cextfire.io/snatt': 'x' } } };
const never = { srcIpSetIds: ['s:never'] };

function fence(outbound: readonly felix.IRule[], wishes: Wishes = {}) {
  const bad = policyOf('bad', { outbound: [...outbound, misspelled] });
  const view = viewOf({ policies: [bad], sets: [setOf('a', [])] });
  const { rulebook, absent } = new Compiler().compile(inputOf(view, wishes));
  expect([...(absent.get('pay') ?? [])]).toEqual([bad.key]);
  return rulebook.rules.filter(({ direction, origin }) => direction === 'egress' && origin.policy !== undefined);
}
const denied = (outbound: readonly felix.IRule[], wishes?: Wishes) =>
  fence(outbound, wishes).map(({ action, destination, source }) => {
    expect(action).toBe('deny');
    return [destination.include === 'any' ? 'any' : destination.include.prefixes.join(), source.exclude.prefixes.join()];
  });
const to = (last: number, without = '') => [`203.0.113.${last}/32`, without];

test.each<[string, readonly felix.IRule[], readonly (readonly string[])[]]>([
  ['its denies, as they are', [deny(1), deny(2)], [to(1), to(2)]],
  ['never what it allows, passes or logs', [{ action: 'allow' }, { action: 'log' }], []],
  ['but for what it allows before', [{ action: 'allow', srcNet: ['10.10.0.1/32'] }, deny(1)], [to(1, '10.10.0.1/32')]],
  ['but for what it passes before', [{ action: 'next-tier', srcNet: ['10.10.0.1/32'] }, deny(1)], [to(1, '10.10.0.1/32')]],
  [
    'each of them',
    [{ action: 'allow', srcNet: ['10.10.0.1/32'] }, { action: 'next-tier', srcNet: ['10.10.0.5/32'] }, deny(1)],
    [to(1, '10.10.0.1/32,10.10.0.5/32')],
  ],
  ['a log decides nothing', [{ action: 'log', srcNet: ['10.10.0.1/32'] }, deny(1)], [to(1)]],
  ['what it allows after a deny takes nothing from it', [deny(1), { action: 'allow' }], [to(1)]],
  ['an allow of everything leaves nothing to deny', [{ action: 'allow' }, deny(1)], []],
  ['a deny of packets that nobody knows is left out', [deny(1, never), deny(2)], [to(2)]],
  ['a log of such packets too', [{ action: 'log', ...never }, deny(2)], [to(2)]],
  ['an allow of such packets ends it: they may be any', [deny(1), { action: 'allow', ...never }, deny(2)], [to(1)]],
  ['a pass of such packets too', [deny(1), { action: 'next-tier', ...never }, deny(2)], [to(1)]],
  ['so does a rule whose action nobody knows', [deny(1), { action: 'reject' }, deny(2)], [to(1)]],
  ['and one whose match nobody knows', [deny(1), { action: 'allow', dstNet: ['x'] }, deny(2)], [to(1)]],
  ['a deny whose match nobody knows is left out', [deny(1, { dstNet: ['x'] }), deny(2)], [to(2)]],
])('%s', (_, outbound, rules) => {
  expect(denied(outbound)).toEqual(rules);
});

test('a deny that would become more rules than the settings allow is left out, the others stay', () => {
  // Without the allow it is two rules: other sources, and other protocols.
  const outbound = [{ action: 'allow', srcNet: ['10.10.0.1/32'], ...net(1), ...tcp }, deny(1), deny(2)];
  expect(denied(outbound, { maxRulesPerPolicyRule: 2 }).map(([where]) => where)).toEqual([
    '203.0.113.1/32',
    '203.0.113.1/32',
    '203.0.113.2/32',
  ]);
  expect(denied(outbound, { maxRulesPerPolicyRule: 1 }).map(([where]) => where)).toEqual(['203.0.113.2/32']);
  // Cut more than once, it may be too much in between.
  const often = [1, 2, 3].map((at): felix.IRule => ({ action: 'allow', srcNet: [`10.10.0.${at}/32`], ...net(1), ...tcp }));
  expect(denied([...often, deny(1)], { maxRulesPerPolicyRule: 1 })).toEqual([]);
});

test('a rule keeps its id in the fence, and a cut one when others come and go', () => {
  const whole = new Compiler().compile(inputOf(viewOf({ policies: [policyOf('bad', { outbound: [deny(1)] })] }))).rulebook.rules[0]?.id;
  expect(fence([deny(1)])[0]?.id).toBe(whole);
  const allow = { action: 'allow', srcNet: ['10.10.0.1/32'] };
  const [one, two] = fence([allow, deny(1), deny(2)]).map(({ id }) => id);
  expect(fence([allow, deny(2)]).map(({ id }) => id)).toEqual([two]);
  expect([one, two]).not.toContain(whole);
});
