/** Random rulebooks onto a real nftables and back, by way of every step in between. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Connector, Desired, Step } from '../../functions/firewalls/contract.ts';
import type { Family } from '../../functions/packets/address.ts';
import { formatRange, parseRange } from '../../functions/packets/address.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import type { Decision, FilterRule, Translation } from '../../functions/rulebook/types.ts';
import { Cluster } from '../../functions/settings.ts';
import { needs } from '../requirements.ts';
import { ADDRESS_SETS, ENDPOINT_SETS, memberships, packetsOf, rules } from '../worlds/rulebooks.ts';
import { addressSet, bookOf, bringTo, connectTo, desiredOf, finish, memberSource, read } from './desired.ts';
import { type LinuxBorder, startLinuxBorder } from './rig.ts';

const RUNS = Number(process.env.CEXTFIRE_RUNS ?? 10);
const SETS = [...ADDRESS_SETS.map((id) => addressSet(id)), ...ENDPOINT_SETS.map((id) => addressSet(id, 'endpoints'))];
const ADMIN = `table ip admin {
	set theirs {
		type ipv4_addr
		elements = { 192.0.2.1 }
	}

	chain forward {
		type filter hook forward priority filter; policy accept;
		ip saddr @theirs counter packets 0 bytes 0 drop
	}
}
`;

/** What becomes of the source in this family, as a text. */
function effective(translation: Translation, family: Family): string {
  if (translation.kind === 'absent' || translation.kind === 'none') return translation.kind;
  const ranges =
    translation.kind === 'address'
      ? [parseRange(translation.address)]
      : translation.kind === 'range'
        ? [translation.range]
        : translation.ranges;
  const mine = ranges.flatMap((range) => (range?.family === family ? [formatRange(range)] : []));
  return mine.length > 0 ? mine.sort().join() : 'absent';
}
const told = (decision: Decision, family: Family): string =>
  decision.kind === 'allow'
    ? `allow ${effective(decision.rule.translation, family)} ${decision.logged}`
    : `${decision.kind} ${decision.logged}`;

/** Without ICMP of the other family, which nftables never takes for ICMP. */
const PACKETS = packetsOf('egress').filter(({ family, protocol }) => protocol !== (family === 4 ? 58 : 1));

function worldOf(list: readonly FilterRule[], members: Record<string, readonly string[]>, name = 'x'): Desired {
  const unique = list.map((each, at): FilterRule => ({ ...each, id: `${each.id}${name}${at}` }));
  const desired = desiredOf(bookOf(unique, SETS), new Map(Object.entries(members).map(([set, all]) => [set, new Set(all)])));
  return { ...desired, clusters: new Map([['c', Cluster.parse({ podCidrs: ['0.0.0.0/0', '::/0'] })]]) };
}

async function decisionsOn(connector: Connector, desired: Desired): Promise<string[]> {
  const state = (await read(connector, desired)).firewalls.get('edge');
  if (!state) throw new Error('nothing read');
  const members = memberSource(new Map([...state.sets.values()].map(({ set, members: all }) => [set, all ?? new Set()])));
  const evaluate = evaluatorOf({ rulebook: state.rulebook, members });
  return PACKETS.map((packet) => told(evaluate('edge', 'forward', packet), packet.family));
}

function decisionsOf(desired: Desired): string[] {
  const evaluate = evaluatorOf({ rulebook: desired.rulebook, members: desired.members });
  return PACKETS.map((packet) => told(evaluate('edge', 'forward', packet), packet.family));
}

needs(
  'namespaces',
  'nft',
  'ip',
  'sshd',
)('nftables of a real firewall', () => {
  let border: LinuxBorder;
  let connector: Connector;
  let fence = 1;
  beforeAll(async () => {
    border = await startLinuxBorder({ name: 'round-trip' });
    await border.nft(['-f', '-'], ADMIN);
    connector = connectTo(border);
  }, 60_000);
  afterAll(async () => {
    await connector.close();
    await border.close();
  });
  afterEach(async () => {
    expect(await border.nft(['list', 'table', 'ip', 'admin'])).toBe(ADMIN);
  });

  const planned = async (desired: Desired): Promise<readonly Step[]> =>
    connector.plan(await read(connector, desired), new Map([['edge', desired]])).steps;
  const fresh = async () => {
    await border.nft(['-f', '-'], 'add table inet cf_edge\ndelete table inet cf_edge\n');
    await connector.close();
  };

  test('what is written decides every packet as it should, and reads back as what was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rules, { minLength: 1, maxLength: 6 }), memberships, async (list, members) => {
        await fresh();
        const desired = worldOf(list, members);
        await bringTo(connector, desired, fence++);
        expect(await decisionsOn(connector, desired)).toEqual(decisionsOf(desired));
        expect(await planned(desired)).toEqual([]);
        const state = (await read(connector, desired, 'digest')).firewalls.get('edge');
        expect(state?.drift).toEqual([]);
        for (const set of SETS) expect([set.id, state?.sets.get(set.id)?.digest]).toEqual([set.id, desired.members.digest(set.id)]);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 120_000);

  test('after every step of a change, what both allow passes and what both deny does not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rules, { minLength: 1, maxLength: 5 }),
        fc.array(rules, { minLength: 1, maxLength: 5 }),
        fc.nat(4),
        memberships,
        async (before, after, kept, members) => {
          await fresh();
          const old = worldOf(before, members);
          // Some of the old rules stay, so that lists are edited and not only replaced.
          const ids = new Set(old.rulebook.rules.slice(0, kept).map(({ id }) => id));
          const fromOld = old.rulebook.rules.filter(({ id }) => ids.has(id));
          const moved = worldOf(after, members, 'y');
          const now: Desired = {
            ...moved,
            rulebook: { ...moved.rulebook, rules: [...moved.rulebook.rules.slice(0, 2), ...fromOld, ...moved.rulebook.rules.slice(2)] },
          };
          await bringTo(connector, old, fence++);
          const first = decisionsOf(old);
          const last = decisionsOf(now);
          await bringTo(connector, now, fence++, async () => {
            const seen = await decisionsOn(connector, now);
            for (const [at, decision] of seen.entries()) expect([first[at], last[at]]).toContain(decision);
          });
          expect(await decisionsOn(connector, now)).toEqual(last);
          expect(await planned(now)).toEqual([]);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 180_000);

  test('a run that dies after any step is continued by the next, and a step done twice is done once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rules, { minLength: 1, maxLength: 4 }),
        fc.array(rules, { minLength: 1, maxLength: 4 }),
        memberships,
        fc.nat(8),
        async (before, after, members, dies) => {
          await fresh();
          await bringTo(connector, worldOf(before, members), fence++);
          const desired = worldOf(after, members);
          const steps = await planned(desired);
          for (const step of steps.slice(0, dies)) {
            expect(await finish(connector, step, desired, fence)).toMatchObject({ kind: 'done' });
            expect(await finish(connector, step, desired, fence)).toMatchObject({ kind: 'done' });
          }
          await connector.close();
          await bringTo(connector, desired, ++fence);
          fence++;
          expect(await decisionsOn(connector, desired)).toEqual(decisionsOf(desired));
          expect(await planned(desired)).toEqual([]);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 180_000);
});
