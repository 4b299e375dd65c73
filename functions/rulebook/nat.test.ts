import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nets, rule as plainRule, sets } from '../../test/worlds/rule.ts';
import { BORDER, bookOf, memberSource, memberships, packetsOf, rules } from '../../test/worlds/rulebooks.ts';
import { evaluatorOf } from './evaluate.ts';
import { deriveNat, sameTranslation, translationOf, translationText, translatorOf } from './nat.ts';
import type { FilterRule, Translation } from './types.ts';

const PACKETS = packetsOf('egress');
const rule = (id: string, change: Partial<FilterRule>): FilterRule => plainRule(id, { border: BORDER, families: [4], ...change });
const [to, from] = [nets, sets];
const A: Translation = { kind: 'address', address: '198.51.100.7' };
const B: Translation = { kind: 'address', address: '198.51.100.8' };
const nat = (...list: FilterRule[]) => deriveNat({ rules: list, sets: new Map() }, BORDER).map((entry) => entry.id);

test('for every packet that the filter allows, the NAT list gives the translation of the deciding rule', () => {
  fc.assert(
    fc.property(fc.array(rules, { maxLength: 7 }), memberships, (list, lists) => {
      const members = memberSource(lists);
      const entries = deriveNat({ rules: list, sets: new Map() }, BORDER);
      const evaluate = evaluatorOf(bookOf(list, members));
      const translate = translatorOf(entries, members);
      for (const packet of PACKETS) {
        const decision = evaluate(BORDER, 'forward', packet);
        if (decision.kind === 'allow') expect(sameTranslation(translate(packet), decision.rule.translation)).toBe(true);
      }
    }),
    { numRuns: 120 },
  );
});

test('only what translates is listed', () => {
  expect(nat(rule('plain', {}), rule('drop', { action: 'deny' }))).toEqual([]);
  expect(nat(rule('a', { translation: A }))).toEqual(['a']);
  expect(nat(rule('n', { translation: { kind: 'none' } }))).toEqual(['n']);
});

test('an earlier rule without translation stays where a later one could catch its packets, and only there', () => {
  const later = rule('later', { translation: A, destination: to('203.0.113.0/24') });
  expect(nat(rule('meets', { destination: to('203.0.113.0/28') }), later)).toEqual(['meets', 'later']);
  expect(nat(rule('beside', { destination: to('198.51.100.0/24') }), later)).toEqual(['later']);
  expect(nat(later, rule('after', {}))).toEqual(['later']);
  expect(nat(rule('other family', { families: [6] }), later)).toEqual(['later']);
});

test('what a later entry says as well is left out, unless another stands between', () => {
  const wide = rule('wide', { translation: A });
  const narrow = rule('narrow', { translation: A, destination: to('203.0.113.0/24') });
  const between = rule('between', { translation: B, destination: to('203.0.112.0/23') });
  expect(nat(narrow, wide)).toEqual(['wide']);
  expect(nat(narrow, between, wide)).toEqual(['narrow', 'between', 'wide']);
});

test('a rule that an earlier one takes entirely is left out, even when that one denies', () => {
  const narrow = rule('narrow', { translation: A, source: from('pods'), destination: to('203.0.113.0/24') });
  expect(nat(rule('drop', { action: 'deny', source: from('pods') }), narrow)).toEqual([]);
  expect(nat(rule('drop', { action: 'deny', source: from('others') }), narrow)).toEqual(['narrow']);
  expect(nat(rule('first', { translation: B, source: from('pods') }), narrow)).toEqual(['first']);
  expect(nat(rule('log', { action: 'log' }), narrow)).toEqual(['narrow']);
});

test('what takes a rule entirely may be wider in any way: any source, prefixes around it, more sets, both families', () => {
  const narrow = rule('narrow', { translation: A, source: from('pods'), destination: to('203.0.113.0/24') });
  const deny = (change: Partial<FilterRule>) => rule('drop', { action: 'deny', ...change });
  expect(nat(deny({}), narrow)).toEqual([]);
  expect(nat(deny({ families: [4, 6] }), narrow)).toEqual([]);
  expect(nat(deny({ families: [6] }), narrow)).toEqual(['narrow']);
  expect(nat(deny({ source: from('others', 'pods') }), narrow)).toEqual([]);
  expect(nat(deny({ destination: to('203.0.112.0/23') }), narrow)).toEqual([]);
  expect(nat(deny({ destination: to('203.0.113.0/25') }), narrow)).toEqual(['narrow']);
  const inPrefix = rule('narrow', { translation: A, source: to('10.1.0.0/16') });
  expect(nat(deny({ source: to('10.0.0.0/8') }), inPrefix)).toEqual([]);
  expect(nat(deny({ source: to('10.1.0.0/17') }), inPrefix)).toEqual(['narrow']);
  // Only what comes before it takes it.
  expect(nat(narrow, deny({}))).toEqual(['narrow']);
});

test('IPv6 addresses that differ in their last bits only are told apart', () => {
  const six = (id: string, change: Partial<FilterRule>) => rule(id, { families: [6], ...change });
  const later = six('later', { translation: { kind: 'none' }, destination: to('2001:db8::8/125') });
  expect(nat(six('beside', { destination: to('2001:db8::10/128') }), later)).toEqual(['later']);
  expect(nat(six('meets', { destination: to('2001:db8::9/128') }), later)).toEqual(['meets', 'later']);
});

test('translations are the same by value', () => {
  const range = (last: bigint) => ({ family: 4, first: 1n, last }) as const;
  const all: readonly Translation[] = [
    { kind: 'absent' },
    { kind: 'none' },
    A,
    B,
    { kind: 'range', range: range(2n) },
    { kind: 'range', range: range(3n) },
    { kind: 'pool', pool: 'p', ranges: [range(2n)] },
    { kind: 'pool', pool: 'p', ranges: [range(3n)] },
    { kind: 'pool', pool: 'q', ranges: [range(2n)] },
  ];
  for (const [at, one] of all.entries())
    for (const [place, other] of all.entries()) expect(sameTranslation(one, structuredClone(other))).toBe(at === place);
});

test('other borders, stages and directions have their own NAT', () => {
  expect(nat(rule('x', { translation: A, border: 'other' }), rule('y', { translation: A, direction: 'ingress' }))).toEqual([]);
  expect(nat(rule('z', { translation: A, stage: 'preDnat' }))).toEqual([]);
});

test('a packet that no entry matches is not translated by us', () => {
  const [packet] = PACKETS;
  if (!packet) throw new Error('no packet');
  expect(translationOf([], memberSource({}), packet)).toEqual({ kind: 'absent' });
  expect(translationOf([rule('a', { translation: A })], memberSource({}), packet)).toEqual(A);
});

test.each<[Translation, string]>([
  [{ kind: 'absent' }, 'absent'],
  [{ kind: 'none' }, 'none'],
  [{ kind: 'address', address: '198.51.100.7' }, 'address 198.51.100.7'],
  [{ kind: 'range', range: { family: 4, first: 1n, last: 9n } }, 'range 1-9 of 4'],
  [
    {
      kind: 'pool',
      pool: 'p',
      ranges: [
        { family: 4, first: 1n, last: 9n },
        { family: 6, first: 2n, last: 3n },
      ],
    },
    'pool p 4:1-9,6:2-3',
  ],
])('a translation as one text: %#', (translation, text) => {
  expect(translationText(translation)).toBe(text);
});
