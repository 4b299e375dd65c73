/** What people did with the operator's command, append-only: who, what, to what, and the reason they gave. Kept as long as log items. */
import { randomBytes } from 'node:crypto';
import type { Table } from '../table.ts';
import { checkFormat, FORMAT } from './format.ts';

export interface Action {
  readonly atMs: number;
  readonly who: string;
  /** "approve", "freeze", "thaw", "audit", "resync", "release" */
  readonly what: string;
  /** a firewall, a manager, a cluster, or `all` */
  readonly target: string;
  readonly note: string;
}

const PK = 'actions';

export async function recordAction(table: Table, action: Action, keepDays: number): Promise<void> {
  const { atMs } = action;
  const sk = `${new Date(atMs).toISOString()}#${randomBytes(4).toString('hex')}`;
  await table.put({ pk: PK, sk, format: FORMAT, ...action, expires: Math.ceil(atMs / 1000) + keepDays * 86_400 });
}

/** Between two moments, both included, oldest first. */
export async function readActions(table: Table, fromMs: number, toMs: number): Promise<Action[]> {
  const out: Action[] = [];
  for await (const item of table.query(PK, { from: new Date(fromMs).toISOString(), to: `${new Date(toMs).toISOString()}#~` })) {
    checkFormat(item);
    const { atMs, who, what, target, note } = item;
    out.push({ atMs: Number(atMs), who: String(who), what: String(what), target: String(target), note: String(note) });
  }
  return out;
}
