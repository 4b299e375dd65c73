/**
 * What our table shall look like for a rulebook: sets, one chain per rule, lists of jumps, base chains.
 *
 *     base chain (hook)          list (one a border and cluster)       one chain a rule
 *     established -> accept      ip nfproto jump r_a  "a policy"       ip saddr != @h ip saddr != @n return      not one of the sources
 *     oif, ip saddr pods jump ─► ip nfproto jump r_b  "a policy"  ──►  ip daddr @x return                        excluded
 *                                                                      tcp dport 443 counter c log accept        a service: decided
 *
 * Egress and ingress have base chains of their own: an accept ends only its own base chain, so traffic from pods to pods meets both.
 * A union is a conjunction of "is not in", so no rule is ever multiplied by its sets; only endpoint sets stand in the deciding lines, because a
 * header that is too short to be read must never count as a match.
 */
import { type AddressRange, FAMILIES, type Family } from '../../packets/address.ts';
import { deriveNat } from '../../rulebook/nat.ts';
import type { Endpoints, FilterRule, NumberRange, Service, SetDefinition, SetId, Side } from '../../rulebook/types.ts';
import type { Desired } from '../contract.ts';
import {
  type End,
  isEverything,
  type Line,
  type Match,
  mergeNumbers,
  type NumberField,
  prefixRanges,
  renderLine,
  type Verdict,
} from './line.ts';
import { acceptedChain, BASE, clean, counterName, type Judge, listKey, ruleChain, type SetPart, setName, tableName } from './naming.ts';

export interface SetSpec {
  readonly name: string;
  readonly set: SetId;
  readonly family: Family;
  readonly part: SetPart;
  /** "type ipv4_addr; flags interval;" */
  readonly spec: string;
}

export interface ListModel {
  readonly key: string;
  readonly lines: readonly Line[];
}

export interface Model {
  readonly table: string;
  readonly prefix: string;
  readonly sets: ReadonlyMap<string, SetSpec>;
  readonly counters: ReadonlySet<string>;
  /** chains of rules, of their NAT, and of what stands accepted before the forward rules */
  readonly rules: ReadonlyMap<string, readonly Line[]>;
  readonly lists: ReadonlyMap<string, ListModel>;
  /** lines of the base chains; a jump names the key of a list, not yet its generation */
  readonly base: Readonly<Record<Judge, readonly Line[]>>;
}

/** How the base chains hook in. Filters stand after the administrator's own filter (priority 0), NAT before theirs (100). */
export const HOOKS: Readonly<Record<Judge, string>> = {
  egress: 'type filter hook forward priority 10; policy accept;',
  ingress: 'type filter hook forward priority 11; policy accept;',
  vips: 'type filter hook prerouting priority -110; policy accept;',
  nat: 'type nat hook postrouting priority 90; policy accept;',
};

const PROTOCOL_NAME: Readonly<Record<number, 'tcp' | 'udp' | 'sctp' | 'udplite'>> = { 6: 'tcp', 17: 'udp', 132: 'sctp', 136: 'udplite' };
const TYPE: Readonly<Record<Family, string>> = { 4: 'ipv4_addr', 6: 'ipv6_addr' };
const ENDS: readonly {
  readonly end: End;
  readonly side: 'source' | 'destination';
  readonly endpoints: 'sourceEndpoints' | 'destinationEndpoints';
}[] = [
  { end: 'saddr', side: 'source', endpoints: 'sourceEndpoints' },
  { end: 'daddr', side: 'destination', endpoints: 'destinationEndpoints' },
];

/** The nft sets that hold one set of the rulebook. */
export function setSpecs(prefix: string, definition: Pick<SetDefinition, 'id' | 'kind'>): SetSpec[] {
  const parts: readonly SetPart[] = definition.kind === 'addresses' ? ['h', 'n'] : ['e'];
  return FAMILIES.flatMap((family) =>
    parts.map((part) => ({
      name: setName(prefix, definition.id, family, part),
      set: definition.id,
      family,
      part,
      spec:
        part === 'h'
          ? `type ${TYPE[family]};`
          : part === 'n'
            ? `type ${TYPE[family]}; flags interval;`
            : `type ${TYPE[family]} . inet_proto . inet_service;`,
    })),
  );
}

const dead = (family: Family): Line => ({ matches: [{ kind: 'family', family }], verdict: { kind: 'return' } });

