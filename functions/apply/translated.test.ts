/** A device whose NAT knows its members by itself and learns them in commits: no packet leaves with a wrong address, and nobody else waits. */
import { expect, test } from '@jest/globals';
import type { FakeOptions } from '../../test/fake-firewall/connector.ts';
import { dieAtDevice, dieAtTable, type Story, type When } from '../../test/fake-firewall/kills.ts';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { freeze, unfreeze } from '../ledger/controls.ts';
import { status } from '../ledger/query.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import { evaluatorOf } from '../rulebook/evaluate.ts';

const value = (text: string) => (parseAddress(text) as { value: bigint }).value;
const packet = (source: string, destination = '203.0.113.9'): Packet => ({
  family: 4,
  direction: 'egress',
  source: value(source),
  destination: value(destination),
  protocol: 6,
  sourcePort: 5000,
  destinationPort: 443,
});
const partner = rule('pay', 'partner', 'payers', '203.0.113.0/24', { translation: { kind: 'address', address: '198.18.0.7' } });
const internet = rule('pay', 'internet', 'pods', 'any');
const plain = rule('pay', 'plain', 'jobs', '192.0.2.0/24');
const rules = [partner, internet, plain];
const OURS = JSON.stringify(partner.translation);
const host = (n: number) => `10.0.0.${n}/32`;
const start = { payers: [host(1), host(2)], pods: [host(1), host(2), host(3)], jobs: [host(5)] };

/** What a packet gets that is let through: its address; undefined: it is not. */
function fateIn(head: ReturnType<System['world']['head']>, one: Packet): string | undefined {
  const members = { members: (set: string) => head.sets.get(set) ?? new Set<string>(), digest: () => '' };
  const decision = evaluatorOf({ rulebook: { rules: head.rules, sets: new Map() }, members })('edge', 'forward', one);
  if (decision.kind !== 'allow') return undefined;
  return decision.rule.translation.kind === 'absent' ? 'own' : JSON.stringify(decision.rule.translation);
}

/** After every write: what is let through leaves with an address that some policy since the last look wants, the old one or the new. */
function watch(system: System): string[] {
  const wrong: string[] = [];
  const old = system.world.head('pay');
  system.device.onWrite = () => {
    for (let n = 1; n < 12; n++)
      for (const destination of ['203.0.113.9', '198.51.100.9', '192.0.2.9']) {
        const one = packet(`10.0.0.${n}`, destination);
        if (system.device.decide('edge', one).kind !== 'allow') continue;
        const leaves = system.device.leavesAs('edge', one);
        const allowed = [old, system.world.head('pay')].map((head) => fateIn(head, one));
        if (!allowed.includes(leaves))
          wrong.push(`${n} to ${destination} leaves as ${leaves} after ${system.device.writes.at(-1)}, allowed: ${allowed}`);
      }
  };
  return wrong;
}
const has = (system: System, set: string) => [...(system.device.sets.get(set) ?? [])].sort();
const nat = (system: System) => [...(system.device.nat.get('payers') ?? [])].sort();

async function begun(options: FakeOptions = {}): Promise<System> {
  const system = new System({}, { slowNat: true, ...options });
  system.world.say('pay', rules, start);
  await system.settle();
  expect(nat(system)).toEqual([host(1), host(2)]);
  return system;
}

test.each([0, 3])('pods come, go and move, and never leave with a wrong address (a commit takes %d polls)', async (commits) => {
  const system = await begun({ commits });
  const wrong = watch(system);
  const engine = system.process();
  await system.settle(engine);
  // one comes, one goes, one moves from plain Internet to the partner's address, one back
  system.world.members('pay', 'payers', { add: [host(4)], remove: [host(2)] });
  system.world.members('pay', 'pods', { add: [host(4)], remove: [host(3)] });
  await system.settle(engine);
  expect(wrong).toEqual([]);
  const then = watch(system);
  system.world.members('pay', 'payers', { add: [host(3)], remove: [host(1)] });
  system.world.members('pay', 'pods', { add: [host(3)] });
  await system.settle(engine);
  expect(then).toEqual([]);
  expect(has(system, 'payers')).toEqual([host(3), host(4)]);
  expect(nat(system)).toEqual([host(3), host(4)]);
  expect(system.holding()).toEqual([]);
  expect(system.metrics.get('NatLag')).toBeGreaterThan(0);
});

