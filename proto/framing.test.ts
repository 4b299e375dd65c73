import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FrameReader, MAX_FRAME_BYTES, readFrames, writeFrame } from './framing.ts';

const inSync = Buffer.from('0400000000000000' + '78050a00', 'hex');
const text = (frames: readonly Uint8Array[]) => frames.map((frame) => Buffer.from(frame).toString('hex'));

test('the example of reference/felix.md 1.2: InSync with sequence number 5', () => {
  expect(text(readFrames(inSync))).toEqual(['78050a00']);
  expect(Buffer.from(writeFrame(Buffer.from('78050a00', 'hex')))).toEqual(inSync);
});

test('any stream gives the same frames however its bytes are split', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      (messages, cuts) => {
        const stream = Buffer.concat(messages.map(writeFrame));
        const reader = new FrameReader();
        const frames: string[] = [];
        for (let at = 0, cut = 0; at < stream.length; cut++) {
          const end = at + (cuts[cut % cuts.length] as number);
          frames.push(...text(reader.push(stream.subarray(at, end))));
          at = end;
        }
        reader.end();
        expect(frames).toEqual(text(messages));
        expect(reader.offset).toBe(stream.length);
        expect(reader.frames).toBe(messages.length);
      },
    ),
  );
});

test('a stream that ends inside a frame is an error that says where', () => {
  const stream = Buffer.concat([inSync, inSync]);
  for (let length = 1; length < 2 * inSync.length; length++) {
    if (length === inSync.length) continue;
    const reader = new FrameReader();
    reader.push(stream.subarray(0, length));
    const second = length > inSync.length;
    const into = length % inSync.length;
    const there = into < 8 ? `${into} of 8 bytes of its header` : `${into - 8} of 4 bytes of its message`;
    expect(() => reader.end()).toThrow(
      expect.objectContaining({
        code: 'CEXT_PIPE_FRAME_TRUNCATED',
        message: `the stream ended inside frame ${second ? 2 : 1}, which began at byte ${second ? 12 : 0}: only ${there} came`,
      }),
    );
  }
});

test('a length over 256 MiB is refused at its header, in any of its 64 bits', () => {
  for (const length of [BigInt(MAX_FRAME_BYTES) + 1n, 1n << 32n, 1n << 63n, (1n << 64n) - 1n]) {
    const header = Buffer.alloc(8);
    header.writeBigUInt64LE(length);
    expect(() => new FrameReader().push(header)).toThrow(expect.objectContaining({ code: 'CEXT_PIPE_FRAME_TOO_LONG' }));
  }
  const header = Buffer.alloc(8);
  header.writeBigUInt64LE(BigInt(MAX_FRAME_BYTES));
  expect(new FrameReader().push(header)).toEqual([]);
  expect(() => new FrameReader().push(Buffer.concat([inSync, Buffer.alloc(8, 0xff)]))).toThrow(
    /frame 2, at byte 12, claims 18446744073709551615/,
  );
});

test('a big frame that comes in small chunks is gathered in one pass', () => {
  const message = Buffer.alloc(1_000_000, 7);
  const stream = writeFrame(message);
  const reader = new FrameReader();
  let frames: Uint8Array[] = [];
  for (let at = 0; at < stream.length; at += 100) frames = frames.concat(reader.push(stream.subarray(at, at + 100)));
  expect(frames.length).toBe(1);
  expect(Buffer.compare(frames[0] as Uint8Array, message)).toBe(0);
});
