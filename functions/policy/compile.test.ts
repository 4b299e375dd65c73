import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { inputOf, policyOf, setOf, tierOf, viewOf } from '../../test/worlds/policies.ts';
import { Compiler } from './compile.ts';

const allow = (more: felix.IRule = {}): felix.IRule => ({
  action: 'allow',
  protocol: { name: 'tcp' },
  dstPorts: [{ first: 443, last: 443 }],
  ...more,
});
const egress = (input: ReturnType<typeof inputOf>, compiler = new Compiler()) => {
  const result = compiler.compile(input);
  return { ...result, rules: result.rulebook.rules.filter((rule) => rule.direction === 'egress') };
};

test('a rule keeps its id when others come and go, when Felix renames it, and when only its translation changes', () => {
  const ids = (...outbound: felix.IRule[]) =>
    egress(inputOf(viewOf({ policies: [policyOf('mail', { outbound })] }))).rules.map(({ id }) => id);
  const [alone] = ids(allow({ ruleId: 'one' }));
  expect(
    ids(allow({ dstNet: ['203.0.113.0/24'] }), allow({ ruleId: 'two', metadata: { annotations: { 'cextfire.io/snat': 'none' } } }))[1],
  ).toBe(alone);
});

test('a rule with an id of its author keeps it when its content changes', () => {
  const idOf = (more: felix.IRule) =>
    egress(
      inputOf(
        viewOf({
          policies: [policyOf('mail', { outbound: [allow({ ...more, metadata: { annotations: { 'cextfire.io/id': 'mail-out' } } })] })],
        }),
      ),
    ).rules[0]?.id;
  expect(idOf({ dstNet: ['203.0.113.0/24'] })).toBe(idOf({ dstNet: ['198.51.100.0/24'] }));
});

test('what an edited policy named before is forgotten, and until then an untouched one keeps its rules: how often, is a matter of what stands', () => {
  const forgets = (standing: number): number => {
    const still = Array.from({ length: standing }, (_, at) =>
      policyOf(`still ${at}`, { outbound: [allow({ srcIpSetIds: [`still ${at}`] })] }),
    );
    const sets = still.map((_, at) => setOf(`still ${at}`, []));
    const compiler = new Compiler();
    const base = inputOf(viewOf({ policies: still, sets }));
    const ruleOf = (edit: number) => {
      const edited = policyOf('edited', { outbound: [allow({ srcIpSetIds: [`edit ${edit}`] })] });
      const view = viewOf({ policies: [...still, edited], sets: [...sets, setOf(`edit ${edit}`, [])] });
      const input = { ...base, clusters: base.clusters.map((cluster) => ({ ...cluster, view })) };
      const { rulebook } = compiler.compile(input);
      if (edit % 100 === 0) expect(rulebook).toEqual(new Compiler().compile(input).rulebook);
      return rulebook.rules.find(({ origin }) => origin.policy?.name === 'still 0');
    };
    let times = 0;
    let before = ruleOf(0);
    for (let edit = 1; edit <= 400; edit++) {
      const now = ruleOf(edit);
      if (now !== before) times++;
      before = now;
    }
    return times;
  };
  const few = forgets(1);
  expect(few).toBeGreaterThan(3);
  expect(few).toBeLessThan(20);
  expect(forgets(200)).toBeLessThan(few / 2);
});

test('a trailing pass, a pass of everything and a pass that meets no later rule cost nothing', () => {
  const first = policyOf('first', { outbound: [allow({ dstNet: ['203.0.113.0/24'] }), { action: 'next-tier' }] }, { tier: 'border' });
  const second = policyOf('second', { outbound: [allow()] }, { tier: 'second' });
  const view = viewOf({ policies: [first, second], forwardTiers: [tierOf('border', [first]), tierOf('second', [second])] });
  expect(egress(inputOf(view)).rules.map(({ action, origin }) => `${action} ${origin.tier}`)).toEqual([
    'allow border',
    'allow second',
    'deny second',
  ]);
});

test('packets that pass out of the last tier are taken out of the drop, never allowed', () => {
  const pass = policyOf('pass', { outbound: [{ action: 'next-tier', srcIpSetIds: ['a'] }] });
  const { rules } = egress(inputOf(viewOf({ policies: [pass], sets: [setOf('a', [])] })));
  expect(rules.map(({ action, source }) => [action, source.include, source.exclude.sets.length])).toEqual([
    ['deny', { sets: [], prefixes: ['10.10.0.0/28', 'fd00:10:10::/124'] }, 1],
  ]);
});

test('without default deny no drop is written, and what a tier ends is not asked of the next', () => {
  const first = policyOf('first', { outbound: [allow()] });
  const second = policyOf('second', { outbound: [allow({ dstPorts: [] })] }, { tier: 'second' });
  const view = viewOf({ policies: [first, second], forwardTiers: [tierOf('border', [first]), tierOf('second', [second])] });
  expect(egress(inputOf(view, { pair: { defaultDeny: false } })).rules.map(({ origin }) => origin.policy?.name)).toEqual(['first']);
});

