/** What goes wrong on the way to the device: a clear outcome, nothing half done, and the next round ends where it should. */
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { Bench, bench, closeBench, desiredOf, fresh, LISTS, RULES, rule, sets, tcp, twin } from '../../../test/panos-firewall/bench.ts';
import { PanosManager } from '../../settings.ts';
import type { Step } from '../contract.ts';
import { paloAltoConnector } from './connector.ts';

afterAll(closeBench);
beforeEach(() => fresh());

test('locks: who, what, since', async () => {
  const desired = desiredOf(RULES, LISTS);
  twin.human().lock('config', 'change 4711');
  const state = await bench.read(desired);
  expect(state.foreign).toEqual([{ who: 'jdoe', what: 'config lock: change 4711', since: '2026-01-15T08:00:00Z' }]);
  const plan = bench.connector.plan(state, new Map([['fw', desired]]));
  const stage = plan.steps.find((step) => step.id === 'fw/stage 1') as Step;
  expect(await bench.connector.execute(stage, bench.context(desired))).toEqual({
    kind: 'blocked',
    who: 'jdoe',
    what: 'config lock: change 4711',
    since: '2026-01-15T08:00:00Z',
  });
  // membership does not wait for it
  expect(await bench.run(plan.steps[0] as Step, desired)).toMatchObject({ kind: 'done' });
  twin.human().unlock('config');
  expect(await bench.run(stage, desired)).toMatchObject({ kind: 'done' });
  twin.human().lock('commit');
  expect(await bench.run(plan.steps.find((step) => step.id === 'fw/commit') as Step, desired)).toMatchObject({
    kind: 'blocked',
    who: 'jdoe',
  });
});

test('a commit that fails leaves the candidate as it was, and says why', async () => {
  const desired = desiredOf(RULES, LISTS);
  twin.device.failNextCommit = 'rulebase is invalid for a reason';
  const plan = await bench.plan(desired);
  const outcomes = [];
  for (const step of plan.steps) outcomes.push(await bench.run(step, desired));
  expect(outcomes.at(-1)).toMatchObject({
    kind: 'failed',
    why: { code: 'CEXT_PANOS_COMMIT_FAILED', message: expect.stringContaining('for a reason') },
  });
  expect([...twin.device.configuration.owners.keys()]).toEqual([]);
  await bench.apply(desired);
});

test('a restart between staging and commit: nothing to commit is not done, and the next round stages anew', async () => {
  const desired = desiredOf(RULES, LISTS);
  const plan = await bench.plan(desired);
  for (const step of plan.steps.slice(0, -1)) await bench.run(step, desired);
  twin.device.reboot();
  twin.advance(60_000);
  const commit = plan.steps.at(-1) as Step;
  expect(await bench.run(commit, desired)).toMatchObject({
    kind: 'unknown',
    why: { code: 'CEXT_PANOS_STAGING_CONFLICT', message: expect.stringContaining('does not run') },
  });
  await bench.apply(desired);
  expect(await bench.run(commit, desired)).toEqual({ kind: 'done', wrote: 0, note: 'it runs already' });
  expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
});

test('answers that are no answers change nothing', async () => {
  const desired = desiredOf(RULES, LISTS);
  for (const kind of ['html', 'truncated', 'bomb', 'wrongTypes', 'otherVendor'] as const) {
    twin.faults.push({ kind, when: (parameters) => parameters.action === 'get' || parameters.type === 'op' });
    await expect(bench.read(desired)).rejects.toMatchObject({ code: 'CEXT_PANOS_ANSWER_NOT_UNDERSTOOD' });
    twin.faults.length = 0;
  }
  expect(twin.server.requests.every((one) => one.parameters.action !== 'multi-config')).toBe(true);
});

test('an answer without end is cut off', async () => {
  const patient = new Bench(twin, undefined, 30_000);
  twin.faults.push({ kind: 'huge', when: (parameters) => parameters.action === 'get' });
  await expect(patient.read(desiredOf(RULES, LISTS))).rejects.toMatchObject({
    code: 'CEXT_PANOS_ANSWER_NOT_UNDERSTOOD',
    message: expect.stringContaining('larger than'),
  });
  await patient.connector.close();
}, 60_000);

