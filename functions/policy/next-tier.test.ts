/** Tiers in one first-match list: the same verdicts, in as few rules as can be, refused where they would be too many (decision 0040). */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Tier } from '../cluster/view.ts';
import { parseAddress, parsePrefix } from '../packets/address.ts';
import { ANY_END, ANY_MATCH, type End, type Match, MatchAlgebra } from './match.ts';
import { flattenTiers, type Limits, OverLimit, type TierRules } from './next-tier.ts';
import type { Item } from './policy-rules.ts';
import { SetRegistry } from './sets.ts';

const algebra = new MatchAlgebra(new SetRegistry(), 'pay');
const end = (prefixes: readonly string[]): End => (prefixes.length === 0 ? ANY_END : { ...ANY_END, include: { sets: [], prefixes } });
const matchOf = (destination: readonly string[], source: readonly string[] = []): Match => {
  if (destination.length + source.length === 0) return ANY_MATCH;
  const normal = algebra.normal({ ...ANY_MATCH, source: end(source), destination: end(destination) });
  if (!normal) throw new Error('matches nothing');
  return normal;
};

let number = 0;
const item = (action: Item['action'], match: Match, more: Partial<Item> = {}): Item => {
  number++;
  const owner = `P egress rule ${number}`;
  const origin = { cluster: 'pay', tier: 'border', annotations: {} };
  return { action, match, seed: `s${number}`, log: false, snat: { kind: 'absent' }, origin, owner, policy: 'P', ...more };
};
const ends = new Map<string, Item>();
const endItem = (tier: string, action: 'deny' | 'stop'): Item => {
  const known = ends.get(`${tier} ${action}`);
  const made =
    known ?? item(action, ANY_MATCH, { owner: '', policy: '', seed: `end ${tier}`, origin: { cluster: 'pay', tier, annotations: {} } });
  ends.set(`${tier} ${action}`, made);
  return made;
};
const STOP = endItem('', 'stop');
const tierOf = (name: string, items: readonly Item[], defaultAction: Tier['defaultAction'] = 'Deny', enforced = true): TierRules => ({
  tier: { name, ingress: [], egress: [], defaultAction },
  enforced,
  items,
});
const WIDE: Limits = { perRule: 1_000, total: 100_000 };
const flatten = (tiers: readonly TierRules[], { limits = WIDE, defaultDeny = true } = {}) =>
  flattenTiers(tiers, STOP, { algebra, limits, cluster: 'pay', endOf: (tier) => endItem(tier, defaultDeny ? 'deny' : 'stop') });

