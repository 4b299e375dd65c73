/**
 * Do administrators' own chains drop what we allow? A drop in any base chain is final, and we never touch theirs, so all we can do is tell.
 * For a packet that we allow, their chains are walked with three answers: a match is certain, impossible, or not known from here.
 */

import type { Condition } from '../../errors.ts';
import { type Family, formatAddress, parsePrefix } from '../../packets/address.ts';
import type { Packet } from '../../packets/packet.ts';
import type { Book } from '../../rulebook/algebra.ts';
import { evaluatorOf } from '../../rulebook/evaluate.ts';
import type { FilterRule, Service, Side } from '../../rulebook/types.ts';
import type { Desired } from '../contract.ts';
import type { Match } from './line.ts';
import type { ListedChain, Listing } from './listing.ts';

type Certainty = 'yes' | 'no' | 'maybe';
type Fate = 'accept' | 'drop' | 'maybe' | 'through';

interface Seen {
  readonly packet: Packet;
  /** interface names, where the settings name exactly one */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const MOST_RULES = 200;

export function foreignDrops(foreign: Listing, book: Book, desired: Desired): Condition[] {
  const suspects = [...foreign.chains.values()].filter(
    ({ hook }) => hook && / hook (forward|postrouting) /.test(hook) && /type filter/.test(hook),
  );
  const dangerous = suspects.filter((chain) => mayDrop(chain, foreign));
  if (dangerous.length === 0) return [];
  const evaluate = evaluatorOf(book);
  const conditions = new Map<string, Condition>();
  const allows = book.rulebook.rules.filter((rule) => rule.action === 'allow' && rule.stage === 'forward').slice(0, MOST_RULES);
  for (const rule of allows) {
    const zones = desired.borders.get(rule.border)?.zones ?? { inside: [], outside: [] };
    const packet = samplePacket(rule, book, desired);
    if (!packet || evaluate(rule.border, 'forward', packet).kind !== 'allow') continue;
    const only = (names: readonly string[]) => (names.length === 1 && !names[0]?.endsWith('*') ? names[0] : undefined);
    const [inside, outside] = [only(zones.inside), only(zones.outside)];
    const seen: Seen = rule.direction === 'egress' ? { packet, from: inside, to: outside } : { packet, from: outside, to: inside };
    for (const chain of dangerous) {
      const key = `${chain.family} ${chain.table} ${chain.name}`;
      if (conditions.has(key) || fateIn(chain, foreign, seen, 0) !== 'drop') continue;
      const { family, source, destination, protocol, destinationPort } = packet;
      const shown = `${formatAddress(family, source)} to ${formatAddress(family, destination)} protocol ${protocol}${destinationPort === undefined ? '' : ` port ${destinationPort}`}`;
      conditions.set(key, {
        code: 'CEXT_LINUX_FOREIGN_DROP',
        severity: 'warning',
        subject: { firewall: desired.firewall, field: key },
        message: `the chain "${key}" on ${desired.firewall} is not ours and drops what policies allow, for example ${shown} (rule ${rule.id}); accept that traffic there`,
      });
    }
  }
  return [...conditions.values()];
}

function mayDrop(chain: ListedChain, foreign: Listing): boolean {
  if (chain.hook?.includes('policy drop')) return true;
  const seen = new Set<string>();
  const look = (name: string): boolean => {
    if (seen.has(name)) return false;
    seen.add(name);
    return (foreign.chains.get(`${chain.family} ${chain.table} ${name}`)?.lines ?? []).some(
      ({ line: { verdict } }) => verdict.kind === 'drop' || verdict.kind === 'foreign' || (verdict.kind === 'jump' && look(verdict.chain)),
    );
  };
  return look(chain.name);
}

function fateIn(chain: ListedChain, foreign: Listing, seen: Seen, depth: number): Fate {
  if ((chain.family === 'ip' && seen.packet.family !== 4) || (chain.family === 'ip6' && seen.packet.family !== 6)) return 'through';
  if (depth > 16) return 'maybe';
  for (const { line } of chain.lines) {
    const certainties = line.matches.map((match) => certaintyOf(match, seen));
    if (certainties.includes('no')) continue;
    const certain = !certainties.includes('maybe');
    const { verdict } = line;
    let fate: Fate;
    if (verdict.kind === 'accept' || verdict.kind === 'drop') fate = verdict.kind;
    else if (verdict.kind === 'none') continue;
    else if (verdict.kind === 'return') {
      if (!certain) return 'maybe';
      break;
    } else if (verdict.kind === 'jump') {
      const target = foreign.chains.get(`${chain.family} ${chain.table} ${verdict.chain}`);
      fate = target ? fateIn(target, foreign, seen, depth + 1) : 'maybe';
    } else
      fate =
        verdict.kind === 'foreign' && verdict.text.startsWith('reject')
          ? 'drop'
          : verdict.kind === 'foreign' && /^(counter|limit|log|mangle) /.test(verdict.text)
            ? 'through'
            : 'maybe';
    if (fate === 'through') continue;
    if (!certain) return 'maybe';
    return fate;
  }
  return chain.hook?.includes('policy drop') ? 'drop' : 'through';
}

function certaintyOf(match: Match, { packet, from, to }: Seen): Certainty {
  const sure = (yes: boolean): Certainty => (yes ? 'yes' : 'no');
  switch (match.kind) {
    case 'established':
      return 'no';
    case 'family':
      return sure(match.family === packet.family);
    case 'addresses': {
      if (match.family !== packet.family) return 'no';
      const address = match.end === 'saddr' ? packet.source : packet.destination;
      return sure(match.ranges.some(({ first, last }) => address >= first && address <= last) !== match.not);
    }
    case 'interface': {
      const name = match.side === 'iifname' ? from : to;
      if (name === undefined) return 'maybe';
      return sure(match.names.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : each === name)));
    }
    case 'number': {
      const [name, field] = match.field.split(' ');
      const protocol = { tcp: 6, udp: 17, sctp: 132, udplite: 136, icmp: 1, icmpv6: 58 }[name as string];
      if (protocol !== undefined && protocol !== packet.protocol) return 'no';
      const value = {
        l4proto: packet.protocol,
        sport: packet.sourcePort,
        dport: packet.destinationPort,
        type: packet.icmpType,
        code: packet.icmpCode,
      }[field as string];
      return value === undefined ? 'maybe' : sure(match.ranges.some(({ first, last }) => value >= first && value <= last));
    }
    case 'label':
      return 'maybe';
    case 'foreign':
      return isAboutKnownStates(match.text) ? 'no' : 'maybe';
    default:
      return 'maybe';
  }
}

