/** The commands against a world in memory that a recorded Felix made. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readApplied, writeApplied } from '../../functions/ledger/applied.ts';
import { replaceConditions } from '../../functions/ledger/conditions.ts';
import { readApproval, readFreezes } from '../../functions/ledger/controls.ts';
import { readRecording } from '../../test/felix/recording.ts';
import { Desk } from '../../test/operator/desk.ts';
import { bundleOf } from './support-bundle.ts';

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

test('audit and resync ask the right queue', async () => {
  const desk = new Desk();
  await desk.play('01-first-rule', 'start');
  await desk.type('audit', 'edge', '-y');
  await desk.type('resync', 'pay', '-y');
  expect(desk.sent).toEqual(['audit m', 'resync pay']);
});

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

describe('support-bundle', () => {
  test('holds what helps and nothing secret', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    const canaries = [
      's3cr3t-session',
      '123456789012',
      '210987654321',
      'cextfire/secret/name',
      'arn:aws:iam::1:role/x',
      'oidc.example',
      'LUFRPT1leaked',
      'hunter2',
      'b3BlbnNzaC1rZXk',
      'AKIAIOSFODNN7EXAMPLE',
    ];
    // What a device or a person may have put into a text.
    const texts = [
      'GET https://fw/api/?type=op&key=LUFRPT1leaked&cmd=x failed',
      'the password: hunter2 was refused',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----',
      'signed by AKIAIOSFODNN7EXAMPLE at https://sqs.eu-central-1.amazonaws.com/210987654321/q',
    ];
    const conditions = texts.map((message, n) => ({
      code: 'CEXT_X' as const,
      severity: 'error' as const,
      message,
      subject: { policy: `p${n}` },
    }));
    await replaceConditions(desk.way.table, 'm/structure', conditions, desk.way.nowMs, async () => {});
    await desk.way.table.update({ pk: 'lease', sk: 'structure#m' }, { session: 's3cr3t-session' });
    const [manager] = Object.values(desk.place.settings.managers);
    const [cluster] = Object.values(desk.place.settings.clusters);
    if (!manager || !cluster) throw new Error('the settings have no manager or cluster');
    const place = {
      ...desk.place,
      settings: {
        ...desk.place.settings,
        account: '123456789012',
        tags: { owner: 'arn:aws:iam::1:role/x' },
        managers: { m: { ...manager, secret: 'cextfire/secret/name' } },
        clusters: { pay: { ...cluster, sender: { oidcProvider: 'oidc.example', serviceAccount: 'a/b' } } },
      },
    };
    const files = await bundleOf(place);
    expect([...files.keys()].sort()).toEqual(
      [
        'README.txt',
        'history.json',
        'leases.json',
        'plans.json',
        'rules-edge.json',
        'settings.json',
        'status.json',
        'streams.json',
        'versions.json',
      ].sort(),
    );
    const whole = [...files.values()].join('\n');
    for (const canary of canaries) expect(whole).not.toContain(canary);
    expect(files.get('rules-edge.json')).toContain('border.payments-out');
    const folder = join(mkdtempSync(join(tmpdir(), 'cextfire-bundle-')), 'b');
    expect((await desk.type('support-bundle', '-o', folder)).code).toBe(0);
    expect(readdirSync(folder)).toHaveLength(9);
    expect(JSON.parse(readFileSync(join(folder, 'status.json'), 'utf8')).environment).toBe('test');
    expect((await desk.type('support-bundle', '-o', folder)).code).toBe(2);
    const packed = `${folder}.tar.gz`;
    expect((await desk.type('support-bundle', '-o', packed)).code).toBe(0);
    expect(readFileSync(packed).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });
});

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
