/**
 * Plans: stored before their first call, with the outcome of every step. The head item is small and lists what people ask for; steps and texts lie in
 * pieces; each step's outcome is an item of its own, so that two writers of one plan never overwrite each other.
 */
import type { Json, Step } from '../firewalls/contract.ts';
import type { Table, TableItem } from '../table.ts';
import { checkFormat, FORMAT } from './format.ts';
import { expirePieces, readPieces, writePieces } from './pieces.ts';

/** observed: mode `observe`. held: over its budget. overtaken: another structure is wanted by now. */
export type PlanStatus = 'observed' | 'held' | 'running' | 'done' | 'failed' | 'blocked' | 'overtaken';

/** What a plan means for one cluster on one firewall: scopes of clusters are disjoint, so each is judged, held and approved by itself. */
export interface PlannedPart {
  readonly firewall: string;
  readonly cluster: string;
  /** of the structure before and after; what an approval names */
  readonly hash: string;
  /** why it is held */
  readonly held: readonly string[];
  readonly approvedBy?: string;
  readonly rulesAdded: number;
  readonly rulesRemoved: number;
  readonly opens: number;
  readonly closes: number;
  readonly translatesOtherwise: number;
  readonly complete: boolean;
  /** The regions, one line each: what would change in packets. */
  readonly regions: readonly string[];
  /** The rules, one line each: what would change in rules. */
  readonly rules: readonly string[];
}

export interface StoredPlan {
  readonly id: string;
  readonly manager: string;
  readonly createdMs: number;
  /** fencing number of the structure lease under which it was made */
  readonly fence: number;
  readonly why: string;
  readonly parts: readonly PlannedPart[];
  /** firewall -> structureHash of what the steps lead to */
  readonly wanted: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface PlanHead {
  readonly id: string;
  readonly manager: string;
  readonly status: PlanStatus;
  readonly createdMs: number;
  readonly firewalls: readonly string[];
  readonly note: string;
}

export interface StepRecord {
  readonly step: string;
  readonly kind: 'started' | 'done' | 'again' | 'running' | 'unknown' | 'failed' | 'blocked' | 'awaitingApproval';
  readonly detail: Json;
  readonly atMs: number;
}

const pkOf = (manager: string) => `plans#${manager}`;
const stepKey = (plan: string, index: number) => `${plan}#${String(index).padStart(6, '0')}`;

/** Sorts by time. */
export const planId = (nowMs: number, random: string): string => `${new Date(nowMs).toISOString()}-${random}`;

export async function storePlan(table: Table, plan: StoredPlan, status: PlanStatus): Promise<void> {
  const reference = await writePieces(table, pkOf(plan.manager), JSON.stringify(plan));
  await table.put({
    pk: pkOf(plan.manager),
    sk: plan.id,
    format: FORMAT,
    kind: 'plan',
    status,
    reference,
    createdMs: plan.createdMs,
    firewalls: [...new Set([...Object.keys(plan.wanted), ...plan.parts.map((one) => one.firewall)])],
    note: '',
  });
}

export async function setPlanStatus(table: Table, manager: string, id: string, status: PlanStatus, note = ''): Promise<void> {
  await table.update({ pk: pkOf(manager), sk: id }, { status, note }, { kind: 'equals', attributes: { kind: 'plan' } });
}

/** Lets the table's time to live take a plan, its steps and its texts. Unix seconds. */
export async function expirePlan(table: Table, manager: string, id: string, atSeconds: number): Promise<void> {
  const pk = pkOf(manager);
  for await (const { sk, reference } of table.query(pk, { from: id, to: `${id}#~` })) {
    await table.update({ pk, sk }, { expires: atSeconds }, { kind: 'equals', attributes: { format: FORMAT } });
    if (typeof reference === 'string') await expirePieces(table, pk, reference, atSeconds);
  }
}

export async function recordStep(
  table: Table,
  manager: string,
  plan: StoredPlan,
  index: number,
  record: Omit<StepRecord, 'step'>,
): Promise<void> {
  const step = plan.steps[index]?.id ?? '';
  const { kind, atMs } = record;
  const item = { pk: pkOf(manager), sk: stepKey(plan.id, index), format: FORMAT, kind: 'step', outcome: kind, step, atMs };
  await table.put({ ...item, detail: JSON.stringify(record.detail) });
}

export async function readPlan(
  table: Table,
  manager: string,
  id: string,
): Promise<{ head: PlanHead; plan: StoredPlan; steps: Map<number, StepRecord> } | undefined> {
  let head: TableItem | undefined;
  const steps = new Map<number, StepRecord>();
  for await (const item of table.query(pkOf(manager), { from: id, to: `${id}#~` })) {
    checkFormat(item);
    if (item.kind === 'plan') head = item;
    else steps.set(Number(item.sk.slice(id.length + 1)), stepOf(item));
  }
  if (!head) return undefined;
  return { head: headOf(head, manager), plan: JSON.parse(await readPieces(table, pkOf(manager), String(head.reference))), steps };
}

/** Newest first. */
export async function listPlans(table: Table, manager: string, limit = 50): Promise<PlanHead[]> {
  const out: PlanHead[] = [];
  for await (const item of table.query(pkOf(manager), { descending: true })) {
    if (item.kind !== 'plan') continue;
    out.push(headOf(checkFormat(item), manager));
    if (out.length >= limit) break;
  }
  return out;
}

const headOf = (item: TableItem, manager: string): PlanHead => ({
  id: item.sk,
  manager,
  status: item.status as PlanStatus,
  createdMs: Number(item.createdMs),
  firewalls: item.firewalls as readonly string[],
  note: String(item.note ?? ''),
});

const stepOf = (item: TableItem): StepRecord => ({
  step: String(item.step),
  kind: item.outcome as StepRecord['kind'],
  detail: JSON.parse(String(item.detail ?? 'null')),
  atMs: Number(item.atMs),
});
