/** Faults of the Palo Alto twins for the conformance suite: each is armed, met at most once where that is its nature, and healed. */
import type { Parameters } from '../twins/panos/actions.ts';
import { unitsBelow } from '../twins/panos/configuration.ts';
import type { Fault as TwinFault } from '../twins/panos/faults.ts';
import type { PanosTwin } from '../twins/panos/start.ts';
import { makeTls, type Tls } from '../twins/panos/tls.ts';
import type { Fault, FaultName } from './device.ts';
import { cannot, OutdatedSecret } from './kit.ts';

const AN_HOUR = 3_600_000;

/** Requests that change something: edits of the candidate, commits, pushes, tags, our own locks. */
export function isWrite({ type, action, cmd }: Parameters): boolean {
  if (type === 'config') return !['get', 'show', 'complete'].includes(action ?? '');
  return type === 'commit' || type === 'user-id' || (type === 'op' && /<(add|remove)>/.test(cmd ?? ''));
}
const isStaging = (parameters: Parameters): boolean => parameters.type === 'config' && isWrite(parameters);
export const isCommit = (parameters: Parameters): boolean => parameters.type === 'commit';

/** The HA peer as well: whoever is asked. */
export const serversOf = (twin: PanosTwin) => [twin.server, ...(twin.peer ? [twin.peer.server] : [])];

/** Where the first rule of ours stands. */
export function ourRule(twin: PanosTwin): string {
  const root = twin.kind === 'panorama' ? 'pre-rulebase' : 'rulebase';
  const path = [...unitsBelow(twin.device.configuration.candidate, '/config')]
    .map(([each]) => each)
    .find((each) => each.includes(`/${root}/security/rules/entry[@name='cf_r`));
  if (!path) throw new Error('no rule of ours to edit');
  return path;
}

export class TwinFaults {
  readonly #twin: PanosTwin;
  readonly #capacity: Record<string, number>;
  readonly secret = new OutdatedSecret();
  /** What the product is told to trust. */
  ca: string;
  #changed: Tls | undefined;
  #dead = false;
  #died = false;
  #met = false;

  constructor(twin: PanosTwin, capacity: Record<string, number>) {
    this.#twin = twin;
    this.#capacity = capacity;
    this.ca = twin.ca;
  }

