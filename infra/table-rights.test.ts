/** The rights in the table, held against what the real code touches: recorded Felix through ingest, log, compiler and engine. */
import { expect, test } from '@jest/globals';
import { ClusterLog } from '../functions/cluster/log.ts';
import { approve } from '../functions/ledger/controls.ts';
import { heldHashes } from '../functions/ledger/query.ts';
import type { Settings } from '../functions/settings.ts';
import type { TableKey } from '../functions/table.ts';
import { settings, Way } from '../test/fake-firewall/way.ts';
import { listVersions, readRecording } from '../test/felix/recording.ts';
import { rightsOfApply, rightsOfIngest } from './table-rights.ts';

type Actor = 'ingest' | 'apply' | 'operator';
const ACTIONS = { get: 'GetItem', query: 'Query', put: 'PutItem', update: 'UpdateItem', delete: 'DeleteItem' } as const;

/** Notes who touches which partition how: "apply PutItem lease". */
function watch(way: Way, now: () => Actor): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const [method, action] of Object.entries(ACTIONS)) {
    const table = way.table as unknown as Record<string, (first: string | TableKey, ...rest: unknown[]) => unknown>;
    const real = table[method]?.bind(table);
    table[method] = (first, ...rest) => {
      seen.add(`${now()} ${action} ${typeof first === 'string' ? first : first.pk}`);
      return real?.(first, ...rest);
    };
  }
  return seen;
}

/** "apply PutItem lease", for each that is permitted. */
function accessesOf(who: Actor, statements: ReturnType<typeof rightsOfApply>): ReadonlySet<string> {
  return new Set(
    statements.flatMap(({ actions, conditions }) => {
      const keys = Object.values(conditions as Record<string, Record<string, string[]>>).flatMap((each) => Object.values(each).flat());
      return keys.flatMap((key) => actions.map((action) => `${who} ${action.replace('dynamodb:', '')} ${key}`));
    }),
  );
}

test('apply asks nothing of a cluster that was taken out of the settings, for its rights went with it', async () => {
  const before = new Way();
  const recording = readRecording('01-first-rule', listVersions('01-first-rule').at(-1) as string);
  await before.take(recording.stream(1).subarray(0, recording.marks[1]?.bytes));
  await before.look(before.process());
  expect(before.device.running.rules.length).toBeGreaterThan(0);
  const without: Settings = { ...settings, clusters: {}, pairs: [] };
  const way = new Way(without, before);
  let actor: Actor = 'apply';
  const seen = watch(way, () => actor);
  await way.look(way.process());
  await way.look(way.process(), 'audit');
  const held = await heldHashes(way.table, 'm', 'edge');
  expect(held.size).toBe(1);
  actor = 'operator';
  for (const hash of held) await approve(way.table, 'edge', hash, 'ann', way.nowMs, held);
  actor = 'apply';
  await way.look(way.process());
  expect(way.device.running.rules).toEqual([]);
  const permitted = accessesOf('apply', rightsOfApply('t', 'm', without, []));
  expect([...seen].filter((access) => access.startsWith('apply ') && !permitted.has(access))).toEqual([]);
});

test('every access of ingest and apply to the table is permitted, and no partition is permitted in vain', async () => {
  const way = new Way();
  let actor: Actor = 'ingest';
  const seen = watch(way, () => actor);
  const recording = readRecording('01-first-rule', listVersions('01-first-rule').at(-1) as string);
  let at = 0;
  for (const mark of recording.marks.filter(({ life }) => life === 1)) {
    actor = 'ingest';
    await way.take(recording.stream(1).subarray(at, mark.bytes));
    at = mark.bytes;
    actor = 'apply';
    // A new process each time: reading what others stored is the greater part of the rights.
    await way.look(way.process());
    const held = await heldHashes(way.table, 'm', 'edge');
    actor = 'operator';
    for (const hash of held) await approve(way.table, 'edge', hash, 'ann', way.nowMs, held);
    actor = 'apply';
    if (held.size > 0) await way.look(way.process());
    await way.look(way.process(), 'audit');
  }
  // A reader of a long tail does this by itself; here the tail is short.
  const limits = settings.clusters.pay as Settings['clusters'][string];
  const log = new ClusterLog(way.table, 'pay', { limits, keepDays: 14, now: () => way.nowMs });
  await log.compact(await log.open());
  await way.look(way.process());
  const permitted = new Map([
    ['ingest', accessesOf('ingest', rightsOfIngest('t', 'pay'))],
    ['apply', accessesOf('apply', rightsOfApply('t', 'm', settings, ['pay']))],
  ]);
  const mine = [...seen].filter((access) => !access.startsWith('operator '));
  expect(mine.filter((access) => !permitted.get(access.split(' ')[0] as string)?.has(access))).toEqual([]);
  const partitions = (accesses: Iterable<string>, who: string) =>
    new Set([...accesses].flatMap((access) => (access.startsWith(`${who} `) ? [access.split(' ')[2] as string] : [])));
  for (const who of ['ingest', 'apply'] as const)
    expect([who, [...partitions(permitted.get(who) ?? [], who)].filter((key) => !partitions(seen, who).has(key))]).toEqual([who, []]);
}, 60_000);
