/**
 * `npm run verdicts -- FOLDER... [--by evaluator|rulebook|firewall] [--firewall linux] [--show 3]`
 *
 * Holds what we make of recorded policies against what Felix's own dataplane did with real packets: `N agree, M differ` for each folder (all
 * that are in the repo when none is named), then the first differences with their explanation. By firewall a second line counts source addresses:
 * the evaluator's against those that came out. Exits 0 when all agree, 1 when any differ, 2 when something could not be judged.
 */
import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { wayLines } from '../../cli/way-text.ts';
import { formatAddress } from '../../functions/packets/address.ts';
import { type Agreement, type Difference, type FirewallJudge, type Judge, judgeFolder, type OtherTranslation } from './agreement.ts';
import { listScenarios, listVersions, RECORDINGS } from './recording.ts';
import { EVERYTHING, POD_CIDRS, packetOf } from './verdict-world.ts';

const USAGE = 'npm run verdicts -- [FOLDER...] [--by evaluator|rulebook|firewall] [--firewall linux|panos] [--show N]';
const JUDGES: readonly string[] = ['evaluator', 'rulebook', 'firewall'] satisfies Judge[];

interface Asked {
  readonly folders: readonly string[];
  readonly by: Judge;
  readonly firewall: string;
  readonly show: number;
}

/** @throws Error with one line for whoever typed it */
export function readArguments(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      by: { type: 'string', default: 'rulebook' },
      firewall: { type: 'string', default: 'linux' },
      show: { type: 'string', default: '3' },
    },
  });
  const { by, show, firewall } = values;
  if (!JUDGES.includes(by)) throw new Error(`--by ${by}: it must be evaluator, rulebook or firewall`);
  if (!/^\d{1,6}$/.test(show)) throw new Error(`--show ${show}: it must be a number of differences to show in each folder`);
  if (!/^[a-z][a-z0-9-]*$/.test(firewall) || (by === 'firewall' && !existsSync(judgeFile(firewall))))
    throw new Error(`--firewall ${firewall}: there is no such firewall to ask; there are: linux, panos`);
  return { folders: positionals, by: by as Judge, firewall, show: Number(show) };
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** Why there is nothing to judge at this path; undefined: it is a recording. */
export function whyNoRecording(path: string): string | undefined {
  if (!existsSync(path)) return 'there is no such folder';
  if (!statSync(path).isDirectory()) return 'this is a file; name folders that hold VERSION.stream and VERSION.marks.json';
  if (listVersions(basename(join(path)), join(path, '..')).length === 0)
    return 'this folder is no recording: it has no VERSION.stream with its VERSION.marks.json';
  return undefined;
}

/** What is said about one folder, lines. */
export function tell(agreement: Agreement, by: Judge, show: number): readonly string[] {
  const { folder, verdicts, agree, differences, alike, translated, otherTranslations, unknownSteps, withoutAnnotations } = agreement;
  const out = [`${folder}: ${agree} agree, ${differences.length} differ${verdicts === 0 ? ' (no verdicts)' : ''}`];
  if (by === 'firewall' && verdicts > 0)
    out.push(`  ${translated} translated alike, ${alike - translated} kept their own address alike, ${otherTranslations.length} differ`);
  if (withoutAnnotations.size > 0) {
    const count = withoutAnnotations.size === 1 ? '1 policy' : `${withoutAnnotations.size} policies`;
    out.push(`  ${count} judged without annotations, which are refused: ${[...withoutAnnotations].map(briefly).join('; ')}`);
  }
  if (agreement.unsayable > 0) out.push(`  ${agreement.unsayable} more packets that this firewall cannot treat so, and is not asked to`);
  if (agreement.unsayableSources > 0)
    out.push(`  ${agreement.unsayableSources} more source addresses that this firewall cannot leave so, and is not asked to`);
  for (const reason of agreement.reasons) out.push(`  refused or narrowed: ${reason}`);
  for (const step of unknownSteps) out.push(`  no stream has a mark for step "${step}"`);
  for (const difference of differences.slice(0, show)) out.push(describe(difference).replace(/^/gm, '  '));
  for (const other of otherTranslations.slice(0, show)) out.push(`  ${describeTranslation(other)}`);
  return out;
}

