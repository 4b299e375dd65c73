/** What each pass of lowering makes of small rulebooks: the rules said instead, and the words to the author. */
import { describe, expect, test } from '@jest/globals';
import { EVERYTHING_SAYABLE } from '../../test/worlds/policies.ts';
import { nets, rule, sets, tcp, udp } from '../../test/worlds/rule.ts';
import { memberSource } from '../../test/worlds/rulebooks.ts';
import { Diagrams } from '../packets/diagram.ts';
import { formatServices } from '../packets/service-set.ts';
import type { Capabilities } from './capabilities.ts';
import { type LowerOptions, lower } from './lower.ts';
import { servicesNode } from './services.ts';
import { ANY, type FilterRule, NO_UNION, type NumberRange, type Service, type Side, type Translation } from './types.ts';

type Lack = Partial<Capabilities>;
const four = (id: string, parts: Partial<FilterRule> = {}) => rule(id, { families: [4], ...parts });
const DROP = four('drop', { action: 'deny' });
const lowered = (list: readonly FilterRule[], lack: Lack, options: LowerOptions = {}) =>
  lower({ rules: list, sets: new Map() }, { ...EVERYTHING_SAYABLE, ...lack }, options);
const words = (services: FilterRule['services']): string => {
  const diagrams = new Diagrams();
  return formatServices(diagrams, servicesNode(diagrams, services));
};

