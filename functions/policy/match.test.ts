/** The algebra of matches against one packet at a time, whatever the members of the sets are; and what it must see without looking at members. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseAddress, parsePrefix } from '../packets/address.ts';
import type { SetExpression } from '../rulebook/types.ts';
import { ANY_END, ANY_MATCH, type End, type Match, MatchAlgebra } from './match.ts';
import type { Services } from './services.ts';
import { SetRegistry } from './sets.ts';

const HOSTS = ['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.1.1', '192.0.2.1', 'fd00::', 'fd00::1', 'fd01::1'];
const PREFIXES = ['10.0.0.0/31', '10.0.0.0/24', '10.0.0.0/8', '192.0.2.1/32', '0.0.0.0/0', 'fd00::/127', 'fd00::/16', '::/0'];
const WEB: Services = [{ kind: 'ports', protocol: 6, source: [{ first: 0, last: 65535 }], destination: [{ first: 80, last: 80 }] }];
const TCP: Services = [{ kind: 'protocols', protocols: [{ first: 6, last: 6 }] }];

interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
}
const PACKETS: readonly Packet[] = HOSTS.flatMap((source) =>
  HOSTS.filter((one) => one.includes(':') === source.includes(':')).flatMap((destination) =>
    [80, 81].map((port) => ({ source, destination, port })),
  ),
);

/** All sets of a world hold what they hold, addresses or endpoints. */
type Members = ReadonlyMap<string, readonly string[]>;

const inPrefixes = (prefixes: readonly string[], host: string) =>
  prefixes.some((text) => {
    const [range, address] = [parsePrefix(text), parseAddress(host)];
    return range?.family === address?.family && range && address && range.first <= address.value && address.value <= range.last;
  });

function inSet(expression: SetExpression, members: Members, host: string, port: number): boolean {
  switch (expression.kind) {
    case 'felix': {
      const own = members.get(expression.set) ?? [];
      return (
        own.includes(`${host} ${port}`) ||
        inPrefixes(
          own.filter((one) => !one.includes(' ')),
          host,
        )
      );
    }
    case 'and':
      return expression.of.every((part) => inSet(part, members, host, port));
    case 'or':
      return expression.of.some((part) => inSet(part, members, host, port));
    case 'within':
      return inSet(expression.of, members, host, port) && inPrefixes(expression.prefixes, host);
    case 'nothing':
      return false;
    default:
      throw new Error(`not in matches: ${expression.kind}`);
  }
}

const inServices = (services: Services, port: number): boolean =>
  services === 'any' ||
  services.some((one) =>
    one.kind === 'protocols'
      ? one.protocols.some((r) => r.first <= 6 && r.last >= 6)
      : one.kind === 'ports' && one.protocol === 6 && one.destination.some((r) => r.first <= port && r.last >= port),
  );

const matchesWith =
  (sets: SetRegistry, members: Members) =>
  (match: Match | undefined, packet: Packet): boolean => {
    if (!match) return false;
    const at = (end: End, host: string): boolean => {
      const has = (id: string) => inSet(sets.definition(id).expression, members, host, packet.port);
      const { include, exclude, endpoints } = end;
      return (
        (include === 'any' || include.sets.some(has) || inPrefixes(include.prefixes, host)) &&
        !exclude.sets.some(has) &&
        !inPrefixes(exclude.prefixes, host) &&
        (endpoints.include.length === 0 || endpoints.include.some(has)) &&
        !endpoints.exclude.some(has)
      );
    };
    return (
      match.families.includes(packet.source.includes(':') ? 6 : 4) &&
      inServices(match.services, packet.port) &&
      at(match.source, packet.source) &&
      at(match.destination, packet.destination)
    );
  };

