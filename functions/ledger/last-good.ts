/** The last version of each policy that compiled, per firewall and cluster: raw bytes, with the log position at which it was last the present one. */
import type { Table } from '../table.ts';
import { checkFormat, FORMAT } from './format.ts';
import { expirePieces, readPieces, writePieces } from './pieces.ts';

export interface StoredPolicy {
  /** base64 of functions/apply/policy-bytes.ts */
  readonly raw: string;
  readonly position: number;
  /** Unix ms since when the present version is refused and this one is kept */
  readonly keptSinceMs?: number;
}

export type StoredPolicies = Readonly<Record<string, StoredPolicy>>;

const keyOf = (firewall: string, cluster: string) => ({ pk: `firewall#${firewall}`, sk: `good#${cluster}` });

export async function readLastGood(table: Table, firewall: string, cluster: string): Promise<StoredPolicies> {
  const item = checkFormat(await table.get(keyOf(firewall, cluster)));
  return item ? JSON.parse(await readPieces(table, String(item.owner ?? firewall), String(item.reference))) : {};
}

/** Under the structure lease; `fence` keeps an older holder from writing over a newer one. */
export async function writeLastGood(
  table: Table,
  firewall: string,
  cluster: string,
  policies: StoredPolicies,
  fence: number,
  nowMs: number,
): Promise<boolean> {
  const key = keyOf(firewall, cluster);
  const before = await table.get(key);
  // Its own: pieces are named by their content, and two clusters may say the same.
  const owner = `${firewall}#good#${cluster}`;
  const reference = await writePieces(table, owner, JSON.stringify(policies));
  const written = await table.put(
    { ...key, format: FORMAT, fence, owner, reference },
    { kind: 'absentOrBelow', attribute: 'fence', below: fence + 1 },
  );
  if (written && before?.owner === owner && before.reference !== reference)
    await expirePieces(table, owner, String(before.reference), Math.ceil(nowMs / 1000));
  return written;
}
