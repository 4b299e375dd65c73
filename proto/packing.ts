/** A shipment as the body of one SQS message: protobuf, zlib, base64. Unpacking trusts nothing and is bounded. */
import { constants, deflateSync, inflateSync } from 'node:zlib';
import { type CextError, protoError } from './errors.ts';
import { cextfire } from './generated/shipment.js';

export const SHIPMENT_FORMAT = 1;
/** Every SQS implementation takes a body of this size. */
export const MAX_BODY_BYTES = 256 * 1024;
/** What a body may inflate to: zlib can make 1,000 bytes of one. */
export const MAX_SHIPMENT_BYTES = 4 * 1024 * 1024;

/** @throws CEXT_SHIPMENT_TOO_BIG */
export function packShipment(shipment: cextfire.IShipment): string {
  const message = cextfire.Shipment.encode(shipment).finish();
  if (message.length > MAX_SHIPMENT_BYTES) throw tooBig(`${message.length} bytes before compression; the limit is ${MAX_SHIPMENT_BYTES}`);
  const body = deflateSync(message, { level: constants.Z_DEFAULT_COMPRESSION }).toString('base64');
  if (body.length > MAX_BODY_BYTES) throw tooBig(`a body of ${body.length} bytes; the limit is ${MAX_BODY_BYTES}`);
  return body;
}

/**
 * The inverse of {@link packShipment}. What comes back has a stream, an epoch, a sequence from 1, both digests, and exactly one content
 * whose part numbers make sense. Keys, kinds and members are the reader's to check.
 * @throws CEXT_SHIPMENT_TOO_BIG, CEXT_SHIPMENT_UNREADABLE, CEXT_SHIPMENT_FORMAT_NEWER, CEXT_SHIPMENT_INCOMPLETE
 */
export function unpackShipment(body: string): cextfire.Shipment {
  if (body.length > MAX_BODY_BYTES) throw tooBig(`a body of ${body.length} bytes; the limit is ${MAX_BODY_BYTES}`);
  // Buffer.from skips what it does not know, which would let a damaged body pass as a shorter one.
  if (body.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(body)) throw unreadable('the body is not base64');
  const shipment = decode(inflate(Buffer.from(body, 'base64')));
  checkComplete(shipment);
  return shipment;
}

function inflate(bytes: Uint8Array): Buffer {
  try {
    // `info` tells how much of the input was used: anything behind the end of the zlib stream is not ours.
    const { buffer, engine } = inflateSync(bytes, { maxOutputLength: MAX_SHIPMENT_BYTES, info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (engine.bytesWritten !== bytes.length) throw unreadable(`${bytes.length - engine.bytesWritten} bytes follow the zlib stream`);
    return buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooBig(`the body inflates to more than ${MAX_SHIPMENT_BYTES} bytes`);
    if ((error as CextError).code?.startsWith('CEXT_')) throw error;
    throw unreadable('the body is not a zlib stream, or it is damaged', error);
  }
}

function decode(message: Uint8Array): cextfire.Shipment {
  let shipment: cextfire.Shipment;
  try {
    shipment = cextfire.Shipment.decode(message);
  } catch (error) {
    // A newer format may not even decode; its number is field 1 and decodes alone.
    const format = formatOf(message);
    if (format !== undefined && format > SHIPMENT_FORMAT) throw newer(format);
    throw unreadable('the body is not a shipment', error);
  }
  if (shipment.format > SHIPMENT_FORMAT) throw newer(shipment.format);
  return shipment;
}

/** Field 1, which every format writes first. */
function formatOf(message: Uint8Array): number | undefined {
  return message[0] === 8 && message[1] !== undefined && message[1] < 128 ? message[1] : undefined;
}

function checkComplete(shipment: cextfire.Shipment): void {
  const { format, stream, epoch, sequence, digestBefore, digestAfter, snapshot, changes, heartbeat } = shipment;
  const refuse = (field: string, value: unknown) => {
    throw protoError('CEXT_SHIPMENT_INCOMPLETE', `shipment ${sequence} of stream "${stream}": ${field} is ${value}`);
  };
  if (format !== SHIPMENT_FORMAT) refuse('format', format);
  if (stream === '' || stream.length > 128) refuse('stream', stream === '' ? 'empty' : `${stream.length} characters long`);
  if (!epoch || !Number.isSafeInteger(epoch.startedMs) || (epoch.startedMs ?? 0) <= 0) refuse('epoch.started_ms', epoch?.startedMs);
  if (!/^[0-9a-f]{16}$/.test(epoch?.random ?? '')) refuse('epoch.random', `"${epoch?.random}"`);
  if (!Number.isSafeInteger(sequence) || sequence < 1) refuse('sequence', sequence);
  if (digestBefore.length !== 16) refuse('digest_before', `${digestBefore.length} bytes long`);
  if (digestAfter.length !== 16) refuse('digest_after', `${digestAfter.length} bytes long`);
  if (!snapshot && !changes && !heartbeat) refuse('content', 'absent');
  const numbered = snapshot ?? changes;
  if (numbered) {
    const { part, parts } = numbered;
    if (!part || !parts || part > parts) refuse('part', `${part} of ${parts}`);
  }
}

const tooBig = (message: string) => protoError('CEXT_SHIPMENT_TOO_BIG', message);
const unreadable = (message: string, cause?: unknown) => protoError('CEXT_SHIPMENT_UNREADABLE', message, { cause });
const newer = (format: number) =>
  protoError('CEXT_SHIPMENT_FORMAT_NEWER', `the shipment has format ${format}; this program reads up to ${SHIPMENT_FORMAT}`);
