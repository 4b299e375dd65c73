/** A twin of the device, a connector to it, and a company's rules small enough to say what becomes of every packet. */
import { expect } from '@jest/globals';
import type { Connector, Desired, DomainState, ExecuteContext, Outcome, Plan, Step } from '../../functions/firewalls/contract.ts';
import { paloAltoConnector } from '../../functions/firewalls/panos/connector.ts';
import type { PaloAltoManager } from '../../functions/firewalls/panos/device.ts';
import { parseAddress } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { FilterRule, Member, MemberSource, Rulebook } from '../../functions/rulebook/types.ts';
import { Firewall, PanoramaManager, PanosManager } from '../../functions/settings.ts';
import { type PanosTwin, startPanosTwin, type TwinOptions } from '../twins/panos/start.ts';
import { addressSet, nets, rule, sets, tcp as tcpPorts, udp as udpPorts } from '../worlds/rule.ts';

export { nets, rule, sets };
export const tcp = (first: number, last = first) => [tcpPorts([first, last])];
export const udp = (first: number, last = first) => [udpPorts([first, last])];

export function memberSource(lists: Record<string, Member[]>): MemberSource {
  return { members: (set) => new Set(lists[set] ?? []), digest: (set) => [...(lists[set] ?? [])].sort().join() };
}

export function desiredOf(rules: FilterRule[], lists: Record<string, Member[]>, settings: Record<string, unknown> = {}): Desired {
  const ids = new Set(
    rules.flatMap((one) => [one.source, one.destination]).flatMap((side) => (side.include === 'any' ? [] : side.include.sets)),
  );
  const rulebook: Rulebook = {
    rules,
    sets: new Map([...ids].map((id) => [id, addressSet(id)])),
  };
  return {
    firewall: 'fw',
    settings: Firewall.parse({ manager: 'pan', mode: 'sync', placement: { filter: { where: 'before', rule: 'DENY-ALL' } }, ...settings }),
    borders: new Map([
      ['edge', { firewall: 'fw', hostEndpoint: 'edge', zones: { inside: ['trust'], outside: ['untrust'] }, snatPools: {}, vips: [] }],
    ]),
    clusters: new Map(),
    rulebook,
    members: memberSource(lists),
  };
}

export function packet(source: string, destination: string, port = 443, protocol = 6): Packet {
  const [from, to] = [parseAddress(source), parseAddress(destination)];
  if (!from || !to) throw new Error('not an address');
  return {
    family: from.family,
    direction: 'egress',
    source: from.value,
    destination: to.value,
    protocol,
    sourcePort: 40_000,
    destinationPort: port,
  };
}

/** The settings of a manager that is this twin. */
export function managerOf({ kind, host, port, ca }: PanosTwin): PaloAltoManager {
  const manager = { vendor: kind, addresses: [host], port, tls: { ca }, secret: 'pan', callsPerMinute: 100_000, coalesce: '1ms' };
  return kind === 'panos' ? PanosManager.parse(manager) : PanoramaManager.parse(manager);
}

export const secretOf = ({ user, apiKey }: PanosTwin): string => JSON.stringify({ user, apiKey });

export class Bench {
  readonly twin: PanosTwin;
  readonly connector: Connector;
  secret: string;
  constructor(twin: PanosTwin, secret = secretOf(twin), timeoutMs = 1_500, connect = paloAltoConnector) {
    this.twin = twin;
    this.secret = secret;
    // both members of a pair are this machine, so they differ by their ports
    const pair = [`${twin.host}:${twin.port}`, ...(twin.peer ? [`${twin.peer.host}:${twin.peer.port}`] : [])];
    this.connector = connect(twin.kind, 'pan', { ...managerOf(twin), addresses: pair }, async () => this.secret, timeoutMs);
  }

  read(desired: Desired, what: 'pending' | 'running' = 'pending', members: 'none' | 'digest' | 'all' = 'none'): Promise<DomainState> {
    return this.connector.read({ what, firewalls: [desired], members });
  }

  context(desired: Desired): ExecuteContext {
    return {
      desired: new Map([['fw', desired]]),
      fence: { lane: 'structure', number: 1 },
      progress: undefined,
      deadlineMs: Date.now() + 60_000,
    };
  }

  async run(step: Step, desired: Desired): Promise<Outcome> {
    let outcome = await this.connector.execute(step, this.context(desired));
    for (let round = 0; round < 20; round++) {
      if (outcome.kind === 'again') outcome = await this.connector.execute(step, { ...this.context(desired), progress: outcome.progress });
      else if (outcome.kind === 'running') {
        this.twin.advance(1_000);
        outcome = await this.connector.poll(outcome.job, this.context(desired));
      } else break;
    }
    return outcome;
  }

  async plan(desired: Desired, members: 'none' | 'digest' = 'none'): Promise<Plan> {
    return this.connector.plan(await this.read(desired, 'pending', members), new Map([['fw', desired]]));
  }

  /** Plans and carries all of it out; every step must be done. */
  async apply(desired: Desired, each: (step: Step) => void = () => undefined): Promise<Plan> {
    const plan = await this.plan(desired);
    expect(plan.conditions).toEqual([]);
    for (const step of plan.steps) {
      const outcome = await this.run(step, desired);
      expect(outcome).toMatchObject({ kind: 'done' });
      each(step);
    }
    return plan;
  }
}

export let twin: PanosTwin;
export let bench: Bench;

/** Another device and a connector to it, in place of those before. */
export async function fresh(options: TwinOptions = {}): Promise<void> {
  await closeBench();
  twin = await startPanosTwin({ clock: 'manual', ...options });
  bench = new Bench(twin);
}

export async function closeBench(): Promise<void> {
  await bench?.connector.close();
  await twin?.close();
}

export const RULES = [
  rule('deny1', { action: 'deny', source: sets('bad'), services: tcp(22) }),
  rule('web', { source: sets('web'), destination: nets('198.51.100.0/24', '2001:db8:5::/48'), services: tcp(443), log: true }),
  rule('pay', {
    source: sets('pay'),
    services: tcp(8000, 8010),
    families: [4],
    translation: { kind: 'address', address: '203.0.113.200' },
  }),
  rule('in1', { direction: 'ingress', source: nets('192.0.2.0/24'), destination: sets('web'), services: tcp(80) }),
];
export const LISTS = { bad: ['10.0.0.66/32'], web: ['10.0.0.1/32', 'fd00::1/128'], pay: ['10.0.0.5/32', '10.1.0.0/24'] };
