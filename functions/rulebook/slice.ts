/** One slice of a comparison as rows of diagrams: per source class and book, which rule decides (destination class, service). */

import type { Family } from '../packets/address.ts';
import type { AddressSet } from '../packets/address-set.ts';
import { type Diagrams, type Node, VALUES } from '../packets/diagram.ts';
import { type Box, PacketSpace } from '../packets/packet-set.ts';
import { type AlignedChain, type Comparison, type Entry, type Meeting, meaningOf, type Which } from './comparison.ts';

/** Values of diagrams: no rule; not to be looked at; 2 and more: a rule. */
const UNMATCHED = 0;
const IGNORED = 1;
const FIRST_RULE = 2;

/** A pair of different rows and the source classes that have it. */
interface RowPair {
  readonly before: Node;
  readonly after: Node;
  readonly classes: number[];
}

export interface Winner {
  readonly which: Which;
  readonly index: number;
}

export class Slice {
  readonly space: PacketSpace;
  readonly chain: AlignedChain;
  readonly family: Family;
  readonly pairs: readonly RowPair[];
  readonly #beforeCount: number;
  readonly #meanings = new Map<number, string>();
  readonly #masks = new Map<string, Node>();

  /** @param seen slices looked at before: their packets are left out */
  constructor(comparison: Comparison, chain: AlignedChain, family: Family, match: Box, seen: readonly Box[], diagrams: Diagrams) {
    this.chain = chain;
    this.family = family;
    this.#beforeCount = chain.entries[0].length;
    const memo = comparison.memo(match);
    const books = ([0, 1] as const).map((which) => comparison.meetings(chain, which, family, match, memo));
    const hidden = seen.filter((box) => memo.servicesMeet(box.services) && memo.destination(box.destination) && memo.source(box.source));
    const boxes = [...books.flatMap((meetings) => meetings.flatMap((meeting) => meeting.boxes)), ...hidden];
    const distinct = (pick: (box: Box) => AddressSet) => [...new Set(boxes.map(pick))];
    this.space = new PacketSpace(
      family,
      distinct((box) => box.source),
      distinct((box) => box.destination),
      { diagrams, region: match },
    );
    const copy = copier(comparison.algebra.diagrams, diagrams);
    const towards = new Map<AddressSet, Map<Node, Node>>();
    const painter = (rows: Node[]) => (box: Box, value: number) => {
      let perServices = towards.get(box.destination);
      if (!perServices) {
        perServices = new Map();
        towards.set(box.destination, perServices);
      }
      let mask = perServices.get(box.services);
      if (mask === undefined) {
        mask = this.space.towards(box.destination, copy(box.services));
        perServices.set(box.services, mask);
      }
      const classes = this.space.sourceClasses(box.source);
      diagrams.spend(1 + (classes.length >>> 3));
      for (const number of classes) rows[number] = diagrams.overlay(rows[number] as Node, mask, value);
    };
    const outside = copy(comparison.algebra.diagrams.not(match.services));
    const rows = ([0, 1] as const).map((which) => {
      const list = Array<Node>(this.space.sources.count).fill(UNMATCHED);
      const paint = painter(list);
      const meetings = books[which] as readonly Meeting[];
      for (let at = meetings.length - 1; at >= 0; at--) {
        const { boxes: own, index } = meetings[at] as Meeting;
        for (const box of own) paint(box, this.#valueOf(which, index));
      }
      for (const box of hidden) paint(box, IGNORED);
      return list.map((row) => diagrams.overlay(row, outside, IGNORED));
    });
    this.pairs = pairsOf(rows[0] as Node[], rows[1] as Node[]);
  }

  /** Aligned rules have one value in both books. */
  #valueOf(which: Which, index: number): number {
    if (which === 0) return FIRST_RULE + index;
    const partner = this.#partners.get(index);
    return FIRST_RULE + (partner ?? this.#beforeCount + index);
  }

  get #partners(): ReadonlyMap<number, number> {
    return partnersOf(this.chain);
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
    return before !== after && before !== IGNORED && this.meaning(before) !== this.meaning(after);
  }

  /** (destination, service) where a test on the values (before, after) holds. `name` identifies the test. */
  mask(name: string, test: (before: number, after: number) => boolean, before: Node, after: Node): Node {
    if (before === after) return 0;
    if (before < VALUES && after < VALUES) return test(before, after) ? 1 : 0;
    const key = `${name} ${before} ${after}`;
    let mask = this.#masks.get(key);
    if (mask === undefined) {
      const { diagrams } = this.space;
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
    const { diagrams } = this.space;
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

const partnerMaps = new WeakMap<AlignedChain, ReadonlyMap<number, number>>();
function partnersOf(chain: AlignedChain): ReadonlyMap<number, number> {
  let map = partnerMaps.get(chain);
  if (!map) {
    const pairs: [number, number][] = [];
    chain.alignment.partner.forEach((to, at) => {
      if (to >= 0) pairs.push([to, at]);
    });
    map = new Map(pairs);
    partnerMaps.set(chain, map);
  }
  return map;
}

function pairsOf(before: readonly Node[], after: readonly Node[]): RowPair[] {
  const pairs = new Map<string, RowPair>();
  before.forEach((left, number) => {
    const right = after[number] as Node;
    if (left === right) return;
    const key = `${left} ${right}`;
    const pair = pairs.get(key);
    if (pair) pair.classes.push(number);
    else pairs.set(key, { before: left, after: right, classes: [number] });
  });
  return [...pairs.values()];
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
