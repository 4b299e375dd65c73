/** How a pass over members ends: positions written with the lease given back, or back-off with what was in flight left written. */
import type { Condition } from '../errors.ts';
import type { TableValue } from '../table.ts';
import { ALL, type MembersEnd, type MembersPass, MOST_NAMED, MOST_RECENT, type Recent } from './pass.ts';
import { backOffMs } from './patience.ts';

/** The lane follows up to the views' positions, but for what is behind: one write gives all that back together with the lease. */
export async function settle(pass: MembersPass, kind: 'done' | 'behind'): Promise<MembersEnd> {
  const warm = pass.warm;
  const writes = Number(pass.lease.state.writes ?? 0) + 1;
  const behind: Record<string, string> = Object.fromEntries([...pass.behind].slice(0, MOST_NAMED));
  if (pass.behind.size > MOST_NAMED) behind[ALL] = `${pass.behind.size} sets are behind`;
  if (pass.run.audit) {
    const members = [...pass.standing.keys()].reduce((sum, set) => sum + warm.derived.members(set).size, 0);
    pass.parts.meter.count('Members', members, warm.name);
  }
  await pass.lease.release({
    positions: { ...warm.positions },
    version: warm.applied?.version ?? 0,
    writes,
    inFlight: undefined,
    recent: [...((pass.lease.state.recent ?? []) as unknown as readonly Recent[]), { writes, sets: pass.written }].slice(
      -MOST_RECENT,
    ) as unknown as TableValue,
    behind,
    window: pass.window as unknown as TableValue,
    held: pass.held,
    unfed: pass.unfed,
    failures: 0,
    notBeforeMs: 0,
  });
  warm.base = writes;
  warm.baseSets = new Set(pass.standing.keys());
  if (pass.behind.size === 0 && warm.observedMs !== undefined) {
    pass.parts.meter.count('Latency', pass.parts.now() - warm.observedMs, warm.name);
    warm.observedMs = undefined;
  }
  return { kind, conditions: pass.conditions, lost: pass.lost };
}

/** What was in flight stays written: the next run reads it before it believes anything. Backs off with jitter. */
export async function comeBack(pass: MembersPass, why: Condition | undefined): Promise<MembersEnd> {
  if (why) pass.conditions.push(why);
  const failures = why ? Number(pass.lease.state.failures ?? 0) + 1 : 0;
  const waitMs = why ? backOffMs(failures, pass.parts.random()) : 0;
  const againMs = pass.parts.now() + waitMs;
  pass.warm.forgetMembers();
  await pass.lease.release({ failures, notBeforeMs: why ? againMs : 0 });
  return { kind: 'retry', conditions: pass.conditions, againMs, lost: pass.lost };
}
