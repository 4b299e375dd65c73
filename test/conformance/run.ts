/**
 * `npm run conformance -- TARGET... [--only PART] [--changes N] [--seed N] [--kills N] [--recorded all|NAME,...]`: one suite against every connector.
 * TARGET is linux, panos, panorama, fake (a made-up firewall without a fast lane), or the path of a module that exports a `target` (device.ts), so that
 * a connector kept elsewhere is held to the same. PART is contract, transitions or faults. Prints what is kept and broken, the figures of transitions
 * and the matrix of faults; exits 1 where anything is broken.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { checkContract } from './contract.ts';
import type { Device, Target } from './device.ts';
import { type Cell, faultMatrix } from './faults.ts';
import { allRecorded, RECORDED, recordedChanges } from './recorded.ts';
import { type DrawnChange, drawnChanges, emptyTally, killEverywhere, type Tally, walk } from './transitions.ts';
import { largeChange, PACKETS, Random } from './world.ts';

export interface Options {
  readonly changes: number;
  readonly seed: number;
  /** drawn changes that are killed at every call */
  readonly kills: number;
  /** recordings whose marks are walked */
  readonly recorded: readonly string[];
  /** undefined: all */
  readonly only?: Part;
}
const PARTS = ['contract', 'transitions', 'faults'] as const;
type Part = (typeof PARTS)[number];

export interface Report {
  readonly target: string;
  readonly broken: readonly string[];
  readonly tally: Tally;
  readonly cells: readonly Cell[];
}

export async function conform(target: Target, options: Options, say: (line: string) => void): Promise<Report> {
  const device = await target.start();
  try {
    const wants = (part: Part) => options.only === undefined || options.only === part;
    const broken: string[] = [];
    if (wants('contract')) {
      say(`\n${target.name}: the contract`);
      const checked = await checkContract(device, target, ({ name, broken: why }) =>
        say(`  ${why === undefined ? 'kept  ' : 'BROKEN'} ${name}${why ? `\n         ${why}` : ''}`),
      );
      broken.push(...checked.flatMap(({ name, broken: why }) => (why === undefined ? [] : [`${name}: ${why}`])));
    }
    const large = { name: 'the large change', kind: 'rules' as const, packets: PACKETS, ...largeChange(target.capabilities) };
    const tally = emptyTally();
    if (wants('transitions')) {
      say(`${target.name}: changes`);
      await makeChanges(device, target, options, large, tally, say);
      for (const line of figures(tally)) say(`  ${line}`);
      if (tally.wrong.length > 0) broken.push(`${tally.wrong.length} packets wrong: ${tally.wrong[0]}`);
      if (tally.opened > 0) broken.push(`${tally.opened} packets were opened`);
      if (tally.lost + tally.doubled + tally.foreignChanged > 0)
        broken.push(`rules lost or doubled, or foreign objects changed: ${tally.odd.slice(0, 3).join('; ')}`);
    }
    const cells: Cell[] = [];
    if (wants('faults')) {
      say(`${target.name}: faults`);
      cells.push(
        ...(await faultMatrix(device, large, undefined, ({ fault, result, text }) =>
          say(`  ${fault.padEnd(44)} ${result.padEnd(15)} ${text}`),
        )),
      );
      broken.push(...cells.filter(({ result }) => result === 'failed').map(({ fault, text }) => `${fault}: ${text}`));
    }
    return { target: target.name, broken, tally, cells };
  } finally {
    await device.close();
  }
}

/** Drawn changes, half of them with a process that dies at one of the calls; recorded ones; and some where it dies at every call. */
async function makeChanges(
  device: Device,
  target: Target,
  options: Options,
  large: DrawnChange,
  tally: Tally,
  say: (line: string) => void,
): Promise<void> {
  const { changes, seed, kills, recorded } = options;
  const deaths = new Random(seed + 1);
  const said = () => {
    const made = tally.changes + tally.memberChanges;
    if (made > 0 && made % 100 === 0) say(`  ${made} changes, ${tally.wrong.length} packets wrong so far`);
  };
  await walk(device, drawnChanges(target.capabilities, seed, changes), tally, { deaths, said });
  for (const scenario of recorded) await walk(device, recordedChanges(target.capabilities, scenario), tally, { deaths });
  if (kills > 0) await killEverywhere(device, large, tally);
  let left = kills - 1;
  for (const change of drawnChanges(target.capabilities, seed + 1, kills * 3)) {
    if (left <= 0) break;
    if (change.kind !== 'rules' || change.after.refused.size > 0) continue;
    left--;
    await killEverywhere(device, change, tally);
  }
  await device.reset();
}

