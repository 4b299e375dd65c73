/**
 * The table of AGENTS.md, held: who may import whom. The edges of values come from an esbuild metafile; esbuild drops imports of types, so the
 * import lines of every file are read as well, and both must agree.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const ROOMS = ['proto', 'shipper', 'functions', 'infra', 'cli', 'docs', 'test'];

/** The longest folder that matches is a file's room. '.' is the files that stand directly in functions/. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  proto: [],
  shipper: ['proto'],
  'functions/packets': [],
  'functions/rulebook': ['functions/packets', 'functions'],
  'functions/cluster': ['proto', 'functions'],
  'functions/policy': ['functions/cluster', 'functions/rulebook', 'functions/packets', 'proto', 'functions'],
  'functions/firewalls': ['functions/rulebook', 'functions/packets', 'functions', 'proto'],
  'functions/ledger': ['functions/rulebook', 'functions', 'functions/firewalls'],
  'functions/ingest': ['proto', 'functions/*', 'functions'],
  'functions/apply': ['proto', 'functions/*', 'functions'],
  functions: ['functions/packets', 'proto'],
  infra: ['functions', 'functions/packets'],
  cli: ['proto', 'functions/*', 'functions', 'infra'],
  docs: ['proto', 'shipper', 'functions', 'functions/*', 'infra', 'cli'],
  test: ['*'],
};
/** Where a room may take one file of another only. */
const NARROW: Readonly<Record<string, (from: string, to: string) => boolean>> = {
  'functions/firewalls -> proto': (_, to) => to === 'proto/digest.ts',
  'functions/ledger -> functions/firewalls': (_, to) => to === 'functions/firewalls/contract.ts',
  'cli -> infra': (_, to) => to === 'infra/environment.ts',
  'functions -> proto': (_, to) => to === 'proto/errors.ts',
  'functions -> functions/packets': (from) => basename(from).startsWith('settings'),
};

interface Edge {
  readonly from: string;
  readonly to: string;
}

function roomOf(path: string): string {
  const rooms = Object.keys(ALLOWED).filter((room) => path.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? '?';
}

function violation({ from, to }: Edge): string | undefined {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (source === target || OPEN.test(to) || (isTest(from) && target !== '?')) return undefined;
  const allowed = ALLOWED[source] ?? [];
  const open = allowed.includes('*') || allowed.includes(target) || (allowed.includes('functions/*') && target.startsWith('functions/'));
  const narrow = NARROW[`${source} -> ${target}`];
  return open && (narrow?.(from, to) ?? true) ? undefined : `${from} must not import ${to} (${source} -> ${target}, see AGENTS.md)`;
}

/** Tests stand beside their file and may look anywhere; product files may not. */
const isTest = (path: string) => path.endsWith('.test.ts') || path.startsWith('test/');
/** No room, open to all: it holds the version. */
const OPEN = /^package\.json$/;

function filesIn(base: string): readonly string[] {
  return ROOMS.filter((room) => existsSync(join(base, room))).flatMap((room) =>
    readdirSync(join(base, room), { recursive: true, encoding: 'utf8' })
      .map((name) => join(room, name))
      .filter((name) => /\.(ts|js)$/.test(name) && !name.endsWith('.d.ts') && !name.includes('/recordings/')),
  );
}

/** Edges that reach the bundle: imports of values. */
function valueEdges(base: string, files: readonly string[]): readonly Edge[] {
  const { metafile } = buildSync({
    absWorkingDir: base,
    entryPoints: [...files],
    bundle: true,
    write: false,
    outdir: join(base, 'nowhere'),
    packages: 'external',
    external: ['*.node'],
    platform: 'node',
    format: 'esm',
    target: 'node24',
    metafile: true,
    logLevel: 'silent',
    supported: { 'import-attributes': true },
  });
  return Object.entries(metafile.inputs).flatMap(([from, { imports }]) =>
    imports.filter((each) => !each.external).map((each) => ({ from, to: each.path })),
  );
}

/** Edges as written, imports of types too: import and export lines, and import() calls. */
function writtenEdges(base: string, files: readonly string[]): readonly Edge[] {
  return files.flatMap((from) => {
    const text = readFileSync(join(base, from), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    const found = [
      ...text.matchAll(
        /(?:^|\n)\s*(?:(?:import|export)\b[^'";]*?\bfrom\s*|import\s*)['"](\.{1,2}\/[^'"]+)['"]|\bimport\(\s*['"](\.{1,2}\/[^'"]+)['"]/g,
      ),
    ];
    return found.map(([, line, call]) => {
      const path = relative(base, join(base, dirname(from), line ?? call ?? ''));
      return { from, to: path };
    });
  });
}

const files = filesIn(root);
const values = valueEdges(root, files);
const written = writtenEdges(root, files);

test('every import goes the way that AGENTS.md allows', () => {
  expect([...new Set([...values, ...written].map(violation))].filter((text) => text !== undefined)).toEqual([]);
});

test('the edges were really found', () => {
  // A reader that finds nothing would pass for ever: fewer edges than files means that it is broken.
  const product = files.filter((file) => !isTest(file));
  expect(product.length).toBeGreaterThan(30);
  expect(values.length).toBeGreaterThan(product.length / 2);
  expect(written.length).toBeGreaterThan(values.length * 0.9);
  const seen = new Set(written.map(({ from, to }) => `${from} ${to}`));
  expect(values.filter(({ from, to }) => !seen.has(`${from} ${to}`))).toEqual([]);
});

test.each([
  ['a value', "import { parse } from '../rulebook/types.ts';\nexport const x = parse;", 'functions/packets/planted.ts'],
  ['a type', "import type { Rulebook } from '../rulebook/types.ts';\nexport type X = Rulebook;", 'functions/packets/planted.ts'],
  [
    'a type over several lines',
    "import type {\n  Rulebook,\n} from '../rulebook/types.ts';\nexport type X = Rulebook;",
    'functions/packets/planted.ts',
  ],
  ['a re-export', "export * from '../functions/rulebook/types.ts';", 'shipper/planted.ts'],
  ['an import at run time', "export const x = () => import('../functions/rulebook/types.ts');", 'shipper/planted.ts'],
])('%s imported against the arrow is caught', (_, text, path) => {
  const base = mkdtempSync(join(tmpdir(), 'cextfire-house-'));
  for (const [name, content] of [
    ['functions/rulebook/types.ts', 'export const parse = 1;\nexport type Rulebook = string;'],
    [path, text],
  ] as const) {
    mkdirSync(dirname(join(base, name)), { recursive: true });
    writeFileSync(join(base, name), content);
  }
  const planted = filesIn(base);
  const edges = [...valueEdges(base, planted), ...writtenEdges(base, planted)];
  expect(edges.map(violation)).toContainEqual(expect.stringContaining(`${path} must not import functions/rulebook/types.ts`));
});

test('no file says that it is about nothing in particular', () => {
  expect(files.filter((file) => /^(utils?|helpers?|common|misc)$/i.test(basename(file).split('.')[0] ?? ''))).toEqual([]);
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)\//i.test(file))).toEqual([]);
});
