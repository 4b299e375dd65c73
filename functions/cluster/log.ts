/**
 * The cluster log: the shipments of one cluster in order, as they came, and snapshots to start reading from.
 *
 *   log#NAME   000000000043   position, time, the shipment's own compressed bytes
 *
 * A log item is the commit point: it is put where nothing stands yet, and everything else (the stream's state, snapshots) can be made anew from
 * the log. Positions have no hole; a reader that finds one says so instead of going on. Log items expire after `keepDays`; by then a snapshot
 * stands behind them, because the reader of a long or old tail writes one.
 */
import type { cextfire } from '../../proto/generated/shipment.js';
import { compactMembers } from '../../proto/members.ts';
import { unpackShipment } from '../../proto/packing.ts';
import { CextError } from '../errors.ts';
import type { Table, TableItem } from '../table.ts';
import { clusterError } from './errors.ts';
import { checkFormat, FORMAT } from './format.ts';
import { MutableView, type ViewLimits } from './mutable-view.ts';
import type { LoggedShipment } from './shipment-groups.ts';
import { allSnapshots, expireSnapshot, findSnapshot, positionKey, pruneSnapshots, readSnapshot, writeSnapshot } from './snapshot-store.ts';
import { isBroken, readStream, reportBroken } from './stream-state.ts';
import type { ViewChange } from './view.ts';
import { ChangeRecord } from './view-change.ts';

const DAY = 86_400;

export interface LogOptions {
  readonly limits?: ViewLimits;
  /** how long log items and overtaken snapshots keep */
  readonly keepDays: number;
  /** a tail of so many items, or whose first item is so old, makes its reader write a snapshot */
  readonly compactAfterItems?: number;
  readonly compactAfterMs?: number;
  /** Unix ms */
  readonly now: () => number;
}

export interface LogEntry extends LoggedShipment {
  /** when it was stored, Unix ms */
  readonly atMs: number;
}

export class ClusterLog {
  readonly cluster: string;
  readonly #table: Table;
  readonly #options: Required<Pick<LogOptions, 'compactAfterItems' | 'compactAfterMs'>> & LogOptions;
  readonly #pk: string;

  constructor(table: Table, cluster: string, options: LogOptions) {
    this.cluster = cluster;
    this.#table = table;
    this.#options = { compactAfterItems: 200, compactAfterMs: 3_600_000, ...options };
    this.#pk = `log#${cluster}`;
  }

