/** Lives of a shipper: restarts, two at once, another cluster, one whose Felix never gets in sync. */
import { describe, expect, test } from '@jest/globals';
import { readFrames } from '../../proto/framing.ts';
import type { cextfire } from '../../proto/generated/shipment.js';
import { packMembers } from '../../proto/members.ts';
import { readRecording } from '../../test/felix/recording.ts';
import { LIMITS, Sender, started, World } from '../../test/ingest/world.ts';
import { releaseHold, streamConditions } from '../cluster/stream-state.ts';

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

  test('held for its size: nobody asks while it is too large, and the first heartbeat within the limits gets a snapshot asked for', async () => {
    const world = new World();
    const { sender } = await started(world);
    const small = { ...LIMITS, maxObjects: 3 };
    const beat = (objects: number) => world.ingest([sender.heartbeat({ objects })], world.memory, small);
    await world.ingest(sender.snapshot(2), world.memory, small);
    for (let n = 0; n < 3; n++) await beat(4);
    expect(world.control).toEqual([]);
    await beat(3);
    expect(world.control).toEqual(['resync']);
    // It grew again before it was heard, and shrank again: asked at once again.
    await beat(4);
    await beat(2);
    expect(world.control).toEqual(['resync', 'resync']);
    expect(await world.codes()).toContain('CEXT_INGEST_LIMIT');
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

test('a cluster that is nearly full is told before it is held, once, whatever its count', async () => {
  const world = new World();
  const { sender } = await started(world);
  const said = async (maxMembers: number, members: number) => {
    await world.ingest([sender.heartbeat({ members })]);
    const limits = { silentAfter: '2m', maxObjects: LIMITS.maxObjects, maxMembers };
    const found = streamConditions('c', await world.state(), limits, world.nowMs);
    return found.filter(({ code }) => code === 'CEXT_CLUSTER_NEARLY_FULL').map(({ message }) => message);
  };
  expect(await said(100, 80)).toEqual([]);
  const [message] = await said(100, 81);
  expect(message).toMatch(/^Cluster "c" has more than four fifths of the 100 members that clusters\.c\.maxMembers allows\./);
  expect(await said(100, 95)).toEqual([message]);
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
