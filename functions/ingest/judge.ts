/**
 * What one shipment means for its stream. Pure.
 *
 *   of another epoch ── retired before? ── yes ──► dropped; speaks on and on? two shippers: held
 *          │                                no
 *          │                                 ├── heartbeat, not in sync ──► remembered as waking; the epoch followed stays the one followed
 *          │                                 └── first part of a snapshot? ── no ──► a snapshot is needed
 *          ▼                                                               yes: the old epoch is retired
 *   seen before? ── yes ──► duplicate: wakes, is not stored
 *          │ no
 *   held, or a snapshot is needed? ── dropped, unless it is a snapshot; held for its size, and the heartbeat is within the limits: a snapshot is needed
 *          │
 *   sequence, chain of digests, part numbers ── broken ──► a snapshot is needed
 *          │
 *   ClusterGUID, limits ── wrong ──► held
 *          ▼
 *   heartbeat: noted          else: appended
 */
import type { cextfire } from '../../proto/generated/shipment.js';
import { decodeFacts } from '../cluster/felix.ts';
import type { ViewLimits } from '../cluster/mutable-view.ts';
import type { Hold, LastHeartbeat, OpenGroup, RetiredEpoch, StreamState } from '../cluster/stream-state.ts';
import { Kind } from '../cluster/view-content.ts';

export interface Judgement {
  readonly verdict: 'append' | 'noted' | 'duplicate' | 'dropped';
  readonly state: StreamState;
  /** something for apply to look at */
  readonly wake: boolean;
}

/** A retired epoch that sends so many shipments more, or so long after, is a shipper of its own. Fewer are what a dying one had under way. */
const LATE_SHIPMENTS = 3;
const LATE_AFTER_MS = 60_000;
/** So long without a late shipment, and one shipper is left. Four heartbeats. */
const CALM_AFTER_MS = 120_000;
/** In the state; all of them are remembered, see cluster/retired-epochs.ts. */
const RETIRED_KEPT = 8;

export function judge(state: StreamState, shipment: cextfire.IShipment, limits: ViewLimits, nowMs: number): Judgement {
  const epoch = shipment.epoch?.random ?? '';
  const sequence = shipment.sequence ?? 0;
  const snapshotBegins = shipment.snapshot?.part === 1;
  if (epoch !== state.epoch) {
    const retired = state.retired.find(({ random }) => random === epoch);
    if (retired) return late(state, retired, sequence, nowMs);
    if (shipment.heartbeat && !shipment.heartbeat.inSync) return waking(state, epoch, heartbeatOf(shipment.heartbeat, nowMs));
    if (!snapshotBegins)
      return dropped(needSnapshot({ ...state, heardMs: nowMs }, 'a new shipper speaks whose snapshot did not come', nowMs));
  } else if (sequence <= state.sequence) return { verdict: 'duplicate', state: { ...state, heardMs: nowMs }, wake: true };

  const heard = endCalmHold({ ...switchEpoch(state, shipment, nowMs), sequence, heardMs: nowMs }, nowMs);
  const noted = shipment.heartbeat ? { ...heard, heartbeat: heartbeatOf(shipment.heartbeat, nowMs) } : heard;
  const inSnapshot = snapshotBegins || (shipment.snapshot !== null && shipment.snapshot !== undefined && state.open?.kind === 'snapshot');
  // A snapshot may end a hold for the wrong cluster or for its size; two shippers must first be one.
  if (noted.hold && (noted.hold.code === 'CEXT_INGEST_TWO_SHIPPERS' || !inSnapshot))
    return dropped(fitsAgain(state, noted, limits) ? askAtOnce(noted, 'the cluster is within its limits again', nowMs) : abandon(noted));
  if (noted.awaiting && !snapshotBegins) return dropped(noted);

  const why = snapshotBegins ? undefined : brokenChain(state, shipment);
  if (why !== undefined) return dropped(needSnapshot(noted, why, nowMs));
  if (shipment.heartbeat) return { verdict: 'noted', state: noted, wake: false };

  const held = reasonToHold(noted, shipment, limits, nowMs);
  if (held) return { verdict: 'dropped', state: { ...abandon(noted), hold: held }, wake: noted.hold?.code !== held.code };
  const followed = follow(state, shipment, nowMs);
  return { verdict: 'append', state: endCalmHold(followed, nowMs), wake: followed.open === null };
}

