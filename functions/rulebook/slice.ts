/** One slice of a comparison: rows of both books over the slice's own classes of addresses, and what their values mean. */

import type { Family } from '../packets/address.ts';
import { type AddressClasses, addressClasses } from '../packets/address-classes.ts';
import type { AddressSet } from '../packets/address-set.ts';
import { type Diagrams, type Node, VALUES } from '../packets/diagram.ts';
import type { Box } from '../packets/packet-set.ts';
import { type AlignedChain, type Comparison, type Entry, type Meeting, meaningOf, type Which } from './comparison.ts';
import { forEachDifference, type Row, Rows } from './rows.ts';

/** Values of diagrams: no rule; not to be looked at; 2 and more: a rule. */
const UNMATCHED = 0;
const IGNORED = 1;
const FIRST_RULE = 2;

/** Rows of both books and the source classes that have them; somewhere the rows name different rules. */
export interface RowPair {
  readonly before: Row;
  readonly after: Row;
  readonly classes: number[];
}

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
  readonly #partners: ReadonlyMap<number, number>;
  readonly #meanings = new Map<number, string>();
  readonly #masks = new Map<string, Node>();

  /** @param seen slices looked at before: their packets are left out */
  constructor(comparison: Comparison, chain: AlignedChain, family: Family, match: Box, seen: readonly Box[], diagrams: Diagrams) {
    this.chain = chain;
    this.family = family;
    this.diagrams = diagrams;
    this.#beforeCount = chain.entries[0].length;
    this.#partners = partnersOf(chain);
    const memo = comparison.memo(match);
    const books = ([0, 1] as const).map((which) => comparison.meetings(chain, which, family, match, memo)) as [Meeting[], Meeting[]];
    const hidden = seen.filter((box) => memo.servicesMeet(box.services) && memo.destination(box.destination) && memo.source(box.source));
    const boxes = [...books.flatMap((meetings) => meetings.flatMap((meeting) => meeting.boxes)), ...hidden];
    const spend = (steps: number) => diagrams.spend(steps);
    const sourceSets = new Map(boxes.map((box) => [box.source, 0]));
    const destinationSets = new Map(boxes.map((box) => [box.destination, 0]));
    this.sources = addressClasses(match.source, numbered(sourceSets), spend);
    this.destinations = addressClasses(match.destination, numbered(destinationSets), spend);

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
      if (outside === 0) return list;
      const done = new Map<Row, Row>();
      return list.map((row) => {
        const cut = done.get(row) ?? rows.overlay(row, whole, outside, IGNORED);
        done.set(row, cut);
        return cut;
      });
    };
    this.pairs = pairsOf(paintAll(0), paintAll(1));
  }

  /** Aligned rules have one value in both books. */
  #valueOf(which: Which, index: number): number {
    return FIRST_RULE + (which === 0 ? index : (this.#partners.get(index) ?? this.#beforeCount + index));
  }

  /** The rule behind a value in one book; undefined = unmatched. */
  winner(value: number, which: Which): Winner | undefined {
    if (value < FIRST_RULE) return undefined;
    const number = value - FIRST_RULE;
    if (number >= this.#beforeCount) return { which: 1, index: number - this.#beforeCount };
    return which === 0 ? { which, index: number } : { which, index: this.chain.alignment.partner[number] as number };
  }

  /** The rule behind a value has no partner in the other book. */
  isAlone(value: number): boolean {
    if (value < FIRST_RULE) return false;
    const number = value - FIRST_RULE;
    return number >= this.#beforeCount || (this.chain.alignment.partner[number] as number) < 0;
  }

  meaning(value: number): string {
    let text = this.#meanings.get(value);
    if (text === undefined) {
      const winner = this.winner(value, 0);
      text = meaningOf(winner && (this.chain.entries[winner.which][winner.index] as Entry).shape, this.family);
      this.#meanings.set(value, text);
    }
    return text;
  }

  differ(before: number, after: number): boolean {
    return before !== after && this.meaning(before) !== this.meaning(after);
  }

  /** The services on which a test on the deciding values (before, after) holds. `name` identifies the test. */
  mask(name: string, test: (before: number, after: number) => boolean, before: Node, after: Node): Node {
    if (before === after) return 0;
    if (before < VALUES && after < VALUES) return test(before, after) ? 1 : 0;
    const key = `${name} ${before} ${after}`;
    let mask = this.#masks.get(key);
    if (mask === undefined) {
      const { diagrams } = this;
      diagrams.spend(1);
      const level = Math.min(diagrams.level(before), diagrams.level(after));
      const ends: number[] = [];
      const children: Node[] = [];
      for (const [end, left, right] of diagrams.together(level, before, after)) {
        ends.push(end);
        children.push(this.mask(name, test, left, right));
      }
      mask = diagrams.node(level, ends, children);
      this.#masks.set(key, mask);
    }
    return mask;
  }

  /** Every pair of different values that occurs below two nodes. */
  valuePairs(before: Node, after: Node): readonly (readonly [number, number])[] {
    const { diagrams } = this;
    const found = new Map<string, readonly [number, number]>();
    const seen = new Set<string>();
    const visit = (a: Node, b: Node): void => {
      if (a === b) return;
      const key = `${a} ${b}`;
      if (seen.has(key)) return;
      seen.add(key);
      diagrams.spend(1);
      if (a < VALUES && b < VALUES) found.set(key, [a, b]);
      else for (const [, left, right] of diagrams.together(Math.min(diagrams.level(a), diagrams.level(b)), a, b)) visit(left, right);
    };
    visit(before, after);
    return [...found.values()];
  }
}

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
    if (runs.length > 0 && runs[runs.length - 1] === number) runs[runs.length - 1] = number + 1;
    else runs.push(number, number + 1);
  }
  return Int32Array.from(runs);
}

function partnersOf(chain: AlignedChain): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  chain.alignment.partner.forEach((to, at) => {
    if (to >= 0) partners.set(to, at);
  });
  return partners;
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
    if (twin === undefined) {
      twin = to.node(from.level(node), from.ends(node), from.children(node).map(copy));
      known.set(node, twin);
    }
    return twin;
  };
  return copy;
}
