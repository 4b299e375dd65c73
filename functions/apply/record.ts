/** record: the structure that was proven, for every rule the plan that brought it, and what came and went. */
import type { FirewallState } from '../firewalls/contract.ts';
import { type Applied, type Brought, decodeApplied, encodeApplied, writeApplied } from '../ledger/applied.ts';
import { structureHash } from '../ledger/encode.ts';
import { appendHistory, type HistoryRule, momentAt } from '../ledger/history.ts';
import { readLeaseState } from '../ledger/lease.ts';
import { expirePieces, readPieces, writePieces } from '../ledger/pieces.ts';
import type { StepRecord, StoredPlan } from '../ledger/plans.ts';
import type { Rulebook, RuleId, SetId } from '../rulebook/types.ts';
import type { EngineParts } from './ports.ts';
import type { WarmFirewall } from './warm.ts';

const DAY_S = 86_400;

/**
 * Pieces, then history, then the pointer: a run that dies in between writes the same things again, because every time in it comes from the plan and
 * its steps and not from the clock.
 */
export async function recordApplied(
  parts: EngineParts,
  warm: WarmFirewall,
  rulebook: Rulebook,
  plan: StoredPlan,
  records: ReadonlyMap<number, StepRecord>,
  found: FirewallState | undefined,
): Promise<void> {
  const { table, settings, meter } = parts;
  const before = warm.applied;
  const atMs = Math.max(plan.createdMs, ...[...records.values()].map((one) => one.atMs));
  const at = new Date(atMs).toISOString();
  const approvedBy = plan.parts.find((part) => part.firewall === warm.name && part.approvedBy)?.approvedBy;
  const brought = new Map<RuleId, Brought>();
  for (const rule of rulebook.rules) {
    const approver = plan.parts.find((part) => part.firewall === warm.name && part.cluster === rule.origin.cluster)?.approvedBy;
    brought.set(rule.id, before?.brought.get(rule.id) ?? { plan: plan.id, at, ...(approver && { approvedBy: approver }) });
  }
  const seen = await readLeaseState(table, `members#${warm.name}`);
  const unseen = before && Number(seen?.version ?? -1) !== before.version ? before.fresh : [];
  const fresh = [...rulebook.sets.keys()].filter((set) => unseen.includes(set) || !before?.rulebook.sets.has(set));
  const names: Record<SetId, readonly string[]> = {};
  for (const set of found?.sets.values() ?? []) if (rulebook.sets.has(set.set)) names[set.set] = set.names;
  const applied: Applied = {
    firewall: warm.name,
    version: (before?.version ?? 0) + 1,
    hash: structureHash(rulebook),
    plan: plan.id,
    atMs,
    positions: { ...warm.positions },
    rulebook,
    brought,
    fresh,
    names,
  };
  const structure = await writePieces(table, warm.name, encodeApplied(applied));
  await appendOnce(parts, warm, plan, atMs, structure, rulebook, approvedBy, applied.version);
  const head = await writeApplied(table, applied);
  if (!head) return warm.loadApplied();
  const old = warm.appliedReference;
  if (old !== '' && old !== head.reference) {
    await expirePieces(table, warm.name, old, Math.ceil(parts.now() / 1000) + settings.keepDays * DAY_S);
  }
  warm.setApplied(applied, head.reference);
  meter.count('Rules', rulebook.rules.length, warm.name);
  meter.count('Sets', rulebook.sets.size, warm.name);
}

/** What changed since the last entry, which may be of a run that died before it moved the pointer. */
async function appendOnce(
  { table }: EngineParts,
  warm: WarmFirewall,
  plan: StoredPlan,
  atMs: number,
  structure: string,
  rulebook: Rulebook,
  approvedBy: string | undefined,
  version: number,
): Promise<void> {
  const last = await momentAt(table, warm.name, Date.UTC(9999, 0));
  const known =
    last === undefined
      ? undefined
      : last.structure === warm.appliedReference
        ? warm.applied
        : decodeApplied(await readPieces(table, warm.name, last.structure));
  const rules = changes(known?.rulebook, rulebook);
  if (rules.length === 0 && last) return;
  const regions = plan.parts.filter((part) => part.firewall === warm.name).flatMap((part) => part.regions);
  await appendHistory(table, {
    firewall: warm.name,
    atMs,
    plan: plan.id,
    ...(approvedBy && { approvedBy }),
    version,
    structure,
    rules,
    regions,
  });
}

function changes(before: Rulebook | undefined, after: Rulebook): HistoryRule[] {
  const old = new Map(before?.rules.map((rule) => [rule.id, rule]));
  const now = new Map(after.rules.map((rule) => [rule.id, rule]));
  const out: HistoryRule[] = [];
  for (const rule of now.values()) if (!old.has(rule.id)) out.push({ id: rule.id, change: 'added', origin: rule.origin });
  for (const rule of old.values()) if (!now.has(rule.id)) out.push({ id: rule.id, change: 'removed', origin: rule.origin });
  return out;
}
