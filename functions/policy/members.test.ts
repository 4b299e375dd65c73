import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Digest, memberLanes, setSeed } from '../../proto/digest.ts';
import { MemberSet } from '../../proto/members.ts';
import { inputOf, policyOf, setOf, viewOf } from '../../test/worlds/policies.ts';
import type { FelixSet } from '../cluster/view.ts';
import { parseAddress, parsePrefix } from '../packets/address.ts';
import { AddressIndex } from '../packets/address-index.ts';
import { toCoordinate } from '../packets/address-set.ts';
import type { Rulebook, SetDefinition, SetExpression } from '../rulebook/types.ts';
import { DerivedMembers, setFinder } from './members.ts';

const felix = (set: string): SetExpression => ({ kind: 'felix', cluster: 'pay', set });
const bookOf = (expressions: Readonly<Record<string, SetExpression>>, kind: SetDefinition['kind'] = 'addresses'): Rulebook => ({
  rules: [],
  sets: new Map(Object.entries(expressions).map(([id, expression]) => [id, { id, kind, cluster: 'pay', expression, text: id }])),
});
const over = (sets: readonly FelixSet[], rulebook: Rulebook) => {
  const byId = new Map(sets.map((set) => [set.id, set]));
  const members = new DerivedMembers((_, set) => byId.get(set));
  members.use(rulebook);
  return { members, byId };
};
const compactly = (members: Iterable<string>): MemberSet => {
  const out = new MemberSet();
  for (const member of members) out.add(member);
  return out;
};
const change = (set: string, added: string[], removed: string[] = []) => ({
  members: new Map([[set, { added: compactly(added), removed: compactly(removed) }]]),
  replaced: new Set<string>(),
});
/** What was told, as plain sets. */
const told = (changes: ReturnType<DerivedMembers['apply']>) =>
  changes.map(({ set, added, removed }) => ({ set, added: new Set(added), removed: new Set(removed) }));

test('a prefix that reaches out of the scope is cut, not dropped', () => {
  const { members } = over(
    [setOf('a', ['10.0.0.0/8', '10.20.0.1/32', 'fd00::1/128'])],
    bookOf({ x: { kind: 'within', of: felix('a'), prefixes: ['10.10.0.0/16'] } }),
  );
  expect([...members.members('x')]).toEqual(['10.10.0.0/16']);
});

test('a member that two prefixes are cut to stays until both are gone', () => {
  const { members } = over(
    [setOf('a', ['10.0.0.0/8', '0.0.0.0/0'])],
    bookOf({ x: { kind: 'within', of: felix('a'), prefixes: ['10.10.0.0/16'] } }),
  );
  expect(members.apply('pay', change('a', [], ['10.0.0.0/8']))).toEqual([]);
  expect(told(members.apply('pay', change('a', [], ['0.0.0.0/0'])))).toEqual([
    { set: 'x', added: new Set(), removed: new Set(['10.10.0.0/16']) },
  ]);
});

test('the addresses at a port follow the endpoints, also where two of them have one address', () => {
  const { members } = over(
    [setOf('n', ['10.10.0.1,tcp:80', '10.10.0.2,tcp:81', '10.10.0.3,udp:80', 'fd00::1,tcp:80'], 'endpoints')],
    bookOf({
      x: { kind: 'or', of: [{ kind: 'at', of: felix('n'), protocol: 6, port: 80 }] },
      y: { kind: 'at', of: felix('n'), protocol: 6, port: 81 },
    }),
  );
  expect([...members.members('x')].sort()).toEqual(['10.10.0.1/32', 'fd00::1/128']);
  expect([...members.members('y')]).toEqual(['10.10.0.2/32']);
  expect(told(members.apply('pay', change('n', ['10.10.0.7,tcp:80', '10.10.0.7,tcp:8080'], ['10.10.0.1,tcp:80'])))).toEqual([
    { set: 'x', added: new Set(['10.10.0.7/32']), removed: new Set(['10.10.0.1/32']) },
  ]);
});

