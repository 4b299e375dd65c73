/** One rule and one packet: whether it matches, and why or why not in the words of who wrote it (reference/felix.md 2.1 to 2.3). */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { setOf } from '../../test/worlds/policies.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import { matchRule } from './evaluate-rule.ts';

const address = (text: string) => parseAddress(text) as NonNullable<ReturnType<typeof parseAddress>>;
const of = (source: string, destination: string, more: Partial<Packet>): Packet => ({
  family: address(source).family,
  direction: 'egress',
  source: address(source).value,
  destination: address(destination).value,
  protocol: 6,
  ...more,
});
const web = of('10.10.0.1', '203.0.113.1', { sourcePort: 40_000, destinationPort: 443 });
const web6 = of('fd00:10:10::1', '2001:db8::1', { sourcePort: 40_000, destinationPort: 443 });
const ping = of('10.10.0.1', '203.0.113.1', { protocol: 1, icmpType: 8, icmpCode: 0 });
const gre = of('10.10.0.1', '203.0.113.1', { protocol: 47 });
const at = (first: number, last = first) => ({ first, last });
const tcp = { protocol: { name: 'TCP' } };

const sets = new Map(
  [
    setOf('a', ['10.10.0.1/32', '203.0.113.0/31']),
    setOf('one', ['10.10.0.9/32']),
    setOf('empty', []),
    setOf('n', ['10.10.0.1,tcp:40000', '203.0.113.1,tcp:443', '203.0.113.1,udp:80', '2001:db8::1,tcp:443'], 'endpoints'),
  ].map((set) => [set.id, set]),
);
const judge = (rule: felix.IRule, packet: Packet = web) => {
  const { matched, why } = matchRule(rule, packet, sets);
  return `${matched ? 'yes' : 'no'}: ${why}`;
};

