/** A table that is only read: what reading does on the side (a snapshot behind a long tail, a word to ingest) is left to apply, and needs no right. */
import type { Table, TableItem, TableKey } from '../functions/table.ts';

export class ReadOnlyTable implements Table {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  get(key: TableKey): Promise<TableItem | undefined> {
    return this.#table.get(key);
  }

  query(pk: string, range?: Parameters<Table['query']>[1]): AsyncIterable<TableItem> {
    return this.#table.query(pk, range);
  }

  async put(): Promise<boolean> {
    return false;
  }

  async update(): Promise<boolean> {
    return false;
  }

  async delete(): Promise<boolean> {
    return false;
  }
}
