/**
 * The lane of structure, whole commit domain: rules and the sets they name.
 *
 *   compile ─► guard (per firewall and cluster) ─► read pending ─► plan ─► store ─► execute ─► read running ─► prove ─► record
 *      │           held, frozen, observed: said, not done                     │
 *      └ clusters without a view keep what stands                             └ running job: stored, polled by a delayed wake
 *
 * An open plan that still leads to what is wanted is continued step by step, with the progress of the step in which its run died. Any doubt
 * (failed, unknown, other structure wanted by now) is settled by reading the device and planning anew.
 */
import { CextError, type Condition } from '../errors.ts';
import type { Desired, DomainState, Plan } from '../firewalls/contract.ts';
import { structureHash } from '../ledger/encode.ts';
import { acquireLease } from '../ledger/lease.ts';
import { type StepRecord, storePlan } from '../ledger/plans.ts';
import type { TableItem } from '../table.ts';
import { closePlan, continuedPlan, executeSteps, pollJob } from './carry-out.ts';
import { decide } from './decide.ts';
import { mayRepair, tellState } from './drift.ts';
import { condition } from './errors.ts';
import { EMPTY } from './kept.ts';
import { followMembers } from './membership.ts';
import { isOvertaken } from './overtaken.ts';
import { backOffMs, coalesce, foreignBlocks } from './patience.ts';
import type { EngineParts } from './ports.ts';
import { proveAndRecord } from './read-back.ts';
import { desiredOf, differs, newPlan, Round, readDevice, type StructureRun, type Subject, toDo, Unreachable } from './round.ts';
import { failureOf } from './step.ts';
import { hasSlowMembers } from './translated.ts';
import type { WarmFirewall } from './warm.ts';

export interface StructureEnd {
  /** undefined: not looked at this time */
  readonly conditions: readonly Condition[] | undefined;
  /** what an audit found; undefined: no audit */
  readonly drift: readonly Condition[] | undefined;
  readonly againMs?: number;
  readonly wrote: boolean;
  /** another process wrote for a later position of the log than this one has seen; to write now would undo it */
  readonly overtaken?: boolean;
}

const MOST_ATTEMPTS = 3;

/** True where compiling, holding or an open plan leaves something to do. */
export function structureWanted(warms: readonly WarmFirewall[], open: TableItem | undefined): boolean {
  if (open?.openPlan) return true;
  let wanted = false;
  for (const warm of warms) {
    if (warm.stale || warm.wanted === undefined) wanted = true;
    else if (warm.wantedHash !== (warm.applied?.hash ?? structureHash(EMPTY))) wanted = true;
  }
  // Who has clusters and no view of any is waited for; who has none has nobody to wait for.
  return wanted && warms.some((warm) => warm.views.size > 0 || warm.clusters.length === 0);
}

export async function followStructure(parts: EngineParts, warms: readonly WarmFirewall[], run: StructureRun): Promise<StructureEnd> {
  const { manager, table, now } = parts;
  const lease = await acquireLease(table, `structure#${manager}`, now(), run.leaseMs);
  if (lease.kind === 'held') return { conditions: undefined, drift: undefined, againMs: lease.expiresMs, wrote: false };
  const notBeforeMs = Number(lease.state.notBeforeMs ?? 0);
  if (notBeforeMs > now() && !run.audit) {
    await lease.release();
    return { conditions: undefined, drift: undefined, againMs: notBeforeMs, wrote: false };
  }
  await Promise.all(warms.map((warm) => warm.loadApplied()));
  if (!run.headRead && warms.some((warm) => isOvertaken(warm, warm.applied?.positions))) {
    await lease.release();
    return { conditions: undefined, drift: undefined, wrote: false, overtaken: true };
  }
  return go(new Round(parts, warms, run, lease));
}