test.each<[felix.IRule, string]>([
  [{}, 'yes: the rule matches every packet'],
  [{ ipVersion: 0 }, 'yes: the rule matches every packet'],
  [{ ipVersion: 4 }, 'yes: the rule matches every packet'],
  [{ ipVersion: 6 }, 'no: the rule is for IPv6'],
  [{ httpMatch: { methods: ['GET'] } }, 'no: the rule matches HTTP, which a border cannot see'],
  // A list of nets without one of the family: the rule is not there in that family, a negated list too.
  [{ srcNet: [] }, 'yes: the rule matches every packet'],
  [{ srcNet: ['fd00::/8', '::/0'] }, 'no: fd00::/8, ::/0 has no net of IPv4, so the rule does not exist there'],
  [{ dstNet: ['::/0'] }, 'no: ::/0 has no net of IPv4, so the rule does not exist there'],
  [{ notSrcNet: ['::/0'] }, 'no: ::/0 has no net of IPv4, so the rule does not exist there'],
  [{ notDstNet: ['::/0'] }, 'no: ::/0 has no net of IPv4, so the rule does not exist there'],
  [tcp, 'yes: tcp'],
  [{ protocol: { number: 6 } }, 'yes: tcp'],
  [{ protocol: { name: '6' } }, 'yes: tcp'],
  [{ protocol: { name: 'UDP' } }, 'no: the packet is tcp, the rule is for udp'],
  [{ protocol: { number: 47 } }, 'no: the packet is tcp, the rule is for protocol 47'],
  [{ protocol: { name: '7' } }, 'no: the packet is tcp, the rule is for 7'],
  [{ notProtocol: { name: 'TCP' } }, 'no: the rule is for all but tcp'],
  [{ notProtocol: { name: 'udp' } }, 'yes: not udp'],
  [{ srcNet: ['10.10.0.0/24'] }, 'yes: source 10.10.0.1 is in 10.10.0.0/24'],
  [{ srcNet: ['10.20.0.0/24', '10.30.0.0/24'] }, 'no: source 10.10.0.1 is in none of 10.20.0.0/24, 10.30.0.0/24'],
  [{ dstNet: ['203.0.113.1/32', '192.0.2.0/24'] }, 'yes: destination 203.0.113.1 is in 203.0.113.1/32, 192.0.2.0/24'],
  [{ notSrcNet: ['10.0.0.0/8'] }, 'no: source 10.10.0.1 is in the excluded 10.0.0.0/8'],
  [{ notSrcNet: ['10.20.0.0/16'] }, 'yes: source 10.10.0.1 is not in the excluded 10.20.0.0/16'],
  [{ notDstNet: ['192.0.2.0/24', '203.0.113.0/24'] }, 'no: destination 203.0.113.1 is in the excluded 192.0.2.0/24, 203.0.113.0/24'],
  // Every set of a list must hold the address.
  [{ srcIpSetIds: ['a'], originalSrcSelector: "app == 'a'" }, "yes: source 10.10.0.1 is in app == 'a' (2 members)"],
  [{ srcIpSetIds: ['a', 'one'] }, 'no: source 10.10.0.1 is not in one (1 member)'],
  [{ dstIpSetIds: ['empty'], originalDstSelector: "app == 'b'" }, "no: destination 203.0.113.1 is not in app == 'b' (nobody at present)"],
  [{ dstIpSetIds: ['lost'] }, 'no: destination 203.0.113.1 is not in lost (not known: Felix has not sent it)'],
  [
    { notSrcIpSetIds: ['one', 'a'], originalNotSrcSelector: "app == 'a'" },
    "no: source 10.10.0.1 is in the excluded app == 'a' (2 members)",
  ],
  [{ notDstIpSetIds: ['one'] }, 'yes: destination 203.0.113.1 is not in the excluded one (1 member)'],
  [{ notDstIpSetIds: ['a'] }, 'no: destination 203.0.113.1 is in the excluded a (2 members)'],
  // Numeric ports and named ones are alternatives.
  [{ ...tcp, dstPorts: [at(80), at(440, 443)] }, 'yes: tcp; destination port 443 is in 80, 440-443'],
  [{ ...tcp, dstPorts: [at(443, 450)] }, 'yes: tcp; destination port 443 is in 443-450'],
  [{ ...tcp, dstPorts: [at(80), at(444, 500)] }, 'no: destination port 443 is not 80, 444-500'],
  [{ ...tcp, dstPorts: [{ last: 10 }] }, 'no: destination port 443 is not 0-10'],
  [{ ...tcp, srcPorts: [at(40_000)] }, 'yes: tcp; source port 40000 is in 40000'],
  [{ dstNamedPortIpSetIds: ['n'] }, 'yes: destination port 443 is in the named port of any pod (4 members)'],
  [
    { srcNamedPortIpSetIds: ['n'], originalSrcSelector: "app == 'a'" },
    "yes: source port 40000 is in the named port of app == 'a' (4 members)",
  ],
  [{ dstPorts: [at(80)], dstNamedPortIpSetIds: ['n'] }, 'yes: destination port 443 is in the named port of any pod (4 members)'],
  [{ dstPorts: [at(443)], dstNamedPortIpSetIds: ['lost'] }, 'yes: destination port 443 is in 443'],
  [
    { dstPorts: [at(80)], dstNamedPortIpSetIds: ['lost'] },
    'no: destination port 443 is not 80 or the named port of any pod (not known: Felix has not sent it)',
  ],
  [{ notDstPorts: [at(80), at(443)] }, 'no: destination port 443 is in the excluded 80, 443'],
  [{ notDstPorts: [at(80), at(444, 500), at(1, 442)] }, 'yes: destination port 443 is not in the excluded 80, 444-500, 1-442'],
  [{ notSrcPorts: [at(40_000)] }, 'no: source port 40000 is in the excluded 40000'],
  [{ notDstNamedPortIpSetIds: ['lost', 'n'] }, 'no: destination port 443 is in the excluded the named port of any pod (4 members)'],
  [{ notSrcNamedPortIpSetIds: ['n'] }, 'no: source port 40000 is in the excluded the named port of any pod (4 members)'],
  [{ notSrcNamedPortIpSetIds: ['lost'] }, 'yes: the rule matches every packet'],
  [
    { dstIpPortSetIds: ['n'], originalDstService: 'api', originalDstServiceNamespace: 'pay' },
    'yes: destination 203.0.113.1 port 443 is in service pay/api (4 members)',
  ],
  [{ dstIpPortSetIds: ['n', 'empty'] }, 'no: destination 203.0.113.1 port 443 is not in empty (nobody at present)'],
  [
    { ...tcp, srcNet: ['10.10.0.0/24'], srcIpSetIds: ['a'], dstPorts: [at(443)] },
    'yes: tcp; source 10.10.0.1 is in 10.10.0.0/24; source 10.10.0.1 is in a (2 members); destination port 443 is in 443',
  ],
])('%j and a web packet: %s', (rule, answer) => {
  expect(judge(rule)).toBe(answer);
});

