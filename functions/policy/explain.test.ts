import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyPacket, anyWorld, BORDER, inputOf, policyOf, tierOf, viewOf } from '../../test/worlds/policies.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import type { Book } from '../rulebook/algebra.ts';
import { Compiler } from './compile.ts';
import { explainPacket, explanationText } from './explain.ts';
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
  const explained = explainPacket(evaluation, packet(443), book);
  expect(explained.agree).toBe(true);
  const rule = book.rulebook.rules.find(({ origin, direction }) => direction === 'egress' && origin.policy?.name === 'second');
  expect(explanationText(explained).split('\n')).toEqual([
    'tcp 10.10.0.1:40000 -> 203.0.113.1:443, egress',
    'tier border (forward): pass',
    '  GlobalNetworkPolicy//first: pass',
    '    egress rule 1 next-tier: MATCHES, it matches every such packet',
    'tier second (forward): allow',
    '  GlobalNetworkPolicy//second: allow',
    '    egress rule 1 allow: MATCHES, it matches every such packet',
    'policies: allow, leaves as 198.51.100.7, logged',
    `rulebook: allow, rule ${rule?.id} (forward)`,
  ]);
});

test('a drop at the end of a tier, a packet of nobody, and no rulebook at hand', () => {
  const { evaluation, book } = worldOf(view);
  expect(
    explanationText(explainPacket(evaluation, packet(80), book))
      .split('\n')
      .slice(1),
  ).toEqual([
    'tier border (forward): end: drop',
    '  GlobalNetworkPolicy//first: no match',
    '    egress rule 1 next-tier: no, destination port 80 is none of those of the rule',
    'policies: deny',
    expect.stringMatching(/^rulebook: deny, rule [a-z0-9]+ \(forward\)$/),
  ]);
  const stranger = { ...packet(80), source: address('10.20.0.1') };
  expect(
    explanationText(explainPacket(evaluation, stranger, book))
      .split('\n')
      .slice(1),
  ).toEqual([
    'not asked: the source lies outside the pod CIDRs of the cluster',
    'policies: unmatched',
    'rulebook: unmatched, no rule of ours matches',
  ]);
  expect(explainPacket(evaluation, packet(80)).compiled).toBeUndefined();
});

test('a rulebook that means something else is told', () => {
  const { evaluation, book } = worldOf(view);
  const bent = (change: object): Book => ({
    ...book,
    rulebook: { ...book.rulebook, rules: book.rulebook.rules.map((rule) => ({ ...rule, ...change })) },
  });
  for (const change of [{ action: 'deny' }, { log: false }, { translation: { kind: 'none' } }, { border: 'another' }]) {
    const explained = explainPacket(evaluation, packet(443), bent(change));
    expect([change, explained.agree]).toEqual([change, false]);
    expect(explanationText(explained)).toContain('THIS DIFFERS from the policies');
  }
});

test('policies and rulebook agree on every packet of worlds drawn at random', () => {
  fc.assert(
    fc.property(anyWorld, fc.array(anyPacket, { minLength: 20, maxLength: 20 }), ({ view: drawn, defaultDeny }, packets) => {
      const { evaluation, book, conditions } = worldOf(drawn, defaultDeny);
      if (conditions.some(({ severity }) => severity === 'error')) return;
      for (const one of packets) expect([one, explainPacket(evaluation, one, book).agree]).toEqual([one, true]);
    }),
    { numRuns: 100, endOnFailure: true, interruptAfterTimeLimit: 5_000 },
  );
});
