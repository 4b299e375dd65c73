/**
 * Cuts the view (a snapshot) or what is pending (changes) into parts that each fit one shipment, with the digest of the view after each.
 * Order inside a group: upserted objects, members, removed keys, across all its parts; so it means the same whether a reader applies the
 * parts one by one or the group as one.
 */
import { Digest, type Lanes, memberLanes } from '../proto/digest.ts';
import { cextfire } from '../proto/generated/shipment.js';
import type { CompactMember, MemberSet } from '../proto/members.ts';
import { PART_BYTES } from './limits.ts';
import type { Pending } from './pending.ts';
import type { StoredObject, StoredSet } from './stored.ts';
import type { View } from './view.ts';

const { Kind } = cextfire;

export interface Content {
  readonly objects: cextfire.IObject[];
  readonly members: cextfire.IMembers[];
  readonly removed: cextfire.IKey[];
}

export interface Part {
  readonly content: Content;
  readonly digestBefore: Uint8Array;
  readonly digestAfter: Uint8Array;
}

/** Something that stays whole: an object, a piece of a set's members, a removed key. */
type Piece = { readonly bytes: number; readonly minus: readonly Lanes[]; readonly plus: Lanes | undefined } & (
  | { readonly object: cextfire.IObject }
  | { readonly members: cextfire.IMembers }
  | { readonly removed: cextfire.IKey }
);

/** Tags, lengths and the like around a piece. */
const AROUND = 32;
const PIECE_MEMBERS = 8192;
const PIECE_BYTES = 64 * 1024;

/** At least one part, even of an empty view: a snapshot is news by itself. */
export function cutSnapshot(view: View): Part[] {
  return partsOf(snapshotPieces(view), new Digest(), true);
}

/** No part at all when everything cancelled out. `shipped`, the digest of what the cloud has, is brought forward. */
export function cutChanges(view: View, pending: Pending, shipped: Digest): Part[] {
  return partsOf(changePieces(view, pending), shipped, false);
}

function partsOf(pieces: Iterable<Piece>, digest: Digest, evenEmpty: boolean): Part[] {
  const parts: Part[] = [];
  let content: Content = { objects: [], members: [], removed: [] };
  let bytes = 0;
  let digestBefore = digest.bytes();
  const close = () => {
    parts.push({ content, digestBefore, digestAfter: digest.bytes() });
    content = { objects: [], members: [], removed: [] };
    bytes = 0;
    digestBefore = digest.bytes();
  };
  for (const piece of pieces) {
    if (bytes > 0 && bytes + piece.bytes > PART_BYTES) close();
    bytes += piece.bytes;
    if ('object' in piece) content.objects.push(piece.object);
    else if ('members' in piece) content.members.push(piece.members);
    else content.removed.push(piece.removed);
    for (const lanes of piece.minus) digest.remove(lanes);
    if (piece.plus) digest.add(piece.plus);
  }
  if (bytes > 0 || (evenEmpty && parts.length === 0)) close();
  return parts;
}

function* snapshotPieces(view: View): IterableIterator<Piece> {
  for (const object of view.objects.values()) yield objectPiece(object, []);
  for (const set of view.sets.values()) yield setPiece(set, []);
  for (const set of view.sets.values()) yield* memberPieces(set, set.members, 'added');
}

function* changePieces(view: View, pending: Pending): IterableIterator<Piece> {
  const removed: Piece[] = [];
  for (const { kind, key, base } of pending.objects.values()) {
    const now = view.objects.get(`${kind} ${key}`);
    if (!now) {
      if (base) removed.push(removedPiece(kind, key, [base]));
    } else if (!base || !same(base, now.lanes)) yield objectPiece(now, base ? [base] : []);
  }
  const anew: StoredSet[] = [];
  for (const [id, { base, delta }] of pending.sets) {
    const now = view.sets.get(id);
    const shipped = base ? [base.declaration, base.members] : [];
    if (!now) {
      if (base) removed.push(removedPiece(Kind.SET, id, shipped));
    } else if (!delta && !(base && same(base.declaration, now.lanes) && same(base.members, now.sum.lanes()))) {
      anew.push(now);
      yield setPiece(now, shipped);
    }
  }
  for (const set of anew) yield* memberPieces(set, set.members, 'added');
  for (const [id, { delta }] of pending.sets) {
    const now = view.sets.get(id);
    if (!now || !delta) continue;
    yield* memberPieces(now, delta.removed, 'removed');
    yield* memberPieces(now, delta.added, 'added');
  }
  yield* removed;
}

const objectPiece = ({ kind, key, raw, lanes }: StoredObject, minus: readonly Lanes[]): Piece => ({
  bytes: raw.length + key.length * 3 + AROUND,
  minus,
  plus: lanes,
  object: { kind, key, raw },
});

const setPiece = ({ id, declaration, lanes }: StoredSet, minus: readonly Lanes[]): Piece => ({
  bytes: declaration.length + id.length * 3 + AROUND,
  minus,
  plus: lanes,
  object: { kind: Kind.SET, key: id, raw: declaration },
});

const removedPiece = (kind: cextfire.Kind, key: string, minus: readonly Lanes[]): Piece => ({
  bytes: key.length * 3 + AROUND,
  minus,
  plus: undefined,
  removed: { kind, key },
});

function* memberPieces(set: StoredSet, members: MemberSet, change: 'added' | 'removed'): IterableIterator<Piece> {
  for (const { list, bytes, of } of memberLists(members)) {
    const sum = new Digest();
    for (const member of of) sum.add(memberLanes(set.seed, member));
    const lanes = sum.lanes();
    yield {
      bytes: bytes + set.id.length * 3 + AROUND,
      minus: change === 'removed' ? [lanes] : [],
      plus: change === 'added' ? lanes : undefined,
      members: { set: set.id, [change]: list },
    };
  }
}

/** The wire form of packMembers in proto/members.ts, in pieces and from numbers instead of their texts. */
function* memberLists(members: MemberSet): IterableIterator<{ list: cextfire.IMemberList; bytes: number; of: Iterable<CompactMember> }> {
  const hosts = Uint32Array.from(members.hosts4()).sort();
  for (let at = 0; at < hosts.length; at += PIECE_MEMBERS) {
    const slice = hosts.subarray(at, at + PIECE_MEMBERS);
    const gaps: number[] = new Array(slice.length);
    let bytes = 0;
    let last = 0;
    for (let i = 0; i < slice.length; i++) {
      const host = slice[i] as number;
      const gap = host - last;
      last = host;
      gaps[i] = gap;
      bytes += gap < 0x80 ? 1 : gap < 0x4000 ? 2 : gap < 0x200000 ? 3 : gap < 0x10000000 ? 4 : 5;
    }
    yield { list: { hosts4: gaps }, bytes, of: slice };
  }
  let others: string[] = [];
  let bytes = 0;
  for (const text of [...members.others()].sort()) {
    const size = Buffer.byteLength(text) + 4;
    if (others.length > 0 && bytes + size > PIECE_BYTES) {
      yield { list: { others }, bytes, of: others };
      others = [];
      bytes = 0;
    }
    others.push(text);
    bytes += size;
  }
  if (others.length > 0) yield { list: { others }, bytes, of: others };
}

const same = (a: Lanes, b: Lanes): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
