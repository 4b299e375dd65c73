import { expect, test } from '@jest/globals';
import type { LocalFunction } from '../cloud/execution.ts';
import type { AwsCall } from '../cloud/meter.ts';
import { billOf, scale } from './bill.ts';
import { PRICES } from './prices.ts';
import { figure, quantile } from './row.ts';

const call = (over: Partial<AwsCall>): AwsCall => ({
  service: 'sqs',
  action: 'SendMessage',
  beganMs: 0,
  endedMs: 1,
  status: 200,
  requestBytes: 300,
  responseBytes: 100,
  subject: 'q.fifo',
  empty: false,
  readUnits: 0,
  writeUnits: 0,
  ...over,
});
const fn = (memoryMb: number, ...milliseconds: number[]) =>
  ({ memoryMb, invocations: milliseconds.map((ms) => ({ milliseconds: ms })) }) as unknown as LocalFunction;

test('a message of 65 KB is two requests, an empty poll and a look at the length of a queue are none', () => {
  const bill = billOf(
    [
      call({}),
      call({ requestBytes: 65 * 1024 }),
      call({ action: 'ReceiveMessage', empty: true }),
      call({ action: 'GetQueueAttributes' }),
      call({ subject: 'wakes' }),
    ],
    [],
  );
  expect(bill.sqsRequests).toBe(4);
  expect(bill.dollars).toBeCloseTo(3 * PRICES.sqsFifo + PRICES.sqsStandard, 12);
});

test('units of the table, invocations and the memory they hold are charged each at its price', () => {
  const bill = billOf([call({ service: 'dynamodb', writeUnits: 3, readUnits: 2 })], [fn(1024, 500, 500), fn(512, 1000)]);
  expect(bill).toMatchObject({ writeUnits: 3, readUnits: 2, invocations: 3, gbSeconds: 1.5 });
  const { dynamodbWrite, dynamodbRead, lambdaRequest, lambdaGbSecond } = PRICES;
  expect(bill.dollars).toBeCloseTo(3 * dynamodbWrite + 2 * dynamodbRead + 3 * lambdaRequest + 1.5 * lambdaGbSecond, 12);
  expect(scale(bill, 2)).toMatchObject({ writeUnits: 6, gbSeconds: 3 });
});

test('figures keep three digits, whole numbers all of them', () => {
  expect([0.0007712, 10.84, 1264.3, 42, 99.96, Number.NaN].map(figure)).toEqual(['0.000771', '10.8', '1264', '42', '100', 'none']);
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
});
