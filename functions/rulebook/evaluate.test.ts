import { expect, test } from '@jest/globals';
import { nets, rule as plainRule, sets } from '../../test/worlds/rule.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import type { Book } from './algebra.ts';
import { evaluate, evaluatorOf, passageOf } from './evaluate.ts';
import { type FilterRule, NO_UNION } from './types.ts';

const members: Record<string, string[]> = {
  pods: ['10.0.0.1/32', '10.0.1.0/24', 'fd00::1/128', 'fd00:1::/64'],
  none: [],
  wide: ['10.0.1.128/25', '10.0.0.0/16'],
  web: ['10.0.0.1,tcp:80', 'fd00::1,udp:53'],
};
const rule = (change: Partial<FilterRule>): FilterRule => plainRule('r', change);
const book = (...rules: FilterRule[]): Book => ({
  rulebook: { rules, sets: new Map() },
  members: {
    members: (set) => {
      const list = members[set] ?? [];
      return { size: list.length, has: (member) => list.includes(member), [Symbol.iterator]: () => list[Symbol.iterator]() };
    },
    digest: () => '',
  },
});
function tcp(source: string, destination: string, port = 443, sourcePort = 40000): Packet {
  const from = parseAddress(source);
  const to = parseAddress(destination);
  if (!from || !to) throw new Error('address');
  return {
    family: from.family,
    direction: 'egress',
    source: from.value,
    destination: to.value,
    protocol: 6,
    sourcePort,
    destinationPort: port,
  };
}
const verdict = (rules: FilterRule[], packet: Packet) => evaluate(book(...rules), 'edge', 'forward', packet).kind;

test('the first rule that matches decides, log rules only mark', () => {
  const allow = rule({});
  const decision = evaluate(book(rule({ action: 'log' }), allow, rule({ action: 'deny' })), 'edge', 'forward', tcp('10.0.0.1', '1.1.1.1'));
  expect(decision).toEqual({ kind: 'allow', rule: allow, logged: true });
  expect(evaluate(book(rule({ action: 'log' })), 'edge', 'forward', tcp('10.0.0.1', '1.1.1.1'))).toEqual({
    kind: 'unmatched',
    logged: true,
  });
  expect(evaluate(book(rule({ action: 'deny', log: true })), 'edge', 'forward', tcp('1.1.1.1', '1.1.1.2'))).toMatchObject({
    kind: 'deny',
    logged: true,
  });
  expect(evaluate(book(allow), 'edge', 'forward', tcp('10.0.0.1', '1.1.1.1')).kind === 'allow').toBe(true);
});

test('a chain is border, stage and direction', () => {
  for (const other of [{ border: 'other' }, { stage: 'preDnat' }, { direction: 'ingress' }] as const)
    expect(verdict([rule(other)], tcp('10.0.0.1', '1.1.1.1'))).toBe('unmatched');
});

test.each([
  ['10.0.0.1', 'allow'],
  ['10.0.0.2', 'unmatched'],
  ['10.0.1.0', 'allow'],
  ['10.0.1.255', 'allow'],
  ['10.0.2.0', 'unmatched'],
  ['fd00::1', 'allow'],
  ['fd00:1::ffff', 'allow'],
  ['fd00:2::', 'unmatched'],
])('a set holds hosts and prefixes of both families: %s is %s', (source, expected) => {
  const destination = source.includes(':') ? '2001:db8::1' : '203.0.113.5';
  expect(verdict([rule({ source: sets('pods') })], tcp(source, destination))).toBe(expected);
});

test('members that overlap count once and an empty set matches nothing', () => {
  expect(verdict([rule({ source: sets('wide') })], tcp('10.0.1.200', '1.1.1.1'))).toBe('allow');
  expect(verdict([rule({ source: sets('none') })], tcp('10.0.1.200', '1.1.1.1'))).toBe('unmatched');
  expect(verdict([rule({ source: { include: NO_UNION, exclude: NO_UNION } })], tcp('10.0.1.200', '1.1.1.1'))).toBe('unmatched');
});

test('a rule does not exist in a family it does not list', () => {
  expect(verdict([rule({ families: [6] })], tcp('10.0.0.1', '1.1.1.1'))).toBe('unmatched');
  expect(verdict([rule({ families: [6] })], tcp('fd00::1', 'fd00::2'))).toBe('allow');
});

test('exclude takes out sets and prefixes, on both sides', () => {
  const source = { include: { sets: ['pods'], prefixes: ['10.9.0.0/16'] }, exclude: { sets: ['none'], prefixes: ['10.0.1.0/25'] } };
  expect(verdict([rule({ source })], tcp('10.9.1.1', '1.1.1.1'))).toBe('allow');
  expect(verdict([rule({ source })], tcp('10.0.1.127', '1.1.1.1'))).toBe('unmatched');
  expect(verdict([rule({ source })], tcp('10.0.1.128', '1.1.1.1'))).toBe('allow');
  const destination = { include: 'any' as const, exclude: { sets: ['pods'], prefixes: [] } };
  expect(verdict([rule({ destination })], tcp('1.1.1.1', '10.0.1.7'))).toBe('unmatched');
  expect(verdict([rule({ destination })], tcp('1.1.1.1', '10.0.2.7'))).toBe('allow');
});

