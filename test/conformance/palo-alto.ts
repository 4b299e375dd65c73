/** Palo Alto for the conformance suite: the twin of an HA pair of firewalls, and the twin of a Panorama with two firewalls behind it. */
import type { Connector, Desired } from '../../functions/firewalls/contract.ts';
import { panosCapabilities } from '../../functions/firewalls/panos/capabilities.ts';
import { paloAltoConnector } from '../../functions/firewalls/panos/connector.ts';
import { groupName, setOfGroup } from '../../functions/firewalls/panos/naming.ts';
import { type AddressRange, parseRange } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { MemberSource, Rulebook } from '../../functions/rulebook/types.ts';
import { PanoramaManager, PanosManager } from '../../functions/settings.ts';
import type { Parameters } from '../twins/panos/actions.ts';
import { unitsBelow } from '../twins/panos/configuration.ts';
import { clone, type Element, print } from '../twins/panos/element.ts';
import type { Fault as TwinFault } from '../twins/panos/faults.ts';
import { type PanosTwin, startPanosTwin } from '../twins/panos/start.ts';
import { makeTls, type Tls } from '../twins/panos/tls.ts';
import type { Device, Fault, FaultName, Observation, Target } from './device.ts';
import { cannot, wishFor } from './kit.ts';

const SERIALS = ['007051000000011', '007051000000012'];
/** Long enough for a busy machine: a time-out that nobody armed would be taken for a fault. */
const TIMEOUT_MS = 5_000;
const POOL = parseRange('203.0.113.10-203.0.113.12') as AddressRange;
const AN_HOUR = 3_600_000;

/** Requests that change something: edits of the candidate, commits, pushes, tags, our own locks. */
function isWrite({ type, action, cmd }: Parameters): boolean {
  if (type === 'config') return !['get', 'show', 'complete'].includes(action ?? '');
  return type === 'commit' || type === 'user-id' || (type === 'op' && /<(add|remove)>/.test(cmd ?? ''));
}
const isStaging = (parameters: Parameters): boolean => parameters.type === 'config' && isWrite(parameters);
const isCommit = (parameters: Parameters): boolean => parameters.type === 'commit';

class PaloAltoDevice implements Device {
  readonly firewall = 'fw';
  readonly border = 'edge';
  readonly names = /^(?:[a-z-]+ )?[A-Za-z0-9_]{1,31}$/;
  readonly fastMembers = true;
  readonly oneListForVips = true;
  readonly refusals = {};
  readonly least: { readonly calls: number; readonly commits: number };
  readonly #twin: PanosTwin;
  readonly #capacity: Record<string, number>;
  readonly #seeds: ReadonlyMap<object, Element>;
  readonly #pushed: ReadonlyMap<object, unknown>;
  #calls = 0;
  #commits = 0;
  #seen: ((call: string) => void) | undefined;
  #deadSecret = false;
  #ca: string;
  #dead = false;
  #died = false;
  #met = false;

