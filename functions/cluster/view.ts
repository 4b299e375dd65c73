/**
 * The cluster view: everything Felix said and has not taken back, in one vocabulary for both wire generations.
 * Built by {@link MutableView} (mutable-view.ts) from a snapshot and the log's tail, or straight from a Felix stream.
 */
import type { felix } from '../../proto/generated/felix.js';
import type { AnyMembers, MemberSet } from '../../proto/members.ts';

/** "GlobalNetworkPolicy//border.x", see proto/keys.ts. */
export type PolicyKey = string;

export interface Tier {
  readonly name: string;
  /** In evaluation order. A key may name a policy that is not in `policies`. */
  readonly ingress: readonly PolicyKey[];
  readonly egress: readonly PolicyKey[];
  /** Everything but "Pass" ends in a drop (also the empty string). */
  readonly defaultAction: 'Deny' | 'Pass';
}

export interface HostEndpoint {
  /** endpoint id: the name of the HostEndpoint object */
  readonly name: string;
  readonly interfaceName: string;
  readonly forwardTiers: readonly Tier[];
  readonly preDnatTiers: readonly Tier[];
  /** Names of tiers with doNotTrack policies: not for borders, a condition. */
  readonly untrackedTiers: readonly string[];
}

export interface Policy {
  readonly key: PolicyKey;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly tier: string;
  readonly staged: boolean;
  readonly preDnat: boolean;
  readonly untracked: boolean;
  readonly inbound: readonly felix.IRule[];
  readonly outbound: readonly felix.IRule[];
  readonly selector: string;
}

export interface FelixSet {
  readonly id: string;
  readonly kind: 'addresses' | 'endpoints';
  readonly members: MemberSet;
}

export interface Pool {
  readonly cidr: string;
  readonly masquerade: boolean;
}

export interface Host {
  readonly name: string;
  /** canonical addresses without length */
  readonly addresses: readonly string[];
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly addresses: readonly string[];
}

export interface ClusterView {
  /** the cluster's name in the settings */
  readonly cluster: string;
  readonly clusterGuid: string;
  readonly calicoVersion: string;
  /** log position up to which this view was read; 0 for a view that comes straight from a stream */
  readonly position: number;
  /** 32 hex digits, proto/digest.ts */
  readonly digest: string;
  readonly hostEndpoints: ReadonlyMap<string, HostEndpoint>;
  readonly policies: ReadonlyMap<PolicyKey, Policy>;
  readonly sets: ReadonlyMap<string, FelixSet>;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly services: ReadonlyMap<string, Service>;
}

/** What changed between two positions of one view; what incremental compiling and membership feed on. */
export interface ViewChange {
  readonly from: number;
  readonly to: number;
  /** HostEndpoints, policies, pools, declarations of sets: anything but members. */
  readonly structure: boolean;
  readonly policies: ReadonlySet<PolicyKey>;
  /** By Felix set id; disjoint, net of what cancelled out. A set that was replaced or re-declared is in `replaced` instead. */
  readonly members: ReadonlyMap<string, { readonly added: AnyMembers; readonly removed: AnyMembers }>;
  readonly replaced: ReadonlySet<string>;
  /** Unix ms at which the oldest frame behind this change was read from Felix; undefined when nothing changed. */
  readonly observedMs: number | undefined;
}