/** "GlobalNetworkPolicy border.q1", "198.51.100.7 is an IPv4 address, but ... . More." -> "border.q1 (198.51.100.7 is an IPv4 address, but ...)". */
const briefly = ([policy, why]: readonly [string, string]): string =>
  `${policy.replace(/^GlobalNetworkPolicy /, '')} (${why.split(/\. (?=[A-Z])/, 1)[0]?.replace(/\.$/, '')})`;

const packetText = ({ version, row }: Pick<Difference, 'version' | 'row'>): string => {
  const { family, source, destination } = packetOf(row);
  const detail = [row.sport && `${row.sport}->${row.dport}`, row.type && `type ${row.type} code ${row.code}`].filter(Boolean).join(' ');
  const ends = `${formatAddress(family, source)} -> ${formatAddress(family, destination)}`;
  return `${version}, step "${row.step}": ${row.dir} ${ends} ${row.proto} ${detail}`.trimEnd();
};

function describe(difference: Difference): string {
  const { row, ours, explanation, conditions } = difference;
  return [
    packetText(difference),
    `Felix: ${row.verdict}, ours: ${ours}`,
    `the evaluator: ${explanation.verdict}${explanation.outOfScope === undefined ? '' : `, no policy is asked: ${explanation.outOfScope}`}`,
    ...wayLines(explanation.way, { width: 160, paint: (_, text) => text }),
    ...conditions.map(({ code, subject, message }) => `condition ${code} ${subject.policy ?? ''} ${subject.rule ?? ''}: ${message}`),
  ].join('\n');
}

function describeTranslation(other: OtherTranslation): string {
  const wanted = JSON.stringify(other.wanted, (_, value: unknown) => (typeof value === 'bigint' ? `0x${value.toString(16)}` : value));
  return `${packetText(other)}: left as ${formatAddress(packetOf(other.row).family, other.source)}, the evaluator says ${wanted}`;
}

const judgeFile = (vendor: string): string => join(import.meta.dirname, '..', `${vendor}-firewall`, 'judge.ts');

async function startFirewall(vendor: string): Promise<FirewallJudge> {
  const { Judge: Firewall } = (await import(pathToFileURL(judgeFile(vendor)).href)) as {
    readonly Judge: { start(options: { readonly podCidrs: readonly string[]; readonly vips: readonly string[] }): Promise<FirewallJudge> };
  };
  return Firewall.start({ podCidrs: POD_CIDRS, vips: EVERYTHING });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] as string;

async function main(args: readonly string[]): Promise<number> {
  let asked: Asked;
  try {
    asked = readArguments(args);
  } catch (error) {
    console.error(`${messageOf(error)}\nusage: ${USAGE}`);
    return 2;
  }
  const { by, show } = asked;
  const folders = asked.folders.length > 0 ? asked.folders : listScenarios().map((scenario) => join(RECORDINGS, scenario));
  await using stack = new AsyncDisposableStack();
  let firewall: FirewallJudge | undefined;
  let [agree, differ, alike, other, unjudged] = [0, 0, 0, 0, 0];
  for (const folder of folders) {
    const why = whyNoRecording(folder);
    if (why !== undefined) {
      console.error(`${folder}: ${why}`);
      // A file among folders is what a glob brings along.
      if (folders.length === 1 || !isFile(folder)) unjudged++;
      continue;
    }
    try {
      if (by === 'firewall' && !firewall) {
        const started = await startFirewall(asked.firewall);
        stack.defer(() => started.close());
        firewall = started;
      }
      const agreement = await judgeFolder(folder, by, firewall);
      agree += agreement.agree;
      differ += agreement.differences.length + agreement.unknownSteps.length;
      alike += agreement.alike;
      other += agreement.otherTranslations.length;
      for (const line of tell(agreement, by, show)) console.log(line);
    } catch (error) {
      console.error(`${folder}: could not be judged: ${messageOf(error)}`);
      unjudged++;
    }
  }
  if (folders.length > 1) {
    console.log(`all by ${by}: ${agree} agree, ${differ} differ`);
    if (by === 'firewall') console.log(`source addresses: ${alike} alike, ${other} differ`);
  }
  if (differ + other > 0) return 1;
  return unjudged > 0 ? 2 : 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
