import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nets, rule, sets, tcp } from '../../test/worlds/rule.ts';
import { BORDER, bookOf, memberSource, memberships, packetsOf, rules } from '../../test/worlds/rulebooks.ts';
import type { Packet } from '../packets/packet.ts';
import { evaluatorOf } from './evaluate.ts';
import { type OrderedMembers, orderMembers, type SetChange } from './member-order.ts';
import { translationText } from './nat.ts';
import type { FilterRule, Side } from './types.ts';

type Lists = Readonly<Record<string, readonly string[]>>;
const PACKETS = packetsOf('egress').filter(({ protocol }) => protocol === 6);

const changesOf = (before: Lists, after: Lists): SetChange[] =>
  Object.keys(before).map((set) => ({
    set,
    added: new Set((after[set] ?? []).filter((member) => !before[set]?.includes(member))),
    removed: new Set((before[set] ?? []).filter((member) => !after[set]?.includes(member))),
  }));

/** What comes into one set, or goes from it, phase by phase; inside a phase in an order drawn by the seed. */
function* singly({ phases }: OrderedMembers, seed: number): Iterable<{ set: string; members: ReadonlySet<string>; comes: boolean }> {
  let state = seed;
  for (const phase of phases) {
    const all = phase.flatMap(({ set, added, removed }) => [
      { set, members: added, comes: true },
      { set, members: removed, comes: false },
    ]);
    while (all.length > 0) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      yield* all.splice(state % all.length, 1);
    }
  }
}

function meanings(list: readonly FilterRule[], lists: Lists, packets: readonly Packet[]): string[] {
  const evaluate = evaluatorOf(bookOf(list, memberSource(lists)));
  return packets.map((packet) => {
    const decision = evaluate(BORDER, 'forward', packet);
    return decision.kind === 'allow' ? `allow ${translationText(decision.rule.translation)}` : decision.kind;
  });
}
const level = (meaning: string): number => ['deny', 'unmatched'].indexOf(meaning) + (meaning.startsWith('allow') ? 3 : 0);

/** Where a moment is neither as before nor as after: closed, or worse. */
function faults(list: readonly FilterRule[], before: Lists, after: Lists, ordered: OrderedMembers, seed: number): Set<'closed' | 'open'> {
  const [old, wanted] = [meanings(list, before, PACKETS), meanings(list, after, PACKETS)];
  const now: Record<string, readonly string[]> = { ...before };
  const out = new Set<'closed' | 'open'>();
  for (const { set, members, comes } of singly(ordered, seed)) {
    now[set] = comes ? [...(now[set] ?? []), ...members] : (now[set] ?? []).filter((one) => !members.has(one));
    meanings(list, now, PACKETS).forEach((meaning, at) => {
      const [a = '', b = ''] = [old[at], wanted[at]];
      if (meaning === a || meaning === b) return;
      out.add(meaning.startsWith('allow') || level(meaning) > Math.max(level(a), level(b)) ? 'open' : 'closed');
    });
  }
  expect(meanings(list, now, PACKETS)).toEqual(wanted);
  return out;
}

const NUMBERS = { numRuns: 150, seed: 20 };

test('after every single move each packet is treated as before or as after, unless a gap is said', () => {
  fc.assert(
    fc.property(fc.array(rules, { minLength: 1, maxLength: 6 }), memberships, memberships, fc.nat(), (list, before, after, seed) => {
      const ordered = orderMembers(bookOf(list, memberSource(after)).rulebook, changesOf(before, after));
      const found = faults(list, before, after, ordered, seed);
      if (ordered.gap === undefined) expect([...found]).toEqual([]);
    }),
    NUMBERS,
  );
});

/** Pods on one side and others on the other, as at a border. */
const apart = (one: FilterRule): FilterRule => {
  const only = ({ include, exclude }: Side, ids: readonly string[]): Side => {
    const some = (of: readonly string[]) => of.filter((set) => ids.includes(set));
    const excluded = { ...exclude, sets: some(exclude.sets) };
    return { include: include === 'any' ? 'any' : { ...include, sets: some(include.sets) }, exclude: excluded };
  };
  return { ...one, source: only(one.source, ['a', 'b']), destination: only(one.destination, ['c']) };
};

test('where sets of pods stand on one side and other sets on the other, nothing ever opens, gap or not', () => {
  fc.assert(
    fc.property(
      fc.array(rules.map(apart), { minLength: 1, maxLength: 6 }),
      memberships,
      memberships,
      fc.nat(),
      (list, before, after, seed) => {
        const ordered = orderMembers(bookOf(list, memberSource(after)).rulebook, changesOf(before, after));
        const found = faults(list, before, after, ordered, seed);
        expect([...found]).not.toContain('open');
        if (ordered.gap === undefined) expect([...found]).toEqual([]);
      },
    ),
    NUMBERS,
  );
});

