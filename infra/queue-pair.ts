/** A queue and the dead-letter queue behind it, both encrypted, both TLS only. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './findings.ts';

/** Explicit, because CloudFormation resets it to 256 KiB on an update; our own bodies stay under that so that every SQS takes them. */
const MAX_BODY_BYTES = 256 * 1024;
const BASE = { maxMessageSizeBytes: MAX_BODY_BYTES, enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY } as const;

export interface QueuePairProps {
  readonly key: IKey;
  readonly fifo: boolean;
  /** of the function that reads it */
  readonly functionTimeout: Duration;
  readonly maxReceives: number;
}

export class QueuePair extends Construct {
  readonly queue: Queue;
  readonly dead: Queue;

  constructor(scope: Construct, id: string, props: QueuePairProps) {
    super(scope, id);
    const encryption = { encryption: QueueEncryption.KMS, encryptionMasterKey: props.key, dataKeyReuse: Duration.hours(1) };
    const fifo = props.fifo
      ? // High-throughput mode: a flood in one group leaves the limits of the others alone.
        { fifo: true, deduplicationScope: DeduplicationScope.MESSAGE_GROUP, fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID }
      : {};
    this.dead = new Queue(this, 'Dead', {
      ...BASE,
      ...encryption,
      ...(props.fifo ? { fifo: true } : {}),
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: { redrivePermission: RedrivePermission.ALLOW_ALL },
    });
    acknowledge(this.dead, 'Serverless-SQSRedrivePolicy', 'It is the dead-letter queue itself.');
    this.queue = new Queue(this, 'Queue', {
      ...BASE,
      ...encryption,
      ...fifo,
      retentionPeriod: Duration.days(4),
      // Not six times the time-out: see docs/decisions/0061-visibility-just-over-the-timeout.md
      visibilityTimeout: Duration.seconds(props.functionTimeout.toSeconds() + VISIBILITY_MARGIN_SECONDS),
      deadLetterQueue: { queue: this.dead, maxReceiveCount: props.maxReceives },
    });
  }
}

export const VISIBILITY_MARGIN_SECONDS = 10;
