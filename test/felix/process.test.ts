/** The built program, started as Felix starts it, with a real SQS protocol behind it. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { writeFrame } from '../../proto/framing.ts';
import { felix as wire } from '../../proto/generated/felix.js';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { emptyState, plain, ShipmentReader, stateOfStream } from './decoded.ts';
import { type Felix, playFelix, playRecording } from './player.ts';
import { readRecording } from './recording.ts';

const LONG = 60_000;
const recording = readRecording('01-first-rule', 'v3.32.1');
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

let server: FauxqsServer;
let sqs: SQSClient;
let queue = '';
let control = '';
let reader: ShipmentReader;
let env: Record<string, string | undefined>;
let played: Felix[] = [];
let queues = 0;

beforeAll(async () => {
  await buildShipper();
  server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
  sqs = new SQSClient({ region: 'us-east-1', endpoint: `http://127.0.0.1:${server.port}`, credentials, useQueueUrlAsEndpoint: false });
}, LONG);
afterAll(async () => {
  sqs.destroy();
  await server.stop();
});
beforeEach(async () => {
  const name = `pay-${++queues}`;
  const fifo = { Attributes: { FifoQueue: 'true' } };
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: `${name}.fifo`, ...fifo }))).QueueUrl ?? '';
  control = (await sqs.send(new CreateQueueCommand({ QueueName: `${name}-control` }))).QueueUrl ?? '';
  reader = new ShipmentReader();
  played = [];
  env = {
    CEXTFIRE_STREAM: 'pay',
    CEXTFIRE_QUEUE_URL: queue,
    CEXTFIRE_CONTROL_QUEUE_URL: control,
    CEXTFIRE_HTTP_PORT: '0',
    CEXTFIRE_HTTP_HOST: '127.0.0.1',
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${server.port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
});

function start(more: Record<string, string | undefined> = {}): Felix {
  const felix = playFelix({ program: SHIPPER_PROGRAM, env: { ...env, ...more } });
  played.push(felix);
  return felix;
}

/** Reads the queue until the condition holds. */
async function until(holds: () => boolean, ms = 40_000): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms; the shipper said:\n${played.map((felix) => felix.stderr).join('\n')}`);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      reader.read(Body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
    }
    if (Messages.length === 0) await sleep(20);
  }
}

const reaches = (stream: Uint8Array) => {
  const wanted = JSON.stringify(plain(stateOfStream(stream)));
  return () => JSON.stringify(plain(reader.state)) === wanted;
};
const logged = (felix: Felix) =>
  felix.stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
async function page(felix: Felix, path: string): Promise<{ code: number; text: string }> {
  let port: unknown;
  for (let tries = 0; port === undefined && tries < 200; tries++, await sleep(20))
    port = logged(felix).find((line) => line.msg === 'listening')?.port;
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { code: response.status, text: await response.text() };
}

test(
  'a recording step by step; EOF ends it with 0 and removes nothing',
  async () => {
    const felix = await playRecording(recording, {
      program: SHIPPER_PROGRAM,
      env,
      atMark: async ({ bytes }) => until(reaches(recording.stream(1).subarray(0, bytes))),
    });
    expect(felix.answered).toBe(0);
    expect(await felix.end()).toMatchObject({ code: 0, signal: null });
    // The end of the pipe may be heard after the end of the process.
    await until(() => felix.answered === undefined);
    await until(reaches(recording.stream(1)));
  },
  LONG,
);

test.each([1, 7, 64, 1021])(
  'odd-sized writes through the pipe: %d bytes each',
  async (chunk) => {
    const stream = readRecording('02-tiers-and-pass', 'v3.34.0-dev').stream(1);
    const felix = start();
    await felix.play(stream, { chunk });
    await until(reaches(stream));
    expect(await felix.end()).toMatchObject({ code: 0 });
  },
  LONG,
);

test(
  'restarts of Felix, each one a new epoch with one snapshot',
  async () => {
    const restarts = readRecording('09-restart', 'v3.32.1');
    const felix = await playRecording(restarts, {
      program: SHIPPER_PROGRAM,
      env,
      atMark: async ({ life }) => until(() => reader.snapshots === life && reaches(restarts.stream(life))()),
    });
    await felix.terminate();
    expect(reader.groups).toEqual(['snapshot', 'snapshot', 'snapshot']);
  },
  LONG,
);

test(
  'what is pending at SIGTERM is sent, within the four seconds',
  async () => {
    const stream = recording.stream(1);
    const start2 = recording.marks[0]?.bytes ?? 0;
    const felix = start();
    await felix.play(stream.subarray(0, start2));
    await until(reaches(stream.subarray(0, start2)));
    await felix.play(stream.subarray(start2));
    const exit = await felix.terminate();
    expect(exit).toMatchObject({ code: 0, signal: null });
    expect(exit.tookMs).toBeLessThan(4_000);
    await until(reaches(stream));
  },
  LONG,
);

test(
  'with SQS out of reach it still ends within the four seconds, and a new one sends everything',
  async () => {
    const felix = start({ AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9' });
    await felix.play(recording.stream(1));
    const { code, text } = await page(felix, '/readyz');
    expect([code, text]).toEqual([503, 'the first snapshot has not arrived at SQS yet\n']);
    const exit = await felix.terminate();
    expect(exit).toMatchObject({ code: 0, signal: null });
    expect(exit.tookMs).toBeLessThan(4_000);
    expect(logged(felix)).toContainEqual(expect.objectContaining({ code: 'CEXT_SHIPPER_SEND_FAILED' }));
    await start().play(recording.stream(1));
    await until(reaches(recording.stream(1)));
    await played.at(-1)?.kill();
  },
  LONG,
);

test(
  'the control queue: a resync gives a snapshot in the same epoch, conditions are served at /status',
  async () => {
    const stream = recording.stream(1);
    const felix = start();
    await felix.play(stream);
    await until(reaches(stream));
    expect((await page(felix, '/healthz')).code).toBe(200);
    expect((await page(felix, '/readyz')).code).toBe(200);
    reader.state = emptyState();
    const tell = (body: unknown) => sqs.send(new SendMessageCommand({ QueueUrl: control, MessageBody: JSON.stringify(body) }));
    const condition = { code: 'CEXT_POLICY_X', severity: 'error', message: 'no', since: '2026-11-01T00:00:00Z' };
    await tell({ format: 1, kind: 'conditions', conditions: [condition] });
    await tell({ format: 2, kind: 'dance' });
    await tell({ format: 1, kind: 'resync', reason: 'gap' });
    await until(reaches(stream));
    expect([reader.snapshots, reader.groups.at(-1)]).toEqual([2, 'snapshot']);
    const status = JSON.parse((await page(felix, '/status')).text);
    expect(status).toMatchObject({ stream: 'pay', inSync: true, conditions: [condition], outbox: 0, pending: 0, failure: null });
    const { text } = await page(felix, '/metrics');
    expect(text).toMatch(/^cextfire_shipper_sent_total\{content="snapshot"\} 2$/m);
    expect(text).toMatch(/^cextfire_shipper_alarms_total\{code="CEXT_SHIPPER_CONTROL_UNREADABLE"\} 1$/m);
    expect((await page(felix, '/elsewhere')).code).toBe(404);
    await felix.terminate();
  },
  LONG,
);

test(
  'forged and broken messages on the control queue: one line each, and the shipper goes on',
  async () => {
    const [start1, whole] = [recording.stream(1).subarray(0, recording.marks[0]?.bytes), recording.stream(1)];
    const felix = start();
    await felix.play(start1);
    await until(reaches(start1));
    const bodies = [
      'x',
      'null',
      '[]',
      '{}',
      '{"format":1,"kind":"resync"',
      '{"format":1,"kind":"resync","reason":7}',
      '{"format":1,"kind":"conditions","conditions":"none"}',
      '{"format":1,"kind":"conditions","conditions":[{"code":{"__proto__":{"admin":true}}}]}',
      `{"format":1,"kind":"resync","reason":"${'a'.repeat(200_000)}"`,
    ];
    for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: control, MessageBody }));
    const lines = () => logged(felix).filter(({ code }) => code === 'CEXT_SHIPPER_CONTROL_UNREADABLE');
    await until(() => lines().length === bodies.length);
    for (const line of lines()) expect(JSON.stringify(line).length).toBeLessThan(1_500);
    expect((await page(felix, '/healthz')).code).toBe(200);
    await felix.play(whole.subarray(start1.length));
    await until(reaches(whole));
    expect(reader.snapshots).toBe(1);
    expect(await felix.terminate()).toMatchObject({ code: 0 });
  },
  LONG,
);

test(
  'expired credentials: said with the reason, nothing is lost, and once they are renewed all of it arrives',
  async () => {
    let expired = true;
    // In front of the queue: what AWS answers to a token that is too old.
    const front = createServer((request, response) => {
      const body: Buffer[] = [];
      request.on('data', (chunk: Buffer) => body.push(chunk));
      request.on('end', () => {
        if (expired) {
          response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': 'ExpiredToken;Sender' });
          response.end(
            '{"__type":"com.amazon.coral.service#ExpiredTokenException","message":"The security token included in the request is expired"}',
          );
          return;
        }
        const { method, headers, url = '/' } = request;
        const on = httpRequest({ port: server.port, host: '127.0.0.1', method, headers, path: url }, (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        });
        on.end(Buffer.concat(body));
      });
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const { port } = front.address() as AddressInfo;
    try {
      const felix = start({ AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${port}` });
      await felix.play(recording.stream(1));
      const failed = () => logged(felix).filter(({ code }) => code === 'CEXT_SHIPPER_SEND_FAILED');
      await until(() => failed().length > 1);
      expect(failed()[0]).toMatchObject({ error: 'ExpiredToken', reason: expect.stringContaining('expired') });
      expect([felix.running, (await page(felix, '/readyz')).code]).toEqual([true, 503]);
      expect(felix.stderr).not.toContain('local');
      expired = false;
      await until(reaches(recording.stream(1)));
      expect([(await page(felix, '/readyz')).code, reader.snapshots]).toEqual([200, 1]);
      expect(await felix.terminate()).toMatchObject({ code: 0 });
    } finally {
      await played.at(-1)?.kill();
      front.closeAllConnections();
      front.close();
    }
  },
  LONG,
);

