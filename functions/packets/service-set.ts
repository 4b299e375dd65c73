/**
 * Sets of services (protocol, source port or ICMP type, destination port or ICMP code) as nodes of {@link Diagrams}: 0 is the empty set, 1 is
 * every service. ICMP types and codes end at 255: a range that reaches 255 is drawn up to the end of the level, so that "every code" and
 * "codes 0 to 255" are the same node (the unused numbers are aliases of 255).
 */

import type { Family } from './address.ts';
import { type Diagrams, LEVEL, type Node, PORT_LIMIT, PROTOCOL_LIMIT, VALUES } from './diagram.ts';
import { hasPorts, isIcmp, type Packet, protocolName } from './packet.ts';

export interface Run {
  readonly first: number;
  readonly last: number;
}

export const EVERY_PORT: Run = { first: 0, last: PORT_LIMIT - 1 };

/** Whole protocols. */
export function protocolSet(diagrams: Diagrams, protocols: readonly Run[]): Node {
  return diagrams.ranges(LEVEL.protocol, PROTOCOL_LIMIT, protocols, 1, 0);
}

/** One protocol with its two numbers in these ascending, disjoint ranges. */
export function boxOfServices(diagrams: Diagrams, protocol: number, first: readonly Run[], second: readonly Run[]): Node {
  const limit = (runs: readonly Run[]) =>
    isIcmp(protocol) ? runs.map((run) => (run.last === 255 ? { ...run, last: PORT_LIMIT - 1 } : run)) : runs;
  const inner = diagrams.ranges(LEVEL.second, PORT_LIMIT, limit(second), 1, 0);
  const outer = diagrams.ranges(LEVEL.first, PORT_LIMIT, limit(first), inner, 0);
  return diagrams.ranges(LEVEL.protocol, PROTOCOL_LIMIT, [{ first: protocol, last: protocol }], outer, 0);
}

const PREFERRED_PROTOCOLS = [6, 17, 1, 58, 132, 136];
const PREFERRED_PORTS = [443, 80, 53, 22, 8080, 8443, 5432, 123];
const PREFERRED_SOURCE_PORTS = [40000, 50000, 1024];
const PREFERRED_TYPES = [8, 128];

/** How people like to read a number of this level: tried in this order, then the first number that does. */
function preferredNumbers(level: number, protocol: number): readonly number[] {
  if (level === LEVEL.protocol) return PREFERRED_PROTOCOLS;
  if (isIcmp(protocol)) return level === LEVEL.first ? PREFERRED_TYPES : [0];
  return level === LEVEL.first ? PREFERRED_SOURCE_PORTS : PREFERRED_PORTS;
}

/** A packet's protocol with its ports, or its type and code. */
export type ServicePoint = Pick<Packet, 'protocol' | 'sourcePort' | 'destinationPort' | 'icmpType' | 'icmpCode'>;

/** The most readable service of a set that is not empty. */
export function pickService(diagrams: Diagrams, services: Node, family: Family): ServicePoint {
  const prefer = (level: number, limit: number, node: Node, protocol: number): [number, Node] => {
    for (const number of preferredNumbers(level, protocol)) {
      // ICMPv6 belongs to IPv6 as ICMP to IPv4: the other one is only taken when nothing else is left.
      if (level === LEVEL.protocol && number === (family === 4 ? 58 : 1)) continue;
      const child = diagrams.at(node, level, number);
      if (child !== 0) return [number, child];
    }
    const [run] = runsOf(diagrams, node, level, limit);
    if (!run) throw new RangeError('an empty set has no packet');
    return [run.first, run.child];
  };
  const [protocol, perProtocol] = prefer(LEVEL.protocol, PROTOCOL_LIMIT, services, 0);
  const [first, perFirst] = prefer(LEVEL.first, PORT_LIMIT, perProtocol, protocol);
  const [second] = prefer(LEVEL.second, PORT_LIMIT, perFirst, protocol);
  if (hasPorts(protocol)) return { protocol, sourcePort: first, destinationPort: second };
  return isIcmp(protocol) ? { protocol, icmpType: first, icmpCode: second } : { protocol };
}

