/** Recorded Felix -> shipper -> ingest -> log -> view -> compiler -> engine -> fake firewall, in this process and in memory. */
import { FirewallSets } from '../../functions/apply/derived.ts';
import { Engine } from '../../functions/apply/engine.ts';
import { ClusterLog } from '../../functions/cluster/log.ts';
import { WarmViews } from '../../functions/cluster/warm-views.ts';
import { IngestBatch } from '../../functions/ingest/receive.ts';
import { approve } from '../../functions/ledger/controls.ts';
import { heldHashes } from '../../functions/ledger/query.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import { difference } from '../../functions/rulebook/difference.ts';
import { prove } from '../../functions/rulebook/prove.ts';
import { Settings } from '../../functions/settings.ts';
import { MemoryTable } from '../cloud/memory-table.ts';
import { Shipping } from '../felix/shipping.ts';
import { HOST_ENDPOINT } from '../felix/verdict-world.ts';
import { FakeConnector } from './connector.ts';
import { FakeDevice } from './device.ts';

const most = Number.MAX_SAFE_INTEGER;
const EVERYTHING = ['0.0.0.0-255.255.255.255', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'];
export const settings = Settings.parse({
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

export class Way {
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
    if (this.wakes.length > 0) throw new Error(`one look was not enough: it wants to come back in ${this.wakes.join(', ')} ms`);
  }
}
