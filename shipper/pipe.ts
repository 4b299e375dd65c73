/** The pipes that Felix gives its driver: 3 to read from, 4 to write to. */
import { createReadStream, fstatSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { shipperError } from './errors.ts';

/**
 * Descriptor 3 as a stream. A socket, not a file stream: that one dies with EAGAIN on a pipe that does not block (reference/felix.md 1.2).
 * Descriptor 4 needs nothing: it stays open as long as the process lives, and Felix would end if it closed. Felix wants no answers.
 * @throws CEXT_SHIPPER_NO_PIPE
 */
export function openFelixPipe(): Readable {
  let stats: Stats;
  try {
    stats = fstatSync(3);
  } catch (cause) {
    throw shipperError('CEXT_SHIPPER_NO_PIPE', 'file descriptor 3 is not open; the shipper is started by Felix, as its DataplaneDriver', {
      cause,
    });
  }
  // For people who replay a file by hand: cextfire-shipper 3< some.stream
  if (stats.isFile()) return createReadStream('', { fd: 3, autoClose: false });
  if (!stats.isFIFO() && !stats.isSocket())
    throw shipperError('CEXT_SHIPPER_NO_PIPE', 'file descriptor 3 is not a pipe; the shipper is started by Felix, as its DataplaneDriver');
  return new Socket({ fd: 3, readable: true, writable: false });
}
