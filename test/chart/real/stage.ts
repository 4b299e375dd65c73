/**
 * The chart installed for a cluster of the demo environment, with all that its pod speaks to:
 *
 *   kube-apiserver ◄── Felix ──► shipper ──► local cloud ──► nftables ◄── packets
 *         ▲                         │
 *         └─────── probe, Events ───┘
 */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeLocalFile } from '../../../cli/local-file.ts';
import { formatAddress } from '../../../functions/packets/address.ts';
import type { Packet } from '../../../functions/packets/packet.ts';
import { CLUSTER } from '../../cloud/demo-environment.ts';
import { World } from '../../end-to-end/world.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import type { Bench } from './bench.ts';
import type { ApiObject } from './objects.ts';
import type { Pod } from './pod.ts';
import { holds } from './report.ts';
import { type Sts, startSts } from './sts.ts';

export const NAMESPACE = 'cextfire';
export const RELEASE = 'payments-shipper';
export const SENDER_ROLE = 'arn:aws:iam::123456789012:role/payments';
export const ROLE: ApiObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: `${NAMESPACE}-${RELEASE}` },
};
/** A probe each minute, looked at again after ten seconds, and a heartbeat. */
const NOTICED_MS = 150_000;

export class Stage {
  readonly bench: Bench;
  readonly world: World;
  readonly sts: Sts;
  readonly values: Readonly<Record<string, unknown>>;
  pod!: Pod;
  readonly #local = temporaryFolder('local');
  /** Where `cextfire --local` finds this cloud and no other. */
  readonly #runtime = { XDG_RUNTIME_DIR: this.#local.path };

  private constructor(bench: Bench, world: World, sts: Sts) {
    this.bench = bench;
    this.world = world;
    this.sts = sts;
    const env = world.shipperEnvironment(CLUSTER);
    this.values = {
      cluster: CLUSTER,
      image: { repository: 'registry.example.com/cextfire-shipper', tag: 'real' },
      queue: { url: env.CEXTFIRE_QUEUE_URL, controlUrl: env.CEXTFIRE_CONTROL_QUEUE_URL },
      aws: { credentials: 'webIdentity', roleArn: SENDER_ROLE, region: env.AWS_REGION, endpointUrl: env.AWS_ENDPOINT_URL_SQS },
      extraEnv: [{ name: 'AWS_ENDPOINT_URL_STS', value: sts.url }],
      calico: { apiGroup: bench.group },
      hostEndpoints: [{ name: 'edge', interfaceName: 'outside', labels: { border: 'partner' } }],
      events: { enabled: true },
    };
  }

  static async start(bench: Bench): Promise<Stage> {
    const world = await World.start({
      change: (settings) => {
        (settings.borders as { edge: { snatPools: object } }).edge.snatPools = { 'shared-pool': ['203.0.113.0/28'] };
      },
    });
    await world.fresh();
    const stage = new Stage(bench, world, await startSts(bench.plane, 'sts.amazonaws.com'));
    const { variables, outputs } = world.cloud;
    writeLocalFile({ environment: world.settings.environment, settingsFile: world.settingsFile, variables, outputs }, stage.#runtime);
    await bench.namespace(NAMESPACE);
    for (const name of ['payments', 'shop', 'other', 'default'])
      await bench.objects.apply({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: name === 'other' ? { egress: 'mirrors' } : {} },
      });
    await bench.workload('payments', 'settlement-1', { app: 'settlement' }, '10.10.0.1');
    await bench.workload('payments', 'web-1', { app: 'web' }, '10.10.0.2');
    await bench.workload('shop', 'exporter-1', { app: 'exporter' }, '10.10.0.3');
    await bench.workload('other', 'mirror-1', {}, '10.10.0.4');
    await bench.workload('other', 'mirror-2', { quarantine: 'true' }, '10.10.0.5');
    await bench.chart('install', RELEASE, NAMESPACE, stage.values);
    return stage;
  }

  /** A pod of the Deployment, ready. The one before must be gone: Recreate. */
  async startPod(ms?: number): Promise<void> {
    this.pod = await this.bench.pod(NAMESPACE, RELEASE);
    this.pod.start();
    await this.bench.until(
      'the pod to be ready',
      async () => {
        if (!this.pod.running) throw new Error(`the container ended with ${this.pod.exitCode}:\n${this.pod.log.slice(-3_000)}`);
        return (await this.pod.page('/readyz'))?.status === 200;
      },
      ms,
    );
  }

  async setRules(rules: unknown): Promise<void> {
    const type = 'application/merge-patch+json';
    const { status, text } = await this.bench.plane.ask('PATCH', await this.bench.objects.pathOf(ROLE), { rules }, { type });
    if (status !== 200) throw new Error(text);
  }

  /** As a Deployment of the strategy Recreate does it. */
  async endPod(): Promise<void> {
    await this.pod.stop();
    await this.bench.objects.remove(this.pod.pod);
  }

  /** Until everybody says this of the probe: the shipper, its metrics, the cloud, `cextfire status`. */
  async probeSays(ok: boolean, reason = /^/): Promise<void> {
    const { bench, world } = this;
    await bench.until(
      `the shipper's probe to be ${ok ? 'well' : `failing with ${reason}`}`,
      async () => {
        const { probe } = JSON.parse((await this.pod.page('/status'))?.text ?? '{}');
        return probe?.ok === ok && reason.test(probe.reason);
      },
      NOTICED_MS,
    );
    const metrics = (await this.pod.page('/metrics'))?.text ?? '';
    holds(new RegExp(`^cextfire_shipper_probe_ok ${ok ? 1 : 0}$`, 'm').test(metrics), 'the metric says otherwise');
    await bench.until(`the cloud to ${ok ? 'end' : 'begin'} CEXT_CLUSTER_PROBE_FAILED`, async () => {
      await world.look();
      return (await world.conditions()).some(({ code }) => code === 'CEXT_CLUSTER_PROBE_FAILED') !== ok;
    });
    const told = await this.cextfireStatus();
    holds(told.includes('CEXT_CLUSTER_PROBE_FAILED') !== ok, told);
  }

  cextfireStatus(): Promise<string> {
    const command = fileURLToPath(new URL('../../../cli/cextfire.js', import.meta.url));
    return new Promise((resolve) => {
      execFile(process.execPath, [command, 'status', '--local'], { env: { ...process.env, ...this.#runtime } }, (_, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });
  }

  /** What the border does with these: "deny", or the source address on the other side. */
  async passes(packets: readonly Packet[]): Promise<readonly string[]> {
    const judged = await this.world.judge.send(packets);
    return judged.map(({ verdict, source = 0n }) => (verdict === 'deny' ? 'deny' : formatAddress(4, source)));
  }

  async close(): Promise<void> {
    if (this.pod?.running) await this.pod.stop();
    this.#local.remove();
    this.sts.close();
    await this.world.close();
  }

  /** What was changed in the cluster stands on the border: Felix and the shipper have a second to speak. */
  async settle(): Promise<void> {
    await sleep(1_000);
    await this.world.settle();
  }
}
