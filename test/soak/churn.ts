/**
 * A stretch in which nothing dies, so that memory can be judged: pods come and go in a set of the recorded policy, a policy of ours is replaced at
 * every sample (another set, another rule), and now and then the firewall is out of reach or everything comes twice.
 *
 *   changes ─► all of them stand on the firewall, none is left over? ─► memory, table, queues ─► again; at the end all is as the recording says
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CLUSTER, FIREWALL } from '../cloud/demo-environment.ts';
import type { World } from '../end-to-end/world.ts';
import type { Mark, Recording } from '../felix/recording.ts';
import { ChurnFrames, POD, pod } from './churn-frames.ts';
import { type Ageing, measure, type Sample } from './memory.ts';

/** So many pods come, and as many go, between two samples ... */
const CHANGES = 100;
/** ... in so many frames each, at this pace. */
const BURST = 5;
const PAUSE_MS = 200;

/** Ends at `until` (Unix ms), but not before two samples. */
export async function churn(
  world: World,
  recording: Recording,
  mark: Mark,
  heapFile: string,
  ageing: Ageing,
  until: number,
  say: (line: string) => void,
): Promise<{ readonly samples: readonly Sample[]; readonly changes: number }> {
  await world.felixDies();
  await world.play(recording, mark);
  const frames = new ChurnFrames(recording, mark);
  const samples: Sample[] = [];
  let changes = 0;
  const send = async (...said: readonly Uint8Array[]) => {
    await world.felix.play(Buffer.concat(said));
    changes += said.length;
  };

  let n = 0;
  await send(...frames.begin());
  let gone = 0;
  let come = 0;
  const standingPods = () => Array.from({ length: come - gone }, (_, k) => gone + k);
  for (let at = 1; at <= 2 || Date.now() < until; at++) {
    if (at % 7 === 0) await world.judge.border.stopSsh();
    if (at % 5 === 0) {
      world.cloud.duplicateNext(`Cluster-${CLUSTER}/Ingest`, 3);
      world.cloud.duplicateNext(`Manager-${FIREWALL}/Apply`, 3);
    }
    for (const end = come + CHANGES; come < end; ) {
      const first = come;
      come += BURST;
      const burst = (from: number) => Array.from({ length: BURST }, (_, k) => from + k);
      const leave = gone < first - CHANGES ? [frames.go(...burst(gone))] : [];
      gone += leave.length * BURST;
      await send(frames.come(...burst(first)), ...leave);
      await sleep(PAUSE_MS);
    }
    await send(...frames.replace(++n));
    if (at % 7 === 0) await world.judge.border.startSsh();
    const standing = new Set([n, ...standingPods()].map(pod));
    await world.until('every change to stand on the firewall', () => stands(world, standing));
    await world.settle();
    // A look in full, as the audit takes it, now and then.
    if (at % 10 === 0) await world.look();
    samples.push(await measure(world, heapFile, ageing));
    forget(world);
    const { values } = samples.at(-1) as Sample;
    say(
      `churn, sample ${at}: ${Object.values(values)
        .map((value) => value.toFixed(1))
        .join('  ')}`,
    );
  }
  say(`items that never expire: ${[...ageing.lasting].map(([word, count]) => `${word} ${count}`).join(', ')}`);
  await send(...frames.end(n, standingPods()));
  await world.arrive(recording, mark);
  await world.look();
  return { samples, changes };
}

/** True when exactly these pods are in sets of ours. */
async function stands(world: World, pods: ReadonlySet<string>): Promise<boolean> {
  if ((await world.held()).size > 0) await world.approve();
  const there = new Set((await world.judge.border.nft(['-n', 'list', 'ruleset'])).match(POD) ?? []);
  await sleep(100);
  return there.size === pods.size && [...there].every((address) => pods.has(address));
}

/** What the tests' cloud remembers of every call would be the only thing that grows. */
export function forget(world: World): void {
  world.bodies.length = 0;
  world.cloud.metrics.length = 0;
  (world.cloud.logs as unknown[]).length = 0;
  (world.cloud.published as unknown[]).length = 0;
  for (const one of world.cloud.functions.values()) one.invocations.length = 0;
}
