import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { bundleFunction } from './bundle.ts';
import { loadEnvironment } from './environment.ts';

/** What each function must not carry, beside what no function needs. */
const NOBODY = /\/(yaml|tweetnacl|long|credential-provider-(ini|sso|process)|aws-cdk-lib)\/|\/zod\/v4\/locales\/(?!en\.js)/;

test.each([
  ['ingest/handler.ts', /\/(ssh2|fast-xml-parser|client-sns|client-secrets-manager)\//],
  ['apply/on-linux.ts', /\/(fast-xml-parser|firewalls\/panos)\//],
  ['apply/on-panos.ts', /\/(ssh2|firewalls\/linux)\//],
])('the bundle of %s holds what it runs: one module, its settings, nothing of other vendors', (entry, others) => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-bundle-'));
  try {
    const place = join(folder, 'made');
    const { outputs } = bundleFunction(fileURLToPath(new URL(`../functions/${entry}`, import.meta.url)), place, loadEnvironment('demo'));
    const used = Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
    );
    const names = used.map(([name]) => `/${name}`);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => NOBODY.test(name) || others.test(name))).toEqual([]);
    expect(readdirSync(place).toSorted()).toEqual(['index.mjs', 'settings.json']);
    expect(statSync(join(place, 'index.mjs')).size).toBeLessThan(1_400_000);
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
