import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const FEW = 100;
const MANY = 400;
/**
 * Objects that a change may leave. Caches that drop all they have when that is too much leave up to 1,600 behind, depending on when one looks: five for
 * each change here. Where one of them forgot nothing it were 7 (sets), 12 (interned rules) or 44 (what comparisons looked at).
 */
const A_CHANGE = 6;

test('a warm apply that saw four times as many changes keeps no more for it: the soak sees that in hours, this in seconds', async () => {
  const program = fileURLToPath(new URL('kept.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', program, String(FEW), String(MANY)]);
  const { few, many } = JSON.parse(stdout) as { few: number; many: number };
  expect(few).toBeGreaterThan(100);
  expect((many - few) / (MANY - FEW)).toBeLessThan(A_CHANGE);
}, 240_000);
