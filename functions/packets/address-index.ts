/**
 * Members of a set, as text, made ready for fast questions: is this address, or this (address, protocol, port), a member? Members may be
 * prefixes of any length and of both families; an address is in when any of them contains it.
 */
import { BITS, type Family, parseAddress, parsePrefix } from './address.ts';
import { type AddressSet, addressSet, type Coordinate, hasAddress, hostSet4, minus, next, toCoordinate, unionOf } from './address-set.ts';
import { PORT_PROTOCOLS, PROTOCOLS } from './packet.ts';

/** What a compact container offers besides its texts: IPv4 hosts as numbers, all else as text (proto/members.ts is one). */
interface CompactMembers {
  hosts4(): Iterable<number>;
  others(): Iterable<string>;
}
const isCompact = (members: Iterable<string>): members is Iterable<string> & CompactMembers => 'hosts4' in members && 'others' in members;

/**
 * "10.1.2.3" or "10.1.2.3/32" -> its number, anything else -> -1. The short way for what nearly every member is.
 */
function host4(text: string): number {
  const slash = text.length - 3;
  const end = text.charCodeAt(slash) === 47 && text.charCodeAt(slash + 1) === 51 && text.charCodeAt(slash + 2) === 50 ? slash : text.length;
  let value = 0;
  let part = -1;
  let dots = 0;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (part < 0) return -1;
      value = value * 256 + part;
      part = -1;
      dots++;
    } else if (code >= 48 && code <= 57) {
      if (part === 0) return -1;
      part = part < 0 ? code - 48 : part * 10 + code - 48;
      if (part > 255) return -1;
    } else return -1;
  }
  return dots === 3 && part >= 0 ? value * 256 + part : -1;
}

/** The addresses of a set of kind `addresses`. */
export class AddressIndex {
  /** Hosts apart from longer runs: a host may leave although a prefix still holds its address. */
  readonly #hosts: Readonly<Record<Family, AddressSet>>;
  readonly #prefixes: ReadonlySet<string>;
  readonly addresses: Readonly<Record<Family, AddressSet>>;

  private constructor(hosts: Readonly<Record<Family, AddressSet>>, prefixes: ReadonlySet<string>) {
    this.#hosts = hosts;
    this.#prefixes = prefixes;
    const wide: Record<Family, [Coordinate, Coordinate][]> = { 4: [], 6: [] };
    for (const text of prefixes) {
      const range = parsePrefix(text);
      if (range)
        wide[range.family].push([toCoordinate(range.family, range.first), next(toCoordinate(range.family, range.last))] as [
          Coordinate,
          Coordinate,
        ]);
    }
    this.addresses = { 4: unionOf(hosts[4], addressSet(4, wide[4])), 6: unionOf(hosts[6], addressSet(6, wide[6])) };
  }

  /** @throws RangeError for a text that is neither an address nor a prefix. */
  static of(members: Iterable<string>): AddressIndex {
    const { hosts, prefixes } = sortOut(members);
    return new AddressIndex(hosts, prefixes);
  }

  has(family: Family, coordinate: Coordinate): boolean {
    return hasAddress(this.addresses[family], coordinate);
  }

