/** Whether one rule of Felix matches one packet, and why or why not in words of its author. A part of the reference evaluator (evaluate.ts). */
import type { felix } from '../../proto/generated/felix.js';
import type { FelixSet } from '../cluster/view.ts';
import { formatAddress } from '../packets/address.ts';
import { type Packet, protocolName } from '../packets/packet.ts';
import { inAddressSet, inEndpointSet, inNets, prefix } from './evaluate-sets.ts';
import { endText, excludedText } from './rule-text.ts';

type Answer = { readonly matched: boolean; readonly why: string };
const no = (why: string): Answer => ({ matched: false, why });

/** AND across fields, OR inside nets and inside ports with named ports; every negation must be false. */
export function matchRule(rule: felix.IRule, packet: Packet, sets: ReadonlyMap<string, FelixSet>): Answer {
  if (rule.ipVersion && Number(rule.ipVersion) !== packet.family) return no(`the rule is for IPv${rule.ipVersion}`);
  for (const nets of [rule.srcNet, rule.dstNet, rule.notSrcNet, rule.notDstNet])
    if (nets && nets.length > 0 && !nets.some((net) => prefix(net).family === packet.family))
      return no(`${nets.join(', ')} has no net of IPv${packet.family}, so the rule does not exist there`);
  if (rule.httpMatch) return no('the rule matches HTTP, which a border cannot see');
  if (rule.protocol && !isProtocol(rule.protocol, packet.protocol))
    return no(`the packet is ${protocolName(packet.protocol)}, the rule is for ${nameOf(rule.protocol)}`);
  if (rule.notProtocol && isProtocol(rule.notProtocol, packet.protocol)) return no(`the rule is for all but ${nameOf(rule.notProtocol)}`);
  const met: string[] = [];
  if (rule.protocol) met.push(protocolName(packet.protocol));
  if (rule.notProtocol) met.push(`not ${nameOf(rule.notProtocol)}`);
  for (const end of endsOf(rule, packet)) {
    const answer = matchEnd(end, packet, sets);
    if (!answer.matched) return answer;
    if (answer.why) met.push(answer.why);
  }
  const icmp = matchIcmp(rule, packet);
  if (icmp) return no(icmp);
  if (rule.icmpTypeCode || typeof rule.icmpType === 'number')
    met.push(`type ${packet.icmpType}${rule.icmpTypeCode ? ` code ${packet.icmpCode}` : ''}`);
  for (const id of rule.dstIpPortSetIds ?? []) {
    const set = sets.get(id);
    const text = `destination ${formatAddress(packet.family, packet.destination)} port ${packet.destinationPort ?? 'none'}`;
    const service = toldSet(set, endText(rule, 'destination') || id);
    if (!inEndpointSet(set, packet, packet.destination, packet.destinationPort)) return no(`${text} is not in ${service}`);
    met.push(`${text} is in ${service}`);
  }
  return { matched: true, why: met.join('; ') || 'the rule matches every packet' };
}

interface End {
  readonly rule: felix.IRule;
  readonly name: 'source' | 'destination';
  readonly address: bigint;
  readonly port: number | undefined;
  readonly nets: readonly string[];
  readonly sets: readonly string[];
  readonly ports: readonly felix.IPortRange[];
  readonly namedPorts: readonly string[];
  readonly notNets: readonly string[];
  readonly notSets: readonly string[];
  readonly notPorts: readonly felix.IPortRange[];
  readonly notNamedPorts: readonly string[];
}

function endsOf(r: felix.IRule, packet: Packet): readonly End[] {
  const source: End = {
    rule: r,
    name: 'source',
    address: packet.source,
    port: packet.sourcePort,
    nets: r.srcNet ?? [],
    sets: r.srcIpSetIds ?? [],
    ports: r.srcPorts ?? [],
    namedPorts: r.srcNamedPortIpSetIds ?? [],
    notNets: r.notSrcNet ?? [],
    notSets: r.notSrcIpSetIds ?? [],
    notPorts: r.notSrcPorts ?? [],
    notNamedPorts: r.notSrcNamedPortIpSetIds ?? [],
  };
  const destination: End = {
    rule: r,
    name: 'destination',
    address: packet.destination,
    port: packet.destinationPort,
    nets: r.dstNet ?? [],
    sets: r.dstIpSetIds ?? [],
    ports: r.dstPorts ?? [],
    namedPorts: r.dstNamedPortIpSetIds ?? [],
    notNets: r.notDstNet ?? [],
    notSets: r.notDstIpSetIds ?? [],
    notPorts: r.notDstPorts ?? [],
    notNamedPorts: r.notDstNamedPortIpSetIds ?? [],
  };
  return [source, destination];
}

