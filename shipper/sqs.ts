/** The two queues of a cluster, through the AWS SDK. Endpoints, region and credentials come from the SDK's own variables. */
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ControlQueue } from './control.ts';
import type { Epoch } from './dispatcher.ts';
import type { Sender } from './outbox.ts';

const LONG_POLL_S = 20;
const silent = () => undefined;
/** What fails is thrown, and told by us. */
const SILENT = { debug: silent, info: silent, warn: silent, error: silent };

/** One client; the sender and the control queue share its connections. */
export function openSqs(queueUrl: string): SQSClient {
  const { AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const region = AWS_REGION ?? AWS_DEFAULT_REGION ?? regionOf(queueUrl);
  return new SQSClient({
    // Retries are ours: they must keep the order, and never end.
    maxAttempts: 1,
    // A queue URL says where AWS is; an explicit endpoint says where something that stands for it is.
    useQueueUrlAsEndpoint: !(AWS_ENDPOINT_URL_SQS || AWS_ENDPOINT_URL),
    // Of a queue elsewhere the client would write a line of plain text to the console with every request, in the midst of our log.
    logger: SILENT,
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: (LONG_POLL_S + 5) * 1_000,
      throwOnRequestTimeout: true,
      // By itself an agent of Node knows nothing of HTTPS_PROXY and NO_PROXY.
      httpAgent: { proxyEnv: process.env },
      httpsAgent: { proxyEnv: process.env },
    },
    ...(region ? { region } : {}),
  });
}

/** https://sqs.eu-central-1.amazonaws.com/... -> eu-central-1 */
export function regionOf(queueUrl: string): string | undefined {
  return /^https:\/\/(?:vpce-[a-z0-9-]+\.)?sqs\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\./.exec(queueUrl)?.[1];
}

const SEND_TIMEOUT_MS = 10_000;

export function sqsSender(client: SQSClient, queueUrl: string, stream: string, epoch: Epoch): Sender {
  return {
    send: async ({ body, sequence }, signal) => {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: body,
          MessageGroupId: stream,
          MessageDeduplicationId: `${epoch.startedMs}-${epoch.random}-${sequence}`,
        }),
        { abortSignal: AbortSignal.any([signal, AbortSignal.timeout(SEND_TIMEOUT_MS)]) },
      );
    },
  };
}

export function sqsControlQueue(client: SQSClient, queueUrl: string): ControlQueue {
  return {
    receive: async (signal) => {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: LONG_POLL_S }),
        { abortSignal: signal },
      );
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, receipt: ReceiptHandle }));
    },
    delete: async (receipt) => {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
    },
  };
}
