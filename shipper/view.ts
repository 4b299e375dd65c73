/**
 * Everything Felix said and has not taken back, as raw bytes and compact sets, with its digest kept as it changes. `pending`, once there is
 * one, hears of every change *before* it is made, so that it can remember what the cloud has.
 */
import { Digest, memberLanes, objectLanes, setSeed } from '../proto/digest.ts';
import { cextfire } from '../proto/generated/shipment.js';
import { type CompactMember, MemberSet } from '../proto/members.ts';
import { shipperError } from './errors.ts';
import { factsOf } from './facts.ts';
import { fitsAlone } from './limits.ts';
import type { Pending } from './pending.ts';
import { objectId, type StoredObject, type StoredSet } from './stored.ts';
import { OBJECT_PAYLOADS, objectKey, openConfig, openEnvelope, PAYLOAD, SKIPPED_PAYLOADS, setHead, visitMembers } from './wire.ts';

const { Kind } = cextfire;

/** What one frame was. `nothing` = it repeated what was known, or took back what was not. */
export type Heard = 'in-sync' | 'changed' | 'nothing' | 'skipped' | 'unknown';

export interface ViewCounts {
  readonly objects: number;
  readonly sets: number;
  readonly members: number;
  readonly hostEndpoints: number;
}

export class View {
  readonly objects = new Map<string, StoredObject>();
  readonly sets = new Map<string, StoredSet>();
  readonly digest = new Digest();
  pending: Pending | undefined;
  /** how often each payload was skipped, by name; "payload_99" for one that this version does not know */
  readonly skipped = new Map<string, number>();
  unknownFields = 0;
  /** objects left out because they do not fit into a shipment: "POLICY name" */
  readonly tooBig = new Set<string>();
  #members = 0;
  #hostEndpoints = 0;

  get counts(): ViewCounts {
    return { objects: this.objects.size, sets: this.sets.size, members: this.#members, hostEndpoints: this.#hostEndpoints };
  }

  /**
   * Takes one frame of Felix. The frame may be reused afterwards.
   * @throws CEXT_SHIPPER_MESSAGE_UNREADABLE, CEXT_SHIPPER_SET_UNKNOWN; the view must not be used after that
   */
  hear(frame: Uint8Array): Heard {
    const envelope = openEnvelope(frame);
    if (!envelope) return this.#skip('payload_none', 'unknown');
    const { payload, bytes } = envelope;
    switch (payload) {
      case PAYLOAD.inSync:
        return 'in-sync';
      case PAYLOAD.setUpdate:
        return this.#declareSet(bytes);
      case PAYLOAD.setDelta:
        return this.#changeSet(bytes);
      case PAYLOAD.setRemove:
        return this.#removeSet(setHead(bytes).id);
      case PAYLOAD.config:
        return this.#put(Kind.FACTS, '', factsOf(openConfig(bytes)));
    }
    const object = OBJECT_PAYLOADS.get(payload);
    if (!object) {
      const known = SKIPPED_PAYLOADS.get(payload);
      return known ? this.#skip(known, 'skipped') : this.#skip(`payload_${payload}`, 'unknown');
    }
    const key = objectKey(object, bytes);
    if (object.action === 'remove') {
      this.tooBig.delete(nameOf(object.kind, key));
      return this.#take(object.kind, key);
    }
    if (fitsAlone(bytes)) {
      this.tooBig.delete(nameOf(object.kind, key));
      return this.#put(object.kind, key, bytes);
    }
    // An old version must not live on in the cloud when Felix has a new one, so the object goes.
    this.tooBig.add(nameOf(object.kind, key));
    return this.#take(object.kind, key);
  }

  #put(kind: cextfire.Kind, key: string, raw: Uint8Array): Heard {
    const id = objectId(kind, key);
    const old = this.objects.get(id);
    if (old && Buffer.compare(old.raw, raw) === 0) return 'nothing';
    this.pending?.object(kind, key, old, 'put');
    const lanes = objectLanes(kind, key, raw);
    if (old) this.digest.remove(old.lanes);
    else if (kind === Kind.HOST_ENDPOINT) this.#hostEndpoints++;
    this.digest.add(lanes);
    // A copy of its own: the frame is a view of a chunk of the pipe that must not be kept for it.
    this.objects.set(id, { kind, key, raw: Uint8Array.from(raw), lanes });
    return 'changed';
  }