const rulebook = (...list: FilterRule[]) => bookOf(list, memberSource({})).rulebook;
const change = (set: string, added: readonly string[], removed: readonly string[] = []): SetChange => ({
  set,
  added: new Set(added),
  removed: new Set(removed),
});
const told = ({ phases }: OrderedMembers) =>
  phases.map((phase) => phase.map(({ set, added, removed }) => `${set}${added.size > 0 ? '+' : ''}${removed.size > 0 ? '-' : ''}`));
const [X, Y] = ['10.0.0.1/32', '10.0.0.2/32'];

test('a pod start is one phase, whatever it joins', () => {
  const list = [rule('one', { source: sets('a') }), rule('two', { source: sets('b'), services: [tcp([443, 443])] })];
  expect(told(orderMembers(rulebook(...list), [change('a', [X]), change('b', [X])]))).toEqual([['a+', 'b+']]);
  expect(told(orderMembers(rulebook(...list), [change('a', [X], [Y])]))).toEqual([['a+-']]);
  expect(orderMembers(rulebook(...list), [])).toEqual({ phases: [] });
});

test('who moves between two allows joins before leaving; between two denies as well', () => {
  for (const action of ['allow', 'deny'] as const) {
    const list = rulebook(rule('one', { action, source: sets('a') }), rule('two', { action, source: sets('b') }));
    expect(told(orderMembers(list, [change('a', [], [X]), change('b', [X])]))).toEqual([['b+'], ['a-']]);
  }
});

test('who leaves a deny and an allow leaves the allow first; who joins both joins the deny first', () => {
  const list = rulebook(rule('shut', { action: 'deny', source: sets('d') }), rule('open', { source: sets('a') }));
  expect(told(orderMembers(list, [change('d', [], [X]), change('a', [], [X])]))).toEqual([['a-'], ['d-']]);
  expect(told(orderMembers(list, [change('a', [X]), change('d', [X])]))).toEqual([['d+'], ['a+']]);
});

test('who joins the sources waits until the destinations of the same rule have lost what goes', () => {
  const list = rulebook(rule('one', { source: sets('a'), destination: sets('c') }));
  expect(told(orderMembers(list, [change('a', [X]), change('c', [], ['203.0.113.4/32'])]))).toEqual([['c-'], ['a+']]);
});

test('only what may meet is kept in order', () => {
  const list = rulebook(
    rule('shut', { action: 'deny', source: sets('d'), destination: nets('203.0.113.0/24') }),
    rule('open', { source: sets('a'), destination: nets('198.51.100.0/24') }),
  );
  expect(told(orderMembers(list, [change('d', [], [X]), change('a', [], [X])]))).toEqual([['d-', 'a-']]);
  expect(told(orderMembers(list, [change('d', [], [X]), change('a', [], [Y])]))).toEqual([['d-', 'a-']]);
});

test('where every order breaks something, closing wins and it is said', () => {
  // X leaves what shuts one thing and opens another, and joins the same the other way round.
  const list = rulebook(
    rule('shut', { action: 'deny', source: sets('m'), destination: nets('203.0.113.0/24') }),
    rule('through', { source: sets('n'), destination: nets('203.0.113.0/24') }),
    rule('shut2', { action: 'deny', source: sets('n'), destination: nets('198.51.100.0/24') }),
    rule('open', { source: sets('m'), destination: nets('198.51.100.0/24') }),
  );
  const ordered = orderMembers(list, [change('m', [X]), change('n', [X])]);
  expect(ordered.gap).toContain('dropped');
  expect(ordered.phases).toHaveLength(2);
});

test('a flood is not looked through: what only closes goes first; where all means the same, what comes', () => {
  const pods = Array.from({ length: 500 }, (_, at) => `10.0.${at >> 8}.${at & 255}/32`);
  const move = (at: number) => change(`s${at}`, [pods[at] ?? ''], [pods[at + 1] ?? '']);
  const allows = Array.from({ length: 300 }, (_, at) => rule(`r${at}`, { source: sets(`s${at}`) }));
  const plain = orderMembers(
    rulebook(...allows),
    allows.map((_, at) => move(at)),
  );
  expect(plain.gap).toBeUndefined();
  expect(plain.phases.map((phase) => phase.every(({ added, removed }) => added.size + removed.size === 1))).toEqual([true, true]);
  expect(plain.phases[0]?.every(({ added }) => added.size === 1)).toBe(true);

  const mixed = orderMembers(
    rulebook(rule('shut', { action: 'deny', source: sets('s0') }), ...allows.slice(1)),
    allows.map((_, at) => move(at)),
  );
  expect(mixed.gap).toContain('dropped');
  const [closes, ...others] = mixed.phases;
  expect(closes?.every(({ set, added, removed }) => (set === 's0' ? added.size === 1 : removed.size === 1))).toBe(true);
  expect(others.flat().every(({ set, added, removed }) => (set === 's0' ? removed.size === 1 : added.size === 1))).toBe(true);
});

