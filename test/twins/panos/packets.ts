/**
 * What a firewall's running configuration does with a packet: the first of a connection. NAT is looked up before the filter; the filter
 * sees the addresses before NAT and the zone after destination NAT (reference B1.6). The first rule that matches decides, then the
 * default rules: allowed inside a zone, denied between zones.
 */
import { type AddressRange, parsePrefix, parseRange } from '../../../functions/packets/address.ts';
import type { Packet } from '../../../functions/packets/packet.ts';
import type { Device } from './device.ts';
import { child, type Element, entries, members, named, textOf } from './element.ts';
import { APPLICATIONS, PREDEFINED_SERVICES } from './schema.ts';
import { device as deviceNode, lookup, type Scope } from './scope.ts';
import { filterMatches, parseFilter, type TagFilter } from './tag-filter.ts';

export interface Verdict {
  readonly action: 'allow' | 'deny';
  /** "interzone-default" and "intrazone-default" are the device's own */
  readonly rule: string;
  readonly logged: boolean;
  readonly nat?: string;
  /** addresses that the source may get; undefined = its own */
  readonly source?: readonly AddressRange[];
  readonly destination?: bigint;
}

interface Addresses {
  readonly any: boolean;
  readonly ranges: readonly AddressRange[];
  readonly filters: readonly TagFilter[];
  readonly negated: boolean;
}

interface Ports {
  readonly protocol: number;
  readonly source: readonly (readonly [number, number])[] | undefined;
  readonly destination: readonly (readonly [number, number])[];
}

interface CompiledRule {
  readonly name: string;
  readonly from: ReadonlySet<string> | undefined;
  readonly to: ReadonlySet<string> | undefined;
  readonly source: Addresses;
  readonly destination: Addresses;
  readonly services: readonly Ports[] | 'any' | 'application-default';
  readonly applications: readonly string[] | 'any';
  readonly action: string;
  readonly logged: boolean;
  readonly type: string;
  readonly natType: string;
  readonly translation: readonly AddressRange[] | undefined;
  readonly destinationTranslation: bigint | undefined;
}

interface Compiled {
  readonly security: readonly CompiledRule[];
  readonly nat: readonly CompiledRule[];
  readonly zones: readonly { readonly range: AddressRange; readonly zone: string }[];
}

function literal(text: string): AddressRange | undefined {
  return text.includes('-') ? parseRange(text) : parsePrefix(text);
}

function addAddress(scope: Scope, name: string, out: { ranges: AddressRange[]; filters: TagFilter[] }, depth = 0): void {
  const object = lookup(scope, 'address', name);
  const group = lookup(scope, 'address-group', name);
  if (object) {
    const range = literal(textOf(object, 'ip-netmask') ?? textOf(object, 'ip-range') ?? '');
    if (range) out.ranges.push(range);
  } else if (group && depth < 8) {
    const filter = parseFilter(textOf(group, 'dynamic', 'filter') ?? '');
    if (filter) out.filters.push(filter);
    for (const member of members(group, 'static')) addAddress(scope, member, out, depth + 1);
  } else {
    const range = literal(name);
    if (range) out.ranges.push(range);
  }
}

function addresses(scope: Scope, rule: Element, key: 'source' | 'destination'): Addresses {
  const names = members(rule, key);
  const out = { ranges: [] as AddressRange[], filters: [] as TagFilter[] };
  for (const name of names) if (name !== 'any') addAddress(scope, name, out);
  return { any: names.includes('any'), ...out, negated: textOf(rule, `negate-${key}`) === 'yes' };
}

const portList = (text: string): (readonly [number, number])[] =>
  text.split(',').map((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return [first, last] as const;
  });

function addService(scope: Scope, name: string, out: Ports[], depth = 0): void {
  const predefined = PREDEFINED_SERVICES[name];
  const object = lookup(scope, 'service', name);
  if (object) {
    for (const kind of child(object, 'protocol')?.children ?? []) {
      const source = textOf(kind, 'source-port');
      out.push({
        protocol: kind.name === 'tcp' ? 6 : 17,
        source: source ? portList(source) : undefined,
        destination: portList(textOf(kind, 'port') ?? '0-65535'),
      });
    }
  } else if (predefined) out.push({ protocol: 6, source: undefined, destination: portList(predefined) });
  else if (depth < 8)
    for (const member of members(lookup(scope, 'service-group', name), 'members')) addService(scope, member, out, depth + 1);
}

function services(scope: Scope, rule: Element): CompiledRule['services'] {
  const single = textOf(rule, 'service');
  const names = single ? [single] : members(rule, 'service');
  if (names.includes('any')) return 'any';
  if (names.includes('application-default')) return 'application-default';
  const out: Ports[] = [];
  for (const name of names) addService(scope, name, out);
  return out;
}

