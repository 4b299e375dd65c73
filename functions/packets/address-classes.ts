/**
 * Classes of addresses that none of some sets tells apart, numbered from 0 in the order of their first addresses. 250,000 members in 2,000 sets
 * fall into some thousands of classes; everything after this costs by class, not by address. The method: cut the region at every end of a run,
 * then split the classes set by set.
 */
import { type Family, parseAddress } from './address.ts';
import { type AddressSet, addressSet, type Coordinate, hasAddress, intersectionOf, NO_ADDRESS, toCoordinate } from './address-set.ts';

export interface AddressClasses {
  readonly count: number;
  /** addresses per class, as a float */
  readonly sizes: Float64Array;
  /** Classes of each set given, ascending. */
  readonly members: readonly Int32Array[];
  /** How hard the class's best address is to read: the smaller the better. */
  readonly ranks: Int32Array;
  /** An address of this class, the most readable one. */
  representative(number: number): Coordinate;
  /** The addresses of the classes with the same key, by key. */
  gather(keys: readonly number[]): ReadonlyMap<number, AddressSet>;
}

/** Addresses that people know to be examples. */
const EXAMPLES: Readonly<Record<Family, readonly Coordinate[]>> = {
  4: ['203.0.113.1', '198.51.100.1', '192.0.2.1', '10.0.0.1', '8.8.8.8'].map((text) => coordinateOf(text)),
  6: ['2001:db8::1', 'fd00::1', '2001:4860:4860::8888'].map((text) => coordinateOf(text)),
};

/** The address of a set that people read most easily; undefined when it is empty. */
export function readableAddress(set: AddressSet): Coordinate | undefined {
  const [start, end] = [set.starts[0], set.ends[0]];
  if (start === undefined || end === undefined) return undefined;
  const isNarrow = typeof start === 'number' ? (end as number) - start < 65536 : (end as bigint) - start < 65536n;
  return isNarrow ? start : (EXAMPLES[set.family].find((example) => hasAddress(set, example)) ?? start);
}

function coordinateOf(text: string): Coordinate {
  const address = parseAddress(text);
  if (!address) throw new RangeError(text);
  return toCoordinate(address.family, address.value);
}

/** @param spend called with the amount of work; it may throw to stop */
export function addressClasses(region: AddressSet, sets: readonly AddressSet[], spend: (steps: number) => void = () => {}): AddressClasses {
  const { family } = region;
  const clipped = sets.map((set) => (set.runs === 0 ? NO_ADDRESS[family] : intersectionOf(set, region)));
  let ends = region.runs * 2;
  for (const set of clipped) ends += set.runs * 2;
  spend(Math.ceil(ends / 8));
  const cuts = cutsOf(family, ends, [region, ...clipped]);
  const find = (coordinate: Coordinate): number => {
    let low = 0;
    let high = cuts.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cuts[middle] as Coordinate) < coordinate) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // The piece i is [cuts[i], cuts[i + 1]); outside the region its class is -1.
  const classOf = new Int32Array(cuts.length).fill(-1);
  const pieces: number[] = [0];
  for (let run = 0; run < region.runs; run++) {
    const end = find(region.ends[run] as Coordinate);
    for (let piece = find(region.starts[run] as Coordinate); piece < end; piece++) {
      classOf[piece] = 0;
      pieces[0] = (pieces[0] as number) + 1;
    }
  }
  const piecesOf = (set: AddressSet): Int32Array => {
    const out: number[] = [];
    for (let run = 0; run < set.runs; run++) {
      const end = set.ends[run] as Coordinate;
      for (let piece = find(set.starts[run] as Coordinate); (cuts[piece] as Coordinate) < end; piece++) out.push(piece);
    }
    return Int32Array.from(out);
  };
  const pieceLists = clipped.map(piecesOf);
  for (const list of pieceLists) split(list, classOf, pieces);
  return numbered(region, cuts, classOf, pieces.length, pieceLists);
}

