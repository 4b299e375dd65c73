import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EVERYTHING_SAYABLE } from '../../test/worlds/policies.ts';
import { nets, rule, sets, tcp, udp } from '../../test/worlds/rule.ts';
import { BORDER, bookOf, memberSource, memberships, packetsOf, rules } from '../../test/worlds/rulebooks.ts';
import type { Capabilities } from './capabilities.ts';
import { evaluatorOf } from './evaluate.ts';
import { lower } from './lower.ts';
import { deriveNat, type NatEntry, sameTranslation, translatorOf } from './nat.ts';
import { cutOut } from './nat-cut.ts';
import { Structure } from './overlap.ts';
import type { FilterRule, Translation } from './types.ts';

const PACKETS = packetsOf('egress');
const A: Translation = { kind: 'address', address: '198.51.100.7' };
const B: Translation = { kind: 'address', address: '198.51.100.8' };

/** The list without a word for "absent"; undefined where one of its entries cannot be cut. */
function withoutAbsent(list: readonly FilterRule[]): readonly NatEntry[] | undefined {
  const structure = new Structure(new Map());
  const fallbacks: NatEntry[] = [];
  const out: NatEntry[] = [];
  for (const entry of deriveNat({ rules: list, sets: new Map() }, BORDER)) {
    if (entry.translation.kind === 'absent') fallbacks.push(entry);
    else {
      const parts = cutOut(structure, entry, fallbacks);
      if (!parts) return undefined;
      out.push(...parts);
    }
  }
  return out;
}

const allows = fc.array(
  rules.filter(({ action }) => action === 'allow'),
  { minLength: 2, maxLength: 6 },
);

