/** Where a name is looked up: a rule of a vsys sees the vsys and shared; a rule of a device group its ancestors and shared too. */
import { child, type Element, entries, named } from './element.ts';

export type ObjectTable =
  | 'address'
  | 'address-group'
  | 'service'
  | 'service-group'
  | 'tag'
  | 'application'
  | 'application-group'
  | 'external-list';

export interface Scope {
  /** nearest first; each holds tables of objects */
  readonly places: readonly Element[];
  /** zones that rules may name; undefined where any name is taken (Panorama) */
  readonly zones: ReadonlySet<string> | undefined;
}

export const device = (root: Element | undefined): Element | undefined => named(child(root, 'devices'), 'localhost.localdomain');

const DEVICE = "/config/devices/entry[@name='localhost.localdomain']";

/** The names of the device groups above this one, nearest first (readonly hierarchy, as Panorama keeps it). */
export function ancestors(root: Element, group: string): string[] {
  const hierarchy = child(root, 'readonly', 'devices');
  const of = (name: string): string | undefined =>
    child(named(child(named(hierarchy, 'localhost.localdomain'), 'device-group'), name), 'parent-dg')?.text;
  const out: string[] = [];
  for (let at = of(group); at && !out.includes(at) && at !== group; at = of(at)) out.push(at);
  return out;
}

/** `pushed`: places of a Panorama; `template`: a `<config>` whose zones the device has too. */
export function scopeOf(root: Element, path: string, pushed: readonly Element[] = [], template?: Element): Scope {
  const shared = child(root, 'shared');
  const vsys = path.startsWith(DEVICE) ? /\/vsys\/entry\[@name='([^']*)'\]/.exec(path)?.[1] : undefined;
  const group = /\/device-group\/entry\[@name='([^']*)'\]/.exec(path)?.[1];
  const here: (Element | undefined)[] = [];
  let zones: Set<string> | undefined;
  if (vsys !== undefined) {
    const node = named(child(device(root), 'vsys'), vsys);
    here.push(node);
    const brought = named(child(device(template), 'vsys'), vsys);
    zones = new Set([...entries(node, 'zone'), ...entries(brought, 'zone')].map((zone) => zone.attributes.name ?? ''));
  }
  if (group !== undefined) {
    for (const name of [group, ...ancestors(root, group)]) here.push(named(child(device(root), 'device-group'), name));
  }
  return { places: [...here, shared, ...pushed].filter((place) => place !== undefined), zones };
}

export function lookup(scope: Scope, table: ObjectTable, name: string): Element | undefined {
  for (const place of scope.places) {
    const found = named(child(place, table), name);
    if (found) return found;
  }
  return undefined;
}
