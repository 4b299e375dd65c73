/** What one process wrote another one knows from the ledger and the log: it reads nothing of it (docs/decisions/0209), and is never wrong about it. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FakeCall } from '../../test/fake-firewall/connector.ts';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { type LeaseState, readLeaseState } from '../ledger/lease.ts';
import { doubtsOf } from './doubt.ts';
import type { Engine } from './engine.ts';
import { Journal } from './journal.ts';
import type { EngineParts } from './ports.ts';
import type { WarmFirewall } from './warm.ts';

const quiet = [rule('quiet', 'web', 'pods', '203.0.113.0/24'), rule('quiet', 'shop', 'others', '203.0.114.0/24')];
const loud = [rule('loud', 'flood', 'storm', '198.51.100.0/24')];
const more = [...loud, rule('loud', 'more', 'storm', '192.0.2.0/24')];
const MOST = 50;
const pods = (count: number, net = 1) => Array.from({ length: count }, (_, n) => `10.${net}.${n >> 8}.${n & 255}/32`);

function shared(fault?: (call: FakeCall, when: 'before' | 'after') => undefined) {
  const system = new System({ clusters: ['loud', 'quiet'], pair: { maxMembers: MOST } }, fault ? { fault } : {});
  system.world.say('quiet', quiet, { pods: pods(3), others: pods(3, 2) });
  system.world.say('loud', loud, { storm: pods(10, 3) });
  return system;
}

async function warm(system: System, count: number): Promise<Engine[]> {
  const engines = Array.from({ length: count }, () => system.process());
  for (const engine of engines) await system.settle(engine);
  return engines;
}

test('processes that take turns read nothing of what the others wrote', async () => {
  const system = shared();
  const engines = await warm(system, 2);
  const { reads } = system.connector;
  for (let turn = 0; turn < 30; turn++) {
    system.world.members('quiet', turn % 3 === 0 ? 'others' : 'pods', { add: [`10.9.0.${turn}/32`] });
    if (turn % 4 === 0) system.world.members('loud', 'storm', { add: [`10.8.0.${turn}/32`], remove: [`10.8.0.${turn - 4}/32`] });
    // Some sleep longer than the ledger remembers passes.
    await engines[turn < 20 ? turn % 2 : 0]?.run(system.request());
  }
  await engines[1]?.run(system.request());
  expect(system.connector.reads).toBe(reads);
  expect(system.device.sets.get('pods')?.size).toBe(23);
  expect(system.device.sets.get('others')?.size).toBe(13);
  expect(system.device.sets.get('storm')?.size).toBe(11);
});

test('what the storm of one cluster leaves unknown is not for another to wait for', async () => {
  const done: string[] = [];
  const system = shared(({ kind, step }, when) => void (when === 'before' && done.push(step?.text ?? kind)));
  const [one, other] = (await warm(system, 2)) as [Engine, Engine];
  // Over the limit, and some of what stood leaves: how much of it is still there, only the process knows that wrote it.
  system.world.members('loud', 'storm', { add: pods(500, 4), remove: pods(2, 3) });
  await one.run(system.request());
  expect(system.device.sets.get('storm')?.size).toBe(8);
  done.length = 0;
  system.world.members('quiet', 'pods', { add: ['10.9.0.1/32'] });
  await other.run(system.request());
  expect(done).toEqual(['members pods']);
  done.length = 0;
  system.world.members('loud', 'storm', { remove: pods(500, 4) });
  system.world.members('quiet', 'pods', { add: ['10.9.0.2/32'] });
  await other.run(system.request());
  expect(done[0]).toBe('members pods');
  expect(system.device.sets.get('storm')?.size).toBe(8);
  expect(system.device.sets.get('pods')?.size).toBe(5);
  await system.settle(one);
  expect(system.holding()).toEqual([]);
});

test('what came for another cluster meanwhile goes before what has to be read', async () => {
  const done: string[] = [];
  let once = false;
  const system = shared(({ kind, step }, when) => {
    if (when !== 'before') return undefined;
    done.push(step?.text ?? kind);
    if (once && step) system.world.members('quiet', 'others', { add: ['10.9.1.1/32'] });
    if (step) once = false;
    return undefined;
  });
  const [one, other] = (await warm(system, 2)) as [Engine, Engine];
  system.world.members('loud', 'storm', { add: pods(500, 4), remove: pods(2, 3) });
  await one.run(system.request());
  system.world.members('loud', 'storm', { remove: pods(500, 4) });
  system.world.members('quiet', 'pods', { add: ['10.9.0.1/32'] });
  done.length = 0;
  once = true;
  await other.run(system.request());
  expect(done.slice(0, 3)).toEqual(['members pods', 'members others', 'read']);
});

test('what a dead run may have done is read, also where the log says that nothing is left to do', async () => {
  let deadly = '';
  const system = shared(({ kind, step }, when) => {
    if ((step?.text ?? kind) !== deadly || (when === 'after') !== (kind === 'execute')) return undefined;
    deadly = '';
    throw new Error('killed');
  });
  const [one, other, third] = (await warm(system, 3)) as [Engine, Engine, Engine];
  deadly = 'members storm';
  system.world.members('loud', 'storm', { add: ['10.9.0.1/32'] });
  await one.run(system.request());
  system.pass(400_000);
  expect(system.device.sets.get('storm')?.has('10.9.0.1/32')).toBe(true);
  // It came and went: nothing is left to do but what the dead one did. Nor does this one come to it, for another cluster goes before.
  system.world.members('loud', 'storm', { remove: ['10.9.0.1/32'] });
  system.world.members('quiet', 'pods', { add: ['10.9.0.2/32'] });
  deadly = 'read';
  await other.run(system.request());
  expect(deadly).toBe('');
  expect(system.device.sets.get('pods')?.size).toBe(4);
  system.pass(400_000);
  await third.run(system.request());
  expect(system.device.sets.get('storm')?.has('10.9.0.1/32')).toBe(false);
});

test('of a set that is new on the device only a reading says what it holds', () => {
  const journal = new Journal();
  const sets = new Map(
    ['old', 'new'].map((id) => [id, { id, cluster: 'pay', kind: 'addresses', text: id, expression: { kind: 'nothing' } } as const]),
  );
  journal.follow(sets, { pay: 6 });
  const applied = { version: 2, fresh: ['new'], rulebook: { rules: [], sets } };
  const known = {
    base: 1,
    baseSets: new Set(sets.keys()),
    pending: new Map(),
    doubted: new Set(),
    positions: { pay: 6 },
    views: new Map(),
  };
  const warm = { applied, appliedRulebook: applied.rulebook, journal, unfedSets: () => new Set(), ...known } as unknown as WarmFirewall;
  const system = shared();
  const parts = { settings: system.settings, connector: system.connector } as unknown as EngineParts;
  const run = { audit: false, closingOnly: false, filled: undefined, deadlineMs: 0, leaseMs: 0 };
  const state = { writes: 2, exact: 2, version: 1, positions: { pay: 6 }, behind: {} };
  const of = (more: LeaseState) => doubtsOf({ warm, standing: sets, run, parts }, { ...state, ...more });
  expect([[...of({}).doubt], [...of({}).known.keys()]]).toEqual([['new'], ['old']]);
  expect([...of({ version: 2 }).doubt]).toEqual([]);
  // What an older program wrote says less, and one that forgot to count says nothing.
  expect([...of({ version: 2, exact: 1 }).doubt].sort()).toEqual(['new', 'old']);
  expect([...of({ version: 2, inFlight: ['old'] }).doubt]).toEqual(['old']);
  expect([...of({ version: 2, behind: { '*': 'many' } }).known.keys()]).toEqual([]);
});

type Happening =
  | { readonly kind: 'members'; readonly set: 'pods' | 'others' | 'storm'; readonly add: number; readonly remove: number }
  | { readonly kind: 'storm' | 'calm' | 'rules' }
  | { readonly kind: 'run'; readonly engine: number }
  | { readonly kind: 'killed'; readonly engine: number; readonly call: number; readonly when: 'before' | 'after' };

const engine = fc.nat({ max: 2 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('members' as const),
      set: fc.constantFrom('pods' as const, 'others' as const, 'storm' as const),
      add: fc.nat({ max: 9 }),
      remove: fc.nat({ max: 9 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('storm' as const, 'calm' as const, 'rules' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('run' as const), engine }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('killed' as const),
      engine,
      call: fc.nat({ max: 4 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
);

/** Every set that stands and is not said to be behind or in flight is as its cluster was at the position that is said. */
async function sayWhatIs(system: System): Promise<void> {
  const state = await readLeaseState(system.table, 'members#edge');
  if (state?.exact === undefined || state.exact !== state.writes) return;
  const positions = state.positions as Readonly<Record<string, number>>;
  const unsure = new Set([...Object.keys(state.behind as object), ...((state.inFlight ?? []) as readonly string[])]);
  for (const [set, cluster] of [
    ['pods', 'quiet'],
    ['others', 'quiet'],
    ['storm', 'loud'],
  ] as const) {
    const there = system.device.sets.get(set);
    if (!there || unsure.has(set)) continue;
    expect([set, [...there].sort()]).toEqual([set, [...(system.world.setsAt(cluster, positions[cluster] ?? 0).get(set) ?? [])].sort()]);
  }
}

