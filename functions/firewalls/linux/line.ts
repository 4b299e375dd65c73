/**
 * One nft rule as data, and its one canonical text. What we write is rendered from it, what we read is parsed into it (listing.ts); two rules
 * are the same when their texts are.
 */
import { type AddressRange, BITS, type Family, formatAddress, formatRange, parsePrefix, rangeToPrefixes } from '../../packets/address.ts';
import type { NumberRange } from '../../rulebook/types.ts';

export type End = 'saddr' | 'daddr';
export type NumberField =
  | 'meta l4proto'
  | `${'tcp' | 'udp' | 'sctp' | 'udplite'} ${'sport' | 'dport'}`
  | `${'icmp' | 'icmpv6'} ${'type' | 'code'}`;

export type Match =
  | { readonly kind: 'set'; readonly end: End; readonly family: Family; readonly not: boolean; readonly set: string }
  | {
      readonly kind: 'addresses';
      readonly end: End;
      readonly family: Family;
      readonly not: boolean;
      readonly ranges: readonly AddressRange[];
    }
  | { readonly kind: 'endpoint'; readonly end: End; readonly family: Family; readonly not: boolean; readonly set: string }
  | { readonly kind: 'number'; readonly field: NumberField; readonly ranges: readonly NumberRange[] }
  | { readonly kind: 'family'; readonly family: Family }
  | { readonly kind: 'interface'; readonly side: 'iifname' | 'oifname'; readonly names: readonly string[] }
  | { readonly kind: 'established' }
  /** The connection carries this conntrack label, a bit. */
  | { readonly kind: 'label'; readonly bit: number }
  /** A share of all source addresses: jhash of the source modulo `modulus` is below `below`. */
  | { readonly kind: 'share'; readonly family: Family; readonly modulus: number; readonly below: number }
  /** Not of our making. */
  | { readonly kind: 'foreign'; readonly text: string };

export type Verdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'none' }
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'snat'; readonly family: Family; readonly to: 'own' | AddressRange }
  | { readonly kind: 'foreign'; readonly text: string };

export interface Line {
  readonly matches: readonly Match[];
  /** conntrack label that the connection gets, a bit; labels are never taken back */
  readonly label?: number;
  readonly counter?: string;
  readonly log?: string;
  readonly verdict: Verdict;
  readonly comment?: string;
}

const IP: Readonly<Record<Family, string>> = { 4: 'ip', 6: 'ip6' };

const list = (items: readonly string[]): string => (items.length === 1 ? (items[0] as string) : `{ ${items.join(', ')} }`);

function numbers(ranges: readonly NumberRange[]): string {
  return list(ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)));
}

/** As a prefix where it is one. */
function addresses(range: AddressRange): string {
  const [prefix = '', ...more] = range.first === range.last ? [] : rangeToPrefixes(range);
  return prefix && more.length === 0 ? prefix : formatRange(range);
}

/** Merged, ascending. */
export function mergeNumbers(ranges: readonly NumberRange[]): NumberRange[] {
  const out: { first: number; last: number }[] = [];
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = out.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else out.push({ first, last });
  }
  return out;
}

/** Merged, ascending, of one family. */
export function mergeAddresses(ranges: readonly AddressRange[]): AddressRange[] {
  const out: { family: Family; first: bigint; last: bigint }[] = [];
  for (const { family, first, last } of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = out.at(-1);
    if (before && first <= before.last + 1n) before.last = before.last > last ? before.last : last;
    else out.push({ family, first, last });
  }
  return out;
}

export const prefixRanges = (family: Family, prefixes: readonly string[]): AddressRange[] =>
  mergeAddresses(prefixes.flatMap((prefix) => parsePrefix(prefix) ?? []).filter((range) => range.family === family));

export const isEverything = (family: Family, ranges: readonly AddressRange[]): boolean =>
  ranges.length === 1 && ranges[0]?.first === 0n && ranges[0].last === (1n << BigInt(BITS[family])) - 1n;

function renderMatch(match: Match): string {
  switch (match.kind) {
    case 'set':
      return `${IP[match.family]} ${match.end} ${match.not ? '!= ' : ''}@${match.set}`;
    case 'addresses':
      return `${IP[match.family]} ${match.end} ${match.not ? '!= ' : ''}${list(match.ranges.map(addresses))}`;
    case 'endpoint':
      return `${IP[match.family]} ${match.end} . meta l4proto . th ${match.end === 'saddr' ? 'sport' : 'dport'} ${match.not ? '!= ' : ''}@${match.set}`;
    case 'number':
      return `${match.field} ${numbers(match.ranges)}`;
    case 'family':
      return `meta nfproto ipv${match.family}`;
    case 'interface':
      return `${match.side} ${list([...match.names].sort().map((name) => `"${name}"`))}`;
    case 'established':
      return 'ct state established,related';
    case 'label':
      return `ct label ${match.bit}`;
    case 'share':
      return `jhash ${IP[match.family]} saddr mod ${match.modulus} seed 0x1 < ${match.below}`;
    case 'foreign':
      return match.text;
  }
}

function renderVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'none':
      return '';
    case 'jump':
      return `jump ${verdict.chain}`;
    case 'snat': {
      const ip = IP[verdict.family];
      if (verdict.to === 'own') return `snat ${ip} to ${ip} saddr`;
      const { first, last } = verdict.to;
      return first === last
        ? `snat ${ip} to ${formatAddress(verdict.family, first)}`
        : `snat ${ip} to ${formatRange(verdict.to)} persistent`;
    }
    case 'foreign':
      return verdict.text;
    default:
      return verdict.kind;
  }
}

/** The text that nft takes, without table and chain. */
export function renderLine(line: Line): string {
  const words = line.matches.map(renderMatch);
  if (line.label !== undefined) words.push(`ct label set ${line.label}`);
  if (line.counter) words.push(`counter name ${line.counter}`);
  if (line.log !== undefined) words.push(`log prefix "${line.log}"`);
  const verdict = renderVerdict(line.verdict);
  if (verdict) words.push(verdict);
  if (line.comment) words.push(`comment "${line.comment}"`);
  return words.join(' ');
}
