import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyPacket, anyWorld, BORDER, inputOf, policyOf, tierOf, viewOf } from '../../test/worlds/policies.ts';
import { parseAddress, parseRange } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import type { Book } from '../rulebook/algebra.ts';
import type { FilterRule, Translation } from '../rulebook/types.ts';
import { Compiler } from './compile.ts';
import { explainPacket } from './explain.ts';
import { DerivedMembers, setFinder } from './members.ts';

const address = (text: string): bigint => (parseAddress(text) as { value: bigint }).value;
const packet = (destinationPort: number): Packet => ({
  family: 4,
  direction: 'egress',
  source: address('10.10.0.1'),
  destination: address('203.0.113.1'),
  protocol: 6,
  sourcePort: 40_000,
  destinationPort,
});

function worldOf(view: ReturnType<typeof viewOf>, defaultDeny = true) {
  const input = inputOf(view, { pair: { defaultDeny } });
  const { rulebook, conditions } = new Compiler().compile(input);
  const members = new DerivedMembers(setFinder(input.clusters));
  members.use(rulebook);
  const [cluster] = input.clusters;
  if (!cluster) throw new Error('no cluster');
  const book: Book = { rulebook, members };
  return {
    book,
    conditions,
    evaluation: { view, hostEndpoint: 'edge', border: BORDER, podCidrs: cluster.settings.podCidrs, pair: cluster.pair },
  };
}

const tcp = { protocol: { name: 'tcp' } };
const first = policyOf('first', { outbound: [{ action: 'next-tier', ...tcp, dstPorts: [{ first: 443, last: 443 }] }] });
const second = policyOf(
  'second',
  { outbound: [{ action: 'allow', metadata: { annotations: { 'cextfire.io/snat': '198.51.100.7', 'cextfire.io/log': 'true' } } }] },
  { tier: 'second' },
);
const view = viewOf({ policies: [first, second], forwardTiers: [tierOf('border', [first]), tierOf('second', [second])] });

test('the way of a packet, tier by tier and rule by rule, its translation, and the compiled rule', () => {
  const { evaluation, book } = worldOf(view);
  const { policies, compiled, standing } = explainPacket(evaluation, packet(443), book);
  expect(policies).toMatchObject({
    verdict: 'allow',
    logged: true,
    translation: { kind: 'address', address: '198.51.100.7' },
    decidedBy: { policy: second.key, index: 0 },
    way: [
      {
        tier: 'border',
        outcome: 'pass',
        policies: [{ outcome: 'pass', rules: [{ matched: true, why: 'tcp; destination port 443 is in 443' }] }],
      },
      {
        tier: 'second',
        outcome: 'allow',
        policies: [{ outcome: 'allow', rules: [{ matched: true, why: 'the rule matches every packet' }] }],
      },
    ],
  });
  const rule = book.rulebook.rules.find(({ origin, direction }) => direction === 'egress' && origin.policy?.name === 'second');
  expect(compiled).toMatchObject({ stage: 'forward', decision: { kind: 'allow', rule: { id: rule?.id }, logged: true }, differences: [] });
  expect(standing).toBeUndefined();
});

test('a drop at the end of a tier, and a packet of nobody', () => {
  const { evaluation, book } = worldOf(view);
  const dropped = explainPacket(evaluation, packet(80), book);
  expect(dropped.policies).toMatchObject({ verdict: 'deny', decidedBy: { tier: 'border' } });
  expect(dropped.policies.way[0]?.policies[0]?.rules[0]?.why).toBe('destination port 80 is not 443');
  expect(dropped.compiled).toMatchObject({ decision: { kind: 'deny' }, differences: [] });
  const stranger = explainPacket(evaluation, { ...packet(80), source: address('10.20.0.1') }, book);
  expect(stranger.policies).toMatchObject({ verdict: 'unmatched', outOfScope: 'the source lies outside the pod CIDRs of the cluster' });
  expect(stranger.compiled).toMatchObject({ decision: { kind: 'unmatched' }, differences: [] });
});

test.each([
  [{ action: 'deny' }, ['verdict']],
  [{ log: false }, ['log']],
  [{ translation: { kind: 'none' } }, ['translation']],
  [{ border: 'another' }, ['verdict', 'log']],
])('a rulebook that means something else, %j, is told with in what', (change, differences) => {
  const { evaluation, book } = worldOf(view);
  const rules = book.rulebook.rules.map((rule) => ({ ...rule, ...change }) as FilterRule);
  const { compiled, standing } = explainPacket(evaluation, packet(443), book, { ...book, rulebook: { ...book.rulebook, rules } });
  expect(compiled?.differences).toEqual([]);
  expect(standing?.differences).toEqual(differences);
});

const four = (text: string) => parseRange(text) as NonNullable<ReturnType<typeof parseRange>>;
const [own, other, six] = [four('198.51.100.0-198.51.100.15'), four('198.51.100.0-198.51.100.14'), four('2001:db8::1-2001:db8::9')];
test.each<[string | undefined, Translation, boolean]>([
  [undefined, { kind: 'absent' }, true],
  [undefined, { kind: 'none' }, false],
  ['none', { kind: 'none' }, true],
  ['none', { kind: 'absent' }, false],
  ['198.51.100.7', { kind: 'address', address: '198.51.100.7' }, true],
  ['198.51.100.7', { kind: 'address', address: '198.51.100.8' }, false],
  ['198.51.100.7', { kind: 'none' }, false],
  ['198.51.100.0-198.51.100.15', { kind: 'range', range: own }, true],
  ['198.51.100.0-198.51.100.15', { kind: 'range', range: other }, false],
  ['p', { kind: 'pool', pool: 'p', ranges: [own] }, true],
  // What a pool holds of the other family does not concern this packet.
  ['p', { kind: 'pool', pool: 'p', ranges: [own, six] }, true],
  ['p', { kind: 'pool', pool: 'p', ranges: [other] }, false],
  ['p', { kind: 'pool', pool: 'p', ranges: [] }, false],
  ['p', { kind: 'pool', pool: 'q', ranges: [own] }, false],
])('the translation "%s" held against one on a device (%#)', (wish, translation, is) => {
  const annotations: Record<string, string> = wish === undefined ? {} : { 'cextfire.io/snat': wish };
  const { evaluation, book } = worldOf(
    viewOf({ policies: [policyOf('p', { outbound: [{ action: 'allow', metadata: { annotations } }] })] }),
  );
  const rules = book.rulebook.rules.map((rule) => ({ ...rule, translation }));
  const { compiled, standing } = explainPacket(evaluation, packet(443), book, { ...book, rulebook: { ...book.rulebook, rules } });
  expect([compiled?.differences, standing?.differences]).toEqual([[], is ? [] : ['translation']]);
});

test('policies and rulebook agree on every packet of worlds drawn at random', () => {
  fc.assert(
    fc.property(anyWorld, fc.array(anyPacket, { minLength: 20, maxLength: 20 }), ({ view: drawn, defaultDeny }, packets) => {
      const { evaluation, book, conditions } = worldOf(drawn, defaultDeny);
      if (conditions.some(({ severity }) => severity === 'error')) return;
      for (const one of packets) expect([one, explainPacket(evaluation, one, book).compiled?.differences]).toEqual([one, []]);
    }),
    { numRuns: 100, endOnFailure: true, interruptAfterTimeLimit: 5_000 },
  );
});
