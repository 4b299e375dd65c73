/** `explain` on recordings of a real Felix: the verdict is Felix's own, and what is told of the way to it holds. */
import { describe, expect, test } from '@jest/globals';
import { replaceConditions } from '../functions/ledger/conditions.ts';
import { listVersions, readRecording, type Verdict } from '../test/felix/recording.ts';
import { Desk } from '../test/operator/desk.ts';

const wordsOf = ({ dir, src, dst, proto, sport, dport, type, code }: Verdict): string[] => [
  ...['--direction', dir, '--from', src, '--to', dst, '--protocol', proto],
  ...(dport === '' ? [] : ['--port', dport, '--source-port', sport]),
  ...(type === '' ? [] : ['--type', type, '--code', code || '0']),
];

describe.each([
  ['02-tiers-and-pass', 'start'],
  ['04-selectors-and-sets', 'start'],
  ['07-ingress', 'start'],
])('%s, after step %s', (scenario, step) => {
  test('says of every packet what Felix itself did, and that the firewall does so', async () => {
    const desk = new Desk();
    await desk.play(scenario, step);
    const rows = readRecording(scenario, listVersions(scenario).at(-1) ?? '')
      .verdicts()
      .filter((row) => row.step === step);
    const inside = (address: string) => address.startsWith('10.10.') || address.startsWith('fd00:10:10:');
    const ours = rows.filter((row) => inside(row.dir === 'egress' ? row.src : row.dst)).slice(0, 40);
    expect(ours.length).toBeGreaterThan(5);
    const wrong: string[] = [];
    for (const row of ours) {
      const { answers } = await desk.json('explain', '--cluster', 'pay', ...wordsOf(row));
      const [answer] = answers;
      const verdict = answer.verdict === 'deny' ? 'deny' : 'allow';
      if (verdict !== row.verdict || !answer.agrees || answer.compiled.verdict !== answer.verdict)
        wrong.push(JSON.stringify({ row, answer }));
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('what is told', () => {
  test('tier by tier, rule by rule, with selectors for names, the compiled rule and its name on the device', async () => {
    const desk = new Desk();
    await desk.play('02-tiers-and-pass');
    const { code, out } = await desk.type('explain', '10.10.1.5', '203.0.113.5', 'tcp/443');
    expect(code).toBe(0);
    expect(out).toContain("ALLOWED by border.web, egress rule 2; its address is left to the administrator's NAT; logged");
    expect(out).toMatch(/tier border {2}allows/);
    expect(out).toMatch(/no {2}egress rule 1 deny +source 10\.10\.1\.5 is not in app == 'b' \(2 members\)/);
    expect(out).toMatch(
      /yes egress rule 2 allow +tcp; source 10\.10\.1\.5 is in tier == 'front' \(3 members\); destination port 443 is in 80, 443/,
    );
    expect(out).toMatch(/on the device {2}cf_r[a-z0-9]+, since .* by plan .*-7fffff$/m);
    expect(out).toContain('Our rules there do what the policies say.');
    const { answers } = await desk.json('explain', '10.10.1.5', '203.0.113.5', 'tcp/443');
    expect(answers[0]).toMatchObject({
      verdict: 'allow',
      decidedBy: { tier: 'border', policy: 'GlobalNetworkPolicy//border.web', rule: 2 },
      onFirewall: { rule: { from: 'border.web, egress rule 2' } },
      agrees: true,
    });
    expect(desk.way.device.running.rules.map(({ id }) => id)).toContain(answers[0].onFirewall.rule.id);
  });

  test('the translation, and a policy that is refused at present: its last good version is asked', async () => {
    const desk = new Desk();
    const times = await desk.play('03-nat', 'wrong annotation');
    expect(times.size).toBeGreaterThan(1);
    const now = await desk.json('status');
    const refused = now.conditions.filter(({ code }: { code: string }) => code === 'CEXT_POLICY_ANNOTATION');
    expect(refused.length).toBeGreaterThan(0);
    const packet = ['10.10.1.1', '192.0.2.25', 'tcp/25'];
    const { answers } = await desk.json('explain', ...packet);
    const before = await desk.json('explain', ...packet, '--at', '1m');
    expect(answers[0].compiled.verdict).toBe(answers[0].onFirewall.verdict);
    expect([answers[0].verdict, answers[0].agrees]).toEqual([before.answers[0].verdict, true]);
    expect(answers[0].translation).toBe(before.answers[0].translation);
    expect(answers[0].translation).toMatch(/^as 198\.51\.100\.2\d$/);
  });

  test('the past: what was allowed then and is not now', async () => {
    const desk = new Desk();
    const times = await desk.play('01-first-rule');
    const at = new Date((times.get('start') ?? 0) - 1_000).toISOString();
    const then = await desk.json('explain', '10.10.1.5', '203.0.113.5', 'tcp/443', '--at', at);
    const now = await desk.json('explain', '10.10.1.5', '203.0.113.5', 'tcp/443');
    expect([then.answers[0].verdict, then.answers[0].agrees]).toEqual(['allow', true]);
    expect(now.answers[0].verdict).not.toBe('allow');
  });

  test('a packet of nobody is told so, and exit code 3 says that something is not allowed', async () => {
    const desk = new Desk();
    await desk.play('02-tiers-and-pass');
    const denied = await desk.type('explain', '10.10.9.9', '192.0.2.1', 'udp/99', '--exit-code');
    expect([denied.code, denied.out]).toEqual([3, expect.stringContaining('DENIED by the end of tier border')]);
    const outside = await desk.type('explain', '172.16.0.1', '192.0.2.1', 'tcp/80');
    expect(outside.code).toBe(2);
    expect(outside.error).toContain('neither 172.16.0.1 nor 192.0.2.1 is in the pod CIDRs (pay 10.10.0.0/16');
  });

  test.each([
    [['10.10.1.5', '203.0.113.5', 'tcp/443'], 'tcp 10.10.1.5:40000 -> 203.0.113.5:443'],
    [['10.10.1.5', '203.0.113.5', 'icmp/8/0'], 'icmp 10.10.1.5 -> 203.0.113.5 type 8 code 0'],
    [['10.10.1.5', '203.0.113.5', '47'], 'protocol 47 10.10.1.5 -> 203.0.113.5'],
    [['fd00:10:10::5', '2001:db8::5', 'udp/53'], 'udp [fd00:10:10::5]:40000 -> [2001:db8::5]:53'],
  ])('%j is printed as %j, and what is printed is taken again', async (words, printed) => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    for (const asked of [words, [printed]]) {
      const { answers } = await desk.json('explain', ...asked);
      expect(answers[0].packet).toBe(printed);
    }
  });

  test('a VIP: the policies before DNAT are told, and to ask again behind it', async () => {
    const desk = new Desk();
    await desk.play('07-ingress', 'pre-DNAT');
    const { settings } = desk.place;
    const { edge } = settings.borders;
    if (!edge) throw new Error('no border');
    desk.place = { ...desk.place, settings: { ...settings, borders: { edge: { ...edge, vips: ['198.18.0.80/32'] } } } };
    const denied = await desk.type('explain', '192.0.2.1', '198.18.0.80', 'tcp/443');
    expect(denied.out).toContain('DENIED by border.vip, ingress rule 1');
    expect(denied.out).toContain(
      'yes ingress rule 1 deny  source 192.0.2.1 is not in the excluded 203.0.113.0/24; destination 198.18.0.80 is in',
    );
    expect(denied.out).not.toContain('no selector');
    const passed = await desk.type('explain', '203.0.113.5', '198.18.0.80', 'tcp/443');
    expect(passed.out).toContain('tier border (before DNAT)  no rule matched: on to the next tier');
    expect(passed.out).toContain(
      'Behind the DNAT: the destination lies outside the pod CIDRs of the cluster. Ask again with the address of the pod',
    );
  });

  test('an address that no selector selects is told, and one that is selected is not', async () => {
    const desk = new Desk();
    await desk.play('05-ports-and-protocols', 'start');
    const note = 'no selector of the border policies selects 10.10.9.9 at present';
    expect((await desk.type('explain', '10.10.9.9', '203.0.113.5', 'tcp/443')).out.replaceAll(/\s+/g, ' ')).toContain(note);
    expect((await desk.type('explain', '10.10.1.1', '203.0.113.5', 'tcp/443')).out).not.toContain('no selector');
    // A pod that only a named port selects.
    expect((await desk.type('explain', '203.0.113.5', '10.10.1.3', 'tcp/1')).out).not.toContain('no selector');
  });

  test('the rule allows and the settings do not let the cluster go there: both are told', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    const { settings } = desk.place;
    const pairs = settings.pairs.map((pair) => ({ ...pair, destinations: ['198.51.100.0/24'] }));
    desk.place = { ...desk.place, settings: { ...settings, pairs } };
    const { out } = await desk.type('explain', '10.10.1.5', '203.0.113.5', 'tcp/443');
    expect(out).toContain('DENIED by border.payments-out, egress rule 1, which allows it, but the address is in none of the destinations');
    expect(out).toContain('note: the firewall does not do this yet: it says allow');
  });

  test("an administrator's own chain that drops what we allow is told, also where our rules are right", async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    const message = 'the chain "inet corp forward" on edge is not ours and drops what policies allow, for example 10.10.1.5 to 203.0.113.0';
    const subject = { firewall: 'edge', field: 'inet corp forward' };
    const foreign = { code: 'CEXT_LINUX_FOREIGN_DROP', severity: 'warning', message, subject } as const;
    await replaceConditions(desk.way.table, 'm/structure', [foreign], desk.way.nowMs, async () => {});
    const { out } = await desk.type('explain', '10.10.1.5', '203.0.113.5', 'tcp/443');
    expect(out).toContain('Our rules there do what the policies say.');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('note: CEXT_LINUX_FOREIGN_DROP: the chain "inet corp forward" on edge is not ours');
  });

  test('firewalls that say the same share the way through the policies', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    const { settings } = desk.place;
    const { edge } = settings.firewalls;
    const border = settings.borders.edge;
    const [pair] = settings.pairs;
    if (!edge || !border || !pair) throw new Error('the world has no firewall edge');
    desk.place = {
      ...desk.place,
      settings: {
        ...settings,
        firewalls: { edge, spare: edge },
        borders: { edge: border, spare: { ...border, firewall: 'spare' } },
        pairs: [pair, { ...pair, firewall: 'spare' }],
      },
    };
    const { out } = await desk.type('explain', '10.10.1.5', '203.0.113.5', 'tcp/443');
    expect(out.match(/tier border/g)).toHaveLength(1);
    expect(out).toContain('on firewalls edge, spare');
    expect(out).toMatch(/firewall spare\n(?: {4}.*\n)+? {4}on the device +nothing yet/);
  });
});
