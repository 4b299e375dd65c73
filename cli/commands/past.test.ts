/** What was: history, and the moments of it. */
import { describe, expect, test } from '@jest/globals';
import { Desk } from '../../test/operator/desk.ts';

describe('history', () => {
  test('of one firewall: what was done to it, not to others', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    const { settings } = desk.place;
    const [edge] = Object.values(settings.firewalls);
    if (!edge) throw new Error('the settings have no firewall');
    desk.place = { ...desk.place, settings: { ...settings, firewalls: { ...settings.firewalls, other: { ...edge, manager: 'o' } } } };
    for (const words of [
      ['freeze', 'edge'],
      ['freeze', 'other'],
      ['freeze', '--all'],
    ])
      await desk.type(...words, '--why', 'x', '-y');
    const targets = async (...words: string[]) =>
      (await desk.json('history', ...words)).actions.map(({ target }: { target: string }) => target).sort();
    expect(await targets()).toEqual(['all', 'edge', 'other']);
    expect(await targets('edge')).toEqual(['all', 'edge']);
    expect(await targets('other')).toEqual(['all', 'other']);
  });

  test('of a firewall that the settings no longer have', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    desk.place = { ...desk.place, settings: { ...desk.place.settings, firewalls: {}, pairs: [], borders: {} } };
    expect((await desk.json('history', 'edge')).entries).toHaveLength(1);
    expect((await desk.type('history', 'egde')).error).toContain('there is no firewall "egde"');
  });
});

describe('the past', () => {
  test('why: from a rule id, a name on the device, a stable id and a policy to where it comes from', async () => {
    const desk = new Desk();
    const times = await desk.play('01-first-rule', 'start');
    const { rules } = await desk.json('why', 'border.payments-out');
    const [rule] = rules;
    expect(rule).toMatchObject({
      present: true,
      firewall: 'edge',
      origin: { cluster: 'pay', tier: 'border', policy: { kind: 'GlobalNetworkPolicy', name: 'border.payments-out' }, ruleIndex: 0 },
    });
    expect(Date.parse(rule.brought.at)).toBeLessThan(times.get('start') ?? 0);
    for (const asked of [rule.rule, `cf_r${rule.rule}_03fe1`, `cf_n${rule.rule}`, rule.origin.annotations['cextfire.io/id']].filter(
      Boolean,
    ))
      expect((await desk.json('why', asked)).rules[0].rule).toBe(rule.rule);
  });

  test('at: what stood there then and what the cluster said; what is gone is still explained', async () => {
    const desk = new Desk();
    const times = await desk.play('01-first-rule');
    const then = await desk.json('at', new Date((times.get('start') ?? 0) - 1_000).toISOString());
    expect(then.firewalls[0].rules.map(({ from }: { from: string }) => from)).toContain('border.payments-out, egress rule 1');
    expect(then.clusters[0].view.policies).toEqual([{ policy: 'GlobalNetworkPolicy//border.payments-out', tier: 'border', staged: false }]);
    const now = await desk.json('at', 'now');
    expect(now.firewalls[0].rules).toEqual([]);
    const gone = await desk.json('why', then.firewalls[0].rules[0].name);
    expect(gone.rules[0]).toMatchObject({ present: false, removedBy: expect.stringMatching(/^20/) });
    const told = (await desk.type('why', then.firewalls[0].rules[0].id)).out;
    expect(told).toContain('no: it went from edge with plan');
    expect(told).toContain("meaning        allow tcp 443, 8443-8450 from app == 'payments'");
    const whole = await desk.json('at', String((times.get('start') ?? 0) - 1_000), '--members');
    expect(whole.firewalls[0].rules[0].addresses).toEqual(['10.10.1.5']);
    expect((await desk.type('at', String((times.get('start') ?? 0) - 1_000), '--members')).out).toContain('1 member\n  10.10.1.5');
    const early = await desk.type('at', '30d');
    expect(early.error).toContain(`the first change that is kept is of ${new Date(times.get('start') ?? 0).toISOString().slice(0, 10)}`);
  });
});
