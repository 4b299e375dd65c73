/**
 * Decides what leaves when, and numbers it.
 *
 *    view ──changes──► pending ──(departure)──► cut ──► pack ──► outbox ──► SQS
 *      └───────────(InSync, resync)───────────► cut ──► pack ──────┘ one group at a time: the next is cut when the last has arrived
 *
 * Until InSync only heartbeats that say so, with the empty digest; then a whole snapshot, then changes. While a group is on its way, all that
 * happens is gathered in `pending`.
 */
import { Digest } from '../proto/digest.ts';
import type { cextfire } from '../proto/generated/shipment.js';
import { packShipment, SHIPMENT_FORMAT } from '../proto/packing.ts';
import type { Clock } from './clock.ts';
import { cutChanges, cutSnapshot, type Part } from './cutting.ts';
import { departsAt, WINDOW_MS, windowAfter } from './departure.ts';
import { Outbox, type Parcel, type Sender } from './outbox.ts';
import { Pending } from './pending.ts';
import type { View } from './view.ts';

export const HEARTBEAT_MS = 30_000;
/** Asked again within this time of an answer, the shipper answers at its end: a storm of requests costs one snapshot each 5 s. */
export const RESYNC_EVERY_MS = 5_000;
/** So much pending, and still no way out: Felix should gather on its side. */
export const PENDING_LIMIT = 100_000;

export interface Epoch {
  readonly startedMs: number;
  /** 16 hex digits */
  readonly random: string;
}

export interface DispatcherEvents {
  readonly sent: (parcel: Parcel, tookMs: number) => void;
  readonly failed: (parcel: Parcel, error: unknown, attempt: number, retryInMs: number) => void;
  /** Nothing waits any more behind {@link Dispatcher.crowded}. */
  readonly relieved: () => void;
  /** The logic itself failed: nothing can be trusted any more. */
  readonly broken: (error: unknown) => void;
}

