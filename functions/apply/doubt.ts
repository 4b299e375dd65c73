/** What must be doubted is read and compared: after a cold start, in an audit, what was in flight, what others wrote, what is new on the device. */
import { compactMembers, MemberSet } from '../../proto/members.ts';
import type { DomainState, ReadRequest } from '../firewalls/contract.ts';
import type { Member, Members, SetId } from '../rulebook/types.ts';
import { condition } from './errors.ts';
import { ALL, type MembersPass, type Recent, UNFED } from './pass.ts';
import { hasSlowMembers } from './translated.ts';

/** Members that a condition shows by name. */
const SHOWN = 5;

/** Reads what must be doubted and makes `pending` the truth for it. */
export async function compareDoubtful(pass: MembersPass): Promise<void> {
  const warm = pass.warm;
  const state = pass.lease.state;
  const version = warm.applied?.version ?? 0;
  const inFlight = (state.inFlight ?? []) as readonly SetId[];
  const behind = Object.keys((state.behind ?? {}) as Record<SetId, string>);
  const doubt = new Set<SetId>();
  const written = writtenSince(state.recent, warm.base, Number(state.writes ?? 0));
  const others = Number(state.writes ?? 0) !== warm.base;
  if (others) for (const set of [...(written ?? []), ...warm.pending.keys(), ...behind]) doubt.add(set);
  const all = pass.run.audit || written === undefined || inFlight.includes(ALL) || doubt.has(ALL);
  for (const set of inFlight) doubt.add(set);
  if (Number(state.version ?? -1) !== version) for (const set of warm.applied?.fresh ?? []) doubt.add(set);
  for (const set of pass.run.filled?.sets.keys() ?? []) if (!warm.appliedRulebook.sets.has(set)) doubt.add(set);
  for (const [set, why] of Object.entries((state.behind ?? {}) as Record<SetId, string>)) if (why === UNFED) doubt.add(set);
  // What others brought to the device, this process never followed.
  for (const set of pass.standing.keys()) if (all || !warm.baseSets.has(set)) doubt.add(set);
  const unfed = warm.unfedSets();
  for (const set of unfed) if (pass.standing.has(set)) pass.behind.set(set, UNFED);
  for (const set of doubt) if (!pass.standing.has(set) || unfed.has(set)) doubt.delete(set);
  const slow = hasSlowMembers(pass.parts.connector.capabilities);
  if (slow && pass.run.filled && !warm.natRead) await readMembers(pass, 'none', 'running');
  const filled = pass.run.filled !== undefined;
  const needsState = warm.state === undefined || warm.stateVersion !== version || filled || (slow && (pass.run.joins || !warm.natRead));
  if (doubt.size === 0 && !needsState) return;
  let differing: ReadonlySet<SetId> = doubt;
  let found = await readMembers(pass, doubt.size === 0 ? 'none' : all ? 'digest' : doubt);
  if (all && doubt.size > 0) {
    differing = new Set([...doubt].filter((set) => found.sets.get(set)?.digest !== warm.derived.digest(set)));
    if (differing.size > 0) found = await readMembers(pass, differing);
  }
  const calm = pass.run.audit && Number(state.writes ?? 0) === warm.base && inFlight.length === 0;
  for (const set of doubt) {
    const expected = warm.pending.has(set) || !calm;
    warm.pending.delete(set);
    if (!found.sets.has(set)) pass.lost.push(set);
    else if (differing.has(set)) {
      setPending(pass, set, found.sets.get(set)?.members ?? new Set());
      if (!expected && warm.pending.has(set)) tellMemberDrift(pass, set);
    }
  }
  pass.lost = pass.lost.filter((set) => warm.appliedRulebook.sets.has(set));
  if (all) for (const set of [...warm.pending.keys()]) if (!doubt.has(set)) warm.pending.delete(set);
}

/** The lane was quiet and this set is not as it was left: somebody else changed it. Members are always put right (docs/decisions/0074). */
export function tellMemberDrift(pass: MembersPass, set: SetId): void {
  const { name } = pass.warm;
  const { added, removed } = pass.warm.pending.get(set) ?? { added: new MemberSet(), removed: new MemberSet() };
  const text = pass.rulebook.sets.get(set)?.text ?? set;
  const some = (members: Members) => [...members].sort().slice(0, SHOWN).join(', ') + (members.size > SHOWN ? ', ...' : '');
  const taken = added.size === 0 ? 'nothing' : `${added.size} members (${some(added)})`;
  const put = removed.size === 0 ? 'nothing' : `${removed.size} (${some(removed)})`;
  const message = `${name}: somebody else took ${taken} out of set ${set} (${text}) and put ${put} in; put right`;
  pass.conditions.push(condition('CEXT_APPLY_DRIFT', 'warning', message, { firewall: name, field: set }));
  pass.parts.meter.count('Drift', 1, name);
}

export function setPending(pass: MembersPass, set: SetId, there: ReadonlySet<Member>): void {
  const wanted = pass.warm.derived.members(set);
  const now = new MemberSet();
  for (const member of there) now.add(member);
  const added = new MemberSet();
  for (const member of compactMembers(wanted)) if (!now.has(member)) added.add(member);
  const removed = new MemberSet();
  for (const member of there) if (!wanted.has(member)) removed.add(member);
  if (added.size + removed.size > 0) pass.warm.pending.set(set, { added, removed });
}

export async function readMembers(
  pass: MembersPass,
  members: ReadRequest['members'],
  what: ReadRequest['what'] = pass.run.filled ? 'pending' : 'running',
) {
  const warm = pass.warm;
  const state: DomainState = await pass.parts.connector.read({ what, firewalls: [warm.desired(pass.rulebook)], members });
  pass.parts.meter.count('DeviceReads', 1, warm.name);
  const found = state.firewalls.get(warm.name);
  if (!found) throw new Error(`the connector read nothing of firewall ${warm.name}`);
  warm.state = found;
  warm.stateVersion = pass.run.filled ? -1 : (warm.applied?.version ?? 0);
  if (what === 'running') {
    warm.nat = new Map([...found.sets].flatMap(([set, { nat }]) => (nat ? [[set, nat] as const] : [])));
    warm.natRead = true;
  }
  return found;
}

/** Sets that passes after this one of ours wrote; undefined: not known any more, compare all. */
function writtenSince(recent: unknown, base: number | undefined, writes: number): readonly SetId[] | undefined {
  if (base === undefined) return undefined;
  const passes = ((recent ?? []) as unknown as readonly Recent[]).filter((one) => one.writes > base);
  return passes.length === writes - base ? passes.flatMap((one) => one.sets) : undefined;
}
