/** One packet, the first of its connection, as a border sees it before any translation. */
import { type Family, formatAddress } from './address.ts';

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

export const hasPorts = (protocol: number): boolean => PORT_PROTOCOLS.includes(protocol);
export const isIcmp = (protocol: number): boolean => protocol === 1 || protocol === 58;

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(PROTOCOLS).map(([name, number]) => [number, name]));

/** "tcp", or "protocol 47" where there is no name for people. */
export const protocolName = (protocol: number): string => NAMES.get(protocol) ?? `protocol ${protocol}`;

/** "tcp 10.1.2.3:40000 -> 203.0.113.5:443", "tcp [fd00::1]:40000 -> [2001:db8::5]:443", "icmp 10.1.2.3 -> 203.0.113.5 type 8 code 0". */
export function formatPacket(packet: Packet): string {
  const end = (value: bigint, port: number | undefined) => {
    const address = formatAddress(packet.family, value);
    if (port === undefined) return address;
    return packet.family === 6 ? `[${address}]:${port}` : `${address}:${port}`;
  };
  const ways = `${end(packet.source, packet.sourcePort)} -> ${end(packet.destination, packet.destinationPort)}`;
  const type = packet.icmpType === undefined ? '' : ` type ${packet.icmpType}`;
  const code = packet.icmpCode === undefined ? '' : ` code ${packet.icmpCode}`;
  return `${protocolName(packet.protocol)} ${ways}${type}${code}`;
}
