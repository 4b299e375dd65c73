/** One reading of a vsys or device group: our objects, the order of all rules, and whose uncommitted work is in it. */
import { markerOf } from './naming.ts';
import { type DeviceObject, fieldsOf, keyOf, type RuleTable, TABLES, type Table } from './objects.ts';
import type { Place } from './place.ts';
import { at, entriesOf, texts, type Xml } from './xml.ts';

export interface Reading {
  /** with our marker, by "table/name" */
  readonly objects: ReadonlyMap<string, DeviceObject>;
  /** members of our static groups */
  readonly groupMembers: ReadonlyMap<string, readonly string[]>;
  /** names of all rules, ours and others' */
  readonly order: Readonly<Record<RuleTable, readonly string[]>>;
  /** how many objects of each table are not ours */
  readonly others: Readonly<Record<Table, number>>;
  /** under our prefix, without our marker */
  readonly strangers: ReadonlySet<string>;
  readonly zones: readonly string[];
  /** administrators with uncommitted edits on objects of ours, and on which */
  readonly editors: readonly { readonly who: string; readonly object: string; readonly since: string | undefined }[];
}

export function readPlace(root: Xml, place: Place, prefix: string): Reading {
  const marker = markerOf(prefix);
  const objects = new Map<string, DeviceObject>();
  const groupMembers = new Map<string, readonly string[]>();
  const strangers = new Set<string>();
  const editors: { who: string; object: string; since: string | undefined }[] = [];
  const order: Record<RuleTable, string[]> = { security: [], nat: [] };
  const others = Object.fromEntries(TABLES.map((table) => [table, 0])) as Record<Table, number>;
  for (const table of TABLES) {
    const path = table === 'security' || table === 'nat' ? [place.rulebase, table, 'rules'] : [table];
    for (const entry of entriesOf(root, ...path)) {
      const name = entry.attributes.name ?? '';
      if (table === 'security' || table === 'nat') order[table].push(name);
      if (!name.startsWith(prefix)) {
        others[table]++;
        continue;
      }
      const ours = table === 'tag' ? name === marker : texts(entry, 'tag').includes(marker);
      if (!ours) {
        strangers.add(keyOf(table as Table, name));
        continue;
      }
      let fields = fieldsOf(entry);
      if (table === 'address-group' && at(entry, 'static')) {
        groupMembers.set(name, texts(entry, 'static'));
        const { static: _members, ...rest } = fields;
        fields = rest;
      }
      if (table === 'tag') fields = {};
      objects.set(keyOf(table, name), {
        table,
        name,
        fields,
        description: at(entry, table === 'tag' ? 'comments' : 'description')?.text ?? '',
      });
      if (entry.attributes.admin !== undefined)
        editors.push({ who: entry.attributes.admin, object: `${table} ${name}`, since: entry.attributes.time });
    }
  }
  return {
    objects,
    groupMembers,
    order,
    others,
    strangers,
    zones: entriesOf(root, 'zone').map((zone) => zone.attributes.name ?? ''),
    editors,
  };
}
