/** Bytes that no Felix writes: whatever comes, the shipper takes it or says which of four things is wrong, and the cloud never gets a view that is not. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFrames, writeFrame } from '../../proto/framing.ts';
import { plain } from './decoded.ts';
import { readRecording } from './recording.ts';
import { Shipping } from './shipping.ts';

const REFUSED = [
  'CEXT_PIPE_FRAME_TOO_LONG',
  'CEXT_PIPE_FRAME_TRUNCATED',
  'CEXT_SHIPPER_MESSAGE_UNREADABLE',
  'CEXT_SHIPPER_SET_UNKNOWN',
] as const;
const GENERATIONS = ['v3.31.7', 'v3.32.1', 'v3.34.0-dev'];
const streams = GENERATIONS.flatMap((version) =>
  ['01-first-rule', '11-odd-input'].map((scenario) => [...readFrames(readRecording(scenario, version).stream(1))]),
);

/** Takes the bytes as the program does; the code with which it refused them. */
async function feed(shipping: Shipping, bytes: Uint8Array): Promise<string | undefined> {
  try {
    shipping.shipper.take(bytes);
    shipping.shipper.end();
  } catch (error) {
    shipping.shipper.stop();
    return (error as { code?: string }).code ?? String(error);
  }
  await shipping.clock.advance(5_000);
  return undefined;
}

/** What the cloud has is what one healthy snapshot of the same view would give it: the reader has checked every digest on the way. */
async function sameAsSnapshot(shipping: Shipping): Promise<void> {
  const before = plain(shipping.reader.state);
  shipping.shipper.resync();
  await shipping.clock.advance(10_000);
  expect(plain(shipping.reader.state)).toEqual(before);
}

test('frames of both wire generations with bytes changed, cut out, doubled or put in', async () => {
  const damage = fc.record({
    at: fc.nat(1_000_000),
    kind: fc.constantFrom('change', 'cut', 'double', 'put'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
  });
  const seen = new Set<string | undefined>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...streams), fc.array(damage, { minLength: 1, maxLength: 3 }), async (frames, all) => {
      const damaged: Uint8Array[] = frames.map((frame) => Buffer.from(frame));
      for (const { at, kind, bytes } of all) {
        const index = at % damaged.length;
        const frame = damaged[index] as Uint8Array;
        const place = frame.length === 0 ? 0 : at % frame.length;
        const [head, tail] = [frame.subarray(0, place), frame.subarray(place)];
        if (kind === 'change') damaged[index] = Buffer.concat([head, bytes, tail.subarray(bytes.length)]);
        if (kind === 'cut') damaged[index] = Buffer.concat([head, tail.subarray(bytes.length)]);
        if (kind === 'double') damaged.splice(index, 0, frame);
        if (kind === 'put') damaged[index] = Buffer.concat([head, bytes, tail]);
      }
      const shipping = new Shipping();
      const code = await feed(shipping, Buffer.concat(damaged.map((frame) => writeFrame(frame))));
      seen.add(code);
      if (code !== undefined) expect(REFUSED).toContain(code);
      else await sameAsSnapshot(shipping);
    }),
    { numRuns: 400 },
  );
  // Both happened: the damage was neither always fatal nor never noticed.
  expect(seen.has(undefined)).toBe(true);
  expect(seen.has('CEXT_SHIPPER_MESSAGE_UNREADABLE')).toBe(true);
});

test('bytes that are no frames at all, before and after the stream', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...streams),
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.boolean(),
      async (frames, noise, first) => {
        const stream = Buffer.concat(frames.map((frame) => writeFrame(frame)));
        const shipping = new Shipping();
        const code = await feed(shipping, Buffer.concat(first ? [noise, stream] : [stream, noise]));
        if (code !== undefined) expect(REFUSED).toContain(code);
      },
    ),
    { numRuns: 300 },
  );
});

test('messages of kinds that nobody knows yet are counted, wherever they stand', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...streams),
      fc.array(fc.tuple(fc.nat(1_000), fc.integer({ min: 41, max: 500 }), fc.uint8Array({ maxLength: 100 })), {
        minLength: 1,
        maxLength: 5,
      }),
      async (frames, unknown) => {
        const all = [...frames];
        for (const [at, field, bytes] of unknown) all.splice(at % (all.length + 1), 0, envelope(field, bytes));
        const [plainOne, more] = [new Shipping(), new Shipping()];
        expect(await feed(plainOne, Buffer.concat(frames.map((frame) => writeFrame(frame))))).toBeUndefined();
        expect(await feed(more, Buffer.concat(all.map((frame) => writeFrame(frame))))).toBeUndefined();
        expect(plain(more.reader.state)).toEqual(plain(plainOne.reader.state));
        const counted = Object.values(more.shipper.status().skipped).reduce((sum, count) => sum + count, 0);
        const before = Object.values(plainOne.shipper.status().skipped).reduce((sum, count) => sum + count, 0);
        expect(counted - before).toBe(unknown.length);
      },
    ),
    { numRuns: 60 },
  );
});

/** A message with one length-delimited field. */
function envelope(field: number, bytes: Uint8Array): Uint8Array {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
  return Uint8Array.from([...varint((field << 3) | 2), ...varint(bytes.length), ...bytes]);
}
