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
  CEXT_CLUSTER_NEVER_HEARD: {
    retry: 'later',
    meaning: 'A cluster of the settings has never sent anything.',
    action: 'Install its shipper, or look at its log: wrong queue, missing rights, Felix not in sync.',
  },
  CEXT_CLUSTER_SILENT: {
    retry: 'later',
    meaning: 'Nothing was heard of a cluster for longer than clusters.NAME.silentAfter. Its last good rules stay in force.',
    action: 'Look at the pod of the shipper and at its way to SQS. Until it speaks again its addresses may be out of date.',
  },
  CEXT_CLUSTER_AWAITS_SNAPSHOT: {
    retry: 'later',
    meaning: 'Something of the stream was lost, and a new snapshot was asked for. The last good view stays in force.',
    action: 'Nothing, within a minute. When it stays: the shipper does not read its control queue, or is not running.',
  },
  CEXT_CLUSTER_PROBE_FAILED: {
    retry: 'later',
    meaning:
      'The shipper of a cluster cannot read its API server, or finds there what Felix did not send: the view may be stale. Felix does not show this, its stream just goes quiet.',
    action:
      'Look at the API server and at the rights of the service account; when only names differ, restart the shipper. The last good rules stay in force.',
  },
  CEXT_CLUSTER_NOT_IN_SYNC: {
    retry: 'later',
    meaning: 'Felix has not read all of its datastore yet.',
    action: "Look at the log of Felix for 'forbidden': every missing right keeps it from being in sync.",
  },
  CEXT_CLUSTER_NO_HOST_ENDPOINT: {
    retry: 'never',
    meaning: 'Felix is in sync but knows no HostEndpoint on the virtual node.',
    action: 'Create the HostEndpoint that stands for the border firewall, with spec.node = the name of the virtual node.',
  },
  CEXT_CLUSTER_NEARLY_FULL: {
    retry: 'never',
    meaning: 'A cluster has used four fifths of maxObjects or maxMembers. Beyond them its stream is held.',
    action: 'Growth: raise the limit and deploy. Else find the controller that makes objects or labels.',
  },
  CEXT_CLUSTER_UNKNOWN: {
    retry: 'never',
    meaning: 'A cluster was asked for that the settings do not name.',
    action: 'Correct the name, or add it under clusters of the settings.',
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
