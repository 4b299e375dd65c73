/**
 * The connector contract: what the engine (functions/apply) and one vendor's code promise each other.
 *
 * - One connector speaks to one *commit domain* (settings: manager) and to the firewalls behind it.
 * - `read` and `plan` are inverse to each other: read back what was planned and executed, plan again, and no step is left.
 * - `plan` and `planMembers` are pure: they look at what was read, what is wanted and at settings, never at a clock or the network.
 * - Steps are data (JSON), stored before the first call, idempotent, and in an order in which every prefix is safe (DESIGN.md 6.2).
 * - Every request that writes passes one gate with an ownership predicate per kind of object.
 */
import type { Condition } from '../errors.ts';
import type { Capabilities } from '../rulebook/capabilities.ts';
import type { Member, MemberSource, Rulebook, SetId } from '../rulebook/types.ts';
import type { BorderSettings, ClusterSettings, FirewallSettings } from '../settings.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How sure a reading is: what the live device enforces; what was installed on it; published but not installed; only in a candidate. */
export type Evidence = 'live' | 'installed' | 'published' | 'candidate';

export interface Desired {
  readonly firewall: string;
  readonly settings: FirewallSettings;
  /** borders on this firewall by HostEndpoint name */
  readonly borders: ReadonlyMap<string, BorderSettings>;
  /** clusters that may use this firewall: their pod CIDRs are the scope */
  readonly clusters: ReadonlyMap<string, ClusterSettings>;
  /** lowered to this connector's capabilities */
  readonly rulebook: Rulebook;
  readonly members: MemberSource;
}

export interface ReadRequest {
  readonly what: 'pending' | 'running';
  readonly firewalls: readonly Desired[];
  /** none: structure only. digest: count and digest of each set. all, or these sets: their members. */
  readonly members: 'none' | 'digest' | 'all' | ReadonlySet<SetId>;
}

export interface SetState {
  readonly set: SetId;
  /** name or names on the device */
  readonly names: readonly string[];
  readonly size: number;
  /** as MemberSource.digest; undefined when not asked for */
  readonly digest?: string;
  readonly members?: ReadonlySet<Member>;
  /**
   * The members that stand in the slow lane (`pending`: once committed; `running`: now), in every reading.
   * - Translation has a list of its own there: what NAT knows. The engine lets members join the filter only when they are in it.
   * - Members of the filter have no faster lane (`lanes.filter`: 'structure'): those of the set itself, which filter and translation share.
   * Undefined: the set is in the fast lane, and translation follows it.
   */
  readonly nat?: ReadonlySet<Member>;
}

/** Something inside our own container or under our prefix that we did not write so: a human's edit. */
export interface Drift {
  readonly object: string;
  readonly before: string;
  readonly after: string;
}

export interface FirewallState {
  readonly firewall: string;
  readonly evidence: Evidence;
  /** What the device would do, rebuilt from what was read. Origins are reduced to what the device keeps. */
  readonly rulebook: Rulebook;
  readonly sets: ReadonlyMap<SetId, SetState>;
  readonly drift: readonly Drift[];
  /** e.g. an administrator's chain that drops what we allow, a rule of theirs that shadows ours */
  readonly conditions: readonly Condition[];
  /** What the connector needs for planning (handles, uids, positions). */
  readonly native: Json;
}

/** Other people's uncommitted work or lock on the manager. */
export interface ForeignPending {
  readonly who: string;
  readonly what: string;
  /** ISO time, where the device tells it */
  readonly since?: string;
}

export interface DomainState {
  readonly firewalls: ReadonlyMap<string, FirewallState>;
  readonly foreign: readonly ForeignPending[];
}

/** structure: waits for the commit lane where there is one. members: the fast lane, no commit. */
export type StepLane = 'structure' | 'members';

