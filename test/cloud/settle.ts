/** When the functions have nothing to do: their queues are empty and none of them runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CloudError } from './errors.ts';
import type { EventSource } from './event-source.ts';
import type { LocalFunction } from './execution.ts';

export async function countWaiting(sqs: SQSClient, queueUrl: string, delayed = false): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'],
    }),
  );
  const later = delayed && Number(Attributes.ApproximateNumberOfMessagesDelayed) > 0 ? await countSoon(queueUrl) : 0;
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible) + later;
}

/** So far ahead somebody backs off or waits for a lease to run out; nearer, it is part of the work. */
const SOON_MS = 5_000;

/** Delayed messages that are due soon. SQS itself does not tell how long each one still waits; the embedded one does. */
async function countSoon(queueUrl: string): Promise<number> {
  const { origin, pathname } = new URL(queueUrl);
  const response = await fetch(`${origin}/_fauxqs/queues/${pathname.split('/').at(-1)}`);
  const { messages } = (await response.json()) as { readonly messages: { readonly delayed: readonly { readonly delayUntil?: number }[] } };
  return messages.delayed.filter(({ delayUntil = 0 }) => delayUntil < Date.now() + SOON_MS).length;
}

export async function settle(
  sqs: SQSClient,
  sources: readonly EventSource[],
  functions: readonly LocalFunction[],
  timeoutMs: number,
  delayed: boolean,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  // Twice: a function that has just ended may have sent a message that was not yet counted.
  for (let quiet = 0; quiet < 2; ) {
    const busy = functions.filter((fn) => fn.running > 0).map((fn) => `${fn.name} runs`);
    for (const { queueUrl } of sources) {
      const waiting = await countWaiting(sqs, queueUrl, delayed);
      if (waiting > 0) busy.push(`${waiting} messages in ${queueUrl.split('/').at(-1)}`);
    }
    quiet = busy.length === 0 ? quiet + 1 : 0;
    if (busy.length > 0 && Date.now() > end) throw new CloudError(`Not settled within ${timeoutMs} ms: ${busy.join(', ')}`);
    await sleep(10);
  }
}
