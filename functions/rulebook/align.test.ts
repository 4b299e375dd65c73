import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { align } from './align.ts';

const lists = fc.array(fc.nat(5), { maxLength: 12 });

test('partners have equal keys, keep their order, and nobody has two', () => {
  fc.assert(
    fc.property(lists, lists, (before, after) => {
      const { partner, before: alone, after: others } = align(before, after);
      const pairs = [...partner].map((to, at) => [at, to] as const).filter(([, to]) => to >= 0);
      for (const [at, to] of pairs) expect(after[to]).toBe(before[at]);
      const targets = pairs.map(([, to]) => to);
      expect(targets).toEqual([...new Set(targets)].sort((a, b) => a - b));
      expect([...pairs.map(([at]) => at), ...alone].sort((a, b) => a - b)).toEqual([...before.keys()]);
      expect([...targets, ...others].sort((a, b) => a - b)).toEqual([...after.keys()]);
    }),
  );
});

test('of rules without a double, as many as can be have a partner', () => {
  const unique = fc.uniqueArray(fc.nat(9), { maxLength: 8 });
  fc.assert(
    fc.property(unique, unique, (before, after) => {
      const longest = (i: number, j: number): number =>
        i === before.length || j === after.length
          ? 0
          : before[i] === after[j]
            ? 1 + longest(i + 1, j + 1)
            : Math.max(longest(i + 1, j), longest(i, j + 1));
      expect([...align(before, after).partner].filter((to) => to >= 0).length).toBe(longest(0, 0));
    }),
  );
});

test.each([
  [[1, 2, 3], [1, 2, 3], [], []],
  [[1, 2, 3], [1, 3], [1], []],
  [[1, 3], [1, 2, 3], [], [1]],
  [[1, 2, 3, 4], [1, 3, 2, 4], [1], [2]],
  [[5, 1, 2, 3], [1, 2, 3, 5], [0], [3]],
  [[], [7, 7], [], [0, 1]],
  [[1, 1], [1], [1], []],
  [
    [9, 1, 2, 8],
    [7, 1, 2, 6],
    [0, 3],
    [0, 3],
  ],
])('%j and %j: alone are %j and %j', (before, after, alone, others) => {
  expect(align(before, after)).toMatchObject({ before: alone, after: others });
});
