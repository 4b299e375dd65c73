import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatAddress, parseAddress, parsePrefix } from './address.ts';
import { AddressIndex, EndpointIndex, parseEndpoint } from './address-index.ts';
import { sameAddresses, toCoordinate } from './address-set.ts';

const POOL = [
  '10.0.0.0/32',
  '10.0.0.1/32',
  '10.0.0.0/31',
  '10.0.0.2',
  '10.0.0.4/30',
  '10.0.0.48/28',
  '0.0.0.0/32',
  '172.16.0.0/12',
  '192.0.2.0/22',
  '255.255.255.255/32',
  'fd00::1/128',
  'fd00::/126',
];
const PROBES = [
  '0.0.0.0',
  '10.0.0.0',
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.3',
  '10.0.0.4',
  '10.0.0.7',
  '10.0.0.8',
  '10.0.0.49',
  '10.0.0.59',
  '172.16.0.0',
  '172.31.9.9',
  '192.0.3.255',
  '255.255.255.255',
  'fd00::',
  'fd00::1',
  'fd00::3',
  'fd00::4',
];

function holds(members: readonly string[], probe: string): boolean {
  const address = parseAddress(probe);
  return members.some((text) => {
    const range = parsePrefix(text);
    return address && range?.family === address.family && range.first <= address.value && address.value <= range.last;
  });
}
function ask(index: AddressIndex, probe: string): boolean {
  const address = parseAddress(probe);
  return address !== undefined && index.has(address.family, toCoordinate(address.family, address.value));
}
const some = fc.uniqueArray(fc.constantFrom(...POOL));

test('an address is in when any member contains it; a change is as good as reading anew', () => {
  fc.assert(
    fc.property(some, some, (before, after) => {
      const index = AddressIndex.of(before);
      for (const probe of PROBES) expect(ask(index, probe)).toBe(holds(before, probe));
      const changed = index.changed(
        after.filter((member) => !before.includes(member)),
        before.filter((member) => !after.includes(member)),
      );
      const fresh = AddressIndex.of(after);
      for (const probe of PROBES) expect(ask(changed, probe)).toBe(holds(after, probe));
      for (const family of [4, 6] as const) expect(sameAddresses(changed.addresses[family], fresh.addresses[family])).toBe(true);
    }),
  );
});

test('a compact container is read by its numbers', () => {
  const compact = {
    *hosts4() {
      yield 0x0a000001;
    },
    others: () => ['fd00::/126'],
    [Symbol.iterator]: (): Iterator<string> => {
      throw new Error('not by text');
    },
  };
  const index = AddressIndex.of(compact);
  expect(PROBES.filter((probe) => ask(index, probe))).toEqual(['10.0.0.1', 'fd00::', 'fd00::1', 'fd00::3']);
});

test.each([
  '10.0.0',
  '10.0.0.256',
  '10.0.0.01',
  '10.0.0.1/33',
  '10.0.0.1,tcp:80',
  '',
  '10.0.0.1/',
  '1.2.3.4.5',
  '1.2..4',
  '1.2.3.',
  '.1.2.3',
  '1.2.3.4x32',
  '10.0.0.:',
])('%j is no member', (text) => {
  expect(() => AddressIndex.of([text])).toThrow(`neither an address nor a prefix: ${text}`);
});

test('every host of the ends of a byte is read, with a length and without', () => {
  for (const text of ['0.0.0.0', '9.10.99.100', '199.200.249.255', '8.0.8.80']) {
    expect(ask(AddressIndex.of([text]), text)).toBe(true);
    const index = AddressIndex.of([`${text}/32`]);
    expect([ask(index, text), index.addresses[4].runs, index.addresses[6].runs]).toEqual([true, 1, 0]);
  }
});

test.each([
  ['10.1.2.3,tcp:80', '10.1.2.3', 6, 80],
  ['10.1.2.3/32,UDP:53', '10.1.2.3', 17, 53],
  ['fd00::1,sctp:65535', 'fd00::1', 132, 65535],
  ['fd00::1/128,136:0', 'fd00::1', 136, 0],
])('%s is an endpoint', (text, address, protocol, port) => {
  const endpoint = parseEndpoint(text);
  expect(endpoint).toMatchObject({ protocol, port });
  expect(formatAddress(endpoint?.family ?? 4, endpoint?.address ?? 0n)).toBe(address);
});

test.each([
  '10.1.2.3',
  '10.1.2.3,tcp:65536',
  '10.1.2.0/24,tcp:80',
  '10.1.2.3,icmp:8',
  '10.1.2.3,x:1',
  'fd00::1/64,tcp:1',
  '10.1.2.3.4,tcp:1',
  'at 10.1.2.3,tcp:1',
  '10.1.2.3,tcp:1 or so',
  '10.1.2.3,0006:1',
  '10.1.2.3,6x:1',
  '10.1.2.3,x6:1',
])('%s is no endpoint', (text) => {
  expect(parseEndpoint(text)).toBeUndefined();
  expect(() => EndpointIndex.of([text])).toThrow(`no (address, protocol, port): ${text}`);
});

test('endpoints are found by address, protocol and port, and listed by port', () => {
  const index = EndpointIndex.of(['10.0.0.1,udp:53', '10.0.0.1,tcp:80', '10.0.0.2,tcp:80', 'fd00::1,tcp:80', 'fd00::1,tcp:8']);
  expect(index.has(4, 0x0a000001, 6, 80)).toBe(true);
  expect(index.has(4, 0x0a000001, 6, 53)).toBe(false);
  expect(index.has(4, 0x0a000001, 17, 53)).toBe(true);
  expect(index.has(6, 1n, 6, 80)).toBe(false);
  expect([...index.services()]).toEqual([
    { protocol: 6, port: 8 },
    { protocol: 6, port: 80 },
    { protocol: 17, port: 53 },
  ]);
  expect([...index.ports(6)].map(({ protocol, port }) => [protocol, port])).toEqual([
    [6, 8],
    [6, 80],
  ]);
  expect([...index.ports(4)].map(({ protocol, port, addresses }) => [protocol, port, addresses.runs])).toEqual([
    [6, 80, 1],
    [17, 53, 1],
  ]);
});
