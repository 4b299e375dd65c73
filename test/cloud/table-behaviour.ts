/** What every Table does: one suite, run against memory and against DynamoDB's API. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Table, TableItem } from '../../functions/table.ts';

async function collect(items: AsyncIterable<TableItem>): Promise<TableItem[]> {
  const all: TableItem[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function describeTable(name: string, open: () => Promise<Table>): void {
  describe(name, () => {
    let table: Table;
    let pk: string;
    let count = 0;
    beforeEach(async () => {
      table = await open();
      pk = `p${++count}-${Math.random()}`;
    });

    test('gives back what was put, of every type', async () => {
      const item = {
        pk,
        sk: 'all',
        text: 'ä€😀',
        empty: '',
        n: -1.5,
        big: 1_790_000_000_123,
        yes: true,
        no: false,
        nothing: null,
        bytes: new Uint8Array([0, 1, 255]),
        list: [1, 'a', { deep: new Uint8Array([7]) }],
        map: { name: 'x', size: 2 },
      };
      expect(await table.put(item)).toBe(true);
      expect(await table.get({ pk, sk: 'all' })).toEqual(item);
      expect(await table.get({ pk, sk: 'none' })).toBeUndefined();
    });

    test('keeps its own copy', async () => {
      const bytes = new Uint8Array([1]);
      await table.put({ pk, sk: 'a', bytes });
      bytes[0] = 9;
      expect((await table.get({ pk, sk: 'a' }))?.bytes).toEqual(new Uint8Array([1]));
    });

    test('a put replaces the whole item; an update only what it names', async () => {
      await table.put({ pk, sk: 'a', one: 1, two: 2 });
      await table.put({ pk, sk: 'a', three: 3 });
      expect(await table.get({ pk, sk: 'a' })).toEqual({ pk, sk: 'a', three: 3 });
      expect(await table.update({ pk, sk: 'a' }, { one: 1, three: undefined, missing: undefined })).toBe(true);
      expect(await table.get({ pk, sk: 'a' })).toEqual({ pk, sk: 'a', one: 1 });
    });

    test('an update makes the item, also with nothing to set', async () => {
      expect(await table.update({ pk, sk: 'a' }, { n: 1 })).toBe(true);
      expect(await table.update({ pk, sk: 'b' }, {})).toBe(true);
      expect(await table.get({ pk, sk: 'a' })).toEqual({ pk, sk: 'a', n: 1 });
      expect(await table.get({ pk, sk: 'b' })).toEqual({ pk, sk: 'b' });
    });

    test('names that DynamoDB reserves, and names with dots', async () => {
      const words = { name: 'n', size: 1, status: 's', data: 'd', ttl: 5, 'a.b-c#d': 'x' };
      await table.put({ pk, sk: 'a' });
      expect(await table.update({ pk, sk: 'a' }, words, { kind: 'equals', attributes: {} })).toBe(true);
      expect(await table.update({ pk, sk: 'a' }, { name: 'm' }, { kind: 'equals', attributes: words })).toBe(true);
      expect(await table.get({ pk, sk: 'a' })).toEqual({ pk, sk: 'a', ...words, name: 'm' });
    });

    test('absent holds once', async () => {
      expect(await table.put({ pk, sk: 'a', n: 1 }, { kind: 'absent' })).toBe(true);
      expect(await table.put({ pk, sk: 'a', n: 2 }, { kind: 'absent' })).toBe(false);
      expect(await table.update({ pk, sk: 'a' }, { n: 3 }, { kind: 'absent' })).toBe(false);
      expect(await table.get({ pk, sk: 'a' })).toEqual({ pk, sk: 'a', n: 1 });
    });

    test('equals wants the item and every value', async () => {
      const expectation = { kind: 'equals', attributes: { n: 1, on: true, text: 'x' } } as const;
      expect(await table.put({ pk, sk: 'a', n: 9 }, expectation)).toBe(false);
      expect(await table.update({ pk, sk: 'a' }, { n: 9 }, { kind: 'equals', attributes: {} })).toBe(false);
      expect(await table.get({ pk, sk: 'a' })).toBeUndefined();
      await table.put({ pk, sk: 'a', n: 1, on: true, text: 'y' });
      expect(await table.update({ pk, sk: 'a' }, { n: 2 }, expectation)).toBe(false);
      await table.update({ pk, sk: 'a' }, { text: 'x' });
      expect(await table.update({ pk, sk: 'a' }, { n: 2 }, expectation)).toBe(true);
      expect(await table.delete({ pk, sk: 'a' }, expectation)).toBe(false);
      expect(await table.get({ pk, sk: 'a' })).toMatchObject({ n: 2 });
    });

    test('absentOrBelow: absent, or less; not equal, and not an item without the number', async () => {
      const below = (n: number) => ({ kind: 'absentOrBelow', attribute: 'n', below: n }) as const;
      expect(await table.put({ pk, sk: 'a', n: 5 }, below(1))).toBe(true);
      expect(await table.update({ pk, sk: 'a' }, { n: 6 }, below(5))).toBe(false);
      expect(await table.update({ pk, sk: 'a' }, { n: 10 }, below(6))).toBe(true);
      expect(await table.update({ pk, sk: 'a' }, { n: 11 }, below(10))).toBe(false);
      await table.put({ pk, sk: 'b', text: 'no number' });
      expect(await table.put({ pk, sk: 'b', n: 1 }, below(99))).toBe(false);
    });

    test('delete', async () => {
      expect(await table.delete({ pk, sk: 'none' })).toBe(true);
      expect(await table.delete({ pk, sk: 'none' }, { kind: 'equals', attributes: {} })).toBe(false);
      await table.put({ pk, sk: 'a' });
      expect(await table.delete({ pk, sk: 'a' })).toBe(true);
      expect(await table.get({ pk, sk: 'a' })).toBeUndefined();
    });

    test('query: in the order of UTF-8, both ends included, one partition only', async () => {
      for (const sk of ['b', 'a', '\uffff', '😀', 'é', 'c']) await table.put({ pk, sk });
      await table.put({ pk: `${pk}x`, sk: 'b' });
      const sks = async (range?: Parameters<Table['query']>[1]) => (await collect(table.query(pk, range))).map(({ sk }) => sk);
      expect(await sks()).toEqual(['a', 'b', 'c', 'é', '\uffff', '😀']);
      expect(await sks({ from: 'b', to: 'c' })).toEqual(['b', 'c']);
      expect(await sks({ from: 'c' })).toEqual(['c', 'é', '\uffff', '😀']);
      expect(await sks({ to: 'b' })).toEqual(['a', 'b']);
      expect(await sks({ to: 'c', descending: true, limit: 2 })).toEqual(['c', 'b']);
      expect(await sks({ limit: 0 })).toEqual([]);
      expect(await sks({ from: 'z', to: 'a' })).toEqual([]);
    });

    test('query goes on over pages, and ends at its limit', async () => {
      const bytes = new Uint8Array(300_000);
      for (let n = 0; n < 8; n++) await table.put({ pk, sk: `${n}`, bytes });
      expect((await collect(table.query(pk))).map(({ sk }) => sk)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
      expect((await collect(table.query(pk, { limit: 6 }))).map(({ sk }) => sk)).toEqual(['0', '1', '2', '3', '4', '5']);
      const first: string[] = [];
      for await (const { sk } of table.query(pk)) if (first.push(sk) === 2) break;
      expect(first).toEqual(['0', '1']);
    });

    test('refuses what no item can hold', async () => {
      await expect(table.put({ pk, sk: 'a', bytes: new Uint8Array(420_000) })).rejects.toThrow();
      await expect(table.put({ pk, sk: 'a', n: Number.NaN })).rejects.toThrow();
      await expect(table.put({ pk, sk: '' })).rejects.toThrow();
      expect(await table.get({ pk, sk: 'a' })).toBeUndefined();
    });
  });
}
