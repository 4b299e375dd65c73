/** `difference` applied to the old gives the new: on a world that can be counted out, each effect has exactly as many packets as brute force finds. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BORDER, bookOf, memberSource } from '../../test/worlds/rulebooks.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import type { Book } from './algebra.ts';
import { difference } from './difference.ts';
import { evaluatorOf } from './evaluate.ts';
import { type FilterRule, NO_ENDPOINTS, NO_UNION, type Service, type Side, type Translation } from './types.ts';

const PODS = { 4: ['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3'], 6: ['fd00::', 'fd00::1'] };
const PEERS = { 4: ['203.0.113.4', '203.0.113.5', '203.0.113.6', '203.0.113.7'], 6: ['2001:db8::4', '2001:db8::5'] };
/** As sizes are counted: destination ports each, a whole ICMP protocol once. Every rule takes all of its ICMP, or none. */
const SERVICES = [
  ...[79, 80, 81, 82].map((destinationPort) => ({ protocol: 6, sourcePort: 40_000, destinationPort })),
  { protocol: 1, icmpType: 8, icmpCode: 0 },
  { protocol: 58, icmpType: 128, icmpCode: 0 },
];
const value = (text: string): bigint => (parseAddress(text) as { value: bigint }).value;
const PACKETS: readonly Packet[] = ([4, 6] as const).flatMap((family) =>
  PODS[family].flatMap((pod) =>
    PEERS[family].flatMap((peer) =>
      SERVICES.map((service): Packet => ({ family, direction: 'egress', source: value(pod), destination: value(peer), ...service })),
    ),
  ),
);

const side = (prefixes: readonly string[], sets: readonly string[]): fc.Arbitrary<Side> =>
  fc.record({
    include: fc.record({
      prefixes: fc.uniqueArray(fc.constantFrom(...prefixes), { maxLength: 2 }),
      sets: fc.uniqueArray(fc.constantFrom(...sets)),
    }),
    exclude: fc.oneof(
      { weight: 2, arbitrary: fc.constant(NO_UNION) },
      {
        weight: 1,
        arbitrary: fc.record({
          prefixes: fc.uniqueArray(fc.constantFrom(...prefixes), { maxLength: 1 }),
          sets: fc.uniqueArray(fc.constantFrom(...sets)),
        }),
      },
    ),
  });
const translation = fc.constantFrom<Translation>(
  { kind: 'absent' },
  { kind: 'none' },
  { kind: 'address', address: '198.51.100.7' },
  { kind: 'address', address: '198.51.100.8' },
  { kind: 'address', address: '2001:db8:ffff::7' },
);
const services: fc.Arbitrary<readonly Service[]> = fc.array(
  fc.oneof(
    fc.constantFrom([79, 82], [80, 80], [80, 81], [82, 82]).map(
      ([first = 0, last = 0]): Service => ({
        kind: 'ports',
        protocol: 6,
        source: [{ first: 0, last: 65535 }],
        destination: [{ first, last }],
      }),
    ),
    fc.constantFrom<Service>(
      { kind: 'icmp', protocol: 1, types: [{ type: { first: 8, last: 8 }, code: { first: 0, last: 255 } }] },
      { kind: 'icmp', protocol: 58, types: [{ type: { first: 128, last: 129 }, code: { first: 0, last: 255 } }] },
    ),
  ),
  { minLength: 1, maxLength: 2 },
);
/** Every rule lies inside the world, so that all it can do is counted. */
const rules: fc.Arbitrary<FilterRule> = fc
  .record({
    action: fc.constantFrom('allow', 'allow', 'deny') as fc.Arbitrary<FilterRule['action']>,
    source: side(['10.0.0.0/30', '10.0.0.0/31', '10.0.0.1/32', '10.0.0.3/32', 'fd00::/127', 'fd00::1/128'], ['a', 'b']),
    destination: side(['203.0.113.4/30', '203.0.113.4/31', '203.0.113.6/32', '2001:db8::4/127'], ['p']),
    services,
    families: fc.constantFrom([4], [6], [4, 6]) as fc.Arbitrary<FilterRule['families']>,
    translation,
    id: fc.stringMatching(/^[a-z0-9]{6}$/),
  })
  .map((parts) => ({
    ...parts,
    border: BORDER,
    stage: 'forward',
    direction: 'egress',
    log: false,
    sourceEndpoints: NO_ENDPOINTS,
    destinationEndpoints: NO_ENDPOINTS,
    translation: parts.action === 'allow' ? parts.translation : { kind: 'absent' },
    origin: { cluster: 'c', tier: 't', annotations: {} },
  }));
