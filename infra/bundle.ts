/**
 * One Lambda bundle: an ESM file made by esbuild in this process (no Docker, no network, a fraction of a second), with `settings.json` beside it.
 * Everything is bundled, the AWS SDK too: what was tested is what runs, whatever the runtime carries that week.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import type { Settings } from '../functions/settings.ts';

/** CommonJS dependencies call `require` and read `__dirname`; an ES module has neither. */
const BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  "const __filename = __fileURLToPath(import.meta.url), __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('');

/** Writes index.mjs and settings.json into `folder`, which is emptied first. */
export function bundleFunction(entry: string, folder: string, settings: Settings): Metafile {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = buildSync({
    entryPoints: [entry],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    // ssh2 tries these and works without them; a native file would tie the bundle to one machine.
    external: ['cpu-features', '*.node'],
    banner: { js: BANNER },
    minifyWhitespace: true,
    minifySyntax: true,
    // Identifiers stay, so that a stack trace in the logs can be read without a source map.
    minifyIdentifiers: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'settings.json'), `${JSON.stringify(settings, undefined, 1)}\n`);
  return metafile;
}
