/**
 * One event source mapping: polls its queue as Lambda does and hands batches to its function.
 * Deletes what succeeded; what failed, and everything of an invocation that died, comes back when its visibility ends.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import type { Invocation, LocalFunction } from './execution.ts';

export interface EventSourceOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly function: LocalFunction;
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly concurrency: number;
  readonly reportsFailures: boolean;
  readonly region: string;
  readonly onBatch: (bodies: readonly string[]) => void;
  /** Fault: run this batch twice, as a second delivery before the first was deleted. */
  readonly duplicate: () => boolean;
}

const Response = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() }).nullish();

export class EventSource {
  readonly #options: EventSourceOptions;
  readonly #stop = new AbortController();
  readonly #loops: Promise<void>[];

  readonly queueUrl: string;

  constructor(options: EventSourceOptions) {
    this.queueUrl = options.queueUrl;
    this.#options = options;
    this.#loops = Array.from({ length: Math.min(options.concurrency, options.function.concurrency) }, () => this.#poll());
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#loops);
  }

  async #poll(): Promise<void> {
    const { function: fn } = this.#options;
    while (!this.#stop.signal.aborted) {
      // Other mappings of the function may have taken its concurrency; nothing is received that could not be run at once.
      if (fn.running >= fn.concurrency) {
        await sleep(5, undefined, { signal: this.#stop.signal }).catch(() => undefined);
        continue;
      }
      const messages = await this.#receive();
      if (messages.length === 0) continue;
      while (fn.running >= fn.concurrency && !this.#stop.signal.aborted) await sleep(2);
      if (this.#stop.signal.aborted) return;
      const event = this.#event(messages);
      this.#options.onBatch(messages.map(({ Body }) => Body ?? ''));
      let outcome = await fn.invoke(event);
      if (this.#options.duplicate()) outcome = await fn.invoke(event);
      if (this.#stop.signal.aborted) return;
      // What could not be deleted comes again, as with the service; the loop goes on.
      await this.#delete(messages, outcome).catch(() => undefined);
    }
  }

  async #receive(): Promise<readonly Message[]> {
    const first = await this.#receiveOnce(20, this.#options.batchSize);
    const until = Date.now() + this.#options.batchWindowMs;
    while (first.length > 0 && first.length < this.#options.batchSize && Date.now() < until)
      first.push(...(await this.#receiveOnce(Math.ceil((until - Date.now()) / 1000), this.#options.batchSize - first.length)));
    return first;
  }

  async #receiveOnce(waitSeconds: number, max: number): Promise<Message[]> {
    try {
      const { Messages = [] } = await this.#options.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#options.queueUrl,
          MaxNumberOfMessages: Math.min(10, max),
          WaitTimeSeconds: Math.min(20, waitSeconds),
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
        { abortSignal: this.#stop.signal },
      );
      return Messages;
    } catch {
      // A stopped cloud ends its polls; anything else is tried again, as the service would.
      if (!this.#stop.signal.aborted) await sleep(100);
      return [];
    }
  }

  #event(messages: readonly Message[]): SQSEvent {
    return {
      Records: messages.map((message) => ({
        messageId: message.MessageId ?? '',
        receiptHandle: message.ReceiptHandle ?? '',
        body: message.Body ?? '',
        attributes: (message.Attributes ?? {}) as unknown as SQSEvent['Records'][number]['attributes'],
        messageAttributes: {},
        md5OfBody: message.MD5OfBody ?? '',
        eventSource: 'aws:sqs',
        eventSourceARN: this.#options.queueArn,
        awsRegion: this.#options.region,
      })),
    };
  }

  async #delete(messages: readonly Message[], outcome: Invocation): Promise<void> {
    const failed = failedOf(messages, outcome, this.#options.reportsFailures);
    const done = messages.filter((message) => !failed.has(message.MessageId ?? ''));
    if (done.length === 0) return;
    await this.#options.sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: this.#options.queueUrl,
        Entries: done.map((message, at) => ({ Id: String(at), ReceiptHandle: message.ReceiptHandle })),
      }),
    );
  }
}

/** Ids of the messages that stay. Lambda fails the whole batch on an answer that it cannot read or that names an id it did not send. */
export function failedOf(messages: readonly Message[], outcome: Invocation, reportsFailures: boolean): ReadonlySet<string> {
  const all = new Set(messages.map((message) => message.MessageId ?? ''));
  if (outcome.kind !== 'result') return all;
  if (!reportsFailures) return new Set();
  const response = Response.safeParse(outcome.value);
  if (!response.success) return all;
  const failed = new Set(response.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => all.has(id)) ? failed : all;
}
