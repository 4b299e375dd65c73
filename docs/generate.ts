/**
 * `npm run generate` (second half): the pages of docs/reference and the schema for editors, made from the tables in the code and committed.
 * `--check` fails when one of them is stale. One list; a new page is one line in it and one file in generators/.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { annotationsPage } from './generators/annotations.ts';
import { cliPage } from './generators/cli.ts';
import { errorsPage } from './generators/errors.ts';
import { firewallsPage } from './generators/firewalls.ts';
import { metricsPage } from './generators/metrics.ts';
import { settingsPage } from './generators/settings.ts';
import { settingsSchema } from './generators/settings-schema.ts';
import { valuesFile, valuesPage } from './generators/values.ts';

export interface GeneratedFile {
  /** from the root of the repository */
  readonly path: string;
  readonly make: () => string | Promise<string>;
}

export const GENERATED: readonly GeneratedFile[] = [
  { path: 'docs/reference/settings.md', make: settingsPage },
  { path: 'docs/reference/annotations.md', make: annotationsPage },
  { path: 'docs/reference/errors.md', make: errorsPage },
  { path: 'docs/reference/firewalls.md', make: firewallsPage },
  { path: 'docs/reference/metrics.md', make: metricsPage },
  { path: 'docs/reference/cli.md', make: cliPage },
  { path: 'infra/environments/environment.schema.json', make: settingsSchema },
  { path: 'docs/reference/values.md', make: valuesPage },
  { path: 'shipper/chart/values.yaml', make: valuesFile },
];

const root = fileURLToPath(new URL('..', import.meta.url));

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Paths whose committed text is not what would be made now. */
export async function stale(files = GENERATED): Promise<readonly string[]> {
  const judged = await Promise.all(files.map(async ({ path, make }) => ({ path, same: read(join(root, path)) === (await make()) })));
  return judged.filter(({ same }) => !same).map(({ path }) => path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const old = await stale();
    for (const path of old) process.stderr.write(`${path} is stale: run npm run generate\n`);
    process.exitCode = old.length > 0 ? 1 : 0;
  } else
    for (const { path, make } of GENERATED) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), await make());
    }
}
