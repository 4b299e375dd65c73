/**
 * The built shipper on large recordings, beside a bare `cat` of the same pipe. The queue is a small HTTP server that takes everything, so
 * that what is measured is the shipper. `node test/bench/shipper.ts` prints the rows; `benchShipper()` returns them.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { type Felix, playFelix } from '../felix/player.ts';
import { readRecording } from '../felix/recording.ts';
import type { Row } from './row.ts';

export interface ShipperRow {
  readonly recording: string;
  readonly megabytes: number;
  /** MB/s from the first byte written until everything is at the queue */
  readonly shipperRate: number;
  /** the same without the start of the process: from the moment it listens */
  readonly shipperWarmRate: number;
  readonly catRate: number;
  /** MB */
  readonly peakMemory: number;
  readonly shipments: number;
  readonly bytesSent: number;
}

const RUNS = [
  ['12-large', 'v3.32.1'],
  ['13-huge', 'v3.32.1'],
] as const;

export async function benchShipper(): Promise<readonly ShipperRow[]> {
  await buildShipper();
  const rows: ShipperRow[] = [];
  for (const [scenario, version] of RUNS) {
    const stream = readRecording(scenario, version).stream(1);
    const megabytes = stream.length / 1e6;
    const cat = playFelix({ program: '/bin/sh', args: ['-c', 'exec cat <&3 >/dev/null'] });
    const catBegan = performance.now();
    await cat.play(stream);
    await cat.end();
    const catSeconds = (performance.now() - catBegan) / 1000;
    const cold = await ship(stream, false);
    const warm = await ship(stream, true);
    rows.push({
      recording: `${scenario} ${version}`,
      megabytes: round(megabytes),
      shipperRate: round(megabytes / cold.seconds),
      shipperWarmRate: round(megabytes / warm.seconds),
      catRate: round(megabytes / catSeconds),
      peakMemory: round(Math.max(cold.peakMemory, warm.peakMemory)),
      shipments: cold.shipments,
      bytesSent: cold.bytesSent,
    });
  }
  return rows;
}

export async function shipperRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const one of await benchShipper()) {
    const row = (name: string, value: number, unit: string, aim?: string): Row => ({
      name: `${one.recording}: ${name}`,
      value,
      unit,
      ...(aim ? { aim } : {}),
    });
    rows.push(
      row('stream', one.megabytes, 'MB'),
      row('bare cat of the same pipe', one.catRate, 'MB/s'),
      row('shipper, its own start included', one.shipperRate, 'MB/s'),
      row('shipper, once it listens', one.shipperWarmRate, 'MB/s'),
      row('peak memory', one.peakMemory, 'MB', '< 120'),
      row('shipments', one.shipments, 'shipments'),
      row('sent', one.bytesSent / 1e6, 'MB'),
    );
  }
  return rows;
}

async function ship(stream: Uint8Array, warm: boolean) {
  let shipments = 0;
  let bytesSent = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const target = request.headers['x-amz-target'];
    if (target === 'AmazonSQS.ReceiveMessage') {
      // A long poll that nothing ends.
      return;
    }
    const { MessageBody = '' } = JSON.parse(body) as { MessageBody?: string };
    shipments++;
    bytesSent += MessageBody.length;
    response
      .setHeader('content-type', 'application/x-amz-json-1.0')
      .end(JSON.stringify({ MessageId: `${shipments}`, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const felix = playFelix({
    program: SHIPPER_PROGRAM,
    env: {
      CEXTFIRE_STREAM: 'bench',
      CEXTFIRE_QUEUE_URL: `${url}/000000000000/bench.fifo`,
      CEXTFIRE_CONTROL_QUEUE_URL: `${url}/000000000000/bench-control`,
      CEXTFIRE_HTTP_PORT: '0',
      CEXTFIRE_HTTP_HOST: '127.0.0.1',
      AWS_ENDPOINT_URL_SQS: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
    },
  });
  if (warm) await listening(felix);
  const began = performance.now();
  await felix.play(stream);
  const port = await listening(felix);
  for (;;) {
    const { inSync, outbox, pending, view } = (await (await fetch(`http://127.0.0.1:${port}/status`)).json()) as Status;
    if (inSync && outbox === 0 && pending === 0 && view.objects > 0) break;
  }
  const seconds = (performance.now() - began) / 1000;
  const peakMemory = peakOf(felix.pid);
  await felix.end();
  server.closeAllConnections();
  server.close();
  return { seconds, peakMemory, shipments, bytesSent };
}

interface Status {
  readonly inSync: boolean;
  readonly outbox: number;
  readonly pending: number;
  readonly view: { readonly objects: number };
}

async function listening(felix: Felix): Promise<number> {
  for (;;) {
    const port = /"port":(\d+)/.exec(felix.stderr)?.[1];
    if (port) return Number(port);
    if (!felix.running) throw new Error(`the shipper ended:\n${felix.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** MB of the peak resident set, as the kernel kept it. */
function peakOf(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1000;
}

const round = (value: number) => Math.round(value * 10) / 10;

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await benchShipper());
