/** record: the structure that was proven, for every rule the plan that brought it, and what came and went. */
import type { FirewallState } from '../firewalls/contract.ts';
import { type Applied, type Brought, decodeApplied, encodeApplied, writeApplied } from '../ledger/applied.ts';
import { hashOf, structureHash } from '../ledger/encode.ts';
import { appendHistory, expireMoment, type HistoryRule, momentAt } from '../ledger/history.ts';
import { readLeaseState } from '../ledger/lease.ts';
import { expirePieces, readPieces, writePieces } from '../ledger/pieces.ts';
import { expirePlan, type StepRecord, type StoredPlan } from '../ledger/plans.ts';
import type { FilterRule, Rulebook, RuleId, SetId } from '../rulebook/types.ts';
import { tellRule } from '../rulebook/words.ts';
import { clustersOf, EMPTY, ofCluster } from './kept.ts';
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
  const { table, meter } = parts;
  const before = warm.applied;
  const atMs = Math.max(plan.createdMs, ...[...records.values()].map((one) => one.atMs));
  const at = new Date(atMs).toISOString();
  const approvedBy = plan.parts.find((part) => part.firewall === warm.name && part.approvedBy)?.approvedBy;
  const brought = new Map<RuleId, Brought>();
  const same = unchanged(before?.rulebook, rulebook);
  for (const rule of rulebook.rules) {
    const approver = plan.parts.find((part) => part.firewall === warm.name && part.cluster === rule.origin.cluster)?.approvedBy;
    const known = same.has(rule.id) ? before?.brought.get(rule.id) : undefined;
    brought.set(rule.id, known ?? { plan: plan.id, at, ...(approver && { approvedBy: approver }) });
  }
  const seen = await readLeaseState(table, `members#${warm.name}`);
  const unseen = before && Number(seen?.version ?? -1) !== before.version ? before.fresh : [];
  const fresh = [...rulebook.sets.keys()].filter((set) => unseen.includes(set) || !before?.rulebook.sets.has(set));
  const names: Record<SetId, readonly string[]> = {};
  for (const set of found?.sets.values() ?? []) if (rulebook.sets.has(set.set)) names[set.set] = set.names;
  const version = (before?.version ?? 0) + 1;
  const applied: Applied = {
    firewall: warm.name,
    version,
    hash: structureHash(rulebook),
    plan: plan.id,
    atMs,
    positions: { ...warm.positions },
    rulebook,
    changed: changedAt(before, rulebook, version),
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
    await expirePieces(table, warm.name, old, keptUntil(parts));
  }
  warm.setApplied(applied, head.reference);
  meter.count('Rules', rulebook.rules.length, warm.name);
  meter.count('Sets', rulebook.sets.size, warm.name);
}

/** Clusters whose structure is another one by this version. */
function changedAt(before: Applied | undefined, rulebook: Rulebook, version: number): Record<string, number> {
  const changed: Record<string, number> = { ...before?.changed };
  const was = before?.rulebook ?? EMPTY;
  for (const cluster of new Set([...clustersOf(was), ...clustersOf(rulebook)]))
    if (structureHash(ofCluster(was, cluster)) !== structureHash(ofCluster(rulebook, cluster))) changed[cluster] = version;
  return changed;
}

/** What changed since the last entry, which may be of a run that died before it moved the pointer. */
async function appendOnce(
  parts: EngineParts,
  warm: WarmFirewall,
  plan: StoredPlan,
  atMs: number,
  structure: string,
  rulebook: Rulebook,
  approvedBy: string | undefined,
  version: number,
): Promise<void> {
  const { table } = parts;
  const last = await momentAt(table, warm.name, Date.UTC(9999, 0));
  const known =
    last === undefined
      ? undefined
      : last.structure === warm.appliedReference
        ? warm.applied
        : decodeApplied(await readPieces(table, warm.name, last.structure));
  // Also where no rule came or went: their order, or what a rule of a stable id does, is structure, too.
  if (known && structureHash(known.rulebook) === structureHash(rulebook)) return;
  const rules = changes(known?.rulebook, rulebook);
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
  if (last) await expireMoment(table, warm.name, last, keptUntil(parts));
}

/** Unix seconds at which goes what is overtaken now. */
const keptUntil = ({ now, settings }: Pick<EngineParts, 'now' | 'settings'>): number => Math.ceil(now() / 1000) + settings.keepDays * DAY_S;

/** Plans that brought a rule which stands on one of these firewalls: `why` names them, however old they are. */
export function plansThatStand(warms: readonly WarmFirewall[]): Set<string> {
  return new Set(warms.flatMap(({ applied }) => [...(applied?.brought.values() ?? [])].map(({ plan }) => plan)));
}

/** Of these plans nothing stands any more, or they never brought anything. */
export async function forgetPlans(parts: EngineParts, warms: readonly WarmFirewall[], plans: Iterable<string>): Promise<void> {
  const stand = plansThatStand(warms);
  for (const id of plans) if (!stand.has(id)) await expirePlan(parts.table, parts.manager, id, keptUntil(parts));
}

function changes(before: Rulebook | undefined, after: Rulebook): HistoryRule[] {
  const old = new Map(before?.rules.map((rule) => [rule.id, rule]));
  const now = new Map(after.rules.map((rule) => [rule.id, rule]));
  const same = unchanged(before, after);
  const come = [...now.values()].filter(({ id }) => !same.has(id));
  const gone = [...old.values()].filter(({ id }) => !now.has(id));
  return [
    ...come.map((rule): HistoryRule => entryOf(rule, old.has(rule.id) ? 'changed' : 'added', after)),
    ...gone.map((rule): HistoryRule => entryOf(rule, 'removed', before ?? EMPTY)),
  ];
}

const entryOf = (rule: FilterRule, change: HistoryRule['change'], book: Rulebook): HistoryRule => ({
  id: rule.id,
  change,
  origin: rule.origin,
  text: tellRule(rule, book),
});

/** Rules of both that do the same: an id of the author's (cextfire.io/id) stays while the rule behind it changes. */
function unchanged(before: Rulebook | undefined, after: Rulebook): Set<RuleId> {
  const meaning = ({ origin: _, ...rule }: FilterRule) => hashOf(rule);
  const old = new Map(before?.rules.map((rule) => [rule.id, rule]));
  return new Set(
    after.rules.flatMap((rule) => {
      const one = old.get(rule.id);
      return one && (one === rule || meaning(one) === meaning(rule)) ? [rule.id] : [];
    }),
  );
}
