/**
 * Command lines drawn at random from the commands, their options and values of every wrong kind: whatever is typed, the answer is an answer or one
 * line that says what is wrong; JSON where JSON was asked for; and nothing is changed by a line that ends in an error.
 */
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { COMMANDS, SHARED } from '../../cli/commands.ts';
import { Desk } from './desk.ts';

const HUGE = 'x'.repeat(5_000);
const VALUES = [
  '',
  ' ',
  HUGE,
  '-1',
  '0',
  '99999999999999999999',
  'NaN',
  '1e3',
  '0x10',
  'null',
  'true',
  '__proto__',
  'constructor',
  'toString',
];
const TEXTS = [
  'ünï©ødé',
  '\u202eevil',
  'a\u0000b',
  'a\nb',
  '$(id)',
  "'",
  '"',
  '\\',
  '../../etc/passwd',
  'edge',
  'pay',
  'Edge',
  'm',
  'json',
  'table',
];
const PACKETS = [
  '10.10.1.5',
  '203.0.113.5',
  'tcp/443',
  'icmp/8/0',
  '::',
  'fd00:10:10::5',
  '255.255.255.255',
  'tcp 10.10.1.5:1 -> 203.0.113.5:443',
  '-> x',
  'any',
];
const MOMENTS = [
  'now',
  '1h',
  '999999999999d',
  '2026-02-30',
  '14:05',
  '1970-01-01',
  '9999-12-31',
  '2026-11-24T00:00:00+99:99',
  '1795487404378',
];
const HASHES = ['deadbeef', '0123abcd', '2026', 'payments-to-bank', 'border.payments-out', 'cf_r', 'ffffffffffffffffffffffffffffffff'];
const value = fc.constantFrom(...VALUES, ...TEXTS, ...PACKETS, ...MOMENTS, ...HASHES);

/** Files are for other tests: here nothing is written beside this folder. */
const commands = COMMANDS.filter(({ name }) => !['report', 'support-bundle', 'check'].includes(name));
const line = fc.constantFrom(...commands).chain(({ name, options, changes }) => {
  const known = [...options, ...SHARED].filter((option) => option.name !== 'yes');
  const option = fc
    .constantFrom(...known)
    .chain((one) =>
      one.value === undefined
        ? fc.constantFrom<string[]>([`--${one.name}`], [`--${one.name}=x`])
        : value.map((text) => (text.startsWith('-') ? [`--${one.name}=${text}`] : [`--${one.name}`, text])),
    );
  const junk = fc.constantFrom(['--'], ['-'], ['--nope'], ['-zz'], ['-o'], ['-o', 'json'], ['--output=json']);
  const parts = fc.array(
    fc.oneof(
      value.map((text) => [text]),
      option,
      junk,
    ),
    { maxLength: 6 },
  );
  const yes = changes ? fc.constantFrom<string[]>([], ['-y']) : fc.constant<string[]>([]);
  return fc.tuple(parts, yes).map(([all, last]) => [name, ...all.flat(), ...last]);
});

const asksForJson = (words: readonly string[]) =>
  words.some((word, at) => word === '--output=json' || (word === 'json' && /^(-o|--output)$/.test(words[at - 1] ?? '')));

let desk: Desk;
beforeAll(async () => {
  desk = new Desk();
  await desk.play('01-first-rule', 'pod goes');
});

test('any line is answered, or refused in one line', async () => {
  const writes = () => desk.way.table.calls.put + desk.way.table.calls.update + desk.way.table.calls.delete;
  await fc.assert(
    fc.asyncProperty(line, async (words) => {
      const before = writes();
      const { code, out, error } = await desk.type(...words);
      expect([0, 1, 2]).toContain(code);
      expect(`${out}${error}`).not.toMatch(/fault of the command|\[object Object\]|undefined|^ +at .*:\d+:\d+/m);
      if (code !== 0) {
        expect(error).toMatch(/^CEXT_\w+: ./);
        expect(error.length).toBeLessThan(1_000);
        expect(writes()).toBe(before);
        if (asksForJson(words))
          expect(JSON.parse(out)).toEqual({ error: { code: expect.stringMatching(/^CEXT_/), message: expect.any(String) } });
      } else {
        expect(error).toBe('');
        if (asksForJson(words) && !words.includes('--help') && words[0] !== 'help') expect(typeof JSON.parse(out)).toBe('object');
      }
    }),
    { numRuns: 2_000 },
  );
}, 120_000);
