/**
 * One life of the shipper, without a process around it: bytes of Felix in, shipments out.
 *
 *   bytes ──► FrameReader ──► View ──► Pending ──► Dispatcher ──► Outbox ──► Sender
 */
import { FrameReader } from '../proto/framing.ts';
import { cextfire } from '../proto/generated/shipment.js';
import type { Clock } from './clock.ts';
import type { Conditions } from './control.ts';
import { Dispatcher, type Epoch } from './dispatcher.ts';
import { QUIET_MS } from './lifetime.ts';
import { Metrics } from './metrics.ts';
import type { Parcel, Sender } from './outbox.ts';
import type { FelixNames } from './probe.ts';
import { View } from './view.ts';

export interface ShipperOptions {
  readonly stream: string;
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly sender: Sender;
  readonly version: string;
  readonly events: ShipperEvents;
  readonly probe?: () => cextfire.IProbe | undefined;
  readonly pendingLimit?: number;
  readonly random?: () => number;
}

export interface ShipperEvents {
  readonly inSync: () => void;
  readonly sent: (parcel: Parcel) => void;
  readonly failed: (parcel: Parcel, error: unknown, attempt: number, retryInMs: number) => void;
  readonly tooBig: (object: string) => void;
  /** The pipe should not, or should again, be read. */
  readonly pause: (paused: boolean) => void;
  readonly broken: (error: unknown) => void;
}

export class Shipper {
  readonly metrics = new Metrics();
  readonly #options: ShipperOptions;
  readonly #reader = new FrameReader();
  readonly #view = new View();
  readonly #dispatcher: Dispatcher;
  #paused = false;
  #heardBytes = 0;
  #lastSent = 0;
  #conditions: Conditions = [];
  #conditionsAt: number | undefined;

