/**
 * `type=user-id`: registered addresses (reference B1.10), users and their tags. One bad or doubled line makes the whole answer an error, the
 * others hold all the same.
 */
import { type Answer, failure, success } from './answer.ts';
import type { Device } from './device.ts';
import { child, type Element, element, entries, parseFragment, print } from './element.ts';

export function userId(device: Device, command: string, vsys = 'vsys1'): Answer {
  const message = parseFragment(command)?.[0];
  if (message?.name !== 'uid-message') return failure('18', 'Malformed command: uid-message expected');
  // some clients put the payload into <type>, and devices take it
  const payload = child(message, 'payload') ?? child(message, 'type', 'payload');
  if (!payload) return failure('18', 'Malformed command: payload expected');
  const complaints = registered(device, payload, vsys);
  users(device, payload);
  const reply = (nodes: Element[]) => print(element('uid-response', [element('version', '2.0'), element('payload', nodes)]));
  if (complaints.length === 0) return success(`<result>${reply([])}</result>`);
  return { ...failure(undefined), body: `<response status="error"><msg><line>${reply(complaints)}</line></msg></response>` };
}

function registered(device: Device, payload: Element, vsys: string): Element[] {
  const table = device.registeredIn(vsys);
  const complaints = { unregister: [] as Element[], register: [] as Element[] };
  const unregistered = new Set<string>();
  for (const entry of entries(payload, 'unregister')) {
    const ip = entry.attributes.ip ?? '';
    const tags = child(entry, 'tag')?.children.map((one) => one.text);
    unregistered.add(ip);
    for (const tag of tags ?? [undefined]) {
      const wrong = table.unregister(ip, tag);
      if (wrong) complaints.unregister.push(element('entry', [], { ip, message: wrong }));
    }
  }
  for (const entry of entries(payload, 'register')) {
    const ip = entry.attributes.ip ?? '';
    // an address that is unregistered in the same message keeps out: seen with several clients (reference B1.10)
    if (unregistered.has(ip)) continue;
    const persistent = (entry.attributes.persistent ?? '1') === '1';
    for (const tag of child(entry, 'tag')?.children ?? []) {
      const before = table.overflows;
      const wrong = table.register(ip, tag.text, Number(tag.attributes.timeout ?? '0'), persistent);
      if (table.overflows > before) device.note('SYSTEM', { severity: 'critical', opaque: 'max registered-ip for the platform reached' });
      if (wrong) complaints.register.push(element('entry', [], { ip, message: wrong }));
    }
  }
  return (['unregister', 'register'] as const).filter((kind) => complaints[kind].length > 0).map((kind) => element(kind, complaints[kind]));
}

function users(device: Device, payload: Element): void {
  const { mappings, groups, tags } = device.users;
  for (const { attributes } of entries(payload, 'login')) mappings.set(attributes.ip ?? '', attributes.name ?? '');
  for (const { attributes } of entries(payload, 'logout')) mappings.delete(attributes.ip ?? '');
  for (const group of entries(payload, 'groups'))
    groups.set(group.attributes.name ?? '', new Set(entries(group, 'members').map((one) => one.attributes.name ?? '')));
  for (const entry of entries(payload, 'register-user')) {
    const list = tags.get(entry.attributes.user ?? '') ?? new Set();
    for (const { text } of child(entry, 'tag')?.children ?? []) list.add(text);
    tags.set(entry.attributes.user ?? '', list);
  }
  for (const entry of entries(payload, 'unregister-user')) {
    const user = entry.attributes.user ?? '';
    const gone = child(entry, 'tag')?.children.map((one) => one.text);
    for (const tag of gone ?? [...(tags.get(user) ?? [])]) tags.get(user)?.delete(tag);
    if (tags.get(user)?.size === 0) tags.delete(user);
  }
}
