/** Rows against plain tables: (destination class, protocol) -> value. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Diagrams, LEVEL, type Node } from '../packets/diagram.ts';
import { forEachDifference, type Row, Rows } from './rows.ts';

const CLASSES = 5;
const PROTOCOLS = 4;
type Table = readonly (readonly number[])[];
const paints = fc.array(
  fc.record({
    classes: fc.array(fc.boolean(), { minLength: CLASSES, maxLength: CLASSES }),
    services: fc.array(fc.boolean(), { minLength: PROTOCOLS, maxLength: PROTOCOLS }),
    value: fc.integer({ min: 2, max: 4 }),
  }),
  { maxLength: 5 },
);
type Paint = { readonly classes: readonly boolean[]; readonly services: readonly boolean[]; readonly value: number };

/** Ascending runs [first, end), flat: where it begins and ends to be true. */
const flat = (is: readonly boolean[]): Int32Array =>
  Int32Array.from([...is, false].flatMap((here, at) => (here === (is[at - 1] ?? false) ? [] : [at])));
function paint(diagrams: Diagrams, rows: Rows, list: readonly Paint[]): { row: Row; table: Table } {
  let row = rows.constant(0);
  let table: Table = Array.from({ length: CLASSES }, () => Array<number>(PROTOCOLS).fill(0));
  for (const { classes, services, value } of list) {
    const mask = diagrams.node(
      LEVEL.protocol,
      services.flatMap((is, at) => [at + 1, is ? 1 : 0]),
    );
    const next = rows.overlay(row, flat(classes), mask, value);
    const painted = table.map((line, at) => line.map((old, protocol) => (classes[at] && services[protocol] ? value : old)));
    // The same row exactly when nothing changes.
    expect(next === row).toBe(JSON.stringify(painted) === JSON.stringify(table));
    row = next;
    table = painted;
  }
  return { row, table };
}
const nodeAt = ({ ends, nodes }: Row, number: number): Node => nodes[ends.findIndex((end) => end > number)] as Node;

test('a row says of every class and service what was painted last, in the fewest runs', () => {
  fc.assert(
    fc.property(paints, (list) => {
      const diagrams = new Diagrams();
      const { row, table } = paint(diagrams, new Rows(diagrams, CLASSES), list);
      table.forEach((line, number) => {
        expect(line.map((_, protocol) => diagrams.at(nodeAt(row, number), LEVEL.protocol, protocol))).toEqual(line);
      });
      expect(row.ends.at(-1)).toBe(CLASSES);
      row.nodes.forEach((node, at) => void expect(node).not.toBe(row.nodes[at + 1]));
    }),
  );
});

test('where two rows differ is told exactly, with both nodes', () => {
  fc.assert(
    fc.property(paints, paints, (one, two) => {
      const diagrams = new Diagrams();
      const rows = new Rows(diagrams, CLASSES);
      const [before, after] = [paint(diagrams, rows, one).row, paint(diagrams, rows, two).row];
      const told = new Map<number, readonly Node[]>();
      forEachDifference(before, after, (first, end, left, right) => {
        for (let number = first; number < end; number++) told.set(number, [left, right]);
      });
      for (let number = 0; number < CLASSES; number++) {
        const pair = [nodeAt(before, number), nodeAt(after, number)];
        expect(told.get(number)).toEqual(pair[0] === pair[1] ? undefined : pair);
      }
    }),
  );
});

test('painting costs what it writes', () => {
  const diagrams = new Diagrams();
  const rows = new Rows(diagrams, CLASSES);
  const { steps } = diagrams;
  rows.overlay(rows.constant(0), Int32Array.of(1, 2, 3, 4), 1, 2);
  expect(diagrams.steps - steps).toBe(5);
});
