/** `type=user-id`: registered addresses (reference B1.10). One bad or doubled line makes the whole answer an error, the others hold all the same. */
import { type Answer, failure, success } from './answer.ts';
import type { Device } from './device.ts';
import { child, element, entries, parseFragment, print } from './element.ts';

export function userId(device: Device, command: string): Answer {
  const message = parseFragment(command)?.[0];
  if (message?.name !== 'uid-message') return failure('18', 'Malformed command: uid-message expected');
  const payload = child(message, 'payload');
  const complaints = { unregister: [] as ReturnType<typeof element>[], register: [] as ReturnType<typeof element>[] };
  const unregistered = new Set<string>();
  for (const entry of entries(payload, 'unregister')) {
    const ip = entry.attributes.ip ?? '';
    const tags = child(entry, 'tag')?.children.map((one) => one.text);
    unregistered.add(ip);
    for (const tag of tags ?? [undefined]) {
      const wrong = device.registered.unregister(ip, tag);
      if (wrong) complaints.unregister.push(element('entry', [], { ip, message: wrong }));
    }
  }
  for (const entry of entries(payload, 'register')) {
    const ip = entry.attributes.ip ?? '';
    // an address that is unregistered in the same message keeps out: seen with several clients (reference B1.10)
    if (unregistered.has(ip)) continue;
    const persistent = (entry.attributes.persistent ?? '1') === '1';
    for (const tag of child(entry, 'tag')?.children ?? []) {
      const before = device.registered.overflows;
      const wrong = device.registered.register(ip, tag.text, Number(tag.attributes.timeout ?? '0'), persistent);
      if (device.registered.overflows > before)
        device.note('SYSTEM', { severity: 'critical', opaque: 'max registered-ip for the platform reached' });
      if (wrong) complaints.register.push(element('entry', [], { ip, message: wrong }));
    }
  }
  const wrong = (['unregister', 'register'] as const)
    .filter((kind) => complaints[kind].length > 0)
    .map((kind) => element(kind, complaints[kind]));
  const reply = (nodes: ReturnType<typeof element>[]) =>
    print(element('uid-response', [element('version', '2.0'), element('payload', nodes)]));
  if (wrong.length === 0) return success(`<result>${reply([])}</result>`);
  return { ...failure(undefined), body: `<response status="error"><msg><line>${reply(wrong)}</line></msg></response>` };
}
