/** A cluster that is taken out of the settings: its rules stay until a human says yes, and go then; those of others never move. */
import { expect, test } from '@jest/globals';
import { System } from '../../test/fake-firewall/system.ts';
import { PAIR, settingsWith, Way } from '../../test/fake-firewall/way.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { listVersions, readRecording } from '../../test/felix/recording.ts';
import { approve } from '../ledger/controls.ts';
import { heldHashes, readConditions } from '../ledger/query.ts';
import type { Settings } from '../settings.ts';
import { ofCluster } from './kept.ts';

const OTHER = { other: { podCidrs: ['172.31.0.0/16'], silentAfter: '365d' } };

/** Rules of both on the device, then a deployment of settings without "pay". */
async function takeAway(before: Settings, clusters: readonly string[]) {
  const way = new Way(before);
  const engine = way.process();
  const recording = readRecording('01-first-rule', listVersions('01-first-rule').at(-1) as string);
  for (const cluster of clusters) {
    await way.take(recording.stream(1).subarray(0, recording.marks[1]?.bytes), cluster);
    await way.look(engine);
    await way.approve(engine);
  }
  const { pay: _, ...rest } = before.clusters;
  const after = new Way({ ...before, clusters: rest, pairs: before.pairs.filter(({ cluster }) => cluster !== 'pay') }, way);
  const rulesOf = (cluster: string) => ofCluster(way.device.running, cluster).rules;
  const held = async () => (await readConditions(way.table)).filter(({ code }) => code === 'CEXT_APPLY_HELD');
  return { after, rulesOf, held, device: way.device };
}

test.each([
  ['beside another', settingsWith(OTHER, [{ cluster: 'other', ...PAIR }]), ['pay', 'other']],
  ['the last one of its firewall', settingsWith(), ['pay']],
])('a cluster taken out of the settings, %s: held until it is approved', async (_, settings, clusters) => {
  const { after, rulesOf, held, device } = await takeAway(settings, clusters);
  const [pay, other] = [rulesOf('pay'), rulesOf('other')];
  const members = JSON.stringify([...device.sets].map(([set, all]) => [set, [...all].sort()]));
  expect(pay.length).toBeGreaterThan(0);
  const engine = after.process();
  for (const kind of ['wake', 'audit', 'wake', 'audit'] as const) {
    await after.look(engine, kind);
    expect([rulesOf('pay'), rulesOf('other')]).toEqual([pay, other]);
    expect(JSON.stringify([...device.sets].map(([set, all]) => [set, [...all].sort()]))).toBe(members);
  }
  const [condition, ...more] = await held();
  expect(more).toEqual([]);
  expect(condition?.message).toMatch(
    /^edge, cluster pay: no rule of cluster pay would be left \(2 now\); the settings have no pair of cluster pay and edge any more, /,
  );
  expect([...(await heldHashes(after.table, 'm', 'edge'))]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  await after.approve(engine);
  expect([rulesOf('pay'), rulesOf('other')]).toEqual([[], other]);
  expect(await held()).toEqual([]);
  await after.look(after.process(), 'audit');
  expect([rulesOf('pay'), rulesOf('other')]).toEqual([[], other]);
});

test.each([{}, { slowNat: true, commits: 2 }, { slowFilter: true, commits: 2 }])(
  'on a device with %j the other goes on meanwhile',
  async (options) => {
    const system = new System({ clusters: ['pay', 'web'] }, options);
    const to = (name: string) => [
      rule(name, `${name}-out`, `${name}-pods`, '198.51.100.0/24', { translation: { kind: 'address', address: '203.0.113.200' } }),
      rule(name, `${name}-plain`, `${name}-pods`, '192.0.2.0/24'),
    ];
    for (const [name, third] of [
      ['pay', 1],
      ['web', 2],
    ] as const)
      system.world.say(name, to(name), { [`${name}-pods`]: [`10.0.${third}.1/32`] });
    await system.settle();
    expect(system.holding()).toEqual([]);
    const standing = () => [...system.device.running.rules].map(({ id }) => id).sort();
    expect(standing()).toEqual(['pay-out', 'pay-plain', 'web-out', 'web-plain']);
    system.settings = { ...system.settings, pairs: system.settings.pairs.filter(({ cluster }) => cluster !== 'pay') };
    const engine = system.process();
    await system.settle(engine, 'audit');
    expect([standing(), system.holding()]).toEqual([['pay-out', 'pay-plain', 'web-out', 'web-plain'], ['CEXT_APPLY_HELD']]);
    system.world.members('web', 'web-pods', { add: ['10.0.2.2/32'] });
    await system.settle(engine);
    expect([...(system.device.sets.get('web-pods') ?? [])].sort()).toEqual(['10.0.2.1/32', '10.0.2.2/32']);
    const held = await heldHashes(system.table, 'm', 'edge');
    for (const hash of held) await approve(system.table, 'edge', hash, 'ann', system.nowMs, held);
    await system.settle(engine);
    expect([standing(), system.holding()]).toEqual([['web-out', 'web-plain'], []]);
    expect([...system.device.sets.keys()]).toEqual(['web-pods']);
  },
);
