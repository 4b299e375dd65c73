import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('a proxy that the environment names is asked for the way to SQS, and for the way to STS by web identity', async () => {
  const asked: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on('connect', ({ url }, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const before = { ...process.env };
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-token-'));
  writeFileSync(join(folder, 'token'), 'x');
  process.env = {
    ...before,
    HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  for (const name of Object.keys(process.env))
    if (/^AWS_(ACCESS|SECRET|SESSION|PROFILE|ENDPOINT|ROLE|WEB)/.test(name)) delete process.env[name];
  const url = 'https://sqs.eu-central-1.amazonaws.com/123456789012/q';
  const send = async (variables: Record<string, string>) => {
    Object.assign(process.env, variables);
    const client = openSqs(url);
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'x' })).catch(() => undefined);
    client.destroy();
  };
  try {
    await send({ AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/pay', AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token') });
    expect(new Set(asked)).toEqual(new Set(['sts.eu-central-1.amazonaws.com:443']));
    asked.length = 0;
    await send({ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
    expect(new Set(asked)).toEqual(new Set(['sqs.eu-central-1.amazonaws.com:443']));
  } finally {
    process.env = before;
    rmSync(folder, { recursive: true });
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  }
});
