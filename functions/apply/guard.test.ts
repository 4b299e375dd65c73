import { expect, test } from '@jest/globals';
import { System } from '../../test/fake-firewall/system.ts';
import { rule, worldCompiler } from '../../test/fake-firewall/world.ts';
import type { Condition } from '../errors.ts';
import { approve, freeze, unfreeze } from '../ledger/controls.ts';
import { heldHashes, listPlans, planText, readConditions, readPlan, rulebookAt, status, whyRule } from '../ledger/query.ts';
import type { CompileInput } from '../policy/types.ts';
import { ANY } from '../rulebook/types.ts';

const web = rule('pay', 'web', 'pods', '203.0.113.0/24');
const mail = rule('pay', 'mail', 'pods', '198.51.100.0/24');
const pods = { pods: ['10.0.0.1/32', '10.0.0.2/32'] };

test('a wide-open first apply is held until its hash is approved', async () => {
  const system = new System();
  system.world.say('pay', [rule('pay', 'all', 'pods', 'any', { services: 'any' })], pods);
  await system.settle();
  expect(system.device.writes).toEqual([]);
  expect(system.holding()).toEqual(['CEXT_APPLY_HELD']);
  const [hash] = await heldHashes(system.table, 'm', 'edge');
  await approve(system.table, 'edge', hash as string, 'ann', system.nowMs, new Set([hash as string]));
  await system.settle();
  expect(system.device.running.rules).toHaveLength(1);
  expect(system.holding()).toEqual([]);
  expect((await whyRule(system.table, 'edge', 'all'))?.brought?.approvedBy).toBe('ann');
  expect((await listPlans(system.table, 'm')).map((plan) => plan.status).sort()).toEqual(['done', 'overtaken']);
});

test('a yes is to one change, once: the same change later is held again, another cluster in between does not matter', async () => {
  const system = new System({ clusters: ['pay', 'shop'] });
  const wide = rule('pay', 'all', 'pods', 'any', { services: 'any' });
  const approveHeld = async () => {
    const held = await heldHashes(system.table, 'm', 'edge');
    for (const hash of held) await approve(system.table, 'edge', hash, 'ann', system.nowMs, held);
    return [...held];
  };
  system.world.say('pay', [web], pods);
  await system.settle();
  system.world.say('pay', [web, wide], pods);
  await system.settle();
  // The hash stays what it is while somebody else's rules come.
  const waiting = await heldHashes(system.table, 'm', 'edge');
  system.world.say('shop', [rule('shop', 'own', 'stalls', '203.0.113.0/24')], { stalls: ['10.1.0.1/32'] });
  await system.settle();
  const first = await approveHeld();
  expect(new Set(first)).toEqual(waiting);
  await system.settle();
  expect(system.device.running.rules.map(({ id }) => id)).toContain('all');

  system.world.say('pay', [web], pods);
  await system.settle();
  await approveHeld();
  await system.settle();
  expect(system.device.running.rules.map(({ id }) => id)).not.toContain('all');
  system.world.say('pay', [web, wide], pods);
  await system.settle();
  expect(system.holding()).toEqual(['CEXT_APPLY_HELD']);
  expect(first).not.toContain([...(await heldHashes(system.table, 'm', 'edge'))][0]);
  expect(system.device.running.rules.map(({ id }) => id)).not.toContain('all');
});

const ports = (...numbers: number[]) =>
  [
    { kind: 'ports', protocol: 6, source: [{ first: 0, last: 65535 }], destination: numbers.map((one) => ({ first: one, last: one })) },
  ] as const;
const fleet = Array.from({ length: 500 }, (_, n) => `10.0.${n >> 8}.${n & 255}/32`);

test.each([
  ['500 pods to anywhere on two ports', rule('pay', 'a', 'pods', 'any', { services: ports(80, 443) }), fleet],
  ['every address of the pod CIDR to anywhere on 443', rule('pay', 'a', 'any', 'any'), []],
  ['the Internet to 20 pods on 443', rule('pay', 'a', 'any', '10.0.0.0/28', { direction: 'ingress', source: ANY }), []],
  ['five pods to one network on every port', rule('pay', 'a', 'pods', '203.0.113.0/24', { services: 'any' }), fleet.slice(0, 4)],
  ['a denial of everything', rule('pay', 'a', 'any', 'any', { action: 'deny', services: 'any' }), []],
] as const)('a first apply that an engineer would call sensible passes: %s', async (_, one, members) => {
  const system = new System();
  system.world.say('pay', [one], { pods: members });
  await system.settle();
  expect(system.holding()).toEqual([]);
  expect(system.device.running.rules).toHaveLength(1);
});

