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
import type { Desired, DomainState, Drift, Json, Plan } from '../firewalls/contract.ts';
import { readApproval } from '../ledger/controls.ts';
import { canonical, hashOf, structureHash } from '../ledger/encode.ts';
import { acquireLease, type Lease } from '../ledger/lease.ts';
import {
  type PlannedPart,
  planId,
  readPlan,
  recordStep,
  type StepRecord,
  type StoredPlan,
  setPlanStatus,
  storePlan,
} from '../ledger/plans.ts';
import type { Rulebook } from '../rulebook/types.ts';
import { milliseconds } from '../settings.ts';
import type { TableItem, TableValue } from '../table.ts';
import { condition } from './errors.ts';
import { closesOf, heldText, judge } from './guard.ts';
import { clustersOf, EMPTY, keepClusters, keepRemoved, ofCluster } from './kept.ts';
import { backOffMs } from './membership.ts';
import type { EngineParts } from './ports.ts';
import { proveRunning } from './prove.ts';
import { recordApplied } from './record.ts';
import { call, failureOf, runStep, type StepEnd, whyFrozen } from './step.ts';
import { compileWanted, keptAsTheyAre } from './wanted.ts';
import type { WarmFirewall } from './warm.ts';

export interface StructureRun {
  readonly audit: boolean;
  /** firewalls that lack sets which the ledger says stand */
  readonly lost: ReadonlySet<string>;
  readonly deadlineMs: number;
  readonly leaseMs: number;
}

export interface StructureEnd {
  /** undefined: not looked at this time */
  readonly conditions: readonly Condition[] | undefined;
  /** what an audit found; undefined: no audit */
  readonly drift: readonly Condition[] | undefined;
  readonly againMs?: number;
  readonly wrote: boolean;
}

/** What is stored with the structure lease while a vendor works. */
interface Job {
  readonly index: number;
  readonly job: Json;
  readonly nextMs: number;
}

/** Waits up to this long are waited for here; longer ones cost less as a delayed wake. */
const SHORT_MS = 2_000;
const MOST_ATTEMPTS = 3;
/** `waitThenInstall` waits so long for other people's pending work. */
const PATIENCE_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 60_000;

/** True where compiling, holding or an open plan leaves something to do. */
export function structureWanted(warms: readonly WarmFirewall[], open: TableItem | undefined): boolean {
  if (open?.openPlan) return true;
  let wanted = false;
  for (const warm of warms) {
    if (warm.stale || warm.wanted === undefined) wanted = true;
    else if (warm.wantedHash !== (warm.applied?.hash ?? structureHash(EMPTY))) wanted = true;
  }
  return wanted && warms.some((warm) => warm.views.size > 0);
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
  return new Round(parts, warms, run, lease).go();
}

/** One firewall in a round. */
interface Subject {
  readonly warm: WarmFirewall;
  /** what the steps lead to */
  wanted: Rulebook;
  parts: PlannedPart[];
  /** nothing is written to it: frozen, observe, an error of planning, a step that failed */
  stopped: string | undefined;
}

class Round {
  readonly #parts: EngineParts;
  readonly #run: StructureRun;
  readonly #lease: Lease;
  readonly #subjects: Subject[];
  readonly #conditions: Condition[] = [];
  readonly #drift: Condition[] = [];
  #againMs: number | undefined;
  #wrote = false;
  #failed = false;

  constructor(parts: EngineParts, warms: readonly WarmFirewall[], run: StructureRun, lease: Lease) {
    this.#parts = parts;
    this.#run = run;
    this.#lease = lease;
    this.#subjects = warms.map((warm) => ({ warm, wanted: warm.appliedRulebook, parts: [], stopped: undefined }));
  }

