import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from './temporary-folder.ts';

test('it is gone when it is removed', () => {
  const { path, remove } = temporaryFolder('removed');
  writeFileSync(join(path, 'file'), '');
  remove();
  expect(existsSync(path)).toBe(false);
});

test('it is gone when the process that made it was killed', async () => {
  const script =
    "import { temporaryFolder } from './temporary-folder.ts'; console.log(temporaryFolder('killed').path); setInterval(() => {}, 1000);";
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [path] = (await once(createInterface(child.stdout), 'line')) as [string];
  expect(existsSync(path)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  for (let attempt = 0; attempt < 200 && existsSync(path); attempt++) await sleep(50);
  expect(existsSync(path)).toBe(false);
});
