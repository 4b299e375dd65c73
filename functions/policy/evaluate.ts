/**
 * The reference evaluator: what the policies of one cluster mean for one packet on one border, read straight from Calico's semantics
 * (reference/felix.md 2.1 to 2.3, 10) and DESIGN.md section 5. It shares nothing with the compiler, so that each can be held against the
 * other, and it tells the whole way for `explain`.
 */
import type { felix } from '../../proto/generated/felix.js';
import type { MemberSet } from '../../proto/members.ts';
import type { ClusterView, FelixSet, Policy, PolicyKey, Tier } from '../cluster/view.ts';
import { type AddressRange, BITS, type Family, formatAddress, parsePrefix, parseRange } from '../packets/address.ts';
import { type Direction, type Packet, protocolName } from '../packets/packet.ts';
import type { Stage, Translation } from '../rulebook/types.ts';
import type { BorderSettings, PairSettings } from '../settings.ts';
import { endText, excludedText } from './rule-text.ts';

export interface EvaluateInput {
  readonly view: ClusterView;
  /** name of the HostEndpoint */
  readonly hostEndpoint: string;
  readonly border: Pick<BorderSettings, 'snatPools' | 'vips'>;
  readonly podCidrs: readonly string[];
  readonly pair: Pick<PairSettings, 'tiers' | 'defaultDeny' | 'destinations'>;
  /** other versions that stand in for refused policies; undefined value: absent */
  readonly instead?: ReadonlyMap<PolicyKey, Policy | undefined>;
}

export interface RuleStep {
  readonly direction: Direction;
  /** from 0 */
  readonly index: number;
  readonly action: string;
  readonly matched: boolean;
  /** why it did not match, or what it matched by: "destination 10.0.0.1 is in none of 203.0.113.0/24" */
  readonly why: string;
}

export interface PolicyStep {
  readonly policy: PolicyKey;
  readonly outcome: 'allow' | 'deny' | 'pass' | 'no match' | 'staged, skipped' | 'not known, skipped';
  readonly rules: readonly RuleStep[];
}

export interface TierStep {
  readonly tier: string;
  readonly stage: Stage;
  readonly outcome: 'allow' | 'deny' | 'pass' | 'end: drop' | 'end: left to the administrator' | 'end: next tier' | 'nothing enforced';
  readonly policies: readonly PolicyStep[];
}

export interface Explanation {
  /** unmatched: the administrator's own rules decide */
  readonly verdict: 'allow' | 'deny' | 'unmatched';
  readonly stage: Stage;
  readonly logged: boolean;
  /** of an allow */
  readonly translation: Translation;
  /** What decided: a rule, the end of a tier, or the destinations of the settings. */
  readonly decidedBy: { readonly policy: PolicyKey; readonly index: number } | { readonly tier: string } | undefined;
  /** Why nothing was asked at all. */
  readonly outOfScope: string | undefined;
  readonly way: readonly TierStep[];
}

type Ruling = Omit<Explanation, 'way' | 'outOfScope' | 'stage'>;
const UNMATCHED: Ruling = { verdict: 'unmatched', logged: false, translation: { kind: 'absent' }, decidedBy: undefined };

/** Both stages in the order a packet meets them: what a pre-DNAT tier allows or denies is decided, else the forward tiers decide. */
export function evaluatePolicies(input: EvaluateInput, packet: Packet): Explanation {
  const before = evaluateStage(input, 'preDnat', packet);
  if (before.verdict !== 'unmatched') return before;
  const after = evaluateStage(input, 'forward', packet);
  return { ...after, logged: before.logged || after.logged, way: [...before.way, ...after.way] };
}

