/** The Lambda function behind the queue of one cluster. Everything it decides stands in receive.ts and judge.ts. */
import { processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { ClusterLog } from '../cluster/log.ts';
import { loadSettings } from '../settings-start.ts';
import { openSqs, queuesBeside } from '../sqs.ts';
import { DynamoDbTable } from '../table-dynamodb.ts';
import { ingestError } from './errors.ts';
import { emfMetrics, METRICS } from './metrics.ts';
import { IngestBatch, type IngestEvent, type IngestPorts } from './receive.ts';

const QUIET: ReadonlySet<IngestEvent['kind']> = new Set(['append', 'noted', 'duplicate']);

/** Batches of one FIFO queue: what failed and all behind it comes again; when the batch cannot be ended, all of it does. */
export function createHandler(ports: () => IngestPorts) {
  return middy<SQSEvent, SQSBatchResponse, Error, Context>().handler(async (event) => {
    const opened = ports();
    const batch = new IngestBatch(opened);
    try {
      const response = await processPartialResponse(
        event,
        (record: SQSRecord) => batch.take(record.body),
        new SqsFifoPartialProcessorAsync(),
        // Also a batch of which nothing could be stored has told something: poison, a snapshot to ask for.
        { throwOnFullBatchFailure: false },
      );
      await batch.finish();
      return response;
    } finally {
      opened.told?.();
    }
  });
}

/** From the function's environment and the settings beside its bundle. @throws CEXT_INGEST_CONFIGURATION */
function openPorts(): IngestPorts {
  const environment = (name: string): string => {
    const value = process.env[name];
    if (!value) throw ingestError('CEXT_INGEST_CONFIGURATION', `the environment variable ${name} is missing`);
    return value;
  };
  const cluster = environment('CEXTFIRE_CLUSTER');
  const settings = loadSettings(import.meta.url);
  const limits = settings.clusters[cluster];
  if (!limits) throw ingestError('CEXT_INGEST_CONFIGURATION', `cluster "${cluster}" is not in the settings`);
  const controlQueue = environment('CEXTFIRE_CONTROL_QUEUE_URL');
  const wakeQueues = Object.values(queuesBeside(controlQueue, environment('CEXTFIRE_WAKE_QUEUES')));
  const table = new DynamoDbTable(environment('CEXTFIRE_TABLE'));
  const sqs = openSqs();
  const send = (QueueUrl: string, message: unknown) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  const logger = new Logger({ serviceName: 'ingest', persistentLogAttributes: { cluster } });
  const metrics = emfMetrics(settings.environment, cluster);
  return {
    cluster,
    limits,
    table,
    log: new ClusterLog(table, cluster, { limits, keepDays: settings.keepDays, now: Date.now }),
    control: async (message) => {
      await send(controlQueue, message);
    },
    wake: async () => {
      await Promise.all(wakeQueues.map((url) => send(url, { kind: 'wake', cluster })));
    },
    tell: ({ kind, code, message }) => {
      metrics.addMetric(METRICS[kind].name, MetricUnit.Count, 1);
      if (!QUIET.has(kind)) logger.warn(message, { kind, ...(code ? { code } : {}) });
    },
    told: () => metrics.publishStoredMetrics(),
    now: Date.now,
  };
}

let opened: IngestPorts | undefined;
export const handler = createHandler(() => {
  opened ??= openPorts();
  return opened;
});
