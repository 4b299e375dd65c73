/** Stands in for the ingest function in the tests of the cloud itself: says what it got, wakes every manager. */
import { readFileSync } from 'node:fs';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { queuesBeside } from '../../../functions/sqs.ts';

const settings = JSON.parse(readFileSync(new URL('settings.json', import.meta.url), 'utf8')) as { environment: string };
const sqs = new SQSClient();

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failures: string[] = [];
  let failed = false;
  for (const record of event.Records) {
    const receives = Number(record.attributes.ApproximateReceiveCount);
    failed ||= record.body.startsWith('fail-once') && receives === 1;
    if (record.body === 'hang') await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (failed) {
      failures.push(record.messageId);
      continue;
    }
    console.log(
      JSON.stringify({
        got: record.body,
        group: record.attributes.MessageGroupId,
        cluster: process.env.CEXTFIRE_CLUSTER,
        environment: settings.environment,
      }),
    );
    for (const url of Object.values(queuesBeside(process.env.CEXTFIRE_CONTROL_QUEUE_URL ?? '', process.env.CEXTFIRE_WAKE_QUEUES ?? '{}')))
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify({ kind: 'look', body: record.body }) }));
  }
  return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
}
