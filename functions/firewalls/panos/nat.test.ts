/** Translation against the twin: static groups, what is left to the administrator, and the order of members and commits. */
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  bench,
  closeBench,
  desiredOf,
  fresh,
  LISTS,
  nets,
  packet,
  RULES,
  rule,
  sets,
  tcp,
  twin,
} from '../../../test/panos-firewall/bench.ts';
import type { FirewallState } from '../contract.ts';
import { natGroupsOf } from './nat-groups.ts';

afterAll(closeBench);
beforeEach(() => fresh());

test('a pod with its own address is translated before it is let through', async () => {
  const desired = desiredOf(RULES, LISTS);
  await bench.apply(desired);
  const next = desiredOf(RULES, { ...LISTS, pay: ['10.0.0.6/32', '10.1.0.0/24'] });
  const state = (await bench.read(next)).firewalls.get('fw');
  if (!state) throw new Error('no state');
  const steps = bench.connector.planMembers(state, next, [
    { set: 'pay', added: new Set(['10.0.0.6/32']), removed: new Set(['10.0.0.5/32']) },
  ]);
  expect(steps.map((step) => step.lane)).toEqual(['members', 'structure', 'structure', 'members']);
  for (const step of steps) {
    expect(await bench.run(step, next)).toMatchObject({ kind: 'done' });
    for (const source of ['10.0.0.5', '10.0.0.6']) {
      const verdict = twin.decide(packet(source, '198.51.100.9', 8001), { from: 'trust', to: 'untrust' });
      if (verdict.action === 'allow') expect(verdict.nat).toBe('cf_npay');
    }
  }
  expect(twin.decide(packet('10.0.0.6', '198.51.100.9', 8001), { from: 'trust', to: 'untrust' }).action).toBe('allow');
  const read = (await bench.read(next)).firewalls.get('fw')?.sets;
  expect(read?.get('pay')?.nat).toEqual(new Set(['10.0.0.6/32', '10.1.0.0/24']));
  expect(read?.get('web')?.nat).toBeUndefined();
  // what is left is the address object that no group names any more
  const left = await bench.plan(next, 'digest');
  expect(left.steps.flatMap((step) => step.removes)).toEqual(['address cf_a10_0_0_5_32']);
});

describe("what an earlier rule leaves to the administrator's NAT", () => {
  const TRANSLATED = { kind: 'address', address: '203.0.113.200' } as const;
  const earlier = rule('a', { source: sets('web'), services: tcp(443), families: [4] });
  const later = rule('b', { source: sets('pay', 'web'), services: tcp(443, 444), families: [4], translation: TRANSLATED });
  const natOf = (from: string, port: number) => twin.decide(packet(from, '198.51.100.9', port), { from: 'trust', to: 'untrust' }).nat;

  test('is told apart by sources and by ports', async () => {
    const desired = desiredOf([earlier, later], LISTS);
    await bench.apply(desired);
    expect([natOf('10.0.0.1', 443), natOf('10.0.0.1', 444)]).toEqual(['hide-all', 'cf_nb']);
    expect([natOf('10.0.0.5', 443), natOf('10.0.0.5', 444)]).toEqual(['cf_nb_2', 'cf_nb']);
    expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  });

  test('follows its members: who joins the earlier rule passes there only when it is no longer translated', async () => {
    await bench.apply(desiredOf([earlier, later], LISTS));
    const lists = { ...LISTS, web: [...(LISTS.web ?? []), '10.0.0.5/32'] };
    const desired = desiredOf([earlier, later], lists);
    const state = (await bench.read(desired)).firewalls.get('fw') as FirewallState;
    expect(state.sets.get('web')?.nat?.has('10.0.0.5/32')).toBe(false);
    expect(state.sets.get('web')?.nat?.has('10.0.0.1/32')).toBe(true);
    const changes = [{ set: 'web', added: new Set(['10.0.0.5/32']), removed: new Set<string>() }];
    const steps = bench.connector.planMembers(state, desired, changes);
    const seen: unknown[] = [];
    for (const step of steps) {
      seen.push([step.id, natOf('10.0.0.5', 443)]);
      await bench.run(step, desired);
    }
    expect(seen).toEqual([
      ['fw/nat members', 'cf_nb_2'],
      ['fw/nat commit', 'cf_nb_2'],
      ['fw/members joining', 'hide-all'],
    ]);
    expect([natOf('10.0.0.5', 443), natOf('10.0.0.5', 444)]).toEqual(['hide-all', 'cf_nb']);
    const after = (await bench.read(desired)).firewalls.get('fw') as FirewallState;
    expect(after.sets.get('web')?.nat?.has('10.0.0.5/32')).toBe(true);
    expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  });

  test('a group that somebody changed is put right', async () => {
    const desired = desiredOf([earlier, later], LISTS);
    await bench.apply(desired);
    const [difference] = [...natGroupsOf(desired).keys()].filter((name) => name.startsWith('cf_d'));
    const human = twin.human();
    human.config({
      action: 'edit',
      xpath: `/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']/address-group/entry[@name='${difference}']/static`,
      element: '<static><member>cf_nothing</member></static>',
    });
    human.commit();
    twin.advance(1_000);
    expect(natOf('10.0.0.5', 443)).toBe('hide-all');
    const state = (await bench.read(desired)).firewalls.get('fw');
    expect([state?.sets.get('pay')?.nat?.has('10.0.0.5/32'), state?.sets.get('web')?.nat?.has('10.0.0.1/32')]).toEqual([false, true]);
    await bench.apply(desired);
    expect(natOf('10.0.0.5', 443)).toBe('cf_nb_2');
  });
});

test("where destinations tell them apart, the administrator's NAT keeps what an earlier rule leaves to it", async () => {
  const desired = desiredOf(
    [
      rule('a', { source: sets('pay'), destination: nets('198.51.100.0/24'), families: [4] }),
      rule('b', { source: sets('pay'), families: [4], translation: { kind: 'address', address: '203.0.113.200' } }),
    ],
    LISTS,
  );
  await bench.apply(desired);
  const natOf = (to: string) => twin.decide(packet('10.0.0.5', to), { from: 'trust', to: 'untrust' }).nat;
  expect([natOf('198.51.100.9'), natOf('198.51.101.9')]).toEqual(['hide-all', 'cf_nb']);
  expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
});
