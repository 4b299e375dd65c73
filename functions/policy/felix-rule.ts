/** One rule of Felix as matches of our own: reference/felix.md 2.1. A rule with named ports beside numeric ones becomes several. */
import type { felix } from '../../proto/generated/felix.js';
import type { FelixSet } from '../cluster/view.ts';
import { FAMILIES, type Family } from '../packets/address.ts';
import { PORT_PROTOCOLS, PROTOCOLS } from '../packets/packet.ts';
import type { NumberRange, Prefix, Service, SetId, SetKind } from '../rulebook/types.ts';
import { shown } from './annotations.ts';
import type { PolicyCode } from './errors.ts';
import { ANY_END, type End, type Match, type MatchAlgebra } from './match.ts';
import { canonicalPrefix, familyOf, tidyPrefixes } from './prefixes.ts';
import { endText, excludedText } from './rule-text.ts';
import { ANY_CODE, ANY_PORT, joinRanges, type Services, subtractRanges, subtractServices, tidyServices } from './services.ts';
import type { SetRegistry } from './sets.ts';

export interface Variant {
  /** '' for the rule as it is; s, d for its named source and destination ports */
  readonly label: string;
  readonly match: Match;
}

export interface ReadRule {
  /** Empty: the rule matches no packet in any family. */
  readonly variants: readonly Variant[];
  readonly sets: readonly { readonly id: string; readonly kind: SetKind }[];
  readonly problems: readonly { readonly code: PolicyCode; readonly field: string; readonly message: string }[];
}

export class RuleReader {
  readonly #sets: SetRegistry;
  readonly #algebra: MatchAlgebra;
  readonly #cluster: string;

  constructor(sets: SetRegistry, algebra: MatchAlgebra, cluster: string) {
    this.#sets = sets;
    this.#algebra = algebra;
    this.#cluster = cluster;
  }

  read(rule: felix.IRule): ReadRule {
    const used: { id: string; kind: SetKind }[] = [];
    const problems: { code: PolicyCode; field: string; message: string }[] = [];
    const wrong = (field: string, message: string) => problems.push({ code: 'CEXT_POLICY_MATCH', field, message });
    if (rule.httpMatch)
      problems.push({ code: 'CEXT_POLICY_HTTP_MATCH', field: 'http', message: 'The rule matches HTTP methods or paths.' });
    const named = (ids: readonly string[] | null | undefined, kind: SetKind, text: string): SetId[] =>
      (ids ?? []).map((id) => {
        used.push({ id, kind });
        return this.#sets.felix(this.#cluster, id, kind, text);
      });
    const nets = (texts: readonly string[] | null | undefined, field: string): Prefix[] =>
      tidyPrefixes(
        (texts ?? []).flatMap((text) => {
          const prefix = canonicalPrefix(text);
          if (prefix === undefined) wrong(field, `${shown(text)} is no CIDR.`);
          return prefix ?? [];
        }),
      );
    const services = this.#services(rule, wrong);
    const families = familiesOf(rule);
    if (![0, 4, 6].includes(Number(rule.ipVersion ?? 0))) wrong('ipVersion', `IP version ${rule.ipVersion} is unknown.`);

    const end = (side: {
      sets: readonly SetId[];
      nets: readonly Prefix[];
      notSets: readonly SetId[];
      notNets: readonly Prefix[];
    }): End | undefined => {
      const { sets, nets, notSets, notNets } = side;
      let at: End | undefined = ANY_END;
      for (const set of sets) at = at && this.#algebra.intersectEnds(at, { ...ANY_END, include: { sets: [set], prefixes: [] } });
      if (nets.length > 0) at = at && this.#algebra.intersectEnds(at, { ...ANY_END, include: { sets: [], prefixes: nets } });
      if (notSets.length > 0 || notNets.length > 0)
        at = at && { ...at, exclude: { sets: [...new Set(notSets)].sort(), prefixes: [...notNets] } };
      return at;
    };
    const source = end({
      sets: named(rule.srcIpSetIds, 'addresses', endText(rule, 'source')),
      nets: nets(rule.srcNet, 'source.nets'),
      notSets: named(rule.notSrcIpSetIds, 'addresses', excludedText(rule, 'source')),
      notNets: nets(rule.notSrcNet, 'source.notNets'),
    });
    const destination = end({
      sets: named(rule.dstIpSetIds, 'addresses', endText(rule, 'destination')),
      nets: nets(rule.dstNet, 'destination.nets'),
      notSets: named(rule.notDstIpSetIds, 'addresses', excludedText(rule, 'destination')),
      notNets: nets(rule.notDstNet, 'destination.notNets'),
    });
    // A set's text follows from what was written alone, so that it is the same whichever rule names the set first.
    const portsOf = (end: 'source' | 'destination') => endText(rule, end) && `the named ports of ${endText(rule, end)}`;
    const sourceNamed = named(rule.srcNamedPortIpSetIds, 'endpoints', portsOf('source'));
    const destinationNamed = named(rule.dstNamedPortIpSetIds, 'endpoints', portsOf('destination'));
    const notSourceNamed = named(rule.notSrcNamedPortIpSetIds, 'endpoints', portsOf('source'));
    const notDestinationNamed = named(rule.notDstNamedPortIpSetIds, 'endpoints', portsOf('destination'));
    const serviceSets = named(rule.dstIpPortSetIds, 'endpoints', endText(rule, 'destination'));
    if (!source || !destination || !services || problems.length > 0) return { variants: [], sets: used, problems };

    const variants: Variant[] = [];
    for (const from of alternatives(sourceNamed, rule.srcPorts))
      for (const to of alternatives(destinationNamed, rule.dstPorts)) {
        const toSets = [...serviceSets];
        if (to === 'named') toSets.push(this.#sets.or(this.#cluster, 'endpoints', destinationNamed));
        const match = this.#algebra.normal({
          families,
          source: withEndpoints(source, from === 'named' ? sourceNamed : [], notSourceNamed),
          destination: withEndpoints(
            destination,
            toSets.length === 0
              ? []
              : to === 'named' && serviceSets.length === 0
                ? destinationNamed
                : [this.#sets.and(this.#cluster, 'endpoints', toSets)],
            notDestinationNamed,
          ),
          services: services(from === 'numeric', to === 'numeric'),
        });
        if (match) variants.push({ label: `${from === 'named' ? 's' : ''}${to === 'named' ? 'd' : ''}`, match });
      }
    return { variants, sets: used, problems };
  }