test('endpoints are cut by their address', () => {
  const { members } = over(
    [setOf('n', ['10.10.0.1,tcp:80', '203.0.113.1,tcp:80', 'fd00::1,udp:53'], 'endpoints')],
    bookOf({ x: { kind: 'within', of: felix('n'), prefixes: ['10.10.0.0/16', 'fd00::/64'] } }, 'endpoints'),
  );
  expect([...members.members('x')].sort()).toEqual(['10.10.0.1,tcp:80', 'fd00::1,udp:53']);
});

test('a set that Felix takes back keeps its members until the rulebook no longer names it', () => {
  const { members, byId } = over([setOf('a', ['10.10.0.1/32'])], bookOf({ x: felix('a') }));
  byId.delete('a');
  expect(members.apply('pay', { members: new Map(), replaced: new Set(['a']) })).toEqual([]);
  expect([...members.members('x')]).toEqual(['10.10.0.1/32']);
});

const within = (of: SetExpression, ...prefixes: string[]): SetExpression => ({ kind: 'within', of, prefixes });
const outside = (of: SetExpression, ...prefixes: string[]): SetExpression => ({ kind: 'outside', of, prefixes });
const minus = (of: SetExpression, without: SetExpression): SetExpression => ({ kind: 'minus', of, without });
const and = (...of: SetExpression[]): SetExpression => ({ kind: 'and', of });
const or = (...of: SetExpression[]): SetExpression => ({ kind: 'or', of });
const sorted = (members: Iterable<string>) => [...members].sort();

test.each<[string, SetExpression, string[], string[], string[]]>([
  ['in both', and(felix('a'), felix('b')), ['10.0.0.1/32', '10.0.0.2/32'], ['10.0.0.2/32', '10.0.0.3/32'], ['10.0.0.2/32']],
  [
    'hosts inside a prefix, on either side',
    and(felix('a'), felix('b')),
    ['10.0.0.0/30', '192.0.2.1/32'],
    ['10.0.0.1/32', '192.0.2.0/24'],
    ['10.0.0.1/32', '192.0.2.1/32'],
  ],
  [
    'prefixes in prefixes',
    and(felix('a'), felix('b')),
    ['10.0.0.0/8', 'fd00::/16'],
    ['10.1.0.0/16', 'fd00::/8'],
    ['10.1.0.0/16', 'fd00::/16'],
  ],
  ['an IPv6 host', and(felix('a'), felix('b')), ['fd00::1/128'], ['fd00::/64', '0.0.0.0/0'], ['fd00::1/128']],
  ['one part alone', and(felix('a')), ['10.0.0.0/30', '10.0.0.9/32'], [], ['10.0.0.0/30', '10.0.0.9/32']],
  ['in either', or(felix('a'), felix('b'), felix('a')), ['10.0.0.1/32'], ['10.0.0.1/32', '10.0.0.0/30'], ['10.0.0.0/30', '10.0.0.1/32']],
  ['without hosts', minus(felix('a'), felix('b')), ['10.0.0.1/32', '10.0.0.2/32'], ['10.0.0.2/32'], ['10.0.0.1/32']],
  ['without a prefix', minus(felix('a'), felix('b')), ['10.0.0.1/32', '10.0.1.1/32'], ['10.0.0.0/24'], ['10.0.1.1/32']],
  [
    'a prefix without a host',
    minus(felix('a'), felix('b')),
    ['10.0.0.0/30'],
    ['10.0.0.0/32', '192.0.2.1/32'],
    ['10.0.0.1/32', '10.0.0.2/31'],
  ],
  ['a prefix that meets nothing', minus(felix('a'), felix('b')), ['10.0.0.0/30'], ['192.0.2.1/32'], ['10.0.0.0/30']],
  ['itself', minus(felix('a'), felix('a')), ['10.0.0.0/30', '10.0.0.9/32'], [], []],
  ['nothing', { kind: 'nothing' }, ['10.0.0.1/32'], [], []],
  [
    'the ends of a prefix',
    within(felix('a'), '10.0.1.0/24'),
    ['10.0.0.255/32', '10.0.1.0/32', '10.0.1.255/32', '10.0.2.0/32'],
    [],
    ['10.0.1.0/32', '10.0.1.255/32'],
  ],
  [
    'the ends of an IPv6 prefix',
    within(felix('a'), 'fd00::/127'),
    ['fcff::/128', 'fd00::/128', 'fd00::1/128', 'fd00::2/128'],
    [],
    ['fd00::/128', 'fd00::1/128'],
  ],
  ['a prefix of IPv6 that holds an IPv4 address as a number', within(felix('a'), '::/0'), ['10.0.0.1/32', '0.0.0.0/32'], [], []],
  ['the first address of all', within(felix('a'), '0.0.0.0/8'), ['0.0.0.0/32', '::/128'], [], ['0.0.0.0/32']],
  ['what is no address is nowhere', within(felix('a'), '0.0.0.0/0', '::/0'), ['x/y', 'x'], [], []],
  [
    'outside',
    outside(felix('a'), '10.0.0.0/24', 'fd00::/64'),
    ['10.0.0.1/32', '10.0.1.1/32', '10.0.0.0/23', 'fd00::1/128', 'fd01::/16'],
    [],
    ['10.0.1.0/24', '10.0.1.1/32', 'fd01::/16'],
  ],
])('members: %s', (_, expression, a, b, members) => {
  expect(sorted(over([setOf('a', a), setOf('b', b)], bookOf({ x: expression })).members.members('x'))).toEqual(members);
});

