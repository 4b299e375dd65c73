/** Completion asks the command. */
import { describe, expect, test } from '@jest/globals';
import { readApplied, writeApplied } from '../../functions/ledger/applied.ts';
import { Desk } from '../../test/operator/desk.ts';

describe('completion', () => {
  const offered = async (desk: Desk, ...words: string[]) => {
    const { code, out } = await desk.type('completion', '--words', String(words.length), '--', ...words);
    expect(code).toBe(0);
    return out === '' ? [] : out.split('\n');
  };

  test.each([
    [['st'], ['status']],
    [['s'], ['status', 'support-bundle']],
    [['he'], ['help']],
    [['help', 'th'], ['thaw']],
    [['help', 'thaw', ''], []],
    [['status', 'x'], []],
    [['status', '--exit-code', '--ex'], []],
    [['history', '--s'], ['--since']],
    [
      ['explain', '--direction', ''],
      ['egress', 'ingress'],
    ],
    [['explain', '--direction=in'], ['ingress']],
    [['explain', '--direction', '=', 'in'], ['ingress']],
    [
      ['status', '--output='],
      ['json', 'table'],
    ],
    [
      ['-e', ''],
      ['@files', 'demo', 'example'],
    ],
    [['check', ''], ['@files']],
    [
      ['-e', 'example', 'freeze', ''],
      ['frankfurt', 'lab'],
    ],
    [['-e', 'example', 'freeze', 'lab', ''], []],
    [['freeze', '--environment=example', 'f'], ['frankfurt']],
    [
      ['-e', 'example', 'audit', ''],
      ['frankfurt', 'lab', 'panorama'],
    ],
    [
      ['-e', 'example', 'resync', ''],
      ['batch', 'payments'],
    ],
    [['-e', 'example', 'explain', '--cluster', 'p'], ['payments']],
    [['-e', 'nosuch', 'freeze', ''], []],
    [['-e', 'status', 'why', '--fi'], ['--firewall']],
  ])('%j', async (words, wanted) => {
    expect(await offered(new Desk(), ...words)).toEqual(wanted);
  });

  test('rules by policy, by stable name, and by id or name on the device once it begins; held hashes; plans', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    expect(await offered(desk, 'why', '')).toEqual(['border.payments-out', 'payments-to-bank']);
    const ids = desk.way.device.running.rules.map(({ id }) => id).sort();
    expect(await offered(desk, 'why', 'cf_r')).toEqual(ids.map((id) => `cf_r${id}`));
    expect(await offered(desk, 'why', ids[0]?.slice(0, 5) ?? '')).toEqual([ids[0]]);
    const { plans } = await desk.json('plan');
    expect(await offered(desk, 'plan', plans[0].id.slice(0, 8))).toContain(plans[0].id);
    const held = new Desk();
    await held.play('01-first-rule', undefined, false);
    const shown = await held.json('plan');
    expect(await offered(held, 'approve', '')).toEqual([
      shown.plans.find(({ status }: { status: string }) => status === 'held').parts[0].hash,
    ]);
  });

  test('a name that a shell could read as more than a word is not offered', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    const applied = await readApplied(desk.way.table, 'edge');
    const [rule] = applied?.rulebook.rules ?? [];
    if (!applied || !rule) throw new Error('no rule');
    const origin = { ...rule.origin, annotations: { 'cextfire.io/id': '$(touch owned)' } };
    const table = desk.way.table;
    const hostile = { ...applied, rulebook: { ...applied.rulebook, rules: [{ ...rule, origin }] } };
    await writeApplied(table, { ...hostile, version: applied.version + 1 });
    expect(await offered(desk, 'why', '')).toEqual(['border.payments-out']);
  });
});
