/** How a pass over members ends: positions written with the lease given back, or back-off with what was in flight left written. */
import type { Condition } from '../errors.ts';
import type { TableValue } from '../table.ts';
import { CROWDED } from './crowded.ts';
import { isAsked } from './doubt.ts';
import { ALL, type MembersEnd, type MembersPass, MOST_NAMED, MOST_RECENT, type Recent } from './pass.ts';
import { backOffMs } from './patience.ts';

/** Why a set is behind that this pass was not asked for. */
const LATER = 'its turn comes in the next pass';

/** The lane follows up to the views' positions, but for what is behind: one write gives all that back together with the lease. */
export async function settle(pass: MembersPass, kind: 'done' | 'behind'): Promise<MembersEnd> {
  const warm = pass.warm;
  const writes = Number(pass.lease.state.writes ?? 0) + 1;
  const left = new Map(pass.behind);
  // Of all that does not stand as its cluster was at these positions: another process relies on it (doubt.ts).
  const { state } = pass.lease;
  const before = (state.behind ?? {}) as Readonly<Record<string, string>>;
  const asked = (set: string) => isAsked(pass.run, pass.standing, set);
  const missed = new Set([...warm.pending.keys(), ...warm.doubted]);
  for (const set of missed) if (asked(set) && !left.has(set)) left.set(set, warm.pending.has(set) ? LATER : (before[set] ?? LATER));
  // Of clusters that were not asked for, what was said of them stays as it is said, but for what nobody has compared yet.
  const { only } = pass.run;
  if (only) {
    for (const [set, why] of Object.entries(before)) if (!asked(set) && !left.has(set)) left.set(set, why);
    for (const set of pass.uncompared) if (!left.has(set)) left.set(set, LATER);
  }
  const positions = only ? { ...(state.positions as Readonly<Record<string, number>> | undefined) } : {};
  for (const [cluster, position] of Object.entries(warm.positions)) if (!only || only.has(cluster)) positions[cluster] = position;
  const behind: Record<string, string> = Object.fromEntries([...left].slice(0, MOST_NAMED));
  if (left.size > MOST_NAMED) behind[ALL] = `${left.size} sets are behind`;
  if (pass.run.audit) {
    const members = [...pass.standing.keys()].reduce((sum, set) => sum + warm.derived.members(set).size, 0);
    pass.parts.meter.count('Members', members, warm.name);
  }
  await pass.lease.release({
    positions,
    crowdedAt: crowdedAt(pass, behind),
    version: warm.applied?.version ?? 0,
    writes,
    exact: writes,
    inFlight: undefined,
    ...(pass.written.length > 0 && { wrote: pass.lease.fence }),
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

/** Sets of clusters with too many members stand as those were at some position, as long as nothing of them is written. */
function crowdedAt(pass: MembersPass, behind: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const { state } = pass.lease;
  const before = (state.crowdedAt ?? {}) as Readonly<Record<string, number>>;
  const exact = state.exact !== undefined && state.exact === state.writes && state.inFlight === undefined;
  const out: Record<string, number> = {};
  for (const [set, why] of Object.entries(behind)) {
    if (why !== CROWDED || pass.written.includes(set) || pass.written.includes(ALL)) continue;
    const was = (state.behind as Readonly<Record<string, string>> | undefined)?.[set];
    const cluster = pass.standing.get(set)?.cluster ?? '';
    const stood = (state.positions as Readonly<Record<string, number>> | undefined)?.[cluster];
    const position = was === CROWDED ? before[set] : exact && was === undefined ? stood : undefined;
    if (position !== undefined) out[set] = position;
  }
  return out;
}