test('staged policies and tiers that are not honoured write nothing; a tier of staged ones has no drop', () => {
  const staged = policyOf('same', { outbound: [{ action: 'deny' }] }, { kind: 'StagedGlobalNetworkPolicy' });
  const other = policyOf('other', { outbound: [{ action: 'deny' }] }, { tier: 'elsewhere' });
  const view = viewOf({ policies: [staged, other], forwardTiers: [tierOf('border', [staged]), tierOf('elsewhere', [other])] });
  const { rulebook, conditions } = new Compiler().compile(inputOf(view));
  expect(rulebook.rules).toEqual([]);
  expect(conditions.map(({ code }) => code).sort()).toEqual(['CEXT_POLICY_NO_POLICY', 'CEXT_POLICY_TIER_NOT_HONOURED']);
});

test('an allow beyond the destinations of the pair is cut, and what is cut off is denied before a later allow', () => {
  const view = viewOf({ policies: [policyOf('out', { outbound: [allow({ dstNet: ['203.0.113.0/24'] })] })] });
  const { rules, conditions } = egress(inputOf(view, { pair: { destinations: ['203.0.113.0/25'] } }));
  expect(rules.map(({ action, destination }) => [action, destination.include])).toEqual([
    ['allow', { sets: [], prefixes: ['203.0.113.0/25'] }],
    ['deny', { sets: [], prefixes: ['203.0.113.0/24'] }],
    ['deny', 'any'],
  ]);
  expect(conditions.map(({ code, severity }) => [code, severity])).toEqual([['CEXT_POLICY_DESTINATION_CUT', 'warning']]);
});

test('an address of one family translates that family; the other is allowed and told', () => {
  const view = viewOf({
    policies: [policyOf('out', { outbound: [allow({ metadata: { annotations: { 'cextfire.io/snat': '198.51.100.7' } } })] })],
  });
  const { rules, conditions } = egress(inputOf(view));
  expect(rules.slice(0, 2).map(({ families, translation }) => [families, translation.kind])).toEqual([
    [[4], 'address'],
    [[6], 'absent'],
  ]);
  expect(conditions.map(({ code }) => code)).toEqual(['CEXT_POLICY_SNAT_FAMILY']);
  expect(egress(inputOf(view, { podCidrs: ['10.10.0.0/28'] })).conditions).toEqual([]);
});

test('members that leave masqueraded and members outside the pod CIDRs are told, by the longest pool that holds them', () => {
  const pools = new Map([
    ['all', { cidr: '10.0.0.0/8', masquerade: true }],
    ['own', { cidr: '10.10.0.0/16', masquerade: false }],
  ]);
  const told = (members: string[]) =>
    egress(
      inputOf(viewOf({ policies: [policyOf('out', { outbound: [allow({ srcIpSetIds: ['a'] })] })], sets: [setOf('a', members)], pools })),
    ).conditions.map(({ code }) => code);
  expect(told(['10.10.0.1/32'])).toEqual([]);
  expect(told(['10.10.0.1/32', '10.20.0.1/32'])).toEqual(['CEXT_POLICY_MASQUERADED', 'CEXT_POLICY_OUTSIDE_POD_CIDRS']);
});

test('a policy that did not change keeps its very rules, and nothing changed is the very rulebook', () => {
  const one = policyOf('one', { outbound: [allow()] });
  const two = policyOf('two', { outbound: [allow({ dstNet: ['203.0.113.0/24'] })] });
  const changed = policyOf('two', { outbound: [allow({ dstNet: ['198.51.100.0/24'] })] });
  const compiler = new Compiler();
  const input = inputOf(viewOf({ policies: [one, two] }));
  const first = egress(input, compiler);
  expect(egress(input, compiler).rulebook).toBe(first.rulebook);
  const [cluster] = input.clusters;
  const next = egress({ ...input, clusters: cluster ? [{ ...cluster, view: viewOf({ policies: [one, changed] }) }] : [] }, compiler);
  expect(next.rules[0]).toBe(first.rules[0]);
  expect(next.rules[1]).not.toEqual(first.rules[1]);
});

test('a packet that passes is asked of the next tier, also where that tier says one thing only', () => {
  const first = policyOf('first', { outbound: [{ action: 'next-tier', srcIpSetIds: ['a'] }] });
  const second = policyOf('second', {}, { tier: 'second' });
  const view = viewOf({
    policies: [first, second],
    sets: [setOf('a', [])],
    forwardTiers: [tierOf('border', [first]), tierOf('second', [second])],
  });
  const { rules } = egress(inputOf(view));
  expect(rules.map(({ action, origin, source }) => [action, origin.tier, source.exclude.sets.length])).toEqual([
    ['deny', 'border', 1],
    ['deny', 'second', 0],
  ]);
});
