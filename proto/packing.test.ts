import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { cextfire } from './generated/shipment.js';
import { MAX_BODY_BYTES, MAX_SHIPMENT_BYTES, packShipment, unpackShipment } from './packing.ts';

const digest = Buffer.alloc(16, 3);
const shipment: cextfire.IShipment = {
  format: 1,
  stream: 'pay',
  epoch: { startedMs: 1_790_000_000_000, random: '0123456789abcdef' },
  sequence: 7,
  digestBefore: digest,
  digestAfter: digest,
  observedMs: 1_790_000_000_123,
  changes: { part: 1, parts: 1, upserted: [{ kind: 3, key: 'a', raw: Buffer.from('raw') }], members: [], removed: [] },
};
const bodyOf = (message: Uint8Array) => deflateSync(message).toString('base64');
const inflateOrNothing = (bytes: Uint8Array) => {
  try {
    return inflateSync(bytes);
  } catch {
    return undefined;
  }
};
const refusal = (code: string, message: RegExp) => expect.objectContaining({ code, message: expect.stringMatching(message) });

test('what is packed comes back, with 64-bit fields as numbers', () => {
  const back = unpackShipment(packShipment(shipment));
  expect(cextfire.Shipment.encode(back).finish()).toEqual(cextfire.Shipment.encode(shipment).finish());
  expect([back.sequence, back.observedMs, back.epoch?.startedMs]).toEqual([7, 1_790_000_000_123, 1_790_000_000_000]);
});

test('a body or a content over the limit is refused on both sides, and a zlib bomb is not inflated', () => {
  const incompressible = createHash('shake256', { outputLength: 250_000 }).digest();
  const wide = { ...shipment, changes: { ...shipment.changes, upserted: [{ kind: 3, key: 'a', raw: incompressible }] } };
  expect(() => packShipment(wide)).toThrow(refusal('CEXT_SHIPMENT_TOO_BIG', /a body of \d+ bytes; the limit is 262144/));
  expect(() => unpackShipment('A'.repeat(MAX_BODY_BYTES + 4))).toThrow(refusal('CEXT_SHIPMENT_TOO_BIG', /a body of 262148 bytes/));
  const long = { ...shipment, changes: { ...shipment.changes, upserted: [{ kind: 3, key: 'a', raw: Buffer.alloc(MAX_SHIPMENT_BYTES) }] } };
  expect(() => packShipment(long)).toThrow(refusal('CEXT_SHIPMENT_TOO_BIG', /before compression/));
  expect(() => unpackShipment(bodyOf(cextfire.Shipment.encode(long).finish()))).toThrow(
    refusal('CEXT_SHIPMENT_TOO_BIG', /inflates to more/),
  );
});

test('damage anywhere in a body is noticed', () => {
  const body = packShipment(shipment);
  expect(() => unpackShipment('')).toThrow(refusal('CEXT_SHIPMENT_UNREADABLE', /base64/));
  expect(() => unpackShipment(`${body.slice(0, 8)} ${body.slice(9)}`)).toThrow(refusal('CEXT_SHIPMENT_UNREADABLE', /base64/));
  const bytes = Buffer.from(body, 'base64');
  let damaged = 0;
  for (let at = 0; at < bytes.length; at++) {
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] as number) ^ 0x10;
    // The last bits before the checksum may be padding that means nothing.
    if (isDeepStrictEqual(inflateOrNothing(bent), inflateSync(bytes))) continue;
    damaged++;
    expect(() => unpackShipment(bent.toString('base64'))).toThrow(expect.objectContaining({ code: 'CEXT_SHIPMENT_UNREADABLE' }));
    expect(() => unpackShipment(bytes.subarray(0, at).toString('base64'))).toThrow(
      expect.objectContaining({ code: 'CEXT_SHIPMENT_UNREADABLE' }),
    );
  }
  expect(damaged).toBeGreaterThan(bytes.length - 3);
  expect(() => unpackShipment(Buffer.concat([bytes, Buffer.from('more')]).toString('base64'))).toThrow(
    refusal('CEXT_SHIPMENT_UNREADABLE', /4 bytes follow/),
  );
  expect(() => unpackShipment(bodyOf(Buffer.from([0xff, 0xff])))).toThrow(refusal('CEXT_SHIPMENT_UNREADABLE', /not a shipment/));
});

test('a newer format is refused as such, even where it does not decode', () => {
  const newer = cextfire.Shipment.encode({ ...shipment, format: 2 }).finish();
  expect(() => unpackShipment(bodyOf(newer))).toThrow(refusal('CEXT_SHIPMENT_FORMAT_NEWER', /has format 2; this program reads up to 1/));
  expect(() => unpackShipment(bodyOf(Buffer.from([8, 9, 0xff])))).toThrow(refusal('CEXT_SHIPMENT_FORMAT_NEWER', /has format 9/));
});

test.each([
  ['format', { format: 0 }],
  ['stream', { stream: '' }],
  ['stream', { stream: 'x'.repeat(129) }],
  ['epoch.started_ms', { epoch: null }],
  ['epoch.random', { epoch: { startedMs: 1, random: 'x' } }],
  ['sequence', { sequence: 0 }],
  ['digest_before', { digestBefore: Buffer.alloc(0) }],
  ['digest_after', { digestAfter: Buffer.alloc(17) }],
  ['content', { changes: null }],
  ['part', { changes: { part: 3, parts: 2 } }],
  ['part', { changes: null, snapshot: { part: 0, parts: 0 } }],
])('a shipment without a proper %s is refused', (field, change) => {
  const wrong = { ...shipment, ...change } as cextfire.IShipment;
  expect(() => unpackShipment(packShipment(wrong))).toThrow(refusal('CEXT_SHIPMENT_INCOMPLETE', new RegExp(`: ${field} is `)));
});
