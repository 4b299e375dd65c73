/**
 * The program that Felix starts as its external dataplane driver: no arguments, all by environment.
 *
 *            fd 3                                                            SQS FIFO queue
 *   Felix ──────────► pipe ──► Shipper (frames, view, pending, dispatcher) ──► SQS sender ─────────────► cloud
 *     ▲                 ▲            ▲    │ status, metrics                                                │
 *     │ fd 4            └─ pause ────┘    ▼                                                                │
 *     └── held open                      http: /healthz /readyz /status /metrics                           │
 *                                    ▲                                                                     │
 *                                    └── control: resync, conditions ◄── SQS control queue ◄───────────────┘
 *
 *   in a pod:  probe ─► API server ─► heartbeat, /status, metrics        conditions ─► Kubernetes Events, where switched on
 *
 *   ends:  SIGTERM, SIGINT ─► what is pending is sent ─► 0            EOF, or Felix gone ─► the same, nothing is removed ─► 0
 *          bad input ─► nothing more is sent, alarm, delay ─► 1       environment wrong, no pipe ─► message, delay ─► 2
 */
// First of all, see there.
import './signals.ts';

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Readable } from 'node:stream';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import packageFile from '../package.json' with { type: 'json' };
import { CextError } from '../proto/errors.ts';
import { systemClock } from './clock.ts';
import { listen } from './control.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { shipperError } from './errors.ts';
import { serve } from './http.ts';
import { openKubernetes } from './kubernetes.ts';
import { KubernetesEvents } from './kubernetes-events.ts';
import { exitDelayMs, FINISH_MS, LAST_WORDS_MS } from './lifetime.ts';
import { openFelixPipe } from './pipe.ts';
import { Probe } from './probe.ts';
import { Shipper } from './shipper.ts';
import { onSignal } from './signals.ts';
import { openSqs, sqsControlQueue, sqsSender } from './sqs.ts';

const clock = systemClock;
const startedMs = clock.now();
const stderr: DestinationStream = destination({ dest: 2, sync: true });

function main(): void {
  const early = pino({ name: 'cextfire-shipper' }, stderr);
  let environment: Environment;
  let pipe: Readable;
  try {
    environment = readEnvironment(process.env);
    pipe = openFelixPipe();
  } catch (error) {
    early.fatal(describe(error), (error as Error).message);
    clock.after(exitDelayMs(0), () => process.exit(2));
    onSignal(() => process.exit(2));
    return;
  }
  run(environment, pipe);
}

