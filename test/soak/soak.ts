/**
 * The whole way for as long as one likes: a recorded Felix again and again, with something going wrong at every step. After each step, once nothing is
 * left to do, real packets must meet the reference evaluator and what an administrator keeps must be untouched.
 *
 *   step ─► fault (one of FAULTS) ─► settle ─► packets = evaluator? ─► next; a round is a new life of Felix and its shipper
 *   after every fault was tried: a stretch of churn in which nothing dies (churn.ts), memory sampled ─► packets = evaluator? ─► faults again
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evaluatePolicies } from '../../functions/policy/evaluate.ts';
import { CLUSTER, FIREWALL } from '../cloud/demo-environment.ts';
import { World } from '../end-to-end/world.ts';
import { type Mark, type Recording, readRecording } from '../felix/recording.ts';
import { HOST_ENDPOINT, packetOf, recordedView } from '../felix/verdict-world.ts';
import { churn, forget } from './churn.ts';
import { Ageing, type Sample } from './memory.ts';

export interface SoakReport {
  readonly rounds: number;
  readonly steps: number;
  readonly packets: number;
  /** packets that the border decided otherwise than the evaluator, the first ones in words */
  readonly wrong: readonly string[];
  readonly faults: Readonly<Record<string, number>>;
  /** messages that nobody could take */
  readonly dead: number;
  /** frames of churn; all of them stood on the firewall */
  readonly changes: number;
  readonly stretches: readonly (readonly Sample[])[];
}

type Fault = (world: World) => Promise<(() => Promise<void>) | void>;
/** Each begins before a step is played; what it returns ends it when the step was sent. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  nothing: async () => undefined,
  // Early: what it takes away must not be what the next step writes anew.
  'a human flushes our rules': async (world) => {
    for (const [, family, name] of (await world.judge.border.nft(['list', 'tables'])).matchAll(/table (\S+) (cf_\S+)/g))
      await world.judge.border.nft(['delete', 'table', family as string, name as string]);
  },
  'ingest dies at a request': async (world) =>
    world.cloud.functions.get(`Cluster-${CLUSTER}/Ingest`)?.killNext({ request: 2, when: 'after' }),
  'apply dies at a request': async (world) =>
    world.cloud.functions.get(`Manager-${FIREWALL}/Apply`)?.killNext({ request: 9, when: 'after' }),
  'everything comes twice': async (world) => {
    world.cloud.duplicateNext(`Cluster-${CLUSTER}/Ingest`, 3);
    world.cloud.duplicateNext(`Manager-${FIREWALL}/Apply`, 3);
  },
  'functions start cold': async (world) => {
    for (const one of world.cloud.functions.values()) await one.kill();
  },
  'the shipper restarts': async (world) => world.felixDies(),
  'the firewall cannot be reached': async (world) => {
    await world.judge.border.stopSsh();
    return () => world.judge.border.startSsh();
  },
};

/** So long is a stretch of churn. */
const STRETCH_MS = 25 * 60_000;

/** @param until Unix ms: no step begins after it, but every fault was tried once, and two samples were taken. */
export async function soak(until: number, say: (line: string) => void = () => undefined): Promise<SoakReport> {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-soak-'));
  const heapFile = join(folder, 'heap');
  const heapOnSignal = fileURLToPath(new URL('heap-on-signal.mjs', import.meta.url));
  const world = await World.start({
    visibilitySeconds: 2,
    shipperVariables: { NODE_OPTIONS: `--import=${heapOnSignal}`, HEAP_FILE: heapFile },
  });
  const recording = readRecording('01-first-rule', 'v3.32.1');
  const marks = recording.marks.filter(({ life }) => life === 1);
  const every = Object.entries(FAULTS);
  const stretches: (readonly Sample[])[] = [];
  const report = { rounds: 0, steps: 0, packets: 0, changes: 0, wrong: [] as string[], dead: 0, stretches };
  const faults: Record<string, number> = {};
  const ageing = new Ageing();
  const untouched = async (what: string) => {
    if ((await world.foreign()) !== world.foreignBefore) report.wrong.push(`${what}: the administrator's own rules were changed`);
  };
  try {
    await world.fresh();
    do {
      for (const [name, fault] of every) {
        const mark = marks[report.steps % marks.length] as Mark;
        if (mark === marks[0]) {
          report.rounds++;
          await world.felixDies();
        }
        faults[name] = (faults[name] ?? 0) + 1;
        const over = await fault(world);
        await world.send(recording, mark);
        await over?.();
        await world.arrive(recording, mark);
        for (const one of world.cloud.functions.values()) one.spare();
        // What the schedules and people would do meanwhile.
        await world.expireLeases();
        await world.look();
        if ((await world.held()).size > 0) await world.approve();
        await compare(world, recording, mark, name, report);
        await untouched(`${name}, ${mark.step}`);
        await world.transactions.take();
        forget(world);
        report.steps++;
        say(`${report.steps} ${mark.step}, ${name}: ${report.wrong.length} wrong`);
      }
      const first = marks[0] as Mark;
      const { samples, changes } = await churn(world, recording, first, heapFile, ageing, Math.min(until, Date.now() + STRETCH_MS), say);
      stretches.push(samples);
      report.changes += changes;
      await compare(world, recording, first, 'churn', report);
      await untouched('churn');
      // The next step of the recording begins with a life of its own.
      await world.felixDies();
    } while (Date.now() < until);
    for (const queue of [`Cluster-${CLUSTER}/Shipments/Dead`, `Manager-${FIREWALL}/Wakes/Dead`])
      report.dead += await world.cloud.waiting(queue);
    return { ...report, faults };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  world: World,
  recording: Recording,
  mark: Mark,
  fault: string,
  report: { packets: number; wrong: string[] },
): Promise<void> {
  const { borders, clusters, pairs } = world.settings;
  const border = borders[HOST_ENDPOINT];
  const cluster = clusters[CLUSTER];
  const pair = pairs.find((one) => one.cluster === CLUSTER);
  if (!border || !cluster || !pair) throw new Error('the demo environment has lost its border');
  const input = { view: recordedView(recording, mark), hostEndpoint: HOST_ENDPOINT, border, podCidrs: cluster.podCidrs, pair };
  const packets = recording
    .verdicts()
    .filter(({ step }) => step === mark.step)
    .map(packetOf);
  const judged = await world.judge.send(packets);
  report.packets += packets.length;
  for (const [at, packet] of packets.entries()) {
    const wanted = evaluatePolicies(input, packet).verdict;
    const is = judged[at]?.verdict;
    if ((wanted === 'deny') !== (is === 'deny'))
      report.wrong.push(`${fault}, ${mark.step}: ${wanted}, but ${is}: packet ${at} of the step`);
  }
}
