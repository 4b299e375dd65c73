/** The connector against the twin: what is planned is read back, and packets of the running configuration agree. */
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { bench, closeBench, desiredOf, fresh, LISTS, packet, RULES, rule, sets, tcp, twin } from '../../../test/panos-firewall/bench.ts';
import { parseAddress } from '../../packets/address.ts';
import type { Packet } from '../../packets/packet.ts';
import { evaluate } from '../../rulebook/evaluate.ts';
import { type FilterRule, NO_UNION, type Rulebook } from '../../rulebook/types.ts';
import type { Desired, FirewallState, Step } from '../contract.ts';

afterAll(closeBench);
beforeEach(() => fresh());

/** The device commits by itself when it starts. */
const commits = () => twin.device.jobs.filter(({ user }) => user !== '');

test('runs what was planned, is read back as the same, and then nothing is left to do', async () => {
  const desired = desiredOf(RULES, LISTS);
  const plan = await bench.apply(desired);
  expect(plan.steps.map((step) => step.lane)).toEqual(['members', 'members', 'members', 'structure', 'structure']);
  expect(commits()).toHaveLength(1);

  const running = (await bench.read(desired, 'running', 'all')).firewalls.get('fw');
  expect(running?.evidence).toBe('live');
  expect(running?.rulebook.rules.map((one) => [one.id, one.action, one.direction, one.translation.kind])).toEqual([
    ['deny1', 'deny', 'egress', 'absent'],
    ['web', 'allow', 'egress', 'absent'],
    ['pay', 'allow', 'egress', 'address'],
    ['in1', 'allow', 'ingress', 'absent'],
  ]);
  expect(running?.sets.get('pay')?.members).toEqual(new Set(LISTS.pay));
  expect(running?.sets.get('web')?.digest).toBe(desired.members.digest('web'));
  expect(running?.drift).toEqual([]);
  expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
});

test('decides packets as the rulebook does, in both families, and translates as it says', async () => {
  const desired = desiredOf(RULES, LISTS);
  await bench.apply(desired);
  const state = (await bench.read(desired, 'running')).firewalls.get('fw');
  const sources = ['10.0.0.1', '10.0.0.5', '10.0.0.66', '10.1.0.77', '10.9.9.9'];
  let compared = 0;
  for (const [family, from, to] of [
    [4, sources, ['198.51.100.9', '192.0.2.9']],
    [6, ['fd00::1', 'fd00::2'], ['2001:db8:5::9', '2001:db8:6::9']],
  ] as const) {
    for (const source of from)
      for (const destination of to)
        for (const port of [22, 443, 8000, 8011]) {
          const probe = packet(source, destination, port);
          expect(probe.family).toBe(family);
          const wanted = evaluate({ rulebook: desired.rulebook, members: desired.members }, 'edge', 'forward', probe);
          const rebuilt = evaluate({ rulebook: state?.rulebook as Rulebook, members: desired.members }, 'edge', 'forward', probe);
          const verdict = twin.decide(probe, { from: 'trust', to: 'untrust' });
          expect(rebuilt.kind).toBe(wanted.kind);
          expect(verdict.action).toBe(wanted.kind === 'allow' ? 'allow' : 'deny');
          if (wanted.kind === 'allow') expect(verdict.rule).toBe(`cf_r${wanted.rule.id}`);
          if (wanted.kind === 'allow' && wanted.rule.id === 'pay')
            expect(verdict.source?.[0]?.first).toBe(parseAddress('203.0.113.200')?.value);
          compared++;
        }
  }
  expect(compared).toBe(56);
  expect(twin.decide(packet('10.0.0.1', '198.51.100.9'), { from: 'trust', to: 'untrust' }).nat).toBe('hide-all');
});

test('a pod comes and goes without a commit', async () => {
  const desired = desiredOf(RULES, LISTS);
  await bench.apply(desired);
  const next = desiredOf(RULES, { ...LISTS, web: ['10.0.0.2/32', 'fd00::2/128'] });
  const state = (await bench.read(next)).firewalls.get('fw');
  if (!state) throw new Error('no state');
  const before = twin.server.requests.length;
  const steps = bench.connector.planMembers(state, next, [
    { set: 'web', added: new Set(['10.0.0.2/32', 'fd00::2/128']), removed: new Set(LISTS.web) },
  ]);
  expect(steps).toHaveLength(1);
  const open = (source: string) => twin.decide(packet(source, '198.51.100.9'), { from: 'trust', to: 'untrust' }).action;
  expect([open('10.0.0.1'), open('10.0.0.2')]).toEqual(['allow', 'deny']);
  expect(await bench.run(steps[0] as Step, next)).toMatchObject({ kind: 'done', wrote: 2 });
  expect([open('10.0.0.1'), open('10.0.0.2')]).toEqual(['deny', 'allow']);
  expect(twin.server.requests.length - before).toBe(2);
  expect(await bench.run(steps[0] as Step, next)).toMatchObject({ kind: 'done', wrote: 0 });
  expect(commits()).toHaveLength(1);
  expect((await bench.plan(next, 'digest')).steps).toEqual([]);
});

