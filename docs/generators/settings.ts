import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import {
  Border,
  Budget,
  Cluster,
  Firewall,
  LinuxManager,
  Network,
  Pair,
  PanoramaManager,
  PanosManager,
  Settings,
} from '../../functions/settings.ts';
import { code, madeFrom, table } from './markdown.ts';
import { describedSchema, type Json } from './settings-schema.ts';

const SECTIONS: readonly (readonly [title: string, intro: string, schema: z.core.$ZodType])[] = [
  ['The file', '', Settings],
  ['network', '`network: none` (no VPC: the managers are reached without one), or one of two forms:', Network],
  ['managers.NAME, vendor: linux', '', LinuxManager],
  ['managers.NAME, vendor: panos', '', PanosManager],
  ['managers.NAME, vendor: panorama', '', PanoramaManager],
  ['firewalls.NAME', '', Firewall],
  [
    'firewalls.NAME.budget',
    'What one plan may do without a human, per cluster on a firewall; more is held until somebody approves its hash. Regions are counted as pods x services x reach: docs/decisions/0120.',
    Budget,
  ],
  ['borders.NAME', '', Border],
  ['clusters.NAME', '', Cluster],
  ['pairs[]', '', Pair],
];

/** "one of `a`, `b`", "list of texts", "whole number". */
function typeText(json: Json): string {
  if (json.const !== undefined) return code(String(json.const));
  if (json.enum) return `one of ${json.enum.map((value) => code(String(value))).join(', ')}`;
  const options = json.anyOf ?? json.oneOf;
  if (options) return [...new Set(options.map(typeText))].join(', or ');
  if (json.type === 'array') return `list: ${typeText(json.items ?? {})}`;
  if (json.type === 'object') return json.properties ? 'block' : `names, each: ${typeText((json.additionalProperties ?? {}) as Json)}`;
  if (json.pattern?.includes('(ms|s|m|h|d)')) return 'duration';
  return json.type === 'integer'
    ? 'whole number'
    : json.type === 'boolean'
      ? 'true or false'
      : json.type === 'string'
        ? 'text'
        : (json.type ?? 'see below');
}

/** Keys, and those of blocks that have no section of their own. */
function rowsOf(json: Json, prefix = ''): (readonly string[])[] {
  return Object.entries(json.properties ?? {}).flatMap(([key, value]) => {
    const must = json.required?.includes(key) && value.default === undefined;
    const plain = value.default !== undefined && JSON.stringify(value.default) !== '{}';
    const own = ['managers', 'firewalls', 'borders', 'clusters', 'pairs', 'network', 'budget'].includes(key);
    const row = [
      code(prefix + key),
      own ? 'see below' : typeText(value),
      must ? '**needed**' : plain ? code(JSON.stringify(value.default)) : '',
      value.description ?? '',
    ];
    const blocks = own ? [] : [value, ...(value.anyOf ?? [])];
    return [row, ...blocks.flatMap((block) => rowsOf(block, `${prefix}${key}.`))];
  });
}

/** docs/reference/settings.md */
export function settingsPage(): string {
  const parts = SECTIONS.map(([title, intro, schema]) => {
    const json = describedSchema(schema);
    const rows = (json.anyOf ? json.anyOf.flatMap((one) => rowsOf(one)) : rowsOf(json)) as (readonly string[])[];
    return `## ${title}\n\n${intro ? `${intro}\n\n` : ''}${table(['key', 'value', 'default', 'what'], rows)}\n`;
  });
  const example = readFileSync(new URL('../../infra/environments/example.yaml', import.meta.url), 'utf8');
  return `${madeFrom('functions/settings.ts')}
# Settings

One YAML file per environment, \`infra/environments/NAME.yaml\` or anywhere else. A wrong key is refused with file, line and path, at \`cdk synth\` and by
\`cextfire check FILE\`. Editors complete and check it with \`infra/environments/environment.schema.json\`: first line
\`# yaml-language-server: $schema=environment.schema.json\`.

A *duration* is a number with \`ms\`, \`s\`, \`m\`, \`h\` or \`d\`. A *name* is lower-case letters, digits and \`-\`, at most 40, a letter first.
A key without a default and without "needed" may be left out. Anchors and merge keys of YAML (\`&a\`, \`<<: *a\`) are understood. A CIDR begins with its first address.

${parts.join('\n')}
## An example

\`infra/environments/example.yaml\`:

\`\`\`yaml
${example.trim()}
\`\`\`
`;
}
