/** What must be doubted is read and compared: after a cold start, in an audit, what was in flight, what others wrote, what is new on the device. */
import { compactMembers, MemberSet } from '../../proto/members.ts';
import type { DomainState, ReadRequest } from '../firewalls/contract.ts';
import type { LeaseState } from '../ledger/lease.ts';
import type { Member, Members, SetId } from '../rulebook/types.ts';
import { CROWDED, tooManyMembers } from './crowded.ts';
import { condition } from './errors.ts';
import type { Delta } from './journal.ts';
import { ALL, type MembersPass, type Recent, UNFED } from './pass.ts';
import type { EngineParts } from './ports.ts';
import { hasSlowMembers } from './translated.ts';
import type { WarmFirewall } from './warm.ts';

/** Members that a condition shows by name. */
const SHOWN = 5;

export interface Doubts {
  /** to be read */
  readonly doubt: ReadonlySet<SetId>;
  /** Another process wrote, and what these sets lack since then this one has followed itself: nothing is read. */
  readonly known: ReadonlyMap<SetId, Delta>;
  /** Sets of a cluster that has too many members, whose removals are on the device: as long as it has, nothing is written there. */
  readonly idle: ReadonlySet<SetId>;
  /** Those of them of which nothing is known, and as long nothing has to be. */
  readonly left: ReadonlySet<SetId>;
  /** so much is unknown that digests are compared first */
  readonly all: boolean;
}

type Knowledge = Pick<Doubts, 'known' | 'idle' | 'left'>;

/** What of the standing sets this process cannot say, as the lane's state in the ledger tells. */
export function doubtsOf(
  { warm, standing, run, parts }: Pick<MembersPass, 'warm' | 'standing' | 'run' | 'parts'>,
  state: LeaseState,
): Doubts {
  const version = warm.applied?.version ?? 0;
  const inFlight = (state.inFlight ?? []) as readonly SetId[];
  const behind = (state.behind ?? {}) as Readonly<Record<SetId, string>>;
  const written = writtenSince(state.recent, warm.base, Number(state.writes ?? 0));
  const others = Number(state.writes ?? 0) !== warm.base;
  const fresh = Number(state.version ?? -1) === version ? [] : (warm.applied?.fresh ?? []);
  const mayKnow = !run.audit && !hasSlowMembers(parts.connector.capabilities);
  const { known, idle, left } = mayKnow ? knownFrom(parts, warm, standing, state, fresh) : NOTHING_KNOWN;
  const doubt = new Set<SetId>(inFlight);
  if (others) for (const set of [...(written ?? []), ...warm.pending.keys(), ...Object.keys(behind)]) doubt.add(set);
  const all = run.audit || written === undefined || doubt.has(ALL);
  for (const set of fresh) doubt.add(set);
  for (const set of run.filled?.sets.keys() ?? []) if (!warm.appliedRulebook.sets.has(set)) doubt.add(set);
  for (const [set, why] of Object.entries(behind)) if (why === UNFED) doubt.add(set);
  for (const set of warm.doubted) doubt.add(set);
  // What others brought to the device, this process never followed.
  for (const set of standing.keys()) if (all || !warm.baseSets.has(set)) doubt.add(set);
  const unfed = doubt.size > 0 ? warm.unfedSets() : new Set<SetId>();
  for (const set of doubt) if (!standing.has(set) || unfed.has(set) || known.has(set) || left.has(set)) doubt.delete(set);
  return { doubt, known, idle, left, all };
}

/**
 * The lane's state says of every set that it stands as its cluster was at `positions`, or that it is behind or in flight; but for states that an older
 * program wrote.
 */
function knownFrom(
  { settings }: Pick<EngineParts, 'settings'>,
  warm: WarmFirewall,
  standing: MembersPass['standing'],
  state: LeaseState,
  fresh: readonly SetId[],
): Knowledge {
  const positions = (state.positions ?? {}) as Readonly<Record<string, number>>;
  const behind = (state.behind ?? {}) as Readonly<Record<SetId, string>>;
  const inFlight = new Set((state.inFlight ?? []) as readonly SetId[]);
  const isExact = state.exact !== undefined && state.exact === state.writes && behind[ALL] === undefined && !inFlight.has(ALL);
  const others = Number(state.writes ?? 0) !== warm.base;
  if (warm.base === undefined || !isExact || (!others && warm.doubted.size === 0 && !Object.values(behind).includes(CROWDED)))
    return NOTHING_KNOWN;
  const crowded = tooManyMembers(warm, settings, warm.appliedRulebook);
  const crowdedAt = (state.crowdedAt ?? {}) as Readonly<Record<SetId, number>>;
  const known = new Map<SetId, Delta>();
  const idle = new Set<SetId>();
  /** clusters from whose sets something goes: their budget is judged, for which all of them have to be known */
  const shrinking = new Set<string>();
  for (const { id, cluster } of warm.appliedRulebook.sets.values()) {
    const now = warm.positions[cluster] ?? 0;
    const since = (position: number | undefined) => (position === undefined ? undefined : warm.journal.since(id, position, now));
    if (!standing.has(id) || inFlight.has(id) || fresh.includes(id)) continue;
    const isFull = behind[id] === CROWDED;
    const delta = isFull ? since(crowdedAt[id]) : behind[id] === undefined ? since(positions[cluster]) : undefined;
    if (delta && (others || warm.doubted.has(id))) known.set(id, delta);
    const lately = isFull && crowded.has(cluster) ? since(positions[cluster]) : undefined;
    if (lately) idle.add(id);
    if ([delta, lately, others ? undefined : warm.pending.get(id)].some((one) => (one?.removed.size ?? 0) > 0)) shrinking.add(cluster);
  }
  for (const set of idle) if (shrinking.has(standing.get(set)?.cluster ?? '')) idle.delete(set);
  const left = new Set([...idle].filter((set) => !known.has(set) && (others || warm.doubted.has(set))));
  return { known, idle, left };
}

