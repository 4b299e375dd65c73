/**
 * `npm start`: the whole way once, on this machine, to look at.
 *
 *   recorded Felix stream ──► shipper ──► SQS ──► ingest ──► log ──► apply ──SSH──► nftables
 *         "Felix"               "shipped"                                "firewall"
 *
 * Everything is the real thing but AWS (embedded) and Felix (its recorded bytes). Ends within a minute; `-- --stay` keeps it up.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import { writeLocalFile } from '../../cli/local-file.ts';
import { table } from '../../cli/table-text.ts';
import { tellOrigin, tellRule } from '../../cli/words.ts';
import { MutableView } from '../../functions/cluster/mutable-view.ts';
import { changesOf } from '../../functions/cluster/view-from-stream.ts';
import { linux } from '../../functions/firewalls/linux/index.ts';
import { tableName } from '../../functions/firewalls/linux/naming.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import type { FilterRule, Rulebook, SetExpression } from '../../functions/rulebook/types.ts';
import type { Settings } from '../../functions/settings.ts';
import { loadEnvironment } from '../../infra/environment.ts';
import { readFrames } from '../../proto/framing.ts';
import { unpackShipment } from '../../proto/packing.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { type Felix, playFelix } from '../felix/player.ts';
import { type Mark, readRecording } from '../felix/recording.ts';
import { type LinuxBorder, startLinuxBorder } from '../linux-firewall/rig.ts';
import { BorderWatch, type Names, tellDifference } from './border-watch.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { CLUSTER, FIREWALL, writeDemoEnvironment } from './demo-environment.ts';
import { shipperVariables } from './shipper-variables.ts';
import { tellFrame, tellShipment } from './story.ts';

const SCENARIO = '01-first-rule';
const VERSION = 'v3.32.1';
/** The steps after it take everything away again: then there would be no table to look at. */
const LAST_STEP = 'namespace relabelled';
/** A step is over when so long nothing was shipped and nothing changed on the firewall. */
const QUIET_MS = 1_200;
const LONGEST_STEP_MS = 12_000;

type Style = Parameters<typeof styleText>[0];
const begun = performance.now();
/** Colours only where somebody looks: styleText asks the stream (a terminal, NO_COLOR, FORCE_COLOR). */
const paint = (style: Style, text: string) => styleText(style, text, { stream: process.stdout, validateStream: true });
const SPEAKERS = { Felix: 'cyan', shipped: 'yellow', firewall: 'green', condition: 'red', '': 'dim' } as const;
let last = '';

function tell(speaker: keyof typeof SPEAKERS, line: string): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(2).padStart(6);
  const who = speaker === last ? '' : speaker;
  last = speaker;
  console.log(`${paint('dim', seconds)}  ${paint(SPEAKERS[speaker], who.padEnd(9))}  ${line}`);
}
function heading(line: string): void {
  last = '';
  console.log(`\n${paint('bold', line)}`);
}

/** Follows the stream as told, to know the names of what the firewall shows: the same compiler as in the cloud. */
class Reader {
  readonly #view = new MutableView(CLUSTER);
  readonly #compiler = new Compiler();
  readonly #settings: Settings;
  readonly #known = new Map<string, string>();
  rulebook: Rulebook = { rules: [], sets: new Map() };

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  read(frames: readonly Uint8Array[]): void {
    for (const frame of frames) {
      const changes = changesOf(frame);
      if (changes) this.#view.change(changes);
    }
    const { firewalls, borders, clusters, pairs } = this.#settings;
    const [settings, cluster, pair] = [firewalls[FIREWALL], clusters[CLUSTER], pairs.find((each) => each.cluster === CLUSTER)];
    if (!settings || !cluster || !pair) throw new Error('the demo environment lacks its cluster, its firewall or their pair');
    const { rulebook } = this.#compiler.compile({
      firewall: FIREWALL,
      settings,
      borders: new Map(Object.values(borders).map((border) => [border.hostEndpoint, border])),
      capabilities: linux.capabilities,
      clusters: [{ name: CLUSTER, settings: cluster, pair, view: this.#view, lastGood: new Map() }],
    });
    this.rulebook = rulebook;
    for (const rule of rulebook.rules) this.#known.set(`rule ${rule.id}`, tellRule(rule, rulebook));
    for (const [id, { text, expression }] of rulebook.sets) {
      this.#known.set(`set ${id}`, text || id);
      for (const set of felixSetsOf(expression)) this.#known.set(`felix ${set}`, text || set);
    }
  }

