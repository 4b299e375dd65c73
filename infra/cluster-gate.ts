/**
 * What one cluster has in the account: a FIFO queue to write to, a control queue to read from, and an ingest function of its own behind it.
 * The queue is the cluster's identity: who can write to it speaks for that cluster and for no other.
 */
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ArnPrincipal, OpenIdConnectPrincipal, OpenIdConnectProvider, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { milliseconds } from '../functions/duration.ts';
import { type ClusterSettings, issuerOf } from '../functions/settings.ts';
import { alarmsOfCluster, type Bell } from './alarms.ts';
import { BundledFunction } from './bundled-function.ts';
import { acknowledge } from './findings.ts';
import type { EnvironmentKey } from './key.ts';
import { QueuePair } from './queue-pair.ts';
import { rightsOfIngest } from './table-rights.ts';

const SEND = ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'];
const READ_CONTROL = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
];
const TIMEOUT = Duration.seconds(30);
export const INGEST_MEMORY_MB = 512;

export interface ClusterGateProps {
  readonly cluster: string;
  readonly settings: ClusterSettings;
  /** whether its function reserves its share of the account's concurrency */
  readonly reserve: boolean;
  readonly bundle: string;
  readonly key: EnvironmentKey;
  readonly bell: Bell;
}

export class ClusterGate extends Construct {
  readonly queues: QueuePair;
  readonly control: Queue;
  readonly ingest: BundledFunction;
  readonly sender: Role | undefined;
  readonly alarms: readonly Alarm[];
  readonly #cluster: string;
  readonly #key: EnvironmentKey;

  constructor(scope: Construct, id: string, props: ClusterGateProps) {
    super(scope, id);
    this.#cluster = props.cluster;
    this.#key = props.key;
    const { key } = props.key;
    this.queues = new QueuePair(this, 'Shipments', { key, fifo: true, functionTimeout: TIMEOUT, maxReceives: 10 });
    this.control = new Queue(this, 'Control', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      maxMessageSizeBytes: 256 * 1024,
      retentionPeriod: Duration.hours(1),
      visibilityTimeout: Duration.seconds(30),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const noDeadLetters =
      'Read by the shipper, not by a function: a request that nobody read within the hour is void, and apply asks again.';
    acknowledge(this.control, 'AwsSolutions-SQS3', noDeadLetters);
    acknowledge(this.control, 'Serverless-SQSRedrivePolicy', noDeadLetters);

    this.ingest = new BundledFunction(this, 'Ingest', {
      description: `cextfire ingest of ${props.cluster}`,
      bundle: props.bundle,
      key,
      memoryMb: INGEST_MEMORY_MB,
      timeout: TIMEOUT,
      // One stream is one FIFO group and runs one at a time; a second lets a cluster's new stream in while an old one is retried.
      concurrency: 2,
      reserve: props.reserve,
      environment: { CEXTFIRE_CLUSTER: props.cluster, CEXTFIRE_CONTROL_QUEUE_URL: this.control.queueUrl },
    });
    this.ingest.consume(this.queues.queue);
    this.ingest.role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.control.queueArn] }));
    props.key.allow(this.ingest.role, 'sqs');
    this.sender = this.#admit(props);

    this.alarms = alarmsOfCluster(this, props.bell, {
      cluster: props.cluster,
      silentMinutes: Math.ceil(milliseconds(props.settings.silentAfter) / 60_000),
      queues: this.queues,
      ingest: this.ingest.function,
    });
  }

  /** The part of the table that is this cluster's. */
  store(table: Table): void {
    this.ingest.function.addEnvironment('CEXTFIRE_TABLE', table.tableName);
    for (const right of rightsOfIngest(table.tableArn, this.#cluster)) this.ingest.role.addToPolicy(right);
    this.#key.allow(this.ingest.role, 'dynamodb');
  }

  /** Wakes these commit domains and no other. */
  wakes(queues: ReadonlyMap<string, Queue>): void {
    const names = Object.fromEntries([...queues].map(([manager, queue]) => [manager, queue.queueName]));
    this.ingest.function.addEnvironment('CEXTFIRE_WAKE_QUEUES', this.ingest.function.stack.toJsonString(names));
    if (queues.size > 0)
      this.ingest.role.addToPolicy(
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [...queues.values()].map((queue) => queue.queueArn) }),
      );
  }

  /** A role for the cluster's service account, or the principal that was given, straight in the policies of queue and key. */
  #admit({ cluster, settings, key }: ClusterGateProps): Role | undefined {
    const sender = settings.sender;
    if (!sender) return undefined;
    if ('principal' in sender) {
      const principals = [new ArnPrincipal(sender.principal)];
      this.queues.queue.addToResourcePolicy(
        new PolicyStatement({ sid: 'Shipper', principals, actions: SEND, resources: [this.queues.queue.queueArn] }),
      );
      this.control.addToResourcePolicy(
        new PolicyStatement({ sid: 'Shipper', principals, actions: READ_CONTROL, resources: [this.control.queueArn] }),
      );
      key.key.addToResourcePolicy(
        new PolicyStatement({
          principals,
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: ['*'],
          conditions: { StringEquals: { 'kms:ViaService': `sqs.${Aws.REGION}.amazonaws.com` } },
        }),
      );
      return undefined;
    }
    const issuer = issuerOf(sender.oidcProvider);
    const arn = sender.oidcProvider.startsWith('arn:')
      ? sender.oidcProvider
      : `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:oidc-provider/${issuer}`;
    const [namespace, name] = sender.serviceAccount.split('/');
    const role = new Role(this, 'Sender', {
      description: `cextfire shipper of cluster ${cluster}`,
      assumedBy: new OpenIdConnectPrincipal(OpenIdConnectProvider.fromOpenIdConnectProviderArn(this, 'Oidc', arn), {
        StringEquals: { [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${name}`, [`${issuer}:aud`]: 'sts.amazonaws.com' },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: SEND, resources: [this.queues.queue.queueArn] }));
    role.addToPolicy(new PolicyStatement({ actions: READ_CONTROL, resources: [this.control.queueArn] }));
    key.allow(role, 'sqs');
    return role;
  }
}