/** The state after this shipment stands in the log at head + 1, whoever put it there. */
export function follow(state: StreamState, shipment: cextfire.IShipment, atMs: number): StreamState {
  const next = switchEpoch(state, shipment, atMs);
  const group = openGroup(next, shipment);
  const complete = group.part === group.parts;
  const head = state.head + 1;
  const wholeSnapshot = complete && group.kind === 'snapshot';
  // A hold for the wrong cluster or for the size ends with a whole snapshot that is neither.
  const hold = wholeSnapshot && next.hold?.code !== 'CEXT_INGEST_TWO_SHIPPERS' ? null : next.hold;
  return {
    ...next,
    head,
    sequence: shipment.sequence ?? 0,
    digest: hex(shipment.digestAfter),
    heardMs: atMs,
    open: complete ? null : group,
    basePosition: wholeSnapshot ? head : next.basePosition,
    clusterGuid: (complete && group.clusterGuid) || next.clusterGuid,
    hold,
    awaiting: group.kind === 'snapshot' ? null : next.awaiting,
    asks: wholeSnapshot ? 0 : next.asks,
  };
}

export function needSnapshot(state: StreamState, reason: string, nowMs: number): StreamState {
  return { ...state, open: null, awaiting: state.awaiting ?? { reason, sinceMs: nowMs } };
}

/** Its last heartbeat but one was over the limits for which it is held, or it never said; this one is not. */
function fitsAgain(before: StreamState, { hold, heartbeat }: StreamState, limits: ViewLimits): boolean {
  const fits = (beat: LastHeartbeat | null) => beat !== null && beat.objects <= limits.maxObjects && beat.members <= limits.maxMembers;
  return hold?.code === 'CEXT_INGEST_LIMIT' && fits(heartbeat) && (!fits(before.heartbeat) || (before.heartbeat?.atMs ?? 0) < hold.sinceMs);
}

/** However often it was asked before in vain. */
const askAtOnce = (state: StreamState, reason: string, nowMs: number): StreamState => ({ ...needSnapshot(state, reason, nowMs), asks: 0 });

const dropped = (state: StreamState): Judgement => ({ verdict: 'dropped', state, wake: false });
const abandon = (state: StreamState): StreamState => ({ ...state, open: null });

function switchEpoch(state: StreamState, shipment: cextfire.IShipment, nowMs: number): StreamState {
  const epoch = shipment.epoch?.random ?? '';
  if (epoch === state.epoch) return state;
  const old: RetiredEpoch = { random: state.epoch, sequence: state.sequence, retiredMs: nowMs, lateShipments: 0, lateMs: 0 };
  const retired = state.epoch === '' ? state.retired : [...state.retired, old].slice(-RETIRED_KEPT);
  return { ...state, retired, epoch, epochStartedMs: shipment.epoch?.startedMs ?? 0, sequence: 0, digest: '', open: null, waking: null };
}

/**
 * A shipper whose Felix is not in sync has nothing to say of the cluster yet. Nothing is asked of it, which it could not give, and nothing ends
 * because of it: a snapshot under way, a hold and the epoch followed stay as they are.
 */
function waking(state: StreamState, random: string, heartbeat: LastHeartbeat): Judgement {
  const before = state.waking;
  const sinceMs = before?.sinceMs ?? heartbeat.atMs;
  const probeFailed = (beat: LastHeartbeat | undefined) => beat?.probe?.ok === false;
  const wake = before?.random !== random || probeFailed(before.heartbeat) !== probeFailed(heartbeat);
  return { verdict: 'noted', state: { ...state, heardMs: heartbeat.atMs, waking: { random, sinceMs, heartbeat } }, wake };
}

/** A shipment of an epoch that another has followed. What it says is void; that it speaks at all may matter. */
function late(state: StreamState, retired: RetiredEpoch, sequence: number, nowMs: number): Judgement {
  if (sequence <= retired.sequence) return dropped(state);
  const again = { ...retired, sequence, lateShipments: retired.lateShipments + 1, lateMs: nowMs };
  const next = { ...state, retired: state.retired.map((epoch) => (epoch === retired ? again : epoch)) };
  if (state.hold || (again.lateShipments < LATE_SHIPMENTS && nowMs - retired.retiredMs < LATE_AFTER_MS)) return dropped(next);
  const hold: Hold = {
    code: 'CEXT_INGEST_TWO_SHIPPERS',
    message: `Two shippers send to this queue by turns: epochs ${state.epoch} and ${retired.random}. Stop one of them.`,
    sinceMs: nowMs,
  };
  return { verdict: 'dropped', state: { ...abandon(next), hold }, wake: true };
}

