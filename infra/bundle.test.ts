import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { bundleFunction, NEVER_RUN } from './bundle.ts';
import { loadEnvironment } from './environment.ts';

/** What each function must not carry, beside what no function needs. */
const NOBODY = /\/(yaml|zod|tweetnacl|long|credential-provider-(ini|sso|process)|event-streams|aws-cdk-lib)\/|\/generated\/felix\.js/;

/** Bytes: what we allow a function, as it is deployed. */
const MOST = 1_000_000;

test.each([
  ['ingest/handler.ts', /\/(ssh2|fast-xml-parser|client-sns|client-secrets-manager)\//, ['long']],
  ['apply/on-linux.ts', /\/(fast-xml-parser|firewalls\/panos)\//, ['bcrypt-pbkdf', 'long', 'ssh2']],
  ['apply/on-panos.ts', /\/(ssh2|firewalls\/linux)\//, ['long']],
])('the bundle of %s holds what it runs: one module, its settings, nothing of other vendors', async (entry, others, partly) => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-bundle-'));
  try {
    const place = join(folder, 'made');
    const { inputs } = await bundleFunction(
      fileURLToPath(new URL(`../functions/${entry}`, import.meta.url)),
      place,
      loadEnvironment('demo'),
    );
    const names = Object.entries(inputs).flatMap(([name, { bytes }]) => (bytes > 0 ? [`/${name}`] : []));
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => NOBODY.test(name) || others.test(name))).toEqual([]);
    const empty = Object.entries(inputs).flatMap(([name, { bytes }]) => (bytes === 0 ? [name.replace(/^.*node_modules\//, '')] : []));
    expect(empty.toSorted()).toEqual([...NEVER_RUN.keys()].filter((file) => partly.includes(file.split('/')[0] as string)));
    expect(readdirSync(place).toSorted()).toEqual(['index.mjs', 'settings.json']);
    expect(statSync(join(place, 'index.mjs')).size).toBeLessThan(MOST);
    expect(groupedWithoutGroupBy(join(place, 'index.mjs'))).toBe('[[1,["a","c"]],[2,["bb"]]]');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** What `Map.groupBy` gives in a process that lacked it before this module came; that the module also wants its environment is no matter here. */
function groupedWithoutGroupBy(module: string): string {
  const program = `delete Map.groupBy;
    await import(process.argv[1]).catch(() => {});
    console.log(JSON.stringify([...Map.groupBy(['a', 'bb', 'c'], (word) => word.length)]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program, module], { encoding: 'utf8' });
  return stdout.trim() || stderr;
}
