/** The very short form: every fault once, and two samples of memory. Whether it is flat is told by the long one. */
import { expect, test } from '@jest/globals';
import { NEEDS } from '../end-to-end/world.ts';
import { needs } from '../requirements.ts';
import { BOUNDS, growths, type Sample } from './memory.ts';
import { FAULTS, soak } from './soak.ts';

needs(...NEEDS)('the whole way with something going wrong at every step', () => {
  test('every fault once: packets meet the evaluator, nothing is lost', async () => {
    const report = await soak(0);
    expect([report.wrong, report.dead]).toEqual([[], 0]);
    expect(Object.keys(report.faults).sort()).toEqual(Object.keys(FAULTS).sort());
    expect(report.packets).toBeGreaterThan(100);
    const [samples = []] = report.stretches;
    expect(samples.length).toBeGreaterThan(1);
    for (const { values } of samples) for (const name of Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]) expect(values[name]).not.toBeNaN();
  }, 240_000);
});

const HEAP = 'apply: heap after collection, MB';
/** A sample every half minute. */
const samples = (count: number, heap: (at: number) => number): Sample[] =>
  Array.from({ length: count }, (_, at) => ({ atMs: at * 30_000, values: { [HEAP]: heap(at) } }));
const heapOf = (...stretches: Sample[][]) => growths(stretches).find(({ measure }) => measure === HEAP);

test('growth leaves out what warming up costs, and no single sample decides', () => {
  const warm = samples(60, (at) => (at < 20 ? at : 50));
  expect(heapOf(warm)).toMatchObject({ level: 50, anHour: 0, flat: true });
  const spike = samples(60, (at) => (at === 59 ? 500 : 50));
  expect(heapOf(spike)).toMatchObject({ anHour: 0, flat: true });
});

test('a leak shows in every stretch; a stretch too short to tell says so', () => {
  const leak = samples(60, (at) => 50 + at * 0.2);
  expect(heapOf(leak, leak)).toMatchObject({ anHour: expect.closeTo(24), flat: false });
  expect(heapOf(samples(10, (at) => 50 + at))?.flat).toBeUndefined();
});
