/** `npm run generate`: static codecs from the .proto files, committed under proto/generated. `--check` fails when they are stale. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const bin = (name: string) => join(here, '..', 'node_modules', '.bin', name);

export function generateCodecs(name: 'felix' | 'shipment'): { js: string; dts: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-proto-'));
  const js = join(folder, `${name}.js`);
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
    '-o',
    js,
    join(here, `${name}.proto`),
  ]);
  const dts = join(folder, `${name}.d.ts`);
  execFileSync(bin('pbts'), ['-o', dts, js]);
  // --force-number only makes the declarations say so: where the package "long" is installed, the runtime still hands out Long objects
  // for 64-bit fields. All ours (times in ms, sequences, counts) are below 2^53, so numbers are made true as well as declared.
  const numbers = '$protobuf.util.Long = null;\n$protobuf.configure();\n';
  const fix = (text: string) =>
    text
      .replace('"protobufjs/minimal"', '"protobufjs/minimal.js"')
      .replace('import Long = require("long");\n', '')
      .replace(/^(import \$protobuf from .*\n)/m, `$1${numbers.replaceAll('$', '$$$$')}`);
  return { js: fix(readFileSync(js, 'utf8')), dts: fix(readFileSync(dts, 'utf8')) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  for (const name of ['felix', 'shipment'] as const) {
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
