/**
 * What each resource type of the template becomes here. A type or a property that is not listed stops the start: silence would mean
 * that the local way differs from the deployed one without anybody knowing.
 */
import { CreateTableCommand, type CreateTableCommandInput, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, type SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT, REGION } from './aws.ts';
import { CloudError } from './errors.ts';
import type { SecretStore } from './secrets-manager.ts';

export interface Services {
  readonly sqs: SQSClient;
  readonly sqsEndpoint: string;
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
  readonly secrets: SecretStore;
  /** Test option: messages come back sooner after a failure than in AWS. */
  readonly visibilitySeconds: number | undefined;
}

export interface Made {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}
type Properties = Readonly<Record<string, unknown>>;

interface ResourceType {
  /** properties that are carried out, or that change nothing that can be seen from here */
  readonly known: readonly string[];
  readonly make: (id: string, properties: Properties, services: Services) => Promise<Made> | Made;
}

const named = (service: string, kind: string, id: string): Made => ({
  ref: id,
  attributes: { Arn: `arn:aws:${service}:${REGION}:${ACCOUNT}:${kind}${id}` },
});

/** Permissions, keys, alarms and networks do not exist on one machine. infra/*.test.ts holds them. */
const NOTHING: Readonly<Record<string, (id: string) => Made>> = {
  'AWS::IAM::Role': (id) => ({ ref: id, attributes: { Arn: `arn:aws:iam::${ACCOUNT}:role/${id}`, RoleId: id } }),
  'AWS::IAM::Policy': (id) => ({ ref: id, attributes: {} }),
  'AWS::KMS::Key': (id) => named('kms', 'key/', id),
  'AWS::Logs::LogGroup': (id) => named('logs', 'log-group:', id),
  'AWS::CloudWatch::Alarm': (id) => named('cloudwatch', 'alarm:', id),
  'AWS::CloudWatch::Dashboard': (id) => ({ ref: id, attributes: {} }),
  'AWS::SQS::QueuePolicy': (id) => ({ ref: id, attributes: {} }),
  'AWS::SNS::TopicPolicy': (id) => ({ ref: id, attributes: {} }),
};

const TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::SQS::Queue': {
    known: [
      'FifoQueue',
      'ContentBasedDeduplication',
      'DeduplicationScope',
      'FifoThroughputLimit',
      'KmsMasterKeyId',
      'KmsDataKeyReusePeriodSeconds',
      'MaximumMessageSize',
      'MessageRetentionPeriod',
      'VisibilityTimeout',
      'RedrivePolicy',
      'RedriveAllowPolicy',
      'Tags',
    ],
    make: async (id, properties, { sqs, sqsEndpoint, visibilitySeconds }) => {
      const fifo = properties.FifoQueue === true;
      const attributes: Record<string, string> = {};
      for (const name of [
        'ContentBasedDeduplication',
        'DeduplicationScope',
        'FifoThroughputLimit',
        'MaximumMessageSize',
        'MessageRetentionPeriod',
        'VisibilityTimeout',
      ])
        if (properties[name] !== undefined) attributes[name] = String(properties[name]);
      if (fifo) attributes.FifoQueue = 'true';
      if (properties.RedrivePolicy) attributes.RedrivePolicy = JSON.stringify(properties.RedrivePolicy);
      if (visibilitySeconds !== undefined) attributes.VisibilityTimeout = String(visibilitySeconds);
      const name = `${id}${fifo ? '.fifo' : ''}`;
      await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
      // fauxqs' own URL has a host name that not every resolver knows; it finds queues by the path alone.
      const url = `${sqsEndpoint}/${ACCOUNT}/${name}`;
      return {
        ref: url,
        attributes: { Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`, QueueName: name, QueueUrl: url },
      };
    },
  },
  'AWS::DynamoDB::Table': {
    known: [
      'AttributeDefinitions',
      'KeySchema',
      'BillingMode',
      'TimeToLiveSpecification', // nothing expires here: items only stay longer than in AWS
      'PointInTimeRecoverySpecification',
      'SSESpecification',
      'DeletionProtectionEnabled',
      'Tags',
    ],
    make: async (id, properties, { dynamodb }) => {
      const { AttributeDefinitions, KeySchema } = properties as unknown as CreateTableCommandInput;
      await dynamodb.send(new CreateTableCommand({ TableName: id, AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST' }));
      return { ref: id, attributes: { Arn: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${id}` } };
    },
  },
  'AWS::SNS::Topic': {
    known: ['DisplayName', 'KmsMasterKeyId', 'Tags'],
    make: async (id, _properties, { sns }) => {
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: id }));
      return { ref: TopicArn, attributes: { TopicArn, TopicName: id } };
    },
  },
  'AWS::SecretsManager::Secret': {
    known: ['Name', 'Description', 'KmsKeyId', 'Tags'],
    make: (id, properties, { secrets }) => {
      const arn = secrets.create(String(properties.Name ?? id));
      return { ref: arn, attributes: { Id: arn } };
    },
  },
  // Carried out by cloud.ts, which starts them once everything stands.
  'AWS::Lambda::Function': {
    known: [
      'Architectures',
      'Code',
      'Description',
      'Environment',
      'Handler',
      'LoggingConfig',
      'MemorySize',
      'RecursiveLoop', // nobody looks for loops here
      'ReservedConcurrentExecutions',
      'Role',
      'Runtime',
      'Tags',
      'Timeout',
    ],
    make: (id) => named('lambda', 'function:', id),
  },
  'AWS::Lambda::EventSourceMapping': {
    known: [
      'BatchSize',
      'EventSourceArn',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'ScalingConfig',
      'Tags',
    ],
    make: (id) => ({ ref: id, attributes: { Id: id } }),
  },
  'AWS::Scheduler::Schedule': {
    known: ['Description', 'FlexibleTimeWindow', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'Target'],
    make: (id) => named('scheduler', 'schedule/default/', id),
  },
};

export function isKnown(type: string): boolean {
  return type in TYPES || type in NOTHING;
}

export async function makeResource(id: string, type: string, properties: Properties, services: Services): Promise<Made> {
  const nothing = NOTHING[type];
  if (nothing) return nothing(id);
  const resource = TYPES[type];
  if (!resource) throw new CloudError(`${id} is a ${type}, which this cloud does not know: teach it in test/cloud/resources.ts.`);
  const strange = Object.keys(properties).filter((property) => !resource.known.includes(property));
  if (strange.length > 0)
    throw new CloudError(
      `${id} (${type}) has ${strange.join(', ')}, which this cloud does not know: carry it out in test/cloud/resources.ts, or say there why it changes nothing.`,
    );
  return resource.make(id, properties, services);
}
