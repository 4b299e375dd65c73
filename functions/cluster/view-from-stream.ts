/** The view straight from a Felix stream, without shipper, queue or log: the yardstick of the tests, and what `verdicts` compiles. */
import { FrameReader } from '../../proto/framing.ts';
import { felix } from '../../proto/generated/felix.js';
import { cextfire } from '../../proto/generated/shipment.js';
import { policyKey } from '../../proto/keys.ts';
import { packMembers } from '../../proto/members.ts';
import { MutableView } from './mutable-view.ts';
import { rawPayload } from './raw-payload.ts';
import { Kind } from './view-content.ts';

export interface StreamView {
  readonly view: MutableView;
  /** frames read */
  readonly frames: number;
  readonly inSync: boolean;
}

/**
 * Reads the stream of one life of Felix; `frames` stops after so many. A truncated last frame ends the stream, as when Felix was killed.
 * @throws CEXT_CLUSTER_UNKNOWN_SET, CEXT_PIPE_FRAME_TOO_LONG
 */
export function viewFromStream(cluster: string, stream: Uint8Array, options: { readonly frames?: number } = {}): StreamView {
  const view = new MutableView(cluster);
  let frames = 0;
  let inSync = false;
  for (const frame of new FrameReader().push(stream)) {
    if (options.frames !== undefined && frames >= options.frames) break;
    frames++;
    const message = felix.ToDataplane.decode(frame);
    inSync ||= Boolean(message.inSync);
    const changes = changesOf(frame, message);
    if (changes) view.change(changes);
  }
  return { view, frames, inSync };
}

/** What one frame means, in the shipment's words; undefined for what a firewall does not need. */
export function changesOf(frame: Uint8Array, message: felix.ToDataplane = felix.ToDataplane.decode(frame)): cextfire.IChanges | undefined {
  const upsert = (kind: cextfire.Kind, key: string | null | undefined, raw = rawPayload(frame)): cextfire.IChanges => ({
    upserted: [{ kind, key: key ?? '', raw }],
  });
  const remove = (kind: cextfire.Kind, key: string | null | undefined): cextfire.IChanges => ({ removed: [{ kind, key: key ?? '' }] });
  const m = message;
  if (m.configUpdate) return upsert(Kind.FACTS, '', factsOf(m.configUpdate.config ?? {}));
  if (m.ipsetUpdate) {
    const { id = '', members = [], type = 0 } = m.ipsetUpdate;
    const raw = cextfire.SetDeclaration.encode({ type: type ?? 0 }).finish();
    return { ...upsert(Kind.SET, id, raw), members: [{ set: id ?? '', added: packMembers(members ?? []) }] };
  }
  if (m.ipsetDeltaUpdate) {
    const { id, addedMembers, removedMembers } = m.ipsetDeltaUpdate;
    return { members: [{ set: id ?? '', added: packMembers(addedMembers ?? []), removed: packMembers(removedMembers ?? []) }] };
  }
  if (m.ipsetRemove) return remove(Kind.SET, m.ipsetRemove.id);
  if (m.activePolicyUpdate) return upsert(Kind.POLICY, policyKey(m.activePolicyUpdate.id));
  if (m.activePolicyRemove) return remove(Kind.POLICY, policyKey(m.activePolicyRemove.id));
  if (m.hostEndpointUpdate) return upsert(Kind.HOST_ENDPOINT, m.hostEndpointUpdate.id?.endpointId);
  if (m.hostEndpointRemove) return remove(Kind.HOST_ENDPOINT, m.hostEndpointRemove.id?.endpointId);
  if (m.ipamPoolUpdate) return upsert(Kind.POOL, m.ipamPoolUpdate.id);
  if (m.ipamPoolRemove) return remove(Kind.POOL, m.ipamPoolRemove.id);
  if (m.hostMetadataUpdate) return upsert(Kind.HOST, m.hostMetadataUpdate.hostname);
  if (m.hostMetadataRemove) return remove(Kind.HOST, m.hostMetadataRemove.hostname);
  if (m.hostMetadataV6Update) return upsert(Kind.HOST_V6, m.hostMetadataV6Update.hostname);
  if (m.hostMetadataV6Remove) return remove(Kind.HOST_V6, m.hostMetadataV6Remove.hostname);
  if (m.hostMetadataV4v6Update) return upsert(Kind.HOST_V4V6, m.hostMetadataV4v6Update.hostname);
  if (m.hostMetadataV4v6Remove) return remove(Kind.HOST_V4V6, m.hostMetadataV4v6Remove.hostname);
  if (m.namespaceUpdate) return upsert(Kind.NAMESPACE, m.namespaceUpdate.id?.name);
  if (m.namespaceRemove) return remove(Kind.NAMESPACE, m.namespaceRemove.id?.name);
  if (m.serviceUpdate) return upsert(Kind.SERVICE, `${m.serviceUpdate.namespace}/${m.serviceUpdate.name}`);
  if (m.serviceRemove) return remove(Kind.SERVICE, `${m.serviceRemove.namespace}/${m.serviceRemove.name}`);
  return undefined;
}

/** All that may leave the pod of the configuration, its own names in lower case and in order, so that equal facts have equal bytes. */
function factsOf(config: Readonly<Record<string, string>>): Uint8Array {
  const own = Object.entries(config)
    .filter(([name]) => name.toLowerCase().startsWith('cextfire'))
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const facts = { clusterGuid: config.ClusterGUID ?? '', calicoVersion: config.CalicoVersion ?? '', own: Object.fromEntries(own) };
  return cextfire.Facts.encode(facts).finish();
}
