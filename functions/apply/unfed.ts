/**
 * Sets of rules on the device that no view feeds any more: Felix took a policy back and its sets with it, while its rules stand (held, or kept at their
 * last good version). The device is the only one that knows their members: they are neither compared nor changed, until `frozenFor` is over. Then allows
 * lose their members, because an address may by now belong to another pod (DESIGN.md section 5).
 */

import { milliseconds } from '../duration.ts';
import type { MemberChange } from '../firewalls/contract.ts';
import { closingSides } from './closing.ts';
import { readMembers } from './doubt.ts';
import { condition } from './errors.ts';
import type { MembersPass } from './pass.ts';

/** Unix ms since when a cluster left sets behind. */
export type UnfedSince = Readonly<Record<string, number>>;

/** In an audit: what goes because its time is over. */
export async function expireUnfed(pass: MembersPass): Promise<MemberChange[]> {
  const { warm, parts } = pass;
  const before = (pass.lease.state.unfed ?? {}) as UnfedSince;
  const since: Record<string, number> = {};
  const expired = new Set<string>();
  const sides = closingSides([warm.appliedRulebook]);
  for (const set of warm.unfedSets()) {
    const cluster = warm.appliedRulebook.sets.get(set)?.cluster ?? '';
    const sinceMs = before[cluster] ?? parts.now();
    since[cluster] = sinceMs;
    const frozenFor = parts.settings.clusters[cluster]?.frozenFor ?? '1h';
    if (parts.now() - sinceMs <= milliseconds(frozenFor)) continue;
    if (sides.get(set) === 'removed') expired.add(set);
    const message = `cluster ${cluster} on ${warm.name}: rules that stand name sets that it left behind since ${new Date(sinceMs).toISOString()}; after ${frozenFor} their allows have no members`;
    if (!pass.conditions.some((one) => one.message === message))
      pass.conditions.push(condition('CEXT_APPLY_UNFED', 'warning', message, { cluster, firewall: warm.name }));
  }
  pass.unfed = since;
  if (!pass.run.audit || expired.size === 0 || warm.settings.mode !== 'sync') return [];
  const found = await readMembers(pass, expired);
  return [...expired].flatMap((set) => {
    const removed = found.sets.get(set)?.members ?? new Set<string>();
    return removed.size > 0 ? [{ set, added: new Set<string>(), removed }] : [];
  });
}
