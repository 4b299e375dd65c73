import { expect, test } from '@jest/globals';
import { Killed, MemoryTable, MortalTable } from './memory-table.ts';
import { describeTable } from './table-behaviour.ts';

describeTable('MemoryTable', async () => new MemoryTable());

test('a mortal table dies before or after the effect, and stays dead', async () => {
  for (const when of ['before', 'after'] as const) {
    const inner = new MemoryTable();
    const table = new MortalTable(inner, 1, when);
    expect(await table.put({ pk: 'p', sk: 'a' })).toBe(true);
    await expect(table.put({ pk: 'p', sk: 'b' })).rejects.toThrow(Killed);
    await expect(table.get({ pk: 'p', sk: 'a' })).rejects.toThrow(Killed);
    expect((await inner.get({ pk: 'p', sk: 'b' })) !== undefined).toBe(when === 'after');
  }
});