  readonly nameOfSet = (id: string) => this.#known.get(`felix ${id}`) ?? id;
  readonly names: Names = {
    rule: (id) => this.#known.get(`rule ${id}`) ?? id,
    set: (id) => this.#known.get(`set ${id}`) ?? id,
  };
}

function felixSetsOf(expression: SetExpression): readonly string[] {
  switch (expression.kind) {
    case 'felix':
      return [expression.set];
    case 'within':
    case 'outside':
      return felixSetsOf(expression.of);
    default:
      // A set made of several has no text that fits each of them.
      return [];
  }
}

interface Stage {
  readonly cloud: Cloud;
  readonly watch: BorderWatch;
  readonly reader: Reader;
  readonly shippedAt: () => number;
  readonly playing: () => void;
}

async function playStep(
  felix: Felix,
  stream: Buffer,
  from: number,
  mark: Mark,
  { cloud, watch, reader, shippedAt, playing }: Stage,
): Promise<void> {
  heading(mark.step);
  const bytes = stream.subarray(from, mark.bytes);
  const frames = readFrames(bytes);
  reader.read(frames);
  const told = frames.map((frame) => tellFrame(frame, reader.nameOfSet));
  for (const line of told) if (line !== undefined) tell('Felix', line);
  const silent = told.filter((line) => line === undefined).length;
  if (silent > 0) tell('Felix', `${silent} more that no border firewall needs`);
  const at = performance.now();
  playing();
  await felix.play(bytes);
  while (performance.now() - at < LONGEST_STEP_MS) {
    await sleep(50);
    if (!felix.running) throw new Error(`The shipper has ended:\n${felix.stderr}`);
    const quiet = performance.now() - Math.max(at, shippedAt(), watch.changedAt);
    if (shippedAt() > at && quiet > QUIET_MS && [...cloud.functions.values()].every(({ running }) => running === 0)) return;
  }
  tell('', 'not quiet within twelve seconds; going on');
}

