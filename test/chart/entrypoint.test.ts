/** The first process of the image, which can be run anywhere, with a Felix that does as it is told. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findProgram } from '../linux-firewall/programs.ts';

const ENTRYPOINT = fileURLToPath(new URL('../../shipper/image/entrypoint', import.meta.url));
let folder: string;
let running: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cextfire-entrypoint-'));
});
afterEach(() => {
  if (running && running.exitCode === null) running.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly log: string;
}

/** `script` is what Felix does; $n is how often it was started, and each start leaves a line in "starts". */
function start(shell: readonly string[], script: string): { readonly process: ChildProcess; readonly ended: Promise<Ended> } {
  writeFileSync(join(folder, 'felix'), `#!/bin/sh\ndate +%s%N >> ${folder}/starts\nn=$(wc -l < ${folder}/starts)\n${script}\n`, {
    mode: 0o755,
  });
  const child = spawn(shell[0] ?? '', [...shell.slice(1), ENTRYPOINT, join(folder, 'felix'), 'component', 'felix'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running = child;
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, log })));
  return { process: child, ended };
}

const starts = (): readonly number[] =>
  existsSync(join(folder, 'starts'))
    ? readFileSync(join(folder, 'starts'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => Number(BigInt(line) / 1_000_000n))
    : [];

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what(); tries++) {
    if (tries > 1_500) throw new Error('waited for 30 s in vain');
    await sleep(20);
  }
}

const gone = (file: string): boolean => {
  try {
    process.kill(Number(readFileSync(join(folder, file), 'utf8')), 0);
    return false;
  } catch {
    return true;
  }
};

const shells: readonly (readonly string[])[] = [['sh'], ['bash', '--posix'], ['busybox', 'sh']].filter(([program]) =>
  findProgram(program ?? ''),
);

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('under %s', (_, shell) => {
  test('129 starts Felix anew at once; its end with another code is the end of all, with that code', async () => {
    const { ended } = start(shell, `[ "$1 $2" = "component felix" ] || exit 99; [ "$n" -eq 1 ] && exit 129; exit 7`);
    expect(await ended).toMatchObject({ code: 7, signal: null });
    const [first = 0, second = 0] = starts();
    expect(starts()).toHaveLength(2);
    // Without the second that the next one would wait.
    expect(second - first).toBeLessThan(1_000);
  }, 30_000);

  test('again and again 129 is a crash loop: the pauses grow, and SIGTERM ends a pause', async () => {
    const { process: child, ended } = start(shell, 'exit 129');
    await until(() => starts().length === 4);
    const [, second = 0, third = 0, fourth = 0] = starts();
    expect(third - second).toBeGreaterThanOrEqual(950);
    expect(fourth - third).toBeGreaterThanOrEqual(1_950);
    const before = Date.now();
    await sleep(200);
    child.kill('SIGTERM');
    const { code, log } = await ended;
    expect(code).toBe(0);
    expect(Date.now() - before).toBeLessThan(3_500);
    expect(starts()).toHaveLength(4);
    expect(log).toMatch(/as it wished\n.*in 1 s\n.*in 2 s\n.*in 4 s\n(Terminated\n)?$/s);
  }, 60_000);

  test.each([0, 1, 2, 137])(
    'code %i is handed on',
    async (code) => {
      expect((await start(shell, `exit ${code}`).ended).code).toBe(code);
      expect(starts()).toHaveLength(1);
    },
    30_000,
  );

  test('killed by a signal it shows as the shell shows it', async () => {
    expect((await start(shell, 'kill -KILL $$').ended).code).toBe(137);
  }, 30_000);

  test('SIGTERM reaches Felix, which has its time, and its code is kept', async () => {
    const { process: child, ended } = start(shell, `trap 'sleep 1; exit 42' TERM; echo > ${folder}/ready; while :; do sleep 0.1; done`);
    await until(() => existsSync(join(folder, 'ready')));
    child.kill('SIGTERM');
    await sleep(100);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 42, signal: null });
    expect(starts()).toHaveLength(1);
  }, 30_000);

  test('129 after SIGTERM does not start it anew', async () => {
    const { process: child, ended } = start(shell, `trap 'exit 129' TERM; echo > ${folder}/ready; while :; do sleep 0.1; done`);
    await until(() => existsSync(join(folder, 'ready')));
    child.kill('SIGTERM');
    expect((await ended).code).toBe(129);
    expect(starts()).toHaveLength(1);
  }, 30_000);

  test('a Felix that does not hear SIGTERM is killed after eight seconds, and nothing is left', async () => {
    const { process: child, ended } = start(shell, `trap '' TERM; echo $$ > ${folder}/ready; while :; do sleep 0.2; done`);
    await until(() => existsSync(join(folder, 'ready')));
    const before = Date.now();
    child.kill('SIGTERM');
    const { code, log } = await ended;
    expect(code).toBe(137);
    expect(Date.now() - before).toBeGreaterThanOrEqual(7_500);
    expect(log).toMatch(/did not end within 8 s and is killed/);
    expect(gone('ready')).toBe(true);
  }, 40_000);

  test('a command that is not there ends with 127', async () => {
    const child = spawn(shell[0] ?? '', [...shell.slice(1), ENTRYPOINT, join(folder, 'absent')], { stdio: 'ignore' });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(127);
  }, 30_000);
});

test('the shipper has a HOME, also where the runtime gives none to a uid without a name', () => {
  cpSync(fileURLToPath(new URL('../../shipper/cextfire-shipper', import.meta.url)), join(folder, 'cextfire-shipper'));
  writeFileSync(join(folder, 'cextfire-shipper.cjs'), '');
  writeFileSync(join(folder, 'node'), '#!/bin/sh\necho "$HOME"\n', { mode: 0o755 });
  const homeIn = (env: NodeJS.ProcessEnv) => execFileSync(join(folder, 'cextfire-shipper'), { env, encoding: 'utf8' }).trim();
  const { HOME: _, ...without } = process.env;
  expect([homeIn(without), homeIn({ ...without, HOME: '/home/x' })]).toEqual(['/', '/home/x']);
});

test('without a command it says so', async () => {
  const child = spawn(ENTRYPOINT, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
  expect(log).toMatch(/no command given/);
});
