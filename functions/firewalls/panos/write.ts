/** Rulebook -> objects of the device. What cannot be said exactly becomes a condition, never something wider. rebuild.ts is the inverse. */

import type { Condition } from '../../errors.ts';
import { type AddressRange, type Family, formatRange, rangeToPrefixes } from '../../packets/address.ts';
import { type AddressSet, EVERY_ADDRESS, minus, prefixSet, rangesOf } from '../../packets/address-set.ts';
import type { FilterRule, NumberRange, Service, SetId, Side, Translation } from '../../rulebook/types.ts';
import type { BorderSettings } from '../../settings.ts';
import type { Desired } from '../contract.ts';
import { addressName, groupName, markerOf, natGroupName, natName, ruleName } from './naming.ts';
import { isDifference, type NatGroup, natGroupObject, natGroupsOfSide, natRulesOf, nothingObject } from './nat-groups.ts';
import { type DeviceObject, type Fields, hashText, keyOf, type Table } from './objects.ts';

export interface Wanted {
  readonly objects: ReadonlyMap<string, DeviceObject>;
  /** names in order */
  readonly security: readonly string[];
  readonly nat: readonly string[];
  /** sets that filter rules name */
  readonly filterSets: ReadonlySet<SetId>;
  /** static groups that NAT rules name */
  readonly natGroups: ReadonlyMap<string, NatGroup>;
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
  readonly #natGroups = new Map<string, NatGroup>();
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
      for (const { entry, parts } of natRulesOf(rulebook, border))
        this.#attempt(entry, () => {
          if (!parts) throw new NotExpressible("a translation beside packets that are left to the administrator's");
          let count = 0;
          for (const part of parts) count += this.#translate(part, this.#zones(border), count);
        });
    }
    if (this.#objects.size > 0) {
      this.#add('tag', markerOf(this.#prefix), {}, 'Everything with this tag is written by cextfire');
    }
    return {
      objects: this.#objects,
      security: this.#security,
      nat: this.#nat,
      filterSets: this.#filterSets,
      natGroups: this.#natGroups,
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
      const { cluster, policy, ruleIndex } = rule.origin;
      this.#conditions.push({
        code: 'CEXT_PANOS_NOT_EXPRESSIBLE',
        severity: 'error',
        subject: {
          cluster,
          firewall: this.#desired.firewall,
          ...(policy ? { policy: `${policy.kind} ${policy.name}` } : {}),
          rule: ruleIndex === undefined ? rule.id : `${rule.direction} rule ${ruleIndex + 1}`,
        },
        message: `PAN-OS cannot express ${error.message}`,
      });
    }
  }

  #add(table: Table, name: string, fields: Fields, description: string): string {
    const key = keyOf(table, name);
    const marked = table === 'tag' ? fields : { ...fields, tag: [markerOf(this.#prefix)] };
    if (!this.#objects.has(key)) this.#objects.set(key, { table, name, fields: marked, description });
    return name;
  }

  #put(object: DeviceObject): void {
    this.#objects.set(keyOf(object.table, object.name), object);
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

  #translate(part: FilterRule, zones: BorderSettings['zones'], count: number): number {
    const [source, destination] = [this.#natSide(part.source), this.#natSide(part.destination)];
    const services = this.#services(part);
    if (source.length === 0 || destination.length === 0 || services.length === 0) return 0;
    let service = services[0] as string;
    if (services.length > 1) {
      service = this.#add('service-group', `${this.#prefix}g${hashText(services.join(), 16)}`, { members: services }, '');
    }
    const pool = this.#pool(part.translation);
    for (const [at, zone] of zones.outside.entries()) {
      const name = natName(this.#prefix, part.id, count + at);
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
        this.#describe(part),
      );
      this.#nat.push(name);
    }
    return zones.outside.length;
  }

  #natSide(side: Side): readonly string[] {
    const groups = natGroupsOfSide(this.#prefix, side, (set) => this.#desired.rulebook.sets.get(set)?.text ?? set);
    const list = isDifference(side) ? groups.map(({ name }) => name) : sideMembers(side, [4], (set) => natGroupName(this.#prefix, set));
    for (const group of groups) {
      if (!list.includes(group.name)) continue;
      this.#natGroups.set(group.name, group);
      this.#put(natGroupObject(this.#prefix, group));
      this.#put(nothingObject(this.#prefix));
    }
    return list;
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