test('endpoints too are in both, in either, or in one without the other', () => {
  const sets = [
    setOf('n', ['10.0.0.1,tcp:80', '10.0.0.2,tcp:80'], 'endpoints'),
    setOf('m', ['10.0.0.2,tcp:80', 'fd00::1,udp:53'], 'endpoints'),
  ];
  const { members } = over(
    sets,
    bookOf({ x: and(felix('n'), felix('m')), y: minus(felix('m'), felix('n')), z: outside(felix('m'), '10.0.0.0/8') }, 'endpoints'),
  );
  expect(['x', 'y', 'z'].map((id) => sorted(members.members(id)))).toEqual([['10.0.0.2,tcp:80'], ['fd00::1,udp:53'], ['fd00::1,udp:53']]);
  expect(told(members.apply('pay', change('n', ['fd00::1,udp:53'], ['10.0.0.2,tcp:80'])))).toEqual([
    { set: 'x', added: new Set(['fd00::1,udp:53']), removed: new Set(['10.0.0.2,tcp:80']) },
    { set: 'y', added: new Set(['10.0.0.2,tcp:80']), removed: new Set(['fd00::1,udp:53']) },
  ]);
  // What is no endpoint is at no port.
  const at = over(
    [setOf('n', ['x', '10.0.0.1,tcp:80', '10.0.0.1,tcp:81'], 'endpoints')],
    bookOf({ x: { kind: 'at', of: felix('n'), protocol: 6, port: 80 } }),
  );
  expect([...at.members.members('x')]).toEqual(['10.0.0.1/32']);
});

