/** A stored plan is carried out step by step; an open one is continued; a vendor's job is polled, here or by a delayed wake. */
import type { Desired, Json } from '../firewalls/contract.ts';
import { readPlan, recordStep, type StepRecord, type StoredPlan, setPlanStatus } from '../ledger/plans.ts';
import type { TableValue } from '../table.ts';
import { condition } from './errors.ts';
import { forgetPlans } from './record.ts';
import { desiredOf, type Job, LOOK_AGAIN_MS, type Round, SHORT_MS, type Subject, warmsOf } from './round.ts';
import { call, runStep, type StepEnd } from './step.ts';

/** The open plan, if it still leads to what is wanted. */
export async function continuedPlan(round: Round): Promise<{ plan: StoredPlan; steps: Map<number, StepRecord> } | undefined> {
  const { manager, table } = round.parts;
  const id = round.lease.state.openPlan;
  if (typeof id !== 'string' || id === '') return undefined;
  const found = await readPlan(table, manager, id);
  if (!found) return undefined;
  const { plan, steps } = found;
  const same = Object.entries(plan.wanted).every(([name, hash]) =>
    round.subjects.some(({ warm }) => warm.name === name && warm.wantedHash === hash),
  );
  const doubtful = [...steps.values()].some((one) => one.kind === 'failed' || one.kind === 'unknown');
  if (same && !doubtful) return { plan, steps };
  await closePlan(round, plan, same ? 'failed' : 'overtaken', '');
  return undefined;
}

export async function closePlan(round: Round, plan: StoredPlan, status: 'done' | 'failed' | 'overtaken', note: string): Promise<void> {
  await setPlanStatus(round.parts.table, round.parts.manager, plan.id, status, note);
  await round.lease.write({ openPlan: undefined, job: undefined, filled: undefined });
  await forgetPlans(round.parts, warmsOf(round), [plan.id]);
}

/** done: all that could be done is. wait: come back later (said in againMs). doubt: read before anything else. */
export async function executeSteps(round: Round, plan: StoredPlan, records: Map<number, StepRecord>): Promise<'done' | 'wait' | 'doubt'> {
  const { connector, manager, meter, now, table } = round.parts;
  const desired = new Map(round.subjects.map((one) => [one.warm.name, desiredOf(round, one)]));
  const done = new Set([...records].filter(([, one]) => one.kind === 'done').map(([index]) => plan.steps[index]?.id as string));
  for (const [index, step] of plan.steps.entries()) {
    const subject = round.subjects.find((one) => one.warm.name === step.firewall);
    if (done.has(step.id) || !subject || subject.stopped !== undefined) continue;
    if (step.needs.some((id) => !done.has(id))) continue;
    const record = (kind: StepRecord['kind'], detail: Json) => recordStep(table, manager, plan, index, { kind, detail, atMs: now() });
    const known = records.get(index);
    if (!known) await record('started', null);
    await round.lease.renew(now(), round.run.leaseMs);
    const context = { desired, fence: { lane: 'structure' as const, number: round.lease.fence }, deadlineMs: round.run.deadlineMs };
    let end: StepEnd = await runStep(step, {
      ...context,
      table,
      settings: round.parts.settings,
      connector,
      now,
      progress: known?.kind === 'again' ? known.detail : undefined,
      onProgress: (progress) => record('again', progress),
      onWrites: (writes) => {
        if (writes > 0) round.wrote = true;
        meter.count('DeviceWrites', writes, step.firewall);
      },
    });
    if (end.kind === 'running') {
      round.wrote = true;
      meter.count('Commits', 1, step.firewall);
      await record('running', end.job);
      const job: Job = { index, job: end.job, nextMs: now() + end.pollAfterMs };
      await round.lease.write({ job: job as unknown as TableValue, filled: plan.wanted });
      end = await waitForJob(round, job, context);
      if (end.kind === 'running') return 'wait';
    }
    if (end.kind === 'done') {
      if (step.lane === 'structure') meter.count('StructureSteps', 1, step.firewall);
      await record('done', end.note ?? null);
      records.set(index, { step: step.id, kind: 'done', detail: null, atMs: now() });
      done.add(step.id);
      continue;
    }
    const stop = await stopAt(round, subject, step.text, end, record);
    if (stop) return stop;
  }
  return 'done';
}

