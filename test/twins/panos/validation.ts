/** What a commit or a push is refused for: units that are wrong, and more of them than the platform holds. In the device's words. */
import { unitsBelow } from './configuration.ts';
import type { Device } from './device.ts';
import { child, type Element, entries } from './element.ts';
import { checkUnit, missingParts } from './schema.ts';
import type { Scope } from './scope.ts';

const VSYS1 = "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']";
const CAPS: Readonly<Record<string, string>> = {
  address: 'max-address',
  'address-group': 'max-address-group',
  service: 'max-service',
  security: 'max-policy-rule',
  nat: 'max-nat-policy-rule',
};

/** What Panorama pushed, as if it stood in vsys1. */
function* pushedUnits({ pushed }: Device): Iterable<readonly [string, Element]> {
  const at = (path: string, node: Element) => [`${VSYS1}/${path}/entry[@name='${node.attributes.name}']`, node] as const;
  for (const place of pushed?.places ?? []) {
    for (const table of ['address', 'address-group', 'service', 'service-group', 'tag'])
      for (const node of entries(place, table)) yield at(table, node);
  }
  for (const base of [...(pushed?.pre ?? []), ...(pushed?.post ?? [])]) {
    for (const table of ['security', 'nat']) for (const node of entries(base, table, 'rules')) yield at(`rulebase/${table}/rules`, node);
  }
}

export function validate(device: Device, root: Element): string[] {
  const wrong: string[] = [];
  const count: Record<string, number> = {};
  const scopes = new Map<string, Scope>();
  for (const [path, node] of [...unitsBelow(root, '/config'), ...pushedUnits(device)]) {
    const table = /\/([\w-]+)\/(?:rules\/)?entry\[@name='[^']*'\]$/.exec(path)?.[1] ?? '';
    if (!['service-group', 'tag', ...Object.keys(CAPS)].includes(table)) continue;
    count[table] = (count[table] ?? 0) + 1;
    const base = path.slice(0, path.indexOf(`/${table}/`));
    let scope = scopes.get(base);
    if (!scope) {
      scope = device.scopeAt(root, path);
      scopes.set(base, scope);
    }
    wrong.push(...checkUnit(path, node, scope, device.options.dagInNat), ...missingParts(path, node));
    const most = device.limit(table === 'service-group' ? 'max-service-per-group' : 'max-address-per-group');
    const list = table === 'service-group' ? 'members' : 'static';
    if (table.endsWith('-group') && (child(node, list)?.children.length ?? 0) > most)
      wrong.push(`${table} -> ${node.attributes.name} exceeds the maximum number of members (${most})`);
  }
  for (const [table, name] of Object.entries(CAPS)) {
    if ((count[table] ?? 0) > device.limit(name))
      wrong.push(`Number of ${table} entries (${count[table]}) exceeds platform capacity (${device.limit(name)})`);
  }
  return wrong;
}
