/**
 * One pod change, and a thousand a second, through the whole local way: frame written into Felix's pipe to element in the kernel of the firewall.
 *
 *   frame ─► shipper (process) ─► SQS ─► ingest ─► DynamoDB, wake ─► apply ─► SSH ─► nft ─► kernel, heard by `nft monitor`
 *
 * All of it shares the processors of this machine, so times are upper bounds; counts are what they are anywhere.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsCall } from '../cloud/meter.ts';
import { type Bill, billOf, scale } from './bill.ts';
import { quantile, type Row } from './row.ts';
import { podFrame } from './stream.ts';
import { WayWorld } from './way-world.ts';

const SETS = 20;
const EVERYDAY_PER_MONTH = 30 * 60 * 24 * 30;

export interface WayOptions {
  readonly quietChanges: number;
  readonly perSecond: number;
  readonly seconds: number;
}
export const WAY: WayOptions = { quietChanges: 50, perSecond: 1000, seconds: 30 };
export const WAY_SHORT: WayOptions = { quietChanges: 10, perSecond: 1000, seconds: 5 };

export async function benchWay(options: WayOptions): Promise<readonly Row[]> {
  const world = await WayWorld.start({ members: 1000, sets: SETS });
  try {
    return [...(await quiet(world, options)), ...(await flood(world, options))];
  } finally {
    await world.close();
  }
}

/** The stations on the way of one change, in ms from the frame. */
interface Stations {
  readonly shipped: number;
  readonly ingested: number;
  readonly woken: number;
  readonly decided: number;
  readonly kernel: number;
}

async function quiet(world: WayWorld, { quietChanges }: WayOptions): Promise<readonly Row[]> {
  const { all, bill } = await oneByOne(world, 1000, quietChanges);
  const stage = (name: string, of: (stations: Stations) => number): Row => ({
    name: `quiet, of that: ${name}, median`,
    value: quantile(all.map(of), 0.5),
    unit: 'ms',
  });
  const kernel = all.map((one) => one.kernel);
  return [
    { name: `quiet: one pod change, frame to kernel, p50 of ${quietChanges}`, value: quantile(kernel, 0.5), unit: 'ms', aim: '< 100' },
    { name: 'quiet: one pod change, frame to kernel, p90', value: quantile(kernel, 0.9), unit: 'ms' },
    stage('shipper, until SQS is asked', ({ shipped }) => shipped),
    stage('SQS and ingest, until apply is woken', ({ shipped, woken }) => woken - shipped),
    stage('wake and apply, until the last word of the ledger', ({ woken, decided }) => decided - woken),
    stage('SSH, forced command, nft, kernel', ({ decided, kernel: end }) => end - decided),
    { name: 'quiet: SQS requests of one change', value: bill.sqsRequests, unit: 'requests' },
    { name: 'quiet: DynamoDB of one change, written', value: bill.writeUnits, unit: 'write units' },
    { name: 'quiet: DynamoDB of one change, read', value: bill.readUnits, unit: 'read units' },
    { name: 'quiet: invocations of one change', value: bill.invocations, unit: 'invocations' },
    { name: 'quiet: dollars a month at 30 pod changes a minute', value: bill.dollars * EVERYDAY_PER_MONTH, unit: '$' },
  ];
}

/** Changes with a pause after each, so that every one meets a quiet, warm system. */
async function oneByOne(world: WayWorld, from: number, count: number): Promise<{ all: Stations[]; bill: Bill }> {
  const all: Stations[] = [];
  const bills: Bill[] = [];
  // The first one warms what a cold start left cold.
  for (let at = -1; at < count; at++) {
    await world.cloud.settle(60_000, { delayed: true });
    await sleep(150);
    world.mark();
    const n = from + (at >> 1);
    const what = at % 2 === 0 ? 'comes' : 'goes';
    if (at === -1) await world.felix.play(podFrame(n, SETS, 'comes'));
    else {
      const began = performance.now();
      await world.felix.play(podFrame(n, SETS, what));
      const [kernel] = await world.arrivals([[n, what]], 20_000);
      if (kernel === undefined) throw new Error(`change ${at} did not arrive within 20 s\n${world.felix.stderr}\n${world.lastLogs()}`);
      await world.cloud.settle(60_000, { delayed: true });
      all.push(stationsOf(world.calls, began, kernel));
      bills.push(billOf(world.calls, world.cloud.functions.values()));
      world.forget(n, what);
    }
  }
  const sum = bills.reduce((total, bill) => add(total, bill));
  return { all, bill: scale(sum, 1 / bills.length) };
}

