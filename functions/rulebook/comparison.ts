/**
 * Two rulebooks side by side, by the align-then-slice method (docs/decisions/0030):
 *
 *   rules --shape--> keys --align--> unaligned rules --boxes--> slices --diagrams--> packets decided otherwise
 *
 * - Rules of a chain are aligned by meaning. A packet that no unaligned rule matches is decided alike in both books.
 * - Each distinct match of an unaligned rule is a *slice*: only rules that meet it are looked at, up to the first that covers it.
 * - In a slice, addresses fall into few local classes; one row of diagram per source class and book is built from the last rule to the first.
 *   A value is the number of the deciding rule; aligned rules share theirs.
 */

import type { Family } from '../packets/address.ts';
import { type AddressSet, clip, covers, EVERY_ADDRESS, hasAddress, toCoordinate } from '../packets/address-set.ts';
import type { Node } from '../packets/diagram.ts';
import type { Direction, Packet } from '../packets/packet.ts';
import type { Box } from '../packets/packet-set.ts';
import { serviceAt } from '../packets/service-set.ts';
import type { Book } from './algebra.ts';
import type { Algebra } from './algebra-context.ts';
import { type Alignment, align } from './align.ts';
import { boxesOf, type End, endpointGroups } from './boxes.ts';
import { RuleKeys, type Which } from './rule-keys.ts';
import type { EndpointsShape, Shape, SideShape } from './shapes.ts';
import type { Decision, FilterRule, SetId, Stage } from './types.ts';

export interface Entry {
  readonly rule: FilterRule;
  readonly shape: Shape;
  /** in its book's list, `log` rules counted */
  readonly position: number;
}

export interface Chain {
  readonly border: string;
  readonly stage: Stage;
  readonly direction: Direction;
  readonly entries: readonly [readonly Entry[], readonly Entry[]];
  readonly logs: readonly [readonly Entry[], readonly Entry[]];
}

export interface AlignedChain extends Chain {
  readonly alignment: Alignment;
}

/** A rule that meets a slice, with its boxes in the slice's family. */
export interface Meeting {
  readonly boxes: readonly Box[];
  /** index in the chain's entries of its book */
  readonly index: number;
}

