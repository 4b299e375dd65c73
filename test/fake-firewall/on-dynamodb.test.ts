/** The engine's ledger on DynamoDB's own protocol: the stories of functions/apply in short, on the table that AWS has. */
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import dynalite from 'dynalite';
import { approve } from '../../functions/ledger/controls.ts';
import { heldHashes, listPlans, readConditions, readHistory, rulebookAt, status, whyRule } from '../../functions/ledger/query.ts';
import { DynamoDbTable } from '../../functions/table-dynamodb.ts';
import { System } from './system.ts';
import { rule } from './world.ts';

const server = dynalite({ createTableMs: 0 });
let client: DynamoDBClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-central-1', credentials });
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName: 'ledger',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    }),
  );
});
afterAll(async () => {
  client.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test('a first apply, pods, a commit in a job, a held plan and its approval, an audit by another process, history', async () => {
  const system = new System({}, { commits: 2, slowNat: true });
  const table = new DynamoDbTable('ledger', client);
  const process = () => system.process({ table });
  const web = rule('pay', 'web', 'pods', '203.0.113.0/24', { translation: { kind: 'address', address: '198.18.0.7' } });
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  const engine = process();
  await system.settle(engine);
  const between = system.nowMs;
  system.world.members('pay', 'pods', { add: ['10.0.0.2/32'], remove: ['10.0.0.1/32'] });
  await system.settle(engine);
  expect([...(system.device.sets.get('pods') ?? [])]).toEqual(['10.0.0.2/32']);
  const all = rule('pay', 'all', 'pods', 'any', { services: 'any' });
  system.world.say('pay', [web, all], { pods: ['10.0.0.2/32'] });
  await system.settle(engine);
  expect((await readConditions(table)).map((one) => one.code)).toEqual(['CEXT_APPLY_HELD']);
  const held = await heldHashes(table, 'm', 'edge');
  for (const hash of held) await approve(table, 'edge', hash, 'ann', system.nowMs, held);
  await system.settle(engine);
  expect(system.device.running.rules.map((one) => one.id)).toEqual(['web', 'all']);
  const writes = system.device.writes.length;
  await system.settle(process(), 'audit');
  expect(system.device.writes.length).toBe(writes);
  expect(await readConditions(table)).toEqual([]);
  expect((await rulebookAt(table, 'edge', between))?.rules.map((one) => one.id)).toEqual(['web']);
  expect((await whyRule(table, 'edge', 'all'))?.brought?.approvedBy).toBe('ann');
  expect((await status(table, ['edge']))[0]).toMatchObject({ rules: 2, sets: 1, behind: {} });
  const history: string[] = [];
  for await (const entry of readHistory(table, 'edge', 0, system.nowMs))
    history.push(...entry.rules.map(({ id, change }) => `${change} ${id}`));
  expect(history).toEqual(['added web', 'added all']);
  expect((await listPlans(table, 'm')).length).toBeGreaterThan(2);
});
