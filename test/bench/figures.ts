/** docs/reference/figures.md: the newest whole run of every bench, as it stands in history.jsonl. */
import { figure, type Row } from './row.ts';
import type { HistoryLine } from './run.ts';

const TITLES: Readonly<Record<string, string>> = {
  shipper: 'Shipper',
  way: 'The whole way',
  sizes: 'One change beside ever more members',
  bundles: 'Bundles of the functions',
  idle: 'An idle environment',
  compile: 'Compiler',
  algebra: 'Prove and difference',
};

export function writeFigures(history: readonly HistoryLine[], write: (text: string) => void): void {
  const newest = new Map<string, HistoryLine>();
  for (const line of history) if (!line.short) newest.set(line.bench, line);
  const parts = Object.entries(TITLES).flatMap(([bench, title]) => {
    const line = newest.get(bench);
    return line ? [section(title, bench, line)] : [];
  });
  write(
    `# Figures

Written by \`npm run bench\` from the newest whole run of each bench; do not edit. The runs before stand in \`test/bench/history.jsonl\`. No test asserts any of
them. The whole way runs on one machine that is cluster, cloud and firewall at once, so its times are upper bounds, while counts and dollars come from the
requests themselves; prices stand in \`test/bench/prices.ts\`.

${parts.join('\n')}`,
  );
}

function section(title: string, bench: string, { at, commit, machine, rows }: HistoryLine): string {
  const { cores, memoryGb, node } = machine;
  return `## ${title}

\`npm run bench -- --only ${bench}\`, ${at.slice(0, 16).replace('T', ' ')} UTC, commit ${commit}, ${cores} cores, ${memoryGb} GB, Node ${node}

| what | figure | aim |
|---|---|---|
${rows.map(tableRow).join('\n')}
`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');
const tableRow = ({ name, value, unit, aim = '', note }: Row): string =>
  `| ${cell(note ? `${name} (${note})` : name)} | ${figure(value)} ${unit} | ${cell(aim)} |`;