export class Comparison {
  readonly algebra: Algebra;
  readonly #books: readonly [Book, Book];
  #chains: readonly AlignedChain[] | undefined;
  readonly #keys: RuleKeys;
  readonly #sides: Record<Family, readonly [Map<SideShape, AddressSet>, Map<SideShape, AddressSet>]> = {
    4: [new Map(), new Map()],
    6: [new Map(), new Map()],
  };
  readonly #boxes: Record<Family, readonly [Map<Shape, readonly Box[]>, Map<Shape, readonly Box[]>]> = {
    4: [new Map(), new Map()],
    6: [new Map(), new Map()],
  };
  readonly #clippers = new Map<AddressSet, (set: AddressSet) => AddressSet>();

  constructor(algebra: Algebra, before: Book, after: Book) {
    this.algebra = algebra;
    this.#books = [before, after];
    this.#keys = new RuleKeys(this.#books, (shape, family, which) => this.side(shape, family, which));
    algebra.begin();
  }

  /** The chains of both books whose rules are not all aligned. */
  chains(): readonly AlignedChain[] {
    this.#chains ??= this.#align();
    return this.#chains;
  }

  #align(): AlignedChain[] {
    const out: AlignedChain[] = [];
    for (const chain of this.#allChains()) {
      const [before, after] = ([0, 1] as const).map((which) =>
        Int32Array.from(chain.entries[which], (entry) => this.#keys.of(entry.shape, which)),
      );
      const alignment = align(before as Int32Array, after as Int32Array);
      if (alignment.before.length + alignment.after.length > 0) out.push({ ...chain, alignment });
    }
    return out;
  }

  #allChains(): Iterable<Chain> {
    const chains = new Map<string, Chain & { entries: [Entry[], Entry[]]; logs: [Entry[], Entry[]] }>();
    let chain: (Chain & { entries: [Entry[], Entry[]]; logs: [Entry[], Entry[]] }) | undefined;
    for (const which of [0, 1] as const)
      this.#books[which].rulebook.rules.forEach((rule, position) => {
        const { border, stage, direction } = rule;
        // Rules of one chain mostly stand together.
        if (chain?.border !== border || chain.stage !== stage || chain.direction !== direction) {
          const key = `${stage} ${direction} ${border}`;
          chain = chains.get(key) ?? { border, stage, direction, entries: [[], []], logs: [[], []] };
          chains.set(key, chain);
        }
        const entry = { rule, shape: this.algebra.shapes.of(rule), position };
        (rule.action === 'log' ? chain.logs : chain.entries)[which].push(entry);
      });
    return chains.values();
  }

  side(shape: SideShape, family: Family, which: Which): AddressSet {
    const known = this.#sides[family][which];
    let set = known.get(shape);
    if (!set) {
      set = this.algebra.side(shape, family, this.#books[which].members, (id) => this.#keys.ofSet(id, which));
      known.set(shape, set);
    }
    return set;
  }

  /** The packets of this family that a rule matches. */
  boxes(shape: Shape, family: Family, which: Which): readonly Box[] {
    const known = this.#boxes[family][which];
    let boxes = known.get(shape);
    if (!boxes) {
      const groups = (end: End, endpoints: EndpointsShape) => {
        const index = (set: SetId) => this.algebra.endpointIndex(this.#keys.ofSet(set, which), set, this.#books[which].members);
        return endpointGroups(this.algebra.diagrams, family, end, endpoints.include.map(index), endpoints.exclude.map(index));
      };
      boxes = shape.families.includes(family)
        ? boxesOf(
            this.algebra.diagrams,
            {
              source: this.side(shape.source, family, which),
              destination: this.side(shape.destination, family, which),
              services: shape.services,
            },
            groups('source', shape.sourceEndpoints),
            groups('destination', shape.destinationEndpoints),
          )
        : [];
      known.set(shape, boxes);
    }
    return boxes;
  }

  /** The distinct matches of the unaligned rules of a chain, none inside another that comes before it. */
  matches(chain: AlignedChain, family: Family): readonly Box[] {
    const out: Box[] = [];
    const { diagrams } = this.algebra;
    for (const which of [0, 1] as const)
      for (const index of which === 0 ? chain.alignment.before : chain.alignment.after)
        for (const box of this.boxes((chain.entries[which][index] as Entry).shape, family, which)) {
          const inside = (other: Box) =>
            other === box ||
            (diagrams.minus(box.services, other.services) === 0 &&
              covers(other.destination, box.destination) &&
              covers(other.source, box.source));
          const isKnown = out.length <= 256 ? out.some(inside) : out.includes(box);
          if (!isKnown) out.push(box);
        }
    return out;
  }

  /** The rules of one book that can decide packets of the slice: those that meet it, up to the first that covers it. */
  meetings(chain: AlignedChain, which: Which, family: Family, slice: Box, memo: SliceMemo): Meeting[] {
    const out: Meeting[] = [];
    const entries = chain.entries[which];
    for (let index = 0; index < entries.length; index++) {
      const { shape } = entries[index] as Entry;
      if (!shape.families.includes(family) || !memo.servicesMeet(shape.services)) continue;
      // Destinations first: they are mostly short lists of prefixes.
      if (memo.destination(this.side(shape.destination, family, which)).runs === 0) continue;
      if (memo.source(this.side(shape.source, family, which)).runs === 0) continue;
      const boxes = this.boxes(shape, family, which).filter(
        (box) => memo.servicesMeet(box.services) && memo.destination(box.destination).runs > 0 && memo.source(box.source).runs > 0,
      );
      if (boxes.length === 0) continue;
      out.push({ boxes, index });
      const isWhole = boxes.some(
        (box) =>
          memo.destination(box.destination) === slice.destination &&
          memo.source(box.source) === slice.source &&
          this.algebra.diagrams.minus(slice.services, box.services) === 0,
      );
      if (isWhole) break;
    }
    return out;
  }

  memo(slice: Box): SliceMemo {
    const services = new Map<Node, boolean>();
    return {
      servicesMeet: (node) => {
        let answer = services.get(node);
        if (answer === undefined) {
          answer = this.algebra.diagrams.and(node, slice.services) !== 0;
          services.set(node, answer);
        }
        return answer;
      },
      source: this.#clipperOf(slice.source),
      destination: this.#clipperOf(slice.destination),
    };
  }

  /** The rules of one policy mostly have one source: what others have in common with it is asked once for all of them. */
  #clipperOf(region: AddressSet): (set: AddressSet) => AddressSet {
    let clipper = this.#clippers.get(region);
    if (!clipper) {
      const known = new Map<AddressSet, AddressSet>();
      clipper = (set) => {
        let clipped = known.get(set);
        if (!clipped) {
          clipped = clip(set, region);
          known.set(set, clipped);
        }
        return clipped;
      };
      this.#clippers.set(region, clipper);
    }
    return clipper;
  }

  /** The decision that this entry makes for a packet it decides; undefined = no rule. */
  decision(chain: Chain, which: Which, index: number | undefined, packet: Packet): Decision {
    const entry = index === undefined ? undefined : (chain.entries[which][index] as Entry);
    const isMarked = chain.logs[which].some(
      (log) =>
        (entry === undefined || log.position < entry.position) &&
        this.boxes(log.shape, packet.family, which).some((box) => this.holds(box, packet)),
    );
    if (!entry) return { kind: 'unmatched', logged: isMarked };
    return { kind: entry.shape.allows ? 'allow' : 'deny', rule: entry.rule, logged: isMarked || entry.rule.log };
  }

  holds(box: Box, packet: Packet): boolean {
    return (
      serviceAt(this.algebra.diagrams, box.services, packet) === 1 &&
      hasAddress(box.source, toCoordinate(packet.family, packet.source)) &&
      hasAddress(box.destination, toCoordinate(packet.family, packet.destination))
    );
  }
}

/** Index of the rule that decides a packet, among rules that meet its slice. */
export function deciderOf(comparison: Comparison, meetings: readonly Meeting[], packet: Packet): number | undefined {
  return meetings.find((meeting) => meeting.boxes.some((box) => comparison.holds(box, packet)))?.index;
}

/** What was asked about one slice. */
export interface SliceMemo {
  servicesMeet(node: Node): boolean;
  /** What of the set lies inside the slice; all of it is the slice's own set. */
  source(set: AddressSet): AddressSet;
  destination(set: AddressSet): AddressSet;
}

/** Every packet of a family: the slice of last resort. */
export const everything = (family: Family): Box => ({ source: EVERY_ADDRESS[family], destination: EVERY_ADDRESS[family], services: 1 });

/** What a decision means for packets of this family, as text: equal texts, equal meaning. */
export function meaningOf(shape: Shape | undefined, family: Family): string {
  if (!shape) return 'unmatched';
  if (!shape.allows) return 'deny';
  if (shape.translation === 'absent' || shape.translation === 'none') return `allow ${shape.translation}`;
  return `allow ${shape.translation
    .split(',')
    .filter((range) => range.startsWith(`${family}:`))
    .join()}`;
}
