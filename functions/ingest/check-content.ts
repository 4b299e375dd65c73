/** Whether everything in a shipment can be decoded, before it enters the log, where it would be in everybody's way. */
import type { cextfire } from '../../proto/generated/shipment.js';
import { unpackCompact } from '../../proto/members.ts';
import {
  decodeFacts,
  decodeHost,
  decodeHostEndpoint,
  decodeNamespace,
  decodePolicy,
  decodePool,
  decodeService,
  decodeSetKind,
} from '../cluster/felix.ts';
import { Kind } from '../cluster/view-content.ts';
import { ingestError } from './errors.ts';

const CHECKS: Readonly<Record<number, (key: string, raw: Uint8Array) => unknown>> = {
  [Kind.FACTS]: (_, raw) => decodeFacts(raw),
  [Kind.SET]: decodeSetKind,
  [Kind.POLICY]: decodePolicy,
  [Kind.HOST_ENDPOINT]: decodeHostEndpoint,
  [Kind.POOL]: decodePool,
  [Kind.HOST]: (key, raw) => decodeHost(key, { host: raw }),
  [Kind.HOST_V6]: (key, raw) => decodeHost(key, { v6: raw }),
  [Kind.HOST_V4V6]: (key, raw) => decodeHost(key, { v4v6: raw }),
  [Kind.NAMESPACE]: decodeNamespace,
  [Kind.SERVICE]: decodeService,
};

/** @throws CEXT_CLUSTER_OBJECT_UNREADABLE, CEXT_INGEST_POISON. Kinds that we do not know pass: a newer shipper may send them. */
export function checkContent(shipment: cextfire.IShipment): void {
  const { snapshot, changes } = shipment;
  for (const { kind, key, raw } of snapshot?.objects ?? changes?.upserted ?? []) CHECKS[kind ?? 0]?.(key ?? '', raw ?? new Uint8Array());
  try {
    for (const { added, removed } of snapshot?.members ?? changes?.members ?? [])
      for (const list of [added, removed]) for (const _ of unpackCompact(list));
  } catch (cause) {
    throw ingestError('CEXT_INGEST_POISON', `members of a set cannot be decoded: ${String(cause)}`, { cause });
  }
}
