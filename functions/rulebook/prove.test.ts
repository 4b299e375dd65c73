import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BORDER, bookOf, memberSource, memberships, packetsOf, rules as rulesOfOneFamily } from '../../test/worlds/rulebooks.ts';
import { type AddressRange, type Family, parseAddress } from '../packets/address.ts';
import { formatPacket, type Packet } from '../packets/packet.ts';
import type { Book } from './algebra.ts';
import { Algebra } from './algebra-context.ts';
import { difference } from './difference.ts';
import { evaluatorOf } from './evaluate.ts';
import { prove } from './prove.ts';
import { translationMeaning } from './shapes.ts';
import { type Decision, type FilterRule, NO_UNION, type Service, type Side, type Translation } from './types.ts';

const PACKETS = packetsOf('egress');
const range = (family: Family, first: string, last: string): AddressRange => ({
  family,
  first: parseAddress(first)?.value as bigint,
  last: parseAddress(last)?.value as bigint,
});
const OTHER_TRANSLATIONS: readonly Translation[] = [
  { kind: 'address', address: '2001:db8:ffff::7' },
  {
    kind: 'pool',
    pool: 'both',
    ranges: [range(4, '198.51.100.7', '198.51.100.7'), range(6, '2001:db8:ffff::7', '2001:db8:ffff::9')],
  },
];
/** Translations of the world are IPv4: here also of IPv6, and of both. */
const rules = fc
  .tuple(rulesOfOneFamily, fc.option(fc.constantFrom(...OTHER_TRANSLATIONS)))
  .map(([rule, translation]): FilterRule => (translation && rule.action === 'allow' ? { ...rule, translation } : rule));

function meaning(decision: Decision, family: 4 | 6): string {
  if (decision.kind !== 'allow') return decision.kind;
  const { translation } = decision.rule;
  if (translation.kind === 'absent' || translation.kind === 'none') return `allow ${translation.kind}`;
  return `allow ${translationMeaning(translation)
    .split(',')
    .filter((range) => range.startsWith(`${family}:`))
    .join()}`;
}

const known = new WeakMap<Book, readonly string[]>();
function verdicts(book: Book): readonly string[] {
  let texts = known.get(book);
  if (!texts) {
    const evaluate = evaluatorOf(book);
    texts = PACKETS.map((packet) => meaning(evaluate(BORDER, 'forward', packet), packet.family));
    known.set(book, texts);
  }
  return texts;
}

/** Proof and brute force say the same; a witness shows what it claims. */
function check(before: Book, after: Book, algebra?: Algebra): void {
  const proof = prove(before, after, algebra ? { algebra } : {});
  if (verdicts(before).join() !== verdicts(after).join()) expect(proof.kind).toBe('different');
  if (proof.kind !== 'different') return void expect(proof.kind).toBe('equal');
  // The packets of the world are samples: where they see nothing, the witness itself must really differ.
  const { packet, border, stage } = proof.witness;
  expect([border, stage]).toEqual([BORDER, 'forward']);
  const [first, second] = [evaluatorOf(before)(BORDER, 'forward', packet), evaluatorOf(after)(BORDER, 'forward', packet)];
  expect(first).toEqual(proof.witness.before);
  expect(second).toEqual(proof.witness.after);
  expect(meaning(first, packet.family)).not.toBe(meaning(second, packet.family));
}

const widened = (side: Side): Side =>
  side.include === 'any' || side.exclude.sets.length + side.exclude.prefixes.length > 0
    ? { ...side, exclude: NO_UNION }
    : { ...side, include: { sets: [...side.include.sets, 'b'], prefixes: [...side.include.prefixes, '203.0.113.4/30', 'fd00::/64'] } };
const narrowed = (side: Side, set: string, ...prefixes: string[]): Side => ({
  ...side,
  exclude: { sets: [...side.exclude.sets, set], prefixes: [...side.exclude.prefixes, ...prefixes] },
});
const PORT_81: Service = { kind: 'ports', protocol: 6, source: [{ first: 0, last: 65535 }], destination: [{ first: 81, last: 81 }] };
const ECHO: Service = { kind: 'icmp', protocol: 58, types: [{ type: { first: 128, last: 128 }, code: { first: 0, last: 0 } }] };
const NOT_TCP: Service = {
  kind: 'protocols',
  protocols: [
    { first: 0, last: 5 },
    { first: 7, last: 255 },
  ],
};

const opposite = (rule: FilterRule): FilterRule => ({ ...rule, action: rule.action === 'allow' ? 'deny' : 'allow' });