test.each([
  [
    'one pod to anywhere on every service',
    rule('pay', 'a', 'pods', 'any', { services: 'any' }),
    fleet.slice(0, 1),
    'services to or from anywhere: 262396, budget 100',
  ],
  [
    'one pod to anywhere on every TCP port',
    rule('pay', 'a', 'pods', '0.0.0.0/1', { services: [{ kind: 'protocols', protocols: [{ first: 6, last: 6 }] }] }),
    fleet.slice(0, 1),
    'anywhere: 65536',
  ],
  [
    '500 pods to a large network on every port',
    rule('pay', 'a', 'pods', '172.16.0.0/12', { services: 'any' }),
    fleet,
    'opens (pods x services x reach)',
  ],
  [
    'the Internet to a pod on every port',
    rule('pay', 'a', 'any', '10.0.0.1/32', { direction: 'ingress', source: ANY, services: 'any' }),
    [],
    'anywhere',
  ],
] as const)('a first apply that is wide open is held with its regions: %s', async (_, one, members, why) => {
  const system = new System();
  system.world.say('pay', [one], { pods: members });
  await system.settle();
  expect(system.device.writes).toEqual([]);
  const [held] = await readConditions(system.table, 'm/structure');
  expect(held?.message).toContain(why);
  expect(held?.message).toMatch(/It opens .* -> .*\. The rules that stand stay\. Approve with hash [0-9a-f]{32}/);
});

test('a lost policy that mattered is held', async () => {
  const system = new System();
  const others = Array.from({ length: 6 }, (_, n) => rule('pay', `r${n}`, 'pods', `203.0.${n}.0/24`));
  const wide = rule('pay', 'wide', 'fleet', 'any', { services: ports(25, 53, 80, 123, 443, 8080, 8443) });
  system.world.say('pay', [wide, ...others], { ...pods, fleet });
  await system.settle();
  system.world.say('pay', others, pods);
  await system.settle();
  expect(system.device.running.rules).toHaveLength(7);
  expect((await readConditions(system.table, 'm/structure'))[0]?.message).toContain('It closes fleet (500 addresses) -> any');
  // Felix took the set back with its policy: it stays as it is while its rule is held, whoever looks.
  await system.settle(system.process(), 'audit');
  expect(system.device.sets.get('fleet')?.size).toBe(500);
  expect((await status(system.table, ['edge']))[0]?.behind).toEqual({ fleet: 'the cluster does not feed it any more' });
  system.nowMs += 3_700_000;
  await system.settle(system.process(), 'audit');
  expect(system.device.sets.get('fleet')?.size).toBe(0);
  expect(system.holding()).toEqual(['CEXT_APPLY_HELD', 'CEXT_APPLY_UNFED']);
  // It comes back with two pods less: what stands there is read before anything is believed.
  system.world.say('pay', [wide, ...others], { ...pods, fleet: fleet.slice(2) });
  await system.settle(system.process());
  expect(system.device.sets.get('fleet')?.size).toBe(498);
  expect(system.holding()).toEqual([]);
});

test('an approval survives churn and does not cover another structure', async () => {
  const system = new System();
  const all = rule('pay', 'all', 'pods', 'any', { services: 'any' });
  system.world.say('pay', [all], pods);
  await system.settle();
  const [hash] = await heldHashes(system.table, 'm', 'edge');
  await approve(system.table, 'edge', hash as string, 'ann', system.nowMs, new Set([hash as string]));
  system.world.members('pay', 'pods', { add: ['10.0.0.77/32'] });
  system.world.say('pay', [rule('pay', 'other', 'pods', 'any', { services: 'any' })], pods);
  await system.settle();
  expect(system.device.writes).toEqual([]);
  system.world.say('pay', [all], { pods: ['10.0.0.3/32'] });
  await system.settle();
  expect(system.device.running.rules).toHaveLength(1);
});

