import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rule as plainRule } from '../../test/worlds/rule.ts';
import { BORDER, bookOf, derivedSource, memberships, packetsOf, rules } from '../../test/worlds/rulebooks.ts';
import { evaluatorOf } from './evaluate.ts';
import { Structure } from './overlap.ts';
import { type FilterRule, NO_UNION, type SetDefinition, type SetExpression, type Side } from './types.ts';

const PACKETS = packetsOf('egress');
const felix = (set: string): SetExpression => ({ kind: 'felix', cluster: 'c', set });
const define = (id: string, expression: SetExpression): SetDefinition => ({ id, kind: 'addresses', cluster: 'c', expression, text: id });
/** Sets of every expression, so that what structure bounds is also what members are. */
const DEFINED = [
  define('in', { kind: 'within', of: felix('a'), prefixes: ['10.0.0.0/31', 'fd00::/64'] }),
  define('out', { kind: 'outside', of: felix('a'), prefixes: ['10.0.0.0/31'] }),
  define('nobody', { kind: 'nothing' }),
  define('both', { kind: 'and', of: [felix('a'), { kind: 'within', of: felix('b'), prefixes: ['10.0.0.0/30'] }] }),
  define('some', { kind: 'or', of: [{ kind: 'within', of: felix('b'), prefixes: ['203.0.113.4/30'] }, { kind: 'nothing' }] }),
  define('less', { kind: 'minus', of: { kind: 'within', of: felix('a'), prefixes: ['10.0.0.0/30'] }, without: felix('b') }),
];
const SETS = new Map(DEFINED.map((set) => [set.id, set]));

/** A rule with one of its sides over the sets above, now and then. */
const drawn = fc
  .tuple(rules, fc.option(fc.constantFrom(...DEFINED)), fc.option(fc.constantFrom(...DEFINED)))
  .map(([rule, held, left]): FilterRule => {
    const include = held ? { sets: [held.id], prefixes: [] } : rule.source.include;
    const exclude = left ? { sets: [left.id], prefixes: rule.source.exclude.prefixes } : rule.source.exclude;
    return { ...rule, action: 'deny', translation: { kind: 'absent' }, source: { include, exclude } };
  });
/** Another rule that differs little, so that one often covers the other. */
const pairs = fc
  .tuple(drawn, drawn, fc.subarray(['source', 'destination', 'services', 'families', 'sourceEndpoints', 'destinationEndpoints'] as const))
  .map(([a, b, same]) => [a, { ...b, ...Object.fromEntries(same.map((key) => [key, a[key]])) }] as const);