async function go(round: Round): Promise<StructureEnd> {
  const { manager, meter } = round.parts;
  try {
    await followFilled(round);
    const poll = await pollJob(round);
    if (poll === 'wait') return await end(round, true);
    for (const subject of round.subjects) await decide(round, subject);
    await closeFirst(round);
    for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts++) {
      if ((await attempt(round, attempts)) !== 'read again') break;
      if (attempts === MOST_ATTEMPTS) round.failed = true;
    }
    await letJoin(round);
  } catch (error) {
    // Only what the device or the network says is settled here; a lost lease or table ends the run.
    if (!(error instanceof Unreachable)) throw error;
    const { code, message } = failureOf(error.cause);
    round.failed = true;
    meter.count('ApplyFailed', 1);
    // Not the device's fault, and mended elsewhere.
    const unknown = code === 'CEXT_APPLY_MEMBERS_UNKNOWN';
    const said = unknown ? `manager ${manager}: rules wait, for ${message}` : `manager ${manager}: ${code}: ${message}`;
    round.say(condition(unknown ? code : 'CEXT_APPLY_UNREACHABLE', 'error', said, { manager }));
  }
  return end(round, false);
}

/** A commit that runs makes sets live that nobody followed meanwhile, least of all where its process died: what left them leaves before the job is asked for. */
async function followFilled(round: Round): Promise<void> {
  if (!round.lease.state.job) return;
  const filled = (round.lease.state.filled ?? {}) as Readonly<Record<string, string>>;
  for (const subject of round.subjects) {
    const { warm } = subject;
    if (filled[warm.name] === undefined || warm.views.size === 0) continue;
    const isKnown = () => warm.wanted !== undefined && warm.wantedHash === filled[warm.name];
    if (isKnown() && ![...warm.pending.keys()].some((set) => !warm.appliedRulebook.sets.has(set))) continue;
    if (!isKnown()) await decide(round, subject);
    if (!isKnown()) continue;
    const { deadlineMs, leaseMs } = round.run;
    await followMembers(round.parts, warm, { audit: false, closingOnly: true, filled: warm.wanted, deadlineMs, leaseMs });
  }
}

/**
 * Before the rules change, only what closes: old sets under new rules must not open what neither policy allows (docs/decisions/0123). Where NAT has lists
 * of its own they must hold all that the filter still holds, which is known for sure only now, under both leases: else that firewall waits.
 */
async function closeFirst(round: Round): Promise<void> {
  const { parts, run } = round;
  const slow = hasSlowMembers(parts.connector.capabilities);
  for (const subject of round.subjects) {
    const { warm } = subject;
    if (!slow && (warm.pending.size === 0 || !differs(subject))) continue;
    const { deadlineMs, leaseMs } = run;
    // What a dead run has filled already is followed before its plan goes on.
    const filled = slow && round.lease.state.openPlan ? subject.wanted : undefined;
    const end = await followMembers(parts, warm, { audit: false, closingOnly: true, filled, deadlineMs, leaseMs });
    if (end.lost.length > 0) run.lost.add(warm.name);
    if (!slow || (end.kind !== 'busy' && end.kind !== 'retry' && end.kind !== 'overtaken')) continue;
    subject.stopped ??= 'its members are not known at the moment';
    round.later(end.againMs ?? parts.now());
  }
}

/** Still under the structure lease, and no plan is open: who is translated by now may pass. */
async function letJoin(round: Round): Promise<void> {
  const { parts, run, lease } = round;
  if (!hasSlowMembers(parts.connector.capabilities) || lease.state.openPlan) return;
  for (const { warm } of round.subjects) {
    const { deadlineMs, leaseMs } = run;
    const joins = { audit: false, closingOnly: false, joins: true, filled: undefined, deadlineMs, leaseMs };
    const end = warm.natLags ? await followMembers(parts, warm, joins) : undefined;
    if (end?.againMs !== undefined || end?.kind === 'overtaken') round.later(end.againMs ?? parts.now());
  }
}

