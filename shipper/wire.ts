/**
 * Felix's messages, opened only as far as the shipper must: the envelope, the ids, the members of sets. What is inside an object stays as
 * the bytes that Felix wrote, so that fields of later versions reach the cloud unharmed.
 */
import protobuf from 'protobufjs/minimal.js';
import { felix } from '../proto/generated/felix.js';
import { cextfire } from '../proto/generated/shipment.js';
import { policyKey } from '../proto/keys.ts';
import type { CompactMember } from '../proto/members.ts';
import { shipperError } from './errors.ts';
import { memberAt } from './member.ts';

const { Kind } = cextfire;

/** Which payload of felix.ToDataplane (its field number), and the bytes of it: a view of the frame. */
export interface Envelope {
  readonly payload: number;
  readonly bytes: Uint8Array;
  readonly sequence: number;
}

export const PAYLOAD = { inSync: 1, setUpdate: 2, setDelta: 3, setRemove: 4, config: 13 } as const;

interface ObjectPayload {
  readonly kind: cextfire.Kind;
  readonly action: 'update' | 'remove';
  readonly key: (bytes: Uint8Array) => string;
}

const textKey = (field: number) => (bytes: Uint8Array) => textAt(bytes, field);
const nestedKey = (field: number) => (bytes: Uint8Array) => textAt(bytesAt(bytes, 1), field);
const policyKeyOf = (bytes: Uint8Array) => {
  const id = felix.PolicyID.decode(bytesAt(bytes, 1));
  return id.name === '' ? '' : policyKey(id);
};
const serviceKey = (bytes: Uint8Array) => {
  const name = textAt(bytes, 1);
  return name === '' ? '' : `${textAt(bytes, 2)}/${name}`;
};
const both = (update: number, remove: number, kind: cextfire.Kind, key: ObjectPayload['key']): [number, ObjectPayload][] => [
  [update, { kind, action: 'update', key }],
  [remove, { kind, action: 'remove', key }],
];

/** The kinds of objects that leave the pod, by payload number. Anything else is counted and dropped here. */
export const OBJECT_PAYLOADS: ReadonlyMap<number, ObjectPayload> = new Map([
  ...both(7, 8, Kind.POLICY, policyKeyOf),
  ...both(9, 10, Kind.HOST_ENDPOINT, nestedKey(2)),
  ...both(14, 18, Kind.HOST, textKey(1)),
  ...both(16, 17, Kind.POOL, textKey(1)),
  ...both(21, 22, Kind.NAMESPACE, nestedKey(1)),
  ...both(31, 32, Kind.SERVICE, serviceKey),
  ...both(35, 36, Kind.HOST_V6, textKey(1)),
  ...both(37, 38, Kind.HOST_V4V6, textKey(1)),
]);

/** Payloads that Felix is known to send and that a border does not need. */
export const SKIPPED_PAYLOADS: ReadonlyMap<number, string> = new Map([
  [5, 'active_profile_update'],
  [6, 'active_profile_remove'],
  [11, 'workload_endpoint_update'],
  [12, 'workload_endpoint_remove'],
  [19, 'service_account_update'],
  [20, 'service_account_remove'],
  [23, 'route_update'],
  [24, 'route_remove'],
  [25, 'vtep_update'],
  [26, 'vtep_remove'],
  [27, 'wireguard_endpoint_update'],
  [28, 'wireguard_endpoint_remove'],
  [29, 'global_bgp_config_update'],
  [30, 'encapsulation'],
  [33, 'wireguard_endpoint_v6_update'],
  [34, 'wireguard_endpoint_v6_remove'],
]);

/** The envelope of one frame; undefined when it has no payload at all. @throws CEXT_SHIPPER_MESSAGE_UNREADABLE */
export function openEnvelope(frame: Uint8Array): Envelope | undefined {
  let found: Envelope | undefined;
  let sequence = 0;
  readable('a message', frame, () =>
    walk(frame, (field, wire, reader) => {
      if (field === 15 && wire === 0) sequence = Number(reader.uint64());
      else if (wire === 2) {
        const start = skipBytes(reader);
        // A oneof: the last one counts.
        found = { payload: field, bytes: frame.subarray(start, reader.pos), sequence: 0 };
      } else reader.skipType(wire);
    }),
  );
  return found && { ...found, sequence };
}