/** The value of a function of services at one of them. */
export function serviceAt(diagrams: Diagrams, services: Node, point: ServicePoint): number {
  const perProtocol = diagrams.at(services, LEVEL.protocol, point.protocol);
  const perFirst = diagrams.at(perProtocol, LEVEL.first, point.sourcePort ?? point.icmpType ?? 0);
  return diagrams.at(perFirst, LEVEL.second, point.destinationPort ?? point.icmpCode ?? 0);
}

/** (protocol, port) pairs of a set of services; a protocol without ports counts as one pair. */
export function countServices(diagrams: Diagrams, services: Node): number {
  if (services === 0) return 0;
  let count = 0;
  for (const run of runsOf(diagrams, services, LEVEL.protocol, PROTOCOL_LIMIT))
    for (let protocol = run.first; protocol <= run.last; protocol++) count += hasPorts(protocol) ? countSecond(diagrams, run.child) : 1;
  return count;
}

/** Destination ports that occur with any source port. */
function countSecond(diagrams: Diagrams, node: Node): number {
  let seconds = 0;
  for (const { child } of runsOf(diagrams, node, LEVEL.first, PORT_LIMIT)) seconds = diagrams.or(seconds, child);
  return runsOf(diagrams, seconds, LEVEL.second, PORT_LIMIT).reduce((sum, run) => sum + run.last - run.first + 1, 0);
}

/** The runs of this level on which the node is not 0. */
export function runsOf(diagrams: Diagrams, node: Node, level: number, limit: number): (Run & { readonly child: Node })[] {
  if (node === 0) return [];
  if (node < VALUES || diagrams.level(node) !== level) return [{ first: 0, last: limit - 1, child: node }];
  const out: (Run & { readonly child: Node })[] = [];
  let first = 0;
  const runs = diagrams.runs(node);
  for (let at = 0; at < runs.length; at += 2) {
    const [end, child] = [runs[at] as number, runs[at + 1] as Node];
    if (child !== 0) out.push({ first, last: end - 1, child });
    first = end;
  }
  return out;
}

const runText = (run: Run, most: number): string => (run.first === run.last ? `${run.first}` : `${run.first}-${Math.min(run.last, most)}`);

/** "tcp 80,443; udp 53; icmp type 8", "any service"; for people, at most `most` pieces. */
export function formatServices(diagrams: Diagrams, services: Node, most = 6): string {
  if (services === 1) return 'any service';
  if (services === 0) return 'no service';
  const pieces: string[] = [];
  for (const run of runsOf(diagrams, services, LEVEL.protocol, PROTOCOL_LIMIT)) {
    if (run.child === 1) {
      const known = run.last - run.first < 8;
      if (known) for (let protocol = run.first; protocol <= run.last; protocol++) pieces.push(protocolName(protocol));
      else pieces.push(`protocols ${runText(run, 255)}`);
    } else for (let protocol = run.first; protocol <= run.last; protocol++) pieces.push(...innerTexts(diagrams, protocol, run.child));
  }
  return pieces.length > most ? `${pieces.slice(0, most).join('; ')}; and ${pieces.length - most} more` : pieces.join('; ');
}

function innerTexts(diagrams: Diagrams, protocol: number, node: Node): string[] {
  const icmp = isIcmp(protocol);
  const most = icmp ? 255 : PORT_LIMIT - 1;
  const list = (runs: readonly Run[]) => runs.map((run) => runText(run, most)).join(',');
  return runsOf(diagrams, node, LEVEL.first, PORT_LIMIT).map((run) => {
    const wholeFirst = run.first === 0 && run.last >= most;
    const seconds = runsOf(diagrams, run.child, LEVEL.second, PORT_LIMIT);
    const wholeSecond = run.child === 1;
    const second = wholeSecond ? '' : ` ${icmp ? 'code ' : ''}${list(seconds)}`;
    const first = wholeFirst ? '' : icmp ? ` type ${list([run])}` : ` from source port ${list([run])}`;
    return icmp ? `${protocolName(protocol)}${first}${second}` : `${protocolName(protocol)}${second}${first}`;
  });
}
