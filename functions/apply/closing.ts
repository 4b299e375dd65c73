/** What of the pending changes may be written now: not removals that are held, and before a structure change only what closes. */
import type { MemberChange } from '../firewalls/contract.ts';
import type { Member, Rulebook, SetId } from '../rulebook/types.ts';
import type { MembersPass } from './pass.ts';

export function affordable(pass: MembersPass, heldClusters: ReadonlySet<string>): MemberChange[] {
  const warm = pass.warm;
  const out: MemberChange[] = [];
  const closing = pass.run.closingOnly ? closingSides([warm.appliedRulebook, warm.compilation?.rulebook, warm.wanted]) : undefined;
  for (const [set, all] of warm.pending) {
    const cluster = pass.standing.get(set)?.cluster;
    if (cluster === undefined) continue;
    const side = closing?.get(set);
    const delta = closing
      ? { added: side === 'added' ? all.added : new Set<Member>(), removed: side === 'removed' ? all.removed : new Set<Member>() }
      : all;
    const keep = warm.settings.mode === 'add-only' ? 'mode add-only' : heldClusters.has(cluster) ? 'removals are held' : undefined;
    const removed = keep ? new Set<Member>() : new Set(delta.removed);
    if (keep && delta.removed.size > 0) pass.behind.set(set, keep);
    if (delta.added.size + removed.size > 0) out.push({ set, added: new Set(delta.added), removed });
  }
  return out;
}

/** Per set the kind of change that can only close: removals where it only widens allows, additions where it only widens denies. */
export function closingSides(books: readonly (Rulebook | undefined)[]): Map<SetId, 'added' | 'removed' | 'neither'> {
  const out = new Map<SetId, 'added' | 'removed' | 'neither'>();
  const note = (set: SetId, side: 'added' | 'removed') => out.set(set, (out.get(set) ?? side) === side ? side : 'neither');
  for (const rule of books.flatMap((book) => book?.rules ?? [])) {
    if (rule.action === 'log') continue;
    const widens = rule.action === 'allow' ? 'removed' : 'added';
    const narrows = rule.action === 'allow' ? 'added' : 'removed';
    for (const side of [rule.source, rule.destination]) {
      for (const set of side.include === 'any' ? [] : side.include.sets) note(set, widens);
      for (const set of side.exclude.sets) note(set, narrows);
    }
    for (const end of [rule.sourceEndpoints, rule.destinationEndpoints]) {
      for (const set of end.include) note(set, widens);
      for (const set of end.exclude) note(set, narrows);
    }
  }
  return out;
}
