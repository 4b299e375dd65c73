/** One commit domain: firewalls that share a manager, other people on it, and processes that overlap. */
import { expect, test } from '@jest/globals';
import { type FakeCall, FakeConnector } from '../../test/fake-firewall/connector.ts';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import type { Outcome } from '../firewalls/contract.ts';
import { freeze, unfreeze } from '../ledger/controls.ts';
import { listPlans, readConditions, status } from '../ledger/query.ts';

const web = rule('pay', 'web', 'pods', '203.0.113.0/24');
const mail = rule('pay', 'mail', 'pods', '198.51.100.0/24');
const south = { ...rule('pay', 'south', 'pods', '192.0.2.0/24'), border: 'south' };
const pods = { pods: ['10.0.0.1/32'] };
const both = ['edge', 'south'];
const running = (system: System) =>
  Object.fromEntries(
    [...system.devices].map(
      ([
        name,
        {
          running: { rules },
        },
      ]) => [name, rules.map((one) => one.id)],
    ),
  );

test('firewalls behind one manager share a plan and a commit lane; a frozen one and a failing one hold nobody else', async () => {
  let broken = true;
  const fault = ({ kind, step }: FakeCall, when: 'before' | 'after'): Outcome | undefined =>
    broken && kind === 'execute' && when === 'before' && step?.firewall === 'edge'
      ? { kind: 'failed', why: { code: 'CEXT_FAKE_FULL', message: 'table full', retry: 'later' } }
      : undefined;
  const system = new System({ firewalls: both }, { fault });
  system.world.say('pay', [web, south], pods, both);
  const engine = system.process();
  await engine.run(system.request());
  expect(running(system)).toEqual({ edge: [], south: ['south'] });
  expect((await readConditions(system.table)).map(({ code, subject, message }) => [code, subject.firewall, message])).toEqual([
    ['CEXT_APPLY_FAILED', 'edge', 'edge, step "fill pods": CEXT_FAKE_FULL: table full'],
  ]);
  broken = false;
  system.pass(400_000);
  await system.settle(engine);
  expect(running(system)).toEqual({ edge: ['web'], south: ['south'] });
  await freeze(system.table, 'south', 'bob', 'incident 7', system.nowMs);
  system.world.say('pay', [web, mail, south, { ...mail, id: 'south2', border: 'south' }], pods, both);
  await engine.run(system.request());
  expect(running(system)).toEqual({ edge: ['web', 'mail'], south: ['south'] });
  expect(system.holding()).toEqual(['CEXT_APPLY_FROZEN']);
  await unfreeze(system.table, 'south');
  await system.settle(engine);
  expect(running(system)).toEqual({ edge: ['web', 'mail'], south: ['south', 'south2'] });
  const plans = await listPlans(system.table, 'm');
  expect(plans.some((plan) => plan.firewalls.length === 2)).toBe(true);
  expect(system.holding()).toEqual([]);
});

test('waitThenInstall waits a quarter of an hour, also where the device does not say since when; install does not wait', async () => {
  for (const [foreignPending, minutes] of [
    ['install', 0],
    ['waitThenInstall', 15],
  ] as const) {
    const system = new System({ foreignPending });
    system.device.foreign = [{ who: 'carol', what: '3 uncommitted changes' }];
    const begin = system.nowMs;
    system.world.say('pay', [web], pods);
    await system.settle();
    expect(running(system)).toEqual({ edge: ['web'] });
    expect(Math.floor((system.nowMs - begin) / 60_000)).toBe(minutes);
  }
});

test('who blocks, what and since when is a condition with a begin and an end, told once each, and members go on', async () => {
  let locked = true;
  const since = '2026-11-23T11:00:00Z';
  const fault = ({ kind, step }: FakeCall, when: 'before' | 'after'): Outcome | undefined =>
    locked && kind === 'execute' && when === 'before' && step?.lane === 'structure'
      ? { kind: 'blocked', who: 'jdoe', what: 'commit lock', since }
      : undefined;
  const system = new System({}, { fault });
  locked = false;
  system.world.say('pay', [web], pods);
  const engine = system.process();
  await system.settle(engine);
  locked = true;
  system.world.say('pay', [web, mail], pods);
  for (let minute = 0; minute < 5; minute++) {
    await engine.run(system.request());
    system.pass(60_000);
    system.world.members('pay', 'pods', { add: [`10.0.1.${minute}/32`] });
  }
  await engine.run(system.request());
  expect(system.device.sets.get('pods')?.size).toBe(6);
  expect((await readConditions(system.table)).map((one) => one.message)).toEqual([
    `edge, step "rules all": jdoe blocks: commit lock since ${since}`,
  ]);
  locked = false;
  await system.settle(engine);
  expect(running(system)).toEqual({ edge: ['web', 'mail'] });
  expect(system.told.map(({ kind, condition }) => [kind, condition.code])).toEqual([
    ['begin', 'CEXT_APPLY_BLOCKED'],
    ['end', 'CEXT_APPLY_BLOCKED'],
  ]);
});

test('what a human must approve on the device is waited for', async () => {
  let approved = false;
  const fault = ({ kind, step }: FakeCall, when: 'before' | 'after'): Outcome | undefined =>
    !approved && kind === 'execute' && when === 'before' && step?.lane === 'structure'
      ? { kind: 'awaitingApproval', what: 'change 4711 in the workflow' }
      : undefined;
  const system = new System({}, { fault });
  system.world.say('pay', [web], pods);
  await system.process().run(system.request());
  expect((await readConditions(system.table))[0]?.message).toContain('waits for approval on the device: change 4711 in the workflow');
  expect((await status(system.table, ['edge']))[0]?.version).toBeUndefined();
  approved = true;
  await system.settle();
  expect(running(system)).toEqual({ edge: ['web'] });
  expect(system.holding()).toEqual([]);
});

test('a process that slept through its lease is refused by the device itself, and harms nothing', async () => {
  for (const lane of ['structure', 'members'] as const) {
    let asleep = false;
    const system = new System();
    system.world.say('pay', [web], pods);
    await system.settle();
    const sleepy = new FakeConnector(system.devices);
    const outcomes: Outcome[] = [];
    // The call is made when another process has long taken over.
    const execute = sleepy.execute.bind(sleepy);
    sleepy.execute = async (step, context) => {
      if (step.lane === lane && !asleep) {
        asleep = true;
        system.pass(300_000);
        if (lane === 'structure') system.world.say('pay', [mail], pods);
        else system.world.members('pay', 'pods', { remove: ['10.0.0.2/32'], add: ['10.0.0.3/32'] });
        await system.settle(system.process());
      }
      const outcome = await execute(step, context);
      outcomes.push(outcome);
      return outcome;
    };
    if (lane === 'structure') system.world.say('pay', [web, mail], pods);
    else system.world.members('pay', 'pods', { add: ['10.0.0.2/32'] });
    await system
      .process({ connector: sleepy })
      .run(system.request())
      .catch((error) => expect(error).toMatchObject({ code: 'CEXT_LEDGER_LEASE_LOST' }));
    expect(outcomes.map((one) => one.kind === 'failed' && one.why.code)).toContain('CEXT_FAKE_FENCED');
    await system.settle(system.process());
    expect(asleep).toBe(true);
    expect(running(system)).toEqual({ edge: lane === 'structure' ? ['mail'] : ['web'] });
    expect([...(system.device.sets.get('pods') ?? [])].sort()).toEqual(
      lane === 'structure' ? ['10.0.0.1/32'] : ['10.0.0.1/32', '10.0.0.3/32'],
    );
    expect(system.holding()).toEqual([]);
  }
});
