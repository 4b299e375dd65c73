/**
 * A control plane of Kubernetes without any node: etcd and a kube-apiserver on this machine, with the authorisation and the admission that clusters
 * have by default. What they say goes into files of the folder; the binaries are the caller's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../free-port.ts';
import { makeAuthority } from '../fake-api-server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API server says
  readonly body: any;
  readonly text: string;
}

export interface Asking {
  readonly as?: string;
  readonly type?: string;
  readonly accept?: string;
}

/** As most clusters have it, and what the chart's network policy lets out to. All of it is in a network namespace of its own. */
const PORT = 6443;

export class ControlPlane {
  readonly #folder: string;
  readonly #program: string;
  readonly #args: readonly string[];
  readonly #etcd: ChildProcess;
  readonly #agent: Agent;
  readonly ca: string;
  readonly adminToken = randomBytes(16).toString('hex');
  #server: ChildProcess | undefined;

  private constructor(folder: string, program: string, etcdPort: number, etcd: ChildProcess) {
    this.#folder = folder;
    this.#program = program;
    this.#etcd = etcd;
    // Also where this process ends by an error that nobody caught.
    process.once('exit', () => {
      for (const child of [etcd, this.#server]) child?.kill('SIGKILL');
    });
    const authority = makeAuthority();
    this.ca = authority.ca;
    const file = (name: string, content: string) => {
      writeFileSync(join(folder, name), content, { mode: 0o600 });
      return join(folder, name);
    };
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const kinds = JSON.stringify({
      apiVersion: 'audit.k8s.io/v1',
      kind: 'Policy',
      omitStages: ['RequestReceived'],
      rules: [{ level: 'Metadata' }],
    });
    this.#args = [
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      '--bind-address=127.0.0.1',
      // Of no interface: only an address that is not loopback's is told to the cluster (EndpointSlice "kubernetes").
      '--advertise-address=192.0.2.1',
      `--secure-port=${PORT}`,
      `--tls-cert-file=${file('server.pem', authority.certificate)}`,
      `--tls-private-key-file=${file('server.key', authority.key)}`,
      `--service-account-key-file=${file('accounts.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString())}`,
      `--service-account-signing-key-file=${file('accounts.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      '--service-cluster-ip-range=10.96.0.0/16',
      `--token-auth-file=${file('tokens.csv', `${this.adminToken},admin,1,system:masters\n`)}`,
      '--authorization-mode=Node,RBAC',
      // As clusters have it since 1.29; the test's own traffic must not be throttled by it.
      '--enable-priority-and-fairness=false',
      // Ends watches, so that lost rights are met within a test.
      '--min-request-timeout=20',
      `--audit-policy-file=${file('audit-policy.json', kinds)}`,
      `--audit-log-path=${this.auditLog}`,
    ];
    this.#agent = new Agent({ keepAlive: true, ca: this.ca });
    file(
      'kubeconfig',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'here',
        clusters: [{ name: 'here', cluster: { server: this.url, 'certificate-authority-data': Buffer.from(this.ca).toString('base64') } }],
        users: [{ name: 'admin', user: { token: this.adminToken } }],
        contexts: [{ name: 'here', context: { cluster: 'here', user: 'admin' } }],
      }),
    );
  }

  /** @throws Error with the last words of what did not start */
  static async start(folder: string, programs: { readonly etcd: string; readonly kubeApiserver: string }): Promise<ControlPlane> {
    const [client, peer] = await Promise.all([freePort(), freePort()]);
    const [url, peers] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
    const etcd = spawn(
      programs.etcd,
      // biome-ignore format: one flag, one value
      ['--data-dir', join(folder, 'etcd'), '--listen-client-urls', url, '--advertise-client-urls', url, '--listen-peer-urls', peers,
        '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`, '--log-level=error', '--unsafe-no-fsync'],
      { stdio: ['ignore', 'ignore', openSync(join(folder, 'etcd.log'), 'a')] },
    );
    const plane = new ControlPlane(folder, programs.kubeApiserver, client, etcd);
    try {
      await plane.up();
      return plane;
    } catch (error) {
      await plane.close();
      throw error;
    }
  }

  get url(): string {
    return `https://127.0.0.1:${PORT}`;
  }
  get kubeconfig(): string {
    return join(this.#folder, 'kubeconfig');
  }
  get auditLog(): string {
    return join(this.#folder, 'audit.log');
  }
  /** As the kubelet tells every container. */
  get variables(): Readonly<Record<string, string>> {
    return { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: `${PORT}` };
  }

  async up(): Promise<void> {
    const log = openSync(join(this.#folder, 'kube-apiserver.log'), 'a');
    const server = spawn(this.#program, this.#args, { stdio: ['ignore', log, log] });
    this.#server = server;
    for (const end = Date.now() + 120_000; ; await sleep(200)) {
      const ready = await this.ask('GET', '/readyz').catch(() => undefined);
      if (ready?.status === 200) return;
      if (server.exitCode === null && Date.now() < end) continue;
      const last = readFileSync(join(this.#folder, 'kube-apiserver.log'), 'utf8').split('\n').slice(-15).join('\n');
      throw new Error(`the kube-apiserver does not start:\n${last}`);
    }
  }

  /** As if its machine were gone. */
  async down(): Promise<void> {
    await end(this.#server, 'SIGKILL');
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await end(this.#server, 'SIGKILL');
    await end(this.#etcd, 'SIGKILL');
  }

  /** As the administrator, or with the token `as`. Any status is an answer. */
  ask(method: string, path: string, body?: unknown, { as = this.adminToken, type, accept }: Asking = {}): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const asked = request(`${this.url}${path}`, {
      method,
      agent: this.#agent,
      headers: {
        authorization: `Bearer ${as}`,
        accept: accept ?? 'application/json',
        ...(text === undefined ? {} : { 'content-type': type ?? 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const whole = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parse(whole), text: whole });
      });
    });
    asked.end(text);
    return promise;
  }
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
