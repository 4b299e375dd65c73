/**
 * Frames on Felix's pipes, both directions (reference/felix.md 1.2): the length of the message as 8 bytes little-endian, then the message.
 * No maximum, no checksum and no magic on the wire, so the length itself is the only thing that can show a stream gone wrong.
 */
import { protoError } from './errors.ts';

export const FRAME_HEADER_BYTES = 8;
/** Legal sets reach tens of MB; what claims more is not a frame. */
export const MAX_FRAME_BYTES = 256 * 1024 * 1024;

/**
 * Cuts a stream into frames, however its bytes were split. A frame that lies inside one chunk is a view of that chunk; one that spans
 * chunks is gathered once into a buffer of its own size, so every byte is copied at most once. Keep a frame only as a copy.
 */
export class FrameReader {
  readonly #header = Buffer.alloc(FRAME_HEADER_BYTES);
  #headerFilled = 0;
  #body: Buffer | undefined;
  #bodyFilled = 0;
  #frameStart = 0;
  #frames = 0;

  /** Offset in the stream at which the first frame not yet given out begins. */
  get offset(): number {
    return this.#frameStart;
  }

  /** Frames given out so far. */
  get frames(): number {
    return this.#frames;
  }

  /**
   * The frames that this chunk completes.
   * @throws CEXT_PIPE_FRAME_TOO_LONG; the reader is of no use after that
   */
  push(chunk: Uint8Array): Uint8Array[] {
    const out: Uint8Array[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (!this.#body) {
        const wanted = Math.min(FRAME_HEADER_BYTES - this.#headerFilled, chunk.length - at);
        this.#header.set(chunk.subarray(at, at + wanted), this.#headerFilled);
        this.#headerFilled += wanted;
        at += wanted;
        if (this.#headerFilled < FRAME_HEADER_BYTES) break;
        const length = this.#length();
        if (chunk.length - at >= length) {
          out.push(chunk.subarray(at, at + length));
          at += length;
          this.#complete(length);
          continue;
        }
        // Not zeroed: the operating system gives the pages only as they are filled, so a lying length costs nothing.
        this.#body = Buffer.allocUnsafeSlow(length);
        this.#bodyFilled = 0;
      }
      const body = this.#body;
      const wanted = Math.min(body.length - this.#bodyFilled, chunk.length - at);
      body.set(chunk.subarray(at, at + wanted), this.#bodyFilled);
      this.#bodyFilled += wanted;
      at += wanted;
      if (this.#bodyFilled === body.length) {
        out.push(body);
        this.#complete(body.length);
      }
    }
    return out;
  }

  /**
   * To be called when the stream has ended.
   * @throws CEXT_PIPE_FRAME_TRUNCATED when it ended inside a frame
   */
  end(): void {
    if (this.#headerFilled === 0) return;
    const there = this.#body
      ? `${this.#bodyFilled} of ${this.#body.length} bytes of its message`
      : `${this.#headerFilled} of ${FRAME_HEADER_BYTES} bytes of its header`;
    throw protoError(
      'CEXT_PIPE_FRAME_TRUNCATED',
      `the stream ended inside frame ${this.#frames + 1}, which began at byte ${this.#frameStart}: only ${there} came`,
    );
  }

  #length(): number {
    const length = this.#header.readBigUInt64LE(0);
    if (length > BigInt(MAX_FRAME_BYTES))
      throw protoError(
        'CEXT_PIPE_FRAME_TOO_LONG',
        `frame ${this.#frames + 1}, at byte ${this.#frameStart}, claims ${length} bytes; the limit is ${MAX_FRAME_BYTES}`,
      );
    return Number(length);
  }

  #complete(length: number): void {
    this.#frames++;
    this.#frameStart += FRAME_HEADER_BYTES + length;
    this.#headerFilled = 0;
    this.#body = undefined;
  }
}

/** All frames of a whole stream. @throws CEXT_PIPE_FRAME_TOO_LONG, CEXT_PIPE_FRAME_TRUNCATED */
export function readFrames(stream: Uint8Array): Uint8Array[] {
  const reader = new FrameReader();
  const frames = reader.push(stream);
  reader.end();
  return frames;
}

/** A message with its header before it. @throws CEXT_PIPE_FRAME_TOO_LONG */
export function writeFrame(message: Uint8Array): Uint8Array {
  if (message.length > MAX_FRAME_BYTES)
    throw protoError('CEXT_PIPE_FRAME_TOO_LONG', `a message of ${message.length} bytes; the limit is ${MAX_FRAME_BYTES}`);
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + message.length);
  frame.writeBigUInt64LE(BigInt(message.length), 0);
  frame.set(message, FRAME_HEADER_BYTES);
  return frame;
}
