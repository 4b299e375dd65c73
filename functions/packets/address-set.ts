/**
 * A set of addresses of one family as sorted, disjoint, never touching half-open runs [start, end). Canonical: two sets are equal exactly
 * when their runs are. IPv4 coordinates are numbers in typed arrays (250,000 hosts: 4 MB), IPv6 coordinates are bigints.
 */
import { type AddressRange, BITS, type Family, parsePrefix } from './address.ts';

/** IPv4: a number, IPv6: a bigint. Two coordinates of one family compare with `<`; one past the last address is a coordinate too. */
export type Coordinate = number | bigint;
export type Coordinates = ArrayLike<Coordinate>;

export const ZERO: Readonly<Record<Family, Coordinate>> = { 4: 0, 6: 0n };
/** One past the last address. */
export const LIMIT: Readonly<Record<Family, Coordinate>> = { 4: 2 ** 32, 6: 1n << 128n };

export const toCoordinate = (family: Family, value: bigint): Coordinate => (family === 4 ? Number(value) : value);
export const next = (coordinate: Coordinate): Coordinate => (typeof coordinate === 'number' ? coordinate + 1 : coordinate + 1n);

export interface AddressSet {
  readonly family: Family;
  /** how many runs; `starts` and `ends` have that length */
  readonly runs: number;
  readonly starts: Coordinates;
  readonly ends: Coordinates;
}

/** Of one kind per family, for searches that the engine can specialise. */
const list = (family: Family, ...values: readonly Coordinate[]): Coordinates =>
  family === 4 ? Float64Array.from(values as readonly number[]) : values;
const nothing = (family: Family): AddressSet => ({ family, runs: 0, starts: list(family), ends: list(family) });
export const NO_ADDRESS: Readonly<Record<Family, AddressSet>> = { 4: nothing(4), 6: nothing(6) };
const everything = (family: Family): AddressSet => ({
  family,
  runs: 1,
  starts: list(family, ZERO[family]),
  ends: list(family, LIMIT[family]),
});
export const EVERY_ADDRESS: Readonly<Record<Family, AddressSet>> = { 4: everything(4), 6: everything(6) };

/** Runs in any order that may overlap or touch. */
export function addressSet(family: Family, runs: readonly (readonly [Coordinate, Coordinate])[]): AddressSet {
  const sorted = [...runs].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const out = new RunList(family);
  for (const [start, end] of sorted) out.add(start, end);
  return out.done();
}

/** IPv4 hosts in any order, doubles allowed. Sorts its argument. */
export function hostSet4(hosts: Uint32Array): AddressSet {
  hosts.sort();
  const out = new RunList(4, hosts.length);
  for (let at = 0; at < hosts.length; at++) out.add(hosts[at] as number, (hosts[at] as number) + 1);
  return out.done();
}

export const rangeSet = (range: AddressRange): AddressSet =>
  addressSet(range.family, [[toCoordinate(range.family, range.first), next(toCoordinate(range.family, range.last))]]);

/** The addresses of those prefixes that are of this family. */
export function prefixSet(family: Family, prefixes: readonly string[]): AddressSet {
  if (prefixes.length === 0) return NO_ADDRESS[family];
  const runs: [Coordinate, Coordinate][] = [];
  for (const text of prefixes) {
    const range = parsePrefix(text);
    if (!range) throw new RangeError(`not an address prefix: ${text}`);
    if (range.family === family) runs.push([toCoordinate(family, range.first), next(toCoordinate(family, range.last))]);
  }
  return addressSet(family, runs);
}

/** Collects runs in ascending order of their starts and joins what overlaps or touches. */
export class RunList {
  readonly #family: Family;
  #starts: Float64Array | bigint[];
  #ends: Float64Array | bigint[];
  #runs = 0;

  constructor(family: Family, expected = 8) {
    this.#family = family;
    this.#starts = family === 4 ? new Float64Array(expected) : [];
    this.#ends = family === 4 ? new Float64Array(expected) : [];
  }