  constructor(twin: PanosTwin, capacity: Record<string, number>) {
    this.#twin = twin;
    this.#capacity = capacity;
    this.#ca = twin.ca;
    this.#seeds = new Map(this.#devices().map((one) => [one, clone(one.configuration.running)]));
    this.#pushed = new Map(this.#devices().map((one) => [one, one.pushed]));
    // staging and commit; Panorama pushes besides
    this.least = { calls: twin.kind === 'panorama' ? 3 : 2, commits: 1 };
    for (const server of this.#servers())
      server.onRequest = ({ parameters }) => {
        if (!isWrite(parameters)) return;
        if (parameters.type !== 'user-id') this.#calls++;
        if (isCommit(parameters) && parameters.action !== 'all') this.#commits++;
        this.#seen?.(`${parameters.type} ${parameters.action ?? ''}`.trim());
      };
  }

  #servers() {
    return [this.#twin.server, ...(this.#twin.peer ? [this.#twin.peer.server] : [])];
  }

  #devices() {
    return [
      this.#twin.device,
      ...(this.#twin.peer ? [this.#twin.peer.device] : []),
      ...(this.#twin.panorama ? this.#twin.panorama.firewalls.values() : []),
    ];
  }

  desired(rulebook: Rulebook, members: MemberSource): Desired {
    const placement =
      this.#twin.kind === 'panorama'
        ? { deviceGroup: 'border', members: SERIALS, filter: { where: 'before', rule: 'DENY-ALL' } }
        : { filter: { where: 'before', rule: 'DENY-ALL' } };
    return wishFor({ firewall: 'fw', zones: { inside: ['trust'], outside: ['untrust'] }, settings: { placement } }, rulebook, members);
  }

  connect(): Connector {
    const { kind, host, port, peer, user, apiKey } = this.#twin;
    const manager = {
      vendor: kind,
      addresses: [host],
      port,
      tls: { ca: this.#ca },
      secret: 'pan',
      callsPerMinute: 100_000,
    };
    const parsed = kind === 'panos' ? PanosManager.parse(manager) : PanoramaManager.parse(manager);
    const secret = async () => JSON.stringify({ user, apiKey: this.#deadSecret ? `${apiKey.slice(0, -8)}outdated` : apiKey });
    // both members of a pair are this machine, so they differ by their ports
    const addresses = [`${host}:${port}`, ...(peer ? [`${peer.host}:${peer.port}`] : [])];
    return paloAltoConnector(kind, 'pan', { ...parsed, addresses }, secret, TIMEOUT_MS);
  }

  #judge(packets: readonly Packet[]): readonly Observation[] {
    return packets.map((packet) => {
      const zones = packet.direction === 'egress' ? { from: 'trust', to: 'untrust' } : { from: 'untrust', to: 'trust' };
      const { action, source } = this.#twin.decide(packet, zones);
      return { verdict: action, ...(action === 'allow' && source ? { source } : {}) };
    });
  }

  async judge(packets: readonly Packet[]): Promise<readonly Observation[]> {
    return this.#judge(packets);
  }

  /** The company of the twin's seed: everything denied at the end, IPv4 hidden behind a pool on the way out. */
  administrator(packet: Packet): { readonly unmatched: 'deny'; readonly source?: readonly AddressRange[] } {
    return { unmatched: 'deny', ...(packet.family === 4 && packet.direction === 'egress' ? { source: [POOL] } : {}) };
  }

  async foreign(): Promise<string> {
    return this.#devices()
      .filter((one) => one.ha?.state !== 'passive')
      .flatMap((one) =>
        [one.configuration.running, one.configuration.candidate].map((root) =>
          [...unitsBelow(root, '/config')]
            .filter(([path]) => !path.includes("entry[@name='cf_"))
            .map(([path, node]) => `${path} ${print(node)}`)
            .join('\n'),
        ),
      )
      .join('\n');
  }

  async reset(): Promise<void> {
    for (const server of this.#servers()) {
      server.faults.length = 0;
      server.beforeRequest = undefined;
    }
    [this.#dead, this.#died, this.#met, this.#deadSecret] = [false, false, false, false];
    for (const name of Object.keys(this.#capacity)) delete this.#capacity[name];
    if (this.#twin.device.ha?.state === 'passive') this.#twin.device.failover();
    for (const one of this.#devices()) {
      one.settle();
      one.configuration.running = clone(this.#seeds.get(one) as Element);
      one.configuration.candidate = clone(this.#seeds.get(one) as Element);
      one.configuration.owners.clear();
      one.configuration.version++;
      one.registered.clear(true);
      one.locks = [];
      one.failNextCommit = undefined;
      one.pushed = this.#pushed.get(one) as typeof one.pushed;
    }
    this.#twin.advance(AN_HOUR);
  }

  watch(packets: readonly Packet[], seen: (observations: readonly Observation[], call: string) => void): () => Promise<void> {
    this.#seen = (call) => seen(this.#judge(packets), call);
    return async () => {
      this.#seen = undefined;
    };
  }

  #inject(fault: TwinFault): TwinFault {
    // The HA peer meets it as well: whoever is asked.
    for (const server of this.#servers()) server.faults.push(fault);
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
    for (const server of this.#servers()) server.faults.length = 0;
    return died;
  }

  async calls(): Promise<number> {
    return this.#calls;
  }

  async commits(): Promise<number> {
    return this.#commits;
  }

  async tick(): Promise<void> {
    this.#twin.advance(1_000);
  }

  #ourRule(): string {
    const root = this.#twin.kind === 'panorama' ? 'pre-rulebase' : 'rulebase';
    const path = [...unitsBelow(this.#twin.device.configuration.candidate, '/config')]
      .map(([each]) => each)
      .find((each) => each.includes(`/${root}/security/rules/entry[@name='cf_r`));
    if (!path) throw new Error('no rule of ours to edit');
    return path;
  }

  #where(): string {
    const scope = this.#twin.kind === 'panorama' ? "device-group/entry[@name='border']" : "vsys/entry[@name='vsys1']";
    return `/config/devices/entry[@name='localhost.localdomain']/${scope}`;
  }

  readonly human = {
    editOurs: async () => {
      this.#twin.human().config({ action: 'set', xpath: this.#ourRule(), element: '<disabled>yes</disabled>' });
      this.#twin.human().commit();
      await this.tick();
    },
    editTheirs: async () => {
      const element = '<ip-netmask>10.5.5.5</ip-netmask>';
      this.#twin.human().config({ action: 'set', xpath: `${this.#where()}/address/entry[@name='half-done']`, element });
    },
    takeName: async (wanted: Desired) => {
      const set = [...wanted.rulebook.sets.keys()].find((id) => setOfGroup('cf_', groupName('cf_', id, 4)) !== undefined) ?? 'a';
      const xpath = `${this.#where()}/address-group/entry[@name='${groupName('cf_', set, 4)}']`;
      this.#twin.human().config({ action: 'set', xpath, element: '<static><member>web-server</member></static>' });
      this.#twin.human().commit();
      await this.tick();
    },
  };

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
    for (const server of this.#servers()) {
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
    for (const server of this.#servers())
      server.beforeRequest = (parameters) => {
        if (this.#met || !when(parameters)) return;
        this.#met = true;
        happens();
      };
  }

  get faults(): Readonly<Record<FaultName, Fault>> {
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
    '401/403: the secret was changed': {
      kind: 'can',
      expect: ['refused'],
      lasts: true,
      arm: async () => {
        this.#deadSecret = true;
      },
      heal: async () => {
        this.#deadSecret = false;
        return true;
      },
    },
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
          this.#twin.human().config({ action: 'set', xpath: this.#ourRule(), element: '<disabled>yes</disabled>' });
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
        for (const server of this.#servers()) server.changeCertificate(this.#changed);
      },
      heal: async () => {
        const { ca } = this.#changed ?? { ca: this.#ca };
        const changed = ca !== this.#ca;
        this.#ca = ca;
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

  #changed: Tls | undefined;

  async close(): Promise<void> {
    await this.#twin.close();
  }
}

const targetOf = (kind: 'panos' | 'panorama'): Target => ({
  name: kind,
  capabilities: panosCapabilities,
  start: async () => {
    const capacity: Record<string, number> = {};
    const twin = await startPanosTwin({ kind, clock: 'manual', capacity, firewalls: SERIALS, ha: kind === 'panos' });
    return new PaloAltoDevice(twin, capacity);
  },
});

export const panos = targetOf('panos');
export const panorama = targetOf('panorama');
