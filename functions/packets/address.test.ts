import { isIPv4, isIPv6 } from 'node:net';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Family,
  formatAddress,
  formatPrefix,
  formatRange,
  parseAddress,
  parsePrefix,
  parseRange,
  rangeToPrefixes,
} from './address.ts';

test.each([
  ['0.0.0.0', 4, 0n],
  ['255.255.255.255', 4, 2n ** 32n - 1n],
  ['10.0.1.2', 4, 0x0a000102n],
  ['::', 6, 0n],
  ['::1', 6, 1n],
  ['1::', 6, 1n << 112n],
  ['FD00:0:0::A', 6, (0xfd00n << 112n) | 10n],
  ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n],
  ['1:2:3:4:5:6:7::', 6, 0x00010002000300040005000600070000n],
  ['::ffff:10.0.0.1', 6, 0xffff0a000001n],
  ['::10.0.0.1', 6, 0x0a000001n],
  ['1:2:3:4:5:6:10.0.0.1', 6, 0x0001000200030004000500060a000001n],
  ['64:ff9b::192.0.2.33', 6, (0x64n << 112n) | (0xff9bn << 96n) | 0xc0000221n],
])('%s is read', (text, family, value) => {
  expect(parseAddress(text)).toEqual({ family, value });
});

test.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '256.0.0.1',
  '01.2.3.4',
  '1.2.3.4 ',
  ' 1.2.3.4',
  '1.2.3.1000',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '1:2:3:4::5:6:7:8',
  '12345::',
  'g::',
  '::1g',
  '::x1',
  '::1.2.3',
  '::256.1.1.1',
  '1:2:3:4:5:6:7:10.0.0.1',
  '1:2:3:4:5:10.0.0.1',
])('"%s" is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test.each([
  ['0:0:0:0:0:0:0:0', '::'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['1:0:0:0:0:0:0:0', '1::'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
  ['0:0:3:4:5:6:7:8', '::3:4:5:6:7:8'],
  ['ABCD:0EF0::', 'abcd:ef0::'],
])('%s is written %s (RFC 5952)', (text, canonical) => {
  expect(formatAddress(6, parseAddress(text)?.value as bigint)).toBe(canonical);
});

test('what is written is read as the same, and node agrees that it is an address', () => {
  const groups = fc.array(fc.constantFrom(0, 0, 0, 1, 0xffff), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(groups, (list) => {
      const value = list.reduce((all, group) => (all << 16n) | BigInt(group), 0n);
      const four = value & 0xffffffffn;
      expect(parseAddress(formatAddress(6, value))).toEqual({ family: 6, value });
      expect(isIPv6(formatAddress(6, value))).toBe(true);
      expect(parseAddress(formatAddress(4, four))).toEqual({ family: 4, value: four });
      expect(isIPv4(formatAddress(4, four))).toBe(true);
    }),
  );
});

test('a prefix is cut to its own bits; without a length it is one address', () => {
  expect(parsePrefix('10.1.2.3/8')).toEqual({ family: 4, first: 0x0a000000n, last: 0x0affffffn, length: 8 });
  expect(parsePrefix('10.1.2.3')).toEqual({ family: 4, first: 0x0a010203n, last: 0x0a010203n, length: 32 });
  expect(parsePrefix('::1')).toEqual({ family: 6, first: 1n, last: 1n, length: 128 });
  expect(parsePrefix('fd00::1/0')).toEqual({ family: 6, first: 0n, last: 2n ** 128n - 1n, length: 0 });
  expect(formatPrefix(parsePrefix('10.1.2.3/9') as never)).toBe('10.0.0.0/9');
  for (const text of [
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/08',
    '10.0.0.0/8x',
    '10.0.0.0/x8',
    '/8',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
  ])
    expect([text, parsePrefix(text)]).toEqual([text, undefined]);
});

test('a range is one address or two of one family in order', () => {
  expect(parseRange('198.51.100.7')).toEqual({ family: 4, first: 0xc6336407n, last: 0xc6336407n });
  expect(parseRange('198.51.100.7-198.51.100.9')).toEqual({ family: 4, first: 0xc6336407n, last: 0xc6336409n });
  expect(parseRange('198.51.100.7-198.51.100.7')).toEqual({ family: 4, first: 0xc6336407n, last: 0xc6336407n });
  expect(parseRange('::1-::2')).toEqual({ family: 6, first: 1n, last: 2n });
  for (const text of [
    '',
    'x',
    '198.51.100.9-198.51.100.7',
    '198.51.100.7-::9',
    '::9-198.51.100.7',
    '1.1.1.1-',
    '-1.1.1.1',
    '1.1.1.1-2.2.2.2-3.3.3.3',
  ])
    expect([text, parseRange(text)]).toEqual([text, undefined]);
  for (const text of ['198.51.100.7', '198.51.100.7-198.51.100.9', '::1-::2']) expect(formatRange(parseRange(text) as never)).toBe(text);
});

test('a range becomes the least prefixes that cover exactly it', () => {
  const prefixes = (text: string) => rangeToPrefixes(parseRange(text) as never);
  expect(prefixes('10.0.0.1-10.0.0.6')).toEqual(['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/31', '10.0.0.6/32']);
  expect(prefixes('0.0.0.0-255.255.255.255')).toEqual(['0.0.0.0/0']);
  expect(prefixes('10.0.0.0-10.0.0.7')).toEqual(['10.0.0.0/29']);
  expect(prefixes('255.255.255.254-255.255.255.255')).toEqual(['255.255.255.254/31']);
  expect(rangeToPrefixes({ family: 6, first: 0n, last: 2n ** 128n - 1n })).toEqual(['::/0']);
  fc.assert(
    fc.property(fc.constantFrom<Family>(4, 6), fc.nat(300), fc.nat(300), (family, one, two) => {
      const [first, last] = [BigInt(Math.min(one, two)), BigInt(Math.max(one, two))];
      const parts = rangeToPrefixes({ family, first, last }).map(
        (text) => parsePrefix(text) as NonNullable<ReturnType<typeof parsePrefix>>,
      );
      let at = first;
      for (const part of parts) {
        expect(part.first).toBe(at);
        at = part.last + 1n;
      }
      expect(at).toBe(last + 1n);
      // Two neighbours that were one prefix would be one too many.
      parts.forEach((part, i) => {
        const next = parts[i + 1];
        if (next && next.length === part.length)
          expect(part.first % (1n << BigInt((family === 4 ? 32 : 128) - part.length + 1))).not.toBe(0n);
      });
    }),
  );
});
