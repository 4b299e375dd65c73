/** One rule of Felix, read: what it matches in our words, and what of it has no meaning (reference/felix.md 2.1). */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { setOf } from '../../test/worlds/policies.ts';
import type { Service, SetKind } from '../rulebook/types.ts';
import { familiesOf, portRanges, protocolNumber, RuleReader, suits } from './felix-rule.ts';
import { type End, MatchAlgebra } from './match.ts';
import { SetRegistry } from './sets.ts';

const sets = new SetRegistry();
const reader = new RuleReader(sets, new MatchAlgebra(sets, 'pay'), 'pay');
const set = (id: string, kind: SetKind = 'addresses') => sets.felix('pay', id, kind, '');
const r = (first: number, last = first) => ({ first, last });
const ANY = { include: 'any', exclude: { sets: [], prefixes: [] }, endpoints: { include: [], exclude: [] } };
const WHOLE = r(0, 65535);
const ports = (protocol: number, destination: readonly object[], source: readonly object[] = [WHOLE]) => [
  { kind: 'ports', protocol, source, destination },
];
const protocol = (...numbers: object[]) => [{ kind: 'protocols', protocols: numbers }];
const icmp = (of: 1 | 58, ...types: (readonly [object, object])[]) => [
  { kind: 'icmp', protocol: of, types: types.map(([type, code]) => ({ type, code })) },
];
const CODES = r(0, 255);
const tcp = { protocol: { name: 'TCP' } };
const ping = { protocol: { name: 'icmp' } };

const matches = (rule: felix.IRule) => {
  const { variants, problems } = reader.read(rule);
  expect(problems).toEqual([]);
  return variants;
};
/** The only match. */
const match = (rule: felix.IRule) => {
  const [variant, ...others] = matches(rule);
  expect([variant?.label, others]).toEqual(['', []]);
  return variant?.match;
};

test('a rule that says nothing matches everything in both families', () => {
  expect(match({})).toEqual({ families: [4, 6], source: ANY, destination: ANY, services: 'any' });
});

test.each<[string, felix.IRule, 'any' | readonly object[]]>([
  ['a protocol', tcp, protocol(r(6))],
  ['a protocol by number', { protocol: { number: 47 } }, protocol(r(47))],
  ['the first protocol', { protocol: { number: 0 } }, protocol(r(0))],
  ['all but one', { notProtocol: { name: 'udp' } }, protocol(r(0, 16), r(18, 255))],
  ['one that is not another', { ...tcp, notProtocol: { name: 'udp' } }, protocol(r(6))],
  ['ports', { ...tcp, dstPorts: [r(80), r(443)] }, ports(6, [r(80), r(443)])],
  ['ports of both ends', { ...tcp, srcPorts: [r(1, 9)], dstPorts: [r(80)] }, ports(6, [r(80)], [r(1, 9)])],
  ['all but some ports', { ...tcp, notDstPorts: [r(80)], notSrcPorts: [r(0, 1023)] }, ports(6, [r(0, 79), r(81, 65535)], [r(1024, 65535)])],
  ['ports but for some of them', { ...tcp, dstPorts: [r(80, 90)], notDstPorts: [r(85)] }, ports(6, [r(80, 84), r(86, 90)])],
  ['every port', { ...tcp, dstPorts: [r(0, 65535)] }, protocol(r(6))],
  ['every port but the first', { ...tcp, dstPorts: [r(1, 65535)] }, ports(6, [r(1, 65535)])],
  ['every port but the last', { ...tcp, dstPorts: [r(0, 65534)] }, ports(6, [r(0, 65534)])],
  ['every port of one end', { ...tcp, srcPorts: [r(0, 65535)], dstPorts: [r(80)] }, ports(6, [r(80)])],
  ['SCTP', { protocol: { name: 'sctp' }, dstPorts: [r(80)] }, ports(132, [r(80)])],
  ['UDP-Lite', { protocol: { name: 'udplite' }, dstPorts: [r(80)] }, ports(136, [r(80)])],
  ['ICMP', ping, protocol(r(1))],
  ['an ICMP type', { ...ping, icmpType: 8 }, icmp(1, [r(8), CODES])],
  ['the first ICMP type', { ...ping, icmpType: 0 }, icmp(1, [r(0), CODES])],
  ['an ICMP type and code', { ...ping, icmpTypeCode: { type: 3, code: 1 } }, icmp(1, [r(3), r(1)])],
  ['a code that is not written is 0', { ...ping, icmpTypeCode: { type: 3 } }, icmp(1, [r(3), r(0)])],
  ['so is a type', { ...ping, icmpTypeCode: { code: 1 } }, icmp(1, [r(0), r(1)])],
  ['all but an ICMP type', { ...ping, notIcmpType: 8 }, icmp(1, [r(0, 7), CODES], [r(9, 255), CODES])],
  [
    'all but an ICMP type and code',
    { ...ping, notIcmpTypeCode: { type: 3, code: 1 } },
    icmp(1, [r(0, 2), CODES], [r(4, 255), CODES], [r(3), r(0)], [r(3), r(2, 255)]),
  ],
  ['all but the first of both', { ...ping, notIcmpTypeCode: {} }, icmp(1, [r(1, 255), CODES], [r(0), r(1, 255)])],
  ['a type but for one of its codes', { ...ping, icmpType: 3, notIcmpTypeCode: { type: 3, code: 255 } }, icmp(1, [r(3), r(0, 254)])],
  ['an ICMPv6 type', { protocol: { name: 'icmpv6' }, icmpType: 128 }, icmp(58, [r(128), CODES])],
])('services: %s', (_, rule, services) => {
  expect(match(rule)?.services).toEqual(services);
});

