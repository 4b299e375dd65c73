/** What can be wrong with what a cluster said, or with how it was stored. */
import { CextError, defineErrors, type Subject } from '../errors.ts';

export const clusterErrors = defineErrors({
  CEXT_CLUSTER_OBJECT_UNREADABLE: {
    retry: 'never',
    meaning: 'An object that Felix sent cannot be decoded.',
    action: 'The message names kind and key. Check the version of Calico against the supported range; the last good view stays in force.',
  },
  CEXT_CLUSTER_UNKNOWN_SET: {
    retry: 'never',
    meaning: 'Members of a set were changed that was never declared: something was lost before.',
    action: 'Nothing: a new snapshot is asked for and mends it. When it repeats, look at the log of the shipper.',
  },
  CEXT_CLUSTER_DIGEST_MISMATCH: {
    retry: 'never',
    meaning: 'The view rebuilt from the log is not the view that the shipper had: a shipment was damaged or lost.',
    action:
      'Nothing: the last good view stays in force and a new snapshot is asked for. When it repeats, compare the versions of shipper and cloud side.',
  },
  CEXT_CLUSTER_LIMIT: {
    retry: 'never',
    meaning: 'The cluster says more than its settings allow (maxObjects, maxMembers, maxBytes).',
    action: 'Raise the limit in clusters.NAME of the settings, or find out why the cluster grew. The last good view stays in force.',
  },
  CEXT_CLUSTER_LOG_DAMAGED: {
    retry: 'later',
    meaning: 'The log of a cluster has a hole, or a part of a stored snapshot is missing or damaged.',
    action: 'The message names the position. A new snapshot is asked for; what was before the hole can no longer be shown.',
  },
  CEXT_CLUSTER_LOG_TOO_OLD: {
    retry: 'never',
    meaning: 'A point in time was asked for that lies before what is kept.',
    action: 'Ask for a later one; keepDays of the settings says how long log items keep.',
  },
  CEXT_CLUSTER_FORMAT_NEWER: {
    retry: 'never',
    meaning: 'Something stored for this cluster was written by a newer version of cextfire.',
    action: 'Upgrade this program; it reads nothing that it would have to guess.',
  },
  CEXT_CLUSTER_LOG_BUSY: {
    retry: 'later',
    meaning: 'The log was appended to by somebody else at the same time, again and again.',
    action: 'Nothing: the message is delivered again. When it stays, look for a second consumer on the queue of this cluster.',
  },
});

export function clusterError(code: keyof typeof clusterErrors, message: string, subject: Subject = {}, options?: ErrorOptions): CextError {
  return new CextError(code, clusterErrors[code], message, subject, options);
}
