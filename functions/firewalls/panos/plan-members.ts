/** Planning of members of sets that stand on the device, pure. */
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
 * Members of standing sets. Additions to a set that NAT rules name wait for the commit that puts them into the NAT group; removals from
 * the filter come before it, so that no packet leaves untranslated (docs/decisions/0080).
 */
export function planMemberSteps(state: FirewallState, desired: Desired, changes: readonly MemberChange[]): Step[] {
  const native = state.native as unknown as Native;
  const prefix = desired.settings.prefix;
  const names = new Set(native.objects.map(([table, name]) => keyOf(table, name)));
  const groups = [...natGroupsOf(desired).values()].filter((group) => names.has(keyOf('address-group', group.name)));
  const translatedSets = new Set(groups.flatMap(setsOfGroup));
  const inNat = (set: SetId) => translatedSets.has(set);
  const inFilter = (set: SetId) => [4, 6].some((family) => names.has(keyOf('address-group', groupName(prefix, set, family as 4 | 6))));
  const steps: Step[] = [];
  const add = (
    id: string,
    lane: Step['lane'],
    text: string,
    needs: readonly string[],
    sets: readonly SetId[],
    payload: Payload,
  ): string => {
    const full = `${desired.firewall}/${id}`;
    steps.push({
      id: full,
      firewall: desired.firewall,
      lane,
      text,
      needs,
      creates: [],
      changes: sets.flatMap((set) => familyNames(desired, set)),
      removes: [],
      payload: payload as unknown as Json,
    });
    return full;
  };
  const sized = (of: readonly MemberChange[]) => of.reduce((sum, one) => sum + one.added.size + one.removed.size, 0);
  const delta = (
    id: string,
    of: readonly { set: SetId; added: readonly Member[]; removed: readonly Member[] }[],
    needs: readonly string[],
  ) => {
    const kept = of.filter((one) => one.added.length + one.removed.length > 0);
    if (kept.length === 0) return undefined;
    const count = kept.reduce((sum, one) => sum + one.added.length + one.removed.length, 0);
    return add(
      id,
      'members',
      `${count} member changes in ${kept.length} sets`,
      needs,
      kept.map((one) => one.set),
      { kind: 'delta', changes: kept },
    );
  };
  const plain = changes.filter((one) => inFilter(one.set) && !inNat(one.set));
  if (sized(plain) > DELTA_MEMBERS)
    add(
      'members',
      'members',
      `${sized(plain)} member changes in ${plain.length} sets`,
      [],
      plain.map((one) => one.set),
      { kind: 'sync', sets: plain.map((one) => one.set) },
    );
  else
    delta(
      'members',
      plain.map((one) => ({ set: one.set, added: [...one.added], removed: [...one.removed] })),
      [],
    );
  const translated = changes.filter((one) => inNat(one.set));
  if (translated.length === 0) return steps;
  const only = translated.filter((one) => inFilter(one.set));
  const first = delta(
    'members leaving',
    only.map((one) => ({ set: one.set, added: [], removed: [...one.removed] })),
    [],
  );
  const sets = translated.map((one) => one.set);
  const changed = groups.filter((group) => setsOfGroup(group).some((set) => sets.includes(set)));
  const stage = add('nat members', 'structure', `members of ${changed.length} groups for NAT`, first ? [first] : [], sets, {
    kind: 'stage',
    operations: [],
    groups: changed,
    lock: false,
  });
  const commit = add('nat commit', 'structure', 'commit the members for NAT', [stage], sets, {
    kind: 'commit',
    text: `cextfire ${desired.firewall} members`,
    push: native.zones === null,
  });
  delta(
    'members joining',
    only.map((one) => ({ set: one.set, added: [...one.added], removed: [] })),
    [commit],
  );
  return steps;
}
