/** Moments and ages as people write and read them. */
import { milliseconds } from '../functions/duration.ts';
import { cliError } from './errors.ts';

/**
 * "2026-11-23T14:05:00Z", "2026-11-23 14:05", "14:05" (today, local time), "2h" or "2h ago", "now" -> Unix ms.
 * @throws CEXT_CLI_USAGE
 */
export function parseMoment(text: string, nowMs: number, option: string): number {
  const ago = /^-?(\d+(?:ms|s|m|h|d))( ago)?$/.exec(text.trim());
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  const whole = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.test(text.trim());
  let at = Number.NaN;
  if (text.trim() === 'now') at = nowMs;
  else if (ago) at = nowMs - milliseconds(ago[1] as string);
  else if (clock) at = new Date(nowMs).setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0);
  else if (whole) at = Date.parse(text.trim().replace(' ', 'T'));
  if (Number.isNaN(at) || (clock && (Number(clock[1]) > 23 || Number(clock[2]) > 59)))
    throw cliError('CEXT_CLI_USAGE', `${option}: "${text}" is no moment; write 14:05, 2h, "2026-11-23 14:05" or 2026-11-23T14:05:00Z`);
  if (at > nowMs + 1_000)
    throw cliError('CEXT_CLI_TOO_EARLY', `${option}: ${new Date(at).toISOString()} lies in the future; ask for an earlier moment`);
  return at;
}

/** "now", "12 s", "5 min", "3 h", "12 d". */
export function tellAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 1) return 'now';
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** "2026-11-23 14:05:00 UTC". */
export const tellMoment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
