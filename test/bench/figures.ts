/** docs/reference/figures.md: the newest whole run of every bench, as it stands in history.jsonl. */
import { figure, type Row } from './row.ts';
import type { HistoryLine } from './run.ts';

const TITLES: Readonly<Record<string, string>> = {
  shipper: 'Shipper',
  way: 'The whole way',
  neighbour: 'Beside a flooding neighbour',
  sizes: 'One change beside ever more members',
  bundles: 'Bundles of the functions',
  idle: 'An idle environment',
  compile: 'Compiler',
  linux: 'Linux',
  panos: 'Palo Alto',
  algebra: 'Prove and difference',
};

/** Beside each figure the least and the most of so many runs: a busy machine shows there. */
const LAST_RUNS = 5;

export function writeFigures(history: readonly HistoryLine[], write: (text: string) => void): void {
  const whole = Map.groupBy(
    history.filter(({ short }) => !short),
    ({ bench }) => bench,
  );
  const parts = Object.entries(TITLES).flatMap(([bench, title]) => {
    const last = whole.get(bench)?.slice(-LAST_RUNS) ?? [];
    const newest = last.at(-1);
    return newest ? [section(title, bench, newest, last)] : [];
  });
  write(
    `# Figures

Written by \`npm run bench\` from the newest whole run of each bench; do not edit. The runs before stand in \`test/bench/history.jsonl\`. No test asserts any of
them. The load tells what else ran on the machine. The whole way runs on one machine that is cluster, cloud and firewall at once, so its times are upper bounds, while counts and dollars come from the
requests themselves; prices stand in \`test/bench/prices.ts\`.

${parts.join('\n')}`,
  );
}

function section(title: string, bench: string, { at, commit, machine, load, rows }: HistoryLine, last: readonly HistoryLine[]): string {
  const { cores, memoryGb, node } = machine;
  return `## ${title}

\`npm run bench -- --only ${bench}\`, ${at.slice(0, 16).replace('T', ' ')} UTC, commit ${commit}, ${cores} cores, ${memoryGb} GB, Node ${node}${load === undefined ? '' : `, load ${load} when it began`}

| what | figure | aim | ${last.length === 1 ? 'one run' : `least to most of ${last.length} runs`} |
|---|---|---|---|
${rows.map((row) => tableRow(row, last)).join('\n')}
`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');
function tableRow({ name, value, unit, aim = '', note }: Row, last: readonly HistoryLine[]): string {
  const values = last.flatMap(({ rows }) => rows.filter((row) => row.name === name).map((row) => row.value));
  const range = values.length > 1 ? `${figure(Math.min(...values))} to ${figure(Math.max(...values))}` : '';
  return `| ${cell(note ? `${name} (${note})` : name)} | ${figure(value)} ${unit} | ${cell(aim)} | ${range} |`;
}