  /** Services by whether the numeric ports of the source and of the destination count. Undefined: there was a problem. */
  #services(
    rule: felix.IRule,
    wrong: (field: string, message: string) => void,
  ): ((sourcePorts: boolean, destinationPorts: boolean) => Services) | undefined {
    const protocol = protocolNumber(rule.protocol);
    const notProtocol = protocolNumber(rule.notProtocol);
    if (protocol === 'unknown') wrong('protocol', `The protocol ${protocolText(rule.protocol)} is unknown.`);
    if (notProtocol === 'unknown') wrong('notProtocol', `The protocol ${protocolText(rule.notProtocol)} is unknown.`);
    const hasIcmp = isSet(rule.icmpType) || isSet(rule.icmpTypeCode) || isSet(rule.notIcmpType) || isSet(rule.notIcmpTypeCode);
    const hasPorts = [rule.srcPorts, rule.dstPorts, rule.notSrcPorts, rule.notDstPorts].some((ports) => (ports ?? []).length > 0);
    if (hasPorts && !(typeof protocol === 'number' && PORT_PROTOCOLS.includes(protocol)))
      wrong('ports', 'The rule has ports, but no protocol that has them.');
    if (hasIcmp && protocol !== 1 && protocol !== 58) wrong('icmp', 'The rule has an ICMP type, but its protocol is not ICMP or ICMPv6.');
    if (protocol === 'unknown' || notProtocol === 'unknown') return undefined;
    return (sourcePorts, destinationPorts) => {
      if (protocol === undefined)
        return tidyServices([
          {
            kind: 'protocols',
            protocols: subtractRanges(WHOLE, notProtocol === undefined ? [] : [{ first: notProtocol, last: notProtocol }]),
          },
        ]);
      if (protocol === notProtocol) return [];
      if (hasIcmp && (protocol === 1 || protocol === 58)) return icmpServices(rule, protocol);
      const source = subtractRanges(sourcePorts ? portRanges(rule.srcPorts) : ANY_PORT, portRanges(rule.notSrcPorts));
      const destination = subtractRanges(destinationPorts ? portRanges(rule.dstPorts) : ANY_PORT, portRanges(rule.notDstPorts));
      if (source.length === 0 || destination.length === 0) return [];
      const whole = coversAll(source) && coversAll(destination);
      if (whole || !PORT_PROTOCOLS.includes(protocol)) return [{ kind: 'protocols', protocols: [{ first: protocol, last: protocol }] }];
      return [{ kind: 'ports', protocol, source, destination }];
    };
  }
}

