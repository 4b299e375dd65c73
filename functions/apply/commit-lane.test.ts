/** A device on which every member needs a commit: no packet is wrong at any moment, one commit for all that waits, and the lag is told. */
import { expect, test } from '@jest/globals';
import type { FakeOptions } from '../../test/fake-firewall/connector.ts';
import { dieAtDevice, dieAtTable, type Story, type When } from '../../test/fake-firewall/kills.ts';
import { System, settingsOf } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { approve, freeze, unfreeze } from '../ledger/controls.ts';
import { heldHashes, status } from '../ledger/query.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';

const value = (text: string) => (parseAddress(text) as { value: bigint }).value;
const host = (n: number) => `10.0.0.${n}/32`;
const partner = rule('pay', 'partner', 'payers', '203.0.113.0/24', { translation: { kind: 'address', address: '198.18.0.7' } });
const internet = rule('pay', 'internet', 'pods', 'any');
const stop = rule('pay', 'stop', 'shut', 'any', { action: 'deny' });
const start = { payers: [host(1), host(2)], pods: [host(1), host(2), host(3)], shut: [host(3)] };
const packets: Packet[] = Array.from({ length: 9 }, (_, n) => ['203.0.113.9', '198.51.100.9'].map((to) => ({ n, to })))
  .flat()
  .map(({ n, to }) => ({
    family: 4,
    direction: 'egress',
    source: value(`10.0.0.${n + 1}`),
    destination: value(to),
    protocol: 6,
    sourcePort: 5000,
    destinationPort: 443,
  }));

const fates = ({ device }: System) =>
  packets.map(
    (packet) =>
      `${device.decide('edge', packet).kind} ${device.decide('edge', packet).kind === 'allow' ? device.leavesAs('edge', packet) : ''}`,
  );

async function begun(options: FakeOptions = {}): Promise<System> {
  const system = new System({}, { slowFilter: true, ...options });
  system.world.say('pay', [stop, partner, internet], start);
  await system.settle();
  expect(system.device.decide('edge', packets[0] as Packet).kind).toBe('allow');
  return system;
}

/** Pods come, go, and move between an allow, a deny and a translation. */
function churn(system: System): void {
  system.world.members('pay', 'payers', { add: [host(3), host(4)], remove: [host(2)] });
  system.world.members('pay', 'pods', { add: [host(4)], remove: [host(1)] });
  system.world.members('pay', 'shut', { add: [host(2)], remove: [host(3)] });
}
const has = (system: System, set: string) => [...(system.device.sets.get(set) ?? [])].sort();
function expectDone(system: System): void {
  expect(has(system, 'payers')).toEqual([host(1), host(3), host(4)]);
  expect(has(system, 'pods')).toEqual([host(2), host(3), host(4)]);
  expect(has(system, 'shut')).toEqual([host(2)]);
  expect(system.holding()).toEqual([]);
}

test.each([0, 3])('all that waits goes in one commit, filter and translation at once (a commit takes %d polls)', async (commits) => {
  const system = await begun({ commits });
  const engine = system.process();
  await system.settle(engine);
  const before = fates(system);
  const seen: string[][] = [];
  system.device.onWrite = () => seen.push(fates(system));
  system.device.writes.length = 0;
  churn(system);
  await system.settle(engine);
  expectDone(system);
  const after = fates(system);
  expect(after).not.toEqual(before);
  for (const now of seen) expect([before, after]).toContainEqual(now);
  expect(system.device.writes).toEqual(commits === 0 ? ['rules'] : ['commit begins', 'commit ends']);
  expect(system.metrics.get('NatLag')).toBeGreaterThan(0);
  // Pods are no new structure, and who looks later finds nothing to do.
  expect((await status(system.table, ['edge']))[0]?.version).toBe(1);
  system.device.writes.length = 0;
  await system.settle(engine, 'audit');
  await system.settle(system.process(), 'audit');
  expect(system.device.writes).toEqual([]);
});

test('while the commit lane is locked it is said who waits, and what came and went meanwhile costs nothing', async () => {
  const system = await begun();
  const engine = system.process();
  await system.settle(engine);
  system.device.foreign = [{ who: 'carol', what: 'a config lock', since: new Date(system.nowMs).toISOString() }];
  system.device.writes.length = 0;
  churn(system);
  await engine.run(system.request());
  expect(system.holding()).toEqual(['CEXT_APPLY_BLOCKED', 'CEXT_APPLY_NAT_WAITS']);
  expect((await status(system.table, ['edge']))[0]?.behind).toMatchObject({ payers: expect.stringContaining('commit') });
  system.world.members('pay', 'pods', { add: [host(8)] });
  system.world.members('pay', 'pods', { remove: [host(8)] });
  await engine.run(system.request());
  expect(system.device.writes).toEqual([]);
  system.device.foreign = [];
  await system.settle(engine);
  expectDone(system);
});

