/** One slice of a comparison: rows of both books over the slice's own classes of addresses, and what their values mean. */

import type { Family } from '../packets/address.ts';
import { type AddressClasses, addressClasses } from '../packets/address-classes.ts';
import type { AddressSet } from '../packets/address-set.ts';
import { type Diagrams, type Node, VALUES } from '../packets/diagram.ts';
import type { Packet } from '../packets/packet.ts';
import type { Box } from '../packets/packet-set.ts';
import { type AlignedChain, type Comparison, deciderOf, type Entry, type Meeting, meaningOf } from './comparison.ts';
import { forEachDifference, type Row, Rows } from './rows.ts';
import type { Which } from './rule-keys.ts';

/**
 * Values of diagrams: no rule; not to be looked at; from 2 on what an aligned rule means; from ALONE on an unaligned rule. Where both books'
 * winners are aligned they are the same rule, so only its meaning counts: that keeps the diagrams small.
 */
const UNMATCHED = 0;
const IGNORED = 1;
const FIRST_MEANING = 2;
const ALONE = 1 << 20;

/** Rows of both books and the source classes that have them; somewhere the rows name different rules. */
export interface RowPair {
  readonly before: Row;
  readonly after: Row;
  readonly classes: number[];
}

/** A rule without a partner: its book and its index in the chain's entries there. */
export interface Winner {
  readonly which: Which;
  readonly index: number;
}

export class Slice {
  readonly family: Family;
  readonly chain: AlignedChain;
  readonly diagrams: Diagrams;
  readonly sources: AddressClasses;
  readonly destinations: AddressClasses;
  readonly pairs: readonly RowPair[];
  readonly #beforeCount: number;
  readonly #taken: Uint8Array;
  readonly #meetings: readonly [readonly Meeting[], readonly Meeting[]];
  readonly #meanings: string[] = [];
  readonly #meaningValues = new Map<string, number>();
  readonly #masks = new Map<string, Map<number, Node>>();