describe('services', () => {
  const one = (number: number): NumberRange => ({ first: number, last: number });
  const EVERY: NumberRange = { first: 0, last: 255 };
  const protocols = (...ranges: readonly (readonly [number, number])[]): Service => ({
    kind: 'protocols',
    protocols: ranges.map(([first, last]) => ({ first, last })),
  });
  const GRE = protocols([47, 47]);
  const HIGH: Service = { ...tcp([80, 80]), source: [{ first: 1024, last: 65535 }] } as Service;
  const icmp = (...types: readonly (readonly [NumberRange, NumberRange])[]): Service => ({
    kind: 'icmp',
    protocol: 1,
    types: types.map(([type, code]) => ({ type, code })),
  });
  const PING = icmp([one(8), EVERY]);
  const FEW: Lack = { protocols: [17, 6] };
  const OTHERS = 'this firewall cannot name protocols other than 17, 6';
  const NO_TYPES: Lack = { icmpTypes: false, icmpCodes: false };
  const NO_CODES: Lack = { icmpCodes: false };

  test.each<[string, Lack, FilterRule['action'], readonly Service[], FilterRule['services']]>([
    ['protocols with names', FEW, 'allow', [protocols([6, 6], [17, 17])], [protocols([6, 6], [17, 17])]],
    ['a range of them that holds no other', { protocols: [7, 6] }, 'allow', [protocols([6, 7])], [protocols([6, 6], [7, 7])]],
    ['ports of a protocol with a name', FEW, 'allow', [tcp([80, 80])], [tcp([80, 80])]],
    ['source ports where the device has them', {}, 'allow', [HIGH], [HIGH]],
    ['any source port where it has not', { sourcePorts: false }, 'allow', [tcp([80, 80])], [tcp([80, 80])]],
    ['every ICMP type as the protocol', NO_TYPES, 'allow', [icmp([one(3), one(4)], [EVERY, EVERY])], [protocols([1, 1])]],
    ['types and codes where the device has them', {}, 'allow', [icmp([one(3), one(4)])], [icmp([one(3), one(4)])]],
    ['types with any code', NO_CODES, 'allow', [PING], [PING]],
    [
      'codes that are any code together',
      NO_CODES,
      'allow',
      [icmp([one(8), { first: 0, last: 127 }], [one(8), { first: 128, last: 255 }])],
      [PING],
    ],
    ['a log may see more', FEW, 'log', [GRE], 'any'],
  ])('%s: said without a word lost', (_, lack, action, services, expected) => {
    const { rulebook, refused, narrowed } = lowered([four('r', { action, services })], lack);
    expect([refused, narrowed]).toEqual([[], []]);
    expect(rulebook.rules).toEqual([four('r', { action, services: expected })]);
  });

  test.each<[Lack, readonly Service[], string]>([
    [{ sourcePorts: false }, [HIGH, GRE, udp([53, 53]), PING], 'icmp type 8; tcp 80; udp 53; protocol 47'],
    [{ sourcePorts: false, ...NO_CODES }, [HIGH, PING], 'icmp type 8; tcp 80'],
    [{ sourcePorts: false, ...NO_TYPES }, [HIGH, icmp([EVERY, EVERY])], 'icmp; tcp 80'],
    [{ sourcePorts: false, protocols: [6, 17] }, [HIGH, protocols([17, 17])], 'tcp 80; udp'],
    [NO_TYPES, [PING], 'icmp'],
    [NO_TYPES, [icmp([EVERY, one(4)])], 'icmp'],
    [NO_TYPES, [icmp([one(3), EVERY])], 'icmp'],
    [NO_CODES, [icmp([one(3), one(4)], [one(8), EVERY])], 'icmp type 3; icmp type 8'],
  ])('a deny grows where all else is denied anyway: %j', (lack, services, expected) => {
    const { rulebook, refused } = lowered([four('r', { action: 'deny', services }), DROP], lack);
    expect(refused).toEqual([]);
    expect(rulebook.rules.map(({ action }) => action)).toEqual(['deny', 'deny']);
    expect(words(rulebook.rules[0]?.services ?? [])).toBe(expected);
  });

  test.each<[string, Lack, readonly Service[], FilterRule['services'], string, string]>([
    ['protocols', FEW, [protocols([6, 17])], [protocols([6, 6], [17, 17])], 'any service', OTHERS],
    ['source ports', { sourcePorts: false }, [HIGH, GRE], [GRE], 'tcp 80; protocol 47', 'this firewall cannot match source ports'],
    ['types', NO_TYPES, [PING, tcp([80, 80])], [tcp([80, 80])], 'icmp; tcp 80', 'this firewall cannot match ICMP types'],
    [
      'codes',
      NO_CODES,
      [icmp([one(3), one(4)], [one(8), EVERY])],
      [PING],
      'icmp type 3; icmp type 8',
      'this firewall cannot match ICMP codes',
    ],
  ])('an allow keeps what the device can say, the rest is denied: %s', (_, lack, services, kept, cut, why) => {
    const { rulebook, refused, narrowed } = lowered([four('r', { services, translation: { kind: 'none' } }), DROP], lack);
    expect(refused).toEqual([]);
    expect(rulebook.rules[0]).toEqual(four('r', { services: kept, translation: { kind: 'none' } }));
    expect(rulebook.rules[1]).toMatchObject({ action: 'deny', translation: { kind: 'absent' } });
    expect(words(rulebook.rules[1]?.services ?? [])).toBe(cut);
    expect(rulebook.rules).toHaveLength(3);
    expect(new Set(rulebook.rules.map(({ id }) => id)).size).toBe(3);
    expect(narrowed).toMatchObject([{ ruleId: 'r', field: 'services', reason: `${why}: only the rest of the rule is allowed` }]);
  });

  const UNSURE = 'and what is cut off cannot be denied without denying more';
  const WIDER = 'and a wider drop would take packets that are not denied otherwise';
  test.each<[Lack, FilterRule['action'], readonly Service[], readonly FilterRule[], string]>([
    [FEW, 'allow', [GRE], [DROP], OTHERS],
    [FEW, 'allow', [GRE, tcp([80, 80])], [], `${OTHERS}, ${UNSURE}`],
    [FEW, 'allow', [PING], [DROP], 'this firewall cannot name protocol 1'],
    [FEW, 'deny', [GRE], [], `${OTHERS}, ${WIDER}`],
    [{ sourcePorts: false }, 'allow', [HIGH], [DROP], 'this firewall cannot match source ports'],
    [NO_TYPES, 'allow', [PING], [DROP], 'this firewall cannot match ICMP types'],
    [NO_CODES, 'allow', [icmp([one(3), one(4)])], [DROP], 'this firewall cannot match ICMP codes'],
  ])('refused where that is not possible, with a reason: %j, %s', (lack, action, services, after, reason) => {
    const { rulebook, refused, narrowed } = lowered([four('r', { action, services }), ...after], lack);
    expect(refused.map(({ field, reason: why }) => [field, why])).toEqual([['services', reason]]);
    expect([rulebook.rules, narrowed]).toEqual([after, []]);
  });
});

