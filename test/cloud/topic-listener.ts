import { type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT, REGION } from './aws.ts';

/** Hears what is published, by way of a queue of its own that subscribes to the topics. */
export async function listenToTopics(
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
