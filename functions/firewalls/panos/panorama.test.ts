/** A Panorama with two firewalls behind it, and a pair. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bench, closeBench, desiredOf, fresh, LISTS, packet, RULES, twin } from '../../../test/panos-firewall/bench.ts';

afterAll(closeBench);

test('an HA pair: the active member is followed, tags stand on both', async () => {
  await fresh({ ha: true });
  const desired = desiredOf(RULES, LISTS);
  await bench.apply(desired);
  twin.device.failover();
  expect(twin.decide(packet('10.0.0.1', '198.51.100.9'), { from: 'trust', to: 'untrust' }).action).toBe('allow');
  const next = desiredOf(RULES.slice(0, 3), LISTS);
  await bench.apply(next);
  expect((await bench.plan(next, 'digest')).steps).toEqual([]);
});

describe('a Panorama', () => {
  const settings = {
    placement: { deviceGroup: 'border', members: ['007051000000011', '007051000000012'], filter: { where: 'before', rule: 'DENY-ALL' } },
  };
  beforeAll(() => fresh({ kind: 'panorama' }));

  test('commits, pushes, and registers on every firewall', async () => {
    const desired = desiredOf(RULES, LISTS, settings);
    await bench.apply(desired);
    for (const serial of settings.placement.members) {
      expect(twin.decide(packet('10.0.0.1', '198.51.100.9'), { from: 'trust', to: 'untrust' }, serial)).toMatchObject({
        action: 'allow',
        rule: 'cf_rweb',
      });
      expect(twin.decide(packet('10.0.0.5', '198.51.100.9', 8001), { from: 'trust', to: 'untrust' }, serial)).toMatchObject({
        nat: 'cf_npay',
      });
    }
    const running = (await bench.read(desired, 'running', 'all')).firewalls.get('fw');
    expect(running?.evidence).toBe('installed');
    expect(running?.sets.get('web')?.digest).toBe(desired.members.digest('web'));
    expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  });

  test('a push that failed on one firewall is named and made up for', async () => {
    const desired = desiredOf(RULES.slice(1), LISTS, settings);
    twin.panorama?.failPush.set('007051000000012', 'commit failed: out of memory');
    const plan = await bench.plan(desired);
    const outcomes = [];
    for (const step of plan.steps) outcomes.push(await bench.run(step, desired));
    expect(outcomes.find((one) => one.kind === 'failed')).toMatchObject({ why: { message: expect.stringContaining('007051000000012') } });
    twin.panorama?.failPush.clear();
    await bench.apply(desired);
    expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  });

  test('no device group is a condition', async () => {
    const plan = await bench.plan(desiredOf(RULES, LISTS, { placement: { deviceGroup: 'nowhere' } }));
    expect(plan.conditions.map((one) => one.code)).toEqual(['CEXT_PANOS_PLACE_MISSING']);
  });
});