/** read -> plan -> execute -> read back -> prove -> record. */
async function attempt(round: Round, attempts: number): Promise<'settled' | 'read again'> {
  const { table } = round.parts;
  for (const subject of round.subjects) if (subject.warm.settings.mode === 'observe') subject.stopped ??= 'mode observe';
  const subjects = round.subjects.filter((one) => round.run.audit || toDo(round, one));
  let stored = await continuedPlan(round);
  if (subjects.length === 0 && !stored) return 'settled';
  if (!stored) {
    const all = new Map(subjects.map((one) => [one.warm.name, desiredOf(round, one)]));
    const state = await readDevice(round, 'pending', [...all.values()]);
    if (attempts === 1) tellState(round, subjects, state);
    const writable = subjects.filter((one) => one.stopped === undefined && mayRepair(one, state));
    const desired = new Map(writable.map((one) => [one.warm.name, all.get(one.warm.name) as Desired]));
    const plan = planOrWait(round, state, desired);
    round.say(...plan.conditions.filter((one) => !round.conditions.some((other) => JSON.stringify(other) === JSON.stringify(one))));
    for (const one of plan.conditions) {
      const subject = subjects.find(({ warm }) => one.severity === 'error' && warm.name === one.subject.firewall);
      if (subject) subject.stopped ??= one.message;
    }
    const steps = plan.steps.filter((step) => subjects.some((one) => one.warm.name === step.firewall && one.stopped === undefined));
    if (steps.length > 0 && (await foreignBlocks(round, state))) return 'settled';
    if (steps.length > 0 && (await coalesce(round))) return 'settled';
    const planned = writable.filter((one) => one.stopped === undefined);
    const wanted = Object.fromEntries(planned.map((one) => [one.warm.name, one.warm.wantedHash]));
    stored = {
      plan: newPlan(
        round,
        whyPlanned(round, planned),
        planned.flatMap((one) => one.parts.filter((part) => part.held.length === 0 || part.approvedBy)),
        steps,
        wanted,
      ),
      steps: new Map<number, StepRecord>(),
    };
    if (steps.length > 0) {
      await storePlan(table, stored.plan, 'running');
      await round.lease.write({ openPlan: stored.plan.id, filled: undefined });
    }
  }
  const result = await executeSteps(round, stored.plan, stored.steps);
  if (result === 'wait') return 'settled';
  if (result === 'doubt') {
    await closePlan(round, stored.plan, 'failed', 'a step ended in doubt; read and planned anew');
    return 'read again';
  }
  const proven = await proveAndRecord(round, stored.plan, stored.steps, subjects);
  if (stored.plan.steps.length > 0)
    await closePlan(
      round,
      stored.plan,
      round.subjects.some((one) => one.stopped && stored.plan.wanted[one.warm.name]) ? 'failed' : 'done',
      '',
    );
  if (round.wrote) await round.lease.write({ lastApplyMs: round.parts.now() });
  return proven ? 'settled' : 'read again';
}

/** Planning is pure, but may ask for members that nobody knows (a cluster without a view): that is said, and tried again. */
function planOrWait(round: Round, state: DomainState, desired: ReadonlyMap<string, Desired>): Plan {
  try {
    return round.parts.connector.plan(state, desired);
  } catch (error) {
    throw error instanceof CextError ? new Unreachable(error) : error;
  }
}

function whyPlanned(round: Round, planned: readonly Subject[]): string {
  if (round.run.audit && planned.every((one) => one.parts.length === 0)) return 'audit: the device is not as it was left';
  const from = planned.flatMap(({ warm }) =>
    Object.entries(warm.positions).map(([cluster, position]) => `${cluster} (log position ${position})`),
  );
  return `what was said by ${[...new Set(from)].join(', ')}`;
}

async function end(round: Round, polling: boolean): Promise<StructureEnd> {
  const { now, random } = round.parts;
  const failures = round.failed ? Number(round.lease.state.failures ?? 0) + 1 : 0;
  const notBeforeMs = round.failed ? now() + backOffMs(failures, random()) : 0;
  if (round.failed) round.later(notBeforeMs);
  await round.lease.release({ failures, notBeforeMs });
  const drift = round.run.audit && !polling ? round.drift : undefined;
  const all = { conditions: polling ? undefined : round.conditions, drift, wrote: round.wrote };
  return round.againMs === undefined ? all : { ...all, againMs: round.againMs };
}