const HOSTS = ['10.0.0.1', '10.1.0.1', '10.1.1.1', '192.0.2.1'];
const NETS = ['10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '10.0.0.0/16', '192.0.2.0/24', '0.0.0.0/0'];
const PACKETS = HOSTS.flatMap((source) => HOSTS.map((destination) => ({ source, destination })));
type Packet = (typeof PACKETS)[number];

const inPrefixes = (prefixes: readonly string[], host: string) =>
  prefixes.some((text) => {
    const [range, address] = [parsePrefix(text), parseAddress(host)];
    return range && address && range.family === address.family && range.first <= address.value && address.value <= range.last;
  });
const at = ({ include, exclude }: End, host: string) =>
  (include === 'any' || inPrefixes(include.prefixes, host)) && !inPrefixes(exclude.prefixes, host);
const holds = (match: Match, { source, destination }: Packet) =>
  match.families.includes(4) && match.services !== undefined && at(match.source, source) && at(match.destination, destination);

/** As Calico means it. */
function byTiers(tiers: readonly TierRules[], packet: Packet, defaultDeny: boolean): string {
  let logged = '';
  for (const { tier, enforced, items } of tiers) {
    if (!enforced) continue;
    const met = items.filter(({ match }) => holds(match, packet));
    const by = met.find(({ action }) => action !== 'log');
    if (met.slice(0, by ? met.indexOf(by) : undefined).length > 0) logged = ' logged';
    if (by && by.action !== 'pass') return `${by.action} ${by.seed}${logged}`;
    if (by || tier.defaultAction === 'Pass') continue;
    return defaultDeny ? `deny end ${tier.name}${logged}` : `unmatched${logged}`;
  }
  return `unmatched${logged}`;
}

/** As a firewall does it. */
function byList(list: readonly Item[], packet: Packet): string {
  let logged = '';
  for (const { action, match, seed } of list) {
    if (!holds(match, packet)) continue;
    if (action === 'log') logged = ' logged';
    else return `${action} ${seed.split(/[-&]/)[0]}${logged}`;
  }
  return `unmatched${logged}`;
}

const nets = fc.uniqueArray(fc.constantFrom(...NETS), { maxLength: 2 });
const anyItem = fc.record({ action: fc.constantFrom('allow', 'deny', 'log', 'pass', 'pass'), destination: nets, source: nets });
const anyTier = fc.record({
  items: fc.array(anyItem, { maxLength: 4 }),
  defaultAction: fc.constantFrom('Deny', 'Deny', 'Pass'),
  enforced: fc.constantFrom(true, true, true, false),
});

const anyTiers = fc.array(anyTier, { minLength: 1, maxLength: 3 }).map((drawn) =>
  drawn.map(({ items, defaultAction, enforced }, index) =>
    tierOf(
      `t${index}`,
      items.map(({ action, destination, source }) => item(action as Item['action'], matchOf(destination, source))),
      defaultAction as Tier['defaultAction'],
      enforced,
    ),
  ),
);

test('every packet is decided by the same rule as tier by tier, or left to the administrator as there', () => {
  fc.assert(
    fc.property(anyTiers, fc.boolean(), (tiers, defaultDeny) => {
      const list = flatten(tiers, { defaultDeny });
      expect(list.filter(({ action }) => action === 'pass' || action === 'stop')).toEqual([]);
      const wrong = PACKETS.filter((packet) => byList(list, packet) !== byTiers(tiers, packet, defaultDeny));
      expect(wrong.map((packet) => [packet, byList(list, packet), byTiers(tiers, packet, defaultDeny)])).toEqual([]);
    }),
    { numRuns: 3_000, endOnFailure: true, interruptAfterTimeLimit: 8_000 },
  );
});

test('in no more rules than when this was written: fewer are welcome, more need a reason', () => {
  const rules = (defaultDeny: boolean) =>
    fc.sample(anyTiers, { seed: 7, numRuns: 400 }).reduce((sum, tiers) => sum + flatten(tiers, { defaultDeny }).length, 0);
  expect(rules(true)).toBeLessThanOrEqual(1_092);
  expect(rules(false)).toBeLessThanOrEqual(626);
});

/** "allow 10.0.0.0/8 -10.1.0.0/16", "deny any" */
const told = (list: readonly Item[]) =>
  list.map(({ action, match }) => {
    const side = ({ include, exclude }: End) =>
      [include === 'any' ? 'any' : include.prefixes.join(), ...exclude.prefixes.map((prefix) => `-${prefix}`)].join(' ');
    return [action, match.source === ANY_END || side(match.source) === 'any' ? '' : `from ${side(match.source)}`, side(match.destination)]
      .concat(match.families.join() === '6' ? 'IPv6' : '')
      .filter((part) => part !== '')
      .join(' ');
  });
const allow = (...to: string[]) => item('allow', matchOf(to));
const deny = (...to: string[]) => item('deny', matchOf(to));
const pass = (...to: string[]) => item('pass', matchOf(to));
const log = (...to: string[]) => item('log', matchOf(to));
const [ALL, BIG, MID, SMALL, FAR] = ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '192.0.2.0/24'] as const;