test('an order of very many calls is not worth it', () => {
  const list = Array.from({ length: 150 }, (_, at) => rule(`r${at}`, { action: at % 2 === 0 ? 'deny' : 'allow', source: sets(`s${at}`) }));
  const ordered = orderMembers(
    rulebook(...list),
    list.map((_, at) => change(`s${at}`, [X])),
  );
  expect(told(ordered).map((phase) => phase.every((text) => Number(/\d+/.exec(text)?.[0]) % 2 === 0))).toEqual([true, false]);
});

const NONE: Side = { include: 'any', exclude: { sets: [], prefixes: [] } };
const without = (side: Side, ...ids: readonly string[]): Side => ({ ...side, exclude: { sets: ids, prefixes: [] } });
const ports = (include: readonly string[], exclude: readonly string[] = []) => ({ include, exclude });
const ranged = (id: string, set: string, last: bigint): FilterRule =>
  rule(id, { source: sets(set), translation: { kind: 'range', range: { family: 4, first: 1n, last } } });
const shut = (parts: Partial<FilterRule>) => rule('shut', { action: 'deny', ...parts });
const open = (parts: Partial<FilterRule>) => rule('open', parts);
const [JOINS_D, JOINS_X, JOINS_A] = [change('d', [X]), change('x', [X]), change('a', [X])];