type Mutation = (list: readonly FilterRule[], at: number, other: FilterRule) => readonly FilterRule[];
const changed =
  (by: (rule: FilterRule, other: FilterRule) => Partial<FilterRule>): Mutation =>
  (list, at, other) =>
    list.with(at, { ...(list[at] as FilterRule), ...by(list[at] as FilterRule, other) });
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  drop: (list, at) => list.toSpliced(at, 1),
  swap: (list, at) => [...list.slice(0, at), ...list.slice(at, at + 2).reverse(), ...list.slice(at + 2)],
  insert: (list, at, other) => list.toSpliced(at, 0, other),
  'other source': changed((_, { source }) => ({ source })),
  'wider source': changed(({ source }) => ({ source: widened(source) })),
  'narrower source': changed(({ source }) => ({ source: narrowed(source, 'a') })),
  'other destination': changed((_, { destination }) => ({ destination })),
  'wider destination': changed(({ destination }) => ({ destination: widened(destination) })),
  'narrower destination': changed(({ destination }) => ({ destination: narrowed(destination, 'c', '203.0.113.5/32', '2001:db8::1/128') })),
  'other source endpoints': changed(() => ({ sourceEndpoints: { include: ['e', 'f'], exclude: [] } })),
  'narrower destination endpoints': changed(() => ({ destinationEndpoints: { include: [], exclude: ['e'] } })),
  'other destination endpoints': changed(() => ({ destinationEndpoints: { include: ['e'], exclude: ['f'] } })),
  'other services': changed((_, { services }) => ({ services })),
  'more services': changed(({ services }) => ({ services: services === 'any' ? 'any' : [...services, PORT_81, ECHO] })),
  'fewer services': changed(({ services }) => ({ services: services === 'any' ? [NOT_TCP] : services.slice(1) })),
  'other families': changed((_, { families }) => ({ families })),
  'other action': changed(opposite),
  'other translation': changed((_, { translation }) => ({ translation })),
};

/** A book, which of its rules is changed, and another rule to take from. */
const worlds = fc
  .tuple(fc.array(rules, { minLength: 1, maxLength: 5 }), memberships, rules, fc.nat(), fc.boolean())
  .map(([some, lists, other, place, twin]) => {
    const at = place % some.length;
    // A twin that says the opposite stands in the rule's shadow: only what moves or shrinks the rule lets it be seen.
    const list = twin ? some.toSpliced(at + 1, 0, opposite(some[at] as FilterRule)) : some;
    const members = memberSource(lists);
    return { before: bookOf(list, members), after: (mutate: Mutation) => bookOf(mutate(list, at, other), members) };
  });

test('prove finds a witness for every mutation that changes the meaning, and for none that does not', () => {
  const algebra = new Algebra();
  fc.assert(
    fc.property(worlds, ({ before, after }) => {
      for (const mutate of Object.values(MUTATIONS)) {
        const mutated = after(mutate);
        check(before, mutated);
        check(before, mutated, algebra);
        check(mutated, before, algebra);
      }
    }),
    { numRuns: 60 },
  );
});

test('every kind of mutation changes the meaning of some of these worlds', () => {
  const unseen = new Set(Object.keys(MUTATIONS));
  for (const { before, after } of fc.sample(worlds, { numRuns: 60, seed: 4 }))
    for (const kind of unseen) if (verdicts(before).join() !== verdicts(after(MUTATIONS[kind] as Mutation)).join()) unseen.delete(kind);
  expect([...unseen]).toEqual([]);
});

test('prove compares any two books, over other members too', () => {
  const algebra = new Algebra();
  fc.assert(
    fc.property(
      fc.array(rules, { maxLength: 5 }),
      fc.array(rules, { maxLength: 5 }),
      memberships,
      memberships,
      fc.boolean(),
      (one, two, lists, others, sameRules) => {
        check(bookOf(one, memberSource(lists)), bookOf(sameRules ? one : two, memberSource(others)), algebra);
      },
    ),
    { numRuns: 150 },
  );
});

