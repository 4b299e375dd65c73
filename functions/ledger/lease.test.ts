import { expect, test } from '@jest/globals';
import { MemoryTable } from '../../test/cloud/memory-table.ts';
import { acquireLease, type Lease, readLeaseState } from './lease.ts';
import { readPieces, writePieces } from './pieces.ts';

test('one holder at a time, fencing numbers grow, an expired lease is taken over', async () => {
  const table = new MemoryTable();
  const first = (await acquireLease(table, 'structure#m', 1000, 100)) as Lease;
  expect(first.fence).toBe(1);
  expect(await acquireLease(table, 'structure#m', 1050, 100)).toEqual({ kind: 'held', fence: 1, expiresMs: 1100 });
  const second = (await acquireLease(table, 'structure#m', 1101, 100)) as Lease;
  expect(second.fence).toBe(2);
  await expect(first.write({ plan: 'x' })).rejects.toMatchObject({ code: 'CEXT_LEDGER_LEASE_LOST' });
  await expect(first.renew(1102, 100)).rejects.toMatchObject({ code: 'CEXT_LEDGER_LEASE_LOST' });
  expect(await first.release({ plan: 'x' })).toBe(false);
  await second.write({ plan: 'y' });
  expect(await second.release({ plan: 'z' })).toBe(true);
  expect((await readLeaseState(table, 'structure#m'))?.plan).toBe('z');
  expect(((await acquireLease(table, 'structure#m', 1102, 100)) as Lease).fence).toBe(3);
});

test('of many that ask at once one gets it', async () => {
  const table = new MemoryTable();
  const all = await Promise.all(Array.from({ length: 10 }, () => acquireLease(table, 'members#edge', 1, 100)));
  expect(all.filter((one) => one.kind === 'lease')).toHaveLength(1);
});

test('big values are split and come back whole; a missing or damaged part is said', async () => {
  const table = new MemoryTable();
  const text = Array.from({ length: 200_000 }, (_, n) => Math.imul(n, 2_654_435_761).toString(36)).join();
  const reference = await writePieces(table, 'o', text);
  expect(Number(reference.split('/')[1])).toBeGreaterThan(1);
  expect(await readPieces(table, 'o', reference)).toBe(text);
  await table.delete({ pk: 'pieces#o', sk: `${reference.split('/')[0]}#0001` });
  await expect(readPieces(table, 'o', reference)).rejects.toMatchObject({ code: 'CEXT_LEDGER_PIECE_MISSING' });
});

test('what a newer version wrote is refused', async () => {
  const table = new MemoryTable();
  await table.put({ pk: 'lease', sk: 'structure#m', format: 2 });
  await expect(acquireLease(table, 'structure#m', 1, 1)).rejects.toMatchObject({ code: 'CEXT_LEDGER_FORMAT_NEWER' });
});
