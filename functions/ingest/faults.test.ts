/** Whatever the queue does with shipments, or somebody puts on it: never a wrong view, and a snapshot mends all. */
import { expect, test } from '@jest/globals';
import { EMPTY_DIGEST } from '../../proto/digest.ts';
import { packMembers } from '../../proto/members.ts';
import { LIMITS, type Sender, started, World } from '../../test/ingest/world.ts';
import { ClusterLog } from '../cluster/log.ts';

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
