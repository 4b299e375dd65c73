/** Whatever dies or comes twice on the way, the border ends right, and what an administrator keeps there is untouched. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readRecording } from '../felix/recording.ts';
import { recordedView } from '../felix/verdict-world.ts';
import { needs } from '../requirements.ts';
import { addressesOf, drawPackets } from './packets.ts';
import { expectBorder, expectVerdicts, sceneOf, wrongOf } from './scene.ts';
import { NEEDS, World } from './world.ts';

const MINUTES = 60_000;
/** Ends in a state that differs from its begin, so that every round has work to do. */
const ROUND = ['start', 'pod comes', 'pod goes', 'policy edited', 'namespace relabelled'];

needs(...NEEDS)('what dies or comes twice', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ visibilitySeconds: 2 });
  }, 3 * MINUTES);
  beforeEach(() => world.fresh(), 2 * MINUTES);
  afterEach(async () => {
    expect(await world.foreign()).toBe(world.foreignBefore);
  }, MINUTES);
  afterAll(() => world?.close(), MINUTES);

  needs('embedded cloud')('in the cloud', () => {
    test.each([
      ['Cluster-payments/Ingest', 3],
      ['Manager-edge/Apply', 12],
    ] as const)(
      '%s killed at every request to AWS, before or after its effect: the next run finishes',
      async (name, least) => {
        const recording = readRecording('01-first-rule', 'v3.32.1');
        const marks = recording.marks.filter(({ step }) => ROUND.includes(step));
        const fn = world.cloud.functions.get(name);
        if (!fn) throw new Error(`the stack has no ${name}`);
        let killed = 0;
        let spared = 0;
        // A whole round without a death: nothing on the way makes so many requests.
        for (let request = 1; spared < marks.length && request < 200; request++) {
          const mark = marks[(request - 1) % marks.length];
          if (!mark) throw new Error('the recording has no steps');
          // A new round is a new life of Felix, which says everything anew.
          if (mark === marks[0]) await world.felixDies();
          const invocations = fn.invocations.length;
          const kills = () => fn.invocations.slice(invocations).filter(({ kind }) => kind === 'killed').length;
          fn.killNext({ request, when: request % 2 === 0 ? 'before' : 'after' });
          await world.send(recording, mark);
          await world.until('the function to run', () => fn.invocations.length > invocations);
          if (kills() > 0) await world.expireLeases();
          await world.arrive(recording, mark);
          // Those that were not needed for this step are not left for the next one.
          fn.spare();
          if (kills() > 0) {
            killed++;
            spared = 0;
          } else spared++;
          await expectBorder(world, `killed at request ${request}, ${mark.step}`, recording, mark, 60);
        }
        expect(killed).toBeGreaterThan(least);
        expect(await world.cloud.waiting('Cluster-payments/Shipments/Dead')).toBe(0);
        expect(await world.cloud.waiting('Manager-edge/Wakes/Dead')).toBe(0);
      },
      10 * MINUTES,
    );

    test(
      'every batch of both functions delivered twice, at the same time and in order',
      async () => {
        const recording = readRecording('01-first-rule', 'v3.34.0-dev');
        world.cloud.duplicateNext('Cluster-payments/Ingest', 10_000);
        world.cloud.duplicateNext('Manager-edge/Apply', 10_000);
        for (const mark of recording.marks.filter(({ step }) => ROUND.includes(step))) {
          await world.play(recording, mark);
          await expectVerdicts(world, recording, mark);
        }
        expect(world.count('Duplicates')).toBeGreaterThan(3);
      },
      5 * MINUTES,
    );

    test(
      'shipments of an earlier life that come again change nothing',
      async () => {
        const recording = readRecording('09-restart', 'v3.32.1');
        const [first, second, third] = recording.marks;
        if (!first || !second || !third) throw new Error('three lives are needed');
        await world.play(recording, first);
        await world.approve();
        const old = [...world.bodies];
        await world.play(recording, second);
        await world.play(recording, third);
        await world.approve();
        await expectVerdicts(world, recording, third);
        await world.transactions.take();
        for (const [at, body] of old.entries()) await world.redeliver(body, `again-${at}`);
        await world.settle();
        expect(await world.transactions.take()).toEqual([]);
        await expectVerdicts(world, recording, third);
      },
      5 * MINUTES,
    );
  });

  test.each([1, 2])(
    'the shipper killed and restarted at random points (seed %d)',
    async (seed) => {
      const recording = readRecording('08-churn', 'v3.32.1');
      const last = recording.marks.at(-1);
      if (!last) throw new Error('the recording has no steps');
      const stream = recording.stream(1);
      let state = seed;
      // Lehmer's generator: the same points in every run.
      const random = (below: number) => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
      };
      for (let life = 0; life < 8; life++) {
        const felix = world.restart();
        await felix.play(stream.subarray(0, 1 + random(stream.length)), { chunk: 1 + random(4000), pause: random(20) });
        const end = Date.now() + random(600);
        await world.until('the moment of its death', () => Date.now() >= end);
        await felix.kill();
      }
      world.restart();
      await world.send(recording, last);
      await world.arrive(recording, last);
      if ((await world.held()).size > 0) await world.approve();
      const view = recordedView(recording, last);
      const sources = new Set([...addressesOf(view), ...recording.marks.flatMap((mark) => addressesOf(recordedView(recording, mark)))]);
      expect(await wrongOf(world, sceneOf(world, view), drawPackets(view, sources))).toEqual([]);
    },
    5 * MINUTES,
  );
});
