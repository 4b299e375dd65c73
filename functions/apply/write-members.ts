/** Write ahead, then the steps of the fast lane. */
import type { Condition } from '../errors.ts';
import type { MemberChange, Step } from '../firewalls/contract.ts';
import type { SetId } from '../rulebook/types.ts';
import { condition } from './errors.ts';
import { ALL, type MembersEnd, type MembersPass, MOST_RECENT, named } from './pass.ts';
import { comeBack } from './settle.ts';
import { runStep, whyFrozen } from './step.ts';
import type { WarmFirewall } from './warm.ts';

export async function heldBack(pass: MembersPass): Promise<Condition | undefined> {
  const { name, settings } = pass.warm;
  if (settings.mode === 'observe') {
    return condition('CEXT_APPLY_OBSERVED', 'info', `${name} is in mode observe: its members are not followed`, {
      firewall: name,
      field: 'members',
    });
  }
  const { why } = pass.switches ?? { why: await whyFrozen(pass.parts.table, pass.parts.settings, name) };
  return why === undefined ? undefined : condition('CEXT_APPLY_FROZEN', 'warning', `${name} is ${why}`, { firewall: name });
}

/** Write ahead, then the steps. Returns an end when it could not be finished. */
export async function writeMembers(
  pass: MembersPass,
  steps: readonly Step[],
  changes: readonly MemberChange[],
): Promise<MembersEnd | undefined> {
  const warm = pass.warm;
  const parts = pass.parts;
  const { table } = parts;
  const before = (pass.lease.state.inFlight ?? []) as readonly SetId[];
  const sets = [...new Set([...before, ...changes.map((change) => change.set)])];
  const isClaimed = sets.every((set) => pass.claimed.includes(set));
  if (!isClaimed) await pass.lease.write({ inFlight: named(sets) });
  pass.written = sets.length > MOST_RECENT ? [ALL] : sets;
  const desired = new Map([[warm.name, warm.desired(pass.rulebook)]]);
  for (const [at, step] of steps.entries()) {
    const end = await runStep(step, {
      table,
      settings: parts.settings,
      connector: parts.connector,
      now: parts.now,
      desired,
      fence: { lane: 'members', number: pass.lease.fence },
      deadlineMs: pass.run.deadlineMs,
      progress: undefined,
      onProgress: async () => {},
      onWrites: (writes) => parts.meter.count('DeviceWrites', writes, warm.name),
      switchesRead: at === 0 && isClaimed,
    });
    if (end.kind === 'done') continue;
    const subject = { firewall: warm.name };
    if (end.kind === 'late') return comeBack(pass, undefined);
    if (end.kind === 'frozen') return comeBack(pass, condition('CEXT_APPLY_FROZEN', 'warning', `${warm.name} is ${end.why}`, subject));
    if (end.kind === 'blocked') {
      const since = end.since ? ` since ${end.since}` : '';
      return comeBack(
        pass,
        condition('CEXT_APPLY_BLOCKED', 'warning', `members of ${warm.name}: ${end.who} blocks: ${end.what}${since}`, {
          ...subject,
          field: 'members',
        }),
      );
    }
    const why = end.kind === 'failed' || end.kind === 'unknown' ? `${end.why.code}: ${end.why.message}` : end.kind;
    parts.meter.count('ApplyFailed', 1, warm.name);
    return comeBack(
      pass,
      condition('CEXT_APPLY_FAILED', 'error', `members of ${warm.name}, step "${step.text}": ${why}`, { ...subject, field: 'members' }),
    );
  }
  const count = changes.reduce((sum, change) => sum + change.added.size + change.removed.size, 0);
  parts.meter.count('MemberChanges', count, warm.name);
  return undefined;
}

export function clearPending(warm: WarmFirewall, change: MemberChange): void {
  const delta = warm.pending.get(change.set);
  if (!delta) return;
  for (const member of change.added) delta.added.delete(member);
  for (const member of change.removed) delta.removed.delete(member);
  if (delta.added.size + delta.removed.size === 0) warm.pending.delete(change.set);
}
