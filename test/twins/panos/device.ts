/** One PAN-OS device: configuration, administrators, locks, jobs, registered addresses, HA. What it answers is in actions.ts and operations.ts. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type Change, Configuration } from './configuration.ts';
import { child, clone, type Element, named, textOf } from './element.ts';
import { overlay } from './merge.ts';
import { passwordFits } from './password.ts';
import { RegisteredAddresses } from './registered.ts';
import { device as deviceNode, type Scope, scopeOf } from './scope.ts';
import { validate } from './validation.ts';

/** Platform limits; names as `show system state` tells them. Recorded VM-series figures (reference B1.6, B1.10). */
export const CAPACITY: Readonly<Record<string, number>> = {
  'max-address': 10_000,
  'max-address-group': 1_000,
  'max-address-per-group': 2_500,
  'max-service': 2_000,
  'max-service-per-group': 500,
  'max-policy-rule': 10_000,
  'max-nat-policy-rule': 5_000,
  'max-registered-ip-address': 100_000,
};

export interface Clock {
  /** Unix ms */
  now(): number;
}

export interface DeviceOptions {
  readonly kind: 'firewall' | 'panorama';
  readonly serial: string;
  readonly hostname: string;
  readonly model: string;
  readonly version: string;
  readonly seed: Element;
  readonly admins: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** how long a commit, a validation or a push runs */
  readonly jobMs: number;
  readonly capacity: Readonly<Record<string, number>>;
  /** Whether a NAT rule may name a dynamic address group: not settled by any source (reference, part E), so the twin can be told. */
  readonly dagInNat: boolean;
  readonly keyLifetimeMs: number | undefined;
}

export interface Job {
  readonly id: number;
  readonly type: 'AutoCom' | 'Commit' | 'Validate' | 'CommitAll' | 'move-dg';
  readonly user: string;
  readonly description: string;
  readonly enqueued: number;
  readonly starts: number;
  readonly ends: number;
  /** runs once when the clock passes `ends` */
  readonly finish: () => { readonly ok: boolean; readonly details: readonly string[]; readonly warnings: readonly string[] };
  outcome?: { readonly ok: boolean; readonly details: readonly string[]; readonly warnings: readonly string[] };
  readonly devices?: readonly {
    readonly serial: string;
    readonly name: string;
    result: 'PEND' | 'OK' | 'FAIL';
    details: readonly string[];
  }[];
}

export interface LogLine {
  readonly type: 'CONFIG' | 'SYSTEM';
  /** Unix ms */
  readonly at: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface Lock {
  readonly kind: 'config' | 'commit';
  readonly admin: string;
  /** "shared" or a vsys */
  readonly scope: string;
  readonly comment: string;
  readonly since: number;
}

/** What Panorama installed on a firewall with its last push. */
export interface Pushed {
  readonly places: readonly Element[];
  /** rulebases in the order of evaluation */
  readonly pre: readonly Element[];
  readonly post: readonly Element[];
}

export class Device {
  readonly options: DeviceOptions;
  readonly configuration: Configuration;
  readonly keys = new Map<string, { readonly admin: string; readonly expires: number | undefined }>();
  readonly passwords: Map<string, string>;
  readonly jobs: Job[] = [];
  readonly logs: LogLine[] = [];
  /** configuration files by name */
  readonly saved = new Map<string, Element>();
  /** by path, until a commit puts them into the log */
  readonly auditComments = new Map<string, string>();
  /** what User-ID was told besides addresses */
  readonly users = {
    mappings: new Map<string, string>(),
    groups: new Map<string, ReadonlySet<string>>(),
    tags: new Map<string, Set<string>>(),
  };
  /** by "security NAME" and "nat NAME" */
  readonly hits = new Map<string, { count: number; readonly first: number; last: number }>();
  /** a `<config>` that Panorama's templates make, below the device's own */
  template: Element | undefined;
  readonly #registered = new Map<string, RegisteredAddresses>();
  #effective: { readonly version: number; readonly template: Element; readonly root: Element } | undefined;
  locks: Lock[] = [];
  pushed: Pushed | undefined;
  /** undefined: no HA */
  ha: { state: 'active' | 'passive'; readonly peer: Device } | undefined;
  /** the next commits fail with this text */
  failNextCommit: string | undefined;
  bootedAt = 0;
  #jobIds = 0;

  constructor(options: DeviceOptions) {
    this.options = options;
    this.configuration = new Configuration(clone(options.seed));
    this.passwords = new Map(Object.entries(options.admins));
    this.#boot();
  }

  /** Registered addresses belong to a vsys. */
  registeredIn(vsys: string): RegisteredAddresses {
    let there = this.#registered.get(vsys);
    if (!there) {
      there = new RegisteredAddresses(this.limit('max-registered-ip-address'), () => this.now());
      this.#registered.set(vsys, there);
    }
    return there;
  }

  get registered(): RegisteredAddresses {
    return this.registeredIn('vsys1');
  }

  /** The running configuration over what templates brought. */
  effective(): Element {
    const { running, version } = this.configuration;
    if (!this.template) return running;
    if (this.#effective?.version !== version || this.#effective.template !== this.template) {
      this.#effective = { version, template: this.template, root: overlay(this.template, running) };
    }
    return this.#effective.root;
  }

  hit(kind: 'security' | 'nat', rule: string): void {
    const there = this.hits.get(`${kind} ${rule}`);
    if (there) Object.assign(there, { count: there.count + 1, last: this.now() });
    else this.hits.set(`${kind} ${rule}`, { count: 1, first: this.now(), last: this.now() });
  }

  now(): number {
    return this.options.clock.now();
  }