  /** The index after a change of members, without reading the others again. `removed` were members, `added` were not. */
  changed(added: Iterable<string>, removed: Iterable<string>): AddressIndex {
    const gone = sortOut(removed);
    const come = sortOut(added);
    const prefixes = new Set(this.#prefixes);
    for (const prefix of gone.prefixes) prefixes.delete(prefix);
    for (const prefix of come.prefixes) prefixes.add(prefix);
    const hosts = (family: Family) => unionOf(minus(this.#hosts[family], gone.hosts[family]), come.hosts[family]);
    return new AddressIndex({ 4: hosts(4), 6: hosts(6) }, prefixes);
  }
}

function sortOut(members: Iterable<string>): { hosts: Record<Family, AddressSet>; prefixes: Set<string> } {
  const numbers: number[] = [];
  const hosts6: [Coordinate, Coordinate][] = [];
  const prefixes = new Set<string>();
  const compact = isCompact(members);
  if (compact) for (const host of members.hosts4()) numbers.push(host);
  for (const text of compact ? members.others() : members) {
    const value = host4(text);
    if (value >= 0) {
      numbers.push(value);
      continue;
    }
    const range = parsePrefix(text);
    if (!range) throw new RangeError(`a set member is neither an address nor a prefix: ${text}`);
    if (range.length < BITS[range.family]) prefixes.add(text);
    else hosts6.push([range.first, range.first + 1n]);
  }
  return { hosts: { 4: hostSet4(Uint32Array.from(numbers)), 6: addressSet(6, hosts6) }, prefixes };
}

export interface Endpoint {
  readonly family: Family;
  readonly address: bigint;
  readonly protocol: number;
  readonly port: number;
}

/** "10.1.2.3,tcp:80", "fd00::1,udp:53", also with a host length or a protocol by number; undefined for anything else. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const match = /^([0-9a-fA-F.:]+)(?:\/(\d+))?,([A-Za-z0-9]+):(\d{1,5})$/.exec(text);
  if (!match) return undefined;
  const [, addressText = '', length, protocolText = '', portText = ''] = match;
  const address = parseAddress(addressText);
  const protocol = PROTOCOLS[protocolText.toLowerCase()] ?? (/^\d{1,3}$/.test(protocolText) ? Number(protocolText) : -1);
  const port = Number(portText);
  if (!address || (length !== undefined && Number(length) !== BITS[address.family])) return undefined;
  if (!PORT_PROTOCOLS.includes(protocol) || port > 65535) return undefined;
  return { family: address.family, address: address.value, protocol, port };
}

/** A protocol and a port as one number. */
export const portKey = (protocol: number, port: number): number => protocol * 65536 + port;

/** The members of a set of kind `endpoints`, by (protocol, port), ascending. */
export class EndpointIndex {
  readonly #ports: ReadonlyMap<number, Readonly<Record<Family, AddressSet>>>;

  private constructor(ports: ReadonlyMap<number, Readonly<Record<Family, AddressSet>>>) {
    this.#ports = ports;
  }

  /** @throws RangeError for a text that is no (address, protocol, port). */
  static of(members: Iterable<string>): EndpointIndex {
    const runs = new Map<number, Record<Family, [Coordinate, Coordinate][]>>();
    for (const text of members) {
      const endpoint = parseEndpoint(text);
      if (!endpoint) throw new RangeError(`a set member is no (address, protocol, port): ${text}`);
      const key = portKey(endpoint.protocol, endpoint.port);
      let at = runs.get(key);
      if (!at) {
        at = { 4: [], 6: [] };
        runs.set(key, at);
      }
      const coordinate = toCoordinate(endpoint.family, endpoint.address);
      at[endpoint.family].push([coordinate, next(coordinate)]);
    }
    const ports = new Map<number, Record<Family, AddressSet>>();
    for (const [key, at] of [...runs].sort(([a], [b]) => a - b)) ports.set(key, { 4: addressSet(4, at[4]), 6: addressSet(6, at[6]) });
    return new EndpointIndex(ports);
  }

  has(family: Family, coordinate: Coordinate, protocol: number, port: number): boolean {
    const at = this.#ports.get(portKey(protocol, port));
    return at !== undefined && hasAddress(at[family], coordinate);
  }

  /** Every (protocol, port) with the addresses of this family that have it; ascending. */
  *ports(family: Family): IterableIterator<{ readonly protocol: number; readonly port: number; readonly addresses: AddressSet }> {
    for (const [key, { [family]: addresses }] of this.#ports) {
      if (addresses.runs > 0) yield { protocol: Math.floor(key / 65536), port: key % 65536, addresses };
    }
  }

  /** Every (protocol, port) that occurs in any family; ascending. */
  *services(): IterableIterator<{ readonly protocol: number; readonly port: number }> {
    for (const key of this.#ports.keys()) yield { protocol: Math.floor(key / 65536), port: key % 65536 };
  }
}