const ratio = (made: number, least: number): string => (least === 0 ? '-' : (made / least).toFixed(2));

export function figures(tally: Tally): readonly string[] {
  return [
    `${tally.changes} changes of rules, ${tally.memberChanges} of members, ${tally.kills} deaths of the process; ${tally.packets} packets judged after ${tally.looks} calls`,
    `packets wrong after any single call ${tally.wrong.length}, opened ${tally.opened}; gaps named beforehand ${tally.gaps}, packets dropped in them ${tally.closedInGaps}`,
    `rules lost ${tally.lost}, doubled ${tally.doubled}; runs after which foreign objects were changed ${tally.foreignChanged}`,
    `calls ${tally.calls}, least possible ${tally.leastCalls} (${ratio(tally.calls, tally.leastCalls)}); commits ${tally.commits}, least possible ${tally.leastCommits} (${ratio(tally.commits, tally.leastCommits)}); commits for members of the fast lane ${tally.memberCommits}`,
    ...[...tally.refused].map(([reason, count]) => `left out ${count} times: ${reason}`),
    ...tally.wrong.slice(0, 10).map((text) => `WRONG ${text}`),
  ];
}

const recordedOf = (text: string | undefined): readonly string[] =>
  text === undefined ? RECORDED : text === 'all' ? allRecorded() : text.split(',').filter(Boolean);

export async function targetOf(name: string): Promise<Target> {
  if (name === 'linux') return (await import('./linux.ts')).target;
  if (name === 'fake') return (await import('./fake.ts')).target;
  if (name === 'panos' || name === 'panorama') return (await import('./palo-alto.ts'))[name];
  if (!existsSync(name)) throw new Error(`${name}: there is no such target, and no such file; there are: linux, panos, panorama, fake`);
  const module = (await import(pathToFileURL(resolve(name)).href)) as { readonly target?: Target };
  if (!module.target) throw new Error(`${name} exports no "target" (docs/guides/write-a-connector.md says what that is)`);
  return module.target;
}

const USAGE =
  'npm run conformance -- linux|panos|panorama|fake|MODULE... [--only contract|transitions|faults] [--changes N] [--seed N] [--kills N] [--recorded all|NAME,...]';

/** @throws Error with one line for whoever typed it */
async function readArguments(args: readonly string[]): Promise<{ readonly targets: readonly Target[]; readonly options: Options }> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      changes: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      kills: { type: 'string', default: '3' },
      recorded: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const { only: part } = values;
  const only = PARTS.find((one) => one === part);
  if (part !== undefined && !only) throw new Error(`--only ${part}: it must be ${PARTS.join(', ')}`);
  for (const name of ['changes', 'seed', 'kills'] as const)
    if (!/^\d{1,9}$/.test(values[name])) throw new Error(`--${name} ${values[name]}: it must be a number`);
  if (positionals.length === 0) throw new Error('no target is named');
  const [changes, seed, kills] = [Number(values.changes), Number(values.seed), Number(values.kills)];
  const targets: Target[] = [];
  for (const name of positionals) targets.push(await targetOf(name));
  return { targets, options: { changes, seed, kills, recorded: recordedOf(values.recorded), ...(only && { only }) } };
}

async function main(args: readonly string[]): Promise<number> {
  let asked: Awaited<ReturnType<typeof readArguments>>;
  try {
    asked = await readArguments(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nusage: ${USAGE}`);
    return 2;
  }
  const { targets, options } = asked;
  const { only } = options;
  const reports: Report[] = [];
  for (const target of targets) reports.push(await conform(target, options, (line) => console.log(line)));
  const names = reports.map(({ target }) => target);
  if (only === undefined || only === 'faults')
    console.log(`\nfault x connector${' '.repeat(27)} ${names.map((name) => name.padEnd(15)).join(' ')}`);
  for (const { fault } of reports[0]?.cells ?? [])
    console.log(
      `${fault.padEnd(44)} ${reports.map(({ cells }) => (cells.find((cell) => cell.fault === fault)?.result ?? '').padEnd(15)).join(' ')}`,
    );
  for (const { target, broken } of reports) console.log(`${target}: ${broken.length === 0 ? 'conforms' : `${broken.length} broken`}`);
  return reports.every(({ broken }) => broken.length === 0) ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
