import { expect, test } from '@jest/globals';
import { nets, rule as plainRule, sets as setsOf, tcp } from '../../test/worlds/rule.ts';
import { ANY, type FilterRule, type SetDefinition } from './types.ts';
import { tellOrigin, tellRule } from './words.ts';

const set = (id: string, text: string): [string, SetDefinition] => [
  id,
  { id, kind: 'addresses', cluster: 'pay', text, expression: { kind: 'felix', cluster: 'pay', set: id } },
];
const sets = new Map([set('a', "app == 'a'"), set('n', "pods in namespaces team == 'pay'"), set('x', 's:abc-_1')]);
const web = plainRule('web', { source: setsOf('a'), destination: nets('203.0.113.0/24'), services: [tcp([443, 443])] });
const tell = (change: Partial<FilterRule>) => tellRule({ ...web, ...change }, { sets });
const any = [{ first: 0, last: 65_535 }];
const side = (...ids: string[]) => ({ include: { sets: ids, prefixes: [] }, exclude: { sets: [], prefixes: ['10.0.0.9/32'] } });

test.each([
  [{}, "allow tcp 443 from app == 'a' to 203.0.113.0/24"],
  [{ action: 'deny', log: true, services: 'any' }, "deny anything from app == 'a' to 203.0.113.0/24, logged"],
  [{ source: side('n', 'x') }, "allow tcp 443 from pods in namespaces team == 'pay', set s:abc-_1 but not 10.0.0.9 to 203.0.113.0/24"],
  [
    { source: { include: { sets: [], prefixes: [] }, exclude: { sets: [], prefixes: [] } } },
    'allow tcp 443 from nowhere to 203.0.113.0/24',
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
