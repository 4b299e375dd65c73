import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EVERYTHING_SAYABLE } from '../../test/worlds/policies.ts';
import { ADDRESS_SETS, BORDER, derivedSource, memberSource, memberships, packetsOf, rules } from '../../test/worlds/rulebooks.ts';
import type { Capabilities } from './capabilities.ts';
import { evaluatorOf } from './evaluate.ts';
import { lower } from './lower.ts';
import { translationMeaning } from './shapes.ts';
import { ANY, type Decision, type FilterRule, NO_ENDPOINTS, NO_UNION, type Rulebook, type Service } from './types.ts';

const PACKETS = packetsOf('egress');
const ALL: Capabilities = {
  ...EVERYTHING_SAYABLE,
  maxRules: 1000,
  maxSets: 1000,
  maxMembersPerSet: 1000,
  maxMembers: 1000,
};
const rule = (change: Partial<FilterRule>): FilterRule => ({
  id: 'r',
  border: BORDER,
  stage: 'forward',
  direction: 'egress',
  action: 'allow',
  log: false,
  families: [4],
  source: ANY,
  destination: ANY,
  sourceEndpoints: NO_ENDPOINTS,
  destinationEndpoints: NO_ENDPOINTS,
  services: 'any',
  translation: { kind: 'absent' },
  origin: { cluster: 'c', tier: 't', annotations: {} },
  ...change,
});
const book = (...list: FilterRule[]): Rulebook => ({ rules: list, sets: new Map() });
const DROP = rule({ id: 'drop', action: 'deny', families: [4, 6] });
const gre: Service = { kind: 'protocols', protocols: [{ first: 47, last: 47 }] };
const tcp: Service = { kind: 'ports', protocol: 6, source: [{ first: 0, last: 65535 }], destination: [{ first: 80, last: 80 }] };

const meaning = (decision: Decision): string =>
  decision.kind === 'allow' ? `allow ${translationMeaning(decision.rule.translation)}` : decision.kind;

/** Asserts that nothing is said which the device lacks. */
function expectSayable({ rules: list }: Rulebook, can: Capabilities): void {
  for (const { source, destination, services, sourceEndpoints, destinationEndpoints, families, action, translation } of list) {
    for (const side of [source, destination]) {
      if (!can.excludePrefixes) expect(side.exclude.prefixes).toEqual([]);
      if (!can.excludeSets) expect(side.exclude.sets).toEqual([]);
    }
    if (!can.endpointSets) expect([sourceEndpoints, destinationEndpoints]).toEqual([NO_ENDPOINTS, NO_ENDPOINTS]);
    if (!can.mixedFamilies) expect(families).toHaveLength(1);
    if (can.log !== 'rule') expect(action).not.toBe('log');
    if (translation.kind === 'pool') expect(can.translations.pool).toBe(true);
    if (translation.kind === 'none') expect(can.translations.none).toBe(true);
    for (const service of services === 'any' ? [] : services) {
      const numbers = service.kind === 'protocols' ? service.protocols.map((range) => range.first) : [service.protocol];
      if (can.protocols !== 'all') for (const number of numbers) expect(can.protocols).toContain(number);
      if (service.kind === 'ports' && !can.sourcePorts) expect(service.source).toEqual([{ first: 0, last: 65535 }]);
      if (service.kind === 'icmp') expect(can.icmpTypes).toBe(true);
      if (service.kind === 'icmp' && !can.icmpCodes) for (const { code } of service.types) expect(code).toEqual({ first: 0, last: 255 });
    }
  }
}

const abilities: fc.Arbitrary<Capabilities> = fc.record({
  ...Object.fromEntries(Object.entries(ALL).map(([name, value]) => [name, fc.constant(value)])),
  protocols: fc.constantFrom('all' as const, [6, 17], [1, 6, 17]),
  icmpTypes: fc.boolean(),
  icmpCodes: fc.boolean(),
  sourcePorts: fc.boolean(),
  excludePrefixes: fc.boolean(),
  excludeSets: fc.boolean(),
  endpointSets: fc.boolean(),
  mixedFamilies: fc.boolean(),
  log: fc.constantFrom('rule', 'flag', 'none'),
  translations: fc.record({ none: fc.boolean(), address: fc.constant(true), range: fc.boolean(), pool: fc.boolean(), ipv6: fc.boolean() }),
}) as unknown as fc.Arbitrary<Capabilities>;

/** Allows of which many a device can say a part only. */
const halfSayable = rules.map(
  (rule): FilterRule => ({
    ...rule,
    action: 'allow',
    services: [
      { kind: 'ports', protocol: 6, source: [{ first: 0, last: 65535 }], destination: [{ first: 80, last: 443 }] },
      { kind: 'ports', protocol: 17, source: [{ first: 1024, last: 65535 }], destination: [{ first: 53, last: 53 }] },
    ],
  }),
);