test('whoever writes, dies or sleeps: the ledger says of the device what is true, and without an audit it ends as all clusters want it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (happenings) => {
      let calls = Number.POSITIVE_INFINITY;
      let deadly: 'before' | 'after' = 'before';
      const system = shared((_, when) => {
        if (when === deadly && calls-- === 0) throw new Error('killed');
        return undefined;
      });
      // Every removal is what the cluster wants here; budgets have tests of their own.
      Object.assign(system.settings.firewalls.edge?.budget as object, { membersRemovedShare: 1 });
      const engines = await warm(system, 3);
      let many = false;
      for (const one of happenings) {
        if (one.kind === 'members') {
          const cluster = one.set === 'storm' ? 'loud' : 'quiet';
          system.world.members(cluster, one.set, { add: [`10.7.0.${one.add}/32`], remove: [`10.7.0.${one.remove}/32`] });
        } else if (one.kind === 'storm') system.world.members('loud', 'storm', { add: pods(60, 5) });
        else if (one.kind === 'calm') system.world.members('loud', 'storm', { remove: pods(60, 5) });
        else if (one.kind === 'rules') {
          many = !many;
          system.world.say('loud', many ? more : loud, { storm: [...(system.world.head('loud').sets.get('storm') ?? [])] });
        } else if (one.kind === 'run' || one.kind === 'killed') {
          if (one.kind === 'killed') [calls, deadly] = [one.call, one.when];
          await engines[one.engine]?.run(system.request());
          if (calls < 0) engines[one.engine] = system.process();
          if (calls < 0) system.pass(400_000);
          calls = Number.POSITIVE_INFINITY;
          await sayWhatIs(system);
        }
      }
      system.world.members('loud', 'storm', { remove: pods(60, 5) });
      for (const each of engines) await system.settle(each);
      await sayWhatIs(system);
      for (const [cluster, sets] of [
        ['quiet', ['pods', 'others']],
        ['loud', ['storm']],
      ] as const)
        for (const set of sets)
          expect([set, [...(system.device.sets.get(set) ?? [])].sort()]).toEqual([
            set,
            [...(system.world.head(cluster).sets.get(set) ?? [])].sort(),
          ]);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
