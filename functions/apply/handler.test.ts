import { expect, test } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import { ControlMessage } from '../../proto/control.ts';
import { MemoryTable } from '../../test/cloud/memory-table.ts';
import { replaceConditions } from '../ledger/conditions.ts';
import type { RunRequest } from './engine.ts';
import { createHandler } from './handler.ts';
import { secretReader } from './secrets.ts';
import { teller } from './tell.ts';

const event = (...bodies: string[]) => ({ Records: bodies.map((body, n) => ({ messageId: `id${n}`, body })) }) as unknown as SQSEvent;
const context = { getRemainingTimeInMillis: () => 120_000 } as Context;

test('a batch is one look of all its kinds, and what cannot be read is a wake', async () => {
  const runs: RunRequest[] = [];
  const handle = createHandler(() => ({ run: async (request) => void runs.push(request), flush: () => {}, failed: () => {} }));
  expect(await handle(event('{"kind":"audit"}', '{"kind":"wake","cluster":"pay"}', 'nonsense'), context)).toEqual({
    batchItemFailures: [],
  });
  expect(runs).toHaveLength(1);
  expect([...(runs[0]?.kinds ?? [])].sort()).toEqual(['audit', 'wake']);
  expect(runs[0]?.leaseMs).toBeGreaterThan(120_000);
});

test('when the look fails every wake comes again, and looks never overlap', async () => {
  let running = 0;
  let most = 0;
  const told: string[] = [];
  const handle = createHandler(() => ({
    run: async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      throw new Error('the table is away');
    },
    flush: () => void told.push('flushed'),
    failed: (error) => void told.push((error as Error).message),
  }));
  const answers = await Promise.all([handle(event('{}', '{}'), context), handle(event('{}'), context)]);
  expect(answers.map((one) => one.batchItemFailures.length)).toEqual([2, 1]);
  expect(most).toBe(1);
  // Counted, then written out: the alarm must not wait for dead letters.
  expect(told).toEqual(['the table is away', 'flushed', 'the table is away', 'flushed']);
});

test('a secret is read once, and anew after an authentication failure but not in a storm', async () => {
  let reads = 0;
  let now = 0;
  const client = { send: async () => ({ SecretString: `secret ${++reads}` }) };
  const read = secretReader(client as never, 's', () => now);
  expect([await read(false), await read(false), await read(true)]).toEqual(['secret 1', 'secret 1', 'secret 1']);
  now = 11_000;
  expect([await read(false), await read(true)]).toEqual(['secret 1', 'secret 2']);
});

test('a condition is told once to people and to its cluster, and again when telling failed', async () => {
  const table = new MemoryTable();
  const sent: { TopicArn?: string; Message?: string; QueueUrl?: string; MessageBody?: string }[] = [];
  let broken = true;
  const client = {
    send: async (command: { input: object }) => {
      if (broken) throw new Error('away');
      sent.push(command.input);
    },
  } as never;
  const controlQueues = { pay: 'https://q' };
  const borders = { out: { firewall: 'edge', hostEndpoint: 'internet' } } as never;
  const settings = { environment: 'prod', runbooks: 'https://git.example/pages/', borders };
  const tell = teller({ table, sns: client, sqs: client, topic: 'arn:t', controlQueues, settings });
  const held = { code: 'CEXT_APPLY_HELD', severity: 'error', message: 'too much', subject: { cluster: 'pay', firewall: 'edge' } } as const;
  await expect(replaceConditions(table, 'm', [held], 1, tell.conditions)).rejects.toThrow('away');
  broken = false;
  await replaceConditions(table, 'm', [held], 2, tell.conditions);
  await replaceConditions(table, 'm', [held], 3, tell.conditions);
  expect(sent.map((one) => one.TopicArn ?? one.QueueUrl)).toEqual(['arn:t', 'https://q']);
  expect(JSON.parse(sent[0]?.Message ?? '')).toMatchObject({
    kind: 'begin',
    environment: 'prod',
    code: 'CEXT_APPLY_HELD',
    runbook: 'https://git.example/pages/plan-held.md',
  });
  const body = ControlMessage.parse(JSON.parse(sent[1]?.MessageBody ?? ''));
  expect(body.kind === 'conditions' && body.conditions).toEqual([
    {
      code: 'CEXT_APPLY_HELD',
      severity: 'error',
      firewall: 'edge',
      hostEndpoint: 'internet',
      message: 'too much',
      since: '1970-01-01T00:00:00.001Z',
    },
  ]);
  await replaceConditions(table, 'm', [], 4, tell.conditions);
  const flood = Array.from({ length: 90 }, (_, n) => ({ ...held, subject: { cluster: 'pay', policy: `p${n}` } }));
  const before = sent.length;
  await replaceConditions(table, 'm', flood, 5, tell.conditions);
  expect(sent.length - before).toBe(42);
  expect(JSON.parse(sent[before + 40]?.Message ?? '')).toMatchObject({ kind: 'more', count: 50 });
  const wrong = { ...held, subject: { cluster: 'pay', policy: 'GlobalNetworkPolicy border.x', rule: 'egress rule 1', field: 'a set' } };
  await replaceConditions(table, 'm', [wrong], 5, tell.conditions);
  const about = ControlMessage.parse(JSON.parse(sent.at(-1)?.MessageBody ?? ''));
  expect(about.kind === 'conditions' && about.conditions).toMatchObject([
    { policy: 'GlobalNetworkPolicy border.x', rule: 'egress rule 1' },
  ]);
  await replaceConditions(table, 'm', [], 6, tell.conditions);
  const last = ControlMessage.parse(JSON.parse(sent.at(-1)?.MessageBody ?? ''));
  expect(last.kind === 'conditions' && last.conditions).toEqual([]);
  expect(table.items()).toEqual([]);
});
