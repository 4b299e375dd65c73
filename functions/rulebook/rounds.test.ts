import { expect, test } from '@jest/globals';
import { ROUNDS_KEPT, Rounds } from './rounds.ts';

/** A cache and how often it made something. */
function counted() {
  const rounds = new Rounds<number>();
  let made = 0;
  return { rounds, get: (name: string, version = '') => rounds.get(name, version, () => ++made) };
}

test('a value is made once, and kept while one of the last rounds asked for it', () => {
  const { rounds, get } = counted();
  expect([get('a'), get('b'), get('a')]).toEqual([1, 2, 1]);
  for (let round = 1; round <= 2 * ROUNDS_KEPT; round++) {
    rounds.next();
    expect(get('a')).toBe(1);
    // Looking is not asking.
    expect(rounds.peek('b', '')).toBe(round <= ROUNDS_KEPT ? 2 : undefined);
  }
  expect(get('b')).toBe(3);
});

test('of one name the last two versions are kept, by turns too, and no third', () => {
  const { rounds, get } = counted();
  expect([get('a', 'v1'), get('a', 'v2'), get('a', 'v1'), get('a', 'v2')]).toEqual([1, 2, 1, 2]);
  expect([rounds.peek('a', 'v1'), rounds.peek('a', 'v2'), rounds.peek('a', 'v3')]).toEqual([1, 2, undefined]);
  expect(get('a', 'v3')).toBe(3);
  expect([rounds.peek('a', 'v1'), rounds.peek('a', 'v2')]).toEqual([undefined, 2]);
  // What could not be made leaves all as it was.
  expect(() => rounds.get('a', 'v4', () => [].at(0) ?? fail())).toThrow('no such');
  expect([get('a', 'v3'), get('a', 'v2')]).toEqual([3, 2]);
});

function fail(): never {
  throw new Error('no such');
}
