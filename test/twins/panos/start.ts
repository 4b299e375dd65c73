/** Starts a twin: a firewall, an HA pair, or a Panorama with its firewalls; and the hands of a human on it, for tests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Packet } from '../../../functions/packets/packet.ts';
import { actionsOf, type Parameters } from './actions.ts';
import type { Answer } from './answer.ts';
import { commit } from './commit.ts';
import { Device, type DeviceOptions } from './device.ts';
import { type Element, parseFragment } from './element.ts';
import type { Fault } from './faults.ts';
import { operation } from './operations.ts';
import { PacketPath, type Verdict } from './packets.ts';
import { Panorama } from './panorama.ts';
import { firewallSeed, panoramaSeed } from './seed.ts';
import { PanosServer } from './server.ts';
import { type Tls, tlsFor } from './tls.ts';

export interface TwinOptions {
  readonly kind?: 'panos' | 'panorama';
  readonly host?: string;
  /** 0 = any free one */
  readonly port?: number;
  /** A second firewall that takes over at a failover. */
  readonly ha?: boolean;
  /** manual: time stands still but for `advance`. real (default): the machine's clock plus what `advance` added. */
  readonly clock?: 'manual' | 'real';
  /** how long a commit runs, ms */
  readonly jobMs?: number;
  readonly capacity?: Readonly<Record<string, number>>;
  readonly dagInNat?: boolean;
  readonly keyLifetimeMs?: number;
  readonly version?: string;
  readonly hostname?: string;
  readonly serial?: string;
  /** password by name; the first is the one that the twin tells */
  readonly admins?: Readonly<Record<string, string>>;
  /** whole configuration as XML text, in place of the seeded one */
  readonly seed?: string;
  /** Panorama: serials of its firewalls */
  readonly firewalls?: readonly string[];
}

/** An administrator at the device: whatever he does is done at once and by his name. */
export interface Human {
  config(parameters: Parameters): Answer;
  /** partial: only his own changes */
  commit(partial?: boolean): Answer;
  lock(kind: 'config' | 'commit', comment?: string): void;
  unlock(kind: 'config' | 'commit'): void;
}

export interface PanosTwin {
  readonly kind: 'panos' | 'panorama';
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly apiKey: string;
  /** PEM of the CA, its file, and the fingerprint of the certificate */
  readonly ca: string;
  readonly caFile: string;
  readonly fingerprint: string;
  readonly serial: string;
  readonly device: Device;
  readonly server: PanosServer;
  readonly panorama: Panorama | undefined;
  /** the other member of an HA pair */
  readonly peer: { readonly device: Device; readonly server: PanosServer; readonly host: string; readonly port: number } | undefined;
  readonly faults: Fault[];
  now(): number;
  advance(ms: number): void;
  human(name?: string): Human;
  /** What the traffic meets: the active member, or the firewall of this serial behind Panorama. */
  decide(packet: Packet, zones?: { readonly from?: string; readonly to?: string }, serial?: string): Verdict;
  close(): Promise<void>;
}

const ADMINS = { cextfire: 'twin-password', admin: 'admin-password', jdoe: 'jdoe-password' };

function seedOf(text: string): Element {
  const root = parseFragment(text)?.[0];
  if (root?.name !== 'config') throw new Error('a seed is one <config> element');
  return root;
}

