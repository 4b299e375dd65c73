import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Digest, memberLanes, setSeed } from '../../proto/digest.ts';
import { setOf } from '../../test/worlds/policies.ts';
import type { FelixSet } from '../cluster/view.ts';
import { parseAddress, parsePrefix } from '../packets/address.ts';
import { AddressIndex } from '../packets/address-index.ts';
import { toCoordinate } from '../packets/address-set.ts';
import type { Rulebook, SetDefinition, SetExpression } from '../rulebook/types.ts';
import { DerivedMembers } from './members.ts';

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
const change = (set: string, added: string[], removed: string[] = []) => ({
  members: new Map([[set, { added: new Set(added), removed: new Set(removed) }]]),
  replaced: new Set<string>(),
});

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
  expect(members.apply('pay', change('a', [], ['0.0.0.0/0']))).toEqual([
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
  expect(members.apply('pay', change('n', ['10.10.0.7,tcp:80', '10.10.0.7,tcp:8080'], ['10.10.0.1,tcp:80']))).toEqual([
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
