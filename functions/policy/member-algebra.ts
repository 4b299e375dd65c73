/** Members as sets of addresses or endpoints: points stay points and prefixes stay as large as they can, so that little moves on a device. */
import { type CompactMember, host4Number, MemberSet, memberText } from '../../proto/members.ts';
import { parsePrefix } from '../packets/address.ts';
import { coversPrefix, intersectPrefixes, meetsPrefix, type PrefixRange, rangeOf, subtractFromPrefix } from './prefixes.ts';

/** A single address ("10.0.0.1/32", "fd00::1/128"), also with a port ("10.0.0.1,tcp:80"), not a larger prefix. */
export const isHost = (member: CompactMember): boolean =>
  typeof member === 'number' || !member.includes('/') || member.endsWith(member.includes(':') ? '/128' : '/32');

const hostRanges = new WeakMap<
  readonly string[],
  { readonly four: readonly (readonly [number, number])[]; readonly all: readonly PrefixRange[] }
>();

function rangesOf(prefixes: readonly string[]) {
  let ranges = hostRanges.get(prefixes);
  // Stryker disable next-line ConditionalExpression: read anew they are the same ranges
  if (!ranges) {
    const all = prefixes.map(rangeOf);
    ranges = { all, four: all.filter(({ family }) => family === 4).map(({ first, last }) => [Number(first), Number(last)] as const) };
    hostRanges.set(prefixes, ranges);
  }
  return ranges;
}

/** Undefined: the member is a prefix that must be cut. */
function holds(member: CompactMember, prefixes: readonly string[]): boolean | undefined {
  const ranges = rangesOf(prefixes);
  const host = typeof member === 'number' ? member : host4Number(member);
  // Stryker disable next-line all: the quick way to what follows, for most members
  if (typeof member === 'number' || host >= 0) return ranges.four.some(([first, last]) => host >= first && host <= last);
  if (!isHost(member)) return undefined;
  const address = parsePrefix(member.split(',', 1)[0] as string);
  return (
    address !== undefined &&
    ranges.all.some(({ family, first, last }) => family === address.family && address.first >= first && address.last <= last)
  );
}

/** The part of a member inside the prefixes. */
export function cutMember(member: CompactMember, prefixes: readonly string[]): readonly CompactMember[] {
  const inside = holds(member, prefixes);
  if (inside === undefined) return parsePrefix(memberText(member)) ? intersectPrefixes([memberText(member)], prefixes) : [];
  return inside ? [member] : [];
}

/** The part of a member outside the prefixes. */
export function withoutMember(member: CompactMember, prefixes: readonly string[]): readonly CompactMember[] {
  const inside = holds(member, prefixes);
  if (inside === undefined) return subtractFromPrefix(memberText(member), prefixes);
  return inside ? [] : [member];
}

export interface Coverage {
  /** the members larger than one address */
  readonly wide: readonly string[];
  /** a point is in the set: as a member or inside a prefix */
  readonly has: (member: CompactMember) => boolean;
}

export function coverage(members: MemberSet): Coverage {
  const wide: string[] = [];
  for (const member of members.others()) if (!isHost(member)) wide.push(member);
  return { wide, has: (member) => members.has(member) || wide.some((prefix) => coversPrefix(prefix, memberText(member))) };
}

export function intersectMembers(a: MemberSet, b: MemberSet): MemberSet {
  const out = new MemberSet();
  const inA = coverage(a);
  const inB = coverage(b);
  for (const member of a.compact()) if (isHost(member) && inB.has(member)) out.add(member);
  // Stryker disable next-line ConditionalExpression,EqualityOperator: points of b inside no prefix of a were found already
  if (inA.wide.length > 0) for (const member of b.compact()) if (isHost(member) && inA.has(member)) out.add(member);
  for (const prefix of intersectPrefixes(inA.wide, inB.wide)) out.add(prefix);
  return out;
}

export function subtractMembers(a: MemberSet, b: MemberSet): MemberSet {
  const out = new MemberSet();
  const inB = coverage(b);
  for (const member of a.compact()) if (isHost(member) && !inB.has(member)) out.add(member);
  for (const prefix of coverage(a).wide) {
    const holes: string[] = [];
    // Stryker disable next-line ConditionalExpression: what does not meet it takes nothing from it
    for (const hole of b) if (meetsPrefix(hole, prefix)) holes.push(hole);
    for (const piece of subtractFromPrefix(prefix, holes)) out.add(piece);
  }
  return out;
}
