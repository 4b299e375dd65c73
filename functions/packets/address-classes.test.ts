import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Family, parseAddress } from './address.ts';
import { addressClasses, readableAddress } from './address-classes.ts';
import {
  type AddressSet,
  addressSet,
  type Coordinate,
  EVERY_ADDRESS,
  hasAddress,
  hashAddresses,
  NO_ADDRESS,
  prefixSet,
  sameAddresses,
  toCoordinate,
} from './address-set.ts';
import { addressesIn, bestClass } from './packet-set.ts';

const coordinate = (text: string): Coordinate => {
  const { family, value } = parseAddress(text) as { family: Family; value: bigint };
  return toCoordinate(family, value);
};

const SIZE = 24;
const of = (family: Family, from: number, to: number): readonly [Coordinate, Coordinate] =>
  family === 4 ? [from, to] : [BigInt(from), BigInt(to)];
const setOf = (family: Family, bits: readonly boolean[]): AddressSet =>
  addressSet(
    family,
    bits.flatMap((is, at) => (is ? [of(family, at, at + 1)] : [])),
  );
const bits = fc.array(fc.boolean(), { minLength: SIZE, maxLength: SIZE });

test('addresses are in one class exactly when no set tells them apart', () => {
  fc.assert(
    fc.property(fc.constantFrom<Family>(4, 6), bits, fc.array(bits, { maxLength: 4 }), (family, inside, lists) => {
      const region = setOf(family, inside);
      const spent: number[] = [];
      const classes = addressClasses(
        region,
        lists.map((list) => setOf(family, list)),
        (steps) => spent.push(steps),
      );
      const signature = (at: number) => lists.map((list) => list[at]).join();
      const own = inside.flatMap((is, at) => (is ? [at] : []));
      const signatures = [...new Set(own.map(signature))];
      expect(classes.count).toBe(signatures.length);
      // Numbered in the order of their first addresses.
      signatures.forEach((text, number) => {
        const addresses = own.filter((at) => signature(at) === text);
        expect(classes.sizes[number]).toBe(addresses.length);
        expect(addresses).toContain(Number(classes.representative(number)));
        lists.forEach((list, set) => {
          expect([...(classes.members[set] as Int32Array)].includes(number)).toBe(list[addresses[0] as number]);
        });
      });
      for (const list of classes.members) expect([...list]).toEqual([...list].sort((a, b) => a - b));
      const gathered = classes.gather(signatures.map((_, number) => number % 2));
      expect([...gathered.keys()].sort()).toEqual([...new Set(signatures.map((_, number) => number % 2))].sort());
      for (const [key, set] of gathered)
        expect(
          sameAddresses(
            set,
            setOf(
              family,
              inside.map((is, at) => is && signatures.indexOf(signature(at)) % 2 === key),
            ),
          ),
        ).toBe(true);
      // Sets that hold the whole region cost nothing.
      const parts = lists
        .map((list) => list.map((is, at) => is && (inside[at] as boolean)))
        .filter((list) => list.join() !== inside.join());
      expect(spent).toEqual([
        Math.ceil(
          spentOn(
            region,
            parts.map((list) => setOf(family, list)),
          ) / 8,
        ),
      ]);
    }),
  );
});

const spentOn = (region: AddressSet, sets: readonly AddressSet[]): number => sets.reduce((sum, set) => sum + set.runs * 2, region.runs * 2);