export function evaluateStage(input: EvaluateInput, stage: Stage, packet: Packet): Explanation {
  const outOfScope = whyOutside(input, stage, packet);
  const endpoint = input.view.hostEndpoints.get(input.hostEndpoint);
  if (outOfScope !== undefined || !endpoint) {
    const why = outOfScope ?? `the cluster has no HostEndpoint ${input.hostEndpoint}`;
    return { ...UNMATCHED, stage, outOfScope: why, way: [] };
  }
  const way: TierStep[] = [];
  let logged = false;
  const tiers = (stage === 'forward' ? endpoint.forwardTiers : endpoint.preDnatTiers).filter((tier) =>
    input.pair.tiers.includes(tier.name),
  );
  for (const tier of tiers) {
    const walk = walkTier(input, stage, tier, packet);
    logged ||= walk.logged;
    way.push(walk.step);
    if (walk.ruling) return { ...walk.ruling, logged: logged || walk.ruling.logged, stage, outOfScope: undefined, way };
    if (walk.step.outcome === 'end: left to the administrator') break;
  }
  return { ...UNMATCHED, logged, stage, outOfScope: undefined, way };
}

function whyOutside({ podCidrs, border }: EvaluateInput, stage: Stage, packet: Packet): string | undefined {
  if (stage === 'preDnat') {
    if (packet.direction === 'egress') return 'pre-DNAT policies judge ingress only';
    return inNets(border.vips, packet.family, packet.destination) ? undefined : 'the destination is none of the VIPs of the border';
  }
  const [end, address] =
    packet.direction === 'egress' ? (['source', packet.source] as const) : (['destination', packet.destination] as const);
  return inNets(podCidrs, packet.family, address) ? undefined : `the ${end} lies outside the pod CIDRs of the cluster`;
}

function walkTier(
  input: EvaluateInput,
  stage: Stage,
  tier: Tier,
  packet: Packet,
): { readonly step: TierStep; readonly ruling?: Ruling; readonly logged: boolean } {
  const policies: PolicyStep[] = [];
  const step = (outcome: TierStep['outcome']): TierStep => ({ tier: tier.name, stage, outcome, policies });
  let enforced = false;
  let logged = false;
  for (const key of packet.direction === 'egress' ? tier.egress : tier.ingress) {
    const sent = input.view.policies.get(key);
    if (sent?.staged ?? key.startsWith('Staged')) {
      policies.push({ policy: key, outcome: 'staged, skipped', rules: [] });
      continue;
    }
    enforced = true;
    const policy = input.instead?.has(key) ? input.instead.get(key) : sent;
    if (!policy) {
      policies.push({ policy: key, outcome: 'not known, skipped', rules: [] });
      continue;
    }
    const rules: RuleStep[] = [];
    for (const [index, rule] of (packet.direction === 'egress' ? policy.outbound : policy.inbound).entries()) {
      const { matched, why } = matchRule(rule, packet, input.view.sets);
      const action = (rule.action ?? '').toLowerCase() || 'allow';
      rules.push({ direction: packet.direction, index, action, matched, why });
      if (!matched) continue;
      const annotations = rule.metadata?.annotations ?? {};
      const log = annotations['cextfire.io/log'] === 'true';
      if (action === 'log') logged = true;
      else if (action === 'pass' || action === 'next-tier') {
        policies.push({ policy: key, outcome: 'pass', rules });
        return { step: step('pass'), logged: logged || log };
      } else if (action === 'allow' || action === 'deny') {
        policies.push({ policy: key, outcome: action, rules });
        const decidedBy = { policy: key, index };
        const far = packet.direction === 'egress' ? packet.destination : packet.source;
        const beyond = action === 'allow' && input.pair.destinations && !inNets(input.pair.destinations, packet.family, far);
        const verdict = beyond ? 'deny' : action;
        const translation: Translation =
          verdict === 'allow' && stage === 'forward' && packet.direction === 'egress'
            ? translationOf(annotations['cextfire.io/snat'], input.border, packet.family)
            : { kind: 'absent' };
        return { step: step(verdict), ruling: { verdict, logged: log, translation, decidedBy }, logged };
      }
    }
    policies.push({ policy: key, outcome: 'no match', rules });
  }
  if (!enforced) return { step: step('nothing enforced'), logged };
  if (stage === 'preDnat' || tier.defaultAction === 'Pass') return { step: step('end: next tier'), logged };
  if (!input.pair.defaultDeny) return { step: step('end: left to the administrator'), logged };
  return { step: step('end: drop'), ruling: { ...UNMATCHED, verdict: 'deny', decidedBy: { tier: tier.name } }, logged };
}

