/** The budget of membership: a net shrink in a window holds removals, never additions (DESIGN.md 6.3). */

import { milliseconds } from '../duration.ts';
import { readApproval } from '../ledger/controls.ts';
import { hashOf } from '../ledger/encode.ts';
import { commitsMembers } from './commit-lane.ts';
import { condition } from './errors.ts';
import { shrinksTooMuch } from './guard.ts';
import type { MembersPass, Window } from './pass.ts';

/** Clusters whose removals are held: a net shrink in a window beyond the budget (DESIGN.md 6.3). */
export async function heldClusters(pass: MembersPass): Promise<ReadonlySet<string>> {
  const warm = pass.warm;
  const { budget } = warm.settings;
  const nowMs = pass.parts.now();
  const version = warm.applied?.version ?? 0;
  const there = new Map<string, number>();
  const wanted = new Map<string, number>();
  for (const cluster of warm.views.keys()) {
    const count = warm.memberCount(cluster, warm.appliedRulebook.sets);
    wanted.set(cluster, count);
    there.set(cluster, count);
  }
  for (const [set, delta] of warm.pending) {
    const cluster = pass.standing.get(set)?.cluster;
    if (cluster === undefined || !warm.appliedRulebook.sets.has(set)) continue;
    there.set(cluster, (there.get(cluster) ?? 0) - delta.added.size + delta.removed.size);
  }
  const stored = pass.lease.state.window as Window | undefined;
  const held = (pass.lease.state.held ?? {}) as Readonly<Record<string, string>>;
  const fresh = !stored || stored.version !== version || nowMs - stored.sinceMs > milliseconds(budget.membersWindow);
  const window: Window =
    fresh && Object.keys(held).length === 0
      ? { sinceMs: nowMs, version, sizes: Object.fromEntries(there) }
      : (stored ?? { sinceMs: nowMs, version, sizes: {} });
  const sizes: Record<string, number> = { ...window.sizes };
  const out = new Set<string>();
  const hashes: Record<string, string> = {};
  for (const [cluster, count] of wanted) {
    const base = Math.max(sizes[cluster] ?? 0, there.get(cluster) ?? 0);
    sizes[cluster] = base;
    if (!shrinksTooMuch(base, count, budget.membersRemovedShare)) continue;
    const hash = held[cluster] ?? hashOf({ firewall: warm.name, cluster, sinceMs: window.sinceMs, base });
    if (await readApproval(pass.parts.table, warm.name, hash)) {
      sizes[cluster] = count;
      // Where a commit does it, it is not done by the end of this pass: the approval is good until it is.
      if (commitsMembers(pass.parts.connector.capabilities)) hashes[cluster] = hash;
      continue;
    }
    out.add(cluster);
    hashes[cluster] = hash;
    const message = `cluster ${cluster} on ${warm.name}: ${base} members would become ${count} within ${budget.membersWindow}; removals are held, approve with hash ${hash}`;
    pass.conditions.push(condition('CEXT_APPLY_MEMBERS_HELD', 'error', message, { firewall: warm.name, cluster }));
  }
  pass.window = { ...window, sizes };
  pass.held = hashes;
  return out;
}
