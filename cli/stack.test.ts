/** What AWS answers to the command: no stack, half a stack, another account, no credentials. CloudFormation is a small server here. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { environmentFile } from '../infra/environment.ts';
import type { Io } from './io.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'cextfire-stack-'));
const settingsFile = join(folder, 'prod.yaml');
const before = { ...process.env };
let answer: { readonly status: number; readonly body: string };
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body));
});

beforeAll(async () => {
  writeFileSync(settingsFile, readFileSync(environmentFile('example'), 'utf8').replace('environment: example', 'environment: prod'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  const { port } = server.address() as AddressInfo;
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await new Promise((resolve) => server.close(resolve));
});

async function type(...words: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const io: Io = { width: 80, paint: (_, text) => text, out: say, error: say, ask: async () => 'y', variables: {} };
  const code = await run([...words, '-e', settingsFile], io);
  return { code, said: said.join('\n') };
}

const stack = (status: string, outputs: Readonly<Record<string, string>> = {}, account = '111122223333') => ({
  status: 200,
  body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
<StackName>cextfire-prod</StackName><StackId>arn:aws:cloudformation:eu-central-1:${account}:stack/cextfire-prod/x</StackId>
<StackStatus>${status}</StackStatus><CreationTime>2026-11-24T00:00:00Z</CreationTime><Outputs>${Object.entries(outputs)
    .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
    .join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
});
const refusal = (code: string, message: string, status = 400) => ({
  status,
  body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

test.each([
  [
    'no stack',
    refusal('ValidationError', 'Stack with id cextfire-prod does not exist'),
    2,
    'CEXT_CLI_NO_ENVIRONMENT: there is no stack cextfire-prod (eu-central-1)',
  ],
  [
    'a first deployment that failed',
    stack('ROLLBACK_COMPLETE'),
    1,
    'is ROLLBACK_COMPLETE and has no outputs; its first deployment failed: see why',
  ],
  ['one that still runs', stack('CREATE_IN_PROGRESS'), 1, 'its deployment has not ended: wait for it'],
  ['one that is being deleted', stack('DELETE_FAILED'), 1, 'it is being deleted, or that failed'],
  [
    'an older stack',
    stack('UPDATE_COMPLETE', { Other: 'x' }),
    1,
    'the stack cextfire-prod has no output TableName; deploy it again with these settings',
  ],
  [
    'another account',
    stack('UPDATE_COMPLETE', { TableName: 'x' }, '999999999999'),
    1,
    'these credentials are of account 999999999999, the settings say 111122223333',
  ],
  [
    'expired credentials',
    refusal('ExpiredToken', 'The security token included in the request is expired', 403),
    1,
    'is expired. Your credentials have expired: log in again',
  ],
  [
    'unknown credentials',
    refusal('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
    1,
    'AWS does not know these credentials: check --profile',
  ],
  [
    'a right that is missing',
    refusal('AccessDenied', 'User: x is not authorized to perform: cloudformation:DescribeStacks', 403),
    1,
    'This identity lacks a right: docs/reference/cli.md names those',
  ],
  ['too many requests', refusal('Throttling', 'Rate exceeded'), 1, 'Rate exceeded. Try again in a moment'],
])('%s', async (_, given, code, text) => {
  answer = given;
  const told = await type('status');
  expect(told).toEqual({ code, said: expect.stringContaining(text) });
  expect(told.said.split('\n')).toHaveLength(1);
});

test('no credentials, and a profile that is not there', async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  for (const words of [['status'], ['status', '--profile', 'nosuch'], ['approve', 'deadbeef', '-y', '--table', 'x']])
    expect(await type(...words)).toEqual({ code: 1, said: expect.stringMatching(/^CEXT_CLI_CLOUD: .*Log in \(`aws sso login`/) });
});

test('nobody there', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1';
  expect(await type('status')).toEqual({
    code: 1,
    said: expect.stringContaining('ECONNREFUSED 127.0.0.1:1. Check the network, and the name of the region'),
  });
});
