/** A Panorama with two firewalls behind it, and a pair. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bench, closeBench, desiredOf, fresh, LISTS, packet, RULES, twin } from '../../../test/panos-firewall/bench.ts';
import { actionsOf } from '../../../test/twins/panos/actions.ts';

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
    const desired = desiredOf(RULES.slice(2), LISTS, settings);
    twin.panorama?.failPush.set('007051000000012', 'commit failed: out of memory');
    const plan = await bench.plan(desired);
    const outcomes = [];
    for (const step of plan.steps) outcomes.push(await bench.run(step, desired));
    expect(outcomes.find((one) => one.kind === 'failed')).toMatchObject({ why: { message: expect.stringContaining('007051000000012') } });
    twin.panorama?.failPush.clear();
    const rules = () => settings.placement.members.map((serial) => twin.decide(packet('10.0.0.1', '198.51.100.9'), {}, serial).rule);
    const [done, left] = rules();
    expect([done === 'cf_rweb', left]).toEqual([false, 'cf_rweb']);
    await bench.apply(desired);
    expect(rules()).toEqual([done, done]);
    expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  });

  test('what somebody else committed and did not push is his: nothing is planned for it, and before a change of ours he is named', async () => {
    const desired = desiredOf(RULES, LISTS, settings);
    await bench.apply(desired);
    const border = "/config/devices/entry[@name='localhost.localdomain']/device-group/entry[@name='border']";
    twin.human().config({ action: 'set', xpath: `${border}/address/entry[@name='his']`, element: '<ip-netmask>10.5.5.5</ip-netmask>' });
    const rule = `${border}/pre-rulebase/security/rules/entry[@name='office-to-internet']`;
    twin.human().config({ action: 'move', xpath: rule, where: 'bottom' });
    twin.human().commit();
    twin.advance(10_000);
    const state = await bench.read(desired, 'pending', 'digest');
    expect(state.foreign).toEqual([{ who: 'somebody on Panorama', what: expect.stringContaining('were committed and not pushed') }]);
    expect(bench.connector.plan(state, new Map([['fw', desired]])).steps).toEqual([]);
    expect((await bench.read(desired, 'running', 'all')).firewalls.get('fw')?.evidence).toBe('installed');
  });

  test('zones are those of each firewall: one that has none of ours is named before anything is staged', async () => {
    await fresh({ kind: 'panorama' });
    const lonely = twin.panorama?.firewalls.get('007051000000012');
    if (lonely) lonely.template = undefined;
    const plan = await bench.plan(desiredOf(RULES, LISTS, settings));
    expect(plan.steps).toEqual([]);
    expect(plan.conditions.map((one) => `${one.code} ${one.message}`)).toEqual([
      expect.stringMatching(/^CEXT_PANOS_ZONE_MISSING firewall 007051000000012 has no zone "trust"/),
      expect.stringMatching(/^CEXT_PANOS_ZONE_MISSING firewall 007051000000012 has no zone "untrust"/),
    ]);
    twin.panorama?.disconnected.add('007051000000012');
    expect((await bench.plan(desiredOf(RULES, LISTS, settings))).conditions).toEqual([]);
  });

  test('a zone that its template has and nobody pushed comes along with our push, once others are waited for', async () => {
    await fresh({ kind: 'panorama' });
    const lonely = twin.panorama?.firewalls.get('007051000000012');
    if (lonely) lonely.template = undefined;
    const desired = desiredOf(RULES, LISTS, { placement: { ...settings.placement, template: 'border-network' } });
    const state = await bench.read(desired, 'pending', 'digest');
    expect(state.foreign).toEqual([
      {
        who: 'somebody on Panorama',
        what: 'template border-network was not pushed: zone trust on 007051000000012, zone untrust on 007051000000012',
      },
    ]);
    await bench.apply(desired);
    const outside = packet('10.0.0.1', '198.51.100.9');
    expect(twin.decide(outside, {}, '007051000000012')).toMatchObject({ action: 'allow', rule: 'cf_rweb' });
    const again = await bench.read(desired, 'pending', 'digest');
    expect(again.foreign).toEqual([]);
    expect(bench.connector.plan(again, new Map([['fw', desired]])).steps).toEqual([]);
  });

  test('no template is pushed where no zone is missing', async () => {
    await fresh({ kind: 'panorama' });
    await bench.apply(desiredOf(RULES, LISTS, { placement: { ...settings.placement, template: 'border-network' } }));
    const pushes = twin.server.requests.filter(({ parameters }) => parameters.action === 'all').map(({ parameters }) => parameters.cmd);
    expect(pushes).toEqual([expect.stringContaining('<include-template>no</include-template>')]);
  });

  test('the size of the smallest firewall counts', async () => {
    await fresh({ kind: 'panorama', capacity: { 'max-nat-policy-rule': 2 } });
    const plan = await bench.plan(desiredOf(RULES, LISTS, settings));
    expect(plan.conditions.map((one) => one.message)).toEqual(['3 NAT rules are wanted, the device holds 2']);
    expect(plan.steps).toEqual([]);
  });

  test('a firewall of the settings that is not in the device group is a condition', async () => {
    await fresh({ kind: 'panorama' });
    const placement = { ...settings.placement, members: ['007051000000011', '007051000000099'] };
    const plan = await bench.plan(desiredOf(RULES, LISTS, { placement }));
    expect(plan.conditions.map((one) => one.message)).toEqual([
      'the device group "border" has no firewall with the serial 007051000000099',
    ]);
  });

  test('a device group without firewalls is a condition', async () => {
    const plan = await bench.plan(desiredOf(RULES, LISTS, { placement: { deviceGroup: 'lab' } }));
    expect(plan.conditions.map((one) => one.message)).toEqual(['the device group "lab" has no firewall']);
  });

  test('a firewall of several vsys is judged by the one of the settings', async () => {
    await fresh({ kind: 'panorama' });
    const firewall = twin.panorama?.firewalls.get('007051000000011');
    const xpath = "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys2']/tag/entry[@name='t']";
    if (firewall) actionsOf(firewall).run('admin', { action: 'set', xpath, element: '' });
    firewall?.configuration.publish(firewall.configuration.changes(undefined));
    expect((await bench.read(desiredOf([], {}, settings), 'running')).firewalls.get('fw')?.evidence).toBe('installed');
    const asked = twin.server.requests.map(({ parameters }) => parameters.cmd).filter((cmd) => cmd?.includes('pushed-shared-policy'));
    expect(asked).toEqual([]);
  });

  test('no device group is a condition', async () => {
    const plan = await bench.plan(desiredOf(RULES, LISTS, { placement: { deviceGroup: 'nowhere' } }));
    expect(plan.conditions.map((one) => one.code)).toEqual(['CEXT_PANOS_PLACE_MISSING']);
  });
});