test('while the commit lane is locked: what goes goes at once, what is translated waits, all others follow', async () => {
  const system = await begun();
  const wrong = watch(system);
  const engine = system.process();
  await system.settle(engine);
  system.device.foreign = [{ who: 'carol', what: 'a config lock', since: new Date(system.nowMs).toISOString() }];
  system.world.members('pay', 'payers', { add: [host(4)], remove: [host(2)] });
  system.world.members('pay', 'pods', { add: [host(4), host(6)], remove: [host(2)] });
  system.world.members('pay', 'jobs', { add: [host(4), host(7)] });
  await engine.run(system.request());
  expect(has(system, 'payers')).toEqual([host(1)]);
  // 4 would leave to the partner by the Internet rule with its own address; 192.0.2.0/24 is another matter
  expect(has(system, 'pods')).toEqual([host(1), host(3), host(6)]);
  expect(has(system, 'jobs')).toEqual([host(4), host(5), host(7)]);
  expect(system.holding()).toEqual(['CEXT_APPLY_BLOCKED', 'CEXT_APPLY_NAT_WAITS']);
  // the address of the pod that went is another pod's now: it waits as well, for NAT still knows it
  system.world.members('pay', 'pods', { add: [host(2)] });
  await engine.run(system.request());
  expect(has(system, 'pods')).not.toContain(host(2));
  expect((await status(system.table, ['edge']))[0]?.behind).toMatchObject({
    payers: expect.stringContaining('wait'),
    pods: expect.stringContaining('wait'),
  });
  system.device.foreign = [];
  await system.settle(engine);
  expect(has(system, 'payers')).toEqual([host(1), host(4)]);
  expect(has(system, 'pods')).toEqual([host(1), host(2), host(3), host(4), host(6)]);
  expect(nat(system)).toEqual([host(1), host(4)]);
  expect(wrong).toEqual([]);
  expect(system.holding()).toEqual([]);
});

test('many changes share one commit, and a commit for pods is not a new structure', async () => {
  const system = await begun();
  const engine = system.process();
  await system.settle(engine);
  system.device.writes.length = 0;
  system.world.members('pay', 'payers', { add: [host(4), host(6), host(8)] });
  system.world.members('pay', 'pods', { add: [host(4), host(6), host(8)] });
  await system.settle(engine);
  expect(system.device.writes.filter((line) => line === 'rules')).toHaveLength(1);
  expect((await status(system.table, ['edge']))[0]?.version).toBe(1);
  system.device.writes.length = 0;
  await system.settle(engine, 'audit');
  await system.settle(system.process(), 'audit');
  expect(system.device.writes).toEqual([]);
});

test('a held removal keeps its translation', async () => {
  const system = await begun();
  const many = Array.from({ length: 30 }, (_, n) => `10.0.1.${n}/32`);
  const engine = system.process();
  system.world.members('pay', 'payers', { add: many });
  system.world.members('pay', 'pods', { add: many });
  await system.settle(engine);
  const wrong = watch(system);
  system.world.members('pay', 'payers', { remove: many, add: [host(9)] });
  system.world.members('pay', 'pods', { remove: many });
  await system.settle(engine);
  expect(system.holding()).toEqual(['CEXT_APPLY_MEMBERS_HELD']);
  for (const one of many) expect(system.device.leavesAs('edge', packet(one.replace('/32', '')))).toBe(OURS);
  expect(has(system, 'payers')).toContain(host(9));
  expect(wrong).toEqual([]);
});

