/**
 * Lambda bundles: an ESM file made by esbuild (no Docker, no network, a fraction of a second), with `settings.json` beside it.
 * Everything is bundled, the AWS SDK too: what was tested is what runs, whatever the runtime carries that week.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { ManagerSettings, Settings } from '../functions/settings.ts';
import { sealSettings } from '../functions/settings-start.ts';

/** CommonJS dependencies call `require` and read `__dirname`; an ES module has neither. */
const BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  "const __filename = __fileURLToPath(import.meta.url), __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('');

/**
 * What the SDK loads on demand, and here never demands. Credentials of a laptop: single sign-on, profiles, processes, the metadata of a virtual machine
 * (the environment of a function always holds its own). Event streams: no request of ours opens one.
 * See docs/decisions/0090-what-a-bundle-holds.md
 */
const NEVER_DEMANDED = [
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/token-providers',
  '@smithy/core/event-streams',
  '@smithy/credential-provider-imds',
];

/**
 * What is required when a module is loaded and never run here: in its place stands an empty module.
 * See docs/decisions/0215-what-stands-empty-in-a-bundle.md
 */
export const NEVER_RUN: ReadonlyMap<string, string> = new Map([
  [
    'bcrypt-pbkdf/index.js',
    'opens private keys that have a passphrase: a secret holds none, and ssh2 refuses such a key before it comes to that',
  ],
  ['long/umd/index.js', 'holds integers above 2^53: proto/generate.ts turns it off'],
  ['ssh2/lib/http-agents.js', 'HTTP through an SSH connection: we run one command'],
  ['ssh2/lib/keygen.js', 'makes keys: those who administer the firewall do'],
  ['ssh2/lib/protocol/SFTP.js', 'file transfer: the one command answers on its own channel'],
  ['ssh2/lib/server.js', 'an SSH server: we are a client'],
]);

const lessOfPackages: Plugin = {
  name: 'less of packages',
  setup({ onLoad }) {
    const files = [...NEVER_RUN.keys()].map((file) => file.replaceAll('.', '\\.')).join('|');
    onLoad({ filter: new RegExp(`/node_modules/(${files})$`) }, () => ({ contents: '' }));
    // Clients of AWS and ssh2 read their version, to name themselves.
    onLoad({ filter: /\/node_modules\/.*\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** See docs/decisions/0197-functions-run-from-node-20.md */
const OLDER_NODE = fileURLToPath(new URL('older-node.ts', import.meta.url));

/** One file of each kind of function; apply's by vendor. */
export interface Functions {
  readonly ingest: string;
  readonly apply: Readonly<Record<ManagerSettings['vendor'], string>>;
}

/** "apply/on-linux.ts" -> "apply-on-linux". */
const nameOf = (entry: string): string => `${basename(dirname(entry))}-${basename(entry, '.ts')}`;

/** Bundles files that export `handler`, each once, into folders below `folder`: what else differs between functions is their environment. */
export async function bundleFunctions({ ingest, apply }: Functions, folder: string, settings: Settings): Promise<Functions> {
  const folders = new Map([ingest, ...Object.values(apply)].map((entry) => [entry, join(folder, nameOf(entry))]));
  await Promise.all([...folders].map(([entry, place]) => bundleFunction(entry, place, settings)));
  const folderOf = (entry: string) => folders.get(entry) as string;
  return {
    ingest: folderOf(ingest),
    apply: { linux: folderOf(apply.linux), panos: folderOf(apply.panos), panorama: folderOf(apply.panorama) },
  };
}

/** Writes index.mjs and settings.json into `folder`, which is emptied first, and the source map beside it: it is not deployed. */
export async function bundleFunction(entry: string, folder: string, settings: Settings): Promise<Metafile> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    // ssh2 tries the first two and works without them; a native file would tie the bundle to one machine.
    external: ['cpu-features', '*.node', ...NEVER_DEMANDED],
    plugins: [lessOfPackages],
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
  writeFileSync(join(folder, 'settings.json'), sealSettings(settings));
  return metafile;
}
