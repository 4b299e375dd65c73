/** The connector against the twin: what is planned is read back, packets of the running configuration agree, faults do no harm. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type PanosTwin, startPanosTwin, type TwinOptions } from '../../../test/twins/panos/start.ts';
import { parseAddress } from '../../packets/address.ts';
import type { Packet } from '../../packets/packet.ts';
import { evaluate } from '../../rulebook/evaluate.ts';
import {
  ANY,
  type FilterRule,
  type Member,
  type MemberSource,
  NO_ENDPOINTS,
  NO_UNION,
  type Rulebook,
  type Side,
} from '../../rulebook/types.ts';
import { Firewall, PanoramaManager, PanosManager } from '../../settings.ts';
import type { Connector, Desired, DomainState, ExecuteContext, Outcome, Plan, Step } from '../contract.ts';
import { paloAltoConnector } from './connector.ts';

const sets = (...ids: string[]): Side => ({ include: { sets: ids, prefixes: [] }, exclude: NO_UNION });
const nets = (...prefixes: string[]): Side => ({ include: { sets: [], prefixes }, exclude: NO_UNION });

function rule(id: string, more: Partial<FilterRule>): FilterRule {
  return {
    id,
    border: 'edge',
    stage: 'forward',
    direction: 'egress',
    action: 'allow',
    log: false,
    families: [4, 6],
    source: ANY,
    destination: ANY,
    sourceEndpoints: NO_ENDPOINTS,
    destinationEndpoints: NO_ENDPOINTS,
    services: 'any',
    translation: { kind: 'absent' },
    origin: {
      cluster: 'c1',
      tier: 'border',
      policy: { kind: 'GlobalNetworkPolicy', namespace: '', name: 'border.x' },
      ruleIndex: 0,
      annotations: {},
    },
    ...more,
  };
}

const tcp = (first: number, last = first) => [
  { kind: 'ports' as const, protocol: 6, source: [{ first: 0, last: 65535 }], destination: [{ first, last }] },
];

function memberSource(lists: Record<string, Member[]>): MemberSource {
  return { members: (set) => new Set(lists[set] ?? []), digest: (set) => [...(lists[set] ?? [])].sort().join() };
}

function desiredOf(rules: FilterRule[], lists: Record<string, Member[]>, settings: Record<string, unknown> = {}): Desired {
  const ids = new Set(
    rules.flatMap((one) => [one.source, one.destination]).flatMap((side) => (side.include === 'any' ? [] : side.include.sets)),
  );
  const rulebook: Rulebook = {
    rules,
    sets: new Map(
      [...ids].map((id) => [
        id,
        { id, kind: 'addresses', cluster: 'c1', expression: { kind: 'felix', cluster: 'c1', set: id }, text: `set ${id}` },
      ]),
    ),
  };
  return {
    firewall: 'fw',
    settings: Firewall.parse({ manager: 'pan', mode: 'sync', placement: { filter: { where: 'before', rule: 'DENY-ALL' } }, ...settings }),
    borders: new Map([
      ['edge', { firewall: 'fw', hostEndpoint: 'edge', zones: { inside: ['trust'], outside: ['untrust'] }, snatPools: {}, vips: [] }],
    ]),
    clusters: new Map(),
    rulebook,
    members: memberSource(lists),
  };
}

function packet(source: string, destination: string, port = 443, protocol = 6): Packet {
  const [from, to] = [parseAddress(source), parseAddress(destination)];
  if (!from || !to) throw new Error('not an address');
  return {
    family: from.family,
    direction: 'egress',
    source: from.value,
    destination: to.value,
    protocol,
    sourcePort: 40_000,
    destinationPort: port,
  };
}

class Bench {
  readonly twin: PanosTwin;
  readonly connector: Connector;
  secret: string;
  constructor(twin: PanosTwin, secret = JSON.stringify({ user: twin.user, apiKey: twin.apiKey }), timeoutMs = 1_500) {
    this.twin = twin;
    this.secret = secret;
    const manager = {
      vendor: twin.kind,
      addresses: [`${twin.host}:${twin.port}`, ...(twin.peer ? [`${twin.peer.host}:${twin.peer.port}`] : [])],
      tls: { ca: twin.ca },
      secret: 'pan',
      callsPerMinute: 100_000,
    };
    const parsed = twin.kind === 'panos' ? PanosManager.parse(manager) : PanoramaManager.parse(manager);
    this.connector = paloAltoConnector(twin.kind, 'pan', parsed, async () => this.secret, timeoutMs);
  }

  read(desired: Desired, what: 'pending' | 'running' = 'pending', members: 'none' | 'digest' | 'all' = 'none'): Promise<DomainState> {
    return this.connector.read({ what, firewalls: [desired], members });
  }

  context(desired: Desired): ExecuteContext {
    return {
      desired: new Map([['fw', desired]]),
      fence: { lane: 'structure', number: 1 },
      progress: undefined,
      deadlineMs: Date.now() + 60_000,
    };
  }

  async run(step: Step, desired: Desired): Promise<Outcome> {
    let outcome = await this.connector.execute(step, this.context(desired));
    for (let round = 0; round < 20; round++) {
      if (outcome.kind === 'again') outcome = await this.connector.execute(step, { ...this.context(desired), progress: outcome.progress });
      else if (outcome.kind === 'running') {
        this.twin.advance(1_000);
        outcome = await this.connector.poll(outcome.job, this.context(desired));
      } else break;
    }
    return outcome;
  }

  async plan(desired: Desired, members: 'none' | 'digest' = 'none'): Promise<Plan> {
    return this.connector.plan(await this.read(desired, 'pending', members), new Map([['fw', desired]]));
  }

  /** Plans and carries all of it out; every step must be done. */
  async apply(desired: Desired, each: (step: Step) => void = () => undefined): Promise<Plan> {
    const plan = await this.plan(desired);
    expect(plan.conditions).toEqual([]);
    for (const step of plan.steps) {
      const outcome = await this.run(step, desired);
      expect(outcome).toMatchObject({ kind: 'done' });
      each(step);
    }
    return plan;
  }
}

