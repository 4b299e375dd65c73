import { expect, test } from '@jest/globals';
import { rule } from '../../test/worlds/rule.ts';
import { Diagrams } from '../packets/diagram.ts';
import { ROUNDS_KEPT } from './rounds.ts';
import { Shapes, translationMeaning } from './shapes.ts';
import { ANY, type FilterRule, NO_ENDPOINTS, NO_UNION, type Service, type Translation } from './types.ts';

const RULE: FilterRule = rule('r', {
  families: [4],
  source: { include: { sets: ['a', 'b'], prefixes: ['10.0.0.0/8', '10.1.0.0/16'] }, exclude: { sets: ['c'], prefixes: [] } },
  destinationEndpoints: { include: ['e'], exclude: [] },
  services: [{ kind: 'protocols', protocols: [{ first: 6, last: 6 }] }],
});
const { source } = RULE;
const sourceOf = (sets: readonly string[], prefixes: readonly string[]) => ({ ...source, include: { sets, prefixes } });

/** Each differs from RULE in one part of what it means. */
const OTHERS: readonly Partial<FilterRule>[] = [
  { action: 'deny' },
  { families: [6] },
  { families: [4, 6] },
  { source: ANY },
  { source: { ...source, exclude: NO_UNION } },
  { source: { ...source, exclude: { sets: [], prefixes: ['c'] } } },
  { source: sourceOf(['a'], ['10.0.0.0/8', '10.1.0.0/16']) },
  { source: sourceOf(['a', 'b', 'd'], ['10.0.0.0/8', '10.1.0.0/16']) },
  { source: sourceOf(['a', 'b', '10.0.0.0/8'], ['10.1.0.0/16']) },
  { destination: source },
  { sourceEndpoints: { include: ['e'], exclude: [] } },
  { destinationEndpoints: NO_ENDPOINTS },
  { destinationEndpoints: { include: [], exclude: ['e'] } },
  { services: 'any' },
  { services: [] },
  { services: [{ kind: 'protocols', protocols: [{ first: 6, last: 7 }] }] },
  { translation: { kind: 'none' } },
  { translation: { kind: 'address', address: '198.51.100.7' } },
];

test('every part of the meaning makes another shape, also under the same id, whichever came before', () => {
  const shapes = new Shapes(new Diagrams());
  const first = shapes.of(RULE);
  const numbers = OTHERS.map((other) => shapes.of({ ...RULE, ...other }).number);
  expect(new Set([first.number, ...numbers]).size).toBe(OTHERS.length + 1);
  expect(shapes.size).toBe(OTHERS.length + 1);
  for (let round = 0; round < 2; round++) {
    expect(shapes.of(structuredClone(RULE))).toBe(first);
    expect(OTHERS.map((other) => shapes.of(structuredClone({ ...RULE, ...other })).number)).toEqual(numbers);
  }
});

test('equal meaning is one shape: order and repetition in unions, ids, logging, origin, the translation of what is denied', () => {
  const shapes = new Shapes(new Diagrams());
  const first = shapes.of(RULE);
  const same: readonly Partial<FilterRule>[] = [
    { id: 'x', log: true, origin: { cluster: 'other', tier: '', annotations: {} } },
    { source: sourceOf(['b', 'a', 'b'], ['10.1.0.0/16', '10.0.0.0/8']) },
    { services: [RULE.services[0], RULE.services[0]] as FilterRule['services'] },
    { destinationEndpoints: { include: ['e', 'e'], exclude: [] } },
  ];
  for (const change of same) expect(shapes.of({ ...RULE, ...change })).toBe(first);
  const denied: FilterRule = { ...RULE, action: 'deny' };
  expect(shapes.of({ ...denied, translation: { kind: 'none' } })).toBe(shapes.of(denied));
  const both = shapes.of({ ...RULE, families: [6, 4] });
  expect(both).toBe(shapes.of({ ...RULE, families: [4, 6] }));
  expect(both.families).toEqual([4, 6]);
});

test('a shape names every set of its rule', () => {
  const shapes = new Shapes(new Diagrams());
  const { sets } = shapes.of({
    ...RULE,
    destination: { include: 'any', exclude: { sets: ['d'], prefixes: [] } },
    sourceEndpoints: { include: ['f'], exclude: ['g'] },
    destinationEndpoints: { include: ['e'], exclude: ['h'] },
  });
  expect([...sets].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
});

test('two ways to write a rule are remembered: read back once more, neither is interned again', () => {
  const shapes = new Shapes(new Diagrams());
  let interned = 0;
  /** A new object each time; interning a rule writes its services as text. */
  const written = (times: number): FilterRule => {
    const services = structuredClone(Array<Service>(times).fill({ kind: 'protocols', protocols: [{ first: 6, last: 6 }] }));
    const toJSON = () => {
      interned++;
      return [...services];
    };
    return { ...structuredClone(RULE), services: Object.assign([...services], { toJSON }) };
  };
  const first = shapes.of(written(1));
  expect(shapes.of(written(2))).toBe(first);
  expect(interned).toBe(2);
  for (const times of [1, 2, 2, 1]) expect(shapes.of(written(times))).toBe(first);
  expect(interned).toBe(2);
  // Of a third way, the oldest is forgotten; so is what two comparisons did not ask for.
  shapes.of(written(3));
  shapes.of(written(2));
  expect(interned).toBe(3);
  shapes.of(written(1));
  expect(interned).toBe(4);
  for (let round = 0; round <= ROUNDS_KEPT; round++) shapes.next();
  shapes.of(written(1));
  expect(interned).toBe(5);
});

test.each<readonly [Translation, string]>([
  [{ kind: 'absent' }, 'absent'],
  [{ kind: 'none' }, 'none'],
  [{ kind: 'address', address: '0.0.1.0' }, '4:256-256'],
  [{ kind: 'range', range: { family: 4, first: 256n, last: 256n } }, '4:256-256'],
  [{ kind: 'pool', pool: 'p', ranges: [{ family: 4, first: 256n, last: 256n }] }, '4:256-256'],
  [
    {
      kind: 'pool',
      pool: 'q',
      ranges: [
        { family: 6, first: 1n, last: 2n },
        { family: 4, first: 9n, last: 9n },
        { family: 6, first: 1n, last: 2n },
      ],
    },
    '4:9-9,6:1-2',
  ],
])('the meaning of translation %j is %s', (translation, text) => {
  expect(translationMeaning(translation)).toBe(text);
});

test('a translation to what is no address is an error', () => {
  expect(() => translationMeaning({ kind: 'address', address: 'nowhere' })).toThrow('no address: nowhere');
});
