/**
 * What a view holds: the raw bytes of every object and the members of every set, with their digest kept as they change. Every edit is recorded
 * for the ViewChange and can be taken back, so that a group of shipments is applied as a whole or not at all.
 */
import { Digest, type Lanes, memberLanes, objectLanes, setSeed } from '../../proto/digest.ts';
import { cextfire } from '../../proto/generated/shipment.js';
import { type CompactMember, MemberSet } from '../../proto/members.ts';
import { clusterError } from './errors.ts';
import { decodeSetKind } from './felix.ts';
import type { FelixSet } from './view.ts';
import { ChangeRecord } from './view-change.ts';

export const Kind = cextfire.Kind;

export interface StoredSet extends FelixSet {
  readonly seed: Lanes;
}

export interface Counts {
  readonly objects: number;
  readonly members: number;
  /** raw bytes of all objects */
  readonly bytes: number;
}

const NONE: ReadonlyMap<string, Uint8Array> = new Map();

export class ViewContent {
  readonly sets = new Map<string, StoredSet>();
  readonly #objects = new Map<number, Map<string, Uint8Array>>();
  readonly #onChange: (kind: number, key: string) => void;
  #digest = new Digest();
  #counts = { objects: 0, members: 0, bytes: 0 };
  #record = new ChangeRecord();
  #undo: (() => void)[] = [];

  /** `onChange` hears every object that came, changed or went, also when that is taken back. */
  constructor(onChange: (kind: number, key: string) => void) {
    this.#onChange = onChange;
  }

  get counts(): Counts {
    return this.#counts;
  }

  get digest(): string {
    return this.#digest.text();
  }

  get kinds(): Iterable<number> {
    return this.#objects.keys();
  }

  /** Raw bytes by key. */
  objects(kind: number): ReadonlyMap<string, Uint8Array> {
    return this.#objects.get(kind) ?? NONE;
  }

  /**
   * Runs `edit` as a whole or, when it throws, not at all.
   * @returns what it changed
   */
  atomically(edit: () => void): ChangeRecord {
    const digest = this.#digest.bytes();
    const counts = { ...this.#counts };
    this.#record = new ChangeRecord();
    this.#undo = [];
    try {
      edit();
      return this.#record;
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      this.#digest = digestOf(digest);
      this.#counts = counts;
      throw error;
    } finally {
      this.#undo = [];
    }
  }

  /** A SET upserted anew keeps no member, also when its declaration is the same. */
  upsert(kind: number, key: string, raw: Uint8Array): void {
    const before = this.objects(kind).get(key);
    const same = before !== undefined && Buffer.compare(before, raw) === 0;
    if (kind === Kind.SET) this.#declare(key, raw);
    if (same) return;
    if (before) this.#count(kind, key, before, -1);
    // A copy: the bytes are mostly a view of a whole shipment, which would stay in memory with them.
    const kept = Uint8Array.from(raw);
    this.#count(kind, key, kept, 1);
    this.#place(kind, key, kept);
    this.#undo.push(() => this.#place(kind, key, before));
    this.#note(kind, key);
  }

  /** What is not there is not missed: Felix removes things it never announced. */
  remove(kind: number, key: string): void {
    const before = this.objects(kind).get(key);
    if (!before) return;
    const set = kind === Kind.SET ? this.sets.get(key) : undefined;
    if (set) {
      this.#forgetMembers(set);
      this.sets.delete(key);
      this.#undo.push(() => this.sets.set(key, set));
      this.#record.setReplaced(key);
    }
    this.#count(kind, key, before, -1);
    this.#place(kind, key, undefined);
    this.#undo.push(() => this.#place(kind, key, before));
    this.#note(kind, key);
  }

  /** @throws CEXT_CLUSTER_UNKNOWN_SET */
  changeMembers(id: string, added: Iterable<CompactMember>, removed: Iterable<CompactMember>): void {
    const set = this.sets.get(id);
    if (!set) throw clusterError('CEXT_CLUSTER_UNKNOWN_SET', `members of set "${id}" changed, which is not declared`);
    const before = set.members.size;
    // A set declared within this edit is dropped as a whole when the edit is taken back.
    const whole = this.#record.replaced.has(id);
    const gone: CompactMember[] = [];
    const come: CompactMember[] = [];
    for (const member of removed) {
      if (!set.members.delete(member)) continue;
      this.#digest.remove(memberLanes(set.seed, member));
      if (!whole) gone.push(member);
    }
    for (const member of added) {
      if (!set.members.add(member)) continue;
      this.#digest.add(memberLanes(set.seed, member));
      if (!whole) come.push(member);
    }
    this.#counts.members += set.members.size - before;
    if (whole) return;
    this.#undo.push(() => {
      for (const member of come) set.members.delete(member);
      for (const member of gone) set.members.add(member);
    });
    this.#record.membersChanged(id, come, gone);
  }

  #declare(id: string, raw: Uint8Array): void {
    const before = this.sets.get(id);
    if (before) this.#forgetMembers(before);
    this.sets.set(id, { id, kind: decodeSetKind(id, raw), members: new MemberSet(), seed: before?.seed ?? setSeed(id) });
    this.#undo.push(() => (before ? this.sets.set(id, before) : this.sets.delete(id)));
    this.#record.setReplaced(id);
  }

  #forgetMembers(set: StoredSet): void {
    for (const member of set.members.compact()) this.#digest.remove(memberLanes(set.seed, member));
    this.#counts.members -= set.members.size;
  }

  #count(kind: number, key: string, raw: Uint8Array, sign: 1 | -1): void {
    const lanes = objectLanes(kind, key, raw);
    if (sign > 0) this.#digest.add(lanes);
    else this.#digest.remove(lanes);
    this.#counts.objects += sign;
    this.#counts.bytes += sign * raw.length;
  }

  #place(kind: number, key: string, raw: Uint8Array | undefined): void {
    const objects = this.#objects.get(kind) ?? new Map<string, Uint8Array>();
    this.#objects.set(kind, objects);
    if (raw) objects.set(key, raw);
    else objects.delete(key);
    this.#onChange(kind, key);
  }

  #note(kind: number, key: string): void {
    this.#record.structure = true;
    if (kind === Kind.POLICY) this.#record.policies.add(key);
  }
}

function digestOf(bytes: Uint8Array): Digest {
  const view = Buffer.from(bytes);
  const digest = new Digest();
  digest.add([view.readUInt32LE(0), view.readUInt32LE(4), view.readUInt32LE(8), view.readUInt32LE(12)]);
  return digest;
}
