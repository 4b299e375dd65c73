/**
 * The whole local way for measuring: the real shipper process, the synthesized stack with the deployed bundles, a real OpenSSH server before real
 * nftables. What arrives is heard from the kernel itself, in the firewall's namespace (elements.pl).
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadEnvironment } from '../../infra/environment.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { type Cloud, startCloud } from '../cloud/cloud.ts';
import { CLUSTER, type DemoSettings, FIREWALL, writeDemoEnvironment } from '../cloud/demo-environment.ts';
import type { AwsCall } from '../cloud/meter.ts';
import { shipperVariables } from '../cloud/shipper-variables.ts';
import { type Felix, playFelix } from '../felix/player.ts';
import { type LinuxBorder, startLinuxBorder } from '../linux-firewall/rig.ts';
import { firstFrames, POD_CIDR, podAddress, type StreamWorld } from './stream.ts';

const EAR = fileURLToPath(new URL('elements.pl', import.meta.url));

export class WayWorld {
  readonly cloud: Cloud;
  readonly border: LinuxBorder;
  readonly felix: Felix;
  /** every request to AWS since the last {@link mark} */
  calls: AwsCall[];
  readonly #folder: string;
  readonly #heard: Map<string, number>;
  readonly #waits: Map<string, (atMs: number) => void>;
  readonly #stopEar: () => void;

  private constructor(parts: {
    cloud: Cloud;
    border: LinuxBorder;
    felix: Felix;
    calls: AwsCall[];
    folder: string;
    heard: Map<string, number>;
    waits: Map<string, (atMs: number) => void>;
    stopEar: () => void;
  }) {
    this.cloud = parts.cloud;
    this.border = parts.border;
    this.felix = parts.felix;
    this.calls = parts.calls;
    this.#folder = parts.folder;
    this.#heard = parts.heard;
    this.#waits = parts.waits;
    this.#stopEar = parts.stopEar;
  }

  /** Resolves when the first snapshot stands on the firewall. */
  static async start(
    world: StreamWorld,
    {
      podCidrs = [POD_CIDR],
      change,
      niceness,
    }: {
      readonly podCidrs?: readonly string[];
      readonly change?: (settings: DemoSettings) => void;
      readonly niceness?: (functionName: string) => number;
    } = {},
  ): Promise<WayWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'cextfire-bench-'));
    const countNft = join(folder, 'nft.log');
    writeFileSync(countNft, '');
    const [border] = await Promise.all([startLinuxBorder({ name: 'bench', podCidrs, countNft }), buildShipper()]);
    const calls: AwsCall[] = [];
    const heard = new Map<string, number>();
    const waits = new Map<string, (atMs: number) => void>();
    const ear = border.start('firewall', ['perl', EAR]);
    createInterface({ input: ear.stdout as NodeJS.ReadableStream }).on('line', (key) => {
      const atMs = performance.now();
      // The first time: a repeated write of the same is heard as well.
      if (!heard.has(key)) heard.set(key, atMs);
      waits.get(key)?.(atMs);
    });
    const stopEar = () => ear.kill('SIGTERM');
    const file = writeDemoEnvironment(folder, border, (settings) => {
      settings.clusters = { [CLUSTER]: { podCidrs: [POD_CIDR] } };
      change?.(settings);
    });
    let way: WayWorld | undefined;
    const cloud = await startCloud({
      environmentFile: file,
      visibilitySeconds: 30,
      onCall: (call) => way?.calls.push(call),
      ...(niceness && { niceness }),
    });
    cloud.setSecret(loadEnvironment(file).managers[FIREWALL]?.secret ?? '', border.privateKey);
    const felix = playFelix({
      program: SHIPPER_PROGRAM,
      env: {
        ...shipperVariables(cloud, CLUSTER),
        CEXTFIRE_HTTP_PORT: '0',
        CEXTFIRE_HTTP_HOST: '127.0.0.1',
        CEXTFIRE_LOG_LEVEL: 'warn',
      },
    });
    way = new WayWorld({ cloud, border, felix, calls, folder, heard, waits, stopEar });
    await felix.play(firstFrames(world));
    await way.#standing(world.members);
    return way;
  }

  /** When the last of these stood in the kernel (performance.now()), each; undefined: not within the time. */
  async arrivals(changes: readonly (readonly [number, 'comes' | 'goes'])[], withinMs: number): Promise<readonly (number | undefined)[]> {
    const until = performance.now() + withinMs;
    return Promise.all(
      changes.map(async ([n, what]) => {
        const key = keyOf(n, what);
        const there = this.#heard.get(key);
        if (there !== undefined) return there;
        const timer = new AbortController();
        const heard = new Promise<number>((resolve) => {
          this.#waits.set(key, resolve);
        });
        const late = sleep(Math.max(0, until - performance.now()), undefined, { signal: timer.signal }).catch(() => undefined);
        const seen = this.#seen(what === 'comes', podAddress(n), timer.signal);
        const at = await Promise.race([heard, late, seen]);
        timer.abort();
        this.#waits.delete(key);
        return at ?? undefined;
      }),
    );
  }

  /**
   * The kernel drops events that nobody takes in time, which happens when others write thousands of elements on a busy machine. So what is
   * not heard is looked for, now and then; when it was seen counts, which is up to half a second late.
   */
  async #seen(there: boolean, address: string, over: AbortSignal): Promise<number | undefined> {
    const word = new RegExp(`\\b${address.replaceAll('.', '\\.')}\\b`);
    while (!over.aborted) {
      await sleep(500, undefined, { signal: over }).catch(() => undefined);
      if (over.aborted) break;
      const { code, stdout } = await this.border.run('firewall', ['nft', '-n', 'list', 'ruleset']);
      if (code === 0 && word.test(stdout) === there) return performance.now();
    }
    return undefined;
  }

  /** What was heard of this change before counts no more. */
  forget(n: number, what: 'comes' | 'goes'): void {
    this.#heard.delete(keyOf(n, what));
  }

  /** Counting begins here. */
  mark(): void {
    this.calls = [];
    for (const fn of this.cloud.functions.values()) fn.invocations.length = 0;
    this.cloud.metrics.splice(0);
    writeFileSync(join(this.#folder, 'nft.log'), '');
  }

  /** Arguments of every run of nft by the forced command since the mark. */
  get nftRuns(): readonly string[] {
    return readFileSync(join(this.#folder, 'nft.log'), 'utf8').split('\n').filter(Boolean);
  }

  lastLogs(): string {
    return this.cloud.logs
      .slice(-10)
      .map((line) => `[${line.function}] ${line.text.slice(0, 400)}`)
      .join('\n');
  }

  async close(): Promise<void> {
    await this.felix.terminate();
    this.#stopEar();
    await this.cloud.stop();
    await this.border.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #standing(members: number): Promise<void> {
    for (const end = Date.now() + 180_000; ; await sleep(200)) {
      const { code, stdout } = await this.border.run('firewall', ['nft', '-j', 'list', 'ruleset']);
      const found = code === 0 ? (stdout.match(/"10\.\d+\.\d+\.\d+"/g)?.length ?? 0) : 0;
      if (found >= members && stdout.includes('"hook"')) break;
      if (Date.now() > end) throw new Error(`only ${found} of ${members} members arrived\n${this.felix.stderr}\n${this.lastLogs()}`);
    }
    await this.cloud.settle(60_000, { delayed: true });
  }
}

const keyOf = (n: number, what: 'comes' | 'goes') => `${what === 'comes' ? 'add' : 'delete'} ${podAddress(n)}`;