test.each<[string, felix.IRule]>([
  ['a protocol that is not itself', { ...tcp, notProtocol: { number: 6 } }],
  ['ports of which none is left', { ...tcp, dstPorts: [r(80)], notDstPorts: [r(1, 100)] }],
  ['source ports of which none is left', { ...tcp, srcPorts: [r(80)], notSrcPorts: [r(80)] }],
  ['an ICMP type that is excluded', { ...ping, icmpType: 8, notIcmpType: 8 }],
  ['nets that do not meet their set of the other family', { ipVersion: 6, srcNet: ['10.0.0.0/8'] }],
  ['a set that is excluded', { srcIpSetIds: ['a'], notSrcIpSetIds: ['a'] }],
  ['nets inside excluded ones', { dstNet: ['10.1.0.0/16'], notDstNet: ['10.0.0.0/8'] }],
  ['an ICMP rule of the wrong family', { ...ping, icmpType: 8, ipVersion: 6 }],
])('no packet at all: %s', (_, rule) => {
  expect(matches(rule)).toEqual([]);
});

const end = (more: Partial<End>) => ({ ...ANY, ...more });
test.each<[string, felix.IRule, object, object]>([
  [
    'nets, tidy',
    { srcNet: ['10.1.0.0/16', '10.0.0.0/8', '192.0.2.1'] },
    end({ include: { sets: [], prefixes: ['10.0.0.0/8', '192.0.2.1/32'] } }),
    ANY,
  ],
  ['a set', { dstIpSetIds: ['a'] }, ANY, end({ include: { sets: [set('a')], prefixes: [] } })],
  [
    'two sets at once',
    { dstIpSetIds: ['b', 'a'] },
    ANY,
    end({ include: { sets: [sets.and('pay', 'addresses', [set('a'), set('b')])], prefixes: [] } }),
  ],
  [
    'a set inside nets',
    { srcIpSetIds: ['a'], srcNet: ['10.0.0.0/8'] },
    end({ include: { sets: [sets.within('pay', set('a'), ['10.0.0.0/8'])], prefixes: [] } }),
    ANY,
  ],
  [
    'all but sets and nets',
    { notSrcIpSetIds: ['b', 'a', 'b'], notSrcNet: ['10.1.0.0/16', '10.0.0.0/8'], notDstNet: ['192.0.2.0/24'], notDstIpSetIds: ['c'] },
    end({ exclude: { sets: [set('a'), set('b')].sort(), prefixes: ['10.0.0.0/8'] } }),
    end({ exclude: { sets: [set('c')], prefixes: ['192.0.2.0/24'] } }),
  ],
  [
    'named ports alone',
    { srcNamedPortIpSetIds: [], notSrcNamedPortIpSetIds: ['n'], notDstNamedPortIpSetIds: ['n', 'm'] },
    end({ endpoints: { include: [], exclude: [set('n', 'endpoints')] } }),
    end({ endpoints: { include: [], exclude: [set('m', 'endpoints'), set('n', 'endpoints')].sort() } }),
  ],
  ['a service', { dstIpPortSetIds: ['s'] }, ANY, end({ endpoints: { include: [set('s', 'endpoints')], exclude: [] } })],
  [
    'two services at once',
    { dstIpPortSetIds: ['s', 't'] },
    ANY,
    end({ endpoints: { include: [sets.and('pay', 'endpoints', [set('s', 'endpoints'), set('t', 'endpoints')])], exclude: [] } }),
  ],
])('ends: %s', (_, rule, source, destination) => {
  expect(match(rule)).toMatchObject({ source, destination });
});

