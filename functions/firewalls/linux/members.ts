/** Members of the rulebook as elements of nft sets: hosts in hash sets, prefixes in interval sets (disjoint, for nft refuses overlaps), endpoints concatenated. */
import { type AddressRange, BITS, type Family, formatAddress, formatPrefix, parseAddress, parsePrefix } from '../../packets/address.ts';
import { PROTOCOLS } from '../../packets/packet.ts';
import type { Member, SetKind } from '../../rulebook/types.ts';
import type { SetPart } from './naming.ts';

export interface Element {
  readonly family: Family;
  readonly part: SetPart;
  /** as nft takes it */
  readonly text: string;
}

/** Where one member belongs, or undefined for what is no member of such a set (it then matches nothing, as everywhere). */
export function elementOf(kind: SetKind, member: Member): Element | undefined {
  if (kind === 'endpoints') {
    const match = /^([^,]+),([a-z0-9]+):(\d{1,5})$/.exec(member);
    const address = match ? parseAddress((match[1] as string).replace(/\/(32|128)$/, '')) : undefined;
    const name = match?.[2] ?? '';
    const protocol = PROTOCOLS[name] ?? (/^\d{1,3}$/.test(name) ? Number(name) : undefined);
    if (!match || !address || protocol === undefined || protocol > 255 || Number(match[3]) > 65535) return undefined;
    return {
      family: address.family,
      part: 'e',
      text: `${formatAddress(address.family, address.value)} . ${protocol} . ${Number(match[3])}`,
    };
  }
  const prefix = parsePrefix(member);
  if (!prefix) return undefined;
  const host = prefix.length === BITS[prefix.family];
  return { family: prefix.family, part: host ? 'h' : 'n', text: host ? formatAddress(prefix.family, prefix.first) : formatPrefix(prefix) };
}

/** The prefixes among these that no other contains, as nft takes them: disjoint, for two prefixes nest or do not meet. */
export function disjointPrefixes(family: Family, members: Iterable<Member>): string[] {
  const ranges: (AddressRange & { length: number })[] = [];
  for (const member of members) {
    const prefix = parsePrefix(member);
    if (prefix && prefix.family === family && prefix.length < BITS[family]) ranges.push(prefix);
  }
  ranges.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.length - b.length));
  const out: string[] = [];
  let end = -1n;
  for (const range of ranges) {
    if (range.first <= end) continue;
    out.push(formatPrefix(range));
    end = range.last;
  }
  return out;
}
