/** The conditions of this room: what a policy's author, or who keeps the settings, must see. docs/reference/errors.md is generated from this table. */
import { type Condition, defineErrors, type Severity, type Subject } from '../errors.ts';

export const POLICY_ERRORS = defineErrors({
  CEXT_POLICY_ANNOTATION: {
    retry: 'never',
    meaning:
      'A cextfire.io/ annotation of a rule is misspelled, misplaced, has a value that is none of the documented forms, or repeats an id.',
    action: 'Correct the annotation in the policy; until then its last good version stays.',
  },
  CEXT_POLICY_SNAT_POOL: {
    retry: 'never',
    meaning: 'A rule asks for a source translation that the settings do not allow this cluster on this border.',
    action: 'Use an address, range or pool that the pair may use, or add the pool to the pair in the settings.',
  },
  CEXT_POLICY_SNAT_FAMILY: {
    retry: 'never',
    meaning: 'A source translation is of another address family than packets of its rule.',
    action: 'Write one rule for each family, or use a pool that has a range of each.',
  },
  CEXT_POLICY_ACTION_UNKNOWN: {
    retry: 'never',
    meaning: 'A rule has an action that Calico does not define.',
    action: 'Use Allow, Deny, Log or Pass.',
  },
  CEXT_POLICY_HTTP_MATCH: {
    retry: 'never',
    meaning: 'A rule matches HTTP methods or paths, which a border firewall rule cannot see.',
    action: 'Remove the HTTP match from border policies.',
  },
  CEXT_POLICY_MATCH: {
    retry: 'never',
    meaning: 'A rule has a match that has no meaning: ports or ICMP types without their protocol, an unknown protocol, a net that is none.',
    action: 'Correct the field of the rule that the condition names.',
  },
  CEXT_POLICY_SET_MISSING: {
    retry: 'later',
    meaning: 'A rule names a set that Felix never sent.',
    action: 'Nothing if it passes; else restart the Felix of the virtual node.',
  },
  CEXT_POLICY_MISSING: {
    retry: 'later',
    meaning: 'A tier of the HostEndpoint lists a policy that Felix never sent.',
    action: 'Nothing if it passes; else restart the Felix of the virtual node.',
  },
  CEXT_POLICY_TOO_MANY_RULES: {
    retry: 'never',
    meaning: 'A policy would become more rules on the firewall than the settings allow.',
    action: 'Make its Pass rules match less, put them at the end of their tier, or raise maxRulesPerPolicyRule or maxRules.',
  },
  CEXT_POLICY_FIREWALL_CANNOT: {
    retry: 'never',
    meaning: 'The firewall cannot express a rule: it is narrowed where that is safe, else its policy is refused.',
    action: 'Write the rule in the words that this firewall has; docs/reference lists what each vendor can say.',
  },
  CEXT_POLICY_DESTINATION_CUT: {
    retry: 'never',
    meaning: 'An allow reaches beyond the destinations that the settings give this cluster; what is beyond is denied.',
    action: 'Narrow the rule, or widen destinations of the pair in the settings.',
  },
  CEXT_POLICY_UNTRACKED: {
    retry: 'never',
    meaning: 'A policy with doNotTrack selects the HostEndpoint of a border; borders judge tracked traffic only, it is not enforced there.',
    action: 'Leave the HostEndpoint out of that policy, or write it without doNotTrack.',
  },
  CEXT_POLICY_NO_POLICY: {
    retry: 'never',
    meaning: 'The HostEndpoint of a border has no enforced policy in the tiers that the settings honour: nothing is written for it.',
    action: 'Write a policy with applyOnForward that selects it, or list its tier in the settings.',
  },
  CEXT_POLICY_NO_HOST_ENDPOINT: {
    retry: 'never',
    meaning: 'The cluster has no HostEndpoint with the name of a border.',
    action: 'Create the HostEndpoint on the virtual node, or take the pair out of the settings.',
  },
  CEXT_POLICY_TIER_NOT_HONOURED: {
    retry: 'never',
    meaning: 'A tier has policies for a border, but the settings do not list it for this pair.',
    action: 'List the tier in the settings of the pair if its policies are meant for the border.',
  },
  CEXT_POLICY_MASQUERADED: {
    retry: 'never',
    meaning: 'Members of a set leave the cluster with the address of their node, because their IP pool masquerades.',
    action: 'Set natOutgoing: false on the IP pool, so that the border sees the addresses of pods.',
  },
  CEXT_POLICY_OUTSIDE_POD_CIDRS: {
    retry: 'never',
    meaning:
      'A set on the side of the pods has members outside the pod CIDRs of the cluster; the border does not treat them as the cluster.',
    action: 'Add the CIDR to the cluster in the settings if it is the cluster’s own.',
  },
  CEXT_POLICY_PRE_DNAT_NO_VIPS: {
    retry: 'never',
    meaning: 'A pre-DNAT policy selects a border for which the settings name no VIPs: it has no packets to judge.',
    action: 'List the public addresses in vips of the border.',
  },
  CEXT_POLICY_SHARED_VIPS: {
    retry: 'never',
    meaning: 'Several clusters have pre-DNAT policies for the VIPs of one border; the cluster whose name comes first is asked first.',
    action: 'Keep pre-DNAT policies of one border in one cluster.',
  },
  CEXT_POLICY_EXPIRED: {
    retry: 'never',
    meaning: 'A kept version names sets that Felix no longer feeds, for longer than frozenFor: its allows match nothing any more.',
    action: 'Correct the policy, so that its present version can be used.',
  },
});

export type PolicyCode = keyof typeof POLICY_ERRORS;

/** What is wrong with one rule or policy, before it is known what becomes of the policy. */
export interface Problem {
  readonly code: PolicyCode;
  /** "egress rule 2"; undefined: the policy as a whole */
  readonly rule?: string;
  readonly field?: string;
  readonly message: string;
}

/** warning: the policy works, but not as its author may think. */
export interface Remark extends Problem {
  readonly severity: Severity;
}

export function policyCondition(code: PolicyCode, severity: Severity, subject: Subject, message: string): Condition {
  return { code, severity, subject, message: `${message} ${POLICY_ERRORS[code].action}` };
}
