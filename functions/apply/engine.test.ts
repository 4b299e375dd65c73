import { expect, test } from '@jest/globals';
import { type FakeCall, FakeConnector } from '../../test/fake-firewall/connector.ts';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { acquireLease } from '../ledger/lease.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import type { TableKey } from '../table.ts';

const packet = (source: string, destination: string): Packet => ({
  family: 4,
  direction: 'egress',
  source: (parseAddress(source) as { value: bigint }).value,
  destination: (parseAddress(destination) as { value: bigint }).value,
  protocol: 6,
  sourcePort: 5000,
  destinationPort: 443,
});
const web = rule('pay', 'web', 'pods', '203.0.113.0/24');

test('a first small policy goes to the firewall without anybody approving, and what runs is proven', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  await system.settle();
  expect(system.device.decide('edge', packet('10.0.0.1', '203.0.113.9')).kind).toBe('allow');
  expect(system.device.decide('edge', packet('10.0.0.2', '203.0.113.9')).kind).toBe('unmatched');
  expect(system.holding()).toEqual([]);
});

test('a pod that comes or goes is a membership call and no structure transaction', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  const engine = system.process();
  await system.settle(engine);
  system.device.writes.length = 0;
  for (let n = 2; n < 10; n++) {
    system.world.members('pay', 'pods', { add: [`10.0.0.${n}/32`], remove: [`10.0.0.${n - 1}/32`] });
    await engine.run(system.request());
  }
  expect(system.device.writes).toEqual(Array(8).fill('members pods +1 -1'));
  expect([...(system.device.sets.get('pods') ?? [])]).toEqual(['10.0.0.9/32']);
});

test('a warm membership change reads nothing from the device and little from the table', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  const engine = system.process();
  await system.settle(engine);
  const reads = system.connector.reads;
  Object.assign(system.table.calls, { get: 0, query: 0, put: 0, update: 0, delete: 0 });
  system.world.members('pay', 'pods', { add: ['10.0.0.2/32'] });
  await engine.run(system.request());
  expect(system.connector.reads).toBe(reads);
  expect(system.table.calls.put + system.table.calls.update + system.table.calls.delete).toBe(2);
});

test('an unchanged restart makes no write', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  await system.settle();
  system.device.writes.length = 0;
  await system.settle(system.process());
  await system.settle(system.process(), 'audit');
  expect(system.device.writes).toEqual([]);
});

test('what changed while nobody was looking is found by digest after a restart', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32', '10.0.0.2/32'] });
  await system.settle();
  system.world.members('pay', 'pods', { add: ['10.0.0.3/32'], remove: ['10.0.0.1/32'] });
  system.device.writes.length = 0;
  await system.settle(system.process());
  expect(system.device.writes).toEqual(['members pods +1 -1']);
});

test('two processes that take turns do not undo or miss each other', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  const engines = [system.process(), system.process()];
  for (const engine of engines) await system.settle(engine);
  // One adds, the other removes the same pod again: net nothing for the first.
  system.world.members('pay', 'pods', { add: ['10.0.0.5/32'] });
  await engines[0]?.run(system.request());
  system.world.members('pay', 'pods', { remove: ['10.0.0.5/32'] });
  await engines[1]?.run(system.request());
  system.world.members('pay', 'pods', { add: ['10.0.0.6/32'] });
  await engines[0]?.run(system.request());
  expect([...(system.device.sets.get('pods') ?? [])].sort()).toEqual(['10.0.0.1/32', '10.0.0.6/32']);
});

test('what one process added and the next saw come and go at once is taken away', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  const [a, b] = [system.process(), system.process()];
  await system.settle(a);
  await system.settle(b);
  for (let n = 0; n < 9; n++) {
    system.world.members('pay', 'pods', { add: [`10.0.1.${n}/32`] });
    await b.run(system.request());
  }
  for (let n = 0; n < 9; n++) system.world.members('pay', 'pods', { remove: [`10.0.1.${n}/32`] });
  await a.run(system.request());
  expect([...(system.device.sets.get('pods') ?? [])]).toEqual(['10.0.0.1/32']);
  system.world.members('pay', 'pods', { add: ['10.0.2.1/32'] });
  await a.run(system.request());
  system.world.members('pay', 'pods', { remove: ['10.0.2.1/32'] });
  const reads = system.connector.reads;
  await b.run(system.request());
  expect([...(system.device.sets.get('pods') ?? [])]).toEqual(['10.0.0.1/32']);
  expect(system.connector.reads).toBe(reads + 1);
});