test('numeric and named ports are alternatives, each a match of its own', () => {
  const [n, m, s] = [set('n', 'endpoints'), set('m', 'endpoints'), set('s', 'endpoints')];
  const told = (rule: felix.IRule) =>
    matches(rule).map(({ label, match: { source, destination, services } }) => [
      label,
      source.endpoints.include,
      destination.endpoints.include,
      (services as readonly Service[]).map((one) => (one.kind === 'ports' ? one.destination : one.kind)),
    ]);
  expect(told({ ...tcp, dstNamedPortIpSetIds: ['n', 'm'] })).toEqual([['d', [], [m, n].sort(), ['protocols']]]);
  expect(told({ ...tcp, srcNamedPortIpSetIds: ['n'] })).toEqual([['s', [n], [], ['protocols']]]);
  expect(told({ ...tcp, dstPorts: [r(80)], dstNamedPortIpSetIds: ['n'] })).toEqual([
    ['', [], [], [[r(80)]]],
    ['d', [], [n], ['protocols']],
  ]);
  expect(told({ ...tcp, srcPorts: [r(53)], srcNamedPortIpSetIds: ['m'], dstPorts: [r(80)], dstNamedPortIpSetIds: ['n'] })).toEqual([
    ['', [], [], [[r(80)]]],
    ['d', [], [n], [[WHOLE]]],
    ['s', [m], [], [[r(80)]]],
    ['sd', [m], [n], ['protocols']],
  ]);
  // A service and named ports: in the service, and in one of them.
  expect(told({ ...tcp, dstIpPortSetIds: ['s'], dstNamedPortIpSetIds: ['n', 'm'] })).toEqual([
    ['d', [], [sets.and('pay', 'endpoints', [s, sets.or('pay', 'endpoints', [n, m])])], ['protocols']],
  ]);
});

test('the sets that a rule is made of, and what people are told about them', () => {
  const fresh = new SetRegistry();
  const { sets: used } = new RuleReader(fresh, new MatchAlgebra(fresh, 'pay'), 'pay').read({
    srcIpSetIds: ['a'],
    notSrcIpSetIds: ['b'],
    dstIpSetIds: ['c'],
    notDstIpSetIds: ['d'],
    srcNamedPortIpSetIds: ['e'],
    dstNamedPortIpSetIds: ['f'],
    notSrcNamedPortIpSetIds: ['g'],
    notDstNamedPortIpSetIds: ['h'],
    originalSrcSelector: "app == 'a'",
    originalNotSrcSelector: "app == 'b'",
    originalDstSelector: "app == 'c'",
    originalNotDstSelector: "app == 'd'",
  });
  expect(used.map(({ id, kind }) => [id, fresh.definition(fresh.felix('pay', id, kind, '')).text])).toEqual([
    ['a', "app == 'a'"],
    ['b', "app == 'b'"],
    ['c', "app == 'c'"],
    ['d', "app == 'd'"],
    ['e', "the named ports of app == 'a'"],
    ['f', "the named ports of app == 'c'"],
    ['g', "the named ports of app == 'a'"],
    ['h', "the named ports of app == 'c'"],
  ]);
  reader.read({ dstIpPortSetIds: ['api'], originalDstService: 'api', originalDstServiceNamespace: 'pay', dstNamedPortIpSetIds: ['i'] });
  expect(sets.definition(set('api', 'endpoints')).text).toBe('service pay/api');
  // Nothing written: the name that Felix gave it.
  reader.read({ dstNamedPortIpSetIds: ['j'] });
  expect(sets.definition(set('j', 'endpoints')).text).toBe('j');
});

