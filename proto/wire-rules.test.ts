/** What both ends must compute alike: keys, members, digests. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Digest, EMPTY_DIGEST, host4Lanes, memberLanes, objectLanes, setSeed } from './digest.ts';
import { cextfire } from './generated/shipment.js';
import { policyKey } from './keys.ts';
import { compactMember, compactMembers, host4Number, host4Text, MemberSet, packMembers, unpackCompact, unpackMembers } from './members.ts';

test.each([
  [{ tier: 'border', name: 'border.x' }, 'GlobalNetworkPolicy//border.x'],
  [{ tier: 'border', name: 'staged:border.x' }, 'StagedGlobalNetworkPolicy//border.x'],
  [{ tier: 'border', name: 'ns/border.x' }, 'NetworkPolicy/ns/border.x'],
  [{ tier: 'border', name: 'ns/staged:border.x' }, 'StagedNetworkPolicy/ns/border.x'],
  [{ tier: 'default', name: 'ns/knp.default.x' }, 'KubernetesNetworkPolicy/ns/knp.default.x'],
  [{ tier: 'default', name: 'ns/staged:knp.default.x' }, 'StagedKubernetesNetworkPolicy/ns/knp.default.x'],
  [{ name: 'border.x', kind: 'GlobalNetworkPolicy' }, 'GlobalNetworkPolicy//border.x'],
  [{ name: 'x', namespace: 'ns', kind: 'StagedNetworkPolicy' }, 'StagedNetworkPolicy/ns/x'],
])('the key of %j', (id, key) => {
  expect(policyKey(id)).toBe(key);
});

const host = fc.integer({ min: 1, max: 0xfffffffe });
const member = fc.oneof(
  host.map(host4Text),
  fc.constantFrom(
    '0.0.0.0/32',
    '255.255.255.255/32',
    '10.0.0.0/8',
    'fd00::1/128',
    '10.1.2.3,tcp:80',
    '010.1.2.3/32',
    '1.2.3/32',
    '10.1.2.256/32',
  ),
);

test('only the text that Felix writes for an IPv4 host becomes a number', () => {
  fc.assert(fc.property(host, (value) => host4Number(host4Text(value)) === value));
  for (const text of [
    '0.0.0.0/32',
    '255.255.255.255/32',
    '010.1.2.3/32',
    '1.2.3/32',
    '1.2.3.4.5/32',
    '10.1.2.256/32',
    '10.1.2.3/31',
    '1..2.3/32',
    '',
  ])
    expect([text, host4Number(text)]).toEqual([text, -1]);
});

test('members travel as they are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(member), (members) => {
      const list = cextfire.MemberList.decode(cextfire.MemberList.encode(packMembers(members)).finish());
      expect([...unpackMembers(list)].sort()).toEqual([...members].sort());
      expect([...unpackCompact(list)].sort()).toEqual(members.map(compactMember).sort());
    }),
  );
  // No number that a set keeps for itself, whoever wrote the list.
  expect([...unpackCompact({ hosts4: [0, 7, 0xffffffff - 7] })]).toEqual(['0.0.0.0/32', 7, '255.255.255.255/32']);
  expect(() => [...unpackMembers({ hosts4: [0xffffffff, 1] })]).toThrow(RangeError);
});

test('a MemberSet is a set, by text and by number, through growth and reuse', () => {
  const step = fc.record({
    add: fc.boolean(),
    number: fc.boolean(),
    member: fc.oneof(fc.integer({ min: 1, max: 40 }).map(host4Text), member),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const set = new MemberSet();
      const model = new Set<string>();
      for (const { add, number, member: text } of steps) {
        const value = host4Number(text);
        const byNumber = number && value >= 0;
        const given = byNumber ? value : text;
        expect(set.has(given)).toBe(model.has(text));
        if (add) expect(set.add(given)).toBe(!model.has(text));
        else expect(set.delete(given)).toBe(model.has(text));
        if (add) model.add(text);
        else model.delete(text);
        expect(set.size).toBe(model.size);
      }
      expect([...set].sort()).toEqual([...model].sort());
      expect([...compactMembers(set)].sort()).toEqual([...model].map(compactMember).sort());
    }),
  );
});

test('the digest does not know the order, and forgets what was taken back', () => {
  const seed = setSeed('s:a');
  fc.assert(
    fc.property(fc.uniqueArray(member, { minLength: 1 }), (members) => {
      const there = new Digest();
      const back = new Digest();
      for (const text of members) there.add(memberLanes(seed, text));
      for (const text of [...members].reverse()) back.add(memberLanes(seed, compactMember(text)));
      expect(back.text()).toBe(there.text());
      expect(Buffer.from(there.bytes()).toString('hex')).toBe(there.text());
      const sum = new Digest();
      sum.add(there.lanes());
      expect(sum.text()).toBe(there.text());
      for (const text of members) there.remove(memberLanes(seed, text));
      expect(there.text()).toBe(EMPTY_DIGEST);
    }),
  );
});

test('the same member in two sets, or two things alike, have different hashes', () => {
  expect(memberLanes(setSeed('s:a'), '10.0.0.1/32')).not.toEqual(memberLanes(setSeed('s:b'), '10.0.0.1/32'));
  expect(memberLanes(setSeed('s:a'), '10.0.0.1/32')).not.toEqual(memberLanes(setSeed('s:a'), '10.0.0.2/32'));
  expect(memberLanes(setSeed('s:a'), '10.0.0.1/32')).toEqual(host4Lanes(setSeed('s:a'), 0x0a000001));
  const raw = Buffer.from('raw');
  const lanes = [
    objectLanes(3, 'a', raw),
    objectLanes(4, 'a', raw),
    objectLanes(3, 'b', raw),
    objectLanes(3, 'a', Buffer.from('r')),
    objectLanes(3, 'ar', Buffer.from('aw')),
  ];
  expect(new Set(lanes.map(String)).size).toBe(lanes.length);
});
