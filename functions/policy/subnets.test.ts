import { expect, test } from '@jest/globals';
import { setOf } from '../../test/worlds/policies.ts';
import { addressSet, CLUSTER } from '../../test/worlds/rule.ts';
import type { SetExpression } from '../rulebook/types.ts';
import { ipv6Subnets, isIpv6Subnet } from './subnets.ts';

const nets = setOf('nets', ['2001:db8::/32', '2001:db9::1/128', '10.0.0.0/8', '10.1.0.1/32']);
const two = setOf('two', ['fd01::/16', 'fd00::/16', 'fd00::1/128']);
const pods = setOf('pods', ['fd00::1/128', '10.10.0.1/32']);
const find = (_: string, set: string) => [nets, two, pods].find(({ id }) => id === set);
const felix = (set: string): SetExpression => ({ kind: 'felix', cluster: CLUSTER, set });
const subnetsOf = (expression: SetExpression) => ipv6Subnets(new Map([['s', { ...addressSet('s'), expression }]]), find).get('s');

test('a subnet is what holds more than one IPv6 address', () => {
  expect(['2001:db8::/32', '::/0', 'fd00::/127'].map(isIpv6Subnet)).toEqual([true, true, true]);
  expect(['fd00::1/128', '10.0.0.0/8', 'fd00::1,tcp:80'].map(isIpv6Subnet)).toEqual([false, false, false]);
});

test.each<[string, SetExpression, readonly string[] | undefined]>([
  ['a set of Felix', felix('nets'), ['2001:db8::/32']],
  ['several, in order', felix('two'), ['fd00::/16', 'fd01::/16']],
  ['a set without one', felix('pods'), undefined],
  ['a set that is not known', felix('gone'), undefined],
  ['a union', { kind: 'or', of: [felix('pods'), felix('nets')] }, ['2001:db8::/32']],
  ['an intersection with hosts', { kind: 'and', of: [felix('pods'), felix('nets')] }, undefined],
  ['a cut', { kind: 'within', of: felix('nets'), prefixes: ['2001:db8:1::/48'] }, ['2001:db8:1::/48']],
  ['what is left', { kind: 'outside', of: felix('nets'), prefixes: ['2001:db8::/33'] }, ['2001:db8:8000::/33']],
  ['a difference', { kind: 'minus', of: felix('nets'), without: felix('pods') }, ['2001:db8::/32']],
  ['what is taken out of hosts', { kind: 'minus', of: felix('pods'), without: felix('nets') }, undefined],
  ['ports', { kind: 'at', of: felix('nets'), protocol: 6, port: 80 }, undefined],
  ['nothing', { kind: 'nothing' }, undefined],
])('%s', (_, expression, subnets) => {
  expect(subnetsOf(expression)).toEqual(subnets);
});
