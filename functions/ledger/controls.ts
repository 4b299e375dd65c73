/** What people decide: approvals of one structure by its hash, and freezes. */
import type { Table } from '../table.ts';
import { ledgerError } from './errors.ts';
import { checkFormat, FORMAT } from './format.ts';

export interface Approval {
  readonly hash: string;
  readonly who: string;
  readonly atMs: number;
}

export interface Freeze {
  /** `all` or the firewall's name */
  readonly target: string;
  readonly who: string;
  readonly why: string;
  readonly sinceMs: number;
}

/**
 * Says yes to the held plan of this firewall with this hash (hash over the structure before and after; churn does not void it).
 * `held` says which hashes are held (query.ts `heldHashes`). Throws CEXT_LEDGER_APPROVAL_UNKNOWN.
 */
export async function approve(
  table: Table,
  firewall: string,
  hash: string,
  who: string,
  nowMs: number,
  held: ReadonlySet<string>,
): Promise<void> {
  if (!held.has(hash)) {
    const what = held.size === 0 ? 'nothing is held there' : `held: ${[...held].join(', ')}`;
    throw ledgerError('CEXT_LEDGER_APPROVAL_UNKNOWN', `firewall ${firewall} has no held plan ${hash}; ${what}`, { firewall });
  }
  await table.put({ pk: `approvals#${firewall}`, sk: hash, format: FORMAT, who, atMs: nowMs }, { kind: 'absent' });
}

export async function readApproval(table: Table, firewall: string, hash: string): Promise<Approval | undefined> {
  const item = checkFormat(await table.get({ pk: `approvals#${firewall}`, sk: hash }));
  return item && { hash, who: String(item.who), atMs: Number(item.atMs) };
}

const freezeKey = (target: string) => ({ pk: 'freeze', sk: target === 'all' ? 'all' : `firewall#${target}` });

/** `target`: a firewall's name, or `all`. Works from the next step on, also while an apply runs. */
export async function freeze(table: Table, target: string, who: string, why: string, nowMs: number): Promise<void> {
  await table.put({ ...freezeKey(target), format: FORMAT, target, who, why, sinceMs: nowMs });
}

export async function unfreeze(table: Table, target: string): Promise<void> {
  await table.delete(freezeKey(target));
}

export async function readFreezes(table: Table): Promise<ReadonlyMap<string, Freeze>> {
  const out = new Map<string, Freeze>();
  for await (const item of table.query('freeze')) {
    checkFormat(item);
    const target = String(item.target);
    out.set(target, { target, who: String(item.who), why: String(item.why), sinceMs: Number(item.sinceMs) });
  }
  return out;
}
