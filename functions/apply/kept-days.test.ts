/** The ledger keeps what is overtaken for `keepDays`, and what stands for as long as it stands: it does not grow with the number of changes. */
import { expect, test } from '@jest/globals';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import { readLastGood, writeLastGood } from '../ledger/last-good.ts';
import { appliedAt, listPlans, readHistory, readPlan, whyRule } from '../ledger/query.ts';

const web = rule('pay', 'web', 'pods', '203.0.113.0/24');
const other = (n: number) => rule('pay', `other${n}`, 'pods', `198.51.100.${n}/32`);
const pods = { pods: ['10.0.0.1/32'] };
const DAY = 86_400_000;

/** What the table's time to live does; how many items of plans, history and their pieces are left. */
async function age(system: System): Promise<number> {
  let left = 0;
  for (const pk of ['plans#m', 'history#edge', 'pieces#edge', 'pieces#plans#m'])
    for await (const { sk, expires } of system.table.query(pk)) {
      if (Number(expires ?? Number.POSITIVE_INFINITY) * 1000 <= system.nowMs) await system.table.delete({ pk, sk });
      else left++;
    }
  return left;
}

async function changeEveryDay(system: System, days: number): Promise<number> {
  const engine = system.process();
  let left = 0;
  for (let day = 1; day <= days; day++) {
    system.pass(DAY);
    system.world.say('pay', [web, other(day)], pods);
    await system.settle(engine);
    left = await age(system);
  }
  return left;
}

test('after keepDays the ledger grows no more, and the days before are all there', async () => {
  const system = new System();
  const { keepDays } = system.settings;
  system.world.say('pay', [web], pods);
  await system.settle();
  const first = (await listPlans(system.table, 'm'))[0]?.id ?? '';
  const month = await changeEveryDay(system, 2 * keepDays);
  expect(await changeEveryDay(system, keepDays)).toBe(month);
  // What stands is explained, however old it is; what is overtaken, as far back as it is kept.
  expect((await whyRule(system.table, 'edge', 'web'))?.brought?.plan).toBe(first);
  expect((await readPlan(system.table, 'm', first))?.plan.parts[0]?.rulesAdded).toBe(1);
  for (let day = 0; day < keepDays; day++)
    expect((await appliedAt(system.table, 'edge', system.nowMs - day * DAY - 1000))?.rulebook.rules.map(({ id }) => id)).toContain('web');
  const entries: string[] = [];
  for await (const { plan } of readHistory(system.table, 'edge', 0, Date.UTC(9999, 0))) entries.push(plan);
  expect(entries.length).toBeGreaterThanOrEqual(keepDays);
  for (const plan of entries) expect((await readPlan(system.table, 'm', plan))?.head.status).toBe('done');
});

test('of last good versions the newest is kept, also where two clusters say the same', async () => {
  const { table, nowMs } = new System();
  const version = (position: number) => ({ p: { raw: 'AA==', position } });
  const pieces = async (cluster: string) => {
    const out: (number | undefined)[] = [];
    for await (const { expires } of table.query(`pieces#edge#good#${cluster}`))
      out.push(expires === undefined ? undefined : Number(expires));
    return out.sort();
  };
  for (const cluster of ['a', 'b']) expect(await writeLastGood(table, 'edge', cluster, version(1), 1, nowMs)).toBe(true);
  for (const position of [2, 3, 2]) expect(await writeLastGood(table, 'edge', 'a', version(position), 2, nowMs)).toBe(true);
  // The first and the third go in a day; the second is what stands, again.
  expect(await pieces('a')).toEqual([nowMs / 1000 + 86_400, nowMs / 1000 + 86_400, undefined]);
  expect(await pieces('b')).toEqual([undefined]);
  expect(await readLastGood(table, 'edge', 'a')).toEqual(version(2));
  expect(await writeLastGood(table, 'edge', 'a', version(9), 1, nowMs)).toBe(false);
  expect(await readLastGood(table, 'edge', 'a')).toEqual(version(2));
});

test('nothing changes for a year: rule, plan and history are still there', async () => {
  const system = new System();
  system.world.say('pay', [web], pods);
  const engine = system.process();
  await system.settle(engine);
  system.pass(365 * DAY);
  await age(system);
  await system.settle(system.process(), 'audit');
  expect((await whyRule(system.table, 'edge', 'web'))?.present).toBe(true);
  expect((await listPlans(system.table, 'm')).length).toBe(1);
  expect((await appliedAt(system.table, 'edge', system.nowMs))?.rulebook.rules.length).toBe(1);
});
