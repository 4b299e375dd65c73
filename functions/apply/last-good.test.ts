/** A refused policy stays at its last good version, through restarts and until `frozenFor` is over; the compiler and the derived sets are the real ones. */
import { expect, test } from '@jest/globals';
import { MemoryTable } from '../../test/cloud/memory-table.ts';
import { FAKE_CAPABILITIES } from '../../test/fake-firewall/connector.ts';
import { System } from '../../test/fake-firewall/system.ts';
import { policyOf, setOf, viewOf } from '../../test/worlds/policies.ts';
import type { ClusterView, ViewChange } from '../cluster/view.ts';
import { Compiler } from '../policy/compile.ts';
import { FirewallSets } from './derived.ts';
import type { Engine } from './engine.ts';
import { LastGoods } from './last-good.ts';
import type { Views } from './ports.ts';

const tcp = { protocol: { name: 'tcp' }, dstPorts: [{ first: 443, last: 443 }] };
const good = policyOf('pay', { outbound: [{ action: 'allow', ...tcp, srcIpSetIds: ['s:pods'], dstNet: ['203.0.113.0/24'] }] });
const refused = policyOf('pay', { outbound: [{ action: 'reject', ...tcp }] });
const better = policyOf('pay', { outbound: [{ action: 'allow', ...tcp, srcIpSetIds: ['s:new'], dstNet: ['203.0.113.0/25'] }] });
const other = policyOf('other', { outbound: [{ action: 'allow', ...tcp, srcIpSetIds: ['s:other'], dstNet: ['192.0.2.0/24'] }] });
const jobs = setOf('s:other', ['10.0.0.9/32']);

/** The log: views, the last of which is the present one; every one but the first two is another structure. */
class Log {
  readonly views: ClusterView[] = [];
  say(policies: Parameters<typeof viewOf>[0]['policies'], ...sets: readonly ReturnType<typeof setOf>[]): void {
    this.views.push({ ...viewOf({ policies, sets }), position: this.views.length + 1 });
  }
  open(): Views {
    let at = 0;
    return {
      advance: async (cluster) => {
        const [from, to] = [at, this.views.length];
        at = to;
        const view = this.views[to - 1];
        const before = this.views[from - 1];
        if (!view || !before) return { cluster, view, change: undefined, conditions: [] };
        const structure = [...view.policies.values()].some((policy) => before.policies.get(policy.key) !== policy);
        const replaced = new Set(structure ? [...before.sets.keys(), ...view.sets.keys()] : []);
        const members = new Map(
          [...(structure ? [] : view.sets.values())].map(({ id, members: now }) => {
            const old = new Set(before.sets.get(id)?.members);
            const is = new Set(now);
            return [
              id,
              { added: new Set([...is].filter((one) => !old.has(one))), removed: new Set([...old].filter((one) => !is.has(one))) },
            ] as const;
          }),
        );
        const change: ViewChange = { from, to, structure, policies: new Set(), members, replaced, observedMs: undefined };
        return { cluster, view, change, conditions: [] };
      },
      at: async (_, position) => this.views[position - 1],
      forget: () => {
        at = 0;
      },
    };
  }
}

test('a refused policy keeps its rules and the members that it had, over restarts, until its time is over', async () => {
  const system = new System({ defaultDeny: true, budget: { rulesRemovedShare: 1 } });
  const log = new Log();
  const process = (): Engine => system.process({ views: log.open(), compiler: () => new Compiler(), derived: () => new FirewallSets() });
  const sets = () => [...system.device.sets.values()].map((members) => [...members].sort()).sort();
  const policies = () =>
    system.device.running.rules.flatMap(({ action, origin }) => (origin.policy && action === 'allow' ? [origin.policy.name] : []));
  log.say([good, other], setOf('s:pods', ['10.0.0.1/32']), jobs);
  const engine = process();
  await system.settle(engine);
  log.say([good, other], setOf('s:pods', ['10.0.0.1/32', '10.0.0.2/32']), jobs);
  await system.settle(engine);
  const before = [['10.0.0.1/32', '10.0.0.2/32'], ['10.0.0.9/32']];
  expect(sets()).toEqual(before);
  // Felix takes the old set back with the old version.
  log.say([refused, other], jobs);
  await system.settle(engine);
  expect(policies()).toEqual(['pay', 'other']);
  expect(sets()).toEqual(before);
  expect(system.holding()).toContain('CEXT_POLICY_ACTION_UNKNOWN');
  // Another policy goes on meanwhile, in a process that never saw the good version.
  log.say([refused, other], setOf('s:other', ['10.0.0.8/32']));
  system.pass(30 * 60_000);
  await system.settle(process(), 'audit');
  expect(policies()).toEqual(['pay', 'other']);
  expect(sets()).toEqual([['10.0.0.1/32', '10.0.0.2/32'], ['10.0.0.8/32']]);
  expect(system.metrics.get('FrozenAge')).toBeGreaterThan(1000);
  system.pass(31 * 60_000);
  await system.settle(process(), 'audit');
  expect(system.device.sets.size === 1 || sets()[0]?.length === 0).toBe(true);
  expect(policies()).toEqual(['other']);
  expect(system.holding()).toContain('CEXT_POLICY_EXPIRED');
  log.say([better, other], setOf('s:new', ['10.0.0.3/32']), jobs);
  await system.settle(process());
  expect(policies()).toEqual(['pay', 'other']);
  expect(sets()).toEqual([['10.0.0.3/32'], ['10.0.0.9/32']]);
  expect(system.holding()).toEqual([]);
});

