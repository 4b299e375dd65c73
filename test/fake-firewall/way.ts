/** Recorded Felix -> shipper -> ingest -> log -> view -> compiler -> engine -> fake firewall, in this process and in memory. */
import { FirewallSets } from '../../functions/apply/derived.ts';
import { Engine } from '../../functions/apply/engine.ts';
import { ClusterLog } from '../../functions/cluster/log.ts';
import { WarmViews } from '../../functions/cluster/warm-views.ts';
import { IngestBatch } from '../../functions/ingest/receive.ts';
import { approve } from '../../functions/ledger/controls.ts';
import { heldHashes } from '../../functions/ledger/query.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import { Algebra } from '../../functions/rulebook/algebra-context.ts';
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
/** Every budget far away, so that nothing but what is always held is held. */
const budget = {
  opens: most,
  closes: most,
  translatesOtherwise: most,
  servicesToAnywhere: most,
  rulesRemoved: 1000,
  rulesRemovedShare: 1,
  membersRemovedShare: 1,
};
export const PAIR = { firewall: 'edge', tiers: ['border', 'guard', 'platform', 'alpha', 'beta'], defaultDeny: true };
const PAY = { cluster: 'pay', ...PAIR, snatPools: ['shared-pool'] };

/** The recordings' cluster "pay" on one firewall; `clusters` and `pairs` come beside it. */
export function settingsWith(clusters: object = {}, pairs: readonly object[] = []): Settings {
  return Settings.parse({
    environment: 'test',
    network: 'none',
    managers: { m: { vendor: 'linux', address: '127.0.0.1', hostKeys: [`SHA256:${'A'.repeat(43)}`], secret: 's', coalesce: '1ms' } },
    firewalls: { edge: { manager: 'm', mode: 'sync', budget } },
    borders: { edge: { firewall: 'edge', hostEndpoint: HOST_ENDPOINT, snatPools: { 'shared-pool': EVERYTHING } } },
    clusters: { pay: { podCidrs: ['10.10.0.0/16', 'fd00:10:10::/64'], silentAfter: '365d' }, ...clusters },
    pairs: [PAY, ...pairs],
  });
}
export const settings = settingsWith();

export class Way {
  readonly table: MemoryTable;
  readonly device: FakeDevice;
  readonly wakes: number[] = [];
  nowMs: number;
  readonly #settings: Settings;
  readonly #shippings = new Map<string, { readonly shipping: Shipping; taken: number }>();

  /** `before`: the same table and device, after a deployment of other settings. */
  constructor(wanted = settings, before?: Way) {
    this.#settings = wanted;
    this.table = before?.table ?? new MemoryTable();
    this.device = before?.device ?? new FakeDevice();
    this.nowMs = before?.nowMs ?? Date.now();
  }

  process(): Engine {
    const algebra = new Algebra();
    return new Engine({
      manager: 'm',
      settings: this.#settings,
      table: this.table,
      views: new WarmViews(this.table, this.#settings, () => this.nowMs),
      connector: new FakeConnector(this.device),
      compiler: () => new Compiler(),
      derived: () => new FirewallSets(),
      algebra: { prove: (a, b) => prove(a, b, { algebra }), difference: (a, b) => difference(a, b, { algebra }) },
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

  async take(bytes: Uint8Array, cluster = 'pay'): Promise<void> {
    const one = this.#shippings.get(cluster) ?? { shipping: new Shipping({ stream: cluster }), taken: 0 };
    this.#shippings.set(cluster, one);
    await one.shipping.take(bytes);
    const limits = this.#settings.clusters[cluster] as Settings['clusters'][string];
    const now = () => this.nowMs;
    const log = new ClusterLog(this.table, cluster, { limits, keepDays: 14, now });
    const quiet = { control: async () => {}, wake: async () => {}, tell: () => {} };
    const batch = new IngestBatch({ cluster, limits, table: this.table, log, ...quiet, now });
    for (const parcel of one.shipping.parcels.slice(one.taken)) await batch.take(parcel.body);
    one.taken = one.shipping.parcels.length;
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
