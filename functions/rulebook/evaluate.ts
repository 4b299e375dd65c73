/**
 * What a rulebook does with one packet, read straight from the meaning of FilterRule: the first rule of the chain (border, stage, direction)
 * that matches and allows or denies decides; `log` rules only mark. Every other part of this room is held against it.
 */

import type { Family } from '../packets/address.ts';
import { AddressIndex, EndpointIndex } from '../packets/address-index.ts';
import { type AddressSet, type Coordinate, hasAddress, prefixSet, toCoordinate } from '../packets/address-set.ts';
import { hasPorts, isIcmp, type Packet } from '../packets/packet.ts';
import type { Book } from './algebra.ts';
import type { Decision, Endpoints, FilterRule, NumberRange, Service, SetId, Side, Stage, Union } from './types.ts';

/** `except`: a cluster whose rules are not asked. */
export type Evaluator = (border: string, stage: Stage, packet: Packet, except?: string) => Decision;

/** What decided, and at which stage. */
export interface Passage {
  readonly stage: Stage;
  readonly decision: Decision;
}

/** One packet with what each set said about it so far. */
interface Question {
  readonly packet: Packet;
  readonly source: Coordinate;
  readonly destination: Coordinate;
  readonly sources: Map<SetId, boolean>;
  readonly destinations: Map<SetId, boolean>;
}

const inRange = (ranges: readonly NumberRange[], value: number): boolean =>
  ranges.some((range) => value >= range.first && value <= range.last);

function matchesService(service: Service, packet: Packet): boolean {
  if (service.kind === 'protocols') return inRange(service.protocols, packet.protocol);
  if (service.protocol !== packet.protocol) return false;
  if (service.kind === 'ports')
    return (
      packet.sourcePort !== undefined &&
      packet.destinationPort !== undefined &&
      inRange(service.source, packet.sourcePort) &&
      inRange(service.destination, packet.destinationPort)
    );
  const { icmpType, icmpCode } = packet;
  return (
    icmpType !== undefined &&
    icmpCode !== undefined &&
    service.types.some(({ type, code }) => inRange([type], icmpType) && inRange([code], icmpCode))
  );
}

/** True when one of the rule's services matches the packet. */
export const matchesServices = (services: FilterRule['services'], packet: Packet): boolean =>
  services === 'any' || services.some((service) => matchesService(service, packet));

/**
 * An evaluator that has read the members of every set it was asked about: for many packets against the same book. The book must not change
 * while it is in use.
 * @throws RangeError (at a question) for a member or prefix that is no address.
 */