test('nobody approves what is not held', async () => {
  const system = new System();
  await expect(approve(system.table, 'edge', 'abc', 'ann', 0, await heldHashes(system.table, 'm', 'edge'))).rejects.toMatchObject({
    code: 'CEXT_LEDGER_APPROVAL_UNKNOWN',
  });
});

test('an emptied cluster, a removed HostEndpoint and a lost majority are held; a lost one of many is not', async () => {
  const system = new System();
  const many = Array.from({ length: 6 }, (_, n) => rule('pay', `r${n}`, 'pods', `203.0.${n}.0/24`));
  system.world.say('pay', many, pods);
  await system.settle();
  for (const [rules, endpoints] of [[[], ['edge']] as const, [[], []] as const, [many.slice(4), ['edge']] as const]) {
    system.world.say('pay', rules, pods, endpoints);
    await system.settle();
    expect(system.device.running.rules).toHaveLength(6);
    expect(system.holding()).toEqual(['CEXT_APPLY_HELD']);
  }
  const [held] = await readConditions(system.table, 'm/structure');
  expect(held?.message).toContain('4 of 6 rules removed');
  system.world.say('pay', many.slice(1), pods);
  await system.settle();
  expect(system.device.running.rules).toHaveLength(5);
  expect(system.holding()).toEqual([]);
});

test('an edited rule is not a rule removed', async () => {
  const system = new System();
  system.world.say('pay', [web], pods);
  await system.settle();
  system.world.say('pay', [{ ...web, id: 'web2', services: [{ kind: 'protocols', protocols: [{ first: 47, last: 47 }] }] }], pods);
  await system.settle();
  expect(system.device.running.rules.map((one) => one.id)).toEqual(['web2']);
});

test("a rule that is edited under its author's id stands in the plan's lines", async () => {
  const system = new System();
  const named = { ...web, origin: { ...web.origin, annotations: { 'cextfire.io/id': 'to-bank' } } };
  system.world.say('pay', [named, mail], pods);
  await system.settle();
  system.world.say('pay', [{ ...named, services: [{ kind: 'protocols', protocols: [{ first: 47, last: 47 }] }] }, mail], pods);
  await system.settle();
  const [last] = await listPlans(system.table, 'm');
  const stored = await readPlan(system.table, 'm', last?.id as string);
  expect(stored?.plan.parts[0]?.rules).toEqual([
    '~ web  allow protocol 47 from pods to 203.0.113.0/24  (border.web, egress rule 1, at border edge); was: allow tcp 443 from pods to 203.0.113.0/24',
  ]);
});

test('what closes is counted where it was ours, and where default deny was not asked for', async () => {
  const drop = rule('pay', 'drop', 'any', 'any', { action: 'deny', services: 'any' });
  for (const [defaultDeny, rules] of [
    [true, 2],
    [false, 1],
  ] as const) {
    const system = new System({ defaultDeny });
    system.world.say('pay', [web], pods);
    await system.settle();
    system.world.say('pay', [web, drop], pods);
    await system.settle();
    expect(system.device.running.rules).toHaveLength(rules);
  }
  const system = new System({ defaultDeny: true, budget: { closes: 10 } });
  system.world.say('pay', [web, mail, drop], pods);
  await system.settle();
  expect(system.device.running.rules).toHaveLength(3);
  system.world.say('pay', [web, drop], pods);
  await system.settle();
  expect(system.device.running.rules).toHaveLength(3);
  expect((await readConditions(system.table, 'm/structure'))[0]?.message).toContain('closes (pods x services x reach) 18, budget 10');
});

test('a held cluster does not hold the others', async () => {
  const system = new System({ clusters: ['pay', 'shop'] });
  system.world.say('pay', [web], pods);
  system.world.say('shop', [rule('shop', 'shop', 'carts', '192.0.2.0/24')], { carts: ['10.1.0.1/32'] });
  await system.settle();
  system.world.say('pay', [], pods);
  system.world.say('shop', [rule('shop', 'shop', 'carts', '192.0.2.0/24'), rule('shop', 'new', 'carts', '192.0.3.0/24')], {
    carts: ['10.1.0.1/32'],
  });
  await system.settle();
  expect(system.device.running.rules.map((one) => one.id).sort()).toEqual(['new', 'shop', 'web']);
});

