/** When to wait: for other people's pending work, for more changes of the same kind, after failures. */

import { milliseconds } from '../duration.ts';
import type { DomainState } from '../firewalls/contract.ts';
import { condition } from './errors.ts';
import { LOOK_AGAIN_MS, type Round, SHORT_MS } from './round.ts';

/** `waitThenInstall` waits so long for other people's pending work. */
const PATIENCE_MS = 15 * 60_000;
/** More people than that are not told one by one. */
const MOST_FOREIGN = 10;

/** Other people's uncommitted work (DESIGN.md 6.4). Since when is remembered where the device does not say it. */
export async function foreignBlocks(round: Round, state: DomainState): Promise<boolean> {
  const { manager, settings, meter, now } = round.parts;
  const how = settings.managers[manager]?.foreignPending ?? 'wait';
  const known = (round.lease.state.foreignSince ?? {}) as Readonly<Record<string, number>>;
  const since: Record<string, number> = {};
  for (const { who, what, since: told } of state.foreign) {
    const key = `${who}: ${what}`.slice(0, 200);
    since[key] = Date.parse(told ?? '') || known[key] || now();
  }
  if (JSON.stringify(since) !== JSON.stringify(known)) await round.lease.write({ foreignSince: since });
  const youngest = Math.max(...Object.values(since));
  if (state.foreign.length === 0 || how === 'install' || (how === 'waitThenInstall' && youngest < now() - PATIENCE_MS)) return false;
  for (const [what, sinceMs] of Object.entries(since).slice(0, MOST_FOREIGN)) {
    const message = `manager ${manager}: ${what}, since ${new Date(sinceMs).toISOString()}; structure waits, membership goes on`;
    round.say(condition('CEXT_APPLY_BLOCKED', 'warning', message, { manager, field: what }));
  }
  meter.count('Blocked', 1);
  round.later(now() + (how === 'waitThenInstall' ? Math.min(LOOK_AGAIN_MS, youngest + PATIENCE_MS - now() + 1) : LOOK_AGAIN_MS));
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
