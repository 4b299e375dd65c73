import { expect, test } from '@jest/globals';
import { nets, rule as plainRule, sets as setsOf, tcp, udp } from '../../test/worlds/rule.ts';
import { ANY, type FilterRule, type SetDefinition } from './types.ts';
import { host, plural, some, tellOrigin, tellRule, tellTranslation } from './words.ts';

const set = (id: string, text: string): [string, SetDefinition] => [
  id,
  { id, kind: 'addresses', cluster: 'pay', text, expression: { kind: 'felix', cluster: 'pay', set: id } },
];
const sets = new Map([
  set('p', 'n:web'),
  set('e', ''),
  set('w', 'the pods of s:abc'),
  set('a', "app == 'a'"),
  set('n', "pods in namespaces team == 'pay'"),
  set('x', 's:abc-_1'),
]);
const web = plainRule('web', { source: setsOf('a'), destination: nets('203.0.113.0/24'), services: [tcp([443, 443])] });
const tell = (change: Partial<FilterRule>) => tellRule({ ...web, ...change }, { sets });
const any = [{ first: 0, last: 65_535 }];
const byte = (first: number, last: number) => ({ first, last });
const side = (...ids: string[]) => ({ include: { sets: ids, prefixes: [] }, exclude: { sets: [], prefixes: ['10.0.0.9/32'] } });

test.each([
  [{}, "allow tcp 443 from app == 'a' to 203.0.113.0/24"],
  [{ action: 'deny', log: true, services: 'any' }, "deny anything from app == 'a' to 203.0.113.0/24, logged"],
  [{ source: side('n', 'x') }, "allow tcp 443 from pods in namespaces team == 'pay', set s:abc-_1 but not 10.0.0.9 to 203.0.113.0/24"],
  [
    { source: { include: { sets: [], prefixes: [] }, exclude: { sets: [], prefixes: [] } } },
    'allow tcp 443 from nowhere to 203.0.113.0/24',
  ],
  [
    { services: [tcp([80, 80], [8000, 8010])], translation: { kind: 'address', address: '198.51.100.7' } },
    "allow tcp 80, 8000-8010 from app == 'a' to 203.0.113.0/24, as 198.51.100.7",
  ],
  [{ services: [tcp([1, 1], [2, 2], [3, 3], [4, 4], [5, 5])] }, "allow tcp 1, 2, 3, 4 and 1 more from app == 'a' to 203.0.113.0/24"],
  [{ services: [tcp([443, 443]), udp([53, 53])] }, "allow tcp 443, udp 53 from app == 'a' to 203.0.113.0/24"],
  [
    { services: [{ kind: 'ports', protocol: 6, source: any, destination: [...any, { first: 1, last: 1 }] }] },
    "allow tcp 0-65535, 1 from app == 'a' to 203.0.113.0/24",
  ],
  [
    { services: [{ kind: 'ports', protocol: 6, source: any, destination: [{ first: 1, last: 65_535 }] }] },
    "allow tcp 1-65535 from app == 'a' to 203.0.113.0/24",
  ],
  [
    { services: [{ kind: 'ports', protocol: 6, source: any, destination: [{ first: 0, last: 65_534 }] }] },
    "allow tcp 0-65534 from app == 'a' to 203.0.113.0/24",
  ],
  [
    { services: [{ kind: 'icmp', protocol: 1, types: [{ type: byte(0, 255), code: byte(0, 255) }] }] },
    "allow icmp from app == 'a' to 203.0.113.0/24",
  ],
  [
    { services: [{ kind: 'icmp', protocol: 1, types: [{ type: byte(0, 255), code: byte(3, 3) }] }] },
    "allow icmp 0-255/3 from app == 'a' to 203.0.113.0/24",
  ],
  [
    {
      services: [
        {
          kind: 'icmp',
          protocol: 58,
          types: [
            { type: byte(128, 128), code: byte(0, 255) },
            { type: byte(1, 2), code: byte(3, 4) },
          ],
        },
      ],
    },
    "allow icmpv6 128, 1-2/3-4 from app == 'a' to 203.0.113.0/24",
  ],
  [{ services: [{ kind: 'protocols', protocols: [byte(0, 255)] }] }, "allow protocols 0-255 from app == 'a' to 203.0.113.0/24"],
  [{ services: [{ kind: 'protocols', protocols: [byte(1, 255)] }] }, "allow any protocol but protocol 0 from app == 'a' to 203.0.113.0/24"],
  [
    { services: [{ kind: 'protocols', protocols: [byte(0, 254)] }] },
    "allow any protocol but protocol 255 from app == 'a' to 203.0.113.0/24",
  ],
  [
    { services: [{ kind: 'protocols', protocols: [byte(0, 0), byte(2, 5), byte(7, 16), byte(18, 255)] }] },
    "allow any protocol but icmp, tcp, udp from app == 'a' to 203.0.113.0/24",
  ],
  [
    { services: [{ kind: 'protocols', protocols: [byte(0, 0), byte(2, 5), byte(7, 16), byte(18, 19), byte(21, 255)] }] },
    "allow protocols 0, 2-5, 7-16, 18-19 and 1 more from app == 'a' to 203.0.113.0/24",
  ],
  [{ source: setsOf('p') }, 'allow tcp 443 from the named ports n:web to 203.0.113.0/24'],
  [{ source: setsOf('gone') }, 'allow tcp 443 from set gone to 203.0.113.0/24'],
  [{ source: setsOf('e') }, 'allow tcp 443 from set e to 203.0.113.0/24'],
  [{ source: setsOf('w') }, 'allow tcp 443 from the pods of s:abc to 203.0.113.0/24'],
  [{ source: nets('10.0.0.1/32', 'fd00::1/128', '10.0.0.0/30') }, 'allow tcp 443 from 10.0.0.1, fd00::1, 10.0.0.0/30 to 203.0.113.0/24'],
  [
    { sourceEndpoints: { include: [], exclude: ['n'] } },
    "allow tcp 443 from app == 'a' but not pods in namespaces team == 'pay' to 203.0.113.0/24",
  ],
  [{ action: 'log', log: true }, "log tcp 443 from app == 'a' to 203.0.113.0/24"],
  [{ destination: ANY, families: [] }, "allow tcp 443 from app == 'a' to anywhere"],
  [
    { destination: ANY, families: [4], translation: { kind: 'none' } },
    "allow tcp 443 from app == 'a' to anywhere, with its own address, IPv4 only",
  ],
  [
    { destination: ANY, families: [4], translation: { kind: 'address', address: '198.51.100.7' } },
    "allow tcp 443 from app == 'a' to anywhere, as 198.51.100.7",
  ],
  [{ destination: ANY, families: [4], source: side('a') }, "allow tcp 443 from app == 'a' but not 10.0.0.9 to anywhere"],
  [{ families: [4] }, "allow tcp 443 from app == 'a' to 203.0.113.0/24"],
  [
    { destination: ANY, families: [4], translation: { kind: 'range', range: { family: 4, first: 1n, last: 2n } } },
    "allow tcp 443 from app == 'a' to anywhere, as 0.0.0.1-0.0.0.2",
  ],
  [
    { source: setsOf('a'), sourceEndpoints: { include: [], exclude: ['n'] }, destination: side() },
    "allow tcp 443 from app == 'a' but not pods in namespaces team == 'pay' to nowhere but not 10.0.0.9",
  ],
  [{ destination: ANY, families: [6] }, "allow tcp 443 from app == 'a' to anywhere, IPv6 only"],
  [{ destination: ANY, families: [4], log: true }, "allow tcp 443 from app == 'a' to anywhere, IPv4 only, logged"],
  [{ destination: ANY }, "allow tcp 443 from app == 'a' to anywhere"],
  [{ translation: { kind: 'none' } }, "allow tcp 443 from app == 'a' to 203.0.113.0/24, with its own address"],
  [{ translation: { kind: 'pool', pool: 'shared', ranges: [] } }, "allow tcp 443 from app == 'a' to 203.0.113.0/24, as one of pool shared"],
  [
    {
      services: [
        {
          kind: 'protocols',
          protocols: [
            { first: 0, last: 5 },
            { first: 7, last: 255 },
          ],
        },
      ],
    },
    "allow any protocol but tcp from app == 'a' to 203.0.113.0/24",
  ],
  [
    {
      services: [
        {
          kind: 'protocols',
          protocols: [
            { first: 0, last: 5 },
            { first: 50, last: 255 },
          ],
        },
      ],
    },
    "allow protocols 0-5, 50-255 from app == 'a' to 203.0.113.0/24",
  ],
  [{ destinationEndpoints: { include: ['x'], exclude: [] } }, "allow tcp 443 from app == 'a' to 203.0.113.0/24 at set s:abc-_1"],
  [
    { services: [{ kind: 'ports', protocol: 17, source: [{ first: 53, last: 53 }], destination: any }] },
    "allow udp from port 53 from app == 'a' to 203.0.113.0/24",
  ],
  [
    { services: [{ kind: 'icmp', protocol: 1, types: [{ type: { first: 8, last: 8 }, code: { first: 0, last: 0 } }] }] },
    "allow icmp 8/0 from app == 'a' to 203.0.113.0/24",
  ],
  [{ services: [{ kind: 'protocols', protocols: [{ first: 47, last: 47 }] }] }, "allow protocol 47 from app == 'a' to 203.0.113.0/24"],
] as const)('%j reads "%s"', (change, text) => {
  expect(tell(change as unknown as Partial<FilterRule>)).toBe(text);
});

