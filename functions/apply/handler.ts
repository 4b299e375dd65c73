/** The Lambda function of one commit domain. All it decides stands in engine.ts; here it is wired to AWS. */
import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { WarmViews } from '../cluster/warm-views.ts';
import type { ConnectorFactory } from '../firewalls/contract.ts';
import { Compiler } from '../policy/compile.ts';
import { Algebra } from '../rulebook/algebra-context.ts';
import { difference } from '../rulebook/difference.ts';
import { prove } from '../rulebook/prove.ts';
import type { ManagerSettings } from '../settings.ts';
import { loadSettings } from '../settings-start.ts';
import { openSqs, queuesBeside } from '../sqs.ts';
import { DynamoDbTable } from '../table-dynamodb.ts';
import { FirewallSets } from './derived.ts';
import { Engine, type RunRequest, type WakeKind } from './engine.ts';
import { applyError } from './errors.ts';
import { emfMeter } from './metrics.ts';
import { secretReader } from './secrets.ts';
import { teller } from './tell.ts';

/** Left of the function's time for the ledger after the last call to a device. */
const LAST_MS = 15_000;
/** A request may outlive the function that made it by so much. */
const LONGEST_REQUEST_MS = 60_000;
const KINDS: readonly string[] = ['wake', 'audit', 'poll', 'again'] satisfies WakeKind[];

export interface Opened {
  run(request: RunRequest): Promise<void>;
  flush(): void;
  /** The look ended with an error that no condition tells: the table is away, a right is missing, a fault of ours. */
  failed(error: unknown): void;
}

/** A whole batch is one look; when the look fails, all its wakes come again. One process runs one look at a time. */
export function createHandler(open: () => Opened) {
  let before: Promise<unknown> = Promise.resolve();
  return middy<SQSEvent, SQSBatchResponse, Error, Context>().handler(async (event, context) => {
    const opened = open();
    const leftMs = context.getRemainingTimeInMillis();
    const now = Date.now();
    const kinds = new Set(event.Records.map((record) => kindOf(record.body)));
    const request = { kinds, deadlineMs: now + Math.max(leftMs - LAST_MS, leftMs / 2), leaseMs: leftMs + LONGEST_REQUEST_MS };
    const run = before.then(() => opened.run(request));
    before = run.catch(() => {});
    try {
      await run;
      return { batchItemFailures: [] };
    } catch (error) {
      opened.failed(error);
      return { batchItemFailures: event.Records.map((record) => ({ itemIdentifier: record.messageId })) };
    } finally {
      opened.flush();
    }
  });
}

/** A wake means "look": what cannot be read is one, too. */
function kindOf(body: string): WakeKind {
  try {
    const { kind } = JSON.parse(body) as { kind?: unknown };
    return KINDS.includes(kind as string) ? (kind as WakeKind) : 'wake';
  } catch {
    return 'wake';
  }
}

/** From the function's environment and the settings beside its bundle. Throws CEXT_APPLY_CONFIGURATION. */
function openEngine(factories: readonly ConnectorFactory<never>[]): Opened {
  const environment = (name: string): string => {
    const value = process.env[name];
    if (!value) throw applyError('CEXT_APPLY_CONFIGURATION', `the environment variable ${name} is missing`);
    return value;
  };
  const manager = environment('CEXTFIRE_MANAGER');
  const queue = environment('CEXTFIRE_WAKE_QUEUE_URL');
  const settings = loadSettings(import.meta.url);
  const managerSettings = settings.managers[manager];
  if (!managerSettings) throw applyError('CEXT_APPLY_CONFIGURATION', `manager "${manager}" is not in the settings`, { manager });
  const factory = factories.find(({ vendor }) => vendor === managerSettings.vendor) as ConnectorFactory<ManagerSettings> | undefined;
  if (!factory) {
    const message = `manager ${manager}: this function has no connector for vendor "${managerSettings.vendor}"`;
    throw applyError('CEXT_APPLY_CONFIGURATION', message, { manager });
  }
  const table = new DynamoDbTable(environment('CEXTFIRE_TABLE'));
  const sqs = openSqs();
  const logger = new Logger({ serviceName: 'apply', persistentLogAttributes: { manager } });
  const meter = emfMeter(settings.environment, manager);
  const secret = secretReader(new SecretsManagerClient(), managerSettings.secret, Date.now);
  const algebra = new Algebra();
  const engine = new Engine({
    manager,
    settings,
    table,
    views: new WarmViews(table, settings),
    connector: factory.connect({ name: manager, manager: managerSettings, secret, session: undefined }),
    compiler: () => new Compiler(),
    derived: () => new FirewallSets(),
    algebra: { prove: (a, b) => prove(a, b, { algebra }), difference: (a, b) => difference(a, b, { algebra }) },
    wakes: {
      later: async (kind, delayMs) => {
        const DelaySeconds = Math.min(900, Math.ceil(delayMs / 1000));
        await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify({ kind }), DelaySeconds }));
      },
    },
    teller: teller({
      table,
      sns: new SNSClient(),
      sqs,
      topic: process.env.CEXTFIRE_TOPIC_ARN,
      controlQueues: queuesBeside(queue, process.env.CEXTFIRE_CONTROL_QUEUES ?? '{}'),
      settings,
    }),
    meter,
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  });
  return {
    run: (request) => engine.run(request),
    flush: () => meter.flush(),
    failed: (error) => {
      meter.count('ApplyFailed', 1);
      logger.warn('the look failed; its wakes come again', error as Error);
    },
  };
}

/** The handler of a function that speaks to managers of these vendors. */
export function applyHandler(...factories: readonly ConnectorFactory<never>[]) {
  let opened: Opened | undefined;
  return createHandler(() => {
    opened ??= openEngine(factories);
    return opened;
  });
}