test('the sets of a version go with it: a policy that is gone leaves nothing behind', async () => {
  const goods = new LastGoods(new MemoryTable(), 'edge', 'pay');
  await goods.load();
  const then = viewOf({ policies: [good], sets: [setOf('s:pods', ['10.0.0.1/32'])] });
  const views: Views = { advance: () => Promise.reject(new Error('nobody looks')), at: async () => then, forget: () => undefined };
  const compile = () => goods.forCompiler(viewOf({ policies: [] }), views, 0, 1000, 0);
  const none = new Set<string>();
  goods.take(new Map([[good.key, good]]), none, none, 1, 0, 0);
  goods.take(new Map(), new Set([good.key]), none, 2, 1, 0);
  expect([...(await compile()).keys()]).toEqual([good.key]);
  expect([...(goods.frozenSet('s:pods')?.members ?? [])]).toEqual(['10.0.0.1/32']);
  goods.take(new Map(), none, none, 3, 2, 0);
  expect((await compile()).size).toBe(0);
  expect(goods.frozenSet('s:pods')).toBeUndefined();
});

test('where a device has no sets of endpoints: a pod at a known port is membership, a new port is structure', async () => {
  const capabilities = { ...FAKE_CAPABILITIES, endpointSets: false };
  const system = new System({ defaultDeny: true }, { capabilities });
  const log = new Log();
  const named = policyOf('named', {
    inbound: [{ action: 'allow', protocol: { name: 'tcp' }, dstNamedPortIpSetIds: ['s:http'], srcNet: ['192.0.2.0/24'] }],
  });
  const say = (...members: string[]) => log.say([named], setOf('s:http', members, 'endpoints'));
  const engine = system.process({ views: log.open(), compiler: () => new Compiler(), derived: () => new FirewallSets() });
  const transactions = () => system.device.writes.filter((line) => line === 'rules').length;
  const sets = () => [...system.device.sets.values()].map((members) => [...members].sort()).sort();
  say('10.0.0.1,tcp:8080');
  await system.settle(engine);
  expect([transactions(), sets()]).toEqual([1, [['10.0.0.1/32']]]);
  say('10.0.0.1,tcp:8080', '10.0.0.2,tcp:8080');
  await system.settle(engine);
  expect([transactions(), sets()]).toEqual([1, [['10.0.0.1/32', '10.0.0.2/32']]]);
  say('10.0.0.1,tcp:8080', '10.0.0.2,tcp:8080', '10.0.0.3,tcp:9090');
  await system.settle(engine);
  expect([transactions(), sets()]).toEqual([2, [['10.0.0.1/32', '10.0.0.2/32'], ['10.0.0.3/32']]]);
  expect(system.holding()).toEqual([]);
});

test('where sets hold IPv6 hosts only: a host is membership, a subnet is structure', async () => {
  const system = new System({ defaultDeny: true }, { capabilities: { ...FAKE_CAPABILITIES, ipv6PrefixMembers: false } });
  const { pay } = system.settings.clusters;
  if (pay) system.settings = { ...system.settings, clusters: { pay: { ...pay, podCidrs: ['fd00::/124'] } } };
  const log = new Log();
  const out = policyOf('out', {
    outbound: [{ action: 'allow', protocol: { name: 'tcp' }, dstPorts: [{ first: 443, last: 443 }], dstIpSetIds: ['s:nets'] }],
  });
  const engine = system.process({ views: log.open(), compiler: () => new Compiler(), derived: () => new FirewallSets() });
  const transactions = () => system.device.writes.filter((line) => line === 'rules').length;
  const named = () =>
    system.device.running.rules.flatMap(({ destination: { include } }) =>
      include !== 'any' && include.sets.length > 0 ? [...include.prefixes] : [],
    );
  const say = (...members: string[]) => log.say([out], setOf('s:nets', members));
  say('2001:db8::1/128');
  await system.settle(engine);
  expect([transactions(), named()]).toEqual([1, []]);
  say('2001:db8::1/128', '2001:db8::2/128');
  await system.settle(engine);
  expect([transactions(), named()]).toEqual([1, []]);
  say('2001:db8::1/128', '2001:db8::2/128', '2001:db8:1::/48');
  await system.settle(engine);
  expect([transactions(), named()]).toEqual([2, ['2001:db8:1::/48']]);
  expect(system.holding()).toEqual([]);
});