/** @throws CEXT_SHIPPER_MESSAGE_UNREADABLE, also when the key is empty */
export function objectKey(payload: ObjectPayload, bytes: Uint8Array): string {
  const name = Kind[payload.kind] ?? '';
  const key = readable(name, bytes, () => payload.key(bytes));
  if (key === '') throw shipperError('CEXT_SHIPPER_MESSAGE_UNREADABLE', `Felix sent a ${payload.action} of a ${name} without an id`);
  return key;
}

/** The longest that Felix can mean, an IPv6 address with protocol and port, has less than 60. */
const MAX_MEMBER_BYTES = 256;

export interface SetHead {
  readonly id: string;
  /** felix.IPSetUpdate.IPSetType; 0 in deltas and removals */
  readonly type: number;
}

/** Id and type of an IPSetUpdate, IPSetDeltaUpdate or IPSetRemove. @throws CEXT_SHIPPER_MESSAGE_UNREADABLE */
export function setHead(bytes: Uint8Array): SetHead {
  let id = '';
  let type = 0;
  readable('a set', bytes, () =>
    walk(bytes, (field, wire, reader) => {
      if (field === 1 && wire === 2) id = reader.string();
      else if (field === 3 && wire === 0) type = reader.uint32();
      else reader.skipType(wire);
    }),
  );
  if (id === '') throw shipperError('CEXT_SHIPPER_MESSAGE_UNREADABLE', 'Felix sent a set without an id');
  return { id, type };
}

/** Visits the members of one repeated field, without gathering them. Returns how many fields it did not know. @throws as above */
export function visitMembers(bytes: Uint8Array, wanted: 2 | 3, visit: (member: CompactMember) => void): number {
  let unknown = 0;
  readable('a set', bytes, () =>
    walk(bytes, (field, wire, reader) => {
      if (field === wanted && wire === 2) {
        const start = skipBytes(reader);
        if (reader.pos - start > MAX_MEMBER_BYTES) throw new RangeError(`a member of ${reader.pos - start} bytes`);
        visit(memberAt(bytes, start, reader.pos));
      } else {
        if (field > 3) unknown++;
        reader.skipType(wire);
      }
    }),
  );
  return unknown;
}

/** @throws CEXT_SHIPPER_MESSAGE_UNREADABLE */
export function openConfig(bytes: Uint8Array): Readonly<Record<string, string>> {
  return readable('the configuration', bytes, () => felix.ConfigUpdate.decode(bytes).config);
}

function textAt(bytes: Uint8Array, wanted: number): string {
  return Buffer.from(bytesAt(bytes, wanted)).toString('utf8');
}

/** The last value of a length-delimited field; empty when it is absent. */
function bytesAt(bytes: Uint8Array, wanted: number): Uint8Array {
  let found = bytes.subarray(0, 0);
  walk(bytes, (field, wire, reader) => {
    if (field !== wanted || wire !== 2) {
      reader.skipType(wire);
      return;
    }
    const start = skipBytes(reader);
    found = bytes.subarray(start, reader.pos);
  });
  return found;
}

/** Leaves the reader behind the bytes and returns where they begin. */
function skipBytes(reader: protobuf.Reader): number {
  const length = reader.uint32();
  const start = reader.pos;
  if (length > reader.len - start) throw new RangeError(`${length} bytes claimed, ${reader.len - start} left`);
  reader.pos = start + length;
  return start;
}

function walk(bytes: Uint8Array, visit: (field: number, wire: number, reader: protobuf.Reader) => void): void {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 0) throw new RangeError('field number 0');
    visit(tag >>> 3, tag & 7, reader);
  }
}

function readable<T>(what: string, bytes: Uint8Array, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('CEXT_')) throw error;
    throw shipperError('CEXT_SHIPPER_MESSAGE_UNREADABLE', `Felix sent ${what} of ${bytes.length} bytes that does not decode`, {
      cause: error,
    });
  }
}
