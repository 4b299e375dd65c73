/**
 * Two clusters on one firewall, one of them hostile: two players' worth of shipments through ingest, log, compiler and engine. What the hostile one does
 * (others' addresses in its sets, tiers nobody honours, outside addresses it may not reach, too many rules) changes nothing for the other.
 */
import { expect, test } from '@jest/globals';
import { FirewallSets } from '../../functions/apply/derived.ts';
import { Engine } from '../../functions/apply/engine.ts';
import { ofCluster } from '../../functions/apply/kept.ts';
import { ClusterLog } from '../../functions/cluster/log.ts';
import { WarmViews } from '../../functions/cluster/warm-views.ts';
import { IngestBatch } from '../../functions/ingest/receive.ts';
import { approve } from '../../functions/ledger/controls.ts';
import { canonical } from '../../functions/ledger/encode.ts';
import { heldHashes, readConditions } from '../../functions/ledger/query.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import { difference } from '../../functions/rulebook/difference.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import { prove } from '../../functions/rulebook/prove.ts';
import { Settings } from '../../functions/settings.ts';
import { MemoryTable } from '../cloud/memory-table.ts';
import { listVersions, readRecording } from '../felix/recording.ts';
import { Shipping } from '../felix/shipping.ts';
import { HOST_ENDPOINT, packetOf } from '../felix/verdict-world.ts';
import { FakeConnector } from './connector.ts';
import { FakeDevice } from './device.ts';

const most = Number.MAX_SAFE_INTEGER;
const everything = {
  opens: most,
  closes: most,
  translatesOtherwise: most,
  servicesToAnywhere: most,
  rulesRemoved: 1000,
  rulesRemovedShare: 1,
  membersRemovedShare: 1,
};
const tiers = ['border', 'guard', 'platform', 'alpha', 'beta'];

/** `evil` says what a cluster says whose pods are 10.10.0.0/16, but its own are others. */
function settingsOf(evil: Readonly<Record<string, unknown>>): Settings {
  const pool = ['0.0.0.0-255.255.255.255', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'];
  return Settings.parse({
    environment: 'test',
    network: 'none',
    managers: { m: { vendor: 'linux', address: '127.0.0.1', hostKeys: [`SHA256:${'A'.repeat(43)}`], secret: 's', coalesce: '1ms' } },
    firewalls: { edge: { manager: 'm', mode: 'sync', budget: everything } },
    borders: { edge: { firewall: 'edge', hostEndpoint: HOST_ENDPOINT, snatPools: { 'shared-pool': pool } } },
    clusters: {
      pay: { podCidrs: ['10.10.0.0/16', 'fd00:10:10::/64'], silentAfter: '365d' },
      evil: { podCidrs: ['172.31.0.0/16'], silentAfter: '365d' },
    },
    pairs: [
      { cluster: 'pay', firewall: 'edge', tiers, snatPools: ['shared-pool'], defaultDeny: true },
      { cluster: 'evil', firewall: 'edge', tiers, defaultDeny: true, ...evil },
    ],
  });
}

class Way {
  readonly table = new MemoryTable();
  readonly device = new FakeDevice();
  readonly settings: Settings;
  readonly shippings = { pay: new Shipping({ stream: 'pay' }), evil: new Shipping({ stream: 'evil' }) };
  nowMs = Date.now();
  readonly engine: Engine;
  readonly #taken = { pay: 0, evil: 0 };

  constructor(settings: Settings) {
    this.settings = settings;
    this.engine = new Engine({
      manager: 'm',
      settings,
      table: this.table,
      views: new WarmViews(this.table, settings, () => this.nowMs),
      connector: new FakeConnector(this.device),
      compiler: () => new Compiler(),
      derived: () => new FirewallSets(),
      algebra: { prove, difference },
      wakes: { later: async () => {} },
      teller: { conditions: async () => {} },
      meter: { count: () => {} },
      now: () => this.nowMs++,
      sleep: async (ms) => {
        this.nowMs += ms;
      },
      random: () => 0.5,
    });
  }

  async take(cluster: 'pay' | 'evil', bytes: Uint8Array): Promise<void> {
    const shipping = this.shippings[cluster];
    await shipping.take(bytes);
    const limits = this.settings.clusters[cluster] as Settings['clusters'][string];
    const log = new ClusterLog(this.table, cluster, { limits, keepDays: 14, now: () => this.nowMs });
    const quiet = { control: async () => {}, wake: async () => {}, tell: () => {} };
    const batch = new IngestBatch({ cluster, limits, table: this.table, log, ...quiet, now: () => this.nowMs });
    for (const parcel of shipping.parcels.slice(this.#taken[cluster])) await batch.take(parcel.body);
    this.#taken[cluster] = shipping.parcels.length;
    await batch.finish();
    await this.look();
    // What is always held is approved by a human.
    const held = await heldHashes(this.table, 'm', 'edge');
    if (held.size === 0) return;
    for (const hash of held) await approve(this.table, 'edge', hash, 'ann', this.nowMs, held);
    await this.look();
  }

  async look(): Promise<void> {
    for (let runs = 0; runs < 3; runs++)
      await this.engine.run({ kinds: new Set(['wake']), deadlineMs: this.nowMs + 100_000, leaseMs: 200_000 });
  }

  of(cluster: string): string {
    const book = ofCluster(this.device.running, cluster);
    const sets = [...book.sets.keys()].map((set) => [set, [...(this.device.sets.get(set) ?? [])].sort()]);
    return canonical({ rules: book.rules, sets });
  }
}

test.each([
  ["another's pods in its sets, and translations it has no pool for", {}, ['CEXT_POLICY_OUTSIDE_POD_CIDRS', 'CEXT_POLICY_SNAT_POOL']],
  ['tiers that nobody honours', { tiers: ['elsewhere'] }, ['CEXT_POLICY_TIER_NOT_HONOURED']],
  ['outside addresses it may not reach', { destinations: ['192.0.2.0/24'] }, ['CEXT_POLICY_DESTINATION_CUT']],
  ['more rules than it may have', { maxRules: 1 }, ['CEXT_POLICY_TOO_MANY_RULES']],
] as const)('a hostile cluster changes nothing for the other: %s', async (_, evil, codes) => {
  const way = new Way(settingsOf(evil));
  const pay = readRecording('random-1', listVersions('random-1').at(-1) as string);
  const verdicts = Map.groupBy(pay.verdicts(), (row) => row.step);
  const hostile = readRecording('03-nat', listVersions('03-nat').at(-1) as string);
  const marks = hostile.marks.filter((one) => one.life === 1);
  const attacks = marks.map((mark, n) => hostile.stream(1).subarray(marks[n - 1]?.bytes ?? 0, mark.bytes));
  let at = 0;
  let packets = 0;
  const wrong: string[] = [];
  for (const mark of pay.marks.filter((one) => one.life === 1)) {
    await way.take('pay', pay.stream(1).subarray(at, mark.bytes));
    at = mark.bytes;
    const before = way.of('pay');
    const attack = attacks.shift();
    if (attack) await way.take('evil', attack);
    expect(way.of('pay')).toBe(before);
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