  constructor(options: ShipperOptions) {
    this.#options = options;
    const { stream, epoch, clock, sender, version, events } = options;
    this.#dispatcher = new Dispatcher({
      view: this.#view,
      stream,
      epoch,
      clock,
      sender,
      shipperVersion: version,
      ...(options.probe ? { probe: options.probe } : {}),
      ...(options.pendingLimit === undefined ? {} : { pendingLimit: options.pendingLimit }),
      ...(options.random ? { random: options.random } : {}),
      events: {
        sent: (parcel, tookMs) => {
          this.#lastSent = clock.now();
          this.metrics.add('cextfire_shipper_sent_total', 1, { content: parcel.kind });
          this.metrics.add('cextfire_shipper_sent_bytes_total', parcel.body.length);
          this.metrics.add('cextfire_shipper_send_seconds_total', tookMs / 1000);
          events.sent(parcel);
        },
        failed: (parcel, error, attempt, retryInMs) => {
          this.metrics.add('cextfire_shipper_send_failures_total');
          if (attempt === 1) this.alarm('CEXT_SHIPPER_SEND_FAILED');
          events.failed(parcel, error, attempt, retryInMs);
        },
        relieved: () => this.#balance(),
        broken: events.broken,
      },
    });
  }

  /**
   * Takes what was read from Felix.
   * @throws CEXT_PIPE_FRAME_TOO_LONG, CEXT_SHIPPER_MESSAGE_UNREADABLE, CEXT_SHIPPER_SET_UNKNOWN: call stop() then, for the view is wrong
   */
  take(chunk: Uint8Array): void {
    const { clock, events } = this.#options;
    this.#heardBytes += chunk.length;
    this.metrics.add('cextfire_shipper_read_bytes_total', chunk.length);
    const frames = this.#reader.push(chunk);
    if (frames.length === 0) return;
    this.metrics.add('cextfire_shipper_frames_total', frames.length);
    this.metrics.set('cextfire_shipper_last_frame_timestamp_seconds', clock.now() / 1000);
    for (const frame of frames) {
      const tooBig = this.#view.tooBig.size;
      if (this.#view.hear(frame) === 'in-sync') {
        this.#dispatcher.begin();
        this.metrics.set('cextfire_shipper_in_sync', 1);
        events.inSync();
      } else if (this.#view.tooBig.size > tooBig) {
        this.alarm('CEXT_SHIPPER_OBJECT_TOO_BIG');
        events.tooBig([...this.#view.tooBig].at(-1) ?? '');
      }
    }
    this.#dispatcher.framesRead();
    this.#balance();
  }

  /** Felix has ended its side. @throws CEXT_PIPE_FRAME_TRUNCATED */
  end(): void {
    this.#reader.end();
  }

  resync(): void {
    this.metrics.add('cextfire_shipper_resyncs_total');
    this.#dispatcher.resync();
  }

  tell(conditions: Conditions): void {
    this.#conditions = conditions;
    this.#conditionsAt = this.#options.clock.now();
  }

  alarm(code: string): void {
    this.metrics.add('cextfire_shipper_alarms_total', 1, { code });
  }

  /**
   * Sends what is pending, within so many ms; true when all has arrived. Nothing is removed anywhere because of it. Before that Felix may end what it
   * began to say: as long as it speaks, at most `lastWordsMs`.
   */
  async finish(withinMs: number, lastWordsMs = 0): Promise<boolean> {
    const { clock } = this.#options;
    const began = clock.elapsed();
    for (let heard = -1; heard !== this.#heardBytes && clock.elapsed() < began + lastWordsMs; ) {
      heard = this.#heardBytes;
      await new Promise<void>((quiet) => clock.after(QUIET_MS, quiet));
    }
    return this.#dispatcher.finish(withinMs - (clock.elapsed() - began));
  }

  /** Nothing leaves any more. */
  stop(): void {
    this.#dispatcher.stop();
  }

  /** undefined = the cloud has the whole state and takes what comes; else why not. */
  unready(): string | undefined {
    const { inSync, snapshotArrived, failingSince } = this.#dispatcher.status;
    if (!inSync) return 'Felix is not in sync yet';
    if (!snapshotArrived) return 'the first snapshot has not arrived at SQS yet';
    if (failingSince !== undefined && this.#options.clock.now() - failingSince > UNREADY_AFTER_MS)
      return `SQS has taken nothing since ${new Date(failingSince).toISOString()}`;
    return undefined;
  }

  /** What the probe compares; undefined while Felix has more to say than was read. */
  felixNames(): ReturnType<FelixNames> {
    if (this.#paused || !this.#dispatcher.status.inSync) return undefined;
    const namespaces = new Set<string>();
    const policies = new Set<string>();
    for (const { kind, key } of this.#view.objects.values()) {
      if (kind === cextfire.Kind.NAMESPACE) namespaces.add(key);
      else if (kind === cextfire.Kind.POLICY && key.startsWith(BORDER_POLICY)) policies.add(key.slice(BORDER_POLICY.length));
    }
    return { namespaces, policies };
  }

  status() {
    const { stream, epoch, version } = this.#options;
    const { failingSince, lastFrame, ...rest } = this.#dispatcher.status;
    return {
      stream,
      version,
      epoch: { started: timeText(epoch.startedMs), random: epoch.random },
      ...rest,
      paused: this.#paused,
      failingSince: timeText(failingSince),
      lastFrame: timeText(lastFrame),
      lastSent: timeText(this.#lastSent),
      view: this.#view.counts,
      skipped: Object.fromEntries(this.#view.skipped),
      tooBig: [...this.#view.tooBig],
      /** what the cloud last told; null until it told anything */
      conditionsToldAt: timeText(this.#conditionsAt),
      conditions: this.#conditions,
    };
  }

  metricsText(): string {
    const { metrics } = this;
    const { counts, skipped, tooBig, unknownFields } = this.#view;
    const { inSync, pending, outbox, windowMs, failingSince } = this.#dispatcher.status;
    for (const [payload, count] of skipped) metrics.set('cextfire_shipper_skipped_total', count, { payload });
    metrics.set('cextfire_shipper_unknown_fields_total', unknownFields);
    metrics.set('cextfire_shipper_in_sync', inSync ? 1 : 0);
    metrics.set('cextfire_shipper_paused', this.#paused ? 1 : 0);
    metrics.set('cextfire_shipper_objects', counts.objects);
    metrics.set('cextfire_shipper_sets', counts.sets);
    metrics.set('cextfire_shipper_members', counts.members);
    metrics.set('cextfire_shipper_host_endpoints', counts.hostEndpoints);
    metrics.set('cextfire_shipper_objects_too_big', tooBig.size);
    metrics.set('cextfire_shipper_pending', pending);
    metrics.set('cextfire_shipper_outbox', outbox);
    metrics.set('cextfire_shipper_window_seconds', windowMs / 1000);
    metrics.set('cextfire_shipper_failing_since_timestamp_seconds', (failingSince ?? 0) / 1000);
    metrics.set('cextfire_shipper_last_sent_timestamp_seconds', this.#lastSent / 1000);
    metrics.set('cextfire_shipper_info', 1, { version: this.#options.version, stream: this.#options.stream });
    metrics.set('process_start_time_seconds', this.#options.epoch.startedMs / 1000);
    metrics.set('process_resident_memory_bytes', process.memoryUsage.rss());
    return metrics.text();
  }

  #balance(): void {
    const { crowded } = this.#dispatcher;
    if (crowded === this.#paused) return;
    this.#paused = crowded;
    this.#options.events.pause(crowded);
  }
}

/** Staged ones have another kind, and other plurals in the API. */
const BORDER_POLICY = 'GlobalNetworkPolicy//';
const UNREADY_AFTER_MS = 60_000;

const timeText = (ms: number | undefined): string | null => (ms ? new Date(ms).toISOString() : null);
