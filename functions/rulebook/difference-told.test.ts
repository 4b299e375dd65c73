/** How a difference is told: weights for budgets, the largest first, in words. */
import { expect, test } from '@jest/globals';
import { nets, rule as plainRule, sets, tcp, udp } from '../../test/worlds/rule.ts';
import { bookOf, memberSource } from '../../test/worlds/rulebooks.ts';
import { difference, reachOf } from './difference.ts';
import type { FilterRule, SetDefinition } from './types.ts';

const members = memberSource({ a: ['10.0.0.1/32', '10.0.0.2/32'], e: ['10.0.0.1,tcp:8080', '10.0.0.9,tcp:8081'], big: ['10.0.0.0/8'] });
const named = (id: string, text: string): SetDefinition => ({
  id,
  kind: 'addresses',
  cluster: 'pay',
  expression: { kind: 'nothing' },
  text,
});
const rule = (parts: Partial<FilterRule>, id = 'r') => plainRule(id, { families: [4], services: [tcp([443, 443])], ...parts });
const opened = (...list: readonly FilterRule[]) => {
  const book = bookOf(list, members);
  return difference(bookOf([], members), { ...book, rulebook: { ...book.rulebook, sets: new Map([['a', named('a', "app == 'a'")]]) } });
};
const text = (parts: Partial<FilterRule>) => opened(rule(parts)).regions[0]?.text;

test.each([
  [4, 0, 0],
  [4, 1, 1],
  [4, 256, 9],
  [4, 511, 9],
  [4, 2 ** 32, 33],
  [6, 1, 1],
  [6, 16, 2],
  [6, 2 ** 64, 17],
  [6, 2 ** 128, 33],
] as const)('IPv%i: %d addresses reach %d', (family, addresses, reach) => {
  expect(reachOf(family, addresses)).toBe(reach);
});

test('a weight is pods x services x reach: inside is the source on the way out, the destination on the way in', () => {
  const out = rule({ source: sets('a'), destination: nets('203.0.113.0/24'), services: [tcp([80, 82])] });
  expect(opened(out).weights).toEqual({ opens: 2 * 3 * 9, closes: 0, translatesOtherwise: 0 });
  const into = rule({ direction: 'ingress', source: nets('203.0.113.0/24'), destination: sets('a'), services: [tcp([80, 82])] });
  expect(opened(into).weights.opens).toBe(2 * 3 * 9);
  const closed = difference(bookOf([out], members), bookOf([], members));
  expect(closed.weights).toEqual({ opens: 0, closes: 54, translatesOtherwise: 0 });
  const both = [out, rule({ source: nets('10.9.0.0/31'), destination: nets('198.51.100.1/32') }, 'second')];
  expect(opened(...both).weights.opens).toBe(54 + 2);
  // A pod CIDR is larger than what runs in it.
  expect(opened(rule({ source: sets('big'), destination: nets('203.0.113.1/32') })).weights.opens).toBe(65_536);
  expect(opened(rule({ source: nets('10.0.0.0/16'), destination: nets('203.0.113.1/32') })).weights.opens).toBe(65_536);
});

test('anywhere is more than a /8: the most services that one region opens to it', () => {
  const to = (prefix: string) => rule({ source: sets('a'), destination: nets(prefix), services: [tcp([80, 83])] });
  expect(opened(to('16.0.0.0/8')).anywhere).toBe(0);
  expect(opened(to('16.0.0.0/7')).anywhere).toBe(4);
  expect(difference(bookOf([to('16.0.0.0/7')], members), bookOf([], members)).anywhere).toBe(0);
  const less = rule({ source: nets('10.5.0.0/24'), destination: nets('32.0.0.0/4') }, 'less');
  expect([opened(to('16.0.0.0/7'), less).anywhere, opened(less, to('16.0.0.0/7')).anywhere]).toEqual([4, 4]);
});

