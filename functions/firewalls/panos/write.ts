/** Rulebook -> objects of the device. What cannot be said exactly becomes a condition, never something wider. rebuild.ts is the inverse. */

import type { Condition } from '../../errors.ts';
import { type AddressRange, type Family, formatRange, parsePrefix, rangeToPrefixes } from '../../packets/address.ts';
import { type AddressSet, EVERY_ADDRESS, meets, minus, NO_ADDRESS, prefixSet, rangesOf } from '../../packets/address-set.ts';
import { deriveNat } from '../../rulebook/nat.ts';
import type { FilterRule, NumberRange, Service, SetId, Side, Translation } from '../../rulebook/types.ts';
import type { BorderSettings } from '../../settings.ts';
import type { Desired } from '../contract.ts';
import { addressName, groupName, markerOf, NOTHING, natGroupName, natName, nothingName, ruleName } from './naming.ts';
import { type DeviceObject, type Fields, hashText, keyOf, type Table } from './objects.ts';

export interface Wanted {
  readonly objects: ReadonlyMap<string, DeviceObject>;
  /** names in order */
  readonly security: readonly string[];
  readonly nat: readonly string[];
  /** sets that filter rules name, and those that NAT rules name */
  readonly filterSets: ReadonlySet<SetId>;
  readonly natSets: ReadonlySet<SetId>;
  readonly conditions: readonly Condition[];
}

class NotExpressible extends Error {}

const ANY = ['any'];
/** All IPv6 in two halves: "::/0" would mean IPv4 too (reference B1.6). */
const ALL: Readonly<Record<Family, readonly string[]>> = { 4: ['0.0.0.0/0'], 6: ['::/1', '8000::/1'] };

function prefixesOf(set: AddressSet): string[] {
  const whole = set.runs === 1 && [...rangesOf(set)].every((range) => rangeToPrefixes(range)[0]?.endsWith('/0'));
  return whole ? [...ALL[set.family]] : [...rangesOf(set)].flatMap(rangeToPrefixes);
}

/** Members of a source or destination list; empty = the rule matches nothing. `named` says how a set is called. */
export function sideMembers(side: Side, families: readonly Family[], named: (set: SetId, family: Family) => string): readonly string[] {
  const { include, exclude } = side;
  if (exclude.sets.length > 0) throw new NotExpressible('a side that leaves out a set');
  if (include === 'any' && exclude.prefixes.length === 0 && families.length === 2) return ANY;
  if (include !== 'any' && include.sets.length > 0 && exclude.prefixes.length > 0) throw new NotExpressible('a set without some prefixes');
  const out = new Set<string>();
  for (const family of families) {
    const of = include === 'any' ? EVERY_ADDRESS[family] : prefixSet(family, include.prefixes);
    const prefixes = prefixesOf(minus(of, prefixSet(family, exclude.prefixes)));
    for (const prefix of prefixes) out.add(prefix);
    // beside all addresses a set says nothing
    if (include !== 'any' && prefixes[0] !== ALL[family][0]) for (const set of include.sets) out.add(named(set, family));
  }
  return [...out].sort();
}

const rangeText = (range: NumberRange): string => (range.first === range.last ? `${range.first}` : `${range.first}-${range.last}`);
const isEveryPort = (ranges: readonly NumberRange[]): boolean => ranges.length === 1 && ranges[0]?.first === 0 && ranges[0].last === 65535;

/** A field takes 1023 characters. */
function portTexts(ranges: readonly NumberRange[]): string[] {
  const out: string[] = [];
  let text = '';
  for (const range of ranges) {
    const next = text === '' ? rangeText(range) : `${text},${rangeText(range)}`;
    if (next.length > 1000) {
      out.push(text);
      text = rangeText(range);
    } else text = next;
  }
  return text === '' ? out : [...out, text];
}