test.each<[string, readonly FilterRule[], readonly SetChange[], readonly (readonly string[])[]]>([
  ['nothing changes in a set', [open({ source: sets('a') })], [change('b', []), JOINS_A], [['a+']]],
  ['one set grows', [open({ source: sets('a') })], [JOINS_A], [['a+']]],
  ['one set shrinks', [open({ source: sets('a') })], [change('a', [], [X])], [['a-']]],
  ['no rule names the sets', [open({})], [JOINS_A, JOINS_D], [['a+', 'd+']]],
  [
    'a log decides nothing',
    [rule('log', { action: 'log', source: sets('d') }), open({ source: sets('a') })],
    [change('d', [], [X]), JOINS_A],
    [['d-', 'a+']],
  ],
  [
    'joins two that translate otherwise: from the top',
    [ranged('one', 'd', 7n), ranged('two', 'a', 8n)],
    [JOINS_A, JOINS_D],
    [['d+'], ['a+']],
  ],
  ['joins two that translate alike', [ranged('one', 'd', 7n), ranged('two', 'a', 7n)], [JOINS_A, JOINS_D], [['a+', 'd+']]],
  [
    'leaves two that translate otherwise: from the bottom',
    [ranged('one', 'd', 7n), ranged('two', 'a', 8n)],
    [change('d', [], [X]), change('a', [], [X])],
    [['a-'], ['d-']],
  ],
  ['joins both sides of a rule', [open({ source: sets('a'), destination: sets('d') })], [JOINS_A, JOINS_D], [['a+', 'd+']]],
  ['joins one side and what the same side leaves out', [open({ source: without(sets('a'), 'x') })], [JOINS_A, JOINS_X], [['x+'], ['a+']]],
  ['leaves both of them', [open({ source: without(sets('a'), 'x') })], [change('x', [], [X]), change('a', [], [X])], [['a-'], ['x-']]],
  ['moves inside one union', [open({ source: sets('a', 'd') })], [change('a', [], [X]), JOINS_D], [['d+'], ['a-']]],
  ['moves between two that are left out', [open({ source: without(NONE, 'd', 'x') })], [change('d', [], [X]), JOINS_X], [['x+'], ['d-']]],
  [
    'endpoints of the same rule that it loses',
    [open({ source: sets('a'), sourceEndpoints: ports(['e']) })],
    [JOINS_A, change('e', [], ['10.0.0.1,tcp:80'])],
    [['e-'], ['a+']],
  ],
  [
    'endpoints that it leaves out',
    [open({ source: sets('a'), sourceEndpoints: ports([], ['e']) })],
    [JOINS_A, change('e', ['10.0.0.1,tcp:80'])],
    [['e+'], ['a+']],
  ],
  [
    'endpoints of a deny above',
    [shut({ sourceEndpoints: ports(['e']) }), open({ source: sets('a') })],
    [JOINS_A, change('e', ['10.0.0.1,tcp:80'])],
    [['e+'], ['a+']],
  ],
  [
    'at the other end too',
    [shut({ destinationEndpoints: ports(['e']) }), open({ destination: sets('a') })],
    [JOINS_A, change('e', ['10.0.0.1,tcp:80'])],
    [['e+'], ['a+']],
  ],
  [
    'of another host they are other packets',
    [shut({ destinationEndpoints: ports(['e']) }), open({ destination: sets('a') })],
    [JOINS_A, change('e', ['10.0.0.9,tcp:80'])],
    [['a+', 'e+']],
  ],
  [
    'IPv6 hosts as well',
    [shut({ sourceEndpoints: ports(['e']) }), open({ source: sets('a') })],
    [change('a', ['fd00::1/128']), change('e', ['fd00::1,tcp:80'])],
    [['e+'], ['a+']],
  ],
  [
    'other IPv6 hosts',
    [shut({ sourceEndpoints: ports(['e']) }), open({ source: sets('a') })],
    [change('a', ['fd00::1/128']), change('e', ['fd00::2,tcp:80'])],
    [['a+', 'e+']],
  ],
  [
    'a subnet and a host in it',
    [shut({ source: sets('d') }), open({ source: sets('a') })],
    [change('a', ['10.0.0.0/24']), JOINS_D],
    [['d+'], ['a+']],
  ],
  [
    'joins a deny and what it leaves out: that deny never sees it',
    [shut({ source: without(sets('d'), 'x') }), open({ source: sets('a') })],
    [JOINS_D, JOINS_X, JOINS_A],
    [['x+', 'a+'], ['d+']],
  ],
  [
    'a deny of all but some ends for it',
    [shut({ source: without(NONE, 'x') }), open({ source: sets('a') })],
    [JOINS_X, JOINS_A],
    [['a+'], ['x+']],
  ],
  [
    'so does one of prefixes',
    [shut({ source: without(nets('10.0.0.0/8'), 'x') }), open({ source: sets('a') })],
    [JOINS_X, JOINS_A],
    [['a+'], ['x+']],
  ],
  [
    'also where the set that it joins is beside prefixes',
    [
      shut({ source: { include: { sets: ['d'], prefixes: ['10.0.0.0/8'] }, exclude: { sets: ['x'], prefixes: [] } } }),
      open({ source: sets('a') }),
    ],
    [JOINS_D, JOINS_X, JOINS_A],
    [['a+'], ['x+'], ['d+']],
  ],
  [
    'or beside a set where it was before',
    [shut({ source: without(sets('d', 'old'), 'x') }), open({ source: sets('a') })],
    [JOINS_D, JOINS_X, JOINS_A],
    [['a+'], ['x+'], ['d+']],
  ],
])('%s', (_, list, changes, expected) => {
  const ordered = orderMembers(rulebook(...list), changes);
  expect(told(ordered)).toEqual(expected);
  expect(ordered.gap).toBeUndefined();
});

test('in a circle what would open waits, else what opens least goes first; each step is as small as can be', () => {
  const [one, two, far] = [nets('203.0.113.0/24'), nets('198.51.100.0/24'), nets('192.0.2.0/24')];
  const more = [1, 2, 3].map((at) => rule(`more${at}`, { source: sets('m'), destination: far }));
  const pair = (upper: 'allow' | 'deny', top: string, lower: 'allow' | 'deny', bottom: string, destination: Side) => [
    rule(`${upper}${top}`, { action: upper, source: sets(top), destination }),
    rule(`${lower}${bottom}`, { action: lower, source: sets(bottom), destination }),
  ];
  const both = [change('m', [X]), change('n', [X])];
  const both2 = [change('n', [X]), change('m', [X])];
  const tied = rulebook(...pair('deny', 'm', 'allow', 'n', one), ...pair('deny', 'n', 'allow', 'm', two), ...more);
  const half = rulebook(...pair('deny', 'm', 'allow', 'n', one), ...pair('allow', 'n', 'deny', 'm', two), ...more);
  for (const changes of [both, both2]) {
    expect([told(orderMembers(tied, changes)), orderMembers(tied, changes).gap]).toEqual([
      [['n+'], ['m+']],
      expect.stringContaining('dropped'),
    ]);
    expect([told(orderMembers(half, changes)), orderMembers(half, changes).gap]).toEqual([
      [['m+'], ['n+']],
      expect.stringContaining('dropped'),
    ]);
  }
});
