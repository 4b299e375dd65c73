/** A held plan, its approval, and the red switch. */
import { describe, expect, test } from '@jest/globals';
import { replaceConditions } from '../../functions/ledger/conditions.ts';
import { readApproval, readFreezes } from '../../functions/ledger/controls.ts';
import { Desk } from '../../test/operator/desk.ts';

describe('a held plan', () => {
  test('is shown with its hash, approved by it, recorded with who, and apply is woken', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', undefined, false);
    const shown = await desk.json('plan');
    const held = shown.plans.find(({ status }: { status: string }) => status === 'held');
    const { hash } = held.parts[0];
    const { code, out } = await desk.type('plan', '--exit-code');
    expect(code).toBe(3);
    expect(out).toContain(`approve it with:  cextfire approve ${hash}`);

    desk.answer = 'n';
    const no = await desk.type('approve', hash);
    expect([no.code, no.error]).toEqual([1, expect.stringContaining('not confirmed; nothing was done')]);
    desk.answer = undefined;
    const nobody = await desk.type('approve', hash);
    expect([nobody.code, nobody.error]).toEqual([
      1,
      expect.stringMatching(/^CEXT_CLI_NOT_CONFIRMED: nobody is there to say yes to: .* Say -y to do it all the same$/),
    ]);
    expect(await readApproval(desk.way.table, 'edge', hash)).toBeUndefined();
    expect(desk.sent).toEqual([]);

    desk.answer = 'y';
    const yes = await desk.type('approve', hash.slice(0, 8));
    expect(yes.code).toBe(0);
    // Whoever says yes is shown what it is, not a hash alone.
    expect(desk.questions.at(-1)).toContain(`Approve ${hash} on firewall edge`);
    expect(desk.questions.at(-1)).toContain('held: no rule of cluster pay would be left (2 now)');
    expect(desk.questions.at(-1)).toMatch(
      /- \w+ {2}allow tcp .* to 203\.0\.113\.0\/24.* \(border\.payments-out, egress rule 1, at border edge\)/,
    );
    expect(await readApproval(desk.way.table, 'edge', hash)).toMatchObject({ who: 'ann' });
    expect(desk.sent).toEqual(['wake m']);
    await desk.way.look(desk.way.process());
    const { actions } = await desk.json('history', '--since', '1h');
    const note = `${hash}, cluster pay, plan ${held.id}`;
    expect(actions).toEqual([expect.objectContaining({ what: 'approve', who: 'ann', target: 'edge', note })]);
    const done = await desk.json('plan', hash);
    const late = await desk.type('approve', hash);
    expect([late.code, late.error]).toEqual([
      2,
      expect.stringContaining(`nothing waits for a yes: plan ${done.plans[0].id} is ${done.plans[0].status}, and has`),
    ]);
    const [entry] = (await desk.json('history', '--since', '5m')).entries.filter(
      ({ approvedBy }: { approvedBy?: string }) => approvedBy === 'ann',
    );
    expect(entry.rules.map(({ change }: { change: string }) => change)).toEqual(['removed', 'removed']);
  });

  test('a second yes is told of the first', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', undefined, false);
    const [hash = ''] = (await desk.json('plan')).plans.flatMap(({ parts }: { parts: { held: string[]; hash: string }[] }) =>
      parts.filter(({ held }) => held.length > 0).map((part) => part.hash),
    );
    expect((await desk.type('approve', hash, '-y')).code).toBe(0);
    const again = await desk.type('approve', hash, '-y');
    expect([again.code, again.error]).toEqual([2, expect.stringContaining(`${hash} was approved by ann at 20`)]);
    expect(desk.sent).toEqual(['wake m']);
  });

  test('members that leave are shown by the words of their condition', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    const hash = 'feedfacefeedfacefeedfacefeedface';
    await desk.way.table.update({ pk: 'lease', sk: 'members#edge' }, { held: { pay: hash } });
    const message = `cluster pay on edge: \u001b[2J900 members would become 3 within 10m; removals are held, approve with hash ${hash}`;
    const condition = {
      code: 'CEXT_APPLY_MEMBERS_HELD',
      severity: 'error',
      message,
      subject: { firewall: 'edge', cluster: 'pay' },
    } as const;
    await replaceConditions(desk.way.table, 'm/members', [condition], desk.way.nowMs, async () => {});
    desk.answer = 'y';
    expect((await desk.type('approve', 'feedface')).code).toBe(0);
    // What others wrote reaches no terminal as anything but text.
    expect(desk.questions.at(-1)).toContain('edge: \ufffd[2J900 members would become 3');
    const { actions } = await desk.json('history', '--since', '1h');
    expect(actions[0].note).toBe(`${hash}, cluster pay, members`);
  });

  test('where the queue cannot be found nothing is approved; where apply cannot be woken, that is told', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', undefined, false);
    const [hash = ''] = (await desk.json('plan')).plans.flatMap(({ parts }: { parts: { held: string[]; hash: string }[] }) =>
      parts.filter(({ held }) => held.length > 0).map((part) => part.hash),
    );
    const whole = desk.place;
    const gone = async () => {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    };
    desk.place = { ...whole, findQueues: gone };
    expect((await desk.type('approve', hash, '-y')).code).toBe(1);
    expect(await readApproval(desk.way.table, 'edge', hash)).toBeUndefined();
    expect((await desk.json('history', '--since', '1h')).actions).toEqual([]);
    desk.place = { ...whole, wake: gone };
    const told = await desk.type('approve', hash, '-y');
    expect([told.code, told.error]).toEqual([
      1,
      expect.stringContaining(
        'approve edge is done and recorded, but apply could not be woken (apply looks by itself, within 15m at the latest)',
      ),
    ]);
    expect(await readApproval(desk.way.table, 'edge', hash)).toMatchObject({ who: 'ann' });
    // A freeze is for emergencies: it asks for no queue before.
    desk.place = { ...whole, findQueues: gone };
    expect((await desk.type('freeze', 'edge', '--why', 'fire', '-y')).code).toBe(0);
    expect((await readFreezes(desk.way.table)).get('edge')).toMatchObject({ why: 'fire' });
  });
});

