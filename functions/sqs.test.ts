import { expect, test } from '@jest/globals';
import { queuesBeside } from './sqs.ts';

test.each([
  ['AWS', 'https://sqs.eu-central-1.amazonaws.com/111122223333/', 'stack-Wake-ABC'],
  ['an emulator', 'http://127.0.0.1:4566/000000000000/', 'stack-Shipments.fifo'],
])('queues are found beside the one whose URL is known: %s', (_, place, name) => {
  expect(queuesBeside(`${place}own`, JSON.stringify({ pay: name, web: 'other' }))).toEqual({ pay: place + name, web: `${place}other` });
});
