/** The program as a shell runs it: pipes that end early, disks that are full, colours. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'cli/cextfire.js');

function shell(line: string, variables: Readonly<Record<string, string>> = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const env = { ...inherited, CEXTFIRE: program, ...variables };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { env, encoding: 'utf8' });
  return { status, out: stdout, error: stderr };
}

test('a reader that ends early is no failure', () => {
  expect(shell('set -o pipefail; "$CEXTFIRE" help | head -1')).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^cextfire \d.*\n$/),
    error: '',
  });
});

test('what cannot be written is said, and is a failure', () => {
  expect(shell('"$CEXTFIRE" help > /dev/full')).toMatchObject({
    status: 1,
    error: expect.stringMatching(/^cextfire: what it says cannot be written: ENOSPC.*\n$/),
  });
});

test.each([
  ['in a pipe', {}, false],
  ['forced', { FORCE_COLOR: '1' }, true],
  ['forbidden', { NO_COLOR: '1' }, false],
])('colours %s', (_, variables, coloured) => {
  expect(shell('"$CEXTFIRE" help', variables).out.includes('\u001b[')).toBe(coloured);
});

test('no colour in a file of errors, also where the answer goes to a terminal', () => {
  const line = `folder=$(mktemp -d); script -qefc "'$CEXTFIRE' nonsense 2> $folder/errors" /dev/null > /dev/null; cat $folder/errors; rm -r $folder`;
  expect(shell(line).out).toMatch(/^CEXT_CLI_USAGE: there is no command "nonsense"/);
});

test('it is found behind a link, and from another folder', () => {
  const { status, out } = shell(
    'cd / && folder=$(mktemp -d) && ln -s "$CEXTFIRE" "$folder/cextfire" && "$folder/cextfire" --version; code=$?; rm -r "$folder"; exit $code',
  );
  expect([status, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
});

/** What `npm run NAME` starts, by the scripts of package.json. */
const started = Object.entries(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as Record<string, string>);

test.each([
  ['start', '--foo'],
  ['local', '--foo'],
  ['local', '--secret', 'x'],
  ['local', '--environment', '/nowhere.yaml'],
  ['local', '--sqs-port', 'x'],
  ['local', '--cloud', 'nowhere'],
  ['bench', '--only', 'nothing'],
  ['soak', '--minutes', 'x'],
  ['conformance', 'nothing'],
  ['conformance', '--foo'],
  ['verdicts', '/nowhere'],
  ['verdicts', '--by', 'nobody'],
  ['mutation', 'nothing'],
  ['twin', 'nothing'],
  ['twin', 'panos', '--port', 'x'],
  ['twin', 'panos', '--config', '/nowhere'],
  ['twin', '--foo'],
])('npm run %s: typed wrong (%s), told in words', (name, ...words) => {
  const [, script = ''] = started.find(([one]) => one === name) ?? [];
  const [, ...parts] = script.split(' ');
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--no-warnings', ...parts, ...words], { cwd: root, encoding: 'utf8' });
  const said = stdout + stderr;
  expect(status).toBeGreaterThan(0);
  expect(said.trim()).not.toBe('');
  expect(said).not.toMatch(/^ +at .*:\d+:\d+|node:internal/m);
});
