import { expect, test } from '@jest/globals';
import { sets as of, rule as plainRule } from '../../test/worlds/rule.ts';
import { BORDER, bookOf, memberSource } from '../../test/worlds/rulebooks.ts';
import { EVERY_ADDRESS, prefixSet, sameAddresses } from '../packets/address-set.ts';
import { Algebra, setKey } from './algebra-context.ts';
import { prove } from './prove.ts';
import { ANY, type FilterRule, type MemberSource, type Side } from './types.ts';

const rule = (change: Partial<FilterRule>): FilterRule => plainRule('r', { border: BORDER, families: [4], ...change });

/** Members that note which sets were read. */
function watched(lists: Readonly<Record<string, readonly string[]>>): { readonly members: MemberSource; readonly read: string[] } {
  const read: string[] = [];
  const inner = memberSource(lists);
  return {
    read,
    members: {
      digest: inner.digest,
      members: (set) => {
        read.push(set);
        return inner.members(set);
      },
    },
  };
}

test('a set is read once for as long as its digest is the same, and not at all when its change was told', () => {
  const algebra = new Algebra();
  const first = watched({ a: ['10.0.0.1/32', '10.0.0.9/32'], b: ['10.0.0.2/32'] });
  const list = [rule({ source: of('a') }), rule({ id: 'second', source: of('b') })];
  const compare = (before: MemberSource, after: MemberSource) =>
    prove(bookOf(list, before), bookOf(list.slice(1), after), { algebra }).kind;
  expect(compare(first.members, first.members)).toBe('different');
  expect([...first.read].sort()).toEqual(['a', 'b']);
  expect(compare(first.members, first.members)).toBe('different');
  expect(first.read.length).toBe(2);

  const later = watched({ a: ['10.0.0.1/32', '10.0.0.3/32'], b: ['10.0.0.2/32'] });
  algebra.membersChanged('a', first.members.digest('a'), later.members.digest('a'), ['10.0.0.3/32'], ['10.0.0.9/32']);
  expect(compare(later.members, later.members)).toBe('different');
  expect(later.read).toEqual([]);
  const index = algebra.addressIndex(setKey('a', later.members.digest('a')), 'a', later.members);
  expect(sameAddresses(index.addresses[4], prefixSet(4, ['10.0.0.1/32', '10.0.0.3/32']))).toBe(true);

  // A change that was not told, or of a set never read, is read.
  const untold = watched({ a: ['10.0.0.1/32'], b: ['10.0.0.2/32'] });
  algebra.membersChanged('c', 'before', 'after', ['10.0.0.3/32'], []);
  expect(compare(untold.members, untold.members)).toBe('different');
  expect(untold.read).toEqual(['a']);
});

test('what two comparisons did not ask for is read anew, where nothing is kept', () => {
  for (const keep of [0, 100]) {
    const algebra = new Algebra({ keep });
    const { members, read } = watched({ a: ['10.0.0.1/32'] });
    const ask = () => algebra.addressIndex('key', 'a', members);
    const first = ask();
    for (let round = 0; round < 3; round++) algebra.begin();
    expect(ask() === first).toBe(keep > 0);
    expect(read.length).toBe(keep > 0 ? 1 : 2);
  }
});

test('interned shapes are dropped beyond their limit, and only then', () => {
  const algebra = new Algebra({ shapes: 2 });
  const { shapes, diagrams } = algebra;
  shapes.of(rule({}));
  shapes.of(rule({ action: 'deny' }));
  algebra.begin();
  expect([algebra.shapes === shapes, algebra.diagrams === diagrams]).toEqual([true, true]);
  shapes.of(rule({ families: [6] }));
  algebra.begin();
  expect([algebra.shapes === shapes, algebra.diagrams === diagrams, algebra.shapes.size]).toEqual([false, false, 0]);
  // Diagrams that have grown too large take the shapes along, whose nodes they are.
  const next = algebra.shapes;
  algebra.diagrams.spend(4_000_000);
  algebra.begin();
  expect(algebra.shapes === next).toBe(true);
  algebra.diagrams.spend(1);
  algebra.begin();
  expect([algebra.shapes === next, algebra.diagrams.steps]).toEqual([false, 0]);
});

test('a side is its union without what is left out, by family; any address is the very set of all', () => {
  const algebra = new Algebra();
  const members = memberSource({ a: ['10.0.0.1/32', 'fd00::1/128'], b: ['10.0.0.2/31'] });
  const side = (shape: Side, family: 4 | 6) =>
    algebra.side(algebra.shapes.of(rule({ source: shape })).source, family, members, (set) => setKey(set, members.digest(set)));
  expect(side(ANY, 4)).toBe(EVERY_ADDRESS[4]);
  const mixed: Side = { include: { sets: ['a', 'b'], prefixes: ['10.0.0.8/29'] }, exclude: { sets: ['b'], prefixes: ['10.0.0.12/30'] } };
  expect(sameAddresses(side(mixed, 4), prefixSet(4, ['10.0.0.1/32', '10.0.0.8/30']))).toBe(true);
  expect(sameAddresses(side(mixed, 6), prefixSet(6, ['fd00::1/128']))).toBe(true);
  const but: Side = { include: 'any', exclude: { sets: [], prefixes: ['128.0.0.0/1'] } };
  expect(sameAddresses(side(but, 4), prefixSet(4, ['0.0.0.0/1']))).toBe(true);
  expect(sameAddresses(side({ include: 'any', exclude: { sets: ['a'], prefixes: ['fd00::/16'] } }, 6), prefixSet(6, ['fd00::/16']))).toBe(
    false,
  );
});
