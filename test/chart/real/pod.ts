/**
 * One pod without a kubelet: the Deployment's pod as the API server admitted it, its container's first process in namespaces of its own. What the
 * kubelet would do is done here, and no more: variables (of the image, of the container), tokens of the pod's account bound to the pod,
 * CA, uid, no capability, no new privilege, a root file system that cannot be written to.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ControlPlane } from './control-plane.ts';

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: a pod as the API server gives it
type Any = any;

/** ENV of the Dockerfile, which is the image's environment. */
function imageVariables(): Readonly<Record<string, string>> {
  const instructions = readFileSync(root('shipper/image/Dockerfile'), 'utf8')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n');
  const pairs = instructions.filter((line) => line.startsWith('ENV ')).flatMap((line) => line.slice(4).trim().split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

export class Pod {
  readonly #plane: ControlPlane;
  readonly #folder: string;
  readonly #felix: string;
  readonly pod: Any;
  #child: ChildProcess | undefined;
  log = '';

  /** `pod`: as the API server answered its creation; `folder`: readable by every user */
  constructor(plane: ControlPlane, pod: unknown, folder: string, felix: string) {
    this.#plane = plane;
    this.pod = pod;
    this.#folder = folder;
    this.#felix = felix;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }
  get exitCode(): number | null {
    return this.#child?.exitCode ?? null;
  }

  /** What the kubelet mounts, written (anew): tokens are those of this moment. */
  async mount(): Promise<void> {
    const { metadata, spec } = this.pod;
    for (const { name, projected } of spec.volumes ?? []) {
      for (const source of projected?.sources ?? []) {
        const { serviceAccountToken: token, configMap, downwardAPI } = source;
        if (token) this.#write(name, token.path, await this.#token(token));
        // kube-root-ca.crt, which the controller manager would have made.
        for (const item of configMap?.items ?? []) this.#write(name, item.path, this.#plane.ca);
        for (const item of downwardAPI?.items ?? []) this.#write(name, item.path, metadata.namespace);
      }
    }
  }

  async #token({ audience, expirationSeconds }: Any): Promise<string> {
    const { metadata, spec } = this.pod;
    const { status, body, text } = await this.#plane.ask(
      'POST',
      `/api/v1/namespaces/${metadata.namespace}/serviceaccounts/${spec.serviceAccountName}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {
          ...(audience ? { audiences: [audience] } : {}),
          expirationSeconds,
          boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: metadata.name, uid: metadata.uid },
        },
      },
    );
    if (status !== 201) throw new Error(`no token: ${text}`);
    return body.status.token;
  }

  #write(volume: string, path: string, content: string): void {
    const file = this.file(volume, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, 0o644);
  }

  /** A file of a volume; "kube-api-access" stands for the one that admission adds under a name of its own. */
  file(volume: string, path: string): string {
    const name = this.pod.spec.volumes.find((each: Any) => each.name.startsWith(volume))?.name ?? volume;
    return join(this.#folder, 'volumes', name, path);
  }

  /** The first process starts. */
  start(): void {
    const { spec, metadata } = this.pod;
    const [container] = spec.containers;
    const env: Record<string, string> = {
      PATH: '/opt/node:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      // A container runtime's doing, for a uid that has no name.
      HOME: '/',
      HOSTNAME: metadata.name,
      ...imageVariables(),
      ...this.#plane.variables,
    };
    for (const { name, value } of container.env) env[name] = value;
    const image = join(this.#folder, 'image');
    mkdirSync(image, { recursive: true });
    for (const [from, to] of [
      ['shipper/image/entrypoint', 'entrypoint'],
      ['shipper/cextfire-shipper', 'cextfire-shipper'],
      ['dist/shipper/cextfire-shipper.cjs', 'cextfire-shipper.cjs'],
    ] as const)
      copyFileSync(root(from), join(image, to));
    writeFileSync(join(image, 'felix'), '#!/bin/sh\nexec /opt/felix\n');
    for (const name of ['entrypoint', 'cextfire-shipper', 'felix']) chmodSync(join(image, name), 0o755);
    const { runAsUser, runAsGroup } = { ...spec.securityContext, ...container.securityContext };
    const mounts = container.volumeMounts.map(
      ({ name, mountPath }: Any) => `mkdir -p ${mountPath} && mount --bind ${join(this.#folder, 'volumes', name)} ${mountPath}`,
    );
    const lines = [
      'set -e',
      'mount -t tmpfs none /run && mount -t tmpfs none /opt && mkdir /opt/cextfire /opt/node && touch /opt/felix /opt/node/node',
      `mount --bind ${image} /opt/cextfire && mount --bind ${this.#felix} /opt/felix && mount --bind ${process.execPath} /opt/node/node`,
      ...mounts,
      // All that is not a mount of its own, and what stands for the image.
      'for at in / /run /opt /opt/cextfire; do mount -o remount,bind,ro $at; done',
      `cd / && exec setpriv --reuid=${runAsUser} --regid=${runAsGroup} --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs ` +
        '/opt/cextfire/entrypoint /opt/cextfire/felix',
    ];
    const child = spawn('unshare', ['--mount', 'sh', '-c', lines.join('\n')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
  }

  /** A page of the shipper; undefined while nobody answers. */
  async page(path: string): Promise<{ readonly status: number; readonly text: string } | undefined> {
    const { env } = this.pod.spec.containers[0];
    const port = env.find(({ name }: Any) => name === 'CEXTFIRE_HTTP_PORT').value;
    const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    return response && { status: response.status, text: await response.text() };
  }

  /** As the kubelet ends a pod: SIGTERM, and after its grace period SIGKILL. The code of the first process. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (!child || !this.running) return this.exitCode;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), this.pod.spec.terminationGracePeriodSeconds * 1_000);
    await once(child, 'exit');
    clearTimeout(timer);
    return child.exitCode;
  }
}