const members = fc
  .record({
    a: fc.uniqueArray(fc.constantFrom('10.0.0.0/32', '10.0.0.2/32', '10.0.0.2/31', 'fd00::/128')),
    b: fc.uniqueArray(fc.constantFrom('10.0.0.1/32', '10.0.0.3/32', 'fd00::1/128')),
    p: fc.uniqueArray(fc.constantFrom('203.0.113.5/32', '203.0.113.6/31', '2001:db8::5/128')),
  })
  .map((lists) => memberSource(lists));

/** An address of the other family is none: all such are one meaning. */
const meaningFor = (family: 4 | 6, translation: Translation): string =>
  translation.kind !== 'address' || translation.address.includes(':') === (family === 6) ? JSON.stringify(translation) : 'other family';

const meanings = (book: Book): readonly string[] => {
  const evaluate = evaluatorOf(book);
  return PACKETS.map((packet) => {
    const decision = evaluate(BORDER, 'forward', packet);
    return decision.kind === 'allow' ? `allow ${meaningFor(packet.family, decision.rule.translation)}` : decision.kind;
  });
};
const level = (meaning: string): number => (meaning === 'deny' ? 0 : meaning === 'unmatched' ? 1 : 2);

test('what opens, closes and is translated otherwise is counted exactly, and the regions add up to it', () => {
  fc.assert(
    fc.property(fc.array(rules, { maxLength: 5 }), fc.array(rules, { maxLength: 5 }), members, members, (one, two, first, second) => {
      const [before, after] = [bookOf(one, first), bookOf(two, second)];
      const [was, is] = [meanings(before), meanings(after)];
      const wanted = { opens: 0, closes: 0, translatesOtherwise: 0 };
      was.forEach((text, at) => {
        const now = is[at] as string;
        const step = level(now) - level(text);
        if (text !== now) wanted[step > 0 ? 'opens' : step < 0 ? 'closes' : 'translatesOtherwise']++;
      });
      const { regions, complete, opens, closes, translatesOtherwise } = difference(before, after, { regions: 1_000 });
      expect(complete).toBe(true);
      expect({ opens, closes, translatesOtherwise }).toEqual(wanted);
      for (const effect of ['opens', 'closes', 'translatesOtherwise'] as const)
        expect(regions.filter((region) => region.effect === effect).reduce((sum, { size }) => sum + size, 0)).toBe(wanted[effect]);
    }),
    { numRuns: 300 },
  );
});

test('a region tells the prefixes of its own family', () => {
  const drop: FilterRule = {
    ...(fc.sample(rules, 1)[0] as FilterRule),
    action: 'deny',
    families: [4, 6],
    translation: { kind: 'absent' },
    services: 'any',
    source: { include: { sets: [], prefixes: ['10.10.0.0/16', 'fd00:10:10::/64'] }, exclude: { sets: [], prefixes: ['10.10.9.0/24'] } },
    destination: { include: 'any', exclude: { sets: [], prefixes: [] } },
  };
  const { regions } = difference(bookOf([], memberSource({})), bookOf([drop], memberSource({})), { regions: 10 });
  expect(regions.map(({ text }) => text.split(' -> ', 1)[0]).sort()).toEqual([
    '10.10.0.0/16 but not 10.10.9.0/24 (65280 addresses)',
    'fd00:10:10::/64 (2^64 addresses)',
  ]);
});
