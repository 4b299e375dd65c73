/**
 * Rows of a slice: per source class, which rule decides (destination class, service). A row is a list of runs of destination classes, each with
 * a service diagram whose values are rules. Rows are plain arrays that the collector takes when no class has them any more; only the small
 * service diagrams are interned. (Interning rows too took 1.3 GB for one any-to-any rule over 10,000 others.)
 */
import type { Diagrams, Node } from '../packets/diagram.ts';

export interface Row {
  /** ends (not included) of runs of destination classes */
  readonly ends: Int32Array;
  readonly nodes: Int32Array;
}

export class Rows {
  readonly #diagrams: Diagrams;
  readonly #count: number;
  readonly #ends: Int32Array;
  readonly #nodes: Int32Array;

  /** @param count destination classes */
  constructor(diagrams: Diagrams, count: number) {
    this.#diagrams = diagrams;
    this.#count = count;
    this.#ends = new Int32Array(count);
    this.#nodes = new Int32Array(count);
  }

  constant(node: Node): Row {
    return { ends: Int32Array.of(this.#count), nodes: Int32Array.of(node) };
  }

  /** The row with this value on some destination classes (ascending runs [first, end), flat) and services. The same row when nothing changes. */
  overlay(row: Row, runs: Int32Array, services: Node, value: number): Row {
    let used = 0;
    let isChanged = false;
    let run = 0;
    let at = 0;
    let from = 0;
    const ends = this.#ends;
    const nodes = this.#nodes;
    while (from < this.#count) {
      while (run < runs.length && (runs[run + 1] as number) <= from) run += 2;
      let end = row.ends[at] as number;
      const old = row.nodes[at] as Node;
      let node = old;
      if (run < runs.length) {
        const first = runs[run] as number;
        if (first > from) end = Math.min(end, first);
        else {
          end = Math.min(end, runs[run + 1] as number);
          node = this.#diagrams.overlay(old, services, value);
          isChanged ||= node !== old;
        }
      }
      if (used > 0 && nodes[used - 1] === node) ends[used - 1] = end;
      else {
        ends[used] = end;
        nodes[used++] = node;
      }
      from = end;
      if (from === row.ends[at]) at++;
    }
    this.#diagrams.spend(used);
    return isChanged ? { ends: ends.slice(0, used), nodes: nodes.slice(0, used) } : row;
  }
}

/** Calls back for every run of destination classes on which two rows have different nodes. */
export function forEachDifference(before: Row, after: Row, visit: (first: number, end: number, before: Node, after: Node) => void): void {
  let i = 0;
  let j = 0;
  let from = 0;
  while (i < before.ends.length && j < after.ends.length) {
    const left = before.ends[i] as number;
    const right = after.ends[j] as number;
    const end = left < right ? left : right;
    if (before.nodes[i] !== after.nodes[j]) visit(from, end, before.nodes[i] as Node, after.nodes[j] as Node);
    from = end;
    if (left === end) i++;
    if (right === end) j++;
  }
}
