import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { startAws } from './aws.ts';
import type { AwsCall } from './meter.ts';

test('requests are counted as they go over the wire, with what DynamoDB consumed, and callers see nothing of it', async () => {
  const calls: AwsCall[] = [];
  const aws = await startAws({}, (call) => calls.push(call));
  const shared = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const dynamodb = new DynamoDBClient({ ...shared, endpoint: aws.endpoints.dynamodb });
  const sqs = new SQSClient({ ...shared, endpoint: aws.endpoints.sqs });
  try {
    const key = (name: 'pk' | 'sk', type: 'HASH' | 'RANGE') => ({ AttributeName: name, KeyType: type });
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'table',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      }),
    );
    const Item = { pk: { S: 'p' }, sk: { S: 's' }, body: { B: new Uint8Array(2500) } };
    const put = await dynamodb.send(new PutItemCommand({ TableName: 'table', Item }));
    expect(put.$metadata.httpStatusCode).toBe(200);
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(dynamodb.send(new PutItemCommand({ TableName: 'table', Item, ...condition }))).rejects.toThrow();
    const found = await dynamodb.send(
      new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'p' }, sk: { S: 's' } }, ConsistentRead: true }),
    );
    expect(found.Item?.body?.B?.length).toBe(2500);
    const values = { ExpressionAttributeNames: { '#p': 'pk' }, ExpressionAttributeValues: { ':p': { S: 'nobody' } } };
    await dynamodb.send(new QueryCommand({ TableName: 'table', KeyConditionExpression: '#p = :p', ConsistentRead: true, ...values }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(70_000) }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const units = calls
      .filter(({ service }) => service === 'dynamodb')
      .map(({ action, readUnits, writeUnits }) => [action, readUnits, writeUnits]);
    expect(units.slice(1)).toEqual([
      ['PutItem', 0, 3],
      ['PutItem', 0, 1],
      ['GetItem', 1, 0],
      ['Query', 1, 0],
    ]);
    expect(calls.find(({ action, service }) => action === 'PutItem' && service === 'dynamodb')?.subject).toBe('p s');
    const messages = calls.filter(({ service }) => service === 'sqs').slice(1);
    expect(messages.map(({ action, subject, empty }) => [action, subject, empty])).toEqual([
      ['SendMessage', 'q', false],
      ['ReceiveMessage', 'q', false],
      ['ReceiveMessage', 'q', true],
    ]);
    expect(messages[0]?.requestBytes).toBeGreaterThan(70_000);
    expect(messages[0]?.requestBytes).toBeLessThan(72_000);
  } finally {
    dynamodb.destroy();
    sqs.destroy();
    await aws.stop();
  }
});