describe('endpoint sets', () => {
  const members = memberSource({ e: ['10.0.0.1,tcp:80'], f: ['10.0.0.2,tcp:80'], u: ['10.0.0.3,udp:53'] });
  const lack: Lack = { endpointSets: false };
  const felix = (set: string) => ({ kind: 'felix', cluster: 'pay', set });
  const at = (set: string) => ({ kind: 'at', of: felix(set), protocol: 6, port: 80 });
  const only = (...include: readonly string[]) => ({ include, exclude: [] });
  const but = (...exclude: readonly string[]) => ({ include: [], exclude });
  const made = (parts: Partial<FilterRule>) => {
    const { rulebook, refused } = lowered([four('r', parts)], lack, { members });
    expect(refused).toEqual([]);
    return { list: rulebook.rules, sets: [...rulebook.sets.values()] };
  };

  test.each<[string, Side, object]>([
    ['any', ANY, at('e')],
    ['a set', sets('s'), { kind: 'and', of: [felix('s'), at('e')] }],
    ['two sets', sets('s', 't'), { kind: 'and', of: [{ kind: 'or', of: [felix('s'), felix('t')] }, at('e')] }],
    ['prefixes', nets('10.0.0.0/8'), { kind: 'within', of: at('e'), prefixes: ['10.0.0.0/8'] }],
    [
      'both',
      { include: { sets: ['s'], prefixes: ['10.0.0.0/8'] }, exclude: NO_UNION },
      {
        kind: 'or',
        of: [
          { kind: 'and', of: [felix('s'), at('e')] },
          { kind: 'within', of: at('e'), prefixes: ['10.0.0.0/8'] },
        ],
      },
    ],
    ['nothing', sets(), { kind: 'nothing' }],
  ])('on a side that holds %s', (_, side, expression) => {
    const { list, sets: derived } = made({ destination: side, destinationEndpoints: only('e') });
    expect(derived).toMatchObject([{ expression, text: 'e at tcp 80', cluster: 'pay', kind: 'addresses' }]);
    expect(list).toMatchObject([
      { services: [tcp([80, 80])], destination: sets(derived[0]?.id ?? ''), destinationEndpoints: { include: [], exclude: [] } },
    ]);
  });

  test('sets that share a port share a rule; ports are apart, each piece with its own name', () => {
    const { list, sets: derived } = made({ destinationEndpoints: only('e', 'u', 'f') });
    expect(list.map(({ services }) => words(services))).toEqual(['tcp 80', 'udp 53']);
    expect(derived.map(({ text }) => text)).toEqual(['e || f at tcp 80', 'u at udp 53']);
    expect(derived[0]?.expression).toEqual({ kind: 'or', of: [at('e'), at('f')] });
    expect(new Set(['r', ...list.map(({ id }) => id)]).size).toBe(3);
  });

  test('at the source it is the source port', () => {
    const { list } = made({ sourceEndpoints: only('e'), services: [tcp([443, 443])] });
    expect(list.map(({ services }) => services)).toEqual([
      [{ kind: 'ports', protocol: 6, source: [{ first: 80, last: 80 }], destination: [{ first: 443, last: 443 }] }],
    ]);
  });

  test('a port that the rule does not serve makes no rule', () => {
    const { list } = made({ destinationEndpoints: only('e', 'u'), services: [udp([53, 53])] });
    expect(list.map(({ services }) => words(services))).toEqual(['udp 53']);
  });

  test.each<[string, Partial<FilterRule>, readonly (readonly [boolean, readonly Service[]])[]]>([
    [
      'the port without them, and the rest',
      { services: [tcp([80, 81])] },
      [
        [true, [tcp([80, 80])]],
        [false, [tcp([81, 81])]],
      ],
    ],
    ['the port alone', { services: [tcp([80, 80])] }, [[true, [tcp([80, 80])]]]],
    ['the rest alone', { services: [udp([53, 53])] }, [[false, [udp([53, 53])]]]],
  ])('left out: %s', (_, parts, expected) => {
    const destination: Side = { include: 'any', exclude: { sets: ['x'], prefixes: ['10.9.0.0/16'] } };
    const { list, sets: derived } = made({ ...parts, destination, destinationEndpoints: but('e') });
    const without = { include: 'any', exclude: { sets: ['x', ...derived.map(({ id }) => id)], prefixes: ['10.9.0.0/16'] } };
    expect(list.map(({ services, destination: side }) => [services, side])).toEqual(
      expected.map(([isCut, services]) => [services, isCut ? without : destination]),
    );
    expect(list.every(({ destinationEndpoints }) => destinationEndpoints.exclude.length === 0)).toBe(true);
    if (derived.length > 0) expect(derived).toMatchObject([{ expression: at('e'), text: 'e at tcp 80' }]);
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
  });

  test('one set named and another left out', () => {
    const { list } = made({ destinationEndpoints: { include: ['e'], exclude: ['f'] } });
    expect(list.map(({ destination, services }) => [destination.exclude.sets.length, words(services)])).toEqual([[1, 'tcp 80']]);
  });

  test('stay where the device has them; are refused while no ports are known', () => {
    const named = four('r', { destinationEndpoints: only('e') });
    expect(lowered([named], {}, { members }).rulebook.rules).toEqual([named]);
    expect(lowered([named], lack).refused).toMatchObject([
      { field: 'destination', reason: 'this firewall needs a rule per named port, and the ports are not known yet' },
    ]);
  });
});

