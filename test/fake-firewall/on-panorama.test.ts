/** The engine above a Panorama: two firewalls of the settings, three devices, one commit domain. Calls, commits and pushes are counted. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { paloAltoConnector } from '../../functions/firewalls/panos/connector.ts';
import { readConditions } from '../../functions/ledger/query.ts';
import { parseAddress } from '../../functions/packets/address.ts';
import { Border, Firewall } from '../../functions/settings.ts';
import { managerOf, secretOf } from '../panos-firewall/bench.ts';
import { type PanosTwin, startPanosTwin } from '../twins/panos/start.ts';
import { System } from './system.ts';
import { rule } from './world.ts';

const FRANKFURT = ['007051000000011', '007051000000012'];
const PARIS = '007051000000013';
const GROUPS = "/config/devices/entry[@name='localhost.localdomain']/device-group";

let twin: PanosTwin;
/** A third firewall goes to a device group of its own; what the human committed is pushed. */
beforeAll(async () => {
  twin = await startPanosTwin({ kind: 'panorama', clock: 'manual', firewalls: [...FRANKFURT, PARIS] });
  const human = twin.human();
  human.config({ action: 'delete', xpath: `${GROUPS}/entry[@name='border']/devices/entry[@name='${PARIS}']` });
  human.config({ action: 'set', xpath: `${GROUPS}/entry[@name='paris']/devices/entry[@name='${PARIS}']`, element: '' });
  human.commit();
  twin.advance(10_000);
  for (const group of ['border', 'paris']) {
    const cmd = `<commit-all><shared-policy><device-group><entry name="${group}"/></device-group></shared-policy></commit-all>`;
    twin.panorama?.commitAll('jdoe', { cmd });
    twin.advance(10_000);
  }
});
afterAll(() => twin.close());

const value = (text: string) => (parseAddress(text) as { value: bigint }).value;
const fate = (source: string, destination: string, serial: string) =>
  twin.decide(
    {
      family: 4,
      direction: 'egress',
      source: value(source),
      destination: value(destination),
      protocol: 6,
      sourcePort: 40_000,
      destinationPort: 443,
    },
    { from: 'trust', to: 'untrust' },
    serial,
  );
const host = (n: number) => `10.0.${n >> 8}.${n & 255}/32`;

/** What was written since, by kind. */
function counted(from: number) {
  const seen = twin.server.requests.slice(from).map(({ parameters }) => parameters);
  return {
    stagings: seen.filter(({ type, action }) => type === 'config' && action === 'multi-config').length,
    commits: seen.filter(({ type, action }) => type === 'commit' && action === 'partial').length,
    pushes: seen.filter(({ type, action }) => type === 'commit' && action === 'all').length,
    registrations: seen.filter(({ type }) => type === 'user-id').length,
  };
}

test('a structural change is staged, committed and pushed once for each device group; a hundred members need no commit', async () => {
  const system = new System({ firewalls: ['frankfurt', 'paris'] });
  const manager = managerOf(twin);
  const firewall = (prefix: string, deviceGroup: string, members: string[], filter: object) =>
    Firewall.parse({ manager: 'm', mode: 'sync', prefix, placement: { deviceGroup, members, filter } });
  const border = (name: string) => Border.parse({ firewall: name, hostEndpoint: name, zones: { inside: ['trust'], outside: ['untrust'] } });
  system.settings = {
    ...system.settings,
    managers: { m: manager },
    firewalls: {
      frankfurt: firewall('cf_', 'border', FRANKFURT, { where: 'before', rule: 'DENY-ALL' }),
      paris: firewall('cp_', 'paris', [PARIS], { where: 'top' }),
    },
    borders: { frankfurt: border('frankfurt'), paris: border('paris') },
  };
  system.nowMs = Date.now() + 3_600_000;
  system.onTime = (ms) => twin.advance(ms);
  const connector = paloAltoConnector('panorama', 'm', manager, async () => secretOf(twin), 5_000);
  const engine = system.process({ connector });
  const both = (id: string, to: string) => ['frankfurt', 'paris'].map((name) => rule('pay', `${id}${name}`, 'web', to, { border: name }));
  const hosts = ['frankfurt', 'paris'];

  system.world.say('pay', both('one', '192.0.2.0/24'), { web: [host(1)] }, hosts);
  await system.settle(engine);
  expect((await readConditions(system.table)).map((one) => one.message)).toEqual([]);
  for (const serial of [...FRANKFURT, PARIS]) expect(fate('10.0.0.1', '192.0.2.9', serial).action).toBe('allow');

  const structure = twin.server.requests.length;
  system.world.say('pay', [...both('one', '192.0.2.0/24'), ...both('two', '198.51.100.0/24')], { web: [host(1)] }, hosts);
  await system.settle(engine);
  expect(counted(structure)).toEqual({ stagings: 2, commits: 2, pushes: 2, registrations: 0 });
  for (const serial of [...FRANKFURT, PARIS]) expect(fate('10.0.0.1', '198.51.100.9', serial).action).toBe('allow');

  const membership = twin.server.requests.length;
  for (let n = 2; n <= 101; n++) {
    system.world.members('pay', 'web', { add: [host(n)] });
    await system.settle(engine);
  }
  // one call for each of the three devices, a change
  expect(counted(membership)).toEqual({ stagings: 0, commits: 0, pushes: 0, registrations: 300 });
  for (const serial of [...FRANKFURT, PARIS]) expect(fate('10.0.0.101', '198.51.100.9', serial).action).toBe('allow');

  const audit = twin.server.requests.length;
  await system.settle(system.process({ connector }), 'audit');
  expect(counted(audit)).toEqual({ stagings: 0, commits: 0, pushes: 0, registrations: 0 });
  expect(await readConditions(system.table)).toEqual([]);
});
