/**
 * A synthesized environment, running on this machine: embedded AWS, the deployed bundles in worker threads, real long polls.
 *
 *   cdk.out ──► resources (queues, table, secrets, topic) ──► functions (one worker per running event)
 *                     ▲                                            ▲
 *                     └── event sources poll queues, schedules ────┘
 */

import { rmSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AssemblyStack, type Resource, readAssembly, synthesize } from './assembly.ts';
import { type EmbeddedAws, REGION, startAws } from './aws.ts';
import { buildResources } from './build-resources.ts';
import { CloudError } from './errors.ts';
import { EventSource } from './event-source.ts';
import type { LocalFunction, LogLine, Metric } from './execution.ts';
import { resolveValue } from './intrinsics.ts';
import type { OnCall } from './meter.ts';
import { makeResource } from './resources.ts';
import { Schedule } from './schedule.ts';
import { countWaiting, settle } from './settle.ts';
import { type FunctionProperties, makeFunction } from './template-function.ts';
import { listenToTopics } from './topic-listener.ts';

export interface CloudOptions {
  /** Name or path of a settings file, synthesized on the way ... */
  readonly environmentFile?: string;
  /** ... or a folder that was synthesized before. */
  readonly assembly?: string;
  /** Visibility of all queues in seconds, instead of the template's: a test does not wait for minutes. */
  readonly visibilitySeconds?: number;
  /** Fixed ports, for somebody who types them; else any free one. */
  readonly ports?: { readonly sqs?: number; readonly dynamodb?: number; readonly secretsManager?: number };
  readonly onLog?: (line: LogLine) => void;
  readonly onPublish?: (message: string) => void;
  /** Every batch, when it is handed to a function. */
  readonly onBatch?: (name: string, bodies: readonly string[]) => void;
  /** Every request that reaches a service, after its answer. */
  readonly onCall?: OnCall;
  /** Priority of a function's threads, 0 to 19 as nice(1) has it: what would not share our processors may take what is left of them. */
  readonly niceness?: (functionName: string) => number;
  /** Start one worker per function beforehand. Default: yes. */
  readonly warm?: boolean;
}

export interface Cloud {
  readonly stackName: string;
  readonly endpoints: EmbeddedAws['endpoints'];
  /** Environment variables with which any AWS SDK finds this cloud. */
  readonly variables: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly outputDescriptions: Readonly<Record<string, string>>;
  readonly tableName: string;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  /** by construct path inside the stack: "Cluster-payments/Ingest", "Manager-edge/Apply" */
  readonly functions: ReadonlyMap<string, LocalFunction>;
  /** queue URL by construct path: "Cluster-payments/Shipments", ".../Shipments/Dead", "Cluster-payments/Control", "Manager-edge/Wakes" */
  readonly queueUrls: ReadonlyMap<string, string>;
  readonly logs: readonly LogLine[];
  readonly metrics: Metric[];
  /** messages published to the topic, oldest first */
  readonly published: readonly string[];
  readonly secretReads: number;
  setSecret(name: string, value: string): void;
  send(queue: string, body: string, group?: { readonly group: string; readonly deduplication: string }): Promise<void>;
  /** Messages in a queue, those in flight included. */
  waiting(queue: string): Promise<number>;
  /** Waits until the functions have nothing to do: their queues are empty and none of them runs. Delayed messages that are due within seconds count when asked for. */
  settle(timeoutMs?: number, options?: { readonly delayed?: boolean }): Promise<void>;
  /** Runs every schedule once, now. */
  runSchedules(): Promise<void>;
  /** The next `count` batches of this function run twice, as SQS may deliver them. */
  duplicateNext(name: string, count: number): void;
  stop(): Promise<void>;
}

