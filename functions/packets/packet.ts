/** One packet, the first of its connection, as a border sees it before any translation. */
import type { Family } from './address.ts';

/** egress = from the pods outward through the outside interface; ingress = from outside to the pods. */
export type Direction = 'egress' | 'ingress';

export interface Packet {
  readonly family: Family;
  readonly direction: Direction;
  readonly source: bigint;
  readonly destination: bigint;
  /** 0..255 */
  readonly protocol: number;
  /** TCP, UDP, SCTP, UDP-Lite; undefined elsewhere */
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** ICMP (1) and ICMPv6 (58) */
  readonly icmpType?: number;
  readonly icmpCode?: number;
}

export const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, sctp: 132, udplite: 136 };
/** Protocols that have ports. */
export const PORT_PROTOCOLS: readonly number[] = [6, 17, 132, 136];
