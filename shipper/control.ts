/** Listens to the control queue: the cloud asks for a snapshot, or tells what it holds against this cluster's policies. */
import { ControlMessage } from '../proto/control.ts';
import { type Clock, sleep } from './clock.ts';

export interface ControlQueue {
  /** Long poll: resolves empty when nothing came. */
  receive(signal: AbortSignal): Promise<readonly { readonly body: string; readonly receipt: string }[]>;
  delete(receipt: string): Promise<void>;
}

export type Conditions = Extract<ControlMessage, { kind: 'conditions' }>['conditions'];

export interface ControlEvents {
  readonly resync: (reason: string) => void;
  readonly conditions: (conditions: Conditions) => void;
  /** The message is dropped. */
  readonly unreadable: (why: string) => void;
  readonly failed: (error: unknown, retryInMs: number) => void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** Runs until the signal. Never throws. */
export async function listen(queue: ControlQueue, events: ControlEvents, clock: Clock, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      for (const { body, receipt } of await queue.receive(signal)) {
        hear(body, events);
        // Heard twice does no harm, unheard would: deleted only after.
        await queue.delete(receipt);
      }
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures++, 10));
      events.failed(error, wait);
      await sleep(clock, wait / 2 + Math.random() * (wait / 2));
    }
  }
}

function hear(body: string, events: ControlEvents): void {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    events.unreadable('it is not JSON');
    return;
  }
  const { success, data, error } = ControlMessage.safeParse(json);
  if (!success) events.unreadable(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  else if (data.kind === 'resync') events.resync(data.reason);
  else events.conditions(data.conditions);
}
