/** What PAN-OS can say (reference/fortinet-paloalto.md B1.6, B1.10, part C). Real limits of a device are read and checked before anything is staged. */
import type { Capabilities } from '../../rulebook/capabilities.ts';

export const panosCapabilities: Capabilities = {
  // service objects exist for TCP and UDP only; applications are not exact (docs/decisions/0081)
  protocols: [6, 17],
  icmpTypes: false,
  icmpCodes: false,
  sourcePorts: true,
  // a side is a list, or the negation of a whole list: "this but not that" is for the lowering pass
  excludePrefixes: false,
  excludeSets: false,
  endpointSets: false,
  log: 'flag',
  preDnat: true,
  mixedFamilies: true,
  // a NAT list ends at its first match: packets that are left to the administrator's must match nothing of ours (docs/decisions/0180)
  translations: { none: true, address: true, range: true, pool: true, ipv6: false, absent: false },
  ipv6PrefixMembers: false,
  maxRules: 10_000,
  maxSets: 5_000,
  maxMembersPerSet: 250_000,
  maxMembers: 450_000,
  maxSetsPerAddress: 32,
  lanes: {
    filter: { host4: 'fast', host6: 'fast', prefix4: 'fast', prefix6: 'no' },
    // a dynamic address group in a NAT rule is settled by no source: static groups, which a commit changes (docs/decisions/0080)
    nat: { host4: 'structure', host6: 'no', prefix4: 'structure', prefix6: 'no' },
  },
  atomicMembership: false,
  atomicStructure: true,
  filterSees: 'beforeSourceNat',
  hitCounts: false,
};
