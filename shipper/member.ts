/** One member of a set without its text where that is possible: an IPv4 host is its number, anything else Felix's own text. */
import { host4Lanes, type Lanes, memberLanes } from '../proto/digest.ts';
import type { MemberSet } from '../proto/members.ts';

export type Member = number | string;

export const hasMember = (set: MemberSet, member: Member): boolean => (typeof member === 'number' ? set.hasHost4(member) : set.has(member));
export const addMember = (set: MemberSet, member: Member): boolean => (typeof member === 'number' ? set.addHost4(member) : set.add(member));
export const deleteMember = (set: MemberSet, member: Member): boolean =>
  typeof member === 'number' ? set.deleteHost4(member) : set.delete(member);
export const lanesOfMember = (seed: Lanes, member: Member): Lanes =>
  typeof member === 'number' ? host4Lanes(seed, member) : memberLanes(seed, member);

export function* membersOf(set: MemberSet): IterableIterator<Member> {
  yield* set.hosts4();
  yield* set.others();
}

/**
 * The member written at bytes[start, end). The same rule as host4Number of proto/members.ts, read straight from the bytes: at 250,000
 * members a start of Felix spends most of its time here, and no text is made for what becomes a number.
 */
export function memberAt(bytes: Uint8Array, start: number, end: number): Member {
  const length = end - start;
  if (length >= 10 && length <= 18 && bytes[end - 3] === 47 && bytes[end - 2] === 51 && bytes[end - 1] === 50) {
    const value = dottedQuad(bytes, start, end - 3);
    if (value > 0 && value < 0xffffffff) return value;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('utf8');
}

function dottedQuad(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let part = -1;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const code = bytes[at] as number;
    if (code === 46) {
      if (part < 0) return -1;
      value = value * 256 + part;
      part = -1;
      dots++;
    } else if (code >= 48 && code <= 57) {
      if (part === 0) return -1;
      part = part < 0 ? code - 48 : part * 10 + code - 48;
      if (part > 255) return -1;
    } else return -1;
  }
  return dots === 3 && part >= 0 ? value * 256 + part : -1;
}