function endCalmHold(state: StreamState, nowMs: number): StreamState {
  if (state.hold?.code !== 'CEXT_INGEST_TWO_SHIPPERS') return state;
  const lastLate = Math.max(state.hold.sinceMs, ...state.retired.map(({ lateMs }) => lateMs));
  if (nowMs - lastLate < CALM_AFTER_MS) return state;
  const retired = state.retired.map((epoch) => ({ ...epoch, lateShipments: 0, lateMs: 0 }));
  return needSnapshot({ ...state, retired, hold: null }, 'two shippers were one again', nowMs);
}

function brokenChain(state: StreamState, shipment: cextfire.IShipment): string | undefined {
  const { sequence = 0, digestBefore, digestAfter, snapshot, changes, heartbeat } = shipment;
  if (sequence !== state.sequence + 1) return `shipments ${state.sequence + 1} to ${(sequence ?? 0) - 1} are missing`;
  if (hex(digestBefore) !== state.digest) return `the digests do not follow on each other at shipment ${sequence}`;
  if (heartbeat) return hex(digestAfter) === state.digest ? undefined : `heartbeat ${sequence} has another digest than was shipped`;
  const { part, parts } = snapshot ?? changes ?? {};
  const { open } = state;
  const follows = open ? open.kind === kindOf(shipment) && open.parts === parts && open.part + 1 === part : !snapshot && part === 1;
  return follows ? undefined : `shipment ${sequence} is part ${part} of ${parts}, which does not follow`;
}

function reasonToHold(state: StreamState, shipment: cextfire.IShipment, limits: ViewLimits, nowMs: number): Hold | undefined {
  const group = openGroup(state, shipment);
  const sinceMs = state.hold?.sinceMs ?? nowMs;
  if (group.clusterGuid && state.clusterGuid && group.clusterGuid !== state.clusterGuid)
    return {
      code: 'CEXT_INGEST_OTHER_CLUSTER',
      message: `The ClusterGUID changed from ${state.clusterGuid} to ${group.clusterGuid}.`,
      sinceMs,
    };
  // Which cluster it is must be said before the last part ends such a hold.
  if (state.hold?.code === 'CEXT_INGEST_OTHER_CLUSTER' && group.part === group.parts && !group.clusterGuid) return state.hold;
  if (group.kind === 'changes') return undefined;
  for (const [name, is, most] of [
    ['maxObjects', group.objects, limits.maxObjects],
    ['maxMembers', group.members, limits.maxMembers],
    ['maxBytes', group.bytes, limits.maxBytes],
  ] as const)
    if (is > most) return { code: 'CEXT_INGEST_LIMIT', message: `A snapshot has ${is}, more than ${name} = ${most}.`, sinceMs };
  return undefined;
}

const kindOf = (shipment: cextfire.IShipment): OpenGroup['kind'] => (shipment.snapshot ? 'snapshot' : 'changes');

/** The group as it stands with this shipment in it. */
function openGroup(state: StreamState, shipment: cextfire.IShipment): OpenGroup {
  const { snapshot, changes } = shipment;
  const { part, parts, members } = snapshot ?? changes ?? {};
  const before = part === 1 ? undefined : state.open;
  const objects = snapshot?.objects ?? changes?.upserted ?? [];
  const facts = objects.find(({ kind }) => kind === Kind.FACTS)?.raw;
  const list = members ?? [];
  return {
    kind: kindOf(shipment),
    part: part ?? 0,
    parts: parts ?? 0,
    objects: (before?.objects ?? 0) + objects.length,
    members: (before?.members ?? 0) + list.reduce((sum, { added }) => sum + (added?.hosts4?.length ?? 0) + (added?.others?.length ?? 0), 0),
    bytes: (before?.bytes ?? 0) + objects.reduce((sum, { raw }) => sum + (raw?.length ?? 0), 0),
    clusterGuid: (facts && decodeFacts(facts).clusterGuid) || before?.clusterGuid || '',
  };
}

function heartbeatOf(heartbeat: cextfire.IHeartbeat, atMs: number): LastHeartbeat {
  const { inSync, objects, sets, members, hostEndpoints, shipperVersion, lastFrameMs, probe } = heartbeat;
  return {
    atMs,
    inSync: inSync ?? false,
    objects: objects ?? 0,
    sets: sets ?? 0,
    members: members ?? 0,
    hostEndpoints: hostEndpoints ?? 0,
    shipperVersion: (shipperVersion ?? '').slice(0, 64),
    lastFrameMs: lastFrameMs ?? 0,
    probe: probe ? { ok: probe.ok ?? false, reason: (probe.reason ?? '').slice(0, 500), sinceMs: probe.sinceMs ?? 0 } : null,
  };
}

const hex = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('hex');
