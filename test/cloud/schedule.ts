/** One schedule of EventBridge Scheduler: rate(N minutes|hours|days). */
import { CloudError } from './errors.ts';

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** The longest that a timer of Node takes. */
const LONGEST = 2 ** 31 - 1;

export class Schedule {
  readonly #send: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;

  constructor(id: string, expression: string, send: () => Promise<void>) {
    this.#send = send;
    this.#timer = setInterval(() => void this.fire().catch(() => undefined), Math.min(LONGEST, everyMs(id, expression)));
  }

  async fire(): Promise<void> {
    await this.#send();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

export function everyMs(id: string, expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined || unit === undefined)
    throw new CloudError(`${id}: this cloud does not know the schedule ${expression}: teach it in test/cloud/schedule.ts.`);
  return Number(count) * (UNITS[unit] as number);
}
