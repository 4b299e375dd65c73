/** The queues that functions send to. */
import { SQSClient } from '@aws-sdk/client-sqs';

const silent = () => undefined;

/**
 * The queue's URL says where it is. Where that is not where the SDK would have looked (an emulator, an endpoint of one's own), the SDK writes a line of
 * plain text to the console with every request, in the midst of a log of JSON; what fails is thrown, so nothing is lost by its silence.
 */
export function openSqs(): SQSClient {
  return new SQSClient({ logger: { debug: silent, info: silent, warn: silent, error: silent } });
}

/**
 * Functions are told one queue by its URL and the rest by name, as JSON {"who": "queue name"}: all are of one account and region, and a function's variables
 * have 4 KB in all, which the URLs of twenty clusters would fill.
 */
export function queuesBeside(url: string, namesJson: string): Readonly<Record<string, string>> {
  const names = JSON.parse(namesJson) as Readonly<Record<string, string>>;
  return Object.fromEntries(Object.entries(names).map(([who, name]) => [who, new URL(name, url).href]));
}