  /** Puts a shipment's message body at a position. False when something stands there already; the answer of a lost call, too. */
  append(position: number, body: string, atMs: number): Promise<boolean> {
    const expires = Math.ceil(atMs / 1000) + (this.#options.keepDays + 1) * DAY;
    const item = {
      pk: this.#pk,
      sk: positionKey(position),
      format: FORMAT,
      position,
      atMs,
      body: Uint8Array.from(Buffer.from(body, 'base64')),
      expires,
    };
    return this.#table.put(item, { kind: 'absent' });
  }

  /** Items from a position on, in order. A damaged one comes without content. @throws CEXT_CLUSTER_FORMAT_NEWER */
  async *read(from: number, to?: number): AsyncIterable<LogEntry> {
    const range = { from: positionKey(from), ...(to === undefined ? {} : { to: positionKey(to) }) };
    for await (const item of this.#table.query(this.#pk, range)) yield entryOf(item);
  }

  /** The view at the head: newest snapshot and the tail behind it. Look at its `problem`. */
  async open(): Promise<MutableView> {
    const view = new MutableView(this.cluster, this.#options.limits);
    await this.advance(view);
    return view;
  }

  /**
   * Brings a warm view up to the head and returns the net change. Reads only the tail; a long or old one is stored as a snapshot.
   * `most`: of a tail with more stored bytes only the beginning is read, as far as a whole group of shipments goes beyond them.
   * What cannot be applied leaves the view at the last good position with `problem` set, and ingest is told to get a new snapshot.
   */
  async advance(view: MutableView, { most = Number.POSITIVE_INFINITY }: { readonly most?: number } = {}): Promise<ViewChange> {
    const from = view.position;
    const record = new ChangeRecord();
    if (from === 0) record.append(await this.#restore(view, {}));
    let { tail, cut } = await this.#tail(view.position + 1, most);
    if (hasHole(tail, view.position)) {
      // The tail begins later than this view: it slept for longer than log items keep.
      record.append(await this.#restore(view, {}));
      ({ tail, cut } = await this.#tail(view.position + 1, most));
    }
    record.append(recordOf(view.apply(tail)));
    // What could not be applied may be made good by a snapshot behind the cut.
    if (cut && view.position < (tail.at(-1)?.position ?? 0)) {
      ({ tail } = await this.#tail(view.position + 1));
      record.append(recordOf(view.apply(tail)));
    }
    // A read that found nothing is checked against the state, once: a whole tail may have expired.
    if (tail.length === 0 && from === 0) await this.#checkHead(view);
    if (view.problem) await this.#report(tail);
    else await this.#compactWhenLong(view, tail);
    return record.between(from, view.position);
  }

  /**
   * The view as it was at a position, or at the end of a second. A group that was not complete by then is not in it.
   * @throws CEXT_CLUSTER_LOG_TOO_OLD, CEXT_CLUSTER_LOG_DAMAGED
   */
  async viewAt(point: { readonly position: number } | { readonly timeMs: number }): Promise<MutableView> {
    const view = new MutableView(this.cluster);
    const [position, timeMs] = 'position' in point ? [point.position, Number.POSITIVE_INFINITY] : [undefined, point.timeMs];
    await this.#restore(view, 'position' in point ? { position: point.position } : { timeMs: point.timeMs });
    const entries: LogEntry[] = [];
    for await (const entry of this.read(view.position + 1, position)) {
      if (entry.atMs > timeMs) break;
      entries.push(entry);
    }
    if (hasHole(entries, view.position) || (view.position === 0 && entries.length === 0)) {
      const asked = 'position' in point ? `position ${point.position}` : new Date(point.timeMs).toISOString();
      throw clusterError(
        'CEXT_CLUSTER_LOG_TOO_OLD',
        `${asked} of "${this.cluster}" lies before what is kept, or before its first shipment`,
        { cluster: this.cluster },
      );
    }
    view.apply(entries);
    return view;
  }

  /** Stores this view as a snapshot to start reading from, and lets older ones go after `keepDays`. False when one stands there already. */
  async compact(view: MutableView): Promise<boolean> {
    if (view.position === 0) return false;
    const { position } = view;
    const nowMs = this.#options.now();
    const atMs = await this.#atMs(position);
    if (atMs === undefined || !(await writeSnapshot(this.#table, view, atMs))) return false;
    const expires = Math.ceil(nowMs / 1000) + this.#options.keepDays * DAY;
    for await (const header of allSnapshots(this.#table, this.cluster))
      if (header.position < position && header.expires === undefined) await expireSnapshot(this.#table, this.cluster, header, expires);
    return true;
  }

  /** Deletes what has expired, where the table's own time to live does not. */
  async prune(): Promise<void> {
    const nowSeconds = Math.floor(this.#options.now() / 1000);
    await pruneSnapshots(this.#table, this.cluster, nowSeconds);
    for await (const { pk, sk, expires } of this.#table.query(this.#pk)) {
      if (Number(expires) > nowSeconds) break;
      await this.#table.delete({ pk, sk });
    }
  }

  async #tail(from: number, most = Number.POSITIVE_INFINITY): Promise<{ readonly tail: LogEntry[]; readonly cut: boolean }> {
    const tail: LogEntry[] = [];
    let bytes = 0;
    for await (const item of this.#table.query(this.#pk, { from: positionKey(from) })) {
      const entry = entryOf(item);
      tail.push(entry);
      bytes += (item.body as Uint8Array).length;
      const { part, parts } = entry.shipment.snapshot ?? entry.shipment.changes ?? {};
      if (bytes > most && part === parts) return { tail, cut: true };
    }
    return { tail, cut: false };
  }

  async #restore(view: MutableView, atMost: { readonly position?: number; readonly timeMs?: number }): Promise<ChangeRecord> {
    let { position } = atMost;
    for (;;) {
      const header = await findSnapshot(this.#table, this.cluster, { ...atMost, ...(position === undefined ? {} : { position }) });
      if (!header || header.position <= view.position) return new ChangeRecord();
      try {
        return recordOf(view.restore(await readSnapshot(this.#table, this.cluster, header), header));
      } catch (error) {
        // A damaged one is passed over: an older one and a longer tail lead to the same view.
        if (!(error instanceof CextError) || error.code === 'CEXT_CLUSTER_FORMAT_NEWER') throw error;
        position = header.position - 1;
      }
    }
  }

  async #atMs(position: number): Promise<number | undefined> {
    return (await this.#table.get({ pk: this.#pk, sk: positionKey(position) }))?.atMs as number | undefined;
  }

  async #checkHead(view: MutableView): Promise<void> {
    const { head } = await readStream(this.#table, this.cluster);
    if (head <= view.position) return;
    view.problem = clusterError(
      'CEXT_CLUSTER_LOG_DAMAGED',
      `the log of "${this.cluster}" went up to ${head}, but nothing stands after ${view.position}`,
      { cluster: this.cluster },
    );
  }

  async #report(tail: readonly LogEntry[]): Promise<void> {
    const state = await readStream(this.#table, this.cluster);
    const position = tail.at(-1)?.position ?? state.head;
    if (!isBroken(state) && position >= state.basePosition) await reportBroken(this.#table, this.cluster, position);
  }

  async #compactWhenLong(view: MutableView, tail: readonly LogEntry[]): Promise<void> {
    const { compactAfterItems, compactAfterMs, now } = this.#options;
    const behind = uncovered.get(view) ?? { items: 0, sinceMs: Number.POSITIVE_INFINITY };
    behind.items += tail.length;
    behind.sinceMs = Math.min(behind.sinceMs, tail[0]?.atMs ?? Number.POSITIVE_INFINITY);
    uncovered.set(view, behind);
    if (view.position === 0 || (behind.items < compactAfterItems && now() - behind.sinceMs <= compactAfterMs)) return;
    await this.compact(view);
    // Also when another reader was faster.
    uncovered.delete(view);
  }
}

/** Per warm view: how much of the log it has read since the snapshot that it knows of, and how old the first of it is. */
const uncovered = new WeakMap<MutableView, { items: number; sinceMs: number }>();

function hasHole(entries: readonly LogEntry[], position: number): boolean {
  const first = entries[0];
  return first !== undefined && first.position !== position + 1;
}

function recordOf(change: ViewChange | ChangeRecord): ChangeRecord {
  if (change instanceof ChangeRecord) return change;
  const record = new ChangeRecord();
  record.structure = change.structure;
  for (const key of change.policies) record.policies.add(key);
  for (const set of change.replaced) record.setReplaced(set);
  for (const [set, { added, removed }] of change.members) record.membersChanged(set, compactMembers(added), compactMembers(removed));
  record.observedMs = change.observedMs;
  return record;
}

function entryOf(item: TableItem): LogEntry {
  checkFormat(item);
  const position = Number(item.position);
  let shipment: cextfire.IShipment = {};
  try {
    shipment = unpackShipment(Buffer.from(item.body as Uint8Array).toString('base64'));
  } catch (error) {
    if ((error as CextError).code === 'CEXT_SHIPMENT_FORMAT_NEWER') throw error;
    // Without content it breaks its group, and the view says so; a later snapshot makes it good.
  }
  return { position, atMs: Number(item.atMs), shipment };
}