test.each<[felix.IRule, string]>([
  [{ icmpType: 8 }, 'yes: type 8'],
  [{ icmpType: 0 }, "no: the packet's ICMP type is 8, the rule is for 0"],
  [{ icmpTypeCode: { type: 8, code: 0 } }, 'yes: type 8 code 0'],
  [{ icmpTypeCode: { type: 8 } }, 'yes: type 8 code 0'],
  [{ icmpTypeCode: { code: 0 } }, "no: the packet's ICMP type and code are 8/0, the rule is for 0/0"],
  [{ icmpTypeCode: { type: 8, code: 1 } }, "no: the packet's ICMP type and code are 8/0, the rule is for 8/1"],
  [{ notIcmpType: 8 }, 'no: the rule is for all ICMP types but 8'],
  [{ notIcmpType: 0 }, 'yes: the rule matches every packet'],
  [{ notIcmpTypeCode: { type: 8, code: 0 } }, 'no: the rule is for all of ICMP but type and code 8/0'],
  [{ notIcmpTypeCode: { type: 8 } }, 'no: the rule is for all of ICMP but type and code 8/0'],
  // Excluded only where both are equal.
  [{ notIcmpTypeCode: { type: 8, code: 1 } }, 'yes: the rule matches every packet'],
  [{ notIcmpTypeCode: { type: 3, code: 0 } }, 'yes: the rule matches every packet'],
  [{ notIcmpTypeCode: { code: 0 } }, 'yes: the rule matches every packet'],
])('%j and a ping: %s', (rule, answer) => {
  expect(judge(rule, ping)).toBe(answer);
});

test('what a packet does not have, no port, type or endpoint matches, and none excludes', () => {
  expect(judge({ dstPorts: [at(0, 65535)] }, gre)).toBe('no: destination port none is not 0-65535');
  expect(judge({ notDstPorts: [at(0, 65535)] }, gre)).toBe('yes: destination port none is not in the excluded 0-65535');
  expect(judge({ dstNamedPortIpSetIds: ['n'] }, gre)).toBe('no: destination port none is not the named port of any pod (4 members)');
  expect(judge({ dstIpPortSetIds: ['n'] }, gre)).toBe('no: destination 203.0.113.1 port none is not in n (4 members)');
  expect(judge({ icmpType: 0 }, gre)).toBe("no: the packet's ICMP type is none, the rule is for 0");
  expect(judge({ icmpTypeCode: {} }, gre)).toBe("no: the packet's ICMP type and code are none/none, the rule is for 0/0");
  expect(judge({ notIcmpTypeCode: {} }, gre)).toBe('yes: the rule matches every packet');
  // A named port is of one protocol.
  expect(judge({ dstNamedPortIpSetIds: ['n'] }, { ...web, protocol: 17 })).toMatch('no: destination port 443 is not');
  expect(judge({ dstNamedPortIpSetIds: ['n'] }, { ...web, protocol: 17, destinationPort: 80 })).toMatch('yes: destination port 80 is in');
});

test('in IPv6 as in IPv4', () => {
  expect(judge({ srcNet: ['fd00:10::/32', '0.0.0.0/0'] }, web6)).toBe('yes: source fd00:10:10::1 is in fd00:10::/32, 0.0.0.0/0');
  expect(judge({ dstNamedPortIpSetIds: ['n'] }, web6)).toMatch('yes');
  expect(judge({ protocol: { name: 'ICMPv6' }, icmpType: 128 }, { ...web6, protocol: 58, icmpType: 128, icmpCode: 0 })).toBe(
    'yes: icmpv6; type 128',
  );
});

test('a net that is none is an error of ours: policies with such nets are refused before', () => {
  expect(() => judge({ dstNet: ['203.0.113.0/33'] })).toThrow('not an address prefix: 203.0.113.0/33');
});

test.each([
  ['10.10.3.7', true],
  ['10.10.4.0', false],
  ['10.20.0.5', true],
  ['10.20.0.6', false],
])('a set of many prefixes is asked as a set of few is: %s', (source, is) => {
  const nets = Array.from({ length: 100 }, (_, index) => `172.16.${index}.0/24`);
  const rule = { srcIpSetIds: ['x'] };
  const from = { ...web, source: address(source).value };
  for (const members of [
    ['10.10.0.0/22', '10.20.0.5/32'],
    ['10.10.0.0/22', '10.20.0.5/32', ...nets],
  ])
    expect(matchRule(rule, from, new Map([['x', setOf('x', members)]])).matched).toBe(is);
  for (const members of [['0.0.0.0/0'], ['0.0.0.0/0', ...nets]])
    expect(matchRule(rule, from, new Map([['x', setOf('x', members)]])).matched).toBe(true);
  for (const members of [
    ['::/0', 'fd00::/16'],
    ['::/0', ...nets],
  ])
    expect(matchRule(rule, from, new Map([['x', setOf('x', members)]])).matched).toBe(false);
});
