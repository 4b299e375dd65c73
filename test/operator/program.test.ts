/** The program as a shell runs it: pipes that end early, disks that are full, colours. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const program = fileURLToPath(new URL('../../cli/cextfire.js', import.meta.url));

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