  reset(): void {
    this.#heal();
    [this.#dead, this.#died, this.secret.armed] = [false, false, false];
  }

  #inject(fault: TwinFault): TwinFault {
    for (const server of serversOf(this.#twin)) server.faults.push(fault);
    return fault;
  }

  async dieAt(call: number, effect: 'before' | 'after'): Promise<void> {
    let left = call;
    this.#inject({ kind: 'reset', when: () => this.#dead, times: Number.POSITIVE_INFINITY });
    this.#inject({
      kind: effect === 'before' ? 'reset' : 'cutAnswer',
      when: (parameters) => {
        if (!isWrite(parameters) || --left !== 0) return false;
        [this.#dead, this.#died] = [true, true];
        return true;
      },
      times: Number.POSITIVE_INFINITY,
    });
  }

  async revive(): Promise<boolean> {
    const died = this.#died;
    [this.#dead, this.#died] = [false, false];
    for (const server of serversOf(this.#twin)) server.faults.length = 0;
    return died;
  }

  #once(kind: TwinFault['kind'], when: (parameters: Parameters) => boolean, expect: (Fault & { kind: 'can' })['expect']): Fault {
    return {
      kind: 'can',
      expect,
      arm: async () => {
        this.#met = false;
        let done = false;
        this.#inject({
          kind,
          when: (parameters) => {
            if (done || !when(parameters)) return false;
            done = true;
            this.#met = true;
            return true;
          },
          times: Number.POSITIVE_INFINITY,
        });
      },
      heal: async () => this.#heal(),
    };
  }

  #heal(): boolean {
    for (const server of serversOf(this.#twin)) {
      server.faults.length = 0;
      server.beforeRequest = undefined;
    }
    const met = this.#met;
    this.#met = false;
    return met;
  }

  /** Something happens right before the first such request is carried out. */
  #before(when: (parameters: Parameters) => boolean, happens: () => void): void {
    this.#met = false;
    for (const server of serversOf(this.#twin))
      server.beforeRequest = (parameters) => {
        if (this.#met || !when(parameters)) return;
        this.#met = true;
        happens();
      };
  }

  get all(): Readonly<Record<FaultName, Fault>> {
    const failover: Fault =
      this.#twin.kind === 'panorama'
        ? cannot('this Panorama stands alone; a pair is a manager with two addresses, as the pair of firewalls under "panos" is')
        : {
            kind: 'can',
            expect: ['failed', 'unknown', 'done', 'blocked', 'refused'],
            arm: async () => this.#before(isCommit, () => this.#twin.device.failover()),
            heal: async () => this.#heal(),
          };
    return { ...this.#faults, failover };
  }

  readonly #faults: Readonly<Record<Exclude<FaultName, 'failover'>, Fault>> = {
    'time-out before the effect': this.#once('timeoutBefore', isStaging, ['unknown']),
    'time-out after the effect': this.#once('timeoutAfter', isStaging, ['unknown']),
    'connection cut in the answer': this.#once('cutAnswer', isCommit, ['unknown']),
    '401/403: the secret was changed': this.secret,
    '429/503: busy': this.#once('503', isStaging, ['failed', 'unknown']),
    'error in the middle of a batch': this.#once('batchError', isStaging, ['failed', 'unknown']),
    'done although it said error': this.#once('doneButError', isStaging, ['failed', 'unknown']),
    'stale read': {
      kind: 'can',
      expect: ['done', 'failed', 'unknown', 'blocked', 'refused', 'condition'],
      arm: async () => {
        this.#met = false;
        this.#inject({
          kind: 'stale',
          when: ({ type, action }) => {
            const reads = type === 'config' && (action === 'get' || action === 'show');
            this.#met ||= reads;
            return reads;
          },
          times: Number.POSITIVE_INFINITY,
        });
      },
      heal: async () => this.#heal(),
    },
    'session gone': this.#once('sessionTimedOut', isStaging, ['done', 'failed', 'unknown', 'refused']),
    'lock of a human held for an hour': {
      kind: 'can',
      expect: ['blocked'],
      lasts: true,
      arm: async () => this.#twin.human().lock('config', 'change 4711'),
      heal: async () => {
        this.#twin.advance(AN_HOUR);
        this.#twin.human().unlock('config');
        return true;
      },
    },
    'commit fails validation': {
      kind: 'can',
      expect: ['failed'],
      arm: async () => {
        this.#twin.device.failNextCommit = 'rulebase is invalid for a reason';
      },
      heal: async () => this.#twin.device.failNextCommit === undefined,
    },
    'commit of a human between two of our calls': {
      kind: 'can',
      expect: ['done', 'failed', 'unknown', 'blocked'],
      arm: async () =>
        this.#before(isCommit, () => {
          this.#twin.human().config({ action: 'set', xpath: ourRule(this.#twin), element: '<disabled>yes</disabled>' });
          this.#twin.human().commit();
        }),
      heal: async () => this.#heal(),
    },
    'device reboots': {
      kind: 'can',
      expect: ['failed', 'unknown', 'done', 'blocked'],
      arm: async () => this.#before(isCommit, () => this.#twin.device.reboot()),
      heal: async () => this.#heal(),
    },
    'certificate or host key changed': {
      kind: 'can',
      expect: ['refused'],
      lasts: true,
      arm: async () => {
        this.#changed = await makeTls(this.#twin.host);
        for (const server of serversOf(this.#twin)) server.changeCertificate(this.#changed);
      },
      heal: async () => {
        const { ca } = this.#changed ?? { ca: this.ca };
        const changed = ca !== this.ca;
        this.ca = ca;
        return changed;
      },
    },
    'disk full': this.#once('diskFull', isCommit, ['failed', 'unknown']),
    'table full': {
      kind: 'can',
      expect: ['condition', 'failed'],
      lasts: true,
      arm: async () => {
        this.#capacity['max-policy-rule'] = 4;
      },
      heal: async () => delete this.#capacity['max-policy-rule'],
    },
  };
}
