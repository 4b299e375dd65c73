/**
 * The shipper's own look at the API server. Felix hides an outage and lost rights: it stays live, ready and in sync, and the stream merely
 * goes silent (reference/felix.md 10). So the shipper asks for itself, with the pod's own account, each minute:
 *
 *   may we still list what Felix must list?      one item of each kind                                    failed twice, 10 s apart  ─┐
 *   are the namespaces those that Felix sent?    all names, both ways                                     the same name, two rounds ─┼─► ok = false
 *   are the border policies still there?         only what Felix has and the API has not any more         the same name, two rounds ─┘
 *
 * A policy that selects none of our HostEndpoints never reaches us, so a policy that Felix lacks says nothing. Nothing is removed because of
 * an answer: it travels with each heartbeat, and the cloud says since when the view may be stale.
 */
import { type Clock, sleep } from './clock.ts';
import { type KubernetesApi, KubernetesError, type ListedObject, listAll, refusal, resourceOf } from './kubernetes.ts';

export const PROBE_EVERY_MS = 60_000;
/** A rolling restart of the API server should not be news. */
export const CONFIRM_MS = 10_000;

export const CALICO_API_GROUPS = ['crd.projectcalico.org', 'projectcalico.org'] as const;
export type CalicoApiGroup = (typeof CALICO_API_GROUPS)[number];

export const calicoPath = (group: CalicoApiGroup): string => `/apis/${group}/${group === 'projectcalico.org' ? 'v3' : 'v1'}`;

/**
 * What a Felix of any supported version lists besides what is compared: without one of these rights it never is in sync. (Without `get` it never starts
 * the shipper; without `watch` it lists anew every few seconds.) A list of one object costs the API server next to nothing.
 */
export const LISTED = [
  '/api/v1/pods',
  '/api/v1/nodes',
  '/api/v1/services',
  '/api/v1/serviceaccounts',
  '/apis/discovery.k8s.io/v1/endpointslices',
  '/apis/networking.k8s.io/v1/networkpolicies',
];
/** A cluster need not have these kinds (404), but where the right is missing the answer is 403 all the same, also to Felix. */
export const LISTED_WHERE_INSTALLED = [
  '/apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies',
  '/apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies',
  '/apis/policy.networking.k8s.io/v1alpha2/clusternetworkpolicies',
  '/apis/kubevirt.io/v1/virtualmachineinstancemigrations',
];
/** Of Calico; those of versions that this cluster does not have are not installed either. */
export const LISTED_OF_CALICO = [
  'clusterinformations',
  'felixconfigurations',
  'tiers',
  'hostendpoints',
  'networkpolicies',
  'stagedglobalnetworkpolicies',
  'stagednetworkpolicies',
  'stagedkubernetesnetworkpolicies',
  'globalnetworksets',
  'networksets',
  'ippools',
  'ipamblocks',
  'bgpconfigurations',
  'bgppeers',
];

/** Names of what Felix sent; undefined while that is not everything it knows (before InSync, or while it has to wait for us). */
export type FelixNames = () => { readonly namespaces: ReadonlySet<string>; readonly policies: ReadonlySet<string> } | undefined;

export interface ProbeOptions {
  readonly api: KubernetesApi;
  readonly group: CalicoApiGroup;
  readonly felix: FelixNames;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly changed: (answer: ProbeAnswer) => void;
  /** One round is over, with or without a finding. */
  readonly asked?: (result: ProbeResult) => void;
  readonly everyMs?: number;
  readonly random?: () => number;
}

/** undecided: not compared, or a difference that was not there a round ago */
export type ProbeResult = 'same' | 'failed' | 'differs' | 'undecided';

/** As it travels in heartbeats. */
export interface ProbeAnswer {
  readonly ok: boolean;
  /** '' when ok */
  readonly reason: string;
  readonly sinceMs: number;
}

const NONE: ReadonlySet<string> = new Set();

interface Finding {
  /** names that differ, each with its side; undefined = not compared */
  readonly names: ReadonlySet<string> | undefined;
  readonly failure: string | undefined;
}

export class Probe {
  readonly #options: ProbeOptions;
  #answer: ProbeAnswer | undefined;
  /** differences of the last round, and since when each is seen */
  #suspected = new Map<string, number>();
  #lastSameMs: number | undefined;

  constructor(options: ProbeOptions) {
    this.#options = options;
  }

  /** undefined until the first round is over. */
  get answer(): ProbeAnswer | undefined {
    return this.#answer;
  }

