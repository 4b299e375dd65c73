/**
 * Which rules of two lists are the same rule in the same place: common prefix, common suffix, and the longest increasing run of equal keys
 * between. A packet that matches no unaligned rule meets the same rules in the same order in both lists.
 */
export interface Alignment {
  /** Partner of each rule of the first list in the second, or -1. */
  readonly partner: Int32Array;
  /** Rules without a partner. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export function align(before: ArrayLike<number>, after: ArrayLike<number>): Alignment {
  const partner = new Int32Array(before.length).fill(-1);
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) {
    partner[head] = head;
    head++;
  }
  let tail = 0;
  // Stryker disable next-line ConditionalExpression,ArithmeticOperator: the longest run holds the tail too, for more steps
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    tail++;
    partner[before.length - tail] = after.length - tail;
  }
  for (const [at, to] of longestRun(before, after, head, before.length - tail, after.length - tail)) partner[at] = to;
  const taken = new Uint8Array(after.length);
  const alone: number[] = [];
  partner.forEach((to, at) => {
    if (to < 0) alone.push(at);
    else taken[to] = 1;
  });
  const others: number[] = [];
  taken.forEach((is, at) => {
    if (is === 0) others.push(at);
  });
  return { partner, before: alone, after: others };
}

/** The n-th rule with a key is paired with the n-th of the other list; of these pairs the longest list that ascends on both sides. */
function longestRun(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  from: number,
  beforeEnd: number,
  afterEnd: number,
): [number, number][] {
  const places = new Map<number, number[]>();
  for (let at = afterEnd - 1; at >= from; at--) {
    const list = places.get(after[at] as number);
    if (list) list.push(at);
    else places.set(after[at] as number, [at]);
  }
  const pairs: [number, number][] = [];
  for (let at = from; at < beforeEnd; at++) {
    const to = places.get(before[at] as number)?.pop();
    if (to !== undefined) pairs.push([at, to]);
  }
  // Patience: tops[n] is the pair that ends the best run of length n + 1; previous[i] the pair before pair i in its run.
  const tops: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, to], index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[tops[middle] as number] as [number, number])[1] < to) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[index] = tops[low - 1] as number;
    tops[low] = index;
  });
  const run: [number, number][] = [];
  for (let index = tops[tops.length - 1] ?? -1; index >= 0; index = previous[index] as number) run.push(pairs[index] as [number, number]);
  return run.reverse();
}
