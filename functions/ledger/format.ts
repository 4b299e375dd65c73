/** Every item of the ledger carries `format`; a reader refuses a newer one. */
import type { TableItem } from '../table.ts';
import { ledgerError } from './errors.ts';

export const FORMAT = 1;

/** Returns the item, or undefined for undefined. Throws CEXT_LEDGER_FORMAT_NEWER. */
export function checkFormat<T extends TableItem | undefined>(item: T): T {
  if (item && Number(item.format ?? 0) > FORMAT) {
    throw ledgerError(
      'CEXT_LEDGER_FORMAT_NEWER',
      `${item.pk} ${item.sk} has format ${String(item.format)}; this version reads up to ${FORMAT}`,
    );
  }
  return item;
}
