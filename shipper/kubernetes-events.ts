/**
 * Conditions as Kubernetes Events on the policy, for people without an AWS account: `kubectl describe globalnetworkpolicy x`,
 * `kubectl get events -n default`. A list of conditions is what holds now; each gets one Event when it begins, repeated while it holds (the
 * API server forgets Events after an hour), and one when it ends. The names of Events follow from what they say, so a shipper that
 * starts anew goes on with the same ones. Paced: at most a burst, then one each few seconds, newest state first.
 */
import { createHash } from 'node:crypto';
import { type Clock, sleep } from './clock.ts';
import type { Conditions } from './control.ts';
import { type KubernetesApi, KubernetesError, listAll, refusal } from './kubernetes.ts';
import { bare, type CalicoApiGroup, calicoPath } from './probe.ts';

type Condition = Conditions[number];

/** Events about objects without a namespace must stand in this one (validation of the API server). */
export const EVENT_NAMESPACE = 'default';
const EVENTS_PATH = `/api/v1/namespaces/${EVENT_NAMESPACE}/events`;

export const EVENT_BURST = 20;
export const EVENT_EVERY_MS = 3_000;
export const REPEAT_MS = 30 * 60_000;
const MOST_CONDITIONS = 200;
/** Of an Event with an eventTime the API server takes 1,024; of ours it would take more, which nobody reads. */
const MOST_TEXT = 1_000;

export interface EventsOptions {
  readonly api: KubernetesApi;
  readonly group: CalicoApiGroup;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** the name of the pod: "reportingInstance" */
  readonly instance: string;
  readonly wrote: (result: 'begun' | 'repeated' | 'ended' | 'failed', why?: string) => void;
}

interface Told {
  readonly condition: Condition;
  readonly target: Target;
  readonly message: string;
  readonly beganAt: string;
  /** when it was last written; 0 = not yet */
  writtenMs: number;
  ending: boolean;
}

/** As an Event names it; without a uid where there is no such object. */
interface Involved extends Target {
  readonly apiVersion: string;
  readonly uid?: string;
}

/** The object that `kubectl describe` shows it on. */
interface Target {
  readonly kind: 'GlobalNetworkPolicy' | 'HostEndpoint';
  readonly name: string;
}

export class KubernetesEvents {
  readonly #options: EventsOptions;
  readonly #told = new Map<string, Told>();
  #tokens = EVENT_BURST;
  #tokensAt: number;
  #failures = 0;
  #wake: (() => void) | undefined;

  constructor(options: EventsOptions) {
    this.#options = options;
    this.#tokensAt = options.clock.now();
  }

  /** All that holds now; it replaces what was told before. */
  tell(conditions: Conditions): void {
    const holding = new Set<string>();
    const subjects = new Set<string>();
    for (const condition of conditions.slice(0, MOST_CONDITIONS)) {
      const target = targetOf(condition);
      if (!target) continue;
      const subject = subjectOf(condition, target);
      const key = `${subject}|${condition.message}`;
      holding.add(key);
      subjects.add(subject);
      const known = this.#told.get(key);
      if (known && !known.ending) continue;
      const message = textOf(condition);
      this.#told.set(key, { condition, target, message, beganAt: condition.since, writtenMs: 0, ending: false });
    }
    for (const [key, told] of this.#told) {
      if (holding.has(key)) continue;
      // What nobody was told of needs no end, and what is now said in other words has none.
      if (told.writtenMs === 0 || subjects.has(subjectOf(told.condition, told.target))) this.#told.delete(key);
      else told.ending = true;
    }
    this.#wake?.();
  }

