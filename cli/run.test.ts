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
    [['status', '--frozn'], 'there is no option --frozn'],
    [['status', '--exitcode'], 'did you mean --exit-code?'],
    [['status', 'edge'], '"edge" is too much; write: cextfire status'],
    [['status', '-o', 'xml'], '-o "xml": write json or table'],
    [['status', '--region'], 'region'],
    [['status', '--region', 'a', '--region', 'b'], '--region is said 2 times; say it once'],
    [['status', '--region', ''], '--region has an empty value'],
    [['why'], 'RULE is missing; write: cextfire why RULE'],
    [['why', 'nosuchrule'], 'no rule "nosuchrule" stands or stood on any firewall'],
    [['why', 'x', '--firewall', 'none'], 'there is no firewall "none"; there are: edge'],
    [['plan', '--last', 'many'], '--last "many" is no number'],
    [['plan', 'zzz'], 'there is no plan with id or hash "zzz"'],
    [['history', 'nofirewall'], 'there is no firewall "nofirewall"'],
    [['history', '--since', 'yesterday'], '--since: "yesterday" is no moment; write 14:05'],
    [['history', '--since', '1h', '--until', '2h'], '--since lies after --until'],
    [['at'], 'TIME is missing'],
    [['at', '25:00'], 'TIME: "25:00" is no moment'],
    [['at', '2999-01-01'], 'lies in the future'],
    [['at', '400d'], 'nothing is kept of'],
    [['approve', 'yes'], '"yes" is no hash'],
    [['approve', '0123456789abcdef'], 'no held plan has the hash 0123456789abcdef; held: nothing'],
    [['freeze', 'edge'], 'say why with --why TEXT'],
    [['freeze', '--why', 'x'], 'name a firewall, or say --all'],
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
});

test('moments and ages', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  expect(parseMoment('2h', now, 'x')).toBe(now - 7_200_000);
  expect(parseMoment('90s ago', now, 'x')).toBe(now - 90_000);
  expect(parseMoment('2026-11-23T11:30:00Z', now, 'x')).toBe(now - 1_800_000);
  expect(parseMoment('now', now, 'x')).toBe(now);
  expect([200, 61_000, 600_000, 7_200_000, 400_000_000].map(tellAge)).toEqual(['now', '61 s', '10 min', '2 h', '5 d']);
});
