import { expect, test } from '@jest/globals';
import { Rounds } from './rounds.ts';

test('a value is made once, and kept while one of the last two rounds asked for it', () => {
  const rounds = new Rounds<number>();
  let made = 0;
  const get = (key: string) => rounds.get(key, () => ++made);
  expect([get('a'), get('b'), get('a')]).toEqual([1, 2, 1]);
  for (let round = 0; round < 4; round++) {
    rounds.next(0);
    expect(get('a')).toBe(1);
    // Looking is not asking.
    expect(rounds.peek('b')).toBe(round < 2 ? 2 : undefined);
  }
  expect(get('b')).toBe(3);
});

test('as many values as may be kept are kept however old they are', () => {
  const rounds = new Rounds<string>();
  const keys = ['a', 'b', 'c'];
  for (const key of keys) rounds.get(key, () => key);
  for (let round = 0; round < 5; round++) rounds.next(3);
  expect(keys.map((key) => rounds.peek(key))).toEqual(keys);
  rounds.next(2);
  expect(keys.map((key) => rounds.peek(key))).toEqual([undefined, undefined, undefined]);
});
