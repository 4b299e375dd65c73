/** How much goes into one shipment. */
import { deflateSync } from 'node:zlib';
import { MAX_BODY_BYTES, MAX_SHIPMENT_BYTES } from '../proto/packing.ts';

/**
 * Content that fits whatever it is: zlib adds at most 0.04 %, base64 a third, and the envelope of a shipment is below 1 KiB. Parts are cut
 * at this size before compression, so that none ever has to be cut again.
 */
export const PART_BYTES = 190 * 1024;

/** Envelope, key and framing of one object, generously. */
const AROUND = 8 * 1024;

/** Whether one object can travel in a part of its own; only objects above {@link PART_BYTES} need to be tried. */
export function fitsAlone(raw: Uint8Array): boolean {
  if (raw.length <= PART_BYTES) return true;
  if (raw.length > MAX_SHIPMENT_BYTES - AROUND) return false;
  return Math.ceil(deflateSync(raw).length / 3) * 4 <= MAX_BODY_BYTES - AROUND;
}