  /** Until the signal. Never throws. */
  async run(): Promise<void> {
    const { clock, signal } = this.#options;
    while (!signal.aborted) {
      const due = this.#due();
      if (due && this.#token()) await this.#write(...due);
      else await this.#rest(due ? EVENT_EVERY_MS : Math.min(REPEAT_MS, 60_000));
      if (this.#failures > 0 && !signal.aborted) await sleep(clock, Math.min(300_000, 1_000 * 2 ** Math.min(this.#failures, 9)));
    }
  }

  /** Beginnings and ends before repetitions. */
  #due(): [string, Told] | undefined {
    const now = this.#options.clock.now();
    let repeat: [string, Told] | undefined;
    for (const [key, told] of this.#told) {
      if (told.ending || told.writtenMs === 0) return [key, told];
      if (now - told.writtenMs >= REPEAT_MS) repeat ??= [key, told];
    }
    return repeat;
  }

  async #write(key: string, told: Told): Promise<void> {
    const { wrote, clock, signal } = this.#options;
    const result = told.ending ? 'ended' : told.writtenMs === 0 ? 'begun' : 'repeated';
    try {
      await this.#send(told, told.ending);
      this.#failures = 0;
      if (!told.ending) told.writtenMs = clock.now();
      else if (result === 'ended' && this.#told.get(key) === told) this.#told.delete(key);
      wrote(result);
    } catch (error) {
      if (signal.aborted) return;
      const { status } = error as Partial<KubernetesError>;
      // The others first, then this one again; what the API server finds invalid is so for ever.
      if (this.#told.get(key) === told) {
        this.#told.delete(key);
        if (status !== 400 && status !== 422) this.#told.set(key, told);
      }
      this.#failures++;
      wrote('failed', error instanceof KubernetesError ? error.message : (error as Error).name);
    }
  }

  async #send({ condition, target, message, beganAt }: Told, ended: boolean): Promise<void> {
    const { api, clock, signal, instance } = this.#options;
    const now = new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
    const text = (ended ? `Ended: ${message}` : message).slice(0, MOST_TEXT);
    const involved = await this.#find(target);
    const hash = createHash('sha256')
      .update(JSON.stringify([condition.code, involved, text]))
      .digest('hex')
      .slice(0, 16);
    const name = `${involved.name.slice(0, 200)}.${hash}`;
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace: EVENT_NAMESPACE, labels: { 'app.kubernetes.io/managed-by': 'cextfire' } },
      involvedObject: involved,
      type: ended || condition.severity === 'info' ? 'Normal' : 'Warning',
      reason: `${reasonOf(condition.code)}${ended ? 'Ended' : ''}`,
      message: text,
      source: { component: 'cextfire' },
      reportingComponent: 'cextfire.io/shipper',
      reportingInstance: instance.slice(0, 128),
      firstTimestamp: timestamp(beganAt) ?? now,
      lastTimestamp: now,
      count: 1,
    };
    const made = await api({ method: 'POST', path: EVENTS_PATH, body: event, signal });
    if (made.status === 201 || made.status === 200 || made.status === 202) return;
    if (made.status !== 409) throw new KubernetesError(refusal(made.status, 'create events'), made.status);
    // It is there, from an earlier life or an earlier time: only that it holds now is new.
    const patched = await api({ method: 'PATCH', path: `${EVENTS_PATH}/${name}`, body: { lastTimestamp: now }, signal });
    if (patched.status !== 200) throw new KubernetesError(refusal(patched.status, 'patch events'), patched.status);
  }

  /** `kubectl describe` looks for name and uid. Asked by a list of one name, for which the rights of the probe are enough. */
  async #find({ kind, name }: Target): Promise<Involved> {
    const { api, group, signal } = this.#options;
    const resource = kind === 'HostEndpoint' ? 'hostendpoints' : 'globalnetworkpolicies';
    for (const tried of kind === 'HostEndpoint' ? [name] : [name, bare(name) === name ? `default.${name}` : bare(name)]) {
      const [found] = await listAll(
        api,
        `${calicoPath(group)}/${resource}?fieldSelector=${encodeURIComponent(`metadata.name=${tried}`)}`,
        signal,
      );
      // A server that does not know the selector lists them all.
      if (found?.name !== tried) continue;
      if (await this.#calicoServes())
        return { apiVersion: CALICO_API, kind, name: found.shownName ?? found.name, uid: shownUid(found.uid) };
      return { apiVersion: versionOf(group), kind, name: found.name, uid: found.uid };
    }
    return { apiVersion: versionOf(group), kind, name };
  }

  /** Is there Calico's own API server before the CRDs? Then that is where people look. */
  async #calicoServes(): Promise<boolean> {
    const { api, group, signal } = this.#options;
    if (group === 'projectcalico.org') return false;
    const { status } = await api({ method: 'GET', path: `/apis/${CALICO_API}`, signal });
    return status === 200 || status === 503;
  }

  #token(): boolean {
    const now = this.#options.clock.now();
    const gained = Math.floor((now - this.#tokensAt) / EVENT_EVERY_MS);
    if (gained > 0) {
      this.#tokens = Math.min(EVENT_BURST, this.#tokens + gained);
      this.#tokensAt += gained * EVENT_EVERY_MS;
    }
    if (this.#tokens === 0) return false;
    this.#tokens--;
    return true;
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#wake = undefined;
        cancel();
        resolve();
      };
      const cancel = this.#options.clock.after(ms, done);
      this.#wake = done;
    });
  }
}

/** A policy, else the HostEndpoint that stands for the firewall; other conditions are at /status only. */
function targetOf({ policy, hostEndpoint }: Condition): Target | undefined {
  if (policy) {
    const [kind, name, ...more] = policy.split(' ');
    // Only these reach a border.
    return kind === 'GlobalNetworkPolicy' && isName(name) && more.length === 0 ? { kind, name } : undefined;
  }
  return isName(hostEndpoint) ? { kind: 'HostEndpoint', name: hostEndpoint } : undefined;
}

/** "crd.projectcalico.org/v1" */
const versionOf = (group: CalicoApiGroup): string => calicoPath(group).replace('/apis/', '');
const CALICO_API = versionOf('projectcalico.org');

/**
 * The uid under which Calico's API server (from 3.28) shows an object of crd.projectcalico.org: the bits of each byte in reverse, but for the two
 * bytes with version and variant.
 */
export function shownUid(uid: string): string {
  const bytes = Buffer.from(uid.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) return uid;
  const reversed = bytes.map((byte, at) =>
    at === 6 || at === 8 ? byte : Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2),
  );
  return Buffer.from(reversed)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** What the cloud says becomes part of a path and of a name. */
const isName = (name: string | undefined): name is string =>
  name !== undefined && name.length <= 253 && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name);

const subjectOf = ({ code, firewall = '', rule = '' }: Condition, { kind, name }: Target): string =>
  [code, kind, name, firewall, rule].join('|');

const textOf = ({ code, firewall, rule, message }: Condition): string =>
  `${rule ? `${rule}: ` : ''}${message}${firewall ? ` (firewall ${firewall})` : ''} [${code}]`;

/** CEXT_POLICY_REFUSED -> CextPolicyRefused */
const reasonOf = (code: string): string =>
  code
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, 100);

function timestamp(text: string): string | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
