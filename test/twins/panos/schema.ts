/** What the device checks about its objects, in its words. Limits and texts: reference B1.4, B1.6, B1.10. */
import { parsePrefix, parseRange } from '../../../functions/packets/address.ts';
import { child, type Element, entries, members, textOf } from './element.ts';
import { lookup, type Scope } from './scope.ts';
import { parseFilter } from './tag-filter.ts';

export const NAME = /^[A-Za-z0-9_.\- ]{1,63}$/;
/** Applications that come with the device's content; enough for a border. */
export const APPLICATIONS: Readonly<Record<string, { readonly tcp?: string; readonly udp?: string }>> = {
  'web-browsing': { tcp: '80' },
  ssl: { tcp: '443' },
  dns: { tcp: '53', udp: '53' },
  ssh: { tcp: '22' },
  ntp: { udp: '123' },
  smtp: { tcp: '25' },
  ping: {},
  icmp: {},
  ping6: {},
  'ipv6-icmp': {},
};
export const PREDEFINED_SERVICES: Readonly<Record<string, string>> = { 'service-http': '80,8080', 'service-https': '443' };

/** Elements of which a node has one at most: setting one takes the others away. */
export const CHOICES: readonly (readonly string[])[] = [
  ['ip-netmask', 'ip-range', 'fqdn', 'ip-wildcard'],
  ['static', 'dynamic'],
  ['tcp', 'udp', 'sctp'],
  ['dynamic-ip-and-port', 'dynamic-ip', 'static-ip'],
  ['destination-translation', 'dynamic-destination-translation'],
];

const TABLE = /\/(address|address-group|service|service-group|tag)\/entry\[@name='([^']*)'\]$/;
const RULE = /\/(security|nat)\/rules\/entry\[@name='([^']*)'\]$/;
const PORTS = /^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/;

/** "1.2.3.4", a prefix or a range: what rules and groups take besides names. */
export const isLiteral = (text: string): boolean =>
  parsePrefix(text) !== undefined || (text.includes('-') && parseRange(text) !== undefined);

function portsAreValid(text: string): boolean {
  return (
    PORTS.test(text) &&
    text.length <= 1023 &&
    text.split(',').every((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return first <= last && last <= 65535;
    })
  );
}

function enumeration(node: Element, name: string, key: string, allowed: readonly string[]): string[] {
  const value = textOf(node, key);
  return value === undefined || allowed.includes(value) ? [] : [` ${name} -> ${key} '${value}' is not an allowed keyword`];
}

function lengths(node: Element, name: string, limits: Readonly<Record<string, number>>): string[] {
  return Object.entries(limits).flatMap(([key, limit]) => {
    const length = textOf(node, key)?.length ?? 0;
    return length > limit ? [` ${name} -> ${key} can be at most ${limit} characters, but current length: ${length}`] : [];
  });
}

function notReferences(name: string, key: string, values: readonly string[], valid: (value: string) => boolean): string[] {
  return values.filter((value) => !valid(value)).map((value) => ` ${name} -> ${key} '${value}' is not a valid reference`);
}

const isAddress = (scope: Scope) => (name: string) =>
  lookup(scope, 'address', name) !== undefined || lookup(scope, 'address-group', name) !== undefined;

