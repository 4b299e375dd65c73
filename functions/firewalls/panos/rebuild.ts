/** Objects of the device -> rulebook: the inverse of write.ts, from what the device would do and not from what descriptions say. */
import { FAMILIES, type Family, parsePrefix, parseRange } from '../../packets/address.ts';
import { Structure } from '../../rulebook/overlap.ts';
import {
  type FilterRule,
  NO_ENDPOINTS,
  NO_UNION,
  type NumberRange,
  type Origin,
  type Prefix,
  type Service,
  type SetDefinition,
  type SetId,
  type Side,
  type Translation,
} from '../../rulebook/types.ts';
import type { BorderSettings } from '../../settings.ts';
import type { Desired, Drift } from '../contract.ts';
import { markerOf, nothingName, ruleIdOf, setOfGroup, setOfNatGroup } from './naming.ts';
import { canonical, type DeviceObject, type Fields, hashText, keyOf, seal, sealOf } from './objects.ts';
import type { Reading } from './reading.ts';
import { write } from './write.ts';

export interface Rebuilt {
  readonly rules: readonly FilterRule[];
  readonly sets: ReadonlyMap<SetId, SetDefinition>;
  readonly drift: readonly Drift[];
}

const list = (fields: Fields, key: string): readonly string[] => {
  const value = fields[key];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};
const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join('|') === [...b].sort().join('|');

/** A side of one family; undefined = the list names something that we cannot read. */
function sideOf(reading: Reading, prefix: string, members: readonly string[], family: Family): Side | undefined {
  if (members.includes('any')) return { include: 'any', exclude: NO_UNION };
  const sets = new Set<SetId>();
  const prefixes: Prefix[] = [];
  for (const member of members) {
    const group = setOfGroup(prefix, member);
    if (group) {
      if (group.family !== family) continue;
      const object = reading.objects.get(keyOf('address-group', member));
      // another filter than ours: whatever it holds, it is not our set
      sets.add(
        object?.fields['dynamic/filter'] === `'${member}'`
          ? group.set
          : `x${hashText(`${member} ${object ? canonical(object.fields) : ''}`, 12)}`,
      );
      continue;
    }
    const range = parsePrefix(member);
    if (range) {
      if (range.family === family) prefixes.push(`${member.includes('/') ? member : `${member}/${family === 4 ? 32 : 128}`}`);
    } else if (!setOfNatGroup(prefix, member)) return undefined;
    else sets.add(setOfNatGroup(prefix, member) as SetId);
  }
  if (family === 6 && prefixes.includes('::/1') && prefixes.includes('8000::/1')) return { include: 'any', exclude: NO_UNION };
  if (family === 4 && prefixes.includes('0.0.0.0/0')) return { include: 'any', exclude: NO_UNION };
  return { include: { sets: [...sets].sort(), prefixes }, exclude: NO_UNION };
}

const isNothing = (side: Side): boolean => side.include !== 'any' && side.include.sets.length === 0 && side.include.prefixes.length === 0;

const portRanges = (text: string): NumberRange[] =>
  text.split(',').map((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return { first, last };
  });

function servicesOf(reading: Reading, names: readonly string[]): FilterRule['services'] | undefined {
  if (names.includes('any')) return 'any';
  const out: Service[] = [];
  for (const name of names) {
    const fields = reading.objects.get(keyOf('service', name))?.fields;
    const kind = fields && ['tcp', 'udp'].find((one) => fields[`protocol/${one}/port`] !== undefined);
    if (!fields || !kind) return undefined;
    const source = fields[`protocol/${kind}/source-port`];
    out.push({
      kind: 'ports',
      protocol: kind === 'tcp' ? 6 : 17,
      source: typeof source === 'string' ? portRanges(source) : [{ first: 0, last: 65535 }],
      destination: portRanges(String(fields[`protocol/${kind}/port`])),
    });
  }
  return out;
}