function run(environment: Environment, pipe: Readable): void {
  const { stream, queueUrl, controlQueueUrl, httpPort, httpHost, logLevel, calicoApiGroup: group } = environment;
  const log = pino({ name: 'cextfire-shipper', level: logLevel, base: { stream } }, stderr);
  const epoch = { startedMs, random: randomBytes(8).toString('hex') };
  const sqs = openSqs(queueUrl);
  const closing = new AbortController();
  let failure: string | undefined;
  let ending = false;

  const api = openKubernetes();
  const shipper: Shipper = new Shipper({
    stream,
    epoch,
    clock,
    sender: sqsSender(sqs, queueUrl, stream, epoch),
    version: packageFile.version,
    probe: () => probe?.answer,
    events: {
      inSync: () => log.info('Felix is in sync; sending a snapshot'),
      sent: ({ sequence, kind, body }) => log.debug({ sequence, kind, bytes: body.length }, 'shipped'),
      failed: ({ sequence, kind }, error, attempt, retryInMs) => {
        // 1, 2, 4, 8 ...: an outage of hours must not fill the log.
        if ((attempt & (attempt - 1)) === 0)
          log.warn(
            { code: 'CEXT_SHIPPER_SEND_FAILED', sequence, kind, attempt, retryInMs, ...describe(error) },
            'SQS did not take a shipment',
          );
      },
      tooBig: (object) =>
        log.error({ code: 'CEXT_SHIPPER_OBJECT_TOO_BIG', object }, 'an object does not fit into a shipment and is left out; split it'),
      pause: (paused) => {
        log.info({ paused }, paused ? 'much is pending: Felix must wait' : 'reading from Felix again');
        if (ending) return;
        if (paused) pipe.pause();
        else pipe.resume();
      },
      broken: fail,
    },
  });

  const signal = closing.signal;
  const { metrics } = shipper;
  const probe =
    api &&
    new Probe({
      api,
      group,
      clock,
      signal,
      felix: () => shipper.felixNames(),
      asked: (result) => metrics.add('cextfire_shipper_probes_total', 1, { result }),
      changed: ({ ok, reason, sinceMs }) => {
        metrics.set('cextfire_shipper_probe_ok', ok ? 1 : 0);
        metrics.set('cextfire_shipper_probe_since_timestamp_seconds', sinceMs / 1000);
        const since = new Date(sinceMs).toISOString();
        if (ok) log.info({ since }, 'the API server answers, and Felix follows it as far as can be seen');
        else {
          shipper.alarm('CEXT_SHIPPER_PROBE_FAILED');
          log.error({ code: 'CEXT_SHIPPER_PROBE_FAILED', reason, since }, 'the view may be stale');
        }
      },
    });
  void probe?.run();
  const events =
    api && environment.events
      ? new KubernetesEvents({
          api,
          group,
          clock,
          signal,
          instance: hostname(),
          wrote: (result, why) => {
            metrics.add('cextfire_shipper_events_total', 1, { result });
            if (result !== 'failed') return;
            shipper.alarm('CEXT_SHIPPER_EVENT_FAILED');
            log.warn({ code: 'CEXT_SHIPPER_EVENT_FAILED', why }, 'an Event was not written; trying again');
          },
        })
      : undefined;
  void events?.run();

  /** What was sent stands, nothing more is sent: the next life begins with a snapshot. */
  function fail(error: unknown): void {
    if (failure !== undefined) return;
    ending = true;
    shipper.stop();
    pipe.pause();
    const code = error instanceof CextError ? error.code : 'CEXT_SHIPPER_BROKEN';
    shipper.alarm(code);
    failure = `${code}: ${(error as Error).message}`;
    const delay = exitDelayMs(clock.now() - startedMs);
    log.fatal({ ...describe(error), code, exitInMs: delay }, (error as Error).message);
    clock.after(delay, () => process.exit(1));
  }

  async function end(why: string, exitCode: number, lastWordsMs: number): Promise<void> {
    if (failure !== undefined) process.exit(1);
    if (ending) return;
    ending = true;
    log.info({ why }, 'ending; what is pending is sent first');
    const arrived = await shipper.finish(FINISH_MS, lastWordsMs);
    log.info({ arrived }, arrived ? 'all was sent' : 'not all was sent; the next life begins with a snapshot');
    process.exit(exitCode);
  }

  pipe.on('data', (chunk: Buffer) => {
    try {
      if (failure === undefined) shipper.take(chunk);
    } catch (error) {
      fail(error);
    }
  });
  pipe.on('end', () => {
    try {
      shipper.end();
      void end('Felix has closed the pipe', 0, 0);
    } catch (error) {
      // The frames before the cut are whole and Felix meant them.
      const { code } = error as CextError;
      shipper.alarm(code);
      log.error({ code }, (error as Error).message);
      void end('Felix died while it wrote', 1, 0);
    }
  });
  pipe.on('error', (cause) => fail(shipperError('CEXT_SHIPPER_PIPE_BROKEN', `reading from Felix failed: ${cause.message}`, { cause })));
  onSignal((signal) => void end(signal, 0, LAST_WORDS_MS));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  watchParent(() => void end('Felix is gone', 0, 0));

  serve(
    {
      unhealthy: () => failure,
      unready: () => failure ?? shipper.unready(),
      status: () => ({ ...shipper.status(), failure: failure ?? null, probe: probe?.answer ?? null }),
      metrics: () => shipper.metricsText(),
    },
    httpPort,
    httpHost,
    {
      listening: (port) => log.info({ port, epoch: epoch.random, version: packageFile.version, node: process.version }, 'listening'),
      failed: (error) => log.warn(describe(error), 'cannot listen; trying again'),
    },
  );

  void listen(
    sqsControlQueue(sqs, controlQueueUrl),
    {
      resync: (reason) => {
        log.info({ reason }, 'the cloud asks for a snapshot');
        shipper.resync();
      },
      conditions: (conditions) => {
        shipper.tell(conditions);
        events?.tell(conditions);
      },
      unreadable: (why) => {
        shipper.alarm('CEXT_SHIPPER_CONTROL_UNREADABLE');
        log.error({ code: 'CEXT_SHIPPER_CONTROL_UNREADABLE', why }, 'dropped a message of the control queue');
      },
      failed: (error, retryInMs) => {
        shipper.alarm('CEXT_SHIPPER_CONTROL_FAILED');
        log.warn({ code: 'CEXT_SHIPPER_CONTROL_FAILED', retryInMs, ...describe(error) }, 'cannot read the control queue');
      },
    },
    clock,
    signal,
  );
}

/**
 * A pipe that is paused shows no EOF. A shipper that outlives its Felix would go on beside the shipper of the next one, and two epochs on
 * one queue are held by the cloud; so the parent is looked at too.
 */
function watchParent(gone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) gone();
  }, 1_000).unref();
}

/** Name and cause of an error; the message stands beside it. Nothing of Felix's configuration can be in them. */
function describe(error: unknown): Parameters<Logger['info']>[0] & object {
  const { name, code, cause, message } = error as { name?: string; code?: string; cause?: unknown; message?: string };
  return {
    error: name,
    ...(error instanceof CextError ? { code } : { reason: message, ...(code ? { reasonCode: code } : {}) }),
    ...(cause instanceof Error ? { cause: cause.message } : {}),
  };
}

main();