test.each<[string, SetExpression, ReturnType<typeof change>, string[], string[]]>([
  ['a host that comes to one of both', and(felix('a'), felix('b')), change('a', ['10.0.0.9/32']), [], []],
  ['a host that the other has', and(felix('a'), felix('b')), change('a', ['10.0.0.2/32']), ['10.0.0.2/32'], []],
  ['a host in a prefix of the other', and(felix('a'), felix('b')), change('a', ['192.0.2.7/32']), ['192.0.2.7/32'], []],
  ['a prefix that comes to both', and(felix('a'), felix('b')), change('a', ['192.0.2.0/25']), ['192.0.2.0/25'], []],
  ['a host taken out', minus(felix('a'), felix('b')), change('b', ['10.0.0.1/32']), [], ['10.0.0.1/32']],
  ['a host of none of them', minus(felix('a'), felix('b')), change('b', ['10.0.0.77/32'], ['10.0.0.2/32']), [], []],
  ['a host put back', minus(felix('b'), felix('c')), change('c', [], ['10.0.0.2/32']), ['10.0.0.2/32'], []],
  ['a host taken out of a prefix', minus(felix('b'), felix('a')), change('a', ['192.0.2.0/32']), sortedHoles(), ['192.0.2.0/24']],
  ['a prefix taken out of hosts', minus(felix('a'), felix('c')), change('c', ['10.0.0.0/24']), [], ['10.0.0.1/32']],
  [
    'from one prefix to another with the same part inside',
    within(felix('b'), '192.0.2.0/28'),
    change('b', ['192.0.0.0/16'], ['192.0.2.0/24']),
    [],
    [],
  ],
  [
    'what is named twice comes and goes once',
    or(felix('a'), felix('a')),
    change('a', ['10.0.0.9/32'], ['10.0.0.1/32']),
    ['10.0.0.9/32'],
    ['10.0.0.1/32'],
  ],
])('a change and what follows: %s', (_, expression, happened, added, removed) => {
  const sets = [setOf('a', ['10.0.0.1/32']), setOf('b', ['10.0.0.2/32', '192.0.2.0/24']), setOf('c', ['10.0.0.2/32'])];
  const { members } = over(sets, bookOf({ x: expression }));
  const changes = members.apply('pay', happened);
  expect(changes.map((one) => [one.set, sorted(one.added), sorted(one.removed)])).toEqual(
    added.length + removed.length === 0 ? [] : [['x', added, removed]],
  );
});

/** 192.0.2.0/24 without its first address. */
function sortedHoles() {
  return sorted([1, 2, 4, 8, 16, 32, 64, 128].map((first) => `192.0.2.${first}/${32 - Math.log2(first)}`));
}

test('sets that change together are told once, when all they are made of is known', () => {
  const { members } = over([setOf('a', []), setOf('b', [])], bookOf({ x: minus(felix('b'), within(felix('a'), '10.0.0.0/8')) }));
  const both = {
    members: new Map([...change('b', ['10.0.0.1/32']).members, ...change('a', ['10.0.0.1/32']).members]),
    replaced: new Set<string>(),
  };
  expect(members.apply('pay', both)).toEqual([]);
  expect(told(members.apply('pay', change('a', [], ['10.0.0.1/32'])))).toEqual([
    { set: 'x', added: new Set(['10.0.0.1/32']), removed: new Set() },
  ]);
});

test('a member that several prefixes are cut to stays until the last is gone', () => {
  const wide = ['10.0.0.0/8', '10.0.0.0/9', '0.0.0.0/0'];
  const { members } = over([setOf('a', wide)], bookOf({ x: within(felix('a'), '10.10.0.0/16') }));
  const told = wide.map((prefix) => members.apply('pay', change('a', [], [prefix])).length);
  expect([told, [...members.members('x')]]).toEqual([[0, 0, 1], []]);
});

test('a host that a prefix is cut to is the same as one that is named', () => {
  const { members } = over([setOf('a', ['10.0.0.0/31', '10.0.0.1/32'])], bookOf({ x: within(felix('a'), '10.0.0.1/32') }));
  expect(members.apply('pay', change('a', [], ['10.0.0.1/32']))).toEqual([]);
  expect(told(members.apply('pay', change('a', [], ['10.0.0.0/31'])))).toEqual([
    { set: 'x', added: new Set(), removed: new Set(['10.0.0.1/32']) },
  ]);
});

