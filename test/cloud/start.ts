/**
 * `npm start`: the whole way once, on this machine, to look at.
 *
 *   recorded Felix stream ──► shipper ──► SQS ──► ingest ──► log ─┬─► apply ──SSH────► nftables             "Linux"
 *         "Felix"              "shipped"                            └─► apply ──HTTPS──► twin of a Palo Alto  "Palo Alto"
 *
 * Everything is the real thing but AWS (embedded), Felix (its recorded bytes) and the Palo Alto (a twin). Where a part for Linux is missing, the Palo
 * Alto is shown alone. Ends within a minute; `-- --stay` keeps it up.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import { writeLocalFile } from '../../cli/local-file.ts';
import { table } from '../../cli/table-text.ts';
import { MutableView } from '../../functions/cluster/mutable-view.ts';
import { changesOf } from '../../functions/cluster/view-from-stream.ts';
import { linux } from '../../functions/firewalls/linux/index.ts';
import { panos } from '../../functions/firewalls/panos/connector.ts';
import { Compiler } from '../../functions/policy/compile.ts';
import type { FilterRule, Rulebook, SetExpression } from '../../functions/rulebook/types.ts';
import { plural, tellOrigin, tellRule } from '../../functions/rulebook/words.ts';
import type { Settings } from '../../functions/settings.ts';
import { loadEnvironment } from '../../infra/environment.ts';
import { readFrames } from '../../proto/framing.ts';
import { unpackShipment } from '../../proto/packing.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { type Felix, playFelix } from '../felix/player.ts';
import { type Mark, readRecording } from '../felix/recording.ts';
import { BorderWatch, type Names, tellDifference } from './border-watch.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { CLUSTER, writeShownEnvironment } from './demo-environment.ts';
import { shipperVariables } from './shipper-variables.ts';
import { type ShownFirewall, showLinux, showPaloAlto } from './shown-firewalls.ts';
import { tellFrame, tellShipment } from './story.ts';

const SCENARIO = '01-first-rule';
const VERSION = 'v3.32.1';
/** The steps after it take everything away again: then there would be no table to look at. */
const LAST_STEP = 'namespace relabelled';
/** A step is over when no function has anything to do and so long nothing changed on any firewall. */
const QUIET_MS = 400;
const LONGEST_STEP_MS = 12_000;

type Style = Parameters<typeof styleText>[0];
const begun = performance.now();
/** Colours only where somebody looks: styleText asks the stream (a terminal, NO_COLOR, FORCE_COLOR). */
const paint = (style: Style, text: string) => styleText(style, text, { stream: process.stdout, validateStream: true });
const SPEAKERS = { Felix: 'cyan', shipped: 'yellow', Linux: 'green', 'Palo Alto': 'magenta', condition: 'red', '': 'dim' } as const;
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

