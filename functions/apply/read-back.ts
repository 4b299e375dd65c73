/** read running -> prove -> record. */
import type { StepRecord, StoredPlan } from '../ledger/plans.ts';
import { reportsDrift } from './drift.ts';
import { condition } from './errors.ts';
import { proveRunning } from './prove.ts';
import { forgetPlans, plansThatStand, recordApplied } from './record.ts';
import { desiredOf, differs, type Round, readDevice, type Subject, warmsOf } from './round.ts';

/** False: the device does not do what is wanted; read and plan once more. */
export async function proveAndRecord(
  round: Round,
  plan: StoredPlan,
  records: ReadonlyMap<number, StepRecord>,
  subjects: readonly Subject[],
): Promise<boolean> {
  const named = new Set([...subjects.map((one) => one.warm.name), ...Object.keys(plan.wanted)]);
  const written = round.subjects.filter((one) => named.has(one.warm.name) && one.stopped === undefined);
  if (written.length === 0) return true;
  const state = await readDevice(
    round,
    'running',
    written.map((one) => desiredOf(round, one)),
  );
  let good = true;
  for (const one of written) {
    const found = state.firewalls.get(one.warm.name);
    const verdict = found
      ? proveRunning(round.parts, one.warm, found.rulebook, one.wanted)
      : condition('CEXT_APPLY_NOT_PROVEN', 'warning', `${one.warm.name} was not read back`, { firewall: one.warm.name });
    if (verdict?.code === 'CEXT_APPLY_PROOF_FAILED') {
      round.parts.meter.count('ProofFailed', 1, one.warm.name);
      if (reportsDrift(one)) continue;
      good = false;
      if (!round.conditions.some((other) => other.code === verdict.code && other.message === verdict.message)) round.say(verdict);
      continue;
    }
    if (verdict) round.say(verdict);
    if (one.warm.applied && !differs(one) && !round.run.lost.has(one.warm.name)) continue;
    const before = plansThatStand([one.warm]);
    await recordApplied(round.parts, one.warm, one.wanted, plan, records, found);
    await forgetPlans(round.parts, warmsOf(round), before);
    round.wrote = true;
  }
  if (good) forgetHealed(round);
  return good;
}

/** A later attempt made good what an earlier one could not prove. */
export function forgetHealed(round: Round): void {
  round.conditions = round.conditions.filter((one) => one.code !== 'CEXT_APPLY_PROOF_FAILED');
}