describe('stages and logs', () => {
  test('preDNAT is refused only where the device cannot do it, and nothing else is', () => {
    const list = [four('early', { stage: 'preDnat' }), four('late')];
    expect(lowered(list, {}).rulebook.rules).toEqual(list);
    const { rulebook, refused } = lowered(list, { preDnat: false });
    expect(rulebook.rules).toEqual([list[1]]);
    expect(refused.map(({ ruleId, field, reason }) => [ruleId, field, reason])).toEqual([
      ['early', 'stage', 'this firewall cannot judge packets before it has translated their destination (preDNAT)'],
    ]);
  });

  const log = (id: string, prefix = '10.0.0.0/8') => four(id, { action: 'log', source: nets(prefix) });
  const allow = (id: string, prefix: string) => four(id, { source: nets(prefix) });
  const LOST = 'this firewall logs only what a rule of ours allows or denies: packets of this rule that none decides are not logged';
  test.each<[string, readonly FilterRule[], readonly string[], readonly string[]]>([
    ['no log, no flag', [allow('a', '10.0.0.0/8'), DROP], ['a', 'drop'], []],
    [
      'the rules after it that meet it',
      [log('l'), allow('a', '10.1.0.0/16'), allow('b', '11.0.0.0/8'), DROP],
      ['a log', 'b', 'drop log'],
      [],
    ],
    ['of several logs one is enough', [log('l'), log('m', '12.0.0.0/8'), allow('a', '10.0.0.0/8'), DROP], ['a log', 'drop log'], []],
    ['a rule before it decides nothing of it', [DROP, log('l')], ['drop'], ['l']],
    ['nor does another log', [log('l'), log('m')], [], ['l', 'm']],
    ['nor a rule for some of its packets', [log('l'), allow('a', '10.1.0.0/16')], ['a log'], ['l']],
    ['a rule that logs by itself', [four('a', { log: true })], ['a log'], []],
  ])('as flags: %s', (_, list, flags, lost) => {
    const { rulebook, narrowed } = lowered(list, { log: 'flag' });
    expect(rulebook.rules.map((one) => `${one.id}${one.log ? ' log' : ''}`)).toEqual(flags);
    expect(narrowed.map(({ ruleId, field, reason }) => [ruleId, field, reason])).toEqual(lost.map((id) => [id, 'log', LOST]));
  });

  test('where the device logs nothing it is said', () => {
    const { rulebook, narrowed } = lowered([log('l'), four('a', { log: true }), DROP], { log: 'none' });
    expect(rulebook.rules).toEqual([four('a'), DROP]);
    expect(narrowed.map(({ ruleId, reason }) => [ruleId, reason])).toEqual([
      ['l', 'this firewall cannot log by rule: nothing is logged'],
      ['a', 'this firewall cannot log by rule'],
    ]);
  });
});