  async go(): Promise<StructureEnd> {
    try {
      const poll = await this.#pollJob();
      if (poll === 'wait') return await this.#end(true);
      for (const subject of this.#subjects) await this.#decide(subject);
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        if ((await this.#attempt(attempt)) !== 'read again') break;
        if (attempt === MOST_ATTEMPTS) this.#failed = true;
      }
    } catch (error) {
      // Only what the device or the network says is settled here; a lost lease or table ends the run.
      if (!(error instanceof Unreachable)) throw error;
      const { code, message } = failureOf(error.cause);
      this.#failed = true;
      this.#parts.meter.count('ApplyFailed', 1);
      this.#conditions.push(
        condition('CEXT_APPLY_UNREACHABLE', 'error', `manager ${this.#parts.manager}: ${code}: ${message}`, {
          manager: this.#parts.manager,
        }),
      );
    }
    return this.#end(false);
  }

  /** view -> rulebook -> guard: what this firewall shall have, and what is held back. */
  async #decide(subject: Subject): Promise<void> {
    const { warm } = subject;
    const parts = this.#parts;
    if (warm.stale || !warm.compilation || this.#run.audit) await compileWanted(parts, warm);
    const compilation = warm.compilation as NonNullable<typeof warm.compilation>;
    for (const one of warm.lastGoods.values()) await one.save(this.#lease.fence);
    const keptSince = [...warm.lastGoods.values()].flatMap((one) => one.oldestKeptMs() ?? []);
    if (keptSince.length > 0) parts.meter.count('FrozenAge', (parts.now() - Math.min(...keptSince)) / 1000, warm.name);
    const { kept, conditions } = keptAsTheyAre(warm, parts);
    this.#conditions.push(...compilation.conditions, ...conditions);
    const applied = warm.appliedRulebook;
    const all = keepClusters(applied, compilation.rulebook, kept, warm.clusters);
    // Members of both structures are needed to count what would change.
    warm.setWanted(all, structureHash(all));
    const held = new Set<string>(kept);
    for (const cluster of new Set([...clustersOf(applied), ...clustersOf(all)])) {
      const part = await this.#judge(warm, cluster, ofCluster(applied, cluster), ofCluster(all, cluster));
      if (!part) continue;
      subject.parts.push(part);
      if (part.held.length > 0 && part.approvedBy === undefined) {
        held.add(cluster);
        this.#conditions.push(condition('CEXT_APPLY_HELD', 'error', heldText(part), { firewall: warm.name, cluster }));
        parts.meter.count('Held', 1, warm.name);
      }
    }
    warm.heldHashes = subject.parts.filter((part) => part.held.length > 0 && part.approvedBy === undefined).map((part) => part.hash);
    let wanted = keepClusters(applied, compilation.rulebook, held, warm.clusters);
    if (warm.settings.mode === 'add-only') {
      const added = keepRemoved(applied, wanted);
      wanted = added.rulebook;
      if (added.left > 0) {
        this.#conditions.push(
          condition(
            'CEXT_APPLY_REMOVAL_LEFT',
            'info',
            `${warm.name} is in mode add-only: ${added.left} rules that are no longer wanted stay`,
            { firewall: warm.name },
          ),
        );
      }
    }
    if (wanted.rules.length > warm.settings.maxRules) {
      const message = `${warm.name} would get ${wanted.rules.length} rules, maxRules is ${warm.settings.maxRules}; nothing is changed`;
      this.#conditions.push(condition('CEXT_APPLY_TOO_MANY_RULES', 'error', message, { firewall: warm.name }));
      wanted = applied;
    }
    subject.wanted = wanted;
    warm.setWanted(wanted, structureHash(wanted));
    const frozen = await whyFrozen(parts.table, parts.settings, warm.name);
    if (frozen) {
      this.#stopFrozen(subject, frozen);
      if (this.#toDo(subject)) this.#later(parts.now() + LOOK_AGAIN_MS);
    }
    await this.#tellHeld(subject);
  }

  async #judge(warm: WarmFirewall, cluster: string, before: Rulebook, after: Rulebook): Promise<PlannedPart | undefined> {
    const { algebra, settings, table } = this.#parts;
    if (structureHash(before) === structureHash(after)) return undefined;
    const view = warm.views.get(cluster);
    const lostHostEndpoints = view
      ? [...new Set(before.rules.map((rule) => rule.border))].filter((name) => !view.hostEndpoints.has(name))
      : [];
    const members = warm.members({ rules: [], sets: new Map([...before.sets, ...after.sets]) });
    const books = [
      { rulebook: before, members },
      { rulebook: after, members },
    ] as const;
    const difference = algebra.difference(...books);
    const pair = settings.pairs.find((one) => one.cluster === cluster && one.firewall === warm.name);
    const { budget } = warm.settings;
    const closes =
      pair?.defaultDeny && difference.weights.closes > budget.closes ? closesOf(...books, algebra.difference) : difference.weights.closes;
    const part = judge({ firewall: warm.name, cluster, before, after, lostHostEndpoints, budget, difference, closes });
    const approval = part.held.length > 0 ? await readApproval(table, warm.name, part.hash) : undefined;
    return approval ? { ...part, approvedBy: approval.who } : part;
  }

  /** Held and observed plans are stored once, and marked when they are overtaken. */
  async #tellHeld(subject: Subject): Promise<void> {
    const { warm } = subject;
    const { manager, table } = this.#parts;
    const shown = { ...((this.#lease.state.shown ?? {}) as Record<string, { hash: string; plan: string }>) };
    const observe = warm.settings.mode === 'observe';
    const waiting = subject.parts.filter((part) => observe || (part.held.length > 0 && part.approvedBy === undefined));
    const hash = waiting.length > 0 ? hashOf(waiting.map((part) => part.hash)) : undefined;
    const old = shown[warm.name];
    if (observe && waiting.length > 0) {
      const rules = waiting.reduce((sum, part) => sum + part.rulesAdded + part.rulesRemoved, 0);
      this.#conditions.push(
        condition('CEXT_APPLY_OBSERVED', 'info', `${warm.name} is in mode observe: ${rules} rules would change`, { firewall: warm.name }),
      );
    }
    if (old?.hash === hash) return;
    if (old) await setPlanStatus(table, manager, old.plan, 'overtaken');
    delete shown[warm.name];
    if (hash) {
      const plan = this.#newPlan(observe ? 'observed' : 'over its budget', waiting, [], {});
      await storePlan(table, plan, observe ? 'observed' : 'held');
      shown[warm.name] = { hash, plan: plan.id };
    }
    await this.#lease.write({ shown: shown as unknown as TableValue });
  }

  /** read -> plan -> execute -> read back -> prove -> record. */
  async #attempt(attempt: number): Promise<'settled' | 'read again'> {
    const { table } = this.#parts;
    for (const subject of this.#subjects) if (subject.warm.settings.mode === 'observe') subject.stopped ??= 'mode observe';
    const subjects = this.#subjects.filter((one) => this.#run.audit || this.#toDo(one));
    let stored = await this.#continued();
    if (subjects.length === 0 && !stored) return 'settled';
    if (!stored) {
      const all = new Map(subjects.map((one) => [one.warm.name, one.warm.desired(one.wanted)]));
      const state = await this.#read('pending', [...all.values()]);
      if (attempt === 1) this.#tellState(subjects, state);
      const writable = subjects.filter((one) => one.stopped === undefined && this.#mayRepair(one, state));
      const desired = new Map(writable.map((one) => [one.warm.name, all.get(one.warm.name) as Desired]));
      const plan = this.#plan(state, desired);
      this.#conditions.push(
        ...plan.conditions.filter((one) => !this.#conditions.some((other) => JSON.stringify(other) === JSON.stringify(one))),
      );
      for (const one of plan.conditions) {
        const subject = subjects.find(({ warm }) => one.severity === 'error' && warm.name === one.subject.firewall);
        if (subject) subject.stopped ??= one.message;
      }
      const slow = writable.flatMap(({ warm }) => this.#slowSteps(warm, state, desired));
      const steps = [...plan.steps, ...slow].filter((step) =>
        subjects.some((one) => one.warm.name === step.firewall && one.stopped === undefined),
      );
      if (steps.length > 0 && this.#foreignBlocks(state)) return 'settled';
      if (steps.length > 0 && (await this.#coalesce())) return 'settled';
      const planned = writable.filter((one) => one.stopped === undefined);
      const wanted = Object.fromEntries(planned.map((one) => [one.warm.name, one.warm.wantedHash]));
      stored = {
        plan: this.#newPlan(
          this.#why(planned),
          planned.flatMap((one) => one.parts.filter((part) => part.held.length === 0 || part.approvedBy)),
          steps,
          wanted,
        ),
        steps: new Map<number, StepRecord>(),
      };
      if (steps.length > 0) {
        await storePlan(table, stored.plan, 'running');
        await this.#lease.write({ openPlan: stored.plan.id, filled: undefined });
      }
    }
    const result = await this.#execute(stored.plan, stored.steps);
    if (result === 'wait') return 'settled';
    if (result === 'doubt') {
      await this.#closePlan(stored.plan, 'failed', 'a step ended in doubt; read and planned anew');
      return 'read again';
    }
    const proven = await this.#proveAndRecord(stored.plan, stored.steps, subjects);
    if (stored.plan.steps.length > 0)
      await this.#closePlan(
        stored.plan,
        this.#subjects.some((one) => one.stopped && stored.plan.wanted[one.warm.name]) ? 'failed' : 'done',
        '',
      );
    if (this.#wrote) await this.#lease.write({ lastApplyMs: this.#parts.now() });
    return proven ? 'settled' : 'read again';
  }

  /** Planning is pure, but may ask for members that nobody knows (a cluster without a view): that is said, and tried again. */
  #plan(state: DomainState, desired: ReadonlyMap<string, Desired>): Plan {
    try {
      return this.#parts.connector.plan(state, desired);
    } catch (error) {
      throw error instanceof CextError ? new Unreachable(error) : error;
    }
  }

  #toDo({ warm, wanted }: Subject): boolean {
    if (this.#run.lost.has(warm.name) || warm.slow.length > 0) return true;
    if (warm.wantedHash !== (warm.applied?.hash ?? structureHash(EMPTY))) return true;
    return warm.applied !== undefined && canonical(warm.applied.rulebook) !== canonical(wanted);
  }

  /** The open plan, if it still leads to what is wanted. */
  async #continued(): Promise<{ plan: StoredPlan; steps: Map<number, StepRecord> } | undefined> {
    const { manager, table } = this.#parts;
    const id = this.#lease.state.openPlan;
    if (typeof id !== 'string' || id === '') return undefined;
    const found = await readPlan(table, manager, id);
    if (!found) return undefined;
    const { plan, steps } = found;
    const same = Object.entries(plan.wanted).every(([name, hash]) =>
      this.#subjects.some(({ warm }) => warm.name === name && warm.wantedHash === hash),
    );
    const doubtful = [...steps.values()].some((one) => one.kind === 'failed' || one.kind === 'unknown');
    if (same && !doubtful) return { plan, steps };
    await this.#closePlan(plan, same ? 'failed' : 'overtaken', '');
    return undefined;
  }

  async #closePlan(plan: StoredPlan, status: 'done' | 'failed' | 'overtaken', note: string): Promise<void> {
    await setPlanStatus(this.#parts.table, this.#parts.manager, plan.id, status, note);
    await this.#lease.write({ openPlan: undefined, job: undefined, filled: undefined });
  }

  /** done: all that could be done is. wait: come back later (said in againMs). doubt: read before anything else. */
  async #execute(plan: StoredPlan, records: Map<number, StepRecord>): Promise<'done' | 'wait' | 'doubt'> {
    const { connector, manager, meter, now, table } = this.#parts;
    const desired = new Map(this.#subjects.map((one) => [one.warm.name, one.warm.desired(one.wanted)]));
    const done = new Set([...records].filter(([, one]) => one.kind === 'done').map(([index]) => plan.steps[index]?.id as string));
    for (const [index, step] of plan.steps.entries()) {
      const subject = this.#subjects.find((one) => one.warm.name === step.firewall);
      if (done.has(step.id) || !subject || subject.stopped !== undefined) continue;
      if (step.needs.some((id) => !done.has(id))) continue;
      const record = (kind: StepRecord['kind'], detail: Json) => recordStep(table, manager, plan, index, { kind, detail, atMs: now() });
      const known = records.get(index);
      if (!known) await record('started', null);
      await this.#lease.renew(now(), this.#run.leaseMs);
      const context = { desired, fence: { lane: 'structure' as const, number: this.#lease.fence }, deadlineMs: this.#run.deadlineMs };
      let end: StepEnd = await runStep(step, {
        ...context,
        table,
        settings: this.#parts.settings,
        connector,
        now,
        progress: known?.kind === 'again' ? known.detail : undefined,
        onProgress: (progress) => record('again', progress),
        onWrites: (writes) => {
          if (writes > 0) this.#wrote = true;
          meter.count('DeviceWrites', writes, step.firewall);
        },
      });
      if (end.kind === 'running') {
        this.#wrote = true;
        meter.count('Commits', 1, step.firewall);
        await record('running', end.job);
        const job: Job = { index, job: end.job, nextMs: now() + end.pollAfterMs };
        await this.#lease.write({ job: job as unknown as TableValue, filled: plan.wanted });
        end = await this.#waitForJob(job, context);
        if (end.kind === 'running') return 'wait';
      }
      if (end.kind === 'done') {
        if (step.lane === 'structure') meter.count('StructureSteps', 1, step.firewall);
        await record('done', end.note ?? null);
        records.set(index, { step: step.id, kind: 'done', detail: null, atMs: now() });
        done.add(step.id);
        continue;
      }
      const stop = await this.#stop(subject, step.text, end, record);
      if (stop) return stop;
    }
    return 'done';
  }

  /** What an end other than done means. undefined: this firewall stops, the others go on. */
  async #stop(
    subject: Subject,
    text: string,
    end: Exclude<StepEnd, { kind: 'done' }>,
    record: (kind: StepRecord['kind'], detail: Json) => Promise<void>,
  ): Promise<'wait' | 'doubt' | undefined> {
    const { meter, now } = this.#parts;
    const { name } = subject.warm;
    const about = { firewall: name };
    if (end.kind === 'late') {
      this.#later(now());
      return 'wait';
    }
    if (end.kind === 'running') return 'wait';
    if (end.kind === 'frozen') {
      this.#stopFrozen(subject, end.why);
      this.#later(now() + LOOK_AGAIN_MS);
      return 'wait';
    }
    if (end.kind === 'blocked' || end.kind === 'awaitingApproval') {
      const who =
        end.kind === 'blocked'
          ? `${end.who} blocks: ${end.what}${end.since ? ` since ${end.since}` : ''}`
          : `waits for approval on the device: ${end.what}`;
      await record(end.kind, who);
      this.#conditions.push(condition('CEXT_APPLY_BLOCKED', 'warning', `${name}, step "${text}": ${who}`, about));
      meter.count('Blocked', 1, name);
      this.#later(now() + LOOK_AGAIN_MS);
      return 'wait';
    }
    await record(end.kind, { ...end.why });
    if (end.kind === 'unknown' || end.why.retry === 'verify') return 'doubt';
    subject.stopped = end.why.message;
    this.#failed = true;
    meter.count('ApplyFailed', 1, name);
    this.#conditions.push(condition('CEXT_APPLY_FAILED', 'error', `${name}, step "${text}": ${end.why.code}: ${end.why.message}`, about));
    return undefined;
  }

  /** Polls here while the deadline allows and the vendor is quick; else says when to come back. */
  async #waitForJob(
    job: Job,
    context: {
      readonly desired: ReadonlyMap<string, Desired>;
      readonly fence: { readonly lane: 'structure'; readonly number: number };
      readonly deadlineMs: number;
    },
  ): Promise<StepEnd> {
    const { connector, now, sleep } = this.#parts;
    let current = job;
    for (;;) {
      const wait = current.nextMs - now();
      if (wait > SHORT_MS || now() + wait >= context.deadlineMs) {
        this.#later(current.nextMs);
        return { kind: 'running', job: current.job, pollAfterMs: wait };
      }
      if (wait > 0) await sleep(wait);
      const outcome = await call(() => connector.poll(current.job, { ...context, progress: undefined }));
      if (outcome.kind === 'again')
        return { kind: 'unknown', why: { code: 'CEXT_APPLY_FAILED', message: 'a job ended with "again"', retry: 'verify' } };
      if (outcome.kind !== 'running') return outcome;
      current = { index: job.index, job: outcome.job, nextMs: now() + outcome.pollAfterMs };
      await this.#lease.write({ job: current as unknown as TableValue });
    }
  }

  /** A stored job first: until it ended nothing else may be said about the device. */
  async #pollJob(): Promise<'wait' | 'go on'> {
    const { manager, table } = this.#parts;
    const job = this.#lease.state.job as Job | undefined;
    const id = this.#lease.state.openPlan;
    if (!job || typeof id !== 'string' || id === '') return 'go on';
    const found = await readPlan(table, manager, id);
    if (!found) return 'go on';
    const desired = new Map(this.#subjects.map((one) => [one.warm.name, one.warm.desired(one.warm.wanted ?? one.wanted)]));
    const context = { desired, fence: { lane: 'structure' as const, number: this.#lease.fence }, deadlineMs: this.#run.deadlineMs };
    const end = await this.#waitForJob(job, context);
    if (end.kind === 'running') return 'wait';
    const kind = end.kind === 'done' ? 'done' : end.kind === 'failed' ? 'failed' : 'unknown';
    const detail = end.kind === 'failed' || end.kind === 'unknown' ? { ...end.why } : null;
    await recordStep(table, manager, found.plan, job.index, { kind, detail, atMs: this.#parts.now() });
    if (end.kind === 'failed') {
      const firewall = found.plan.steps[job.index]?.firewall ?? '';
      this.#failed = true;
      this.#parts.meter.count('ApplyFailed', 1, firewall);
      this.#conditions.push(
        condition('CEXT_APPLY_FAILED', 'error', `${firewall}: job ended: ${end.why.code}: ${end.why.message}`, { firewall }),
      );
    }
    this.#wrote = true;
    await this.#lease.write({ job: undefined });
    return 'go on';
  }

  /** False: the device does not do what is wanted; read and plan once more. */
  async #proveAndRecord(plan: StoredPlan, records: ReadonlyMap<number, StepRecord>, subjects: readonly Subject[]): Promise<boolean> {
    const named = new Set([...subjects.map((one) => one.warm.name), ...Object.keys(plan.wanted)]);
    const written = this.#subjects.filter((one) => named.has(one.warm.name) && one.stopped === undefined);
    if (written.length === 0) return true;
    const state = await this.#read(
      'running',
      written.map((one) => one.warm.desired(one.wanted)),
    );
    let good = true;
    for (const one of written) {
      const found = state.firewalls.get(one.warm.name);
      const verdict = found
        ? proveRunning(this.#parts, one.warm, found.rulebook, one.wanted)
        : condition('CEXT_APPLY_NOT_PROVEN', 'warning', `${one.warm.name} was not read back`, { firewall: one.warm.name });
      if (verdict?.code === 'CEXT_APPLY_PROOF_FAILED') {
        this.#parts.meter.count('ProofFailed', 1, one.warm.name);
        if (this.#reportsDrift(one)) continue;
        good = false;
        if (!this.#conditions.some((other) => other.code === verdict.code && other.message === verdict.message))
          this.#conditions.push(verdict);
        continue;
      }
      if (verdict) this.#conditions.push(verdict);
      if (!this.#toDo(one) && one.warm.applied) continue;
      await recordApplied(this.#parts, one.warm, one.wanted, plan, records, found);
      this.#wrote = true;
    }
    if (good) this.#forgetHealed();
    return good;
  }

  /** A later attempt made good what an earlier one could not prove. */
  #forgetHealed(): void {
    const left = this.#conditions.filter((one) => one.code !== 'CEXT_APPLY_PROOF_FAILED');
    this.#conditions.splice(0, this.#conditions.length, ...left);
  }

  #tellState(subjects: readonly Subject[], state: DomainState): void {
    for (const { warm } of subjects) {
      const found = state.firewalls.get(warm.name);
      if (!found) continue;
      this.#conditions.push(...found.conditions);
      if (!this.#run.audit) continue;
      for (const drift of found.drift) this.#tellDrift(warm, drift);
      if (warm.applied) {
        const verdict = proveRunning(this.#parts, warm, found.rulebook, warm.applied.rulebook);
        if (verdict?.code === 'CEXT_APPLY_PROOF_FAILED' && found.drift.length === 0) {
          this.#tellDrift(warm, { object: 'rules', before: 'as applied', after: verdict.message });
        }
      }
    }
  }

  #tellDrift(warm: WarmFirewall, drift: Drift): void {
    this.#parts.meter.count('Drift', 1, warm.name);
    const todo = warm.settings.drift === 'repair' && warm.settings.mode === 'sync' ? 'repaired' : 'reported only';
    const message = `${warm.name}: ${drift.object} was changed by somebody else (${todo}). before: ${drift.before}; after: ${drift.after}`;
    this.#drift.push(condition('CEXT_APPLY_DRIFT', 'warning', message, { firewall: warm.name, field: drift.object }));
  }

  #reportsDrift({ warm }: Subject): boolean {
    return warm.settings.drift === 'report' && warm.applied !== undefined && warm.wantedHash === warm.applied.hash;
  }

  /** A difference that is not ours to mend (`drift: report`) makes no steps. */
  #mayRepair(subject: Subject, state: DomainState): boolean {
    return state.firewalls.has(subject.warm.name) && !this.#reportsDrift(subject);
  }

  #slowSteps(warm: WarmFirewall, state: DomainState, desired: ReadonlyMap<string, Desired>) {
    const found = state.firewalls.get(warm.name);
    const wanted = desired.get(warm.name);
    return found && wanted && warm.slow.length > 0 ? this.#parts.connector.planMembers(found, wanted, warm.slow) : [];
  }

  /** Other people's uncommitted work (DESIGN.md 6.4). */
  #foreignBlocks(state: DomainState): boolean {
    const { manager, settings, now } = this.#parts;
    const how = settings.managers[manager]?.foreignPending ?? 'wait';
    if (state.foreign.length === 0 || how === 'install') return false;
    const since = state.foreign.map((one) => Date.parse(one.since ?? '')).filter((ms) => !Number.isNaN(ms));
    if (how === 'waitThenInstall' && since.length === state.foreign.length && Math.max(...since) < now() - PATIENCE_MS) return false;
    for (const one of state.foreign) {
      const message = `manager ${manager}: ${one.who} has ${one.what}${one.since ? ` since ${one.since}` : ''}; structure waits, membership goes on`;
      this.#conditions.push(condition('CEXT_APPLY_BLOCKED', 'warning', message, { manager, field: one.who }));
    }
    this.#parts.meter.count('Blocked', 1);
    this.#later(now() + LOOK_AGAIN_MS);
    return true;
  }

  /** The first change goes at once, the next ones wait for more of their kind. */
  async #coalesce(): Promise<boolean> {
    const { manager, settings, now, sleep } = this.#parts;
    const window = milliseconds(settings.managers[manager]?.coalesce ?? '2s');
    const wait = Number(this.#lease.state.lastApplyMs ?? 0) + window - now();
    if (wait <= 0) return false;
    if (wait <= SHORT_MS) {
      await sleep(wait);
      return false;
    }
    this.#later(now() + wait);
    return true;
  }

  async #read(what: 'pending' | 'running', firewalls: readonly Desired[]): Promise<DomainState> {
    this.#parts.meter.count('DeviceReads', 1);
    try {
      return await this.#parts.connector.read({ what, firewalls, members: 'none' });
    } catch (error) {
      throw new Unreachable(error);
    }
  }

  #newPlan(why: string, parts: readonly PlannedPart[], steps: StoredPlan['steps'], wanted: Readonly<Record<string, string>>): StoredPlan {
    const { manager, now, random } = this.#parts;
    const createdMs = now();
    const id = planId(
      createdMs,
      Math.floor(random() * 0xffffff)
        .toString(16)
        .padStart(6, '0'),
    );
    return { id, manager, createdMs, fence: this.#lease.fence, why, parts, wanted, steps };
  }

  #why(planned: readonly Subject[]): string {
    if (this.#run.audit && planned.every((one) => one.parts.length === 0)) return 'audit: the device is not as it was left';
    const from = planned.flatMap(({ warm }) => Object.entries(warm.positions).map(([cluster, position]) => `${cluster} at ${position}`));
    return `policy of ${[...new Set(from)].join(', ')}`;
  }

  #stopFrozen(subject: Subject, why: string): void {
    subject.stopped = why;
    this.#conditions.push(condition('CEXT_APPLY_FROZEN', 'warning', `${subject.warm.name} is ${why}`, { firewall: subject.warm.name }));
  }

  #later(ms: number): void {
    this.#againMs = Math.min(this.#againMs ?? ms, ms);
  }

  async #end(polling: boolean): Promise<StructureEnd> {
    const { now, random } = this.#parts;
    const failures = this.#failed ? Number(this.#lease.state.failures ?? 0) + 1 : 0;
    const notBeforeMs = this.#failed ? now() + backOffMs(failures, random()) : 0;
    if (this.#failed) this.#later(notBeforeMs);
    await this.#lease.release({ failures, notBeforeMs });
    const drift = this.#run.audit && !polling ? this.#drift : undefined;
    const end = { conditions: polling ? undefined : this.#conditions, drift, wrote: this.#wrote };
    return this.#againMs === undefined ? end : { ...end, againMs: this.#againMs };
  }
}

class Unreachable extends Error {
  constructor(cause: unknown) {
    super('the manager could not be read', { cause });
  }
}
