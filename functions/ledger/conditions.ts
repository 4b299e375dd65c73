/**
 * What holds now and since when. A condition is written before it is told and marked after, so that each begin and each end is told at least once,
 * whatever dies in between. One owner (a manager's apply, a cluster's ingest) replaces its own set and leaves the others alone.
 */
import { type Condition, conditionKey, type Severity, type Subject } from '../errors.ts';
import type { Table, TableItem } from '../table.ts';
import { hashOf } from './encode.ts';
import { checkFormat, FORMAT } from './format.ts';

export interface HeldCondition extends Condition {
  readonly owner: string;
  readonly sinceMs: number;
}

export type ConditionEvent = { readonly kind: 'begin' | 'end'; readonly condition: HeldCondition; readonly atMs: number };

const PK = 'conditions';
/** A sort key has room for 1,024 bytes; names in conditions may be longer. */
function skOf(owner: string, condition: Condition): string {
  const key = conditionKey(condition);
  const short =
    Buffer.byteLength(key) <= 800
      ? key
      : `${Buffer.from(key)
          .subarray(0, 700)
          .toString('latin1')
          .replace(/[^ -~]/g, '?')}#${hashOf(key)}`;
  return `${owner}|${short}`;
}

/** All that hold, of all owners or of one. */
export async function readConditions(table: Table, owner?: string): Promise<HeldCondition[]> {
  const out: HeldCondition[] = [];
  for await (const item of rows(table, owner)) if (item.endedMs === undefined) out.push(conditionOf(item));
  return out;
}

/**
 * Makes `conditions` the ones that hold for this owner; `tell` hears each begin and each end. When `tell` throws, the next call tells again.
 * Returns what holds now, with its beginnings.
 */
export async function replaceConditions(
  table: Table,
  owner: string,
  conditions: readonly Condition[],
  nowMs: number,
  tell: (events: readonly ConditionEvent[]) => Promise<void>,
): Promise<HeldCondition[]> {
  const wanted = new Map(conditions.map((condition) => [skOf(owner, condition), condition]));
  const events: ConditionEvent[] = [];
  const told: TableItem[] = [];
  const holding: HeldCondition[] = [];
  for await (const item of rows(table, owner)) {
    const condition = wanted.get(item.sk);
    wanted.delete(item.sk);
    if (!condition) {
      if (item.endedMs === undefined) await table.update({ pk: PK, sk: item.sk }, { endedMs: nowMs, told: false });
      events.push({ kind: 'end', condition: conditionOf(item), atMs: Number(item.endedMs ?? nowMs) });
      told.push({ ...item, endedMs: nowMs });
      continue;
    }
    const again = item.endedMs !== undefined;
    const now = itemOf(owner, condition, again ? nowMs : Number(item.sinceMs), again ? false : item.told === true);
    if (again || item.message !== condition.message || item.severity !== condition.severity) await table.put(now);
    if (now.told !== true) {
      events.push({ kind: 'begin', condition: conditionOf(now), atMs: Number(now.sinceMs) });
      told.push(now);
    }
    holding.push(conditionOf(now));
  }
  for (const condition of wanted.values()) {
    const item = itemOf(owner, condition, nowMs, false);
    await table.put(item);
    events.push({ kind: 'begin', condition: conditionOf(item), atMs: nowMs });
    told.push(item);
    holding.push(conditionOf(item));
  }
  if (events.length === 0) return holding;
  await tell(events);
  for (const item of told) {
    if (item.endedMs === undefined) await table.update({ pk: PK, sk: item.sk }, { told: true });
    else await table.delete({ pk: PK, sk: item.sk });
  }
  return holding;
}

function rows(table: Table, owner: string | undefined): AsyncIterable<TableItem> {
  return table.query(PK, owner === undefined ? {} : { from: `${owner}|`, to: `${owner}}` });
}

function itemOf(owner: string, condition: Condition, sinceMs: number, told: boolean): TableItem {
  const { code, severity, message } = condition;
  return {
    pk: PK,
    sk: skOf(owner, condition),
    format: FORMAT,
    owner,
    code,
    severity,
    message,
    subject: { ...condition.subject },
    sinceMs,
    told,
  };
}

function conditionOf(item: TableItem): HeldCondition {
  checkFormat(item);
  return {
    owner: String(item.owner),
    code: item.code as Condition['code'],
    severity: item.severity as Severity,
    message: String(item.message),
    subject: item.subject as Subject,
    sinceMs: Number(item.sinceMs),
  };
}
