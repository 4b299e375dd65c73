/** What people ask the ledger; the operator's command prints these. Read only. */
import type { Origin, Rulebook, RuleId } from '../rulebook/types.ts';
import type { Table } from '../table.ts';
import { type Applied, type Brought, decodeApplied, readApplied, readAppliedHead } from './applied.ts';
import { type HeldCondition, readConditions } from './conditions.ts';
import { type Freeze, readFreezes } from './controls.ts';
import { type HistoryEntry, momentAt, readHistory } from './history.ts';
import { readLeaseState } from './lease.ts';
import { readPieces } from './pieces.ts';
import { listPlans, type PlanHead, readPlan, type StoredPlan } from './plans.ts';

export interface FirewallStatus {
  readonly firewall: string;
  /** undefined: nothing was ever applied */
  readonly version?: number;
  readonly plan?: string;
  readonly atMs?: number;
  readonly rules: number;
  readonly sets: number;
  /** log positions that the members on the device follow, per cluster */
  readonly positions: Readonly<Record<string, number>>;
  /** sets that are behind, and why */
  readonly behind: Readonly<Record<string, string>>;
  readonly conditions: readonly HeldCondition[];
  readonly freeze?: Freeze;
}

/** One line per firewall. Conditions of a cluster with no firewall of their own are in `readConditions`. */
export async function status(table: Table, firewalls: readonly string[]): Promise<FirewallStatus[]> {
  const [conditions, freezes] = await Promise.all([readConditions(table), readFreezes(table)]);
  return Promise.all(
    firewalls.map(async (firewall): Promise<FirewallStatus> => {
      const [applied, members] = await Promise.all([readApplied(table, firewall), readLeaseState(table, `members#${firewall}`)]);
      const freeze = freezes.get('all') ?? freezes.get(firewall);
      return {
        firewall,
        ...(applied && { version: applied.version, plan: applied.plan, atMs: applied.atMs }),
        rules: applied?.rulebook.rules.length ?? 0,
        sets: applied?.rulebook.sets.size ?? 0,
        positions: (members?.positions ?? {}) as Readonly<Record<string, number>>,
        behind: (members?.behind ?? {}) as Readonly<Record<string, string>>,
        conditions: conditions.filter((one) => one.subject.firewall === firewall),
        ...(freeze && { freeze }),
      };
    }),
  );
}

export interface WhyRule {
  readonly rule: RuleId;
  readonly firewall: string;
  readonly origin: Origin;
  readonly brought: Brought | undefined;
  /** it is on the device now; else it was, and went with `removedBy` */
  readonly present: boolean;
  readonly removedBy?: string;
}

/** Where a rule on a device comes from; also one that is gone, as long as history keeps. */
export async function whyRule(table: Table, firewall: string, rule: RuleId): Promise<WhyRule | undefined> {
  const applied = await readApplied(table, firewall);
  const present = applied?.rulebook.rules.find((one) => one.id === rule);
  if (present) return { rule, firewall, origin: present.origin, brought: applied?.brought.get(rule), present: true };
  let found: WhyRule | undefined;
  for await (const entry of readHistory(table, firewall, 0, Date.UTC(9999, 0))) {
    for (const one of entry.rules) {
      if (one.id !== rule) continue;
      const at = new Date(entry.atMs).toISOString();
      if (one.change === 'removed')
        found = { ...(found ?? { rule, firewall, origin: one.origin, brought: undefined }), present: false, removedBy: entry.plan };
      else
        found = {
          rule,
          firewall,
          origin: one.origin,
          present: false,
          brought: { plan: entry.plan, at, ...(entry.approvedBy && { approvedBy: entry.approvedBy }) },
        };
    }
  }
  return found;
}

/** The structure that stood on the firewall at this moment; undefined before the first apply. */
export async function appliedAt(table: Table, firewall: string, atMs: number): Promise<Applied | undefined> {
  const moment = await momentAt(table, firewall, atMs);
  return moment && decodeApplied(await readPieces(table, firewall, moment.structure));
}

export async function rulebookAt(table: Table, firewall: string, atMs: number): Promise<Rulebook | undefined> {
  return (await appliedAt(table, firewall, atMs))?.rulebook;
}

/** Hashes that wait for approval on this firewall: of held plans, and of held removals of members. */
export async function heldHashes(table: Table, manager: string, firewall: string): Promise<Set<string>> {
  const members = await readLeaseState(table, `members#${firewall}`);
  const out = new Set<string>(Object.values((members?.held ?? {}) as Readonly<Record<string, string>>));
  for (const head of await listPlans(table, manager)) {
    if (head.status !== 'held') continue;
    const stored = await readPlan(table, manager, head.id);
    for (const part of stored?.plan.parts ?? []) if (part.firewall === firewall && part.held.length > 0) out.add(part.hash);
  }
  return out;
}

/** A plan as text: what would change in rules and in packets, and why; the same before it happens and later. */
export function planText(plan: StoredPlan): string {
  const lines = [`plan ${plan.id} for manager ${plan.manager}: ${plan.why}`];
  for (const part of plan.parts) {
    lines.push(
      `firewall ${part.firewall}, cluster ${part.cluster}: ${part.rulesAdded} rules come, ${part.rulesRemoved} go; hash ${part.hash}`,
    );
    for (const reason of part.held) lines.push(`  held: ${reason}`);
    if (part.approvedBy) lines.push(`  approved by ${part.approvedBy}`);
    for (const rule of part.rules) lines.push(`  ${rule}`);
    for (const region of part.regions) lines.push(`  ${region}`);
    if (!part.complete) lines.push('  (more than could be counted)');
  }
  for (const step of plan.steps) lines.push(`  step ${step.id} [${step.lane}] ${step.text}${step.gap ? `; gap: ${step.gap}` : ''}`);
  return lines.join('\n');
}

export {
  type Applied,
  type HeldCondition,
  type HistoryEntry,
  listPlans,
  type PlanHead,
  readAppliedHead,
  readConditions,
  readFreezes,
  readHistory,
  readPlan,
};
