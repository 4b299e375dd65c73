/** One member as it stands in a frame. */
import type { CompactMember } from '../proto/members.ts';

/**
 * The member written at bytes[start, end). The same rule as host4Number of proto/members.ts, read straight from the bytes: at 250,000
 * members a start of Felix spends most of its time here, and no text is made for what becomes a number.
 */
export function memberAt(bytes: Uint8Array, start: number, end: number): CompactMember {
  const length = end - start;
  if (length >= 10 && length <= 18 && bytes[end - 3] === 47 && bytes[end - 2] === 51 && bytes[end - 1] === 50) {
    const value = dottedQuad(bytes, start, end - 3);
    if (value > 0 && value < 0xffffffff) return value;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('utf8');
}

function dottedQuad(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let part = -1;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const code = bytes[at] as number;
    if (code === 46) {
      if (part < 0) return -1;
      value = value * 256 + part;
      part = -1;
      dots++;
    } else if (code >= 48 && code <= 57) {
      if (part === 0) return -1;
      part = part < 0 ? code - 48 : part * 10 + code - 48;
      if (part > 255) return -1;
    } else return -1;
  }
  return dots === 3 && part >= 0 ? value * 256 + part : -1;
}
