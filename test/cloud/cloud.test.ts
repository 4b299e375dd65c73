import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { synthesize } from './assembly.ts';
import { type Cloud, startCloud } from './cloud.ts';

const SHIPMENTS = 'Cluster-payments/Shipments';
const SECRET = 'cextfire/demo/edge';
let assembly: string;
let cloud: Cloud;
let sent = 0;

const ship = (body: string) => cloud.send(SHIPMENTS, body, { group: 'payments', deduplication: String(++sent) });
const got = () => cloud.logs.flatMap(({ text }) => (text.includes('"got"') ? [(JSON.parse(text) as { got: string }).got] : []));
async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await condition()); await sleep(20))
    if (Date.now() > end) throw new Error(`Not within 15 s: ${what}\n${cloud.logs.map(({ text }) => text).join('\n')}`);
}

beforeAll(async () => {
  assembly = synthesize('demo', 'test/cloud/stand-ins/app.ts');
  cloud = await startCloud({ assembly, visibilitySeconds: 1 });
  cloud.setSecret(SECRET, 's3cret');
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

test('a shipment runs through the deployed bundle of ingest and wakes apply', async () => {
  await ship('hello');
  await until('the wake is counted', async () => {
    const { Item } = await cloud.dynamodb.send(
      new GetItemCommand({ TableName: cloud.tableName, Key: { pk: { S: 'manager#edge' }, sk: { S: 'look' } } }),
    );
    return Item?.wakes?.N === '1' && Item.secret?.S === 's3cret';
  });
  expect(got()).toEqual(['hello']);
  expect(cloud.logs.find(({ text }) => text.includes('hello'))?.text).toContain('"environment":"demo"');
  await until('the topic is heard', () => cloud.published.includes('look'));
  await until('the metric is read', () =>
    cloud.metrics.some(({ name, value, dimensions }) => name === 'Wakes' && value === 1 && dimensions.manager === 'edge'),
  );
});

test('the order of one group survives a failure in the middle', async () => {
  const before = got().length;
  const bodies = ['a1', 'fail-once-a2', 'a3', 'a4'];
  for (const body of bodies) await ship(body);
  await until('all four are through', () => got().length === before + 4);
  expect(got().slice(before)).toEqual(bodies);
}, 30_000);

test('a function killed before its first request to AWS is run again', async () => {
  const ingest = cloud.functions.get('Cluster-payments/Ingest');
  ingest?.killNext({ request: 1, when: 'before' });
  await ship('killed-once');
  await until('it ran twice', () => got().filter((body) => body === 'killed-once').length === 2);
  expect(ingest?.invocations.map(({ kind }) => kind)).toContain('killed');
}, 30_000);

test('a batch can be delivered twice', async () => {
  await cloud.settle();
  cloud.duplicateNext('Cluster-payments/Ingest', 1);
  await ship('twice');
  await until('it was seen twice', () => got().filter((body) => body === 'twice').length === 2);
});

test('schedules send what the template says', async () => {
  await cloud.runSchedules();
  await until('the audit is counted', async () => {
    const { Item } = await cloud.dynamodb.send(
      new GetItemCommand({ TableName: cloud.tableName, Key: { pk: { S: 'manager#edge' }, sk: { S: 'audit' } } }),
    );
    return Item?.wakes?.N === '1';
  });
});

test('no message is left behind', async () => {
  await cloud.settle(3_000);
  for (const name of cloud.queueUrls.keys()) if (name.endsWith('/Dead')) expect(await cloud.waiting(name)).toBe(0);
});

test.each([
  ['a type', { Strange: { Type: 'AWS::Strange::Thing' } }, 'Strange is a AWS::Strange::Thing, which this cloud does not know'],
  [
    'a property',
    { Strange: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5 } } },
    'Strange (AWS::SQS::Queue) has DelaySeconds, which this cloud does not know',
  ],
  ['a function', { Strange: { Type: 'AWS::SQS::Queue', Properties: { Tags: { 'Fn::Base64': 'x' } } } }, 'The template uses Fn::Base64'],
])('%s that it does not know stops the start', async (_, resources, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-strange-'));
  cpSync(assembly, folder, { recursive: true });
  const path = join(folder, 'cextfire-demo.template.json');
  const template = JSON.parse(readFileSync(path, 'utf8')) as { Resources: object };
  writeFileSync(path, JSON.stringify({ ...template, Resources: { ...template.Resources, ...resources } }));
  await expect(startCloud({ assembly: folder })).rejects.toThrow(message);
});