test('what surely covers holds every packet of the other, and rules that may not meet share none, whatever the members', () => {
  const seen = { covers: 0, apart: 0 };
  fc.assert(
    fc.property(pairs, memberships, ([a, b], lists) => {
      const structure = new Structure(SETS);
      const covers = structure.surelyCovers(a, b);
      const meet = structure.mayMeet(a, b);
      expect(structure.mayMeet(b, a)).toBe(meet);
      if (meet && !covers) return;
      seen[covers ? 'covers' : 'apart']++;
      const members = derivedSource(lists, SETS);
      const [ofA, ofB] = [a, b].map((rule) => evaluatorOf({ ...bookOf([rule], members) }));
      for (const packet of PACKETS) {
        const [inA, inB] = [ofA, ofB].map((evaluate) => evaluate?.(BORDER, 'forward', packet).kind === 'deny');
        if (covers && inB) expect(inA).toBe(true);
        if (!meet) expect(inA && inB).toBe(false);
      }
    }),
    { numRuns: 250 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});

const rule = (change: Partial<FilterRule>): FilterRule => plainRule('r', { border: BORDER, families: [4], ...change });
const of = (
  sets: readonly string[],
  prefixes: readonly string[] = [],
  left: readonly string[] = [],
  cut: readonly string[] = [],
): Side => ({
  include: { sets, prefixes },
  exclude: { sets: left, prefixes: cut },
});
const anyBut = (left: readonly string[], cut: readonly string[] = []): Side => ({ include: 'any', exclude: { sets: left, prefixes: cut } });

test.each<readonly [string, Partial<FilterRule>, Partial<FilterRule>, boolean, boolean]>([
  ['the same', { source: of(['a']) }, { source: of(['a']) }, true, true],
  ['more sets', { source: of(['a', 'b']) }, { source: of(['a']) }, true, true],
  ['fewer sets', { source: of(['a']) }, { source: of(['a', 'b']) }, true, false],
  ['any over a set', {}, { source: of(['a']) }, true, true],
  ['a set over any', { source: of(['a']) }, {}, true, false],
  ['every prefix over any', { source: of([], ['0.0.0.0/0']) }, {}, true, true],
  ['a prefix over a set that stays inside it', { source: of([], ['10.0.0.0/30']) }, { source: of(['less']) }, true, true],
  ['a prefix beside such a set', { source: of([], ['10.0.1.0/24']) }, { source: of(['less']) }, false, false],
  ['a prefix over a longer one', { source: of([], ['10.0.0.0/8']) }, { source: of([], ['10.1.0.0/16']) }, true, true],
  ['a longer prefix', { source: of([], ['10.1.0.0/16']) }, { source: of([], ['10.0.0.0/8']) }, true, false],
  ['a set and a prefix over both', { source: of(['a'], ['10.0.0.0/8']) }, { source: of(['a'], ['10.1.0.0/16']) }, true, true],
  ['a set over a prefix', { source: of(['a']) }, { source: of([], ['10.1.0.0/16']) }, true, false],
  ['a set left out', { source: anyBut(['a']) }, { source: of(['b']) }, true, false],
  ['a set left out of both', { source: anyBut(['a']) }, { source: anyBut(['a', 'b']) }, true, true],
  ['all that the other has left out', { source: anyBut(['a', 'b']) }, { source: of(['a']) }, false, false],
  ['all that the other has left out, but a prefix', { source: anyBut(['a']) }, { source: of(['a'], ['10.0.0.0/8']) }, true, false],
  ['a set left out that is elsewhere', { source: anyBut(['some']) }, { source: of(['less']) }, true, true],
  ['a prefix left out that is elsewhere', { source: anyBut([], ['203.0.113.0/24']) }, { source: of(['less']) }, true, true],
  ['a prefix left out', { source: anyBut([], ['10.0.0.0/8']) }, { source: of(['b']) }, true, false],
  ['a prefix left out of it', { source: anyBut([], ['10.0.0.0/8']) }, { source: of(['less']) }, false, false],
  ['destinations', { destination: of(['a']) }, { destination: of(['b']) }, true, false],
  ['destinations left out', { destination: of(['a']) }, { destination: anyBut(['a']) }, false, false],
  ['other families', { families: [6] }, { families: [4] }, false, false],
  ['both families', { families: [4, 6] }, { families: [4] }, true, true],
  ['one of two families', { families: [4] }, { families: [4, 6] }, true, false],
  ['another border', { border: 'other' }, {}, false, false],
  ['another stage', { stage: 'preDnat' }, {}, false, false],
  ['another direction', { direction: 'ingress' }, {}, false, false],
  ['no service', {}, { services: [] }, false, true],
  ['fewer services', { services: [{ kind: 'protocols', protocols: [{ first: 6, last: 6 }] }] }, {}, true, false],
  ['endpoints', { sourceEndpoints: { include: ['e'], exclude: [] } }, {}, true, false],
  [
    'of the same endpoints',
    { sourceEndpoints: { include: ['e', 'f'], exclude: [] } },
    { sourceEndpoints: { include: ['e'], exclude: [] } },
    true,
    true,
  ],
  ['endpoints left out', { destinationEndpoints: { include: [], exclude: ['e'] } }, {}, true, false],
  [
    'endpoints left out of both',
    { destinationEndpoints: { include: [], exclude: ['e'] } },
    { destinationEndpoints: { include: [], exclude: ['e', 'f'] } },
    true,
    true,
  ],
])('%s: may meet, surely covers', (_, a, b, meets, covers) => {
  const structure = new Structure(SETS);
  expect([structure.mayMeet(rule(a), rule(b)), structure.surelyCovers(rule(a), rule(b))]).toEqual([meets, covers]);
});

test('a set that nobody defined may hold any address', () => {
  const structure = new Structure(new Map());
  expect(structure.bound(of(['x']), 4).runs).toBe(1);
  expect(structure.surelyCovers(rule({ source: of([], ['0.0.0.0/0']) }), rule({ source: of(['x']) }))).toBe(true);
  expect(structure.bound({ include: NO_UNION, exclude: NO_UNION }, 4).runs).toBe(0);
});