interface EndWish {
  readonly include: 'any' | { readonly sets: readonly string[]; readonly prefixes: readonly string[] };
  readonly exclude: { readonly sets: readonly string[]; readonly prefixes: readonly string[] };
  readonly endpoints: { readonly include: readonly string[]; readonly exclude: readonly string[] };
}
/** "a", "b": anywhere; "a.", "b.": cut to 10.0.0.0/24 and fd00::/16; "n", "m": endpoints. */
function built(sets: SetRegistry, { include, exclude, endpoints }: EndWish): End {
  const id = (name: string) => {
    const whole = sets.felix('pay', name[0] as string, 'addresses', '');
    return name.endsWith('.') ? sets.within('pay', whole, ['10.0.0.0/24', 'fd00::/16']) : whole;
  };
  const ports = (names: readonly string[]) => names.map((name) => sets.felix('pay', name, 'endpoints', '')).sort();
  const union = (of: { readonly sets: readonly string[]; readonly prefixes: readonly string[] }) => ({
    sets: of.sets.map(id).sort(),
    prefixes: [...of.prefixes].sort(),
  });
  return {
    include: include === 'any' ? 'any' : union(include),
    exclude: union(exclude),
    endpoints: { include: ports(endpoints.include), exclude: ports(endpoints.exclude) },
  };
}

const some = <T>(from: readonly T[], maxLength: number, minLength = 0) =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength, maxLength });
const union = fc.record({ sets: some(['a', 'b', 'a.', 'b.'], 2), prefixes: some(PREFIXES, 2) });
const anyEnd = fc.oneof(
  fc.constant<EndWish>({ include: 'any', exclude: { sets: [], prefixes: [] }, endpoints: { include: [], exclude: [] } }),
  fc.record({
    include: fc.oneof(
      fc.constant('any' as const),
      union.filter(({ sets, prefixes }) => sets.length + prefixes.length > 0),
    ),
    exclude: fc.oneof(fc.constant({ sets: [], prefixes: [] }), union),
    endpoints: fc.record({ include: some(['n', 'm'], 2), exclude: some(['n', 'm'], 1) }),
  }),
);
const anyMatch = fc.record({
  families: fc.constantFrom([4, 6] as const, [4] as const, [6] as const),
  source: anyEnd,
  destination: anyEnd,
  services: fc.constantFrom<Services>('any', TCP, WEB),
});
const anyMembers = fc.record({
  a: some([...HOSTS.map((host) => `${host}/${host.includes(':') ? 128 : 32}`), ...PREFIXES], 5),
  b: some([...HOSTS.map((host) => `${host}/${host.includes(':') ? 128 : 32}`), ...PREFIXES], 5),
  n: some(
    HOSTS.flatMap((host) => [`${host} 80`, `${host} 81`]),
    8,
  ),
  m: some(
    HOSTS.flatMap((host) => [`${host} 80`, `${host} 81`]),
    8,
  ),
});

test('intersection, difference, normal form and covering mean what they say for every packet and all members', () => {
  fc.assert(
    fc.property(anyMatch, anyMatch, anyMembers, (left, right, drawn) => {
      const sets = new SetRegistry();
      const algebra = new MatchAlgebra(sets, 'pay');
      const build = ({ families, source, destination, services }: typeof left): Match => ({
        families,
        source: built(sets, source),
        destination: built(sets, destination),
        services,
      });
      const [a, b] = [build(left), build(right)];
      const holds = matchesWith(sets, new Map(Object.entries(drawn)));
      const [both, without, tidy] = [algebra.intersect(a, b), algebra.subtract(a, b), algebra.normal(a)];
      const wrong = PACKETS.filter(
        (packet) =>
          holds(tidy, packet) !== holds(a, packet) ||
          holds(both, packet) !== (holds(a, packet) && holds(b, packet)) ||
          without.some((piece) => holds(piece, packet)) !== (holds(a, packet) && !holds(b, packet)),
      );
      expect(wrong).toEqual([]);
      if (algebra.covers(a, b)) expect(PACKETS.filter((packet) => holds(b, packet) && !holds(a, packet))).toEqual([]);
    }),
    { numRuns: 1_600, endOnFailure: true, interruptAfterTimeLimit: 6_000 },
  );
});

