/** Which packet a proof shows, what it costs to find, and how the packets are cut into slices. */
import { describe, expect, test } from '@jest/globals';
import { nets, rule, tcp } from '../../test/worlds/rule.ts';
import { bookOf, memberSource } from '../../test/worlds/rulebooks.ts';
import { formatPacket } from '../packets/packet.ts';
import type { Book } from './algebra.ts';
import { Algebra } from './algebra-context.ts';
import { Comparison } from './comparison.ts';
import { difference } from './difference.ts';
import { forEachSlice, prove } from './prove.ts';
import { pairKey, type Slice } from './slice.ts';
import type { FilterRule } from './types.ts';

const book = (...list: readonly FilterRule[]): Book => bookOf(list, memberSource({}));
type Ends = readonly [sources: readonly string[], destinations: readonly string[]];
const INSIDE = '10.0.0.0/28';
const OUTSIDE = '203.0.113.0/28';
const said = (action: 'allow' | 'deny', [sources, destinations]: Ends, more: Partial<FilterRule> = {}) =>
  rule(`${action}${sources}${destinations}`, {
    action,
    families: [4],
    source: nets(...sources),
    destination: nets(...destinations),
    services: [tcp([443, 443])],
    ...more,
  });
const WIDE = said('allow', [[INSIDE], [OUTSIDE]]);
const deny = (...ends: Ends) => said('deny', ends);

function shown(before: Book, after: Book, nodeBudget?: number): readonly string[] {
  const proof = prove(before, after, nodeBudget === undefined ? {} : { nodeBudget });
  if (proof.kind !== 'different') return [proof.kind];
  const { witness } = proof;
  return [formatPacket(witness.packet), witness.before.kind, witness.after.kind];
}

describe('a difference that the most readable packet of a rule shows needs no diagram', () => {
  const first = 'tcp 10.0.0.0:40000 -> 203.0.113.0:443';
  const upper = said('allow', [['10.0.0.4/30'], [OUTSIDE]]);
  const hidden = deny(['10.0.0.0/32'], [OUTSIDE]);
  const own = said('allow', [[INSIDE], [OUTSIDE]], { translation: { kind: 'none' } });
  test.each<[string, Book, Book, readonly string[]]>([
    ['a rule came', book(), book(WIDE), [first, 'unmatched', 'allow']],
    ['a rule went', book(WIDE), book(), [first, 'allow', 'unmatched']],
    ['an action turned', book(WIDE), book(deny([INSIDE], [OUTSIDE])), [first, 'allow', 'deny']],
    ['a translation changed', book(WIDE), book(own), [first, 'allow', 'allow']],
    [
      'its first packet is decided before it, that of a rule it meets is not',
      book(hidden, upper),
      book(hidden, deny([INSIDE], [OUTSIDE]), upper),
      ['tcp 10.0.0.4:40000 -> 203.0.113.0:443', 'allow', 'deny'],
    ],
    ['what nobody can read so is not guessed', book(hidden), book(hidden, WIDE), ['notProven']],
  ])('%s', (_, before, after, expected) => {
    expect(shown(before, after, 0)).toEqual(expected);
  });

  test('of the way in it is said so', () => {
    const proof = prove(book(), book(said('allow', [[INSIDE], [OUTSIDE]], { direction: 'ingress' })), { nodeBudget: 0 });
    expect(proof).toMatchObject({ kind: 'different', witness: { packet: { direction: 'ingress', family: 4 } } });
  });

  test('of so many rules, and so many that each of them meets', () => {
    const singles = (count: number, tail: string) => Array.from({ length: count }, (_, at) => deny([`10.1.${at}.0/24`], [tail]));
    // Each of these is shadowed: the same in both books.
    const all = deny(['10.1.0.0/16'], [OUTSIDE]);
    expect(shown(book(all), book(all, ...singles(31, OUTSIDE), WIDE), 0)).toEqual([first, 'unmatched', 'allow']);
    expect(shown(book(all), book(all, ...singles(32, OUTSIDE), WIDE), 0)).toEqual(['notProven']);
    const hiders = (count: number) => Array.from({ length: count }, (_, at) => deny([`10.0.0.${at}/32`], [OUTSIDE]));
    const last = said('allow', [['10.0.0.12/30'], [OUTSIDE]]);
    const met = (count: number) => [book(...hiders(count), last), book(...hiders(count), deny([INSIDE], [OUTSIDE]), last)] as const;
    expect(shown(...met(7), 0)).toEqual(['tcp 10.0.0.12:40000 -> 203.0.113.0:443', 'allow', 'deny']);
    expect(shown(...met(8), 0)).toEqual(['notProven']);
  });
});

/** The first destination is denied to all, so that no rule's most readable packet shows anything: the whole proof has to choose. */
const HIDER: Ends = [['10.0.0.0/8'], ['203.0.113.0/32']];
test.each<[string, readonly Ends[], string]>([
  ['sources of the narrowest run come first', [[['10.0.0.4/31'], ['203.0.113.0/29']], HIDER], '10.0.0.4:40000 -> 203.0.113.8'],
  ['also where they stand first', [[['10.0.0.0/31'], ['203.0.113.0/29']], HIDER], '10.0.0.0:40000 -> 203.0.113.8'],
  [
    'of sources that are decided alike the narrowest counts',
    [
      [['10.0.0.4/32'], ['203.0.113.0/32']],
      [['10.0.0.4/32', '10.0.0.8/29'], ['203.0.113.0/29']],
      [['10.0.0.2/31'], ['203.0.113.0/30']],
      HIDER,
    ],
    '10.0.0.4:40000 -> 203.0.113.8',
  ],
  [
    'then the narrowest destination, of equal ones the first',
    [[['10.0.0.8/29'], ['203.0.113.0/32', '203.0.113.9/32']], [['10.0.0.8/29'], ['203.0.113.0/32', '203.0.113.12/32']], HIDER],
    '10.0.0.0:40000 -> 203.0.113.9',
  ],
  [
    'but none that is decided alike',
    [[['10.0.0.8/29'], ['203.0.113.0/32', '203.0.113.9/32']], [['10.0.0.0/8'], ['203.0.113.0/32', '203.0.113.9/32']], HIDER],
    '10.0.0.0:40000 -> 203.0.113.10',
  ],
])('the witness of a whole proof: %s', (_, denied, expected) => {
  const before = denied.map((ends) => deny(...ends));
  expect(shown(book(...before), book(...before, WIDE))).toEqual([`tcp ${expected}:443`, 'unmatched', 'allow']);
});

