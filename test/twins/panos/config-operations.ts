/** `type=op` about configurations: pending changes, differences, saved files (reference B1.8). */
import { type Answer, failure, result, success } from './answer.ts';
import type { Device } from './device.ts';
import { child, clone, type Element, element, entries, entry, parseFragment, print } from './element.ts';
import { merge } from './merge.ts';

export function listChanges(device: Device): Answer {
  const journal = [...device.configuration.owners].map(([unit, owner]) => {
    const there = device.configuration.at(unit) !== undefined;
    const before = device.configuration.at(unit, device.configuration.running) !== undefined;
    return element('entry', [
      element('xpath', unit.replace(/#$/, '')),
      element('owner', [...owner.admins].at(-1) ?? ''),
      element('action', there ? (before ? (owner.moved ? 'MOVE' : 'EDIT') : 'CREATE') : 'DELETE'),
      element('admin-history', [...owner.admins].join(',')),
      element('component-type', 'policy'),
    ]);
  });
  return result([element('journal', journal)]);
}

/** Lines as the device's own comparison has them: what only running has, what only the candidate has. */
export function difference(device: Device): Answer {
  const { configuration } = device;
  const lines = [...configuration.owners.keys()].flatMap((unit) => {
    const [before, now] = [configuration.at(unit, configuration.running)?.node, configuration.at(unit)?.node];
    return [...(before ? [`- ${unit} ${print(before)}`] : []), ...(now ? [`+ ${unit} ${print(now)}`] : [])];
  });
  return success(`<result><![CDATA[${lines.join('\n')}]]></result>`);
}

export function pendingAdmins(device: Device): Answer {
  const names = [...new Set([...device.configuration.owners.values()].flatMap((owner) => [...owner.admins]))];
  return result([
    element(
      'admins',
      names.map((one) => entry(one)),
    ),
  ]);
}

export function save(device: Device, to: string | undefined): Answer {
  const name = to ?? '.snapshot.xml';
  device.saved.set(name, clone(device.configuration.candidate));
  return success(`<result>Config saved to ${name}</result>`);
}

/** Everybody's pending edits are lost: the candidate becomes what the file says. */
export function load(device: Device, admin: string, from: string): Answer {
  const { configuration } = device;
  const file = device.saved.get(from);
  if (from === 'running-config.xml') configuration.revert();
  else if (file) configuration.replace(admin, file, device.now());
  else return failure(undefined, `${from} does not exist`);
  return success(`<result><msg><line>Config loaded from ${from}</line></msg></result>`);
}

export function showSaved(device: Device, name: string | undefined): Answer {
  const file = name === 'running-config.xml' ? device.configuration.running : device.saved.get(name ?? '');
  return file ? result([file]) : failure(undefined, `Failed to read ${name ?? ''}, or it does not exist`);
}

export function deleteSaved(device: Device, name: string | undefined): Answer {
  return device.saved.delete(name ?? '')
    ? success(`<result>${name} deleted</result>`)
    : failure(undefined, `delete failed: ${name ?? ''} does not exist`);
}

/** An uploaded file becomes a saved configuration. undefined: it is none. */
export function storeConfiguration(device: Device, name: string, text: string): Answer | undefined {
  const root = parseFragment(text)?.[0];
  if (root?.name !== 'config') return undefined;
  device.saved.set(name, root);
  return success(`<result>${name} saved</result>`);
}

export function auditComments(device: Device, xpath: string): Answer {
  const comment = device.auditComments.get(xpath);
  return comment === undefined ? result([]) : result([element('entry', [element('comment', comment)])]);
}

/** What Panorama pushed: with a vsys what its device group has and inherits, without one what is shared only. */
export function pushedPolicy(device: Device, vsys: string | undefined): Answer {
  const { pushed } = device;
  if (!pushed) return success('<result/>');
  const panorama = element('panorama');
  // the nearest place wins
  for (const place of vsys === undefined ? pushed.places.slice(-1) : pushed.places.toReversed())
    merge(
      panorama,
      place.children.filter((one) => !['devices', 'pre-rulebase', 'post-rulebase'].includes(one.name)),
    );
  if (vsys !== undefined) {
    const rulebase = (name: string, bases: readonly Element[]) =>
      element(
        name,
        ['security', 'nat'].map((kind) =>
          element(kind, [
            element(
              'rules',
              bases.flatMap((base) => entries(base, kind, 'rules')),
            ),
          ]),
        ),
      );
    panorama.children.push(rulebase('pre-rulebase', pushed.pre), rulebase('post-rulebase', pushed.post));
  }
  return result([element('policy', [panorama])]);
}

export function pushedTemplate(device: Device): Answer {
  const devices = child(device.template, 'devices');
  return devices ? result([element('template', [devices])]) : success('<result/>');
}
