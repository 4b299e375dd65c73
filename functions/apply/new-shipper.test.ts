/** A shipper that was restarted knows nothing of what the cloud holds against its cluster. */
import { expect, test } from '@jest/globals';
import { ControlMessage } from '../../proto/control.ts';
import { MemoryTable } from '../../test/cloud/memory-table.ts';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { replaceConditions } from '../ledger/conditions.ts';
import type { Views } from './ports.ts';
import { teller } from './tell.ts';

test('a new shipper is told once more, one that goes on is not, and what failed is told again', async () => {
  const system = new System();
  system.world.say('pay', [rule('pay', 'web', 'pods', '203.0.113.0/24')], { pods: ['10.0.0.1/32'] });
  const views = system.world.open();
  let shipper = 'a';
  const again: string[] = [];
  let broken = false;
  const engine = system.process({
    views: {
      ...views,
      advance: async (...asked: Parameters<Views['advance']>) => ({ ...(await views.advance(...asked)), shipper }),
    },
    teller: {
      conditions: async () => {},
      again: async (cluster) => {
        if (broken) throw new Error('away');
        again.push(`${cluster} ${shipper}`);
      },
    },
  });
  await system.settle(engine);
  for (let look = 0; look < 3; look++) await engine.run(system.request());
  expect(again).toEqual(['pay a']);
  shipper = 'b';
  broken = true;
  await expect(engine.run(system.request())).rejects.toThrow('away');
  broken = false;
  for (let look = 0; look < 3; look++) await engine.run(system.request());
  expect(again).toEqual(['pay a', 'pay b']);
});

test('what is told again is all that holds against this cluster, and nothing where nothing does', async () => {
  const table = new MemoryTable();
  const sent: { QueueUrl?: string; MessageBody?: string }[] = [];
  const client = { send: async (command: { input: object }) => void sent.push(command.input) } as never;
  const { again } = teller({
    table,
    sns: client,
    sqs: client,
    topic: undefined,
    controlQueues: { pay: 'https://q', web: 'https://w' },
    settings: { environment: 'test', borders: {} },
  });
  const held = { code: 'CEXT_APPLY_HELD', severity: 'error', message: 'too much' } as const;
  await replaceConditions(table, 'm', [{ ...held, subject: { cluster: 'pay' } }], 1, async () => {});
  for (const cluster of ['pay', 'web', 'elsewhere']) await again?.(cluster);
  expect(sent.map(({ QueueUrl }) => QueueUrl)).toEqual(['https://q']);
  const message = ControlMessage.parse(JSON.parse(sent[0]?.MessageBody ?? ''));
  expect(message.kind === 'conditions' && message.conditions.map(({ code }) => code)).toEqual(['CEXT_APPLY_HELD']);
});