test('faults end in the state that is wanted, once the next round has read', async () => {
  const desired = desiredOf(RULES, LISTS);
  const kinds = [
    'timeoutBefore',
    'timeoutAfter',
    'cutAnswer',
    'doneButError',
    '429',
    '500',
    '503',
    '403',
    'batchError',
    'reset',
    'diskFull',
    'sessionTimedOut',
  ] as const;
  for (const kind of kinds) {
    for (const type of ['config', 'commit', 'user-id'] as const) {
      const lists = { ...LISTS, web: [`10.7.${kinds.indexOf(kind)}.${type.length}/32`] };
      const next = desiredOf(
        [...RULES, rule(`f${kinds.indexOf(kind)}${type[0]}`, { source: sets('web'), services: tcp(1000 + kinds.indexOf(kind)) })],
        lists,
      );
      twin.faults.push({
        kind,
        when: (parameters) => parameters.type === type && parameters.action !== 'get' && parameters.action !== 'show',
      });
      let left = 99;
      for (let round = 0; round < 4 && left > 0; round++) {
        const plan = await bench.plan(next, 'digest');
        expect(plan.conditions).toEqual([]);
        for (const step of plan.steps) if ((await bench.run(step, next)).kind !== 'done') break;
        left = (await bench.plan(next, 'digest')).steps.length;
      }
      expect([kind, type, left]).toEqual([kind, type, 0]);
      twin.faults.length = 0;
    }
  }
  expect(desired.firewall).toBe('fw');
  const foreign = ['office-to-internet', 'internet-to-web', 'DENY-ALL'];
  const native = (await bench.read(desired)).firewalls.get('fw')?.native as { order: { security: string[] } };
  expect(native.order.security.filter((name) => foreign.includes(name))).toEqual(foreign);
}, 120_000);

test('a key that was renewed is read again; a certificate that is not pinned gets nothing', async () => {
  const desired = desiredOf(RULES, LISTS);
  await bench.read(desired);
  twin.device.keys.clear();
  bench.secret = JSON.stringify({ user: twin.user, apiKey: twin.device.keyFor(twin.user) });
  await bench.read(desired);
  const manager = PanosManager.parse({
    vendor: 'panos',
    addresses: [twin.host],
    port: twin.port,
    tls: { fingerprints: ['ab'.repeat(32)] },
    secret: 'pan',
  });
  const wrong = paloAltoConnector('panos', 'pan', manager, async () => bench.secret, 1_500);
  const before = twin.server.requests.length;
  await expect(wrong.read({ what: 'pending', firewalls: [desired], members: 'none' })).rejects.toMatchObject({
    code: 'CEXT_PANOS_TLS_NOT_TRUSTED',
  });
  expect(twin.server.requests.length).toBe(before);
  await wrong.close();
});

test('a connection that died while nothing happened costs a read nothing, and a write is not repeated', async () => {
  const desired = desiredOf(RULES, LISTS);
  await bench.read(desired);
  twin.faults.push({ kind: 'reset' });
  await bench.read(desired);
  const plan = await bench.plan(desired);
  twin.faults.push({ kind: 'reset' });
  expect(await bench.run(plan.steps[0] as Step, desired)).toMatchObject({ kind: 'done' });
  twin.faults.push({ kind: 'reset', when: (parameters) => parameters.action === 'multi-config' });
  const stage = plan.steps.find((step) => step.id === 'fw/stage 1') as Step;
  expect(await bench.run(stage, desired)).toMatchObject({ kind: 'unknown' });
  expect(twin.faults).toEqual([]);
});

test('a bare key: whose it is shows on what was staged', async () => {
  const bare = new Bench(twin, twin.apiKey);
  await bare.apply(desiredOf(RULES, LISTS));
  await bare.connector.close();
});
