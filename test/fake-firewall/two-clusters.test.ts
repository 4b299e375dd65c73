/**
 * Two clusters on one firewall, one of them hostile: two players' worth of shipments through ingest, log, compiler and engine. What the hostile one does
 * (others' addresses in its sets, tiers nobody honours, outside addresses it may not reach, too many rules) changes nothing for the other.
 */
import { expect, test } from '@jest/globals';
import { ofCluster } from '../../functions/apply/kept.ts';
import { canonical } from '../../functions/ledger/encode.ts';
import { readConditions } from '../../functions/ledger/query.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import { listVersions, readRecording } from '../felix/recording.ts';
import { HOST_ENDPOINT, packetOf } from '../felix/verdict-world.ts';
import { PAIR, settingsWith, Way } from './way.ts';

/** What the device holds of one cluster. */
function heldOf(way: Way, cluster: string): string {
  const book = ofCluster(way.device.running, cluster);
  const sets = [...book.sets.keys()].map((set) => [set, [...(way.device.sets.get(set) ?? [])].sort()]);
  return canonical({ rules: book.rules, sets });
}

test.each([
  ["another's pods in its sets, and translations it has no pool for", {}, ['CEXT_POLICY_OUTSIDE_POD_CIDRS', 'CEXT_POLICY_SNAT_POOL']],
  ['tiers that nobody honours', { tiers: ['elsewhere'] }, ['CEXT_POLICY_TIER_NOT_HONOURED']],
  ['outside addresses it may not reach', { destinations: ['192.0.2.0/24'] }, ['CEXT_POLICY_DESTINATION_CUT']],
  ['more rules than it may have', { maxRules: 1 }, ['CEXT_POLICY_TOO_MANY_RULES']],
] as const)('a hostile cluster changes nothing for the other: %s', async (_, evil, codes) => {
  // It says what a cluster says whose pods are 10.10.0.0/16, but its own are others.
  const clusters = { evil: { podCidrs: ['172.31.0.0/16'], silentAfter: '365d' } };
  const way = new Way(settingsWith(clusters, [{ cluster: 'evil', ...PAIR, ...evil }]));
  const engine = way.process();
  const play = async (cluster: string, bytes: Uint8Array): Promise<void> => {
    await way.take(bytes, cluster);
    await way.look(engine);
    await way.approve(engine);
  };
  const pay = readRecording('random-1', listVersions('random-1').at(-1) as string);
  const verdicts = Map.groupBy(pay.verdicts(), (row) => row.step);
  const hostile = readRecording('03-nat', listVersions('03-nat').at(-1) as string);
  const marks = hostile.marks.filter((one) => one.life === 1);
  const attacks = marks.map((mark, n) => hostile.stream(1).subarray(marks[n - 1]?.bytes ?? 0, mark.bytes));
  let at = 0;
  let packets = 0;
  const wrong: string[] = [];
  for (const mark of pay.marks.filter((one) => one.life === 1)) {
    await play('pay', pay.stream(1).subarray(at, mark.bytes));
    at = mark.bytes;
    const before = heldOf(way, 'pay');
    const attack = attacks.shift();
    if (attack) await play('evil', attack);
    expect(heldOf(way, 'pay')).toBe(before);
    const members = { members: (set: string) => way.device.sets.get(set) ?? new Set<string>(), digest: () => '' };
    const decide = evaluatorOf({ rulebook: way.device.running, members });
    for (const row of verdicts.get(mark.step) ?? []) {
      packets++;
      const packet = packetOf(row);
      const stages = ['preDnat', 'forward'] as const;
      const ours = stages.some((stage) => decide(HOST_ENDPOINT, stage, packet).kind === 'deny') ? 'deny' : 'allow';
      if (ours !== row.verdict) wrong.push(`${mark.step}: ${JSON.stringify(row)}`);
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(packets).toBeGreaterThan(20);
  // None of its rules reaches beyond its own pods.
  for (const rule of ofCluster(way.device.running, 'evil').rules) {
    const side = rule.direction === 'egress' ? rule.source : rule.destination;
    expect(side.include === 'any' ? [] : side.include.sets.flatMap((set) => [...(way.device.sets.get(set) ?? [])])).toEqual([]);
    expect(side.include === 'any' ? 'any' : side.include.prefixes.every((prefix) => prefix.startsWith('172.31.'))).toBe(true);
  }
  const conditions = await readConditions(way.table);
  expect(conditions.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]));
  expect([...new Set(conditions.map(({ subject }) => subject.cluster))]).toEqual(['evil']);
});