test('a set of the rulebook that is named no more is forgotten with all that only it was made of; what it shares stays', () => {
  const { members, byId } = over([setOf('a', ['10.10.0.1/32'])], bookOf({ x: felix('a'), y: within(felix('a'), '10.10.0.0/16') }));
  members.digest('y');
  members.use(bookOf({ x: felix('a') }));
  expect(() => members.members('y')).toThrow('no set y in this rulebook');
  expect(members.apply('pay', change('a', ['10.10.0.2/32'])).map(({ set }) => set)).toEqual(['x']);
  members.use(bookOf({ x: felix('a'), y: within(felix('a'), '10.10.0.0/16') }));
  expect(members.apply('pay', change('a', ['10.10.0.3/32'])).map(({ set }) => set)).toEqual(['x', 'y']);
  expect(sorted(members.members('y'))).toEqual(['10.10.0.1/32', '10.10.0.2/32', '10.10.0.3/32']);
  const digest = members.digest('y');
  // Named again after all was forgotten, it is what the view holds then.
  members.use(bookOf({}));
  byId.set('a', setOf('a', ['10.10.0.9/32']));
  members.use(bookOf({ y: within(felix('a'), '10.10.0.0/16') }));
  expect([...members.members('y')]).toEqual(['10.10.0.9/32']);
  expect(members.digest('y')).not.toBe(digest);
});

test('a part goes only when nothing is made of it any more', () => {
  const inner = within(felix('a'), '10.10.0.0/16');
  const { members, byId } = over([setOf('a', ['10.10.0.1/32']), setOf('b', [])], bookOf({ x: or(inner, felix('b')), y: inner }));
  members.use(bookOf({ x: or(inner, felix('b')) }));
  byId.set('a', setOf('a', []));
  members.use(bookOf({ x: or(inner, felix('b')), y: inner }));
  // It was there all the time, so it waits for the change like all others.
  expect([...members.members('y')]).toEqual(['10.10.0.1/32']);
  expect(members.apply('pay', { members: new Map(), replaced: new Set(['a']) }).map(({ set }) => set)).toEqual(['y', 'x']);
});

test('a set that Felix sends anew is compared with what it was', () => {
  const { members, byId } = over([setOf('a', ['10.10.0.1/32', '10.10.0.2/32'])], bookOf({ x: felix('a') }));
  byId.set('a', setOf('a', ['10.10.0.2/32', '10.10.0.3/32']));
  expect(told(members.apply('pay', { members: new Map(), replaced: new Set(['a', 'unknown']) }))).toEqual([
    { set: 'x', added: new Set(['10.10.0.3/32']), removed: new Set(['10.10.0.1/32']) },
  ]);
  // Another cluster has sets of the same name.
  expect(members.apply('ship', change('a', ['10.10.0.7/32']))).toEqual([]);
});

test('sets are found in the view of their cluster, else frozen with a policy of it that is kept, else not', () => {
  const [now, then, gone] = [setOf('a', []), setOf('a', []), setOf('old', [])];
  const good = (frozen: readonly FelixSet[]) => ({
    policy: policyOf('p', {}),
    position: 1,
    expired: false,
    frozenSets: new Map(frozen.map((set) => [set.id, set])),
  });
  const lastGood = new Map([
    ['p', good([])],
    ['q', good([then, gone])],
  ]);
  const find = setFinder(inputOf(viewOf({ policies: [], sets: [now] }), { lastGood }).clusters);
  expect(find('pay', 'a')).toBe(now);
  expect(find('pay', 'old')).toBe(gone);
  expect(find('pay', 'never')).toBeUndefined();
  expect(find('ship', 'a')).toBeUndefined();
  const members = new DerivedMembers(find);
  members.use(bookOf({ x: felix('never') }));
  expect([...members.members('x')]).toEqual([]);
});

const hosts = ['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.5', '10.0.1.0', 'fd00::', 'fd00::1', 'fd00::4'];
const texts = [
  ...hosts.map((host) => `${host}/${host.includes(':') ? 128 : 32}`),
  '10.0.0.0/30',
  '10.0.0.0/31',
  '10.0.0.0/24',
  '0.0.0.0/0',
  'fd00::/127',
  '::/0',
];
const anyMembers = fc.uniqueArray(fc.constantFrom(...texts), { maxLength: 6 });
const anyExpression = fc.letrec<{ expression: SetExpression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...['a', 'b', 'c'].map(felix)),
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('minus' as const), of: tie('expression'), without: tie('expression') }),
    fc.record({
      kind: fc.constantFrom('within' as const, 'outside' as const),
      of: tie('expression'),
      prefixes: fc.constantFrom(['10.0.0.0/30', 'fd00::/126'], ['10.0.0.0/24'], []),
    }),
  ),
})).expression;