function checkObject(table: string, name: string, node: Element, scope: Scope): string[] {
  const wrong = [...lengths(node, name, { description: 1023, comments: 1023 })];
  if (table !== 'tag') wrong.push(...notReferences(name, 'tag', members(node, 'tag'), (tag) => lookup(scope, 'tag', tag) !== undefined));
  if (table === 'tag' && !/^color([1-9]|[1-3]\d|4[0-2])$/.test(textOf(node, 'color') ?? 'color1'))
    wrong.push(` ${name} -> color '${textOf(node, 'color')}' is not an allowed keyword`);
  if (table === 'address') {
    const netmask = textOf(node, 'ip-netmask');
    if (netmask !== undefined && parsePrefix(netmask) === undefined)
      wrong.push(` ${name} -> ip-netmask '${netmask}' is not a valid ipv4/v6 address`);
    const range = textOf(node, 'ip-range');
    if (range !== undefined && (!range.includes('-') || !parseRange(range))) wrong.push(` ${name} -> ip-range '${range}' is invalid`);
    wrong.push(...lengths(node, name, { fqdn: 255 }));
  }
  if (table === 'address-group') {
    wrong.push(...notReferences(name, 'static', members(node, 'static'), isAddress(scope)));
    if (members(node, 'static').includes(name)) wrong.push(` ${name} -> static '${name}' cannot be a member of itself`);
    const filter = textOf(node, 'dynamic', 'filter');
    if (child(node, 'dynamic') && (filter === undefined || !parseFilter(filter)))
      wrong.push(` ${name} -> dynamic -> filter '${filter ?? ''}' is invalid`);
    if ((filter?.length ?? 0) > 2047)
      wrong.push(` ${name} -> dynamic -> filter can be at most 2047 characters, but current length: ${filter?.length}`);
  }
  if (table === 'service') {
    const protocol = child(node, 'protocol');
    for (const kind of protocol?.children ?? []) {
      if (kind.name !== 'tcp' && kind.name !== 'udp') {
        wrong.push(` ${name} -> protocol -> ${kind.name} unexpected here`);
        continue;
      }
      for (const key of ['port', 'source-port']) {
        const ports = textOf(kind, key);
        if (ports !== undefined && !portsAreValid(ports))
          wrong.push(` ${name} -> protocol -> ${kind.name} -> ${key} '${ports}' is invalid`);
      }
    }
  }
  if (table === 'service-group') {
    const known = (one: string) =>
      lookup(scope, 'service', one) !== undefined || lookup(scope, 'service-group', one) !== undefined || one in PREDEFINED_SERVICES;
    wrong.push(...notReferences(name, 'members', members(node, 'members'), known));
  }
  return wrong;
}

const SECURITY_ACTIONS = ['allow', 'deny', 'drop', 'reset-client', 'reset-server', 'reset-both'];

function checkRule(kind: string, name: string, node: Element, scope: Scope, dagInNat: boolean): string[] {
  const wrong = [...lengths(node, name, { description: 1024, 'group-tag': 127, 'log-setting': 63 })];
  const zone = (one: string) => one === 'any' || (kind === 'security' && one === 'multicast') || !scope.zones || scope.zones.has(one);
  for (const key of ['from', 'to']) wrong.push(...notReferences(name, key, members(node, key), zone));
  const known = isAddress(scope);
  const address = (one: string) => one === 'any' || isLiteral(one) || known(one) || lookup(scope, 'external-list', one) !== undefined;
  for (const key of ['source', 'destination']) {
    wrong.push(...notReferences(name, key, members(node, key), address));
    if (members(node, key).length > 1 && members(node, key).includes('any'))
      wrong.push(` ${name} -> ${key} 'any' cannot be combined with other values`);
    if (kind === 'nat' && !dagInNat) {
      const dynamic = members(node, key).filter((one) => child(lookup(scope, 'address-group', one), 'dynamic'));
      wrong.push(...dynamic.map((one) => ` ${name} -> ${key} '${one}' is a dynamic address group and cannot be used in a NAT rule`));
    }
  }
  const service = (one: string) =>
    one === 'any' ||
    (kind === 'security' && one === 'application-default') ||
    one in PREDEFINED_SERVICES ||
    lookup(scope, 'service', one) !== undefined ||
    lookup(scope, 'service-group', one) !== undefined;
  const single = textOf(node, 'service');
  const services = kind === 'nat' ? (single ? [single] : members(node, 'service')) : members(node, 'service');
  wrong.push(...notReferences(name, 'service', services, service));
  wrong.push(...notReferences(name, 'tag', members(node, 'tag'), (tag) => lookup(scope, 'tag', tag) !== undefined));
  const group = textOf(node, 'group-tag');
  if (group !== undefined) wrong.push(...notReferences(name, 'group-tag', [group], (tag) => lookup(scope, 'tag', tag) !== undefined));
  for (const key of ['disabled', 'log-start', 'log-end', 'negate-source', 'negate-destination'])
    wrong.push(...enumeration(node, name, key, ['yes', 'no']));
  if (kind === 'security') {
    wrong.push(...enumeration(node, name, 'action', SECURITY_ACTIONS));
    wrong.push(...enumeration(node, name, 'rule-type', ['universal', 'intrazone', 'interzone']));
    const application = (one: string) =>
      one === 'any' ||
      one in APPLICATIONS ||
      lookup(scope, 'application', one) !== undefined ||
      lookup(scope, 'application-group', one) !== undefined;
    wrong.push(...notReferences(name, 'application', members(node, 'application'), application));
  } else {
    wrong.push(...enumeration(node, name, 'nat-type', ['ipv4', 'nat64', 'nptv6']));
    if (members(node, 'to').length > 1) wrong.push(` ${name} -> to takes one zone`);
    for (const value of members(node, 'source-translation', 'dynamic-ip-and-port', 'translated-address')) {
      if (!isLiteral(value) && !known(value))
        wrong.push(` ${name} -> source-translation -> dynamic-ip-and-port -> translated-address '${value}' is not a valid reference`);
    }
  }
  return wrong;
}

