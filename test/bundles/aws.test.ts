/** The AWS clients of the functions, bundled: what they retry, which errors they name, whose credentials they sign with. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Bundled, bundled } from './bundled.ts';

type Service = 'table' | 'secret' | 'queue' | 'topic';
type Answer = readonly [status: number, body: string];

const MD5 = createHash('md5').update('{}').digest('hex');
const DONE: Readonly<Record<Service, Answer>> = {
  table: [200, '{}'],
  secret: [200, JSON.stringify({ Name: 'fw/key', SecretString: 'open sesame' })],
  queue: [200, JSON.stringify({ MessageId: 'm1', MD5OfMessageBody: MD5 })],
  topic: [200, '<PublishResponse><PublishResult><MessageId>m2</MessageId></PublishResult></PublishResponse>'],
};
const json = (code: string): Answer => [400, JSON.stringify({ __type: `com.amazonaws.any#${code}`, message: 'told so' })];
const xml = (code: string, status = 400): Answer => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>told so</Message></Error></ErrorResponse>`,
];

let bundle: Bundled;
let server: Server;
let next: Record<Service, Answer[]>;
let asked: { readonly service: Service; readonly signed: string; readonly token: string | undefined; readonly agent: string }[];

function serviceOf(request: IncomingMessage, body: string): Service {
  const target = String(request.headers['x-amz-target'] ?? '');
  if (/Action=Publish/.test(body)) return 'topic';
  return target.startsWith('DynamoDB') ? 'table' : target.startsWith('secretsmanager') ? 'secret' : 'queue';
}

beforeAll(async () => {
  bundle = await bundled('test/bundles/aws-entry.ts');
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const service = serviceOf(request, body);
    const { authorization = '', 'x-amz-security-token': token, 'user-agent': agent = '' } = request.headers;
    asked.push({ service, signed: /Credential=([^/]+)/.exec(authorization)?.[1] ?? '', token: token as string | undefined, agent });
    const [status, text] = next[service].shift() ?? DONE[service];
    response.writeHead(status, { 'content-type': service === 'topic' ? 'text/xml' : 'application/x-amz-json-1.0' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  next = { table: [], secret: [], queue: [], topic: [] };
  asked = [];
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  bundle.remove();
});

/** As the runtime of Lambda hands them to a function. */
const LAMBDA = { AWS_ACCESS_KEY_ID: 'AKIDLAMBDA', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' };

function run(credentials: Readonly<Record<string, string>>): Promise<Readonly<Record<Service, unknown>>> {
  const { port } = server.address() as { port: number };
  const env = {
    PATH: process.env.PATH,
    HOME: '/nowhere',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    ...credentials,
  };
  return new Promise((resolve, reject) =>
    execFile(process.execPath, [bundle.file], { env }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}${stderr}`)) : resolve(JSON.parse(stdout)),
    ),
  );
}

const count = (service: Service) => asked.filter((one) => one.service === service).length;

test('every service answers, and is asked with the credentials of the function', async () => {
  expect(await run(LAMBDA)).toEqual({ table: true, secret: 'open sesame', queue: 'm1', topic: 'm2' });
  expect(asked).toEqual(
    (['table', 'secret', 'queue', 'topic'] as const).map((service) => ({
      service,
      signed: 'AKIDLAMBDA',
      token: 'session',
      agent: expect.stringMatching(/^aws-sdk-js\/3\.\d+\.\d+ /),
    })),
  );
});

test('what fails in passing is asked again', async () => {
  next = {
    table: [[500, '{}'], json('ProvisionedThroughputExceededException')],
    secret: [
      [503, ''],
      [500, '{}'],
    ],
    queue: [[500, '{}'], json('RequestThrottled')],
    topic: [[503, ''], xml('Throttling')],
  };
  expect(await run(LAMBDA)).toEqual({ table: true, secret: 'open sesame', queue: 'm1', topic: 'm2' });
  expect([count('table'), count('secret'), count('queue'), count('topic')]).toEqual([3, 3, 3, 3]);
});

test('what fails for good is named', async () => {
  next = {
    table: [json('ConditionalCheckFailedException')],
    secret: [json('ResourceNotFoundException')],
    queue: [json('QueueDoesNotExist')],
    topic: [xml('AuthorizationError', 403)],
  };
  expect(await run(LAMBDA)).toEqual({
    table: false,
    secret: 'ResourceNotFoundException: told so',
    queue: 'QueueDoesNotExist: told so',
    topic: 'AuthorizationErrorException: told so',
  });
  expect(asked).toHaveLength(4);
});

test('a function without credentials says so, and asks nobody', async () => {
  const said = await run({});
  for (const service of Object.values(said)) expect(service).toMatch(/^Error: Cannot find package '@aws-sdk\/credential-provider-/);
  expect(asked).toEqual([]);
});