test('a lowered rulebook decides every packet as before, or denies it where an allow was narrowed', () => {
  const outcomes = { exact: 0, narrowed: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 2, arbitrary: rules }, { weight: 1, arbitrary: halfSayable }), { maxLength: 4 }),
      fc.boolean(),
      memberships,
      abilities,
      (list, isClosed, lists, can) => {
        // As the compiler does: a refused rule's policy is taken out, then all is compiled anew.
        let whole = list.map((entry, at) => ({ ...entry, id: `r${at}` }));
        if (isClosed) whole.push({ ...DROP, id: 'end' });
        const members = memberSource(lists);
        let lowered = lower(book(...whole), can, { members });
        for (let round = 0; lowered.refused.length > 0 && round < 8; round++) {
          outcomes.refused++;
          const gone = new Set(lowered.refused.map((note) => note.ruleId));
          whole = whole.filter((entry) => !gone.has(entry.id));
          lowered = lower(book(...whole), can, { members });
        }
        expect(lowered.refused).toEqual([]);
        expectSayable(lowered.rulebook, can);
        const isNarrowed = lowered.narrowed.some((note) => note.field !== 'log');
        outcomes[isNarrowed ? 'narrowed' : 'exact']++;
        const was = evaluatorOf({ rulebook: book(...whole), members });
        const is = evaluatorOf({ rulebook: lowered.rulebook, members: derivedSource(lists, lowered.rulebook.sets) });
        for (const packet of PACKETS) {
          const before = meaning(was(BORDER, 'forward', packet));
          const after = meaning(is(BORDER, 'forward', packet));
          if (before !== after) expect([isNarrowed, before.split(' ')[0], after]).toEqual([true, 'allow', 'deny']);
        }
      },
    ),
    { numRuns: 300 },
  );
  // The test sees all three ways.
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(0);
});

test('what a device can say stays as it is, ids included', () => {
  const list = [rule({ services: [gre, tcp], families: [4, 6] }), rule({ id: 'log', action: 'log' }), DROP];
  const lowered = lower(book(...list), ALL);
  expect(lowered).toMatchObject({ refused: [], narrowed: [] });
  expect(lowered.rulebook.rules).toEqual(list);
});

test('ids of pieces come from content: the same rule elsewhere has the same pieces', () => {
  const mixed = rule({ families: [4, 6] });
  const can = { ...ALL, mixedFamilies: false };
  const ids = (...list: FilterRule[]) => lower(book(...list), can).rulebook.rules.map((entry) => entry.id);
  const [four, six] = ids(mixed);
  expect(four).not.toBe(six);
  expect(four).toMatch(/^[a-z0-9]{1,16}$/);
  expect(ids(rule({ id: 'first' }), mixed)).toEqual(['first', four, six]);
});

describe('services', () => {
  const can: Capabilities = { ...ALL, protocols: [6, 17] };

  test('an allow shrinks only where what is cut off is denied', () => {
    const lowered = lower(book(rule({ services: [gre, tcp] }), DROP), can);
    expect(lowered.refused).toEqual([]);
    expect(lowered.rulebook.rules.map((entry) => entry.action)).toEqual(['allow', 'deny', 'deny']);
    expect(lowered.narrowed).toMatchObject([{ ruleId: 'r', field: 'services', reason: expect.stringContaining('cannot name protocols') }]);
  });

  test('a piece of a rule is refused in the name of the rule', () => {
    const six: Capabilities = { ...can, mixedFamilies: false };
    expect(lower(book(rule({ id: 'whole', families: [4, 6], services: [gre] })), six).refused.map((note) => note.ruleId)).toEqual([
      'whole',
      'whole',
    ]);
  });

  test('else the rule is refused, by name, field and reason', () => {
    const lowered = lower(book(rule({ services: [gre, tcp], origin: { cluster: 'pay', tier: 'border', annotations: {} } })), can);
    expect(lowered.refused).toMatchObject([{ ruleId: 'r', field: 'services', origin: { cluster: 'pay' } }]);
    expect(lowered.rulebook.rules).toEqual([]);
    expect(lower(book(rule({ services: [gre] }), DROP), can).refused).toHaveLength(1);
  });

  test('a deny grows only into what is denied anyway', () => {
    const deny = rule({ action: 'deny', services: [gre] });
    expect(lower(book(deny, rule({ id: 'a' })), can).refused).toMatchObject([{ ruleId: 'r', field: 'services' }]);
    expect(lower(book(deny, DROP), can).rulebook.rules.map((entry) => entry.services)).toEqual(['any', 'any']);
    expect(lower(book(deny), can).refused).toHaveLength(1);
  });

  test('"all but tcp" is said by an earlier rule for tcp', () => {
    const others: Service = {
      kind: 'protocols',
      protocols: [
        { first: 0, last: 5 },
        { first: 7, last: 255 },
      ],
    };
    const { rulebook, refused } = lower(book(rule({ services: [others] }), DROP), can);
    expect(refused).toEqual([]);
    expect(rulebook.rules.map((entry) => [entry.action, entry.services])).toEqual([
      ['deny', [{ kind: 'protocols', protocols: [{ first: 6, last: 6 }] }]],
      ['allow', 'any'],
      ['deny', 'any'],
    ]);
  });
});

