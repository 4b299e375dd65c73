import { expect, test } from '@jest/globals';
import { System } from '../../test/fake-firewall/system.ts';
import { rule } from '../../test/fake-firewall/world.ts';
import type { FilterRule } from '../rulebook/types.ts';
import { freeze } from './controls.ts';
import { type HistoryEntry, readHistory, rulebookAt, status, whyRule } from './query.ts';

test('status says what stands on a firewall, what its members follow, and who froze it', async () => {
  const system = new System();
  expect(await status(system.table, ['edge'])).toEqual([
    { firewall: 'edge', rules: 0, sets: 0, positions: {}, behind: {}, conditions: [] },
  ]);
  system.world.say('pay', [rule('pay', 'web', 'pods', '203.0.113.0/24')], { pods: ['10.0.0.1/32'] });
  await system.settle();
  await freeze(system.table, 'all', 'bob', 'incident', 5);
  const [one] = await status(system.table, ['edge']);
  expect(one).toMatchObject({ version: 1, rules: 1, sets: 1, positions: { pay: 1 }, freeze: { target: 'all', who: 'bob' } });
});

test('a rule that is gone is still explained', async () => {
  const system = new System();
  const web = rule('pay', 'web', 'pods', '203.0.113.0/24');
  const mail = rule('pay', 'mail', 'pods', '198.51.100.0/24');
  system.world.say('pay', [web, mail], { pods: ['10.0.0.1/32'] });
  await system.settle();
  system.world.say('pay', [mail], { pods: ['10.0.0.1/32'] });
  await system.settle();
  const why = await whyRule(system.table, 'edge', 'web');
  expect(why?.present).toBe(false);
  expect(why?.origin.policy?.name).toBe('border.web');
  expect([why?.brought?.plan, why?.removedBy].every((plan) => plan?.startsWith('2026-'))).toBe(true);
  expect(await whyRule(system.table, 'edge', 'never')).toBeUndefined();
});

test('the past is right also where no rule came or went: a rule of a stable id that does something else, and another order', async () => {
  const system = new System();
  const web = rule('pay', 'web', 'pods', '203.0.113.0/24');
  const mail = rule('pay', 'mail', 'pods', '198.51.100.0/24');
  const apply = async (...rules: FilterRule[]) => {
    system.world.say('pay', rules, { pods: ['10.0.0.1/32'] });
    await system.settle();
    return system.nowMs;
  };
  const first = await apply(web, mail);
  const denied = await apply({ ...web, action: 'deny' }, mail);
  const swapped = await apply(mail, { ...web, action: 'deny' });
  const told = async (atMs: number) => (await rulebookAt(system.table, 'edge', atMs))?.rules.map(({ id, action }) => `${id} ${action}`);
  expect(await told(first)).toEqual(['web allow', 'mail allow']);
  expect(await told(denied)).toEqual(['web deny', 'mail allow']);
  expect(await told(swapped)).toEqual(['mail allow', 'web deny']);
  const entries: HistoryEntry[] = [];
  for await (const entry of readHistory(system.table, 'edge', 0, swapped)) entries.push(entry);
  expect(entries.map(({ rules }) => rules.map(({ id, change }) => `${id} ${change}`))).toEqual([
    ['web added', 'mail added'],
    ['web changed'],
    [],
  ]);
  // The plan that brought a rule is the one since which it does what it does.
  expect((await whyRule(system.table, 'edge', 'web'))?.brought?.plan).toBe(entries[1]?.plan);
  expect((await whyRule(system.table, 'edge', 'mail'))?.brought?.plan).toBe(entries[0]?.plan);
});
