/** Ethernet frames with right checksums for any packet of functions/packets, each carrying a tag by which it is known again on the far side. */
import type { Packet } from '../../functions/packets/packet.ts';

const MAGIC = Buffer.from('cxfJ');

const bytes = (family: 4 | 6, value: bigint): Buffer => Buffer.from(value.toString(16).padStart(family === 4 ? 8 : 32, '0'), 'hex');
const mac = (text: string): Buffer => Buffer.from(text.replaceAll(':', ''), 'hex');

/** RFC 1071. */
function internetChecksum(...parts: readonly Buffer[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at + 1 < part.length; at += 2) sum += part.readUInt16BE(at);
    if (part.length % 2 === 1) sum += (part[part.length - 1] as number) << 8;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

const CRC32C = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  return crc;
});
/** RFC 3309, the checksum of SCTP. */
function crc32c(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = ((crc >>> 8) ^ (CRC32C[(crc ^ byte) & 255] as number)) >>> 0;
  return ~crc >>> 0;
}

function transport(packet: Packet, source: Buffer, destination: Buffer, tag: number): Buffer {
  const label = Buffer.alloc(8);
  MAGIC.copy(label);
  label.writeUInt32BE(tag, 4);
  const pseudo = (length: number): Buffer => {
    const end = Buffer.alloc(packet.family === 4 ? 4 : 8);
    if (packet.family === 4) end.writeUInt16BE(length, 2);
    else end.writeUInt32BE(length, 0);
    end[packet.family === 4 ? 1 : 7] = packet.protocol;
    return Buffer.concat([source, destination, end]);
  };
  const ports = (size: number): Buffer => {
    const head = Buffer.alloc(size);
    head.writeUInt16BE(packet.sourcePort ?? 0, 0);
    head.writeUInt16BE(packet.destinationPort ?? 0, 2);
    return head;
  };
  switch (packet.protocol) {
    case 6: {
      const head = ports(20);
      head.writeUInt32BE(tag, 4);
      head[12] = 5 << 4;
      head[13] = 2;
      head.writeUInt16BE(1024, 14);
      const segment = Buffer.concat([head, label]);
      segment.writeUInt16BE(internetChecksum(pseudo(segment.length), segment), 16);
      return segment;
    }
    case 17:
    case 136: {
      const datagram = Buffer.concat([ports(8), label]);
      datagram.writeUInt16BE(datagram.length, 4);
      datagram.writeUInt16BE(internetChecksum(pseudo(datagram.length), datagram) || 0xffff, 6);
      return datagram;
    }
    case 132: {
      // INIT with one parameter that receivers skip (its type begins with the bits 10), holding the label.
      const chunk = Buffer.alloc(32);
      chunk[0] = 1;
      chunk.writeUInt16BE(32, 2);
      chunk.writeUInt32BE(tag || 1, 4);
      chunk.writeUInt32BE(65535, 8);
      chunk.writeUInt16BE(1, 12);
      chunk.writeUInt16BE(1, 14);
      chunk.writeUInt32BE(1, 16);
      chunk.writeUInt16BE(0x8fff, 20);
      chunk.writeUInt16BE(12, 22);
      label.copy(chunk, 24);
      const whole = Buffer.concat([ports(12), chunk]);
      whole.writeUInt32LE(crc32c(whole), 8);
      return whole;
    }
    case 1:
    case 58: {
      const head = Buffer.alloc(8);
      head[0] = packet.icmpType ?? 0;
      head[1] = packet.icmpCode ?? 0;
      head.writeUInt16BE(tag & 0xffff, 4);
      head.writeUInt16BE(tag >>> 16, 6);
      const message = Buffer.concat([head, label]);
      message.writeUInt16BE(packet.protocol === 58 ? internetChecksum(pseudo(message.length), message) : internetChecksum(message), 2);
      return message;
    }
    default:
      return label;
  }
}

/** One frame from one hardware address to the other. `tag` is an unsigned 32-bit number. */
export function frameOf(packet: Packet, tag: number, fromMac: string, toMac: string): Buffer {
  const source = bytes(packet.family, packet.source);
  const destination = bytes(packet.family, packet.destination);
  const body = transport(packet, source, destination, tag);
  const link = Buffer.concat([mac(toMac), mac(fromMac), Buffer.from(packet.family === 4 ? '0800' : '86dd', 'hex')]);
  if (packet.family === 6) {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(6 * 2 ** 28, 0);
    head.writeUInt16BE(body.length, 4);
    head[6] = packet.protocol;
    head[7] = 64;
    return Buffer.concat([link, head, source, destination, body]);
  }
  const head = Buffer.alloc(20);
  head[0] = 0x45;
  head.writeUInt16BE(20 + body.length, 2);
  head.writeUInt16BE(tag & 0xffff, 4);
  head.writeUInt16BE(0x4000, 6);
  head[8] = 64;
  head[9] = packet.protocol;
  source.copy(head, 12);
  destination.copy(head, 16);
  head.writeUInt16BE(internetChecksum(head), 10);
  return Buffer.concat([link, head, body]);
}

/** Who a frame says it is from, and its tag; undefined for a frame that is not ours. */
export function readFrame(
  frame: Buffer,
): { readonly tag: number; readonly family: 4 | 6; readonly source: bigint; readonly destination: bigint } | undefined {
  const at = frame.lastIndexOf(MAGIC);
  const type = frame.readUInt16BE(12);
  if (at < 0 || at + 8 > frame.length || (type !== 0x0800 && type !== 0x86dd)) return undefined;
  const family = type === 0x0800 ? 4 : 6;
  const address = (from: number) => BigInt(`0x${frame.subarray(from, from + (family === 4 ? 4 : 16)).toString('hex')}`);
  return {
    tag: frame.readUInt32BE(at + 4),
    family,
    source: address(family === 4 ? 26 : 22),
    destination: address(family === 4 ? 30 : 38),
  };
}

/** A capture file (libpcap, Ethernet) of these frames. */
export function pcapOf(frames: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65535, 16);
  head.writeUInt32LE(1, 20);
  const parts: Buffer[] = [head];
  for (const frame of frames) {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    parts.push(record, frame);
  }
  return Buffer.concat(parts);
}

/** Takes a capture stream apart as it comes. */
export class PcapReader {
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;

  *read(data: Buffer): Generator<Buffer> {
    this.#rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    if (!this.#begun) {
      if (this.#rest.length < 24) return;
      this.#begun = true;
      this.#rest = this.#rest.subarray(24);
    }
    while (this.#rest.length >= 16) {
      const length = this.#rest.readUInt32LE(8);
      if (this.#rest.length < 16 + length) return;
      yield this.#rest.subarray(16, 16 + length);
      this.#rest = this.#rest.subarray(16 + length);
    }
  }
}
