/**
 * The whole way but for AWS: recorded Felix -> shipper -> ingest -> log -> view -> compiler -> engine -> fake firewall, step by step, and what the
 * firewall does with packets after each step is what Felix's own dataplane did.
 */
import { expect, test } from '@jest/globals';
import { FirewallSets } from '../../functions/apply/derived.ts';
import { Engine } from '../../functions/apply/engine.ts';
import { ClusterLog } from '../../functions/cluster/log.ts';
import { WarmViews } from '../../functions/cluster/warm-views.ts';
import { IngestBatch } from '../../functions/ingest/receive.ts';
import { approve } from '../../functions/ledger/controls.ts';
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
const EVERYTHING = ['0.0.0.0-255.255.255.255', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'];
const settings = Settings.parse({
  environment: 'test',
  network: 'none',
  managers: { m: { vendor: 'linux', address: '127.0.0.1', hostKeys: [`SHA256:${'A'.repeat(43)}`], secret: 's', coalesce: '1ms' } },
  firewalls: {
    edge: {
      manager: 'm',
      mode: 'sync',
      budget: { opens: most, closes: most, translatesOtherwise: most, rulesRemoved: 1000, rulesRemovedShare: 1 },
    },
  },
  borders: { edge: { firewall: 'edge', hostEndpoint: HOST_ENDPOINT, snatPools: { 'shared-pool': EVERYTHING } } },
  clusters: { pay: { podCidrs: ['10.10.0.0/16', 'fd00:10:10::/64'], silentAfter: '365d' } },
  pairs: [
    {
      cluster: 'pay',
      firewall: 'edge',
      tiers: ['border', 'guard', 'platform', 'alpha', 'beta'],
      snatPools: ['shared-pool'],
      defaultDeny: true,
    },
  ],
});

class Way {
  readonly table = new MemoryTable();
  readonly device = new FakeDevice();
  readonly shipping = new Shipping();
  readonly wakes: number[] = [];
  nowMs = Date.now();
  #taken = 0;

  process(): Engine {
    return new Engine({
      manager: 'm',
      settings,
      table: this.table,
      views: new WarmViews(this.table, settings, () => this.nowMs),
      connector: new FakeConnector(this.device),
      compiler: () => new Compiler(),
      derived: () => new FirewallSets(),
      algebra: { prove, difference },
      wakes: { later: async (_kind, delayMs) => void this.wakes.push(delayMs) },
      teller: { conditions: async () => {} },
      meter: { count: () => {} },
      now: () => this.nowMs++,
      sleep: async (ms) => {
        this.nowMs += ms;
      },
      random: () => 0.5,
    });
  }

  async take(bytes: Uint8Array): Promise<void> {
    await this.shipping.take(bytes);
    const limits = settings.clusters.pay as Settings['clusters'][string];
    const log = new ClusterLog(this.table, 'pay', { limits, keepDays: 14, now: () => this.nowMs });
    const ports = {
      cluster: 'pay',
      limits,
      table: this.table,
      log,
      control: async () => {},
      wake: async () => {},
      tell: () => {},
      now: () => this.nowMs,
    };
    const batch = new IngestBatch(ports);
    for (const parcel of this.shipping.parcels.slice(this.#taken)) await batch.take(parcel.body);
    this.#taken = this.shipping.parcels.length;
    await batch.finish();
  }

  /** What is always held (an emptied cluster, a removed HostEndpoint) is approved by a human. */
  async approve(engine: Engine): Promise<void> {
    const held = await heldHashes(this.table, 'm', 'edge');
    if (held.size === 0) return;
    for (const hash of held) await approve(this.table, 'edge', hash, 'ann', this.nowMs, held);
    await this.look(engine);
  }

  async look(engine: Engine, kind: 'wake' | 'audit' = 'wake'): Promise<void> {
    this.wakes.length = 0;
    await engine.run({ kinds: new Set([kind]), deadlineMs: this.nowMs + 100_000, leaseMs: 200_000 });
    expect(this.wakes).toEqual([]);
  }
}

const STORIES = [
  '01-first-rule',
  '02-tiers-and-pass',
  '03-nat',
  '04-selectors-and-sets',
  '05-ports-and-protocols',
  '07-ingress',

  'random-1',
  'random-2',
];

test.each(STORIES)('%s: after every step the firewall does what Felix did', async (scenario) => {
  const recording = readRecording(scenario, listVersions(scenario).at(-1) as string);
  const way = new Way();
  let engine = way.process();
  const stream = recording.stream(1);
  const verdicts = Map.groupBy(recording.verdicts(), (row) => row.step);
  let at = 0;
  let packets = 0;
  const wrong: string[] = [];
  for (const [n, mark] of recording.marks.filter((one) => one.life === 1).entries()) {
    await way.take(stream.subarray(at, mark.bytes));
    at = mark.bytes;
    // Now and then another process goes on.
    if (n % 3 === 2) engine = way.process();
    await way.look(engine);
    await way.approve(engine);
    const members = { members: (set: string) => way.device.sets.get(set) ?? new Set<string>(), digest: () => '' };
    const decide = evaluatorOf({ rulebook: way.device.running, members });
    for (const row of verdicts.get(mark.step) ?? []) {
      packets++;
      const packet = packetOf(row);
      const ours =
        decide(HOST_ENDPOINT, 'preDnat', packet).kind === 'deny' || decide(HOST_ENDPOINT, 'forward', packet).kind === 'deny'
          ? 'deny'
          : 'allow';
      if (ours !== row.verdict) wrong.push(`${mark.step}: ${JSON.stringify(row)}`);
    }
    const codes = (await readConditions(way.table)).map((one) => one.code);
    expect(codes.filter((code) => code.startsWith('CEXT_APPLY'))).toEqual([]);
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(packets).toBeGreaterThan(20);
  const writes = way.device.writes.length;
  await way.look(way.process(), 'audit');
  expect(way.device.writes.length).toBe(writes);
});

test('08-churn makes no structure transaction after the first', async () => {
  const recording = readRecording('08-churn', 'v3.32.1');
  const way = new Way();
  const engine = way.process();
  const [start, ...rest] = recording.marks.filter((one) => one.life === 1);
  let at = 0;
  for (const mark of [start, ...rest]) {
    if (!mark) continue;
    await way.take(recording.stream(1).subarray(at, mark.bytes));
    at = mark.bytes;
    await way.look(engine);
  }
  expect(way.device.writes.filter((line) => line === 'rules')).toHaveLength(1);
  expect(way.device.writes.filter((line) => line.startsWith('members')).length).toBeGreaterThan(0);
});