const delta = writeFrame(wire.ToDataplane.encode({ ipsetDeltaUpdate: { id: 's:lost', addedMembers: ['10.0.0.1/32'] } }).finish());
const huge = Buffer.alloc(8);
huge.writeBigUInt64LE(1n << 40n);
const garbage = writeFrame(Buffer.from('3aff', 'hex'));

test.each([
  ['a delta for an unknown set', 'CEXT_SHIPPER_SET_UNKNOWN', delta],
  ['a frame over 256 MiB', 'CEXT_PIPE_FRAME_TOO_LONG', huge],
  ['an undecodable message', 'CEXT_SHIPPER_MESSAGE_UNREADABLE', garbage],
])(
  '%s: alarm, then exit 1; the cloud keeps the last good state',
  async (_, code, bad) => {
    const stream = recording.stream(1);
    const felix = start();
    await felix.play(stream);
    await until(reaches(stream));
    await felix.play(Buffer.concat([bad, stream]));
    const { text } = await page(felix, '/healthz');
    expect(text).toContain(code);
    expect((await page(felix, '/metrics')).text).toContain(`cextfire_shipper_alarms_total{code="${code}"} 1`);
    expect(await felix.exited).toMatchObject({ code: 1 });
    expect(logged(felix).filter((line) => line.level === 60)).toEqual([expect.objectContaining({ code })]);
    expect(reaches(stream)()).toBe(true);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue }));
    expect(Messages).toEqual([]);
  },
  LONG,
);

