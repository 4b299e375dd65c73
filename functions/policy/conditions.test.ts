/** Who leaves the cluster with another address than the border expects: what the user is told, and when it is looked at again. */
import { expect, test } from '@jest/globals';
import { setOf, viewOf } from '../../test/worlds/policies.ts';
import type { FelixSet, Pool } from '../cluster/view.ts';
import { felixSetsIn, MemberWatch } from './conditions.ts';

const CIDRS = ['10.10.0.0/24', '10.12.0.0/24', 'fd00:10::/64'];
const pool = (cidr: string, masquerade: boolean): readonly [string, Pool] => [cidr, { cidr, masquerade }];
const texts = new Map([['a', "app == 'a'"]]);
const viewWith = (sets: readonly FelixSet[], pools: readonly (readonly [string, Pool])[] = []) =>
  viewOf({ policies: [], sets, pools: new Map(pools) });
const told = (members: readonly string[], pools: readonly (readonly [string, Pool])[] = [], kind?: FelixSet['kind']) =>
  new MemberWatch().conditions(viewWith([setOf('a', members, kind)], pools), CIDRS, texts, 'edge');
const found = (...call: Parameters<typeof told>) =>
  told(...call).map(({ code, message }) => [
    code === 'CEXT_POLICY_MASQUERADED' ? 'masqueraded' : 'outside',
    /such as (\S+) are/.exec(message)?.[1],
  ]);

test('both conditions name the set in the words of its selector, a member, and what to do', () => {
  expect(told(['10.20.0.1/32'], [pool('10.20.0.0/16', true)])).toEqual([
    {
      code: 'CEXT_POLICY_MASQUERADED',
      severity: 'warning',
      subject: { cluster: 'pay', firewall: 'edge', field: "app == 'a'" },
      message:
        "app == 'a': members such as 10.20.0.1/32 are in an IP pool that masquerades. Set natOutgoing: false on the IP pool, so that the border sees the addresses of pods.",
    },
    {
      code: 'CEXT_POLICY_OUTSIDE_POD_CIDRS',
      severity: 'info',
      subject: { cluster: 'pay', firewall: 'edge', field: "app == 'a'" },
      message:
        "app == 'a': members such as 10.20.0.1/32 are outside the pod CIDRs (10.10.0.0/24, 10.12.0.0/24, fd00:10::/64). Add the CIDR to the cluster in the settings if it is the cluster’s own.",
    },
  ]);
});

