import { expect, test } from '@jest/globals';
import type { FilterRule, SetId } from '../rulebook/types.ts';
import { forEachSet, NamedSets } from './named-sets.ts';
import { SetRegistry } from './sets.ts';

const NO_UNION = { sets: [], prefixes: [] };
const rule = (id: string, more: Partial<FilterRule> = {}): FilterRule => ({
  id,
  border: 'edge',
  stage: 'forward',
  direction: 'egress',
  action: 'allow',
  log: false,
  families: [4],
  source: { include: 'any', exclude: NO_UNION },
  destination: { include: 'any', exclude: NO_UNION },
  sourceEndpoints: { include: [], exclude: [] },
  destinationEndpoints: { include: [], exclude: [] },
  services: 'any',
  translation: { kind: 'absent' },
  origin: { cluster: 'pay', tier: 'border', annotations: {} },
  ...more,
});
const only = (...sets: SetId[]) => ({ include: { sets, prefixes: [] }, exclude: NO_UNION });

function setup() {
  const registry = new SetRegistry();
  const felix = (set: string) => registry.felix('pay', set, 'addresses', set.toUpperCase());
  return { registry, felix, named: new NamedSets(registry) };
}

test('every set of a rule is found, wherever it stands', () => {
  const found: SetId[] = [];
  const side = (include: string, exclude: string) => ({
    include: { sets: [include], prefixes: [] },
    exclude: { sets: [exclude], prefixes: [] },
  });
  const full = rule('x', {
    source: side('a', 'b'),
    destination: side('c', 'd'),
    sourceEndpoints: { include: ['e'], exclude: ['f'] },
    destinationEndpoints: { include: ['g'], exclude: ['h'] },
  });
  forEachSet(full, (set) => found.push(set));
  expect(found.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  found.length = 0;
  const exclude = { sets: ['b'], prefixes: [] };
  forEachSet({ ...full, source: { include: 'any', exclude }, destination: { include: 'any', exclude } }, (set) => found.push(set));
  expect(found.sort()).toEqual(['b', 'b', 'e', 'f', 'g', 'h']);
});

test('definitions follow the rules: what one more rule names comes, what the last rule left goes, the rest is the very same object', () => {
  const { felix, named } = setup();
  const [a, b, c] = [felix('a'), felix('b'), felix('c')];
  const [one, two, three] = [rule('1', { source: only(a) }), rule('2', { source: only(a, b) }), rule('3', { destination: only(c) })];
  const ids = () => [...named.definitions.keys()].sort();
  named.use([one, two]);
  expect(ids()).toEqual([a, b].sort());
  expect(named.definitions.get(a)?.text).toBe('A');
  const before = named.definitions;
  // Other rules, the same sets.
  named.use([one, rule('2', { source: only(b) }), two]);
  expect(named.definitions).toBe(before);
  named.use([one, three]);
  expect(ids()).toEqual([a, c].sort());
  named.use([three, one]);
  expect(ids()).toEqual([a, c].sort());
  named.use([three]);
  expect(ids()).toEqual([c]);
  named.use([one, two, three]);
  expect(ids()).toEqual([a, b, c].sort());
  named.use([one, two]);
  named.use([two]);
  expect(ids()).toEqual([a, b].sort());
  named.use([]);
  expect(ids()).toEqual([]);
});

test('ids that more than one rule has are known, also after some of them went', () => {
  const { named } = setup();
  const [one, again, third, other] = [rule('1'), rule('1'), rule('1'), rule('2')];
  const repeats = (...rules: FilterRule[]) => {
    named.use(rules);
    return named.repeatsIds;
  };
  expect(repeats(one, other)).toBe(false);
  expect(repeats(one, again, other)).toBe(true);
  expect(repeats(one, again, third)).toBe(true);
  expect(repeats(again, third)).toBe(true);
  expect(repeats(third)).toBe(false);
  expect(repeats(third, third)).toBe(true);
  expect(repeats(third)).toBe(false);
  expect(repeats(one, other)).toBe(false);
  expect(repeats()).toBe(false);
  expect(repeats(one)).toBe(false);
});

test('sets of pods are those on the side of the pods in egress, by the words that name them alone', () => {
  const { registry, felix, named } = setup();
  const [a, b, c] = [felix('a'), felix('b'), felix('c')];
  const both = registry.and('pay', 'addresses', [a, b]);
  const [alone, within, far, in1] = [
    rule('1', { source: only(a) }),
    rule('2', { source: only(both) }),
    rule('3', { destination: only(c) }),
    rule('4', { direction: 'ingress', source: only(c) }),
  ];
  const pods = (...rules: FilterRule[]) => {
    named.use(rules);
    return Object.fromEntries(named.ofPods);
  };
  const joined = registry.definition(both).text;
  expect(pods(far, in1, rule('5'))).toEqual({});
  expect(pods(within)).toEqual({ a: joined, b: joined });
  expect(pods(within, alone, far)).toEqual({ a: 'A', b: joined });
  // Whatever came first.
  expect(pods(alone)).toEqual({ a: 'A' });
  expect(pods(alone, within, far)).toEqual({ a: 'A', b: joined });
  const before = named.ofPods;
  named.use([alone, within]);
  expect(named.ofPods).toBe(before);
  expect(pods(far)).toEqual({});
});

test('the words for a set of pods do not hang on what was compiled before', () => {
  const { registry, felix } = setup();
  const a = felix('a');
  const others = ['b', 'c', 'd', 'e', 'f'].map(felix);
  const joined = others.map((other) => rule(other, { source: only(registry.and('pay', 'addresses', [a, other])) }));
  const pods = (rules: readonly FilterRule[]) => {
    const named = new NamedSets(registry);
    named.use(rules);
    return [...named.ofPods];
  };
  expect(pods(joined.toReversed())).toEqual(pods(joined));
  // A set by its own words, whatever else it is a part of, and where that is named.
  const alone = others.map((other) => rule(`${other}.`, { source: only(other) }));
  const own = new Map(pods([...joined, ...alone]));
  expect(['b', 'c', 'd', 'e', 'f'].map((set) => own.get(set))).toEqual(['B', 'C', 'D', 'E', 'F']);
});
