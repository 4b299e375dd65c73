/** What a device can say. The lowering pass rewrites or refuses what it cannot; see DESIGN.md section 5, "What a vendor cannot express". */
export interface Capabilities {
  /** Protocols that a service may name: all numbers, or these. Whole-protocol "any" is always there. */
  readonly protocols: 'all' | readonly number[];
  readonly icmpTypes: boolean;
  readonly icmpCodes: boolean;
  readonly sourcePorts: boolean;
  /** `exclude` with prefixes; with sets. */
  readonly excludePrefixes: boolean;
  readonly excludeSets: boolean;
  /** Sets of (address, protocol, port) as such; else lowered to one set of addresses per (protocol, port). */
  readonly endpointSets: boolean;
  /** 'rule': a log rule that does not end the evaluation; 'flag': only on deciding rules. */
  readonly log: 'rule' | 'flag' | 'none';
  readonly preDnat: boolean;
  /** One rule may hold both families. */
  readonly mixedFamilies: boolean;
  readonly translations: {
    readonly none: boolean;
    readonly address: boolean;
    readonly range: boolean;
    readonly pool: boolean;
    readonly ipv6: boolean;
    /** The list of NAT can leave packets to the administrator's, which comes after it; else such packets must match no entry of ours. */
    readonly absent: boolean;
  };
  /** IPv6 members longer or shorter than /128 in sets. */
  readonly ipv6PrefixMembers: boolean;
  readonly maxRules: number;
  readonly maxSets: number;
  readonly maxMembersPerSet: number;
  readonly maxMembers: number;
  /** In how many sets one address may be (32 registered tags on PAN-OS). */
  readonly maxSetsPerAddress: number;
  /**
   * How set members reach the device. fast = no commit; structure = by a commit, in the filter and in NAT at once or in NAT alone (the filter then waits
   * for it); no = not at all, lowering says so.
   */
  readonly lanes: {
    readonly filter: { readonly host4: Lane; readonly host6: Lane; readonly prefix4: Lane; readonly prefix6: Lane };
    readonly nat: { readonly host4: Lane; readonly host6: Lane; readonly prefix4: Lane; readonly prefix6: Lane };
  };
  /** Several sets can change in one atomic step. */
  readonly atomicMembership: boolean;
  /** Rules change in one atomic step (a commit, a transaction). */
  readonly atomicStructure: boolean;
  /** The filter sees the source before or after source NAT. */
  readonly filterSees: 'beforeSourceNat' | 'afterSourceNat';
  readonly hitCounts: boolean;
}
export type Lane = 'fast' | 'structure' | 'no';
