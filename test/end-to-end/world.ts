/**
 * The whole way, for tests: the real shipper, the synthesized stack with its bundles, a real nftables border.
 *
 *   recording ──► shipper (process) ──► SQS ──► ingest ──► log ──► apply ──SSH──► border ◄── frames of the judge
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadEnvironment } from '../../infra/environment.ts';
import { unpackShipment } from '../../proto/packing.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { type Cloud, startCloud } from '../cloud/cloud.ts';
import { CLUSTER, FIREWALL, writeDemoEnvironment } from '../cloud/demo-environment.ts';
import { shipperVariables } from '../cloud/shipper-variables.ts';
import { type Felix, playFelix } from '../felix/player.ts';
import type { Mark, Recording } from '../felix/recording.ts';
import { recordedView } from '../felix/verdict-world.ts';
import { Judge } from '../linux-firewall/judge.ts';

export class World {
  readonly cloud: Cloud;
  readonly judge: Judge;
  readonly #folder: string;
  readonly #ingested: { digest: string };
  #felix: Felix | undefined;
  #played = 0;
  #life = 0;

  private constructor(cloud: Cloud, judge: Judge, folder: string, ingested: { digest: string }) {
    this.cloud = cloud;
    this.judge = judge;
    this.#folder = folder;
    this.#ingested = ingested;
  }

  static async start(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'cextfire-world-'));
    const [judge] = await Promise.all([Judge.start(), buildShipper()]);
    try {
      const file = writeDemoEnvironment(folder, judge.border);
      const ingested = { digest: '' };
      const cloud = await startCloud({
        environmentFile: file,
        visibilitySeconds: 5,
        onBatch: (name, bodies) => {
          if (!name.endsWith('/Ingest')) return;
          for (const body of bodies) ingested.digest = Buffer.from(unpackShipment(body).digestAfter).toString('hex');
        },
      });
      cloud.setSecret(loadEnvironment(file).managers[FIREWALL]?.secret ?? '', judge.border.privateKey);
      return new World(cloud, judge, folder, ingested);
    } catch (error) {
      await judge.close();
      throw error;
    }
  }

  /** Plays the stream up to this mark and waits until all that it said stands on the border. A new life of Felix is a new shipper. */
  async play(recording: Recording, mark: Mark): Promise<void> {
    if (mark.life !== this.#life) {
      await this.#felix?.terminate();
      this.#felix = undefined;
      this.#life = mark.life;
      this.#played = 0;
    }
    this.#felix ??= playFelix({
      program: SHIPPER_PROGRAM,
      env: {
        ...shipperVariables(this.cloud, CLUSTER),
        CEXTFIRE_HTTP_PORT: '0',
        CEXTFIRE_HTTP_HOST: '127.0.0.1',
        CEXTFIRE_LOG_LEVEL: 'warn',
      },
    });
    await this.#felix.play(recording.stream(mark.life).subarray(this.#played, mark.bytes));
    this.#played = mark.bytes;
    const wanted = recordedView(recording, mark).digest;
    for (const end = Date.now() + 20_000; this.#ingested.digest !== wanted; await sleep(10))
      if (Date.now() > end) throw new Error(`step "${mark.step}" did not arrive within 20 s\n${this.#felix.stderr}${this.lastLogs()}`);
    await this.cloud.settle(30_000, { delayed: true }).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.lastLogs()}`);
    });
  }

  lastLogs(): string {
    return this.cloud.logs
      .slice(-20)
      .map((line) => `[${line.function}] ${line.text.slice(0, 500)}`)
      .join('\n');
  }

  async close(): Promise<void> {
    await this.#felix?.terminate();
    await this.cloud.stop();
    await this.judge.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
