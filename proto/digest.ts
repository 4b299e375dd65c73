/**
 * The order-free digest of a view, kept incrementally: the sum, lane by lane modulo 2^32, of one 128-bit hash per object and per member.
 * Adding and then removing a thing leaves the digest as it was. It guards against loss and error, not against an attacker: a cluster
 * vouches only for itself (DESIGN.md 6.6).
 */
import { createHash } from 'node:crypto';
import { type CompactMember, host4Number } from './members.ts';

export type Lanes = readonly [number, number, number, number];

function lanesOf(...parts: readonly (string | number | Uint8Array)[]): Lanes {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'number' ? `${part}` : part).update('\0');
  const bytes = hash.digest();
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8), bytes.readUInt32LE(12)];
}

/** Hash of an object: its kind (cextfire.Kind), key and raw bytes. */
export const objectLanes = (kind: number, key: string, raw: Uint8Array): Lanes => lanesOf('object', kind, key, raw);

/** The seed of a set, from which the hashes of its members follow. Cache it beside the set. */
export const setSeed = (set: string): Lanes => lanesOf('set', set);

function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Hash of one member of the set whose seed this is. */
export function memberLanes(seed: Lanes, member: CompactMember): Lanes {
  if (typeof member === 'number') return host4Lanes(seed, member);
  const host = host4Number(member);
  return host < 0 ? lanesOf('member', seed.join(), member) : host4Lanes(seed, host);
}

/** The same for an IPv4 host as host4Number gives it, without its text. */
export function host4Lanes(seed: Lanes, host: number): Lanes {
  const a = mix(host ^ seed[0]);
  const b = mix(a ^ seed[1]);
  const c = mix(host + Math.imul(b, 31) + seed[2]);
  return [a, b, c, mix(a ^ Math.imul(c, 17) ^ seed[3])];
}

export class Digest {
  readonly #sum = new Uint32Array(4);

  add(lanes: Lanes): void {
    for (let i = 0; i < 4; i++) this.#sum[i] = (this.#sum[i] as number) + (lanes[i] as number);
  }

  remove(lanes: Lanes): void {
    for (let i = 0; i < 4; i++) this.#sum[i] = (this.#sum[i] as number) - (lanes[i] as number);
  }

  lanes(): Lanes {
    const [a = 0, b = 0, c = 0, d = 0] = this.#sum;
    return [a, b, c, d];
  }

  /** 16 bytes. */
  bytes(): Uint8Array {
    const out = Buffer.alloc(16);
    for (let i = 0; i < 4; i++) out.writeUInt32LE(this.#sum[i] as number, i * 4);
    return out;
  }

  /** 32 hex digits. */
  text(): string {
    return Buffer.from(this.bytes()).toString('hex');
  }
}

/** The digest of an empty view. */
export const EMPTY_DIGEST = '0'.repeat(32);
