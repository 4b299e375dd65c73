/**
 * A synthesized environment, running on this machine: embedded AWS, the deployed bundles in worker threads, real long polls.
 *
 *   cdk.out ──► resources (queues, table, secrets, topic) ──► functions (one worker per running event)
 *                     ▲                                            ▲
 *                     └── event sources poll queues, schedules ────┘
 */

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AssemblyStack, type Resource, readAssembly, synthesize } from './assembly.ts';
import { ACCOUNT, type EmbeddedAws, REGION, startAws } from './aws.ts';
import { CloudError } from './errors.ts';
import { EventSource } from './event-source.ts';
import { LocalFunction, type LogLine, type Metric } from './execution.ts';
import { type References, resolveValue } from './intrinsics.ts';
import type { OnCall } from './meter.ts';
import { type Made, makeResource } from './resources.ts';
import { Schedule } from './schedule.ts';

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

  const references = await build(stack, (id, resource, properties) => makeResource(id, resource.Type, properties, services));
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
  const listener = listen(
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

async function countWaiting(sqs: SQSClient, queueUrl: string, delayed = false): Promise<number> {
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

async function settle(
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

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Handler: string;
  readonly Runtime: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly ReservedConcurrentExecutions?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
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

function makeFunction(
  stack: AssemblyStack,
  name: string,
  arn: string,
  properties: FunctionProperties,
  aws: EmbeddedAws,
  listeners: { readonly onLog: (line: LogLine) => void; readonly onMetric: (metric: Metric) => void },
): LocalFunction {
  const folder = stack.assets.get(properties.Code.S3Key);
  if (folder === undefined) throw new CloudError(`${name}: the assembly has no asset ${properties.Code.S3Key}.`);
  if (!properties.Runtime.startsWith('nodejs'))
    throw new CloudError(`${name}: this cloud runs Node.js functions, not ${properties.Runtime}.`);
  const memoryMb = properties.MemorySize ?? 128;
  return new LocalFunction({
    name,
    arn,
    folder,
    handler: properties.Handler,
    memoryMb,
    timeoutMs: (properties.Timeout ?? 3) * 1000,
    concurrency: properties.ReservedConcurrentExecutions ?? 10,
    variables: {
      ...aws.variables,
      ...properties.Environment?.Variables,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      TZ: ':UTC',
    },
    ...listeners,
  });
}

/** Makes every resource once, those it refers to before it. */
async function build(
  stack: AssemblyStack,
  make: (id: string, resource: Resource, properties: Record<string, unknown>) => Promise<Made>,
): Promise<References> {
  const { template } = stack;
  for (const name of ['Conditions', 'Mappings'] as const)
    if (Object.keys(template[name] ?? {}).length > 0)
      throw new CloudError(`The template has ${name}, which this cloud does not know: teach it in test/cloud/cloud.ts.`);
  const made = new Map<string, Made>();
  const references: References = {
    ref: (name) => pseudo(name, stack) ?? need(name).ref,
    attribute: (name, attribute) => {
      const value = need(name).attributes[attribute];
      if (value === undefined)
        throw new CloudError(`This cloud does not know the attribute ${attribute} of ${name} (${template.Resources[name]?.Type}).`);
      return value;
    },
  };
  const need = (id: string): Made => {
    const known = made.get(id);
    if (known) return known;
    throw new Missing(id);
  };
  const visiting = new Set<string>();
  const ensure = async (id: string): Promise<void> => {
    if (made.has(id)) return;
    const resource = template.Resources[id];
    if (!resource) throw new CloudError(`The template refers to ${id}, which it does not have.`);
    if (visiting.has(id))
      throw new CloudError(`The template's resources refer to each other in a circle: ${[...visiting, id].join(' -> ')}`);
    visiting.add(id);
    for (;;) {
      try {
        const properties = resolveValue(resource.Properties ?? {}, references) as Record<string, unknown>;
        made.set(id, await make(id, resource, properties));
        break;
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        await ensure(error.id);
      }
    }
    visiting.delete(id);
  };
  for (const id of Object.keys(template.Resources)) await ensure(id);
  return references;
}

class Missing extends Error {
  readonly id: string;
  constructor(id: string) {
    super(id);
    this.id = id;
  }
}

function pseudo(name: string, stack: AssemblyStack): string | undefined {
  switch (name) {
    case 'AWS::Region':
      return REGION;
    case 'AWS::AccountId':
      return ACCOUNT;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stack.name;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack.name}/local`;
    default:
      return name === 'BootstrapVersion' ? '21' : undefined;
  }
}

/** "Cluster-payments/Ingest/Function" of "cextfire-demo/Cluster-payments/Ingest/Function/Resource". */
function pathOf(stack: AssemblyStack, id: string, resource: Resource): string {
  const path = String(resource.Metadata?.['aws:cdk:path'] ?? id);
  return path.replace(`${stack.name}/`, '').replace(/\/Resource$/, '');
}

/** Hears what is published, by way of a queue of its own that subscribes to the topics. */
async function listen(
  { sqs, sns, endpoint }: { readonly sqs: SQSClient; readonly sns: SNSClient; readonly endpoint: string },
  topics: readonly string[],
  signal: AbortSignal,
  hear: (message: string) => void,
): Promise<void> {
  if (topics.length === 0) return;
  await sqs.send(new CreateQueueCommand({ QueueName: 'cloud-listener' }));
  const QueueUrl = `${endpoint}/${ACCOUNT}/cloud-listener`;
  const queueArn = `arn:aws:sqs:${REGION}:${ACCOUNT}:cloud-listener`;
  for (const TopicArn of topics)
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn, Attributes: { RawMessageDelivery: 'true' } }));
  while (!signal.aborted) {
    try {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 }),
        { abortSignal: signal },
      );
      for (const { Body } of Messages) hear(Body ?? '');
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
