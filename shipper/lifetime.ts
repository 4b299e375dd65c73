/** How the process ends (reference/felix.md 1.1): Felix waits 4 s after its SIGTERM, then kills. */

/** What is left of the 4 s after a start of the event loop and an exit. */
export const FINISH_MS = 3_500;
/** After SIGTERM Felix may still be writing the flush it began, and what it wrote may not have been read; for so long it is read at most ... */
export const LAST_WORDS_MS = 200;
/** ... or until the pipe said nothing for so long. */
export const QUIET_MS = 25;

/**
 * How long a failed shipper stands still before it exits and Felix starts the next one: long enough to be seen by whoever reads /healthz
 * and /metrics, longer the sooner it failed. It cannot grow from life to life, since nothing is kept between lives; the supervisor of
 * Felix remembers restarts and backs off by itself (docs/decisions/0010).
 */
export function exitDelayMs(uptimeMs: number): number {
  return 1_000 + 4_000 * (1 - Math.min(1, Math.max(0, uptimeMs) / 60_000));
}
