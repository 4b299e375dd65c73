/** Everything a person can type wrong: one line that says what and what to do instead, exit code 2, nothing done. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Desk } from '../test/operator/desk.ts';
import { COMMANDS } from './commands.ts';
import { connect } from './connect.ts';
import type { Io } from './io.ts';
import { harmless } from './io.ts';
import { run } from './run.ts';
import { table } from './table-text.ts';
import { parseMoment, tellAge } from './time.ts';

describe('wrong input', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = new Desk();
    await desk.play('01-first-rule', 'start');
  });

  test.each([
    [['stats'], 'there is no command "stats"; did you mean status?'],
    [['frobnicate'], '"cextfire help" lists them'],
    [['help', 'nothing'], 'there is no command "nothing"'],
    [['help', 'expl'], 'did you mean explain?'],
    [['hlep'], 'did you mean help?'],
    [['status', '--frozn'], 'there is no option --frozn'],
    [['status', '--json'], 'there is no option --json; did you mean -o json?'],
    [['status', '--exitcode'], 'did you mean --exit-code?'],
    [['status', 'edge'], '"edge" is too much; write: cextfire status'],
    [['status', '-o', 'xml'], '-o "xml": write json or table'],
    [['status', '--region'], '--region needs a value: --region NAME; see "cextfire help status"'],
    [['status', '--exit-code=3'], '--exit-code takes no value'],
    [['status', '--region', 'a', '--region', 'b'], '--region is said 2 times; say it once'],
    [['status', '--region', ''], '--region has an empty value'],
    [['why'], 'RULE is missing; write: cextfire why RULE'],
    [['why', 'nosuchrule'], 'no rule "nosuchrule" stands or stood on any firewall'],
    [['why', 'x', '--firewall', 'none'], 'there is no firewall "none"; there are: edge'],
    [['why', 'x', '--firewall', 'Edge'], 'there is no firewall "Edge"; did you mean edge? there are: edge'],
    [['why', 'payments-to-bnak'], 'did you mean payments-to-bank? give a rule id'],
    [['plan', '--last', 'many'], '--last "many" is no number'],
    [['plan', 'zzz'], 'there is no plan with id or hash "zzz"'],
    [['history', 'nofirewall'], 'there is no firewall "nofirewall"'],
    [['history', '--since', 'yesterday'], '--since: "yesterday" is no moment; write 14:05'],
    [['history', '--since', '1h', '--until', '2h'], '--since lies after --until'],
    [['at'], 'TIME is missing'],
    [['at', '25:00'], 'TIME: "25:00" is no moment'],
    [['at', '2026-02-30'], 'TIME: "2026-02-30" is no moment'],
    [['at', '99999999999999d'], 'nothing is kept of 1970-01-01'],
    [['at', '2999-01-01'], 'lies in the future'],
    [['at', '400d'], 'nothing is kept of'],
    [['approve', 'yes'], '"yes" is no hash'],
    [['approve', '0123456789abcdef'], 'no held plan has the hash 0123456789abcdef; held: nothing'],
    [['freeze', 'edge'], 'say why with --why TEXT'],
    [['freeze', '--why', 'x'], 'name a firewall, or say --all'],
    [['freeze', 'edge', '--why', 'x'.repeat(600)], '--why has 600 characters; 500 are enough'],
    [['freeze', 'edge', '--all', '--why', 'x'], 'name a firewall, or say --all'],
    [['freeze', 'moon', '--why', 'x'], 'there is no firewall "moon"'],
    [['thaw', 'edge'], 'edge is not frozen by anybody; frozen: nothing'],
    [['audit', 'moon'], 'there is no firewall or manager "moon"'],
    [['resync', 'moon'], 'there is no cluster "moon"; there are: pay'],
    [['explain'], 'the source is missing'],
    [['explain', '10.10.1.5'], 'the destination is missing'],
    [['explain', '10.10.1.300', '1.1.1.1', 'tcp/80'], 'source "10.10.1.300" is no IP address'],
    [['explain', '10.10.1.5', 'fd00::1', 'tcp/80'], 'are of two IP families'],
    [['explain', '10.10.1.5', '1.1.1.1'], 'the service is missing'],
    [['explain', '10.10.1.5', '1.1.1.1', 'tcp'], 'tcp needs a port; write tcp/443'],
    [['explain', '10.10.1.5', '1.1.1.1', 'tcp/99999'], 'port "99999" is not 0..65535'],
    [['explain', '10.10.1.5', '1.1.1.1', 'http/80'], 'protocol "http" is not icmp, tcp'],
    [['explain', '10.10.1.5', '1.1.1.1', 'icmp/8', '--port', '1'], 'icmp has no ports'],
    [['explain', '10.10.1.5', '1.1.1.1', 'tcp/80', '--type', '8'], 'tcp has ports, no type and code'],
    [['explain', '10.10.1.5', '1.1.1.1', '47/3'], 'has neither ports nor types'],
    [['explain', '10.10.1.5', '1.1.1.1', 'tcp/80', '--port', '443'], '--port 443 and "tcp/80" say different things'],
    [['explain', '10.10.1.5', '1.1.1.1', 'tcp/80', '--from', '10.10.1.6'], '--from 10.10.1.6 and "10.10.1.5" say different things'],
    [['explain', '10.10.1.5', '1.1.1.1', 'tcp/80', '--protocol', 'udp'], '--protocol udp and "tcp" say different things'],
    [['explain', '10.10.1.5', '1.1.1.1', 'tcp/80', '--direction', 'out'], 'direction "out": write egress'],
    [['explain', '10.10.1.5', '1.1.1.1', 'tcp/80', '--cluster', 'moon'], 'there is no cluster "moon"'],
    [['explain', 'tcp ->'], '"tcp ->" is no packet; write it as'],
    [['explain', '10.10.1.5', '10.10.1.6', 'tcp/80', 'now'], '"now" is too much'],
    [['check', '/nowhere/prod.yaml'], 'There is no environment file /nowhere/prod.yaml'],
    [['report', '-o', '/nowhere/report.html'], '/nowhere/report.html cannot be written'],
    [['support-bundle', '-o', '/nowhere/a/bundle'], '/nowhere/a is not there'],
    [['completion', 'fish'], 'completion for which shell?'],
  ])('%j', async (words, said) => {
    const sent = desk.sent.length;
    const { code, out, error } = await desk.type(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain(said);
    expect(error.split('\n')).toHaveLength(1);
    expect(error).not.toMatch(/\bat .*:\d+:\d+/);
    expect(desk.sent).toHaveLength(sent);
  });

  test('what is as long as a file is not repeated whole', async () => {
    for (const words of [
      ['history', 'x'.repeat(5000)],
      ['history', `--since=${'x'.repeat(5000)}`],
      ['approve', 'x'.repeat(5000)],
    ])
      expect((await desk.type(...words)).error).toMatch(/^CEXT_CLI_\w+: .{1,250}$/);
  });

  test.each([
    [['plan', 'zzz'], 'CEXT_CLI_UNKNOWN_NAME'],
    [['plan', '--output=json', '--last', 'x'], 'CEXT_CLI_USAGE'],
    [['status', '--frozn', '--output', 'json'], 'CEXT_CLI_USAGE'],
    [['frobnicate', '-o', 'json'], 'CEXT_CLI_USAGE'],
    [['-o', 'json', 'approve'], 'CEXT_CLI_USAGE'],
  ])('with -o json a program gets JSON, also of what is wrong: %j', async (words, code) => {
    const asked = words.join(' ').includes('json') ? words : [...words, '-o', 'json'];
    const { code: exit, out, error } = await desk.type(...asked);
    expect(exit).toBe(2);
    expect(error).toContain(`${code}: `);
    expect(JSON.parse(out)).toEqual({ error: { code, message: error.slice(code.length + 2) } });
  });

  test('where -o names a file nothing but the message is told', async () => {
    expect(await desk.type('report', '--since', 'x', '-o', 'x.html')).toMatchObject({ code: 2, out: '' });
    expect(await desk.type('report', '-o', 'json')).toMatchObject({
      code: 2,
      out: '',
      error: expect.stringContaining('here -o names a file'),
    });
  });

  test('a settings file: every mistake is a line with path, line and column', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cextfire-check-')), 'bad.yaml');
    writeFileSync(
      file,
      'environment: prod\nnetwork: none\nmanagers: {}\nfirewalls:\n  edge: {manager: m, mode: synk}\nborders: {}\nclusters: {}\npairs: []\nfoo: 1\n',
    );
    const { code, error } = await desk.type('check', file);
    expect(code).toBe(2);
    expect(error).toContain(`${file}:5:`);
    expect(error).toContain('firewalls.edge.mode');
    expect(error).toContain('foo: there is no such key');
  });
});

test.each(COMMANDS.map(({ name }) => [name]))('help of %s tells usage, options and an example', async (name) => {
  const desk = new Desk();
  for (const words of [
    ['help', name],
    [name, '--help'],
  ]) {
    const { code, out } = await desk.type(...words);
    expect(code).toBe(0);
    expect(out).toContain(`cextfire ${name}`);
    expect(out).toContain('$ ');
  }
});

describe('finding the environment', () => {
  const io = (variables: Record<string, string>): { io: Io; said: string[] } => {
    const said: string[] = [];
    const none = async () => undefined;
    return {
      said,
      io: { width: 80, paint: (_, text) => text, out: (text) => said.push(text), error: (text) => said.push(text), ask: none, variables },
    };
  };

  test.each([
    [['status'], {}, 'which environment? Say --environment NAME or FILE'],
    [['status', '-e', 'moonbase'], {}, 'Known environments: '],
    [
      ['status', '--local'],
      { XDG_RUNTIME_DIR: mkdtempSync(join(tmpdir(), 'cextfire-none-')) },
      'no local cloud runs here; start one with "npm run local"',
    ],
    [['status', '--local'], { CEXTFIRE_LOCAL: '/nowhere.json' }, '/nowhere.json is not there'],
    [['status', '--local', '--table', 'x'], {}, '--table is of an environment in AWS, and --local is not'],
    [['status', '-e', 'demo', '--outputs', '/nowhere.json'], {}, '--outputs /nowhere.json cannot be read'],
  ])('%j with %j', async (words, variables, text) => {
    const { io: one, said } = io(variables);
    expect(await run(words, one, connect)).toBe(2);
    expect(said.join('\n')).toContain(text);
    expect(said).toHaveLength(1);
  });

  test('a fault of the command itself is told without a stack, and ends with 1', async () => {
    const { io: one, said } = io({});
    const broken = async () => {
      throw new TypeError('undefined is not a function');
    };
    expect(await run(['status'], one, broken)).toBe(1);
    expect(said).toEqual([expect.stringContaining('a fault of the command itself: undefined is not a function')]);
  });

  test('words of AWS are told as such', async () => {
    const { io: one, said } = io({});
    const away = async () => {
      throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    };
    expect(await run(['status'], one, away)).toBe(1);
    expect(said[0]).toMatch(/^CEXT_CLI_CLOUD: cextfire status: connect ECONNREFUSED/);
  });
});

test('no control character of a name reaches the terminal, colours aside', () => {
  expect(harmless('a\u001b]0;owned\u0007b\u001b[31mred\u001b[2J\r\n')).toBe('a\ufffd]0;owned\ufffdb\u001b[31mred\ufffd[2J\ufffd\n');
  // Right to left: "allow x" would read "x wolla".
  expect(harmless('a\u202ewolla\u2066b\u200f')).toBe('a\ufffdwolla\ufffdb\ufffd');
});

describe('moments', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const local = (...parts: [number, number, number, number?, number?]) =>
    new Date(...(parts as [number, number, number, number, number])).getTime();
  test.each([
    ['now', now],
    ['2h', now - 7_200_000],
    ['90s ago', now - 90_000],
    ['2026-11-23T11:30:00Z', now - 1_800_000],
    ['2026-11-23T12:30:00+01:00', now - 1_800_000],
    ['2026-11-23T06:30:00.250-0500', now - 1_799_750],
    // As the command prints them.
    ['2026-11-23 11:30:00 UTC', now - 1_800_000],
    [String(now - 1), now - 1],
    // Without a zone it is the time of this machine, of a day as of an hour.
    ['2026-11-20', local(2026, 10, 20, 0, 0)],
    ['2026-11-20 08:15', local(2026, 10, 20, 8, 15)],
    ['2024-02-29', local(2024, 1, 29, 0, 0)],
    ['9999999999999d', 0],
  ])('%s', (text, ms) => {
    expect(parseMoment(text, now, 'x')).toBe(ms);
  });

  test.each([
    '',
    'yesterday',
    '2023-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-11-20 24:00',
    '12:60',
    '1w',
    '2026-11-20 08:15 CET',
    '1795487404',
  ])('"%s" is none', (text) => {
    expect(() => parseMoment(text, now, 'x')).toThrow('is no moment');
  });

  test('what is to come today is taken for a slip about yesterday', () => {
    const late = new Date(now);
    late.setHours(0, 30);
    expect(() => parseMoment('23:59', late.getTime(), 'x')).toThrow(/lies in the future; for yesterday write "2026-11-2\d 23:59"/);
    expect(() => parseMoment('2027-01-01', now, 'x')).toThrow('lies in the future; ask for an earlier moment');
  });

  test('ages', () => {
    expect([200, 61_000, 600_000, 7_200_000, 400_000_000].map(tellAge)).toEqual(['now', '61 s', '10 min', '2 h', '5 d']);
  });
});

describe('tables', () => {
  const head = ['plan', 'status', 'rules', 'why'];
  const rows = [['2026-11-24T02:30:05.220Z-3e043d', 'observed', '', 'what was said by payments (log position 5)']];
  test.each([120, 80, 60, 40, 10])('in %i characters: no name is cut, and nothing is wider where that is possible', (width) => {
    const text = table(head, rows, width);
    expect(text).toContain('2026-11-24T02:30:05.220Z-3e043d');
    for (const word of ['observed', 'payments', 'position']) expect(text).toContain(word);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(Math.max(width, 34));
  });
});
