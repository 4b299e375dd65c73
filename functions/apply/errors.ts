import { CextError, type Condition, defineErrors, type Severity, type Subject } from '../errors.ts';

export const APPLY_ERRORS = defineErrors({
  CEXT_APPLY_HELD: {
    retry: 'never',
    meaning: 'A plan would remove, open, close or translate more than its budget, or remove a HostEndpoint.',
    action: 'Read the plan; approve its hash, or change the policy. A newer structure overtakes it.',
  },
  CEXT_APPLY_TOO_MANY_MEMBERS: {
    retry: 'never',
    meaning:
      'The sets of a cluster on a firewall would hold more members than its pair allows (maxMembers). Its members there no longer grow.',
    action: 'Find out why its selectors meet so many; narrow them, or raise pairs.maxMembers. Members whose going only closes still go.',
  },
  CEXT_APPLY_MEMBERS_HELD: {
    retry: 'later',
    meaning: 'More members left within the window than the budget allows; they stay on the firewall, new ones are added.',
    action: 'If the pods are really gone, approve the hash in the message or raise membersRemovedShare; else look at the cluster.',
  },
  CEXT_APPLY_FROZEN: {
    retry: 'later',
    meaning: 'The firewall, or all of them, are frozen: nothing is written.',
    action: 'Unfreeze when the reason is gone.',
  },
  CEXT_APPLY_OBSERVED: {
    retry: 'never',
    meaning: 'The firewall is in mode observe and its rules differ from what is wanted.',
    action: 'Read the plan; set mode add-only or sync to have it done.',
  },
  CEXT_APPLY_REMOVAL_LEFT: {
    retry: 'never',
    meaning: 'The firewall is in mode add-only: rules or members that are no longer wanted stand there still.',
    action: 'Set mode sync, or remove them by hand.',
  },
  CEXT_APPLY_BLOCKED: {
    retry: 'later',
    meaning: 'Somebody else holds a lock, has uncommitted work, or must approve on the device.',
    action: 'Ask who is named to finish; or set foreignPending. Membership goes on meanwhile.',
  },
  CEXT_APPLY_FAILED: {
    retry: 'later',
    meaning: 'A step of a plan failed on the device; the plan is made anew from a fresh reading.',
    action: 'Read the message; the device said why.',
  },
  CEXT_APPLY_UNREACHABLE: {
    retry: 'later',
    meaning: 'The manager could not be read.',
    action: 'Check address, route, credentials and pinned keys; the message says which call failed.',
  },
  CEXT_APPLY_PROOF_FAILED: {
    retry: 'later',
    meaning: 'What was read back from the device does not do the same with every packet as what is wanted.',
    action: 'The message names a packet and the deviating rule; in mode sync it is repaired at once.',
  },
  CEXT_APPLY_NOT_PROVEN: {
    retry: 'later',
    meaning: 'The rulebooks could not be compared within the bounds of the proof.',
    action: 'Nothing at once; the audit tries again. If it stays, report the rulebook.',
  },
  CEXT_APPLY_DRIFT: {
    retry: 'later',
    meaning: 'Somebody changed objects of ours on the device.',
    action: 'Find who did it; with drift: repair it is put back, with drift: report it stays as it is.',
  },
  CEXT_APPLY_NO_VIEW: {
    retry: 'later',
    meaning: 'The cluster has not sent a complete snapshot, or its stream is held: it keeps its last good rules.',
    action: 'Check the shipper of that cluster.',
  },
  CEXT_APPLY_TOO_MANY_RULES: {
    retry: 'never',
    meaning: 'The wanted rulebook is larger than the settings allow, for the firewall or for one cluster on it.',
    action: 'Raise maxRules, or have fewer or simpler policies.',
  },
  CEXT_APPLY_NAT_WAITS: {
    retry: 'later',
    meaning:
      'Members wait for a commit: those of translated rules, so that no packet leaves with a wrong address; all, where the firewall has no faster lane.',
    action: 'Nothing; the lag is a metric.',
  },
  CEXT_APPLY_UNFED: {
    retry: 'later',
    meaning:
      'Rules that are held or kept name sets that their cluster does not feed any more, for longer than frozenFor: their allows lost their members.',
    action: 'Approve the held plan, or bring the policy back.',
  },
  CEXT_APPLY_MANY_CONDITIONS: {
    retry: 'never',
    meaning: 'So much is wrong with what one cluster says that only the gravest conditions of it are told.',
    action: 'Look at the policies of that cluster; a flood of broken ones may be an attack or a broken generator.',
  },
  CEXT_APPLY_SECRET: {
    retry: 'later',
    meaning: "The manager's secret cannot be read from Secrets Manager.",
    action: 'Create it under the name in the settings, as text; see that the function may read it.',
  },
  CEXT_APPLY_CONFIGURATION: {
    retry: 'never',
    meaning: 'The function was started with an incomplete environment or with settings that do not fit it.',
    action: 'Deploy the stack again; it sets every variable and writes the settings beside the bundle.',
  },
  CEXT_APPLY_MEMBERS_UNKNOWN: {
    retry: 'later',
    meaning: 'The members of a set are asked for while its cluster has no view.',
    action: 'Check the shipper of that cluster; the firewall waits and keeps what it has.',
  },
});

export type ApplyCode = keyof typeof APPLY_ERRORS;

export function applyError(code: ApplyCode, message: string, subject: Subject = {}, options?: ErrorOptions): CextError {
  return new CextError(code, APPLY_ERRORS[code], message, subject, options);
}

export function condition(code: ApplyCode, severity: Severity, message: string, subject: Subject): Condition {
  return { code, severity, message, subject };
}
