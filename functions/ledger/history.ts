/** Append-only: what came to a firewall and what went, by which plan, who approved. The same plan at the same time writes the same item. */
import type { Origin, RuleId } from '../rulebook/types.ts';
import type { Table } from '../table.ts';
import { checkFormat, FORMAT } from './format.ts';
import { expirePieces, readPieces, writePieces } from './pieces.ts';

export interface HistoryRule {
  readonly id: RuleId;
  /** changed: the same id does something else */
  readonly change: 'added' | 'removed' | 'changed';
  readonly origin: Origin;
  /** What it said to people, or what it said before it went. Entries of older versions have none. */
  readonly text?: string;
}

export interface HistoryEntry {
  readonly firewall: string;
  readonly atMs: number;
  readonly plan: string;
  readonly approvedBy?: string;
  readonly version: number;
  /** Points at the whole structure after it (applied.ts). */
  readonly structure: string;
  readonly rules: readonly HistoryRule[];
  /** What changed in packets, as the plan said before. */
  readonly regions: readonly string[];
}

const pkOf = (firewall: string) => `history#${firewall}`;
const skOf = (atMs: number, plan: string) => `${new Date(atMs).toISOString()}#${plan}`;

export async function appendHistory(table: Table, entry: HistoryEntry): Promise<void> {
  const reference = await writePieces(table, entry.firewall, JSON.stringify(entry));
  const key = { pk: pkOf(entry.firewall), sk: skOf(entry.atMs, entry.plan) };
  const { structure, plan } = entry;
  await table.put({ ...key, format: FORMAT, reference, structure, plan }, { kind: 'absent' });
}

/** Between two moments, both included, oldest first. */
export async function* readHistory(table: Table, firewall: string, fromMs: number, toMs: number): AsyncIterableIterator<HistoryEntry> {
  const range = { from: new Date(fromMs).toISOString(), to: `${new Date(toMs).toISOString()}#~` };
  for await (const item of table.query(pkOf(firewall), range)) {
    yield JSON.parse(await readPieces(table, firewall, String(checkFormat(item).reference)));
  }
}

export interface Moment {
  /** sort key of the entry, and the pieces that it points at */
  readonly sk: string;
  readonly reference: string;
  readonly plan: string;
  /** points at the structure after it */
  readonly structure: string;
}

/** Lets the table's time to live take an entry that a later one has overtaken: it tells of the time before that. Unix seconds. */
export async function expireMoment(table: Table, firewall: string, { sk, reference }: Moment, atSeconds: number): Promise<void> {
  await table.update({ pk: pkOf(firewall), sk }, { expires: atSeconds }, { kind: 'equals', attributes: { format: FORMAT } });
  await expirePieces(table, firewall, reference, atSeconds);
}

/** The last thing that happened up to this moment. */
export async function momentAt(table: Table, firewall: string, atMs: number): Promise<Moment | undefined> {
  const range = { to: `${new Date(atMs).toISOString()}#~`, descending: true, limit: 1 };
  for await (const item of table.query(pkOf(firewall), range)) {
    checkFormat(item);
    return { sk: item.sk, reference: String(item.reference), plan: String(item.plan), structure: String(item.structure) };
  }
  return undefined;
}
