/**
 * The whole way, for tests: the real shipper, the synthesized stack with its bundles, a real nftables border.
 *
 *   recording ──► shipper (process) ──► SQS ──► ingest ──► log ──► apply ──SSH──► border ◄── frames of the judge
 *                                                                                   ▲
 *                                                                  nft monitor ─────┘ (what was really written)
 *
 * One border and one synthesis serve a whole file of tests; `fresh()` gives each test a cloud that knows nothing and a box without our table.
 * The cloud is the embedded one, or with CEXTFIRE_CLOUD=http://HOST:PORT the emulator of AWS that answers there.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStream } from '../../functions/cluster/stream-state.ts';
import { type HeldCondition, readConditions } from '../../functions/ledger/conditions.ts';
import { approve } from '../../functions/ledger/controls.ts';
import { heldHashes } from '../../functions/ledger/query.ts';
import type { TableItem } from '../../functions/table.ts';
import { DynamoDbTable } from '../../functions/table-dynamodb.ts';
import { loadEnvironment } from '../../infra/environment.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { synthesize } from '../cloud/assembly.ts';
import { type Cloud, startCloud } from '../cloud/cloud.ts';
import { CLUSTER, type DemoSettings, FIREWALL, writeDemoEnvironment } from '../cloud/demo-environment.ts';
import { type AnyCloud, deployCloud } from '../cloud/deployed-cloud.ts';
import { shipperVariables } from '../cloud/shipper-variables.ts';
import { type Felix, playFelix } from '../felix/player.ts';
import type { Mark, Recording } from '../felix/recording.ts';
import { recordedView } from '../felix/verdict-world.ts';
import { Judge } from '../linux-firewall/judge.ts';
import { FOREIGN, listForeign } from './foreign.ts';
import { Transactions } from './transactions.ts';

/** So long may anything take on a machine that is busy with something else. */
const PATIENCE_MS = 90_000;

/** The emulator under test; undefined: the embedded cloud. */
export const EMULATOR = process.env.CEXTFIRE_CLOUD || undefined;

export const NEEDS = ['namespaces', 'nft', 'ip', 'sshd', 'tcpreplay', 'perl', 'conntrack'] as const;

export class World {
  readonly judge: Judge;
  readonly transactions: Transactions;
  readonly settings: ReturnType<typeof loadEnvironment>;
  readonly settingsFile: string;
  /** Rules that an administrator keeps on the same box, as they were before anything of ours came. */
  readonly foreignBefore: string;
  /** Every body that ingest was handed in this cloud, in order. */
  readonly bodies: string[] = [];
  readonly #folder: string;
  readonly #assembly: string | undefined;
  readonly #visibilitySeconds: number;
  readonly #change: (settings: DemoSettings) => void;
  readonly #shipperVariables: Readonly<Record<string, string>>;
  #cloud: Cloud | AnyCloud | undefined;
  #secret: string;
  #felix: Felix | undefined;
  #played = 0;
  #life = 0;

  private constructor(parts: {
    readonly judge: Judge;
    readonly transactions: Transactions;
    readonly environment: string;
    readonly folder: string;
    readonly foreign: string;
    readonly visibilitySeconds: number;
    readonly change: (settings: DemoSettings) => void;
    readonly shipperVariables: Readonly<Record<string, string>>;
  }) {
    this.judge = parts.judge;
    this.transactions = parts.transactions;
    this.settings = loadEnvironment(parts.environment);
    this.#secret = this.settings.managers[FIREWALL]?.secret ?? '';
    this.settingsFile = parts.environment;
    this.foreignBefore = parts.foreign;
    this.#folder = parts.folder;
    this.#assembly = EMULATOR ? undefined : synthesize(parts.environment, 'infra/app.ts', join(parts.folder, 'cdk.out'));
    this.#visibilitySeconds = parts.visibilitySeconds;
    this.#change = parts.change;
    this.#shipperVariables = parts.shipperVariables;
  }

