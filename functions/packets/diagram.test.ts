import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Diagrams, LEVEL, type Node, OutOfNodes } from './diagram.ts';

const SIZE = 6;
type Table = readonly (readonly number[])[];
const tables = fc.array(fc.array(fc.nat(1), { minLength: SIZE, maxLength: SIZE }), { minLength: SIZE, maxLength: SIZE });

function nodeOf(diagrams: Diagrams, table: Table): Node {
  const runs = (children: readonly Node[]) => children.flatMap((child, at) => [at + 1, child]);
  const rows = table.map((row) => diagrams.node(LEVEL.second, runs(row)));
  return diagrams.node(LEVEL.first, runs(rows));
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
  const node = diagrams.node(LEVEL.first, [10, 3, 20, 3, 30, 4]);
  expect([[...diagrams.runs(node)], diagrams.level(node)]).toEqual([[20, 3, 30, 4], LEVEL.first]);
  expect(diagrams.node(LEVEL.first, [10, 3, 30, 3])).toBe(3);
  expect(diagrams.level(3)).toBe(Number.POSITIVE_INFINITY);
  // Same runs on another level, other ends, other children: other nodes.
  const others = [
    diagrams.node(LEVEL.second, [20, 3, 30, 4]),
    diagrams.node(LEVEL.first, [21, 3, 30, 4]),
    diagrams.node(LEVEL.first, [20, 3, 30, 5]),
    diagrams.node(LEVEL.first, [20, 3, 30, 4, 40, 5]),
  ];
  expect(new Set([node, ...others]).size).toBe(5);
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
  expect([...diagrams.runs(all)]).toEqual([10, 1, 20, 0, 30, 1]);
  expect(diagrams.ranges(LEVEL.first, 30, [], 1, 0)).toBe(0);
});

test('two nodes are combined by their common runs, also where only one of them is of that level', () => {
  const diagrams = new Diagrams();
  const a = diagrams.node(LEVEL.first, [10, 1, 30, 2]);
  const b = diagrams.node(LEVEL.first, [20, 3, 30, 4]);
  const below = diagrams.node(LEVEL.second, [5, 1, 10, 2]);
  const visited = (x: Node, y: Node): readonly number[] => {
    const pairs: number[] = [];
    // A child of its own for every pair, so that no runs are joined.
    const node = diagrams.combine(x, y, (left, right) => pairs.push(left, right));
    expect(diagrams.level(node)).toBe(LEVEL.first);
    return [...diagrams.runs(node).filter((_, at) => at % 2 === 0), ...pairs];
  };
  expect(visited(a, b)).toEqual([10, 20, 30, 1, 3, 2, 3, 2, 4]);
  expect(visited(b, a)).toEqual([10, 20, 30, 3, 1, 3, 2, 4, 2]);
  expect(visited(a, 9)).toEqual([10, 30, 1, 9, 2, 9]);
  expect(visited(9, b)).toEqual([20, 30, 9, 3, 9, 4]);
  expect(visited(below, a)).toEqual([10, 30, below, 1, below, 2]);
  // What is made while another is being made stays apart.
  const inner = (left: Node, right: Node) => diagrams.node(LEVEL.second, [7, left, 8, right]);
  const outer = diagrams.combine(a, b, inner);
  expect([...diagrams.runs(outer)]).toEqual([10, inner(1, 3), 20, inner(2, 3), 30, inner(2, 4)]);
});

test('nodes stay what they are while many more are made', () => {
  const diagrams = new Diagrams();
  const nodes = Array.from({ length: 3_000 }, (_, at) => diagrams.node(LEVEL.first, [at + 1, 0, 70_000, 1]));
  expect(new Set(nodes).size).toBe(3_000);
  expect(nodes.every((node, at) => diagrams.runs(node).join() === `${at + 1},0,70000,1`)).toBe(true);
  const wide = diagrams.node(
    LEVEL.second,
    Array.from({ length: 40_000 }, (_, at) => (at % 2 === 0 ? at + 2 : (at >> 1) % 2)),
  );
  expect([diagrams.at(wide, LEVEL.second, 0), diagrams.at(wide, LEVEL.second, 2), diagrams.at(wide, LEVEL.second, 39_999)]).toEqual([
    0, 1, 1,
  ]);
  expect(diagrams.runs(wide).length).toBe(40_000);
});

test('nodes whose hashes are the same are told apart', () => {
  // Found by trial: both runs of a pair have one hash.
  const pairs = [
    [LEVEL.first, [7393, 685, 65536, 1019], [20657, 357, 65536, 1595]],
    [LEVEL.second, [7258, 1, 19402, 14, 65536, 23], [13788, 271, 65536, 1537]],
  ] as const;
  for (const [level, one, other] of pairs) {
    const diagrams = new Diagrams();
    const nodes = [one, other, one, other].map((runs) => diagrams.node(level, runs));
    expect([nodes[0] === nodes[2], nodes[1] === nodes[3], nodes[0] === nodes[1]]).toEqual([true, true, false]);
    expect([...diagrams.runs(nodes[1] as Node)]).toEqual([...other]);
  }
});

test('work beyond the budget stops with the budget named', () => {
  const diagrams = new Diagrams(2);
  diagrams.spend(2);
  expect(diagrams.steps).toBe(2);
  expect(() => diagrams.spend(1)).toThrow(OutOfNodes);
  expect(() => new Diagrams(0).node(LEVEL.first, [1, 0, 2, 1])).toThrow('more than 0 steps');
  expect(new OutOfNodes(3).name).toBe('OutOfNodes');
});
