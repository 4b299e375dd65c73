/** A packet as a person says it: "10.10.1.5 203.0.113.5 tcp/443", or by options. */
import { type Family, formatAddress, parseAddress, parsePrefix } from '../functions/packets/address.ts';
import { type Direction, hasPorts, isIcmp, type Packet, PROTOCOLS, protocolName } from '../functions/packets/packet.ts';
import type { Settings } from '../functions/settings.ts';
import { cliError } from './errors.ts';
import { known } from './lens.ts';

/** A port that clients use; no policy of sense is about it. */
const CLIENT_PORT = 40_000;

export interface Said {
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  /** "tcp/443", "udp/53", "icmp/8/0", "47", "sctp" */
  readonly service?: string | undefined;
  readonly protocol?: string | undefined;
  readonly port?: string | undefined;
  readonly sourcePort?: string | undefined;
  readonly type?: string | undefined;
  readonly code?: string | undefined;
  readonly direction?: string | undefined;
  readonly cluster?: string | undefined;
}

const wrong = (message: string) => cliError('CEXT_CLI_USAGE', message);

const PRINTED = /^(?:protocol )?(\S+) (\S+) -> (\S+?)(?: type (\d+))?(?: code (\d+))?$/;

/** SOURCE DESTINATION SERVICE, or one text as messages print a packet: "tcp 10.1.2.3:40000 -> 203.0.113.5:443". @throws CEXT_CLI_USAGE */
export function readArguments([source, destination, service]: readonly string[]): Partial<Said> {
  if (destination !== undefined || !source?.includes('->')) return { source, destination, service };
  const printed = PRINTED.exec(source.trim());
  if (!printed) throw wrong(`"${source}" is no packet; write it as "tcp 10.1.2.3:40000 -> 203.0.113.5:443", or SOURCE DESTINATION tcp/443`);
  const [, protocol, from = '', to = '', type, code] = printed;
  const [address, sourcePort] = endOf(from);
  const [far, port] = endOf(to);
  return { source: address, destination: far, protocol, sourcePort, port, type, code };
}

/** "10.1.2.3:443", "[fd00::1]:443", or an address alone. */
function endOf(text: string): [string, string | undefined] {
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(text) ?? [];
  return port === undefined ? [text, undefined] : [bracketed ?? plain ?? '', port];
}

/** The packet, and the cluster it belongs to. @throws CEXT_CLI_USAGE, CEXT_CLI_UNKNOWN_NAME */
export function packetOf(said: Said, settings: Settings): { readonly packet: Packet; readonly cluster: string } {
  const source = address('source', said.source);
  const destination = address('destination', said.destination);
  if (source.family !== destination.family)
    throw wrong(`source ${said.source} and destination ${said.destination} are of two IP families; a packet has one`);
  const { direction, cluster } = sidesOf(said, source, destination, settings);
  const service = serviceOf(said, source.family);
  return { cluster, packet: { family: source.family, direction, source: source.value, destination: destination.value, ...service } };
}

function address(what: string, text: string | undefined): { readonly family: Family; readonly value: bigint } {
  if (text === undefined) throw wrong(`the ${what} is missing; write: cextfire explain SOURCE DESTINATION tcp/443`);
  const found = parseAddress(text);
  if (!found) throw wrong(`${what} "${text}" is no IP address; write one such as 10.10.1.5 or fd00::5`);
  return found;
}

