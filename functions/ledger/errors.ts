import { CextError, defineErrors, type Subject } from '../errors.ts';

export const LEDGER_ERRORS = defineErrors({
  CEXT_LEDGER_FORMAT_NEWER: {
    retry: 'never',
    meaning: 'An item of the ledger was written by a newer version of cextfire.',
    action: 'Deploy the newer version again; going back over a change of format is not possible.',
  },
  CEXT_LEDGER_PIECE_MISSING: {
    retry: 'later',
    meaning: 'A part of a stored value is not in the table although an item points at it.',
    action: 'Restore the table from its backup, or delete the item that points at it: the next run then reads the device.',
  },
  CEXT_LEDGER_LEASE_LOST: {
    retry: 'later',
    meaning: 'Another run took the lease, because this one held it longer than its time.',
    action: 'Nothing: the other run goes on. If it comes again and again, give the function more time.',
  },
  CEXT_LEDGER_APPROVAL_UNKNOWN: {
    retry: 'never',
    meaning: 'No held plan of this firewall has the hash that was to be approved.',
    action: 'List the plans; the held one may have been overtaken by a newer one with another hash.',
  },
});

export function ledgerError(code: keyof typeof LEDGER_ERRORS, message: string, subject: Subject = {}, options?: ErrorOptions): CextError {
  return new CextError(code, LEDGER_ERRORS[code], message, subject, options);
}
