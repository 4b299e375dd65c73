/** docs/reference/values.md and the chart's values.yaml: both are said once, in values.schema.json. */
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const CHART = new URL('../../shipper/chart/', import.meta.url);

const schema = (): Schema => JSON.parse(readFileSync(new URL('values.schema.json', CHART), 'utf8')) as Schema;
/** A value that a chart has, but that nobody sets. */
const HIDDEN: ReadonlySet<string> = new Set(['global']);

export function valuesPage(): string {
  const rows = leaves(schema(), '').map(
    ({ path, leaf }) =>
      `| \`${path}\` | ${typeOf(leaf)} | ${'default' in leaf ? `\`${JSON.stringify(leaf.default)}\`` : ''} | ${cell(leaf.description)} |`,
  );
  return `# Values of the chart cextfire-shipper

Made from \`shipper/chart/values.schema.json\` by \`npm run generate\`. Helm refuses a value that is not here.

| value | type | default | meaning |
|---|---|---|---|
${rows.join('\n')}
`;
}

export function valuesFile(): string {
  return `# Made from values.schema.json by npm run generate; the whole table is docs/reference/values.md.\n${block(schema(), '')}`;
}

function leaves(node: Schema, prefix: string): readonly { readonly path: string; readonly leaf: Schema }[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const path = prefix + name;
    if (HIDDEN.has(path)) return [];
    if (child.properties) return leaves(child, `${path}.`);
    const items = child.items?.properties ? leaves(child.items, `${path}[].`) : [];
    return [{ path, leaf: child }, ...items];
  });
}

function block(node: Schema, indent: string): string {
  let text = '';
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    if (indent === '' && HIDDEN.has(name)) continue;
    if (child.description) text += wrap(child.description, `${indent}# `);
    if (child.properties) text += `${indent}${name}:\n${block(child, `${indent}  `)}`;
    else text += stringify({ [name]: child.default }, { lineWidth: 0, singleQuote: true }).replace(/^(?=.)/gm, indent);
  }
  return text;
}

function wrap(text: string, prefix: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && prefix.length + line.length + word.length + 1 > 120) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].map((one) => `${prefix}${one}\n`).join('');
}

const typeOf = ({ type, enum: values }: Schema): string => (values ? values.map((value) => `\`${value}\``).join(', ') : (type ?? ''));
const cell = (text = ''): string => text.replaceAll('|', '\\|');