function serviceOf(said: Said, family: Family): Pick<Packet, 'protocol' | 'sourcePort' | 'destinationPort' | 'icmpType' | 'icmpCode'> {
  const [name = '', first, second, ...more] = (said.service ?? '').split('/');
  if (more.length > 0) throw wrong(`service "${said.service}": write tcp/443, icmp/8/0 or a protocol`);
  const text = (said.protocol ?? name).toLowerCase();
  if (text === '') throw wrong('the service is missing; write tcp/443, udp/53, icmp/8/0 or a protocol (or --protocol)');
  const plain = text === 'icmp' && family === 6 ? 'icmpv6' : text;
  const protocol = PROTOCOLS[plain] ?? number('protocol', plain, 255, `${Object.keys(PROTOCOLS).join(', ')} or 0..255`);
  if (hasPorts(protocol)) {
    const port = said.port ?? first;
    if (first !== undefined && port !== first) throw wrong(`--port ${port} and "${said.service}" say different things; say one of them`);
    if (port === undefined) throw wrong(`${protocolName(protocol)} needs a port; write ${protocolName(protocol)}/443 or --port 443`);
    if (second !== undefined || said.type !== undefined || said.code !== undefined)
      throw wrong(`${protocolName(protocol)} has ports, no type and code; write ${protocolName(protocol)}/${port}`);
    return {
      protocol,
      destinationPort: number('port', port, 65_535),
      sourcePort: number('--source-port', said.sourcePort ?? String(CLIENT_PORT), 65_535),
    };
  }
  if (said.port !== undefined || said.sourcePort !== undefined) throw wrong(`${protocolName(protocol)} has no ports; leave them out`);
  if (isIcmp(protocol)) {
    const [type, code] = [said.type ?? first ?? (protocol === 1 ? '8' : '128'), said.code ?? second ?? '0'];
    return { protocol, icmpType: number('ICMP type', type, 255), icmpCode: number('ICMP code', code, 255) };
  }
  if (first !== undefined || said.type !== undefined || said.code !== undefined)
    throw wrong(`${protocolName(protocol)} has neither ports nor types; write "${text}" alone`);
  return { protocol };
}

function number(what: string, text: string, most: number, expected = `0..${most}`): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > most) throw wrong(`${what} "${text}" is not ${expected}`);
  return Number(text);
}

type Address = { readonly family: Family; readonly value: bigint };

const within = (cidrs: readonly string[], { family, value }: Address) =>
  cidrs.some((cidr) => {
    const range = parsePrefix(cidr);
    return range?.family === family && range.first <= value && value <= range.last;
  });

/** What was not said follows from where the pods are. */
function sidesOf(said: Said, source: Address, destination: Address, settings: Settings): { direction: Direction; cluster: string } {
  const { clusters, borders, pairs } = settings;
  if (said.direction !== undefined && said.direction !== 'egress' && said.direction !== 'ingress')
    throw wrong(`direction "${said.direction}": write egress (from the pods outward) or ingress (to the pods)`);
  if (said.cluster !== undefined) known('cluster', said.cluster, clusters);
  const names = said.cluster === undefined ? Object.keys(clusters) : [said.cluster];
  const vipsOf = (cluster: string) => {
    const firewalls = new Set(pairs.filter((pair) => pair.cluster === cluster).map(({ firewall }) => firewall));
    return Object.values(borders).flatMap((border) => (firewalls.has(border.firewall) ? border.vips : []));
  };
  const inside = (cluster: string, at: Address) => within(clusters[cluster]?.podCidrs ?? [], at);
  const candidates = names.flatMap((cluster): { direction: Direction; cluster: string }[] => [
    ...(inside(cluster, source) ? [{ direction: 'egress' as const, cluster }] : []),
    ...(inside(cluster, destination) || within(vipsOf(cluster), destination) ? [{ direction: 'ingress' as const, cluster }] : []),
  ]);
  const fitting = candidates.filter(({ direction }) => said.direction === undefined || direction === said.direction);
  const [only] = fitting;
  const direction = (said.direction as Direction | undefined) ?? only?.direction;
  if (said.cluster !== undefined && direction !== undefined) return { direction, cluster: said.cluster };
  if (only && new Set(fitting.map(({ cluster }) => cluster)).size === 1) return only;
  const cidrs = names.map((name) => `${name} ${clusters[name]?.podCidrs.join(', ')}`).join('; ');
  if (only) throw wrong(`both ends fit several clusters (${cidrs}); say --cluster and --direction`);
  const [from, to] = [source, destination].map(({ family, value }) => formatAddress(family, value));
  throw wrong(`neither ${from} nor ${to} is in the pod CIDRs (${cidrs}); correct the address, or say --cluster and --direction`);
}
