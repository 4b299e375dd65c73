import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Diagrams, LEVEL, type Node, OutOfNodes } from './diagram.ts';

const SIZE = 6;
type Table = readonly (readonly number[])[];
const tables = fc.array(fc.array(fc.nat(1), { minLength: SIZE, maxLength: SIZE }), { minLength: SIZE, maxLength: SIZE });

function nodeOf(diagrams: Diagrams, table: Table): Node {
  const ends = Array.from({ length: SIZE }, (_, at) => at + 1);
  return diagrams.node(
    LEVEL.first,
    ends,
    table.map((row) => diagrams.node(LEVEL.second, ends, row)),
  );
}
const tableOf = (diagrams: Diagrams, node: Node): Table =>
  Array.from({ length: SIZE }, (_, i) =>
    Array.from({ length: SIZE }, (__, j) => diagrams.at(diagrams.at(node, LEVEL.first, i), LEVEL.second, j)),
  );
const each = (a: Table, b: Table, by: (x: number, y: number) => number): Table =>
  a.map((row, i) => row.map((x, j) => by(x, b[i]?.[j] as number)));

test('and, or, minus, not and overlay are what they are point by point, and equal functions are the same node', () => {
  fc.assert(
    fc.property(tables, tables, (a, b) => {
      const diagrams = new Diagrams();
      const [x, y] = [nodeOf(diagrams, a), nodeOf(diagrams, b)];
      expect(tableOf(diagrams, x)).toEqual(a);
      const laws: readonly (readonly [Node, Table])[] = [
        [diagrams.and(x, y), each(a, b, (p, q) => p & q)],
        [diagrams.and(y, x), each(a, b, (p, q) => p & q)],
        [diagrams.or(x, y), each(a, b, (p, q) => p | q)],
        [diagrams.or(y, x), each(a, b, (p, q) => p | q)],
        [diagrams.minus(x, y), each(a, b, (p, q) => p & (1 - q))],
        [diagrams.minus(y, x), each(a, b, (p, q) => q & (1 - p))],
        [diagrams.not(x), each(a, a, (p) => 1 - p)],
        [diagrams.overlay(x, y, 7), each(a, b, (p, q) => (q === 1 ? 7 : p))],
        [diagrams.overlay(diagrams.overlay(x, y, 7), x, 9), each(a, b, (p, q) => (p === 1 ? 9 : q === 1 ? 7 : p))],
      ];
      for (const [node, table] of laws) {
        expect(tableOf(diagrams, node)).toEqual(table);
        expect(nodeOf(diagrams, table)).toBe(node);
      }
    }),
    { numRuns: 60 },
  );
});

test('what is known without a look costs no step', () => {
  const diagrams = new Diagrams();
  const node = diagrams.ranges(LEVEL.protocol, 256, [{ first: 6, last: 6 }], 1, 0);
  const { steps } = diagrams;
  expect(steps).toBe(1);
  expect([diagrams.and(node, node), diagrams.and(node, 1), diagrams.and(1, node), diagrams.and(node, 0), diagrams.and(0, node)]).toEqual([
    node,
    node,
    node,
    0,
    0,
  ]);
  expect([diagrams.or(node, node), diagrams.or(node, 0), diagrams.or(0, node), diagrams.or(node, 1), diagrams.or(1, node)]).toEqual([
    node,
    node,
    node,
    1,
    1,
  ]);
  expect([diagrams.minus(node, node), diagrams.minus(node, 0), diagrams.minus(0, node), diagrams.minus(node, 1)]).toEqual([0, node, 0, 0]);
  expect([diagrams.overlay(node, 0, 5), diagrams.overlay(node, 1, 5), diagrams.overlay(5, node, 5)]).toEqual([node, 5, 5]);
  expect(diagrams.steps).toBe(steps);
  const other = diagrams.ranges(LEVEL.protocol, 256, [{ first: 6, last: 17 }], 1, 0);
  const both = diagrams.and(node, other);
  const after = diagrams.steps;
  // Seen before, also the other way round.
  expect([both, diagrams.and(node, other), diagrams.and(other, node)]).toEqual([node, node, node]);
  expect(diagrams.or(node, other)).toBe(diagrams.or(other, node));
  expect(diagrams.steps).toBe(after + 1);
});

test('runs join, a level that tells nothing apart is no node, and only the limit ends a run', () => {
  const diagrams = new Diagrams();
  const node = diagrams.node(LEVEL.first, [10, 20, 30], [3, 3, 4]);
  expect([diagrams.ends(node), diagrams.children(node), diagrams.level(node)]).toEqual([[20, 30], [3, 4], LEVEL.first]);
  expect(diagrams.node(LEVEL.first, [10, 30], [3, 3])).toBe(3);
  expect(diagrams.level(3)).toBe(Number.POSITIVE_INFINITY);
  // Same runs on another level, other ends, other children: other nodes.
  const others = [
    diagrams.node(LEVEL.second, [20, 30], [3, 4]),
    diagrams.node(LEVEL.first, [21, 30], [3, 4]),
    diagrams.node(LEVEL.first, [20, 30], [3, 5]),
  ];
  expect(new Set([node, ...others]).size).toBe(4);
  expect([9, 10, 19, 20, 29].map((number) => diagrams.at(node, LEVEL.first, number))).toEqual([3, 3, 3, 4, 4]);
  expect(diagrams.at(node, LEVEL.protocol, 5)).toBe(node);
  const all = diagrams.ranges(
    LEVEL.first,
    30,
    [
      { first: 0, last: 9 },
      { first: 20, last: 29 },
    ],
    1,
    0,
  );
  expect([diagrams.ends(all), diagrams.children(all)]).toEqual([
    [10, 20, 30],
    [1, 0, 1],
  ]);
  expect(diagrams.ranges(LEVEL.first, 30, [], 1, 0)).toBe(0);
});

test('the common runs of two nodes, also where only one of them is of that level', () => {
  const diagrams = new Diagrams();
  const a = diagrams.node(LEVEL.first, [10, 30], [1, 2]);
  const b = diagrams.node(LEVEL.first, [20, 30], [3, 4]);
  expect(diagrams.together(LEVEL.first, a, b)).toEqual([
    [10, 1, 3],
    [20, 2, 3],
    [30, 2, 4],
  ]);
  expect(diagrams.together(LEVEL.first, a, 9)).toEqual([
    [10, 1, 9],
    [30, 2, 9],
  ]);
  expect(diagrams.together(LEVEL.first, 9, b)).toEqual([
    [20, 9, 3],
    [30, 9, 4],
  ]);
  expect(diagrams.together(LEVEL.second, a, b)).toEqual([[Number.POSITIVE_INFINITY, a, b]]);
});

test('work beyond the budget stops with the budget named', () => {
  const diagrams = new Diagrams(2);
  diagrams.spend(2);
  expect(diagrams.steps).toBe(2);
  expect(() => diagrams.spend(1)).toThrow(OutOfNodes);
  expect(() => new Diagrams(0).node(LEVEL.first, [1, 2], [0, 1])).toThrow('more than 0 steps');
  expect(new OutOfNodes(3).name).toBe('OutOfNodes');
});
