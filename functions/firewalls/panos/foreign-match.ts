/**
 * What a rule of an administrator matches, as far as it can be known from here: addresses, services and zones exactly where they are plain, "maybe" where the
 * device decides by more (applications, users, registered tags of others, names, schedules).
 */
import { type Family, parsePrefix, parseRange, rangeToPrefixes } from '../../packets/address.ts';
import { type AddressSet, complementOf, EVERY_ADDRESS, NO_ADDRESS, prefixSet } from '../../packets/address-set.ts';
import type { FilterRule, NumberRange, Service } from '../../rulebook/types.ts';
import { at, entriesOf, texts, type Xml } from './xml.ts';

export interface ForeignRule {
  readonly name: string;
  readonly action: 'allow' | 'deny';
  /** undefined: any */
  readonly from: ReadonlySet<string> | undefined;
  readonly to: ReadonlySet<string> | undefined;
  /** "universal", or only inside a zone ("intrazone"), or only between zones ("interzone") */
  readonly type: string;
  readonly source: ForeignSide;
  readonly destination: ForeignSide;
  readonly services: FilterRule['services'];
  /** it may match more than its known services */
  readonly isServiceUnsure: boolean;
  /** what is known matches only where something else holds as well: an application, a user, a schedule */
  readonly only: string | undefined;
}

export interface ForeignSide {
  readonly known: Readonly<Record<Family, AddressSet>>;
  /** it may hold more */
  readonly isUnsure: boolean;
}

/** Where names are looked up, nearest first: the vsys or device group, then what is shared. */
export type Scope = readonly (Xml | undefined)[];

const PREDEFINED: Readonly<Record<string, string>> = { 'service-http': '80,8080', 'service-https': '443' };
const MOST_NESTED = 8;

/** Fields that narrow a rule in ways that nobody can tell from outside; with `any` or empty they do not. */
const NARROWING = ['source-user', 'category', 'source-hip', 'destination-hip', 'schedule', 'source-imsi', 'source-imei', 'source-nw-slice'];

export function foreignRule(entry: Xml, scope: Scope): ForeignRule | undefined {
  const text = (...path: string[]) => at(entry, ...path)?.text;
  if (text('disabled') === 'yes') return undefined;
  const zones = (key: string) => {
    const list = texts(entry, key);
    return list.length === 0 || list.includes('any') ? undefined : new Set(list);
  };
  const service = text('service');
  const names = service !== undefined && service !== '' ? [service] : texts(entry, 'service');
  const services: Service[] = [];
  const isServiceUnsure = !names.every((name) => addService(scope, name, services, 0));
  const applications = texts(entry, 'application').filter((name) => name !== 'any');
  const narrowed = NARROWING.filter((key) => ![...texts(entry, key), text(key) ?? ''].every((value) => value === '' || value === 'any'));
  const only = [
    ...(applications.length > 0 ? [`application ${applications.join(', ')}`] : []),
    ...narrowed,
    ...(entriesOf(entry, 'target', 'devices').length > 0 ? ['target devices'] : []),
  ];
  return {
    name: entry.attributes.name ?? '',
    action: (text('action') ?? 'allow') === 'allow' ? 'allow' : 'deny',
    from: zones('from'),
    to: zones('to'),
    type: text('rule-type') ?? 'universal',
    source: sideOf(entry, 'source', scope),
    destination: sideOf(entry, 'destination', scope),
    services: names.some((name) => name === 'any' || name === 'application-default') ? 'any' : services,
    isServiceUnsure,
    only: only.length > 0 ? only.join(', ') : undefined,
  };
}

const indexes = new WeakMap<Xml, Map<string, ReadonlyMap<string, Xml>>>();

function find(scope: Scope, table: string, name: string): Xml | undefined {
  for (const root of scope) {
    if (!root) continue;
    const tables = indexes.get(root) ?? new Map<string, ReadonlyMap<string, Xml>>();
    indexes.set(root, tables);
    let entries = tables.get(table);
    if (!entries) {
      entries = new Map(entriesOf(root, table).map((entry) => [entry.attributes.name ?? '', entry]));
      tables.set(table, entries);
    }
    const found = entries.get(name);
    if (found) return found;
  }
  return undefined;
}

function sideOf(entry: Xml, key: 'source' | 'destination', scope: Scope): ForeignSide {
  const names = texts(entry, key);
  if (names.length === 0 || names.includes('any')) return { known: EVERY_ADDRESS, isUnsure: false };
  const prefixes: string[] = [];
  const isSure = names.every((name) => addAddress(scope, name, prefixes, 0));
  const known = bothFamilies((family) => prefixSet(family, prefixes));
  if (at(entry, `negate-${key}`)?.text !== 'yes') return { known, isUnsure: !isSure };
  // of what is not this list nothing is sure while the list is not
  return isSure ? { known: bothFamilies((family) => complementOf(known[family])), isUnsure: false } : { known: NO_ADDRESS, isUnsure: true };
}

const bothFamilies = (of: (family: Family) => AddressSet): Record<Family, AddressSet> => ({ 4: of(4), 6: of(6) });

/** False where the name stands for something that is not known here. */
function addAddress(scope: Scope, name: string, out: string[], depth: number): boolean {
  const object = find(scope, 'address', name);
  const group = find(scope, 'address-group', name);
  const value = object ? (at(object, 'ip-netmask')?.text ?? at(object, 'ip-range')?.text ?? '') : name;
  const range = parseRange(value) ?? parsePrefix(value);
  if (range && !group) {
    out.push(...rangeToPrefixes(range));
    // "::/0" means IPv4 too (reference B1.6)
    if (value === '::/0') out.push('0.0.0.0/0');
    return true;
  }
  if (!group || at(group, 'dynamic') || depth >= MOST_NESTED) return false;
  let isSure = true;
  for (const member of texts(group, 'static')) if (!addAddress(scope, member, out, depth + 1)) isSure = false;
  return isSure;
}

function addService(scope: Scope, name: string, out: Service[], depth: number): boolean {
  if (name === 'any' || name === 'application-default') return true;
  const object = find(scope, 'service', name);
  const group = find(scope, 'service-group', name);
  if (object) {
    for (const kind of at(object, 'protocol')?.children ?? [])
      out.push(...ports(kind.name, at(kind, 'port')?.text, at(kind, 'source-port')?.text));
    return true;
  }
  if (!group) {
    const port = PREDEFINED[name];
    if (port !== undefined) out.push(...ports('tcp', port, undefined));
    return port !== undefined;
  }
  return depth < MOST_NESTED && texts(group, 'members').every((member) => addService(scope, member, out, depth + 1));
}

function ports(kind: string, destination: string | undefined, source: string | undefined): Service[] {
  if (kind !== 'tcp' && kind !== 'udp') return [];
  return [{ kind: 'ports', protocol: kind === 'tcp' ? 6 : 17, source: rangesOf(source), destination: rangesOf(destination) }];
}

const rangesOf = (text = '0-65535'): NumberRange[] =>
  text.split(',').map((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return { first, last };
  });