/** Lines that leave the chain for packets whose end is not on this side. */
function sideLines(prefix: string, end: End, side: Side, family: Family): Line[] {
  const lines: Line[] = [];
  const leave = (...matches: Match[]) => lines.push({ matches, verdict: { kind: 'return' } });
  if (side.include !== 'any') {
    const ranges = prefixRanges(family, side.include.prefixes);
    if (!isEverything(family, ranges)) {
      const outside: Match[] = side.include.sets.flatMap((set): Match[] => [
        { kind: 'set', end, family, not: true, set: setName(prefix, set, family, 'h') },
        { kind: 'set', end, family, not: true, set: setName(prefix, set, family, 'n') },
      ]);
      if (ranges.length > 0) outside.push({ kind: 'addresses', end, family, not: true, ranges });
      if (outside.length === 0) return [dead(family)];
      leave(...outside);
    }
  }
  for (const set of side.exclude.sets)
    for (const part of ['h', 'n'] as const) leave({ kind: 'set', end, family, not: false, set: setName(prefix, set, family, part) });
  const ranges = prefixRanges(family, side.exclude.prefixes);
  if (isEverything(family, ranges)) return [dead(family)];
  if (ranges.length > 0) leave({ kind: 'addresses', end, family, not: false, ranges });
  return lines;
}

const isFull = (ranges: readonly NumberRange[], top: number): boolean =>
  ranges.length === 1 && ranges[0]?.first === 0 && ranges[0].last >= top;

function numberMatch(field: NumberField, ranges: readonly NumberRange[], top: number): Match[] {
  const merged = mergeNumbers(ranges);
  return isFull(merged, top) ? [] : [{ kind: 'number', field, ranges: merged }];
}

const protocolIs = (first: number): Match[] => [{ kind: 'number', field: 'meta l4proto', ranges: [{ first, last: first }] }];

/** One list of matches per deciding line. */
function serviceMatches(services: FilterRule['services']): Match[][] {
  if (services === 'any') return [[]];
  return services.flatMap((service: Service): Match[][] => {
    if (service.kind === 'protocols') return service.protocols.length === 0 ? [] : [numberMatch('meta l4proto', service.protocols, 255)];
    if (service.kind === 'ports') {
      const name = PROTOCOL_NAME[service.protocol];
      if (!name || service.source.length === 0 || service.destination.length === 0) return [];
      const matches = [...numberMatch(`${name} sport`, service.source, 65535), ...numberMatch(`${name} dport`, service.destination, 65535)];
      return [matches.length > 0 ? matches : protocolIs(service.protocol)];
    }
    const name = service.protocol === 1 ? 'icmp' : 'icmpv6';
    const byCode = new Map<string, { code: NumberRange; types: NumberRange[] }>();
    for (const { type, code } of service.types) {
      const key = `${code.first}-${code.last}`;
      const group = byCode.get(key) ?? { code, types: [] as NumberRange[] };
      group.types.push(type);
      byCode.set(key, group);
    }
    return [...byCode.values()].map(({ code, types }) => {
      const matches = [...numberMatch(`${name} type`, types, 255), ...numberMatch(`${name} code`, [code], 255)];
      return matches.length > 0 ? matches : protocolIs(service.protocol);
    });
  });
}

/** Matches of the endpoint sets of a rule, one list per way to be in them; undefined: the rule names none. */
function endpointMatches(prefix: string, rule: FilterRule): { family: Family; matches: Match[] }[] | undefined {
  if (rule.sourceEndpoints.include.length === 0 && rule.destinationEndpoints.include.length === 0) return undefined;
  const ways = (endpoints: Endpoints, end: End, family: Family): Match[][] =>
    endpoints.include.length === 0
      ? [[]]
      : endpoints.include.map((set) => [{ kind: 'endpoint', end, family, not: false, set: setName(prefix, set, family, 'e') }]);
  return rule.families.flatMap((family) =>
    ways(rule.sourceEndpoints, 'saddr', family).flatMap((source) =>
      ways(rule.destinationEndpoints, 'daddr', family).map((destination) => ({ family, matches: [...source, ...destination] })),
    ),
  );
}

/** The lines of a rule's chain: leave unless matched, then for each service what `decide` says. */
function ruleLines(prefix: string, rule: FilterRule, decide: (matches: readonly Match[], family: Family | undefined) => Line[]): Line[] {
  const lines: Line[] = [];
  for (const family of rule.families)
    for (const { end, side, endpoints } of ENDS) {
      lines.push(...sideLines(prefix, end, rule[side], family));
      for (const set of rule[endpoints].exclude)
        lines.push({
          matches: [{ kind: 'endpoint', end, family, not: false, set: setName(prefix, set, family, 'e') }],
          verdict: { kind: 'return' },
        });
    }
  const ways = endpointMatches(prefix, rule) ?? [{ family: undefined, matches: [] }];
  for (const { family, matches } of ways)
    for (const service of serviceMatches(rule.services)) lines.push(...decide([...matches, ...service], family));
  return lines;
}

