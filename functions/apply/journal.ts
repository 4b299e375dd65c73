/**
 * What sets changed by, look by look. The ledger says at which log position another process left a set (docs/decisions/0073); who has followed it from
 * there knows what it lacks now, and need not read it from the device (docs/decisions/0209).
 */
import { compactMembers, MemberSet } from '../../proto/members.ts';
import type { ViewChange } from '../cluster/view.ts';
import type { SetId } from '../rulebook/types.ts';
import type { SetChange } from './ports.ts';

/** What the device lacks (added) and has too much (removed) in one set. */
export interface Delta {
  readonly added: MemberSet;
  readonly removed: MemberSet;
}

export const newDelta = (): Delta => ({ added: new MemberSet(), removed: new MemberSet() });

/** What comes after what went cancels out. */
export function addTo(delta: Delta, { added, removed }: SetChange): void {
  for (const member of compactMembers(removed)) if (!delta.added.delete(member)) delta.removed.add(member);
  for (const member of compactMembers(added)) if (!delta.removed.delete(member)) delta.added.add(member);
}

interface Look {
  readonly from: number;
  readonly to: number;
  readonly changes: ReadonlyMap<SetId, SetChange>;
  /** members in them */
  readonly size: number;
}

/** Looks and members that are remembered of one cluster: some seconds of a busy one, some MB at most. Before them a set has to be read. */
const MOST_LOOKS = 200;
const MOST_MEMBERS = 500_000;

export class Journal {
  readonly #looks = new Map<string, Look[]>();
  /** the position of its cluster since which a set is followed */
  readonly #since = new Map<SetId, { readonly cluster: string; readonly position: number }>();

  /** Of this cluster nothing is known any more. */
  forget(cluster: string): void {
    this.#looks.delete(cluster);
    for (const [id, since] of this.#since) if (since.cluster === cluster) this.#since.delete(id);
  }

  /** These sets are followed, from where their clusters are now on; those that were before, since then. */
  follow(sets: ReadonlyMap<SetId, { readonly cluster: string }>, positions: Readonly<Record<string, number>>): void {
    for (const id of this.#since.keys()) if (!sets.has(id)) this.#since.delete(id);
    for (const [id, { cluster }] of sets) if (!this.#since.has(id)) this.#since.set(id, { cluster, position: positions[cluster] ?? 0 });
  }

  /** Of these sets nothing is known from before. */
  restart(sets: Iterable<SetId>, position: number): void {
    for (const id of sets) {
      const since = this.#since.get(id);
      if (since) this.#since.set(id, { ...since, position });
    }
  }

  note(cluster: string, { from, to }: Pick<ViewChange, 'from' | 'to'>, changes: Look['changes']): void {
    let size = 0;
    for (const { added, removed } of changes.values()) size += added.size + removed.size;
    const looks = this.#looks.get(cluster) ?? [];
    looks.push({ from, to, changes, size });
    let total = looks.reduce((sum, look) => sum + look.size, 0);
    while (looks.length > MOST_LOOKS || total > MOST_MEMBERS) total -= looks.shift()?.size ?? 0;
    this.#looks.set(cluster, looks);
  }

  /** The net of what came after `position`, up to `now`, the present position of its cluster; undefined: not known. */
  since(set: SetId, position: number, now: number): Delta | undefined {
    const followed = this.#since.get(set);
    if (!followed || position > now || position < followed.position) return undefined;
    const looks = this.#looks.get(followed.cluster) ?? [];
    const first = looks.findLastIndex(({ to }) => to <= position) + 1;
    if ((looks[first]?.from ?? now) > position) return undefined;
    let delta = NOTHING;
    for (const { from, changes } of looks.slice(first)) {
      const change = changes.get(set);
      if (!change) continue;
      // What of it came before, and what after?
      if (from < position) return undefined;
      if (delta === NOTHING) delta = newDelta();
      addTo(delta, change);
    }
    return delta;
  }
}

/** Of nobody: it is never written to. */
const NOTHING = newDelta();
