/**
 * Whole views at a log position, to start reading from. The pieces are written first, under a name that only their content decides, and the
 * small header after them: what a crash leaves behind is pieces without a header, never a header without its pieces.
 *
 *   snapshot#NAME         000000000042          header: position, time, digest, number of pieces, hash
 *   snapshot-piece#NAME   000000000042#HASH#0   340 KB of the deflated content
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { cextfire } from '../../proto/generated/shipment.js';
import { packMembers } from '../../proto/members.ts';
import type { Table, TableItem } from '../table.ts';
import { clusterError } from './errors.ts';
import { checkFormat, FORMAT } from './format.ts';
import type { MutableView } from './mutable-view.ts';

const PIECE_BYTES = 340_000;
/** What a stored view may inflate to. */
const MOST_BYTES = 1024 * 1024 * 1024;
const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

export interface SnapshotHeader {
  readonly position: number;
  /** when the log item at `position` was stored, Unix ms */
  readonly atMs: number;
  readonly digest: string;
  readonly hash: string;
  readonly pieces: number;
}

const headerPk = (cluster: string) => `snapshot#${cluster}`;
const piecePk = (cluster: string) => `snapshot-piece#${cluster}`;
export const positionKey = (position: number) => String(position).padStart(12, '0');
const pieceKey = (header: Pick<SnapshotHeader, 'position' | 'hash'>, n: number) =>
  `${positionKey(header.position)}#${header.hash}#${String(n).padStart(5, '0')}`;

/** True when this call made it; false when one stands at this position already. */
export async function writeSnapshot(table: Table, view: MutableView, atMs: number): Promise<boolean> {
  const { cluster, position, digest } = view;
  // Taken before the first await: the view goes on living while the pieces are written.
  const content = encodeView(view);
  const bytes = await deflate(content);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 32);
  const pieces = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
  const header: SnapshotHeader = { position, atMs, digest, hash, pieces };
  const pk = headerPk(cluster);
  if (await table.get({ pk, sk: positionKey(position) })) return false;
  for (let n = 0; n < pieces; n++) {
    const piece = Uint8Array.from(bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES));
    await table.put({ pk: piecePk(cluster), sk: pieceKey(header, n), format: FORMAT, content: piece });
  }
  return table.put({ pk, sk: positionKey(position), format: FORMAT, ...header }, { kind: 'absent' });
}

/** The newest one at or before a position and a time. @throws CEXT_CLUSTER_FORMAT_NEWER */
export async function findSnapshot(
  table: Table,
  cluster: string,
  atMost: { readonly position?: number; readonly timeMs?: number } = {},
): Promise<SnapshotHeader | undefined> {
  const to = atMost.position === undefined ? {} : { to: positionKey(atMost.position) };
  for await (const item of table.query(headerPk(cluster), {
    ...to,
    descending: true,
    ...(atMost.timeMs === undefined ? { limit: 1 } : {}),
  })) {
    const header = headerOf(item);
    if (atMost.timeMs === undefined || header.atMs <= atMost.timeMs) return header;
  }
  return undefined;
}

export async function* allSnapshots(
  table: Table,
  cluster: string,
): AsyncIterable<SnapshotHeader & { readonly expires: number | undefined }> {
  for await (const item of table.query(headerPk(cluster)))
    yield { ...headerOf(item), expires: item.expires === undefined ? undefined : Number(item.expires) };
}

/** @throws CEXT_CLUSTER_LOG_DAMAGED */
export async function readSnapshot(table: Table, cluster: string, header: SnapshotHeader): Promise<cextfire.SnapshotPart[]> {
  const damaged = (why: string, cause?: unknown) =>
    clusterError(
      'CEXT_CLUSTER_LOG_DAMAGED',
      `the stored snapshot of "${cluster}" at position ${header.position} ${why}`,
      { cluster },
      { cause },
    );
  const bytes: Uint8Array[] = [];
  for (let n = 0; n < header.pieces; n++) {
    const item = checkFormat(await table.get({ pk: piecePk(cluster), sk: pieceKey(header, n) }));
    if (!item) throw damaged(`lacks piece ${n + 1} of ${header.pieces}`);
    bytes.push(item.content as Uint8Array);
  }
  const content = await inflate(Buffer.concat(bytes), { maxOutputLength: MOST_BYTES }).catch((error) => {
    throw damaged('does not inflate', error);
  });
  if (createHash('sha256').update(content).digest('hex').slice(0, 32) !== header.hash)
    throw damaged('has another hash than its header says');
  return [cextfire.SnapshotPart.decode(content)];
}

/** Marks it and its pieces for the table's time to live. */
export async function expireSnapshot(table: Table, cluster: string, header: SnapshotHeader, atSeconds: number): Promise<void> {
  const there = { kind: 'equals', attributes: { format: FORMAT } } as const;
  // Header last: as long as it has no mark, the next one tries again. Pieces outlive it by a day, so that no header lacks its pieces.
  for (let n = 0; n < header.pieces; n++)
    await table.update({ pk: piecePk(cluster), sk: pieceKey(header, n) }, { expires: atSeconds + 86_400 }, there);
  await table.update({ pk: headerPk(cluster), sk: positionKey(header.position) }, { expires: atSeconds }, there);
}

/** Deletes what expired, and pieces that a crash left without a header: those of positions below the newest header. */
export async function pruneSnapshots(table: Table, cluster: string, nowSeconds: number): Promise<void> {
  const alive = new Set<string>();
  for await (const header of allSnapshots(table, cluster)) {
    if (header.expires !== undefined && header.expires <= nowSeconds)
      await table.delete({ pk: headerPk(cluster), sk: positionKey(header.position) });
    else alive.add(`${positionKey(header.position)}#${header.hash}`);
  }
  const newest = [...alive].sort().at(-1);
  for await (const { pk, sk } of table.query(piecePk(cluster)))
    if (newest !== undefined && sk < newest && !alive.has(sk.slice(0, sk.lastIndexOf('#')))) await table.delete({ pk, sk });
}

function headerOf(item: TableItem): SnapshotHeader {
  checkFormat(item);
  return {
    position: Number(item.position),
    atMs: Number(item.atMs),
    digest: String(item.digest),
    hash: String(item.hash),
    pieces: Number(item.pieces),
  };
}

/** Equal views give equal bytes, so that two readers that compact at once write the same pieces. */
function encodeView(view: MutableView): Buffer {
  const objects: cextfire.IObject[] = [];
  const members: cextfire.IMembers[] = [];
  for (const entry of view.wholeContent()) {
    objects.push(entry.object);
    if (entry.members && entry.members.size > 0) members.push({ set: entry.object.key ?? '', added: packMembers(entry.members) });
  }
  objects.sort((a, b) => (a.kind ?? 0) - (b.kind ?? 0) || compare(a.key, b.key));
  members.sort((a, b) => compare(a.set, b.set));
  return Buffer.from(cextfire.SnapshotPart.encode({ part: 1, parts: 1, objects, members }).finish());
}

const compare = (a: string | null | undefined, b: string | null | undefined) =>
  (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
