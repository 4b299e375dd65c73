/** The very short form: every fault once. Memory is told by the long one. */
import { expect, test } from '@jest/globals';
import { NEEDS } from '../end-to-end/world.ts';
import { needs } from '../requirements.ts';
import { FAULTS, growth, soak } from './soak.ts';

needs(...NEEDS)('the whole way with something going wrong at every step', () => {
  test('every fault once: packets meet the evaluator, nothing is lost', async () => {
    const report = await soak(0);
    expect([report.wrong, report.dead]).toEqual([[], 0]);
    expect(Object.keys(report.faults).sort()).toEqual(Object.keys(FAULTS).sort());
    expect(report.packets).toBeGreaterThan(100);
    expect(Math.min(...report.shipperMb, ...report.cloudMb)).toBeGreaterThan(1);
  }, 240_000);
});

test('growth leaves out what warming up costs', () => {
  expect(growth([1, 1, 50, 50, 50, 50, 70, 70])).toEqual({ early: 50, late: 70 });
});
