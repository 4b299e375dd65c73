/**
 * One Lambda bundle: an ESM file made by esbuild in this process (no Docker, no network, a fraction of a second), with `settings.json` beside it.
 * Everything is bundled, the AWS SDK too: what was tested is what runs, whatever the runtime carries that week.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, type Metafile } from 'esbuild';
import type { Settings } from '../functions/settings.ts';

/** CommonJS dependencies call `require` and read `__dirname`; an ES module has neither. */
const BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  "const __filename = __fileURLToPath(import.meta.url), __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('');

/**
 * Where credentials come from on a laptop: single sign-on, profiles, processes, the metadata of a virtual machine. The SDK loads them only when
 * the environment holds none; a function's environment always does. See docs/decisions/0090-what-a-bundle-holds.md
 */
const LAPTOP_CREDENTIALS = [
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/token-providers',
  '@smithy/credential-provider-imds',
];

/**
 * Required when a module is loaded and never run here, so that an empty module stands in: bcrypt-pbkdf opens private keys with a passphrase
 * (a secret holds none; ssh2 refuses such a key before it comes to that), long holds integers above 2^53 (proto/generate.ts turns it off).
 */
const EMPTY = fileURLToPath(new URL('empty-module.ts', import.meta.url));
const NEVER_RUN = { 'bcrypt-pbkdf': EMPTY, long: EMPTY };

/** See docs/decisions/0197-functions-run-from-node-20.md */
const OLDER_NODE = fileURLToPath(new URL('older-node.ts', import.meta.url));

/** Writes index.mjs and settings.json into `folder`, which is emptied first, and the source map beside it: it is not deployed. */
export function bundleFunction(entry: string, folder: string, settings: Settings): Metafile {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = buildSync({
    entryPoints: [entry],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    // ssh2 tries the first two and works without them; a native file would tie the bundle to one machine.
    external: ['cpu-features', '*.node', ...LAPTOP_CREDENTIALS],
    alias: NEVER_RUN,
    inject: [OLDER_NODE],
    banner: { js: BANNER },
    minify: true,
    // Stack traces in the logs and errors keep the names of functions and classes.
    keepNames: true,
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  renameSync(join(folder, 'index.mjs.map'), `${folder}.mjs.map`);
  writeFileSync(join(folder, 'settings.json'), `${JSON.stringify(settings, undefined, 1)}\n`);
  return metafile;
}
