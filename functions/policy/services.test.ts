/** The algebra of services against one packet at a time: protocol, and its ports or its ICMP type and code. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NumberRange, Service } from '../rulebook/types.ts';
import {
  coversServices,
  intersectRanges,
  intersectServices,
  joinRanges,
  type Services,
  subtractRanges,
  subtractServices,
  tidyServices,
} from './services.ts';

const r = (first: number, last = first): NumberRange => ({ first, last });
const protocols = (...ranges: NumberRange[]): Service => ({ kind: 'protocols', protocols: ranges });
const ports = (protocol: number, source: NumberRange[], destination: NumberRange[]): Service => ({
  kind: 'ports',
  protocol,
  source,
  destination,
});
const icmp = (...types: [NumberRange, NumberRange][]): Service => ({
  kind: 'icmp',
  protocol: 1,
  types: types.map(([type, code]) => ({ type, code })),
});

interface Probe {
  readonly protocol: number;
  /** source port, or ICMP type */
  readonly a: number;
  /** destination port, or ICMP code */
  readonly b: number;
}
const inside = (ranges: readonly NumberRange[], value: number) => ranges.some(({ first, last }) => value >= first && value <= last);
const holds = (services: Services, { protocol, a, b }: Probe): boolean =>
  services === 'any' ||
  services.some((service) => {
    if (service.kind === 'protocols') return inside(service.protocols, protocol);
    if (service.protocol !== protocol) return false;
    if (service.kind === 'ports') return inside(service.source, a) && inside(service.destination, b);
    return service.types.some(({ type, code }) => inside([type], a) && inside([code], b));
  });

const PORTS = [0, 1, 2, 79, 80, 81, 443, 65534, 65535];
const CODES = [0, 1, 2, 8, 254, 255];
/** Every end of a range, and something between each two. */
const PROBES: readonly Probe[] = [0, 1, 3, 5, 6, 7, 10, 17, 30, 58, 100, 255].flatMap((protocol) => {
  const values = protocol === 1 || protocol === 58 ? [...CODES, 5, 100] : [...PORTS, 40, 200, 5_000];
  return values.flatMap((a) => values.map((b) => ({ protocol, a, b })));
});

const rangeIn = (values: readonly number[]) =>
  fc.tuple(fc.constantFrom(...values), fc.constantFrom(...values)).map(([a, b]) => r(Math.min(a, b), Math.max(a, b)));
const disjoint = (values: readonly number[]) => fc.array(rangeIn(values), { minLength: 1, maxLength: 2 }).map(joinRanges);
const anyServices: fc.Arbitrary<Services> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('any' as const) },
  {
    weight: 9,
    arbitrary: fc.array(
      fc.oneof(
        disjoint([0, 1, 5, 6, 7, 17, 58, 255]).map((ranges) => protocols(...ranges)),
        fc.record({
          kind: fc.constant('ports' as const),
          protocol: fc.constantFrom(6, 17),
          source: disjoint(PORTS),
          destination: disjoint(PORTS),
        }),
        fc.record({
          kind: fc.constant('icmp' as const),
          protocol: fc.constantFrom(1 as const, 58 as const),
          types: fc.array(fc.record({ type: rangeIn(CODES), code: rangeIn(CODES) }), { minLength: 1, maxLength: 2 }),
        }),
      ),
      { maxLength: 3 },
    ),
  },
);

test('intersection, difference and covering mean what they say for every packet', () => {
  fc.assert(
    fc.property(anyServices, anyServices, (a, b) => {
      const [both, without] = [intersectServices(a, b), subtractServices(a, b)];
      const wrong = PROBES.filter(
        (probe) =>
          holds(both, probe) !== (holds(a, probe) && holds(b, probe)) || holds(without, probe) !== (holds(a, probe) && !holds(b, probe)),
      );
      expect(wrong).toEqual([]);
      expect(coversServices(a, b)).toBe(PROBES.every((probe) => holds(a, probe) || !holds(b, probe)));
      expect(coversServices(a, both)).toBe(true);
    }),
    { numRuns: 300, endOnFailure: true, interruptAfterTimeLimit: 10_000 },
  );
});

test.each<[string, NumberRange[], NumberRange[]]>([
  ['neighbours become one', [r(81, 90), r(80)], [r(80, 90)]],
  ['a gap of one stays', [r(80), r(82)], [r(80), r(82)]],
  ['one inside another adds nothing', [r(1, 100), r(50, 60)], [r(1, 100)]],
  ['an empty range is none', [r(5, 4), r(7)], [r(7)]],
])('ranges joined: %s', (_, ranges, joined) => {
  expect(joinRanges(ranges)).toEqual(joined);
});

test('ranges met and cut, to the number', () => {
  expect(intersectRanges([r(10, 20)], [r(20, 30), r(1, 9)])).toEqual([r(20)]);
  expect(intersectRanges([r(10, 20)], [r(21, 30)])).toEqual([]);
  expect(subtractRanges([r(10, 20)], [r(10), r(20), r(15)])).toEqual([r(11, 14), r(16, 19)]);
  expect(subtractRanges([r(10, 20)], [r(1, 9), r(21, 30)])).toEqual([r(10, 20)]);
  expect(subtractRanges([r(10, 20)], [r(1, 30)])).toEqual([]);
});

test.each<[string, Service[], Services]>([
  ['every protocol is any', [protocols(r(0, 5)), protocols(r(6, 255))], 'any'],
  ['all but one is not', [protocols(r(1, 255))], [protocols(r(1, 255))]],
  ['nor all but the last', [protocols(r(0, 254))], [protocols(r(0, 254))]],
  [
    'whole protocols stand in one service, before ports and ICMP',
    [icmp([r(8), r(0)]), ports(6, [r(0, 65535)], [r(80)]), protocols(r(47)), protocols(r(50))],
    [protocols(r(47), r(50)), ports(6, [r(0, 65535)], [r(80)]), icmp([r(8), r(0)])],
  ],
  ['ICMP types of one protocol stand in one service', [icmp([r(8), r(0)]), icmp([r(3), r(1)])], [icmp([r(8), r(0)], [r(3), r(1)])]],
])('tidy: %s', (_, services, tidy) => {
  expect(tidyServices(services)).toEqual(tidy);
});

test('what is taken from itself is nothing, and any meets everything', () => {
  const web = [ports(6, [r(0, 65535)], [r(443)])];
  expect(subtractServices(web, web)).toEqual([]);
  expect(subtractServices(web, 'any')).toEqual([]);
  expect(intersectServices('any', web)).toBe(web);
  expect(intersectServices(web, 'any')).toBe(web);
  expect(intersectServices(web, web)).toBe(web);
  expect(subtractServices('any', [protocols(r(6))])).toEqual([protocols(r(0, 5), r(7, 255))]);
  // What is left of TCP without a port is said with ports of TCP only.
  expect(subtractServices([protocols(r(6))], web)).toEqual([ports(6, [r(0, 65535)], [r(0, 442), r(444, 65535)])]);
  expect(subtractServices([protocols(r(17))], web)).toEqual([protocols(r(17))]);
  const echo = [icmp([r(8), r(0, 255)])];
  expect(subtractServices([protocols(r(1))], echo)).toEqual([icmp([r(0, 7), r(0, 255)], [r(9, 255), r(0, 255)])]);
  expect(intersectServices(echo, [icmp([r(0, 255), r(0)])])).toEqual([icmp([r(8), r(0)])]);
  expect(intersectServices([protocols(r(6))], [protocols(r(17))])).toEqual([]);
});
