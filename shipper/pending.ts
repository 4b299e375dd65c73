/**
 * What the cloud does not have yet: for everything that changed since the last cut, what the cloud has of it. Changes that cancel out leave
 * nothing, and a set that changed more than it is large is sent anew; so what is kept here is bounded by the state, never by the number of
 * changes, however long SQS is away.
 */
import type { Lanes } from '../proto/digest.ts';
import type { cextfire } from '../proto/generated/shipment.js';
import { type CompactMember, MemberSet } from '../proto/members.ts';
import { objectId, type StoredObject, type StoredSet } from './stored.ts';

export interface PendingObject {
  readonly kind: cextfire.Kind;
  readonly key: string;
  /** hash of what the cloud has; undefined = it has none */
  readonly base: Lanes | undefined;
}

export interface PendingSet {
  /** hashes of the declaration and of all members that the cloud has; undefined = it does not know the set */
  readonly base: { readonly declaration: Lanes; readonly members: Lanes } | undefined;
  /** undefined = the whole set goes anew, or is gone */
  delta: { readonly added: MemberSet; readonly removed: MemberSet } | undefined;
}

/** Above this a difference larger than the set itself is sent as the set; below it, sparing the reader a whole set is worth more. */
const SMALL_DELTA = 1024;

export class Pending {
  readonly objects = new Map<string, PendingObject>();
  readonly sets = new Map<string, PendingSet>();
  #structure = false;
  #members = 0;

  /** Anything but members of sets that the cloud knows. */
  get structure(): boolean {
    return this.#structure;
  }

  get empty(): boolean {
    return this.objects.size === 0 && this.sets.size === 0;
  }

  /** Objects, sets and members waiting: what memory it holds, roughly. */
  get size(): number {
    return this.objects.size + this.sets.size + this.#members;
  }

  structureChanged(): void {
    this.#structure = true;
  }

  /** An object is about to be put or taken. */
  object(kind: cextfire.Kind, key: string, old: StoredObject | undefined, change: 'put' | 'taken'): void {
    this.#structure = true;
    const id = objectId(kind, key);
    const known = this.objects.get(id);
    if (!known) this.objects.set(id, { kind, key, base: old?.lanes });
    // Came and went between two cuts: names that never repeat must not pile up.
    else if (change === 'taken' && !known.base) this.objects.delete(id);
  }

  /** A set is about to be declared, declared otherwise, or removed. */
  set(id: string, old: StoredSet | undefined, change: 'declared' | 'removed'): void {
    this.#structure = true;
    const known = this.sets.get(id);
    if (!known) this.sets.set(id, { base: baseOf(old), delta: undefined });
    else if (change === 'removed' && !known.base) this.sets.delete(id);
    else this.#dropDelta(known);
  }

  /** A member is about to be added or removed; the caller has seen that it is a change. */
  member(set: StoredSet, member: CompactMember, change: 'added' | 'removed'): void {
    let known = this.sets.get(set.id);
    if (!known) {
      known = { base: baseOf(set), delta: { added: new MemberSet(), removed: new MemberSet() } };
      this.sets.set(set.id, known);
    }
    const { delta } = known;
    if (!delta) return;
    const [into, outOf] = change === 'added' ? [delta.added, delta.removed] : [delta.removed, delta.added];
    if (outOf.delete(member)) {
      this.#members--;
      return;
    }
    into.add(member);
    this.#members++;
    const size = delta.added.size + delta.removed.size;
    if (size > SMALL_DELTA && size > set.members.size) {
      this.#dropDelta(known);
      this.#structure = true;
    }
  }

  #dropDelta(set: PendingSet): void {
    if (set.delta) this.#members -= set.delta.added.size + set.delta.removed.size;
    set.delta = undefined;
  }
}

const baseOf = (set: StoredSet | undefined) => set && { declaration: set.lanes, members: set.sum.lanes() };