  add(start: Coordinate, end: Coordinate): void {
    if (end <= start) return;
    const runs = this.#runs;
    if (runs > 0) {
      const last = this.#ends[runs - 1] as Coordinate;
      if (start <= last) {
        if (end > last) (this.#ends as Coordinate[])[runs - 1] = end;
        return;
      }
    }
    if (this.#starts instanceof Float64Array && runs === this.#starts.length) {
      const starts = new Float64Array(runs * 2 + 8);
      const ends = new Float64Array(runs * 2 + 8);
      starts.set(this.#starts);
      ends.set(this.#ends as Float64Array);
      this.#starts = starts;
      this.#ends = ends;
    }
    (this.#starts as Coordinate[])[runs] = start;
    (this.#ends as Coordinate[])[runs] = end;
    this.#runs = runs + 1;
  }

  done(): AddressSet {
    const runs = this.#runs;
    if (runs === 0) return NO_ADDRESS[this.#family];
    const cut = <T extends Float64Array | bigint[]>(list: T) => (list.length === runs ? list : list.slice(0, runs));
    return { family: this.#family, runs, starts: cut(this.#starts), ends: cut(this.#ends) };
  }
}

/** Index of the last run that starts at or before the coordinate, or -1. */
function runBefore(set: AddressSet, coordinate: Coordinate): number {
  let low = 0;
  let high = set.runs;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((set.starts[middle] as Coordinate) <= coordinate) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function hasAddress(set: AddressSet, coordinate: Coordinate): boolean {
  const at = runBefore(set, coordinate);
  return at >= 0 && coordinate < (set.ends[at] as Coordinate);
}

export function unionOf(a: AddressSet, b: AddressSet): AddressSet {
  if (a.runs === 0) return b;
  if (b.runs === 0) return a;
  const out = new RunList(a.family, a.runs + b.runs);
  let i = 0;
  let j = 0;
  while (i < a.runs || j < b.runs) {
    if (j >= b.runs || (i < a.runs && (a.starts[i] as Coordinate) <= (b.starts[j] as Coordinate))) {
      out.add(a.starts[i] as Coordinate, a.ends[i] as Coordinate);
      i++;
    } else {
      out.add(b.starts[j] as Coordinate, b.ends[j] as Coordinate);
      j++;
    }
  }
  return out.done();
}

const later = (a: Coordinate, b: Coordinate): Coordinate => (a > b ? a : b);
const earlier = (a: Coordinate, b: Coordinate): Coordinate => (a < b ? a : b);

export function intersectionOf(a: AddressSet, b: AddressSet): AddressSet {
  if (a.runs > b.runs) return intersectionOf(b, a);
  const out = new RunList(a.family, a.runs);
  for (let i = 0; i < a.runs; i++) {
    const start = a.starts[i] as Coordinate;
    const end = a.ends[i] as Coordinate;
    for (let j = Math.max(0, runBefore(b, start)); j < b.runs && (b.starts[j] as Coordinate) < end; j++)
      out.add(later(start, b.starts[j] as Coordinate), earlier(end, b.ends[j] as Coordinate));
  }
  return out.done();
}

/** What of a set lies inside a region: the region itself where the set holds all of it. */
export const clip = (set: AddressSet, region: AddressSet): AddressSet =>
  covers(set, region) ? region : region === EVERY_ADDRESS[region.family] ? set : intersectionOf(set, region);

export function meets(a: AddressSet, b: AddressSet): boolean {
  if (a.runs > b.runs) return meets(b, a);
  for (let i = 0; i < a.runs; i++) {
    const start = a.starts[i] as Coordinate;
    const j = runBefore(b, start);
    if (j >= 0 && start < (b.ends[j] as Coordinate)) return true;
    if (j + 1 < b.runs && (b.starts[j + 1] as Coordinate) < (a.ends[i] as Coordinate)) return true;
  }
  return false;
}

export function complementOf(set: AddressSet): AddressSet {
  const out = new RunList(set.family, set.runs + 1);
  let from = ZERO[set.family];
  for (let i = 0; i < set.runs; i++) {
    out.add(from, set.starts[i] as Coordinate);
    from = set.ends[i] as Coordinate;
  }
  out.add(from, LIMIT[set.family]);
  return out.done();
}

export function minus(a: AddressSet, b: AddressSet): AddressSet {
  return a.runs === 0 || b.runs === 0 ? a : intersectionOf(a, complementOf(b));
}

export function covers(a: AddressSet, b: AddressSet): boolean {
  for (let i = 0; i < b.runs; i++) {
    const at = runBefore(a, b.starts[i] as Coordinate);
    if (at < 0 || (a.ends[at] as Coordinate) < (b.ends[i] as Coordinate)) return false;
  }
  return true;
}

export function sameAddresses(a: AddressSet, b: AddressSet): boolean {
  if (a === b) return true;
  if (a.runs !== b.runs || a.family !== b.family) return false;
  for (let i = 0; i < a.runs; i++) if (a.starts[i] !== b.starts[i] || a.ends[i] !== b.ends[i]) return false;
  return true;
}

/** How many addresses from one to the other (not included), as a float. */
export const widthOf = (start: Coordinate, end: Coordinate): number => Number((end as number) - (start as number));

/** How many addresses, as a float (IPv6 counts are not exact beyond 2^53). */
export function countAddresses(set: AddressSet): number {
  let count = 0;
  for (let i = 0; i < set.runs; i++) count += widthOf(set.starts[i] as Coordinate, set.ends[i] as Coordinate);
  return count;
}

/** The set's runs as inclusive ranges. */
export function* rangesOf(set: AddressSet): IterableIterator<AddressRange> {
  for (let i = 0; i < set.runs; i++)
    yield { family: set.family, first: BigInt(set.starts[i] as Coordinate), last: BigInt(set.ends[i] as Coordinate) - 1n };
}

/** A 32-bit hash of the content; equal sets have equal hashes. */
export function hashAddresses(set: AddressSet): number {
  let hash: number = set.family;
  const mix = (value: number) => {
    hash = Math.imul(hash ^ value, 0x9e3779b1);
    hash ^= hash >>> 15;
  };
  for (let i = 0; i < set.runs; i++)
    for (const coordinate of [set.starts[i] as Coordinate, set.ends[i] as Coordinate])
      if (typeof coordinate === 'number') mix(coordinate % 0xffffffff);
      else for (let shift = 0n; shift < BigInt(BITS[6]); shift += 32n) mix(Number((coordinate >> shift) & 0xffffffffn));
  return hash >>> 0;
}
