import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parseSettings } from './settings-file.ts';
import { loadSettings, sealSettings } from './settings-start.ts';

const GOOD = `environment: demo
network: none
managers:
  m1:
    vendor: linux
    address: 127.0.0.1
    user: root
    hostKeys: ["SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    secret: s
firewalls:
  f1:
    manager: m1
    mode: sync
  f2:
    manager: m1
    mode: observe
    prefix: g_
borders:
  b1:
    firewall: f1
    hostEndpoint: edge
    snatPools:
      pool: [198.51.100.0/24]
  b2:
    firewall: f2
    hostEndpoint: edge2
clusters:
  c1:
    podCidrs: [10.10.0.0/16]
  c2:
    podCidrs: [10.11.0.0/16, "fd00::/64"]
pairs:
  - cluster: c1
    firewall: f1
    tiers: [border]
    snatPools: [pool]
    defaultDeny: true
  - cluster: c2
    firewall: f1
    tiers: [border]
    defaultDeny: false
`;

function mistakes(...edits: [string, string][]): string[] {
  let text = GOOD;
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  try {
    parseSettings(text, 'x.yaml');
  } catch (error) {
    expect(error).toMatchObject({ code: 'CEXT_SETTINGS_INVALID', subject: { file: 'x.yaml' } });
    return (error as Error).message.split('\n');
  }
  return [];
}

test('good settings come with their defaults', () => {
  const settings = parseSettings(GOOD, 'x.yaml');
  expect(settings.firewalls.f1).toMatchObject({ prefix: 'cf_', drift: 'repair', budget: { rulesRemoved: 20 } });
  expect(settings.managers.m1).toMatchObject({ port: 22, foreignPending: 'wait' });
});