const sets = new SetRegistry();
const algebra = new MatchAlgebra(sets, 'pay');
const felix = (id: string, kind: 'addresses' | 'endpoints' = 'addresses') => sets.felix('pay', id, kind, '');
const [A, B, N, M] = [felix('a'), felix('b'), felix('n', 'endpoints'), felix('m', 'endpoints')];
/** a, inside 10.1.0.0/16 */
const IN = sets.within('pay', A, ['10.1.0.0/16']);
/** a, inside 10.1.0.0/16 or 11.1.0.0/16 */
const TWO = sets.within('pay', A, ['10.1.0.0/16', '11.1.0.0/16']);
const of = (setIds: readonly string[], prefixes: readonly string[] = []) => ({ sets: [...setIds].sort(), prefixes });
const include = (setIds: readonly string[], prefixes?: readonly string[]): End => ({ ...ANY_END, include: of(setIds, prefixes) });
const without = (end: End, setIds: readonly string[], prefixes?: readonly string[]): End => ({ ...end, exclude: of(setIds, prefixes) });
const ports = (end: End, inside: readonly string[], outside: readonly string[] = []): End => ({
  ...end,
  endpoints: { include: [...inside].sort(), exclude: [...outside].sort() },
});
const from = (source: End, more: Partial<Match> = {}): Match => ({ ...ANY_MATCH, source, ...more });
const to = (destination: End, more: Partial<Match> = {}): Match => ({ ...ANY_MATCH, destination, ...more });

test('what everything meets, takes and covers is the very same object', () => {
  const one = from(include([A]));
  expect(algebra.intersect(one, ANY_MATCH)).toBe(one);
  expect(algebra.intersect(ANY_MATCH, one)).toBe(one);
  expect(algebra.subtract(one, ANY_MATCH)).toEqual([]);
  const [kept] = algebra.subtract(one, from(include([], ['10.0.0.0/8']), { families: [6] }));
  expect(kept).toBe(one);
  const source = include([A]);
  expect(algebra.intersectEnds(source, ANY_END)).toBe(source);
  expect(algebra.intersectEnds(ANY_END, source)).toBe(source);
  expect(algebra.intersectEnds(source, { ...source })?.include).toBe(source.include);
});

test.each<[string, Match, Match, boolean]>([
  ['everything', ANY_MATCH, from(include([A])), true],
  ['everything, said in other words', from({ ...ANY_END }), from(include([A])), true],
  ['itself', from(include([A])), from(include([A])), true],
  ['a part is not the whole', from(include([A])), ANY_MATCH, false],
  ['a family is not both', { ...ANY_MATCH, families: [4] }, ANY_MATCH, false],
  ['both are one', ANY_MATCH, { ...ANY_MATCH, families: [4] }, true],
  ['a service is not any', { ...ANY_MATCH, services: TCP }, ANY_MATCH, false],
  ['a protocol, its ports', { ...ANY_MATCH, services: TCP }, { ...ANY_MATCH, services: WEB }, true],
  ['the destination counts', to(include([A])), to(include([B])), false],
  ['a set among others', from(include([A, B])), from(include([B])), true],
  ['others of a set', from(include([B])), from(include([A, B])), false],
  ['a prefix inside', from(include([], ['10.0.0.0/8'])), from(include([], ['10.1.0.0/16', '10.2.0.0/16'])), true],
  ['one of them outside', from(include([], ['10.0.0.0/8'])), from(include([], ['10.1.0.0/16', '11.0.0.0/16'])), false],
  ['a set known to be inside', from(include([], ['10.0.0.0/8'])), from(include([IN])), true],
  ['one of several prefixes', from(include([], ['9.0.0.0/8', '10.0.0.0/8'])), from(include([], ['10.1.0.0/16'])), true],
  ['a set that is partly inside', from(include([], ['10.0.0.0/8'])), from(include([TWO])), false],
  ['a set not known to be', from(include([], ['10.0.0.0/8'])), from(include([A])), false],
  ['an exclusion that the other has too', from(without(ANY_END, [A])), from(without(ANY_END, [A, B])), true],
  ['one that it has not', from(without(ANY_END, [A, B])), from(without(ANY_END, [A])), false],
  ['a hole inside a hole', from(without(ANY_END, [], ['10.1.0.0/16'])), from(without(ANY_END, [], ['10.0.0.0/8'])), true],
  ['a hole larger than the hole', from(without(ANY_END, [], ['10.0.0.0/8'])), from(without(ANY_END, [], ['10.1.0.0/16'])), false],
  ['a hole where the other is not', from(without(ANY_END, [], ['11.0.0.0/8'])), from(include([IN], ['10.2.0.0/16'])), true],
  ['a hole in a prefix of it', from(without(ANY_END, [], ['10.2.3.0/24'])), from(include([IN], ['10.2.0.0/16'])), false],
  ['a hole in one of its prefixes', from(without(ANY_END, [], ['10.2.3.0/24'])), from(include([], ['10.2.0.0/16', '192.0.2.0/24'])), false],
  ['a hole in one of its sets', from(without(ANY_END, [], ['11.1.0.0/24'])), from(include([IN, TWO])), false],
  ['a hole in a set of it', from(without(ANY_END, [], ['10.1.3.0/24'])), from(include([IN], ['10.2.0.0/16'])), false],
  ['a hole perhaps in a set of it', from(without(ANY_END, [], ['11.0.0.0/8'])), from(include([A])), false],
  ['a hole in everything', from(without(ANY_END, [], ['11.0.0.0/8'])), ANY_MATCH, false],
  ['endpoints', to(ports(ANY_END, [N])), ANY_MATCH, false],
  ['endpoints among others', to(ports(ANY_END, [N, M])), to(ports(ANY_END, [N])), true],
  ['others of endpoints', to(ports(ANY_END, [N])), to(ports(ANY_END, [N, M])), false],
  ['excluded endpoints', to(ports(ANY_END, [], [N])), to(ports(ANY_END, [M], [N])), true],
  ['not excluded there', to(ports(ANY_END, [], [N])), to(ports(ANY_END, [M])), false],
])('covers: %s', (_, a, b, is) => {
  expect(algebra.covers(a, b)).toBe(is);
});

