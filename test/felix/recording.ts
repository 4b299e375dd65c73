/** The recordings beside this file: what a real Felix wrote, step by step, and what its own dataplane did with real packets. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const RECORDINGS = fileURLToPath(new URL('recordings', import.meta.url));

/** After this step, so much of this stream had come, and the stream was quiet. */
export interface Mark {
  readonly step: string;
  /** 1 for the first process of this Felix, 2 after its first restart ... */
  readonly life: number;
  readonly bytes: number;
  readonly frames: number;
  /** Felix's exit code, where this step ended it */
  readonly felixExited: number | undefined;
}

/** One packet of verdicts.csv and what Felix's own dataplane did with it. Fields are the text of the file; '' = does not apply. */
export interface Verdict {
  readonly step: string;
  readonly dir: 'egress' | 'ingress';
  readonly src: string;
  readonly dst: string;
  readonly proto: string;
  readonly sport: string;
  readonly dport: string;
  readonly type: string;
  readonly code: string;
  readonly verdict: 'allow' | 'deny';
}

/** One version of one scenario. */
export interface Recording {
  /** "09-restart" */
  readonly scenario: string;
  /** "v3.32.1" */
  readonly version: string;
  readonly title: string;
  /** Steps in order; restarts go on to the next life. */
  readonly marks: readonly Mark[];
  readonly lives: number;
  /** The bytes of one life, from 1; read anew each time. */
  readonly stream: (life: number) => Buffer;
  /** Where the bytes of one life stand. */
  readonly path: (life: number) => string;
  readonly verdicts: () => readonly Verdict[];
}

interface RawMark {
  readonly step: string;
  readonly stream: string;
  readonly bytes: number;
  readonly frames: number;
  readonly 'felix exited'?: number;
}

export function listScenarios(folder: string = RECORDINGS): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export function listVersions(scenario: string, folder: string = RECORDINGS): readonly string[] {
  return readdirSync(join(folder, scenario))
    .filter((name) => name.endsWith('.marks.json'))
    .map((name) => name.slice(0, -'.marks.json'.length))
    .sort();
}

/** Every version of every scenario. */
export function listRecordings(folder: string = RECORDINGS): readonly Recording[] {
  return listScenarios(folder).flatMap((scenario) =>
    listVersions(scenario, folder).map((version) => readRecording(scenario, version, folder)),
  );
}

/** @throws when there is no such recording, naming those that are there */
export function readRecording(scenario: string, version: string, folder: string = RECORDINGS): Recording {
  const home = join(folder, scenario);
  if (!existsSync(home)) throw new Error(`no scenario ${scenario}; there are: ${listScenarios(folder).join(', ')}`);
  const marksFile = join(home, `${version}.marks.json`);
  if (!existsSync(marksFile))
    throw new Error(`${scenario} has no version ${version}; there are: ${listVersions(scenario, folder).join(', ')}`);
  const rawMarks = JSON.parse(readFileSync(marksFile, 'utf8')) as readonly RawMark[];
  const marks = rawMarks.map(
    (mark): Mark => ({
      step: mark.step,
      life: lifeOf(mark.stream, version),
      bytes: mark.bytes,
      frames: mark.frames,
      felixExited: mark['felix exited'],
    }),
  );
  const path = (life: number) => join(home, life === 1 ? `${version}.stream` : `${version}.${life}.stream`);
  let lives = 1;
  while (existsSync(path(lives + 1))) lives++;
  const story = join(home, 'scenario.yaml');
  const { title } = (existsSync(story) ? parse(readFileSync(story, 'utf8')) : { title: scenario }) as { title: string };
  const verdictsFile = join(home, 'verdicts.csv');
  return {
    scenario,
    version,
    title,
    marks,
    lives,
    stream: (life) => readFileSync(path(life)),
    path,
    verdicts: () => (existsSync(verdictsFile) ? parseVerdicts(readFileSync(verdictsFile, 'utf8')) : []),
  };
}

/** "v3.32.1.2.stream" of version "v3.32.1" -> 2. */
function lifeOf(stream: string, version: string): number {
  const middle = stream.slice(version.length, -'.stream'.length);
  return middle === '' ? 1 : Number(middle.slice(1));
}

/** Rows in the order of the file. Quoted fields may hold commas and doubled quotes. */
export function parseVerdicts(text: string): readonly Verdict[] {
  const [header, ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(parseRow);
  if (!header) return [];
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])) as unknown as Verdict);
}

function parseRow(line: string): readonly string[] {
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}
