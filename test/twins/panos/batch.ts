/** multi-config: many writes, all or nothing on the candidate (reference B1.7). multi-move and multi-clone: many entries to another place. */
import type { Parameters } from './actions.ts';
import { type Answer, failure, noSuchNode, succeeded } from './answer.ts';
import type { Device } from './device.ts';
import { clone, detach, named, parseFragment, print } from './element.ts';
import { restore } from './merge.ts';
import type { Writes } from './writes.ts';
import { ensure, parsePath, select, settled } from './xpath.ts';

/** Runs `work`; the candidate and the marks of who changed it are as before where it fails. */
function allOrNothing(device: Device, work: () => Answer): Answer {
  const { configuration } = device;
  const candidate = clone(configuration.candidate);
  const owners = [...configuration.owners].map(([unit, one]) => [unit, { ...one, admins: new Set(one.admins) }] as const);
  const answer = work();
  if (answer.ok) return answer;
  configuration.candidate = candidate;
  configuration.owners.clear();
  for (const [unit, one] of owners) configuration.owners.set(unit, one);
  return answer;
}

/** The name of the root does not matter to the device; its children are the requests. */
export function multiConfig(device: Device, admin: string, parameters: Parameters, one: (parameters: Parameters) => Answer): Answer {
  const request = parseFragment(parameters.element ?? '')?.[0];
  if (!request) return failure('18', 'Malformed element');
  const strict = parameters['strict-transactional'] === 'yes';
  if (strict && device.busy()) return failure('13', 'A commit is in progress or queued, the transaction is refused');
  if (strict) dropOwn(device, admin);
  return allOrNothing(device, () => {
    const answers: string[] = [];
    let failed: Answer | undefined;
    for (const [at, each] of request.children.entries()) {
      const { id = String(at + 1), ...attributes } = each.attributes;
      const element = each.children.map(print).join('') || each.text;
      const answer = one({ ...attributes, action: each.name, element });
      const code = answer.code === '' ? '' : ` code="${answer.code}"`;
      answers.push(answer.body.replace(/^<response [^>]*>/, `<response status="${answer.ok ? 'success' : 'error'}"${code} id="${id}">`));
      if (!answer.ok) {
        failed = answer;
        break;
      }
    }
    const code = failed ? failed.code || '12' : '20';
    const body = `<response status="${failed ? 'error' : 'success'}" code="${code}">${answers.join('')}</response>`;
    return { http: 200, ok: !failed, code, body };
  });
}

/** A strict transaction throws the caller's own uncommitted edits away first. */
function dropOwn(device: Device, admin: string): void {
  const { configuration } = device;
  for (const [unit, owner] of [...configuration.owners]) {
    if (!owner.admins.has(admin)) continue;
    const before = configuration.at(unit, configuration.running)?.node;
    const now = configuration.at(unit);
    const steps = parsePath(unit.replace(/#$/, '')) ?? [];
    if (now && before) restore(now.node, clone(before));
    else if (now?.parent) detach(now.parent, now.node);
    else if (before) {
      const made = ensure(configuration.candidate, steps);
      if (made) restore(made.node, clone(before));
    }
    configuration.owners.delete(unit);
  }
}

/** `<selected-list><source xpath="..."><member>name</member></source></selected-list>` to the container that `xpath` names. */
export function multiCopy(device: Device, admin: string, parameters: Parameters, writes: Writes): Answer {
  const { candidate } = device.configuration;
  const list = parseFragment(parameters.element ?? '')?.find((one) => one.name === 'selected-list');
  const steps = parsePath(parameters.xpath ?? '');
  const place = steps && settled(candidate, steps) ? ensure(candidate, steps) : undefined;
  if (!list || !place) return failure('18', 'Malformed command: selected-list and the xpath of a container expected');
  return allOrNothing(device, () => {
    for (const source of list.children) {
      const from = parsePath(source.attributes.xpath ?? '');
      const container = from && select(candidate, from)[0];
      for (const { text: name } of source.children) {
        const entry = named(container?.node, name);
        if (!entry || !container) return noSuchNode();
        const copied = writes.copy(admin, entry, place, name);
        if (!copied.ok) return copied;
        if (parameters.action === 'multi-clone') continue;
        const gone = writes.delete(admin, [...from, { name: 'entry', predicates: [{ kind: 'names', names: [name] }] }]);
        if (!gone.ok) return gone;
      }
    }
    return succeeded();
  });
}
