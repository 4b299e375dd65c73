/** A shipper in this process, with its shipments read as the cloud reads them. */

import type { Parcel } from '../../shipper/outbox.ts';
import { Shipper, type ShipperOptions } from '../../shipper/shipper.ts';
import { ShipmentReader } from './decoded.ts';
import { ManualClock } from './manual-clock.ts';

export class Shipping {
  readonly clock: ManualClock;
  readonly reader: ShipmentReader;
  readonly parcels: Parcel[] = [];
  readonly pauses: boolean[] = [];
  readonly tooBig: string[] = [];
  readonly failures: number[] = [];
  readonly shipper: Shipper;
  /** What the queue does with the next parcels; the default takes them at once. */
  accept: (parcel: Parcel) => Promise<void> = async () => undefined;

  constructor(options: Partial<ShipperOptions> = {}, clock = new ManualClock(), reader = new ShipmentReader()) {
    this.clock = clock;
    this.reader = reader;
    this.shipper = new Shipper({
      stream: 'pay',
      epoch: {
        startedMs: clock.now(),
        random: Math.floor(clock.now() % 2 ** 32)
          .toString(16)
          .padStart(16, '0'),
      },
      clock,
      version: '0.0.0',
      random: () => 0.5,
      sender: {
        send: async (parcel) => {
          await this.accept(parcel);
          this.parcels.push(parcel);
          this.reader.read(parcel.body);
        },
      },
      events: {
        inSync: () => undefined,
        sent: () => undefined,
        failed: (_parcel, _error, attempt) => this.failures.push(attempt),
        tooBig: (object) => this.tooBig.push(object),
        pause: (paused) => this.pauses.push(paused),
        broken: (error) => {
          throw error;
        },
      },
      ...options,
    });
  }

  /** Takes bytes, and lets everything that waits leave. */
  async take(bytes: Uint8Array): Promise<void> {
    this.shipper.take(bytes);
    await this.clock.advance(1_000);
  }
}