test('a frozen firewall is left alone, and looked at again; one that is only observed is not written to', async () => {
  const system = await begun();
  const engine = system.process();
  await system.settle(engine);
  system.device.writes.length = 0;
  await freeze(system.table, 'edge', 'bob', 'incident', 0);
  churn(system);
  await engine.run(system.request());
  expect(system.holding()).toEqual(['CEXT_APPLY_FROZEN']);
  expect(system.wakes.map(({ kind }) => kind)).toContain('again');
  expect(system.device.writes).toEqual([]);
  await unfreeze(system.table, 'edge');
  await system.settle(engine, 'again');
  expectDone(system);

  system.settings = settingsOf({ mode: 'observe' });
  system.device.writes.length = 0;
  system.world.members('pay', 'pods', { add: [host(8)] });
  await system.settle(system.process());
  expect(system.holding()).toEqual(['CEXT_APPLY_OBSERVED']);
  expect(system.device.writes).toEqual([]);
});

test('removals that are held stay in the next commit, additions of the same set do not wait for them', async () => {
  const system = await begun();
  const many = Array.from({ length: 30 }, (_, n) => `10.0.1.${n}/32`);
  const engine = system.process();
  system.world.members('pay', 'pods', { add: many });
  await system.settle(engine);
  system.world.members('pay', 'pods', { remove: many, add: [host(9)] });
  await system.settle(engine);
  expect(system.holding()).toEqual(['CEXT_APPLY_MEMBERS_HELD']);
  expect(has(system, 'pods')).toEqual([...many, host(1), host(2), host(3), host(9)].sort());
  const held = await heldHashes(system.table, 'm', 'edge');
  for (const hash of held) await approve(system.table, 'edge', hash, 'ann', system.nowMs, held);
  await system.settle(engine);
  expect(has(system, 'pods')).toEqual([host(1), host(2), host(3), host(9)]);
});

test('a silent cluster keeps its members while another one commits', async () => {
  const system = new System({ clusters: ['pay', 'shop'] }, { slowFilter: true });
  system.world.say('pay', [stop, partner, internet], start);
  system.world.say('shop', [rule('shop', 'shop', 'carts', '192.0.2.0/24')], { carts: ['10.1.0.1/32'] });
  await system.settle();
  system.world.silent.add('pay');
  system.world.members('shop', 'carts', { add: ['10.1.0.2/32'] });
  await system.settle(system.process());
  expect(has(system, 'carts')).toEqual(['10.1.0.1/32', '10.1.0.2/32']);
  expect(has(system, 'payers')).toEqual([host(1), host(2)]);
});

/** Structure and members at once. */
const story = (options: FakeOptions, when: When): Story => ({
  options: { slowFilter: true, ...options },
  when,
  begin: () => begun(options),
  go: (system) => {
    churn(system);
    const { sets } = system.world.head('pay');
    const lists = Object.fromEntries([...sets].map(([id, members]) => [id, [...members]]));
    system.world.say('pay', [stop, { ...partner, id: 'partner2', services: 'any' }, internet], lists);
  },
  goOn: async (system, heir, calls) => {
    if (calls % 3 === 0) {
      system.world.members('pay', 'pods', { remove: [host(4)] });
      await system.settle(heir);
      system.world.members('pay', 'pods', { add: [host(4)] });
    }
    await system.settle(heir);
    expectDone(system);
    expect(system.device.running.rules.map(({ id }) => id)).toEqual(['stop', 'partner2', 'internet']);
  },
});

test.each([
  [0, 'before'],
  [0, 'after'],
  [2, 'before'],
  [2, 'after'],
] as const)('killed at every call of the table with %d-poll commits, %s the write, it converges', async (commits, when) => {
  expect(await dieAtTable(story({ commits }, when))).toBeGreaterThan(15);
});

test.each(['before', 'after'] as const)('killed at every call of the device, %s its effect, it converges', async (when) => {
  expect(await dieAtDevice(story({ commits: 2 }, when))).toBeGreaterThan(5);
});