test.each<[string, () => readonly TierRules[], readonly string[]]>([
  ['no tier', () => [], []],
  ['one tier ends in its drop', () => [tierOf('a', [allow(BIG)])], ['allow 10.0.0.0/8', 'deny any']],
  [
    'a tier without policies is passed over',
    () => [tierOf('a', [], 'Deny', false), tierOf('b', [allow(BIG)])],
    ['allow 10.0.0.0/8', 'deny any'],
  ],
  [
    'one whose default is Pass goes on',
    () => [tierOf('a', [allow(BIG)], 'Pass'), tierOf('b', [deny(FAR)])],
    ['allow 10.0.0.0/8', 'deny 192.0.2.0/24', 'deny any'],
  ],
  ['nothing after a drop', () => [tierOf('a', [allow(BIG)]), tierOf('b', [allow(FAR)])], ['allow 10.0.0.0/8', 'deny any']],
  [
    'a pass at the end of a tier that goes on says nothing',
    () => [tierOf('a', [allow(BIG), pass(FAR)], 'Pass'), tierOf('b', [deny(FAR)])],
    ['allow 10.0.0.0/8', 'deny 192.0.2.0/24', 'deny any'],
  ],
  [
    'a pass that no later rule of its tier meets says nothing',
    () => [tierOf('a', [pass(FAR), allow(BIG)], 'Pass'), tierOf('b', [])],
    ['allow 10.0.0.0/8', 'deny any'],
  ],
  [
    'a pass of everything ends its tier',
    () => [tierOf('a', [allow(BIG), pass(), deny(FAR)]), tierOf('b', [allow(FAR)])],
    ['allow 10.0.0.0/8', 'allow 192.0.2.0/24', 'deny any'],
  ],
  [
    'a pass of everything takes the later tier as it is, also where its first rule decides all',
    () => [tierOf('a', [pass(), deny(FAR)]), tierOf('b', [deny(), allow(SMALL), allow(MID)])],
    ['deny any', 'allow 10.1.1.0/24', 'allow 10.1.0.0/16', 'deny any'],
  ],
  // The later tier is one rule for such packets: it goes before the rest.
  [
    'crossed: one rule of the later tier',
    () => [tierOf('a', [pass(MID), allow(BIG)]), tierOf('b', [deny()])],
    ['deny 10.1.0.0/16', 'allow 10.0.0.0/8', 'deny any'],
  ],
  [
    'crossed: what it says of such packets, up to the rule that covers them',
    () => [tierOf('a', [pass(MID), allow(BIG), allow(FAR)]), tierOf('b', [allow(SMALL), deny(FAR), deny(BIG), allow()])],
    ['allow 10.1.1.0/24', 'deny 10.1.0.0/16', 'allow 10.0.0.0/8', 'allow 192.0.2.0/24', 'deny any'],
  ],
  [
    'crossed: a log covers nothing',
    () => [tierOf('a', [pass(MID), allow(BIG)]), tierOf('b', [log(), deny()])],
    ['log 10.1.0.0/16', 'deny 10.1.0.0/16', 'allow 10.0.0.0/8', 'deny any'],
  ],
  // The later tier is long: what is left of this one is cut.
  [
    'subtracted',
    () => [tierOf('a', [pass(FAR), allow(ALL)], 'Pass'), tierOf('b', [allow('192.0.2.0/32'), allow('192.0.2.1/32'), deny(FAR)])],
    ['allow 0.0.0.0/0 -192.0.2.0/24', 'allow 192.0.2.0/32', 'allow 192.0.2.1/32', 'deny 192.0.2.0/24', 'deny any'],
  ],
  [
    'subtracted: a rule inside the pass goes',
    () => [tierOf('a', [pass(MID), deny(SMALL), allow(FAR)], 'Pass'), tierOf('b', [allow(MID)])],
    ['allow 192.0.2.0/24', 'allow 10.1.0.0/16', 'deny any'],
  ],
  [
    'out of the last tier: taken out of the drop',
    () => [tierOf('a', [pass(MID), allow(FAR)])],
    ['allow 192.0.2.0/24', 'deny any IPv6', 'deny any -10.1.0.0/16'],
  ],
  [
    'out of the last tier: taken out of every later rule that it meets, only of those',
    () => [tierOf('a', [allow(SMALL), pass(MID), deny(BIG), allow(FAR)])],
    ['allow 10.1.1.0/24', 'deny 10.0.0.0/8 -10.1.0.0/16', 'allow 192.0.2.0/24', 'deny any IPv6', 'deny any -10.1.0.0/16'],
  ],
])('%s', (_, tiers, rules) => {
  expect(told(flatten(tiers()))).toEqual(rules);
});

test.each<[string, () => readonly TierRules[], readonly string[]]>([
  ['without default deny nothing is written for the end', () => [tierOf('a', [allow(BIG)])], ['allow 10.0.0.0/8']],
  ['what a tier ends is not asked of the next', () => [tierOf('a', [allow(BIG)]), tierOf('b', [deny(FAR)])], ['allow 10.0.0.0/8']],
  [
    'but for what it passes',
    () => [tierOf('a', [pass(MID), allow(BIG)]), tierOf('b', [deny(FAR), deny(MID)])],
    ['deny 10.1.0.0/16', 'allow 10.0.0.0/8'],
  ],
])('the administrator decides: %s', (_, tiers, rules) => {
  expect(told(flatten(tiers(), { defaultDeny: false }))).toEqual(rules);
});