export interface Step {
  /** unique in its plan */
  readonly id: string;
  readonly firewall: string;
  readonly lane: StepLane;
  /** One line for people: "fill set s_ab12 (250 members)". */
  readonly text: string;
  /** ids of steps that must be done before */
  readonly needs: readonly string[];
  /** names on the device that this step creates, changes, removes */
  readonly creates: readonly string[];
  readonly changes: readonly string[];
  readonly removes: readonly string[];
  /** Packets that are wrong between this step and a later one, named beforehand; only where no order avoids it. Never opened, only closed. */
  readonly gap?: string;
  /** All that `execute` needs, but for members: a step that fills a set names it and takes the members from the context. */
  readonly payload: Json;
}

export interface Plan {
  /** Nothing to do = no step. */
  readonly steps: readonly Step[];
  /** Conditions that planning found (an anchor that does not exist, a name that someone else uses). A firewall named by an error gets no step. */
  readonly conditions: readonly Condition[];
}

export interface MemberChange {
  readonly set: SetId;
  readonly added: ReadonlySet<Member>;
  readonly removed: ReadonlySet<Member>;
}

/** Kept between calls of one lease holder and lost with it at no harm. */
export interface ExecuteContext {
  readonly desired: ReadonlyMap<string, Desired>;
  /** Fencing number of the lease under which this call is made; grows with every holder. */
  readonly fence: { readonly lane: StepLane; readonly number: number };
  /** Progress of this very step as an earlier call returned it (`again`). */
  readonly progress: Json | undefined;
  /** Unix ms after which the call must return, with `again` if need be. */
  readonly deadlineMs: number;
}

export type Outcome =
  /** `wrote`: calls that changed something on the device; 0 = it was so already. */
  | { readonly kind: 'done'; readonly wrote: number; readonly note?: string }
  /** Part of it is done; call again with this progress. Also after a death, with none: then from the start. */
  | { readonly kind: 'again'; readonly progress: Json; readonly wrote: number }
  /** The device works on it; `poll` with this job. */
  | { readonly kind: 'running'; readonly job: Json; readonly pollAfterMs: number }
  /** The effect is not known: read before anything else. */
  | { readonly kind: 'unknown'; readonly why: Failure }
  | { readonly kind: 'failed'; readonly why: Failure }
  | { readonly kind: 'blocked'; readonly who: string; readonly what: string; readonly since?: string }
  | { readonly kind: 'awaitingApproval'; readonly what: string };

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retry: 'never' | 'later' | 'verify';
}

export interface Connector {
  readonly vendor: string;
  readonly capabilities: Capabilities;
  read(request: ReadRequest): Promise<DomainState>;
  /** Structure, the filling of new sets, and all lists of members in the slow lane (`SetState.nat`). `state` was read with what: 'pending'. */
  plan(state: DomainState, desired: ReadonlyMap<string, Desired>): Plan;
  /**
   * Members of sets that stand on the device already, as steps of the lane `members`; steps for NAT's own lists in the lane `structure` between those that
   * leave and those that join. The engine takes the lane `members` alone, for members that are in `SetState.nat`, and leaves NAT's lists to `plan`.
   * Members whose filter lane is 'structure' get no step here. Where sets cannot change together, the order is that of rulebook/member-order.ts.
   */
  planMembers(state: FirewallState, desired: Desired, changes: readonly MemberChange[]): readonly Step[];
  execute(step: Step, context: ExecuteContext): Promise<Outcome>;
  poll(job: Json, context: ExecuteContext): Promise<Outcome>;
  /**
   * Facts about the way to the manager itself that no reading says: a certificate or key that expires soon (codes end in _EXPIRES). Asked after an
   * audit; undefined: nothing is known yet.
   */
  conditions?(nowMs: number): readonly Condition[] | undefined;
  /** Opaque session for the next invocation (kept encrypted per commit domain), or undefined. */
  session(): Json | undefined;
  close(): Promise<void>;
}

/** What a vendor's folder exports. Connecting is lazy: no call before the first `read` or `execute`. */
export interface ConnectorFactory<Manager> {
  readonly vendor: string;
  readonly capabilities: Capabilities;
  connect(options: {
    readonly name: string;
    readonly manager: Manager;
    /** Read at use, cached briefly by the caller; `fresh` after an authentication failure. */
    readonly secret: (fresh: boolean) => Promise<string>;
    readonly session: Json | undefined;
  }): Connector;
}
