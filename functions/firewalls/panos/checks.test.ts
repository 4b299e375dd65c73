/** What is looked at before anything is staged: a condition, no step, and nothing in the candidate. */
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { bench, closeBench, desiredOf, fresh, LISTS, RULES, rule, sets, tcp, twin, udp } from '../../../test/panos-firewall/bench.ts';
import type { Desired } from '../contract.ts';

afterAll(closeBench);
beforeEach(() => fresh());

test.each([
  [
    'zone',
    (one: Desired) => ({
      ...one,
      borders: new Map([
        ['edge', { firewall: 'fw', hostEndpoint: 'edge', zones: { inside: ['trust'], outside: ['nowhere'] }, snatPools: {}, vips: [] }],
      ]),
    }),
    'CEXT_PANOS_ZONE_MISSING',
  ],
  [
    'anchor',
    (_: Desired) => desiredOf(RULES, LISTS, { placement: { filter: { where: 'before', rule: 'NOT-THERE' } } }),
    'CEXT_PANOS_ANCHOR_MISSING',
  ],
  ['vsys', (_: Desired) => desiredOf(RULES, LISTS, { placement: { vsys: 'vsys9' } }), 'CEXT_PANOS_PLACE_MISSING'],
  [
    'protocol',
    (_: Desired) =>
      desiredOf([rule('sctp', { source: sets('web'), services: [{ kind: 'protocols', protocols: [{ first: 132, last: 132 }] }] })], LISTS),
    'CEXT_PANOS_NOT_EXPRESSIBLE',
  ],
])('a %s that does not fit is a condition and no write', async (_, change, code) => {
  const desired = change(desiredOf(RULES, LISTS)) as Desired;
  const plan = await bench.plan(desired);
  expect(plan.conditions.map((one) => one.code)).toContain(code);
  expect(plan.steps).toEqual([]);
  expect(twin.device.configuration.owners.size).toBe(0);
});

test("an object of somebody else's under our prefix is not touched", async () => {
  twin.human().config({
    action: 'set',
    xpath: "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']/address-group/entry[@name='cf_sweb_4']",
    element: '<static><member>web-server</member></static>',
  });
  const plan = await bench.plan(desiredOf(RULES, LISTS));
  expect(plan.conditions.map((one) => one.code)).toEqual(['CEXT_PANOS_NAME_TAKEN']);
  expect(plan.steps).toEqual([]);
});

const host = (at: number) => `10.0.${at >> 8}.${at & 255}/32`;
const many = (count: number) => Array.from({ length: count }, (_, at) => host(at));
const TRANSLATED = { kind: 'address', address: '203.0.113.200' } as const;
const ofSet = (id: string) => rule(id, { source: sets(id), services: tcp(443) });
const translated = rule('pay', { source: sets('pay'), families: [4], translation: TRANSLATED });
const other = rule('other', {
  source: sets('other'),
  families: [4],
  services: tcp(25),
  translation: { ...TRANSLATED, address: '203.0.113.201' },
});

// the administrator's own: 3 security rules, 2 NAT rules, 5 addresses, 1 address group, 1 service
test.each<[string, number, () => Desired]>([
  ['max-policy-rule', 5, () => desiredOf([ofSet('a'), ofSet('b'), ofSet('c')], {})],
  ['max-nat-policy-rule', 3, () => desiredOf([translated, other], {})],
  ['max-address-group', 4, () => desiredOf([ofSet('a'), ofSet('b')], {})],
  ['max-service', 2, () => desiredOf([ofSet('a'), rule('p', { services: tcp(80) })], {})],
  ['max-address', 9, () => desiredOf([translated], { pay: many(4) })],
  ['max-address-per-group', 3, () => desiredOf([translated], { pay: many(4) })],
  ['max-service-per-group', 1, () => desiredOf([{ ...translated, services: [...tcp(80), ...udp(53)] }], {})],
  ['max-registered-ip-address', 12, () => desiredOf([ofSet('a'), ofSet('b')], { a: many(8), b: many(12).slice(8) })],
])('%s of the model is checked before anything is staged', async (name, most, desired) => {
  await fresh({ capacity: { [name]: most } });
  const { conditions, steps } = await bench.plan(desired());
  expect([steps, conditions.map(({ code, severity, subject }) => [code, severity, subject.field])]).toEqual([
    [],
    [['CEXT_PANOS_LIMIT', 'error', name]],
  ]);
  await fresh({ capacity: { [name]: most + 2 } });
  expect((await bench.plan(desired())).conditions).toEqual([]);
  await bench.apply(desired());
});

test('32 tags an address', async () => {
  const ids = (count: number) => Array.from({ length: count }, (_, at) => `s${at}`);
  const desired = (count: number) => desiredOf(ids(count).map(ofSet), Object.fromEntries(ids(count).map((id) => [id, ['10.0.0.9/32']])));
  const { conditions, steps } = await bench.plan(desired(33));
  expect([steps, conditions.map(({ code, subject }) => [code, subject.field])]).toEqual([[], [['CEXT_PANOS_LIMIT', 'tags']]]);
  await bench.apply(desired(32));
});

test('registered addresses of others take their room', async () => {
  await fresh({ capacity: { 'max-registered-ip-address': 20 } });
  const desired = desiredOf([ofSet('a')], { a: many(10) });
  await bench.apply(desired);
  const others = Array.from({ length: 9 }, (_, at) => ({ ip: `192.168.7.${at}`, tag: 'quarantine' }));
  for (const { ip, tag } of others) twin.device.registeredIn('vsys1').register(ip, tag, 0, true);
  const { conditions } = await bench.plan(desired, 'digest');
  expect(conditions.map(({ subject, message }) => [subject.field, message])).toEqual([
    ['max-registered-ip-address', expect.stringContaining('10 registered addresses are wanted beside 9 of others')],
  ]);
});
