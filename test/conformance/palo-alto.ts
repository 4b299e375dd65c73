/** Palo Alto for the conformance suite: the twin of an HA pair of firewalls, and the twin of a Panorama with two firewalls behind it. */
import type { Connector, Desired } from '../../functions/firewalls/contract.ts';
import { panosCapabilities } from '../../functions/firewalls/panos/capabilities.ts';
import { paloAltoConnector } from '../../functions/firewalls/panos/connector.ts';
import { groupName, setOfGroup } from '../../functions/firewalls/panos/naming.ts';
import { type AddressRange, parseRange } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { MemberSource, Rulebook } from '../../functions/rulebook/types.ts';
import { PanoramaManager, PanosManager } from '../../functions/settings.ts';
import { unitsBelow } from '../twins/panos/configuration.ts';
import { clone, type Element, print } from '../twins/panos/element.ts';
import { type PanosTwin, startPanosTwin } from '../twins/panos/start.ts';
import type { Device, Observation, Target } from './device.ts';
import { wishFor } from './kit.ts';
import { isCommit, isWrite, ourRule, serversOf, TwinFaults } from './palo-alto-faults.ts';

const SERIALS = ['007051000000011', '007051000000012'];
/** Long enough for a busy machine: a time-out that nobody armed would be taken for a fault. */
const TIMEOUT_MS = 5_000;
const POOL = parseRange('203.0.113.10-203.0.113.12') as AddressRange;
const AN_HOUR = 3_600_000;

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
  readonly #faults: TwinFaults;

  constructor(twin: PanosTwin, capacity: Record<string, number>) {
    this.#twin = twin;
    this.#capacity = capacity;
    this.#faults = new TwinFaults(twin, capacity);
    this.#seeds = new Map(this.#devices().map((one) => [one, clone(one.configuration.running)]));
    this.#pushed = new Map(this.#devices().map((one) => [one, one.pushed]));
    // staging and commit; Panorama pushes besides
    this.least = { calls: twin.kind === 'panorama' ? 3 : 2, commits: 1 };
    for (const server of serversOf(twin))
      server.onRequest = ({ parameters }) => {
        if (!isWrite(parameters)) return;
        if (parameters.type !== 'user-id') this.#calls++;
        if (isCommit(parameters) && parameters.action !== 'all') this.#commits++;
        this.#seen?.(`${parameters.type} ${parameters.action ?? ''}`.trim());
      };
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
      tls: { ca: this.#faults.ca },
      secret: 'pan',
      callsPerMinute: 100_000,
    };
    const parsed = kind === 'panos' ? PanosManager.parse(manager) : PanoramaManager.parse(manager);
    const secret = async () => JSON.stringify({ user, apiKey: this.#faults.secret.armed ? `${apiKey.slice(0, -8)}outdated` : apiKey });
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
    this.#faults.reset();
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

  get faults() {
    return this.#faults.all;
  }

  dieAt(call: number, effect: 'before' | 'after'): Promise<void> {
    return this.#faults.dieAt(call, effect);
  }

  revive(): Promise<boolean> {
    return this.#faults.revive();
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

  #where(): string {
    const scope = this.#twin.kind === 'panorama' ? "device-group/entry[@name='border']" : "vsys/entry[@name='vsys1']";
    return `/config/devices/entry[@name='localhost.localdomain']/${scope}`;
  }

  readonly human = {
    editOurs: async () => {
      this.#twin.human().config({ action: 'set', xpath: ourRule(this.#twin), element: '<disabled>yes</disabled>' });
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