  /** @param seen slices looked at before: their packets are left out */
  constructor(comparison: Comparison, chain: AlignedChain, family: Family, match: Box, seen: readonly Box[], diagrams: Diagrams) {
    this.chain = chain;
    this.family = family;
    this.diagrams = diagrams;
    this.#beforeCount = chain.entries[0].length;
    this.#taken = new Uint8Array(chain.entries[1].length).fill(1);
    for (const index of chain.alignment.after) this.#taken[index] = 0;
    const memo = comparison.memo(match);
    const books = ([0, 1] as const).map((which) => comparison.meetings(chain, which, family, match, memo)) as [Meeting[], Meeting[]];
    this.#meetings = books;
    const hidden = seen.filter(
      // Stryker disable next-line all: what does not meet the slice hides nothing of it, it only costs
      (box) => memo.servicesMeet(box.services) && memo.destination(box.destination).runs > 0 && memo.source(box.source).runs > 0,
    );
    const boxes = [...books.flatMap((meetings) => meetings.flatMap((meeting) => meeting.boxes)), ...hidden];
    const spend = (steps: number) => diagrams.spend(steps);
    const sourceSets = new Map(boxes.map((box) => [box.source, 0]));
    const destinationSets = new Map(boxes.map((box) => [box.destination, 0]));
    this.sources = addressClasses(match.source, numbered(sourceSets), spend, memo.source);
    this.destinations = addressClasses(match.destination, numbered(destinationSets), spend, memo.destination);

    const copy = copier(comparison.algebra.diagrams, diagrams);
    const rows = new Rows(diagrams, this.destinations.count);
    const runs = this.destinations.members.map(runsOfClasses);
    const outside = copy(comparison.algebra.diagrams.not(match.services));
    const whole = Int32Array.of(0, this.destinations.count);
    const paintAll = (which: Which): Row[] => {
      const list = Array<Row>(this.sources.count).fill(rows.constant(UNMATCHED));
      const paint = (box: Box, value: number) => {
        const mask = copy(box.services);
        const to = runs[destinationSets.get(box.destination) as number] as Int32Array;
        const classes = this.sources.members[sourceSets.get(box.source) as number] as Int32Array;
        const done = new Map<Row, Row>();
        spend(1 + (classes.length >>> 2));
        for (const number of classes) {
          const old = list[number] as Row;
          let row = done.get(old);
          // Stryker disable next-line ConditionalExpression: the same row again, for more steps
          if (row === undefined) {
            row = rows.overlay(old, to, mask, value);
            done.set(old, row);
          }
          list[number] = row;
        }
      };
      const meetings = books[which];
      for (let at = meetings.length - 1; at >= 0; at--) {
        const { boxes: own, index } = meetings[at] as Meeting;
        for (const box of own) paint(box, this.#valueOf(which, index));
      }
      for (const box of hidden) paint(box, IGNORED);
      const done = new Map<Row, Row>();
      return list.map((row) => {
        const cut = done.get(row) ?? rows.overlay(row, whole, outside, IGNORED);
        done.set(row, cut);
        return cut;
      });
    };
    this.pairs = pairsOf(paintAll(0), paintAll(1));
  }

  #valueOf(which: Which, index: number): number {
    const isAligned = which === 0 ? (this.chain.alignment.partner[index] as number) >= 0 : this.#taken[index] === 1;
    if (!isAligned) return ALONE + (which === 0 ? index : this.#beforeCount + index);
    const text = meaningOf((this.chain.entries[which][index] as Entry).shape, this.family);
    let value = this.#meaningValues.get(text);
    if (value === undefined) {
      value = FIRST_MEANING + this.#meanings.length;
      this.#meanings.push(text);
      this.#meaningValues.set(text, value);
    }
    return value;
  }

  /** The unaligned rule behind a value; undefined = an aligned one, or none. */
  alone(value: number): Winner | undefined {
    if (value < ALONE) return undefined;
    const number = value - ALONE;
    return number < this.#beforeCount ? { which: 0, index: number } : { which: 1, index: number - this.#beforeCount };
  }

  /** Index of the rule of one book that decides a packet of this slice. */
  decider(comparison: Comparison, which: Which, packet: Packet): number | undefined {
    return deciderOf(comparison, this.#meetings[which], packet);
  }

  meaning(value: number): string {
    const alone = this.alone(value);
    if (alone) return meaningOf((this.chain.entries[alone.which][alone.index] as Entry).shape, this.family);
    return value < FIRST_MEANING ? 'unmatched' : (this.#meanings[value - FIRST_MEANING] as string);
  }

  differ(before: number, after: number): boolean {
    return this.meaning(before) !== this.meaning(after);
  }

  /** The services on which a test on the deciding values (before, after) holds. `name` identifies the test. */
  mask(name: string, test: (before: number, after: number) => boolean, before: Node, after: Node): Node {
    // Stryker disable next-line ConditionalExpression: spares the walk, no value differs from itself
    if (before === after) return 0;
    if (before < VALUES && after < VALUES) return test(before, after) ? 1 : 0;
    let known = this.#masks.get(name);
    // Stryker disable next-line ConditionalExpression: the same masks again, for more steps
    if (!known) {
      known = new Map();
      this.#masks.set(name, known);
    }
    const key = pairKey(before, after);
    let mask = known.get(key);
    // Stryker disable next-line ConditionalExpression: the same mask again, for more steps
    if (mask === undefined) {
      const { diagrams } = this;
      diagrams.spend(1);
      mask = diagrams.combine(before, after, (left, right) => this.mask(name, test, left, right));
      known.set(key, mask);
    }
    return mask;
  }

  /** Every pair of different values that occurs below two nodes. */
  valuePairs(before: Node, after: Node): readonly (readonly [number, number])[] {
    const { diagrams } = this;
    const found = new Map<number, readonly [number, number]>();
    const seen = new Set<number>();
    const visit = (a: Node, b: Node): Node => {
      const key = pairKey(a, b);
      // Stryker disable next-line all: spares the walk, pairs are found by key
      if (a === b || seen.has(key)) return 0;
      seen.add(key);
      diagrams.spend(1);
      if (a >= VALUES || b >= VALUES) return diagrams.combine(a, b, visit);
      found.set(key, [a, b]);
      return 0;
    };
    visit(before, after);
    return [...found.values()];
  }
}

/** Two nodes as one number. */
export const pairKey = (a: Node, b: Node): number => a * 2 ** 26 + b;

/** Fills in the place of each set in the list that comes out. */
function numbered(places: Map<AddressSet, number>): AddressSet[] {
  const list = [...places.keys()];
  list.forEach((set, at) => {
    places.set(set, at);
  });
  return list;
}

/** Ascending class numbers as flat runs [first, end). */
function runsOfClasses(classes: Int32Array): Int32Array {
  const runs: number[] = [];
  for (const number of classes) {
    const last = runs.length - 1;
    if (runs[last] === number) runs[last] = number + 1;
    else runs.push(number, number + 1);
  }
  return Int32Array.from(runs);
}

function pairsOf(before: readonly Row[], after: readonly Row[]): RowPair[] {
  const pairs = new Map<Row, Map<Row, RowPair>>();
  const out: RowPair[] = [];
  before.forEach((left, number) => {
    const right = after[number] as Row;
    let perLeft = pairs.get(left);
    if (!perLeft) {
      perLeft = new Map();
      pairs.set(left, perLeft);
    }
    const known = perLeft.get(right);
    if (known) known.classes.push(number);
    else {
      const pair = { before: left, after: right, classes: [number] };
      perLeft.set(right, pair);
      out.push(pair);
    }
  });
  return out.filter((pair) => {
    let isDifferent = false;
    forEachDifference(pair.before, pair.after, () => {
      isDifferent = true;
    });
    return isDifferent;
  });
}

/** Nodes of one Diagrams made anew in another. */
function copier(from: Diagrams, to: Diagrams): (node: Node) => Node {
  const known = new Map<Node, Node>();
  const copy = (node: Node): Node => {
    if (node < VALUES) return node;
    let twin = known.get(node);
    // Stryker disable next-line ConditionalExpression: the same node again, for more steps
    if (twin === undefined) {
      const runs = from.runs(node).map((word, at) => (at % 2 === 1 ? copy(word) : word));
      twin = to.node(from.level(node), runs);
      known.set(node, twin);
    }
    return twin;
  };
  return copy;
}
