/** `npm run generate`: static codecs from the .proto files, committed under proto/generated. `--check` fails when they are stale. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const bin = (name: string) => join(here, '..', 'node_modules', '.bin', name);

/** What functions decode of Felix: they never see a frame of its pipe, and a codec they do not carry is 27 KB of their start. */
const OBJECTS = [
  'ActivePolicyUpdate',
  'HostEndpointUpdate',
  'HostMetadataUpdate',
  'HostMetadataV4V6Update',
  'HostMetadataV6Update',
  'IPAMPoolUpdate',
  'IPSetUpdate',
  'NamespaceUpdate',
  'PolicyID',
  'Rule',
  'ServiceUpdate',
];

/** felix-objects: the part of felix that functions carry; its types are those of felix. */
export function generateCodecs(name: 'felix' | 'felix-objects' | 'shipment'): { js: string; dts: string } {
  const objects = name === 'felix-objects';
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-proto-'));
  const js = join(folder, `${name}.js`);
  const filter = join(folder, 'filter.json');
  if (objects) writeFileSync(filter, JSON.stringify({ messageNames: OBJECTS.map((message) => `felix.${message}`) }));
  execFileSync(bin('pbjs'), [
    '-t',
    'static-module',
    '-w',
    'es6',
    '--es6',
    '--force-number',
    '--no-service',
    '--no-convert',
    '--no-delimited',
    '--no-verify',
    '--no-typeurl',
    '-r',
    `cextfire-${name}`,
    ...(objects ? ['--no-comments', '--filter', filter] : []),
    '-o',
    js,
    join(here, objects ? 'felix.proto' : `${name}.proto`),
  ]);
  const dts = join(folder, `${name}.d.ts`);
  if (!objects) execFileSync(bin('pbts'), ['-o', dts, js]);
  // --force-number only makes the declarations say so: where the package "long" is installed, the runtime still hands out Long objects
  // for 64-bit fields. All ours (times in ms, sequences, counts) are below 2^53, so numbers are made true as well as declared.
  const numbers = '$protobuf.util.Long = null;\n$protobuf.configure();\n';
  const fix = (text: string) =>
    text
      .replace('"protobufjs/minimal"', '"protobufjs/minimal.js"')
      .replace('import Long = require("long");\n', '')
      .replace(/^(import \$protobuf from .*\n)/m, `$1${numbers.replaceAll('$', '$$$$')}`);
  return { js: fix(readFileSync(js, 'utf8')), dts: objects ? objectTypes : fix(readFileSync(dts, 'utf8')) };
}

const objectTypes = `import type { felix as all } from './felix.js';

export declare const felix: Pick<typeof all, ${OBJECTS.map((message) => `'${message}'`).join(' | ')}>;
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  for (const name of ['felix', 'felix-objects', 'shipment'] as const) {
    const made = generateCodecs(name);
    for (const [suffix, text] of [
      ['js', made.js],
      ['d.ts', made.dts],
    ] as const) {
      const path = join(here, 'generated', `${name}.${suffix}`);
      if (!check) writeFileSync(path, text);
      else if (readFileSync(path, 'utf8') !== text) throw new Error(`${path} is stale: run npm run generate`);
    }
  }
}
