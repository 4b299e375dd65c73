import { expect, test } from '@jest/globals';
import { canonicalPrefix, coversPrefix, intersectPrefixes, meetsPrefix, rangeOf, subtractFromPrefix, tidyPrefixes } from './prefixes.ts';

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/8', '11.0.0.0/16', false],
  ['10.0.0.0/8', '9.0.0.0/16', false],
  ['10.0.0.0/24', '10.0.0.0/16', false],
  ['10.0.255.0/24', '10.0.0.0/16', false],
  ['10.0.0.0/16', '10.0.255.0/24', true],
  ['0.0.0.0/0', '::/0', false],
  ['::/0', '0.0.0.0/0', false],
  // As numbers these two lie inside each other.
  ['::/96', '10.0.0.0/8', false],
  ['2001:db8::/32', '2001:db8:1::/48', true],
])('%s holds all of %s: %s', (outer, inner, is) => {
  expect(coversPrefix(outer, inner)).toBe(is);
  expect(meetsPrefix(inner, outer)).toBe(is || coversPrefix(inner, outer));
});

test('a list of prefixes is sorted, without repetitions and without what lies in another', () => {
  expect(tidyPrefixes(['10.1.0.0/16', '10.0.0.0/8', '192.0.2.0/24', '192.0.2.0/24'])).toEqual(['10.0.0.0/8', '192.0.2.0/24']);
  expect(tidyPrefixes(['192.0.2.0/24', '10.0.0.0/8'])).toEqual(['10.0.0.0/8', '192.0.2.0/24']);
});

test('what two lists share is the smaller prefix of each pair that meets', () => {
  expect(intersectPrefixes(['10.0.0.0/8', 'fd00::/16'], ['10.1.0.0/16', '0.0.0.0/0', '192.0.2.0/24'])).toEqual(['10.0.0.0/8']);
  expect(intersectPrefixes(['10.1.0.0/16', '10.2.0.0/16'], ['10.0.0.0/8'])).toEqual(['10.1.0.0/16', '10.2.0.0/16']);
  expect(intersectPrefixes(['10.1.0.0/16'], ['10.2.0.0/16'])).toEqual([]);
});

test.each([
  ['10.0.0.0/30', ['10.0.0.0/32'], ['10.0.0.1/32', '10.0.0.2/31']],
  ['10.0.0.0/30', ['10.0.0.3/32'], ['10.0.0.0/31', '10.0.0.2/32']],
  ['10.0.0.0/30', ['10.0.0.1/32', '10.0.0.2/32'], ['10.0.0.0/32', '10.0.0.3/32']],
  ['10.0.0.0/30', ['10.0.0.4/30', '9.255.255.252/30', '::/96'], ['10.0.0.0/30']],
  ['10.0.0.0/30', ['10.0.0.0/8'], []],
  ['fd00::/127', ['fd00::/128'], ['fd00::1/128']],
  ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/2'], ['192.0.0.0/2']],
  ['0.0.0.0/1', ['0.0.0.0/2', '0.0.0.0/1', '0.0.0.0/3'], []],
])('%s without %j', (prefix, holes, left) => {
  expect(subtractFromPrefix(prefix, holes)).toEqual(left);
});

test('a host is a prefix, bits beyond the length go, and what is none is none', () => {
  expect(['10.1.2.3', '10.1.2.3/8', 'FD00::1', '10.0.0.0/33', 'x'].map(canonicalPrefix)).toEqual([
    '10.1.2.3/32',
    '10.0.0.0/8',
    'fd00::1/128',
    undefined,
    undefined,
  ]);
  expect(() => rangeOf('10.0.0.0/33')).toThrow('not a prefix: 10.0.0.0/33');
});
