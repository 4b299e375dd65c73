/** One cluster's log with ingest before it, and a shipper as plain as can be: what the tests of functions/ingest are played in. */

import { ClusterLog } from '../../functions/cluster/log.ts';
import { MutableView } from '../../functions/cluster/mutable-view.ts';
import { readStream, streamConditions } from '../../functions/cluster/stream-state.ts';
import type { ClusterView } from '../../functions/cluster/view.ts';
import { changesOf } from '../../functions/cluster/view-from-stream.ts';
import { IngestBatch, type IngestEvent } from '../../functions/ingest/receive.ts';
import type { Table } from '../../functions/table.ts';
import { readFrames } from '../../proto/framing.ts';
import type { cextfire } from '../../proto/generated/shipment.js';
import { packMembers } from '../../proto/members.ts';
import { packShipment } from '../../proto/packing.ts';
import { MemoryTable } from '../cloud/memory-table.ts';
import { readRecording } from '../felix/recording.ts';

export const LIMITS = { maxObjects: 50_000, maxMembers: 1_000_000, maxBytes: 256 * 1024 * 1024 };

/** One life of a shipper, as plain as can be: a snapshot in so many parts, then a shipment for every frame. */
export class Sender {
  readonly view = new MutableView('c');
  readonly epoch: cextfire.IEpoch;
  sequence = 0;

  constructor(random: string) {
    this.epoch = { startedMs: 1_790_000_000_000, random };
  }

  frame(frame: Uint8Array): string | undefined {
    const changes = changesOf(frame);
    if (!changes) return undefined;
    const before = this.view.digest;
    this.view.change(changes);
    return this.#pack(before, this.view.digest, { changes: { part: 1, parts: 1, ...changes } });
  }

  snapshot(parts = 1): string[] {
    const entries = [...this.view.wholeContent()];
    const scratch = new MutableView('c');
    return Array.from({ length: parts }, (_, index) => {
      const mine = entries.filter((_entry, at) => at % parts === index);
      const objects = mine.map(({ object }) => object);
      const members = mine.flatMap(({ object, members }) => (members ? [{ set: object.key ?? '', added: packMembers(members) }] : []));
      const before = scratch.digest;
      scratch.change({ upserted: objects, members });
      return this.#pack(before, scratch.digest, { snapshot: { part: index + 1, parts, objects, members } });
    });
  }

  heartbeat(more: cextfire.IHeartbeat = {}): string {
    const heartbeat = { inSync: true, hostEndpoints: 1, ...more };
    return this.#pack(this.view.digest, this.view.digest, { heartbeat });
  }

  pack(digestBefore: string, digestAfter: string, content: Partial<cextfire.IShipment>): string {
    return this.#pack(digestBefore, digestAfter, content);
  }

  #pack(before: string, after: string, content: Partial<cextfire.IShipment>): string {
    return packShipment({
      format: 1,
      stream: 'c',
      epoch: this.epoch,
      sequence: ++this.sequence,
      digestBefore: Buffer.from(before, 'hex'),
      digestAfter: Buffer.from(after, 'hex'),
      observedMs: 5,
      ...content,
    });
  }
}

export class World {
  readonly memory = new MemoryTable();
  readonly control: string[] = [];
  readonly events: IngestEvent[] = [];
  wakes = 0;
  nowMs = 1_790_000_000_000;

  log(table: Table = this.memory, more: { compactAfterItems?: number } = {}): ClusterLog {
    return new ClusterLog(table, 'c', { limits: LIMITS, keepDays: 14, now: () => this.nowMs, ...more });
  }

  async ingest(bodies: readonly string[], table: Table = this.memory, limits = LIMITS): Promise<void> {
    const batch = new IngestBatch({
      cluster: 'c',
      limits,
      table,
      log: this.log(table),
      control: async (message) => void this.control.push(message.kind),
      wake: async () => void this.wakes++,
      tell: (event) => void this.events.push(event),
      now: () => this.nowMs,
    });
    for (const body of bodies) await batch.take(body);
    await batch.finish();
  }

  state() {
    return readStream(this.memory, 'c');
  }

  async codes(): Promise<string[]> {
    return streamConditions('c', await this.state(), { silentAfter: '2m' }, this.nowMs).map(({ code }) => code);
  }

  logItems(): number {
    return this.memory.items().filter(({ pk }) => pk === 'log#c').length;
  }
}

export const plain = (view: ClusterView) => ({
  digest: view.digest,
  guid: view.clusterGuid,
  hostEndpoints: [...view.hostEndpoints].sort(),
  policies: [...view.policies].sort(([a], [b]) => (a < b ? -1 : 1)),
  sets: [...view.sets.values()].map(({ id, kind, members }) => [id, kind, [...members].sort()]).sort(),
  pools: [...view.pools].sort(),
  hosts: [...view.hosts].sort(),
  services: [...view.services].sort(),
});

/** A sender that has read the whole of a recording up to InSync and shipped it. */
export async function started(world: World, parts = 1, random = 'a'.repeat(16)): Promise<{ sender: Sender; rest: Uint8Array[] }> {
  const { stream } = readRecording('08-churn', 'v3.32.1');
  const frames = readFrames(stream(1));
  const sender = new Sender(random);
  for (const frame of frames.slice(0, 40)) sender.frame(frame);
  sender.sequence = 0;
  await world.ingest(sender.snapshot(parts));
  return { sender, rest: frames.slice(40) };
}
