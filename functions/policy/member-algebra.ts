/** Members as sets of addresses: hosts stay hosts and prefixes stay as large as they can, so that little moves on a device. */
import { host4Number, MemberSet } from '../../proto/members.ts';
import { parsePrefix } from '../packets/address.ts';
import { coversPrefix, intersectPrefixes, meetsPrefix, type PrefixRange, rangeOf, subtractFromPrefix } from './prefixes.ts';

const addressOf = (endpoint: string): string => {
  const comma = endpoint.indexOf(',');
  return comma < 0 ? endpoint : endpoint.slice(0, comma);
};

/** A single address ("10.0.0.1/32", "fd00::1/128"), not a larger prefix. */
export const isHost = (member: string): boolean =>
  host4Number(member) >= 0 ||
  (member.includes(':') ? member.endsWith('/128') || !member.includes('/') : member.endsWith('/32') || !member.includes('/'));

const hostRanges = new WeakMap<
  readonly string[],
  { readonly four: readonly (readonly [number, number])[]; readonly all: readonly PrefixRange[] }
>();

function rangesOf(prefixes: readonly string[]) {
  let ranges = hostRanges.get(prefixes);
  if (!ranges) {
    const all = prefixes.map(rangeOf);
    ranges = { all, four: all.filter(({ family }) => family === 4).map(({ first, last }) => [Number(first), Number(last)] as const) };
    hostRanges.set(prefixes, ranges);
  }
  return ranges;
}

/** Undefined: the member is a prefix that must be cut. */
function holds(member: string, prefixes: readonly string[], endpoints: boolean): boolean | undefined {
  const ranges = rangesOf(prefixes);
  const host = host4Number(member);
  if (host >= 0) return ranges.four.some(([first, last]) => host >= first && host <= last);
  if (!endpoints && !isHost(member)) return undefined;
  const address = parsePrefix(endpoints ? addressOf(member) : member);
  return (
    address !== undefined &&
    ranges.all.some(({ family, first, last }) => family === address.family && address.first >= first && address.last <= last)
  );
}

/** The part of a member inside the prefixes. */
export function cutMember(member: string, prefixes: readonly string[], endpoints: boolean): readonly string[] {
  const inside = holds(member, prefixes, endpoints);
  if (inside === undefined) return parsePrefix(member) ? intersectPrefixes([member], prefixes) : [];
  return inside ? [member] : [];
}

/** The part of a member outside the prefixes. */
export function withoutMember(member: string, prefixes: readonly string[], endpoints: boolean): readonly string[] {
  const inside = holds(member, prefixes, endpoints);
  if (inside === undefined) {
    const holes = prefixes.filter((prefix) => meetsPrefix(prefix, member));
    return holes.length === 0 ? [member] : subtractFromPrefix(member, holes);
  }
  return inside ? [] : [member];
}

export interface Coverage {
  /** some member is larger than one address */
  readonly hasWide: boolean;
  /** this member is one address (or endpoint), so that `has` decides about it */
  readonly isPoint: (member: string) => boolean;
  /** a point is in the set: as a member or inside a prefix */
  readonly has: (member: string) => boolean;
}

export function coverage(members: MemberSet, endpoints: boolean): Coverage {
  if (endpoints) return { hasWide: false, isPoint: () => true, has: (member) => members.has(member) };
  const wide: string[] = [];
  for (const member of members.others()) if (!isHost(member)) wide.push(member);
  return {
    hasWide: wide.length > 0,
    isPoint: isHost,
    has: (member) => members.has(member) || wide.some((prefix) => coversPrefix(prefix, member)),
  };
}

const wideOf = (members: MemberSet): string[] => [...members.others()].filter((member) => !isHost(member));

export function intersectMembers(a: MemberSet, b: MemberSet, endpoints: boolean): MemberSet {
  const out = new MemberSet();
  const inA = coverage(a, endpoints);
  const inB = coverage(b, endpoints);
  for (const member of a) if (inA.isPoint(member) && inB.has(member)) out.add(member);
  if (endpoints) return out;
  if (inA.hasWide) for (const member of b) if (inB.isPoint(member) && inA.has(member)) out.add(member);
  if (inA.hasWide && inB.hasWide) for (const prefix of intersectPrefixes(wideOf(a), wideOf(b))) out.add(prefix);
  return out;
}

export function subtractMembers(a: MemberSet, b: MemberSet, endpoints: boolean): MemberSet {
  const out = new MemberSet();
  const inA = coverage(a, endpoints);
  const inB = coverage(b, endpoints);
  for (const member of a) if (inA.isPoint(member) && !inB.has(member)) out.add(member);
  if (!inA.hasWide) return out;
  const holes = [...b];
  for (const prefix of wideOf(a)) {
    const meeting = holes.filter((hole) => meetsPrefix(hole, prefix));
    for (const piece of meeting.length === 0 ? [prefix] : subtractFromPrefix(prefix, meeting)) out.add(piece);
  }
  return out;
}