  #take(kind: cextfire.Kind, key: string): Heard {
    const id = objectId(kind, key);
    const old = this.objects.get(id);
    if (!old) return 'nothing';
    this.pending?.object(kind, key, old, 'taken');
    this.digest.remove(old.lanes);
    if (kind === Kind.HOST_ENDPOINT) this.#hostEndpoints--;
    this.objects.delete(id);
    return 'changed';
  }

  /** An IPSetUpdate for a known set is legal and means replace: only the difference is made, so only that is shipped. */
  #declareSet(bytes: Uint8Array): Heard {
    const { id, type } = setHead(bytes);
    const declaration = cextfire.SetDeclaration.encode({ type }).finish();
    const old = this.sets.get(id);
    if (old && Buffer.compare(old.declaration, declaration) === 0) return this.#replaceMembers(old, bytes);
    this.pending?.set(id, old, 'declared');
    if (old) this.#forget(old);
    const set: StoredSet = {
      id,
      declaration,
      lanes: objectLanes(Kind.SET, id, declaration),
      seed: setSeed(id),
      members: new MemberSet(),
      sum: new Digest(),
    };
    this.sets.set(id, set);
    this.digest.add(set.lanes);
    this.unknownFields += visitMembers(bytes, 2, (member) => this.#add(set, member));
    return 'changed';
  }

  #replaceMembers(set: StoredSet, bytes: Uint8Array): Heard {
    const next = new MemberSet();
    this.unknownFields += visitMembers(bytes, 2, (member) => void next.add(member));
    let changed = false;
    const leaving: CompactMember[] = [];
    for (const member of set.members.compact()) if (!next.has(member)) leaving.push(member);
    for (const member of leaving) changed = this.#delete(set, member) || changed;
    for (const member of next.compact()) changed = this.#add(set, member) || changed;
    if (changed) this.pending?.structureChanged();
    return changed ? 'changed' : 'nothing';
  }

  #changeSet(bytes: Uint8Array): Heard {
    const { id } = setHead(bytes);
    const set = this.sets.get(id);
    if (!set) throw shipperError('CEXT_SHIPPER_SET_UNKNOWN', `Felix changed the members of set ${id}, which it never announced`);
    let changed = false;
    visitMembers(bytes, 3, (member) => {
      changed = this.#delete(set, member) || changed;
    });
    this.unknownFields += visitMembers(bytes, 2, (member) => {
      changed = this.#add(set, member) || changed;
    });
    return changed ? 'changed' : 'nothing';
  }

  #removeSet(id: string): Heard {
    const old = this.sets.get(id);
    if (!old) return 'nothing';
    this.pending?.set(id, old, 'removed');
    this.#forget(old);
    this.sets.delete(id);
    return 'changed';
  }

  #forget(set: StoredSet): void {
    this.digest.remove(set.lanes);
    this.digest.remove(set.sum.lanes());
    this.#members -= set.members.size;
  }

  #add(set: StoredSet, member: CompactMember): boolean {
    if (set.members.has(member)) return false;
    this.pending?.member(set, member, 'added');
    set.members.add(member);
    const lanes = memberLanes(set.seed, member);
    set.sum.add(lanes);
    this.digest.add(lanes);
    this.#members++;
    return true;
  }

  #delete(set: StoredSet, member: CompactMember): boolean {
    if (!set.members.has(member)) return false;
    this.pending?.member(set, member, 'removed');
    set.members.delete(member);
    const lanes = memberLanes(set.seed, member);
    set.sum.remove(lanes);
    this.digest.remove(lanes);
    this.#members--;
    return true;
  }

  #skip(name: string, heard: 'skipped' | 'unknown'): Heard {
    this.skipped.set(name, (this.skipped.get(name) ?? 0) + 1);
    return heard;
  }
}

const nameOf = (kind: cextfire.Kind, key: string): string => `${Kind[kind]} ${key}`;
