/** What an audit finds changed by somebody else, with before and after: repaired or reported, as the settings say. */
import type { DomainState, Drift } from '../firewalls/contract.ts';
import { condition } from './errors.ts';
import { proveRunning } from './prove.ts';
import type { Round, Subject } from './round.ts';
import type { WarmFirewall } from './warm.ts';

export function tellState(round: Round, subjects: readonly Subject[], state: DomainState): void {
  for (const { warm } of subjects) {
    const found = state.firewalls.get(warm.name);
    if (!found) continue;
    round.say(...found.conditions);
    if (!round.run.audit) continue;
    for (const drift of found.drift) tellDrift(round, warm, drift);
    if (warm.applied) {
      const verdict = proveRunning(round.parts, warm, found.rulebook, warm.applied.rulebook);
      if (verdict?.code === 'CEXT_APPLY_PROOF_FAILED' && found.drift.length === 0) {
        tellDrift(round, warm, { object: 'rules', before: 'as applied', after: verdict.message });
      }
    }
  }
}

export function tellDrift(round: Round, warm: WarmFirewall, drift: Drift): void {
  round.parts.meter.count('Drift', 1, warm.name);
  const todo = warm.settings.drift === 'repair' && warm.settings.mode === 'sync' ? 'repaired' : 'reported only';
  const message = `${warm.name}: ${drift.object} was changed by somebody else (${todo}). before: ${drift.before}; after: ${drift.after}`;
  round.drift.push(condition('CEXT_APPLY_DRIFT', 'warning', message, { firewall: warm.name, field: drift.object }));
}

export function reportsDrift({ warm }: Subject): boolean {
  return warm.settings.drift === 'report' && warm.applied !== undefined && warm.wantedHash === warm.applied.hash;
}

/** A difference that is not ours to mend (`drift: report`) makes no steps. */
export function mayRepair(subject: Subject, state: DomainState): boolean {
  return state.firewalls.has(subject.warm.name) && !reportsDrift(subject);
}
