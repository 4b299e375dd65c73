import { expect, test } from '@jest/globals';
import { identityOf } from './identity.ts';
import { SetRegistry } from './sets.ts';

const felix = (set: string) => ({ kind: 'felix', cluster: 'pay', set });

test('a set is the same for the same content, in whatever registry, and another one for another cluster, set or kind', () => {
  const [one, other] = [new SetRegistry(), new SetRegistry()];
  other.felix('pay', 'earlier', 'addresses', '');
  const id = one.felix('pay', 's:a', 'addresses', "app == 'a'");
  expect(other.felix('pay', 's:a', 'addresses', "app == 'a'")).toBe(id);
  expect(one.felix('pay', 's:a', 'addresses', "app == 'a'")).toBe(id);
  const others = [
    one.felix('ship', 's:a', 'addresses', ''),
    one.felix('pay', 's:b', 'addresses', ''),
    one.felix('pay', 's:a', 'endpoints', ''),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
  expect(one.size).toBe(4);
  expect(one.definition(id)).toEqual({ id, kind: 'addresses', cluster: 'pay', expression: felix('s:a'), text: "app == 'a'" });
  const definition = one.definition(id);
  one.felix('pay', 's:a', 'addresses', 'in other words');
  expect(one.definition(id)).toBe(definition);
  // Without a selector the name that Felix gave it must do.
  expect(one.definition(others[1] as string).text).toBe('s:b');
  expect(() => one.definition('x')).toThrow('no set x');
});

test('several sets at once, or any of them: in whatever order, and of one that one', () => {
  const sets = new SetRegistry();
  const [a, b] = [sets.felix('pay', 'a', 'addresses', 'A'), sets.felix('pay', 'b', 'addresses', 'B')];
  for (const [join, kind, sign] of [
    ['and', 'and', '&&'],
    ['or', 'or', '||'],
  ] as const) {
    expect(sets[join]('pay', 'addresses', [a, a])).toBe(a);
    const id = sets[join]('pay', 'addresses', [a, b]);
    expect(sets[join]('pay', 'addresses', [b, a, b])).toBe(id);
    const sorted = [a, b].sort();
    expect(sets.definition(id)).toMatchObject({
      kind: 'addresses',
      expression: { kind, of: sorted.map((one) => sets.definition(one).expression) },
      text: sorted.map((one) => `(${sets.definition(one).text})`).join(` ${sign} `),
    });
    expect(sets.bounds(id)).toBeUndefined();
  }
});

test('a set cut twice is cut to what both leave; one that nothing is left of says so', () => {
  const sets = new SetRegistry();
  const a = sets.felix('pay', 'a', 'endpoints', 'A');
  const cut = sets.within('pay', a, ['fd00::/16', '10.0.0.0/8']);
  expect(sets.definition(cut)).toMatchObject({
    kind: 'endpoints',
    text: 'A',
    expression: { kind: 'within', of: felix('a'), prefixes: ['10.0.0.0/8', 'fd00::/16'] },
  });
  expect(sets.bounds(cut)).toEqual(['fd00::/16', '10.0.0.0/8']);
  expect(sets.within('pay', a, ['fd00::/16', '10.0.0.0/8'])).toBe(cut);
  const again = sets.within('pay', cut, ['10.1.0.0/16', '192.0.2.0/24']);
  expect(sets.definition(again).expression).toEqual({ kind: 'within', of: felix('a'), prefixes: ['10.1.0.0/16'] });
  expect(sets.bounds(again)).toEqual(['10.1.0.0/16']);
  const nothing = sets.within('pay', cut, ['192.0.2.0/24']);
  expect(sets.definition(nothing).expression).toEqual({ kind: 'nothing' });
  expect(sets.bounds(nothing)).toEqual([]);
});

test('where members can be at most: of both sets what they share, of either all, and unknown where one may reach anywhere', () => {
  const sets = new SetRegistry();
  const [a, b] = [sets.felix('pay', 'a', 'addresses', ''), sets.felix('pay', 'b', 'addresses', '')];
  const narrow = sets.within('pay', a, ['fd00::/16', '10.1.0.0/16']);
  const wide = sets.within('pay', b, ['10.0.0.0/8', '10.1.0.0/16']);
  expect(sets.bounds(a)).toBeUndefined();
  expect(sets.bounds(sets.and('pay', 'addresses', [narrow, wide]))).toEqual(['10.1.0.0/16']);
  expect(sets.bounds(sets.and('pay', 'addresses', [narrow, b]))).toEqual(['fd00::/16', '10.1.0.0/16']);
  expect(sets.bounds(sets.or('pay', 'addresses', [narrow, wide]))).toEqual(['10.0.0.0/8', '10.1.0.0/16', 'fd00::/16']);
  expect(sets.bounds(sets.or('pay', 'addresses', [narrow, b]))).toBeUndefined();
});

test('names are short, of fixed length, told apart by where their parts end, and stay from version to version', () => {
  expect(identityOf('rule', 'edge')).toBe('mz6bk2dtkll31r');
  expect(new SetRegistry().felix('pay', 's:a', 'addresses', '')).toBe('j2256exh5xze0i');
  for (let at = 0; at < 300; at++) expect(identityOf('rule', String(at))).toMatch(/^[a-z0-9]{14}$/);
  expect(identityOf('ab', 'c')).not.toBe(identityOf('a', 'bc'));
});
