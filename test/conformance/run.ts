/**
 * `npm run conformance -- TARGET... [--changes N] [--seed N] [--kills N] [--recorded NAME,...]`: one suite against every connector. TARGET is linux, panos, panorama, or
 * the path of a module that exports a `target` (device.ts), so that a connector kept elsewhere is held to the same. Prints what is kept and
 * broken, the figures of transitions and the matrix of faults; exits 1 where anything is broken.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { checkContract } from './contract.ts';
import type { Target } from './device.ts';
import { type Cell, faultMatrix } from './faults.ts';
import { RECORDED, recordedChanges } from './recorded.ts';
import { drawnChanges, emptyTally, killEverywhere, type Tally, walk } from './transitions.ts';
import { largeChange, PACKETS } from './world.ts';

export interface Options {
  readonly changes: number;
  readonly seed: number;
  /** drawn changes that are killed at every call */
  readonly kills: number;
  /** recordings whose marks are walked */
  readonly recorded: readonly string[];
}

export interface Report {
  readonly target: string;
  readonly broken: readonly string[];
  readonly tally: Tally;
  readonly cells: readonly Cell[];
}

export async function conform(target: Target, options: Options, say: (line: string) => void): Promise<Report> {
  const device = await target.start();
  try {
    say(`\n${target.name}: the contract`);
    const checked = await checkContract(device, target, ({ name, broken }) =>
      say(`  ${broken === undefined ? 'kept  ' : 'BROKEN'} ${name}${broken ? `\n         ${broken}` : ''}`),
    );
    const broken = checked.flatMap(({ name, broken: why }) => (why === undefined ? [] : [`${name}: ${why}`]));

    const tally = emptyTally();
    await walk(device, drawnChanges(target.capabilities, options.seed, options.changes), tally);
    for (const scenario of options.recorded) await walk(device, recordedChanges(target.capabilities, scenario), tally);
    const large = { name: 'the large change', packets: PACKETS, ...largeChange(target.capabilities) };
    if (options.kills > 0) await killEverywhere(device, large, tally);
    let kills = options.kills - 1;
    for (const change of drawnChanges(target.capabilities, options.seed + 1, options.kills * 3)) {
      if (kills <= 0) break;
      if (change.kind !== 'rules' || change.after.refused.size > 0) continue;
      kills--;
      await killEverywhere(device, change, tally);
    }
    await device.reset();
    for (const line of figures(tally)) say(`  ${line}`);
    if (tally.wrong.length > 0) broken.push(`${tally.wrong.length} packets wrong: ${tally.wrong[0]}`);
    if (tally.opened > 0) broken.push(`${tally.opened} packets were opened`);
    if (tally.lost + tally.doubled + tally.foreignChanged > 0)
      broken.push(`rules lost or doubled, or foreign objects changed: ${tally.odd.slice(0, 3).join('; ')}`);

    say(`${target.name}: faults`);
    const cells = await faultMatrix(device, large, undefined, ({ fault, result, text }) =>
      say(`  ${fault.padEnd(44)} ${result.padEnd(15)} ${text}`),
    );
    broken.push(...cells.filter(({ result }) => result === 'failed').map(({ fault, text }) => `${fault}: ${text}`));
    return { target: target.name, broken, tally, cells };
  } finally {
    await device.close();
  }
}

const ratio = (made: number, least: number): string => (least === 0 ? '-' : (made / least).toFixed(2));

export function figures(tally: Tally): readonly string[] {
  return [
    `${tally.changes} changes of rules, ${tally.memberChanges} of members, ${tally.kills} kills; ${tally.packets} packets judged after ${tally.looks} calls`,
    `packets wrong after any single call ${tally.wrong.length}, opened ${tally.opened}, gaps named ${tally.gaps}`,
    `rules lost ${tally.lost}, doubled ${tally.doubled}; runs after which foreign objects were changed ${tally.foreignChanged}`,
    `calls ${tally.calls}, least possible ${tally.leastCalls} (${ratio(tally.calls, tally.leastCalls)}); commits ${tally.commits}, least possible ${tally.leastCommits} (${ratio(tally.commits, tally.leastCommits)}); commits for members of the fast lane ${tally.memberCommits}`,
    ...[...tally.refused].map(([reason, count]) => `left out ${count} times: ${reason}`),
    ...tally.wrong.slice(0, 10).map((text) => `WRONG ${text}`),
  ];
}

export async function targetOf(name: string): Promise<Target> {
  if (name === 'linux') return (await import('./linux.ts')).target;
  if (name === 'panos' || name === 'panorama') return (await import('./palo-alto.ts'))[name];
  const module = (await import(pathToFileURL(resolve(name)).href)) as { readonly target?: Target };
  if (!module.target) throw new Error(`${name} exports no "target" (test/conformance/device.ts says what that is)`);
  return module.target;
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      changes: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      kills: { type: 'string', default: '3' },
      recorded: { type: 'string' },
    },
  });
  if (positionals.length === 0)
    throw new Error(
      'usage: npm run conformance -- linux|panos|panorama|MODULE... [--changes N] [--seed N] [--kills N] [--recorded NAME,...]',
    );
  const options = {
    changes: Number(values.changes),
    seed: Number(values.seed),
    kills: Number(values.kills),
    recorded: values.recorded === undefined ? RECORDED : values.recorded.split(',').filter(Boolean),
  };
  const reports: Report[] = [];
  for (const name of positionals) reports.push(await conform(await targetOf(name), options, (line) => console.log(line)));
  const names = reports.map(({ target }) => target);
  console.log(`\nfault x connector${' '.repeat(27)} ${names.map((name) => name.padEnd(15)).join(' ')}`);
  for (const { fault } of reports[0]?.cells ?? [])
    console.log(
      `${fault.padEnd(44)} ${reports.map(({ cells }) => (cells.find((cell) => cell.fault === fault)?.result ?? '').padEnd(15)).join(' ')}`,
    );
  for (const { target, broken } of reports) console.log(`${target}: ${broken.length === 0 ? 'conforms' : `${broken.length} broken`}`);
  return reports.every(({ broken }) => broken.length === 0) ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