describe('families and translations', () => {
  const both = (parts: Partial<FilterRule>) => rule('r', parts);
  const [V4, V6] = ['10.0.0.0/8', 'fd00::/8'];
  test.each<[string, Side, Side, readonly (readonly [number, Side, Side])[]]>([
    [
      'each family has its prefixes',
      nets(V4, V6),
      ANY,
      [
        [4, nets(V4), ANY],
        [6, nets(V6), ANY],
      ],
    ],
    ['no source, no rule', nets(V4), ANY, [[4, nets(V4), ANY]]],
    ['no destination, no rule', ANY, nets(V6), [[6, ANY, nets(V6)]]],
    ['nothing in common, no rule at all', nets(V4), nets(V6), []],
    [
      'what is left out as well',
      { include: 'any', exclude: { sets: ['s'], prefixes: [V4, V6] } },
      ANY,
      [
        [4, { include: 'any', exclude: { sets: ['s'], prefixes: [V4] } }, ANY],
        [6, { include: 'any', exclude: { sets: ['s'], prefixes: [V6] } }, ANY],
      ],
    ],
  ])('one rule per family: %s', (_, source, destination, expected) => {
    const { rulebook } = lowered([both({ source, destination })], { mixedFamilies: false });
    expect(rulebook.rules.map((one) => [...one.families, one.source, one.destination])).toEqual(expected);
  });

  const range4 = { family: 4, first: 1n, last: 9n } as const;
  const range6 = { family: 6, first: 1n, last: 9n } as const;
  const can = (parts: Partial<Capabilities['translations']>): Lack => ({ translations: { ...EVERYTHING_SAYABLE.translations, ...parts } });
  const pool = (...ranges: readonly (typeof range4 | typeof range6)[]): Translation => ({ kind: 'pool', pool: 'p', ranges });
  const RANGE: Translation = { kind: 'range', range: range4 };

  test.each<[string, Partial<Capabilities['translations']>, Translation, Translation]>([
    ['a range stays one', {}, RANGE, RANGE],
    ['a pool stays one', {}, pool(range4), pool(range4)],
    ['a range is a pool', { range: false }, RANGE, { kind: 'pool', pool: 'range', ranges: [range4] }],
    ['a pool of one range is a range', { pool: false }, pool(range4), RANGE],
    ['nothing said needs no word', { none: false, address: false, range: false, pool: false }, { kind: 'absent' }, { kind: 'absent' }],
    ['IPv4 alone is no matter of IPv6: a range', { ipv6: false }, RANGE, RANGE],
    ['a pool', { ipv6: false }, pool(range4), pool(range4)],
    ['an address', { ipv6: false }, { kind: 'address', address: '198.51.100.7' }, { kind: 'address', address: '198.51.100.7' }],
  ])('%s', (_, lack, translation, expected) => {
    const { rulebook, refused, narrowed } = lowered([both({ translation })], can(lack));
    expect([refused, narrowed]).toEqual([[], []]);
    expect(rulebook.rules).toEqual([both({ translation: expected })]);
  });

  test.each<[Partial<Capabilities['translations']>, Translation, string]>([
    [{ none: false }, { kind: 'none' }, "this firewall cannot translate to the pod's own address"],
    [{ address: false }, { kind: 'address', address: '198.51.100.7' }, 'this firewall cannot translate to an address'],
    [{ range: false, pool: false }, RANGE, 'this firewall cannot translate to a range'],
    [{ range: false, pool: false }, pool(range4), 'this firewall cannot translate to a pool'],
    [{ pool: false }, pool(range4, range4), 'this firewall cannot translate to a pool'],
    [{ pool: false }, pool(), 'this firewall cannot translate to a pool'],
  ])('refused without %j', (lack, translation, reason) => {
    const { refused } = lowered([both({ translation })], can(lack));
    expect(refused.map((note) => [note.field, note.reason])).toEqual([['translation', reason]]);
  });

  test.each<[string, Translation]>([
    ['its own address', { kind: 'none' }],
    ['a range', { kind: 'range', range: range6 }],
    ['a pool of both', pool(range4, range6)],
    ['an address', { kind: 'address', address: 'fd00::7' }],
  ])('IPv6 translated to %s is denied where the device cannot: no later rule lets it out otherwise', (_, translation) => {
    const { rulebook, narrowed } = lowered([both({ source: nets(V4, V6), translation })], can({ ipv6: false }));
    expect(rulebook.rules.map((one) => [one.action, one.families, one.source, one.translation])).toEqual([
      ['allow', [4], nets(V4), translation],
      ['deny', [6], nets(V6), { kind: 'absent' }],
    ]);
    expect(narrowed).toMatchObject([{ reason: 'this firewall cannot translate IPv6: its IPv6 packets are denied' }]);
    expect(lowered([both({ families: [6], translation })], can({ ipv6: false })).refused).toMatchObject([
      { field: 'translation', reason: 'this firewall cannot translate IPv6' },
    ]);
  });
});