function translationOf(reading: Reading, rule: DeviceObject | undefined, borders: readonly BorderSettings[]): Translation | undefined {
  if (!rule) return { kind: 'absent' };
  if (
    Object.keys(rule.fields).some(
      (key) =>
        key.startsWith('destination-translation') ||
        (key.startsWith('source-translation') && !key.endsWith('dynamic-ip-and-port/translated-address')),
    )
  )
    return undefined;
  const pool = list(rule.fields, 'source-translation/dynamic-ip-and-port/translated-address').map((member) => {
    const text = reading.objects.get(keyOf('address', member))?.fields['ip-range'];
    return parseRange(typeof text === 'string' ? text : member);
  });
  if (pool.length === 0) return { kind: 'none' };
  const ranges = pool.filter((range) => range !== undefined);
  if (ranges.length !== pool.length) return undefined;
  const text = (of: readonly { first: bigint; last: bigint }[]) => of.map((range) => `${range.first}-${range.last}`).join();
  for (const border of borders) {
    for (const [name, addresses] of Object.entries(border.snatPools)) {
      const of = addresses.flatMap((one) => parseRange(one) ?? parsePrefix(one) ?? []);
      if (text(of.filter((range) => range.family === 4)) === text(ranges))
        return { kind: 'pool', pool: name, ranges: of.map(({ family, first, last }) => ({ family, first, last })) };
    }
  }
  const only = ranges[0];
  if (ranges.length > 1 || !only) return { kind: 'pool', pool: 'unnamed', ranges };
  return only.first === only.last
    ? { kind: 'address', address: String(list(rule.fields, 'source-translation/dynamic-ip-and-port/translated-address')[0]) }
    : { kind: 'range', range: only };
}

interface Where {
  readonly border: string;
  readonly direction: FilterRule['direction'];
  readonly stage: FilterRule['stage'];
}

/** Which chain a rule is in, by its zones; the description decides only between borders of the same zones. */
function whereOf(desired: Desired, rule: DeviceObject): Where | undefined {
  const [from, to] = [list(rule.fields, 'from'), list(rule.fields, 'to')];
  const found: Where[] = [];
  for (const [border, { zones }] of desired.borders) {
    if (same(from, zones.inside) && same(to, zones.outside)) found.push({ border, direction: 'egress', stage: 'forward' });
    else if (same(from, zones.outside) && same(to, ['any'])) found.push({ border, direction: 'ingress', stage: 'preDnat' });
    else if (same(from, zones.outside) && same(to, zones.inside)) found.push({ border, direction: 'ingress', stage: 'forward' });
  }
  return found.find((one) => rule.description.startsWith(`border ${one.border};`)) ?? found[0];
}

/** Fields that a rule of ours may have; with any other it matches less than it seems. */
const KNOWN = new Set(['from', 'to', 'source', 'destination', 'application', 'service', 'action', 'log-end', 'tag']);

export function rebuild(reading: Reading, desired: Desired): Rebuilt {
  const prefix = desired.settings.prefix;
  const rules: FilterRule[] = [];
  const sets = new Map<SetId, SetDefinition>();
  const origins = new Map(desired.rulebook.rules.map((rule) => [rule.id, rule.origin]));
  for (const name of reading.order.security) {
    const object = reading.objects.get(keyOf('security', name));
    const id = ruleIdOf(prefix, name);
    if (!object || id === undefined) continue;
    for (const rule of rulesOf(reading, desired, object, id, origins.get(id) ?? UNKNOWN)) rules.push(rule);
  }
  for (const rule of rules) {
    for (const side of [rule.source, rule.destination]) {
      if (side.include === 'any') continue;
      for (const set of side.include.sets) {
        const known = desired.rulebook.sets.get(set);
        sets.set(set, known ?? { id: set, kind: 'addresses', cluster: '', expression: { kind: 'nothing' }, text: set });
      }
    }
  }
  const asWanted = withWantedNat(reading, desired, rules, sets);
  return {
    rules: asWanted ?? withoutStrayNat(reading, desired, withSharedNat(reading, desired, rules, sets), sets),
    sets,
    drift: driftOf(reading, desired),
  };
}

