/** What a list of requests and invocations costs at list price. Counts come from what really went over the wire. */
import type { LocalFunction } from '../cloud/execution.ts';
import type { AwsCall } from '../cloud/meter.ts';
import { PRICES, SQS_UNIT_BYTES } from './prices.ts';

export interface Bill {
  /** in units of 64 KB, empty polls left out: they are what an idle mapping costs, see idle.ts */
  readonly sqsRequests: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly invocations: number;
  readonly gbSeconds: number;
  readonly secretCalls: number;
  readonly dollars: number;
}

/** Times are of this machine, which does all the work at once: seconds of functions are rather too many than too few. */
export function billOf(calls: readonly AwsCall[], functions: Iterable<LocalFunction>): Bill {
  let sqsRequests = 0;
  let writeUnits = 0;
  let readUnits = 0;
  let secretCalls = 0;
  let dollars = 0;
  for (const call of calls) {
    if (call.service === 'sqs') {
      // The bench itself looks how full queues are; nobody does that in production.
      if (call.empty || call.action === 'GetQueueAttributes') continue;
      const units = Math.max(1, Math.ceil(Math.max(call.requestBytes, call.responseBytes) / SQS_UNIT_BYTES));
      sqsRequests += units;
      dollars += units * (call.subject.endsWith('.fifo') ? PRICES.sqsFifo : PRICES.sqsStandard);
    } else if (call.service === 'dynamodb') {
      writeUnits += call.writeUnits;
      readUnits += call.readUnits;
    } else secretCalls++;
  }
  let invocations = 0;
  let gbSeconds = 0;
  for (const fn of functions)
    for (const { milliseconds } of fn.invocations) {
      invocations++;
      gbSeconds += (milliseconds / 1000) * (fn.memoryMb / 1024);
    }
  dollars +=
    writeUnits * PRICES.dynamodbWrite +
    readUnits * PRICES.dynamodbRead +
    invocations * PRICES.lambdaRequest +
    gbSeconds * PRICES.lambdaGbSecond +
    secretCalls * PRICES.secretCall;
  return { sqsRequests, writeUnits, readUnits, invocations, gbSeconds, secretCalls, dollars };
}

/** The same for so many times as much. */
export function scale(bill: Bill, factor: number): Bill {
  return Object.fromEntries(Object.entries(bill).map(([name, value]) => [name, value * factor])) as unknown as Bill;
}
