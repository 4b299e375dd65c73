import { expect, jest, test } from '@jest/globals';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { freeze, unfreeze } from '../ledger/controls.ts';
import { acquireLease } from '../ledger/lease.ts';
import { emfMeter } from './metrics.ts';

const web = rule('pay', 'web', 'pods', '203.0.113.0/24');

test('the oldest change that is not on the firewall grows older until it is there', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  const engine = system.process();
  await system.settle(engine);
  expect(system.metrics.get('OldestChange')).toBe(0);
  await freeze(system.table, 'edge', 'jdoe', 'a change window', system.nowMs);
  system.world.members('pay', 'pods', { add: ['10.0.0.2/32'] });
  const age = async () => {
    system.metrics.clear();
    await engine.run(system.request());
    return system.metrics.get('OldestChange');
  };
  await age();
  system.nowMs += 600_000;
  expect(await age()).toBeGreaterThanOrEqual(600);
  await unfreeze(system.table, 'edge');
  expect(await age()).toBe(0);
});

test('a change that concerns no set on the firewall does not make it old', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'], others: [] });
  const engine = system.process();
  await system.settle(engine);
  system.world.saidMs = system.nowMs;
  system.world.members('pay', 'others', { add: ['10.0.0.9/32'] });
  await engine.run(system.request());
  system.nowMs += 600_000;
  system.metrics.clear();
  await engine.run(system.request());
  expect(system.metrics.get('OldestChange')).toBe(0);
  system.world.saidMs = system.nowMs;
  system.world.members('pay', 'pods', { add: ['10.0.0.2/32'] });
  await engine.run(system.request());
  expect(system.metrics.get('Latency') ?? 0).toBeLessThan(600_000);
});

test('an audit counts when it looked at everything, not when another run holds a lease', async () => {
  const system = new System();
  system.world.say('pay', [web], { pods: ['10.0.0.1/32'] });
  await system.settle();
  system.metrics.clear();
  await system.process().run(system.request('audit'));
  expect(system.metrics.get('Audits')).toBe(1);
  expect(system.metrics.get('Rules')).toBe(1);
  for (const lease of ['structure#m', 'members#edge'] as const) {
    const held = await acquireLease(system.table, lease, system.nowMs, 600_000);
    system.metrics.clear();
    await system.process().run(system.request('audit'));
    expect([lease, system.metrics.get('Audits')]).toEqual([lease, undefined]);
    if (held.kind === 'lease') await held.release();
  }
});

test('metrics go out as EMF, those of a firewall with its name', () => {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  const meter = emfMeter('prod', 'edge-manager');
  meter.count('ApplyFailed', 1, 'edge');
  meter.count('OldestChange', 7, 'edge');
  meter.flush();
  meter.flush();
  write.mockRestore();
  const emitted = lines
    .flatMap((text) => text.split('\n'))
    .filter((text) => text.includes('_aws'))
    .map((text) => JSON.parse(text) as Record<string, unknown> & { _aws: { CloudWatchMetrics: { Dimensions: string[][] }[] } });
  expect(emitted.map(({ _aws }) => _aws.CloudWatchMetrics[0]?.Dimensions)).toEqual([
    [['service', 'environment', 'manager']],
    [['service', 'environment', 'manager', 'firewall']],
  ]);
  expect(emitted[0]).toMatchObject({ ApplyFailed: 1, service: 'apply', environment: 'prod', manager: 'edge-manager' });
  expect(emitted[1]).toMatchObject({ OldestChange: 7, firewall: 'edge' });
});
