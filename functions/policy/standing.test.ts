/** Which version of a policy stands: it only ever falls, from the present one to the last good one to its denies to nothing. */
import { expect, test } from '@jest/globals';
import { inputOf, policyOf, setOf, viewOf } from '../../test/worlds/policies.ts';
import type { FelixSet, Policy } from '../cluster/view.ts';
import type { Listed, Place } from './chains.ts';
import type { Problem } from './errors.ts';
import type { PolicyRules } from './policy-rules.ts';
import { type Standing, Standings, sameGood } from './standing.ts';
import type { CompileCluster, LastGood } from './types.ts';

const problem = (message: string): Problem => ({ code: 'CEXT_POLICY_MATCH', rule: 'egress rule 1', field: 'x', message });
const withId = (id: string) => ({ outbound: [{ metadata: { annotations: { 'cextfire.io/id': id } } }] });
const idIn = (policy: Policy) =>
  [...policy.inbound, ...policy.outbound].flatMap((rule) => rule.metadata?.annotations?.['cextfire.io/id'] ?? []);

/** Reads policies as it is told. */
const placeOf = (wrong: ReadonlyMap<Policy, readonly Problem[]>, sets: ReadonlyMap<Policy, PolicyRules['sets']>): Place => ({
  hostEndpoint: 'edge',
  stage: 'forward',
  rules: (policy) => ({
    policy,
    egress: [],
    ingress: [],
    sets: sets.get(policy) ?? [],
    ids: idIn(policy),
    problems: wrong.get(policy) ?? [],
    unknownFrom: { egress: Number.POSITIVE_INFINITY, ingress: Number.POSITIVE_INFINITY },
  }),
});

interface World {
  readonly policies: readonly Policy[];
  readonly listed?: readonly string[];
  readonly wrong?: readonly (readonly [Policy, readonly Problem[]])[];
  readonly named?: readonly (readonly [Policy, PolicyRules['sets']])[];
  readonly lastGood?: CompileCluster['lastGood'];
  readonly sets?: readonly FelixSet[];
}
function standings({ policies, listed, wrong = [], named = [], lastGood, sets = [] }: World) {
  const [cluster] = inputOf(viewOf({ policies, sets }), lastGood ? { lastGood } : {}).clusters;
  const places = [placeOf(new Map(wrong), new Map(named))];
  const all: readonly Listed[] = (listed ?? policies.map(({ key }) => key)).map((key) => ({ key, places }));
  return new Standings(cluster as CompileCluster, all);
}
const told = (of: Standings) =>
  [...of.byPolicy].map(([key, stands]) => [
    key.split('//')[1],
    stands.kind === 'absent' && stands.bare ? 'bare' : stands.kind,
    ...(stands.kind === 'present' ? [] : stands.problems.map(({ message }) => message)),
  ]);
const goodOf = (policy: Policy, more: Partial<LastGood> = {}): LastGood => ({
  policy,
  position: 3,
  frozenSets: new Map(),
  expired: false,
  ...more,
});

const p = policyOf('p', {});
const old = policyOf('p', {});

test('a policy without problems is present; staged ones stand nowhere; one that never came is absent', () => {
  const staged = policyOf('s', {}, { kind: 'StagedGlobalNetworkPolicy' });
  expect(
    told(standings({ policies: [p, staged], listed: [p.key, staged.key, 'StagedNetworkPolicy/x/gone', 'GlobalNetworkPolicy//lost'] })),
  ).toEqual([
    ['p', 'present'],
    ['lost', 'absent', 'A tier lists this policy, but Felix has not sent it.'],
  ]);
});

