/** Moments and ages as people write and read them. */
import { milliseconds } from '../functions/duration.ts';
import { cliError } from './errors.ts';

const AGO = /^-?(\d+(?:ms|s|m|h|d))( ago)?$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const WRITTEN = /^([12]\d{3})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?)?( ?(?:Z|UTC)|[+-]\d{2}:?\d{2})?$/;

/**
 * "2h" or "2h ago", "now", "14:05" (today), "2026-11-23", "2026-11-23 14:05", "2026-11-23T14:05:00Z", and as the command itself prints moments:
 * "2026-11-23 14:05:00 UTC", 1795487404378. Without a zone it is the time of this machine. -> Unix ms.
 * @throws CEXT_CLI_USAGE, CEXT_CLI_TOO_EARLY
 */
export function parseMoment(text: string, nowMs: number, option: string): number {
  const said = text.trim();
  const at = momentOf(said, nowMs);
  if (at === undefined || Number.isNaN(at))
    throw cliError('CEXT_CLI_USAGE', `${option}: "${text}" is no moment; write 14:05, 2h, 7d, "2026-11-23 14:05" or 2026-11-23T14:05:00Z`);
  if (at <= nowMs + 1_000) return at;
  const yesterday = CLOCK.test(said) ? `; for yesterday write "${localDay(at - 86_400_000)} ${said}"` : '; ask for an earlier moment';
  throw cliError('CEXT_CLI_TOO_EARLY', `${option}: ${tellMoment(at)} lies in the future${yesterday}`);
}

function momentOf(said: string, nowMs: number): number | undefined {
  if (said === 'now') return nowMs;
  if (/^\d{13}$/.test(said)) return Number(said);
  const [, ago] = AGO.exec(said) ?? [];
  if (ago !== undefined) return Math.max(0, nowMs - milliseconds(ago));
  const [clock, hour, minute, second] = CLOCK.exec(said) ?? [];
  if (clock !== undefined) {
    const fits = Number(hour) < 24 && Number(minute) < 60 && Number(second ?? 0) < 60;
    return fits ? new Date(nowMs).setHours(Number(hour), Number(minute), Number(second ?? 0), 0) : undefined;
  }
  const [whole, ...parts] = WRITTEN.exec(said) ?? [];
  return whole === undefined ? undefined : calendarOf(parts);
}

/** undefined for a day or an hour that is not in the calendar: Date would go on counting into the next month. */
function calendarOf(parts: readonly (string | undefined)[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map((part) => Number(part ?? 0));
  const ms = Number((parts[6] ?? '').padEnd(3, '0'));
  const there = new Date(Date.UTC(year, month - 1, day));
  if (there.getUTCMonth() !== month - 1 || there.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return undefined;
  const zone = parts[7]?.trim();
  if (zone === undefined) return new Date(year, month - 1, day, hour, minute, second, ms).getTime();
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  return there.setUTCHours(hour, minute, second, ms) - offset;
}

const two = (number: number) => String(number).padStart(2, '0');

function localDay(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
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

/** The same, and what the clock of this machine showed then where that is another time. */
export function tellAsked(ms: number): string {
  const at = new Date(ms);
  const here = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return at.getTimezoneOffset() === 0 ? tellMoment(ms) : `${tellMoment(ms)} (${localDay(ms)} ${here} here)`;
}
