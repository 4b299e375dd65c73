/** What one round of the structure lane carries from verb to verb, and the small things that all verbs need. */

import { Digest, memberLanes, setSeed } from '../../proto/digest.ts';
import type { Condition } from '../errors.ts';
import type { Desired, DomainState, Json } from '../firewalls/contract.ts';
import { canonical, structureHash } from '../ledger/encode.ts';
import type { Lease } from '../ledger/lease.ts';
import { type PlannedPart, planId, type StoredPlan } from '../ledger/plans.ts';
import type { Member, Members, Rulebook, SetId } from '../rulebook/types.ts';
import { commitsMembers, committedMembers } from './commit-lane.ts';
import { condition } from './errors.ts';
import { EMPTY } from './kept.ts';
import type { EngineParts } from './ports.ts';
import { hasSlowMembers } from './translated.ts';
import type { WarmFirewall } from './warm.ts';

export interface StructureRun {
  readonly audit: boolean;
  /** firewalls that lack sets which the ledger says stand */
  readonly lost: Set<string>;
  readonly deadlineMs: number;
  readonly leaseMs: number;
  /** the log was read after another process had written for a later position: what the view says is the latest all the same */
  readonly headRead?: boolean;
}

/** One firewall in a round. */
export interface Subject {
  readonly warm: WarmFirewall;
  /** what the steps lead to */
  wanted: Rulebook;
  parts: PlannedPart[];
  /** nothing is written to it: frozen, observe, an error of planning, a step that failed */
  stopped: string | undefined;
}

/** What is stored with the structure lease while a vendor works. */
export interface Job {
  readonly index: number;
  readonly job: Json;
  readonly nextMs: number;
}

/** Waits up to this long are waited for here; longer ones cost less as a delayed wake. */
export const SHORT_MS = 2_000;
export const LOOK_AGAIN_MS = 60_000;

export class Round {
  readonly parts: EngineParts;
  readonly run: StructureRun;
  readonly lease: Lease;
  readonly subjects: readonly Subject[];
  conditions: Condition[] = [];
  /** what an audit found */
  readonly drift: Condition[] = [];
  againMs: number | undefined;
  wrote = false;
  failed = false;

  constructor(parts: EngineParts, warms: readonly WarmFirewall[], run: StructureRun, lease: Lease) {
    this.parts = parts;
    this.run = run;
    this.lease = lease;
    this.subjects = warms.map((warm) => ({ warm, wanted: warm.appliedRulebook, parts: [], stopped: undefined }));
  }

  /** Once each, however often a round finds it. */
  say(...found: readonly Condition[]): void {
    const known = new Set(this.conditions.map((one) => JSON.stringify(one)));
    for (const one of found) if (!known.has(JSON.stringify(one))) this.conditions.push(one);
  }

  /** Come back then, or earlier. */
  later(ms: number): void {
    this.againMs = Math.min(this.againMs ?? ms, ms);
  }

  stopFrozen(subject: Subject, why: string): void {
    subject.stopped = why;
    this.say(condition('CEXT_APPLY_FROZEN', 'warning', `${subject.warm.name} is ${why}`, { firewall: subject.warm.name }));
  }
}

export const warmsOf = ({ subjects }: Round): WarmFirewall[] => subjects.map(({ warm }) => warm);

/** The device or the network said no; what the ledger says is thrown as it is. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('the manager could not be read', { cause });
  }
}

/**
 * What the structure lane leads to. Where translation has lists of its own, they hold what the filter holds still (removals that are held, a lane that
 * waits): else those packets would leave with a wrong address. Where only a commit changes members, it takes those along that may change now.
 */
export function desiredOf({ parts }: Round, { warm, wanted }: Pick<Subject, 'warm' | 'wanted'>): Desired {
  const plain = warm.desired(wanted);
  const { capabilities } = parts.connector;
  if (!hasSlowMembers(capabilities)) return plain;
  const unfed = warm.unfedSets();
  const inFilter = (set: SetId): Members => {
    const cluster = wanted.sets.get(set)?.cluster ?? '';
    // Nobody says what belongs into these now: the lists stay as they are.
    if (warm.natRead && (unfed.has(set) || !warm.views.has(cluster))) return warm.nat.get(set) ?? new Set();
    const left = warm.pending.get(set)?.removed;
    return left && left.size > 0 ? new Set([...plain.members.members(set), ...left]) : plain.members.members(set);
  };
  const members = commitsMembers(capabilities) ? committedMembers(warm, plain) : inFilter;
  const digest = (set: SetId) => {
    const now = members(set);
    return warm.views.has(wanted.sets.get(set)?.cluster ?? '') && now === plain.members.members(set)
      ? plain.members.digest(set)
      : digestOf(set, now);
  };
  return { ...plain, members: { members, digest } };
}

function digestOf(set: SetId, members: Iterable<Member>): string {
  const seed = setSeed(set);
  const digest = new Digest();
  for (const member of members) digest.add(memberLanes(seed, member));
  return digest.text();
}

/** The rules or the sets on the device are others than those wanted. */
export function differs({ warm, wanted }: Subject): boolean {
  if (warm.wantedHash !== (warm.applied?.hash ?? structureHash(EMPTY))) return true;
  return warm.applied !== undefined && canonical(warm.applied.rulebook) !== canonical(wanted);
}

export function toDo(round: Round, subject: Subject): boolean {
  return round.run.lost.has(subject.warm.name) || subject.warm.natLags || differs(subject);
}

export async function readDevice(round: Round, what: 'pending' | 'running', firewalls: readonly Desired[]): Promise<DomainState> {
  round.parts.meter.count('DeviceReads', 1);
  try {
    return await round.parts.connector.read({ what, firewalls, members: 'none' });
  } catch (error) {
    throw new Unreachable(error);
  }
}

export function newPlan(
  round: Round,
  why: string,
  parts: readonly PlannedPart[],
  steps: StoredPlan['steps'],
  wanted: Readonly<Record<string, string>>,
): StoredPlan {
  const { manager, now, random } = round.parts;
  const createdMs = now();
  const id = planId(
    createdMs,
    Math.floor(random() * 0xffffff)
      .toString(16)
      .padStart(6, '0'),
  );
  return { id, manager, createdMs, fence: round.lease.fence, why, parts, wanted, steps };
}