test('a rule that nothing is taken from is the very same item, and pieces have ids of their own', () => {
  const [untouched, cut] = [allow(FAR), item('deny', matchOf([BIG], [BIG]))];
  const by = item('pass', matchOf([MID], [MID]));
  const list = flatten([tierOf('a', [by, untouched, cut])]);
  expect(list[0]).toBe(untouched);
  expect(list.map(({ seed }) => seed)).toEqual([
    untouched.seed,
    `${cut.seed}-end &${by.seed}`,
    `${cut.seed}-end &${by.seed}.1`,
    `end a-end &${by.seed}`,
    `end a-end &${by.seed}.1`,
    `end a-end &${by.seed}.2`,
  ]);
  const [deep, later] = [deny(MID), pass(SMALL)];
  const crossed = flatten([tierOf('a', [later, allow(BIG)]), tierOf('b', [deep, allow()])]);
  expect(crossed[0]?.seed).toBe(`${deep.seed}&${later.seed}`);
});

test('what a subtracted pass does not meet is the very same item too', () => {
  const [by, untouched] = [pass(FAR), allow(BIG)];
  const list = flatten([tierOf('a', [by, untouched, allow(ALL)], 'Pass'), tierOf('b', [allow('192.0.2.0/32'), allow('192.0.2.1/32')])]);
  expect(list[0]).toBe(untouched);
  expect(list[1]?.seed.endsWith(`-${by.seed}`)).toBe(true);
});

test('pieces of a rule that lie inside another piece of it are left out', () => {
  const passes = [MID, BIG, SMALL, FAR].map((net) => item('pass', matchOf([net], [net])));
  const drops = flatten([tierOf('a', passes)]);
  expect(drops.length).toBeGreaterThan(3);
  for (const [at, { match }] of drops.entries())
    expect(drops.filter((other, index) => index !== at && algebra.covers(other.match, match))).toEqual([]);
});

const refusal = (tiers: readonly TierRules[], limits: Limits) => {
  try {
    flatten(tiers, { limits });
    return undefined;
  } catch (error) {
    if (!(error instanceof OverLimit)) throw error;
    return { policy: error.policy, owner: error.owner, message: error.message };
  }
};

test('rules that would become more than the settings allow refuse the policy of the pass, and say whose rule it was', () => {
  const by = item('pass', matchOf([MID], [MID]), { policy: 'Q', owner: 'Q egress rule 1' });
  const rule = item('deny', matchOf([BIG], [BIG]), { owner: 'P egress rule 7' });
  const tiers = [tierOf('a', [by, rule], 'Pass')];
  expect(refusal(tiers, { perRule: 2, total: 100 })).toBeUndefined();
  expect(refusal(tiers, { perRule: 1, total: 100 })).toEqual({
    policy: 'Q',
    owner: 'Q egress rule 1',
    message:
      'P egress rule 7 would become more than 1 rules on the firewall (firewalls.*.maxRulesPerPolicyRule), because of pass rules before it.',
  });
  expect(refusal([tierOf('a', [by])], { perRule: 1, total: 100 })?.message).toBe(
    'the drop at the end of tier a would become more than 1 rules on the firewall (firewalls.*.maxRulesPerPolicyRule), because of pass rules before it.',
  );
  // The rules after a tier, where they are cut into it.
  const later = tierOf('b', [item('deny', matchOf([BIG], [BIG]), { owner: 'R egress rule 1' })], 'Pass');
  expect(refusal([tierOf('a', [by, allow(FAR), allow(BIG)], 'Pass'), later], { perRule: 1, total: 100 })?.policy).toBe('Q');
});

test('a list that would become four times the rules of the pair is given up', () => {
  const passes = [MID, '10.2.0.0/16'].map((net) => item('pass', matchOf([net], [net]), { policy: 'Q', owner: 'Q egress rule 1' }));
  const rules = [1, 2, 3].map((at) => item('deny', matchOf([BIG], [`10.0.0.0/${8 + at}`])));
  const tiers = [tierOf('a', [...passes, ...rules], 'Pass')];
  const length = flatten(tiers).length;
  expect(length).toBeGreaterThan(4);
  // Rules that only what is passed out of the last tier cuts.
  const [cuts, out] = [
    [deny(), deny(), deny(), deny(), deny()],
    item('pass', matchOf([MID], [MID]), { policy: 'R', owner: 'R egress rule 1' }),
  ];
  expect(refusal([tierOf('a', [out, ...cuts])], { perRule: 100, total: 3 })?.policy).toBe('R');
  expect(refusal([tierOf('a', [out, ...cuts])], { perRule: 100, total: 5 })).toBeUndefined();
  const limits = (total: number): Limits => ({ perRule: 100, total });
  expect(refusal(tiers, limits(Math.ceil(length / 4)))).toBeUndefined();
  expect(refusal(tiers, limits(1))).toMatchObject({
    policy: 'Q',
    message: expect.stringMatching(/^Its pass rules would make more than 4 rules of \d+\.$/),
  });
});