test('the first slice with a difference ends the proof, and a small budget is the one that was given', () => {
  const before = deny(...HIDER);
  const shadowed = deny(['10.0.0.0/30'], ['203.0.113.0/32']);
  const books = [book(before), book(before, WIDE, shadowed)] as const;
  expect(shown(...books)[0]).toBe('tcp 10.0.0.0:40000 -> 203.0.113.1:443');
  expect(shown(book(before), book(before, shadowed, WIDE))[0]).toBe('tcp 10.0.0.0:40000 -> 203.0.113.1:443');
  expect(shown(...books, 1)).toEqual(['notProven']);
});

describe('slices', () => {
  const compare = (before: Book, after: Book) => new Comparison(new Algebra(), before, after);
  const count = (rules: number): number => {
    const list = Array.from({ length: rules }, (_, at) => said('allow', [[`10.${at}.0.0/16`], [OUTSIDE]]));
    const seen: Slice[] = [];
    expect(forEachSlice(compare(book(), book(...list)), { left: 1e6 }, (slice) => seen.push(slice) < 0)).toBe('all');
    return seen.filter(({ family }) => family === 4).length;
  };

  test.each([
    [1, 1],
    [3, 3],
    [200, 200],
    [201, 1],
  ])('%i different matches are looked at in %i', (rules, slices) => {
    expect(count(rules)).toBe(slices);
  });

  test('all take from one budget; who stops has seen all; errors of others are thrown on', () => {
    const comparison = compare(book(), book(WIDE, said('allow', [['10.7.0.0/16'], [OUTSIDE]])));
    const budget = { left: 1e6 };
    const left: number[] = [];
    forEachSlice(comparison, budget, () => left.push(budget.left) < 0);
    expect(left[0]).toBe(1e6);
    expect(left[1]).toBeLessThan(1e6);
    expect(budget.left).toBeLessThan(left[1] as number);
    expect(forEachSlice(comparison, budget, () => true)).toBe('all');
    const fails = () => {
      throw new RangeError('of another');
    };
    expect(() => forEachSlice(comparison, budget, fails)).toThrow('of another');
  });

  test('a used up budget names the chain and how many rules differ', () => {
    const comparison = compare(book(deny(...HIDER)), book(WIDE, said('allow', [['10.7.0.0/16'], [OUTSIDE]])));
    expect(forEachSlice(comparison, { left: 0 }, () => false)).toBe(
      'the egress rules of edge (forward, IPv4) need more than the node budget: 3 rules differ in place or content',
    );
  });

  test('what is looked at once is not counted again', () => {
    const list = [said('allow', [['10.0.0.0/29'], [OUTSIDE]]), WIDE, said('allow', [['10.0.0.4/30', '10.0.1.0/30'], [OUTSIDE]])];
    expect(difference(book(), book(...list)).opens).toBe((16 + 4) * 16);
  });
});

describe('each class of addresses has the decision of its own rules', () => {
  const to = (...last: readonly number[]): Ends => [['10.0.0.1/32'], last.map((byte) => `203.0.113.${byte}/32`)];
  const eight: Ends = [['10.0.0.1/32'], ['203.0.113.0/29']];
  test.each<[string, readonly FilterRule[], readonly FilterRule[], object]>([
    [
      'a rule for some addresses says nothing about those between',
      [deny(...to(1, 3)), deny(...to(2)), deny(...to(1))],
      [deny(...to(1, 3)), said('allow', eight), deny(...to(2)), deny(...to(1))],
      { opens: 6, closes: 0 },
    ],
    [
      'several rules that stay, each with its meaning',
      [deny(...to(1)), said('allow', to(2))],
      [deny(...eight), deny(...to(1)), said('allow', to(2))],
      { opens: 0, closes: 7 },
    ],
  ])('%s', (_, before, after, expected) => {
    expect(difference(book(...before), book(...after))).toMatchObject(expected);
  });
});

test('a region has the words of the rule that went, not of the one that now decides', () => {
  const named = (text: string, base: FilterRule): FilterRule => ({ ...base, origin: { ...base.origin, sourceText: text } });
  const stays = named('stays', WIDE);
  const went = named('went', deny(['10.0.0.0/30'], [OUTSIDE]));
  const { regions } = difference(book(went, stays), book(stays));
  expect(regions.map(({ effect, text }) => [effect, text])).toEqual([['opens', `went (4 addresses) -> ${OUTSIDE}, tcp 443`]]);
  const [back] = difference(book(stays), book(went, stays)).regions;
  expect(back).toMatchObject({ effect: 'closes', text: `went (4 addresses) -> ${OUTSIDE}, tcp 443` });
});

test('different pairs of nodes have different numbers', () => {
  const nodes = [0, 1, 2, 2 ** 20, 2 ** 26 - 1];
  expect(new Set(nodes.flatMap((a) => nodes.map((b) => pairKey(a, b)))).size).toBe(nodes.length ** 2);
});
