/** Stands in for the apply function: counts in the table, reads its secret, publishes, writes one EMF metric line. */
import { readFileSync } from 'node:fs';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

const manager = process.env.CEXTFIRE_MANAGER ?? '';
const settings = JSON.parse(readFileSync(new URL('settings.json', import.meta.url), 'utf8')) as {
  managers: Record<string, { secret: string }>;
};
const table = new DynamoDBClient();
const secrets = new SecretsManagerClient();
const topic = new SNSClient();

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: settings.managers[manager]?.secret }));
  for (const record of event.Records) {
    const { kind } = JSON.parse(record.body) as { kind: string };
    await table.send(
      new UpdateItemCommand({
        TableName: process.env.CEXTFIRE_TABLE,
        Key: { pk: { S: `manager#${manager}` }, sk: { S: kind } },
        UpdateExpression: 'SET secret = :s ADD wakes :one',
        ExpressionAttributeValues: { ':one': { N: '1' }, ':s': { S: secret.SecretString ?? '' } },
      }),
    );
    await topic.send(new PublishCommand({ TopicArn: process.env.CEXTFIRE_TOPIC_ARN, Message: kind }));
  }
  console.log(
    JSON.stringify({
      _aws: {
        Timestamp: 0,
        CloudWatchMetrics: [{ Namespace: 'cextfire', Dimensions: [['manager']], Metrics: [{ Name: 'Wakes', Unit: 'Count' }] }],
      },
      manager,
      Wakes: event.Records.length,
    }),
  );
  return { batchItemFailures: [] };
}