/** Follows the stream as told, to know the names of what the firewalls show: the same compiler as in the cloud. */
class Reader {
  readonly #view = new MutableView(CLUSTER);
  readonly #compilers = new Map<string, Compiler>();
  readonly #settings: Settings;
  readonly #known = new Map<string, string>();
  /** what each firewall should have */
  readonly rulebooks = new Map<string, Rulebook>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  read(frames: readonly Uint8Array[]): void {
    for (const frame of frames) {
      const changes = changesOf(frame);
      if (changes) this.#view.change(changes);
    }
    for (const firewall of Object.keys(this.#settings.firewalls)) this.#compile(firewall);
  }

  #compile(firewall: string): void {
    const { firewalls, managers, borders, clusters, pairs } = this.#settings;
    const [settings, cluster] = [firewalls[firewall], clusters[CLUSTER]];
    const pair = pairs.find((each) => each.cluster === CLUSTER && each.firewall === firewall);
    if (!settings || !cluster || !pair) throw new Error(`the demo environment lacks its cluster, the firewall ${firewall} or their pair`);
    const compiler = this.#compilers.get(firewall) ?? new Compiler();
    this.#compilers.set(firewall, compiler);
    const { rulebook } = compiler.compile({
      firewall,
      settings,
      borders: new Map(
        Object.values(borders)
          .filter((border) => border.firewall === firewall)
          .map((border) => [border.hostEndpoint, border]),
      ),
      capabilities: (managers[settings.manager]?.vendor === 'linux' ? linux : panos).capabilities,
      clusters: [{ name: CLUSTER, settings: cluster, pair, view: this.#view, lastGood: new Map() }],
    });
    this.rulebooks.set(firewall, rulebook);
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

interface Watched {
  readonly shown: ShownFirewall;
  readonly watch: BorderWatch;
}

interface Stage {
  readonly cloud: Cloud;
  readonly watched: readonly Watched[];
  readonly reader: Reader;
  readonly shippedAt: () => number;
  readonly playing: () => void;
}

async function playStep(felix: Felix, stream: Buffer, from: number, mark: Mark, stage: Stage): Promise<void> {
  const { cloud, watched, reader, shippedAt, playing } = stage;
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
    if (shippedAt() <= at) continue;
    // A wake that comes later counts: a commit waits a moment for more of its kind.
    await cloud.settle(Math.max(1, LONGEST_STEP_MS - (performance.now() - at)), { delayed: true }).catch(() => undefined);
    const settledAt = performance.now();
    while (performance.now() - Math.max(settledAt, ...watched.map(({ watch }) => watch.changedAt)) < QUIET_MS) await sleep(50);
    if (shippedAt() < settledAt) return;
  }
  tell('', 'not quiet within twelve seconds; going on');
}

/** Policy rule -> rule on each device, with the members that stand there now. */
function showTable({ watched, reader }: Stage): boolean {
  heading(watched.length === 1 ? 'What stands on the firewall, and why' : 'What stands on the firewalls, and why');
  const members = ({ watch }: Watched, rule: FilterRule) =>
    [rule.source, rule.destination]
      .flatMap(({ include }) => (include === 'any' ? [] : include.sets))
      .reduce((sum, id) => sum + (watch.picture.sets.get(id)?.size ?? 0), 0);
  /** policy rule and meaning -> what each firewall has of it */
  const rows = new Map<string, string[]>();
  let whole = watched.length > 0;
  for (const [at, one] of watched.entries()) {
    const rulebook = reader.rulebooks.get(one.shown.name) ?? { rules: [], sets: new Map() };
    if (rulebook.rules.length === 0) whole = false;
    for (const rule of rulebook.rules) {
      const [origin, meaning] = [tellOrigin(rule), tellRule(rule, rulebook)];
      const row = rows.get(`${origin}|${meaning}`) ?? [origin, meaning, ...watched.map(() => '')];
      const carriers = [...(one.watch.picture.rules.get(rule.id)?.keys() ?? [])];
      if (carriers.length === 0) whole = false;
      row[at + 2] = carriers.length === 0 ? 'MISSING' : `${carriers.join(', ')}, ${plural(members(one, rule), 'member')}`;
      rows.set(`${origin}|${meaning}`, row);
    }
  }
  const heads = watched.map(({ shown }) => `${shown.title} (${shown.carrier})`);
  console.log(table(['policy rule', 'meaning', ...heads], [...rows.values()], process.stdout.columns ?? 160));
  console.log(`\n${watched.map(({ shown }) => `${shown.title}: ${shown.spent()}.`).join('\n')}`);
  return whole;
}

/** The Palo Alto always, Linux where its parts are there: what is missing is said. */
async function openFirewalls(closing: (() => Promise<unknown>)[]): Promise<readonly ShownFirewall[]> {
  const opened = async (making: Promise<ShownFirewall>) => {
    const shown = await making;
    closing.push(() => shown.close());
    return shown;
  };
  const without = (error: Error) => {
    tell('', `no Linux firewall on this machine, the Palo Alto is shown alone: ${oneLine(error.message)}`);
    return undefined;
  };
  const [box, paloAlto] = await Promise.all([
    opened(showLinux('edge', (line) => tell('', line))).catch(without),
    opened(showPaloAlto('edge-pan')),
    buildShipper(),
  ]);
  return [...(box ? [box] : []), paloAlto];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { stay: { type: 'boolean', default: false } } });
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-start-'));
  const closing: (() => Promise<unknown>)[] = [];
  try {
    heading('Setting up');
    const firewalls = await openFirewalls(closing);
    for (const { title, about } of firewalls) tell('', `${title}: ${about}`);
    const file = writeShownEnvironment(folder, firewalls);
    tell('', 'local AWS: synthesizing the stack, as `cdk deploy` would (some seconds; half a minute on a busy machine)');
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
      onPublish: (message) => tell('condition', tellCondition(message)),
    });
    closing.push(() => cloud.stop());
    const { variables, outputs } = cloud;
    const forget = writeLocalFile({ environment: settings.environment, settingsFile: file, variables, outputs });
    closing.push(async () => forget());
    for (const { name, secret } of firewalls) cloud.setSecret(settings.managers[name]?.secret ?? '', secret);
    tell(
      '',
      `local AWS: ${cloud.functions.size} functions of the synthesized stack ${cloud.stackName}, ${cloud.queueUrls.size} queues, one table`,
    );

    const watched = firewalls.map((shown): Watched => {
      const watch = new BorderWatch(
        () => shown.picture(),
        (before, after) => {
          const later = `${((performance.now() - played) / 1000).toFixed(2)} s after Felix`;
          const title = shown.vendor === 'linux' ? 'Linux' : 'Palo Alto';
          for (const line of tellDifference(before, after, reader.names)) tell(title, `${line}  ${paint('dim', `(${later})`)}`);
        },
      );
      closing.push(() => watch.stop());
      return { shown, watch };
    });

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
      watched,
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
      `Invocations: ${invocations.join(', ')}.${values.stay ? '' : ' All of it is taken down again; npm start -- --stay keeps it up.'}`,
    );
    if (!whole) {
      process.exitCode = 1;
      console.log('\nA rule of the policy does not stand on a firewall. The last lines of the functions:');
      for (const { function: name, text } of cloud.logs.slice(-15)) console.log(`  [${name}] ${text.slice(0, 400)}`);
    }
    if (values.stay) {
      console.log('\nStaying up. Look with:\n  npx cextfire status --local');
      for (const { title, lookWith } of firewalls) console.log(`  ${title}: ${lookWith}`);
      console.log('Ctrl-C ends it.');
      await new Promise<void>((resolve) => {
        const end = () => {
          for (const { watch } of watched) void watch.stop();
          resolve();
        };
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
      });
    }
  } finally {
    for (const close of closing.reverse()) await close().catch((error: Error) => console.error(error.message));
    rmSync(folder, { recursive: true, force: true });
  }
}

const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ').slice(0, 300);

/** A message of the topic: begin or end, code, and what apply says of it. */
function tellCondition(text: string): string {
  try {
    const { kind, code, message } = JSON.parse(text) as { kind: string; code: string; message: string };
    return oneLine(`${kind === 'end' ? 'over: ' : ''}${code} ${message}`);
  } catch {
    return oneLine(text);
  }
}

await main().catch((error: Error) => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});
