import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rangeToPrefixes } from './address.ts';
import { addressClasses, readableAddress } from './address-classes.ts';
import {
  type AddressSet,
  addressSet,
  complementOf,
  countAddresses,
  covers,
  EVERY_ADDRESS,
  hasAddress,
  hashAddresses,
  hostSet4,
  intersectionOf,
  LIMIT,
  meets,
  minus,
  NO_ADDRESS,
  prefixSet,
  rangeSet,
  rangesOf,
  sameAddresses,
  unionOf,
} from './address-set.ts';

const SIZE = 16;
const SHIFT = 1n << 64n;
/** The same small sets in both families; IPv6 ones lie across 2^64, where a float would lose them. */
const at = (family: 4 | 6, number: number) => (family === 4 ? number : SHIFT - 8n + BigInt(number));
const build = (family: 4 | 6, numbers: readonly number[]): AddressSet =>
  addressSet(
    family,
    numbers.map((number) => [at(family, number), at(family, number + 1)]),
  );
const list = (set: AddressSet): number[] =>
  Array.from({ length: SIZE }, (_, number) => number).filter((number) => hasAddress(set, at(set.family, number)));
const some = fc.uniqueArray(fc.nat(SIZE - 1), { maxLength: SIZE });

test('sets of addresses obey the laws of sets, in both families', () => {
  fc.assert(
    fc.property(some, some, fc.constantFrom(4 as const, 6 as const), (left, right, family) => {
      const a = build(family, left);
      const b = build(family, right);
      const inRight = new Set(right);
      const sorted = (numbers: number[]) => numbers.sort((x, y) => x - y);
      const shared = left.filter((number) => inRight.has(number));
      expect(list(a)).toEqual(sorted([...left]));
      expect(list(unionOf(a, b))).toEqual(sorted([...new Set([...left, ...right])]));
      expect(list(intersectionOf(a, b))).toEqual(sorted([...shared]));
      expect(list(minus(a, b))).toEqual(sorted(left.filter((number) => !inRight.has(number))));
      expect(meets(a, b)).toBe(shared.length > 0);
      expect(covers(a, b)).toBe(right.every((number) => left.includes(number)));
      expect(countAddresses(a)).toBe(left.length);
      // Canonical: what is equal has equal runs and hashes.
      expect(sameAddresses(minus(a, b), intersectionOf(a, complementOf(b)))).toBe(true);
      expect(sameAddresses(complementOf(complementOf(a)), a)).toBe(true);
      expect(hashAddresses(unionOf(a, b))).toBe(hashAddresses(unionOf(b, a)));
      expect(sameAddresses(a, b)).toBe(left.length === right.length && shared.length === left.length);
      for (const range of rangesOf(a)) expect(sameAddresses(prefixSet(family, rangeToPrefixes(range)), rangeSet(range))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('the ends of the address space', () => {
  for (const family of [4, 6] as const) {
    expect(sameAddresses(complementOf(NO_ADDRESS[family]), EVERY_ADDRESS[family])).toBe(true);
    expect(complementOf(EVERY_ADDRESS[family]).runs).toBe(0);
    expect(hasAddress(EVERY_ADDRESS[family], family === 4 ? 0 : 0n)).toBe(true);
    expect(hasAddress(EVERY_ADDRESS[family], LIMIT[family])).toBe(false);
  }
  expect([...rangesOf(prefixSet(4, ['255.255.255.255/32', '0.0.0.0/32']))].map((range) => range.last)).toEqual([0n, 2n ** 32n - 1n]);
});

test('runs that touch are one run, hosts may come twice', () => {
  expect(prefixSet(4, ['10.0.0.0/25', '10.0.0.128/25', 'fd00::/8']).runs).toBe(1);
  expect(hostSet4(Uint32Array.of(9, 7, 8, 7))).toMatchObject({ runs: 1 });
  expect(() => prefixSet(4, ['10.0.0.0/33'])).toThrow(/not an address prefix/);
});

test('classes: two addresses share one exactly when no set tells them apart', () => {
  fc.assert(
    fc.property(
      fc.array(some, { maxLength: 4 }),
      fc.uniqueArray(fc.nat(SIZE - 1), { minLength: 1 }),
      fc.constantFrom(4 as const, 6 as const),
      (lists, held, family) => {
        const region = build(family, held);
        const classes = addressClasses(
          region,
          lists.map((numbers) => build(family, numbers)),
        );
        const signature = (number: number) => lists.map((numbers) => numbers.includes(number)).join();
        const expected = new Set(held.map(signature));
        expect(classes.count).toBe(expected.size);
        expect([...classes.sizes].reduce((sum, size) => sum + size, 0)).toBe(held.length);
        const gathered = classes.gather(Array.from({ length: classes.count }, (_, number) => number));
        for (let number = 0; number < classes.count; number++) {
          const members = list(gathered.get(number) as AddressSet);
          expect(new Set(members.map(signature)).size).toBe(1);
          expect(members).toHaveLength(classes.sizes[number] as number);
          const best = classes.representative(number);
          expect(hasAddress(gathered.get(number) as AddressSet, best)).toBe(true);
          lists.forEach((numbers, set) => {
            expect(classes.members[set]?.includes(number)).toBe(numbers.includes(members[0] as number));
          });
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('a wide class shows an address that people know as an example', () => {
  expect(readableAddress(EVERY_ADDRESS[4])).toBe(0xcb007101);
  expect(readableAddress(prefixSet(4, ['10.9.0.0/24']))).toBe(0x0a090000);
  expect(readableAddress(NO_ADDRESS[6])).toBeUndefined();
  const classes = addressClasses(EVERY_ADDRESS[4], [prefixSet(4, ['203.0.113.0/24'])]);
  expect([0, 1].map((number) => classes.representative(number))).toEqual([0xc6336401, 0xcb007100]);
});
