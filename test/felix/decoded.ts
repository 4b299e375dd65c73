/**
 * Two independent ways to one state, for tests: what a Felix stream says, decoded with the plain codecs, and what the shipments say, decoded
 * as a reader in the cloud would. Neither uses code of the shipper.
 */

import { Digest, EMPTY_DIGEST, memberLanes, objectLanes, setSeed } from '../../proto/digest.ts';
import { readFrames } from '../../proto/framing.ts';
import { felix } from '../../proto/generated/felix.js';
import { cextfire } from '../../proto/generated/shipment.js';
import { policyKey } from '../../proto/keys.ts';
import { unpackMembers } from '../../proto/members.ts';
import { unpackShipment } from '../../proto/packing.ts';

const { Kind } = cextfire;

/** "POLICY key" -> hex of its raw bytes, and set id -> type and members. */
export interface State {
  readonly objects: Map<string, string>;
  readonly sets: Map<string, { readonly type: number; readonly members: Set<string> }>;
}

export const emptyState = (): State => ({ objects: new Map(), sets: new Map() });

/** Comparable and printable, in one order. */
export function plain({ objects, sets }: State) {
  return {
    objects: Object.fromEntries([...objects].sort()),
    sets: Object.fromEntries([...sets].sort().map(([id, { type, members }]) => [id, { type, members: [...members].sort() }])),
  };
}

/** The state that these bytes of one stream say, InSync or not. */
export function stateOfStream(stream: Uint8Array): State {
  const state = emptyState();
  for (const frame of readFrames(stream)) hearFelix(state, frame);
  return state;
}

export function hearFelix(state: State, frame: Uint8Array): void {
  const message = felix.ToDataplane.decode(frame);
  const put = (kind: string, key: string | null | undefined, payload: number) =>
    state.objects.set(`${kind} ${key}`, Buffer.from(payloadBytes(frame, payload)).toString('hex'));
  const take = (kind: string, key: string | null | undefined) => state.objects.delete(`${kind} ${key}`);
  const service = (it: { namespace?: string | null; name?: string | null }) => `${it.namespace ?? ''}/${it.name ?? ''}`;
  if (message.ipsetUpdate) {
    const { id, type, members } = felix.IPSetUpdate.create(message.ipsetUpdate);
    state.sets.set(id, { type, members: new Set(members) });
  } else if (message.ipsetDeltaUpdate) {
    const { id, addedMembers, removedMembers } = felix.IPSetDeltaUpdate.create(message.ipsetDeltaUpdate);
    const set = state.sets.get(id);
    if (!set) throw new Error(`delta for unknown set ${id}`);
    for (const member of removedMembers) set.members.delete(member);
    for (const member of addedMembers) set.members.add(member);
  } else if (message.ipsetRemove) state.sets.delete(message.ipsetRemove.id ?? '');
  else if (message.activePolicyUpdate) put('POLICY', policyKey(message.activePolicyUpdate.id), 7);
  else if (message.activePolicyRemove) take('POLICY', policyKey(message.activePolicyRemove.id));
  else if (message.hostEndpointUpdate) put('HOST_ENDPOINT', message.hostEndpointUpdate.id?.endpointId, 9);
  else if (message.hostEndpointRemove) take('HOST_ENDPOINT', message.hostEndpointRemove.id?.endpointId);
  else if (message.hostMetadataUpdate) put('HOST', message.hostMetadataUpdate.hostname, 14);
  else if (message.hostMetadataRemove) take('HOST', message.hostMetadataRemove.hostname);
  else if (message.ipamPoolUpdate) put('POOL', message.ipamPoolUpdate.id, 16);
  else if (message.ipamPoolRemove) take('POOL', message.ipamPoolRemove.id);
  else if (message.namespaceUpdate) put('NAMESPACE', message.namespaceUpdate.id?.name, 21);
  else if (message.namespaceRemove) take('NAMESPACE', message.namespaceRemove.id?.name);
  else if (message.serviceUpdate) put('SERVICE', service(message.serviceUpdate), 31);
  else if (message.serviceRemove) take('SERVICE', service(message.serviceRemove));
  else if (message.hostMetadataV6Update) put('HOST_V6', message.hostMetadataV6Update.hostname, 35);
  else if (message.hostMetadataV6Remove) take('HOST_V6', message.hostMetadataV6Remove.hostname);
  else if (message.hostMetadataV4v6Update) put('HOST_V4V6', message.hostMetadataV4v6Update.hostname, 37);
  else if (message.hostMetadataV4v6Remove) take('HOST_V4V6', message.hostMetadataV4v6Remove.hostname);
  else if (message.configUpdate) {
    const config = message.configUpdate.config ?? {};
    const own = Object.entries(config).filter(([name]) => name.toLowerCase().startsWith('cextfire'));
    const facts = cextfire.Facts.encode({
      clusterGuid: config.ClusterGUID ?? '',
      calicoVersion: config.CalicoVersion ?? '',
      own: Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), value]).sort()),
    }).finish();
    state.objects.set('FACTS ', Buffer.from(facts).toString('hex'));
  }
}

