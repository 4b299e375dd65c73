/**
 * The members of one Felix set, kept compactly: a plain Set of 250,000 strings costs more than the whole shipper may.
 * IPv4 hosts ("10.1.2.3/32") live in an open-addressing table of 32-bit numbers, all else as Felix's own text.
 */
import { cextfire } from './generated/shipment.js';

const EMPTY = 0;
const GONE = 0xffffffff;

/** The number of an IPv4 host written as Felix writes it ("10.1.2.3/32"), or -1. 0.0.0.0 and 255.255.255.255 stay text. */
export function host4Number(member: string): number {
  const length = member.length;
  if (
    length < 10 ||
    length > 18 ||
    member.charCodeAt(length - 3) !== 47 ||
    member.charCodeAt(length - 2) !== 51 ||
    member.charCodeAt(length - 1) !== 50
  )
    return -1;
  let value = 0;
  let part = -1;
  let dots = 0;
  for (let at = 0; at < length - 3; at++) {
    const code = member.charCodeAt(at);
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
  if (dots !== 3 || part < 0) return -1;
  value = value * 256 + part;
  return value === EMPTY || value === GONE ? -1 : value;
}

export function host4Text(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}/32`;
}

/**
 * A member without its text where that is possible: an IPv4 host is its number ({@link host4Number}), anything else Felix's own text. A hundred thousand
 * of them cost some ms; as texts a tenth of a second, which others on the same processor would wait.
 */
export type CompactMember = number | string;

export function compactMember(member: CompactMember): CompactMember {
  if (typeof member === 'number') return member;
  const value = host4Number(member);
  return value < 0 ? member : value;
}

export const memberText = (member: CompactMember): string => (typeof member === 'number' ? host4Text(member) : member);

/** What a {@link MemberSet} and a Set of texts have in common. */
export interface AnyMembers extends Iterable<string> {
  readonly size: number;
  has(member: string): boolean;
}

/** One by one, as numbers where the collection is a compact one. */
export const compactMembers = (members: Iterable<string>): Iterable<CompactMember> =>
  members instanceof MemberSet ? members.compact() : members;

function slotOf(value: number, mask: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) & mask;
}

/** A set of members in Felix's own text. `size` counts members. Every member may be given as its number, too. */
export class MemberSet implements Iterable<string> {
  #table: Uint32Array = new Uint32Array(0);
  #hosts = 0;
  #used = 0;
  #others: Set<string> | undefined;

  get size(): number {
    return this.#hosts + (this.#others?.size ?? 0);
  }

  has(member: CompactMember): boolean {
    const one = compactMember(member);
    return typeof one === 'number' ? this.#find(one) >= 0 : (this.#others?.has(one) ?? false);
  }

  /** True when the member is new. */
  add(member: CompactMember): boolean {
    const one = compactMember(member);
    if (typeof one === 'number') return this.#addHost4(one);
    this.#others ??= new Set();
    if (this.#others.has(one)) return false;
    this.#others.add(one);
    return true;
  }

  /** True when the member was there. */
  delete(member: CompactMember): boolean {
    const one = compactMember(member);
    if (typeof one !== 'number') return this.#others?.delete(one) ?? false;
    const at = this.#find(one);
    if (at < 0) return false;
    this.#table[at] = GONE;
    this.#hosts--;
    return true;
  }

  #addHost4(value: number): boolean {
    if ((this.#used + 1) * 4 > this.#table.length * 3) this.#grow();
    const mask = this.#table.length - 1;
    let at = slotOf(value, mask);
    let free = -1;
    for (;;) {
      const there = this.#table[at];
      if (there === value) return false;
      if (there === EMPTY) break;
      if (there === GONE && free < 0) free = at;
      at = (at + 1) & mask;
    }
    if (free < 0) {
      free = at;
      this.#used++;
    }
    this.#table[free] = value;
    this.#hosts++;
    return true;
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const value of this.hosts4()) yield host4Text(value);
    if (this.#others) yield* this.#others;
  }

  *compact(): IterableIterator<CompactMember> {
    const table = this.#table;
    for (let at = 0; at < table.length; at++) {
      const value = table[at] as number;
      if (value !== EMPTY && value !== GONE) yield value;
    }
    if (this.#others) yield* this.#others;
  }

  *hosts4(): IterableIterator<number> {
    for (const value of this.#table) if (value !== EMPTY && value !== GONE) yield value;
  }

  others(): Iterable<string> {
    return this.#others ?? [];
  }

  #find(value: number): number {
    if (this.#table.length === 0) return -1;
    const mask = this.#table.length - 1;
    let at = slotOf(value, mask);
    for (;;) {
      const there = this.#table[at];
      if (there === value) return at;
      if (there === EMPTY) return -1;
      at = (at + 1) & mask;
    }
  }

  #grow(): void {
    const old = this.#table;
    let length = 8;
    while (length * 3 < (this.#hosts + 1) * 5) length *= 2;
    const table = new Uint32Array(length);
    const mask = length - 1;
    for (let from = 0; from < old.length; from++) {
      const value = old[from] as number;
      if (value === EMPTY || value === GONE) continue;
      let at = slotOf(value, mask);
      while (table[at] !== EMPTY) at = (at + 1) & mask;
      table[at] = value;
    }
    this.#table = table;
    this.#used = this.#hosts;
  }
}

/** Felix's member texts -> the compact wire form. */
export function packMembers(members: Iterable<string>): cextfire.MemberList {
  const hosts: number[] = [];
  const others: string[] = [];
  for (const member of members) {
    const value = host4Number(member);
    if (value < 0) others.push(member);
    else hosts.push(value);
  }
  const sorted = Uint32Array.from(hosts).sort();
  const gaps = Array.from(sorted, (value, index) => (index === 0 ? value : value - (sorted[index - 1] as number)));
  return cextfire.MemberList.create({ hosts4: gaps, others: others.sort() });
}

/** The inverse of {@link packMembers}. */
export function* unpackMembers(list: cextfire.IMemberList | null | undefined): IterableIterator<string> {
  for (const member of unpackCompact(list)) yield memberText(member);
}

/** The same without their texts. Whoever wrote the list, no number comes out of it that {@link host4Number} would not give. */
export function* unpackCompact(list: cextfire.IMemberList | null | undefined): IterableIterator<CompactMember> {
  let value = 0;
  for (const gap of list?.hosts4 ?? []) {
    value += gap;
    if (value > 0xffffffff) throw new RangeError('hosts4 runs past 255.255.255.255');
    yield value === EMPTY || value === GONE ? host4Text(value) : value;
  }
  yield* list?.others ?? [];
}
