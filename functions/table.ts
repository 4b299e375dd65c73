/**
 * The one DynamoDB table of an environment, as a small vocabulary: single items, conditional writes, no transactions (DESIGN.md section 4).
 * Keys are two strings, `pk` and `sk`. Values are plain JSON-like data and bytes; the caller keeps them under 350 KB.
 * DynamoDbTable (table-dynamodb.ts) speaks to AWS.
 */

export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

export type TableValue = string | number | boolean | Uint8Array | null | readonly TableValue[] | { readonly [name: string]: TableValue };
export type TableItem = TableKey & { readonly [name: string]: TableValue };

export type Expectation =
  | { readonly kind: 'absent' }
  /** The item exists and these attributes have these values. */
  | { readonly kind: 'equals'; readonly attributes: Readonly<Record<string, string | number | boolean>> }
  /** The item is absent, or this numeric attribute is at most / less than the value. */
  | { readonly kind: 'absentOrBelow'; readonly attribute: string; readonly below: number };

export interface Table {
  /** Strongly consistent. */
  get(key: TableKey): Promise<TableItem | undefined>;
  /** Ascending by sk, both ends included, strongly consistent; pages as it goes. */
  query(
    pk: string,
    range?: { readonly from?: string; readonly to?: string; readonly limit?: number; readonly descending?: boolean },
  ): AsyncIterable<TableItem>;
  /** Replaces the whole item. False when the expectation did not hold (nothing was written). */
  put(item: TableItem, expectation?: Expectation): Promise<boolean>;
  /** Sets some attributes; `undefined` removes one. Creates the item unless the expectation forbids it. */
  update(key: TableKey, set: Readonly<Record<string, TableValue | undefined>>, expectation?: Expectation): Promise<boolean>;
  delete(key: TableKey, expectation?: Expectation): Promise<boolean>;
}
