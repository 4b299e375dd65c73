/**
 * What is known about the stream of one cluster: how far its log goes, which life of the shipper it follows, what it waits for, and why it is held.
 * One item, written by ingest alone; only `broken` is written by readers. The log is the truth: whatever this item lacks is found there again.
 */

import { milliseconds } from '../duration.ts';
import type { Condition } from '../errors.ts';
import type { ClusterSettings } from '../settings.ts';
import type { Table, TableItem, TableValue } from '../table.ts';
import { checkFormat, FORMAT } from './format.ts';

export interface OpenGroup {
  readonly kind: 'snapshot' | 'changes';
  /** the last part that came */
  readonly part: number;
  readonly parts: number;
  /** so far, for the limits */
  readonly objects: number;
  readonly members: number;
  readonly bytes: number;
  /** as this snapshot says; '' as long as it did not */
  readonly clusterGuid: string;
}

export interface RetiredEpoch {
  readonly random: string;
  readonly sequence: number;
  readonly retiredMs: number;
  /** shipments it made after another had taken over, and when the last of them came */
  readonly lateShipments: number;
  readonly lateMs: number;
}

export interface Hold {
  readonly code: 'CEXT_INGEST_TWO_SHIPPERS' | 'CEXT_INGEST_OTHER_CLUSTER' | 'CEXT_INGEST_LIMIT';
  readonly message: string;
  readonly sinceMs: number;
}

export interface LastHeartbeat {
  readonly atMs: number;
  readonly inSync: boolean;
  readonly objects: number;
  readonly sets: number;
  readonly members: number;
  readonly hostEndpoints: number;
  readonly shipperVersion: string;
  readonly lastFrameMs: number;
  readonly probe: { readonly ok: boolean; readonly reason: string; readonly sinceMs: number } | null;
}

/** A shipper that so far sent only heartbeats: its Felix has not read all of the datastore. It is not followed before its snapshot. */
export interface WakingShipper {
  /** of its epoch */
  readonly random: string;
  /** since when nobody but such shippers began; restarts of the pod do not reset it */
  readonly sinceMs: number;
  readonly heartbeat: LastHeartbeat;
}

export interface StreamState {
  /** grows with every write */
  readonly revision: number;
  /** position of the last log item; 0 = none */
  readonly head: number;
  /** random part of the epoch followed; '' = none yet */
  readonly epoch: string;
  readonly epochStartedMs: number;
  /** the last sequence taken, heartbeats included */
  readonly sequence: number;
  /** digest after it, 32 hex digits */
  readonly digest: string;
  readonly open: OpenGroup | null;
  /** log position of the last part of the last complete snapshot; 0 = none */
  readonly basePosition: number;
  readonly clusterGuid: string;
  readonly retired: readonly RetiredEpoch[];
  readonly hold: Hold | null;
  /** a snapshot is needed: why, and since when */
  readonly awaiting: { readonly reason: string; readonly sinceMs: number } | null;
  /** when a snapshot was last asked for */
  readonly askedMs: number;
  /** how often since the last complete snapshot */
  readonly asks: number;
  /** when anything readable last came */
  readonly heardMs: number;
  readonly heartbeat: LastHeartbeat | null;
  readonly waking: WakingShipper | null;
  /** the last unreadable message */
  readonly poison: { readonly code: string; readonly message: string; readonly atMs: number } | null;
  /** a reader could not apply the log from here on; 0 = none */
  readonly broken: number;
}

export const NEW_STREAM: StreamState = {
  revision: 0,
  head: 0,
  epoch: '',
  epochStartedMs: 0,
  sequence: 0,
  digest: '',
  open: null,
  basePosition: 0,
  clusterGuid: '',
  retired: [],
  hold: null,
  awaiting: null,
  askedMs: 0,
  asks: 0,
  heardMs: 0,
  heartbeat: null,
  waking: null,
  poison: null,
  broken: 0,
};

const keyOf = (cluster: string) => ({ pk: `cluster#${cluster}`, sk: 'stream' });

/** @throws CEXT_CLUSTER_FORMAT_NEWER */
export async function readStream(table: Table, cluster: string): Promise<StreamState> {
  const item = checkFormat(await table.get(keyOf(cluster)));
  return item ? stateOf(item) : NEW_STREAM;
}

/** False when somebody else wrote since `before` was read. */
export async function writeStream(table: Table, cluster: string, before: StreamState, next: StreamState): Promise<boolean> {
  const { broken: _, ...own } = next;
  const revision = before.revision + 1;
  const values = { ...own, revision, format: FORMAT } as unknown as Record<string, TableValue>;
  // A reader may have made the item, with `broken` alone, before anything was ever written here.
  const there = await table.update(keyOf(cluster), values, { kind: 'absentOrBelow', attribute: 'revision', below: revision });
  return there;
}

/** A reader's word to ingest: from `position` on the log cannot be applied; a new snapshot is needed. */
export async function reportBroken(table: Table, cluster: string, position: number): Promise<void> {
  await table.update(keyOf(cluster), { broken: position }, { kind: 'equals', attributes: {} });
}

/** An operator's word: whatever cluster speaks there now is the right one. Ends a hold; the next message asks for a snapshot. */
export async function releaseHold(table: Table, cluster: string, nowMs: number): Promise<boolean> {
  const state = await readStream(table, cluster);
  if (!state.hold) return false;
  const awaiting = { reason: 'the hold was released', sinceMs: nowMs };
  return writeStream(table, cluster, state, {
    ...state,
    hold: null,
    clusterGuid: '',
    awaiting,
    open: null,
    askedMs: 0,
    retired: calm(state),
  });
}

