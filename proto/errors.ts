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