/** By the meaning of the expression, one address at a time. */
function holds(expression: SetExpression, sets: ReadonlyMap<string, ReadonlySet<string>>, host: string): boolean {
  const at = parseAddress(host);
  const inPrefixes = (prefixes: Iterable<string>) =>
    [...prefixes].some((text) => {
      const range = parsePrefix(text);
      return range !== undefined && at !== undefined && range.family === at.family && range.first <= at.value && at.value <= range.last;
    });
  if (expression.kind === 'felix') return inPrefixes(sets.get(expression.set) ?? []);
  if (expression.kind === 'nothing') return false;
  if (expression.kind === 'and') return expression.of.every((part) => holds(part, sets, host));
  if (expression.kind === 'or') return expression.of.some((part) => holds(part, sets, host));
  if (expression.kind === 'minus') return holds(expression.of, sets, host) && !holds(expression.without, sets, host);
  if (expression.kind === 'within') return holds(expression.of, sets, host) && inPrefixes(expression.prefixes);
  return expression.kind === 'outside' && holds(expression.of, sets, host) && !inPrefixes(expression.prefixes);
}

test('after any changes the members are the addresses that the expressions mean, the changes add up to them, and the digest is theirs', () => {
  const anyChange = fc.record({ set: fc.constantFrom('a', 'b', 'c'), members: anyMembers, replace: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(anyExpression, { minLength: 1, maxLength: 3 }),
      anyMembers,
      anyMembers,
      fc.array(anyChange, { maxLength: 6 }),
      (expressions, a, b, changes) => {
        const now = new Map<string, Set<string>>([
          ['a', new Set(a)],
          ['b', new Set(b)],
          ['c', new Set()],
        ]);
        const rulebook = bookOf(Object.fromEntries(expressions.map((expression, at) => [`x${at}`, expression])));
        const members = new DerivedMembers((_, set) => setOf(set, [...(now.get(set) ?? [])]));
        members.use(rulebook);
        const followed = new Map([...rulebook.sets.keys()].map((id) => [id, new Set(members.members(id))]));
        for (const id of rulebook.sets.keys()) members.digest(id);
        for (const { set, members: wanted, replace } of changes) {
          const before = now.get(set) ?? new Set<string>();
          const next = new Set(wanted);
          now.set(set, next);
          const changed = replace
            ? members.apply('pay', { members: new Map(), replaced: new Set([set]) })
            : members.apply(
                'pay',
                change(
                  set,
                  [...next].filter((one) => !before.has(one)),
                  [...before].filter((one) => !next.has(one)),
                ),
              );
          for (const { set: id, added, removed } of changed) {
            const known = followed.get(id) as Set<string>;
            for (const member of removed) expect(known.delete(member)).toBe(true);
            for (const member of added) expect(known.has(member)).toBe(false);
            for (const member of added) known.add(member);
          }
        }
        for (const [id, { expression }] of rulebook.sets) {
          const is = members.members(id);
          expect([...is].sort()).toEqual([...(followed.get(id) as Set<string>)].sort());
          const index = AddressIndex.of(is);
          for (const host of [...hosts, '10.0.0.9', '192.0.2.1', 'fd00::9']) {
            const { family, value } = parseAddress(host) as NonNullable<ReturnType<typeof parseAddress>>;
            expect([id, host, index.has(family, toCoordinate(family, value))]).toEqual([id, host, holds(expression, now, host)]);
          }
          const digest = new Digest();
          for (const member of is) digest.add(memberLanes(setSeed(id), member));
          expect(members.digest(id)).toBe(digest.text());
        }
      },
    ),
    { numRuns: 400, endOnFailure: true, interruptAfterTimeLimit: 15_000 },
  );
});
