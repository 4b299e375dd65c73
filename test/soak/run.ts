/** `npm run soak -- --minutes N`: prints a table; exit code 1 when a packet was decided wrongly, a message was lost or memory grows. */
import { parseArgs } from 'node:util';
import { growths } from './memory.ts';
import { soak } from './soak.ts';

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
const { faults, wrong, stretches, ...counts } = report;
const grown = growths(stretches);
const rows = {
  ...counts,
  wrong: wrong.length,
  ...Object.fromEntries(Object.entries(faults).map(([name, count]) => [`fault: ${name}`, count])),
  samples: stretches.map(({ length }) => length).join(' + '),
  ...Object.fromEntries(
    grown.map(({ measure, level, anHour, bound, flat }) => [
      measure,
      `${level.toFixed(1)}, ${anHour >= 0 ? '+' : ''}${anHour.toFixed(2)} an hour${
        bound === undefined ? '' : `, bound ${bound}${flat === undefined ? ': too short to judge' : flat ? '' : ': GROWS'}`
      }`,
    ]),
  ),
};
console.log(
  `\n${Object.entries(rows)
    .map(([name, value]) => `${name.padEnd(46)} ${value}`)
    .join('\n')}`,
);
for (const line of wrong.slice(0, 10)) console.error(line);
process.exit(wrong.length + report.dead > 0 || grown.some(({ flat }) => flat === false) ? 1 : 0);
