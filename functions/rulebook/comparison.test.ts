import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nets, rule as plainRule, sets } from '../../test/worlds/rule.ts';
import { BORDER, bookOf, memberSource, memberships, packetsOf, rules } from '../../test/worlds/rulebooks.ts';
import { Algebra } from './algebra-context.ts';
import { Comparison, deciderOf, everything } from './comparison.ts';
import { evaluatorOf } from './evaluate.ts';
import type { FilterRule, MemberSource } from './types.ts';

const PACKETS = packetsOf('egress');
const rule = (change: Partial<FilterRule>): FilterRule => plainRule('r', { border: BORDER, families: [4], ...change });

test('the boxes of a rule hold exactly the packets that it matches, none twice', () => {
  fc.assert(
    fc.property(rules, memberships, (drawn, lists) => {
      const one: FilterRule = { ...drawn, action: 'allow', translation: { kind: 'absent' } };
      const book = bookOf([one], memberSource(lists));
      const algebra = new Algebra();
      const comparison = new Comparison(algebra, book, book);
      const shape = algebra.shapes.of(one);
      const evaluate = evaluatorOf(book);
      for (const box of [...comparison.boxes(shape, 4, 0), ...comparison.boxes(shape, 6, 0)])
        expect([box.source.runs > 0, box.destination.runs > 0, box.services !== 0]).toEqual([true, true, true]);
      for (const packet of PACKETS) {
        const held = comparison.boxes(shape, packet.family, 0).filter((box) => comparison.holds(box, packet));
        expect(held.length).toBe(evaluate(BORDER, 'forward', packet).kind === 'allow' ? 1 : 0);
      }
    }),
    { numRuns: 60 },
  );
});

test('the rules that meet a match, up to the first that covers it, decide its packets', () => {
  fc.assert(
    fc.property(fc.array(rules, { minLength: 1, maxLength: 6 }), rules, memberships, (list, other, lists) => {
      const decided = [...list, other].filter((rule) => rule.action !== 'log');
      const members = memberSource(lists);
      const book = bookOf(decided, members);
      const algebra = new Algebra();
      const comparison = new Comparison(algebra, book, bookOf([], members));
      const [chain] = comparison.chains();
      const evaluate = evaluatorOf(book);
      for (const family of [4, 6] as const) {
        if (!chain) return;
        const own = comparison.boxes(algebra.shapes.of(other), family, 0);
        for (const match of [everything(family), ...own]) {
          const meetings = comparison.meetings(chain, 0, family, match, comparison.memo(match));
          for (const packet of PACKETS)
            if (packet.family === family && comparison.holds(match, packet)) {
              const decision = evaluate(BORDER, 'forward', packet);
              const index = deciderOf(comparison, meetings, packet);
              expect(index === undefined ? undefined : decided[index]).toBe(decision.kind === 'unmatched' ? undefined : decision.rule);
            }
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('a rule that covers a match ends the look, one that only meets it does not', () => {
  const to = (prefix: string) => rule({ action: 'deny', destination: nets(prefix) });
  const members = memberSource({});
  const algebra = new Algebra();
  const list = ['10.1.0.0/17', '172.16.0.0/12', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24'].map(to);
  const comparison = new Comparison(algebra, bookOf(list, members), bookOf([], members));
  const [chain] = comparison.chains();
  const [match] = comparison.boxes(algebra.shapes.of(to('10.1.0.0/16')), 4, 0);
  if (!chain || !match) throw new Error('nothing to compare');
  expect(comparison.meetings(chain, 0, 4, match, comparison.memo(match)).map(({ index }) => index)).toEqual([0, 2]);
  // Of matches, one inside another that comes before it is left out.
  const destinations = comparison.matches(chain, 4).map(({ destination }) => destination.runs);
  expect(destinations).toEqual([1, 1, 1]);
});

test('sets of endpoints with other members are other rules, and the same members are the same', () => {
  for (const end of ['sourceEndpoints', 'destinationEndpoints'] as const)
    for (const endpoints of [
      { include: ['e'], exclude: [] },
      { include: [], exclude: ['e'] },
    ]) {
      const list = [rule({ [end]: endpoints })];
      const unaligned = (...members: string[]) => {
        const [one, other] = [memberSource({ e: ['10.0.0.1,tcp:80'] }), memberSource({ e: members })];
        return new Comparison(new Algebra(), bookOf(list, one), bookOf(list, other)).chains().length;
      };
      expect([unaligned('10.0.0.1,tcp:80'), unaligned('10.0.0.1,tcp:81')]).toEqual([0, 1]);
    }
});

test('an end of the packet is looked up with its own port', () => {
  const members = memberSource({ e: ['10.0.0.1,tcp:5000'] });
  const any = { family: 4, direction: 'egress', source: 0x0a000001n, destination: 0x0a000001n, protocol: 6 } as const;
  const held = (end: 'sourceEndpoints' | 'destinationEndpoints', sourcePort: number, destinationPort: number) => {
    const one = rule({ [end]: { include: ['e'], exclude: [] } });
    const algebra = new Algebra();
    const comparison = new Comparison(algebra, bookOf([one], members), bookOf([], members));
    return comparison.boxes(algebra.shapes.of(one), 4, 0).some((box) => comparison.holds(box, { ...any, sourcePort, destinationPort }));
  };
  expect([held('sourceEndpoints', 5000, 80), held('sourceEndpoints', 80, 5000)]).toEqual([true, false]);
  expect([held('destinationEndpoints', 80, 5000), held('destinationEndpoints', 5000, 80)]).toEqual([true, false]);
});

test('rules over sets that differ are the same where they amount to the same addresses', () => {
  const over = (set: string) => rule({ families: [4, 6], source: sets(set) });
  const before = memberSource({ a: ['10.0.0.1/32', 'fd00::1/128'], b: ['10.0.0.3/32'] });
  const after = memberSource({ a: ['10.0.0.0/31', '10.0.0.1/32', 'fd00::1/128'], b: ['10.0.0.1/32', 'fd00::1/128'] });
  const chains = (one: readonly FilterRule[], other: readonly FilterRule[]) =>
    new Comparison(new Algebra(), bookOf(one, before), bookOf(other, after)).chains();
  expect(chains([over('a')], [over('b')])).toEqual([]);
  expect(chains([over('a')], [over('a')])).toMatchObject([{ alignment: { before: [0], after: [0] } }]);
  expect(chains([over('a'), over('b')], [over('b'), over('a')])).toMatchObject([{ alignment: { before: [1], after: [1] } }]);
});

test('without digests only the very same source of members says the same', () => {
  const list = [rule({ source: sets('a') })];
  const unknown = (...members: string[]): MemberSource => ({ ...memberSource({ a: members }), digest: () => '' });
  const unaligned = (one: MemberSource, other: MemberSource) =>
    new Comparison(new Algebra(), bookOf(list, one), bookOf(list, other)).chains().length;
  const one = unknown('10.0.0.1/32');
  expect(unaligned(one, one)).toBe(0);
  // Another source is read: the same members are the same rule, others are not.
  expect(unaligned(one, unknown('10.0.0.1/32'))).toBe(0);
  expect(unaligned(one, unknown('10.0.0.2/32'))).toBe(1);
  // What was read without a digest is not remembered for the next comparison.
  const algebra = new Algebra();
  const chains = (other: MemberSource) => new Comparison(algebra, bookOf(list, one), bookOf(list, other)).chains().length;
  expect([chains(unknown('10.0.0.1/32')), chains(unknown('10.0.0.2/32')), chains(unknown('10.0.0.1/32'))]).toEqual([0, 1, 0]);
});
