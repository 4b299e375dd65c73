/** What an author may write, and what is said where it is none of that: the texts are what a user sees. */
import { expect, test } from '@jest/globals';
import { BORDER } from '../../test/worlds/policies.ts';
import { parseRange } from '../packets/address.ts';
import { readWishes, type SnatWish, shown, translationFor } from './annotations.ts';

const messages = (raw: Record<string, string>, maySnat = true) =>
  readWishes(raw, 'egress rule 1', maySnat).problems.map(({ code, rule, field, message }) => {
    expect([code, rule]).toEqual(['CEXT_POLICY_ANNOTATION', 'egress rule 1']);
    return [field, message];
  });

test('all wishes of a rule, as written; annotations of others are not ours to judge', () => {
  const raw = {
    'cextfire.io/snat': 'pool-1',
    'cextfire.io/log': 'true',
    'cextfire.io/id': 'mail out',
    'cextfire.io/ticket': 'OPS-7',
    'cextfire.io/owner': 'mail',
    'cextfire.io/expires': 'never',
    'other.io/snat': 'x\ny',
  };
  const { 'other.io/snat': _, ...ours } = raw;
  expect(readWishes(raw, 'egress rule 1', true)).toEqual({
    annotations: ours,
    log: true,
    id: 'mail out',
    snat: { kind: 'pool', pool: 'pool-1' },
    problems: [],
  });
  expect(readWishes({ 'cextfire.io/log': 'false' }, 'egress rule 1', false)).toMatchObject({
    log: false,
    id: undefined,
    snat: { kind: 'absent' },
    problems: [],
  });
});

test.each<[string, string, string]>([
  [
    'snatt',
    'none',
    'cextfire.io/snatt is no annotation of cextfire; there are cextfire.io/snat, cextfire.io/log, cextfire.io/id, cextfire.io/ticket, cextfire.io/owner, cextfire.io/expires.',
  ],
  ['ticket', 'a\u0085b', 'cextfire.io/ticket holds a control character or a line break.'],
  ['owner', 'a\u2028b', 'cextfire.io/owner holds a control character or a line break.'],
  ['log', 'yes', 'cextfire.io/log is "yes"; it must be "true" or "false".'],
  ['id', '', 'cextfire.io/id is empty, longer than 253 characters, or has spaces around it.'],
  ['id', ' out', 'cextfire.io/id is empty, longer than 253 characters, or has spaces around it.'],
  ['id', 'x'.repeat(254), 'cextfire.io/id is empty, longer than 253 characters, or has spaces around it.'],
  [
    'snat',
    '198.51.100.300',
    'cextfire.io/snat is "198.51.100.300"; it must be an address, a range first-last, the name of a pool, or none.',
  ],
  [
    'snat',
    'x'.repeat(41),
    `cextfire.io/snat is "${'x'.repeat(41)}"; it must be an address, a range first-last, the name of a pool, or none.`,
  ],
  ['snat', '1pool', 'cextfire.io/snat is "1pool"; it must be an address, a range first-last, the name of a pool, or none.'],
  ['snat', 'pool_1', 'cextfire.io/snat is "pool_1"; it must be an address, a range first-last, the name of a pool, or none.'],
])('cextfire.io/%s: "%s" is told in words of its author', (name, value, message) => {
  expect(messages({ [`cextfire.io/${name}`]: value })).toEqual([[`cextfire.io/${name}`, message]]);
});

test('an address and a range, as they are to be understood', () => {
  expect(readWishes({ 'cextfire.io/snat': '198.51.100.7' }, '', true).snat).toEqual(addresses('198.51.100.7'));
  expect(readWishes({ 'cextfire.io/snat': 'none' }, '', true).snat).toEqual({ kind: 'none' });
});

test('the longest id and the longest name of a pool are allowed', () => {
  expect(messages({ 'cextfire.io/id': 'x'.repeat(253) })).toEqual([]);
  expect(messages({ 'cextfire.io/snat': 'x'.repeat(40) })).toEqual([]);
});

test('a translation where none can be, each mistake of a rule by itself, in the order of their names', () => {
  expect(messages({ 'cextfire.io/snat': 'none' }, false)).toEqual([
    ['cextfire.io/snat', 'cextfire.io/snat is only for allow rules of egress; this rule is none.'],
  ]);
  expect(
    messages({ 'cextfire.io/log': 'no', 'cextfire.io/b': '', 'cextfire.io/a': '', 'Cextfire.io/id': 'x' }).map(([field]) => field),
  ).toEqual(['Cextfire.io/id', 'cextfire.io/a', 'cextfire.io/b', 'cextfire.io/log']);
});

test("a user's text in a message is short and holds no controls", () => {
  expect(shown('a\u0000b\u001fc\u007fd\u009fe\u2028f\u2029g')).toBe('a?b?c?d?e?f?g');
  expect(shown('x'.repeat(80))).toBe('x'.repeat(80));
  expect(shown('x'.repeat(81))).toBe(`${'x'.repeat(77)}...`);
  expect(messages({ [`cextfire.io/${'x'.repeat(100)}`]: '' })[0]?.[0]).toBe(`cextfire.io/${'x'.repeat(65)}...`);
});

