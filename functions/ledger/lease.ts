/**
 * Leases with growing fencing numbers. The item that is the lease also carries the small state that the lease guards, so that every write of that
 * state is conditional on still being the holder. It outlives the function's time-out plus the longest request: who asks for it decides the time.
 */
import { randomBytes } from 'node:crypto';
import type { Expectation, Table, TableItem, TableValue } from '../table.ts';
import { ledgerError } from './errors.ts';
import { checkFormat, FORMAT } from './format.ts';

export type LeaseName = `structure#${string}` | `members#${string}`;
export type LeaseState = Readonly<Record<string, TableValue | undefined>>;

export interface LeaseHeld {
  readonly kind: 'held';
  readonly fence: number;
  readonly expiresMs: number;
}

const keyOf = (name: LeaseName) => ({ pk: 'lease', sk: name });

/** What the lease guards, read without holding it. */
export async function readLeaseState(table: Table, name: LeaseName): Promise<TableItem | undefined> {
  return checkFormat(await table.get(keyOf(name)));
}

/**
 * Takes the lease, or says until when somebody else has it. `claim` is written with it, in one write. `seen`, when the caller has read the lease a
 * moment ago and nobody held it then, spares reading it again: the write finds out whether it is still so.
 */
export async function acquireLease(
  table: Table,
  name: LeaseName,
  nowMs: number,
  ttlMs: number,
  { claim = {}, seen }: { readonly claim?: LeaseState; readonly seen?: TableItem | undefined } = {},
): Promise<Lease | LeaseHeld> {
  const there = seen?.holder === '' ? seen : await readLeaseState(table, name);
  const fence = Number(there?.fence ?? 0);
  const expiresMs = Number(there?.expiresMs ?? 0);
  if (there?.holder && expiresMs > nowMs) return { kind: 'held', fence, expiresMs };
  const holder = randomBytes(12).toString('hex');
  const expectation: Expectation = there
    ? { kind: 'equals', attributes: { fence, holder: String(there.holder ?? '') } }
    : { kind: 'absent' };
  const taken = { ...claim, holder, fence: fence + 1, expiresMs: nowMs + ttlMs, format: FORMAT };
  if (!(await table.update(keyOf(name), taken, expectation))) {
    // The client may have sent it twice after a lost answer: then it is ours all the same.
    const now = await readLeaseState(table, name);
    if (now?.holder !== holder) return { kind: 'held', fence: Number(now?.fence ?? 0), expiresMs: Number(now?.expiresMs ?? nowMs) };
  }
  return new Lease(table, name, holder, fence + 1, nowMs + ttlMs, there ?? { ...keyOf(name) });
}

export class Lease {
  readonly kind = 'lease';
  readonly name: LeaseName;
  readonly fence: number;
  /** What it guards, as found and as written since. */
  state: LeaseState;
  #table: Table;
  #holder: string;
  #expiresMs: number;

  constructor(table: Table, name: LeaseName, holder: string, fence: number, expiresMs: number, state: LeaseState) {
    this.#table = table;
    this.name = name;
    this.fence = fence;
    this.state = state;
    this.#holder = holder;
    this.#expiresMs = expiresMs;
  }

  get expiresMs(): number {
    return this.#expiresMs;
  }

  /** Throws CEXT_LEDGER_LEASE_LOST. */
  async write(state: LeaseState): Promise<void> {
    await this.#update(state);
    this.state = { ...this.state, ...state };
  }

  /** Throws CEXT_LEDGER_LEASE_LOST. */
  async renew(nowMs: number, ttlMs: number): Promise<void> {
    await this.#update({ expiresMs: nowMs + ttlMs });
    this.#expiresMs = nowMs + ttlMs;
  }

  /** Gives it back, if it is still ours, and writes the last state with it. False: somebody else has it by now. */
  async release(state: LeaseState = {}): Promise<boolean> {
    const attributes = { holder: this.#holder, fence: this.fence };
    return this.#table.update(keyOf(this.name), { ...state, holder: '', expiresMs: 0 }, { kind: 'equals', attributes });
  }

  async #update(set: LeaseState): Promise<void> {
    const attributes = { holder: this.#holder, fence: this.fence };
    if (await this.#table.update(keyOf(this.name), set, { kind: 'equals', attributes })) return;
    throw ledgerError('CEXT_LEDGER_LEASE_LOST', `lease ${this.name} number ${this.fence} was taken over by another run`);
  }
}