test('a frozen firewall is left alone, and goes on', async () => {
  const system = await begun();
  const engine = system.process();
  await system.settle(engine);
  await freeze(system.table, 'edge', 'bob', 'incident', 0);
  system.world.members('pay', 'payers', { add: [host(4)] });
  const writes = system.device.writes.length;
  await engine.run(system.request());
  expect(system.device.writes.length).toBe(writes);
  await unfreeze(system.table, 'edge');
  await system.settle(system.process());
  expect(nat(system)).toEqual([host(1), host(2), host(4)]);
  expect(has(system, 'payers')).toEqual([host(1), host(2), host(4)]);
});

test('a silent cluster keeps its translations while another one commits', async () => {
  const system = new System({ clusters: ['pay', 'shop'] }, { slowNat: true });
  const shop = rule('shop', 'shop', 'carts', '192.0.2.0/24', { translation: { kind: 'address', address: '198.18.0.8' } });
  system.world.say('pay', rules, start);
  system.world.say('shop', [shop], { carts: ['10.1.0.1/32'] });
  await system.settle();
  system.world.silent.add('pay');
  system.world.members('shop', 'carts', { add: ['10.1.0.2/32'] });
  await system.settle(system.process());
  expect([...(system.device.nat.get('carts') ?? [])].sort()).toEqual(['10.1.0.1/32', '10.1.0.2/32']);
  expect(has(system, 'carts')).toEqual(['10.1.0.1/32', '10.1.0.2/32']);
  expect(nat(system)).toEqual([host(1), host(2)]);
  expect(has(system, 'payers')).toEqual([host(1), host(2)]);
});

/** Structure and members at once: a new translated rule, a pod that joins both, one that leaves. */
function go(system: System): void {
  system.world.members('pay', 'payers', { add: [host(4)], remove: [host(2)] });
  system.world.say(
    'pay',
    [
      { ...partner, id: 'partner2', services: 'any' },
      rule('pay', 'extra', 'crew', '198.51.100.0/24', { translation: partner.translation }),
      internet,
      plain,
    ],
    {
      payers: [host(1), host(4)],
      pods: [host(1), host(3), host(4)],
      jobs: [host(5)],
      crew: [host(4), host(5)],
    },
  );
}
function expectDone(system: System): void {
  expect(system.device.running.rules.map((one) => one.id)).toEqual(['partner2', 'extra', 'internet', 'plain']);
  expect(has(system, 'payers')).toEqual([host(1), host(4)]);
  expect(nat(system)).toEqual([host(1), host(4)]);
  expect(has(system, 'pods')).toEqual([host(1), host(3), host(4)]);
  expect([...(system.device.nat.get('crew') ?? [])].sort()).toEqual([host(4), host(5)]);
  expect(system.holding()).toEqual([]);
}
function story(options: FakeOptions, when: When): Story {
  const wrong = new Map<System, string[]>();
  return {
    options: { slowNat: true, chunk: 1, ...options },
    when,
    begin: () => begun({ chunk: 1, ...options }),
    go: (system) => {
      wrong.set(system, watch(system));
      go(system);
    },
    goOn: async (system, heir, calls) => {
      // Who goes on finds that the world has moved: one of the new ones is gone again, and comes back.
      if (calls % 3 === 0) {
        system.world.members('pay', 'crew', { remove: [host(5)] });
        await system.settle(heir);
        system.world.members('pay', 'crew', { add: [host(5)] });
      }
      await system.settle(heir);
      expect({ calls, wrong: wrong.get(system) }).toEqual({ calls, wrong: [] });
      expectDone(system);
    },
  };
}

test.each([
  [0, 'before'],
  [0, 'after'],
  [2, 'before'],
  [2, 'after'],
] as const)('killed at every await with %d-poll commits, %s the write: no wrong address, and it converges', async (commits, when) => {
  expect(await dieAtTable(story({ commits }, when))).toBeGreaterThan(29);
});

test.each(['before', 'after'] as const)('killed at every call of the device, %s its effect', async (when) => {
  expect(await dieAtDevice(story({ commits: 2 }, when))).toBeGreaterThan(7);
});
