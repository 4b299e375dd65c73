/** From a real Felix stream through shipments and ingest into the log, and back out as a view: whatever happens between, never a wrong one. */
import { describe, expect, test } from '@jest/globals';
import { EMPTY_DIGEST } from '../../proto/digest.ts';
import { readFrames } from '../../proto/framing.ts';
import { Killed, MortalTable } from '../../test/cloud/memory-table.ts';
import { listRecordings, readRecording } from '../../test/felix/recording.ts';
import { plain, Sender, World } from '../../test/ingest/world.ts';
import type { MutableView } from '../cluster/mutable-view.ts';
import { viewFromStream } from '../cluster/view-from-stream.ts';

describe.each(
  listRecordings()
    .filter(({ scenario }) => !/^(12|13)-/.test(scenario))
    .map((recording) => [`${recording.scenario} ${recording.version}`, recording] as const),
)('%s', (_, recording) => {
  test('the view after every step is the view of the stream', async () => {
    const world = new World();
    let warm: MutableView | undefined;
    for (let life = 1; life <= recording.lives; life++) {
      const frames = readFrames(recording.stream(life));
      const sender = new Sender(String(life).repeat(16));
      let shipped = 0;
      for (const mark of recording.marks.filter((step) => step.life === life)) {
        const bodies: string[] = [];
        for (const frame of frames.slice(shipped, mark.frames)) {
          const body = sender.frame(frame);
          if (body && shipped > 0) bodies.push(body);
        }
        if (shipped === 0 && mark.frames > 0) {
          sender.sequence = 0;
          bodies.push(...sender.snapshot(3));
        }
        shipped = mark.frames;
        for (let at = 0; at < bodies.length; at += 10) await world.ingest(bodies.slice(at, at + 10));
        if (shipped === 0) continue;
        const log = world.log(world.memory, { compactAfterItems: 7 });
        warm ??= await log.open();
        await log.advance(warm);
        const truth = plain(viewFromStream('c', recording.stream(life), { frames: mark.frames }).view);
        expect(warm.problem).toBeUndefined();
        expect(plain(warm)).toEqual(truth);
      }
    }
    const cold = await world.log().open();
    expect(plain(cold)).toEqual(plain(warm as MutableView));
    expect(world.control).toEqual([]);
  });
});

describe.each(['before', 'after'] as const)('killed at every call, %s its effect', (when) => {
  test('the next run converges: nothing lost, nothing doubled, every view on the way a right one', async () => {
    const { stream } = readRecording('01-first-rule', 'v3.31.7');
    const frames = readFrames(stream(1));
    let deaths = 0;
    for (let calls = 0; calls < 60; calls++) {
      const world = new World();
      const sender = new Sender('a'.repeat(16));
      const bodies: string[] = [];
      const right = new Set([EMPTY_DIGEST]);
      for (const [index, frame] of frames.entries()) {
        const body = sender.frame(frame);
        if (index === 9) {
          sender.sequence = 0;
          bodies.push(...sender.snapshot(3));
        } else if (index > 9 && body) bodies.push(body);
        if (index >= 9) right.add(sender.view.digest);
      }
      const mortal = new MortalTable(world.memory, calls, when);
      try {
        for (let at = 0; at < bodies.length; at += 4) {
          await world.ingest(bodies.slice(at, at + 4), mortal);
          await world.log(mortal, { compactAfterItems: 3 }).open();
        }
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        deaths++;
      }
      expect(right).toContain((await world.log().open()).digest);
      for (let at = 0; at < bodies.length; at += 4) await world.ingest(bodies.slice(at, at + 4));
      const view = await world.log(world.memory, { compactAfterItems: 3 }).open();
      expect(view.problem).toBeUndefined();
      expect(view.digest).toBe(sender.view.digest);
      expect(world.logItems()).toBe(bodies.length);
      expect(world.control).toEqual([]);
      expect(world.wakes).toBeGreaterThan(0);
    }
    expect(deaths).toBeGreaterThan(15);
  });
});
