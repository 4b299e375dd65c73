/** Errors stop what is being done; conditions are lasting facts that people must see. Both carry a stable code and a subject. */
import type { Subject } from '../proto/errors.ts';

export { CextError, defineErrors, type ErrorEntry, type Retry, type Subject } from '../proto/errors.ts';

export type Severity = 'info' | 'warning' | 'error';

/** A fact that holds until it no longer does: a refused policy, a stale cluster, a held plan. Code and subject are its identity. */
export interface Condition {
  readonly code: `CEXT_${string}`;
  readonly severity: Severity;
  readonly subject: Subject;
  /** What is wrong, where, and what to do, in the words of who wrote the thing. */
  readonly message: string;
}

/** Identity of a condition: begins and ends are told once per identity. */
export function conditionKey(condition: Condition): string {
  const { cluster = '', firewall = '', manager = '', policy = '', rule = '', field = '' } = condition.subject;
  return [condition.code, cluster, firewall, manager, policy, rule, field].join('|');
}