/** The last word of its cluster: see passageOf in rulebook/evaluate.ts. */
const isFinalAllow = (rule: FilterRule): boolean => rule.stage === 'preDnat' && rule.action === 'allow';

/** What the VIP rules left to the forward rules. Connections without an answer are judged anew, and labels are never taken back. */
const LEFT = 127;

/**
 * The label of connections that a pre-DNAT rule of each cluster allowed: such a packet is not for that cluster's forward rules, and where those
 * stand it no longer shows the address it was sent to. A cluster beyond the labels there are gets none: its forward rules judge those packets too.
 */
function labelsOf(clusters: Desired['clusters']): ReadonlyMap<string, number> {
  return new Map(
    [...clusters.keys()]
      .sort()
      .map((cluster, at) => [cluster, LEFT - 1 - at] as const)
      .filter(([, bit]) => bit >= 0),
  );
}

function filterLines(prefix: string, rule: FilterRule, labels: ReadonlyMap<string, number>): Line[] {
  const verdict: Verdict = { kind: rule.action === 'allow' ? 'accept' : rule.action === 'deny' ? 'drop' : 'return' };
  const log = rule.action === 'log' || rule.log ? { log: `${clean(`${prefix}${rule.id} ${rule.action}`, 60)}: ` } : {};
  const bit = isFinalAllow(rule) ? labels.get(rule.origin.cluster) : undefined;
  const label = bit === undefined ? {} : { label: bit };
  return ruleLines(prefix, rule, (matches) => [{ matches, ...label, counter: counterName(prefix, rule.id), ...log, verdict }]);
}

const weight = ({ first, last }: AddressRange): number => Number(last - first >= 65535n ? 65536n : last - first + 1n);

/** The ranges of a translation in one family. */
export function translationRanges(rule: FilterRule, family: Family): readonly AddressRange[] {
  const { translation } = rule;
  if (translation.kind === 'address') return prefixRanges(family, [translation.address]);
  if (translation.kind === 'range') return translation.range.family === family ? [translation.range] : [];
  if (translation.kind === 'pool') return translation.ranges.filter((range) => range.family === family);
  return [];
}

/** nft holds "icmp" for IPv4 and "icmpv6" for IPv6, and refuses to translate it in the other family. */
const canBeIn = (family: Family, match: Match): boolean =>
  match.kind !== 'number' || !match.field.startsWith(family === 4 ? 'icmpv6 ' : 'icmp ');

function natLines(prefix: string, rule: FilterRule): Line[] {
  return ruleLines(prefix, rule, (matches, only) => {
    if (rule.translation.kind === 'absent') return [{ matches, verdict: { kind: 'accept' } }];
    return rule.families
      .filter((family) => (only === undefined || family === only) && matches.every((match) => canBeIn(family, match)))
      .flatMap((family): Line[] => {
        if (rule.translation.kind === 'none') return [{ matches, verdict: { kind: 'snat', family, to: 'own' } }];
        const ranges = translationRanges(rule, family);
        // A translation of the other family alone: these packets are decided here too, and no later entry may have them.
        if (ranges.length === 0) {
          // nft leaves out a family that a later match says as well.
          const said = matches.some((match) => match.kind === 'endpoint' || (match.kind === 'number' && match.field.startsWith('icmp')));
          return [{ matches: said ? matches : [{ kind: 'family', family }, ...matches], verdict: { kind: 'accept' } }];
        }
        const modulus = ranges.reduce((sum, range) => sum + weight(range), 0);
        let below = 0;
        return ranges.map((to, at) => {
          below += weight(to);
          const share: Match[] = at === ranges.length - 1 ? [] : [{ kind: 'share', family, modulus, below }];
          return { matches: [...matches, ...share], verdict: { kind: 'snat', family, to } };
        });
      });
  });
}

/** What people read beside a jump: the rule's id, cluster and policy. */
function ruleComment(rule: FilterRule): string {
  const { cluster, tier, policy } = rule.origin;
  const name = policy ? `${policy.kind} ${policy.namespace ? `${policy.namespace}/` : ''}${policy.name}` : `end of tier ${tier}`;
  return clean(`${rule.id} ${cluster} ${name}`);
}

const JUDGES: readonly Judge[] = ['egress', 'ingress', 'vips', 'nat'];
const judgeOf = (rule: FilterRule): Judge => (rule.stage === 'preDnat' ? 'vips' : rule.direction);