test.each<[string, Match, Match | undefined]>([
  ['no services', { ...ANY_MATCH, services: [] }, undefined],
  ['no family', { ...ANY_MATCH, families: [] }, undefined],
  ['a set that is excluded', from(without(include([A]), [A])), undefined],
  ['a set that is excluded among others', from(without(include([A, B]), [A])), from(without(include([B]), [A]))],
  [
    'a prefix in a hole',
    from(without(include([], ['10.1.0.0/16', '11.0.0.0/8']), [], ['10.0.0.0/8'])),
    from(include([], ['11.0.0.0/8']), { families: [4] }),
  ],
  ['nothing but a prefix in a hole', from(without(include([], ['10.1.0.0/16']), [], ['10.0.0.0/8'])), undefined],
  ['a set inside a hole', from(without(include([IN, B]), [], ['10.0.0.0/8'])), from(without(include([B]), [], ['10.0.0.0/8']))],
  [
    'a set perhaps partly in a hole',
    from(without(include([IN]), [], ['10.1.1.0/24'])),
    from(without(include([IN]), [], ['10.1.1.0/24']), { families: [4] }),
  ],
  [
    'a hole that meets nothing',
    from(without(include([IN], ['192.0.2.0/24']), [], ['11.0.0.0/8', '192.0.2.9/32'])),
    from(without(include([IN], ['192.0.2.0/24']), [], ['192.0.2.9/32']), { families: [4] }),
  ],
  ['a hole that may meet a set', from(without(include([A]), [], ['11.0.0.0/8'])), from(without(include([A]), [], ['11.0.0.0/8']))],
  ['a hole in everything', from(without(ANY_END, [], ['11.0.0.0/8'])), from(without(ANY_END, [], ['11.0.0.0/8']))],
  ['prefixes of one family', to(include([], ['10.0.0.0/8'])), to(include([], ['10.0.0.0/8']), { families: [4] })],
  ['a set that may hold both', to(include([A], ['10.0.0.0/8'])), to(include([A], ['10.0.0.0/8']))],
  ['a set of one family', to(include([IN])), to(include([IN]), { families: [4] })],
  ['ends of two families', { ...from(include([IN])), destination: include([], ['::/0']) }, undefined],
  [
    'endpoints of one family',
    to(ports(ANY_END, [sets.within('pay', N, ['fd00::/16'])])),
    to(ports(ANY_END, [sets.within('pay', N, ['fd00::/16'])]), { families: [6] }),
  ],
  ['endpoints that are excluded', to(ports(ANY_END, [N], [N])), undefined],
  ['endpoints that are excluded among others', to(ports(ANY_END, [N, M], [N])), to(ports(ANY_END, [M], [N]))],
  ['endpoints of a set that are excluded', from(ports(include([A]), [N], [N, M])), undefined],
  ['other endpoints excluded', to(ports(ANY_END, [N], [M])), to(ports(ANY_END, [N], [M]))],
])('normal form without a look at members: %s', (_, match, normal) => {
  expect(algebra.normal(match)).toEqual(normal);
});