test.each<[felix.IRule, string, string]>([
  [{ httpMatch: {} }, 'http', 'The rule matches HTTP methods or paths.'],
  [{ ipVersion: 5 as 4 }, 'ipVersion', 'IP version 5 is unknown.'],
  [{ protocol: { name: 'egp' } }, 'protocol', 'The protocol egp is unknown.'],
  [{ protocol: { number: 256 } }, 'protocol', 'The protocol 256 is unknown.'],
  [{ notProtocol: { name: 'e\ngp' } }, 'notProtocol', 'The protocol e?gp is unknown.'],
  [{ dstPorts: [r(80)] }, 'ports', 'The rule has ports, but no protocol that has them.'],
  [{ srcPorts: [r(80)], notProtocol: { name: 'udp' } }, 'ports', 'The rule has ports, but no protocol that has them.'],
  [{ notDstPorts: [r(80)], ...ping }, 'ports', 'The rule has ports, but no protocol that has them.'],
  [{ notSrcPorts: [r(80)], protocol: { number: 47 } }, 'ports', 'The rule has ports, but no protocol that has them.'],
  [{ icmpType: 0 }, 'icmp', 'The rule has an ICMP type, but its protocol is not ICMP or ICMPv6.'],
  [{ icmpTypeCode: {}, ...tcp }, 'icmp', 'The rule has an ICMP type, but its protocol is not ICMP or ICMPv6.'],
  [{ notIcmpType: 0, ...tcp }, 'icmp', 'The rule has an ICMP type, but its protocol is not ICMP or ICMPv6.'],
  [{ notIcmpTypeCode: {}, ...tcp }, 'icmp', 'The rule has an ICMP type, but its protocol is not ICMP or ICMPv6.'],
  [{ srcNet: ['10.0.0.0/33'] }, 'source.nets', '10.0.0.0/33 is no CIDR.'],
  [{ notSrcNet: ['x'] }, 'source.notNets', 'x is no CIDR.'],
  [{ dstNet: ['10.0.0.0/8', 'x\n'] }, 'destination.nets', 'x? is no CIDR.'],
  [{ notDstNet: ['::/129'] }, 'destination.notNets', '::/129 is no CIDR.'],
])('%j is refused: %s, %s', (rule, field, message) => {
  const code = field === 'http' ? 'CEXT_POLICY_HTTP_MATCH' : 'CEXT_POLICY_MATCH';
  expect(reader.read(rule)).toMatchObject({ variants: [], problems: [{ code, field, message }] });
});

test('a refused rule still tells which sets it names', () => {
  expect(reader.read({ httpMatch: {}, srcIpSetIds: ['a'] }).sets).toEqual([{ id: 'a', kind: 'addresses' }]);
});

test.each<[felix.IRule, readonly number[]]>([
  [{}, [4, 6]],
  [{ ipVersion: 4 }, [4]],
  [{ ipVersion: 6 }, [6]],
  [{ srcNet: ['10.0.0.0/8'] }, [4]],
  [{ srcNet: ['10.0.0.0/8', '::/0'] }, [4, 6]],
  [{ srcNet: ['10.0.0.0/8'], dstNet: ['::/0'] }, []],
  [{ notSrcNet: ['::/0'] }, [6]],
  [{ notDstNet: ['10.0.0.0/8'] }, [4]],
  [{ dstNet: [] }, [4, 6]],
  [{ protocol: { name: 'icmp' } }, [4, 6]],
  [{ protocol: { name: 'icmp' }, icmpType: 8 }, [4]],
  [{ protocol: { name: 'icmp' }, notIcmpType: 8 }, [4]],
  [{ protocol: { name: 'icmp' }, icmpTypeCode: {} }, [4]],
  [{ protocol: { name: 'icmp' }, notIcmpTypeCode: {} }, [4]],
  [{ protocol: { number: 58 }, icmpType: 128 }, [6]],
  [{ protocol: { name: 'icmpv6' } }, [4, 6]],
])('%j is there in families %j', (rule, families) => {
  expect(familiesOf(rule)).toEqual(families);
});

test.each<[felix.IProtocol | undefined, number | 'unknown' | undefined]>([
  [undefined, undefined],
  [{ number: 0 }, 0],
  [{ number: 255 }, 255],
  [{ number: 256 }, 'unknown'],
  [{ number: -1 }, 'unknown'],
  [{ name: 'SCTP' }, 132],
  [{ name: '0' }, 0],
  [{ name: '255' }, 255],
  [{ name: '256' }, 'unknown'],
  [{ name: '6x' }, 'unknown'],
  [{ name: 'x6' }, 'unknown'],
  [{ name: '1000' }, 'unknown'],
  [{}, 'unknown'],
])('protocol %j is %s', (asked, number) => {
  expect(protocolNumber(asked)).toBe(number);
});

test('ports stay between 0 and 65535, joined', () => {
  expect(portRanges([{ first: 80, last: 90 }, { first: 91, last: 70_000 }, { first: -5, last: 3 }, {}])).toEqual([r(0, 3), r(80, 65535)]);
  expect(portRanges(undefined)).toEqual([]);
});

test('a set of the wrong kind is as good as none', () => {
  expect(suits(setOf('a', []), 'addresses')).toBe(true);
  expect(suits(setOf('a', []), 'endpoints')).toBe(false);
  expect(suits(undefined, 'addresses')).toBe(false);
});