/** Policy rule -> rule on the device, with the members that stand there now. */
function showTable({ watch, reader }: Stage): boolean {
  heading('What stands on the firewall, and why');
  const { picture } = watch;
  const members = (rule: FilterRule) =>
    [rule.source, rule.destination]
      .flatMap(({ include }) => (include === 'any' ? [] : include.sets))
      .reduce((sum, id) => sum + (picture.sets.get(id)?.size ?? 0), 0);
  const rows = reader.rulebook.rules.map((rule) => [
    tellOrigin(rule),
    tellRule(rule, reader.rulebook),
    [...(picture.rules.get(rule.id)?.keys() ?? [])].join(', ') || 'MISSING',
    String(members(rule)),
  ]);
  console.log(table(['policy rule', 'meaning', 'on the device (nft chain)', 'members'], rows, process.stdout.columns ?? 160));
  return rows.length > 0 && rows.every(([, , chain]) => chain !== 'MISSING');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { stay: { type: 'boolean', default: false } } });
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-start-'));
  const closing: (() => Promise<unknown>)[] = [];
  try {
    heading('Setting up');
    const [border] = await Promise.all([startLinuxBorder({ name: 'start', say: (line) => tell('', line) }), buildShipper()]);
    closing.push(() => border.close());
    tell('', `Linux firewall: nftables in a network namespace, behind OpenSSH on ${border.address}:${border.port}`);
    const file = writeDemoEnvironment(folder, border);
    const settings = loadEnvironment(file);
    const reader = new Reader(settings);
    let shipped = 0;
    let played = 0;
    const cloud = await startCloud({
      environmentFile: file,
      onBatch: (name, bodies) => {
        if (!name.endsWith('/Ingest')) return;
        for (const body of bodies) {
          const line = tellShipment(unpackShipment(body), body.length, reader.nameOfSet);
          if (line === undefined) continue;
          shipped = performance.now();
          tell('shipped', line);
        }
      },
      onPublish: (message) => tell('condition', oneLine(message)),
    });
    closing.push(() => cloud.stop());
    const { variables, outputs } = cloud;
    const forget = writeLocalFile({ environment: settings.environment, settingsFile: file, variables, outputs });
    closing.push(async () => forget());
    cloud.setSecret(settings.managers[FIREWALL]?.secret ?? '', border.privateKey);
    tell(
      '',
      `local AWS: ${cloud.functions.size} functions of the synthesized stack ${cloud.stackName}, ${cloud.queueUrls.size} queues, one table`,
    );

    const prefix = settings.firewalls[FIREWALL]?.prefix ?? 'cf_';
    const list = () => border.nft(['-j', '-n', 'list', 'table', 'inet', tableName(prefix, FIREWALL)]).catch(() => undefined);
    const watch = new BorderWatch(list, prefix, (before, after) => {
      const later = `${((performance.now() - played) / 1000).toFixed(2)} s after Felix`;
      for (const line of tellDifference(before, after, reader.names)) tell('firewall', `${line}  ${paint('dim', `(${later})`)}`);
    });
    closing.push(() => watch.stop());

    const recording = readRecording(SCENARIO, VERSION);
    const felix = playFelix({
      program: SHIPPER_PROGRAM,
      env: { ...shipperVariables(cloud, CLUSTER), CEXTFIRE_HTTP_PORT: '0', CEXTFIRE_HTTP_HOST: '127.0.0.1', CEXTFIRE_LOG_LEVEL: 'warn' },
      onStderr: (text) => tell('condition', oneLine(text)),
    });
    closing.push(() => felix.terminate());
    tell('', `shipper ${SHIPPER_PROGRAM.split('/').slice(-2).join('/')}, fed with what Felix ${VERSION} once said (recording ${SCENARIO})`);

    const stage: Stage = {
      cloud,
      watch,
      reader,
      shippedAt: () => shipped,
      playing: () => {
        played = performance.now();
      },
    };
    const stream = recording.stream(1);
    let at = 0;
    for (const mark of recording.marks) {
      await playStep(felix, stream, at, mark, stage);
      at = mark.bytes;
      if (mark.step === LAST_STEP) break;
    }
    const whole = showTable(stage);
    const invocations = [...cloud.functions].map(([name, fn]) => `${name} ${fn.invocations.length}`);
    console.log(
      `\nInvocations: ${invocations.join(', ')}.${values.stay ? '' : ' All of it is taken down again; npm start -- --stay keeps it up.'}`,
    );
    if (!whole) {
      process.exitCode = 1;
      console.log('A rule of the policy does not stand on the firewall. The last lines of the functions:');
      for (const { function: name, text } of cloud.logs.slice(-15)) console.log(`  [${name}] ${text.slice(0, 400)}`);
    }
    if (values.stay) {
      console.log(`\nStaying up. Ask with:  npx cextfire status --local\nLook with:  ${lookWith(border, prefix)}\nCtrl-C ends it.`);
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      });
    }
  } finally {
    for (const close of closing.reverse()) await close().catch((error: Error) => console.error(error.message));
    rmSync(folder, { recursive: true, force: true });
  }
}

const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ').slice(0, 300);

function lookWith(border: LinuxBorder, prefix: string): string {
  return `ssh -p ${border.port} ${border.user}@${border.address} (key in the local Secrets Manager), table inet ${tableName(prefix, FIREWALL)}`;
}

await main().catch((error: Error) => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});
