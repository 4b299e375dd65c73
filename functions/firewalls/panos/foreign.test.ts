/** Administrators' own rules above ours, told with a packet; the twin says who really decides it. */
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { bench, closeBench, desiredOf, fresh, nets, packet, rule, sets, tcp, twin } from '../../../test/panos-firewall/bench.ts';
import type { Condition } from '../../errors.ts';
import type { Desired } from '../contract.ts';

afterAll(closeBench);
beforeEach(() => fresh());

const VSYS = "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']";
const RULES = [
  rule('shut', { action: 'deny', source: sets('bad'), destination: nets('198.51.100.128/25') }),
  rule('web', { source: sets('web'), destination: nets('198.51.100.0/24', '2001:db8:5::/48'), services: tcp(443) }),
  rule('in', { direction: 'ingress', source: nets('192.0.2.0/24'), destination: sets('web'), services: tcp(80) }),
];
const LISTS = { bad: ['10.0.0.66/32'], web: ['10.0.0.1/32', 'fd00::1/128'] };

const list = (name: string, ...values: string[]) => `<${name}>${values.map((one) => `<member>${one}</member>`).join('')}</${name}>`;

interface Theirs {
  readonly from?: string;
  readonly to?: string;
  readonly source?: string;
  readonly destination?: string;
  readonly service?: string;
  readonly application?: string;
  readonly action?: string;
  readonly more?: string;
}

function write(xpath: string, element: string): void {
  const { body } = twin.human().config({ action: 'set', xpath, element });
  expect(body).toContain('success');
}

/** At the top of the administrator's rules, committed. */
function add(name: string, theirs: Theirs, commit = true): void {
  const {
    from = 'trust',
    to = 'untrust',
    source = 'any',
    destination = 'any',
    service = 'any',
    application = 'any',
    action = 'deny',
    more = '',
  } = theirs;
  const xpath = `${VSYS}/rulebase/security/rules/entry[@name='${name}']`;
  write(
    xpath,
    list('from', from) +
      list('to', to) +
      list('source', source) +
      list('destination', destination) +
      list('service', service) +
      list('application', application) +
      `<action>${action}</action>${more}`,
  );
  twin.human().config({ action: 'move', xpath, where: 'top' });
  if (commit) settle();
}

function settle(): void {
  twin.human().commit();
  twin.advance(10_000);
}

const found = async (desired: Desired = desiredOf(RULES, LISTS)): Promise<readonly Condition[]> =>
  (await bench.read(desired)).firewalls.get('fw')?.conditions ?? [];

/** Who decides the packet that the message names. */
function decides({ message }: Condition): unknown {
  const [, source = '', destination = '', protocol = '', port = '0'] =
    /for example (\S+) to (\S+) (\w+)(?: port (\d+))?/.exec(message) ?? [];
  const asked = packet(source, destination, Number(port), protocol === 'udp' ? 17 : 6);
  const isIn = message.includes('(rule in ');
  return twin.decide(
    { ...asked, direction: isIn ? 'ingress' : 'egress' },
    isIn ? { from: 'untrust', to: 'trust' } : { from: 'trust', to: 'untrust' },
  );
}

test("the company's rules that meet ours nowhere, or stand below, are no condition", async () => {
  await bench.apply(desiredOf(RULES, LISTS));
  expect(await found()).toEqual([]);
});

test.each<[string, Theirs, string]>([
  ['everything', {}, 'drops what policies allow'],
  ['a net and a port', { destination: '198.51.100.64/26', service: 'service-https' }, 'drops what policies allow'],
  ['IPv6', { destination: '2001:db8:5:1::/64', action: 'reset-both' }, 'drops what policies allow'],
  ['objects and groups', { source: 'pods', destination: 'partners', service: 'web-services' }, 'drops what policies allow'],
  ['an object that is shared', { destination: 'everybody' }, 'drops what policies allow'],
  ['all but a list', { destination: 'partners', more: '<negate-destination>yes</negate-destination>' }, 'drops what policies allow'],
  ['the way in', { from: 'untrust', to: 'any', source: '192.0.2.9' }, 'drops what policies allow'],
  ['what it lets through', { action: 'allow', source: '10.0.0.64/28' }, 'allows what policies deny'],
])('certain: %s', async (_, theirs, does) => {
  await bench.apply(desiredOf(RULES, LISTS));
  write(`${VSYS}/address/entry[@name='pods']`, '<ip-range>10.0.0.0-10.0.0.20</ip-range>');
  write(`${VSYS}/address/entry[@name='partner-a']`, '<ip-netmask>198.51.100.7</ip-netmask>');
  write(`${VSYS}/address-group/entry[@name='inner']`, list('static', 'partner-a'));
  write(`${VSYS}/address-group/entry[@name='partners']`, list('static', 'inner', 'mail-relay'));
  write("/config/shared/address/entry[@name='everybody']", '<ip-netmask>0.0.0.0/0</ip-netmask>');
  add('corp', theirs);
  const [condition, ...more] = await found();
  expect(more).toEqual([]);
  expect(condition).toMatchObject({
    code: 'CEXT_PANOS_FOREIGN_SHADOWS',
    severity: 'warning',
    subject: { firewall: 'fw', field: 'security rule corp' },
    message: expect.stringContaining(`stands above ours and ${does}, for example`),
  });
  expect(decides(condition as Condition)).toMatchObject({ rule: 'corp' });
});

