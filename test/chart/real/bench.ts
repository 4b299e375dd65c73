/** A cluster to try the chart in: a control plane, Calico's kinds, helm, and the pod that the chart asks for. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { CHART, findHelm } from '../helm.ts';
import { ControlPlane } from './control-plane.ts';
import { type ApiObject, Objects } from './objects.ts';
import { Pod } from './pod.ts';

export interface Programs {
  readonly kubeApiserver: string;
  readonly etcd: string;
  readonly felix: string;
  /** files or folders of CustomResourceDefinitions */
  readonly crds: readonly string[];
}

export type CalicoGroup = 'crd.projectcalico.org' | 'projectcalico.org';

export class Bench {
  readonly plane: ControlPlane;
  readonly objects: Objects;
  readonly group: CalicoGroup;
  readonly #folder: string;
  readonly #programs: Programs;
  readonly #kinds = new Set<string>();
  #pods = 0;

  private constructor(plane: ControlPlane, group: CalicoGroup, folder: string, programs: Programs) {
    this.plane = plane;
    this.objects = new Objects(plane);
    this.group = group;
    this.#folder = folder;
    this.#programs = programs;
  }

  /** A cluster with Calico's kinds and what its installation puts there: ClusterInformation, the tier "default", a pool. */
  static async start(folder: string, programs: Programs): Promise<Bench> {
    const plane = await ControlPlane.start(folder, programs);
    const kinds = programs.crds.flatMap(readObjects).filter(({ kind }) => kind === 'CustomResourceDefinition');
    const group = kinds.some(({ metadata }) => metadata.name === 'hostendpoints.projectcalico.org')
      ? 'projectcalico.org'
      : 'crd.projectcalico.org';
    const bench = new Bench(plane, group, folder, programs);
    try {
      await bench.#install(kinds);
      return bench;
    } catch (error) {
      await bench.close();
      throw error;
    }
  }

  async #install(kinds: readonly ApiObject[]): Promise<void> {
    for (const kind of kinds) {
      await this.objects.apply(kind);
      this.#kinds.add(kind.metadata.name);
    }
    await this.until('the kinds to be served', async () => {
      const { body } = await this.plane.ask('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
      const served = ({ type, status }: { type: string; status: string }) => type === 'Established' && status === 'True';
      return body.items.every((kind: { status?: { conditions?: [] } }) => kind.status?.conditions?.some(served));
    });
    await this.give('ClusterInformation', 'default', { datastoreReady: true, clusterGUID: 'ec0ffee', calicoVersion: 'v0.0.0' });
    await this.give('Tier', 'default', { order: 1_000_000 });
    await this.give('IPPool', 'pods', { cidr: '10.10.0.0/16', natOutgoing: false, ipipMode: 'Never', vxlanMode: 'Never' });
  }

  /** A CustomResourceDefinition of this name was among those given. */
  has(kind: string): boolean {
    return this.#kinds.has(kind);
  }

  get calicoVersion(): string {
    return `${this.group}/${this.group === 'projectcalico.org' ? 'v3' : 'v1'}`;
  }

  give(kind: string, name: string, spec: object, metadata: object = {}): Promise<ApiObject> {
    return this.objects.apply({ apiVersion: this.calicoVersion, kind, metadata: { name, ...metadata }, spec });
  }

  /** A namespace in which only pods of the level "restricted" are admitted. */
  async namespace(name: string): Promise<void> {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' };
    await this.objects.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  }

  /** A pod of somebody, running: what its kubelet would report. */
  async workload(namespace: string, name: string, labels: Record<string, string>, podIP: string): Promise<void> {
    await this.objects.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
    const spec = { nodeName: 'node-1', containers: [{ name: 'c', image: 'i' }] };
    await this.objects.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec });
    const status = { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions: [{ type: 'Ready', status: 'True' }] };
    const type = 'application/merge-patch+json';
    const answer = await this.plane.ask('PATCH', `/api/v1/namespaces/${namespace}/pods/${name}/status`, { status }, { type });
    if (answer.status !== 200) throw new Error(answer.text);
  }

  /** What helm says, stderr (where warnings of the API server stand) included. @throws Error with it */
  helm(...args: string[]): Promise<string> {
    const home = join(this.#folder, 'helm');
    mkdirSync(home, { recursive: true });
    const env = { ...process.env, KUBECONFIG: this.plane.kubeconfig, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };
    return new Promise((resolve, reject) => {
      execFile(findHelm() ?? 'helm', args, { env }, (error, stdout, stderr) =>
        error ? reject(new Error(`helm ${args.slice(0, 3).join(' ')}: ${stderr}${stdout}`)) : resolve(`${stdout}${stderr}`),
      );
    });
  }

  /** `install` or `upgrade`, with these values. */
  chart(command: 'install' | 'upgrade', release: string, namespace: string, values: object, ...args: string[]): Promise<string> {
    const sets = Object.entries(values).map(([key, value]) => `--set-json=${key}=${JSON.stringify(value)}`);
    return this.helm(command, release, CHART, '--namespace', namespace, ...sets, ...args);
  }

  /** The pod of this Deployment, as its ReplicaSet would create it; admitted or @throws Error. */
  async pod(namespace: string, deployment: string): Promise<Pod> {
    const found = await this.plane.ask('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`);
    const { metadata, spec } = found.body.spec.template;
    const name = `${deployment}-${++this.#pods}`;
    const path = `/api/v1/namespaces/${namespace}/pods?fieldValidation=Strict`;
    const made = await this.plane.ask('POST', path, { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name }, spec });
    if (made.status !== 201) throw new Error(`the pod is not admitted: ${made.body?.message ?? made.text}`);
    if (made.headers.warning) throw new Error(`the pod is admitted with a warning: ${made.headers.warning}`);
    const pod = new Pod(this.plane, made.body, join(this.#folder, name), this.#programs.felix);
    await pod.mount();
    return pod;
  }

  /** @throws Error that says what was waited for */
  async until(what: string, holds: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
    for (const end = Date.now() + ms; !(await holds()); await sleep(100))
      if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`);
  }

  async close(): Promise<void> {
    await this.plane.close();
  }
}

/** Objects of a YAML file, or of all in a folder. */
export function readObjects(path: string): readonly ApiObject[] {
  const files = path.endsWith('.yaml')
    ? [path]
    : readdirSync(path)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => join(path, name));
  return files
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as ApiObject | null))
    .filter((object) => object !== null);
}