function cutsOf(family: Family, ends: number, sets: readonly AddressSet[]): ArrayLike<Coordinate> {
  if (family === 4) {
    const all = new Float64Array(ends);
    let at = 0;
    for (const set of sets)
      for (let run = 0; run < set.runs; run++) {
        all[at++] = set.starts[run] as number;
        all[at++] = set.ends[run] as number;
      }
    all.sort();
    let kept = 0;
    for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[kept - 1]) all[kept++] = all[i] as number;
    return all.subarray(0, kept);
  }
  const all = new Set<Coordinate>();
  for (const set of sets)
    for (let run = 0; run < set.runs; run++) {
      all.add(set.starts[run] as Coordinate);
      all.add(set.ends[run] as Coordinate);
    }
  return [...all].sort((a, b) => (a < b ? -1 : 1));
}

/** Splits every class that the set holds only in part. */
function split(list: Int32Array, classOf: Int32Array, pieces: number[]): void {
  const inside = new Map<number, number>();
  for (const piece of list) inside.set(classOf[piece] as number, (inside.get(classOf[piece] as number) ?? 0) + 1);
  const moved = new Map<number, number>();
  for (const [number, count] of inside) {
    if (count === pieces[number]) continue;
    moved.set(number, pieces.length);
    pieces[number] = (pieces[number] as number) - count;
    pieces.push(count);
  }
  if (moved.size === 0) return;
  for (const piece of list) {
    const to = moved.get(classOf[piece] as number);
    if (to !== undefined) classOf[piece] = to;
  }
}

function numbered(
  region: AddressSet,
  cuts: ArrayLike<Coordinate>,
  classOf: Int32Array,
  count: number,
  pieceLists: readonly Int32Array[],
): AddressClasses {
  const numbers = new Int32Array(count).fill(-1);
  let used = 0;
  for (let piece = 0; piece < cuts.length; piece++) {
    const old = classOf[piece] as number;
    if (old < 0) continue;
    if (numbers[old] === -1) numbers[old] = used++;
    classOf[piece] = numbers[old] as number;
  }
  const sizes = new Float64Array(used);
  const best = new Int32Array(used).fill(-1);
  const bestWidth = new Float64Array(used).fill(Number.POSITIVE_INFINITY);
  for (let piece = 0; piece + 1 < cuts.length; piece++) {
    const number = classOf[piece] as number;
    if (number < 0) continue;
    const start = cuts[piece] as Coordinate;
    const end = cuts[piece + 1] as Coordinate;
    const width = typeof start === 'number' ? (end as number) - start : Number((end as bigint) - start);
    sizes[number] = (sizes[number] as number) + width;
    if (width < (bestWidth[number] as number)) {
      best[number] = piece;
      bestWidth[number] = width;
    }
  }
  const ranks = Int32Array.from(bestWidth, (width) => Math.ceil(Math.log2(width)));
  const members = pieceLists.map((list) => {
    const seen = new Set<number>();
    for (const piece of list) seen.add(classOf[piece] as number);
    return Int32Array.from(seen).sort();
  });
  const pieceAt = (coordinate: Coordinate): number => {
    let at = -1;
    for (let piece = 0; piece < cuts.length && (cuts[piece] as Coordinate) <= coordinate; piece++) at = piece;
    return at;
  };
  return {
    count: used,
    sizes,
    members,
    ranks,
    representative(number) {
      const piece = best[number] as number;
      if ((bestWidth[number] as number) < 65536) return cuts[piece] as Coordinate;
      for (const example of EXAMPLES[region.family]) {
        const at = pieceAt(example);
        if (at >= 0 && classOf[at] === number) return example;
      }
      return cuts[piece] as Coordinate;
    },
    gather(keys) {
      const runs = new Map<number, [Coordinate, Coordinate][]>();
      for (let piece = 0; piece + 1 < cuts.length; piece++) {
        const number = classOf[piece] as number;
        if (number < 0) continue;
        const key = keys[number] as number;
        const list = runs.get(key) ?? [];
        if (list.length === 0) runs.set(key, list);
        list.push([cuts[piece] as Coordinate, cuts[piece + 1] as Coordinate]);
      }
      return new Map([...runs].map(([key, list]) => [key, addressSet(region.family, list)]));
    },
  };
}
