/**
 * When what is pending leaves.
 * - Members of sets that the cloud knows leave at once after quiet (a moment is left for a delta's sister: Felix writes one message per
 *   set), then once per window.
 * - As soon as anything structural is pending, everything waits for 50 ms without frames, so that no flush of Felix is cut in two and no
 *   later delta overtakes an earlier rule. Endless streams do not starve it: after PATIENCE a short gap is enough (a flush is written in
 *   one go), after LIMIT none is needed.
 */
export const LINGER_MS = 2;
export const WINDOW_MS = 100;
export const MAX_WINDOW_MS = 5_000;
export const QUIET_MS = 50;
export const PATIENCE_MS = 500;
export const SHORT_QUIET_MS = 5;
export const LIMIT_MS = 2_000;

/** All in ms of the same clock. */
export interface Waiting {
  readonly firstChange: number;
  /** undefined = nothing structural is pending */
  readonly firstStructure: number | undefined;
  readonly lastFrame: number;
  readonly lastDeparture: number;
  readonly window: number;
}

/** The time at which it leaves if no more frames come. */
export function departsAt({ firstChange, firstStructure, lastFrame, lastDeparture, window }: Waiting): number {
  const windowEnds = lastDeparture + window;
  if (firstStructure === undefined) return Math.max(firstChange + LINGER_MS, windowEnds);
  const quiet = lastFrame + QUIET_MS;
  if (quiet <= firstStructure + PATIENCE_MS) return Math.max(quiet, windowEnds);
  const gap = Math.max(lastFrame + SHORT_QUIET_MS, firstStructure + PATIENCE_MS);
  return Math.max(Math.min(gap, firstStructure + LIMIT_MS), windowEnds);
}

/** SQS that takes long is asked less often: a window lasts at least twice as long as the last departure took. */
export function windowAfter(tookMs: number): number {
  return Math.min(MAX_WINDOW_MS, Math.max(WINDOW_MS, 2 * tookMs));
}
