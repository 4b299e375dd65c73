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

/** Words before a node's runs: its level, how many words its runs take, where the last node before it with the same hash is (or -1). */
const HEAD = 3;

export class Diagrams {
  /** All nodes, one after the other: head, then [end of a run (not included), child] pairs. A node's number is VALUES + where it begins. */
  #words = new Int32Array(1024);
  #used = 0;
  /** Hash -> where the last node with it begins. */
  readonly #buckets = new Map<number, number>();
  /** Runs of nodes that are being made, the innermost last, up to #top. */
  readonly #making: number[] = [];
  #top = 0;
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
    return node < VALUES ? Number.POSITIVE_INFINITY : (this.#words[node - VALUES] as number);
  }

  /** The runs of an inner node: [end (not included), child] pairs, flat. */
  runs(node: Node): Int32Array {
    const from = node - VALUES + HEAD;
    return this.#words.subarray(from, from + (this.#words[node - VALUES + 1] as number));
  }

  /** The child of this node, seen from this level, at this number. */
  at(node: Node, level: number, number: number): Node {
    if (this.level(node) !== level) return node;
    const from = node - VALUES + HEAD;
    let low = 0;
    let high = (this.#words[node - VALUES + 1] as number) / 2 - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#words[from + middle * 2] as number) > number) high = middle;
      else low = middle + 1;
    }
    return this.#words[from + low * 2 + 1] as Node;
  }

  /** Runs as {@link runs} gives them, ascending, that cover the level; their children live on deeper levels. */
  node(level: number, runs: ArrayLike<number>): Node {
    const from = this.#top;
    for (let i = 0; i < runs.length; i += 2) this.#add(from, runs[i] as number, runs[i + 1] as Node);
    return this.#made(level, from);
  }

  /** A node that is `inside` on these ascending, disjoint, inclusive ranges and `outside` elsewhere below `limit`. */
  ranges(
    level: number,
    limit: number,
    ranges: Iterable<{ readonly first: number; readonly last: number }>,
    inside: Node,
    outside: Node,
  ): Node {
    const from = this.#top;
    let at = 0;
    for (const { first, last } of ranges) {
      if (first > at) this.#add(from, first, outside);
      this.#add(from, last + 1, inside);
      at = last + 1;
    }
    if (at < limit) this.#add(from, limit, outside);
    return this.#made(level, from);
  }

  /** One more run of the node whose runs begin here; a neighbour with the same child grows instead. */
  #add(from: number, end: number, child: Node): void {
    if (this.#top === from || this.#making[this.#top - 1] !== child) {
      this.#top += 2;
      this.#making[this.#top - 1] = child;
    }
    this.#making[this.#top - 2] = end;
  }

  #made(level: number, from: number): Node {
    const size = this.#top - from;
    this.#top = from;
    return size === 2 ? (this.#making[from + 1] as Node) : this.#intern(level, from, size);
  }

  #intern(level: number, from: number, size: number): Node {
    const making = this.#making;
    let hash = level;
    for (let i = from; i < from + size; i += 2) {
      hash = Math.imul(hash ^ (making[i] as number), 0x9e3779b1);
      hash = Math.imul((hash ^ (hash >>> 15)) + (making[i + 1] as number), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    const known = this.#buckets.get(hash) ?? -1;
    for (let at = known; at >= 0; at = this.#words[at + 2] as number)
      if (this.#words[at] === level && this.#words[at + 1] === size && this.#isMaking(at + HEAD, from, size)) return VALUES + at;
    this.spend(1);
    const at = this.#used;
    const used = at + HEAD + size;
    if (VALUES + used > NODES) throw new OutOfNodes(NODES - VALUES);
    if (used > this.#words.length) {
      const words = new Int32Array(Math.max(used, this.#words.length * 2));
      words.set(this.#words);
      this.#words = words;
    }
    this.#words.set([level, size, known], at);
    for (let i = 0; i < size; i++) this.#words[at + HEAD + i] = making[from + i] as number;
    this.#used = used;
    this.#buckets.set(hash, at);
    return VALUES + at;
  }

  #isMaking(at: number, from: number, size: number): boolean {
    for (let i = 0; i < size; i++) if (this.#words[at + i] !== this.#making[from + i]) return false;
    return true;
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
    const result = this.combine(a, b, (left, right) => this.#apply(operation, left, right));
    operation.memo.set(key, result);
    return result;
  }

  /** The node, on the upper one of two nodes' levels, that has `of` the children of both on every common run. Not both are values. */
  combine(a: Node, b: Node, of: (a: Node, b: Node) => Node): Node {
    const level = Math.min(this.level(a), this.level(b));
    const from = this.#top;
    // Where the next run of each node is; 0 = the node is not of this level: itself is its only child.
    let i = this.level(a) === level ? a - VALUES + HEAD : 0;
    let j = this.level(b) === level ? b - VALUES + HEAD : 0;
    const last = (i > 0 ? a : b) - VALUES;
    const stop = last + HEAD + (this.#words[last + 1] as number);
    while (i > 0 ? i < stop : j < stop) {
      const left = i > 0 ? (this.#words[i] as number) : Number.POSITIVE_INFINITY;
      const right = j > 0 ? (this.#words[j] as number) : Number.POSITIVE_INFINITY;
      const child = of(i > 0 ? (this.#words[i + 1] as Node) : a, j > 0 ? (this.#words[j + 1] as Node) : b);
      this.#add(from, Math.min(left, right), child);
      if (i > 0 && left <= right) i += 2;
      if (j > 0 && right <= left) j += 2;
    }
    return this.#made(level, from);
  }
}