/** What a write of this unit is refused for, as lines in the device's words. */
export function checkUnit(path: string, node: Element, scope: Scope, dagInNat: boolean): string[] {
  const object = TABLE.exec(path);
  const rule = RULE.exec(path);
  const name = object?.[2] ?? rule?.[2];
  if (name === undefined) return [];
  const wrong: string[] = [];
  if (object?.[1] === 'tag' ? name.length > 127 || name === '' : !NAME.test(name)) {
    wrong.push(
      name.length > 63 ? ` ${name} can be at most 63 characters, but current length: ${name.length}` : ` ${name} is invalid. Invalid name`,
    );
  }
  return [
    ...wrong,
    ...(rule ? checkRule(rule[1] as string, name, node, scope, dagInNat) : checkObject(object?.[1] as string, name, node, scope)),
  ];
}

/** What a commit asks besides: parts that a rule or an object must have. */
export function missingParts(path: string, node: Element): string[] {
  const rule = RULE.exec(path);
  if (rule) {
    const wanted =
      rule[1] === 'security'
        ? ['from', 'to', 'source', 'destination', 'application', 'service', 'action']
        : ['from', 'to', 'source', 'destination', 'service'];
    return wanted
      .filter((key) => child(node, key) === undefined || (key !== 'action' && key !== 'service' && members(node, key).length === 0))
      .map((key) => `${rule[1] === 'nat' ? 'rulebase -> nat' : 'rulebase -> security'} -> rules -> ${rule[2]} is missing '${key}'`);
  }
  const object = TABLE.exec(path);
  if (object?.[1] === 'address' && !CHOICES[0]?.some((key) => child(node, key))) return [`address -> ${object[2]} is missing 'ip-netmask'`];
  if (object?.[1] === 'address-group' && !child(node, 'static') && !child(node, 'dynamic'))
    return [`address-group -> ${object[2]} is missing 'static'`];
  if (object?.[1] === 'address-group' && child(node, 'static') && members(node, 'static').length === 0)
    return [`address-group -> ${object[2]} -> static is missing 'member'`];
  if (object?.[1] === 'service' && !entries(node).length && !child(node, 'protocol')?.children.length)
    return [`service -> ${object[2]} is missing 'protocol'`];
  return [];
}

/** Names that a unit refers to, by what they may be; `text` is where, for the list of referrers. */
export function references(
  path: string,
  node: Element,
): { readonly kind: 'address' | 'service' | 'tag'; readonly name: string; readonly where: string }[] {
  const object = TABLE.exec(path);
  const rule = RULE.exec(path);
  const at = (kind: 'address' | 'service' | 'tag', ...keys: string[]) =>
    members(node, ...keys).map((name) => ({ kind, name, where: keys.join(' -> ') }));
  if (rule) {
    const single = textOf(node, 'service');
    const group = textOf(node, 'group-tag');
    return [
      ...at('address', 'source'),
      ...at('address', 'destination'),
      ...at('address', 'source-translation', 'dynamic-ip-and-port', 'translated-address'),
      ...at('service', 'service'),
      ...(single ? [{ kind: 'service' as const, name: single, where: 'service' }] : []),
      ...at('tag', 'tag'),
      ...(group ? [{ kind: 'tag' as const, name: group, where: 'group-tag' }] : []),
    ];
  }
  if (object) return [...at('address', 'static'), ...at('service', 'members'), ...at('tag', 'tag')];
  return [];
}
