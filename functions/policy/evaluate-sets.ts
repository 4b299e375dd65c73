/** Where an address stands for the reference evaluator: in nets, in Felix's sets of addresses, in its sets of endpoints. */
import type { MemberSet } from '../../proto/members.ts';
import type { FelixSet } from '../cluster/view.ts';
import { BITS, type Family, formatAddress, parsePrefix } from '../packets/address.ts';
import { type Packet, protocolName } from '../packets/packet.ts';

const prefixes = new Map<string, NonNullable<ReturnType<typeof parsePrefix>>>();

export function prefix(text: string): NonNullable<ReturnType<typeof parsePrefix>> {
  let range = prefixes.get(text);
  // Stryker disable next-line ConditionalExpression: read anew it is the same range
  if (!range) {
    range = parsePrefix(text);
    if (!range) throw new RangeError(`not an address prefix: ${text}`);
    // Stryker disable next-line all: bounds the memory, nothing else
    if (prefixes.size > 50_000) prefixes.clear();
    prefixes.set(text, range);
  }
  return range;
}

export const inNets = (nets: readonly string[], family: Family, address: bigint): boolean =>
  nets.some((net) => {
    const range = prefix(net);
    return range.family === family && range.first <= address && address <= range.last;
  });

const FEW = 64;

export function inAddressSet(set: FelixSet | undefined, family: Family, address: bigint): boolean {
  if (!set) return false;
  const { members } = set;
  if (members.has(`${formatAddress(family, address)}/${BITS[family]}`)) return true;
  const others: string[] = [];
  for (const member of members.others()) {
    others.push(member);
    // Stryker disable next-line ConditionalExpression,EqualityOperator: either way of looking finds the same
    if (others.length > FEW) return inLargeSet(members, family, address);
  }
  return inNets(others, family, address);
}

/** Asks for every prefix that holds the address, instead of looking through all members. */
function inLargeSet(members: MemberSet, family: Family, address: bigint): boolean {
  for (let length = BITS[family] - 1; length >= 0; length--) {
    const host = BigInt(BITS[family] - length);
    if (members.has(`${formatAddress(family, (address >> host) << host)}/${length}`)) return true;
  }
  return false;
}

export function inEndpointSet(set: FelixSet | undefined, { family, protocol }: Packet, address: bigint, port: number | undefined): boolean {
  return set !== undefined && port !== undefined && set.members.has(`${formatAddress(family, address)},${protocolName(protocol)}:${port}`);
}
