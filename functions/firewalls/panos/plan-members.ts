/** Planning of members of sets that stand on the device, pure. */
import { orderMembers } from '../../rulebook/member-order.ts';
import type { Member, SetId } from '../../rulebook/types.ts';
import type { Desired, FirewallState, Json, MemberChange, Step } from '../contract.ts';
import { groupName } from './naming.ts';
import { natGroupsOf, setsOfGroup } from './nat-groups.ts';
import type { Native, Payload } from './native.ts';
import { keyOf } from './objects.ts';
import { familyNames } from './plan.ts';

/** Members of a delta that travel inside a plan; more are looked up again. */
const DELTA_MEMBERS = 2_000;

/**
 * Members of standing sets, in the order of `orderMembers`. What NAT does not know yet joins the filter after the commit that puts it into the NAT group, and
 * what NAT knows leaves the filter before it, so that no packet leaves untranslated (docs/decisions/0080).
 */
export function planMemberSteps(state: FirewallState, desired: Desired, changes: readonly MemberChange[]): Step[] {
  const native = state.native as unknown as Native;
  const { firewall, settings } = desired;
  const { prefix } = settings;
  const names = new Set(native.objects.map(([table, name]) => keyOf(table, name)));
  const inFilter = (set: SetId) => [4, 6].some((family) => names.has(keyOf('address-group', groupName(prefix, set, family as 4 | 6))));
  const groups = [...natGroupsOf(desired).values()].filter((group) => names.has(keyOf('address-group', group.name)));
  const inNat = new Set(groups.flatMap(setsOfGroup));
  /** A commit has to change what NAT knows of this member. */
  const isOpen = (set: SetId, member: Member, comes: boolean) =>
    inNat.has(set) && !member.includes(':') && (state.sets.get(set)?.nat?.has(member) ?? !comes) !== comes;
  const open = new Set<Member>();
  const slow = new Set<SetId>();
  for (const { set, added, removed } of changes)
    for (const [members, comes] of [[added, true] as const, [removed, false] as const])
      for (const member of members)
        if (isOpen(set, member, comes)) {
          open.add(member);
          slow.add(set);
        }
  const ordered = orderMembers(
    desired.rulebook,
    changes.filter(({ set }) => inFilter(set)),
  );
  const { phases } = ordered;
  const moves = (member: Member) => changes.some(({ removed }) => removed.has(member)) && changes.some(({ added }) => added.has(member));
  const gap = [...open].some(moves) ? 'who moves between translated sets is dropped until the commit is through' : ordered.gap;

  const steps: Step[] = [];
  const add = (id: string, lane: Step['lane'], text: string, sets: readonly SetId[], payload: Payload): void => {
    const last = steps.at(-1)?.id;
    steps.push({
      id: `${firewall}/${id}`,
      firewall,
      lane,
      text,
      needs: last === undefined ? [] : [last],
      creates: [],
      changes: sets.flatMap((set) => familyNames(desired, set)),
      removes: [],
      ...(lane === 'members' && gap !== undefined ? { gap } : {}),
      payload: payload as unknown as Json,
    });
  };
  const write = (phase: readonly MemberChange[], name: string, at: number): void => {
    const some = phase.filter(({ added, removed }) => added.size + removed.size > 0);
    const count = some.reduce((sum, { added, removed }) => sum + added.size + removed.size, 0);
    if (count === 0) return;
    const sets = some.map(({ set }) => set);
    const payload: Payload =
      count > DELTA_MEMBERS && phases.length === 1 && slow.size === 0
        ? { kind: 'sync', sets }
        : { kind: 'delta', changes: some.map(({ set, added, removed }) => ({ set, added: [...added], removed: [...removed] })) };
    add(at === 0 ? name : `${name} ${at + 1}`, 'members', `${count} member changes in ${sets.length} sets`, sets, payload);
  };
  const afterCommit: MemberChange[][] = [];
  for (const [at, phase] of phases.entries()) {
    // What stands in the order behind something that waits for the commit waits as well, but for what must be gone before it.
    const isBehind = afterCommit.length > 0;
    const waits = (set: SetId, member: Member, comes: boolean) => (comes && open.has(member)) || (isBehind && !isOpen(set, member, comes));
    const part = (late: boolean): MemberChange[] =>
      phase.map(({ set, added, removed }) => ({
        set,
        added: new Set([...added].filter((member) => waits(set, member, true) === late)),
        removed: new Set([...removed].filter((member) => waits(set, member, false) === late)),
      }));
    write(part(false), 'members', at);
    const late = part(true);
    if (late.some(({ added, removed }) => added.size + removed.size > 0)) afterCommit.push(late);
  }
  if (slow.size > 0) {
    const sets = [...slow];
    const changed = groups.filter((group) => setsOfGroup(group).some((set) => slow.has(set)));
    const stage: Payload = { kind: 'stage', operations: [], groups: changed, lock: false };
    add('nat members', 'structure', `members of ${changed.length} groups for NAT`, sets, stage);
    const commit: Payload = { kind: 'commit', text: `cextfire ${firewall} members`, push: native.zones === null };
    add('nat commit', 'structure', 'commit the members for NAT', sets, commit);
  }
  for (const [at, phase] of afterCommit.entries()) write(phase, 'members joining', at);
  return steps;
}
