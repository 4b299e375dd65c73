import { linuxCapabilities } from '../../functions/firewalls/linux/index.ts';
import { panosCapabilities } from '../../functions/firewalls/panos/capabilities.ts';
import { protocolName } from '../../functions/packets/packet.ts';
import type { Capabilities, Lane } from '../../functions/rulebook/capabilities.ts';
import { madeFrom, table } from './markdown.ts';

const VENDORS: readonly (readonly [string, Capabilities])[] = [
  ['Linux nftables', linuxCapabilities],
  ['Palo Alto', panosCapabilities],
];

const number = (most: number) => most.toLocaleString('en-US');
const either = (yes: string, no: string) => (holds: boolean) => (holds ? yes : no);
const yesOr = (no: string) => either('yes', no);

const LANES: Readonly<Record<Lane, string>> = { fast: 'no commit', structure: 'by a commit', no: 'not as members' };
/** "IPv4 no commit; IPv6 subnets not as members", lanes that are alike together. */
function lanesText(lanes: Capabilities['lanes']['filter']): string {
  const kinds = { host4: 'IPv4 addresses', prefix4: 'IPv4 subnets', host6: 'IPv6 addresses', prefix6: 'IPv6 subnets' } as const;
  const alike = Map.groupBy(Object.keys(kinds) as (keyof typeof kinds)[], (kind) => lanes[kind]);
  if (alike.size === 1) return `all: ${LANES[lanes.host4]}`;
  return [...alike].map(([lane, which]) => `${which.map((kind) => kinds[kind]).join(', ')}: ${LANES[lane]}`).join('; ');
}

const ROWS: readonly (readonly [string, (one: Capabilities) => string])[] = [
  ['protocols by name or number', ({ protocols }) => (protocols === 'all' ? 'all' : `${protocols.map(protocolName).join(', ')} only`)],
  ['ICMP types and codes', ({ icmpTypes, icmpCodes }) => (icmpTypes ? (icmpCodes ? 'both' : 'types') : 'no')],
  ['source ports', ({ sourcePorts }) => yesOr('no')(sourcePorts)],
  ['negated nets', ({ excludePrefixes }) => either('one word', 'a rule before')(excludePrefixes)],
  ['negated selectors', ({ excludeSets }) => either('one word', 'a rule before')(excludeSets)],
  ['named ports, services', ({ endpointSets }) => either('a set of address and port', 'a rule for each port')(endpointSets)],
  ['log', ({ log }) => ({ rule: 'a rule of its own', flag: 'a flag on the rules that decide', none: 'no' })[log]],
  ['pre-DNAT (VIPs)', ({ preDnat }) => yesOr('no')(preDnat)],
  ['translation of IPv6', ({ translations }) => yesOr('no')(translations.ipv6)],
  [
    "the administrator's NAT behind a rule of ours that translates the same packets",
    ({ translations }) => yesOr('no: such packets must match no translation of ours')(translations.absent),
  ],
  ['changes of members, in rules', ({ lanes }) => lanesText(lanes.filter)],
  ['changes of members, in translations', ({ lanes }) => lanesText(lanes.nat)],
  ['several sets at once', ({ atomicMembership }) => either('in one transaction', 'one after another, in a safe order')(atomicMembership)],
  ['hit counts', ({ hitCounts }) => yesOr('no')(hitCounts)],
  ['most rules', ({ maxRules }) => number(maxRules)],
  ['most sets', ({ maxSets }) => number(maxSets)],
  ['most members of a set, of all', ({ maxMembersPerSet, maxMembers }) => `${number(maxMembersPerSet)}, ${number(maxMembers)}`],
  ['most sets that an address is in', ({ maxSetsPerAddress }) => number(maxSetsPerAddress)],
];

/** docs/reference/firewalls.md */
export function firewallsPage(): string {
  const rows = ROWS.map(([what, say]) => [what, ...VENDORS.map(([, capabilities]) => say(capabilities))]);
  return `${madeFrom('the capabilities of the connectors (functions/firewalls)')}
# What each firewall can say

What a firewall cannot say is rewritten where that is exact; else an allow shrinks and what is cut off is denied, or the policy is refused
([what is refused and why](../guides/what-is-refused.md)). \`cextfire explain\` tells it for a packet, the condition \`CEXT_POLICY_FIREWALL_CANNOT\` for a rule.

${table(['', ...VENDORS.map(([name]) => name)], rows)}

The most of rules, sets and members are those of the connector; what a model holds is read from the device and checked before anything is staged.
`;
}
