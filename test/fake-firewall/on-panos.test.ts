/** The engine above the Palo Alto connector and its twin: pods with an address of their own, commits that take time, a locked configuration. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { paloAltoConnector } from '../../functions/firewalls/panos/connector.ts';
import { approve } from '../../functions/ledger/controls.ts';
import { heldHashes, readConditions } from '../../functions/ledger/query.ts';
import { parseAddress } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { Border, Firewall } from '../../functions/settings.ts';
import { managerOf, secretOf } from '../panos-firewall/bench.ts';
import { type PanosTwin, startPanosTwin } from '../twins/panos/start.ts';
import { System } from './system.ts';
import { rule } from './world.ts';

const value = (text: string) => (parseAddress(text) as { value: bigint }).value;
const packet = (source: string, destination: string): Packet => ({
  family: 4,
  direction: 'egress',
  source: value(source),
  destination: value(destination),
  protocol: 6,
  sourcePort: 40_000,
  destinationPort: 443,
});
const partner = rule('pay', 'partner', 'payers', '198.51.100.0/24', { translation: { kind: 'address', address: '203.0.113.200' } });
const plain = rule('pay', 'plain', 'jobs', '192.0.2.0/24');
const host = (n: number) => `10.0.0.${n}/32`;

let twin: PanosTwin;
beforeAll(async () => {
  twin = await startPanosTwin({ clock: 'manual' });
});
afterAll(() => twin.close());

test('a translated pod is let through once NAT knows it, others at once; a lock is waited for and named', async () => {
  const system = new System();
  const manager = managerOf(twin);
  const edge = Firewall.parse({ manager: 'm', mode: 'sync', placement: { filter: { where: 'before', rule: 'DENY-ALL' } } });
  const border = Border.parse({ firewall: 'edge', hostEndpoint: 'edge', zones: { inside: ['trust'], outside: ['untrust'] } });
  system.settings = { ...system.settings, managers: { m: manager }, firewalls: { edge }, borders: { edge: border } };
  system.nowMs = Date.now() + 3_600_000;
  system.onTime = (ms) => twin.advance(ms);
  const connector = paloAltoConnector('panos', 'm', manager, async () => secretOf(twin), 5_000);
  const wrong: string[] = [];
  const fate = (source: string, destination: string) => twin.decide(packet(source, destination), { from: 'trust', to: 'untrust' });
  twin.server.onRequest = () => {
    for (let n = 1; n < 8; n++) {
      const { action, nat } = fate(`10.0.0.${n}`, '198.51.100.9');
      if (action === 'allow' && nat !== 'cf_npartner') wrong.push(`10.0.0.${n} leaves by ${nat ?? 'no rule'}`);
    }
  };
  const engine = system.process({ connector });
  system.world.say('pay', [partner, plain], { payers: [host(1)], jobs: [host(5)] });
  await system.settle(engine);
  expect(system.holding()).toEqual([]);
  expect(fate('10.0.0.1', '198.51.100.9')).toMatchObject({ action: 'allow', nat: 'cf_npartner' });
  const commits = twin.device.jobs.length;
  system.world.members('pay', 'payers', { add: [host(2)], remove: [host(1)] });
  system.world.members('pay', 'jobs', { add: [host(6)] });
  await engine.run(system.request());
  // before any commit could end
  expect(fate('10.0.0.6', '192.0.2.9').action).toBe('allow');
  expect(fate('10.0.0.1', '198.51.100.9').action).toBe('deny');
  await system.settle(engine, 'again');
  expect(fate('10.0.0.2', '198.51.100.9')).toMatchObject({ action: 'allow', nat: 'cf_npartner' });
  expect(twin.device.jobs.length).toBe(commits + 1);
  await system.settle(system.process({ connector }), 'audit');
  expect(twin.device.jobs.length).toBe(commits + 1);
  expect(system.holding()).toEqual([]);

  twin.human().lock('config', 'change 4711');
  system.world.members('pay', 'payers', { add: [host(3)], remove: [host(2)] });
  system.world.members('pay', 'jobs', { add: [host(7)] });
  await engine.run(system.request());
  expect(fate('10.0.0.7', '192.0.2.9').action).toBe('allow');
  expect(['10.0.0.2', '10.0.0.3'].map((source) => fate(source, '198.51.100.9').action)).toEqual(['deny', 'deny']);
  const blocked = (await readConditions(system.table)).find((one) => one.code === 'CEXT_APPLY_BLOCKED');
  expect(blocked?.message).toContain('jdoe: config lock: change 4711');
  twin.human().unlock('config');
  await system.settle(engine);
  expect(fate('10.0.0.3', '198.51.100.9')).toMatchObject({ action: 'allow', nat: 'cf_npartner' });
  expect(wrong).toEqual([]);
  expect(await readConditions(system.table)).toEqual([]);

  // Taken out of the settings: what stands goes on, translation and all, until somebody says yes.
  system.settings = { ...system.settings, pairs: [] };
  const after = system.process({ connector });
  await system.settle(after, 'audit');
  // With no other cluster on it, nobody reads what its NAT lists hold: rules wait, and say so.
  expect(system.holding()).toEqual(['CEXT_APPLY_HELD', 'CEXT_APPLY_MEMBERS_UNKNOWN']);
  expect(fate('10.0.0.3', '198.51.100.9')).toMatchObject({ action: 'allow', nat: 'cf_npartner' });
  const held = await heldHashes(system.table, 'm', 'edge');
  for (const hash of held) await approve(system.table, 'edge', hash, 'ann', system.nowMs, held);
  await system.settle(after);
  expect(system.holding()).toEqual([]);
  expect(fate('10.0.0.3', '198.51.100.9').action).toBe('deny');
  await connector.close();
});