function serviceFields(service: Service): Fields[] {
  if (service.kind === 'icmp') throw new NotExpressible('ICMP types');
  if (service.kind === 'protocols') {
    return service.protocols.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => {
        const protocol = first + index;
        if (protocol !== 6 && protocol !== 17) throw new NotExpressible(`IP protocol ${protocol}: services exist for TCP and UDP only`);
        return { [`protocol/${protocol === 6 ? 'tcp' : 'udp'}/port`]: '0-65535' };
      }),
    );
  }
  if (service.protocol !== 6 && service.protocol !== 17)
    throw new NotExpressible(`ports of IP protocol ${service.protocol}: services exist for TCP and UDP only`);
  const kind = service.protocol === 6 ? 'tcp' : 'udp';
  const sources = isEveryPort(service.source) ? [undefined] : portTexts(service.source);
  return sources.flatMap((source) =>
    portTexts(service.destination).map((port) => ({
      [`protocol/${kind}/port`]: port,
      ...(source === undefined ? {} : { [`protocol/${kind}/source-port`]: source }),
    })),
  );
}

const isEverything = (services: FilterRule['services']): boolean =>
  services === 'any' ||
  services.some((one) => one.kind === 'protocols' && one.protocols.some(({ first, last }) => first === 0 && last === 255));

const v4 = (ranges: readonly AddressRange[]): AddressRange[] => ranges.filter((range) => range.family === 4);

function poolOf(translation: Translation): AddressRange[] | undefined {
  if (translation.kind === 'range') return v4([translation.range]);
  if (translation.kind === 'pool') return v4(translation.ranges);
  return undefined;
}

export function write(desired: Desired): Wanted {
  return new Writer(desired).write();
}

class Writer {
  readonly #desired: Desired;
  readonly #prefix: string;
  readonly #objects = new Map<string, DeviceObject>();
  readonly #conditions: Condition[] = [];
  readonly #filterSets = new Set<SetId>();
  readonly #natSets = new Set<SetId>();
  readonly #security: string[] = [];
  readonly #nat: string[] = [];

  constructor(desired: Desired) {
    this.#desired = desired;
    this.#prefix = desired.settings.prefix;
  }

  write(): Wanted {
    const { rulebook, borders } = this.#desired;
    const stages = [...rulebook.rules].sort((a, b) => Number(a.stage === 'forward') - Number(b.stage === 'forward'));
    for (const rule of stages) this.#attempt(rule, () => this.#filter(rule, this.#zones(rule.border)));
    for (const border of borders.keys()) {
      const fallbacks: FilterRule[] = [];
      for (const entry of deriveNat(rulebook, border)) {
        if (entry.translation.kind === 'absent') fallbacks.push(entry);
        else this.#attempt(entry, () => this.#translate(entry, fallbacks, this.#zones(border)));
      }
    }
    if (this.#objects.size > 0) {
      this.#add('tag', markerOf(this.#prefix), {}, 'Everything with this tag is written by cextfire');
    }
    return {
      objects: this.#objects,
      security: this.#security,
      nat: this.#nat,
      filterSets: this.#filterSets,
      natSets: this.#natSets,
      conditions: this.#conditions,
    };
  }

