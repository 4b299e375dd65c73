/** One step of a plan, from its first call to an end: goes on with its progress, looks at the freezes before every call, never hides an outcome. */
import { CextError } from '../errors.ts';
import type { Connector, ExecuteContext, Failure, Json, Outcome, Step } from '../firewalls/contract.ts';
import { readFreezes } from '../ledger/controls.ts';
import type { Settings } from '../settings.ts';
import type { Table } from '../table.ts';

export type StepEnd =
  | Exclude<Outcome, { kind: 'again' }>
  /** the deadline came first */
  | { readonly kind: 'late'; readonly progress: Json }
  | { readonly kind: 'frozen'; readonly why: string };

export interface StepRun {
  readonly table: Table;
  readonly settings: Settings;
  readonly connector: Connector;
  readonly now: () => number;
  readonly desired: ExecuteContext['desired'];
  readonly fence: ExecuteContext['fence'];
  readonly deadlineMs: number;
  /** progress of an earlier call, from the ledger */
  readonly progress: Json | undefined;
  /** told after every call that left something to do */
  readonly onProgress: (progress: Json) => Promise<void>;
  readonly onWrites: (writes: number) => void;
  /** The switches were read just now: they are not read again before the first call. */
  readonly switchesRead?: boolean;
}

export async function runStep(step: Step, run: StepRun): Promise<StepEnd> {
  let progress = run.progress;
  for (let calls = 0; ; calls++) {
    const frozen = calls === 0 && run.switchesRead ? undefined : await whyFrozen(run.table, run.settings, step.firewall);
    if (frozen !== undefined) return { kind: 'frozen', why: frozen };
    if (run.now() >= run.deadlineMs) return { kind: 'late', progress: progress ?? null };
    const context: ExecuteContext = { desired: run.desired, fence: run.fence, progress, deadlineMs: run.deadlineMs };
    const outcome = await call(() => run.connector.execute(step, context));
    if (outcome.kind === 'done') run.onWrites(outcome.wrote);
    if (outcome.kind !== 'again') return outcome;
    run.onWrites(outcome.wrote);
    progress = outcome.progress;
    await run.onProgress(progress);
  }
}

/** A connector that throws has not said what happened: the effect is unknown unless its error says otherwise. */
export async function call(make: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await make();
  } catch (error) {
    const why = failureOf(error);
    if (!(error instanceof CextError)) return { kind: 'unknown', why };
    return { kind: why.retry === 'verify' ? 'unknown' : 'failed', why };
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CextError) return { code: error.code, message: error.message, retry: error.retry };
  return { code: 'CEXT_APPLY_FAILED', message: error instanceof Error ? error.message : String(error), retry: 'verify' };
}

/** Settings and switches; the switches are read anew at every call, so that a freeze works within seconds while an apply runs. */
export async function whyFrozen(table: Table, settings: Settings, firewall: string): Promise<string | undefined> {
  if (settings.frozen) return 'frozen for all firewalls in the settings';
  if (settings.firewalls[firewall]?.frozen) return 'frozen in the settings';
  const freezes = await readFreezes(table);
  const freeze = freezes.get('all') ?? freezes.get(firewall);
  return freeze && `frozen by ${freeze.who} since ${new Date(freeze.sinceMs).toISOString()}: ${freeze.why}`;
}
