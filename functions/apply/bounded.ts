/** What is told of one cluster is bounded: a hostile one that makes thousands of conditions fills neither the ledger nor anybody's mail (DESIGN.md 6.6). */
import type { Condition, Severity } from '../errors.ts';
import { condition } from './errors.ts';

const MOST_OF_A_CLUSTER = 100;
const MOST_TEXT = 2_000;
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Per cluster the gravest come first, the rest is one condition with their number. Of one order whatever order they came in, so that nothing flaps. */
export function boundedConditions(conditions: readonly Condition[]): Condition[] {
  const out: Condition[] = [];
  for (const [cluster, all] of Map.groupBy(conditions, (one) => one.subject.cluster)) {
    const short = all.map((one) => (one.message.length > MOST_TEXT ? { ...one, message: `${one.message.slice(0, MOST_TEXT)}...` } : one));
    if (cluster === undefined || all.length <= MOST_OF_A_CLUSTER) {
      out.push(...short);
      continue;
    }
    const sorted = short.map((one) => [`${RANK[one.severity]} ${one.code} ${JSON.stringify(one.subject)}`, one] as const);
    sorted.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    out.push(...sorted.slice(0, MOST_OF_A_CLUSTER).map(([, one]) => one));
    const message = `cluster ${cluster}: ${all.length - MOST_OF_A_CLUSTER} more conditions are not told; mend those that are`;
    out.push(condition('CEXT_APPLY_MANY_CONDITIONS', 'error', message, { cluster }));
  }
  return out;
}
