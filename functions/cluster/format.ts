/** Everything stored for a cluster carries `format`; a reader refuses a newer one. */
import type { TableItem } from '../table.ts';
import { clusterError } from './errors.ts';

export const FORMAT = 1;

/** @throws CEXT_CLUSTER_FORMAT_NEWER */
export function checkFormat<T extends TableItem | undefined>(item: T): T {
  if (item && Number(item.format ?? 0) > FORMAT)
    throw clusterError('CEXT_CLUSTER_FORMAT_NEWER', `${item.pk} ${item.sk} has format ${item.format}; this program reads up to ${FORMAT}`);
  return item;
}
