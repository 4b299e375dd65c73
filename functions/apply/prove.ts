/** read back -> prove: what runs on the device, compared as a function of packets. */
import type { Condition } from '../errors.ts';
import { formatAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import type { Decision, MemberSource, Rulebook } from '../rulebook/types.ts';
import { tellOrigin } from '../rulebook/words.ts';
import { condition } from './errors.ts';
import type { EngineParts } from './ports.ts';
import type { WarmFirewall } from './warm.ts';

/** undefined: equal. Else CEXT_APPLY_PROOF_FAILED with a packet, or CEXT_APPLY_NOT_PROVEN. */
export function proveRunning(parts: EngineParts, warm: WarmFirewall, running: Rulebook, wanted: Rulebook): Condition | undefined {
  const members = knownMembers(warm.derived, [running, wanted]);
  const proof = parts.algebra.prove({ rulebook: running, members }, { rulebook: wanted, members });
  const subject = { firewall: warm.name };
  if (proof.kind === 'equal') return undefined;
  if (proof.kind === 'notProven') return condition('CEXT_APPLY_NOT_PROVEN', 'warning', `${warm.name}: ${proof.why}`, subject);
  const { border, stage, packet, before, after } = proof.witness;
  const message = `${warm.name}, ${border}/${stage}: ${packetText(packet)} is ${decisionText(before)} on the device, wanted is ${decisionText(after)}`;
  return condition('CEXT_APPLY_PROOF_FAILED', 'error', message, subject);
}

/**
 * A set that only the device knows has no members of ours, and neither has one of a cluster without a view: on both sides of the comparison alike.
 */
function knownMembers(derived: MemberSource, books: readonly Rulebook[]): MemberSource {
  const [running, wanted] = books;
  const nothing = { size: 0, has: () => false, [Symbol.iterator]: () => [][Symbol.iterator]() };
  const known = (set: string) => wanted?.sets.has(set) === true || running?.sets.has(set) === true;
  const orElse = <T>(ask: () => T, otherwise: T): T => {
    try {
      return ask();
    } catch {
      return otherwise;
    }
  };
  return {
    members: (set) => (known(set) ? orElse(() => derived.members(set), nothing) : nothing),
    digest: (set) => orElse(() => derived.digest(set), set),
  };
}

export function packetText(packet: Packet): string {
  const end = (address: bigint, port: number | undefined) =>
    `${formatAddress(packet.family, address)}${port === undefined ? '' : ` port ${port}`}`;
  const icmp = packet.icmpType === undefined ? '' : ` type ${packet.icmpType} code ${packet.icmpCode ?? 0}`;
  return `${packet.direction} protocol ${packet.protocol}${icmp} from ${end(packet.source, packet.sourcePort)} to ${end(packet.destination, packet.destinationPort)}`;
}

function decisionText(decision: Decision): string {
  return decision.kind === 'unmatched' ? 'unmatched' : `${decision.kind} (${decision.rule.id}, ${tellOrigin(decision.rule)})`;
}