describe('excludes', () => {
  const can: Capabilities = { ...ALL, excludePrefixes: false, excludeSets: false };

  test('prefixes are subtracted', () => {
    const side = { include: { sets: [], prefixes: ['10.0.0.0/30'] }, exclude: { sets: [], prefixes: ['10.0.0.1/32'] } };
    const [lowered] = lower(book(rule({ source: side })), can).rulebook.rules;
    expect(lowered?.source).toEqual({ include: { sets: [], prefixes: ['10.0.0.0/32', '10.0.0.2/31'] }, exclude: NO_UNION });
  });

  test('sets become a derived set', () => {
    const side = { include: { sets: ['a'], prefixes: [] }, exclude: { sets: ['b'], prefixes: ['10.0.0.0/31'] } };
    const { rules: list, sets } = lower(book(rule({ source: side })), can).rulebook;
    const [definition] = sets.values();
    expect(definition?.expression).toMatchObject({ kind: 'outside', of: { kind: 'minus' }, prefixes: ['10.0.0.0/31'] });
    expect(list[0]?.source).toEqual({ include: { sets: [definition?.id], prefixes: [] }, exclude: NO_UNION });
  });

  test('"any but a set" is said by an earlier rule, decided as those packets would be', () => {
    const side = { include: 'any' as const, exclude: { sets: ['a'], prefixes: [] } };
    const { rulebook } = lower(book(rule({ source: side }), DROP), can);
    expect(rulebook.rules.map((entry) => [entry.action, entry.source.include])).toEqual([
      ['deny', { sets: ['a'], prefixes: [] }],
      ['allow', 'any'],
      ['deny', 'any'],
    ]);
    expect(lower(book(rule({ source: side })), can).refused).toMatchObject([{ field: 'source', reason: expect.stringContaining('a') }]);
  });
});

test('a set of endpoints becomes a set of addresses per port', () => {
  const lists = { e: ['10.0.0.1,tcp:80', '10.0.0.2,tcp:80', '10.0.0.1,udp:53'] };
  const can: Capabilities = { ...ALL, endpointSets: false };
  const named = rule({ destinationEndpoints: { include: ['e'], exclude: [] } });
  const { rules: list, sets } = lower(book(named), can, { members: memberSource(lists) }).rulebook;
  expect(list.map((entry) => entry.services)).toEqual([
    [{ ...tcp, destination: [{ first: 80, last: 80 }] }],
    [{ ...tcp, protocol: 17, destination: [{ first: 53, last: 53 }] }],
  ]);
  const [first] = sets.values();
  expect([...derivedSource(lists, sets).members(first?.id ?? '')]).toEqual(['10.0.0.1/32', '10.0.0.2/32']);
  expect(lower(book(named), can).refused).toMatchObject([{ field: 'destination' }]);
  expect(lower(book(named), can, { members: memberSource(lists), maxRulesPerRule: 1 }).refused).toMatchObject([{ field: 'rules' }]);
});

describe('logging', () => {
  const log = rule({ id: 'log', action: 'log', source: { include: { sets: ['a'], prefixes: [] }, exclude: NO_UNION } });

  test('a log rule becomes a flag on the later rules it meets', () => {
    const { rulebook, narrowed } = lower(book(rule({ id: 'before' }), log, rule({ id: 'six', families: [6] }), DROP), {
      ...ALL,
      log: 'flag',
    });
    expect(rulebook.rules.map((entry) => [entry.id, entry.log])).toEqual([
      ['before', false],
      ['six', false],
      ['drop', true],
    ]);
    expect(narrowed).toEqual([]);
  });

  test('what is no longer logged is said', () => {
    expect(lower(book(log), { ...ALL, log: 'flag' }).narrowed).toMatchObject([{ ruleId: 'log', field: 'log' }]);
    expect(lower(book(rule({ log: true })), { ...ALL, log: 'none' })).toMatchObject({
      rulebook: { rules: [{ log: false }] },
      narrowed: [{ field: 'log' }],
    });
  });
});

