/** What can go wrong between us and a Palo Alto device. docs/reference/errors.md is generated from this table. */
import { CextError, defineErrors, type Subject } from '../../errors.ts';
import type { Failure, Outcome } from '../contract.ts';

export const panosErrors = defineErrors({
  CEXT_PANOS_UNREACHABLE: {
    retry: 'later',
    meaning: 'No member of the manager answers on its management address.',
    action:
      'Check addresses and port in the settings, the route from the functions, and the permitted addresses of the management profile.',
  },
  CEXT_PANOS_TLS_NOT_TRUSTED: {
    retry: 'later',
    meaning: 'The device showed a certificate that the settings do not pin. Nothing was sent.',
    action:
      'If the certificate was renewed on purpose, put its CA or fingerprint into managers.<name>.tls beside the old one; otherwise find out who answers.',
  },
  CEXT_PANOS_TLS_NOT_PINNED: {
    retry: 'never',
    meaning: 'The settings pin neither a CA nor a fingerprint for the manager.',
    action: 'Fill managers.<name>.tls.ca or managers.<name>.tls.fingerprints.',
  },
  CEXT_PANOS_LOGIN_REFUSED: {
    retry: 'later',
    meaning: 'The device refused the API key, also after the secret was read again.',
    action:
      'Renew the key in the secret of the manager; check the role of the account (XML API: configuration, operational requests, commit, User-ID).',
  },
  CEXT_PANOS_SECRET_UNREADABLE: {
    retry: 'never',
    meaning: 'The secret is neither an API key nor JSON with "user" and one of "apiKey" and "password".',
    action: 'Store {"user": "...", "apiKey": "..."} as the secret of the manager.',
  },
  CEXT_PANOS_UNKNOWN_EFFECT: {
    retry: 'verify',
    meaning: 'The connection ended, or no answer came in time, while the device may have been working: the effect is not known.',
    action: 'Nothing: the next round reads the device and goes on from there.',
  },
  CEXT_PANOS_ANSWER_NOT_UNDERSTOOD: {
    retry: 'verify',
    meaning: 'The answer is not what a PAN-OS device says: HTML, cut or malicious XML, another product, or too large.',
    action: 'Check that the address is that of a PAN-OS management interface and that no proxy answers in its place.',
  },
  CEXT_PANOS_BUSY: {
    retry: 'later',
    meaning: 'The device is overloaded or asks to wait.',
    action: 'Nothing, if it passes; else lower managers.<name>.callsPerMinute and look who else uses the API.',
  },
  CEXT_PANOS_REFUSED: {
    retry: 'never',
    meaning: 'The device refused a request and said why.',
    action: 'Read its words in the message; if they name an object of an administrator, mend that; otherwise it is a defect of cextfire.',
  },
  CEXT_PANOS_STAGING_CONFLICT: {
    retry: 'verify',
    meaning: 'The candidate is not as it was when the plan was made: an object is gone or stands elsewhere.',
    action: 'Nothing: the next round reads and plans anew.',
  },
  CEXT_PANOS_COMMIT_FAILED: {
    retry: 'later',
    meaning: 'The commit or push job failed; the running configuration is as before, and our staged changes were taken back.',
    action: 'Read the lines of the job in the message; uncommitted work of an administrator that ours needs is a usual cause.',
  },
  CEXT_PANOS_INTERNAL: {
    retry: 'later',
    meaning: 'The device reported an internal error.',
    action: 'If it stays: check disk space and the system log of the device.',
  },
  CEXT_PANOS_NOT_OURS: {
    retry: 'never',
    meaning: 'A write would have touched an object that is not ours; it was stopped before it was sent.',
    action: 'This is a defect of cextfire: report it with the plan.',
  },
  CEXT_PANOS_MEMBERS_REFUSED: {
    retry: 'later',
    meaning: 'The device did not take some registered addresses.',
    action: 'Look at the number of tags of the address (32 at most) and at the registered addresses that the model can hold.',
  },
});

export const panosConditions = defineErrors({
  CEXT_PANOS_PLACE_MISSING: {
    retry: 'later',
    meaning: 'The vsys or the device group of the settings does not exist on the device.',
    action: 'Correct firewalls.<name>.placement (deviceGroup, vsys) or managers.<name>.vsys.',
  },
  CEXT_PANOS_ANCHOR_MISSING: {
    retry: 'later',
    meaning: 'The rule beside which our block shall stand does not exist.',
    action: 'Correct firewalls.<name>.placement, or create the rule on the device.',
  },
  CEXT_PANOS_ZONE_MISSING: {
    retry: 'later',
    meaning: 'A border has no zones in the settings, or one that the device does not have.',
    action: 'Correct borders.<name>.zones.',
  },
  CEXT_PANOS_NAME_TAKEN: {
    retry: 'later',
    meaning: 'An object with a name of ours exists on the device and does not carry our marker tag: somebody else made it.',
    action: 'Rename or remove it, or give the firewall another prefix.',
  },
  CEXT_PANOS_LIMIT: {
    retry: 'later',
    meaning: 'The device cannot hold what is wanted; nothing was staged.',
    action: 'Use fewer or wider selectors, or a larger model.',
  },
  CEXT_PANOS_NOT_EXPRESSIBLE: {
    retry: 'never',
    meaning: 'A rule has a form that PAN-OS cannot express exactly.',
    action: 'Rewrite the rule; the message names the part.',
  },
  CEXT_PANOS_CERTIFICATE_EXPIRES: {
    retry: 'never',
    meaning: "The certificate of the manager's management interface expires within three weeks, or has expired.",
    action: 'Make a new one on the device. Pin the new fingerprint beside the old one before, where fingerprints are pinned.',
  },
  CEXT_PANOS_FOREIGN_SHADOWS: {
    retry: 'never',
    meaning:
      "An administrator's own rule above ours decides packets otherwise than policies do, or may (where it matches by application, user or anything else that cannot be known beforehand). We never change such rules.",
    action: 'Narrow the rule, move it below ours, place ours above it (firewalls.<name>.placement), or leave it as it is.',
  },
  CEXT_PANOS_FOREIGN_EDIT: {
    retry: 'later',
    meaning: 'An administrator has uncommitted changes on objects of ours.',
    action: 'Ask the administrator to commit or revert.',
  },
});

type Code = keyof typeof panosErrors;

export function panosError(code: Code, message: string, subject: Subject = {}, options?: ErrorOptions): CextError {
  return new CextError(code, panosErrors[code], message, subject, options);
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CextError) return { code: error.code, message: error.message, retry: error.retry };
  return { code: 'CEXT_PANOS_REFUSED', message: String(error), retry: 'later' };
}

/** The outcome of a step that threw: what may have had an effect is looked at again. */
export function failed(error: unknown): Outcome {
  const why = failureOf(error);
  return error instanceof CextError && why.retry === 'verify' ? { kind: 'unknown', why } : { kind: 'failed', why };
}