export async function startPanosTwin(options: TwinOptions = {}): Promise<PanosTwin> {
  const kind = options.kind ?? 'panos';
  const host = options.host ?? '127.0.0.1';
  const base = options.clock === 'manual' ? Date.UTC(2026, 0, 15, 8) : undefined;
  let offset = 0;
  const clock = { now: () => (base ?? Date.now()) + offset };
  const admins = options.admins ?? ADMINS;
  const [user = 'cextfire', password = ''] = Object.entries(admins)[0] ?? [];
  const serials = options.firewalls ?? ['007051000000011', '007051000000012'];
  const serial = options.serial ?? (kind === 'panorama' ? '000702000000001' : '007051000000001');
  const hostname = options.hostname ?? (kind === 'panorama' ? 'panorama-1' : 'border-fw-1');
  const common = {
    version: options.version ?? '11.1.2',
    admins,
    clock,
    jobMs: options.jobMs ?? 500,
    capacity: options.capacity ?? {},
    dagInNat: options.dagInNat ?? false,
    keyLifetimeMs: options.keyLifetimeMs,
  };
  const firewall = (name: string, number: string, managed: boolean): Device =>
    new Device({
      ...common,
      kind: 'firewall',
      model: 'PA-VM',
      serial: number,
      hostname: name,
      seed: options.seed && !managed ? seedOf(options.seed) : firewallSeed(name, managed),
    });
  const firewalls = kind === 'panorama' ? serials.map((number, at) => firewall(`border-fw-${at + 1}`, number, true)) : [];
  const panoramaOptions: DeviceOptions = {
    ...common,
    kind: 'panorama',
    model: 'Panorama',
    serial,
    hostname,
    seed: options.seed ? seedOf(options.seed) : panoramaSeed(hostname, serials),
  };
  const device = kind === 'panorama' ? new Device(panoramaOptions) : firewall(hostname, serial, false);
  const panorama = kind === 'panorama' ? new Panorama(device, firewalls) : undefined;
  const tls = await tlsFor(host);
  const server = new PanosServer(device, tls, panorama);
  const port = await server.listen(host, options.port ?? 0);
  const peer =
    options.ha && kind === 'panos' ? await startPeer(device, firewall(`${hostname}-b`, '007051000000002', false), tls, host) : undefined;
  const directory = mkdtempSync(join(tmpdir(), 'panos-twin-'));
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, tls.ca);
  const paths = new Map<Device, PacketPath>();
  const pathOf = (one: Device): PacketPath => {
    let path = paths.get(one);
    if (!path) {
      path = new PacketPath(one);
      paths.set(one, path);
    }
    return path;
  };
  const active = (): Device => (device.ha?.state === 'passive' && peer ? peer.device : device);
  return {
    kind,
    url: `https://${host}:${port}/api/`,
    host,
    port,
    user,
    password,
    apiKey: device.keyFor(user),
    ca: tls.ca,
    caFile,
    fingerprint: tls.fingerprint,
    serial,
    device,
    server,
    panorama,
    peer,
    faults: server.faults,
    now: clock.now,
    advance: (ms) => {
      offset += ms;
      for (const one of [device, ...firewalls, ...(peer ? [peer.device] : [])]) one.settle();
    },
    human: (name = 'jdoe') => humanAt(active(), name),
    decide: (packet, zones, of) => {
      device.settle();
      return pathOf(of === undefined ? (firewalls[0] ?? active()) : (panorama?.firewalls.get(of) ?? active())).decide(packet, zones);
    },
    close: async () => {
      await Promise.all([server.close(), peer?.server.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function startPeer(device: Device, other: Device, tls: Tls, host: string) {
  device.ha = { state: 'active', peer: other };
  other.ha = { state: 'passive', peer: device };
  // administrators are part of the synchronized configuration, and their keys hold on both
  for (const [key, owner] of device.keys) other.keys.set(key, owner);
  other.adminOf = (key) => device.adminOf(key);
  other.keyFor = (admin) => device.keyFor(admin);
  const server = new PanosServer(other, tls);
  return { device: other, server, host, port: await server.listen(host, 0) };
}

function humanAt(device: Device, name: string): Human {
  const lockCommand = (kind: string, verb: string, comment: string) =>
    operation(device, name, {
      cmd: `<request><${kind}-lock><${verb}>${verb === 'add' ? `<comment>${comment}</comment>` : ''}</${verb}></${kind}-lock></request>`,
    });
  const check = (answer: Answer): Answer => {
    if (!answer.ok) throw new Error(`refused: ${answer.body}`);
    return answer;
  };
  return {
    config: (parameters) => check(actionsOf(device).run(name, parameters)),
    commit: (partial = false) =>
      commit(device, name, { cmd: partial ? `<commit><partial><admin><member>${name}</member></admin></partial></commit>` : '<commit/>' }),
    lock: (kind, comment = 'maintenance') => void check(lockCommand(kind, 'add', comment)),
    unlock: (kind) => void check(lockCommand(kind, 'remove', '')),
  };
}
