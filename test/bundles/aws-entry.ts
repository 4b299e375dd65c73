/** One call to each of AWS's services, by the clients and the code of our functions: bundled and started by aws.test.ts. Prints what became of each. */

import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { secretReader } from '../../functions/apply/secrets.ts';
import { openSqs } from '../../functions/sqs.ts';
import { DynamoDbTable } from '../../functions/table-dynamodb.ts';

const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
  table: () => new DynamoDbTable('table').put({ pk: 'a', sk: 'b', bytes: new Uint8Array([1, 2]) }, { kind: 'absent' }),
  secret: () => secretReader(new SecretsManagerClient(), 'fw/key', Date.now)(false),
  queue: async () =>
    (await openSqs().send(new SendMessageCommand({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/1/queue`, MessageBody: '{}' }))).MessageId,
  topic: async () =>
    (await new SNSClient().send(new PublishCommand({ TopicArn: 'arn:aws:sns:eu-central-1:111122223333:topic', Message: 'é <&>' })))
      .MessageId,
};

const became: Record<string, unknown> = {};
for (const [name, call] of Object.entries(CALLS)) {
  became[name] = await call().catch((error: Error) => {
    const { name: kind, message } = (error.cause as Error | undefined) ?? error;
    return `${kind}: ${message}`;
  });
}
console.log(JSON.stringify(became));