test('a set cut to prefixes is itself where it lies inside, no set where it lies outside, else a set of its own', () => {
  expect(algebra.cut(IN, ['10.0.0.0/8', 'fd00::/16'])).toEqual([IN]);
  expect(algebra.cut(IN, ['11.0.0.0/8'])).toEqual([]);
  expect(algebra.cut(IN, ['10.1.2.0/24'])).toEqual([sets.within('pay', A, ['10.1.2.0/24'])]);
  expect(algebra.cut(TWO, ['10.0.0.0/8'])).toEqual([IN]);
  const both = sets.and('pay', 'addresses', [TWO, B]);
  expect(algebra.cut(both, ['10.0.0.0/8', '11.0.0.0/8'])).toEqual([both]);
  expect(algebra.cut(both, ['10.0.0.0/8'])).not.toEqual([both]);
  expect(algebra.cut(A, ['10.0.0.0/8'])).toEqual([sets.within('pay', A, ['10.0.0.0/8'])]);
});

test.each<[string, End, End, End | undefined]>([
  ['the same', include([A], ['10.0.0.0/8']), include([A], ['10.0.0.0/8']), include([A], ['10.0.0.0/8'])],
  ['prefixes that do not meet', include([], ['10.0.0.0/8']), include([], ['11.0.0.0/8']), undefined],
  ['prefixes', include([], ['10.0.0.0/8']), include([], ['10.1.0.0/16', '11.0.0.0/8']), include([], ['10.1.0.0/16'])],
  ['a set and prefixes', include([A]), include([], ['10.0.0.0/8']), include([sets.within('pay', A, ['10.0.0.0/8'])])],
  ['sets', include([A]), include([B]), include([sets.and('pay', 'addresses', [A, B])])],
  ['several sets', include([A, B]), include([IN]), include([sets.and('pay', 'addresses', [sets.or('pay', 'addresses', [A, B]), IN])])],
  ['a set outside the prefixes', include([IN]), include([], ['11.0.0.0/8']), undefined],
  [
    'exclusions add up, tidy',
    without(include([A]), [B], ['10.1.0.0/16']),
    without(ANY_END, [A], ['10.0.0.0/8']),
    without(include([A]), [A, B], ['10.0.0.0/8']),
  ],
  ['endpoints of one', ports(include([A]), [N]), ports(ANY_END, [], [M]), ports(include([A]), [N], [M])],
  ['endpoints of both', ports(include([A]), [N]), ports(include([A]), [M]), ports(include([A]), [sets.and('pay', 'endpoints', [N, M])])],
  ['the same endpoints', ports(include([A]), [N, M]), ports(include([A]), [N, M]), ports(include([A]), [N, M])],
])('ends met: %s', (_, a, b, both) => {
  expect(algebra.intersectEnds(a, b)).toEqual(both);
});

test('what is left of everything is said with exclusions, never with complements', () => {
  const left = (b: Match, a: Match = ANY_MATCH) => algebra.subtract(a, b);
  expect(left(from(include([A], ['10.0.0.0/8'])))).toEqual([from(without(ANY_END, [A], ['10.0.0.0/8']))]);
  expect(left(to(include([A])))).toEqual([to(without(ANY_END, [A]))]);
  expect(left({ ...ANY_MATCH, families: [4] })).toEqual([{ ...ANY_MATCH, families: [6] }]);
  expect(left({ ...ANY_MATCH, services: TCP })).toEqual([
    {
      ...ANY_MATCH,
      services: [
        {
          kind: 'protocols',
          protocols: [
            { first: 0, last: 5 },
            { first: 7, last: 255 },
          ],
        },
      ],
    },
  ]);
  expect(left(from(without(include([A]), [B])))).toEqual([from(without(ANY_END, [A])), from(include([B]))]);
  expect(left(to(ports(ANY_END, [N], [M])))).toEqual([to(ports(ANY_END, [], [N])), to(ports(ANY_END, [M]))]);
  // What cannot be is left out.
  expect(left(from(include([], ['10.0.0.0/8'])), from(include([], ['10.1.0.0/16'])))).toEqual([]);
});
