/** A clock that stands still until it is told, for tests of what waits. */
import type { Clock } from '../../shipper/clock.ts';

export class ManualClock implements Clock {
  #now = 0;
  #unix = 1_790_000_000_000;
  #next = 0;
  readonly #timers = new Map<number, { readonly at: number; readonly call: () => void }>();

  now(): number {
    return this.#unix + this.#now;
  }

  elapsed(): number {
    return this.#now;
  }

  /** Somebody sets the clock by so many ms; what waits does not notice. */
  set(ms: number): void {
    this.#unix += ms;
  }

  after(ms: number, call: () => void): () => void {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + ms, call });
    return () => this.#timers.delete(id);
  }

  /** Lets so much time pass; promises settle between the timers. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      let first: number | undefined;
      for (const [id, { at }] of this.#timers)
        if (at <= end && (first === undefined || at < (this.#timers.get(first)?.at ?? 0))) first = id;
      if (first === undefined) break;
      const timer = this.#timers.get(first);
      this.#timers.delete(first);
      this.#now = Math.max(this.#now, timer?.at ?? 0);
      timer?.call();
      await settle();
    }
    this.#now = end;
  }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
