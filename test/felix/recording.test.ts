import { expect, test } from '@jest/globals';
import { readFrames } from '../../proto/framing.ts';
import { listRecordings, parseVerdicts, readRecording } from './recording.ts';

test('every mark of every recording stands at the end of a frame, and the last one at the end of its stream', () => {
  const recordings = listRecordings();
  expect(recordings.length).toBeGreaterThanOrEqual(72);
  for (const recording of recordings) {
    for (let life = 1; life <= recording.lives; life++) {
      const stream = recording.stream(life);
      const marks = recording.marks.filter((mark) => mark.life === life);
      for (const mark of marks) expect(readFrames(stream.subarray(0, mark.bytes)).length).toBe(mark.frames);
      expect([recording.scenario, life, marks.at(-1)?.bytes]).toEqual([recording.scenario, life, stream.length]);
    }
  }
});

test('a restarted Felix has a stream of its own', () => {
  const recording = readRecording('09-restart', 'v3.32.1');
  expect(recording.title).toBe('Felix restarts');
  expect(recording.lives).toBe(3);
  expect(recording.marks.map(({ step, life }) => [step, life])).toEqual([
    ['start', 1],
    ['restart, nothing changed', 2],
    ['restart, changed meanwhile', 3],
  ]);
});

test('a step whose name holds a comma keeps it', () => {
  expect(
    readRecording('09-restart', 'v3.32.1')
      .verdicts()
      .map((row) => row.step),
  ).toContain('restart, nothing changed');
  expect(parseVerdicts('step,dir\n"a, ""b""",egress\nc,\n')).toEqual([
    { step: 'a, "b"', dir: 'egress' },
    { step: 'c', dir: '' },
  ]);
});

test('a recording that is not there is named together with those that are', () => {
  expect(() => readRecording('nowhere', 'v1')).toThrow(/no scenario nowhere; there are: 01-first-rule/);
  expect(() => readRecording('01-first-rule', 'v1')).toThrow('01-first-rule has no version v1; there are: v3.31.7, v3.32.1, v3.34.0-dev');
});