function compileRule(scope: Scope, rule: Element, serial: string): CompiledRule | undefined {
  if (textOf(rule, 'disabled') === 'yes') return undefined;
  const targets = entries(rule, 'target', 'devices').map((one) => one.attributes.name);
  if (targets.length > 0 && targets.includes(serial) === (textOf(rule, 'target', 'negate') === 'yes')) return undefined;
  const zones = (key: string) => (members(rule, key).includes('any') ? undefined : new Set(members(rule, key)));
  const applications = members(rule, 'application');
  const translation = child(rule, 'source-translation');
  const pool = members(translation, 'dynamic-ip-and-port', 'translated-address');
  const dynamic = members(translation, 'dynamic-ip', 'translated-address');
  const fixed = textOf(translation, 'static-ip', 'translated-address');
  const names = [...pool, ...dynamic, ...(fixed === undefined ? [] : [fixed])];
  const out = { ranges: [] as AddressRange[], filters: [] as TagFilter[] };
  for (const name of names) addAddress(scope, name, out);
  const toAddress = textOf(rule, 'destination-translation', 'translated-address');
  const to = { ranges: [] as AddressRange[], filters: [] as TagFilter[] };
  if (toAddress !== undefined) addAddress(scope, toAddress, to);
  return {
    name: rule.attributes.name ?? '',
    from: zones('from'),
    to: zones('to'),
    source: addresses(scope, rule, 'source'),
    destination: addresses(scope, rule, 'destination'),
    services: services(scope, rule),
    applications: applications.length === 0 || applications.includes('any') ? 'any' : applications,
    action: textOf(rule, 'action') ?? 'allow',
    logged: textOf(rule, 'log-start') === 'yes' || textOf(rule, 'log-end') !== 'no',
    type: textOf(rule, 'rule-type') ?? 'universal',
    natType: textOf(rule, 'nat-type') ?? 'ipv4',
    translation: names.length > 0 ? out.ranges : undefined,
    destinationTranslation: to.ranges[0]?.first,
  };
}

const holds = (range: AddressRange, family: 4 | 6, value: bigint): boolean =>
  range.family === family
    ? range.first <= value && value <= range.last
    : // IPv4 counts as a subset of IPv6: ::/0 is any
      range.family === 6 && family === 4 && range.first === 0n && range.last === (1n << 128n) - 1n;

export class PacketPath {
  readonly #device: Device;
  readonly #vsys: string;
  #compiled: { readonly version: number; readonly pushed: unknown; readonly template: unknown; readonly rules: Compiled } | undefined;

  constructor(device: Device, vsys = 'vsys1') {
    this.#device = device;
    this.#vsys = vsys;
  }

