import { expect, test } from '@jest/globals';
import { addTo, Journal, newDelta } from './journal.ts';

const change = (added: readonly string[], removed: readonly string[] = []) => ({ added: new Set(added), removed: new Set(removed) });
const sets = new Map([
  ['a', { cluster: 'pay' }],
  ['b', { cluster: 'pay' }],
]);
const told = (journal: Journal, set: string, position: number, now: number) => {
  const delta = journal.since(set, position, now);
  return delta && [[...delta.added].sort(), [...delta.removed].sort()];
};

/** 3 -> 4 -> 7 -> 8, where two groups are one look. */
function followed(): Journal {
  const journal = new Journal();
  journal.follow(sets, { pay: 3 });
  journal.note('pay', { from: 3, to: 4 }, new Map([['a', change(['1', '2'])]]));
  journal.note('pay', { from: 4, to: 7 }, new Map([['b', change(['9'])]]));
  journal.note('pay', { from: 7, to: 8 }, new Map([['a', change(['3'], ['1'])]]));
  return journal;
}

test('what came after a position is told net; nothing is told of what was not followed from there', () => {
  const journal = followed();
  expect(told(journal, 'a', 3, 8)).toEqual([['2', '3'], []]);
  expect(told(journal, 'a', 4, 8)).toEqual([['3'], ['1']]);
  expect(told(journal, 'a', 8, 8)).toEqual([[], []]);
  expect(told(journal, 'a', 2, 8)).toBeUndefined();
  expect(told(journal, 'a', 9, 8)).toBeUndefined();
  expect(told(journal, 'c', 3, 8)).toBeUndefined();
});

test('a position in the middle of a look is known of what that look did not change', () => {
  expect(told(followed(), 'a', 5, 8)).toEqual([['3'], ['1']]);
  expect(told(followed(), 'b', 5, 8)).toBeUndefined();
  expect(told(followed(), 'b', 7, 8)).toEqual([[], []]);
});

test('sets begin anew, clusters are forgotten, and only so much is remembered', () => {
  const journal = followed();
  journal.restart(['a', 'unknown'], 8);
  expect([told(journal, 'a', 7, 8), told(journal, 'a', 8, 8), told(journal, 'b', 7, 8)]).toEqual([undefined, [[], []], [[], []]]);
  // Who stays is followed since then, who comes from now on.
  journal.follow(new Map([...sets, ['c', { cluster: 'pay' }]]), { pay: 8 });
  expect([told(journal, 'b', 7, 8), told(journal, 'c', 7, 8), told(journal, 'c', 8, 8)]).toEqual([[[], []], undefined, [[], []]]);
  journal.forget('pay');
  expect(told(journal, 'b', 8, 8)).toBeUndefined();
  const long = new Journal();
  long.follow(sets, { pay: 0 });
  for (let at = 0; at < 300; at++) long.note('pay', { from: at, to: at + 1 }, new Map([['a', change([`${at}`])]]));
  expect(told(long, 'a', 50, 300)).toBeUndefined();
  expect(told(long, 'a', 150, 300)?.[0]?.length).toBe(150);
  const many = Array.from({ length: 300_000 }, (_, n) => `${n}`);
  long.note('pay', { from: 300, to: 301 }, new Map([['a', change(many)]]));
  expect(told(long, 'a', 299, 301)?.[0]?.length).toBe(300_000);
  long.note('pay', { from: 301, to: 302 }, new Map([['a', change([], many)]]));
  expect([told(long, 'a', 300, 302), told(long, 'a', 301, 302)?.[1]?.length]).toEqual([undefined, 300_000]);
});

test('what comes back cancels what went, and the other way round', () => {
  const delta = newDelta();
  addTo(delta, change(['1', '2'], ['3']));
  addTo(delta, change(['3'], ['2', '4']));
  expect([[...delta.added], [...delta.removed]]).toEqual([['1'], ['4']]);
});
