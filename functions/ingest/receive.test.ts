/** From a real Felix stream through shipments and ingest into the log, and back out as a view: whatever happens between, never a wrong one. */
import { describe, expect, test } from '@jest/globals';
import { EMPTY_DIGEST } from '../../proto/digest.ts';
import { readFrames } from '../../proto/framing.ts';
import type { cextfire } from '../../proto/generated/shipment.js';
import { packMembers } from '../../proto/members.ts';
import { packShipment } from '../../proto/packing.ts';
import { Killed, MemoryTable, MortalTable } from '../../test/cloud/memory-table.ts';
import { listRecordings, readRecording } from '../../test/felix/recording.ts';
import { ClusterLog } from '../cluster/log.ts';
import { MutableView } from '../cluster/mutable-view.ts';
import { readStream, releaseHold, streamConditions } from '../cluster/stream-state.ts';
import type { ClusterView } from '../cluster/view.ts';
import { changesOf, viewFromStream } from '../cluster/view-from-stream.ts';
import type { Table } from '../table.ts';
import { IngestBatch, type IngestEvent } from './receive.ts';

const LIMITS = { maxObjects: 50_000, maxMembers: 1_000_000, maxBytes: 256 * 1024 * 1024 };

/** One life of a shipper, as plain as can be: a snapshot in so many parts, then a shipment for every frame. */
class Sender {
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

class World {
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

const plain = (view: ClusterView) => ({
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
async function started(world: World, parts = 1, random = 'a'.repeat(16)): Promise<{ sender: Sender; rest: Uint8Array[] }> {
  const { stream } = readRecording('08-churn', 'v3.32.1');
  const frames = readFrames(stream(1));
  const sender = new Sender(random);
  for (const frame of frames.slice(0, 40)) sender.frame(frame);
  sender.sequence = 0;
  await world.ingest(sender.snapshot(parts));
  return { sender, rest: frames.slice(40) };
}

describe.each(
  listRecordings()
    .filter(({ scenario }) => !/^(12|13)-/.test(scenario))
    .map((recording) => [`${recording.scenario} ${recording.version}`, recording] as const),
)('%s', (_, recording) => {
  test('the view after every step is the view of the stream', async () => {
    const world = new World();
    let warm: MutableView | undefined;
    for (let life = 1; life <= recording.lives; life++) {
      const frames = readFrames(recording.stream(life));
      const sender = new Sender(String(life).repeat(16));
      let shipped = 0;
      for (const mark of recording.marks.filter((step) => step.life === life)) {
        const bodies: string[] = [];
        for (const frame of frames.slice(shipped, mark.frames)) {
          const body = sender.frame(frame);
          if (body && shipped > 0) bodies.push(body);
        }
        if (shipped === 0 && mark.frames > 0) {
          sender.sequence = 0;
          bodies.push(...sender.snapshot(3));
        }
        shipped = mark.frames;
        for (let at = 0; at < bodies.length; at += 10) await world.ingest(bodies.slice(at, at + 10));
        if (shipped === 0) continue;
        const log = world.log(world.memory, { compactAfterItems: 7 });
        warm ??= await log.open();
        await log.advance(warm);
        const truth = plain(viewFromStream('c', recording.stream(life), { frames: mark.frames }).view);
        expect(warm.problem).toBeUndefined();
        expect(plain(warm)).toEqual(truth);
      }
    }
    const cold = await world.log().open();
    expect(plain(cold)).toEqual(plain(warm as MutableView));
    expect(world.control).toEqual([]);
  });
});

describe('a shipper whose Felix is not in sync', () => {
  /** The n-th life of a shipper that has sent nothing but heartbeats. */
  const wakes = (random: string) => {
    const sender = new Sender(random);
    const probe = { ok: false, reason: 'the service account may not list tiers (403)', sinceMs: 7 };
    return { sender, beat: (more: cextfire.IHeartbeat = {}) => sender.heartbeat({ inSync: false, hostEndpoints: 0, probe, ...more }) };
  };
  const said = async (world: World, code: string) =>
    streamConditions('c', await world.state(), { silentAfter: '2m' }, world.nowMs).find((one) => one.code === code)?.message;

  test('from the first day: told with the reason and since when, nothing is asked of it, its snapshot ends it', async () => {
    const world = new World();
    const began = new Date(world.nowMs).toISOString();
    const { sender, beat } = wakes('b'.repeat(16));
    for (let n = 0; n < 5; n++) {
      await world.ingest([beat()]);
      world.nowMs += 30_000;
    }
    expect(await world.codes()).toEqual(['CEXT_CLUSTER_PROBE_FAILED', 'CEXT_CLUSTER_NOT_IN_SYNC']);
    const message = await said(world, 'CEXT_CLUSTER_NOT_IN_SYNC');
    for (const words of [began, 'may not list tiers', 'ClusterRole', 'Nothing is written']) expect(message).toContain(words);
    // The first one wakes, so that people are told; the others say nothing new.
    expect([world.wakes, world.control, world.logItems()]).toEqual([1, [], 0]);
    const { stream } = readRecording('08-churn', 'v3.32.1');
    const before = sender.sequence;
    for (const frame of readFrames(stream(1)).slice(0, 40)) sender.frame(frame);
    sender.sequence = before;
    await world.ingest([...sender.snapshot(2), sender.heartbeat()]);
    expect(await world.codes()).toEqual([]);
    expect((await world.log().open()).digest).toBe(sender.view.digest);
    expect(world.control).toEqual([]);
  });

  test('after a restart: the view of before stays, the old life is not retired, and restarts do not reset since when', async () => {
    const world = new World();
    const { sender: old } = await started(world);
    const { epoch, basePosition, digest } = await world.state();
    const began = new Date(world.nowMs).toISOString();
    for (const random of ['b', 'c', 'd']) {
      const { beat } = wakes(random.repeat(16));
      for (let n = 0; n < 3; n++) {
        await world.ingest([beat({ probe: null, objects: 4, sets: 2 })]);
        world.nowMs += 30_000;
      }
    }
    expect(await world.state()).toMatchObject({ epoch, basePosition, digest, retired: [], hold: null, awaiting: null });
    expect((await world.log().open()).digest).toBe(old.view.digest);
    const message = await said(world, 'CEXT_CLUSTER_NOT_IN_SYNC');
    for (const words of [began, '4 objects and 2 sets', 'rules of before stay']) expect(message).toContain(words);
    // It never got through, and falls silent for good.
    world.nowMs += 600_000;
    expect(await world.codes()).toEqual(['CEXT_CLUSTER_SILENT']);
  });

  test('beside one that is in sync: the other goes on, part for part; no hold', async () => {
    const world = new World();
    const { sender, rest } = await started(world);
    const { beat } = wakes('b'.repeat(16));
    const [first, second, ...parts] = [...rest.slice(0, 6).flatMap((frame) => sender.frame(frame) ?? []), ...sender.snapshot(3)];
    for (const body of [first, second, ...parts]) await world.ingest([body as string, beat()]);
    await world.ingest([sender.heartbeat()]);
    expect(await world.codes()).toEqual(['CEXT_CLUSTER_PROBE_FAILED', 'CEXT_CLUSTER_NOT_IN_SYNC']);
    expect([world.control, (await world.state()).hold]).toEqual([[], null]);
    expect((await world.log().open()).digest).toBe(sender.view.digest);
    world.nowMs += 130_000;
    await world.ingest([sender.heartbeat()]);
    expect(await world.codes()).toEqual([]);
  });

  test('once followed it is a shipper like any other: a retired one that says it is not in sync is still a second one', async () => {
    const world = new World();
    const { sender: old } = await started(world);
    await started(world, 1, 'b'.repeat(16));
    for (let n = 0; n < 4; n++) await world.ingest([old.heartbeat({ inSync: false })]);
    expect(await world.codes()).toEqual(['CEXT_INGEST_TWO_SHIPPERS']);
  });

  test('a heartbeat that says in sync, of an epoch whose snapshot never came, still asks for one', async () => {
    const world = new World();
    await started(world);
    const { sender, beat } = wakes('b'.repeat(16));
    await world.ingest([beat()]);
    await world.ingest([sender.heartbeat()]);
    expect(world.control).toEqual(['resync']);
  });
});

describe('what the queue may do', () => {
  test('duplicates are not stored again and still wake', async () => {
    const world = new World();
    const { sender, rest } = await started(world);
    const bodies = rest.slice(0, 6).flatMap((frame) => sender.frame(frame) ?? []);
    await world.ingest(bodies);
    const items = world.logItems();
    const wakes = world.wakes;
    await world.ingest(bodies);
    expect(world.logItems()).toBe(items);
    expect(world.wakes).toBe(wakes + 1);
    expect(world.control).toEqual([]);
    expect((await world.log().open()).digest).toBe(sender.view.digest);
  });

  test('a lost shipment: one request, the last good view, and all is well with the next snapshot', async () => {
    const world = new World();
    const { sender, rest } = await started(world);
    const good = sender.view.digest;
    const bodies = rest.slice(0, 8).flatMap((frame) => sender.frame(frame) ?? []);
    for (const body of bodies.slice(1)) await world.ingest([body]);
    expect(world.control).toEqual(['resync']);
    expect((await world.log().open()).digest).toBe(good);
    expect(await world.codes()).toContain('CEXT_CLUSTER_AWAITS_SNAPSHOT');
    await world.ingest(sender.snapshot(2));
    expect((await world.log().open()).digest).toBe(sender.view.digest);
    expect(await world.codes()).toEqual([]);
  });

  test('asked again, ever more seldom, for as long as no snapshot comes', async () => {
    const world = new World();
    const { sender, rest } = await started(world);
    for (const frame of rest.slice(0, 3)) sender.frame(frame);
    const asked: number[] = [];
    for (let second = 0; second < 600; second += 30) {
      world.nowMs += 30_000;
      const before = world.control.length;
      await world.ingest([sender.heartbeat()]);
      if (world.control.length > before) asked.push(second);
    }
    expect(asked).toEqual([0, 30, 60, 120, 240, 480]);
  });

  test('a snapshot of which a part is lost is never a base', async () => {
    for (let lost = 0; lost < 4; lost++) {
      const world = new World();
      const { sender } = await started(world);
      const good = sender.view.digest;
      sender.view.change({ removed: [{ kind: 3, key: [...sender.view.policies.keys()][0] as string }] });
      const parts = sender.snapshot(4);
      parts.splice(lost, 1);
      await world.ingest(parts);
      expect((await world.log().open()).digest).toBe(good);
      await world.ingest([sender.heartbeat()]);
      expect(world.control).toEqual(['resync']);
      await world.ingest(sender.snapshot(4));
      expect((await world.log().open()).digest).toBe(sender.view.digest);
    }
  });

  test('whatever byte of a shipment is damaged, the view is right or stays, and a snapshot mends it', async () => {
    const world = new World();
    const { sender, rest } = await started(world);
    let good = sender.view.digest;
    for (const [index, frame] of rest.slice(0, 12).entries()) {
      const body = sender.frame(frame);
      if (!body) continue;
      const bytes = Buffer.from(body, 'base64');
      const at = (index * 37) % bytes.length;
      bytes[at] = (bytes[at] as number) ^ (1 << (index % 8));
      world.nowMs += 600_000;
      await world.ingest([bytes.toString('base64'), sender.heartbeat()]);
      expect((await world.log().open()).digest).toBe(good);
      expect(world.control).not.toEqual([]);
      await world.ingest(sender.snapshot(2));
      good = sender.view.digest;
      expect((await world.log().open()).digest).toBe(good);
    }
  });

  test('a broken chain: the numbers follow, the digests do not', async () => {
    const wrong = '11'.repeat(16);
    const breaks: ((sender: Sender) => string)[] = [
      (sender) => sender.pack(wrong, sender.view.digest, { changes: { part: 1, parts: 1 } }),
      (sender) => sender.pack(wrong, wrong, { heartbeat: { inSync: true } }),
      (sender) => sender.pack(sender.view.digest, wrong, { heartbeat: { inSync: true } }),
      (sender) => sender.pack(sender.view.digest, sender.view.digest, { changes: { part: 2, parts: 2 } }),
      (sender) => sender.pack(sender.view.digest, sender.view.digest, { snapshot: { part: 2, parts: 2 } }),
    ];
    for (const make of breaks) {
      const world = new World();
      const { sender } = await started(world);
      const items = world.logItems();
      await world.ingest([make(sender)]);
      expect(world.logItems()).toBe(items);
      expect(world.control).toEqual(['resync']);
      expect((await world.log().open()).digest).toBe(sender.view.digest);
    }
  });

  test('an object that cannot be decoded stays out of the log', async () => {
    const world = new World();
    const { sender } = await started(world);
    const items = world.logItems();
    const raw = new Uint8Array([0x0a, 0x7f]);
    await world.ingest([
      sender.pack(sender.view.digest, '11'.repeat(16), { changes: { part: 1, parts: 1, upserted: [{ kind: 3, key: 'p', raw }] } }),
    ]);
    expect(world.logItems()).toBe(items);
    expect(world.control).toEqual(['resync']);
    expect((await world.state()).poison?.code).toBe('CEXT_CLUSTER_OBJECT_UNREADABLE');
  });

  test('changes that grow a view over its limits are not applied', async () => {
    const world = new World();
    const { sender } = await started(world);
    const good = sender.view.digest;
    const members = [{ set: [...sender.view.sets.keys()][0] as string, added: packMembers(['9.9.9.9/32', '8.8.8.8/32']) }];
    sender.view.change({ members });
    await world.ingest([sender.pack(good, sender.view.digest, { changes: { part: 1, parts: 1, members } })]);
    const { members: most } = sender.view.counts;
    const log = new ClusterLog(world.memory, 'c', { limits: { ...LIMITS, maxMembers: most - 1 }, keepDays: 14, now: () => world.nowMs });
    const view = await log.open();
    expect(view.digest).toBe(good);
    expect(view.problem).toMatchObject({ code: 'CEXT_CLUSTER_LIMIT', subject: { path: 'clusters.c.maxMembers' } });
    expect((await world.log().open()).digest).toBe(sender.view.digest);
  });

  test('a shipment that lies about its digest: readers stay where they were and get a new snapshot', async () => {
    const world = new World();
    const { sender } = await started(world);
    const good = sender.view.digest;
    const lie = 'ab'.repeat(16);
    const pool = [...sender.view.pools.keys()][0] as string;
    await world.ingest([sender.pack(good, lie, { changes: { part: 1, parts: 1, removed: [{ kind: 5, key: pool }] } })]);
    const view = await world.log().open();
    expect(view.digest).toBe(good);
    expect(view.pools.has(pool)).toBe(true);
    expect(view.problem?.code).toBe('CEXT_CLUSTER_DIGEST_MISMATCH');
    await world.ingest([sender.pack(lie, lie, { heartbeat: { inSync: true, hostEndpoints: 1 } })]);
    expect(world.control).toEqual(['resync']);
    sender.view.change({ removed: [{ kind: 5, key: pool }] });
    await world.ingest(sender.snapshot(2));
    await world.log().advance(view);
    expect(view.problem).toBeUndefined();
    expect(view.digest).toBe(sender.view.digest);
    expect(view.pools.has(pool)).toBe(false);
  });

  test('what is no shipment at all, too large, newer, or of another stream is told and does not block', async () => {
    const world = new World();
    const { sender, rest } = await started(world);
    for (const body of ['', 'hello!', 'A'.repeat(300_000), Buffer.from('no zlib').toString('base64')]) await world.ingest([body]);
    expect(world.events.filter(({ kind }) => kind === 'poison').map(({ code }) => code)).toEqual([
      'CEXT_SHIPMENT_UNREADABLE',
      'CEXT_SHIPMENT_UNREADABLE',
      'CEXT_SHIPMENT_TOO_BIG',
      'CEXT_SHIPMENT_UNREADABLE',
    ]);
    expect(world.control).toEqual(['resync']);
    expect(await world.codes()).toContain('CEXT_INGEST_POISON');
    const items = world.logItems();
    await world.ingest([sender.pack(EMPTY_DIGEST, EMPTY_DIGEST, { stream: 'other', snapshot: { part: 1, parts: 1 } })]);
    expect(world.logItems()).toBe(items);
    expect((await world.state()).poison?.code).toBe('CEXT_INGEST_OTHER_STREAM');
    for (const frame of rest.slice(0, 3)) sender.frame(frame);
    await world.ingest(sender.snapshot());
    expect((await world.log().open()).digest).toBe(sender.view.digest);
  });
});

describe('lives of the shipper', () => {
  test('a restart is followed, an unchanged one changes nothing, and the old life is void', async () => {
    const world = new World();
    const { sender } = await started(world);
    const view = await world.log().open();
    const next = new Sender('b'.repeat(16));
    for (const { object, members } of sender.view.wholeContent())
      next.view.change({ upserted: [object], members: members ? [{ set: object.key ?? '', added: packMembers(members) }] : [] });
    await world.ingest(next.snapshot(3));
    const change = await world.log().advance(view);
    expect(change).toMatchObject({ structure: false, observedMs: undefined });
    expect(change.policies.size + change.members.size + change.replaced.size).toBe(0);
    const items = world.logItems();
    await world.ingest(sender.snapshot());
    expect(world.logItems()).toBe(items);
    expect(await world.codes()).toEqual([]);
    // Long after the state has forgotten it, it is not new.
    for (let n = 0; n < 12; n++) {
      const life = new Sender(n.toString(16).padStart(16, 'c'));
      life.view.change({ upserted: [...next.view.wholeContent()].map(({ object }) => object) });
      await world.ingest(life.snapshot());
    }
    const before = world.logItems();
    await world.ingest(sender.snapshot());
    expect(world.logItems()).toBe(before);
  });

  test('two shippers on one queue are held, and let go when one is left', async () => {
    const world = new World();
    const { sender: a } = await started(world);
    const b = new Sender('b'.repeat(16));
    b.view.change({ upserted: [...a.view.wholeContent()].map(({ object }) => object) });
    await world.ingest(b.snapshot());
    for (let n = 0; n < 4; n++) {
      world.nowMs += 30_000;
      await world.ingest([a.heartbeat(), b.heartbeat()]);
    }
    expect(await world.codes()).toContain('CEXT_INGEST_TWO_SHIPPERS');
    const items = world.logItems();
    await world.ingest(b.snapshot());
    expect(world.logItems()).toBe(items);
    for (let n = 0; n < 5; n++) {
      world.nowMs += 30_000;
      await world.ingest([b.heartbeat()]);
    }
    expect(await world.codes()).toEqual(['CEXT_CLUSTER_AWAITS_SNAPSHOT']);
    expect(world.control).toContain('resync');
    await world.ingest(b.snapshot());
    expect(await world.codes()).toEqual([]);
    expect((await world.log().open()).digest).toBe(b.view.digest);
  });

  test('another ClusterGUID is held until it is right again or released', async () => {
    const world = new World();
    const { sender } = await started(world);
    const good = sender.view.digest;
    const other = new Sender('b'.repeat(16));
    const facts = (guid: string) => Buffer.concat([Buffer.from([0x0a, guid.length]), Buffer.from(guid)]);
    other.view.change({ upserted: [{ kind: 1, key: '', raw: facts('another') }] });
    await world.ingest(other.snapshot());
    expect(await world.codes()).toContain('CEXT_INGEST_OTHER_CLUSTER');
    await world.ingest(other.snapshot());
    await world.ingest([other.heartbeat()]);
    expect((await world.log().open()).digest).toBe(good);
    expect(world.control).toEqual([]);
    await releaseHold(world.memory, 'c', world.nowMs);
    await world.ingest([other.heartbeat()]);
    expect(world.control).toEqual(['resync']);
    await world.ingest(other.snapshot());
    expect((await world.log().open()).digest).toBe(other.view.digest);
    expect((await world.state()).clusterGuid).toBe('another');
  });

  test('a snapshot over the limits is held, and a smaller one ends it', async () => {
    const world = new World();
    const { sender } = await started(world);
    const good = sender.view.digest;
    await world.ingest(sender.snapshot(2), world.memory, { ...LIMITS, maxObjects: 3 });
    expect(await world.codes()).toContain('CEXT_INGEST_LIMIT');
    expect((await world.log().open()).digest).toBe(good);
    await world.ingest(sender.snapshot(2));
    expect(await world.codes()).toEqual([]);
  });

  test('heartbeats cost no log item; a failed probe and silence are conditions', async () => {
    const world = new World();
    const { sender } = await started(world);
    const items = world.logItems();
    for (let n = 0; n < 5; n++) await world.ingest([sender.heartbeat({ probe: { ok: false, reason: '403', sinceMs: 7 } })]);
    expect(world.logItems()).toBe(items);
    expect(await world.codes()).toEqual(['CEXT_CLUSTER_PROBE_FAILED']);
    const [failed] = streamConditions('c', await world.state(), { silentAfter: '2m' }, world.nowMs);
    expect(failed?.message).toMatch(/^The view of cluster "c" may be stale since 1970-01-01T00:00:00\.007Z: 403\./);
    world.nowMs += 121_000;
    expect(await world.codes()).toContain('CEXT_CLUSTER_SILENT');
  });
});

describe.each(['before', 'after'] as const)('killed at every call, %s its effect', (when) => {
  test('the next run converges: nothing lost, nothing doubled, every view on the way a right one', async () => {
    const { stream } = readRecording('01-first-rule', 'v3.31.7');
    const frames = readFrames(stream(1));
    let deaths = 0;
    for (let calls = 0; calls < 60; calls++) {
      const world = new World();
      const sender = new Sender('a'.repeat(16));
      const bodies: string[] = [];
      const right = new Set([EMPTY_DIGEST]);
      for (const [index, frame] of frames.entries()) {
        const body = sender.frame(frame);
        if (index === 9) {
          sender.sequence = 0;
          bodies.push(...sender.snapshot(3));
        } else if (index > 9 && body) bodies.push(body);
        if (index >= 9) right.add(sender.view.digest);
      }
      const mortal = new MortalTable(world.memory, calls, when);
      try {
        for (let at = 0; at < bodies.length; at += 4) {
          await world.ingest(bodies.slice(at, at + 4), mortal);
          await world.log(mortal, { compactAfterItems: 3 }).open();
        }
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        deaths++;
      }
      expect(right).toContain((await world.log().open()).digest);
      for (let at = 0; at < bodies.length; at += 4) await world.ingest(bodies.slice(at, at + 4));
      const view = await world.log(world.memory, { compactAfterItems: 3 }).open();
      expect(view.problem).toBeUndefined();
      expect(view.digest).toBe(sender.view.digest);
      expect(world.logItems()).toBe(bodies.length);
      expect(world.control).toEqual([]);
      expect(world.wakes).toBeGreaterThan(0);
    }
    expect(deaths).toBeGreaterThan(15);
  });
});