const SET = [{ id: 's:x', kind: 'addresses' as const, rule: 'egress rule 2' }];
test.each<[string, World, string]>([
  ['its last good version', { policies: [p], wrong: [[p, [problem('a')]]], lastGood: new Map([[p.key, goodOf(old)]]) }, 'kept'],
  ['none, where there is no such version', { policies: [p], wrong: [[p, [problem('a')]]] }, 'absent'],
  [
    'none, where settings changed against that too',
    {
      policies: [p],
      wrong: [
        [p, [problem('a')]],
        [old, [problem('b')]],
      ],
      lastGood: new Map([[p.key, goodOf(old)]]),
    },
    'absent',
  ],
  [
    'none, where a set of that is nowhere',
    { policies: [p], wrong: [[p, [problem('a')]]], named: [[old, SET]], lastGood: new Map([[p.key, goodOf(old)]]) },
    'absent',
  ],
  [
    'the last good one, its set being fed',
    {
      policies: [p],
      wrong: [[p, [problem('a')]]],
      named: [[old, SET]],
      sets: [setOf('s:x', [])],
      lastGood: new Map([[p.key, goodOf(old)]]),
    },
    'kept',
  ],
  [
    'the last good one, its set being frozen',
    {
      policies: [p],
      wrong: [[p, [problem('a')]]],
      named: [[old, SET]],
      lastGood: new Map([[p.key, goodOf(old, { frozenSets: new Map([['s:x', setOf('s:x', [])]]) })]]),
    },
    'kept',
  ],
  [
    'none, its frozen set being of another kind',
    {
      policies: [p],
      wrong: [[p, [problem('a')]]],
      named: [[old, SET]],
      lastGood: new Map([[p.key, goodOf(old, { frozenSets: new Map([['s:x', setOf('s:x', [], 'endpoints')]]) })]]),
    },
    'absent',
  ],
])('for a refused policy stands %s', (_, world, kind) => {
  expect(told(standings(world))).toEqual([['p', kind, 'a']]);
});

test('a set that never came is told with its rule', () => {
  const { byPolicy } = standings({ policies: [p], named: [[p, [...SET, { id: 's\n', kind: 'endpoints', rule: 'ingress rule 1' }]]] });
  expect(byPolicy.get(p.key)).toEqual({
    kind: 'absent',
    problems: [
      { code: 'CEXT_POLICY_SET_MISSING', rule: 'egress rule 2', field: 's:x', message: 'The set s:x was never sent by Felix.' },
      { code: 'CEXT_POLICY_SET_MISSING', rule: 'ingress rule 1', field: 's\n', message: 'The set s? was never sent by Felix.' },
    ],
  });
});

test('an id belongs to who had it, else to the first by name; the other is refused and told', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => policyOf(name, withId('web'))) as [Policy, Policy, Policy];
  const refused = (owner: string) => `The id "web" is used by GlobalNetworkPolicy//${owner} too.`;
  expect(told(standings({ policies: [a, b, c] }))).toEqual([
    ['a', 'present'],
    ['b', 'absent', refused('a')],
    ['c', 'absent', refused('a')],
  ]);
  const [x, y] = [c, b].map((policy) => [policy.key, goodOf(policy)] as const);
  expect(told(standings({ policies: [a, b, c], lastGood: new Map([x as [string, LastGood]]) }))).toEqual([
    ['a', 'absent', refused('c')],
    ['b', 'absent', refused('c')],
    ['c', 'present'],
  ]);
  // Of several that had it, the first by name; one that is gone has it no more; another id is no matter.
  const had = new Map([x, y] as [string, LastGood][]);
  expect(told(standings({ policies: [a, b, c], lastGood: had })).map(([name, kind]) => [name, kind])).toEqual([
    ['a', 'absent'],
    ['b', 'present'],
    ['c', 'kept'],
  ]);
  expect(told(standings({ policies: [a, policyOf('d', withId('mail'))], lastGood: had }))).toEqual([
    ['a', 'present'],
    ['d', 'present'],
  ]);
  expect(standings({ policies: [a, b] }).byPolicy.get(b.key)).toMatchObject({
    problems: [{ code: 'CEXT_POLICY_ANNOTATION', field: 'cextfire.io/id' }],
  });
});