  limit(name: string): number {
    return this.options.capacity[name] ?? CAPACITY[name] ?? Number.POSITIVE_INFINITY;
  }

  keyFor(admin: string): string {
    this.settle();
    if (this.options.keyLifetimeMs === undefined) {
      for (const [key, owner] of this.keys) if (owner.admin === admin) return key;
    }
    const key = `LUFRPT1${randomBytes(45).toString('base64')}==`.replaceAll(/[+/]/g, 'x');
    const expires = this.options.keyLifetimeMs === undefined ? undefined : this.now() + this.options.keyLifetimeMs;
    this.keys.set(key, { admin, expires });
    return key;
  }

  adminOf(key: string): string | undefined {
    const owner = this.keys.get(key);
    return owner && (owner.expires === undefined || owner.expires > this.now()) ? owner.admin : undefined;
  }

  /** Where the names in a unit are looked up: also in what Panorama pushed, and among the zones that its templates brought. */
  scopeAt(root: Element, path: string): Scope {
    return scopeOf(root, path, this.pushed?.places ?? [], this.template);
  }

  /** Runs what the clock has made due. */
  settle(): void {
    for (const job of this.jobs) {
      if (job.outcome || job.ends > this.now()) continue;
      job.outcome = job.finish();
    }
    if (this.jobs.length > 500) this.jobs.splice(0, this.jobs.length - 500);
  }

  busy(): Job | undefined {
    this.settle();
    return this.jobs.find((job) => !job.outcome);
  }

  enqueue(job: Omit<Job, 'id' | 'enqueued' | 'starts' | 'ends'>, ms = this.options.jobMs): Job {
    this.settle();
    const starts = Math.max(this.now(), ...this.jobs.map((one) => (one.outcome ? 0 : one.ends)));
    const full: Job = { ...job, id: ++this.#jobIds, enqueued: this.now(), starts, ends: starts + ms };
    this.jobs.push(full);
    if (ms === 0) this.settle();
    return full;
  }

  /** A lock of a vsys or device group stops what is done there, one of "shared" all. */
  lockedByOther(kind: Lock['kind'], admin: string, scope?: string): Lock | undefined {
    return this.locks.find(
      (lock) => lock.kind === kind && lock.admin !== admin && (scope === undefined || lock.scope === 'shared' || lock.scope === scope),
    );
  }

  /** A line of the config or the system log. */
  note(type: 'CONFIG' | 'SYSTEM', fields: Readonly<Record<string, string>>): void {
    this.logs.push({ type, at: this.now(), fields });
    if (this.logs.length > 5_000) this.logs.splice(0, 1_000);
  }

  /** Enqueues a commit of these changes; undefined = there is nothing to commit. */
  commit(admin: string, changes: readonly Change[], description: string): Job | undefined {
    if (changes.length === 0) return undefined;
    return this.enqueue({
      type: 'Commit',
      user: admin,
      description,
      finish: () => {
        const forced = this.failNextCommit;
        this.failNextCommit = undefined;
        const wrong = forced ? [forced] : validate(this, this.configuration.preview(changes));
        if (wrong.length > 0) return { ok: false, details: ['Validation Error:', ...wrong.slice(0, 50), 'Commit failed'], warnings: [] };
        this.configuration.publish(changes);
        this.locks = this.locks.filter((lock) => !(lock.kind === 'commit' && lock.admin === admin));
        for (const [path, comment] of this.auditComments)
          this.note('CONFIG', { subtype: 'audit-comment', admin, path, comment, config_ver: String(this.configuration.version) });
        this.auditComments.clear();
        this.#synchronize();
        return { ok: true, details: ['Configuration committed successfully'], warnings: [] };
      },
    });
  }

  /** Only committed configuration goes to the HA peer; registered addresses do not (reference B1.10). */
  #synchronize(): void {
    if (this.ha?.state !== 'active') return;
    const peer = this.ha.peer.configuration;
    peer.running = clone(this.configuration.running);
    peer.candidate = clone(this.configuration.running);
    peer.owners.clear();
    peer.version++;
  }

  /** A restart: what is not committed and not persistent is lost, keys stay. */
  reboot(): void {
    this.settle();
    this.configuration.revert();
    for (const one of this.#registered.values()) one.clear(true);
    this.users.mappings.clear();
    this.locks = [];
    for (const job of this.jobs) job.outcome ??= { ok: false, details: ['Job interrupted by a restart'], warnings: [] };
    this.#boot();
  }

  /** Every start commits by itself what ran before. */
  #boot(): void {
    this.bootedAt = this.now();
    const finish = () => ({ ok: true, details: ['Configuration committed successfully'], warnings: [] });
    this.enqueue({ type: 'AutoCom', user: '', description: '', finish }, 0);
  }

  /** Passwords given at the start, and those of administrators in the running configuration. */
  passwordFits(admin: string, password: string): boolean {
    if (this.passwords.get(admin) === password) return true;
    const users = child(this.configuration.running, 'mgt-config', 'users');
    return passwordFits(password, textOf(named(users, admin), 'phash') ?? '');
  }

  /** The active member goes down to passive, its peer takes over with the committed configuration and its own registered addresses. */
  failover(): void {
    if (!this.ha) throw new Error('no HA pair');
    const peer = this.ha.peer;
    [this.ha.state, (peer.ha as { state: string }).state] = [(peer.ha as { state: 'active' | 'passive' }).state, this.ha.state];
  }

  vsysNode(name: string, root: Element = this.configuration.running): Element | undefined {
    return named(child(deviceNode(root), 'vsys'), name);
  }
}

export const newUuid = (): string => randomUUID();