  /** `change` edits the settings; `podCidrs` are routed inward, those of the demo cluster alone when absent; `shipperVariables` are added to the shipper's environment. */
  static async start({
    visibilitySeconds = 5,
    podCidrs,
    change,
    shipperVariables: added = {},
  }: {
    readonly visibilitySeconds?: number;
    readonly podCidrs?: readonly string[];
    readonly change?: (settings: DemoSettings) => void;
    readonly shipperVariables?: Readonly<Record<string, string>>;
  } = {}): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'cextfire-world-'));
    const [judge] = await Promise.all([
      Judge.start({ countNft: join(folder, 'nft-calls'), ...(podCidrs && { podCidrs }) }),
      buildShipper(),
    ]);
    try {
      await judge.border.nft(['-f', '-'], FOREIGN);
      const environment = writeDemoEnvironment(folder, judge.border, change);
      const transactions = await Transactions.start(judge.border);
      const foreign = await listForeign(judge.border);
      const rest = { visibilitySeconds, change: change ?? (() => undefined), shipperVariables: added };
      return new World({ judge, transactions, environment, folder, foreign, ...rest });
    } catch (error) {
      await judge.close();
      throw error;
    }
  }

  /** The embedded cloud, with all that it can be asked and told. */
  get cloud(): Cloud {
    if (!this.#cloud || !('functions' in this.#cloud)) throw new Error('fresh() starts the embedded cloud; an emulator cannot do this');
    return this.#cloud;
  }

  /** Whichever cloud it is. */
  get anyCloud(): AnyCloud {
    if (!this.#cloud) throw new Error('fresh() starts the cloud');
    return this.#cloud;
  }

  get felix(): Felix {
    if (!this.#felix) throw new Error('nothing was played yet');
    return this.#felix;
  }

  /** A new cloud, and a box that never heard of us. */
  async fresh({ withSecret = true }: { readonly withSecret?: boolean } = {}): Promise<void> {
    await this.#quit();
    const { border } = this.judge;
    for (const [, family, name] of (await border.nft(['list', 'tables'])).matchAll(/table (\S+) (cf_\S+)/g))
      await border.nft(['delete', 'table', family as string, name as string]);
    for (const name of readdirSync(border.stateDir)) rmSync(join(border.stateDir, name), { recursive: true });
    this.bodies.length = 0;
    this.#cloud = this.#assembly
      ? await startCloud({
          assembly: this.#assembly,
          visibilitySeconds: this.#visibilitySeconds,
          onBatch: (name, bodies) => {
            if (name.endsWith('/Ingest')) this.bodies.push(...bodies);
          },
        })
      : await this.#deploy(EMULATOR as string);
    if (withSecret) await this.giveSecret();
    await this.transactions.take();
  }

  /** The key by which the functions reach the box. */
  async giveSecret(): Promise<void> {
    await this.anyCloud.setSecret(this.#secret, this.judge.border.privateKey);
  }

  /** Plays the stream up to this mark and waits until all that it said stands on the border. A new life of Felix is a new shipper. */
  async play(recording: Recording, mark: Mark): Promise<void> {
    await this.send(recording, mark);
    await this.arrive(recording, mark);
  }

  /** Only puts the bytes into the pipe. */
  async send(recording: Recording, mark: Mark): Promise<void> {
    if (mark.life !== this.#life) {
      await this.#felix?.terminate();
      this.#felix = undefined;
    }
    if (!this.#felix?.running) this.restart(mark.life);
    await this.felix.play(recording.stream(mark.life).subarray(this.#played, mark.bytes));
    this.#played = mark.bytes;
  }

  /** Waits until ingest has seen the view of this mark and nothing is left to do. */
  async arrive(recording: Recording, mark: Mark): Promise<void> {
    const wanted = recordedView(recording, mark).digest;
    await this.until(`step "${mark.step}" to arrive`, async () => {
      const running = this.#felix?.running ?? false;
      const { digest } = await readStream(this.table, CLUSTER);
      if (digest !== wanted && this.#felix && !running) throw new Error(`the shipper has ended\n${this.#told()}`);
      return digest === wanted;
    });
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.anyCloud.settle(PATIENCE_MS, { delayed: true }).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.#told()}`);
    });
  }

  /** What Felix gives the shipper of this cluster. */
  shipperEnvironment(cluster: string): Readonly<Record<string, string | undefined>> {
    return {
      ...shipperVariables(this.anyCloud, cluster),
      ...this.#shipperVariables,
      CEXTFIRE_HTTP_PORT: '0',
      CEXTFIRE_HTTP_HOST: '127.0.0.1',
      CEXTFIRE_LOG_LEVEL: 'warn',
      // For these tests, not for the shipper, which refuses names that it does not know.
      CEXTFIRE_CLOUD: undefined,
    };
  }

  /** A shipper that has read nothing yet, as Felix starts it; the one before is left to its fate. */
  restart(life = 1): Felix {
    this.#life = life;
    this.#played = 0;
    this.#felix = playFelix({
      program: SHIPPER_PROGRAM,
      env: this.shipperEnvironment(CLUSTER),
    });
    return this.#felix;
  }

  /** Felix and its shipper end; the next step is a new life, which says everything from its begin. */
  async felixDies(): Promise<void> {
    if (this.#felix?.running) await this.#felix.terminate();
    this.#felix = undefined;
    this.#life = 0;
  }

  /** One shipment comes once more, as SQS itself may do it. */
  async redeliver(body: string, deduplication: string): Promise<void> {
    await this.cloud.send(`Cluster-${CLUSTER}/Shipments`, body, { group: CLUSTER, deduplication });
    await this.until('the body to be taken', () => this.bodies.includes(body));
  }

  /** @throws Error that says what was waited for, with the last words of all parts. */
  async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await holds()); await sleep(10))
      if (Date.now() > end) throw new Error(`waited ${PATIENCE_MS / 1000} s for ${what}\n${this.#told()}`);
  }

  /** The ledger as the operator's command reads it. */
  get table(): DynamoDbTable {
    return new DynamoDbTable(this.anyCloud.tableName, this.anyCloud.dynamodb);
  }

  /** Plans that wait for somebody's approval. */
  async held(): Promise<ReadonlySet<string>> {
    return heldHashes(this.table, FIREWALL, FIREWALL);
  }

  /** What people are told at this moment. */
  async conditions(): Promise<readonly HeldCondition[]> {
    return readConditions(this.table);
  }

  /** Time passes for those who died with a lease in their hands: the functions of this cloud would wait for minutes. */
  async expireLeases(): Promise<void> {
    const leases: TableItem[] = [];
    for await (const item of this.table.query('lease')) leases.push(item);
    for (const { pk, sk, holder } of leases)
      if (holder) await this.table.update({ pk, sk }, { expiresMs: 0 }, { kind: 'equals', attributes: { holder: String(holder) } });
  }

  /** Until people are told of a condition with this code; its message. */
  async told(code: string): Promise<string> {
    let message: string | undefined;
    await this.until(`${code} to be told`, async () => {
      message = (await this.conditions()).find((each) => each.code === code || each.message.includes(code))?.message;
      return message !== undefined;
    });
    return message ?? '';
  }

  /** Somebody looks at what is held and says yes. */
  async approve(): Promise<void> {
    const held = await this.held();
    for (const hash of held) await approve(this.table, FIREWALL, hash, 'the test', Date.now(), held);
    await this.look();
  }

  /** What the schedules would send, sent now: every manager's apply reads its devices in full. */
  async look(): Promise<void> {
    await this.anyCloud.runSchedules();
    await this.settle();
  }

  async foreign(): Promise<string> {
    return listForeign(this.judge.border);
  }

  /** Sum of one metric of the functions since the cloud started. */
  count(name: string): number {
    return this.cloud.metrics.filter((metric) => metric.name === name).reduce((sum, { value }) => sum + value, 0);
  }

  async close(): Promise<void> {
    await this.#quit();
    this.transactions.close();
    await this.judge.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #quit(): Promise<void> {
    if (this.#felix?.running) await this.#felix.terminate();
    this.#felix = undefined;
    await this.#cloud?.stop();
    this.#cloud = undefined;
  }

  /** Another stack for each test: an emulator forgets nothing by itself. */
  async #deploy(endpoint: string): Promise<AnyCloud> {
    const environment = `e2e-${randomBytes(5).toString('hex')}`;
    const file = writeDemoEnvironment(this.#folder, this.judge.border, (settings) => {
      this.#change(settings);
      settings.environment = environment;
      // A secret's name is one for the whole emulator, whichever stack made it.
      this.#secret = `cextfire/${environment}/${FIREWALL}`;
      settings.managers[FIREWALL] = { ...settings.managers[FIREWALL], secret: this.#secret };
    });
    return deployCloud({ endpoint, environmentFile: file });
  }

  #told(): string {
    const cloud = this.#cloud && 'functions' in this.#cloud ? this.#cloud : undefined;
    const runs = [...(cloud?.functions.values() ?? [])].map(
      ({ name, invocations, running }) => `${name}: ${running} running, last ${JSON.stringify(invocations.slice(-2))}`,
    );
    const logs = cloud?.logs.slice(-20).map((line) => `[${line.function}] ${line.text.slice(0, 500)}`) ?? [];
    return [this.#felix?.stderr.slice(-2000) ?? '', ...runs, ...logs].join('\n');
  }
}