  #zones(border: string): BorderSettings['zones'] {
    const zones = this.#desired.borders.get(border)?.zones;
    if (!zones || zones.inside.length === 0 || zones.outside.length === 0) {
      throw new NotExpressible(`the border ${border} has no inside or no outside zones in the settings`);
    }
    return zones;
  }

  #attempt(rule: FilterRule, write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof NotExpressible)) throw error;
      this.#complain('CEXT_PANOS_NOT_EXPRESSIBLE', rule, `PAN-OS cannot express ${error.message}`);
    }
  }

  #complain(code: `CEXT_${string}`, rule: FilterRule, message: string): void {
    const { policy, ruleIndex } = rule.origin;
    this.#conditions.push({
      code,
      severity: 'error',
      subject: {
        cluster: rule.origin.cluster,
        firewall: this.#desired.firewall,
        ...(policy ? { policy: `${policy.kind} ${policy.name}` } : {}),
        rule: ruleIndex === undefined ? rule.id : `${rule.direction} rule ${ruleIndex + 1}`,
      },
      message,
    });
  }

  #add(table: Table, name: string, fields: Fields, description: string): string {
    const key = keyOf(table, name);
    const marked = table === 'tag' ? fields : { ...fields, tag: [markerOf(this.#prefix)] };
    if (!this.#objects.has(key)) this.#objects.set(key, { table, name, fields: marked, description });
    return name;
  }

  #describe(rule: FilterRule): string {
    const { cluster, tier, policy, ruleIndex, annotations } = rule.origin;
    const who = policy ? `${policy.kind} ${policy.namespace ? `${policy.namespace}/` : ''}${policy.name}` : 'end of the tier';
    const people = ['ticket', 'owner', 'expires'].flatMap((key) => {
      const value = annotations[`cextfire.io/${key}`];
      return value === undefined ? [] : [`${key} ${value}`];
    });
    return [
      `border ${rule.border};`,
      `cluster ${cluster}, tier ${tier}, ${who}${ruleIndex === undefined ? '' : `, ${rule.direction} rule ${ruleIndex + 1}`}`,
      ...people,
    ].join(' ');
  }

  #filter(rule: FilterRule, zones: BorderSettings['zones']): void {
    if (rule.action === 'log') throw new NotExpressible('a rule that only logs');
    if (
      rule.sourceEndpoints.include.length +
        rule.sourceEndpoints.exclude.length +
        rule.destinationEndpoints.include.length +
        rule.destinationEndpoints.exclude.length >
      0
    ) {
      throw new NotExpressible('sets of addresses with ports');
    }
    const group = (set: SetId, family: Family) => groupName(this.#prefix, set, family);
    const source = sideMembers(rule.source, rule.families, group);
    const destination = sideMembers(rule.destination, rule.families, group);
    // an emptied side matches nothing: such a rule is left out, an empty list would be refused or mean any
    if (source.length === 0 || destination.length === 0) return;
    const service = this.#services(rule);
    if (service.length === 0) return;
    for (const side of [rule.source, rule.destination]) {
      if (side.include === 'any') continue;
      for (const set of side.include.sets) {
        for (const family of rule.families) {
          const name = groupName(this.#prefix, set, family);
          if (!source.includes(name) && !destination.includes(name)) continue;
          this.#filterSets.add(set);
          this.#add('address-group', name, { 'dynamic/filter': `'${name}'` }, this.#desired.rulebook.sets.get(set)?.text ?? set);
        }
      }
    }
    const [from, to] =
      rule.direction === 'egress' ? [zones.inside, zones.outside] : [zones.outside, rule.stage === 'preDnat' ? ANY : zones.inside];
    let name = ruleName(this.#prefix, rule.id);
    for (let count = 2; this.#objects.has(keyOf('security', name)); count++) name = `${ruleName(this.#prefix, rule.id)}_${count}`;
    this.#add(
      'security',
      name,
      {
        from: [...from].sort(),
        to: [...to].sort(),
        source,
        destination,
        application: ANY,
        service,
        action: rule.action === 'allow' ? 'allow' : 'drop',
        'log-end': rule.log ? 'yes' : 'no',
      },
      this.#describe(rule),
    );
    this.#security.push(name);
  }

  #services(rule: FilterRule): string[] {
    if (rule.services === 'any' || isEverything(rule.services)) return ANY;
    const names = rule.services.flatMap(serviceFields).map((fields) => {
      const text = Object.entries(fields)
        .map(([key, value]) => `${key.slice('protocol/'.length)} ${value}`)
        .join(' ');
      return this.#add('service', `${this.#prefix}v${hashText(text, 16)}`, fields, text);
    });
    return [...new Set(names)].sort();
  }

  /**
   * The destinations that are left for a translating rule when earlier rules leave some of its packets to the administrator's NAT: a NAT list
   * ends at its first match and cannot fall back, so those packets must not match at all. undefined = it cannot be said by destinations alone.
   */
  #withoutFallbacks(rule: FilterRule, fallbacks: readonly FilterRule[]): readonly string[] | undefined {
    const named = (set: SetId) => natGroupName(this.#prefix, set);
    const list = (side: Side) => sideMembers(side, [4], named);
    let left = list(rule.destination);
    const services = this.#services(rule);
    const isPlain = (members: readonly string[]) => members.every((one) => parsePrefix(one) !== undefined);
    for (const earlier of fallbacks) {
      if (!earlier.families.includes(4)) continue;
      const [from, to] = [list(earlier.source), list(earlier.destination)];
      const source = list(rule.source);
      const apart = (a: readonly string[], b: readonly string[]) => isPlain(a) && isPlain(b) && !meets(prefixSet(4, a), prefixSet(4, b));
      if (from.length === 0 || to.length === 0 || apart(from, source) || apart(to, left)) continue;
      const ports = this.#services(earlier);
      const coversSource = from.includes('0.0.0.0/0') || source.every((one) => from.includes(one));
      const coversServices = ports.includes('any') || services.every((one) => ports.includes(one));
      if (!coversSource || !coversServices) return undefined;
      if (to.includes('0.0.0.0/0')) return [];
      const rest = left.filter((one) => !to.includes(one));
      if (rest.length > 0 && (!isPlain(rest) || !isPlain(to))) return undefined;
      left = prefixesOf(minus(prefixSet(4, rest), isPlain(to) ? prefixSet(4, to) : NO_ADDRESS[4]));
    }
    return left;
  }

  #translate(rule: FilterRule, fallbacks: readonly FilterRule[], zones: BorderSettings['zones']): void {
    if (!rule.families.includes(4)) return;
    const destination = this.#withoutFallbacks(rule, fallbacks);
    if (destination === undefined) {
      this.#complain(
        'CEXT_PANOS_NAT_FALLBACK',
        rule,
        'an earlier rule leaves translation to the administrator for some packets of this rule; a NAT rule of PAN-OS ends the search and cannot fall back',
      );
      return;
    }
    const named = (set: SetId) => natGroupName(this.#prefix, set);
    const source = sideMembers(rule.source, [4], named);
    const sets = [rule.source, rule.destination]
      .flatMap((side) => (side.include === 'any' ? [] : side.include.sets))
      .filter((set) => source.includes(named(set)) || destination.includes(named(set)));
    const services = this.#services(rule);
    if (source.length === 0 || destination.length === 0 || services.length === 0) return;
    let service = services[0] as string;
    if (services.length > 1) {
      service = this.#add('service-group', `${this.#prefix}g${hashText(services.join(), 16)}`, { members: services }, '');
    }
    for (const set of sets) {
      this.#natSets.add(set);
      this.#add('address-group', named(set), {}, `${this.#desired.rulebook.sets.get(set)?.text ?? set} (for NAT)`);
    }
    if (sets.length > 0)
      this.#add('address', nothingName(this.#prefix), { 'ip-netmask': NOTHING }, 'stands in static groups that are empty');
    const pool = this.#pool(rule.translation);
    for (const [at, zone] of zones.outside.entries()) {
      const name = natName(this.#prefix, rule.id, at);
      this.#add(
        'nat',
        name,
        {
          from: [...zones.inside].sort(),
          to: [zone],
          source,
          destination,
          service,
          ...(pool === undefined ? {} : { 'source-translation/dynamic-ip-and-port/translated-address': pool }),
        },
        this.#describe(rule),
      );
      this.#nat.push(name);
    }
  }

  #pool(translation: Translation): string[] | undefined {
    if (translation.kind === 'address') {
      if (translation.address.includes(':')) throw new NotExpressible('source NAT of IPv6');
      return [translation.address];
    }
    const ranges = poolOf(translation);
    if (!ranges) return undefined;
    if (ranges.length === 0) throw new NotExpressible('source NAT of IPv6');
    return ranges.map((range) => {
      const text = formatRange(range);
      return text.includes('-')
        ? this.#add('address', addressName(this.#prefix, `_${hashText(text, 12)}`), { 'ip-range': text }, text)
        : text;
    });
  }
}