const NOTHING_KNOWN: Knowledge = { known: new Map(), idle: new Set(), left: new Set() };

/** Another process wrote, and nothing of it has to be read: from here on it is as if this one had written it. */
export function adoptWhatOthersWrote(
  { warm, standing }: Pick<MembersPass, 'warm' | 'standing'>,
  { doubt, known, left }: Doubts,
  state: LeaseState,
): void {
  const writes = Number(state.writes ?? 0);
  if (warm.base === undefined || doubt.size > 0 || (warm.base === writes && warm.doubted.size === left.size)) return;
  takeKnown(warm, known, left);
  warm.base = writes;
  warm.baseSets = new Set(standing.keys());
  warm.doubted = left;
}

function takeKnown(warm: WarmFirewall, known: Doubts['known'], left: Doubts['left']): void {
  for (const [set, delta] of known) warm.setPending(set, delta);
  // What leaves them from now on is pending, and nothing else of them.
  for (const set of left) warm.pending.delete(set);
}

/** Of these clusters, or of all where only all are asked for. */
export const isAsked = ({ only }: MembersPass['run'], standing: MembersPass['standing'], set: SetId): boolean => {
  const cluster = standing.get(set)?.cluster;
  return cluster !== undefined && (!only || only.has(cluster));
};

/** Reads what must be doubted and makes `pending` the truth for it. Where only some clusters are asked for, the sets of others are left in doubt. */
export async function compareDoubtful(pass: MembersPass): Promise<void> {
  const { warm, run, standing } = pass;
  const state = pass.lease.state;
  const { doubt: unsure, known, left, all } = doubtsOf(pass, state);
  const doubt = new Set([...unsure].filter((set) => isAsked(run, standing, set)));
  const inFlight = (state.inFlight ?? []) as readonly SetId[];
  const unseen = Number(state.version ?? -1) === (warm.applied?.version ?? 0) ? [] : (warm.applied?.fresh ?? []);
  const unsettled = inFlight.includes(ALL) ? [...standing.keys()] : [...inFlight, ...unseen];
  pass.uncompared = unsettled.filter((set) => standing.has(set) && !isAsked(run, standing, set));
  warm.doubted = new Set([...left, ...[...unsure].filter((set) => !doubt.has(set))]);
  takeKnown(warm, known, left);
  for (const set of warm.unfedSets()) if (standing.has(set)) pass.behind.set(set, UNFED);
  const slow = hasSlowMembers(pass.parts.connector.capabilities);
  if (slow && run.filled && !warm.natRead) await readMembers(pass, 'none', 'running');
  const needsState = run.filled !== undefined || (slow ? needsNat(pass) : !namesStand(pass));
  if (doubt.size === 0 && !needsState) return;
  let differing: ReadonlySet<SetId> = doubt;
  const digests = all && known.size === 0;
  let found = await readMembers(pass, doubt.size === 0 ? 'none' : digests ? 'digest' : doubt);
  if (digests && doubt.size > 0) {
    differing = new Set([...doubt].filter((set) => found.sets.get(set)?.digest !== warm.derived.digest(set)));
    if (differing.size > 0) found = await readMembers(pass, differing);
  }
  const calm = run.audit && Number(state.writes ?? 0) === warm.base && inFlight.length === 0;
  for (const set of doubt) {
    const expected = warm.pending.has(set) || !calm;
    warm.pending.delete(set);
    if (!found.sets.has(set)) pass.lost.push(set);
    else if (differing.has(set)) {
      comparePending(pass, set, found.sets.get(set)?.members ?? new Set());
      if (!expected && warm.pending.has(set)) tellMemberDrift(pass, set);
    }
  }
  pass.lost = pass.lost.filter((set) => warm.appliedRulebook.sets.has(set));
  if (all) for (const set of [...warm.pending.keys()]) if (!doubt.has(set) && !known.has(set) && !left.has(set)) warm.pending.delete(set);
}

const needsNat = ({ warm, run }: MembersPass): boolean =>
  warm.state === undefined || warm.stateVersion !== (warm.applied?.version ?? 0) || run.joins === true || !warm.natRead;

/** To change members it takes the names of their sets. What was read of an older structure is good where the ledger says the same names. */
function namesStand({ warm, standing, run }: MembersPass): boolean {
  const { state, applied } = warm;
  if (!state || !applied) return false;
  if (warm.stateVersion === applied.version) return true;
  const text = (names: readonly string[] = []) => [...names].sort().join();
  return [...warm.pending.keys()].every((set) => {
    if (!isAsked(run, standing, set)) return true;
    const names = text(applied.names[set]);
    return names !== '' && names === text(state.sets.get(set)?.names);
  });
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

function comparePending(pass: MembersPass, set: SetId, there: ReadonlySet<Member>): void {
  const wanted = pass.warm.derived.members(set);
  const now = new MemberSet();
  for (const member of there) now.add(member);
  const added = new MemberSet();
  for (const member of compactMembers(wanted)) if (!now.has(member)) added.add(member);
  const removed = new MemberSet();
  for (const member of there) if (!wanted.has(member)) removed.add(member);
  pass.warm.setPending(set, { added, removed });
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
