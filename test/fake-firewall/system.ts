/** An engine on a fake firewall, with its own clock; a new one on the same table and device is the next process. */
import { Engine, type RunRequest, type WakeKind } from '../../functions/apply/engine.ts';
import type { EngineParts, MetricName } from '../../functions/apply/ports.ts';
import type { ConditionEvent } from '../../functions/ledger/conditions.ts';
import { difference } from '../../functions/rulebook/difference.ts';
import { prove } from '../../functions/rulebook/prove.ts';
import { Settings } from '../../functions/settings.ts';
import { MemoryTable } from '../cloud/memory-table.ts';
import { FakeConnector, type FakeOptions } from './connector.ts';
import { FakeDevice } from './device.ts';
import { World, WorldSets, worldCompiler } from './world.ts';

export interface SystemSettings {
  readonly mode?: 'observe' | 'add-only' | 'sync';
  readonly drift?: 'repair' | 'report';
  readonly budget?: Readonly<Record<string, number | string>>;
  readonly foreignPending?: 'wait' | 'waitThenInstall' | 'install';
  readonly defaultDeny?: boolean;
  readonly clusters?: readonly string[];
  readonly maxRules?: number;
  /** all behind the one manager, each with a border of its name */
  readonly firewalls?: readonly string[];
  readonly pair?: Readonly<Record<string, unknown>>;
}

export function settingsOf(options: SystemSettings = {}): Settings {
  const clusters = options.clusters ?? ['pay'];
  const firewalls = options.firewalls ?? ['edge'];
  return Settings.parse({
    environment: 'test',
    network: 'none',
    managers: {
      m: {
        vendor: 'linux',
        address: '127.0.0.1',
        hostKeys: [`SHA256:${'A'.repeat(43)}`],
        secret: 's',
        coalesce: '1ms',
        foreignPending: options.foreignPending ?? 'wait',
      },
    },
    firewalls: Object.fromEntries(
      firewalls.map((name) => [
        name,
        {
          manager: 'm',
          mode: options.mode ?? 'sync',
          drift: options.drift ?? 'repair',
          budget: options.budget ?? {},
          maxRules: options.maxRules ?? 1000,
        },
      ]),
    ),
    borders: Object.fromEntries(firewalls.map((name) => [name, { firewall: name, hostEndpoint: name }])),
    clusters: Object.fromEntries(clusters.map((name) => [name, { podCidrs: ['10.0.0.0/8'] }])),
    pairs: firewalls.flatMap((firewall) =>
      clusters.map((cluster) => ({ cluster, firewall, tiers: ['border'], defaultDeny: options.defaultDeny ?? false, ...options.pair })),
    ),
  });
}

export class System {
  readonly table = new MemoryTable();
  readonly devices: ReadonlyMap<string, FakeDevice>;
  /** the first of them */
  readonly device: FakeDevice;
  readonly world = new World();
  readonly told: ConditionEvent[] = [];
  readonly wakes: { readonly kind: string; readonly delayMs: number }[] = [];
  readonly metrics = new Map<MetricName, number>();
  settings: Settings;
  nowMs = Date.UTC(2026, 10, 23, 12);
  connector: FakeConnector;
  /** told of time that passes, for devices with a clock of their own */
  onTime: (ms: number) => void = () => {};

  constructor(settings: SystemSettings = {}, options: FakeOptions = {}) {
    this.settings = settingsOf(settings);
    this.devices = new Map(Object.keys(this.settings.firewalls).map((name) => [name, new FakeDevice()]));
    this.device = [...this.devices.values()][0] as FakeDevice;
    this.connector = new FakeConnector(this.devices, options);
  }

  /** A process: everything warm is new. */
  process(over: Partial<EngineParts> = {}): Engine {
    const parts: EngineParts = {
      manager: 'm',
      settings: this.settings,
      table: this.table,
      views: this.world.open(),
      connector: this.connector,
      compiler: worldCompiler,
      derived: () => new WorldSets(),
      algebra: { prove, difference },
      wakes: { later: async (kind, delayMs) => void this.wakes.push({ kind, delayMs }) },
      teller: { conditions: async (events) => void this.told.push(...events) },
      meter: { count: (name, value) => void this.metrics.set(name, (this.metrics.get(name) ?? 0) + value) },
      now: () => this.nowMs++,
      sleep: async (ms) => this.pass(ms),
      random: () => 0.5,
      ...over,
    };
    return new Engine(parts);
  }

  request(...kinds: WakeKind[]): RunRequest {
    return { kinds: new Set(kinds.length === 0 ? ['wake'] : kinds), deadlineMs: this.nowMs + 100_000, leaseMs: 200_000 };
  }

  /** Runs until nobody wants to be woken, letting time pass. */
  async settle(engine = this.process(), ...kinds: WakeKind[]): Promise<void> {
    for (let runs = 0; runs < 40; runs++) {
      // What was under way before comes as well: nobody asks twice for it.
      const under = runs === 0 ? [...this.wakes] : [];
      this.wakes.length = 0;
      await engine.run(this.request(...(runs === 0 ? kinds : (['again'] as const))));
      if (under.length + this.wakes.length === 0) return;
      this.pass(Math.max(...[...under, ...this.wakes].map((wake) => wake.delayMs)) + 1);
    }
  }

  pass(ms: number): void {
    this.nowMs += ms;
    this.onTime(ms);
  }

  /** Codes of the conditions that hold, as they were told. */
  holding(): string[] {
    const open = new Map<string, string>();
    for (const { kind, condition } of this.told) {
      const key = JSON.stringify([condition.owner, condition.code, condition.subject]);
      if (kind === 'begin') open.set(key, condition.code);
      else open.delete(key);
    }
    return [...open.values()].sort();
  }
}