test("IPv6 subnets of a set are the rules' to name: as members they are never sent, and nothing waits for them", async () => {
  const lists = { nets: ['2001:db8:7::/48', '2001:db8:8::1/128', '192.0.2.0/24'] };
  const named = { include: { sets: ['nets'], prefixes: ['2001:db8:7::/48'] }, exclude: NO_UNION };
  const desired = desiredOf([rule('out', { destination: named, services: tcp(443) })], lists);
  await bench.apply(desired);
  const to = (address: string) => twin.decide(packet('fd00::1', address), { from: 'trust', to: 'untrust' }).rule;
  expect([to('2001:db8:7::9'), to('2001:db8:8::1'), to('2001:db8:8::2')]).toEqual(['cf_rout', 'cf_rout', 'DENY-ALL']);
  const state = (await bench.read(desired, 'running', 'all')).firewalls.get('fw') as FirewallState;
  expect(state.sets.get('nets')).toMatchObject({ digest: desired.members.digest('nets'), members: new Set(lists.nets) });
  expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  const more = desiredOf(desired.rulebook.rules as FilterRule[], { nets: [...lists.nets, '2001:db8:9::/48'] });
  const changes = [{ set: 'nets', added: new Set(['2001:db8:9::/48']), removed: new Set<string>() }];
  const count = twin.server.requests.length;
  for (const step of bench.connector.planMembers(state, more, changes))
    expect(await bench.run(step, more)).toEqual({ kind: 'done', wrote: 0 });
  expect(twin.server.requests.length).toBe(count);
});

test('an address that the device takes no more tags of holds up none of the others', async () => {
  await bench.apply(desiredOf(RULES, LISTS));
  for (let at = 0; at < 32; at++) twin.device.registeredIn('vsys1').register('10.0.0.9', `quarantine-${at}`, 0, true);
  const desired = desiredOf(RULES, { ...LISTS, web: ['10.0.0.2/32', '10.0.0.9/32'] });
  const changes = [{ set: 'web', added: new Set(['10.0.0.2/32', '10.0.0.9/32']), removed: new Set(['10.0.0.1/32', 'fd00::1/128']) }];
  const state = (await bench.read(desired)).firewalls.get('fw') as FirewallState;
  const [step] = bench.connector.planMembers(state, desired, changes);
  const refused = { kind: 'failed', why: { code: 'CEXT_PANOS_MEMBERS_REFUSED', message: expect.stringContaining('10.0.0.9') } };
  expect(await bench.run(step as Step, desired)).toMatchObject(refused);
  const fate = (from: string) => twin.decide(packet(from, '198.51.100.9'), { from: 'trust', to: 'untrust' }).action;
  expect(['10.0.0.1', '10.0.0.2', '10.0.0.9'].map(fate)).toEqual(['deny', 'allow', 'deny']);
});

test('a changed rulebook: no packet that both allow is dropped after any call, none that both deny passes', async () => {
  const before = desiredOf(RULES, LISTS);
  await bench.apply(before);
  const after = desiredOf(
    [
      RULES[1] as FilterRule,
      rule('new', { source: sets('fresh'), services: tcp(22) }),
      { ...(RULES[0] as FilterRule), services: tcp(22, 23) },
    ],
    { ...LISTS, fresh: ['10.0.0.66/32', '10.0.0.9/32'] },
  );
  const probes = ['10.0.0.1', '10.0.0.5', '10.0.0.9', '10.0.0.66'].flatMap((source) =>
    [22, 23, 443, 8001].map((port) => packet(source, '198.51.100.9', port)),
  );
  const allows = (desired: Desired, probe: Packet) =>
    evaluate({ rulebook: desired.rulebook, members: desired.members }, 'edge', 'forward', probe).kind === 'allow';
  let calls = 0;
  twin.server.onRequest = () => {
    calls++;
    for (const probe of probes) {
      const now = twin.decide(probe, { from: 'trust', to: 'untrust' }).action === 'allow';
      const [old, next] = [allows(before, probe), allows(after, probe)];
      if (old === next) expect(now).toBe(old);
    }
  };
  await bench.apply(after);
  expect(calls).toBeGreaterThan(5);
  for (const probe of probes) expect(twin.decide(probe, { from: 'trust', to: 'untrust' }).action === 'allow').toBe(allows(after, probe));
  expect((await bench.plan(after, 'digest')).steps).toEqual([]);
  expect([...twin.device.registered.list({ tag: 'cf_spay_4' })]).toEqual([]);
});