test('a class shows an address that people know: its narrowest piece, or an example of its wide one', () => {
  const four = addressClasses(EVERY_ADDRESS[4], [prefixSet(4, ['10.0.0.0/8', '172.16.0.9/32']), prefixSet(4, ['203.0.113.0/24'])]);
  expect([0, 1, 2].map((number) => four.representative(number))).toEqual(['198.51.100.1', '172.16.0.9', '203.0.113.0'].map(coordinate));
  expect([...four.ranks]).toEqual([28, 0, 8]);
  // The same set twice cuts nothing anew.
  const twice = addressClasses(EVERY_ADDRESS[4], [
    prefixSet(4, ['10.0.0.0/24', '10.9.0.0/30']),
    prefixSet(4, ['10.0.0.0/24', '10.9.0.0/30']),
  ]);
  expect([[...twice.ranks], [...twice.sizes], twice.representative(1)]).toEqual([[20, 2], [2 ** 32 - 260, 260], coordinate('10.9.0.0')]);
  const wide = addressClasses(EVERY_ADDRESS[4], [prefixSet(4, ['10.0.0.0/8'])]);
  expect([0, 1].map((number) => wide.representative(number))).toEqual(['203.0.113.1', '10.0.0.1'].map(coordinate));
  // Exactly 65,536 addresses are wide, one less is narrow; none of the examples: the first.
  const edge = addressClasses(EVERY_ADDRESS[4], [prefixSet(4, ['10.0.0.0/16']), prefixSet(4, ['9.9.0.0/16'])]);
  expect([1, 2].map((number) => edge.representative(number))).toEqual(['9.9.0.0', '10.0.0.1'].map(coordinate));
  const six = addressClasses(EVERY_ADDRESS[6], [prefixSet(6, ['fd00::/8'])]);
  expect([0, 1].map((number) => six.representative(number))).toEqual(['2001:db8::1', 'fd00::1'].map(coordinate));
});

test('the most readable address of a set', () => {
  expect(readableAddress(NO_ADDRESS[4])).toBeUndefined();
  expect(readableAddress(prefixSet(4, ['10.0.0.0/16']))).toBe(coordinate('10.0.0.1'));
  expect(readableAddress(prefixSet(4, ['10.0.0.0/17']))).toBe(coordinate('10.0.0.0'));
  expect(readableAddress(prefixSet(4, ['11.0.0.0/8']))).toBe(coordinate('11.0.0.0'));
  expect(readableAddress(EVERY_ADDRESS[4])).toBe(coordinate('203.0.113.1'));
  expect(readableAddress(prefixSet(6, ['fd00::/112']))).toBe(coordinate('fd00::1'));
  expect(readableAddress(prefixSet(6, ['fd00::/113']))).toBe(coordinate('fd00::'));
  expect(hasAddress(prefixSet(6, ['fd00::/113']), coordinate('fd00::1'))).toBe(true);
});

test('sets are the same only with the same family, starts and ends; equal sets have equal hashes', () => {
  const [one, other] = [addressSet(4, [[1, 3]]), addressSet(4, [[1, 3]])];
  expect([sameAddresses(one, one), sameAddresses(one, other), hashAddresses(one) === hashAddresses(other)]).toEqual([true, true, true]);
  for (const different of [
    addressSet(4, [[1, 4]]),
    addressSet(4, [[2, 3]]),
    addressSet(4, [
      [1, 3],
      [5, 6],
    ]),
    addressSet(6, [[1n, 3n]]),
  ]) {
    expect(sameAddresses(one, different)).toBe(false);
    expect(hashAddresses(one)).not.toBe(hashAddresses(different));
  }
  expect(sameAddresses(NO_ADDRESS[4], NO_ADDRESS[6])).toBe(false);
});

test('addresses of a run of classes are summed, and the best class is the first of the lowest rank', () => {
  const classes = addressClasses(EVERY_ADDRESS[4], [
    prefixSet(4, ['10.0.0.0/30']),
    prefixSet(4, ['10.0.0.8/32']),
    prefixSet(4, ['10.0.0.16/32']),
  ]);
  expect(addressesIn(classes, { first: 1, last: 3 })).toBe(6);
  expect(addressesIn(classes, { first: 2, last: 2 })).toBe(1);
  expect(bestClass(classes, [{ first: 0, last: 3 }])?.number).toBe(2);
  expect(
    bestClass(classes, [
      { first: 1, last: 1 },
      { first: 3, last: 3 },
    ]),
  ).toEqual({ first: 3, last: 3, number: 3 });
  expect(bestClass(classes, [])).toBeUndefined();
});
