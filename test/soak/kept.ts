/**
 * What a warm apply keeps: a process of the whole way without AWS looks at so many changes, then another at so many; printed is how many objects each
 * held that nobody else does. A program of its own, for v8 counts the objects of the main realm only.
 */
import { queryObjects } from 'node:v8';
import type { Engine } from '../../functions/apply/engine.ts';
import { Way } from '../fake-firewall/way.ts';
import { readRecording } from '../felix/recording.ts';
import { ChurnFrames } from './churn-frames.ts';

const recording = readRecording('01-first-rule', 'v3.32.1');
const [mark] = recording.marks.filter(({ life }) => life === 1);
if (!mark) throw new Error('a recording begins with a life');
const frames = new ChurnFrames(recording, mark);
/** Pods of ours that stand. */
const PODS = 20;

/** Every object there is, after a collection. */
const objects = (): number => queryObjects(Object, { format: 'count' });

/** Objects that only this process holds. */
function keptBy(process: { engine: Engine | undefined }): number {
  const before = objects();
  process.engine = undefined;
  return before - objects();
}

/** A process that sees a policy replaced again and again, with pods that come and go in between. */
async function live(way: Way, from: number, changes: number): Promise<{ engine: Engine | undefined }> {
  const engine = way.process();
  for (let n = from; n < from + changes; n++) {
    await way.take(Buffer.concat([...frames.replace(n), frames.come(n), ...(n > PODS ? [frames.go(n - PODS)] : [])]));
    await way.look(engine, n % 20 === 0 ? 'audit' : 'wake');
    await way.approve(engine);
  }
  return { engine };
}

const [fewChanges = 0, manyChanges = 0] = process.argv.slice(2).map(Number);
const way = new Way();
await way.take(recording.stream(1).subarray(0, mark.bytes));
await way.take(Buffer.concat(frames.begin()));
const few = keptBy(await live(way, 1, fewChanges));
const many = keptBy(await live(way, 1 + fewChanges, manyChanges));
console.log(JSON.stringify({ few, many }));