test('difference applied to the old gives the new', () => {
  fc.assert(
    fc.property(fc.array(rules, { minLength: 1, maxLength: 5 }), memberships, rules, fc.nat(), (list, lists, other, place) => {
      const members = memberSource(lists);
      const before = bookOf(list, members);
      const after = bookOf(list.with(place % list.length, other), members);
      const { regions, complete, ...totals } = difference(before, after);
      expect(complete).toBe(true);
      const was = verdicts(before);
      const is = verdicts(after);
      const level = (text: string) => (text === 'deny' ? 0 : text === 'unmatched' ? 1 : 2);
      const seen = { opens: 0, closes: 0, translatesOtherwise: 0 };
      was.forEach((text, at) => {
        const step = level(is[at] as string) - level(text);
        if (text !== is[at]) seen[step > 0 ? 'opens' : step < 0 ? 'closes' : 'translatesOtherwise']++;
      });
      for (const effect of ['opens', 'closes', 'translatesOtherwise'] as const) {
        if (seen[effect] > 0) expect(totals[effect]).toBeGreaterThan(0);
        const mine = regions.filter((region) => region.effect === effect);
        expect(totals[effect] > 0).toBe(mine.length > 0);
        for (const { witness } of mine) {
          const a = meaning(evaluatorOf(before)(BORDER, 'forward', witness.packet), witness.packet.family);
          const b = meaning(evaluatorOf(after)(BORDER, 'forward', witness.packet), witness.packet.family);
          const step = level(b) - level(a);
          expect(a).not.toBe(b);
          expect(step > 0 ? 'opens' : step < 0 ? 'closes' : 'translatesOtherwise').toBe(effect);
        }
      }
      expect(prove(before, after).kind === 'equal').toBe(regions.length === 0);
    }),
    { numRuns: 150 },
  );
});

test('ids, origins and logging mean nothing', () => {
  fc.assert(
    fc.property(fc.array(rules, { maxLength: 5 }), memberships, (list, lists) => {
      const renamed = list
        .filter((rule) => rule.action !== 'log')
        .map((rule, at) => ({ ...rule, id: `x${at}`, log: !rule.log, origin: { cluster: 'other', tier: '', annotations: {} } }));
      expect(prove(bookOf(list, memberSource(lists)), bookOf(renamed, memberSource(lists)))).toEqual({ kind: 'equal' });
    }),
    { numRuns: 30 },
  );
});

const [sample] = fc.sample(rules, { numRuns: 1, seed: 7 }) as [FilterRule];
const plain = (source: string, destination: string): FilterRule => ({
  ...sample,
  action: 'allow',
  families: [4],
  source: { include: { sets: [], prefixes: [source] }, exclude: { sets: [], prefixes: [] } },
  destination: { include: { sets: [], prefixes: [destination] }, exclude: { sets: [], prefixes: [] } },
  sourceEndpoints: { include: [], exclude: [] },
  destinationEndpoints: { include: [], exclude: [] },
  services: [{ kind: 'ports', protocol: 6, source: [{ first: 0, last: 65535 }], destination: [{ first: 443, last: 444 }] }],
  translation: { kind: 'absent' },
  origin: { cluster: 'c', tier: 't', annotations: {}, sourceText: "app == 'payments'" },
});

test('a used up budget is said, not guessed', () => {
  const members = memberSource({});
  const [one, two] = [plain('10.0.0.0/24', '203.0.113.0/24'), plain('10.0.0.0/16', '203.0.113.0/28')];
  const [before, after] = [bookOf([one, two], members), bookOf([two, one], members)];
  expect(prove(before, after)).toEqual({ kind: 'equal' });
  expect(prove(before, after, { nodeBudget: 0 })).toMatchObject({ kind: 'notProven', why: expect.stringContaining('node budget') });
  expect(difference(before, after, { nodeBudget: 0 }).complete).toBe(false);
  const none = { opens: 0, closes: 0, translatesOtherwise: 0 };
  expect(difference(before, after)).toEqual({ regions: [], ...none, weights: none, anywhere: 0, complete: true });
});

test('a difference has exact sizes and the words of the rule', () => {
  const members = memberSource({});
  const one = plain('10.0.0.0/30', '203.0.113.0/24');
  const books = [bookOf([one], members), bookOf([], members)] as const;
  const opened = difference(books[1], books[0]);
  expect(opened).toMatchObject({ opens: 4 * 256 * 2, closes: 0, translatesOtherwise: 0, complete: true });
  expect(opened.regions.map((region) => [region.effect, region.text, region.size])).toEqual([
    ['opens', "app == 'payments' (4 addresses) -> 203.0.113.0/24, tcp 443-444", 2048],
  ]);
  expect(formatPacket(opened.regions[0]?.witness.packet as Packet)).toBe('tcp 10.0.0.0:40000 -> 203.0.113.0:443');
  expect(difference(books[0], books[1])).toMatchObject({ opens: 0, closes: 2048, regions: [{ effect: 'closes' }] });
  const translated: FilterRule = { ...one, translation: { kind: 'none' } };
  expect(difference(books[0], bookOf([translated], members))).toMatchObject({ translatesOtherwise: 2048, opens: 0, closes: 0 });
  // What two rules of the old book held together is counted once.
  const wide = plain('10.0.0.0/29', '203.0.113.0/24');
  expect(difference(bookOf([one, wide], members), books[1])).toMatchObject({ closes: 4096 });
  expect(difference(bookOf([wide, one], members), books[1], { regions: 0 })).toMatchObject({ closes: 4096, regions: [] });
});