/**
 * The translations that are wanted, where these rules with them would have written exactly the NAT that was read: then it says them, also where one rule
 * speaks for another or is cut into parts. Undefined: NAT is another, and read for itself.
 */
function withWantedNat(
  reading: Reading,
  desired: Desired,
  rules: readonly FilterRule[],
  sets: ReadonlyMap<SetId, SetDefinition>,
): readonly FilterRule[] | undefined {
  const wanted = new Map(desired.rulebook.rules.map((rule) => [rule.id, rule.translation]));
  const guess = rules.map((rule): FilterRule => {
    const translation = isTranslatable(rule) ? wanted.get(rule.id) : undefined;
    return translation === undefined ? rule : { ...rule, translation };
  });
  const written = write({ ...desired, rulebook: { rules: guess, sets } });
  const ours = reading.order.nat.filter((name) => reading.objects.has(keyOf('nat', name)));
  if (written.conditions.length > 0 || ours.join() !== written.nat.join()) return undefined;
  for (const [key, { table, fields }] of written.objects) {
    if (table !== 'nat' && table !== 'service' && table !== 'service-group' && table !== 'address') continue;
    const there = reading.objects.get(key);
    if (!there || canonical(there.fields) !== canonical(fields)) return undefined;
  }
  return guess;
}

const isTranslatable = ({ action, direction, stage }: Pick<FilterRule, 'action' | 'direction' | 'stage'>): boolean =>
  action === 'allow' && direction === 'egress' && stage === 'forward';

const UNKNOWN: Origin = { cluster: '', tier: '', annotations: {} };

function rulesOf(reading: Reading, desired: Desired, object: DeviceObject, id: string, origin: Origin): FilterRule[] {
  const { fields } = object;
  const prefix = desired.settings.prefix;
  const where = whereOf(desired, object);
  const services = servicesOf(reading, list(fields, 'service'));
  if (!where || !services || fields.disabled === 'yes' || !same(list(fields, 'application'), ['any'])) return [];
  if (Object.keys(fields).some((key) => !KNOWN.has(key))) return [];
  const nat = reading.objects.get(keyOf('nat', `${prefix}n${id}`));
  const allow = fields.action === 'allow';
  const translation = isTranslatable({ ...where, action: allow ? 'allow' : 'deny' })
    ? (translationOf(reading, nat, [...desired.borders.values()]) ?? { kind: 'absent' })
    : { kind: 'absent' as const };
  const perFamily = FAMILIES.flatMap((family) => {
    const source = sideOf(reading, prefix, list(fields, 'source'), family);
    const destination = sideOf(reading, prefix, list(fields, 'destination'), family);
    return source && destination && !isNothing(source) && !isNothing(destination) ? [{ family, source, destination }] : [];
  });
  const make = (families: readonly Family[], source: Side, destination: Side): FilterRule => ({
    id,
    ...where,
    action: allow ? 'allow' : 'deny',
    log: fields['log-end'] !== 'no',
    families,
    source,
    destination,
    sourceEndpoints: NO_ENDPOINTS,
    destinationEndpoints: NO_ENDPOINTS,
    services,
    // NAT rules of ours are IPv4: the other family keeps what was wanted of it only where nothing translates
    translation,
    origin,
  });
  const [a, b] = perFamily;
  const setsOf = (side: Side) => (side.include === 'any' ? 'any' : side.include.sets.join());
  if (a && b && setsOf(a.source) === setsOf(b.source) && setsOf(a.destination) === setsOf(b.destination)) {
    const joined = both(a.source, b.source) && both(a.destination, b.destination);
    if (joined) return [make([4, 6], both(a.source, b.source) as Side, both(a.destination, b.destination) as Side)];
  }
  return perFamily.map(({ family, source, destination }) => make([family], source, destination));
}

