/** `npm run soak -- --minutes N`: prints a table; exit code 1 when a packet was decided wrongly or a message was lost. */
import { parseArgs } from 'node:util';
import { growth, soak } from './soak.ts';

let minutes = Number.NaN;
try {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '120' } } });
  minutes = Number(values.minutes);
} catch {
  // Said below.
}
if (!(minutes >= 0)) {
  console.error('npm run soak -- [--minutes N]    N: a number, default 120; every fault is tried at least once');
  process.exit(2);
}
const report = await soak(Date.now() + minutes * 60_000, (line) => console.log(line));
const { faults, wrong, shipperMb, cloudMb, ...counts } = report;
const memory = (samples: readonly number[]) => {
  const { early, late } = growth(samples);
  return `${early.toFixed(1)} MB, then ${late.toFixed(1)} MB`;
};
const rows = {
  ...counts,
  wrong: wrong.length,
  ...Object.fromEntries(Object.entries(faults).map(([name, count]) => [`fault: ${name}`, count])),
  'memory of the shipper': memory(shipperMb),
  'memory of cloud and functions': memory(cloudMb),
};
console.log(
  `\n${Object.entries(rows)
    .map(([name, value]) => `${name.padEnd(42)} ${value}`)
    .join('\n')}`,
);
for (const line of wrong.slice(0, 10)) console.error(line);
process.exit(wrong.length + report.dead > 0 ? 1 : 0);
