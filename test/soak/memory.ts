/** What may not grow however long the whole way runs: taken at every sample, judged as a slope over the samples of one undisturbed stretch. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { CLUSTER, FIREWALL } from '../cloud/demo-environment.ts';
import type { World } from '../end-to-end/world.ts';

/**
 * Most that each may grow in an hour. A heap after two collections is exact to some 100 KB here and resident memory to some MB, which over the ten
 * minutes of the shortest stretch that is judged is the greater part of these bounds; a leak of one object of 100 bytes per change would be 7 MB an
 * hour at 20 changes a second.
 */
export const BOUNDS = {
  'shipper: heap after collection, MB': 3,
  'shipper: resident, MB': 24,
  'ingest: heap after collection, MB': 3,
  'apply: heap after collection, MB': 3,
  'table: items that never expire': 6,
  'queues: messages that wait': 1,
} as const;
/** Shown without a bound: what V8 compiles until it has compiled all that runs often, what ages away at the pace of {@link Ageing}, and what the tests' own cloud keeps. */
export const SHOWN = ['apply: compiled code, MB', 'table: items', 'table: MB', 'this process with the cloud: resident, MB'] as const;
export type Measure = keyof typeof BOUNDS | (typeof SHOWN)[number];

export interface Sample {
  readonly atMs: number;
  readonly values: Readonly<Partial<Record<Measure, number>>>;
}

const MB = 2 ** 20;

export async function measure(world: World, heapFile: string, ageing: Ageing): Promise<Sample> {
  const table = await ageing.pass(world);
  let waiting = 0;
  for (const queue of world.cloud.queueUrls.keys()) waiting += await world.cloud.waiting(queue);
  const heapOfFunction = async (name: string) =>
    (await world.cloud.functions.get(name)?.heapAfterCollection()) ?? { data: Number.NaN, compiled: Number.NaN };
  const ingest = await heapOfFunction(`Cluster-${CLUSTER}/Ingest`);
  const apply = await heapOfFunction(`Manager-${FIREWALL}/Apply`);
  return {
    atMs: Date.now(),
    values: {
      'shipper: heap after collection, MB': (await heapOf(world.felix.pid, heapFile)) / MB,
      'shipper: resident, MB': residentMb(world.felix.pid),
      'ingest: heap after collection, MB': ingest.data / MB,
      'apply: heap after collection, MB': apply.data / MB,
      'table: items that never expire': table.lasting,
      'table: items': table.items,
      'table: MB': table.bytes / MB,
      'queues: messages that wait': waiting,
      'apply: compiled code, MB': apply.compiled / MB,
      'this process with the cloud: resident, MB': process.memoryUsage.rss() / MB,
    },
  };
}

/** Resident memory of a process. */
function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}

/** Bytes after a collection, of a program that loaded heap-on-signal.mjs. */
async function heapOf(pid: number, heapFile: string): Promise<number> {
  rmSync(heapFile, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (const end = Date.now() + 20_000; !existsSync(heapFile); await sleep(20))
    if (Date.now() > end) throw new Error(`process ${pid} did not tell its heap`);
  return Number(readFileSync(heapFile, 'utf8'));
}

const DAY_MS = 86_400_000;
/** A day of an item's life passes in so long. */
const FAST_DAY_MS = 20_000;

/**
 * DynamoDB's time to live, which the embedded table lacks, in fast motion: an item that expires in fifteen days goes five minutes after it was first
 * seen. Without it the table would only ever grow, and whether it levels off could not be told in hours.
 */
export class Ageing {
  /** items that never expire, by the first word of their key, at the last pass */
  readonly lasting = new Map<string, number>();
  readonly #goesAt = new Map<string, { readonly expires: number; readonly atMs: number }>();

  /** Deletes what is due; what is left. */
  async pass(world: World): Promise<{ readonly items: number; readonly lasting: number; readonly bytes: number }> {
    const nowMs = Date.now();
    let items = 0;
    let lasting = 0;
    let bytes = 0;
    const seen = new Set<string>();
    this.lasting.clear();
    let start: Record<string, { readonly S: string }> | undefined;
    do {
      const page = await world.cloud.dynamodb.send(
        new ScanCommand({ TableName: world.cloud.tableName, ...(start ? { ExclusiveStartKey: start } : {}) }),
      );
      for (const item of page.Items ?? []) {
        const [pk, sk] = [item.pk?.S ?? '', item.sk?.S ?? ''];
        const expires = Number(item.expires?.N ?? Number.NaN) * 1000;
        const key = JSON.stringify([pk, sk]);
        if (!Number.isNaN(expires)) {
          seen.add(key);
          const known = this.#goesAt.get(key);
          const goes =
            known?.expires === expires ? known : { expires, atMs: nowMs + Math.max(0, (expires - nowMs) / DAY_MS) * FAST_DAY_MS };
          this.#goesAt.set(key, goes);
          if (goes.atMs <= nowMs) {
            await world.table.delete({ pk, sk });
            continue;
          }
        } else {
          lasting++;
          const word = pk.split('#')[0] ?? '';
          this.lasting.set(word, (this.lasting.get(word) ?? 0) + 1);
        }
        items++;
        bytes += JSON.stringify(item).length;
      }
      start = page.LastEvaluatedKey as typeof start;
    } while (start);
    for (const key of this.#goesAt.keys()) if (!seen.has(key)) this.#goesAt.delete(key);
    return { items, lasting, bytes };
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Growth an hour over the last two thirds (the first is warming up): the median of the slopes between every two samples, so that no single one decides. */
export function slope(samples: readonly Sample[], name: Measure): number {
  const rest = samples.slice(Math.floor(samples.length / 3));
  const slopes: number[] = [];
  for (const [at, a] of rest.entries())
    for (const b of rest.slice(at + 1)) {
      const hours = (b.atMs - a.atMs) / 3_600_000;
      if (hours > 0) slopes.push(((b.values[name] ?? Number.NaN) - (a.values[name] ?? Number.NaN)) / hours);
    }
  return median(slopes);
}

/** Shorter ones say more of noise than of leaks. */
const JUDGED_MS = 10 * 60_000;

export interface Growth {
  readonly measure: Measure;
  /** at the end of the last stretch */
  readonly level: number;
  /** an hour; of several stretches the median, for a leak is in all of them */
  readonly anHour: number;
  readonly bound: number | undefined;
  /** undefined: no stretch was long enough to say */
  readonly flat: boolean | undefined;
}

export function growths(stretches: readonly (readonly Sample[])[]): readonly Growth[] {
  const long = stretches.filter((samples) => (samples.at(-1)?.atMs ?? 0) - (samples[0]?.atMs ?? 0) >= JUDGED_MS);
  return [...(Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]), ...SHOWN].map((name) => {
    const bound = (BOUNDS as Partial<Record<Measure, number>>)[name];
    const anHour = median((long.length > 0 ? long : stretches).map((samples) => slope(samples, name)));
    const level = stretches.at(-1)?.at(-1)?.values[name] ?? Number.NaN;
    return { measure: name, level, anHour, bound, flat: bound === undefined || long.length === 0 ? undefined : anHour <= bound };
  });
}
