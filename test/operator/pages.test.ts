/** Every command line of cextfire in a page, typed as it stands there: the command understands it. What a reader fills in is filled in. */
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { COMMANDS } from '../../cli/commands.ts';
import { Desk } from './desk.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['README.md', 'docs/guides', 'docs/runbooks', 'infra/README.md', 'shipper', 'cli'];

function pagesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return path.endsWith('.md') ? [path] : [];
  return readdirSync(path).flatMap((name) => (name === 'node_modules' ? [] : pagesIn(join(path, name))));
}

/** Lines of blocks, and of `code` in the text that names an argument or an option: `cextfire status` alone is a name. */
function linesOf(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8');
  const blocks = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`((?:npx )?cextfire [^`\n ]+ [^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline]
    .flatMap((line) => line.replace(/^\$ /, '').split(/&&|\|\|/))
    .flatMap((line) => /^\s*(?:npx )?cextfire ([a-z].*)$/.exec(line.replace(/\s+#.*$/, ''))?.[1]?.trim() ?? []);
}

const ofPages = FOLDERS.flatMap((folder) =>
  pagesIn(join(root, folder)).flatMap((page) => linesOf(page).map((line) => [relative(root, page), line] as const)),
);
const ofHelp = COMMANDS.flatMap(({ name, examples }) =>
  examples.flatMap((example) => (example.startsWith('cextfire ') ? [[`help ${name}`, example.slice('cextfire '.length)] as const] : [])),
);
const lines = [...ofPages, ...ofHelp];
/** Names that stand for one of the reader's own. */
const FILLED: Readonly<Record<string, string>> = {
  HASH: '0123abcd',
  FILE: 'infra/environments/example.yaml',
  TIME: '1h',
  COMMAND: 'status',
  PACKET: 'tcp 10.10.1.5:40000 -> 203.0.113.7:443',
};
const folder = mkdtempSync(join(tmpdir(), 'cextfire-pages-'));

function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain);
  return words
    .map((word) => FILLED[word] ?? word)
    .map((word, at, all) => (all[at - 1] === '-o' && /^(report|support-bundle)$/.test(all[0] ?? '') ? join(folder, `${at}-${word}`) : word))
    .filter((word, at, all) => !['-e', '--local'].includes(word) && all[at - 1] !== '-e');
}

let desk: Desk;
beforeAll(async () => {
  desk = new Desk();
  await desk.play('01-first-rule', 'start');
  const { settings } = desk.place;
  const borders = Object.fromEntries(
    Object.entries(settings.borders).map(([name, border]) => [name, { ...border, vips: ['198.51.100.64/26'] }]),
  );
  desk.place = { ...desk.place, settings: { ...settings, borders } };
});

test('pages show command lines', () => {
  expect(lines.length).toBeGreaterThan(40);
});

test.each(lines)('%s: cextfire %s', async (_, line) => {
  const words = wordsOf(line);
  // Without a FILE both would write into the folder of whoever runs this.
  if (/^(report|support-bundle)$/.test(words[0] ?? '') && !words.includes('-o')) words.push('-o', join(folder, words.join('-')));
  const { error } = await desk.type(...words);
  expect(error).not.toMatch(/CEXT_CLI_USAGE|fault of the command/);
});
