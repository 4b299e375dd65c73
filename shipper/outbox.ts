/**
 * Sends bodies one after the other: a body leaves when the one before it has arrived, because the order of a FIFO group is the order of
 * arrival. What fails is sent again, the same body under the same deduplication id, for as long as it takes.
 */
import { type Clock, sleep } from './clock.ts';

export interface Parcel {
  readonly sequence: number;
  readonly kind: 'snapshot' | 'changes' | 'heartbeat';
  readonly body: string;
}

export interface Sender {
  /** Resolves when the queue has the parcel. Rejects when it has not or nobody knows. */
  send(parcel: Parcel, signal: AbortSignal): Promise<void>;
}

export interface OutboxEvents {
  readonly sent: (parcel: Parcel, tookMs: number) => void;
  readonly failed: (parcel: Parcel, error: unknown, attempt: number, retryInMs: number) => void;
  /** The last parcel has arrived. */
  readonly empty: () => void;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 10_000;
/** While the process is about to end there are only seconds left. */
const HURRIED_RETRY_MS = 200;

export class Outbox {
  readonly #clock: Clock;
  readonly #sender: Sender;
  readonly #events: OutboxEvents;
  readonly #random: () => number;
  readonly #parcels: Parcel[] = [];
  readonly #abort = new AbortController();
  #running = false;
  #hurry: (() => void) | undefined;
  #hurried = false;
  /** since when the parcel at the head fails; undefined = it does not */
  failingSince: number | undefined;

  constructor(clock: Clock, sender: Sender, events: OutboxEvents, random: () => number = Math.random) {
    this.#clock = clock;
    this.#sender = sender;
    this.#events = events;
    this.#random = random;
  }

  get length(): number {
    return this.#parcels.length;
  }

  put(parcels: readonly Parcel[]): void {
    this.#parcels.push(...parcels);
    if (!this.#running) void this.#run();
  }

  /** From now on retries follow fast. */
  hurry(): void {
    this.#hurried = true;
    this.#hurry?.();
  }

  /** Gives up what has not arrived. */
  stop(): void {
    this.#abort.abort();
    this.#parcels.length = 0;
    this.#hurry?.();
  }

  async #run(): Promise<void> {
    this.#running = true;
    let attempt = 0;
    for (let parcel = this.#parcels[0]; parcel && !this.#abort.signal.aborted; parcel = this.#parcels[0]) {
      const began = this.#clock.now();
      attempt++;
      try {
        await this.#sender.send(parcel, this.#abort.signal);
      } catch (error) {
        if (this.#abort.signal.aborted) break;
        this.failingSince ??= began;
        const wait = this.#retryIn(attempt);
        this.#events.failed(parcel, error, attempt, wait);
        await this.#pause(wait);
        continue;
      }
      if (this.#abort.signal.aborted) break;
      attempt = 0;
      this.failingSince = undefined;
      this.#parcels.shift();
      this.#events.sent(parcel, this.#clock.now() - began);
    }
    this.#running = false;
    if (!this.#abort.signal.aborted) this.#events.empty();
  }

  /** Exponential with full jitter over its upper half, so that many shippers do not come back together. */
  #retryIn(attempt: number): number {
    const most = this.#hurried ? HURRIED_RETRY_MS : Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 20));
    return most / 2 + this.#random() * (most / 2);
  }

  async #pause(ms: number): Promise<void> {
    const hurried = new Promise<void>((resolve) => {
      this.#hurry = resolve;
    });
    if (this.#hurried) await sleep(this.#clock, ms);
    else await Promise.race([sleep(this.#clock, ms), hurried]);
    this.#hurry = undefined;
  }
}
