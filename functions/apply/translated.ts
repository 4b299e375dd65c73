/**
 * Translation in a slow lane (DESIGN.md 6.2): where the connector says which members NAT knows (`SetState.nat`), the filter waits for them, so that no
 * packet leaves with a wrong address (docs/decisions/0121).
 *
 *   comes: NAT's list ─► commit ─► filter          goes: filter at once ─► NAT's list ─► commit
 *
 * - Into the filter of such a set only under the structure lease and with no plan open: then nobody is staging another list.
 * - A member that is not settled in one set waits in every other set too whose rules may decide the same packets.
 */
import type { MemberChange } from '../firewalls/contract.ts';
import type { Capabilities } from '../rulebook/capabilities.ts';
import { Structure } from '../rulebook/overlap.ts';
import { ANY, type FilterRule, type Member, type SetId, type Side } from '../rulebook/types.ts';
import { commitsMembers, kindOf } from './commit-lane.ts';
import { condition } from './errors.ts';
import type { MembersPass } from './pass.ts';
import type { WarmFirewall } from './warm.ts';

type Kind = ReturnType<typeof kindOf>;
/** NAT has this kind of member in the slow lane and the filter has not; where NAT has none at all, nothing is to be waited for. */
const isSlowKind = ({ lanes }: Capabilities, kind: Kind): boolean => lanes.nat[kind] === 'structure' && lanes.filter[kind] !== 'structure';
const isSlow = (capabilities: Capabilities, member: Member): boolean => isSlowKind(capabilities, kindOf(member));

export const translatesSlowly = (capabilities: Capabilities): boolean =>
  (['host4', 'host6', 'prefix4', 'prefix6'] as const).some((kind) => isSlowKind(capabilities, kind));

/** Some members, of the filter or of NAT, are changed by commits: the structure lane looks at them. */
export const hasSlowMembers = (capabilities: Capabilities): boolean => translatesSlowly(capabilities) || commitsMembers(capabilities);

/** Per set the members that NAT lacks or has too much. */
function unsettledMembers(warm: WarmFirewall, capabilities: Capabilities): Map<SetId, ReadonlySet<Member>> {
  const out = new Map<SetId, ReadonlySet<Member>>();
  const unfed = warm.unfedSets();
  for (const [set, nat] of warm.nat) {
    const cluster = warm.appliedRulebook.sets.get(set)?.cluster;
    if (cluster === undefined || !warm.views.has(cluster) || unfed.has(set)) continue;
    const wanted = warm.derived.members(set);
    const open = new Set<Member>();
    for (const member of wanted) if (!nat.has(member) && isSlow(capabilities, member)) open.add(member);
    for (const member of nat) if (!wanted.has(member) && isSlow(capabilities, member)) open.add(member);
    if (open.size > 0) out.set(set, open);
  }
  return out;
}

/** The changes that may be written now. `warm.natLags` says whether the structure lane has something to do for the rest. */
export function afterTranslation(pass: MembersPass, changes: readonly MemberChange[]): MemberChange[] {
  const { warm, parts, rulebook, run } = pass;
  const { capabilities } = parts.connector;
  if (!translatesSlowly(capabilities)) return [...changes];
  const unsettled = unsettledMembers(warm, capabilities);
  const meet = meeting(rulebook.rules, rulebook.sets);
  const waits = (set: SetId, member: Member): boolean => {
    const own = warm.nat.get(set) ?? warm.state?.sets.get(set)?.nat;
    if (own && isSlow(capabilities, member) && (run.joins !== true || !own.has(member))) return true;
    for (const [other, members] of unsettled) if (other !== set && members.has(member) && meet(set, other)) return true;
    return false;
  };
  let waiting = 0;
  const ready: MemberChange[] = [];
  for (const { set, added, removed } of changes) {
    const now = new Set([...added].filter((member) => !waits(set, member)));
    if (now.size < added.size) {
      waiting += added.size - now.size;
      pass.behind.set(set, 'members wait until their translation is committed');
    }
    if (now.size + removed.size > 0) ready.push({ set, added: now, removed });
  }
  // Before a structure change not all are asked, so it says nothing of those who wait.
  const asksSome = run.closingOnly || run.only !== undefined;
  const unasked = asksSome && [...warm.pending.keys()].some((set) => warm.nat.has(set));
  warm.natLags = unsettled.size > 0 || waiting > 0 || unasked;
  if (asksSome) return ready;
  if (waiting === 0) warm.natSinceMs = undefined;
  else {
    warm.natSinceMs ??= warm.observedMs ?? parts.now();
    parts.meter.count('NatLag', parts.now() - warm.natSinceMs, warm.name);
    const message = `${warm.name}: ${waiting === 1 ? '1 member waits until the manager has committed its' : `${waiting} members wait until the manager has committed their`} translation; all others follow at once`;
    pass.conditions.push(condition('CEXT_APPLY_NAT_WAITS', 'info', message, { firewall: warm.name }));
  }
  return ready;
}

/** Whether rules that name one set and rules that name the other may decide the same packets, whatever the members are. */
function meeting(rules: readonly FilterRule[], sets: ConstructorParameters<typeof Structure>[0]): (a: SetId, b: SetId) => boolean {
  const structure = new Structure(sets);
  const known = new Map<string, boolean>();
  const naming = (set: SetId) => rules.filter((rule) => rule.action === 'allow').flatMap((rule) => without(rule, set) ?? []);
  return (a, b) => {
    const key = `${a} ${b}`;
    let answer = known.get(key);
    if (answer === undefined) {
      const others = naming(b);
      answer = naming(a).some((one) => others.some((other) => structure.mayMeet(one, other)));
      known.set(key, answer);
    }
    return answer;
  };
}

/** The rule as if the sides that name the set were any; undefined when it does not name it. */
function without(rule: FilterRule, set: SetId): FilterRule | undefined {
  const names = ({ include }: Side) => include !== 'any' && include.sets.includes(set);
  if (!names(rule.source) && !names(rule.destination)) return undefined;
  return { ...rule, source: names(rule.source) ? ANY : rule.source, destination: names(rule.destination) ? ANY : rule.destination };
}
