/**
 * Members that only a commit changes (`capabilities.lanes.filter`: 'structure'): the members lane writes nothing of them. It says which changes may be
 * made now (held removals and full pairs wait as ever), the structure lane takes them along in its next commit, and they are done once a reading of
 * what runs shows them (`SetState.nat`; docs/decisions/0190). Filter and translation change in that commit together, so nobody waits for anybody.
 */
import type { Desired, MemberChange } from '../firewalls/contract.ts';
import type { Capabilities } from '../rulebook/capabilities.ts';
import type { Member, MemberSource, Members, SetId } from '../rulebook/types.ts';
import { condition } from './errors.ts';
import type { MembersPass } from './pass.ts';
import type { WarmFirewall } from './warm.ts';
import { clearPending } from './write-members.ts';

export function kindOf(member: Member): keyof Capabilities['lanes']['filter'] {
  const family = member.includes(':') ? '6' : '4';
  return `${member.endsWith(family === '6' ? '/128' : '/32') ? 'host' : 'prefix'}${family}`;
}

export const commitsMembers = ({ lanes }: Capabilities): boolean => Object.values(lanes.filter).includes('structure');
const waitsForCommit = ({ lanes }: Capabilities, member: Member): boolean => lanes.filter[kindOf(member)] === 'structure';

type Changes = { readonly set: SetId; readonly added: Iterable<Member>; readonly removed: Iterable<Member> };
const partOf = ({ set, added, removed }: Changes, keep: (member: Member) => boolean): MemberChange => ({
  set,
  added: new Set([...added].filter(keep)),
  removed: new Set([...removed].filter(keep)),
});
const isSome = ({ added, removed }: MemberChange): boolean => added.size + removed.size > 0;

/** The part of these changes that needs a commit, or the one that has a faster lane. */
export function inLane(lane: 'commit' | 'fast', capabilities: Capabilities, changes: readonly MemberChange[]): MemberChange[] {
  if (!commitsMembers(capabilities)) return lane === 'fast' ? [...changes] : [];
  return changes.map((change) => partOf(change, (member) => waitsForCommit(capabilities, member) === (lane === 'commit'))).filter(isSome);
}

/** What a commit has made true is pending no more. Only after a reading of what runs, under the structure lease. */
export function takeCommitted({ warm, parts }: MembersPass): void {
  const { capabilities } = parts.connector;
  for (const [set, { added, removed }] of [...warm.pending]) {
    const there = warm.nat.get(set);
    if (!there) continue;
    const isDone = (member: Member) => waitsForCommit(capabilities, member) && there.has(member) === added.has(member);
    clearPending(warm, partOf({ set, added, removed }, isDone));
  }
}

/** `warm.commits` is what the next commit shall do to members; `warm.natLags` makes the structure lane look. */
export function leaveToCommit(pass: MembersPass, changes: readonly MemberChange[]): void {
  const { warm, parts } = pass;
  warm.commits = new Map(changes.map((change) => [change.set, change]));
  if (!commitsMembers(parts.connector.capabilities)) return;
  warm.natLags = changes.length > 0;
  if (changes.length === 0) {
    warm.natSinceMs = undefined;
    return;
  }
  for (const { set } of changes) pass.behind.set(set, 'members wait for a commit');
  warm.natSinceMs ??= warm.observedMs ?? parts.now();
  parts.meter.count('NatLag', parts.now() - warm.natSinceMs, warm.name);
  const count = changes.reduce((sum, { added, removed }) => sum + added.size + removed.size, 0);
  const message = `${warm.name}: ${count} member changes wait for a commit; this firewall has no faster lane for them`;
  pass.conditions.push(condition('CEXT_APPLY_NAT_WAITS', 'info', message, { firewall: warm.name }));
}

/** What a commit leads to: what is wanted, but for what may not change now. What nobody feeds stays as it stands, until it expires. */
export function committedMembers(warm: WarmFirewall, { rulebook, members: wanted }: Desired): MemberSource['members'] {
  const known = new Map<SetId, Members>();
  const unfed = warm.unfedSets();
  const membersOf = (set: SetId): Members => {
    const change = warm.commits.get(set);
    if (warm.natRead && (unfed.has(set) || !warm.views.has(rulebook.sets.get(set)?.cluster ?? '')))
      return new Set([...(warm.nat.get(set) ?? [])].filter((member) => !change?.removed.has(member)));
    const pending = warm.pending.get(set);
    if (!pending) return wanted.members(set);
    const out = new Set(wanted.members(set));
    for (const member of pending.added) if (!change?.added.has(member)) out.delete(member);
    for (const member of pending.removed) if (!change?.removed.has(member)) out.add(member);
    return out;
  };
  return (set) => {
    const members = known.get(set) ?? membersOf(set);
    known.set(set, members);
    return members;
  };
}