/** The bytes of one length-delimited field of a message, read without a codec. */
function payloadBytes(frame: Uint8Array, wanted: number): Uint8Array {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = frame[at++] as number;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < frame.length) {
    const tag = varint();
    if ((tag & 7) === 0) varint();
    else {
      const length = varint();
      if (tag >>> 3 === wanted) return frame.subarray(at, at + length);
      at += length;
    }
  }
  throw new Error(`no field ${wanted}`);
}

/** A reader of shipments as strict as the cloud's: order, epoch, digest chain, complete groups. */
export class ShipmentReader {
  state = emptyState();
  shipments = 0;
  heartbeats = 0;
  snapshots = 0;
  /** what each complete group was */
  readonly groups: ('snapshot' | 'changes')[] = [];
  #epoch = '';
  #sequence = 0;
  #digest = '';
  #group: cextfire.Shipment[] = [];

  read(body: string): cextfire.Shipment {
    const shipment = unpackShipment(body);
    this.shipments++;
    const epoch = `${shipment.epoch?.startedMs}-${shipment.epoch?.random}`;
    if (epoch !== this.#epoch) {
      const waking = shipment.heartbeat?.inSync === false;
      if ((shipment.snapshot?.part !== 1 && !waking) || shipment.sequence !== 1)
        throw new Error('an epoch begins with the first part of a snapshot, or with a heartbeat that says that there is none yet');
      this.#digest = EMPTY_DIGEST;
      this.#epoch = epoch;
      this.#sequence = 0;
    }
    if (shipment.sequence !== this.#sequence + 1) throw new Error(`sequence ${shipment.sequence} after ${this.#sequence}`);
    this.#sequence = shipment.sequence;
    const before = Buffer.from(shipment.digestBefore).toString('hex');
    if (shipment.snapshot?.part === 1) this.#group = [];
    else if (before !== this.#digest) throw new Error(`digest chain broken at ${shipment.sequence}: ${before} after ${this.#digest}`);
    this.#digest = Buffer.from(shipment.digestAfter).toString('hex');
    if (shipment.heartbeat) {
      this.heartbeats++;
      return shipment;
    }
    const content = shipment.snapshot ?? shipment.changes;
    this.#group.push(shipment);
    if (content?.part !== this.#group.length) throw new Error(`part ${content?.part} came as number ${this.#group.length}`);
    if (content.part === content.parts) this.#apply();
    return shipment;
  }

  #apply(): void {
    const group = this.#group;
    this.#group = [];
    if (group[0]?.snapshot) {
      this.state = emptyState();
      this.snapshots++;
      this.groups.push('snapshot');
    } else this.groups.push('changes');
    const { objects, sets } = this.state;
    for (const { snapshot, changes } of group)
      for (const { kind, key, raw } of snapshot?.objects ?? changes?.upserted ?? [])
        if (kind === Kind.SET)
          sets.set(key ?? '', { type: cextfire.SetDeclaration.decode(raw ?? new Uint8Array()).type, members: new Set() });
        else objects.set(`${Kind[kind ?? 0]} ${key}`, Buffer.from(raw ?? []).toString('hex'));
    for (const { snapshot, changes } of group)
      for (const { set: id, added, removed } of snapshot?.members ?? changes?.members ?? []) {
        const set = sets.get(id ?? '');
        if (!set) throw new Error(`members of unknown set ${id}`);
        for (const member of unpackMembers(removed))
          if (!set.members.delete(member)) throw new Error(`${member} removed from ${id}, where it was not`);
        for (const member of unpackMembers(added)) {
          if (set.members.has(member)) throw new Error(`${member} added to ${id}, where it was`);
          set.members.add(member);
        }
      }
    for (const { changes } of group)
      for (const { kind, key } of changes?.removed ?? []) {
        const gone = kind === Kind.SET ? sets.delete(key ?? '') : objects.delete(`${Kind[kind ?? 0]} ${key}`);
        if (!gone) throw new Error(`${Kind[kind ?? 0]} ${key} removed, which was not there`);
      }
    const digest = digestOf(this.state);
    if (digest !== this.#digest) throw new Error(`the state has digest ${digest}, the shipment says ${this.#digest}`);
  }
}

/** The digest, from nothing. */
export function digestOf({ objects, sets }: State): string {
  const digest = new Digest();
  for (const [id, hex] of objects) {
    const space = id.indexOf(' ');
    const kind = Kind[id.slice(0, space) as keyof typeof Kind];
    digest.add(objectLanes(kind, id.slice(space + 1), Buffer.from(hex, 'hex')));
  }
  for (const [id, { type, members }] of sets) {
    digest.add(objectLanes(Kind.SET, id, cextfire.SetDeclaration.encode({ type }).finish()));
    const seed = setSeed(id);
    for (const member of members) digest.add(memberLanes(seed, member));
  }
  return digest.text();
}