test.each<[string, readonly string[], readonly (readonly [string, Pool])[], readonly (readonly [string, string])[]]>([
  [
    'the first and the last address of the CIDRs',
    ['10.10.0.0/32', '10.10.0.255/32', 'fd00:10::/128', 'fd00:10::ffff:ffff:ffff:ffff/128'],
    [],
    [],
  ],
  ['one before', ['10.9.255.255/32'], [], [['outside', '10.9.255.255/32']]],
  ['one after', ['10.10.1.0/32'], [], [['outside', '10.10.1.0/32']]],
  ['an IPv6 address outside', ['fd00:11::/128'], [], [['outside', 'fd00:11::/128']]],
  ['a prefix that reaches out', ['10.10.0.0/16'], [], [['outside', '10.10.0.0/16']]],
  ['a prefix inside', ['10.10.0.128/25'], [], []],
  ['an IPv6 address that is as a number an IPv4 one', ['::a0a:1/128'], [], [['outside', '::a0a:1/128']]],
  ['one among many', ['10.10.0.1/32', '10.20.0.1/32', 'fd00:10::1/128'], [], [['outside', '10.20.0.1/32']]],
  ['the first of several, and only one', ['fd00:11::1/128', 'fd00:12::1/128'], [], [['outside', 'fd00:11::1/128']]],
  ['an IPv6 one where the IPv4 ones are inside', ['10.10.0.1/32', 'fd00:11::1/128'], [], [['outside', 'fd00:11::1/128']]],
  ['a pool that does not masquerade', ['10.10.0.1/32', 'fd00:10::1/128'], [pool('10.10.0.0/24', false), pool('fd00:10::/64', false)], []],
  ['a pool that does', ['10.10.0.1/32'], [pool('10.10.0.0/24', true)], [['masqueraded', '10.10.0.1/32']]],
  ['an IPv6 pool that does', ['10.10.0.1/32', 'fd00:10::1/128'], [pool('fd00:10::/64', true)], [['masqueraded', 'fd00:10::1/128']]],
  ['the longest pool decides, whatever their order: not', ['10.10.0.1/32'], [pool('10.10.0.0/24', false), pool('10.0.0.0/8', true)], []],
  [
    'the longest pool decides, whatever their order: it does',
    ['10.10.0.1/32'],
    [pool('10.0.0.0/8', false), pool('10.10.0.0/24', true)],
    [['masqueraded', '10.10.0.1/32']],
  ],
  ['the longest IPv6 pool decides', ['fd00:10::1/128'], [pool('fd00::/16', true), pool('fd00:10::/64', false)], []],
  [
    'one pod masqueraded, another outside',
    ['10.10.0.1/32', '10.20.0.1/32'],
    [pool('10.10.0.0/24', true)],
    [
      ['masqueraded', '10.10.0.1/32'],
      ['outside', '10.20.0.1/32'],
    ],
  ],
  [
    'one IPv6 pod masqueraded after another outside',
    ['10.20.0.1/32', 'fd00:10::1/128'],
    [pool('fd00:10::/64', true)],
    [
      ['masqueraded', 'fd00:10::1/128'],
      ['outside', '10.20.0.1/32'],
    ],
  ],
  [
    'IPv6 pods, one outside, the next masqueraded',
    ['fd00:11::1/128', 'fd00:10::1/128'],
    [pool('fd00:10::/64', true)],
    [
      ['masqueraded', 'fd00:10::1/128'],
      ['outside', 'fd00:11::1/128'],
    ],
  ],
  ['an IPv6 pool that holds an IPv4 address as a number', ['10.10.0.1/32'], [pool('::/0', true)], []],
  ['a pool that is no CIDR is passed over', ['10.10.0.1/32'], [pool('x/8', true)], []],
])('%s', (_, members, pools, conditions) => {
  expect(found(members, pools)).toEqual(conditions);
});

test('endpoints are judged by their address', () => {
  expect(found(['10.10.0.1,tcp:80', '10.20.0.1,tcp:80'], [], 'endpoints')).toEqual([['outside', '10.20.0.1']]);
  expect(found(['fd00:11::1,udp:53'], [], 'endpoints')).toEqual([['outside', 'fd00:11::1']]);
});

test('a set is looked through again when its size, the pools or the CIDRs changed, and a set that Felix has not sent is nobody', () => {
  const watch = new MemberWatch();
  const set = setOf('a', ['10.10.0.1/32']);
  const pools = new Map([pool('10.10.0.0/24', false)]);
  const view = viewOf({ policies: [], sets: [set], pools });
  const codes = (cidrs: readonly string[] = CIDRS, of = texts) => watch.conditions(view, cidrs, of, 'edge').map(({ code }) => code);
  expect(codes()).toEqual([]);
  set.members.add('10.20.0.1/32');
  expect(codes()).toEqual(['CEXT_POLICY_OUTSIDE_POD_CIDRS']);
  expect(codes(['10.0.0.0/8'])).toEqual([]);
  pools.set(...pool('10.10.0.0/24', true));
  expect(codes(['10.0.0.0/8'])).toEqual(['CEXT_POLICY_MASQUERADED']);
  expect(codes(CIDRS, new Map([['b', 'b']]))).toEqual([]);
  // Members that came and went with the size the same are found at the next change: nothing is looked through without need.
  set.members.delete('10.20.0.1/32');
  expect(codes()).toEqual(['CEXT_POLICY_MASQUERADED']);
});

test('the sets of Felix in an expression, wherever they stand', () => {
  const felix = (set: string) => ({ kind: 'felix', cluster: 'pay', set }) as const;
  expect(
    felixSetsIn({
      kind: 'minus',
      of: { kind: 'and', of: [felix('a'), { kind: 'or', of: [felix('b'), { kind: 'within', of: felix('c'), prefixes: [] }] }] },
      without: { kind: 'outside', of: felix('d'), prefixes: [] },
    }),
  ).toEqual(['a', 'b', 'c', 'd']);
  expect(felixSetsIn({ kind: 'nothing' })).toEqual([]);
});