test('the largest region comes first, at most so many, and the totals count all', () => {
  const list = [26, 24, 28, 25].map((length) =>
    rule({ source: sets('a'), destination: nets(`203.0.${length}.0/${length}`) }, `r${length}`),
  );
  const empty = bookOf([], members);
  const sizes = (regions?: number) => difference(empty, bookOf(list, members), regions === undefined ? {} : { regions });
  expect(sizes().regions.map(({ size }) => size)).toEqual([512, 256, 128, 32]);
  expect(sizes(2).regions.map(({ size }) => size)).toEqual([512, 256]);
  expect([sizes(2).opens, sizes(0).opens]).toEqual([928, 928]);
  const many = Array.from({ length: 60 }, (_, at) => rule({ source: sets('a'), destination: nets(`203.0.113.${at}/32`) }, `m${at}`));
  expect(difference(empty, bookOf(many, members)).regions.length).toBe(50);
});

test('one rule is one region however many pieces it has, shown where it is largest', () => {
  const ends = { include: ['e'], exclude: [] };
  const { regions } = opened(rule({ sourceEndpoints: ends, services: 'any', destination: nets('203.0.113.0/28') }));
  expect(regions.map(({ size }) => size)).toEqual([2 * 16 * 65_536]);
  const two = opened(
    rule({ families: [4, 6], source: nets('10.0.0.0/31', 'fd00::/126'), destination: nets('203.0.113.1/32', '2001:db8::1/128') }),
  );
  expect(two.regions.map(({ size, witness }) => [witness.packet.family, size])).toEqual([
    [6, 4],
    [4, 2],
  ]);
});

test.each<readonly [Partial<FilterRule>, string]>([
  [{ source: sets('a'), destination: nets('203.0.113.1/32') }, "app == 'a' (2 addresses) -> 203.0.113.1/32, tcp 443"],
  [{ source: nets('10.0.0.1/32'), services: [udp([53, 53])] }, '10.0.0.1/32 (1 address) -> any, udp 53'],
  [{ source: sets('big') }, 'big (2^24 addresses) -> any, tcp 443'],
  [
    { source: nets('10.0.0.0/30', '10.0.1.0/30', '10.0.2.0/30', '10.0.3.0/30', '10.0.4.0/30') },
    '10.0.0.0/30, 10.0.1.0/30, 10.0.2.0/30 and 2 more (20 addresses) -> any, tcp 443',
  ],
  [{ source: nets('10.0.0.0/30', '10.0.1.0/30', '10.0.2.0/30') }, '10.0.0.0/30, 10.0.1.0/30, 10.0.2.0/30 (12 addresses) -> any, tcp 443'],
  [
    { source: nets('10.0.0.0/28'), destination: { include: 'any', exclude: { sets: ['a'], prefixes: ['203.0.113.0/24'] } } },
    "10.0.0.0/28 (16 addresses) -> any but not app == 'a', 203.0.113.0/24, tcp 443",
  ],
  [
    { source: nets('10.0.0.1/32'), sourceEndpoints: { include: ['e', 'f'], exclude: [] }, services: 'any' },
    '10.0.0.1/32 at e, f (1 address) -> any, tcp from source port 8080',
  ],
  [
    {
      source: nets('10.0.0.1/32'),
      destination: nets('10.0.0.9/32'),
      destinationEndpoints: { include: ['e'], exclude: ['a9'] },
      services: 'any',
    },
    '10.0.0.1/32 (1 address) -> 10.0.0.9/32 at e, not a9, tcp 8081',
  ],
])('%#: the words are those of sets, prefixes and ports', (parts, words) => {
  expect(text(parts)).toBe(words);
});

test("an author's own words come before those of sets", () => {
  const origin = { ...rule({}).origin, sourceText: 'source words', destinationText: 'destination words' };
  expect(text({ source: sets('a'), destination: nets('203.0.113.1/32'), origin })).toBe(
    'source words (2 addresses) -> destination words, tcp 443',
  );
});