test('what a dead process had in flight is read before a warm one believes its own memory', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  const warm = system.process();
  await system.settle(warm);
  system.world.members('pay', 'pods', { add: ['10.0.0.5/32'] });
  let dead = false;
  const fault = (call: FakeCall, when: 'before' | 'after'): undefined => {
    if (call.kind === 'execute' && when === 'after') dead = true;
  };
  const table = new Proxy(system.table, {
    get(target, name) {
      if (dead) throw new Error('the process is dead');
      const found = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  const dying = system.process({ table, connector: new FakeConnector(system.device, { fault }) });
  await expect(dying.run(system.request())).rejects.toThrow('dead');
  expect(system.device.sets.get('pods')?.size).toBe(2);
  system.world.members('pay', 'pods', { remove: ['10.0.0.5/32'] });
  system.nowMs += 300_000;
  await system.settle(warm);
  expect([...(system.device.sets.get('pods') ?? [])]).toEqual(['10.0.0.1/32']);
});

test('mode observe plans, says so once, and never writes', async () => {
  const system = new System({ mode: 'observe' });
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  await system.settle();
  await system.settle(system.process(), 'audit');
  expect(system.device.writes).toEqual([]);
  expect(system.holding()).toEqual(['CEXT_APPLY_OBSERVED']);
  expect(system.told).toHaveLength(1);
});

test('mode add-only removes neither rules nor members', async () => {
  const system = new System({ mode: 'add-only' });
  const other = rule('pay', 'other', 'pods', '198.51.100.0/24');
  system.world.say('pay', [web, other], { pods: ['10.0.0.1/32', '10.0.0.2/32'] });
  await system.settle();
  system.world.say('pay', [other], { pods: ['10.0.0.2/32', '10.0.0.3/32'] });
  await system.settle();
  expect(system.device.decide('edge', packet('10.0.0.3', '203.0.113.9')).kind).toBe('allow');
  expect(system.device.decide('edge', packet('10.0.0.1', '203.0.113.9')).kind).toBe('allow');
  expect(system.holding()).toContain('CEXT_APPLY_REMOVAL_LEFT');
});

test('a commit that takes polls does not delay membership, and ends', async () => {
  const system = new System({}, { commits: 3, pollAfterMs: 30_000 });
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  await system.settle();
  const engine = system.process();
  await system.settle(engine);
  system.world.say('pay', [web, rule('pay', 'more', 'others', '198.51.100.0/24')], { pods: ['10.0.0.1/32'], others: ['10.0.0.8/32'] });
  await engine.run(system.request());
  expect(system.device.running.rules).toHaveLength(1);
  system.world.members('pay', 'pods', { add: ['10.0.0.2/32'] });
  system.world.members('pay', 'others', { add: ['10.0.0.9/32'] });
  await engine.run(system.request());
  expect(system.device.running.rules).toHaveLength(1);
  expect(system.device.sets.get('pods')?.has('10.0.0.2/32')).toBe(true);
  expect(system.device.sets.get('others')?.has('10.0.0.9/32')).toBe(true);
  await system.settle(engine);
  expect(system.device.running.rules).toHaveLength(2);
  expect(system.device.writes.filter((line) => line === 'commit begins')).toHaveLength(2);
  expect(system.device.decide('edge', packet('10.0.0.9', '198.51.100.9')).kind).toBe('allow');
});

test('a cluster without a snapshot keeps its rules while another one changes', async () => {
  const system = new System({ clusters: ['pay', 'shop'] });
  const shop = rule('shop', 'shop', 'carts', '192.0.2.0/24');
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  system.world.say('shop', [shop], { carts: ['10.1.0.1/32'] });
  await system.settle();
  system.world.silent.add('pay');
  system.world.say('shop', [shop, rule('shop', 'shop2', 'carts', '198.51.100.0/24')], { carts: ['10.1.0.1/32', '10.1.0.2/32'] });
  await system.settle(system.process());
  await system.settle(system.process(), 'audit');
  expect(system.device.running.rules.map((one) => one.id).sort()).toEqual(['shop', 'shop2', 'web']);
  expect(system.device.decide('edge', packet('10.0.0.1', '203.0.113.9')).kind).toBe('allow');
  expect(system.device.decide('edge', packet('10.1.0.2', '192.0.2.7')).kind).toBe('allow');
  expect(system.holding()).toEqual(['CEXT_APPLY_NO_VIEW']);
});

test('a flood that meets a busy lane asks once to come back, not at every wake', async () => {
  const system = new System({});
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  await system.settle();
  const engine = system.process();
  await system.settle(engine);
  await acquireLease(system.table, 'members#edge', system.nowMs, 60_000);
  for (let pod = 2; pod < 12; pod++) {
    system.world.members('pay', 'pods', { add: [`10.0.0.${pod}/32`] });
    await engine.run(system.request());
  }
  expect(system.wakes).toHaveLength(1);
  // The holder has died: the one wake finds its lease expired and all pods waiting.
  await system.settle(engine);
  expect(system.device.sets.get('pods')?.size).toBe(11);
});

test('a process whose look was overtaken looks again before it writes: what another brought in between is never taken back', async () => {
  const system = new System({});
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  await system.settle();
  const fast = system.process();
  await system.settle(fast);
  // The slow process has looked at the log by now, and asks for its lane.
  const pause = pausedAt(system, 'members#edge');
  const slow = system.process({ table: pause.table });
  await system.settle(slow);
  system.world.members('pay', 'pods', { add: ['10.0.0.2/32'] });
  pause.between = async () => {
    system.world.members('pay', 'pods', { add: ['10.0.0.3/32'] });
    await fast.run(system.request());
    expect(system.device.sets.get('pods')?.size).toBe(3);
  };
  const before = system.device.writes.length;
  await slow.run(system.request());
  expect(pause.between).toBeUndefined();
  expect([...(system.device.sets.get('pods') ?? [])].sort()).toEqual(['10.0.0.1/32', '10.0.0.2/32', '10.0.0.3/32']);
  // One write, by the fast one.
  expect(system.device.writes.slice(before)).toHaveLength(1);
});

test('an old look never brings old rules back over those that another process has just brought', async () => {
  const more = rule('pay', 'more', 'pods', '198.51.100.0/24');
  const system = new System({});
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  await system.settle();
  const fast = system.process();
  await system.settle(fast);
  const pause = pausedAt(system, 'applied');
  const slow = system.process({ table: pause.table });
  await system.settle(slow);
  pause.between = async () => {
    system.world.say('pay', [web, more], { pods: ['10.0.0.1/32'] });
    await system.settle(fast);
    expect(system.device.running.rules).toHaveLength(2);
    written = system.device.writes.length;
  };
  let written = 0;
  await system.settle(slow);
  expect(pause.between).toBeUndefined();
  expect(system.device.running.rules).toHaveLength(2);
  // Nothing after the fast one.
  expect(system.device.writes.slice(written)).toEqual([]);
});

/** The table of a slow process: before it is given the item of this sort key, `between` happens, once. */
function pausedAt(system: System, sk: string): { readonly table: System['table']; between: (() => Promise<void>) | undefined } {
  const pause: { table: System['table']; between: (() => Promise<void>) | undefined } = {
    table: new Proxy(system.table, {
      get: (target, name) => {
        if (name !== 'get') return typeof Reflect.get(target, name) === 'function' ? Reflect.get(target, name).bind(target) : undefined;
        return async (key: TableKey) => {
          const act = key.sk === sk ? pause.between : undefined;
          if (act) pause.between = undefined;
          await act?.();
          return target.get(key);
        };
      },
    }),
    between: undefined,
  };
  return pause;
}
