import { describe, expect, test } from '@jest/globals';
import { cextfire } from '../../proto/generated/shipment.js';
import { packMembers } from '../../proto/members.ts';
import { packShipment } from '../../proto/packing.ts';
import { MemoryTable } from '../../test/cloud/memory-table.ts';
import { ClusterLog } from './log.ts';
import { MutableView } from './mutable-view.ts';
import { readStream } from './stream-state.ts';

const START = 1_790_000_000_000;
const DAY = 86_400_000;
const SET = cextfire.SetDeclaration.encode({ type: 2 }).finish();

/** Position 1 is a snapshot with an empty set; every later one adds one member; one a minute. */
async function written(count: number, options: { compactAfterItems?: number; compactAfterMs?: number } = {}) {
  const table = new MemoryTable();
  const clock = { ms: START };
  const log = new ClusterLog(table, 'c', { keepDays: 14, now: () => clock.ms, compactAfterMs: 30 * DAY, ...options });
  const source = new MutableView('c');
  const digests: string[] = [];
  const add = async (content: Partial<cextfire.IShipment>, changes: cextfire.IChanges) => {
    const before = source.digest;
    source.change(changes);
    const [digestBefore, digestAfter] = [before, source.digest].map((text) => Buffer.from(text, 'hex'));
    const epoch = { startedMs: 1, random: 'a'.repeat(16) };
    const position = digests.push(source.digest);
    const shipment = { format: 1, stream: 'c', epoch, sequence: position, digestBefore, digestAfter, observedMs: position, ...content };
    expect(await log.append(position, packShipment(shipment as cextfire.IShipment), START + position * 60_000)).toBe(true);
  };
  const more = async (n: number) => {
    const members = [{ set: 's', added: packMembers([`10.0.${n >> 8}.${n & 255}/32`]) }];
    await add({ changes: { part: 1, parts: 1, members } }, { members });
  };
  const objects = [{ kind: cextfire.Kind.SET, key: 's', raw: SET }];
  await add({ snapshot: { part: 1, parts: 1, objects } }, { upserted: objects });
  for (let n = 2; n <= count; n++) await more(n);
  return { table, log, clock, digests, source, more };
}

test('a warm view reads only the tail, and its change is the net of it', async () => {
  const { log, table, more } = await written(5);
  const view = await log.open();
  expect(view.position).toBe(5);
  const before = { ...table.calls };
  await more(6);
  await more(7);
  const change = await log.advance(view);
  expect(table.calls).toEqual({ ...before, query: before.query + 1, put: before.put + 2 });
  expect(change).toMatchObject({ from: 5, to: 7, structure: false, observedMs: 6 });
  expect([...(change.members.get('s')?.added ?? [])].sort()).toEqual(['10.0.0.6/32', '10.0.0.7/32']);
});

test('of a long tail only the beginning is read where somebody asks for no more; where that cannot be applied, all of it', async () => {
  const { log, table, digests, source, more } = await written(3);
  const view = await log.open();
  for (let n = 4; n <= 9; n++) await more(n);
  const fourth = (await table.get({ pk: 'log#c', sk: '000000000004' }))?.body;
  const size = Buffer.from(fourth as Uint8Array).length;
  const positions: number[] = [];
  while (view.position < 9) {
    const change = await log.advance(view, { most: 2 * size });
    positions.push(change.to);
    expect(view.digest).toBe(digests[change.to - 1]);
  }
  expect(positions[0]).toBe(6);
  expect(positions.length).toBeLessThan(4);
  // A damaged item, and far behind it the snapshot that makes it good.
  await more(10);
  const [bad] = [await table.get({ pk: 'log#c', sk: '000000000010' })];
  await table.put({ ...bad, pk: 'log#c', sk: '000000000010', body: Uint8Array.of(1) });
  for (let n = 11; n <= 14; n++) await more(n);
  const members = [{ set: 's', added: packMembers([...(source.sets.get('s')?.members ?? [])]) }];
  const digest = Buffer.from(source.digest, 'hex');
  const objects = [{ kind: cextfire.Kind.SET, key: 's', raw: SET }];
  const about = {
    format: 1,
    stream: 'c',
    epoch: { startedMs: 2, random: 'b'.repeat(16) },
    sequence: 1,
    digestBefore: digest,
    digestAfter: digest,
  };
  const snapshot = { ...about, snapshot: { part: 1, parts: 1, objects, members } };
  expect(await log.append(15, packShipment(snapshot as cextfire.IShipment), START)).toBe(true);
  await log.advance(view, { most: 1 });
  expect([view.position, view.digest, view.problem]).toEqual([15, source.digest, undefined]);
});

test('two looks at one warm view side by side', async () => {
  const { log, table, more, source } = await written(3);
  const view = await log.open();
  for (let n = 4; n <= 8; n++) await more(n);
  const changes = await Promise.all([log.advance(view), log.advance(view)]);
  expect(view.problem).toBeUndefined();
  expect(view.digest).toBe(source.digest);
  expect(changes.map(({ members }) => members.get('s')?.added.size ?? 0).sort()).toEqual([0, 5]);
  expect((await readStream(table, 'c')).broken).toBe(0);
});