/** A family for which the wish has no address is left to the administrator's NAT. */
function translationOf(wish: string | undefined, border: EvaluateInput['border'], family: Family): Translation {
  if (wish === undefined) return { kind: 'absent' };
  if (wish === 'none') return { kind: 'none' };
  const range = parseRange(wish);
  if (range) {
    if (range.family !== family) return { kind: 'absent' };
    return wish.includes('-') ? { kind: 'range', range } : { kind: 'address', address: wish };
  }
  const ranges = (border.snatPools[wish] ?? []).map(rangeOfText).filter((one) => one.family === family);
  return ranges.length === 0 ? { kind: 'absent' } : { kind: 'pool', pool: wish, ranges };
}

function rangeOfText(text: string): AddressRange {
  const range = parseRange(text) ?? prefix(text);
  return { family: range.family, first: range.first, last: range.last };
}

type Answer = { readonly matched: boolean; readonly why: string };
const no = (why: string): Answer => ({ matched: false, why });

/** AND across fields, OR inside nets and inside ports with named ports; every negation must be false. */
function matchRule(rule: felix.IRule, packet: Packet, sets: ReadonlyMap<string, FelixSet>): Answer {
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
  if (end.notNets.length > 0 && inNets(end.notNets, family, end.address)) return no(`${text} is in the excluded ${end.notNets.join(', ')}`);
  for (const id of end.notSets) {
    const set = sets.get(id);
    if (inAddressSet(set, family, end.address))
      return no(`${text} is in the excluded ${toldSet(set, excludedText(end.rule, end.name) || id)}`);
  }
  if (end.ports.length + end.namedPorts.length > 0) {
    const port = `${end.name} port ${end.port ?? 'none'}`;
    const named = end.namedPorts.find((id) => inEndpointSet(sets.get(id), packet, end.address, end.port));
    const wanted = [...(end.ports.length > 0 ? [toldPorts(end.ports)] : []), ...end.namedPorts.map((id) => toldNamed(sets.get(id), end))];
    if (!inPorts(end.ports, end.port) && named === undefined) return no(`${port} is not ${wanted.join(' or ')}`);
    met.push(named === undefined ? `${port} is in ${toldPorts(end.ports)}` : `${port} is in ${toldNamed(sets.get(named), end)}`);
  }
  if (inPorts(end.notPorts, end.port)) return no(`${end.name} port ${end.port} is in the excluded ${toldPorts(end.notPorts)}`);
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
const NAMES = new Map(Object.entries(NUMBERS).map(([name, number]) => [number, name]));

function isProtocol(wanted: felix.IProtocol, protocol: number): boolean {
  if (typeof wanted.number === 'number') return wanted.number === protocol;
  const name = (wanted.name ?? '').toLowerCase();
  return NUMBERS[name] === protocol || name === String(protocol);
}

function nameOf(protocol: felix.IProtocol): string {
  return protocol.name ? protocol.name.toLowerCase() : protocolName(Number(protocol.number ?? 0));
}

const prefixes = new Map<string, NonNullable<ReturnType<typeof parsePrefix>>>();

function prefix(text: string): NonNullable<ReturnType<typeof parsePrefix>> {
  let range = prefixes.get(text);
  if (!range) {
    range = parsePrefix(text);
    if (!range) throw new RangeError(`not an address prefix: ${text}`);
    if (prefixes.size > 50_000) prefixes.clear();
    prefixes.set(text, range);
  }
  return range;
}

const inNets = (nets: readonly string[], family: Family, address: bigint): boolean =>
  nets.some((net) => {
    const range = prefix(net);
    return range.family === family && range.first <= address && address <= range.last;
  });

const FEW = 64;

function inAddressSet(set: FelixSet | undefined, family: Family, address: bigint): boolean {
  if (!set) return false;
  const { members } = set;
  if (members.has(`${formatAddress(family, address)}/${BITS[family]}`)) return true;
  const others: string[] = [];
  for (const member of members.others()) {
    others.push(member);
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

function inEndpointSet(set: FelixSet | undefined, { family, protocol }: Packet, address: bigint, port: number | undefined): boolean {
  const name = NAMES.get(protocol);
  return port !== undefined && name !== undefined && (set?.members.has(`${formatAddress(family, address)},${name}:${port}`) ?? false);
}
