/**
 * Sets of packets of one family over (source, destination, service), for as many sets of addresses as the space was made for. A set is a node of
 * {@link Diagrams}: union, intersection, minus and equality cost by node, and equality is identity.
 */
import type { Family } from './address.ts';
import { type AddressClasses, addressClasses } from './address-classes.ts';
import { type AddressSet, EVERY_ADDRESS } from './address-set.ts';
import { Diagrams, LEVEL, type Node } from './diagram.ts';
import type { Direction, Packet } from './packet.ts';
import { countServices, pickService, runsOf } from './service-set.ts';

/** Packets whose source, destination and services (a node of the space's diagrams) are these. */
export interface Box {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly services: Node;
}

export class PacketSpace {
  readonly family: Family;
  readonly diagrams: Diagrams;
  readonly sources: AddressClasses;
  readonly destinations: AddressClasses;
  readonly #sourceAt = new Map<AddressSet, number>();
  readonly #destinationAt = new Map<AddressSet, number>();

  /** @param options.region packets outside it do not exist in this space */
  constructor(
    family: Family,
    sources: readonly AddressSet[],
    destinations: readonly AddressSet[],
    options: { readonly diagrams?: Diagrams; readonly region?: { readonly source: AddressSet; readonly destination: AddressSet } } = {},
  ) {
    this.family = family;
    this.diagrams = options.diagrams ?? new Diagrams();
    const spend = (steps: number) => this.diagrams.spend(steps);
    sources.forEach((set, at) => {
      this.#sourceAt.set(set, at);
    });
    destinations.forEach((set, at) => {
      this.#destinationAt.set(set, at);
    });
    this.sources = addressClasses(options.region?.source ?? EVERY_ADDRESS[family], sources, spend);
    this.destinations = addressClasses(options.region?.destination ?? EVERY_ADDRESS[family], destinations, spend);
  }

  /** Classes of a source set that the space was made with. */
  sourceClasses(set: AddressSet): Int32Array {
    return this.sources.members[indexIn(this.#sourceAt, set)] as Int32Array;
  }

  /** The packets to this destination with these services, whatever their source. */
  towards(destination: AddressSet, services: Node): Node {
    const classes = this.destinations.members[indexIn(this.#destinationAt, destination)] as Int32Array;
    return classRanges(this.diagrams, LEVEL.destination, this.destinations.count, classes, services);
  }

  box(box: Box): Node {
    const inner = this.towards(box.destination, box.services);
    return classRanges(this.diagrams, LEVEL.source, this.sources.count, this.sourceClasses(box.source), inner);
  }

  union(a: Node, b: Node): Node {
    return this.diagrams.or(a, b);
  }

  intersection(a: Node, b: Node): Node {
    return this.diagrams.and(a, b);
  }

  minus(a: Node, b: Node): Node {
    return this.diagrams.minus(a, b);
  }

  complement(a: Node): Node {
    return this.diagrams.not(a);
  }

  isEmpty(a: Node): boolean {
    return a === 0;
  }

  equals(a: Node, b: Node): boolean {
    return a === b;
  }

  /** addresses x addresses x (protocol, port) pairs, as a float. */
  count(a: Node): number {
    let sum = 0;
    for (const source of runsOf(this.diagrams, a, LEVEL.source, this.sources.count))
      for (const destination of runsOf(this.diagrams, source.child, LEVEL.destination, this.destinations.count))
        sum +=
          addressesIn(this.sources, source) * addressesIn(this.destinations, destination) * countServices(this.diagrams, destination.child);
    return sum;
  }

  /** The most readable packet of the set, or undefined when it is empty. */
  witness(a: Node, direction: Direction): Packet | undefined {
    const source = bestClass(this.sources, runsOf(this.diagrams, a, LEVEL.source, this.sources.count));
    if (!source) return undefined;
    const destination = bestClass(this.destinations, runsOf(this.diagrams, source.child, LEVEL.destination, this.destinations.count));
    return destination && this.packet(source.number, destination.number, destination.child, direction);
  }

  /** A packet between two classes with one of these services (not none). */
  packet(source: number, destination: number, services: Node, direction: Direction): Packet {
    const ends = {
      source: BigInt(this.sources.representative(source)),
      destination: BigInt(this.destinations.representative(destination)),
    };
    return { family: this.family, direction, ...ends, ...pickService(this.diagrams, services, this.family) };
  }
}

function indexIn(map: ReadonlyMap<AddressSet, number>, set: AddressSet): number {
  const at = map.get(set);
  if (at === undefined) throw new RangeError('this space was made without this set of addresses');
  return at;
}

/** `inside` on these ascending class numbers. */
function classRanges(diagrams: Diagrams, level: number, count: number, classes: Int32Array, inside: Node): Node {
  const ranges: { first: number; last: number }[] = [];
  for (const number of classes) {
    const last = ranges[ranges.length - 1];
    if (last && last.last === number - 1) last.last = number;
    else ranges.push({ first: number, last: number });
  }
  return diagrams.ranges(level, count, ranges, inside, 0);
}

/** Addresses in a run of classes. Not by prefix sums: one IPv6 host is lost beside 2^64 others. */
export function addressesIn(classes: AddressClasses, run: { readonly first: number; readonly last: number }): number {
  let sum = 0;
  for (let number = run.first; number <= run.last; number++) sum += classes.sizes[number] as number;
  return sum;
}

/** The class with the most readable address among these runs. */
export function bestClass<T extends { readonly first: number; readonly last: number }>(
  classes: AddressClasses,
  runs: readonly T[],
): (T & { readonly number: number }) | undefined {
  let best: (T & { readonly number: number }) | undefined;
  for (const run of runs)
    for (let number = run.first; number <= run.last; number++)
      if (!best || (classes.ranks[number] as number) < (classes.ranks[best.number] as number)) best = { ...run, number };
  return best;
}