test("others' rules stay where they are, and ours stand at the anchor after a human moved things", async () => {
  const desired = desiredOf(RULES, LISTS);
  await bench.apply(desired);
  const rules = "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']/rulebase/security/rules";
  twin.human().config({ action: 'move', xpath: `${rules}/entry[@name='cf_rweb']`, where: 'top' });
  twin.human().config({ action: 'move', xpath: `${rules}/entry[@name='office-to-internet']`, where: 'before', dst: 'cf_rin1' });
  twin.human().commit();
  twin.advance(1_000);
  await bench.apply(desired);
  const order = (await bench.read(desired, 'running')).firewalls.get('fw')?.native as { order: { security: string[] } };
  expect(order.order.security).toEqual(['internet-to-web', 'office-to-internet', 'cf_rdeny1', 'cf_rweb', 'cf_rpay', 'cf_rin1', 'DENY-ALL']);
});

test("another administrator's uncommitted work is not published", async () => {
  twin.human().config({
    action: 'set',
    xpath: "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']/address/entry[@name='half-done']",
    element: '<ip-netmask>10.5.5.5</ip-netmask>',
  });
  await bench.apply(desiredOf(RULES, LISTS));
  expect(
    twin.device.configuration.at(
      "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']/address/entry[@name='half-done']",
      twin.device.configuration.running,
    ),
  ).toBeUndefined();
  expect([...twin.device.configuration.owners.values()].map((one) => [...one.admins])).toEqual([['jdoe']]);
});

test("a human's edit of our rule is drift and is repaired", async () => {
  const desired = desiredOf(RULES, LISTS);
  await bench.apply(desired);
  const path =
    "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']/rulebase/security/rules/entry[@name='cf_rweb']";
  twin.human().config({ action: 'set', xpath: path, element: '<disabled>yes</disabled>' });
  twin.human().commit();
  twin.advance(1_000);
  const running = (await bench.read(desired, 'running')).firewalls.get('fw');
  expect(running?.drift.map((one) => one.object)).toEqual(['security cf_rweb']);
  expect(running?.rulebook.rules.map((one) => one.id)).not.toContain('web');
  await bench.apply(desired);
  expect((await bench.read(desired, 'running')).firewalls.get('fw')?.drift).toEqual([]);
});

test('a process that died after staging only commits', async () => {
  const desired = desiredOf(RULES, LISTS);
  const plan = await bench.plan(desired);
  for (const step of plan.steps.slice(0, -1)) await bench.run(step, desired);
  const again = await bench.plan(desired);
  expect(again.steps.map((step) => step.text)).toEqual(['commit our changes']);
  await bench.apply(desired);
  expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
});

test('every step may be carried out twice', async () => {
  const first = desiredOf(RULES, LISTS);
  await bench.apply(first);
  const second = desiredOf([...RULES].reverse().slice(1), LISTS);
  const plan = await bench.plan(second);
  for (const step of plan.steps) {
    await bench.run(step, second);
    expect(await bench.run(step, second)).toMatchObject({ kind: 'done' });
  }
  expect((await bench.plan(second, 'digest')).steps).toEqual([]);
});

test('a first apply in several batches is not published by a human in between', async () => {
  await fresh();
  const rules = Array.from({ length: 700 }, (_, index) => rule(`r${index}`, { source: sets('web'), services: tcp(1 + index) }));
  const desired = desiredOf(rules, LISTS);
  const plan = await bench.plan(desired);
  expect(plan.steps.filter((step) => step.id.includes('stage')).length).toBeGreaterThan(2);
  for (const [index, step] of plan.steps.entries()) {
    expect(await bench.run(step, desired)).toMatchObject({ kind: 'done' });
    if (index === 1) expect(twin.human().commit().body).toContain('Commit lock is already held by cextfire');
  }
  expect(twin.device.locks).toEqual([]);
  expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  expect(commits()).toHaveLength(1);
}, 60_000);
