/**
 * Who is written first when clusters share a firewall, and how much at once: the one with the fewest changes goes first, and a cluster with very many gets
 * a turn of so many; the rest of its changes wait until the log was looked at again (docs/decisions/0200). Its own flood is what it waits for.
 */
import type { MemberChange } from '../firewalls/contract.ts';
import type { Member, SetId } from '../rulebook/types.ts';

/** Members of one cluster in one pass. Some tens of ms on Linux, one or two requests elsewhere. */
export const MOST_IN_TURN = 2_000;
/** Clusters with no more than this are written together: a step for each would cost more than it spares. */
const FEW = 200;

export interface Turns {
  /** written one after the other */
  readonly groups: readonly (readonly MemberChange[])[];
  /** sets of which something waits for the next pass */
  readonly left: ReadonlySet<SetId>;
}

export function takeTurns(changes: readonly MemberChange[], clusterOf: (set: SetId) => string): Turns {
  const byCluster = Map.groupBy(changes, ({ set }) => clusterOf(set));
  if (byCluster.size <= 1) return { groups: changes.length > 0 ? [changes] : [], left: new Set() };
  const sized = [...byCluster.values()].map((own) => ({ own, size: sizeOf(own) })).sort((a, b) => a.size - b.size);
  const few = sized.filter(({ size }) => size <= FEW).flatMap(({ own }) => own);
  const left = new Set<SetId>();
  const many = sized.filter(({ size }) => size > FEW).map(({ own, size }) => (size > MOST_IN_TURN ? firstOf(own, left) : own));
  return { groups: few.length > 0 ? [few, ...many] : many, left };
}

const sizeOf = (changes: readonly MemberChange[]): number =>
  changes.reduce((sum, { added, removed }) => sum + added.size + removed.size, 0);

/** Whole members only: what one pod leaves and what it enters stay in one pass. `left` gets the sets that lack some. */
function firstOf(changes: readonly MemberChange[], left: Set<SetId>): MemberChange[] {
  const chosen = new Set<Member>();
  let count = 0;
  const occurrences = new Map<Member, number>();
  for (const { added, removed } of changes)
    for (const member of [...added, ...removed]) occurrences.set(member, (occurrences.get(member) ?? 0) + 1);
  for (const [member, times] of occurrences) {
    if (count >= MOST_IN_TURN) break;
    chosen.add(member);
    count += times;
  }
  return changes.flatMap(({ set, added, removed }) => {
    const inTurn = (members: ReadonlySet<Member>) => new Set([...members].filter((member) => chosen.has(member)));
    const some = { set, added: inTurn(added), removed: inTurn(removed) };
    if (some.added.size < added.size || some.removed.size < removed.size) left.add(set);
    return some.added.size + some.removed.size > 0 ? [some] : [];
  });
}