const WHOLE: readonly NumberRange[] = [{ first: 0, last: 255 }];
const isSet = (value: unknown): boolean => value !== null && value !== undefined;
const coversAll = (ranges: readonly NumberRange[]): boolean => ranges[0]?.first === 0 && ranges[0].last === 65535;

/** Numeric ports and named ports are OR-ed: each is an alternative. */
function alternatives(
  named: readonly SetId[],
  numeric: readonly felix.IPortRange[] | null | undefined,
): readonly ('any' | 'numeric' | 'named')[] {
  const hasNumeric = (numeric ?? []).length > 0;
  if (named.length === 0) return [hasNumeric ? 'numeric' : 'any'];
  return hasNumeric ? ['numeric', 'named'] : ['named'];
}

const withEndpoints = (end: End, include: readonly SetId[], exclude: readonly SetId[]): End =>
  include.length === 0 && exclude.length === 0
    ? end
    : { ...end, endpoints: { include: [...new Set(include)].sort(), exclude: [...new Set(exclude)].sort() } };

function icmpServices(rule: felix.IRule, protocol: 1 | 58): readonly Service[] {
  const full = { kind: 'icmp', protocol, types: [{ type: ANY_CODE, code: ANY_CODE }] } as const;
  const one = (value: number): NumberRange => ({ first: value, last: value });
  const pair = (type: number, code: number | undefined): Service => ({
    kind: 'icmp',
    protocol,
    types: [{ type: one(type), code: code === undefined ? ANY_CODE : one(code) }],
  });
  let services: Services = [full];
  if (isSet(rule.icmpType)) services = [pair(rule.icmpType as number, undefined)];
  if (rule.icmpTypeCode) services = [pair(rule.icmpTypeCode.type ?? 0, rule.icmpTypeCode.code ?? 0)];
  const holes: Service[] = [];
  if (isSet(rule.notIcmpType)) holes.push(pair(rule.notIcmpType as number, undefined));
  // Excluded only where both are equal (reference/felix.md section 10, 9).
  if (rule.notIcmpTypeCode) holes.push(pair(rule.notIcmpTypeCode.type ?? 0, rule.notIcmpTypeCode.code ?? 0));
  const left = subtractServices(services, holes);
  return left === 'any' ? [full] : left;
}

/** Felix renders a rule per family; a net list that has nets, but none of the family, removes it there, a negated list too. */
export function familiesOf(rule: felix.IRule): readonly Family[] {
  const version = Number(rule.ipVersion ?? 0);
  const lists = [rule.srcNet, rule.dstNet, rule.notSrcNet, rule.notDstNet].filter((nets) => (nets ?? []).length > 0);
  const icmp = isSet(rule.icmpType) || isSet(rule.icmpTypeCode) || isSet(rule.notIcmpType) || isSet(rule.notIcmpTypeCode);
  const protocol = icmp ? protocolNumber(rule.protocol) : undefined;
  return FAMILIES.filter(
    (family) =>
      (version === 0 || version === family) &&
      !(protocol === 1 && family === 6) &&
      !(protocol === 58 && family === 4) &&
      lists.every((nets) => (nets as string[]).some((net) => familyOf(net) === family)),
  );
}

/** Undefined: the rule says nothing about it. */
export function protocolNumber(protocol: felix.IProtocol | null | undefined): number | 'unknown' | undefined {
  if (!protocol) return undefined;
  const { number, name } = protocol;
  if (number !== null && number !== undefined) return number >= 0 && number <= 255 ? number : 'unknown';
  const text = (name ?? '').toLowerCase();
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 255 ? Number(text) : 'unknown';
  return PROTOCOLS[text] ?? 'unknown';
}

const protocolText = (protocol: felix.IProtocol | null | undefined): string => shown(`${protocol?.number ?? protocol?.name ?? ''}`);

export const portRanges = (ports: readonly felix.IPortRange[] | null | undefined): NumberRange[] =>
  joinRanges((ports ?? []).map(({ first, last }) => ({ first: Math.max(0, first ?? 0), last: Math.min(65535, last ?? 0) })));

/** What a rule says of a set, against what Felix sent: a set of the wrong kind is as good as none. */
export const suits = (set: FelixSet | undefined, kind: SetKind): boolean => set !== undefined && set.kind === kind;
