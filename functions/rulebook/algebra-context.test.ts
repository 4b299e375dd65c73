import { expect, test } from '@jest/globals';
import { sets as of, rule as plainRule, tcp } from '../../test/worlds/rule.ts';
import { BORDER, bookOf, memberSource } from '../../test/worlds/rulebooks.ts';
import { EVERY_ADDRESS, prefixSet, sameAddresses } from '../packets/address-set.ts';
import { Algebra, setKey } from './algebra-context.ts';
import { prove } from './prove.ts';
import { ROUNDS_KEPT } from './rounds.ts';
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

test('what the last comparisons did not ask for is read anew, and of a set only its last two digests are kept', () => {
  const algebra = new Algebra();
  const { members, read } = watched({ a: ['10.0.0.1/32'] });
  const ask = (key = 'key') => algebra.addressIndex(key, 'a', members);
  const first = ask();
  for (let round = 0; round < ROUNDS_KEPT; round++) algebra.begin();
  expect([ask() === first, read.length]).toEqual([true, 1]);
  ask('one more');
  expect([ask() === first, read.length]).toEqual([true, 2]);
  ask('and one more');
  ask('the last');
  expect([ask() === first, read.length]).toEqual([false, 5]);
  for (let round = 0; round <= ROUNDS_KEPT; round++) algebra.begin();
  ask();
  expect(read.length).toBe(6);
});

/** An algebra that has seen the rules of its first comparisons: `standing` of them, each to another port. */
function settled(standing: number): { readonly algebra: Algebra; readonly port: (n: number) => void } {
  const algebra = new Algebra();
  const port = (n: number) => void algebra.shapes.of(rule({ id: `to ${n}`, services: [tcp([n, n])] }));
  for (let n = 0; n < standing; n++) port(n);
  for (let round = 0; round <= ROUNDS_KEPT; round++) algebra.begin();
  return { algebra, port };
}

test('interned rules are dropped when a good deal more came than stood at first: how many is a matter of what stands', () => {
  const kept = (standing: number): number => {
    const { algebra, port } = settled(standing);
    const { shapes, diagrams } = algebra;
    for (let n = 0; ; n++) {
      algebra.begin();
      expect(algebra.shapes === shapes).toBe(algebra.diagrams === diagrams);
      if (algebra.shapes !== shapes) return n;
      port(10_000 + n);
    }
  };
  const [few, many] = [kept(10), kept(1_000)];
  expect(few).toBeGreaterThan(10);
  expect(few).toBeLessThan(200);
  expect(many).toBeGreaterThan(1_000);
  expect(many).toBeLessThan(1_500);
});

test('diagrams that have grown too large take the shapes along, whose nodes they are, however much the first comparisons needed', () => {
  const { algebra } = settled(10);
  const { shapes } = algebra;
  algebra.diagrams.spend(2_000);
  algebra.begin();
  expect(algebra.shapes === shapes).toBe(true);
  algebra.diagrams.spend(algebra.diagrams.steps);
  algebra.begin();
  expect([algebra.shapes === shapes, algebra.diagrams.steps]).toEqual([false, 0]);
  const next = algebra.shapes;
  algebra.diagrams.spend(4_000_001);
  algebra.begin();
  expect(algebra.shapes === next).toBe(false);
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