/** What an end other than done means. undefined: this firewall stops, the others go on. */
export async function stopAt(
  round: Round,
  subject: Subject,
  text: string,
  end: Exclude<StepEnd, { kind: 'done' }>,
  record: (kind: StepRecord['kind'], detail: Json) => Promise<void>,
): Promise<'wait' | 'doubt' | undefined> {
  const { meter, now } = round.parts;
  const { name } = subject.warm;
  const about = { firewall: name };
  if (end.kind === 'late') {
    round.later(now());
    return 'wait';
  }
  if (end.kind === 'running') return 'wait';
  if (end.kind === 'frozen') {
    round.stopFrozen(subject, end.why);
    round.later(now() + LOOK_AGAIN_MS);
    return 'wait';
  }
  if (end.kind === 'blocked' || end.kind === 'awaitingApproval') {
    const who =
      end.kind === 'blocked'
        ? `${end.who} blocks: ${end.what}${end.since ? ` since ${end.since}` : ''}`
        : `waits for approval on the device: ${end.what}`;
    await record(end.kind, who);
    round.say(condition('CEXT_APPLY_BLOCKED', 'warning', `${name}, step "${text}": ${who}`, about));
    meter.count('Blocked', 1, name);
    round.later(now() + LOOK_AGAIN_MS);
    return 'wait';
  }
  await record(end.kind, { ...end.why });
  if (end.kind === 'unknown' || end.why.retry === 'verify') return 'doubt';
  subject.stopped = end.why.message;
  round.failed = true;
  meter.count('ApplyFailed', 1, name);
  round.say(condition('CEXT_APPLY_FAILED', 'error', `${name}, step "${text}": ${end.why.code}: ${end.why.message}`, about));
  return undefined;
}

/** Polls here while the deadline allows and the vendor is quick; else says when to come back. */
export async function waitForJob(
  round: Round,
  job: Job,
  context: {
    readonly desired: ReadonlyMap<string, Desired>;
    readonly fence: { readonly lane: 'structure'; readonly number: number };
    readonly deadlineMs: number;
  },
): Promise<StepEnd> {
  const { connector, now, sleep } = round.parts;
  let current = job;
  for (;;) {
    const wait = current.nextMs - now();
    if (wait > SHORT_MS || now() + wait >= context.deadlineMs) {
      round.later(current.nextMs);
      return { kind: 'running', job: current.job, pollAfterMs: wait };
    }
    if (wait > 0) await sleep(wait);
    const outcome = await call(() => connector.poll(current.job, { ...context, progress: undefined }));
    if (outcome.kind === 'again')
      return { kind: 'unknown', why: { code: 'CEXT_APPLY_FAILED', message: 'a job ended with "again"', retry: 'verify' } };
    if (outcome.kind !== 'running') return outcome;
    current = { index: job.index, job: outcome.job, nextMs: now() + outcome.pollAfterMs };
    await round.lease.write({ job: current as unknown as TableValue });
  }
}

/** A stored job first: until it ended nothing else may be said about the device. */
export async function pollJob(round: Round): Promise<'wait' | 'go on'> {
  const { manager, table } = round.parts;
  const job = round.lease.state.job as Job | undefined;
  const id = round.lease.state.openPlan;
  if (!job || typeof id !== 'string' || id === '') return 'go on';
  const found = await readPlan(table, manager, id);
  if (!found) return 'go on';
  const desired = new Map(
    round.subjects.map((one) => [one.warm.name, desiredOf(round, { warm: one.warm, wanted: one.warm.wanted ?? one.wanted })]),
  );
  const context = { desired, fence: { lane: 'structure' as const, number: round.lease.fence }, deadlineMs: round.run.deadlineMs };
  const end = await waitForJob(round, job, context);
  if (end.kind === 'running') return 'wait';
  const kind = end.kind === 'done' ? 'done' : end.kind === 'failed' ? 'failed' : 'unknown';
  const detail = end.kind === 'failed' || end.kind === 'unknown' ? { ...end.why } : null;
  await recordStep(table, manager, found.plan, job.index, { kind, detail, atMs: round.parts.now() });
  if (end.kind === 'failed') {
    const firewall = found.plan.steps[job.index]?.firewall ?? '';
    round.failed = true;
    round.parts.meter.count('ApplyFailed', 1, firewall);
    round.say(condition('CEXT_APPLY_FAILED', 'error', `${firewall}: job ended: ${end.why.code}: ${end.why.message}`, { firewall }));
  }
  round.wrote = true;
  await round.lease.write({ job: undefined });
  return 'go on';
}