test("a net shrink of members holds removals, not additions, until approved; few members are nobody's alarm", async () => {
  const system = new System();
  const many = Array.from({ length: 40 }, (_, n) => `10.0.1.${n}/32`);
  system.world.say('pay', [web], { pods: many });
  const engine = system.process();
  await system.settle(engine);
  system.world.members('pay', 'pods', { remove: many.slice(0, 30), add: ['10.0.2.1/32'] });
  await engine.run(system.request());
  const set = system.device.sets.get('pods') as Set<string>;
  expect(set.size).toBe(41);
  expect(system.holding()).toEqual(['CEXT_APPLY_MEMBERS_HELD']);
  await system.settle(system.process());
  expect(set.size).toBe(41);
  expect((await status(system.table, ['edge']))[0]?.behind).toEqual({ pods: 'removals are held' });
  const [condition] = await readConditions(system.table, 'edge/members');
  const hash = /hash ([0-9a-f]{32})/.exec(condition?.message ?? '')?.[1] as string;
  expect((await heldHashes(system.table, 'm', 'edge')).has(hash)).toBe(true);
  await approve(system.table, 'edge', hash, 'ann', system.nowMs, new Set([hash]));
  await engine.run(system.request());
  expect(set.size).toBe(11);
  expect(system.holding()).toEqual([]);
  system.world.members('pay', 'pods', { remove: [...set].slice(0, 9) });
  await engine.run(system.request());
  expect(set.size).toBe(2);
});

test('a freeze works while a plan runs, and the plan goes on after it', async () => {
  let incident = 1;
  const system = new System(
    {},
    {
      chunk: 1,
      fault: (call, when) => {
        if (call.kind === 'execute' && when === 'after' && incident-- > 0) void freeze(system.table, 'edge', 'bob', 'incident', 0);
        return undefined;
      },
    },
  );
  system.world.say('pay', [web], { pods: ['10.0.0.1/32', '10.0.0.2/32', '10.0.0.3/32'] });
  const engine = system.process();
  await engine.run(system.request());
  expect(system.device.writes).toEqual(['fill pods from 0']);
  expect(system.holding()).toEqual(['CEXT_APPLY_FROZEN']);
  await unfreeze(system.table, 'edge');
  await system.settle(system.process());
  expect(system.device.running.rules).toHaveLength(1);
  expect(system.holding()).toEqual([]);
});

test("other people's pending work is waited for, and said", async () => {
  const system = new System();
  system.device.foreign = [{ who: 'carol', what: '3 uncommitted changes', since: new Date(system.nowMs).toISOString() }];
  system.world.say('pay', [web], pods);
  await system.process().run(system.request());
  expect(system.device.writes).toEqual([]);
  expect((await readConditions(system.table))[0]?.message).toContain('carol: 3 uncommitted changes');
  system.device.foreign = [];
  await system.settle();
  expect(system.device.running.rules).toHaveLength(1);
  expect(system.holding()).toEqual([]);
});

test('drift is found in an audit, shown, and repaired or left', async () => {
  for (const drift of ['repair', 'report'] as const) {
    const system = new System({ drift });
    system.world.say('pay', [web], pods);
    await system.settle();
    system.device.running = { ...system.device.running, rules: [{ ...web, services: 'any' }] };
    system.device.sets.get('pods')?.add('10.0.0.99/32');
    await system.settle(system.process(), 'audit');
    expect(system.told.some(({ condition }) => condition.code === 'CEXT_APPLY_DRIFT')).toBe(true);
    expect(system.device.running.rules[0]?.services).toEqual(drift === 'repair' ? web.services : 'any');
    expect(system.device.sets.get('pods')?.size).toBe(2);
    if (drift === 'repair') await system.settle(system.process(), 'audit');
    expect(system.holding()).toEqual(drift === 'repair' ? [] : ['CEXT_APPLY_DRIFT']);
  }
});

test('members that somebody else changed are drift, said and put right', async () => {
  const system = new System();
  system.world.say('pay', [web], pods);
  const engine = system.process();
  await system.settle(engine);
  system.device.sets.get('pods')?.add('10.0.0.66/32');
  await system.settle(engine, 'audit');
  expect(system.device.sets.get('pods')?.size).toBe(2);
  expect(system.told.find((event) => event.condition.code === 'CEXT_APPLY_DRIFT')?.condition.message).toContain(
    'took nothing out of set pods (pods) and put 1 (10.0.0.66/32) in',
  );
});