describe('freezes', () => {
  test('are written with who and why, taken back, and stay in the history', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    expect((await desk.type('freeze', 'edge', '--why', 'change window', '-y')).code).toBe(0);
    expect((await readFreezes(desk.way.table)).get('edge')).toMatchObject({ who: 'ann', why: 'change window' });
    const { out: frozen } = await desk.type('status');
    expect(frozen).toContain('frozen by ann: change window');
    expect(frozen).toContain('No condition holds, but:\nedge is frozen by ann: nothing is written there until it is thawed');
    expect((await desk.type('thaw', 'edge', '-y')).code).toBe(0);
    expect((await readFreezes(desk.way.table)).size).toBe(0);
    expect(desk.sent).toEqual(['wake m', 'wake m']);
    const { out } = await desk.type('history', '--since', '1h');
    expect(out).toContain('freeze edge by ann: change window');
    expect(out).toContain('thaw edge by ann: was frozen by ann: change window');
  });

  test('one freeze over another, and a thaw that leaves one, are told', async () => {
    const desk = new Desk();
    await desk.type('freeze', 'edge', '--why', 'first', '-y');
    desk.answer = 'y';
    await desk.type('freeze', 'edge', '--why', 'second');
    expect(desk.questions.at(-1)).toContain('It takes the place of the freeze by ann since');
    await desk.type('freeze', '--all', '--why', 'night', '-y');
    expect((await desk.type('thaw', 'edge', '-y')).out).toContain('Still frozen: edge by ann (night; cextfire thaw --all)');
    expect((await desk.type('thaw', '--all', '-y')).out).not.toContain('Still frozen');
    const { actions } = await desk.json('history', '--since', '1h');
    expect(actions.map(({ note }: { note: string }) => note)).toContain('second (before it, frozen by ann: first)');
  });
});
