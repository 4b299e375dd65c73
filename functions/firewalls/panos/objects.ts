/** Objects of the device as flat fields, so that what we want and what is read compare as text; and their XML. */
import { createHash } from 'node:crypto';
import { escapeXml, memberList, tag, type Xml } from './xml.ts';

export const TABLES = ['tag', 'address', 'address-group', 'service', 'service-group', 'security', 'nat'] as const;
export type Table = (typeof TABLES)[number];
export type RuleTable = 'security' | 'nat';

/** "protocol/tcp/port" -> "443"; "source" -> ["any"]. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface DeviceObject {
  readonly table: Table;
  readonly name: string;
  readonly fields: Fields;
  /** for people; never compared */
  readonly description: string;
}

export const keyOf = (table: Table, name: string): string => `${table}/${name}`;
export const isRule = (table: Table): table is RuleTable => table === 'security' || table === 'nat';

/** What the device means where a field is not there. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'source-user': 'any',
  category: 'any',
  'source-hip': 'any',
  'destination-hip': 'any',
  disabled: 'no',
  'negate-source': 'no',
  'negate-destination': 'no',
  'rule-type': 'universal',
  'log-start': 'no',
  'icmp-unreachable': 'no',
  'nat-type': 'ipv4',
  'to-interface': 'any',
  'option/disable-server-response-inspection': 'no',
  'target/negate': 'no',
};

export function fieldsOf(entry: Xml): Fields {
  const out: Record<string, string | readonly string[]> = {};
  const walk = (node: Xml, path: string): void => {
    for (const one of node.children) {
      const here = path === '' ? one.name : `${path}/${one.name}`;
      const named = one.attributes.name === undefined ? here : `${here}[${one.attributes.name}]`;
      if (one.children.some((it) => it.name === 'member')) {
        const values = one.children.map((it) => it.text);
        // pools are used in their order, everything else is a set
        out[named] = here.endsWith('translated-address') ? values : [...new Set(values)].sort();
      } else if (one.children.length > 0) walk(one, named);
      else out[named] = one.text;
    }
  };
  walk(entry, '');
  delete out.description;
  for (const [key, value] of Object.entries(DEFAULTS)) {
    const there = out[key];
    if (there === value || (Array.isArray(there) && there.length === 1 && there[0] === value)) delete out[key];
  }
  return out;
}

/** Two objects are the same when this is. */
export function canonical(fields: Fields): string {
  const sorted = Object.keys(fields).sort();
  const value = (key: string) => {
    const of = fields[key] as string | readonly string[];
    // pools are used in their order
    return typeof of === 'string' || key.endsWith('translated-address') ? of : [...of].sort();
  };
  return JSON.stringify(sorted.map((key) => [key, value(key)]));
}

export const hashText = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);

/** Ends every description of ours: tells later whether somebody changed the object since we wrote it. */
export const seal = (fields: Fields): string => `[${hashText(canonical(fields), 8)}]`;

export const sealOf = (description: string): string | undefined => /\[[0-9a-f]{8}\]$/.exec(description)?.[0];

/** The inside of the entry. */
export function contentXml(object: DeviceObject): string {
  interface Tree {
    value?: string | readonly string[];
    readonly children: Map<string, Tree>;
  }
  const root: Tree = { children: new Map() };
  for (const [path, value] of Object.entries(object.fields)) {
    let at = root;
    for (const part of path.split('/')) {
      let next = at.children.get(part);
      if (!next) {
        next = { children: new Map() };
        at.children.set(part, next);
      }
      at = next;
    }
    at.value = value;
  }
  const print = (tree: Tree, name: string): string => {
    if (tree.value === undefined) return tag(name, [...tree.children].map(([key, one]) => print(one, key)).join(''));
    return typeof tree.value === 'string' ? tag(name, escapeXml(tree.value)) : memberList(name, tree.value);
  };
  const longest = isRule(object.table) ? 1024 : 1023;
  const text = `${object.description.slice(0, longest - 12)} ${seal(object.fields)}`;
  const description = object.table === 'service-group' ? '' : tag(object.table === 'tag' ? 'comments' : 'description', escapeXml(text));
  return [...root.children].map(([key, one]) => print(one, key)).join('') + description;
}