describe('IPv6 subnets in sets of hosts', () => {
  const can: Capabilities = { ...ALL, ipv6PrefixMembers: false };
  const of = (count: number) => () => new Map([['nets', Array.from({ length: count }, (_, at) => `2001:db8:${at.toString(16)}::/48`)]]);
  const from = (...sets: string[]) => ({ include: { sets, prefixes: ['10.0.0.0/8'] }, exclude: NO_UNION });

  test('are named by the rule beside the set, on both ends and in what is left out', () => {
    const one = rule({
      families: [4, 6],
      source: from('nets', 'pods'),
      destination: { include: 'any', exclude: { sets: ['nets'], prefixes: [] } },
    });
    const { rules: said } = lower(book(one), can, { ipv6Subnets: of(1) }).rulebook;
    expect(said).toMatchObject([
      {
        id: one.id,
        source: { include: { sets: ['nets', 'pods'], prefixes: ['10.0.0.0/8', '2001:db8:0::/48'] } },
        destination: { include: 'any', exclude: { sets: ['nets'], prefixes: ['2001:db8:0::/48'] } },
      },
    ]);
  });

  test('leave rules alone that are not for IPv6, name no such set, or meet a device that holds them', () => {
    const list = [rule({ source: from('nets') }), rule({ id: 'other', families: [4, 6], source: from('pods') })];
    expect(lower(book(...list), can, { ipv6Subnets: of(1) }).rulebook.rules).toEqual(list);
    const six = rule({ families: [6], source: from('nets') });
    expect(lower(book(six), ALL, { ipv6Subnets: of(1) }).rulebook.rules).toEqual([six]);
  });

  test('that are too many for a rule refuse it', () => {
    const six = rule({ families: [6], destination: from('nets') });
    expect(lower(book(six), can, { ipv6Subnets: of(255) }).refused).toEqual([]);
    expect(lower(book(six), can, { ipv6Subnets: of(256) }).refused).toMatchObject([{ ruleId: 'r', field: 'destination' }]);
  });
});

describe('stage, translation and limits', () => {
  test('preDNAT rules are refused where the device has no such stage', () => {
    expect(lower(book(rule({ stage: 'preDnat' })), { ...ALL, preDnat: false }).refused).toMatchObject([{ field: 'stage' }]);
  });

  test('an IPv6 half that cannot be translated is denied, a rule that is only that is refused', () => {
    const can: Capabilities = { ...ALL, translations: { ...ALL.translations, ipv6: false } };
    const translation = { kind: 'address', address: '2001:db8::1' } as const;
    const halves = lower(book(rule({ families: [4, 6], translation })), can);
    expect(halves.rulebook.rules.map((entry) => [entry.families, entry.action])).toEqual([
      [[4], 'allow'],
      [[6], 'deny'],
    ]);
    expect(halves.narrowed).toMatchObject([{ field: 'translation' }]);
    expect(lower(book(rule({ families: [6], translation })), can).refused).toMatchObject([{ field: 'translation' }]);
  });

  test('a pool of one range is a range, and a range a pool', () => {
    const range = { family: 4, first: 1n, last: 9n } as const;
    const only = (ability: 'range' | 'pool'): Capabilities => ({
      ...ALL,
      translations: { none: false, address: false, range: false, pool: false, ipv6: true, absent: true, [ability]: true },
    });
    const said = (can: Capabilities, translation: FilterRule['translation']) => lower(book(rule({ translation })), can);
    expect(said(only('range'), { kind: 'pool', pool: 'p', ranges: [range] }).rulebook.rules[0]?.translation).toEqual({
      kind: 'range',
      range,
    });
    expect(said(only('pool'), { kind: 'range', range }).rulebook.rules[0]?.translation).toMatchObject({ kind: 'pool', ranges: [range] });
    expect(said(only('range'), { kind: 'pool', pool: 'p', ranges: [range, range] }).refused).toHaveLength(1);
    expect(said(only('pool'), { kind: 'none' }).refused).toMatchObject([{ field: 'translation' }]);
  });

  test('rules and sets past what the device holds are refused', () => {
    const list = ADDRESS_SETS.map((set) => rule({ id: set, source: { include: { sets: [set], prefixes: [] }, exclude: NO_UNION } }));
    expect(lower(book(...list), { ...ALL, maxRules: 3 }).refused.map((note) => note.ruleId)).toEqual(['none']);
    expect(lower(book(...list), { ...ALL, maxSets: 2 }).refused.map((note) => note.ruleId)).toEqual(['c', 'none']);
  });
});