  /** Until the signal. Never throws. */
  async run(): Promise<void> {
    const { clock, signal, everyMs = PROBE_EVERY_MS, random = Math.random } = this.#options;
    while (!signal.aborted) {
      await this.round();
      // Jitter: the shippers of many clusters, or of one management cluster, should not ask in step.
      await sleep(clock, everyMs * (0.9 + 0.2 * random()));
    }
  }

  /** One look, and a second one where the first failed. */
  async round(): Promise<void> {
    const { clock, signal, asked } = this.#options;
    const startedMs = clock.now();
    let finding = await this.#look();
    if (finding.failure !== undefined && this.#answer?.ok !== false) {
      await sleep(clock, CONFIRM_MS);
      if (signal.aborted) return;
      finding = await this.#look();
    }
    if (signal.aborted) return;
    if (finding.failure !== undefined) {
      asked?.('failed');
      this.#tell(false, finding.failure, startedMs);
      return;
    }
    const { names = NONE } = finding;
    const lasting = this.#lasting(names, startedMs);
    if (lasting.length > 0) {
      asked?.('differs');
      this.#tell(false, describeNames(lasting), Math.min(...lasting.map((name) => this.#suspected.get(name) ?? startedMs)));
      return;
    }
    const same = finding.names?.size === 0;
    asked?.(same ? 'same' : 'undecided');
    if (same) this.#lastSameMs = startedMs;
    // A difference that is new is no finding yet; but neither does it end one.
    if (names.size === 0 || this.#answer?.ok !== false) this.#tell(true, '', startedMs);
  }

  async #look(): Promise<Finding> {
    const { api, group, felix, signal } = this.#options;
    const calico = calicoPath(group);
    try {
      for (const path of LISTED) await this.#mayList(path);
      for (const path of [...LISTED_WHERE_INSTALLED, ...LISTED_OF_CALICO.map((resource) => `${calico}/${resource}`)])
        await this.#mayList(path, 404);
      const namespaces = await listAll(api, '/api/v1/namespaces', signal);
      const policies = await listAll(api, `${calico}/globalnetworkpolicies`, signal);
      const sent = felix();
      return { failure: undefined, names: sent && differences(sent, namespaces, policies) };
    } catch (error) {
      if (error instanceof KubernetesError && error.status === 404)
        return {
          failure: `${error.message}. Calico's objects are not in ${group}: correct calico.apiGroup of the chart`,
          names: undefined,
        };
      return { failure: error instanceof KubernetesError ? error.message : `the probe failed: ${(error as Error).name}`, names: undefined };
    }
  }

  async #mayList(path: string, well?: number): Promise<void> {
    const { api, signal } = this.#options;
    const { status } = await api({ method: 'GET', path: `${path}?limit=1`, signal });
    if (status !== 200 && status !== well) throw new KubernetesError(refusal(status, `list ${resourceOf(path)}`));
  }

  #lasting(names: ReadonlySet<string>, nowMs: number): readonly string[] {
    const before = this.#suspected;
    this.#suspected = new Map([...names].map((name) => [name, before.get(name) ?? nowMs]));
    return [...names].filter((name) => before.has(name)).sort();
  }

  #tell(ok: boolean, reason: string, sinceMs: number): void {
    const before = this.#answer;
    const last = ok || this.#lastSameMs === undefined ? '' : `; last found equal at ${new Date(this.#lastSameMs).toISOString()}`;
    const answer: ProbeAnswer = { ok, reason: reason + last, sinceMs: before?.ok === ok ? before.sinceMs : sinceMs };
    this.#answer = answer;
    if (before?.ok !== ok || before.reason !== answer.reason) this.#options.changed(answer);
  }
}

function differences(
  sent: NonNullable<ReturnType<FelixNames>>,
  namespaces: readonly ListedObject[],
  policies: readonly ListedObject[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const listed = new Set(namespaces.map(({ name }) => name));
  for (const name of listed) if (!sent.namespaces.has(name)) found.add(`namespace ${name} is new`);
  for (const name of sent.namespaces) if (!listed.has(name)) found.add(`namespace ${name} is gone`);
  const there = new Set(policies.flatMap(({ name, shownName }) => [bare(name), ...(shownName === undefined ? [] : [bare(shownName)])]));
  for (const name of sent.policies) if (!there.has(bare(name))) found.add(`policy ${name} is gone`);
  return found;
}

/** "default.x" and "x" are one policy: which of them is stored and which is sent depends on the version and on who wrote it. */
export const bare = (name: string): string => name.replace(/^default\./, '');

const MOST_NAMES = 3;

function describeNames(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : '';
  return `Felix does not follow the API server: there, ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}
