/**
 * `npm test`: the generated files, the types, the lint, then every test; what was not run and why; last line "N passed, N failed".
 * Arguments go to jest (`npm test -- infra`), and then only jest runs. With CI=true a skipped test is a failure.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasDocker, hostModeLacks } from './cloud/localstack.ts';
import { type JestResults, summarize } from './summary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cextfire-test-'));
const results = join(folder, 'results.json');
const notRun = join(folder, 'not-run.txt');
const strict = process.env.CI === 'true';
const only = process.argv.slice(2);

/** Runs a program of this project with the Node that runs this file. Prints as it goes, or, when quiet, only after a failure. */
function run(name: string, parameters: readonly string[], quiet: boolean): Promise<boolean> {
  const begun = performance.now();
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NOT_RUN_FILE: notRun },
  });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  child.stderr?.on('data', (chunk) => (said += chunk));
  return new Promise((resolve) => {
    const done = (well: boolean) => {
      if (quiet) process.stdout.write(`${well ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)\n`);
      if (!well) process.stdout.write(said);
      resolve(well);
    };
    child.once('error', (error) => {
      said += String(error);
      done(false);
    });
    child.once('close', (code) => done(code === 0));
  });
}

const bin = (path: string) => join('node_modules', path);
const checks =
  only.length > 0
    ? []
    : ([
        ['generated codecs are fresh', ['proto/generate.ts', '--check']],
        ['generated pages are fresh', ['docs/generate.ts', '--check']],
        ['types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
        ['lint', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
      ] as const);
let passed = 0;
const failed: string[] = [];
for (const [name, parameters] of checks) {
  if (await run(name, parameters, true)) passed++;
  else failed.push(name);
}

/** A second cloud, where it can run: all recordings on their whole way. The rest of the suite there is `npm run test:localstack`. */
const SECOND_CLOUD = 'the whole way on LocalStack';
const secondCloud = (() => {
  if (!strict || only.length > 0) return undefined;
  const lacks = hasDocker() ? undefined : hostModeLacks();
  if (lacks === undefined) return run(SECOND_CLOUD, ['test/cloud/test-localstack.ts', 'test/end-to-end/whole-way'], true);
  process.stdout.write(`not run: ${SECOND_CLOUD} (needs Docker, or ${lacks})\n`);
  return undefined;
})();
const jest = ['--experimental-vm-modules', '--no-warnings', bin('jest/bin/jest.js')];
const jestRan = await run(
  'jest',
  [...jest, '--json', `--outputFile=${results}`, '--testLocationInResults', '--maxWorkers=2', ...only],
  false,
);
if (existsSync(results)) {
  const summary = summarize(JSON.parse(readFileSync(results, 'utf8')) as JestResults, (path) => relative(root, path));
  passed += summary.passed;
  failed.push(...summary.failed);
  if (!jestRan && summary.failed.length === 0) failed.push('jest itself ended with an error');
  if (strict) failed.push(...summary.skipped.map((name) => `skipped although CI=true: ${name}`));
  const reasons = existsSync(notRun) ? [...new Set(readFileSync(notRun, 'utf8').trim().split('\n'))] : [];
  if (summary.skipped.length > 0) {
    process.stdout.write(`\nNot run here (${summary.skipped.length} tests):\n`);
    for (const line of reasons.length > 0 ? reasons : summary.skipped) process.stdout.write(`  ${line}\n`);
  }
} else failed.push('jest wrote no results');

if (secondCloud !== undefined) {
  if (await secondCloud) passed++;
  else failed.push(SECOND_CLOUD);
}
rmSync(folder, { recursive: true, force: true });

if (failed.length > 0) process.stdout.write(`\nFailed:\n${failed.map((name) => `  ${name}\n`).join('')}`);
process.stdout.write(`\n${passed} passed, ${failed.length} failed\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
