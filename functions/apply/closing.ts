/** What of the pending changes may be written now: not removals that are held, and before a structure change only what closes. */
import type { MemberChange } from '../firewalls/contract.ts';
import type { FilterRule, Member, Members, Rulebook, SetId } from '../rulebook/types.ts';
import { tooManyMembers } from './crowded.ts';
import { condition } from './errors.ts';
import { setsOf } from './kept.ts';
import type { MembersPass } from './pass.ts';

const NOBODY: Members = new Set();

/** What may be written now. Of a cluster that wants more members than its pair allows, only what surely closes: others share the device. */
export function affordable(
  pass: MembersPass,
  heldClusters: ReadonlySet<string>,
  closingOnly: boolean = pass.run.closingOnly,
): MemberChange[] {
  const warm = pass.warm;
  const out: MemberChange[] = [];
  const later = closingOnly && warm.pending.size > 0 ? leaveLater(warm.appliedRulebook, warm.wanted) : undefined;
  const closing = closingOnly ? closingSides([warm.appliedRulebook, warm.wanted]) : undefined;
  const crowded = tooManyMembers(warm, pass.parts.settings, warm.appliedRulebook);
  for (const [cluster, message] of crowded)
    pass.conditions.push(condition('CEXT_APPLY_TOO_MANY_MEMBERS', 'error', message, { firewall: warm.name, cluster }));
  const closes = crowded.size > 0 ? closingSides([warm.appliedRulebook, warm.wanted]) : undefined;
  for (const [set, pending] of warm.pending) {
    const cluster = pass.standing.get(set)?.cluster;
    if (cluster === undefined || (pass.run.only && !pass.run.only.has(cluster))) continue;
    const full = crowded.has(cluster);
    const all = full ? { added: NOBODY, removed: closes?.get(set) === 'removed' ? pending.removed : NOBODY } : pending;
    if (full && pending.added.size > 0) pass.behind.set(set, 'more members than the pair allows');
    const side = closing?.get(set);
    const delta = closing
      ? {
          added: side === 'added' ? all.added : NOBODY,
          removed: side === 'removed' && !later?.(set) ? all.removed : NOBODY,
        }
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

/**
 * Sets that members may leave after the structure change (make before break: they may be joining another one). That is safe where the new rules allow
 * nothing through such a set that the old ones did not: the rules that name it are the old ones, and what stood above them and denied still does.
 */
function leaveLater(before: Rulebook, after: Rulebook | undefined): (set: SetId) => boolean {
  if (!after) return () => false;
  const textOf = ({ origin: _, ...rule }: FilterRule) => JSON.stringify(rule);
  const places = new Map(before.rules.map((rule, place) => [textOf(rule), place]));
  const last = new Map<string, number>();
  const changed = new Set<SetId>();
  const left = new Set(places.values());
  for (const rule of after.rules) {
    const place = places.get(textOf(rule));
    const chain = `${rule.border}|${rule.stage}|${rule.direction}`;
    if (place === undefined || rule.translation.kind !== 'absent') for (const set of setsOf(rule)) changed.add(set);
    if (place === undefined) continue;
    left.delete(place);
    if (place < (last.get(chain) ?? -1)) return () => false;
    last.set(chain, place);
  }
  const onlyPlainAllowsWent = [...left].every((place) => {
    const { action, translation } = before.rules[place] as FilterRule;
    return action !== 'deny' && translation.kind === 'absent';
  });
  return (set) => onlyPlainAllowsWent && !changed.has(set);
}
