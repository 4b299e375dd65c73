/**
 * Hash-consed interval decision diagrams: functions from a few small numbers (one per level) to a value. Every node is interned and reduced
 * (neighbours with the same child are one run, a node with one run is its child), so two functions are equal exactly when their nodes are the
 * same number. Levels, from the top: address class of the source, of the destination, protocol, source port or ICMP type, destination port or
 * ICMP code.
 */

/** A node of {@link Diagrams}. Values are nodes too: the value v is the node v. */
export type Node = number;

export const LEVEL = { source: 0, destination: 1, protocol: 2, first: 3, second: 4 } as const;
export const PROTOCOL_LIMIT = 256;
export const PORT_LIMIT = 65536;

/** Values are below this number, inner nodes at or above it. */
export const VALUES = 1 << 24;
const NODES = 1 << 26;

/** The work allowed is used up: what was asked for is not known. */
export class OutOfNodes extends Error {
  constructor(budget: number) {
    super(`more than ${budget} steps`);
    this.name = 'OutOfNodes';
  }
}

/** A binary operation on values with what is known before both sides are seen. */
interface Operation {
  readonly memo: Map<number, Node>;
  /** The result where it is clear from these nodes alone, or undefined. */
  readonly known: (a: Node, b: Node) => Node | undefined;
}

export class Diagrams {
  readonly #levels: number[] = [];
  readonly #ends: (readonly number[])[] = [];
  readonly #children: (readonly Node[])[] = [];
  /** Hash -> the last node with it; chained by #before. */
  readonly #buckets = new Map<number, number>();
  readonly #before: number[] = [];
  readonly #budget: number;
  #steps = 0;

