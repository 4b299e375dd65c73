/**
 * Classes of addresses that none of some sets tells apart, numbered from 0 in the order of their first addresses. 250,000 members in 2,000 sets
 * fall into some thousands of classes; everything after this costs by class, not by address. The method: cut at every end of a run,
 * then split the classes set by set.
 */
import { type Family, parseAddress } from './address.ts';
import {
  type AddressSet,
  addressSet,
  type Coordinate,
  clip,
  hasAddress,
  LIMIT,
  minus,
  RunList,
  toCoordinate,
  widthOf,
} from './address-set.ts';

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

/** Of fewer addresses than this the first is shown. */
const NARROW = 65_536;

/** The address of a set that people read most easily; undefined when it is empty. */
export function readableAddress(set: AddressSet): Coordinate | undefined {
  const [start, end] = [set.starts[0], set.ends[0]];
  if (start === undefined || end === undefined || widthOf(start, end) < NARROW) return start;
  return EXAMPLES[set.family].find((example) => hasAddress(set, example)) ?? start;
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
  const piecesOf = (set: AddressSet): Int32Array => {
    const out: number[] = [];
    for (let run = 0; run < set.runs; run++) {
      const end = set.ends[run] as Coordinate;
      for (let piece = find(set.starts[run] as Coordinate); (cuts[piece] as Coordinate) < end; piece++) out.push(piece);
    }
    return Int32Array.from(out);
  };
  const pieceLists = clipped.map((set) => (set === region ? undefined : piecesOf(set)));
  let count = REST + 1;
  for (const list of pieceLists) if (list) count = split(list, classOf, count);
  return numbered(region, cuts, classOf, count, pieceLists);
}

/** The class of what no set holds. */
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
    for (let i = 0; i < all.length; i++) if (all[i] !== all[kept - 1]) all[kept++] = all[i] as number;
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

/** What a set holds of a class becomes a class of its own, also where it holds all of it. @returns how many numbers are given out */
function split(list: Int32Array, classOf: Int32Array, given: number): number {
  const moved = new Map<number, number>();
  for (const piece of list) {
    const from = classOf[piece] as number;
    let to = moved.get(from);
    if (to === undefined) {
      to = given + moved.size;
      moved.set(from, to);
    }
    classOf[piece] = to;
  }
  return given + moved.size;
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
    const width = widthOf(start, end);
    sizes[number] = (sizes[number] as number) + width;
    if (width < (bestWidth[number] as number)) {
      best[number] = start;
      bestWidth[number] = width;
    }
  });
  const ranks = Int32Array.from(bestWidth, (width) => Math.ceil(Math.log2(width)));
  const members = pieceLists.map((list) =>
    // Pieces ascend, and no class is in part outside the set: its classes ascend with their first pieces.
    list ? Int32Array.from(new Set(list.map((piece) => numbers[classOf[piece] as number] as number))) : Int32Array.from(sizes.keys()),
  );
  return {
    count: used,
    sizes,
    members,
    ranks,
    representative(number) {
      const first = best[number] as Coordinate;
      if ((bestWidth[number] as number) < NARROW) return first;
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
