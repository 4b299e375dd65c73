/** What the dataplane knows: registered addresses, users, groups made of them, hit counts, and which rule a packet would meet. */
import { parseAddress } from '../../../functions/packets/address.ts';
import { type Answer, failure, result, success } from './answer.ts';
import type { Device } from './device.ts';
import { child, type Element, element, entries, entry, members, textOf } from './element.ts';
import { PacketPath } from './packets.ts';
import { filterMatches, parseFilter } from './tag-filter.ts';

export function registeredIps(device: Device, command: Element, vsys: string): Answer {
  const tag = entries(command, 'tag')[0]?.attributes.name;
  const list = device.registeredIn(vsys).list({ tag, address: textOf(command, 'ip') });
  if (textOf(command, 'option') === 'count')
    return success(`<result><entry count="${list.length}"/><count>${list.length}</count></result>`);
  const start = Math.max(1, Number(textOf(command, 'start-point') ?? '1'));
  const limit = Number(textOf(command, 'limit') ?? '500');
  const page = list.slice(start - 1, start - 1 + limit).map(({ address, persistent, tags }) =>
    element(
      'entry',
      [
        element(
          'tag',
          tags.map((one) => element('member', one)),
        ),
      ],
      { ip: address, from_agent: '0', persistent: persistent ? '1' : '0' },
    ),
  );
  return result([...page, element('count', String(page.length))]);
}

/** Dynamic groups with the registered addresses that are in them now. */
export function dynamicGroups(device: Device, vsys: string, name: string | undefined): Answer {
  const groups = entries(device.vsysNode(vsys), 'address-group').filter(
    (one) => child(one, 'dynamic') && (name === undefined || one.attributes.name === name),
  );
  const all = device.registeredIn(vsys).list({});
  const lines = groups.map((one) => {
    const text = textOf(one, 'dynamic', 'filter') ?? '';
    const filter = parseFilter(text);
    const inside = all.filter(({ tags }) => filter && filterMatches(filter, (tag) => tags.includes(tag)));
    const members = inside.map(({ address }) => element('entry', [], { name: address, type: 'registered-ip' }));
    return element('entry', [
      element('vsys', vsys),
      element('group-name', one.attributes.name ?? ''),
      element('filter', text),
      element('member-list', members),
    ]);
  });
  return result([element('dyn-addr-grp', lines)]);
}

/** One line an address: which user is there, as login and logout told. */
export function userMappings(device: Device, ip: string | undefined): Answer {
  const found = [...device.users.mappings].filter(([address]) => ip === undefined || address === ip);
  const lines = found.map(([address, user]) =>
    element('entry', [element('ip', address), element('vsys', 'vsys1'), element('type', 'XMLAPI'), element('user', user)]),
  );
  return result([...lines, ...(ip === undefined ? [element('count', String(lines.length))] : [])]);
}

export function userGroups(device: Device, command: Element): Answer {
  const name = textOf(command, 'name');
  if (name === undefined) {
    const names = [...device.users.groups.keys()];
    return success(
      `<result><![CDATA[\n${names.map((one) => `${one} \n`).join('')}\nTotal: ${names.length}\n* : Custom Group\n\n]]></result>`,
    );
  }
  const list = [...(device.users.groups.get(name) ?? [])];
  if (list.length === 0) return success(`<result><![CDATA[\nUser group '${name}' does not exist or does not have members\n]]></result>`);
  const lines = list.map((one, at) => `[${String(at + 1).padEnd(6)}] ${one}\n`);
  return success(`<result><![CDATA[\n\nsource type: xmlapi\nGroup type: Dynamic\n\n${lines.join('')}\n]]></result>`);
}

export function registeredUsers(device: Device, command: Element): Answer {
  const user = textOf(command, 'user');
  const found = [...device.users.tags].filter(([name]) => user === undefined || name === user);
  const start = Math.max(1, Number(textOf(command, 'all', 'start-point') ?? '1'));
  const page = found.slice(start - 1, start - 1 + Number(textOf(command, 'all', 'limit') ?? '500'));
  const lines = page.map(([name, tags]) =>
    element(
      'entry',
      [
        element(
          'tag',
          [...tags].map((one) => element('member', one)),
        ),
      ],
      { user: name },
    ),
  );
  return result([...lines, element('count', String(lines.length))]);
}

/** `test security-policy-match` and `test nat-policy-match`: by the same way that packets go. */
export function policyMatch(device: Device, kind: 'security' | 'nat', command: Element): Answer {
  const [source, destination] = [parseAddress(textOf(command, 'source') ?? ''), parseAddress(textOf(command, 'destination') ?? '')];
  const protocol = Number(textOf(command, 'protocol') ?? Number.NaN);
  if (!source || !destination || source.family !== destination.family || !Number.isInteger(protocol))
    return failure('17', ' source, destination and protocol of one family are required');
  const [from, to, port] = [textOf(command, 'from'), textOf(command, 'to'), textOf(command, 'destination-port')];
  const packet = {
    family: source.family,
    direction: 'egress' as const,
    source: source.value,
    destination: destination.value,
    protocol,
    ...(port === undefined ? {} : { sourcePort: Number(textOf(command, 'source-port') ?? '1025'), destinationPort: Number(port) }),
  };
  const verdict = new PacketPath(device).decide(packet, { ...(from ? { from } : {}), ...(to ? { to } : {}) }, false);
  const rule = kind === 'security' ? verdict.rule : verdict.nat;
  if (rule === undefined) return result([element('rules')]);
  return result([element('rules', [entry(rule, [element('index', '1'), element('action', verdict.action)])])]);
}

/** `show rule-hit-count`: how often packets that the twin decided met each rule. */
export function hitCounts(device: Device, command: Element): Answer {
  const vsys = entries(command, 'vsys', 'vsys-name')[0];
  const base = entries(vsys, 'rule-base')[0];
  const kind = base?.attributes.name;
  if (kind === undefined) return failure('17', ' rule-hit-count is asked for by vsys and rule-base');
  const asked = child(base, 'rules', 'list') ? members(base, 'rules', 'list') : undefined;
  const rules = entries(device.vsysNode(vsys?.attributes.name ?? 'vsys1'), 'rulebase', kind, 'rules')
    .map((one) => one.attributes.name ?? '')
    .filter((name) => asked === undefined || asked.includes(name));
  const seconds = (ms: number | undefined): string => String(Math.floor((ms ?? 0) / 1000));
  const lines = rules.map((name) => {
    const hits = device.hits.get(`${kind} ${name}`);
    return entry(name, [
      element('latest', 'yes'),
      element('hit-count', String(hits?.count ?? 0)),
      element('last-hit-timestamp', seconds(hits?.last)),
      element('last-reset-timestamp', '0'),
      element('first-hit-timestamp', seconds(hits?.first)),
      element('rule-creation-timestamp', seconds(device.bootedAt)),
      element('rule-modification-timestamp', seconds(device.bootedAt)),
    ]);
  });
  const inside = entry(vsys?.attributes.name ?? 'vsys1', [element('rule-base', [entry(kind, [element('rules', lines)])])]);
  return result([element('rule-hit-count', [element('vsys', [inside])])]);
}
