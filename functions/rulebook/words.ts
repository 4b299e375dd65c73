/** Rules, origins and translations in words. Pure. */
import { formatRange } from '../packets/address.ts';
import { protocolName } from '../packets/packet.ts';
import type { Endpoints, FilterRule, NumberRange, Rulebook, Service, Side, Translation } from './types.ts';

/** Some of many, so that a line stays a line. */
export function some(items: readonly string[], most = 4): string {
  return items.length <= most ? items.join(', ') : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** A member without the length that says nothing. */
export const host = (member: string) => member.replace(/\/(32|128)$/, '');
export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** "allow tcp 443 from app == 'payments' to 203.0.113.0/24, as 198.51.100.7". */
export function tellRule(rule: FilterRule, rulebook: Pick<Rulebook, 'sets'>): string {
  const services = rule.services === 'any' ? 'anything' : rule.services.map(tellService).join(', ');
  const from = tellSide(rule.source, rule.sourceEndpoints, rulebook);
  const to = tellSide(rule.destination, rule.destinationEndpoints, rulebook);
  const translation = tellTranslation(rule.translation);
  return `${rule.action} ${services} from ${from} to ${to}${translation && `, ${translation}`}${onlyFamily(rule)}${rule.log && rule.action !== 'log' ? ', logged' : ''}`;
}

/** Where no address says it: the half of a rule that was written for both families. */
function onlyFamily({ families, source, destination, translation }: FilterRule): string {
  const [only, ...more] = families;
  const sides = [source, destination].flatMap(({ include, exclude }) => [include === 'any' ? [] : include.prefixes, exclude.prefixes]);
  const said = sides.some((prefixes) => prefixes.length > 0) || translation.kind === 'address' || translation.kind === 'range';
  return only === undefined || more.length > 0 || said ? '' : `, IPv${only} only`;
}

/** What a selector says; where its author wrote none (ports by name of whatever pod), the set's own name. */
function tellSet(text: string | undefined, id: string): string {
  if (text && !/^[a-z]+:[\w-]+$/.test(text)) return text;
  return text?.startsWith('n:') ? `the named ports ${text}` : `set ${text || id}`;
}

export function tellSide({ include, exclude }: Side, endpoints: Endpoints, { sets }: Pick<Rulebook, 'sets'>): string {
  const text = (id: string) => tellSet(sets.get(id)?.text, id);
  const union = ({ sets: ids, prefixes }: { readonly sets: readonly string[]; readonly prefixes: readonly string[] }) =>
    some([...ids.map(text), ...prefixes.map(host)]);
  const within = include === 'any' ? 'anywhere' : union(include) || 'nowhere';
  const without = [union(exclude), some(endpoints.exclude.map(text))].filter(Boolean).join(', ');
  const named = endpoints.include.length > 0 ? ` at ${some(endpoints.include.map(text))}` : '';
  return `${within}${named}${without && ` but not ${without}`}`;
}

const tellRanges = (all: readonly NumberRange[]) =>
  some(all.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)));
/** Single numbers from 0 to `last` that the ranges leave out; none where they leave out more than single ones. */
function gaps(ranges: readonly NumberRange[], last: number): number[] {
  const out: number[] = [];
  let next = 0;
  for (const range of [...ranges, { first: last + 1, last: last + 1 }]) {
    if (range.first - next > 1) return [];
    if (range.first - next === 1) out.push(next);
    next = range.last + 1;
  }
  return out;
}
const isAny = ([only, ...more]: readonly NumberRange[]) => more.length === 0 && only?.first === 0 && only.last >= 65_535;

function tellService(service: Service): string {
  switch (service.kind) {
    case 'protocols': {
      const [only, ...more] = service.protocols;
      if (more.length === 0 && only?.first === only?.last) return protocolName(only?.first ?? 0);
      const others = gaps(service.protocols, 255);
      return others.length > 0 && others.length <= 3
        ? `any protocol but ${some(others.map(protocolName))}`
        : `protocols ${tellRanges(service.protocols)}`;
    }
    case 'icmp': {
      const whole = service.types.some(({ type, code }) => type.last - type.first === 255 && code.last - code.first === 255);
      const types = service.types.map(({ type, code }) =>
        code.last - code.first === 255 ? tellRanges([type]) : `${tellRanges([type])}/${tellRanges([code])}`,
      );
      return `${protocolName(service.protocol)}${whole ? '' : ` ${some(types)}`}`;
    }
    case 'ports': {
      const to = isAny(service.destination) ? '' : ` ${tellRanges(service.destination)}`;
      const from = isAny(service.source) ? '' : ` from port ${tellRanges(service.source)}`;
      return `${protocolName(service.protocol)}${to}${from}`;
    }
  }
}

/** '' where the administrator's NAT decides. */
export function tellTranslation(translation: Translation): string {
  switch (translation.kind) {
    case 'absent':
      return '';
    case 'none':
      return 'with its own address';
    case 'address':
      return `as ${translation.address}`;
    case 'range':
      return `as ${formatRange(translation.range)}`;
    case 'pool':
      return `as one of pool ${translation.pool}`;
  }
}

/** "border.payments-out, egress rule 1", or the drop at a tier's end. */
export function tellOrigin({ origin, direction }: Pick<FilterRule, 'origin' | 'direction'>): string {
  if (!origin.policy) return `end of tier ${origin.tier}, ${direction}`;
  const { namespace, name } = origin.policy;
  return `${namespace ? `${namespace}/` : ''}${name}, ${direction} rule ${(origin.ruleIndex ?? 0) + 1}`;
}