function stationsOf(calls: readonly AwsCall[], began: number, kernel: number): Stations {
  const first = (fits: (call: AwsCall) => boolean) => calls.find(fits)?.endedMs ?? Number.NaN;
  const sent = (queue: RegExp) => first(({ action, subject }) => action === 'SendMessage' && queue.test(subject));
  const ledger = calls.filter(({ service, endedMs }) => service === 'dynamodb' && endedMs < kernel);
  return {
    shipped: sent(/\.fifo$/) - began,
    ingested: first(({ action, subject }) => action === 'PutItem' && subject.startsWith('log#')) - began,
    woken: sent(/Wakes/) - began,
    decided: Math.max(...ledger.map(({ endedMs }) => endedMs)) - began,
    kernel: kernel - began,
  };
}

const add = (a: Bill, b: Bill): Bill =>
  Object.fromEntries(Object.entries(a).map(([name, value]) => [name, value + b[name as keyof Bill]])) as unknown as Bill;

async function flood(world: WayWorld, { perSecond, seconds }: WayOptions): Promise<readonly Row[]> {
  const first = 10_000;
  const stays = perSecond * 10;
  const total = perSecond * seconds;
  const changes: (readonly [number, 'comes' | 'goes'])[] = [];
  for (let come = first, go = first; changes.length < total; ) {
    changes.push([come++, 'comes']);
    if (come - go > stays && changes.length < total) changes.push([go++, 'goes']);
  }
  await world.cloud.settle(60_000, { delayed: true });
  await sleep(200);
  world.mark();
  const written: number[] = [];
  const began = performance.now();
  for (let at = 0; at < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond));
    if (due > at) {
      const now = performance.now();
      await world.felix.play(Buffer.concat(changes.slice(at, due).map(([n, what]) => podFrame(n, SETS, what))));
      for (; at < due; at++) written.push(now);
    }
    await sleep(5);
  }
  const arrived = await world.arrivals(changes, 120_000);
  // Not the delayed ones: a wake that met a busy lane comes back minutes later, finds nothing, and is counted as sent.
  await world.cloud.settle(120_000);
  const lost = arrived.filter((at) => at === undefined).length;
  const times = arrived.flatMap((at, index) => (at === undefined ? [] : [at - (written[index] ?? 0)]));
  const whole = billOf(world.calls, world.cloud.functions.values());
  const bill = scale(whole, 10_000 / total);
  const runs = world.nftRuns;
  const transactions = runs.filter((run) => run === '-f -').length;
  const structure = world.cloud.metrics.filter(({ name }) => name === 'StructureSteps').reduce((sum, { value }) => sum + value, 0);
  const per = (name: string, value: number, unit: string, aim?: string): Row => ({
    name: `flood, per 10,000 pod changes: ${name}`,
    value,
    unit,
    ...(aim ? { aim } : {}),
  });
  return [
    { name: `flood: ${perSecond} changes a second for ${seconds} s, p50`, value: quantile(times, 0.5), unit: 'ms', aim: '< 300' },
    { name: `flood: ${perSecond} changes a second for ${seconds} s, p99`, value: quantile(times, 0.99), unit: 'ms', aim: '< 1500' },
    { name: 'flood: changes that did not reach the kernel', value: lost, unit: 'changes', aim: '0' },
    per('SQS requests of 64 KB', bill.sqsRequests, 'requests'),
    per('DynamoDB written', bill.writeUnits, 'write units'),
    per('DynamoDB read', bill.readUnits, 'read units'),
    per('invocations', bill.invocations, 'invocations'),
    per('memory and time of functions', bill.gbSeconds, 'GB s'),
    // Between quiet wakes every request of apply to the box is one run of nft.
    per('SSH requests', (runs.length * 10_000) / total, 'requests'),
    per('nft transactions', (transactions * 10_000) / total, 'transactions'),
    per('steps of structure', structure, 'steps', '0'),
    per('dollars', bill.dollars, '$', '< 0.005'),
    { name: 'flood: dollars per million pod changes', value: bill.dollars * 100, unit: '$', aim: '< 0.5' },
  ];
}

/** The same change beside ever more members. */
export async function benchSizes(sizes: readonly number[], changes = 20): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const members of sizes) {
    const world = await WayWorld.start({ members, sets: SETS });
    try {
      const { all, bill } = await oneByOne(world, members + 1000, changes);
      const name = `${members.toLocaleString('en')} members`;
      rows.push(
        {
          name: `${name}: one change, warm, p50`,
          value: quantile(
            all.map(({ kernel }) => kernel),
            0.5,
          ),
          unit: 'ms',
        },
        { name: `${name}: one change, units read and written`, value: bill.readUnits + bill.writeUnits, unit: 'units' },
        { name: `${name}: a million changes, one by one`, value: bill.dollars * 1e6, unit: '$', aim: 'the same within 20 %' },
      );
    } finally {
      await world.close();
    }
  }
  return rows;
}
