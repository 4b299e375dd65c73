/** A Table in memory that behaves as DynamoDB does (table-behaviour.ts runs against both), and one that dies between calls. */
import type { Expectation, Table, TableItem, TableKey, TableValue } from '../../functions/table.ts';

/** DynamoDB's limit is 400 KB with names and overhead. */
const MOST_BYTES = 400 * 1024;

export class MemoryTable implements Table {
  readonly #partitions = new Map<string, Map<string, TableItem>>();
  /** calls so far, by operation; what a use case costs */
  readonly calls = { get: 0, query: 0, put: 0, update: 0, delete: 0 };

  async get(key: TableKey): Promise<TableItem | undefined> {
    this.calls.get++;
    await undefined;
    const item = this.#find(key);
    return item && structuredClone(item);
  }

  async *query(
    pk: string,
    { from, to, limit = Number.POSITIVE_INFINITY, descending = false }: Parameters<Table['query']>[1] = {},
  ): AsyncIterable<TableItem> {
    this.calls.query++;
    await undefined;
    const keys = [...(this.#partitions.get(pk)?.keys() ?? [])]
      .filter((sk) => (from === undefined || compare(sk, from) >= 0) && (to === undefined || compare(sk, to) <= 0))
      .sort(compare);
    if (descending) keys.reverse();
    for (const sk of keys.slice(0, limit)) {
      // Between pages an item may have gone.
      const item = this.#find({ pk, sk });
      if (item) yield structuredClone(item);
    }
  }

  async put(item: TableItem, expectation?: Expectation): Promise<boolean> {
    this.calls.put++;
    await undefined;
    if (!holds(this.#find(item), expectation)) return false;
    this.#store(item);
    return true;
  }

  async update(key: TableKey, set: Readonly<Record<string, TableValue | undefined>>, expectation?: Expectation): Promise<boolean> {
    this.calls.update++;
    await undefined;
    const there = this.#find(key);
    if (!holds(there, expectation)) return false;
    const next: Record<string, TableValue | undefined> = { ...there, ...set, pk: key.pk, sk: key.sk };
    for (const [name, value] of Object.entries(next)) if (value === undefined) delete next[name];
    this.#store(next as TableItem);
    return true;
  }

  async delete(key: TableKey, expectation?: Expectation): Promise<boolean> {
    this.calls.delete++;
    await undefined;
    if (!holds(this.#find(key), expectation)) return false;
    this.#partitions.get(key.pk)?.delete(key.sk);
    return true;
  }

  /** Everything, for a test to look at. */
  items(): TableItem[] {
    return [...this.#partitions.values()].flatMap((partition) => [...partition.values()].map((item) => structuredClone(item)));
  }

  #find({ pk, sk }: TableKey): TableItem | undefined {
    return this.#partitions.get(pk)?.get(sk);
  }

  #store(item: TableItem): void {
    if (item.pk === '' || item.sk === '') throw new Error('one of the key attributes is an empty string');
    const bytes = sizeOf(item);
    if (bytes > MOST_BYTES) throw new Error(`Item size ${bytes} has exceeded the maximum allowed size`);
    const partition = this.#partitions.get(item.pk) ?? new Map<string, TableItem>();
    this.#partitions.set(item.pk, partition.set(item.sk, structuredClone(item)));
  }
}

/** The process dies at the n-th call: before the call has any effect, or after it, with the answer lost. */
export class MortalTable implements Table {
  readonly #table: Table;
  readonly #when: 'before' | 'after';
  #left: number;

  constructor(table: Table, callsToLive: number, when: 'before' | 'after') {
    this.#table = table;
    this.#left = callsToLive;
    this.#when = when;
  }

  get(key: TableKey): Promise<TableItem | undefined> {
    return this.#call(() => this.#table.get(key));
  }

  async *query(pk: string, range?: Parameters<Table['query']>[1]): AsyncIterable<TableItem> {
    yield* await this.#call(async () => {
      const items: TableItem[] = [];
      for await (const item of this.#table.query(pk, range)) items.push(item);
      return items;
    });
  }

  put(item: TableItem, expectation?: Expectation): Promise<boolean> {
    return this.#call(() => this.#table.put(item, expectation));
  }

  update(key: TableKey, set: Readonly<Record<string, TableValue | undefined>>, expectation?: Expectation): Promise<boolean> {
    return this.#call(() => this.#table.update(key, set, expectation));
  }

  delete(key: TableKey, expectation?: Expectation): Promise<boolean> {
    return this.#call(() => this.#table.delete(key, expectation));
  }

  async #call<T>(run: () => Promise<T>): Promise<T> {
    if (this.#left < 0) throw new Killed();
    this.#left--;
    if (this.#left < 0 && this.#when === 'before') throw new Killed();
    const answer = await run();
    if (this.#left < 0) throw new Killed();
    return answer;
  }
}

/** What a test catches where it let the process die. */
export class Killed extends Error {
  constructor() {
    super('killed between two calls');
  }
}

function holds(item: TableItem | undefined, expectation: Expectation | undefined): boolean {
  switch (expectation?.kind) {
    case undefined:
      return true;
    case 'absent':
      return item === undefined;
    case 'equals':
      return item !== undefined && Object.entries(expectation.attributes).every(([name, value]) => item[name] === value);
    case 'absentOrBelow': {
      const value = item?.[expectation.attribute];
      return item === undefined || (typeof value === 'number' && value < expectation.below);
    }
  }
}

/** DynamoDB orders text by its UTF-8 bytes. */
const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function sizeOf(value: TableValue): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be stored`);
    return Math.ceil(String(value).length / 2) + 1;
  }
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + 1 + sizeOf(entry), 3);
  return Object.entries(value).reduce((sum, [name, entry]) => sum + 1 + Buffer.byteLength(name) + sizeOf(entry), 3);
}