export function evaluatorOf(book: Book): Evaluator {
  const chains = new Map<string, FilterRule[]>();
  for (const rule of book.rulebook.rules) {
    const key = `${rule.stage} ${rule.direction} ${rule.border}`;
    const chain = chains.get(key);
    if (chain) chain.push(rule);
    else chains.set(key, [rule]);
  }
  const addressSets = new Map<SetId, AddressIndex>();
  const endpointSets = new Map<SetId, EndpointIndex>();
  const prefixes = new Map<readonly string[], Readonly<Partial<Record<Family, AddressSet>>>>();

  function inSet(set: SetId, family: Family, coordinate: Coordinate, known: Map<SetId, boolean>): boolean {
    let answer = known.get(set);
    if (answer === undefined) {
      let index = addressSets.get(set);
      if (!index) {
        index = AddressIndex.of(book.members.members(set));
        addressSets.set(set, index);
      }
      answer = index.has(family, coordinate);
      known.set(set, answer);
    }
    return answer;
  }
  function inUnion(union: Union, family: Family, coordinate: Coordinate, known: Map<SetId, boolean>): boolean {
    if (union.prefixes.length > 0) {
      let sets = prefixes.get(union.prefixes);
      if (!sets) {
        sets = { 4: prefixSet(4, union.prefixes), 6: prefixSet(6, union.prefixes) };
        prefixes.set(union.prefixes, sets);
      }
      if (hasAddress(sets[family] as AddressSet, coordinate)) return true;
    }
    return union.sets.some((set) => inSet(set, family, coordinate, known));
  }
  const inSide = (side: Side, family: Family, coordinate: Coordinate, known: Map<SetId, boolean>): boolean =>
    (side.include === 'any' || inUnion(side.include, family, coordinate, known)) && !inUnion(side.exclude, family, coordinate, known);

  function inEndpoints(endpoints: Endpoints, packet: Packet, coordinate: Coordinate, port: number | undefined): boolean {
    const isIn = (set: SetId): boolean => {
      if (port === undefined) return false;
      let index = endpointSets.get(set);
      if (!index) {
        index = EndpointIndex.of(book.members.members(set));
        endpointSets.set(set, index);
      }
      return index.has(packet.family, coordinate, packet.protocol, port);
    };
    return (endpoints.include.length === 0 || endpoints.include.some(isIn)) && !endpoints.exclude.some(isIn);
  }
  const matches = (rule: FilterRule, { packet, source, destination, sources, destinations }: Question): boolean =>
    rule.families.includes(packet.family) &&
    matchesServices(rule.services, packet) &&
    inSide(rule.destination, packet.family, destination, destinations) &&
    inSide(rule.source, packet.family, source, sources) &&
    inEndpoints(rule.sourceEndpoints, packet, source, packet.sourcePort) &&
    inEndpoints(rule.destinationEndpoints, packet, destination, packet.destinationPort);

  return (border, stage, packet, except) => {
    checkPacket(packet);
    const question: Question = {
      packet,
      source: toCoordinate(packet.family, packet.source),
      destination: toCoordinate(packet.family, packet.destination),
      sources: new Map(),
      destinations: new Map(),
    };
    let logged = false;
    for (const rule of chains.get(`${stage} ${packet.direction} ${border}`) ?? []) {
      if (rule.origin.cluster === except || !matches(rule, question)) continue;
      if (rule.action === 'log') logged = true;
      else return { kind: rule.action, rule, logged: logged || rule.log };
    }
    return { kind: 'unmatched', logged };
  };
}

/**
 * Both stages as a packet meets them; `behind` is the packet as the administrator's destination NAT leaves it. A pre-DNAT deny ends it. A pre-DNAT
 * allow is the last word of its cluster, whose forward rules are not asked (so does Felix); those of other clusters are.
 */
export function passageOf(evaluate: Evaluator): (border: string, packet: Packet, behind?: Packet) => Passage {
  return (border, packet, behind = packet) => {
    const before = evaluate(border, 'preDnat', packet);
    if (before.kind === 'deny') return { stage: 'preDnat', decision: before };
    const except = before.kind === 'allow' ? before.rule.origin.cluster : undefined;
    const after = evaluate(border, 'forward', behind, except);
    const logged = before.logged || after.logged;
    if (before.kind === 'allow' && after.kind === 'unmatched') return { stage: 'preDnat', decision: { ...before, logged } };
    return { stage: 'forward', decision: { ...after, logged } };
  };
}

/** A packet without its ports or its type would silently match too little. */
function checkPacket(packet: Packet): void {
  const lacksPorts = hasPorts(packet.protocol) && (packet.sourcePort === undefined || packet.destinationPort === undefined);
  const lacksType = isIcmp(packet.protocol) && (packet.icmpType === undefined || packet.icmpCode === undefined);
  if (lacksPorts || lacksType)
    throw new RangeError(`a packet of protocol ${packet.protocol} needs its ${lacksPorts ? 'ports' : 'type and code'}`);
}

/** What this book does with this packet. For many packets take {@link evaluatorOf}, which reads the members only once. */
export function evaluate(book: Book, border: string, stage: Stage, packet: Packet): Decision {
  return evaluatorOf(book)(border, stage, packet);
}
