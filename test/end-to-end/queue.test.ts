/**
 * Every recording through the real shipper, a real queue and the handler of ingest: after every step the view read back from the log is the view
 * of the stream.
 *
 *   recording ──► shipper (process) ──► SQS FIFO (fauxqs) ──► handler of ingest ──► table ──► ClusterLog ──► view
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ClusterLog } from '../../functions/cluster/log.ts';
import type { MutableView } from '../../functions/cluster/mutable-view.ts';
import { createHandler } from '../../functions/ingest/handler.ts';
import { Cluster } from '../../functions/settings.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { type EmbeddedAws, REGION, startAws } from '../cloud/aws.ts';
import { MemoryTable } from '../cloud/memory-table.ts';
import { playRecording } from '../felix/player.ts';
import { listRecordings, type Recording } from '../felix/recording.ts';
import { recordedView } from '../felix/verdict-world.ts';

const PATIENCE_MS = 90_000;
let aws: EmbeddedAws;
let sqs: SQSClient;

beforeAll(async () => {
  [aws] = await Promise.all([startAws(), buildShipper()]);
  sqs = new SQSClient({ region: REGION, endpoint: aws.endpoints.sqs, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
}, PATIENCE_MS);
afterAll(async () => {
  sqs?.destroy();
  await aws?.stop();
});

/** One cluster: its queues, the ingest behind them, and whoever reads its log. */
class Gate {
  readonly url: string;
  readonly control: string;
  readonly asked: unknown[] = [];
  readonly told: string[] = [];
  readonly #log: ClusterLog;
  readonly #handler: ReturnType<typeof createHandler>;
  #view: MutableView | undefined;

  private constructor(url: string, control: string) {
    this.url = url;
    this.control = control;
    const table = new MemoryTable();
    const limits = Cluster.parse({ podCidrs: ['10.0.0.0/8'], maxMembers: 1_000_000 });
    this.#log = new ClusterLog(table, 'recorded', { limits, keepDays: 14, now: Date.now });
    const ports = {
      cluster: 'recorded',
      limits,
      table,
      log: this.#log,
      control: async (message: unknown) => void this.asked.push(message),
      wake: async () => undefined,
      tell: ({ kind, message }: { readonly kind: string; readonly message: string }) => void this.told.push(`${kind}: ${message}`),
      now: Date.now,
    };
    this.#handler = createHandler(() => ports);
  }

  static async open(name: string): Promise<Gate> {
    const queue = async (QueueName: string, Attributes?: Record<string, string>) =>
      (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
    return new Gate(await queue(`${name}.fifo`, { FifoQueue: 'true' }), await queue(`${name}-control`));
  }

  /** Reads the queue as a mapping would, until the view of the log has this digest. */
  async until(digest: string, step: string): Promise<MutableView> {
    for (const end = Date.now() + PATIENCE_MS; ; ) {
      this.#view ??= await this.#log.open();
      await this.#log.advance(this.#view);
      if (this.#view.digest === digest) return this.#view;
      if (Date.now() > end) throw new Error(`step "${step}" did not arrive; ingest said: ${this.told.slice(-5).join('; ')}`);
      if (!(await this.#take())) await sleep(10);
    }
  }

  async #take(): Promise<boolean> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: this.url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return false;
    const Records = Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '', Attributes = {} }) => ({
      messageId: MessageId,
      body: Body,
      receiptHandle: ReceiptHandle,
      attributes: Attributes,
    }));
    const event = { Records } as unknown as SQSEvent;
    const { batchItemFailures } = (await this.#handler(event, {} as Context)) as SQSBatchResponse;
    expect(batchItemFailures).toEqual([]);
    const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries }));
    return true;
  }
}

async function goThrough(recording: Recording): Promise<void> {
  const gate = await Gate.open(`${recording.scenario}-${recording.version}`.replaceAll('.', '-'));
  const felix = await playRecording(recording, {
    program: SHIPPER_PROGRAM,
    env: {
      ...aws.variables,
      CEXTFIRE_STREAM: 'recorded',
      CEXTFIRE_QUEUE_URL: gate.url,
      CEXTFIRE_CONTROL_QUEUE_URL: gate.control,
      CEXTFIRE_HTTP_PORT: '0',
      CEXTFIRE_HTTP_HOST: '127.0.0.1',
      CEXTFIRE_LOG_LEVEL: 'warn',
    },
    atMark: async (mark) => {
      // Before it is in sync a shipper says nothing.
      if (mark.frames === 0) return;
      const truth = recordedView(recording, mark);
      const view = await gate.until(truth.digest, mark.step);
      expect(plain(view)).toEqual(plain(truth));
    },
  });
  expect(await felix.terminate()).toMatchObject({ code: 0, signal: null });
  expect([gate.asked, gate.told.filter((line) => !/^(append|noted|duplicate):/.test(line))]).toEqual([[], []]);
}

const plain = (view: MutableView) => ({
  guid: view.clusterGuid,
  hostEndpoints: [...view.hostEndpoints].sort(),
  policies: [...view.policies].sort(([a], [b]) => (a < b ? -1 : 1)),
  sets: [...view.sets.values()].map(({ id, kind, members }) => [id, kind, [...members].sort().join()]).sort(),
  pools: [...view.pools].sort(),
  hosts: [...view.hosts].sort(),
  services: [...view.services].sort(),
});

// The versions of a scenario go side by side, and so do a handful of the small random worlds.
const groups = Map.groupBy(listRecordings(), ({ scenario }) => scenario.replace(/^(random-\d|wild-)\d*$/, '$1…'));
test.each([...groups])(
  '%s: the view after every step is that of the stream',
  async (_, recordings) => {
    await Promise.all(recordings.map(goThrough));
    expect(recordings.length).toBeGreaterThan(0);
  },
  3 * PATIENCE_MS,
);
