/** A pair's maxMembers: a cluster that wants more on a firewall which others share does not get it, whichever way it asks. */
import { expect, test } from '@jest/globals';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';

const pods = (count: number) => Array.from({ length: count }, (_, n) => `10.0.${n >> 8}.${n & 255}/32`);
const web = rule('pay', 'web', 'pods', '203.0.113.0/24');
const shop = rule('pay', 'shop', 'others', '198.51.100.0/24');
const MOST = 50;

const limited = () => new System({ pair: { maxMembers: MOST } });
const there = (system: System, set = 'pods') => [...(system.device.sets.get(set) ?? [])];

test('a storm of members is not written; who leaves an allow still goes; back under the limit all of it is followed', async () => {
  const system = limited();
  system.world.say('pay', [web], { pods: pods(10) });
  const engine = system.process();
  await system.settle(engine);
  expect(there(system).length).toBe(10);
  system.world.members('pay', 'pods', { add: pods(5_000).slice(10), remove: ['10.0.0.0/32'] });
  await system.settle(engine);
  await system.settle(engine, 'audit');
  expect(there(system).sort()).toEqual(pods(10).slice(1).sort());
  expect(system.holding()).toContain('CEXT_APPLY_TOO_MANY_MEMBERS');
  // Another process knows no better.
  await system.settle(system.process(), 'audit');
  expect(there(system).length).toBe(9);
  system.world.members('pay', 'pods', { remove: pods(5_000).slice(MOST) });
  await system.settle(engine);
  expect(there(system).length).toBe(MOST - 1);
  await system.settle(engine, 'audit');
  expect(system.holding()).toEqual([]);
});

test('a new rule whose set is too large does not come, and the rules of before stay', async () => {
  const system = limited();
  system.world.say('pay', [web], { pods: pods(10) });
  const engine = system.process();
  await system.settle(engine);
  system.world.say('pay', [web, shop], { pods: pods(10), others: pods(5_000) });
  await system.settle(engine);
  expect(there(system, 'others')).toEqual([]);
  expect(there(system).length).toBe(10);
  expect(system.holding()).toContain('CEXT_APPLY_TOO_MANY_MEMBERS');
  // Fewer members alone are enough: nobody has to touch the policy, and no audit has to come.
  system.world.members('pay', 'others', { remove: pods(5_000).slice(20) });
  await system.settle(engine);
  expect(there(system, 'others').length).toBe(20);
  expect(system.holding()).toEqual([]);
});
