/** The commands against a world in memory that a recorded Felix made. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { replaceConditions } from '../../functions/ledger/conditions.ts';
import { readRecording } from '../../test/felix/recording.ts';
import { Desk } from '../../test/operator/desk.ts';

describe('status', () => {
  test('says that all is well, and what is behind where it is not', async () => {
    const desk = new Desk();
    const before = await desk.json('status');
    expect(before.clusters).toEqual([expect.objectContaining({ cluster: 'pay', state: 'never heard', heardMs: null })]);
    expect(before.firewalls).toEqual([expect.objectContaining({ firewall: 'edge', appliedMs: null, behind: [] })]);
    expect(before.conditions.map(({ code }: { code: string }) => code)).toEqual(['CEXT_CLUSTER_NEVER_HEARD']);

    await desk.play('02-tiers-and-pass', 'start');
    const well = await desk.type('status', '--exit-code');
    expect(well.code).toBe(0);
    expect(well.out).toContain('up to date');
    expect(well.out).toContain('No condition holds: all is as it should be.');

    // The cluster says more, and apply does not run.
    const recording = readRecording('02-tiers-and-pass', 'v3.32.1');
    const [start, next] = recording.marks;
    if (!start || !next) throw new Error('the recording has no second step');
    await desk.way.take(recording.stream(1).subarray(start.bytes, next.bytes));
    desk.way.nowMs += 600_000;
    const late = await desk.json('status');
    expect(late.firewalls[0].behind).toEqual([{ cluster: 'pay', rules: true, sets: 0, sinceMs: expect.any(Number) }]);
    const told = await desk.type('status', '--exit-code');
    expect(told.code).toBe(3);
    expect(told.out).toContain('rules of pay behind by 10 min');
    expect(told.out).toContain('see what apply of manager m says in its log');
  });

  test('what is about a manager is told for each of them', async () => {
    const desk = new Desk();
    await desk.play('02-tiers-and-pass', 'start');
    const { settings } = desk.place;
    const one = settings.managers.m as (typeof settings.managers)[string];
    desk.place = { ...desk.place, settings: { ...settings, managers: { ...settings.managers, east: one, west: one } } };
    for (const manager of ['east', 'west']) {
      const condition = {
        code: 'CEXT_APPLY_UNREACHABLE',
        severity: 'error',
        message: `manager ${manager} is away`,
        subject: { manager },
      } as const;
      await replaceConditions(desk.way.table, `${manager}/structure`, [condition], desk.way.nowMs, async () => {});
    }
    const { conditions } = await desk.json('status');
    expect(conditions.map(({ manager }: { manager: string }) => manager)).toEqual(['east', 'west']);
    const { out } = await desk.type('status');
    for (const manager of ['east', 'west']) expect(out).toMatch(new RegExp(`CEXT_APPLY_UNREACHABLE {2}manager ${manager}, for`));
  });

  test('masquerading pools come first', async () => {
    const desk = new Desk();
    await desk.play('02-tiers-and-pass', 'start');
    const subject = { cluster: 'pay', firewall: 'edge', field: "app == 'b'" };
    const conditions = [
      { code: 'CEXT_APPLY_HELD', severity: 'error', message: 'held', subject: { firewall: 'edge' } },
      { code: 'CEXT_POLICY_MASQUERADED', severity: 'warning', message: 'members are in an IP pool that masquerades', subject },
    ] as const;
    await replaceConditions(desk.way.table, 'm/structure', conditions, desk.way.nowMs, async () => {});
    // Of a manager that was taken out of the settings: nobody ends it any more.
    const gone = [{ code: 'CEXT_APPLY_UNREACHABLE', severity: 'error', message: 'away', subject: { manager: 'old' } }] as const;
    await replaceConditions(desk.way.table, 'old/structure', gone, desk.way.nowMs, async () => {});
    const { out } = await desk.type('status');
    expect(out).not.toContain('CEXT_APPLY_UNREACHABLE');
    expect(out.split('\n')[1]).toContain('Set natOutgoing: false');
    expect(out.indexOf('CEXT_POLICY_MASQUERADED')).toBeLessThan(out.indexOf('CEXT_APPLY_HELD'));
  });
});

test('audit and resync ask the right queue', async () => {
  const desk = new Desk();
  await desk.play('01-first-rule', 'start');
  await desk.type('audit', 'edge', '-y');
  await desk.type('resync', 'pay', '-y');
  expect(desk.sent).toEqual(['audit m', 'resync pay']);
});

test('a report takes the place of a report, and of nothing else', async () => {
  const desk = new Desk();
  await desk.play('01-first-rule', 'start');
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-over-'));
  const settings = join(folder, 'prod.yaml');
  writeFileSync(settings, 'environment: prod\n');
  const refused = await desk.type('report', '-o', settings);
  expect([refused.code, refused.error]).toEqual([2, expect.stringContaining(`${settings} is there already and is no report`)]);
  expect(readFileSync(settings, 'utf8')).toBe('environment: prod\n');
  expect((await desk.type('report', '-o', folder)).code).toBe(2);
  const file = join(folder, 'report.html');
  for (const _ of ['new', 'again']) expect((await desk.type('report', '-o', file)).code).toBe(0);
});

test('what only reads writes nothing, whatever it meets', async () => {
  const desk = new Desk();
  await desk.play('02-tiers-and-pass');
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-reading-'));
  const writes = () => desk.way.table.calls.put + desk.way.table.calls.update + desk.way.table.calls.delete;
  const before = writes();
  // A tail so old that a reader of apply's kind would store a snapshot behind it.
  desk.way.nowMs += 7_200_000;
  for (const words of [
    ['status'],
    ['plan'],
    ['history'],
    ['why', 'border.web'],
    ['at', '3h'],
    ['at', 'now'],
    ['explain', '10.10.1.5', '203.0.113.5', 'tcp/443'],
    ['report', '-o', join(folder, 'report.html')],
    ['support-bundle', '-o', join(folder, 'bundle')],
  ])
    await desk.type(...words);
  expect(writes()).toBe(before);
  expect(desk.sent).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(['bundle', 'report.html']);
});
