import { expect, test } from '@jest/globals';
import { same } from './same.ts';

test('lists are the same when they hold the very same objects in the same order', () => {
  const [a, b] = [{}, {}];
  expect(same([a, b], [a, b])).toBe(true);
  expect(same([], [])).toBe(true);
  expect(same([a, b], [b, a])).toBe(false);
  expect(same([a], [{}])).toBe(false);
  expect(same([a], [a, b])).toBe(false);
  expect(same([a, b], [a])).toBe(false);
});
