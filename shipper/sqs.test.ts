import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { expect, jest, test } from '@jest/globals';
import { openSqs as openForFunctions } from '../functions/sqs.ts';
import { openSqs } from './sqs.ts';

test.each([
  ['the shipper', openSqs],
  ['functions', openForFunctions],
])('%s: a queue outside AWS is asked where its URL says, without a word to the console', async (_, open) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/1/q`;
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => jest.spyOn(console, name).mockImplementation(() => undefined));
  const before = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'eu-central-1' });
  const client = open(url);
  try {
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'x' }));
    expect(asked).toEqual(['/']);
    for (const spy of spies) expect(spy.mock.calls).toEqual([]);
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.env = before;
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
