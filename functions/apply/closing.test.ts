/** Structure and members in one look: who moves between two allows is never closed, and nothing opens that neither policy allows. */
import { expect, test } from '@jest/globals';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { parseAddress } from '../packets/address.ts';
import type { Packet } from '../packets/packet.ts';
import { evaluatorOf } from '../rulebook/evaluate.ts';
import type { FilterRule } from '../rulebook/types.ts';

const value = (text: string) => (parseAddress(text) as { value: bigint }).value;
const packets: Packet[] = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].flatMap((source) =>
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
type Said = readonly [rules: readonly FilterRule[], sets: Readonly<Record<string, readonly string[]>>];
const host = (n: number) => `10.0.0.${n}/32`;
const web = rule('pay', 'web', 'web', '203.0.113.0/24');
const api = rule('pay', 'api', 'api', '203.0.113.0/24');
const other = rule('pay', 'other', 'web', '192.0.2.0/24');
const stop = rule('pay', 'stop', 'bad', '203.0.113.0/24', { action: 'deny' });
const shop = rule('pay', 'shop', 'shop', '198.51.100.0/24');

/** Says the one, then the other; after every write each packet is as the one or as the other says, and what both allow passes. */
async function watched([before, after]: readonly [Said, Said], commits: number): Promise<readonly string[]> {
  const system = new System({ budget: { rulesRemovedShare: 1 } }, { commits, chunk: 1 });
  const fates = (): boolean[] => {
    const head = system.world.head('pay');
    const members = { members: (set: string) => head.sets.get(set) ?? new Set<string>(), digest: () => '' };
    const decide = evaluatorOf({ rulebook: { rules: head.rules, sets: new Map() }, members });
    return packets.map((packet) => decide('edge', 'forward', packet).kind === 'allow');
  };
  system.world.say('pay', ...before);
  const engine = system.process();
  await system.settle(engine);
  const old = fates();
  system.world.say('pay', ...after);
  const now = fates();
  const wrong: string[] = [];
  let writes = 0;
  system.device.onWrite = () => {
    writes++;
    for (const [n, packet] of packets.entries()) {
      const is = system.device.decide('edge', packet).kind === 'allow';
      if (is !== old[n] && is !== now[n]) wrong.push(`packet ${n} ${is ? 'opened' : 'closed'} after ${system.device.writes.at(-1)}`);
    }
  };
  await system.settle(engine);
  expect(writes).toBeGreaterThan(1);
  expect(packets.map((packet) => system.device.decide('edge', packet).kind === 'allow')).toEqual(now);
  return wrong;
}

const moving = { web: [host(1), host(2)], api: [host(3)], bad: [host(4)], shop: [host(4)] };
const moved = { web: [host(2)], api: [host(3), host(1)], bad: [host(4)], shop: [host(4)] };

test.each([
  ['another rule comes', [[web, api], moving], [[web, api, shop], moved]],
  ['another rule goes', [[web, api, shop], moving], [[web, api], moved]],
  ['a denial comes above', [[web, api], moving], [[stop, web, api], moved]],
  ['the set it joins is new', [[web], moving], [[web, api], moved]],
] as const satisfies readonly (readonly [string, Said, Said])[])('a pod that moves is never closed while %s', async (_, before, after) => {
  for (const commits of [0, 2]) expect(await watched([before, after], commits)).toEqual([]);
});

test.each([
  ['the set it left gets more', [[web], moving], [[web, other], moved]],
  ['the denial above is gone', [[stop, web], { ...moving, bad: [host(1)] }], [[web], { ...moved, bad: [host(1)] }]],
  ['a rule of another order', [[stop, web], { ...moving, bad: [host(1)] }], [[web, stop], { ...moved, bad: [host(1)] }]],
] as const satisfies readonly (readonly [string, Said, Said])[])('nothing opens that neither allows: %s', async (_, before, after) => {
  for (const commits of [0, 2]) expect((await watched([before, after], commits)).filter((line) => line.includes('opened'))).toEqual([]);
});
