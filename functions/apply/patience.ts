/** When to wait: for other people's pending work, for more changes of the same kind, after failures. */
import type { DomainState } from '../firewalls/contract.ts';
import { milliseconds } from '../settings.ts';
import { condition } from './errors.ts';
import { LOOK_AGAIN_MS, type Round, SHORT_MS } from './round.ts';

/** `waitThenInstall` waits so long for other people's pending work. */
const PATIENCE_MS = 15 * 60_000;

/** Other people's uncommitted work (DESIGN.md 6.4). */
export function foreignBlocks(round: Round, state: DomainState): boolean {
  const { manager, settings, now } = round.parts;
  const how = settings.managers[manager]?.foreignPending ?? 'wait';
  if (state.foreign.length === 0 || how === 'install') return false;
  const since = state.foreign.map((one) => Date.parse(one.since ?? '')).filter((ms) => !Number.isNaN(ms));
  if (how === 'waitThenInstall' && since.length === state.foreign.length && Math.max(...since) < now() - PATIENCE_MS) return false;
  for (const one of state.foreign) {
    const message = `manager ${manager}: ${one.who} has ${one.what}${one.since ? ` since ${one.since}` : ''}; structure waits, membership goes on`;
    round.say(condition('CEXT_APPLY_BLOCKED', 'warning', message, { manager, field: one.who }));
  }
  round.parts.meter.count('Blocked', 1);
  round.later(now() + LOOK_AGAIN_MS);
  return true;
}

/** The first change goes at once, the next ones wait for more of their kind. */
export async function coalesce(round: Round): Promise<boolean> {
  const { manager, settings, now, sleep } = round.parts;
  const window = milliseconds(settings.managers[manager]?.coalesce ?? '2s');
  const wait = Number(round.lease.state.lastApplyMs ?? 0) + window - now();
  if (wait <= 0) return false;
  if (wait <= SHORT_MS) {
    await sleep(wait);
    return false;
  }
  round.later(now() + wait);
  return true;
}

/** 1 s, 2 s, 4 s ... 5 min, each by a quarter more or less. */
export function backOffMs(failures: number, random: number): number {
  const plain = Math.min(300_000, 1000 * 2 ** Math.min(failures - 1, 20));
  return Math.round(plain * (0.75 + random / 2));
}