test(
  'a truncated frame at the end: what came whole is sent, then exit 1 with its code',
  async () => {
    const stream = recording.stream(1);
    const felix = start();
    await felix.play(Buffer.concat([stream, stream.subarray(0, 11)]));
    expect(await felix.end()).toMatchObject({ code: 1 });
    expect(logged(felix)).toContainEqual(expect.objectContaining({ code: 'CEXT_PIPE_FRAME_TRUNCATED' }));
    await until(reaches(stream));
  },
  LONG,
);

test(
  'a wrong environment and a missing pipe: one message, exit 2',
  async () => {
    const felix = start({ CEXTFIRE_QUEUE_URL: 'not a url', CEXTFIRE_COLOUR: 'red', CEXTFIRE_STREAM: undefined });
    expect(await felix.exited).toMatchObject({ code: 2 });
    expect(logged(felix)).toEqual([expect.objectContaining({ code: 'CEXT_SHIPPER_ENVIRONMENT' })]);
    const message = String(logged(felix)[0]?.msg);
    for (const name of ['CEXTFIRE_STREAM is missing', 'CEXTFIRE_QUEUE_URL is wrong', 'CEXTFIRE_COLOUR is unknown'])
      expect(message).toContain(name);
    expect(felix.stderr).not.toContain('not a url');
  },
  LONG,
);

test(
  'a Felix that is gone is noticed even when no EOF shows it',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cextfire-orphan-'));
    const pidOf = (name: string) => Number(readFileSync(join(folder, name), 'utf8'));
    const alive = (pid: number) => existsSync(`/proc/${pid}/exe`);
    try {
      const felix = playFelix({
        program: '/bin/sh',
        // The parent of the shipper ends; someone else keeps the writing end of its pipe open.
        args: [
          '-c',
          `cd "${folder}"; "${SHIPPER_PROGRAM}" 2>log & echo $! >shipper; sleep 30 5>/proc/self/fd/3 2>/dev/null & echo $! >keeper; sleep 2`,
        ],
        env,
      });
      await felix.play(recording.stream(1));
      await felix.exited;
      for (let tries = 0; alive(pidOf('shipper')) && tries < 100; tries++) await sleep(50);
      const [shipperAlive, keeperAlive] = [alive(pidOf('shipper')), alive(pidOf('keeper'))];
      process.kill(pidOf('keeper'));
      expect([shipperAlive, keeperAlive]).toEqual([false, true]);
      expect(readFileSync(join(folder, 'log'), 'utf8')).toContain('Felix is gone');
      await until(reaches(recording.stream(1)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  LONG,
);