  #rules(): Compiled {
    const { configuration, pushed, template } = this.#device;
    const known = this.#compiled;
    if (known?.version === configuration.version && known.pushed === pushed && known.template === template) return known.rules;
    const root = configuration.running;
    const path = `/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='${this.#vsys}']/rulebase`;
    const scope = this.#device.scopeAt(root, path);
    const local = child(this.#device.vsysNode(this.#vsys), 'rulebase');
    const bases = [...(pushed?.pre ?? []), ...(local ? [local] : []), ...(pushed?.post ?? [])];
    const compile = (kind: string) =>
      bases.flatMap((base) => entries(base, kind, 'rules')).flatMap((rule) => compileRule(scope, rule, this.#device.options.serial) ?? []);
    const rules = { security: compile('security'), nat: compile('nat'), zones: routes(this.#device.effective(), this.#vsys) };
    this.#compiled = { version: configuration.version, pushed, template, rules };
    return rules;
  }

  /** The zone behind which an address lies, by interfaces and static routes; the longest prefix wins. */
  zoneOf(family: 4 | 6, value: bigint): string | undefined {
    let best: { size: bigint; zone: string } | undefined;
    for (const { range, zone } of this.#rules().zones) {
      const size = range.last - range.first;
      if (range.family === family && range.first <= value && value <= range.last && (!best || size < best.size)) best = { size, zone };
    }
    return best?.zone;
  }

  /** `from` and `to` are zones; left out, routing tells them. `counted`: the packet counts as a hit of its rules. */
  decide(packet: Packet, zones: { readonly from?: string; readonly to?: string } = {}, counted = true): Verdict {
    this.#device.settle();
    const rules = this.#rules();
    const from = zones.from ?? this.zoneOf(packet.family, packet.source) ?? '';
    const routed = zones.to ?? this.zoneOf(packet.family, packet.destination) ?? '';
    const tags = {
      source: this.#device.registeredIn(this.#vsys).tagsOf(packet.family, packet.source),
      destination: this.#device.registeredIn(this.#vsys).tagsOf(packet.family, packet.destination),
    };
    const nat = rules.nat.find(
      (rule) => (rule.natType === 'ipv4') === (packet.family === 4) && matches(rule, packet, from, routed, tags, true),
    );
    const destination = nat?.destinationTranslation;
    const to = destination === undefined ? routed : (this.zoneOf(packet.family, destination) ?? routed);
    const rule = rules.security.find((one) => matches(one, packet, from, to, tags, false));
    if (counted && nat) this.#device.hit('nat', nat.name);
    if (counted && rule) this.#device.hit('security', rule.name);
    const translated = {
      ...(nat ? { nat: nat.name } : {}),
      ...(nat?.translation ? { source: nat.translation } : {}),
      ...(destination === undefined ? {} : { destination }),
    };
    if (!rule)
      return from === to
        ? { action: 'allow', rule: 'intrazone-default', logged: false, ...translated }
        : { action: 'deny', rule: 'interzone-default', logged: false };
    return rule.action === 'allow'
      ? { action: 'allow', rule: rule.name, logged: rule.logged, ...translated }
      : { action: 'deny', rule: rule.name, logged: rule.logged };
  }
}

type HasTag = (tag: string) => boolean;

function inside(side: Addresses, family: 4 | 6, value: bigint, has: HasTag): boolean {
  if (side.any) return !side.negated;
  const there = side.ranges.some((range) => holds(range, family, value)) || side.filters.some((filter) => filterMatches(filter, has));
  return there !== side.negated;
}

function matches(
  rule: CompiledRule,
  packet: Packet,
  from: string,
  to: string,
  tags: { source: HasTag; destination: HasTag },
  nat: boolean,
): boolean {
  if (rule.from && !rule.from.has(from)) return false;
  if (rule.to && !rule.to.has(to)) return false;
  if (rule.type === 'intrazone' && from !== to) return false;
  if (rule.type === 'interzone' && from === to) return false;
  if (!inside(rule.source, packet.family, packet.source, tags.source)) return false;
  if (!inside(rule.destination, packet.family, packet.destination, tags.destination)) return false;
  return serviceMatches(rule, packet) && (nat || applicationMatches(rule, packet));
}

const within = (list: readonly (readonly [number, number])[], port: number | undefined): boolean =>
  port !== undefined && list.some(([first, last]) => first <= port && port <= last);

function serviceMatches(rule: CompiledRule, packet: Packet): boolean {
  if (rule.services === 'any' || rule.services === 'application-default') return true;
  return rule.services.some(
    (one) =>
      one.protocol === packet.protocol &&
      within(one.destination, packet.destinationPort) &&
      (!one.source || within(one.source, packet.sourcePort)),
  );
}

/** What App-ID would call the first packet: by type for ICMP, by its default port for the rest. */
function applicationMatches(rule: CompiledRule, packet: Packet): boolean {
  if (rule.applications === 'any') return true;
  return rule.applications.some((name) => {
    if (packet.protocol === 1) return name === (packet.icmpType === 8 || packet.icmpType === 0 ? 'ping' : 'icmp');
    if (packet.protocol === 58) return name === (packet.icmpType === 128 || packet.icmpType === 129 ? 'ping6' : 'ipv6-icmp');
    const ports = APPLICATIONS[name]?.[packet.protocol === 6 ? 'tcp' : 'udp'];
    return (packet.protocol === 6 || packet.protocol === 17) && ports !== undefined && within(portList(ports), packet.destinationPort);
  });
}

function routes(root: Element, vsys: string): { range: AddressRange; zone: string }[] {
  const network = child(deviceNode(root), 'network');
  const zoneOfInterface = new Map<string, string>();
  for (const zone of entries(named(child(deviceNode(root), 'vsys'), vsys), 'zone')) {
    for (const name of members(zone, 'network', 'layer3')) zoneOfInterface.set(name, zone.attributes.name ?? '');
  }
  const out: { range: AddressRange; zone: string }[] = [];
  const add = (prefix: string | undefined, port: string | undefined) => {
    const range = prefix === undefined ? undefined : parsePrefix(prefix);
    const zone = port === undefined ? undefined : zoneOfInterface.get(port);
    if (range && zone) out.push({ range, zone });
  };
  for (const port of entries(network, 'interface', 'ethernet')) {
    for (const ip of entries(port, 'layer3', 'ip')) add(ip.attributes.name, port.attributes.name);
    for (const ip of entries(port, 'layer3', 'ipv6', 'address')) add(ip.attributes.name, port.attributes.name);
  }
  for (const router of entries(network, 'virtual-router')) {
    for (const family of ['ip', 'ipv6']) {
      for (const route of entries(router, 'routing-table', family, 'static-route'))
        add(textOf(route, 'destination'), textOf(route, 'interface'));
    }
  }
  return out;
}