  readonly #and: Operation = {
    memo: new Map(),
    known: (a, b) => (a === 0 || b === 0 ? 0 : a === 1 ? b : b === 1 || a === b ? a : undefined),
  };
  readonly #or: Operation = {
    memo: new Map(),
    known: (a, b) => (a === 1 || b === 1 ? 1 : a === 0 ? b : b === 0 || a === b ? a : undefined),
  };
  readonly #minus: Operation = {
    memo: new Map(),
    known: (a, b) => (a === 0 || b === 1 || a === b ? 0 : b === 0 ? a : undefined),
  };
  readonly #overlays = new Map<number, Operation>();

  /** @param budget steps (nodes made or pairs of nodes visited) after which OutOfNodes is thrown */
  constructor(budget = Number.POSITIVE_INFINITY) {
    this.#budget = budget;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Counts work that is done outside, against the same budget. */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.#budget) throw new OutOfNodes(this.#budget);
  }

  level(node: Node): number {
    return node < VALUES ? Number.POSITIVE_INFINITY : (this.#levels[node - VALUES] as number);
  }

  /** Ends of the runs (not included) of an inner node. */
  ends(node: Node): readonly number[] {
    return this.#ends[node - VALUES] as readonly number[];
  }

  children(node: Node): readonly Node[] {
    return this.#children[node - VALUES] as readonly Node[];
  }

  /** The child of this node, seen from this level, at this number. */
  at(node: Node, level: number, number: number): Node {
    if (this.level(node) !== level) return node;
    const ends = this.ends(node);
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) > number) high = middle;
      else low = middle + 1;
    }
    return this.children(node)[low] as Node;
  }

  /** Runs in ascending order that cover the level; their children live on deeper levels. */
  node(level: number, ends: readonly number[], children: readonly Node[]): Node {
    const runEnds: number[] = [];
    const runs: Node[] = [];
    for (let i = 0; i < ends.length; i++) {
      if (runs.length > 0 && runs[runs.length - 1] === children[i]) runEnds[runEnds.length - 1] = ends[i] as number;
      else {
        runEnds.push(ends[i] as number);
        runs.push(children[i] as Node);
      }
    }
    return runs.length === 1 ? (runs[0] as Node) : this.#intern(level, runEnds, runs);
  }

  #intern(level: number, ends: readonly number[], children: readonly Node[]): Node {
    let hash = level;
    for (let i = 0; i < ends.length; i++) {
      hash = Math.imul(hash ^ (ends[i] as number), 0x9e3779b1);
      hash = Math.imul((hash ^ (hash >>> 15)) + (children[i] as number), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    for (let at = this.#buckets.get(hash) ?? -1; at >= 0; at = this.#before[at] as number)
      if (this.#levels[at] === level && sameNumbers(this.#ends[at], ends) && sameNumbers(this.#children[at], children)) return VALUES + at;
    this.spend(1);
    const at = this.#levels.length;
    if (VALUES + at >= NODES) throw new OutOfNodes(NODES - VALUES);
    this.#levels.push(level);
    this.#ends.push(ends);
    this.#children.push(children);
    this.#before.push(this.#buckets.get(hash) ?? -1);
    this.#buckets.set(hash, at);
    return VALUES + at;
  }

  /** A node that is `inside` on these ascending, disjoint, inclusive ranges and `outside` elsewhere below `limit`. */
  ranges(
    level: number,
    limit: number,
    ranges: Iterable<{ readonly first: number; readonly last: number }>,
    inside: Node,
    outside: Node,
  ): Node {
    const ends: number[] = [];
    const children: Node[] = [];
    let at = 0;
    for (const { first, last } of ranges) {
      if (first > at) {
        ends.push(first);
        children.push(outside);
      }
      ends.push(last + 1);
      children.push(inside);
      at = last + 1;
    }
    if (at < limit) {
      ends.push(limit);
      children.push(outside);
    }
    return this.node(level, ends, children);
  }

  and(a: Node, b: Node): Node {
    return a < b ? this.#apply(this.#and, a, b) : this.#apply(this.#and, b, a);
  }

  or(a: Node, b: Node): Node {
    return a < b ? this.#apply(this.#or, a, b) : this.#apply(this.#or, b, a);
  }

  minus(a: Node, b: Node): Node {
    return this.#apply(this.#minus, a, b);
  }

  not(a: Node): Node {
    return this.minus(1, a);
  }

  /** `value` where the mask is 1, `base` where it is 0. */
  overlay(base: Node, mask: Node, value: number): Node {
    let operation = this.#overlays.get(value);
    if (!operation) {
      operation = { memo: new Map(), known: (a, b) => (b === 0 || a === value ? a : b === 1 ? value : undefined) };
      this.#overlays.set(value, operation);
    }
    return this.#apply(operation, base, mask);
  }

  #apply(operation: Operation, a: Node, b: Node): Node {
    const known = operation.known(a, b);
    if (known !== undefined) return known;
    const key = a * NODES + b;
    const memo = operation.memo.get(key);
    if (memo !== undefined) return memo;
    this.spend(1);
    const level = Math.min(this.level(a), this.level(b));
    const ends: number[] = [];
    const children: Node[] = [];
    for (const [end, left, right] of this.together(level, a, b)) {
      ends.push(end);
      children.push(this.#apply(operation, left, right));
    }
    const result = this.node(level, ends, children);
    operation.memo.set(key, result);
    return result;
  }

  /** The common runs of two nodes at this level: [end, child of a, child of b]. */
  together(level: number, a: Node, b: Node): [number, Node, Node][] {
    const out: [number, Node, Node][] = [];
    const aHere = this.level(a) === level;
    const bHere = this.level(b) === level;
    if (!aHere && !bHere) return [[Number.POSITIVE_INFINITY, a, b]];
    const aEnds = aHere ? this.ends(a) : this.ends(b);
    const bEnds = bHere ? this.ends(b) : aEnds;
    const aChildren = aHere ? this.children(a) : undefined;
    const bChildren = bHere ? this.children(b) : undefined;
    let i = 0;
    let j = 0;
    while (i < aEnds.length && j < bEnds.length) {
      const end = Math.min(aEnds[i] as number, bEnds[j] as number);
      out.push([end, aChildren ? (aChildren[i] as Node) : a, bChildren ? (bChildren[j] as Node) : b]);
      if (aEnds[i] === end) i++;
      if (bEnds[j] === end) j++;
    }
    return out;
  }
}

function sameNumbers(a: readonly number[] | undefined, b: readonly number[]): boolean {
  if (a?.length !== b.length) return false;
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