test('a failed step is said, backed off from, and mended by a fresh plan; unknown is settled by reading', async () => {
  let broken = true;
  const system = new System(
    {},
    {
      fault: (call, when) => {
        if (!broken || call.kind !== 'execute' || when !== 'before') return undefined;
        return { kind: 'failed', why: { code: 'CEXT_FAKE_FULL', message: 'disk full', retry: 'later' } };
      },
    },
  );
  system.world.say('pay', [web], pods);
  const engine = system.process();
  await engine.run(system.request());
  expect(system.holding()).toEqual(['CEXT_APPLY_FAILED']);
  expect(system.wakes.length).toBeGreaterThan(0);
  broken = false;
  await engine.run(system.request());
  expect(system.device.running.rules).toHaveLength(0);
  system.nowMs += 400_000;
  await system.settle(engine, 'again');
  expect(system.device.running.rules).toHaveLength(1);
  expect(system.holding()).toEqual([]);

  let lost = 1;
  const other = new System(
    {},
    {
      fault: (call, when) =>
        call.kind === 'execute' && when === 'after' && call.step?.text === 'rules all' && lost-- > 0
          ? { kind: 'unknown', why: { code: 'CEXT_FAKE_TIMEOUT', message: 'no answer', retry: 'verify' } }
          : undefined,
    },
  );
  other.world.say('pay', [web], pods);
  await other.settle();
  expect(other.device.writes.filter((line) => line === 'rules')).toHaveLength(1);
  expect(other.holding()).toEqual([]);
});

test("history tells what was there, by which plan, and the plan's text", async () => {
  const system = new System();
  system.world.say('pay', [web], pods);
  await system.settle();
  const between = system.nowMs;
  system.nowMs += 60_000;
  system.world.say('pay', [web, mail], pods);
  await system.settle();
  expect((await rulebookAt(system.table, 'edge', between))?.rules.map((one) => one.id)).toEqual(['web']);
  expect((await rulebookAt(system.table, 'edge', system.nowMs))?.rules).toHaveLength(2);
  const [last] = await listPlans(system.table, 'm');
  const stored = await readPlan(system.table, 'm', last?.id as string);
  expect(planText(stored?.plan as NonNullable<typeof stored>['plan'])).toContain(
    '+ mail  allow tcp 443 from pods to 198.51.100.0/24  (border.mail, egress rule 1, at border edge)',
  );
  expect((await whyRule(system.table, 'edge', 'mail'))?.brought?.plan).toBe(last?.id);
});

test('a flood of conditions of one cluster is told in part, the gravest first, and only what changes is told again', async () => {
  const system = new System({ clusters: ['pay', 'evil'] });
  const bad = (n: number): Condition => ({
    code: 'CEXT_TEST',
    severity: n < 3 ? 'error' : 'warning',
    message: `x${'y'.repeat(5000)}`,
    subject: { cluster: 'evil', policy: `p${n}` },
  });
  let many = 5000;
  const compiler = () => {
    const real = worldCompiler();
    const own: Condition = { code: 'CEXT_TEST', severity: 'info', message: 'of pay', subject: { cluster: 'pay' } };
    return {
      compile: (input: CompileInput) => ({
        ...real.compile(input),
        conditions: [own, ...Array.from({ length: many }, (_, n) => bad(many - 1 - n))],
      }),
    };
  };
  system.world.say('pay', [web], pods);
  system.world.say('evil', [], {});
  const engine = system.process({ compiler });
  await system.settle(engine);
  expect(system.told).toHaveLength(102);
  expect(Math.max(...system.told.map(({ condition }) => condition.message.length))).toBeLessThan(2100);
  expect(
    system.told
      .filter(({ condition }) => condition.severity === 'error')
      .map(({ condition }) => condition.subject.policy ?? condition.message),
  ).toEqual(expect.arrayContaining(['p0', 'p1', 'p2', 'cluster evil: 4900 more conditions are not told; mend those that are']));
  await system.settle(engine, 'audit');
  expect(system.told).toHaveLength(102);
  many = 0;
  await system.settle(engine, 'audit');
  expect(system.holding()).toEqual(['CEXT_TEST']);
});
