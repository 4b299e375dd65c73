/**
 * Values larger than an item: compressed, split under 350 KB, named by the hash of their content. Write the pieces first and the small item that
 * points at them after; writing the same value twice writes the same pieces.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Table } from '../table.ts';
import { ledgerError } from './errors.ts';
import { checkFormat, FORMAT } from './format.ts';

const PIECE_BYTES = 340_000;
/** A value of ours is far below; a bound keeps a damaged item from filling the memory. */
const MOST_BYTES = 512 * 1024 * 1024;
const pad = (n: number) => String(n).padStart(4, '0');
const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** "HASH/COUNT", what the pointing item keeps. */
export type PieceReference = string;

export async function writePieces(table: Table, owner: string, text: string): Promise<PieceReference> {
  const bytes = await deflate(Buffer.from(text));
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
  const count = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
  for (let n = 0; n < count; n++) {
    const content = Uint8Array.from(bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES));
    await table.put({ pk: `pieces#${owner}`, sk: `${hash}#${pad(n)}`, format: FORMAT, content });
  }
  return `${hash}/${count}`;
}

/** Throws CEXT_LEDGER_PIECE_MISSING. */
export async function readPieces(table: Table, owner: string, reference: PieceReference): Promise<string> {
  const [hash = '', count = '0'] = reference.split('/');
  const parts: Uint8Array[] = [];
  for (let n = 0; n < Number(count); n++) {
    const item = checkFormat(await table.get({ pk: `pieces#${owner}`, sk: `${hash}#${pad(n)}` }));
    if (!item) throw ledgerError('CEXT_LEDGER_PIECE_MISSING', `pieces#${owner} ${hash} part ${n + 1} of ${count} is missing`);
    parts.push(item.content as Uint8Array);
  }
  const text = (await inflate(Buffer.concat(parts), { maxOutputLength: MOST_BYTES })).toString();
  if (createHash('sha256').update(text).digest('hex').slice(0, 32) !== hash) {
    throw ledgerError('CEXT_LEDGER_PIECE_MISSING', `pieces#${owner} ${hash} is damaged: its content has another hash`);
  }
  return text;
}

/**
 * Lets the table's time to live take pieces that only old history needs. Unix seconds; writing the value again takes the mark away. What points at them goes a
 * day earlier, for the table takes its time in no order.
 */
export async function expirePieces(table: Table, owner: string, reference: PieceReference, atSeconds: number): Promise<void> {
  const [hash = '', count = '0'] = reference.split('/');
  for (let n = 0; n < Number(count); n++) {
    const key = { pk: `pieces#${owner}`, sk: `${hash}#${pad(n)}` };
    await table.update(key, { expires: atSeconds + 86_400 }, { kind: 'equals', attributes: { format: FORMAT } });
  }
}
