/** The client for the queues that functions send to. */
import { SQSClient } from '@aws-sdk/client-sqs';

const silent = () => undefined;

/**
 * The queue's URL says where it is. Where that is not where the SDK would have looked (an emulator, an endpoint of one's own), the SDK writes a line of
 * plain text to the console with every request, in the midst of a log of JSON; what fails is thrown, so nothing is lost by its silence.
 */
export function openSqs(): SQSClient {
  return new SQSClient({ logger: { debug: silent, info: silent, warn: silent, error: silent } });
}
