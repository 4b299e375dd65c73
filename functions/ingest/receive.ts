/**
 * One batch of messages from the queue of one cluster.
 *
 *   each message:  unpack ─► judge ─► append to the log (the commit point)
 *   then, once:    ask for a snapshot if one is needed ─► write the stream's state, and wake apply
 *
 * It may die between any two of these: a message is only acknowledged after all of them, and one that comes again is a duplicate, which stores
 * nothing and wakes. What the log has and the state lacks is found in the log.
 */
import type { ControlMessage } from '../../proto/control.ts';
import { unpackShipment } from '../../proto/packing.ts';
import { clusterError } from '../cluster/errors.ts';
import type { ClusterLog } from '../cluster/log.ts';
import type { ViewLimits } from '../cluster/mutable-view.ts';
import { isRetired, rememberRetired } from '../cluster/retired-epochs.ts';
import { isBroken, readStream, type StreamState, writeStream } from '../cluster/stream-state.ts';
import { CextError } from '../errors.ts';
import type { Table } from '../table.ts';
import { checkContent } from './check-content.ts';
import { follow, type Judgement, judge, needSnapshot } from './judge.ts';

export interface IngestPorts {
  readonly cluster: string;
  readonly limits: ViewLimits;
  readonly table: Table;
  readonly log: ClusterLog;
  /** to the shipper */
  readonly control: (message: ControlMessage) => Promise<void>;
  /** one message to each wake queue concerned */
  readonly wake: () => Promise<void>;
  readonly tell: (event: IngestEvent) => void;
  /** what was told may go out now */
  readonly told?: () => void;
  /** Unix ms */
  readonly now: () => number;
}

export interface IngestEvent {
  readonly kind: Judgement['verdict'] | 'poison' | 'resync' | 'resyncFailed' | 'held';
  readonly message: string;
  readonly code?: string;
}

const ASK_AGAIN_MS = 15_000;
const ASK_AGAIN_MOST_MS = 600_000;

export class IngestBatch {
  readonly #ports: IngestPorts;
  #before: StreamState | undefined;
  #state: StreamState | undefined;
  #wake = false;

  constructor(ports: IngestPorts) {
    this.#ports = ports;
  }

  /** Takes one message. What it throws is for the queue to try again; nothing is thrown for what the message holds. */
  async take(body: string): Promise<void> {
    const { cluster, limits, log, now, tell } = this.#ports;
    let state = await this.#load();
    let shipment: ReturnType<typeof unpackShipment>;
    try {
      shipment = unpackShipment(body);
      checkContent(shipment);
    } catch (error) {
      if (!(error instanceof CextError)) throw error;
      this.#state = needSnapshot(this.#poison(state, error.code, error.message), `a message could not be read (${error.code})`, now());
      return;
    }
    if (shipment.stream !== cluster) {
      this.#state = this.#poison(state, 'CEXT_INGEST_OTHER_STREAM', `a shipment of stream "${shipment.stream.slice(0, 64)}"`);
      return;
    }
    if (await this.#isLongRetired(state, shipment.epoch?.random ?? '')) {
      tell({ kind: 'dropped', message: `shipment of the retired epoch ${shipment.epoch?.random}` });
      return;
    }
    let judgement = judge(state, shipment, limits, now());
    if (judgement.verdict === 'dropped' || judgement.verdict === 'append') {
      const appended = judgement.verdict === 'append' && (await log.append(judgement.state.head, body, now()));
      if (!appended) {
        // Either a run before this one died between the log and the state, or an answer was lost: the log knows more than the state.
        const caughtUp = await this.#catchUp(state);
        if (caughtUp !== state) {
          state = caughtUp;
          judgement = judge(state, shipment, limits, now());
          if (judgement.verdict === 'append' && !(await log.append(judgement.state.head, body, now()))) throw this.#busy();
        } else if (judgement.verdict === 'append') throw this.#busy();
      }
    }
    const heldBefore = state.hold;
    this.#state = judgement.state;
    this.#wake ||= judgement.wake;
    tell({ kind: judgement.verdict, message: `shipment ${shipment.epoch?.random}-${shipment.sequence}` });
    const { hold } = judgement.state;
    if (hold && hold.code !== heldBefore?.code) tell({ kind: 'held', code: hold.code, message: hold.message });
  }

  /** Ends the batch. When it throws, every message of the batch has to come again. */
  async finish(): Promise<void> {
    const { cluster, table } = this.#ports;
    if (!this.#state || !this.#before) return;
    const state = await this.#askForSnapshot(this.#state);
    // Remembered before the state that forgets them is written.
    for (const { random } of state.retired)
      if (!this.#before.retired.some((known) => known.random === random)) await rememberRetired(table, cluster, random, this.#ports.now());
    // Side by side: what is woken for stands in the log already, and the state lacks nothing that the log does not tell.
    const [written] = await Promise.all([
      state === this.#before || writeStream(table, cluster, this.#before, state),
      this.#wake ? this.#ports.wake() : undefined,
    ]);
    if (!written) throw this.#busy();
  }

  async #load(): Promise<StreamState> {
    if (this.#state) return this.#state;
    const state = await readStream(this.#ports.table, this.#ports.cluster);
    this.#before = state;
    const inSnapshot = state.open?.kind === 'snapshot';
    this.#state =
      isBroken(state) && !inSnapshot ? needSnapshot(state, `the log cannot be applied at ${state.broken}`, this.#ports.now()) : state;
    return this.#state;
  }

  /** The state with every log item that it does not know yet; the same object when there is none. */
  async #catchUp(state: StreamState): Promise<StreamState> {
    let next = state;
    for await (const { position, shipment, atMs } of this.#ports.log.read(state.head + 1)) {
      if (position !== next.head + 1) break;
      next = follow(next, shipment, atMs);
      this.#wake = true;
    }
    return next;
  }

  async #isLongRetired(state: StreamState, epoch: string): Promise<boolean> {
    if (epoch === state.epoch || state.retired.some(({ random }) => random === epoch)) return false;
    return isRetired(this.#ports.table, this.#ports.cluster, epoch);
  }

  #poison(state: StreamState, code: string, message: string): StreamState {
    const { now, tell } = this.#ports;
    tell({ kind: 'poison', code, message });
    return { ...state, poison: { code, message: message.slice(0, 1000), atMs: now() } };
  }

  async #askForSnapshot(state: StreamState): Promise<StreamState> {
    const { now, control, tell } = this.#ports;
    const canHelp = !state.hold || state.hold.code === 'CEXT_INGEST_LIMIT';
    const pause = Math.min(ASK_AGAIN_MS * 2 ** Math.min(state.asks - 1, 10), ASK_AGAIN_MOST_MS);
    if (!state.awaiting || !canHelp || (state.asks > 0 && now() - state.askedMs < pause)) return state;
    const { reason } = state.awaiting;
    try {
      await control({ format: 1, kind: 'resync', reason });
    } catch (error) {
      // The stream must not stand still for it: the next message, a heartbeat at the latest, asks again.
      tell({ kind: 'resyncFailed', message: String(error) });
      return state;
    }
    tell({ kind: 'resync', message: reason });
    return { ...state, askedMs: now(), asks: state.asks + 1 };
  }

  #busy(): CextError {
    return clusterError('CEXT_CLUSTER_LOG_BUSY', `somebody else writes the log of "${this.#ports.cluster}" at the same time`);
  }
}