test('a membership change is a difference of exactly those members', () => {
  const rule: FilterRule = {
    ...plain('10.0.0.0/30', '203.0.113.0/30'),
    source: { include: { sets: ['a'], prefixes: [] }, exclude: { sets: [], prefixes: [] } },
  };
  const before = memberSource({ a: ['10.0.0.1/32'] });
  const after = memberSource({ a: ['10.0.0.1/32', '10.0.0.9/32'] });
  const algebra = new Algebra();
  expect(prove(bookOf([rule], before), bookOf([rule], before), { algebra })).toEqual({ kind: 'equal' });
  algebra.membersChanged('a', before.digest('a'), after.digest('a'), ['10.0.0.9/32'], []);
  expect(difference(bookOf([rule], before), bookOf([rule], after), { algebra })).toMatchObject({ opens: 8, closes: 0 });
  expect(difference(bookOf([rule], after), bookOf([rule], before), { algebra })).toMatchObject({ opens: 0, closes: 8 });
});

test('books with digests alone are equal without a look at members', () => {
  const rule: FilterRule = {
    ...plain('10.0.0.0/30', '203.0.113.0/30'),
    source: { include: { sets: ['a'], prefixes: [] }, exclude: { sets: [], prefixes: [] } },
  };
  const blind = {
    members: () => {
      throw new Error('not read');
    },
    digest: () => 'd',
  };
  expect(prove(bookOf([rule], blind), bookOf([{ ...rule, id: 'x' }], { ...blind }))).toEqual({ kind: 'equal' });
});

test('chains are compared each by itself: border, stage and direction', () => {
  const members = memberSource({});
  const one = plain('10.0.0.0/30', '203.0.113.0/30');
  for (const place of [{ border: 'other' }, { stage: 'preDnat' as const }, { direction: 'ingress' as const }]) {
    const moved: FilterRule = { ...one, ...place };
    const proof = prove(bookOf([one], members), bookOf([one, moved], members));
    expect(proof).toMatchObject({
      kind: 'different',
      witness: { border: moved.border, stage: moved.stage, packet: { direction: moved.direction } },
    });
    expect(prove(bookOf([moved, one], members), bookOf([one, moved], members))).toEqual({ kind: 'equal' });
    expect(
      difference(bookOf([one], members), bookOf([moved], members))
        .regions.map((region) => region.effect)
        .sort(),
    ).toEqual(['closes', 'opens']);
  }
});

test('the witness is one that people know: members, first addresses, well-known ports, type and code', () => {
  const members = memberSource({ a: ['10.3.0.9/32', '10.0.0.0/8'] });
  const show = (rule: FilterRule) => {
    const proof = prove(bookOf([rule], members), bookOf([], members));
    return proof.kind === 'different' ? formatPacket(proof.witness.packet) : proof.kind;
  };
  const any = { include: 'any' as const, exclude: { sets: [], prefixes: [] } };
  const one = plain('10.1.0.0/16', '203.0.113.0/24');
  expect(show({ ...one, services: 'any', destination: any })).toBe('tcp 10.1.0.0:40000 -> 203.0.113.1:443');
  expect(
    show({ ...one, services: [{ kind: 'icmp', protocol: 1, types: [{ type: { first: 0, last: 255 }, code: { first: 0, last: 255 } }] }] }),
  ).toBe('icmp 10.1.0.0 -> 203.0.113.0 type 8 code 0');
  expect(show({ ...one, source: { include: { sets: ['a'], prefixes: [] }, exclude: { sets: [], prefixes: [] } } })).toBe(
    'tcp 10.0.0.1:40000 -> 203.0.113.0:443',
  );
});

test('more unaligned matches than slices are looked at all at once', () => {
  const members = memberSource({});
  const many = (from: number) => Array.from({ length: 230 }, (_, at) => plain(`10.${at + from}.0.0/16`, '203.0.113.0/30'));
  const [old, young] = [bookOf(many(0), members), bookOf(many(5).reverse(), members)];
  expect(difference(old, young)).toMatchObject({ complete: true, opens: 5 * 65536 * 8, closes: 5 * 65536 * 8 });
  expect(prove(bookOf(many(0).reverse(), members), bookOf(many(0), members))).toEqual({ kind: 'equal' });
});
