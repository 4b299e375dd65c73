/** `npm run mutation [-- packets|policy|rulebook] [options of Stryker]`: mutation scores of the pure rooms, one after the other. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOMS = ['packets', 'policy', 'rulebook'];
const home = join(import.meta.dirname, '..', '..');
const [first, ...rest] = process.argv.slice(2);
const rooms = first !== undefined && ROOMS.includes(first) ? [first] : ROOMS;
const options = first !== undefined && !ROOMS.includes(first) ? [first, ...rest] : rest;
if (first !== undefined && !ROOMS.includes(first) && !first.startsWith('-')) {
  console.error(`there is no pure room "${first}"; write: npm run mutation -- ${ROOMS.join('|')} [options of Stryker]`);
  process.exit(2);
}
mkdirSync(join(home, 'node_modules', '.cache', 'stryker'), { recursive: true });
let code = 0;
for (const room of rooms) {
  const stryker = join(home, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const { status } = spawnSync(process.execPath, [stryker, 'run', ...options], {
    cwd: home,
    stdio: 'inherit',
    env: { ...process.env, MUTATED_ROOM: room },
  });
  code ||= status ?? 1;
}
process.exitCode = code;
