/**
 * `npm run bench`: runs the benches, prints their figures, appends them to history.jsonl and writes docs/reference/figures.md.
 * Nothing here fails because something is slow: figures are for people, and for comparing with the lines before.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeFigures } from './figures.ts';
import { type Row, showTable } from './row.ts';

const USAGE = `npm run bench -- [--only NAME]... [--short] [--no-history]

  --only        one of the names below; may be repeated
  --short       fewer changes and smaller worlds: a minute instead of ten
  --no-history  prints only; history.jsonl and docs/reference/figures.md stay as they are
`;

/** Each in a process of its own: what one leaves in memory is not measured in the next. */
const BENCHES: Readonly<Record<string, { readonly what: string; readonly run: (short: boolean) => Promise<readonly Row[]> }>> = {
  shipper: { what: 'the shipper beside a bare cat of the same pipe', run: async () => (await import('./shipper.ts')).shipperRows() },
  way: {
    what: 'one pod change and a thousand a second, frame to kernel',
    run: async (short) => {
      const { benchWay, WAY, WAY_SHORT } = await import('./way.ts');
      return benchWay(short ? WAY_SHORT : WAY);
    },
  },
  neighbour: {
    what: 'a pod change while another cluster of the same firewall floods',
    run: async (short) => (await import('./neighbour.ts')).benchNeighbour(short ? 40 : 200),
  },
  sizes: {
    what: 'the same change beside ever more members',
    run: async (short) => (await import('./way.ts')).benchSizes(short ? [1_000, 10_000] : [1_000, 10_000, 250_000], short ? 5 : 20),
  },
  bundles: { what: 'size and start of every function', run: async () => (await import('./bundles.ts')).benchBundles() },
  idle: { what: 'what an idle environment costs in a month', run: async () => (await import('./idle.ts')).benchIdle() },
  compile: { what: 'the policy compiler', run: async () => (await import('./compile.ts')).benchCompile() },
  linux: {
    what: 'the Linux connector and a real nftables: members, rules, audit',
    run: async (short) => (await import('./linux.ts')).linuxRows(short ? { members: 10_000, rules: 1_000, changes: 20 } : undefined),
  },
  panos: {
    what: 'the Palo Alto connector and its twin: members, rules, audit',
    run: async (short) => (await import('./panos.ts')).panosRows(short ? 1_000 : undefined),
  },
  algebra: { what: 'prove and difference', run: async () => (await import('./algebra.ts')).algebraRows() },
};

export interface HistoryLine {
  readonly bench: string;
  readonly at: string;
  readonly commit: string;
  readonly short: boolean;
  readonly machine: { readonly cores: number; readonly model: string; readonly memoryGb: number; readonly node: string };
  /** what else ran on the machine when it began: the load of one minute */
  readonly load?: number;
  readonly rows: readonly Row[];
}

const HISTORY = fileURLToPath(new URL('history.jsonl', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

function commit(): string {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${git('status', '--porcelain', '--', 'functions', 'shipper', 'proto', 'infra') ? '+' : ''}`;
}

async function main(): Promise<void> {
  const names = Object.keys(BENCHES);
  const usage = `${USAGE}\n${names.map((name) => `  ${name.padEnd(9)} ${BENCHES[name]?.what}`).join('\n')}`;
  let values: { only: string[]; short: boolean; 'no-history': boolean; here: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      options: {
        only: { type: 'string', multiple: true, default: [] },
        short: { type: 'boolean', default: false },
        'no-history': { type: 'boolean', default: false },
        here: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
    const unknown = values.only.filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new Error(`There is no bench "${unknown.join(', ')}".`);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exitCode = 1;
    return;
  }
  if (values.help) {
    console.log(usage);
    return;
  }
  const chosen = values.only.length > 0 ? values.only : names;
  if (values.here) {
    const [name = ''] = chosen;
    process.stdout.write(`\n${JSON.stringify(await BENCHES[name]?.run(values.short))}\n`);
    // Pools of connections and workers end with the process.
    process.exit(0);
  }
  for (const name of chosen) {
    const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
    console.log(`\n${name}: ${BENCHES[name]?.what}${load > cpus().length / 2 ? ` (the machine is busy: load ${load})` : ''}`);
    const run = spawnSync(
      process.execPath,
      ['--expose-gc', '--no-warnings', fileURLToPath(import.meta.url), '--here', '--only', name, ...(values.short ? ['--short'] : [])],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    const last = run.stdout?.trimEnd().split('\n').at(-1) ?? '';
    if (run.status !== 0 || !last.startsWith('[')) {
      console.error(`it did not end well:\n${run.stderr}`);
      process.exitCode = 1;
      continue;
    }
    const rows = JSON.parse(last) as readonly Row[];
    console.log(showTable(rows));
    if (values['no-history']) continue;
    const [cpu] = cpus();
    const line: HistoryLine = {
      bench: name,
      at: new Date().toISOString(),
      commit: commit(),
      short: values.short,
      machine: { cores: cpus().length, model: cpu?.model ?? '', memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version },
      load,
      rows,
    };
    appendFileSync(HISTORY, `${JSON.stringify(line)}\n`);
  }
  if (!values['no-history']) writeFigures(readHistory(), (text) => writeFileSync(`${root}docs/reference/figures.md`, text));
}

function readHistory(): readonly HistoryLine[] {
  return readFileSync(HISTORY, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as HistoryLine);
}

await main();