/** `ct state` with established (2) and related (4) alone: never the first packet of a connection. */
function isAboutKnownStates(text: string): boolean {
  const right = /"left":\{"ct":\{"key":"state"\}\},"right":(.*)\}$/.exec(text)?.[1];
  const op = /"op":"(==|in)"/.test(text);
  return (
    op &&
    right !== undefined &&
    /^[["\]\d,a-z]+$/.test(right) &&
    (right.match(/\d+|[a-z]+/g) ?? ['new']).every((state) => /^([246]|established|related)$/.test(state))
  );
}

/** Some packet that the rule matches, or undefined where none is found at once. */
function samplePacket(rule: FilterRule, book: Book, desired: Desired): Packet | undefined {
  for (const family of rule.families) {
    const source = sampleAddress(rule.source, family, book, rule.direction === 'egress' ? podAddress(rule, family, desired) : undefined);
    const destination = sampleAddress(
      rule.destination,
      family,
      book,
      rule.direction === 'ingress' ? podAddress(rule, family, desired) : undefined,
    );
    if (source === undefined || destination === undefined) continue;
    const base = { family, direction: rule.direction, source, destination };
    const service: Service | undefined =
      rule.services === 'any'
        ? { kind: 'ports', protocol: 6, source: [{ first: 40000, last: 40000 }], destination: [{ first: 443, last: 443 }] }
        : rule.services[0];
    if (service?.kind === 'ports' && service.source[0] && service.destination[0])
      return { ...base, protocol: service.protocol, sourcePort: service.source[0].last, destinationPort: service.destination[0].first };
    if (service?.kind === 'icmp' && service.types[0])
      return { ...base, protocol: service.protocol, icmpType: service.types[0].type.first, icmpCode: service.types[0].code.first };
    const protocol = service?.kind === 'protocols' ? service.protocols[0]?.first : undefined;
    if (protocol !== undefined) return { ...base, protocol, sourcePort: 40000, destinationPort: 443, icmpType: 8, icmpCode: 0 };
  }
  return undefined;
}

const podAddress = (rule: FilterRule, family: Family, desired: Desired): bigint | undefined =>
  desired.clusters
    .get(rule.origin.cluster)
    ?.podCidrs.map((cidr) => parsePrefix(cidr))
    .find((range) => range?.family === family)?.first;

function sampleAddress(side: Side, family: Family, book: Book, otherwise: bigint | undefined): bigint | undefined {
  // 198.51.100.1 and 2001:db8::1: some address outside.
  if (side.include === 'any') return otherwise ?? (family === 4 ? 0xc6336401n : (0x20010db8n << 96n) + 1n);
  for (const prefix of side.include.prefixes) {
    const range = parsePrefix(prefix);
    if (range?.family === family) return range.first;
  }
  for (const set of side.include.sets) {
    let looked = 0;
    for (const member of book.members.members(set)) {
      const range = parsePrefix(member);
      if (range?.family === family) return range.first;
      if (++looked > 100) break;
    }
  }
  return undefined;
}
