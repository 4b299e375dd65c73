/** What every error of cextfire looks like. Each room lists its own codes in its `errors.ts`; docs/reference/errors.md is generated from those tables. */

/** never: the same input fails again. later: try again after a while. verify: the effect is unknown, read before anything else. */
export type Retry = 'never' | 'later' | 'verify';

/** What an error or a condition is about; only what applies is filled. */
export interface Subject {
  readonly cluster?: string;
  readonly firewall?: string;
  readonly manager?: string;
  /** "GlobalNetworkPolicy border.x" */
  readonly policy?: string;
  /** "egress rule 2" (from 1) */
  readonly rule?: string;
  readonly field?: string;
  /** a settings path: "clusters.pay.podCidrs[0]" */
  readonly path?: string;
  readonly file?: string;
  readonly line?: number;
}

export interface ErrorEntry {
  readonly retry: Retry;
  /** One sentence: what it means. */
  readonly meaning: string;
  /** One sentence: what to do. */
  readonly action: string;
}

/** Codes are CEXT_<AREA>_<CAUSE>. */
export function defineErrors<const T extends Readonly<Record<`CEXT_${string}`, ErrorEntry>>>(table: T): T {
  return table;
}

export class CextError extends Error {
  readonly code: string;
  readonly retry: Retry;
  readonly subject: Subject;

  constructor(code: string, entry: ErrorEntry, message: string, subject: Subject = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
    this.code = code;
    this.retry = entry.retry;
    this.subject = subject;
  }
}

export const protoErrors = defineErrors({
  CEXT_PIPE_FRAME_TOO_LONG: {
    retry: 'never',
    meaning: "A frame on Felix's pipe claims more than 256 MiB: this is not Felix's framing, or bytes were lost.",
    action: 'Check that the shipper is started by Felix as its DataplaneDriver and that nothing else writes to file descriptor 3.',
  },
  CEXT_PIPE_FRAME_TRUNCATED: {
    retry: 'later',
    meaning: "Felix's pipe ended in the middle of a frame: Felix was killed while it wrote.",
    action: 'Nothing, when Felix was killed or crashed: its next start sends everything anew. Otherwise look at the log of Felix.',
  },
  CEXT_SHIPMENT_TOO_BIG: {
    retry: 'never',
    meaning: 'A shipment is larger than what one message may hold: 256 KiB as a body, 4 MiB unpacked.',
    action: 'The sender must split it into parts; a body that does not come from our shipper should not be on this queue.',
  },
  CEXT_SHIPMENT_UNREADABLE: {
    retry: 'never',
    meaning: 'A message on the queue is not a shipment: not base64, not zlib, damaged, or not the expected protobuf.',
    action: 'Find out who else sends to this queue. A damaged shipment leaves a gap, which asks the shipper for a new snapshot by itself.',
  },
  CEXT_SHIPMENT_FORMAT_NEWER: {
    retry: 'never',
    meaning: 'A shipment has a newer format version than this program reads.',
    action: 'Upgrade the cloud side first, then the shippers.',
  },
  CEXT_SHIPMENT_INCOMPLETE: {
    retry: 'never',
    meaning: 'A shipment lacks a field that every shipment has, or a field has an impossible value.',
    action: 'The message names the field. Find out who else sends to this queue.',
  },
});

/** An error of this room, with its row of the table. */
export function protoError(code: keyof typeof protoErrors, message: string, options?: ErrorOptions): CextError {
  return new CextError(code, protoErrors[code], message, {}, options);
}