const addresses = (text: string): SnatWish => {
  const range = parseRange(text);
  if (!range) throw new RangeError(text);
  return { kind: 'addresses', text, range };
};
const pool = (name: string): SnatWish => ({ kind: 'pool', pool: name });
const of = (text: string) => {
  const { family, first, last } = parseRange(text) as NonNullable<ReturnType<typeof parseRange>>;
  return { family, first, last };
};
const P = [of('198.51.100.0-198.51.100.15'), of('2001:db8:ffff::-2001:db8:ffff::ffff:ffff:ffff:ffff')];

test.each<[string, SnatWish, readonly (4 | 6)[], object]>([
  ['no wish', { kind: 'absent' }, [4, 6], { translation: { kind: 'absent' }, families: [4, 6] }],
  ['its own address', { kind: 'none' }, [6], { translation: { kind: 'none' }, families: [6] }],
  ['a pool of both families', pool('p'), [4, 6], { translation: { kind: 'pool', pool: 'p', ranges: P }, families: [4, 6] }],
  [
    'only the ranges that packets of the rule can use',
    pool('p'),
    [6],
    { translation: { kind: 'pool', pool: 'p', ranges: [P[1]] }, families: [6] },
  ],
  [
    'a pool without the other family',
    pool('four'),
    [4, 6],
    { translation: { kind: 'pool', pool: 'four', ranges: [of('198.51.100.32-198.51.100.47')] }, families: [4] },
  ],
  [
    'the first address of a pool',
    addresses('198.51.100.0'),
    [4, 6],
    { translation: { kind: 'address', address: '198.51.100.0' }, families: [4] },
  ],
  [
    'the last address of a pool',
    addresses('198.51.100.15'),
    [4],
    { translation: { kind: 'address', address: '198.51.100.15' }, families: [4] },
  ],
  ['a whole pool as a range', addresses('198.51.100.0-198.51.100.15'), [4], { translation: { kind: 'range', range: P[0] }, families: [4] }],
  [
    'a range of one stays a range',
    addresses('198.51.100.7-198.51.100.7'),
    [4],
    { translation: { kind: 'range', range: of('198.51.100.7-198.51.100.7') }, families: [4] },
  ],
  [
    'an IPv6 address',
    addresses('2001:db8:ffff::7'),
    [4, 6],
    { translation: { kind: 'address', address: '2001:db8:ffff::7' }, families: [6] },
  ],
  [
    'a pool that is not there',
    pool('q'),
    [4],
    { code: 'CEXT_POLICY_SNAT_POOL', message: 'The pool q is not one this cluster may use here (p, four).' },
  ],
  [
    'a pool of somebody else',
    pool('hers'),
    [4],
    { code: 'CEXT_POLICY_SNAT_POOL', message: 'The pool hers is not one this cluster may use here (p, four).' },
  ],
  ['a pool of the other family', pool('four'), [6], { code: 'CEXT_POLICY_SNAT_FAMILY', message: 'The pool four has no range of IPv6.' }],
  [
    'one address before a pool',
    addresses('198.51.99.255'),
    [4],
    { code: 'CEXT_POLICY_SNAT_POOL', message: '198.51.99.255 lies in no pool that this cluster may use here (p, four).' },
  ],
  [
    'one address after a pool',
    addresses('198.51.100.16'),
    [4],
    { code: 'CEXT_POLICY_SNAT_POOL', message: '198.51.100.16 lies in no pool that this cluster may use here (p, four).' },
  ],
  [
    'a range that begins before its pool',
    addresses('198.51.99.255-198.51.100.1'),
    [4],
    { code: 'CEXT_POLICY_SNAT_POOL', message: '198.51.99.255-198.51.100.1 lies in no pool that this cluster may use here (p, four).' },
  ],
  [
    'an address of the other family',
    addresses('198.51.100.7'),
    [6],
    { code: 'CEXT_POLICY_SNAT_FAMILY', message: '198.51.100.7 is an IPv4 address, but the rule is for IPv6.' },
  ],
])('a wish and the settings: %s', (_, wish, families, answer) => {
  expect(translationFor(wish, families, BORDER, ['p', 'four'])).toEqual(answer);
});

test('who may use no pool is told so', () => {
  expect(translationFor(pool('p'), [4, 6], BORDER, [])).toEqual({
    code: 'CEXT_POLICY_SNAT_POOL',
    message: 'The pool p is not one this cluster may use here (none).',
  });
  const anywhere = { ...BORDER, snatPools: { p: ['::/0'] } };
  expect(translationFor(addresses('198.51.100.7'), [4, 6], anywhere, ['p'])).toMatchObject({ code: 'CEXT_POLICY_SNAT_POOL' });
  const nothing = { ...BORDER, snatPools: { p: [] } };
  expect(translationFor(pool('p'), [4, 6], nothing, ['p'])).toMatchObject({ message: 'The pool p has no range of IPv4 or IPv6.' });
});