export interface DispatcherOptions {
  readonly view: View;
  readonly stream: string;
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly sender: Sender;
  readonly shipperVersion: string;
  readonly events: DispatcherEvents;
  readonly probe?: () => cextfire.IProbe | undefined;
  readonly pendingLimit?: number;
  readonly random?: () => number;
}

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #clock: Clock;
  readonly #outbox: Outbox;
  /** digest of what the cloud has once the outbox is empty */
  #shipped = new Digest();
  #sequence = 0;
  #inSync = false;
  #snapshotDue = false;
  #snapshotCut = false;
  #stopped = false;
  /** when the last snapshot that was asked for was cut; the first one of the epoch asks nobody */
  #resyncCut = Number.NEGATIVE_INFINITY;
  #snapshotArrived = false;
  #heartbeatDue = false;
  #firstChange: number | undefined;
  #firstStructure: number | undefined;
  /** moments here are elapsed ms, which nobody sets back */
  #lastFrame: number | undefined;
  #lastDeparture = Number.NEGATIVE_INFINITY;
  #window = WINDOW_MS;
  #underWay: { readonly kind: 'snapshot' | 'changes'; readonly parcels: number } | undefined;
  #timer: (() => void) | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #finishing: (() => void) | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#clock = options.clock;
    const { sent, failed } = options.events;
    const empty = () => this.#guarded(() => this.#departed());
    this.#outbox = new Outbox(options.clock, options.sender, { sent, failed, empty }, options.random);
    this.#beat();
  }

  get status() {
    return {
      inSync: this.#inSync,
      snapshotArrived: this.#snapshotArrived,
      sequence: this.#sequence,
      digest: Buffer.from(this.#shipped.bytes()).toString('hex'),
      outbox: this.#outbox.length,
      pending: this.#options.view.pending?.size ?? 0,
      failingSince: this.#outbox.failingSince,
      windowMs: this.#window,
      lastFrame: this.#lastFrame === undefined ? 0 : this.#unix(this.#lastFrame),
    };
  }

  /** True when Felix should be let wait: much is pending behind something that does not get through. */
  get crowded(): boolean {
    return this.#outbox.length > 0 && (this.#options.view.pending?.size ?? 0) >= (this.#options.pendingLimit ?? PENDING_LIMIT);
  }

  /** Unix ms of a moment that is kept as elapsed ms. */
  #unix(elapsed: number): number {
    return Math.round(this.#clock.now() - (this.#clock.elapsed() - elapsed));
  }

  /** To be called at InSync. What Felix says after that is a change. */
  begin(): void {
    if (this.#inSync) return;
    this.#inSync = true;
    this.#lastFrame = this.#clock.elapsed();
    this.#snapshotDue = true;
    this.#guarded(() => this.#look());
  }

  /** To be called when frames were read, changed or not: even an idle frame means that a flush may still be under way. */
  framesRead(): void {
    this.#lastFrame = this.#clock.elapsed();
    const { pending } = this.#options.view;
    if (!pending || pending.empty) {
      this.#firstChange = this.#firstStructure = undefined;
      return;
    }
    this.#firstChange ??= this.#lastFrame;
    if (pending.structure) this.#firstStructure ??= this.#lastFrame;
    this.#guarded(() => this.#look());
  }

  /** The cloud asks for a new base: a snapshot in the same epoch. */
  resync(): void {
    if (!this.#inSync) return;
    this.#snapshotDue = true;
    this.#guarded(() => this.#look());
  }

  /** Sends what is pending, then resolves; resolves at the latest after so many ms. True when everything has arrived. */
  async finish(withinMs: number): Promise<boolean> {
    this.#outbox.hurry();
    const done = new Promise<boolean>((resolve) => {
      this.#finishing = () => resolve(true);
      this.#clock.after(withinMs, () => resolve(false));
    });
    this.#window = 0;
    this.#guarded(() => this.#look());
    const arrived = await done;
    this.stop();
    return arrived;
  }

  /** Nothing leaves any more. */
  stop(): void {
    this.#timer?.();
    this.#inSync = false;
    this.#stopped = true;
    this.#outbox.stop();
  }

  /** One group is on its way at a time; the rest waits in the view and in `pending`, where it coalesces. */
  #look(): void {
    if (this.#outbox.length > 0) return;
    const { view } = this.#options;
    const now = this.#clock.elapsed();
    if (this.#inSync && this.#snapshotDue) {
      const allowed = this.#resyncCut + RESYNC_EVERY_MS;
      if (now >= allowed) {
        this.#ship('snapshot', cutSnapshot(view));
        return;
      }
      this.#wakeAt(allowed);
    }
    if (this.#inSync && view.pending && !view.pending.empty && this.#firstChange !== undefined) {
      const departs = departsAt({
        firstChange: this.#firstChange,
        firstStructure: this.#firstStructure,
        lastFrame: this.#lastFrame ?? now,
        lastDeparture: this.#lastDeparture,
        window: this.#window,
      });
      if (now < departs) {
        this.#wakeAt(departs);
        return;
      }
      const parts = cutChanges(view, view.pending, this.#shipped);
      if (parts.length > 0) {
        this.#ship('changes', parts);
        return;
      }
      this.#startPending();
    }
    if (this.#heartbeatDue) this.#shipHeartbeat();
    else this.#finishing?.();
  }

  #ship(kind: 'snapshot' | 'changes', parts: readonly Part[]): void {
    const now = this.#clock.elapsed();
    const observedMs = this.#unix(this.#firstChange ?? this.#lastFrame ?? now);
    if (kind === 'snapshot') {
      this.#snapshotDue = false;
      if (this.#snapshotCut) this.#resyncCut = now;
      this.#snapshotCut = true;
      this.#shipped = new Digest();
      this.#shipped.add(this.#options.view.digest.lanes());
    }
    this.#lastDeparture = now;
    this.#underWay = { kind, parcels: parts.length };
    this.#startPending();
    const numbers = (index: number) => ({ part: index + 1, parts: parts.length });
    this.#outbox.put(
      parts.map(({ content, digestBefore, digestAfter }, index) =>
        this.#parcel(kind, digestBefore, digestAfter, observedMs, {
          [kind]:
            kind === 'snapshot'
              ? { ...numbers(index), objects: content.objects, members: content.members }
              : { ...numbers(index), upserted: content.objects, members: content.members, removed: content.removed },
        }),
      ),
    );
  }

  #shipHeartbeat(): void {
    this.#heartbeatDue = false;
    const { view, shipperVersion, probe } = this.#options;
    const { objects, sets, members, hostEndpoints } = view.counts;
    const digest = this.#shipped.bytes();
    const heard = probe?.();
    this.#underWay = undefined;
    this.#outbox.put([
      this.#parcel('heartbeat', digest, digest, this.#clock.now(), {
        heartbeat: {
          inSync: this.#inSync,
          objects,
          sets,
          members,
          hostEndpoints,
          shipperVersion,
          lastFrameMs: this.#lastFrame === undefined ? 0 : this.#unix(this.#lastFrame),
          ...(heard ? { probe: heard } : {}),
        },
      }),
    ]);
  }

  #parcel(
    kind: Parcel['kind'],
    digestBefore: Uint8Array,
    digestAfter: Uint8Array,
    observedMs: number,
    content: Pick<cextfire.IShipment, 'snapshot' | 'changes' | 'heartbeat'>,
  ): Parcel {
    const { stream, epoch } = this.#options;
    const sequence = ++this.#sequence;
    const body = packShipment({ format: SHIPMENT_FORMAT, stream, epoch, sequence, digestBefore, digestAfter, observedMs, ...content });
    return { sequence, kind, body };
  }

  #startPending(): void {
    this.#options.view.pending = new Pending();
    this.#firstChange = this.#firstStructure = undefined;
  }

  #departed(): void {
    const group = this.#underWay;
    this.#underWay = undefined;
    if (group?.kind === 'snapshot') this.#snapshotArrived = true;
    if (group && !this.#finishing) this.#window = windowAfter((this.#clock.elapsed() - this.#lastDeparture) / group.parcels);
    this.#look();
    this.#options.events.relieved();
  }

  #beat(): void {
    this.#clock.after(HEARTBEAT_MS, () => {
      if (this.#stopped) return;
      this.#heartbeatDue = true;
      this.#guarded(() => this.#look());
      this.#beat();
    });
  }

  #wakeAt(at: number): void {
    if (this.#timer && this.#timerAt <= at && this.#timerAt > this.#clock.elapsed()) return;
    this.#timer?.();
    this.#timerAt = at;
    this.#timer = this.#clock.after(Math.max(0, at - this.#clock.elapsed()), () => {
      this.#timer = undefined;
      this.#guarded(() => this.#look());
    });
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.stop();
      this.#options.events.broken(error);
    }
  }
}