export function buildModel(desired: Desired): Model {
  const { prefix } = desired.settings;
  const rules = new Map<string, readonly Line[]>();
  const counters = new Set<string>();
  const sets = new Map<string, SetSpec>();
  const labels = labelsOf(desired.clusters);
  for (const definition of desired.rulebook.sets.values()) for (const spec of setSpecs(prefix, definition)) sets.set(spec.name, spec);

  const lists = new Map<string, { key: string; lines: Line[]; judge: Judge; border: string; cluster: string }>();
  const append = (judge: Judge, rule: FilterRule): void => {
    // The VIPs of a border are no cluster's own: their rules keep one order for all clusters.
    const cluster = judge === 'vips' ? '' : rule.origin.cluster;
    const key = listKey(prefix, judge, rule.border, cluster);
    const list = lists.get(key) ?? { key, lines: [], judge, border: rule.border, cluster };
    lists.set(key, list);
    const lines = judge === 'nat' ? natLines(prefix, rule) : filterLines(prefix, rule, labels);
    const chain = ruleChain(prefix, judge === 'nat' ? 't' : 'r', rule.id, lines.map(renderLine).join('\n'));
    rules.set(chain, lines);
    if (judge !== 'nat') counters.add(counterName(prefix, rule.id));
    const matches: Match[] = rule.families.length === 1 ? [{ kind: 'family', family: rule.families[0] as Family }] : [];
    list.lines.push({ matches, verdict: { kind: 'jump', chain }, comment: ruleComment(rule) });
  };
  for (const rule of desired.rulebook.rules) append(judgeOf(rule), rule);
  for (const border of new Set(desired.rulebook.rules.map((rule) => rule.border)))
    for (const entry of deriveNat(desired.rulebook, border)) append('nat', entry);

  const base: Record<Judge, Line[]> = { egress: [], ingress: [], vips: [], nat: [] };
  for (const judge of JUDGES) if (judge !== 'nat') base[judge].push({ matches: [{ kind: 'established' }], verdict: { kind: 'accept' } });
  const allowed = new Set(desired.rulebook.rules.filter(isFinalAllow).map(({ border, origin }) => `${border} ${origin.cluster}`));
  for (const list of [...lists.values()].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const bit = labels.get(list.cluster);
    if (list.judge === 'ingress' && bit !== undefined && allowed.has(`${list.border} ${list.cluster}`)) {
      const lines: readonly Line[] = [
        { matches: [{ kind: 'label', bit: LEFT }], verdict: { kind: 'return' } },
        { matches: [{ kind: 'label', bit }], verdict: { kind: 'accept' } },
      ];
      const chain = acceptedChain(prefix, list.border, list.cluster, lines.map(renderLine).join('\n'));
      rules.set(chain, lines);
      base.ingress.push(...dispatchLines(desired, { ...list, key: chain }));
    }
    const dispatch = dispatchLines(desired, list);
    base[list.judge].push(...dispatch);
    if (list.judge === 'vips') for (const { matches } of dispatch) base.vips.push({ matches, label: LEFT, verdict: { kind: 'none' } });
  }
  return { table: tableName(prefix, desired.firewall), prefix, sets, counters, rules, lists, base };
}

/** Who goes to a list: by interface where the settings name them, and always by the addresses that are the list's scope. */
function dispatchLines(desired: Desired, list: { key: string; judge: Judge; border: string; cluster: string }): Line[] {
  const border = desired.borders.get(list.border);
  const { inside, outside } = border?.zones ?? { inside: [], outside: [] };
  const scope = list.judge === 'vips' ? (border?.vips ?? []) : (desired.clusters.get(list.cluster)?.podCidrs ?? []);
  const at = (side: 'iifname' | 'oifname', names: readonly string[]): Match[] =>
    names.length > 0 ? [{ kind: 'interface', side, names }] : [];
  const interfaces = {
    egress: [...at('oifname', outside), ...at('iifname', inside)],
    ingress: [...at('iifname', outside), ...at('oifname', inside)],
    vips: at('iifname', outside),
    // Where packets leave, the interface they came from is no longer known.
    nat: at('oifname', outside),
  }[list.judge];
  const end: End = list.judge === 'egress' || list.judge === 'nat' ? 'saddr' : 'daddr';
  return FAMILIES.flatMap((family): Line[] => {
    const ranges = prefixRanges(family, scope);
    if (ranges.length === 0) return [];
    const addresses: Match[] = isEverything(family, ranges)
      ? [{ kind: 'family', family }]
      : [{ kind: 'addresses', end, family, not: false, ranges }];
    return [
      {
        matches: [...interfaces, ...addresses],
        verdict: { kind: 'jump', chain: list.key },
        comment: clean(`${list.judge} ${list.border} ${list.cluster}`),
      },
    ];
  });
}

/** The name of the base chain of each judge. */
export const baseName = (judge: Judge): string => BASE[judge];
