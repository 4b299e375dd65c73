/**
 * The lane of members, one firewall.
 *
 *   lease ─► doubt (what must be read) ─► budget ─► what may close or open now ─► translation ─► turns ─► write ahead ─► execute ─► positions, lease back
 *
 * In the everyday case, a warm process that knows exactly what the device lacks, nothing is read from the device.
 */
import type { MemberChange } from '../firewalls/contract.ts';
import { acquireLease, readLeaseState } from '../ledger/lease.ts';
import type { Rulebook, SetId } from '../rulebook/types.ts';
import { affordable } from './closing.ts';
import { commitsMembers, inLane, leaveToCommit, takeCommitted } from './commit-lane.ts';
import { compareDoubtful } from './doubt.ts';
import { condition } from './errors.ts';
import { isOvertaken } from './overtaken.ts';
import { LOOK_AGAIN_MS, type MembersEnd, MembersPass, type MembersRun, named } from './pass.ts';
import type { EngineParts } from './ports.ts';
import { comeBack, settle } from './settle.ts';
import { heldClusters } from './shrink.ts';
import { failureOf, whyFrozen } from './step.ts';
import { afterTranslation } from './translated.ts';
import { takeTurns } from './turns.ts';
import { expireUnfed } from './unfed.ts';
import type { WarmFirewall } from './warm.ts';
import { clearPending, heldBack, writeMembers } from './write-members.ts';

export async function followMembers(parts: EngineParts, warm: WarmFirewall, run: MembersRun): Promise<MembersEnd> {
  const { table, now } = parts;
  const nothing: MembersEnd = { kind: 'nothing', conditions: [], lost: [] };
  const standing = standingSets(warm, run.filled);
  if (standing.size === 0) return nothing;
  const seen = run.seen ? run.seen.state : await readLeaseState(table, `members#${warm.name}`);
  const waits = [...warm.pending.keys()].some((set) => standing.has(set));
  const inStep =
    seen !== undefined && Number(seen.writes ?? 0) === warm.base && Number(seen.version ?? -1) === (warm.applied?.version ?? 0);
  if (inStep && !seen.inFlight && !waits && !run.audit && !run.filled && !run.joins) return nothing;
  if (Number(seen?.notBeforeMs ?? 0) > now() && !run.audit)
    return { ...nothing, kind: 'retry', conditions: undefined, againMs: Number(seen?.notBeforeMs) };
  const overtaken: MembersEnd = { ...nothing, kind: 'overtaken', conditions: undefined };
  if (!run.headRead && isOvertaken(warm, seen?.positions)) return overtaken;
  // The everyday case, a warm process that knows exactly what the device lacks: what will be in flight is written with the lease, in one write.
  const claimed = inStep && !seen.inFlight && !run.audit && !run.filled ? [...warm.pending.keys()].filter((set) => standing.has(set)) : [];
  const claim = claimed.length > 0 ? { inFlight: named(claimed) } : {};
  const [lease, switches] = await Promise.all([
    acquireLease(table, `members#${warm.name}`, now(), run.leaseMs, { claim, seen }),
    claimed.length > 0 && warm.settings.mode !== 'observe'
      ? whyFrozen(table, parts.settings, warm.name).then((why) => ({ why }))
      : undefined,
  ]);
  if (lease.kind === 'held') return { ...nothing, kind: 'busy', conditions: undefined, againMs: lease.expiresMs };
  if (!run.headRead && isOvertaken(warm, lease.state.positions)) {
    await lease.release(claimed.length > 0 ? { inFlight: undefined } : {});
    return overtaken;
  }
  return go(new MembersPass(parts, warm, run, lease, standing, claimed, switches));
}

/** Sets that the members lane answers for. Those of a cluster without a view are left as they are. */
function standingSets(warm: WarmFirewall, filled: Rulebook | undefined): Map<SetId, { readonly cluster: string }> {
  const out = new Map<SetId, { readonly cluster: string }>();
  for (const book of [filled, warm.applied?.rulebook]) {
    for (const set of book?.sets.values() ?? []) if (warm.views.has(set.cluster)) out.set(set.id, set);
  }
  return out;
}

async function go(pass: MembersPass): Promise<MembersEnd> {
  const { parts, warm } = pass;
  let expired: readonly MemberChange[];
  try {
    await compareDoubtful(pass);
    expired = await expireUnfed(pass);
  } catch (error) {
    const { code, message } = failureOf(error);
    return comeBack(
      pass,
      condition('CEXT_APPLY_UNREACHABLE', 'error', `members of ${warm.name}: ${code}: ${message}`, { firewall: warm.name }),
    );
  }
  const { capabilities } = parts.connector;
  const slow = commitsMembers(capabilities);
  if (slow && pass.run.joins) takeCommitted(pass);
  const held = await heldClusters(pass);
  const ready = inLane('fast', capabilities, [...afterTranslation(pass, inLane('fast', capabilities, affordable(pass, held))), ...expired]);
  const commits = slow ? inLane('commit', capabilities, [...affordable(pass, held, false), ...expired]) : [];
  const frozen = ready.length + commits.length > 0 ? await heldBack(pass) : undefined;
  leaveToCommit(pass, frozen ? [] : commits);
  if (frozen) {
    for (const change of [...ready, ...commits]) pass.behind.set(change.set, frozen.message);
    pass.conditions.push(frozen);
    const end = await settle(pass, 'behind');
    return frozen.code === 'CEXT_APPLY_FROZEN' ? { ...end, againMs: parts.now() + LOOK_AGAIN_MS } : end;
  }
  if (ready.length === 0) return settle(pass, pass.behind.size > 0 ? 'behind' : 'done');
  const state = warm.state as NonNullable<typeof warm.state>;
  const desired = warm.desired(pass.rulebook);
  const turns = takeTurns(ready, (set) => pass.standing.get(set)?.cluster ?? '');
  const planned = turns.groups.flatMap((group) => parts.connector.planMembers(state, desired, group));
  // NAT's own lists are the structure lane's: who joins here is in them already.
  const steps = planned.filter((step) => step.lane === 'members');
  const written = turns.groups.flat();
  const failed = await writeMembers(pass, steps, written);
  if (failed) return failed;
  for (const change of written) clearPending(warm, change);
  for (const set of turns.left) pass.behind.set(set, 'the rest of it takes its turn after other clusters');
  const end = await settle(pass, pass.behind.size > 0 ? 'behind' : 'done');
  return turns.left.size > 0 ? { ...end, turnsLeft: true } : end;
}