let twin: PanosTwin;
let bench: Bench;
async function fresh(options: TwinOptions = {}): Promise<Bench> {
  await bench?.connector.close();
  await twin?.close();
  twin = await startPanosTwin({ clock: 'manual', ...options });
  bench = new Bench(twin);
  return bench;
}
afterAll(async () => {
  await bench?.connector.close();
  await twin?.close();
});

const RULES = [
  rule('deny1', { action: 'deny', source: sets('bad'), services: tcp(22) }),
  rule('web', { source: sets('web'), destination: nets('198.51.100.0/24', '2001:db8:5::/48'), services: tcp(443), log: true }),
  rule('pay', {
    source: sets('pay'),
    services: tcp(8000, 8010),
    families: [4],
    translation: { kind: 'address', address: '203.0.113.200' },
  }),
  rule('in1', { direction: 'ingress', source: nets('192.0.2.0/24'), destination: sets('web'), services: tcp(80) }),
];
const LISTS = { bad: ['10.0.0.66/32'], web: ['10.0.0.1/32', 'fd00::1/128'], pay: ['10.0.0.5/32', '10.1.0.0/24'] };

describe('a firewall', () => {
  beforeEach(() => fresh());

  test('runs what was planned, is read back as the same, and then nothing is left to do', async () => {
    const desired = desiredOf(RULES, LISTS);
    const plan = await bench.apply(desired);
    expect(plan.steps.map((step) => step.lane)).toEqual(['members', 'members', 'members', 'structure', 'structure']);
    expect(twin.device.jobs.length).toBe(1);

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
    expect(twin.device.jobs.length).toBe(1);
    expect((await bench.plan(next, 'digest')).steps).toEqual([]);
  });

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
    expect(order.order.security).toEqual([
      'internet-to-web',
      'office-to-internet',
      'cf_rdeny1',
      'cf_rweb',
      'cf_rpay',
      'cf_rin1',
      'DENY-ALL',
    ]);
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

  test.each([
    [
      'zone',
      (one: Desired) => ({
        ...one,
        borders: new Map([
          ['edge', { firewall: 'fw', hostEndpoint: 'edge', zones: { inside: ['trust'], outside: ['nowhere'] }, snatPools: {}, vips: [] }],
        ]),
      }),
      'CEXT_PANOS_ZONE_MISSING',
    ],
    [
      'anchor',
      (_: Desired) => desiredOf(RULES, LISTS, { placement: { filter: { where: 'before', rule: 'NOT-THERE' } } }),
      'CEXT_PANOS_ANCHOR_MISSING',
    ],
    ['vsys', (_: Desired) => desiredOf(RULES, LISTS, { placement: { vsys: 'vsys9' } }), 'CEXT_PANOS_PLACE_MISSING'],
    [
      'protocol',
      (_: Desired) =>
        desiredOf(
          [rule('sctp', { source: sets('web'), services: [{ kind: 'protocols', protocols: [{ first: 132, last: 132 }] }] })],
          LISTS,
        ),
      'CEXT_PANOS_NOT_EXPRESSIBLE',
    ],
  ])('a %s that does not fit is a condition and no write', async (_, change, code) => {
    const desired = change(desiredOf(RULES, LISTS)) as Desired;
    const plan = await bench.plan(desired);
    expect(plan.conditions.map((one) => one.code)).toContain(code);
    expect(plan.steps).toEqual([]);
    expect(twin.device.configuration.owners.size).toBe(0);
  });

  test("an object of somebody else's under our prefix is not touched", async () => {
    twin.human().config({
      action: 'set',
      xpath: "/config/devices/entry[@name='localhost.localdomain']/vsys/entry[@name='vsys1']/address-group/entry[@name='cf_sweb_4']",
      element: '<static><member>web-server</member></static>',
    });
    const plan = await bench.plan(desiredOf(RULES, LISTS));
    expect(plan.conditions.map((one) => one.code)).toEqual(['CEXT_PANOS_NAME_TAKEN']);
    expect(plan.steps).toEqual([]);
  });

  test('an administrator NAT that a later translation would catch is refused, not guessed', async () => {
    const plan = await bench.plan(
      desiredOf(
        [
          rule('a', { source: sets('pay'), services: tcp(443), families: [4] }),
          rule('b', { source: sets('pay'), families: [4], translation: { kind: 'address', address: '203.0.113.200' } }),
        ],
        LISTS,
      ),
    );
    expect(plan.conditions.map((one) => one.code)).toEqual(['CEXT_PANOS_NAT_FALLBACK']);
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
  expect(twin.device.jobs).toHaveLength(1);
}, 60_000);

test('an HA pair: the active member is followed, tags stand on both', async () => {
  await fresh({ ha: true });
  const desired = desiredOf(RULES, LISTS);
  await bench.apply(desired);
  twin.device.failover();
  expect(twin.decide(packet('10.0.0.1', '198.51.100.9'), { from: 'trust', to: 'untrust' }).action).toBe('allow');
  const next = desiredOf(RULES.slice(0, 3), LISTS);
  await bench.apply(next);
  expect((await bench.plan(next, 'digest')).steps).toEqual([]);
});

describe('a Panorama', () => {
  const settings = {
    placement: { deviceGroup: 'border', members: ['007051000000011', '007051000000012'], filter: { where: 'before', rule: 'DENY-ALL' } },
  };
  beforeAll(() => fresh({ kind: 'panorama' }));

  test('commits, pushes, and registers on every firewall', async () => {
    const desired = desiredOf(RULES, LISTS, settings);
    await bench.apply(desired);
    for (const serial of settings.placement.members) {
      expect(twin.decide(packet('10.0.0.1', '198.51.100.9'), { from: 'trust', to: 'untrust' }, serial)).toMatchObject({
        action: 'allow',
        rule: 'cf_rweb',
      });
      expect(twin.decide(packet('10.0.0.5', '198.51.100.9', 8001), { from: 'trust', to: 'untrust' }, serial)).toMatchObject({
        nat: 'cf_npay',
      });
    }
    const running = (await bench.read(desired, 'running', 'all')).firewalls.get('fw');
    expect(running?.evidence).toBe('installed');
    expect(running?.sets.get('web')?.digest).toBe(desired.members.digest('web'));
    expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  });

  test('a push that failed on one firewall is named and made up for', async () => {
    const desired = desiredOf(RULES.slice(1), LISTS, settings);
    twin.panorama?.failPush.set('007051000000012', 'commit failed: out of memory');
    const plan = await bench.plan(desired);
    const outcomes = [];
    for (const step of plan.steps) outcomes.push(await bench.run(step, desired));
    expect(outcomes.find((one) => one.kind === 'failed')).toMatchObject({ why: { message: expect.stringContaining('007051000000012') } });
    twin.panorama?.failPush.clear();
    await bench.apply(desired);
    expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  });

  test('no device group is a condition', async () => {
    const plan = await bench.plan(desiredOf(RULES, LISTS, { placement: { deviceGroup: 'nowhere' } }));
    expect(plan.conditions.map((one) => one.code)).toEqual(['CEXT_PANOS_PLACE_MISSING']);
  });
});
