/** What can go wrong in the shipper. All are counted in cextfire_shipper_alarms_total. */
import { CextError, defineErrors } from '../proto/errors.ts';

export const shipperErrors = defineErrors({
  CEXT_SHIPPER_ENVIRONMENT: {
    retry: 'never',
    meaning: "A variable of the shipper's environment is missing, wrong or unknown.",
    action: 'Correct the variable that the message names, in the environment of Felix: it hands its own on to its driver.',
  },
  CEXT_SHIPPER_NO_PIPE: {
    retry: 'never',
    meaning: 'File descriptor 3 is not a pipe: the shipper was not started by Felix.',
    action: 'Let Felix start it: FELIX_USEINTERNALDATAPLANEDRIVER=false and FELIX_DATAPLANEDRIVER=<path of cextfire-shipper>.',
  },
  CEXT_SHIPPER_MESSAGE_UNREADABLE: {
    retry: 'later',
    meaning:
      'Felix sent a message that does not decode. The shipper ends without sending anything more; its next start begins with a new snapshot.',
    action: 'If it comes back, compare the version of Calico with the supported ones and report the message.',
  },
  CEXT_SHIPPER_SET_UNKNOWN: {
    retry: 'later',
    meaning:
      'Felix changed a set that it never announced: something was lost. The shipper ends; its next start begins with a new snapshot.',
    action: 'If it comes back, report it together with the log of Felix.',
  },
  CEXT_SHIPPER_PIPE_BROKEN: {
    retry: 'later',
    meaning: 'Reading the pipe of Felix failed.',
    action: 'Look at the log of Felix; its next start begins with a new snapshot.',
  },
  CEXT_SHIPPER_BROKEN: {
    retry: 'later',
    meaning: 'The shipper met a fault of its own. It ends; its next start begins with a new snapshot.',
    action: 'Report it with the line of the log that has this code.',
  },
  CEXT_SHIPPER_OBJECT_TOO_BIG: {
    retry: 'never',
    meaning: 'One object does not fit into a shipment even when compressed. It is left out as if Felix had not sent it; all others go on.',
    action: 'Split the policy that the message names into several.',
  },
  CEXT_SHIPPER_SEND_FAILED: {
    retry: 'later',
    meaning: 'SQS did not take a shipment. It is sent again, in order; changes meanwhile are gathered.',
    action: 'When it lasts: check the queue URL, the rights to send, the credentials and the way to SQS.',
  },
  CEXT_SHIPPER_CONTROL_FAILED: {
    retry: 'later',
    meaning: 'The control queue cannot be read, so the cloud cannot ask for a snapshot.',
    action: 'When it lasts: check the URL of the control queue, the rights to receive and delete, and the credentials.',
  },
  CEXT_SHIPPER_CONTROL_UNREADABLE: {
    retry: 'never',
    meaning: 'A message on the control queue is not one that this shipper knows. It is dropped.',
    action: 'Upgrade the shipper when the cloud side is newer; otherwise find out who else writes to this queue.',
  },
  CEXT_SHIPPER_PROBE_FAILED: {
    retry: 'later',
    meaning:
      'The API server does not answer the service account of the pod, or Felix does not follow it. Felix hides both, so the view may be stale; nothing is removed because of it.',
    action:
      'Read the reason: look at the API server, the ClusterRole and its binding. When Felix alone is behind, restart the pod; it begins with a new snapshot.',
  },
  CEXT_SHIPPER_EVENT_FAILED: {
    retry: 'later',
    meaning: 'The API server did not take a Kubernetes Event. It is tried again; conditions stay at /status.',
    action: 'Check the Role of the chart for events (value events.enabled), or switch Events off.',
  },
});

export type ShipperErrorCode = keyof typeof shipperErrors;

export function shipperError(code: ShipperErrorCode, message: string, options?: ErrorOptions): CextError {
  return new CextError(code, shipperErrors[code], message, {}, options);
}
