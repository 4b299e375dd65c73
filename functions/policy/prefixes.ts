/** Lists of prefixes as sets of addresses. Prefixes nest or are disjoint; that makes all of this short. */
import { type AddressRange, type Family, formatPrefix, parsePrefix, rangeToPrefixes } from '../packets/address.ts';
import type { Prefix } from '../rulebook/types.ts';

export type PrefixRange = AddressRange & { readonly length: number };

const known = new Map<Prefix, PrefixRange>();

/** @throws RangeError for what is no prefix; texts of users are checked before. */
export function rangeOf(prefix: Prefix): PrefixRange {
  let range = known.get(prefix);
  // Stryker disable next-line ConditionalExpression: read anew it is the same range
  if (!range) {
    range = parsePrefix(prefix);
    if (!range) throw new RangeError(`not a prefix: ${prefix}`);
    // Stryker disable next-line all: bounds the memory, nothing else
    if (known.size >= 10_000) known.clear();
    known.set(prefix, range);
  }
  return range;
}

/** "10.1.2.3" -> "10.1.2.3/32", "10.1.2.3/8" -> "10.0.0.0/8"; undefined for what is none. */
export function canonicalPrefix(text: string): Prefix | undefined {
  const range = parsePrefix(text);
  return range && formatPrefix(range);
}

export const familyOf = (prefix: Prefix): Family => (prefix.includes(':') ? 6 : 4);

export function coversPrefix(outer: Prefix, inner: Prefix): boolean {
  // Stryker disable next-line ConditionalExpression: saves a look at both
  if (outer === inner) return true;
  const a = rangeOf(outer);
  const b = rangeOf(inner);
  return a.family === b.family && a.first <= b.first && a.last >= b.last;
}

export const meetsPrefix = (a: Prefix, b: Prefix): boolean => coversPrefix(a, b) || coversPrefix(b, a);

/** Sorted, none inside another. */
export function tidyPrefixes(prefixes: readonly Prefix[]): Prefix[] {
  const distinct = [...new Set(prefixes)].sort();
  return distinct.filter((prefix) => !distinct.some((other) => other !== prefix && coversPrefix(other, prefix)));
}

export function intersectPrefixes(a: readonly Prefix[], b: readonly Prefix[]): Prefix[] {
  const out: Prefix[] = [];
  for (const x of a)
    for (const y of b) {
      if (coversPrefix(x, y)) out.push(y);
      else if (coversPrefix(y, x)) out.push(x);
    }
  return tidyPrefixes(out);
}

/** What of this prefix lies in none of the others, as the least prefixes. */
export function subtractFromPrefix(prefix: Prefix, holes: readonly Prefix[]): Prefix[] {
  let left: AddressRange[] = [rangeOf(prefix)];
  for (const text of holes) {
    const hole = rangeOf(text);
    left = left.flatMap((range) => {
      if (hole.family !== range.family || hole.last < range.first || hole.first > range.last) return [range];
      // One that ends before it begins is none.
      return [
        { ...range, last: hole.first - 1n },
        { ...range, first: hole.last + 1n },
      ];
    });
  }
  return left.flatMap(rangeToPrefixes);
}
