/**
 * Classes of addresses that none of some sets tells apart, numbered from 0 in the order of their first addresses. 250,000 members in 2,000 sets
 * fall into some thousands of classes; everything after this costs by class, not by address. The method: cut at every end of a run,
 * then split the classes set by set.
 */
import { type Family, parseAddress } from './address.ts';
import { type AddressSet, addressSet, type Coordinate, clip, hasAddress, LIMIT, minus, RunList, toCoordinate } from './address-set.ts';

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

/**
 * A set that holds the whole region tells nothing apart, and what no set holds is one class, the rest, however many runs it has: cuts and pieces
 * come from the other sets alone.
 * @param spend called with the amount of work; it may throw to stop
 * @param inside {@link clip} to the region, for who has done that already
 */
export function addressClasses(
  region: AddressSet,
  sets: readonly AddressSet[],
  spend: (steps: number) => void = () => {},
  inside = (set: AddressSet): AddressSet => clip(set, region),
): AddressClasses {
  const { family } = region;
  const clipped = sets.map(inside);
  const splitting = clipped.filter((set) => set !== region);
  const ends = splitting.reduce((sum, set) => sum + set.runs * 2, 0);
  spend(Math.ceil((region.runs * 2 + ends) / 8));
  const cuts = cutsOf(family, ends, splitting);
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

  // The piece i is [cuts[i], cuts[i + 1]); in no set its class is REST.
  const classOf = new Int32Array(cuts.length);
  const pieces: number[] = [Number.POSITIVE_INFINITY];
  const piecesOf = (set: AddressSet): Int32Array => {
    const out: number[] = [];
    for (let run = 0; run < set.runs; run++) {
      const end = set.ends[run] as Coordinate;
      for (let piece = find(set.starts[run] as Coordinate); (cuts[piece] as Coordinate) < end; piece++) out.push(piece);
    }
    return Int32Array.from(out);
  };
  const pieceLists = clipped.map((set) => (set === region ? undefined : piecesOf(set)));
  for (const list of pieceLists) if (list) split(list, classOf, pieces);
  return numbered(region, cuts, classOf, pieces.length, pieceLists);
}

/** The class of what no set holds; it has no end of pieces, so that no set ever holds it all. */
const REST = 0;

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

/** @param pieceLists pieces of each set; undefined = all of the region */
function numbered(
  region: AddressSet,
  cuts: ArrayLike<Coordinate>,
  classOf: Int32Array,
  count: number,
  pieceLists: readonly (Int32Array | undefined)[],
): AddressClasses {
  const held = new RunList(region.family, cuts.length);
  for (let piece = 0; piece < cuts.length; piece++)
    if (classOf[piece] !== REST) held.add(cuts[piece] as Coordinate, cuts[piece + 1] as Coordinate);
  const rest = minus(region, held.done());

  const numbers = new Int32Array(count).fill(-1);
  let used = 0;
  const give = (old: number) => {
    if (numbers[old] === -1) numbers[old] = used++;
  };
  for (let piece = 0; piece < cuts.length; piece++) {
    if ((rest.starts[0] ?? LIMIT[region.family]) < (cuts[piece] as Coordinate)) give(REST);
    if (classOf[piece] !== REST) give(classOf[piece] as number);
  }
  if (rest.runs > 0) give(REST);

  const forEachPiece = (visit: (number: number, start: Coordinate, end: Coordinate) => void): void => {
    for (let piece = 0; piece < cuts.length; piece++)
      if (classOf[piece] !== REST)
        visit(numbers[classOf[piece] as number] as number, cuts[piece] as Coordinate, cuts[piece + 1] as Coordinate);
    for (let run = 0; run < rest.runs; run++) visit(numbers[REST] as number, rest.starts[run] as Coordinate, rest.ends[run] as Coordinate);
  };
  const sizes = new Float64Array(used);
  const best: Coordinate[] = [];
  const bestWidth = new Float64Array(used).fill(Number.POSITIVE_INFINITY);
  forEachPiece((number, start, end) => {
    const width = typeof start === 'number' ? (end as number) - start : Number((end as bigint) - start);
    sizes[number] = (sizes[number] as number) + width;
    if (width < (bestWidth[number] as number)) {
      best[number] = start;
      bestWidth[number] = width;
    }
  });
  const ranks = Int32Array.from(bestWidth, (width) => Math.ceil(Math.log2(width)));
  const members = pieceLists.map((list) =>
    list
      ? Int32Array.from(new Set(list.map((piece) => numbers[classOf[piece] as number] as number))).sort()
      : Int32Array.from(sizes.keys()),
  );
  return {
    count: used,
    sizes,
    members,
    ranks,
    representative(number) {
      const first = best[number] as Coordinate;
      if ((bestWidth[number] as number) < 65536) return first;
      const isHere = (example: Coordinate) => {
        let is = false;
        forEachPiece((own, start, end) => {
          is ||= own === number && start <= example && example < end;
        });
        return is;
      };
      return EXAMPLES[region.family].find(isHere) ?? first;
    },
    gather(keys) {
      const runs = new Map<number, [Coordinate, Coordinate][]>();
      forEachPiece((number, start, end) => {
        const key = keys[number] as number;
        const list = runs.get(key);
        if (list) list.push([start, end]);
        else runs.set(key, [[start, end]]);
      });
      return new Map([...runs].map(([key, list]) => [key, addressSet(region.family, list)]));
    },
  };
}