test.each<[string, Theirs, string]>([
  ['an application', { application: 'ssl' }, 'application ssl'],
  ['a user', { more: list('source-user', 'corp\\\\jdoe') }, 'source-user'],
  ['tags of somebody else', { source: 'tagged' }, 'its source'],
  ['a name', { destination: 'named' }, 'its destination'],
  ['all but what is not known', { destination: 'named', more: '<negate-destination>yes</negate-destination>' }, 'its destination'],
])('not certain: %s', async (_, theirs, why) => {
  write(`${VSYS}/address-group/entry[@name='tagged']`, "<dynamic><filter>'quarantine'</filter></dynamic>");
  write(`${VSYS}/address/entry[@name='named']`, '<fqdn>updates.example.com</fqdn>');
  add('corp', theirs);
  expect((await found()).map(({ message }) => message)).toEqual([
    expect.stringMatching(new RegExp(`may drop what policies allow, .*; it depends on .*${why}`)),
  ]);
});

test.each<[string, Theirs]>([
  ['disabled', { more: '<disabled>yes</disabled>' }],
  ['between other zones', { from: 'dmz' }],
  ['about other addresses', { destination: '203.0.113.0/24' }],
  ['about other ports', { service: 'tcp-8443', destination: '198.51.100.0/25' }],
  ['of the same mind', { action: 'allow', destination: '198.51.100.0/25' }],
  ['about all but ours', { destination: 'ours', more: '<negate-destination>yes</negate-destination>' }],
  ['inside a zone only', { more: '<rule-type>intrazone</rule-type>' }],
])('no condition: %s', async (_, theirs) => {
  write(`${VSYS}/address/entry[@name='ours-4']`, '<ip-netmask>198.51.100.0/24</ip-netmask>');
  write(`${VSYS}/address/entry[@name='ours-6']`, '<ip-netmask>2001:db8:5::/48</ip-netmask>');
  write(`${VSYS}/address-group/entry[@name='ours']`, list('static', 'ours-4', 'ours-6'));
  add('corp', theirs);
  expect(await found()).toEqual([]);
});

test('what nobody has committed decides nothing', async () => {
  add('corp', {}, false);
  expect(await found()).toEqual([]);
  settle();
  expect(await found()).toHaveLength(1);
});

test('what another of their rules decides before is not told of the second; what it may decide is said', async () => {
  const destination = '198.51.100.0/24';
  add('second', { destination });
  add('perhaps', { action: 'allow', source: '10.0.0.1', application: 'ssl', destination });
  expect((await found()).map(({ message }) => message)).toEqual([
    expect.stringMatching(/"second".* may drop .* depends on a rule above it/),
  ]);
  add('first', { action: 'allow', source: '10.0.0.1', destination, service: 'service-https' });
  expect(await found()).toEqual([]);
});

test('NAT of the administrator above ours, where ours translates', async () => {
  const translated = rule('pay', { source: sets('web'), families: [4], translation: { kind: 'address', address: '203.0.113.200' } });
  const placement = { filter: { where: 'before', rule: 'DENY-ALL' }, nat: { where: 'after', rule: 'hide-all' } };
  const desired = desiredOf([translated], LISTS, { placement });
  await bench.apply(desired);
  const [condition, ...more] = await found(desired);
  expect(more).toEqual([]);
  expect(condition).toMatchObject({
    subject: { field: 'nat rule hide-all' },
    message: expect.stringContaining(
      'the NAT rule "hide-all" on fw is not ours, stands above ours and translates what policies translate otherwise',
    ),
  });
  expect(decides(condition as Condition)).toMatchObject({ nat: 'hide-all' });
});

test('members that nobody knows now are not asked for', async () => {
  add('corp', {});
  const desired = desiredOf(RULES, LISTS);
  const { members } = desired;
  const { applyError } = await import('../../apply/errors.ts');
  const unknown = (set: string) => {
    if (set === 'web') throw applyError('CEXT_APPLY_MEMBERS_UNKNOWN', 'no view', {});
    return members.members(set);
  };
  expect(await found({ ...desired, members: { ...members, members: unknown } })).toEqual([]);
});