test('the state at any past second and at any position', async () => {
  const { log, digests, source } = await written(20, { compactAfterItems: 6 });
  await log.open();
  for (let position = 1; position <= 20; position++) {
    expect((await log.viewAt({ position })).digest).toBe(digests[position - 1]);
    expect((await log.viewAt({ timeMs: START + position * 60_000 + 59_999 })).digest).toBe(digests[position - 1]);
  }
  expect((await log.viewAt({ timeMs: START + 365 * DAY })).digest).toBe(source.digest);
  await expect(log.viewAt({ timeMs: START })).rejects.toMatchObject({ code: 'CEXT_CLUSTER_LOG_TOO_OLD' });
});

describe('compaction', () => {
  test('the reader of a long tail writes a snapshot, and the next one starts there', async () => {
    const { log, table, digests } = await written(30, { compactAfterItems: 10 });
    await log.open();
    const before = table.calls.get;
    for (const item of table.items()) if (item.pk === 'log#c' && Number(item.position) <= 30) await table.delete(item);
    expect((await log.open()).digest).toBe(digests[29]);
    expect(table.calls.get).toBeGreaterThan(before);
  });

  test('a warm reader of short tails writes one, too, once in so many items', async () => {
    const { log, table, more } = await written(1, { compactAfterItems: 10 });
    const view = await log.open();
    for (let n = 2; n <= 35; n++) {
      await more(n);
      await log.advance(view);
    }
    expect(
      table
        .items()
        .filter(({ pk }) => pk === 'snapshot#c')
        .map(({ position }) => position),
    ).toEqual([10, 20, 30]);
  });

  test('an old short tail is stored before it can expire', async () => {
    const { log, table, clock } = await written(3, { compactAfterMs: 3_600_000 });
    clock.ms += 2 * 3_600_000;
    await log.open();
    expect(table.items().some(({ pk }) => pk === 'snapshot#c')).toBe(true);
  });

  test('a quiet cluster with a reader that never sleeps: stored within the hour', async () => {
    const { log, table, clock, more } = await written(1, { compactAfterMs: 3_600_000 });
    clock.ms = START + 60_000;
    const view = await log.open();
    await more(2);
    await log.advance(view);
    expect(table.items().some(({ pk }) => pk === 'snapshot#c')).toBe(false);
    clock.ms += 2 * 3_600_000;
    await log.advance(view);
    expect(table.items().some(({ pk }) => pk === 'snapshot#c')).toBe(true);
  });

  test('two readers at once write one header', async () => {
    const { log, table } = await written(30);
    const [one, two] = [await log.open(), await log.open()];
    expect((await Promise.all([log.compact(one), log.compact(two)])).filter(Boolean)).toHaveLength(1);
    expect(table.items().filter(({ pk }) => pk === 'snapshot#c')).toHaveLength(1);
    expect((await log.open()).digest).toBe(one.digest);
  });

  test('what was overtaken goes after its days, what is needed stays', async () => {
    const { log, table, clock, more, source } = await written(10);
    await log.compact(await log.open());
    for (let n = 11; n <= 20; n++) await more(n);
    await log.compact(await log.open());
    await log.prune();
    expect((await log.viewAt({ position: 10 })).position).toBe(10);
    clock.ms += 17 * DAY;
    await log.prune();
    expect(table.items().filter(({ pk }) => pk === 'log#c')).toEqual([]);
    expect((await log.open()).digest).toBe(source.digest);
    await expect(log.viewAt({ position: 10 })).rejects.toMatchObject({ code: 'CEXT_CLUSTER_LOG_TOO_OLD' });
  });

  test('a damaged snapshot is passed over', async () => {
    const { log, table, source } = await written(12);
    await log.compact(await log.open());
    for (const item of table.items()) if (item.pk === 'snapshot-piece#c') await table.put({ ...item, content: new Uint8Array([1, 2, 3]) });
    expect((await log.open()).digest).toBe(source.digest);
  });
});

test('a hole in the log is a problem and asks for a snapshot, never a guess', async () => {
  const { log, table, digests } = await written(10);
  await table.update({ pk: 'cluster#c', sk: 'stream' }, { head: 10, revision: 1, format: 1 });
  await table.delete({ pk: 'log#c', sk: '000000000006' });
  const view = await log.open();
  expect(view.digest).toBe(digests[4]);
  expect(view.problem?.code).toBe('CEXT_CLUSTER_LOG_DAMAGED');
  expect((await readStream(table, 'c')).broken).toBe(10);
});

test('a whole log that is gone is noticed', async () => {
  const { log, table } = await written(2);
  await table.update({ pk: 'cluster#c', sk: 'stream' }, { head: 2, revision: 1, format: 1 });
  for (const item of table.items()) if (item.pk === 'log#c') await table.delete(item);
  expect((await log.open()).problem?.code).toBe('CEXT_CLUSTER_LOG_DAMAGED');
});

test('what a newer version wrote is refused', async () => {
  const { log, table } = await written(2);
  await table.update({ pk: 'log#c', sk: '000000000002' }, { format: 2 });
  await expect(log.open()).rejects.toMatchObject({ code: 'CEXT_CLUSTER_FORMAT_NEWER' });
});