test('a rule tells where it comes from; the drop of a tier has no policy', () => {
  expect(tellOrigin(web)).toBe('border.web, egress rule 1');
  expect(tellOrigin({ direction: 'ingress', origin: { cluster: 'pay', tier: 'border', annotations: {} } })).toBe(
    'end of tier border, ingress',
  );
});

test('of a namespace, and of a rule without a number', () => {
  const origin = {
    cluster: 'pay',
    tier: 'border',
    policy: { kind: 'NetworkPolicy', namespace: 'shop', name: 'web' },
    annotations: {},
  } as const;
  expect(tellOrigin({ direction: 'ingress', origin: { ...origin, ruleIndex: 2 } })).toBe('shop/web, ingress rule 3');
  expect(tellOrigin({ direction: 'ingress', origin })).toBe('shop/web, ingress rule 1');
});

test('translations', () => {
  expect(tellTranslation({ kind: 'absent' })).toBe('');
  expect(tellTranslation({ kind: 'range', range: { family: 4, first: 1n, last: 2n } })).toBe('as 0.0.0.1-0.0.0.2');
});

test('some of many, counts, hosts', () => {
  expect(some(['a', 'b'], 2)).toBe('a, b');
  expect(some(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
  expect([0, 1, 2].map((count) => plural(count, 'rule'))).toEqual(['0 rules', '1 rule', '2 rules']);
  expect(['10.0.0.1/32', 'fd00::1/128', '10.0.0.0/8', '10.0.0.1/32x'].map(host)).toEqual([
    '10.0.0.1',
    'fd00::1',
    '10.0.0.0/8',
    '10.0.0.1/32x',
  ]);
});
