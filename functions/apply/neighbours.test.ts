/** Clusters that share a firewall: what one of them wants, however much, does not stand before the members of another (docs/decisions/0200). */
import { expect, test } from '@jest/globals';
import type { FakeCall } from '../../test/fake-firewall/connector.ts';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import type { MemberChange, Outcome } from '../firewalls/contract.ts';
import { MOST_IN_TURN, takeTurns } from './turns.ts';

const quiet = rule('quiet', 'web', 'pods', '203.0.113.0/24');
const loud = rule('loud', 'flood', 'storm', '198.51.100.0/24');
const more = rule('loud', 'more', 'storm', '192.0.2.0/24');
const storm = (count: number) => Array.from({ length: count }, (_, n) => `10.1.${n >> 8}.${n & 255}/32`);

function shared(during: (step: string) => void = () => {}) {
  const done: string[] = [];
  const fault = ({ kind, step }: FakeCall, when: 'before' | 'after'): Outcome | undefined => {
    if (when === 'after') return undefined;
    done.push(step?.text ?? kind);
    if (step) during(step.text);
    return undefined;
  };
  const system = new System({ clusters: ['loud', 'quiet'] }, { fault });
  system.world.say('quiet', [quiet], { pods: ['10.0.0.1/32'] });
  system.world.say('loud', [loud], { storm: storm(10) });
  const engine = system.process();
  return { system, engine, done };
}

test('members of a cluster whose rules stay go before the rules that another one wants; its own go after, as ever', async () => {
  const { system, engine, done } = shared();
  await system.settle(engine);
  done.length = 0;
  system.world.members('quiet', 'pods', { add: ['10.0.0.2/32'] });
  system.world.say('loud', [loud, more], { storm: storm(11) });
  await system.settle(engine);
  const steps = done.filter((step) => step !== 'read');
  expect(done[0]).toBe('members pods');
  expect(steps).toEqual(['members pods', 'rules all', 'members storm']);
  done.length = 0;
  system.world.say('quiet', [quiet, { ...quiet, id: 'web2', destination: more.destination }], { pods: ['10.0.0.2/32', '10.0.0.3/32'] });
  await system.settle(engine);
  // 10.0.0.1 leaves first and 10.0.0.3 comes last: these rules are its own.
  expect(done.filter((step) => step !== 'read')).toEqual(['members pods', 'rules all', 'members pods']);
  expect([...(system.device.sets.get('pods') ?? [])].sort()).toEqual(['10.0.0.2/32', '10.0.0.3/32']);
});

test('a storm takes turns: the other cluster goes first, and what it says meanwhile goes before the rest of the storm', async () => {
  let storms = 0;
  const { system, engine, done } = shared((step) => {
    if (step === 'members storm' && ++storms === 1) system.world.members('quiet', 'pods', { add: ['10.0.0.3/32'] });
  });
  await system.settle(engine);
  done.length = 0;
  system.world.members('loud', 'storm', { add: storm(2 * MOST_IN_TURN + 500) });
  system.world.members('quiet', 'pods', { add: ['10.0.0.2/32'] });
  await engine.run(system.request());
  const steps = done.filter((step) => step.startsWith('members'));
  const second = steps.indexOf('members pods', 1);
  expect(steps[0]).toBe('members pods');
  expect(second).toBeGreaterThan(1);
  expect(steps.slice(second).filter((step) => step === 'members storm').length).toBeGreaterThan(0);
  // One run ends it all, and another process finds nothing to mend.
  expect(system.device.sets.get('storm')?.size).toBe(2 * MOST_IN_TURN + 500);
  expect(system.device.sets.get('pods')?.size).toBe(3);
  const writes = system.device.writes.length;
  await system.settle(system.process(), 'audit');
  expect(system.device.writes.length).toBe(writes);
  expect(system.holding()).toEqual([]);
});

test('a process that dies in the middle of the turns loses nothing', async () => {
  let storms = 0;
  const { system, engine } = shared((step) => {
    if (step === 'members storm' && ++storms === 4) throw new Error('killed');
  });
  await system.settle(engine);
  storms = 1;
  system.world.members('loud', 'storm', { add: storm(3 * MOST_IN_TURN) });
  system.world.members('quiet', 'pods', { add: ['10.0.0.2/32'] });
  await engine.run(system.request());
  expect(system.device.sets.get('storm')?.size).toBeLessThan(3 * MOST_IN_TURN);
  system.pass(400_000);
  await system.settle(system.process());
  expect(system.device.sets.get('storm')?.size).toBe(3 * MOST_IN_TURN);
  expect(system.device.sets.get('pods')?.size).toBe(2);
});

test('what came while a lane was ours is followed by the run that held it, also where it has to come back for something else', async () => {
  const { system, engine } = shared();
  await system.settle(engine);
  system.device.foreign = [{ who: 'carol', what: 'uncommitted work' }];
  system.world.say('loud', [loud, more], { storm: storm(10) });
  let came = false;
  const { read } = system.connector;
  system.connector.read = async (request) => {
    // In the middle of the round, after its members were followed.
    if (!came) system.world.members('quiet', 'pods', { add: ['10.0.0.2/32'] });
    came = true;
    return read.call(system.connector, request);
  };
  await engine.run(system.request());
  expect(system.holding()).toContain('CEXT_APPLY_BLOCKED');
  expect(system.wakes.length).toBeGreaterThan(0);
  expect(system.device.sets.get('pods')?.size).toBe(2);
});

test('what streams say of themselves is told after the members went, and is counted', async () => {
  const { system, done } = shared();
  const views = system.world.open();
  const silent = { code: 'CEXT_CLUSTER_SILENT', severity: 'error', subject: { cluster: 'loud' }, message: 'silent' } as const;
  const engine = system.process({
    views: {
      ...views,
      advance: async (cluster, options) => ({
        ...(await views.advance(cluster, options)),
        conditions: options?.conditions && cluster === 'loud' ? [silent] : [],
      }),
    },
    teller: { conditions: async (events) => void done.push(...events.map(({ condition }) => condition.code)) },
  });
  await system.settle(engine);
  expect(done.indexOf('CEXT_CLUSTER_SILENT')).toBeGreaterThan(done.indexOf('rules all'));
  system.metrics.clear();
  await engine.run(system.request());
  // Also when the run looked again at its end, where nobody asks what streams say.
  expect(system.metrics.get('StaleClusters')).toBe(1);
});

const change = (set: string, added: readonly string[], removed: readonly string[] = []): MemberChange => ({
  set,
  added: new Set(added),
  removed: new Set(removed),
});
const clusterOf = (set: string) => set.split('-')[0] ?? '';

test('one cluster alone takes no turns; few changes of several are one group; what one pod leaves and enters stays together', () => {
  const alone = [change('a-1', storm(5_000))];
  expect(takeTurns(alone, clusterOf)).toEqual({ groups: [alone], left: new Set() });
  const both = [change('a-1', storm(3)), change('b-1', storm(3))];
  expect(takeTurns(both, clusterOf).groups).toEqual([both]);
  const moving = storm(MOST_IN_TURN);
  const { groups, left } = takeTurns([change('a-1', [], moving), change('a-2', moving), change('b-1', storm(1))], clusterOf);
  expect(groups.map((group) => group.map(({ set }) => set))).toEqual([['b-1'], ['a-1', 'a-2']]);
  const [gone, come] = groups[1] as MemberChange[];
  expect([...(gone?.removed ?? [])]).toEqual([...(come?.added ?? [])]);
  expect(gone?.removed.size).toBe(MOST_IN_TURN / 2);
  expect(left).toEqual(new Set(['a-1', 'a-2']));
});
