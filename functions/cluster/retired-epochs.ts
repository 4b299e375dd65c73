/**
 * Epochs that another one followed. The stream's state keeps the last few; all of them are kept here, one small item each, for longer than any
 * queue keeps a message: a dead letter moved back after weeks must not pass for a new shipper.
 */
import type { Table } from '../table.ts';
import { checkFormat, FORMAT } from './format.ts';

/** A queue keeps a message for 14 days, its dead-letter queue for 14 more. */
const KEPT_SECONDS = 60 * 86_400;

const keyOf = (cluster: string, random: string) => ({ pk: `cluster#${cluster}`, sk: `retired#${random}` });

export async function rememberRetired(table: Table, cluster: string, random: string, nowMs: number): Promise<void> {
  await table.put({ ...keyOf(cluster, random), format: FORMAT, retiredMs: nowMs, expires: Math.ceil(nowMs / 1000) + KEPT_SECONDS });
}

export async function isRetired(table: Table, cluster: string, random: string): Promise<boolean> {
  return checkFormat(await table.get(keyOf(cluster, random))) !== undefined;
}