export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const folder = options.assembly ?? synthesize(options.environmentFile ?? 'demo');
  const [stack, ...others] = readAssembly(folder);
  if (!stack || others.length > 0)
    throw new CloudError(`${folder} holds ${others.length + (stack ? 1 : 0)} stacks; one environment is one stack.`);
  const aws = await startAws(options.ports, options.onCall);
  const shared = { region: REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const clients = {
    sqs: new SQSClient({ ...shared, endpoint: aws.endpoints.sqs }),
    sns: new SNSClient({ ...shared, endpoint: aws.endpoints.sns }),
    dynamodb: new DynamoDBClient({ ...shared, endpoint: aws.endpoints.dynamodb }),
  };
  const down = async () => {
    for (const each of Object.values(clients)) each.destroy();
    await aws.stop();
    if (options.assembly === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    return await run(stack, aws, clients, down, options);
  } catch (error) {
    await down();
    throw error;
  }
}

interface Clients {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
}

async function run(
  stack: AssemblyStack,
  aws: EmbeddedAws,
  { sqs, sns, dynamodb }: Clients,
  down: () => Promise<void>,
  options: CloudOptions,
): Promise<Cloud> {
  const services = {
    sqs,
    sqsEndpoint: aws.endpoints.sqs,
    sns,
    dynamodb,
    secrets: aws.secrets,
    visibilitySeconds: options.visibilitySeconds,
  };
  const resources = Object.entries(stack.template.Resources);

  const references = await buildResources(stack, (id, resource, properties) => makeResource(id, resource.Type, properties, services));
  const propertiesOf = (resource: Resource) => resolveValue(resource.Properties ?? {}, references) as Record<string, unknown>;
  const ofType = (type: string) => resources.filter(([, resource]) => resource.Type === type);

  const logs: LogLine[] = [];
  const metrics: Metric[] = [];
  const published: string[] = [];
  const duplicates = new Map<string, number>();

  const functions = new Map<string, LocalFunction>();
  const byId = new Map<string, LocalFunction>();
  for (const [id, resource] of ofType('AWS::Lambda::Function')) {
    const name = pathOf(stack, id, resource).replace(/\/Function$/, '');
    const fn = makeFunction(stack, name, references.attribute(id, 'Arn'), propertiesOf(resource) as unknown as FunctionProperties, aws, {
      onLog: (line) => {
        logs.push(line);
        options.onLog?.(line);
      },
      onMetric: (metric) => metrics.push(metric),
      niceness: options.niceness?.(name) ?? 0,
    });
    functions.set(name, fn);
    byId.set(id, fn);
  }
  const queueUrls = new Map(
    ofType('AWS::SQS::Queue').map(([id, resource]) => [pathOf(stack, id, resource).replace(/\/Queue$/, ''), references.ref(id)]),
  );
  const urlNamed = (name: string) => {
    const url = queueUrls.get(name);
    if (url === undefined) throw new CloudError(`There is no queue "${name}", only ${[...queueUrls.keys()].join(', ')}.`);
    return url;
  };
  const urlByArn = new Map(ofType('AWS::SQS::Queue').map(([id]) => [references.attribute(id, 'Arn'), references.ref(id)]));
  const urlOf = (arn: string) => {
    const url = urlByArn.get(arn);
    if (url === undefined) throw new CloudError(`Nothing in the template is the queue ${arn}.`);
    return url;
  };

  if (options.warm ?? true) await Promise.all([...functions.values()].map((fn) => fn.warm()));
  const sources = ofType('AWS::Lambda::EventSourceMapping').map(([, resource]) => {
    const mapping = propertiesOf(resource) as unknown as MappingProperties;
    const fn = byId.get(mapping.FunctionName);
    if (!fn) throw new CloudError(`A mapping names the function ${mapping.FunctionName}, which is not in the template.`);
    return new EventSource({
      sqs,
      queueUrl: urlOf(mapping.EventSourceArn),
      queueArn: mapping.EventSourceArn,
      function: fn,
      batchSize: mapping.BatchSize ?? 10,
      batchWindowMs: (mapping.MaximumBatchingWindowInSeconds ?? 0) * 1000,
      concurrency: mapping.ScalingConfig?.MaximumConcurrency ?? fn.concurrency,
      reportsFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      region: REGION,
      onBatch: (bodies) => options.onBatch?.(fn.name, bodies),
      duplicate: () => {
        const left = duplicates.get(fn.name) ?? 0;
        if (left > 0) duplicates.set(fn.name, left - 1);
        return left > 0;
      },
    });
  });
  const send = async (url: string, body: string, group?: { readonly group: string; readonly deduplication: string }) => {
    const fifo = group ? { MessageGroupId: group.group, MessageDeduplicationId: group.deduplication } : {};
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...fifo }));
  };
  const schedules = ofType('AWS::Scheduler::Schedule').map(([id, resource]) => {
    const schedule = propertiesOf(resource) as unknown as ScheduleProperties;
    const url = urlOf(schedule.Target.Arn);
    return new Schedule(id, schedule.ScheduleExpression, () => send(url, schedule.Target.Input ?? '{}'));
  });
  const listening = new AbortController();
  const listener = listenToTopics(
    { sqs, sns, endpoint: aws.endpoints.sqs },
    ofType('AWS::SNS::Topic').map(([id]) => references.ref(id)),
    listening.signal,
    (message) => {
      published.push(message);
      options.onPublish?.(message);
    },
  );

  const outputs = Object.entries(stack.template.Outputs ?? {});
  const [table] = ofType('AWS::DynamoDB::Table');
  return {
    stackName: stack.name,
    endpoints: aws.endpoints,
    variables: aws.variables,
    outputs: Object.fromEntries(outputs.map(([name, { Value }]) => [name, String(resolveValue(Value, references))])),
    outputDescriptions: Object.fromEntries(outputs.map(([name, { Description }]) => [name, Description ?? ''])),
    tableName: table ? references.ref(table[0]) : '',
    sqs,
    dynamodb,
    functions,
    queueUrls,
    logs,
    metrics,
    published,
    get secretReads() {
      return aws.secrets.reads;
    },
    setSecret: (name, value) => aws.secrets.set(name, value),
    send: (queue, body, group) => send(urlNamed(queue), body, group),
    waiting: (queue) => countWaiting(sqs, urlNamed(queue)),
    settle: (timeoutMs = 30_000, { delayed = false } = {}) => settle(sqs, sources, [...functions.values()], timeoutMs, delayed),
    runSchedules: async () => {
      await Promise.all(schedules.map((schedule) => schedule.fire()));
    },
    duplicateNext: (name, count) => {
      duplicates.set(name, (duplicates.get(name) ?? 0) + count);
    },
    stop: async () => {
      listening.abort();
      for (const schedule of schedules) schedule.stop();
      // Functions first: a source that waits for one of them would wait for its time-out.
      await Promise.all([...functions.values()].map((fn) => fn.stop()));
      await Promise.all([...sources.map((source) => source.stop()), listener]);
      await down();
    },
  };
}

interface MappingProperties {
  readonly FunctionName: string;
  readonly EventSourceArn: string;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly FunctionResponseTypes?: readonly string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
}
interface ScheduleProperties {
  readonly ScheduleExpression: string;
  readonly Target: { readonly Arn: string; readonly Input?: string };
}

/** "Cluster-payments/Ingest/Function" of "cextfire-demo/Cluster-payments/Ingest/Function/Resource". */
function pathOf(stack: AssemblyStack, id: string, resource: Resource): string {
  const path = String(resource.Metadata?.['aws:cdk:path'] ?? id);
  return path.replace(`${stack.name}/`, '').replace(/\/Resource$/, '');
}