test('endpoint sets hold (address, protocol, port) of their own end', () => {
  const destinationEndpoints = { include: ['web'], exclude: [] };
  expect(verdict([rule({ destinationEndpoints })], tcp('1.1.1.1', '10.0.0.1', 80))).toBe('allow');
  expect(verdict([rule({ destinationEndpoints })], tcp('1.1.1.1', '10.0.0.1', 81))).toBe('unmatched');
  expect(verdict([rule({ destinationEndpoints })], tcp('1.1.1.1', '10.0.0.2', 80))).toBe('unmatched');
  expect(verdict([rule({ destinationEndpoints })], { ...tcp('1.1.1.1', '10.0.0.1', 80), protocol: 17 })).toBe('unmatched');
  const sourceEndpoints = { include: [], exclude: ['web'] };
  expect(verdict([rule({ sourceEndpoints })], tcp('10.0.0.1', '1.1.1.1', 443, 80))).toBe('unmatched');
  expect(verdict([rule({ sourceEndpoints })], tcp('10.0.0.1', '1.1.1.1', 80, 443))).toBe('allow');
  const ping: Packet = { family: 4, direction: 'egress', source: 1n, destination: 2n, protocol: 1, icmpType: 8, icmpCode: 0 };
  expect(verdict([rule({ destinationEndpoints })], ping)).toBe('unmatched');
  expect(verdict([rule({ sourceEndpoints })], ping)).toBe('allow');
});

test('services: protocols, ports, types and codes, at their bounds', () => {
  const ports = rule({
    services: [{ kind: 'ports', protocol: 6, source: [{ first: 1024, last: 65535 }], destination: [{ first: 80, last: 81 }] }],
  });
  for (const [port, sourcePort, expected] of [
    [79, 40000, 'unmatched'],
    [80, 1024, 'allow'],
    [81, 65535, 'allow'],
    [82, 40000, 'unmatched'],
    [80, 1023, 'unmatched'],
  ] as const)
    expect(verdict([ports], tcp('10.0.0.1', '1.1.1.1', port, sourcePort))).toBe(expected);
  const icmp = rule({ services: [{ kind: 'icmp', protocol: 1, types: [{ type: { first: 8, last: 8 }, code: { first: 0, last: 1 } }] }] });
  const ping = (icmpType: number, icmpCode: number, protocol = 1): Packet => ({
    family: 4,
    direction: 'egress',
    source: 1n,
    destination: 2n,
    protocol,
    icmpType,
    icmpCode,
  });
  expect(verdict([icmp], ping(8, 0))).toBe('allow');
  expect(verdict([icmp], ping(8, 1))).toBe('allow');
  expect(verdict([icmp], ping(8, 2))).toBe('unmatched');
  expect(verdict([icmp], ping(0, 0))).toBe('unmatched');
  expect(verdict([icmp], ping(8, 0, 58))).toBe('unmatched');
  const protocols = rule({ services: [{ kind: 'protocols', protocols: [{ first: 0, last: 5 }] }] });
  expect(verdict([protocols], ping(8, 0))).toBe('allow');
  expect(verdict([protocols], tcp('1.1.1.1', '1.1.1.2'))).toBe('unmatched');
  expect(verdict([rule({ services: [] })], tcp('1.1.1.1', '1.1.1.2'))).toBe('unmatched');
});

test('a packet without its ports or type is refused, not half matched', () => {
  const bare: Packet = { family: 4, direction: 'egress', source: 1n, destination: 2n, protocol: 6 };
  expect(() => verdict([rule({})], bare)).toThrow(/needs its ports/);
  expect(() => verdict([rule({})], { ...bare, protocol: 58 })).toThrow(/needs its type/);
  expect(verdict([rule({})], { ...bare, protocol: 47 })).toBe('allow');
});

test('both stages: a pre-DNAT deny ends it; an allow is the last word of its cluster, while the rules of others are still asked', () => {
  const from = (cluster: string) => ({ origin: { cluster, tier: 't', annotations: {} } });
  const packet: Packet = { ...tcp('203.0.113.1', '198.18.0.1'), direction: 'ingress' };
  const behind: Packet = { ...packet, destination: 0x0a000001n };
  const decide = (...rules: FilterRule[]) => {
    const { stage, decision } = passageOf(evaluatorOf(book(...rules)))('edge', packet, behind);
    return `${stage} ${decision.kind}${decision.logged ? ' logged' : ''}`;
  };
  const before = (change: Partial<FilterRule>) =>
    rule({ stage: 'preDnat', direction: 'ingress', destination: nets('198.18.0.1/32'), ...change });
  const after = (change: Partial<FilterRule>) => rule({ direction: 'ingress', destination: nets('10.0.0.0/8'), ...change });
  const closed = after({ action: 'deny', log: true });
  expect(decide(before({ action: 'deny' }), after({}))).toBe('preDnat deny');
  expect(decide(before({ log: true }), closed)).toBe('preDnat allow logged');
  expect(decide(before({ source: nets('192.0.2.0/24') }), closed)).toBe('forward deny logged');
  expect(decide(before(from('other')), closed)).toBe('forward deny logged');
  expect(decide(before({ ...from('other'), log: true }), after({}))).toBe('forward allow logged');
  expect(decide(before(from('other')), after({ ...from('other'), action: 'deny' }))).toBe('preDnat allow');
  expect(decide(before({ action: 'log' }))).toBe('forward unmatched logged');
});