test.each<[string, Lack, string, string]>([
  ['rules', { maxRules: 1 }, 'rules', 'this firewall holds at most 1 rules'],
  ['sets, those of endpoints too', { maxSets: 3 }, 'sets', 'this firewall holds at most 3 sets of addresses'],
])('past the limit of %s a rule is refused', (_, lack, field, reason) => {
  const first = four('first', {
    sourceEndpoints: { include: ['a'], exclude: ['b'] },
    destinationEndpoints: { include: [], exclude: ['c'] },
  });
  const { rulebook, refused } = lowered([first, four('second', { source: sets('d') })], lack);
  expect(rulebook.rules).toEqual([first]);
  expect(refused.map((note) => [note.ruleId, note.field, note.reason])).toEqual([['second', field, reason]]);
});

describe('what is left out of a side', () => {
  const felix = (set: string) => ({ kind: 'felix', cluster: 'pay', set });
  const AB = { kind: 'or', of: [felix('a'), felix('b')] };
  const NETS = ['10.0.0.0/31', '10.0.0.4/32'];
  const left = { include: { sets: ['a', 'b'], prefixes: [] }, exclude: { sets: ['c'], prefixes: NETS } };
  const outside = (of: object) => ({ kind: 'outside', of, prefixes: NETS });
  const minus = { kind: 'minus', of: AB, without: felix('c') };
  test.each<[string, Lack, object, string, object]>([
    ['sets', { excludeSets: false }, minus, '(a || b) && !(c)', { sets: [], prefixes: NETS }],
    ['prefixes', { excludePrefixes: false }, outside(AB), '(a || b) outside 10.0.0.0/31, 10.0.0.4/32', { sets: ['c'], prefixes: [] }],
    [
      'both',
      { excludeSets: false, excludePrefixes: false },
      outside(minus),
      '((a || b) && !(c)) outside 10.0.0.0/31, 10.0.0.4/32',
      { sets: [], prefixes: [] },
    ],
  ])('%s are taken out of a set of its own, in words', (_, lack, expression, text, exclude) => {
    const { rulebook } = lowered([four('r', { source: left })], lack);
    const [made, ...more] = [...rulebook.sets.values()];
    expect([made?.expression, made?.text, made?.kind, more]).toEqual([expression, text, 'addresses', []]);
    expect(rulebook.rules.map(({ source }) => source)).toEqual([{ include: { sets: [made?.id], prefixes: [] }, exclude }]);
  });

  test('refused with the words for it', () => {
    const source: Side = { include: 'any', exclude: { sets: ['a', 'b'], prefixes: ['10.0.0.0/8'] } };
    expect(lowered([four('r', { source })], { excludeSets: false }).refused).toMatchObject([
      {
        field: 'source',
        reason: 'this firewall cannot match "source but not a, b, 10.0.0.0/8", and no single later rule decides those packets',
      },
    ]);
  });

  test('a log in between decides nothing; a rule for some of them does', () => {
    const source: Side = { include: 'any', exclude: { sets: ['a'], prefixes: [] } };
    const log = four('log', { action: 'log' });
    const some = four('some', { services: [tcp([80, 80])] });
    const said = (...list: readonly FilterRule[]) => lowered([four('r', { source }), ...list], { excludeSets: false });
    expect(said(log, DROP).rulebook.rules.map(({ action }) => action)).toEqual(['deny', 'allow', 'log', 'deny']);
    expect(said(some, DROP).refused).toHaveLength(1);
    const gone = lowered([four('r', { services: [tcp([80, 80])] }), log, DROP], { protocols: [17] });
    expect(gone.refused).toHaveLength(1);
  });
});

