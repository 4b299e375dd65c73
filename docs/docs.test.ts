import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { COMMANDS, SHARED } from '../cli/commands.ts';
import { runbookOf, runbookPath } from '../functions/runbooks.ts';
import { parseSettings } from '../functions/settings-file.ts';
import { GENERATED, stale } from './generate.ts';
import { ERROR_TABLES } from './generators/error-tables.ts';
import { settingsComments } from './generators/settings-comments.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const NOT_OURS = /(^|\/)(node_modules|\.git|cdk\.out|dist|recordings|\.stryker-tmp)(\/|$)/;

function filesUnder(folder: string, wanted: (name: string) => boolean): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (NOT_OURS.test(relative(root, path))) return [];
    if (entry.isDirectory()) return filesUnder(path, wanted);
    return wanted(entry.name) ? [path] : [];
  });
}
const pages = filesUnder(root, (name) => name.endsWith('.md'));
/** Code is no text: neither links nor anchors are in it. */
const prose = (text: string) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '``');

/** The anchors that a page has: of its headings, as GitHub makes them, and those written as <a id>. */
function anchorsOf(path: string): ReadonlySet<string> {
  const text = readFileSync(path, 'utf8');
  const headings = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}

test('what npm run generate makes is what is committed', async () => {
  expect(await stale()).toEqual([]);
});

test('a page that is old is noticed', async () => {
  const [first] = GENERATED;
  expect(await stale([{ path: first?.path ?? '', make: () => 'other' }])).toEqual([first?.path]);
  expect(await stale([{ path: 'docs/reference/none.md', make: () => 'new' }])).toEqual(['docs/reference/none.md']);
});

test('every link in every page leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...prose(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      if (/^[a-z]+:/.test(target)) return [];
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : resolve(dirname(page), path);
      const there = existsSync(file) && (anchor === undefined || statSync(file).isDirectory() || anchorsOf(file).has(anchor));
      return there ? [] : [`${relative(root, page)}: ${target}`];
    }),
  );
  expect(broken).toEqual([]);
  expect(pages.length).toBeGreaterThan(20);
});

test('every guide, runbook and reference page can be reached from the README', () => {
  const seen = new Set<string>();
  const visit = (page: string): void => {
    if (seen.has(page) || !page.endsWith('.md')) return;
    seen.add(page);
    for (const [, target = ''] of prose(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s#]+)/g)) {
      const path = resolve(dirname(page), target);
      if (existsSync(path)) visit(path);
    }
  };
  visit(join(root, 'README.md'));
  const wanted = pages.filter((page) => /^docs\/(?!decisions\/\d)/.test(relative(root, page)));
  expect(wanted.filter((page) => !seen.has(page)).map((page) => relative(root, page))).toEqual([]);
});

test('every table of errors in the code is in the reference', () => {
  const definesErrors = filesUnder(root, (name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).filter((path) =>
    /^export const \w+ = defineErrors\(/m.test(readFileSync(path, 'utf8')),
  );
  const known = ERROR_TABLES.map(({ file }) => file);
  expect(definesErrors.map((path) => relative(root, path)).toSorted()).toEqual([...known].toSorted());
});

const codes = ERROR_TABLES.flatMap(({ entries }) => Object.keys(entries));

test('every code has a line in its runbook', () => {
  const missing = codes.filter((code) => {
    const page = join(root, runbookPath(runbookOf(code)));
    return !existsSync(page) || !new RegExp(`^.*\\b${code}\\b.*$`, 'm').test(readFileSync(page, 'utf8'));
  });
  expect(missing.map((code) => `${code} in ${runbookPath(runbookOf(code))}`)).toEqual([]);
  expect(codes.length).toBeGreaterThan(100);
});

test('no runbook speaks of a code that is not there', () => {
  const folder = join(root, 'docs/runbooks');
  const unknown = readdirSync(folder).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\bCEXT_[A-Z_]+[A-Z]\b/g)]
      .map(([code]) => code)
      .filter((code) => !codes.includes(code))
      .map((code) => `${basename(name)}: ${code}`),
  );
  expect(unknown).toEqual([]);
});