function matchEnd(end: End, packet: Packet, sets: ReadonlyMap<string, FelixSet>): Answer {
  const { family } = packet;
  const text = `${end.name} ${formatAddress(family, end.address)}`;
  const met: string[] = [];
  if (end.nets.length > 0) {
    if (!inNets(end.nets, family, end.address)) return no(`${text} is in none of ${end.nets.join(', ')}`);
    met.push(`${text} is in ${end.nets.join(', ')}`);
  }
  for (const id of end.sets) {
    const set = sets.get(id);
    if (!inAddressSet(set, family, end.address)) return no(`${text} is not in ${toldSet(set, endText(end.rule, end.name) || id)}`);
    met.push(`${text} is in ${toldSet(set, endText(end.rule, end.name) || id)}`);
  }
  if (end.notNets.length > 0) {
    const nets = `the excluded ${end.notNets.join(', ')}`;
    if (inNets(end.notNets, family, end.address)) return no(`${text} is in ${nets}`);
    met.push(`${text} is not in ${nets}`);
  }
  for (const id of end.notSets) {
    const set = sets.get(id);
    const excluded = `the excluded ${toldSet(set, excludedText(end.rule, end.name) || id)}`;
    if (inAddressSet(set, family, end.address)) return no(`${text} is in ${excluded}`);
    met.push(`${text} is not in ${excluded}`);
  }
  if (end.ports.length + end.namedPorts.length > 0) {
    const port = `${end.name} port ${end.port ?? 'none'}`;
    const named = end.namedPorts.find((id) => inEndpointSet(sets.get(id), packet, end.address, end.port));
    const wanted = [...(end.ports.length > 0 ? [toldPorts(end.ports)] : []), ...end.namedPorts.map((id) => toldNamed(sets.get(id), end))];
    if (!inPorts(end.ports, end.port) && named === undefined) return no(`${port} is not ${wanted.join(' or ')}`);
    met.push(named === undefined ? `${port} is in ${toldPorts(end.ports)}` : `${port} is in ${toldNamed(sets.get(named), end)}`);
  }
  if (end.notPorts.length > 0) {
    const ports = `the excluded ${toldPorts(end.notPorts)}`;
    if (inPorts(end.notPorts, end.port)) return no(`${end.name} port ${end.port} is in ${ports}`);
    met.push(`${end.name} port ${end.port ?? 'none'} is not in ${ports}`);
  }
  const excluded = end.notNamedPorts.find((id) => inEndpointSet(sets.get(id), packet, end.address, end.port));
  if (excluded !== undefined) return no(`${end.name} port ${end.port} is in the excluded ${toldNamed(sets.get(excluded), end)}`);
  return { matched: true, why: met.join('; ') };
}

const toldPorts = (ports: readonly felix.IPortRange[]): string =>
  ports.map(({ first, last }) => (first === last ? `${first ?? 0}` : `${first ?? 0}-${last ?? 0}`)).join(', ');

const toldNamed = (set: FelixSet | undefined, { rule, name }: End): string =>
  toldSet(set, `the named port of ${endText(rule, name) || 'any pod'}`);

/** How many there are, so that an empty or unknown one is seen for what it is. */
function toldSet(set: FelixSet | undefined, text: string): string {
  if (!set) return `${text} (not known: Felix has not sent it)`;
  return `${text} (${set.members.size === 0 ? 'nobody at present' : `${set.members.size} member${set.members.size === 1 ? '' : 's'}`})`;
}

const inPorts = (ports: readonly felix.IPortRange[], port: number | undefined): boolean =>
  port !== undefined && ports.some(({ first, last }) => port >= (first ?? 0) && port <= (last ?? 0));

/** Why the rule's ICMP match excludes the packet. */
function matchIcmp(rule: felix.IRule, packet: Packet): string | undefined {
  const { icmpType: type, icmpCode: code } = packet;
  if (typeof rule.icmpType === 'number' && type !== rule.icmpType)
    return `the packet's ICMP type is ${type ?? 'none'}, the rule is for ${rule.icmpType}`;
  const both = rule.icmpTypeCode;
  if (both && !(type === (both.type ?? 0) && code === (both.code ?? 0)))
    return `the packet's ICMP type and code are ${type ?? 'none'}/${code ?? 'none'}, the rule is for ${both.type ?? 0}/${both.code ?? 0}`;
  if (typeof rule.notIcmpType === 'number' && type === rule.notIcmpType) return `the rule is for all ICMP types but ${type}`;
  const not = rule.notIcmpTypeCode;
  if (not && type === (not.type ?? 0) && code === (not.code ?? 0)) return `the rule is for all of ICMP but type and code ${type}/${code}`;
  return undefined;
}

const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, sctp: 132, udplite: 136 };

function isProtocol(wanted: felix.IProtocol, protocol: number): boolean {
  if (typeof wanted.number === 'number') return wanted.number === protocol;
  const name = (wanted.name ?? '').toLowerCase();
  return NUMBERS[name] === protocol || name === String(protocol);
}

function nameOf(protocol: felix.IProtocol): string {
  return protocol.name ? protocol.name.toLowerCase() : protocolName(Number(protocol.number ?? 0));
}