function both(a: Side, b: Side): Side | undefined {
  if (a.include === 'any' || b.include === 'any') return a.include === b.include ? a : undefined;
  return { include: { sets: a.include.sets, prefixes: [...a.include.prefixes, ...b.include.prefixes] }, exclude: NO_UNION };
}

/** A rule without a NAT rule of its own may be translated by another's that covers it (deriveNat leaves such entries out). */
function withSharedNat(
  reading: Reading,
  desired: Desired,
  rules: readonly FilterRule[],
  sets: ReadonlyMap<SetId, SetDefinition>,
): readonly FilterRule[] {
  const prefix = desired.settings.prefix;
  const structure = new Structure(sets);
  const nat = reading.order.nat.flatMap((name) => {
    const object = reading.objects.get(keyOf('nat', name));
    const owner = rules.find((rule) => rule.id === ruleIdOf(prefix, name) && rule.translation.kind !== 'absent');
    if (!object || !owner) return [];
    const source = sideOf(reading, prefix, list(object.fields, 'source'), 4);
    const destination = sideOf(reading, prefix, list(object.fields, 'destination'), 4);
    const service = String(object.fields.service);
    const group = reading.objects.get(keyOf('service-group', service));
    const services = servicesOf(reading, group ? list(group.fields, 'members') : [service]);
    return source && destination && services ? [{ ...owner, families: [4 as Family], source, destination, services }] : [];
  });
  if (nat.length === 0) return rules;
  return rules.map((rule) => {
    if (rule.translation.kind !== 'absent' || !isTranslatable(rule) || !rule.families.includes(4)) return rule;
    const v4: FilterRule = { ...rule, families: [4] };
    for (const entry of nat) {
      if (entry.border !== rule.border || !structure.mayMeet(entry, v4)) continue;
      return structure.surelyCovers(entry, v4) ? { ...rule, translation: entry.translation } : rule;
    }
    return rule;
  });
}

/** Rules whose NAT rules are not as their translation says lose it: the proof shall find the packet. */
function withoutStrayNat(
  reading: Reading,
  desired: Desired,
  rules: readonly FilterRule[],
  sets: ReadonlyMap<SetId, SetDefinition>,
): FilterRule[] {
  const wanted = write({ ...desired, rulebook: { rules, sets } });
  const namesOf = Map.groupBy(wanted.nat, (name) => ruleIdOf(desired.settings.prefix, name));
  const sound = (rule: FilterRule): boolean => {
    return (namesOf.get(rule.id) ?? []).every((name) => {
      const [want, have] = [wanted.objects.get(keyOf('nat', name)), reading.objects.get(keyOf('nat', name))];
      return want !== undefined && have !== undefined && canonical(want.fields) === canonical(have.fields);
    });
  };
  const wantedNames = new Set(wanted.nat);
  const ours = reading.order.nat.filter((name) => reading.objects.has(keyOf('nat', name)));
  const there = new Set(ours);
  const inOrder = ours.filter((name) => wantedNames.has(name)).join() === wanted.nat.filter((name) => there.has(name)).join();
  return rules.map((rule) =>
    rule.translation.kind === 'absent' || (inOrder && sound(rule)) ? rule : { ...rule, translation: { kind: 'absent' } },
  );
}

function driftOf(reading: Reading, desired: Desired): Drift[] {
  const out: Drift[] = [];
  const marker = markerOf(desired.settings.prefix);
  for (const object of reading.objects.values()) {
    if (object.table === 'service-group' || object.name === marker || object.name === nothingName(desired.settings.prefix)) continue;
    const sealed = sealOf(object.description);
    if (sealed === seal(object.fields)) continue;
    out.push({
      object: `${object.table} ${object.name}`,
      before: sealed === undefined ? 'as cextfire wrote it' : `as cextfire wrote it ${sealed}`,
      after: canonical(object.fields),
    });
  }
  return out;
}