/** Why Felix may not be in sync, as far as its shipper knows. Every list that is forbidden keeps InSync away (reference/felix.md 10). */
const reasonOf = ({ probe, objects, sets }: LastHeartbeat): string =>
  probe && !probe.ok ? probe.reason : `it has sent ${objects} objects and ${sets} sets, but not the end of its first reading`;

/** Late shipments from before no longer count. */
const calm = (state: StreamState) => state.retired.map((epoch) => ({ ...epoch, lateShipments: 0, lateMs: 0 }));

/** No complete snapshot came after what a reader could not apply (which may be a snapshot itself). */
export const isBroken = (state: StreamState) => state.broken > 0 && state.broken >= state.basePosition;

/** What people must know of this stream; apply adds them to its own. Pure. */
const COUNTED = [
  ['maxObjects', 'objects'],
  ['maxMembers', 'members'],
] as const;
/** There is time to raise a limit before it holds a cluster. */
const NEARLY = 0.8;

export function streamConditions(
  cluster: string,
  state: StreamState,
  settings: Pick<ClusterSettings, 'silentAfter'> & Partial<Pick<ClusterSettings, (typeof COUNTED)[number][0]>>,
  nowMs: number,
): Condition[] {
  const conditions: Condition[] = [];
  const add = (code: Condition['code'], severity: Condition['severity'], message: string) =>
    conditions.push({ code, severity, subject: { cluster }, message });
  const since = (ms: number) => new Date(ms).toISOString();
  const { hold, awaiting, poison } = state;
  const silentMs = milliseconds(settings.silentAfter);
  // Of one that went away without ever being in sync, while another speaks, nobody wants to hear.
  const waking = state.waking && nowMs - state.waking.heartbeat.atMs <= silentMs ? state.waking : null;
  const heartbeat = waking?.heartbeat ?? state.heartbeat;
  if (hold) add(hold.code, 'error', `${hold.message} Held since ${since(hold.sinceMs)}: the rules of before stay in force.`);
  if (state.heardMs === 0)
    add(
      'CEXT_CLUSTER_NEVER_HEARD',
      'warning',
      `Cluster "${cluster}" has never sent anything. Is its shipper installed and its queue right?`,
    );
  else if (nowMs - state.heardMs > silentMs)
    add(
      'CEXT_CLUSTER_SILENT',
      'error',
      `Nothing was heard of cluster "${cluster}" since ${since(state.heardMs)}. Its rules stay as they were then; look at its shipper.`,
    );
  if (awaiting && !hold)
    add(
      'CEXT_CLUSTER_AWAITS_SNAPSHOT',
      'warning',
      `A new snapshot is needed since ${since(awaiting.sinceMs)}: ${awaiting.reason}. It was asked for; until it comes the last good view stays in force.`,
    );
  if (heartbeat?.probe && !heartbeat.probe.ok)
    add(
      'CEXT_CLUSTER_PROBE_FAILED',
      'error',
      `The view of cluster "${cluster}" may be stale since ${since(heartbeat.probe.sinceMs)}: ${heartbeat.probe.reason}. Felix hides this. The last good rules stay in force; nothing is removed because of it.`,
    );
  if (heartbeat && !heartbeat.inSync)
    add(
      'CEXT_CLUSTER_NOT_IN_SYNC',
      'warning',
      `Felix of "${cluster}" is not in sync with its datastore${waking ? ` since ${since(waking.sinceMs)}` : ''}: ${reasonOf(heartbeat)}. ${
        state.basePosition > 0 ? 'The rules of before stay in force' : 'Nothing is written before it is'
      }. Look at Felix's log for lists that are forbidden, give its service account the rights of the chart's ClusterRole, or mend the way to the API server.`,
    );
  if (heartbeat?.inSync && heartbeat.hostEndpoints === 0)
    add(
      'CEXT_CLUSTER_NO_HOST_ENDPOINT',
      'warning',
      `Cluster "${cluster}" has no HostEndpoint on the virtual node, so no policy can reach a border. Create it with spec.node = the virtual node.`,
    );
  for (const [limit, count] of COUNTED) {
    const most = settings[limit];
    if (heartbeat && most !== undefined && heartbeat[count] > NEARLY * most)
      add(
        'CEXT_CLUSTER_NEARLY_FULL',
        'warning',
        // Without the count, which changes with every heartbeat: what is told would be told anew.
        `Cluster "${cluster}" has more than four fifths of the ${most} ${count} that clusters.${cluster}.${limit} allows. Beyond it everything of it is held: raise the limit if it is growth, else find what makes them.`,
      );
  }
  // A damaged message is made good by the snapshot that follows; for a day people should still hear of it.
  if (poison && nowMs - poison.atMs < 86_400_000)
    add(
      'CEXT_INGEST_POISON',
      'warning',
      `At ${since(poison.atMs)} a message on the queue of "${cluster}" could not be read (${poison.code}): ${poison.message}. Find out who else sends there.`,
    );
  return conditions;
}

function stateOf(item: TableItem): StreamState {
  const { pk: _pk, sk: _sk, format: _format, ...values } = item;
  return { ...NEW_STREAM, ...(values as unknown as Partial<StreamState>) };
}