test('every runbook says what it means, how to see, and what to do', () => {
  const folder = join(root, 'docs/runbooks');
  for (const name of readdirSync(folder).filter((each) => each !== 'README.md')) {
    const titles = [...readFileSync(join(folder, name), 'utf8').matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect([name, titles.slice(0, 3)]).toEqual([name, ['What it means', 'How to see', 'What to do']]);
  }
});

test('a page that people are woken with begins with what to do first', () => {
  const folder = join(root, 'docs/runbooks');
  const byDay = ['README.md', 'command-line.md', 'settings-wrong.md'];
  const late = readdirSync(folder).filter(
    (name) => !byDay.includes(name) && !/^# .+\n\n\*\*First:\*\* \S/.test(readFileSync(join(folder, name), 'utf8')),
  );
  expect(late).toEqual([]);
});

test('every command of cextfire that a page shows exists, with its options', () => {
  const shared = SHARED.flatMap(({ name, short }) => [`--${name}`, ...(short ? [`-${short}`] : [])]);
  const wrong = pages.flatMap((page) => {
    const text = readFileSync(page, 'utf8');
    const code = [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([each]) => each.replace(/(-n|--namespace) cextfire/g, '')).join('\n');
    return [...code.matchAll(/(?:^|[\s`$]|npx )cextfire (?!\$)([a-z-]+)([^\n`#]*)/g)].flatMap(([line, name = '', rest = '']) => {
      const command = COMMANDS.find((each) => each.name === name);
      if (!command) return name === 'help' ? [] : [`${relative(root, page)}: ${line.trim()}`];
      const known = [...shared, ...command.options.flatMap(({ name: option, short }) => [`--${option}`, ...(short ? [`-${short}`] : [])])];
      const used = [...rest.replace(/"[^"]*"/g, '').matchAll(/(?<=\s)--?[a-z][a-z-]*/g)].map(([option]) => option);
      return used.filter((option) => !known.includes(option)).map((option) => `${relative(root, page)}: cextfire ${name} ${option}`);
    });
  });
  expect(wrong).toEqual([]);
});

test('a command in a block can be copied: nobody has cextfire by itself', () => {
  const bare = pages
    .filter((page) => /^docs\/(guides|runbooks)\//.test(relative(root, page)))
    .flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/^```[\s\S]*?^```/gm)].flatMap(([block]) =>
        [...block.matchAll(/(?:^|&& )(cextfire [a-z].*)$/gm)].map(([, line]) => `${relative(root, page)}: ${line}`),
      ),
    );
  expect(bare).toEqual([]);
});

test('every npm script that a page names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const named = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => [relative(root, page), name] as const),
  );
  expect(named.filter(([, name]) => !Object.hasOwn(scripts, name))).toEqual([]);
  expect(named.length).toBeGreaterThan(20);
});

test('every file of this project that a page names in code is there', () => {
  const rooms = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  const named = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/(?<=[\s`])([a-z][\w-]*)\/[a-z][\w./-]*\.(?:ts|js|md|ya?ml|json|sh)(?=[\s`,:)])/g)].flatMap(
      ([path, room = '']) =>
        // What a reader makes for himself, and what is built, has a name and no file here.
        rooms.includes(room) && !/^(infra\/environments\/(?!example)|dist\/|cdk\.out\/)|\.\.\./.test(path)
          ? [[relative(root, page), path] as const]
          : [],
    ),
  );
  expect(named.filter(([, path]) => !existsSync(join(root, path)))).toEqual([]);
  expect(named.length).toBeGreaterThan(30);
});

/** The blocks of YAML of a page. */
const yamlBlocks = (page: string): readonly string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);

test('every block of YAML is YAML', () => {
  const wrong = pages.flatMap((page) =>
    yamlBlocks(page).flatMap((text) =>
      parseAllDocuments(text).flatMap(({ errors }) => errors.map(({ message }) => `${relative(root, page)}: ${message}`)),
    ),
  );
  expect(wrong).toEqual([]);
});

/** The settings of the guides, put together; what a reader fills in is filled in. */
function guideSettings() {
  const merged: Record<string, unknown> = { environment: 'guide', network: { cidr: '10.250.0.0/24' } };
  for (const page of ['docs/guides/add-a-firewall.md', 'docs/guides/add-a-cluster.md'])
    for (const text of yamlBlocks(join(root, page)))
      for (const [key, value] of Object.entries(parse(text) as Record<string, object>))
        merged[key] = Array.isArray(value) ? value : { ...(merged[key] as object), ...value };
  const text = stringify(merged)
    .replace('SHA256:...', `SHA256:${'A'.repeat(43)}`)
    .replace('- ...', `- "${Array(32).fill('AA').join(':')}"`);
  return parseSettings(text, 'guide.yaml');
}

test('the settings of the guides, put together, are an environment', () => {
  const settings = guideSettings();
  expect(Object.keys(settings.managers)).toEqual(['lab', 'edge']);
  expect(settings.pairs).toEqual([expect.objectContaining({ cluster: 'payments', firewall: 'edge', tiers: ['border'] })]);
});

test('the limits are those of the settings', () => {
  const { clusters, firewalls, pairs, keepDays } = guideSettings();
  const [cluster, firewall, pair] = [clusters.payments, firewalls.edge, pairs[0]];
  const text = readFileSync(join(root, 'docs/guides/limits.md'), 'utf8');
  for (const said of [
    `\`maxObjects\` ${cluster?.maxObjects.toLocaleString('en-US')}, \`maxMembers\` ${cluster?.maxMembers.toLocaleString('en-US')}`,
    `\`maxBytes\` ${(cluster?.maxBytes ?? 0) / 2 ** 20} MiB of the cluster`,
    `\`maxRules\` of the pair ${pair?.maxRules.toLocaleString('en-US')}`,
    `\`maxMembers\` of the pair ${pair?.maxMembers.toLocaleString('en-US')}`,
    `\`maxRules\` of the firewall ${firewall?.maxRules.toLocaleString('en-US')}`,
    `\`maxRulesPerPolicyRule\` ${firewall?.maxRulesPerPolicyRule}`,
    `\`keepDays\` (${keepDays})`,
  ])
    expect(text).toContain(said);
});

test('comments above keys are found, over several lines too', () => {
  const found = settingsComments(
    'const A = z.object({\n  /** one */\n  a: 1,\n  b: z.object({\n    /**\n     * two\n     * lines\n     */\n    c: 2,\n  }),\n});',
  );
  expect([...found]).toEqual([
    ['A.a', 'one'],
    ['A.b.c', 'two lines'],
  ]);
});