test('for every packet that the filter allows, the list without "absent" gives the translation of the deciding rule', () => {
  const seen = { cut: 0, absent: 0 };
  fc.assert(
    fc.property(fc.oneof(fc.array(rules, { maxLength: 6 }), allows), memberships, (drawn, lists) => {
      const list = drawn.map((one, at) => ({ ...one, id: `r${at}` }));
      const entries = withoutAbsent(list);
      if (!entries) return;
      if (new Set(entries.map(({ id }) => id)).size < entries.length) seen.cut++;
      const members = memberSource(lists);
      const evaluate = evaluatorOf(bookOf(list, members));
      const translate = translatorOf(entries, members);
      for (const packet of PACKETS) {
        const decision = evaluate(BORDER, 'forward', packet);
        if (decision.kind !== 'allow') continue;
        if (decision.rule.translation.kind === 'absent') seen.absent++;
        expect(sameTranslation(translate(packet), decision.rule.translation)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});

test('what is taken out: by services, by destinations, by sources; and nothing that another part says as well', () => {
  const cut = (entry: FilterRule, ...earlier: FilterRule[]) =>
    cutOut(new Structure(new Map()), entry, earlier)?.map(({ source, destination, services }) => [
      source.exclude.sets,
      destination.include === 'any' ? destination.exclude.prefixes : destination.include.prefixes,
      services,
    ]);
  const all = rule('all', { families: [4], translation: A, services: [tcp([0, 65535])] });
  const whole = all.services;
  const mail = (port: number) => rule('mail', { source: sets('mail'), services: [tcp([port, port])] });
  expect(cut(all, mail(25))).toEqual([
    [[], [], [tcp([0, 24], [26, 65535])]],
    [['mail'], [], [tcp([25, 25])]],
  ]);
  expect(cut(all, rule('there', { destination: nets('203.0.113.0/24') }))).toEqual([[[], ['203.0.113.0/24'], whole]]);
  expect(cut(all, rule('pair', { source: sets('mail'), destination: nets('203.0.113.0/24') }))).toEqual([
    [[], ['203.0.113.0/24'], whole],
    [['mail'], ['203.0.113.0/24'], whole],
  ]);
  expect(cut(all, rule('names', { services: [udp([53, 53])] }))).toEqual([[[], [], whole]]);
  expect(cut(all, rule('six', { families: [6] }))).toEqual([[[], [], whole]]);
  expect(cut(all, rule('everything', {}))).toEqual([]);
  expect(cut(all, mail(25), mail(25))).toHaveLength(2);
});

test('parts do not multiply where services or destinations tell the earlier rules apart, or one of both is the same', () => {
  const all = rule('all', { families: [4], translation: A, services: [tcp([0, 65535])] });
  const count = (of: (at: number) => Partial<FilterRule>) =>
    cutOut(
      new Structure(new Map()),
      all,
      Array.from({ length: 20 }, (_, at) => rule('a', of(at))),
    )?.length;
  const [own, net] = [(at: number) => sets(`s${at}`), (at: number) => nets(`203.0.${at}.0/24`)];
  expect(count((at) => ({ source: own(at), services: [tcp([at, at])] }))).toBe(21);
  expect(count((at) => ({ source: own(at), destination: net(at) }))).toBe(21);
  expect(count((at) => ({ source: own(at), destination: net(at), services: [tcp([at, at])] }))).toBe(41);
  expect(count((at) => ({ source: own(at), destination: net(1), services: [tcp([443, 443])] }))).toBe(3);
  expect(count((at) => ({ source: sets('s'), destination: sets(`d${at}`) }))).toBe(2);
  // sets may overlap in any way
  expect(count((at) => ({ source: own(at), destination: sets(`d${at}`) }))).toBeUndefined();
});

const FIRST_MATCH: Capabilities = {
  ...EVERYTHING_SAYABLE,
  protocols: [6, 17],
  translations: { ...EVERYTHING_SAYABLE.translations, ipv6: false, absent: false },
};
const lowered = (...list: FilterRule[]) => {
  const { rulebook, refused, narrowed } = lower({ rules: list, sets: new Map() }, FIRST_MATCH);
  return { rules: rulebook.rules.map(({ id, action }) => `${action} ${id}`), refused, narrowed, all: rulebook.rules };
};

test('lowering leaves alone what can be cut, and where the administrator has no later rule of ours behind it', () => {
  const mail = rule('mail', { source: sets('mail'), services: [tcp([25, 25])] });
  const rest = rule('rest', { families: [4], translation: A, services: [tcp([0, 65535])] });
  for (const list of [
    [mail, rest],
    [rest, mail],
    [mail, rule('plain')],
  ])
    expect(lowered(...list)).toMatchObject({ refused: [], narrowed: [], all: list });
});

test('what is left of a protocol without a name is denied, and said with the rule that is the cause', () => {
  const mail = rule('mail', { source: sets('mail'), services: [tcp([25, 25])] });
  const rest = rule('rest', { families: [4], translation: A });
  const { rules: said, refused, narrowed, all } = lowered(mail, rest);
  expect(refused).toEqual([]);
  expect(said.slice(0, 2)).toEqual(['allow mail', 'allow rest']);
  expect(all[1]?.services).toEqual([
    {
      kind: 'protocols',
      protocols: [
        { first: 6, last: 6 },
        { first: 17, last: 17 },
      ],
    },
  ]);
  expect(all[2]).toMatchObject({ action: 'deny', services: 'any', translation: { kind: 'absent' } });
  expect(narrowed).toMatchObject([
    { ruleId: 'rest', field: 'translation', reason: expect.stringMatching(/rule 1 of border.mail .*only its TCP and UDP packets/) },
  ]);
});

test('a family that is not translated is left whole', () => {
  const { all } = lowered(rule('mail', { source: sets('mail'), services: [tcp([25, 25])] }), rule('rest', { translation: A }));
  expect(all.slice(1).map(({ families, action, services }) => [families, action, services === 'any'])).toEqual([
    [[6], 'allow', true],
    [[4], 'allow', false],
    [[4], 'deny', true],
  ]);
});

test('only the policy that cannot be said is refused', () => {
  const many = Array.from({ length: 9 }, (_, at) =>
    rule(`m${at}`, { source: sets(`s${at}`), destination: sets(`d${at}`), services: [tcp([0, 65535])] }),
  );
  const rest = rule('rest', { families: [4], translation: A, services: [tcp([0, 65535])] });
  const { rules: said, refused } = lowered(...many, rest, rule('after', { translation: B, families: [4], services: [udp([53, 53])] }));
  expect(refused.map(({ ruleId, field }) => [ruleId, field])).toEqual([['rest', 'translation']]);
  expect(said).toEqual([...many.map(({ id }) => `allow ${id}`), 'allow after']);
});

test('a rule for which a later one spoke in the list is looked at when that one shrinks', () => {
  const mail = rule('mail', { source: sets('mail'), services: [tcp([25, 25])] });
  const some = rule('some', { families: [4], translation: A, destination: nets('203.0.113.0/24') });
  const rest = rule('rest', { families: [4], translation: A });
  const { narrowed, refused, all } = lowered(mail, some, rest);
  expect([narrowed.map(({ ruleId }) => ruleId).sort(), refused]).toEqual([['rest', 'some'], []]);
  expect(withoutAbsent(all)?.every(({ services }) => services !== 'any')).toBe(true);
});

const WEB = [tcp([443, 443])];
const OUT = { families: [4], translation: A, services: WEB } as const;
const parted = (entry: FilterRule, earlier: readonly FilterRule[]) =>
  cutOut(new Structure(new Map()), entry, earlier)?.map(({ families, source, destination }) => ({ families, source, destination }));
const anyBut = (prefixes: readonly string[], ids: readonly string[] = []) => ({ include: 'any', exclude: { sets: ids, prefixes } });
const ANYONE = anyBut([]);

test.each<[string, FilterRule, readonly FilterRule[], readonly object[] | undefined]>([
  [
    'one family alone is taken',
    rule('t', { ...OUT, families: [4, 6] }),
    [rule('a', { families: [4] })],
    [{ families: [6], source: ANYONE, destination: ANYONE }],
  ],
  ['all is taken', rule('t', { ...OUT, source: nets('10.1.0.0/16') }), [rule('a', { source: nets('10.0.0.0/8') })], []],
  [
    'another address is none of it',
    rule('t', { ...OUT, source: nets('10.1.0.0/16') }),
    [rule('a', { source: nets('10.2.0.0/16') })],
    [{ families: [4], source: nets('10.1.0.0/16'), destination: ANYONE }],
  ],
  [
    'a smaller source',
    rule('t', { ...OUT, source: nets('10.0.0.0/8') }),
    [rule('a', { source: nets('10.2.0.0/16') })],
    [
      {
        families: [4],
        source: { include: { sets: [], prefixes: ['10.0.0.0/8'] }, exclude: { sets: [], prefixes: ['10.2.0.0/16'] } },
        destination: ANYONE,
      },
    ],
  ],
  [
    'what two share is cut out of the destination, then of the source there',
    rule('t', { ...OUT, source: nets('10.0.0.0/8'), destination: nets('203.0.113.0/25', '198.51.100.0/24') }),
    [rule('a', { source: nets('10.2.0.0/16'), destination: nets('203.0.113.0/24') })],
    [
      {
        families: [4],
        source: nets('10.0.0.0/8'),
        destination: {
          include: { sets: [], prefixes: ['203.0.113.0/25', '198.51.100.0/24'] },
          exclude: { sets: [], prefixes: ['203.0.113.0/24'] },
        },
      },
      {
        families: [4],
        source: { include: { sets: [], prefixes: ['10.0.0.0/8'] }, exclude: { sets: [], prefixes: ['10.2.0.0/16'] } },
        destination: nets('203.0.113.0/25'),
      },
    ],
  ],
  [
    'several, in order',
    rule('t', OUT),
    [rule('b', { destination: nets('203.0.113.0/24') }), rule('a', { destination: nets('198.51.100.0/24') })],
    [{ families: [4], source: ANYONE, destination: anyBut(['198.51.100.0/24', '203.0.113.0/24']) }],
  ],
  [
    'sets beside what is left out already',
    rule('t', { ...OUT, source: { include: 'any', exclude: { sets: ['z'], prefixes: [] } } }),
    [rule('a', { source: sets('m') })],
    [{ families: [4], source: anyBut([], ['m', 'z']), destination: ANYONE }],
  ],
  ...(['source', 'destination'] as const).flatMap((end): [string, FilterRule, readonly FilterRule[], undefined][] => [
    [
      `${end} with a set left out`,
      rule('t', OUT),
      [rule('a', { [end]: { include: 'any', exclude: { sets: ['x'], prefixes: [] } } })],
      undefined,
    ],
    [
      `${end} with a prefix left out`,
      rule('t', OUT),
      [rule('a', { [end]: { include: 'any', exclude: { sets: [], prefixes: ['10.0.0.0/8'] } } })],
      undefined,
    ],
    [`${end} with endpoints`, rule('t', OUT), [rule('a', { [`${end}Endpoints`]: { include: ['e'], exclude: [] } })], undefined],
    [`${end} but endpoints`, rule('t', OUT), [rule('a', { [`${end}Endpoints`]: { include: [], exclude: ['e'] } })], undefined],
  ]),
  [
    'one that does not meet may have anything',
    rule('t', OUT),
    [rule('a', { services: [udp([53, 53])], source: { include: 'any', exclude: { sets: ['x'], prefixes: [] } } })],
    [{ families: [4], source: ANYONE, destination: ANYONE }],
  ],
])('what is left of an entry: %s', (_, entry, earlier, expected) => {
  expect(parted(entry, earlier)).toEqual(expected);
});
