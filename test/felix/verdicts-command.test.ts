/** What the command says to people: about wrong words, paths that are no recordings, and what it found. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Packet } from '../../functions/packets/packet.ts';
import { type Agreement, isAsWanted, judgeFolder, opensConnection } from './agreement.ts';
import { RECORDINGS } from './recording.ts';
import { readArguments, tell, whyNoRecording } from './verdicts.ts';

const empty = mkdtempSync(join(tmpdir(), 'cextfire-verdicts-'));
afterAll(() => rmSync(empty, { recursive: true }));

test('a wrong word is told in one line, with what would be right', () => {
  expect(() => readArguments(['--by', 'guess'])).toThrow('--by guess: it must be evaluator, rulebook or firewall');
  expect(() => readArguments(['--show', 'all'])).toThrow('--show all: it must be a number');
  expect(() => readArguments(['--by', 'firewall', '--firewall', 'toaster'])).toThrow('--firewall toaster: there is no such firewall');
  expect(() => readArguments(['--firewall', '../linux'])).toThrow('there is no such firewall');
  expect(() => readArguments(['--quick'])).toThrow("Unknown option '--quick'");
  expect(readArguments(['a', 'b', '--by', 'evaluator', '--show', '0'])).toMatchObject({ folders: ['a', 'b'], by: 'evaluator', show: 0 });
});

test('a path that is no recording is told, not thrown', () => {
  expect(whyNoRecording(join(RECORDINGS, 'README.md'))).toMatch(/^this is a file/);
  expect(whyNoRecording(join(empty, 'nowhere'))).toBe('there is no such folder');
  expect(whyNoRecording(empty)).toMatch(/^this folder is no recording/);
  expect(whyNoRecording(`${join(RECORDINGS, '03-nat')}/`)).toBeUndefined();
});

test('a folder with streams but without marks is no recording', () => {
  writeFileSync(join(empty, 'v9.stream'), '');
  expect(whyNoRecording(empty)).toMatch(/^this folder is no recording/);
});

test('a recording without verdicts says so', async () => {
  const agreement = await judgeFolder(join(RECORDINGS, '08-churn'), 'evaluator');
  expect(tell(agreement, 'evaluator', 3)).toEqual(['08-churn: 0 agree, 0 differ (no verdicts)']);
});

test('policies judged without their annotations are one line, each policy once', async () => {
  const lines = tell(await judgeFolder(join(RECORDINGS, 'random-109'), 'rulebook'), 'rulebook', 3);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe('random-109: 4500 agree, 0 differ');
  expect(lines[1]).toMatch(/^ {2}3 policies judged without annotations, which are refused: /);
  expect(lines[1]).toContain('alpha.q9n (198.51.100.210-198.51.100.213 is an IPv4 address, but the rule is for IPv6)');
});

test('a difference is shown with the packet, both verdicts and the whole way', async () => {
  const agreement = await judgeFolder(join(RECORDINGS, '01-first-rule'), 'evaluator');
  const one: Agreement = {
    ...agreement,
    differences: [
      {
        version: 'v1',
        row: {
          step: 's',
          dir: 'egress',
          src: '10.10.0.1',
          dst: '203.0.113.5',
          proto: 'tcp',
          sport: '4',
          dport: '5',
          type: '',
          code: '',
          verdict: 'allow',
        },
        ours: 'deny',
        explanation: {
          verdict: 'deny',
          stage: 'forward',
          logged: false,
          translation: { kind: 'absent' },
          decidedBy: { tier: 'border' },
          outOfScope: undefined,
          way: [{ tier: 'border', stage: 'forward', outcome: 'end: drop', policies: [] }],
        },
        conditions: [],
      },
    ],
  };
  const [head, difference] = tell(one, 'evaluator', 1);
  expect(head).toMatch(/ 1 differ$/);
  expect(difference?.split('\n').map((line) => line.trim())).toEqual([
    'v1, step "s": egress 10.10.0.1 -> 203.0.113.5 tcp 4->5',
    'Felix: allow, ours: deny',
    'the evaluator: deny',
    'tier border  no rule matched: dropped at the end of the tier',
  ]);
  expect(tell(one, 'evaluator', 0)).toHaveLength(1);
});

test('a source address is as wanted only inside what was wanted', () => {
  const packet: Packet = { family: 4, direction: 'egress', source: 1n, destination: 2n, protocol: 1, icmpType: 8, icmpCode: 0 };
  expect(isAsWanted({ kind: 'absent' }, packet, 1n)).toBe(true);
  expect(isAsWanted({ kind: 'none' }, packet, 9n)).toBe(false);
  expect(isAsWanted({ kind: 'address', address: '0.0.0.9' }, packet, 9n)).toBe(true);
  expect(isAsWanted({ kind: 'address', address: '0.0.0.9' }, packet, 1n)).toBe(false);
  expect(isAsWanted({ kind: 'range', range: { family: 4, first: 5n, last: 6n } }, packet, 7n)).toBe(false);
  expect(isAsWanted({ kind: 'pool', pool: 'p', ranges: [{ family: 6, first: 5n, last: 6n }] }, packet, 5n)).toBe(false);
  expect(isAsWanted({ kind: 'pool', pool: 'p', ranges: [{ family: 4, first: 5n, last: 6n }] }, packet, 6n)).toBe(true);
  expect([8, 3, 11, 0].map((icmpType) => opensConnection({ ...packet, icmpType }))).toEqual([true, false, false, false]);
});