test.each([
  [1, true, 'kept'],
  [2, true, 'absent'],
  [3, true, 'bare'],
  [1, false, 'absent'],
  [2, false, 'absent'],
  [3, false, 'bare'],
])('what a firewall could not say %d times, with a last good version: %s, is %s', (times, has, kind) => {
  const of = standings({ policies: [p], ...(has ? { lastGood: new Map([[p.key, goodOf(old)]]) } : {}) });
  of.refuse(p.key, { times, problems: [problem('a')] });
  expect(told(of)).toEqual([['p', kind, 'a']]);
});

test('a policy that is refused is told all its problems, and one that is nowhere is not refused', () => {
  const of = standings({ policies: [p], wrong: [[p, [problem('a'), problem('b')]]], lastGood: new Map([[p.key, goodOf(old)]]) });
  of.refuse(p.key, { times: 1, problems: [problem('c')] });
  expect(told(of)).toEqual([['p', 'absent', 'a', 'b', 'c']]);
  of.refuse('GlobalNetworkPolicy//other', { times: 3, problems: [problem('d')] });
  expect(told(of)).toHaveLength(1);
});

const kept = (more: Partial<LastGood> = {}, problems: readonly Problem[] = [problem('a')]): Standing => ({
  kind: 'kept',
  good: goodOf(old, more),
  problems,
});
const absent = (problems: readonly Problem[] = [problem('a')], bare?: true): Standing => ({
  kind: 'absent',
  problems,
  ...(bare ? { bare } : {}),
});
test.each<[string, Standing, boolean]>([
  ['the same reasons for the same version', kept(), true],
  ['another version', kept({ policy: p }), false],
  ['another position', kept({ position: 4 }), false],
  ['expired since', kept({ expired: true }), false],
  ['a set frozen since', kept({ frozenSets: new Map([['s', setOf('s', [])]]) }), false],
  ['more reasons', kept({}, [problem('a'), problem('b')]), false],
  ['another code', kept({}, [{ ...problem('a'), code: 'CEXT_POLICY_HTTP_MATCH' }]), false],
  ['another rule', kept({}, [{ ...problem('a'), rule: 'egress rule 2' }]), false],
  ['another field', kept({}, [{ ...problem('a'), field: 'y' }]), false],
  ['another message', kept({}, [problem('b')]), false],
  ['absent before', absent(), false],
  ['present before', { kind: 'present' }, false],
])('what stands as it stood before is the very same object: %s', (_, before, is) => {
  const of = standings({ policies: [p], wrong: [[p, [problem('a')]]], lastGood: new Map([[p.key, goodOf(old)]]) });
  of.settle(new Map([[p.key, before]]));
  expect(of.byPolicy.get(p.key) === before).toBe(is);
});

test.each<[Standing, boolean]>([
  [absent(), true],
  [absent([problem('a')], true), false],
  [kept(), false],
])('%#: so it is with one that is absent', (before, is) => {
  const of = standings({ policies: [p], wrong: [[p, [problem('a')]]] });
  of.settle(new Map([[p.key, before]]));
  expect(of.byPolicy.get(p.key) === before).toBe(is);
  of.settle(new Map());
  expect(of.byPolicy.get(p.key)?.kind).toBe('absent');
});

test('versions compile to the same when policy, position, age and frozen sets are the same', () => {
  const frozenSets = new Map([['s', setOf('s', [])]]);
  const one = goodOf(old, { frozenSets });
  expect(sameGood(one, one)).toBe(true);
  expect(sameGood(one, { ...one })).toBe(true);
  expect(sameGood(one, { ...one, frozenSets: new Map() })).toBe(false);
  expect(sameGood(one, { ...one, frozenSets: new Map(frozenSets) })).toBe(false);
  expect(sameGood(goodOf(old), goodOf(old, { frozenSets }))).toBe(false);
  expect(sameGood(goodOf(old), goodOf(old))).toBe(true);
});