describe('translation left to the administrator by an earlier rule, where NAT has no word for it', () => {
  const lack = (protocols: Capabilities['protocols']): Lack => ({
    protocols,
    translations: { ...EVERYTHING_SAYABLE.translations, absent: false },
  });
  const A: Translation = { kind: 'address', address: '198.51.100.7' };
  const WHY = 'leaves the source address of some of its packets to the administrator, and NAT of this firewall ends at its first match';
  const ADVICE = 'give that rule a cextfire.io/snat annotation (an address, a pool or none)';
  const hole = four('hole', { source: { include: 'any', exclude: { sets: ['x'], prefixes: [] } }, services: [tcp([25, 25])] });
  const unnamed: FilterRule = { ...hole, origin: { cluster: 'pay', tier: 'edge', annotations: {} } };
  const third: FilterRule = { ...hole, origin: { ...hole.origin, ruleIndex: 2 } };
  const rest = four('rest', { translation: A });

  test.each<[string, FilterRule, FilterRule, Capabilities['protocols'], string]>([
    ['all protocols have names', hole, rest, 'all', 'rule 1 of border.hole'],
    ['its place in the policy', third, rest, 'all', 'rule 3 of border.hole'],
    ['a rule without a policy', unnamed, rest, [6, 17], 'rule 1 of edge'],
    [
      'named protocols alone are no better',
      hole,
      four('rest', { translation: A, services: [tcp([1, 99])] }),
      [6, 17],
      'rule 1 of border.hole',
    ],
  ])('refused, with advice: %s', (_, earlier, later, protocols, cause) => {
    const { refused, rulebook } = lowered([earlier, later], lack(protocols));
    expect(refused.map((note) => [note.ruleId, note.field, note.reason])).toEqual([
      ['rest', 'translation', `${cause} ${WHY}; ${ADVICE}, or make the two disjoint`],
    ]);
    expect(rulebook.rules).toEqual([earlier]);
    expect(lowered([earlier, later], {}).refused).toEqual([]);
  });

  test('shrunk to protocols with names, in their order, with advice', () => {
    const mail = four('mail', { source: sets('m'), services: [tcp([25, 25])] });
    const { narrowed, refused, rulebook } = lowered([mail, rest], lack([17, 6]));
    expect(refused).toEqual([]);
    expect(narrowed.map(({ reason }) => reason)).toEqual([
      `rule 1 of border.mail ${WHY}: only its TCP and UDP packets are allowed; or ${ADVICE}`,
    ]);
    expect(rulebook.rules.map(({ action, services }) => `${action} ${words(services)}`)).toEqual([
      'allow tcp 25',
      'allow tcp; udp',
      'deny any service',
    ]);
    expect(new Set(rulebook.rules.map(({ id }) => id)).size).toBe(3);
  });
});

test('a rule that would become too many is refused in numbers; just so many are said', () => {
  const members = memberSource({ e: ['10.0.0.1,tcp:80', '10.0.0.1,tcp:81', '10.0.0.1,tcp:82'] });
  const named = four('r', { destinationEndpoints: { include: ['e'], exclude: [] } });
  const said = (maxRulesPerRule: number) => lowered([named], { endpointSets: false }, { members, maxRulesPerRule });
  expect([said(3).rulebook.rules.length, said(3).refused]).toEqual([3, []]);
  expect(said(2).refused).toMatchObject([{ field: 'rules', reason: 'it would become 3 rules on this firewall, more than 2' }]);
});
