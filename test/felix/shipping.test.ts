/** Recordings through the shipper in this process: after every step the cloud has the state that the stream says. */
import { describe, expect, jest, test } from '@jest/globals';
import { readFrames, writeFrame } from '../../proto/framing.ts';
import { felix } from '../../proto/generated/felix.js';
import { emptyState, hearFelix, plain, ShipmentReader, stateOfStream } from './decoded.ts';
import { ManualClock } from './manual-clock.ts';
import { listRecordings, readRecording } from './recording.ts';
import { Shipping } from './shipping.ts';

// 250,000 pods, and every byte of a stream: seconds on a quiet machine, more on a busy one.
jest.setTimeout(120_000);

const inSyncAt = (stream: Uint8Array) => {
  let bytes = 0;
  for (const frame of readFrames(stream)) {
    bytes += 8 + frame.length;
    if (felix.ToDataplane.decode(frame).inSync) return bytes;
  }
  return Number.POSITIVE_INFINITY;
};

describe.each(listRecordings().map((recording) => [`${recording.scenario} ${recording.version}`, recording] as const))(
  '%s',
  (_, recording) => {
    test('after every step, over all restarts of Felix', async () => {
      const clock = new ManualClock();
      const reader = new ShipmentReader();
      for (let life = 1; life <= recording.lives; life++) {
        await clock.advance(1_000);
        const shipping = new Shipping({}, clock, reader);
        const stream = recording.stream(life);
        let at = 0;
        for (const mark of recording.marks.filter((mark) => mark.life === life)) {
          await shipping.take(stream.subarray(at, mark.bytes));
          at = mark.bytes;
          expect(plain(reader.state)).toEqual(plain(stateOfStream(stream.subarray(0, at))));
        }
        await shipping.shipper.finish(100);
      }
      expect(reader.snapshots).toBe(recording.lives);
    });
  },
);

test.each(['v3.31.7', 'v3.32.1', 'v3.34.0-dev'])('11-odd-input %s: after every single frame', async (version) => {
  const stream = readRecording('11-odd-input', version).stream(1);
  const shipping = new Shipping();
  const state = emptyState();
  let inSync = false;
  for (const frame of readFrames(stream)) {
    hearFelix(state, frame);
    inSync ||= felix.ToDataplane.decode(frame).inSync != null;
    await shipping.take(writeFrame(frame));
    if (inSync) expect(plain(shipping.reader.state)).toEqual(plain(state));
    else expect(shipping.reader.shipments).toBe(0);
  }
  expect(inSync).toBe(true);
});

test.each(['v3.31.7', 'v3.32.1', 'v3.34.0-dev'])('01-first-rule %s: split in two at every byte, with a pause between', async (version) => {
  const stream = readRecording('01-first-rule', version).stream(1);
  const whole = plain(stateOfStream(stream));
  const ready = inSyncAt(stream);
  for (let cut = 1; cut < stream.length; cut++) {
    const shipping = new Shipping();
    await shipping.take(stream.subarray(0, cut));
    if (cut >= ready !== shipping.reader.shipments > 0) throw new Error(`split at ${cut}: ${shipping.reader.shipments} shipments`);
    await shipping.take(stream.subarray(cut));
    const state = plain(shipping.reader.state);
    if (JSON.stringify(state) !== JSON.stringify(whole)) expect([cut, state]).toEqual([cut, whole]);
    shipping.shipper.stop();
  }
});

test('08-churn byte by byte', async () => {
  const stream = readRecording('08-churn', 'v3.32.1').stream(1);
  const shipping = new Shipping();
  for (let at = 0; at < stream.length; at++) shipping.shipper.take(stream.subarray(at, at + 1));
  await shipping.clock.advance(1_000);
  expect(plain(shipping.reader.state)).toEqual(plain(stateOfStream(stream)));
});

test('a shipper killed anywhere and begun anew with the whole stream ends with the same state', async () => {
  const stream = readRecording('08-churn', 'v3.31.7').stream(1);
  const whole = plain(stateOfStream(stream));
  const clock = new ManualClock();
  const reader = new ShipmentReader();
  for (let killed = 500; killed < stream.length; killed += 977) {
    await clock.advance(5);
    const first = new Shipping({}, clock, reader);
    first.shipper.take(stream.subarray(0, killed));
    await clock.advance(killed % 120);
    first.shipper.stop();
  }
  await clock.advance(5);
  const last = new Shipping({}, clock, reader);
  await last.take(stream);
  expect(plain(reader.state)).toEqual(whole);
});