describe('each mistake is one line with its place and what to do', () => {
  const cases: [name: string, edits: [string, string][], lines: (string | RegExp)[]][] = [
    ['a wrong key', [['user: root', 'usr: root']], ['x.yaml:7:5 managers.m1.usr: there is no such key; write "user"']],
    [
      'a wrong key that is like none',
      [['    mode: sync', '    mode: sync\n    qqqqqqqq: 1']],
      ['x.yaml:14:5 firewalls.f1.qqqqqqqq: there is no such key; take it out'],
    ],
    [
      'a wrong key at the top',
      [['network: none', 'network: none\nregoin: x']],
      ['x.yaml:3:1 regoin: there is no such key; write "region"'],
    ],
    ['a missing key', [['    mode: sync\n', '']], [/^x.yaml:11:3 firewalls.f1.mode: /]],
    ['a wrong value', [['10.10.0.0/16', '10.10.0.0/99']], [/^x.yaml:29:16 clusters.c1.podCidrs\[0\]: expected a CIDR/]],
    [
      'a wrong name',
      [
        ['  f2:\n', '  F2:\n'],
        ['firewall: f2', 'firewall: f1'],
      ],
      [/^x.yaml:14:3 firewalls.F2: not a name/],
    ],
    ['no tiers', [['tiers: [border]', 'tiers: []']], [/^x.yaml:35:5 pairs\[0\].tiers: /]],
    ['an unknown vendor', [['vendor: linux', 'vendor: acme']], [/^x.yaml:5:5 managers.m1.vendor: /]],
    ['an unknown manager', [['manager: m1', 'manager: m9']], ['x.yaml:12:5 firewalls.f1.manager: "m9" is no manager; name one of: m1']],
    [
      'an unknown firewall',
      [['firewall: f2', 'firewall: f9']],
      ['x.yaml:25:5 borders.b2.firewall: "f9" is no firewall; name one of: f1, f2'],
    ],
    ['an unknown cluster', [['cluster: c2', 'cluster: c9']], ['x.yaml:38:5 pairs[1].cluster: "c9" is no cluster; name one of: c1, c2']],
    [
      'an unknown pool',
      [['snatPools: [pool]', 'snatPools: [pol]']],
      [/^x.yaml:36:17 pairs\[0\].snatPools\[0\]: "pol" is no SNAT pool .*: pool$/],
    ],
    [
      'overlapping clusters',
      [['10.11.0.0/16', '10.10.128.0/17']],
      [/^x.yaml:31:16 clusters.c2.podCidrs\[0\]: 10.10.128.0\/17 overlaps 10.10.0.0\/16 of cluster "c1"/],
    ],
    ['the same prefix twice', [['prefix: g_', 'prefix: cf_']], [/^x.yaml:17:5 firewalls.f2.prefix: "cf_" collides/]],
    [
      'one HostEndpoint for two borders of one firewall',
      [['firewall: f2\n    hostEndpoint: edge2', 'firewall: f1\n    hostEndpoint: edge']],
      [/^x.yaml:26:5 borders.b2.hostEndpoint: "edge" is the HostEndpoint of border "b1"/],
    ],
    [
      'a number that is a text',
      [['environment: demo', 'environment: demo\naccount: 111122223333']],
      ['x.yaml:2:1 account: expected text; put 111122223333 in quotes'],
    ],
    ['nothing', [['mode: sync', 'mode:']], ['x.yaml:13:5 firewalls.f1.mode: is empty; write observe, add-only, or sync']],
    [
      'a network that is no form of one',
      [['network: none', 'network: nome']],
      [/^x.yaml:2:1 network: expected none, or a block with cidr .*; correct the value$/],
    ],
    [
      'a CIDR that cannot be a VPC',
      [['network: none', 'network: {cidr: 10.0.0.0/8}']],
      ['x.yaml:2:11 network.cidr: expected an IPv4 CIDR from /16 to /26; correct the value'],
    ],
    [
      'subnets without their zones',
      [
        [
          'network: none',
          'network: {vpcId: vpc-01234567, subnetIds: [subnet-01234567, subnet-12345678], availabilityZones: [eu-central-1a]}',
        ],
      ],
      [/^x.yaml:2:\d+ network.availabilityZones: 1 zones for 2 subnets; /],
    ],
    [
      'an IPv6 address behind a VPC that is made',
      [
        ['network: none', 'network: {cidr: 10.0.0.0/24}'],
        ['127.0.0.1', '"fd00::1"'],
      ],
      [/^x.yaml:6:5 managers.m1.address: fd00::1 is not reached .*; give /],
    ],
    [
      'a device that nothing proves, behind a Panorama without a device group',
      [
        ['vendor: linux', 'vendor: panorama'],
        ['address: 127.0.0.1', 'addresses: [127.0.0.1]'],
        ['    user: root\n', '    tls: {}\n'],
        ['    hostKeys: ["SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]\n', ''],
        ['  f2:\n    manager: m1', '  f2:\n    placement: {deviceGroup: border}\n    manager: m1'],
      ],
      [/^x.yaml:7:5 managers.m1.tls: says nothing by which .*; give/, /^x.yaml:10:3 firewalls.f1.placement.deviceGroup: is missing; name/],
    ],
    [
      'an audit between two minutes',
      [['network: none', 'network: none\nauditEvery: 90s']],
      [/^x.yaml:3:1 auditEvery: 90s is no .*; write/],
    ],
    ['a pair twice', [['cluster: c2', 'cluster: c1']], [/^x.yaml:38:5 pairs\[1\]: .* are a pair already/]],
    [
      'addresses behind the first of a network',
      [
        ['10.10.0.0/16', '10.10.3.0/16'],
        ['"fd00::/64"', '"fd00::1/64"'],
        ['198.51.100.0/24', '198.51.100.7/24'],
      ],
      [
        'x.yaml:23:14 borders.b1.snatPools.pool[0]: expected 198.51.100.0/24 (198.51.100.7/24 is an address inside of it), or a longer prefix; correct the value',
        /^x.yaml:29:16 clusters.c1.podCidrs\[0\]: expected 10.10.0.0\/16 \(10.10.3.0\/16 is /,
        /^x.yaml:31:30 clusters.c2.podCidrs\[1\]: expected fd00::\/64 /,
      ],
    ],
    [
      'one principal for two clusters',
      [
        ['podCidrs: [10.10.0.0/16]', 'podCidrs: [10.10.0.0/16]\n    sender: {principal: "arn:aws:iam::111122223333:role/shipper"}'],
        ['podCidrs: [10.11', 'sender: {principal: "arn:aws:iam::111122223333:role/shipper"}\n    podCidrs: [10.11'],
      ],
      [/^x.yaml:32:5 clusters.c2.sender: is the sender of cluster "c1", too, and could speak for both; give /],
    ],
    [
      'one service account for two clusters, its provider once by URL and once by ARN',
      [
        ['podCidrs: [10.10.0.0/16]', 'podCidrs: [10.10.0.0/16]\n    sender: {oidcProvider: "https://oidc.example/1", serviceAccount: a/b}'],
        [
          'podCidrs: [10.11',
          'sender: {oidcProvider: "arn:aws:iam::111122223333:oidc-provider/oidc.example/1", serviceAccount: a/b}\n    podCidrs: [10.11',
        ],
      ],
      [/^x.yaml:32:5 clusters.c2.sender: is the sender of cluster "c1", too/],
    ],
    [
      'a principal that is many',
      [['podCidrs: [10.10.0.0/16]', 'podCidrs: [10.10.0.0/16]\n    sender: {principal: "arn:aws:iam::111122223333:role/*"}']],
      [/^x.yaml:30:14 clusters.c1.sender.principal: expected the ARN of one IAM role or user/],
    ],
    [
      'the ARN of a secret without its end',
      [['secret: s', 'secret: arn:aws:secretsmanager:eu-central-1:111122223333:secret:edge']],
      [/^x.yaml:9:5 managers.m1.secret: expected .* its whole ARN, with the six characters/],
    ],
    [
      'a secret of another region',
      [
        ['network: none', 'network: none\nregion: eu-central-1'],
        ['secret: s', 'secret: arn:aws:secretsmanager:us-east-1:111122223333:secret:edge-AbCdEf'],
      ],
      [/^x.yaml:10:5 managers.m1.secret: is a secret in us-east-1, and functions read those of eu-central-1; replicate/],
    ],
    [
      'more tags than AWS takes',
      [['network: none', `network: none\ntags: {${Array.from({ length: 41 }, (_, n) => `t${n}: x`).join(', ')}}`]],
      ['x.yaml:3:1 tags: expected at most 40 tags: AWS takes 50, and some are ours; correct the value'],
    ],
    ['not YAML', [['environment: demo', 'environment: [demo']], [/^x.yaml:\d+:\d+ not YAML: /]],
  ];
  test.each(cases)('%s', (_, edits, lines) => {
    const found = mistakes(...edits);
    expect(found).toHaveLength(lines.length);
    lines.forEach((line, index) => {
      if (typeof line === 'string') expect(found[index]).toBe(line);
      else expect(found[index]).toMatch(line);
    });
  });

  test('all at once, by line', () => {
    const found = mistakes(['mode: sync', 'mode: perhaps'], ['user: root', 'usr: root'], ['defaultDeny: false', 'defaultDeny: no way']);
    expect(found.map((line) => line.split(' ')[1])).toEqual(['managers.m1.usr:', 'firewalls.f1.mode:', 'pairs[1].defaultDeny:']);
  });
});

test('what is no text of settings is told in one line, and of very many mistakes the first hundred', () => {
  const lines = (text: string) => {
    try {
      parseSettings(text, 'x.yaml');
      return [];
    } catch (error) {
      return (error as Error).message.split('\n');
    }
  };
  expect(lines(`${GOOD}#${' '.repeat(300_000)}`)).toEqual([
    expect.stringMatching(/^x\.yaml:1:1 not settings: the file has \d+ characters, /),
  ]);
  expect(lines(`${GOOD}# caf\uFFFD`)).toEqual(['x.yaml:1:1 not UTF-8: bytes that are no characters; save the file as UTF-8']);
  const many = lines(GOOD + Array.from({ length: 150 }, (_, n) => `k${n}: 1`).join('\n'));
  expect([many.length, many[0], many.at(-1)]).toEqual([
    101,
    'x.yaml:42:1 k0: there is no such key; take it out',
    'x.yaml: 50 more mistakes; correct these first',
  ]);
});

test.each([
  ['a byte order mark', `\uFEFF${GOOD}`],
  ['line ends of Windows', GOOD.replaceAll('\n', '\r\n')],
  ['merge keys', GOOD.replace('  f1:\n', '  f1: &f\n').replace('  f2:\n    manager: m1\n', '  f2:\n    <<: *f\n')],
  ['JSON', JSON.stringify(parseSettings(GOOD, 'x.yaml'))],
])('%s changes nothing', (_, text) => {
  expect(parseSettings(text, 'x.yaml')).toEqual(parseSettings(GOOD, 'x.yaml'));
});

test('overlap counts only on one firewall', () => {
  expect(mistakes(['10.11.0.0/16', '10.10.0.0/16'], ['cluster: c2\n    firewall: f1', 'cluster: c2\n    firewall: f2'])).toEqual([]);
});

test('a function reads settings.json as synth sealed it, and refuses one that was changed by hand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-settings-'));
  const bundle = pathToFileURL(join(folder, 'index.mjs')).href;
  expect(() => loadSettings(bundle)).toThrow(expect.objectContaining({ code: 'CEXT_SETTINGS_MISSING' }));
  const settings = parseSettings(GOOD, 'x.yaml');
  const write = (text: string) => writeFileSync(join(folder, 'settings.json'), text);
  write(sealSettings(settings));
  expect(loadSettings(bundle)).toEqual(settings);
  // White space says nothing.
  write(JSON.stringify(JSON.parse(sealSettings(settings))));
  expect(loadSettings(bundle)).toEqual(settings);
  const changed = sealSettings(settings).replace('"frozen": false', '"frozen": true');
  expect(JSON.parse(changed)).toMatchObject({ frozen: true });
  for (const text of [changed, JSON.stringify(settings), '{', 'null', '[]', '']) {
    write(text);
    expect(() => loadSettings(bundle)).toThrow(
      expect.objectContaining({ code: 'CEXT_SETTINGS_INVALID', message: expect.stringMatching(/not as synth wrote it.*deploy/) }),
    );
  }
});
