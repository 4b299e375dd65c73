/** Kill anywhere, and no packet is wrong in between (DESIGN.md 6.2, 6.7). */
import { expect, test } from '@jest/globals';
import { dieAtDevice, dieAtTable, type Story, type When } from '../../test/fake-firewall/kills.ts';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { readHistory } from '../ledger/query.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';

const value = (text: string) => (parseAddress(text) as { value: bigint }).value;
const packets: Packet[] = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.9.9.9'].flatMap((source) =>
  ['203.0.113.9', '198.51.100.9', '192.0.2.9'].map((destination) => ({
    family: 4 as const,
    direction: 'egress' as const,
    source: value(source),
    destination: value(destination),
    protocol: 6,
    sourcePort: 5000,
    destinationPort: 443,
  })),
);
const web = rule('pay', 'web', 'pods', '203.0.113.0/24');
const mail = rule('pay', 'mail', 'jobs', '198.51.100.0/24');
const stop = rule('pay', 'stop', 'pods', '198.51.100.0/24', { action: 'deny' });

/** The story of every test: two rules and their members, then other members and another structure at once. */
function begin(system: System): void {
  system.world.say('pay', [web, mail], { pods: ['10.0.0.1/32', '10.0.0.2/32'], jobs: ['10.0.0.3/32'] });
}
function go(system: System): void {
  system.world.members('pay', 'pods', { add: ['10.0.0.4/32'], remove: ['10.0.0.2/32'] });
  system.world.say(
    'pay',
    [stop, mail, { ...web, id: 'web2', source: { include: { sets: ['fresh'], prefixes: [] }, exclude: { sets: [], prefixes: [] } } }],
    {
      pods: ['10.0.0.1/32', '10.0.0.4/32'],
      jobs: ['10.0.0.3/32', '10.0.0.1/32'],
      fresh: ['10.0.0.1/32', '10.0.0.4/32', '10.0.0.5/32'],
    },
  );
}
/** A pod that came while the dead one worked is gone before the next one looks. */
function cancel(system: System): void {
  system.world.members('pay', 'jobs', { remove: ['10.0.0.1/32'] });
}
function again(system: System): void {
  expect(system.device.sets.get('jobs')?.has('10.0.0.1/32')).toBe(false);
  system.world.members('pay', 'jobs', { add: ['10.0.0.1/32'] });
}
const decisions = (system: System) => packets.map((packet) => system.device.decide('edge', packet).kind === 'allow');

async function wanted(commits: number): Promise<System> {
  const system = new System({}, { commits });
  begin(system);
  await system.settle();
  go(system);
  await system.settle();
  return system;
}

function expectDone(system: System, model: System): void {
  expect(system.device.running.rules.map((one) => one.id)).toEqual(['stop', 'mail', 'web2']);
  const plain = (one: System) => Object.fromEntries([...one.device.sets].map(([set, members]) => [set, [...members].sort()]));
  expect(plain(system)).toEqual(plain(model));
  expect(system.holding()).toEqual([]);
}

test.each([0, 2])('after every single write no packet is wrong (a commit takes %d polls)', async (commits) => {
  const model = await wanted(commits);
  const system = new System({}, { commits, chunk: 1 });
  begin(system);
  const engine = system.process();
  await system.settle(engine);
  const before = decisions(system);
  const after = decisions(model);
  let seen = 0;
  const wrong: string[] = [];
  system.device.onWrite = () => {
    seen++;
    for (const [n, now] of decisions(system).entries())
      if (before[n] === after[n] && now !== before[n]) wrong.push(`packet ${n} after ${system.device.writes.at(-1)}`);
  };
  go(system);
  await system.settle(engine);
  expect(wrong).toEqual([]);
  expectDone(system, model);
  expect(seen).toBeGreaterThan(5);
});

/** A third of the times what came is gone before the heir looks. */
const story = (commits: number, when: When): Story => ({
  options: { commits, chunk: 1 },
  when,
  begin: async () => {
    const system = new System({}, { commits, chunk: 1 });
    begin(system);
    return system;
  },
  go,
  goOn: async (system, heir, calls) => {
    if (calls % 3 === 0) cancel(system);
    await system.settle(heir);
    if (calls % 3 === 0) {
      again(system);
      await system.settle(heir);
    }
    expectDone(system, await wanted(commits));
    await historyIsWhole(system);
  },
});
const LIVES = [
  [0, 'before'],
  [0, 'after'],
  [2, 'before'],
  [2, 'after'],
] as const;

test.each(LIVES)('killed %s-poll commits at every call of the table, %s its effect, it converges', async (commits, when) => {
  expect(await dieAtTable(story(commits, when))).toBeGreaterThan(29);
});

test.each(LIVES)('killed %s-poll commits at every call of the device, %s its effect, it converges', async (commits, when) => {
  expect(await dieAtDevice(story(commits, when))).toBeGreaterThan(7);
});

/** Every rule that is there came once more often than it went. */
async function historyIsWhole(system: System): Promise<void> {
  const count = new Map<string, number>();
  for await (const entry of readHistory(system.table, 'edge', 0, system.nowMs)) {
    for (const one of entry.rules) count.set(one.id, (count.get(one.id) ?? 0) + { added: 1, removed: -1, changed: 0 }[one.change]);
  }
  expect(Object.fromEntries([...count].filter(([, n]) => n !== 0))).toEqual({ stop: 1, mail: 1, web2: 1 });
}
