/** {@link Table} on DynamoDB: strongly consistent, one item at a time, every name escaped (DynamoDB reserves 573 words). */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Expectation, Table, TableItem, TableKey, TableValue } from './table.ts';

export class DynamoDbTable implements Table {
  readonly #name: string;
  readonly #client: DynamoDBClient;

  constructor(name: string, client: DynamoDBClient = new DynamoDBClient()) {
    this.#name = name;
    this.#client = client;
  }

  async get(key: TableKey): Promise<TableItem | undefined> {
    const { Item } = await this.#client.send(new GetItemCommand({ TableName: this.#name, Key: toKey(key), ConsistentRead: true }));
    return Item && toItem(Item);
  }

  async *query(
    pk: string,
    range: { readonly from?: string; readonly to?: string; readonly limit?: number; readonly descending?: boolean } = {},
  ): AsyncIterable<TableItem> {
    const { from, to, limit, descending = false } = range;
    if (limit === 0 || (from !== undefined && to !== undefined && Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0)) return;
    const words = new Words();
    const sk = () => words.name('sk');
    const parts = [`${words.name('pk')} = ${words.value(pk)}`];
    if (from !== undefined && to !== undefined) parts.push(`${sk()} BETWEEN ${words.value(from)} AND ${words.value(to)}`);
    else if (from !== undefined) parts.push(`${sk()} >= ${words.value(from)}`);
    else if (to !== undefined) parts.push(`${sk()} <= ${words.value(to)}`);
    const condition = parts.join(' AND ');
    const stands = words.used(condition);
    let start: Record<string, AttributeValue> | undefined;
    let left = limit ?? Number.POSITIVE_INFINITY;
    do {
      const { Items, LastEvaluatedKey } = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          ConsistentRead: true,
          KeyConditionExpression: condition,
          ...stands,
          ScanIndexForward: !descending,
          ...(start ? { ExclusiveStartKey: start } : {}),
          ...(Number.isFinite(left) ? { Limit: left } : {}),
        }),
      );
      for (const item of Items ?? []) {
        yield toItem(item);
        left--;
      }
      start = LastEvaluatedKey;
    } while (start && left > 0);
  }

  async put(item: TableItem, expectation?: Expectation): Promise<boolean> {
    const words = new Words();
    const condition = toCondition(expectation, words);
    return held(
      this.#client.send(
        new PutItemCommand({ TableName: this.#name, Item: toAttributes(item), ...conditionOf(condition), ...words.used(condition ?? '') }),
      ),
    );
  }

  async update(key: TableKey, set: Readonly<Record<string, TableValue | undefined>>, expectation?: Expectation): Promise<boolean> {
    const words = new Words();
    const condition = toCondition(expectation, words);
    const sets: string[] = [];
    const removes: string[] = [];
    for (const [name, value] of Object.entries(set)) {
      if (value === undefined) removes.push(words.name(name));
      else sets.push(`${words.name(name)} = ${words.value(value)}`);
    }
    const expression = [sets.length > 0 ? `SET ${sets.join(', ')}` : '', removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '']
      .filter((part) => part !== '')
      .join(' ');
    return held(
      this.#client.send(
        new UpdateItemCommand({
          TableName: this.#name,
          Key: toKey(key),
          ...(expression === '' ? {} : { UpdateExpression: expression }),
          ...conditionOf(condition),
          ...words.used(`${expression} ${condition ?? ''}`),
        }),
      ),
    );
  }

  async delete(key: TableKey, expectation?: Expectation): Promise<boolean> {
    const words = new Words();
    const condition = toCondition(expectation, words);
    return held(
      this.#client.send(
        new DeleteItemCommand({ TableName: this.#name, Key: toKey(key), ...conditionOf(condition), ...words.used(condition ?? '') }),
      ),
    );
  }
}

/** Names and values of one request under short stand-ins. DynamoDB refuses stand-ins that are not used. */
class Words {
  readonly #names = new Map<string, string>();
  readonly #values: AttributeValue[] = [];

  name(name: string): string {
    const known = this.#names.get(name) ?? `#n${this.#names.size}`;
    this.#names.set(name, known);
    return known;
  }

  value(value: TableValue): string {
    this.#values.push(toAttribute(value));
    return `:v${this.#values.length - 1}`;
  }

  used(expression: string): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, AttributeValue>;
  } {
    if (expression.trim() === '') return {};
    return {
      ExpressionAttributeNames: Object.fromEntries([...this.#names].map(([name, short]) => [short, name])),
      ...(this.#values.length > 0
        ? { ExpressionAttributeValues: Object.fromEntries(this.#values.map((value, index) => [`:v${index}`, value])) }
        : {}),
    };
  }
}

function toCondition(expectation: Expectation | undefined, words: Words): string | undefined {
  switch (expectation?.kind) {
    case undefined:
      return undefined;
    case 'absent':
      return `attribute_not_exists(${words.name('pk')})`;
    case 'equals':
      return [
        `attribute_exists(${words.name('pk')})`,
        ...Object.entries(expectation.attributes).map(([name, value]) => `${words.name(name)} = ${words.value(value)}`),
      ].join(' AND ');
    case 'absentOrBelow':
      return `attribute_not_exists(${words.name('pk')}) OR ${words.name(expectation.attribute)} < ${words.value(expectation.below)}`;
  }
}

const conditionOf = (condition: string | undefined) => (condition === undefined ? {} : { ConditionExpression: condition });

async function held(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

const toKey = ({ pk, sk }: TableKey): Record<string, AttributeValue> => ({ pk: { S: pk }, sk: { S: sk } });

function toAttributes(values: Readonly<Record<string, TableValue>>): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toAttribute(value)]));
}

function toAttribute(value: TableValue): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: value };
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be stored`);
    return { N: String(value) };
  }
  if (isList(value)) return { L: value.map(toAttribute) };
  return { M: toAttributes(value) };
}

const isList = (value: unknown): value is readonly TableValue[] => Array.isArray(value);

function toItem(attributes: Readonly<Record<string, AttributeValue>>): TableItem {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, toValue(value)])) as TableItem;
}

function toValue(attribute: AttributeValue): TableValue {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.B !== undefined) return Uint8Array.from(attribute.B);
  if (attribute.L !== undefined) return attribute.L.map(toValue);
  if (attribute.M !== undefined) return Object.fromEntries(Object.entries(attribute.M).map(([name, value]) => [name, toValue(value)]));
  if (attribute.NULL !== undefined) return null;
  throw new TypeError(`an attribute of a type that we never write: ${Object.keys(attribute).join()}`);
}
