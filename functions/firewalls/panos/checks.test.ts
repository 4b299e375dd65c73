/** What is looked at before anything is staged: a condition, no step, and nothing in the candidate. */
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { bench, closeBench, desiredOf, fresh, LISTS, RULES, rule, sets, twin } from '../../../test/panos-firewall/bench.ts';
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
