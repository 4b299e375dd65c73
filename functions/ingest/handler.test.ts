/** The handler with SQS events made by hand: emulators never hand out several messages of one FIFO group together, AWS does. */
import { expect, test } from '@jest/globals';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import type { cextfire } from '../../proto/generated/shipment.js';
import { packShipment } from '../../proto/packing.ts';
import { MemoryTable } from '../../test/cloud/memory-table.ts';
import { ClusterLog } from '../cluster/log.ts';
import { MutableView } from '../cluster/mutable-view.ts';
import { readStream } from '../cluster/stream-state.ts';
import type { TableItem } from '../table.ts';
import { createHandler } from './handler.ts';

const LIMITS = { maxObjects: 100, maxMembers: 100, maxBytes: 10_000 };

class FailingTable extends MemoryTable {
  failAt = '';

  override put(item: TableItem, ...rest: [] | [Parameters<MemoryTable['put']>[1]]): Promise<boolean> {
    if (item.sk === this.failAt) return Promise.reject(new Error('throttled'));
    return super.put(item, ...rest);
  }
}

function world() {
  const table = new FailingTable();
  const seen = { wakes: 0, wakeFails: false, control: 0 };
  const log = new ClusterLog(table, 'c', { limits: LIMITS, keepDays: 14, now: Date.now });
  const handler = createHandler(() => ({
    cluster: 'c',
    limits: LIMITS,
    table,
    log,
    control: async () => void seen.control++,
    wake: async () => {
      if (seen.wakeFails) throw new Error('no wake');
      seen.wakes++;
    },
    tell: () => undefined,
    now: Date.now,
  }));
  const run = (event: SQSEvent) => handler(event, {} as Context);
  return { table, seen, log, run };
}

/** A snapshot with one pool, then a pool more with each shipment. */
function bodies(count: number): string[] {
  const view = new MutableView('c');
  return Array.from({ length: count }, (_, index) => {
    const before = view.digest;
    const objects: cextfire.IObject[] = [{ kind: 5, key: `p${index}`, raw: new Uint8Array() }];
    view.change({ upserted: objects });
    const content = index === 0 ? { snapshot: { part: 1, parts: 1, objects } } : { changes: { part: 1, parts: 1, upserted: objects } };
    return packShipment({
      format: 1,
      stream: 'c',
      epoch: { startedMs: 1, random: 'a'.repeat(16) },
      sequence: index + 1,
      digestBefore: Buffer.from(before, 'hex'),
      digestAfter: Buffer.from(view.digest, 'hex'),
      ...content,
    });
  });
}

function event(list: readonly string[]): SQSEvent {
  const records = list.map((body, index) => ({
    messageId: `m${index}`,
    receiptHandle: 'r',
    body,
    attributes: {
      MessageGroupId: 'c',
      ApproximateReceiveCount: '1',
      SentTimestamp: '1',
      SenderId: 's',
      ApproximateFirstReceiveTimestamp: '1',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:1:c.fifo',
    awsRegion: 'eu-central-1',
  }));
  return { Records: records as SQSRecord[] };
}

test('a whole batch of one group: all stored, one wake', async () => {
  const { run, seen, log } = world();
  expect(await run(event(bodies(10)))).toEqual({ batchItemFailures: [] });
  expect(seen).toEqual({ wakes: 1, wakeFails: false, control: 0 });
  expect((await log.open()).pools.size).toBe(10);
});

test('a failure in the middle: it and all behind it come again, in order, and nothing is lost', async () => {
  const { run, seen, log, table } = world();
  const list = bodies(6);
  table.failAt = '000000000004';
  expect(await run(event(list))).toEqual({ batchItemFailures: ['m3', 'm4', 'm5'].map((itemIdentifier) => ({ itemIdentifier })) });
  expect(seen.wakes).toBe(1);
  expect((await log.open()).pools.size).toBe(3);
  table.failAt = '';
  expect(await run(event(list.slice(3)))).toEqual({ batchItemFailures: [] });
  expect((await log.open()).pools.size).toBe(6);
  expect(seen.control).toBe(0);
});

test('a poison message in the middle is acknowledged with all others, and one snapshot is asked for', async () => {
  const { run, seen, table } = world();
  const list = bodies(5);
  list[2] = 'poison';
  expect(await run(event(list))).toEqual({ batchItemFailures: [] });
  expect(seen.control).toBe(1);
  expect(await readStream(table, 'c')).toMatchObject({
    head: 2,
    awaiting: { reason: expect.stringContaining('CEXT_SHIPMENT_UNREADABLE') },
  });
});

test('a wake that cannot be sent brings the batch back, and then it is sent', async () => {
  const { run, seen, log } = world();
  const list = bodies(3);
  seen.wakeFails = true;
  await expect(run(event(list))).rejects.toThrow('no wake');
  seen.wakeFails = false;
  expect(await run(event(list))).toEqual({ batchItemFailures: [] });
  expect(seen.wakes).toBe(1);
  expect((await log.open()).position).toBe(3);
});
