/** What can be wrong with what arrives on the queue of a cluster. */
import { CextError, defineErrors } from '../errors.ts';

export const ingestErrors = defineErrors({
  CEXT_INGEST_POISON: {
    retry: 'never',
    meaning: 'A message on the queue of a cluster is no shipment, is damaged, or holds an object that cannot be decoded. It was dropped.',
    action:
      'The message says why. Find out who else sends to this queue; a damaged shipment is made good by a new snapshot without your doing.',
  },
  CEXT_INGEST_OTHER_STREAM: {
    retry: 'never',
    meaning: 'A shipment of another stream is on the queue of this cluster. The queue is the identity; it was dropped.',
    action: 'Give that shipper the URL of its own queue, and look at who may send to this one (clusters.NAME.sender).',
  },
  CEXT_INGEST_TWO_SHIPPERS: {
    retry: 'never',
    meaning: 'Two shippers send to one queue by turns. Everything of this cluster is held; its last good rules stay in force.',
    action: 'Stop one of them. Two minutes after the other has fallen silent the stream goes on by itself with a new snapshot.',
  },
  CEXT_INGEST_OTHER_CLUSTER: {
    retry: 'never',
    meaning:
      'The ClusterGUID on the queue of this cluster has changed: another or a rebuilt cluster speaks there. Everything of it is held.',
    action: 'Give the other cluster a queue of its own. If the cluster was rebuilt on purpose, release the hold with the command line.',
  },
  CEXT_INGEST_LIMIT: {
    retry: 'never',
    meaning: 'A snapshot is larger than the settings of the cluster allow (maxObjects, maxMembers, maxBytes). It is held.',
    action: 'Raise the limit in clusters.NAME of the settings, or find out why the cluster grew. The last good rules stay in force.',
  },
  CEXT_INGEST_CONFIGURATION: {
    retry: 'never',
    meaning: 'The function lacks an environment variable, or its cluster is not in its settings.',
    action: 'Deploy the stack again; the message names what is missing.',
  },
});

export function ingestError(code: keyof typeof ingestErrors, message: string, options?: ErrorOptions): CextError {
  return new CextError(code, ingestErrors[code], message, {}, options);
}
