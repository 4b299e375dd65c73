/** What people are told about policies that do not stand as they were written. */
import type { PolicyKey } from '../cluster/view.ts';
import type { Condition, Subject } from '../errors.ts';
import type { Lowered, LoweringNote } from '../rulebook/lower.ts';
import type { Origin } from '../rulebook/types.ts';
import { type Problem, policyCondition } from './errors.ts';
import type { Refusal, Standing } from './standing.ts';

/** Cluster -> policy -> what its firewall cannot say. */
export type Refusals = Map<string, Map<PolicyKey, Refusal>>;

const policyKeyOf = ({ policy }: Origin): PolicyKey | undefined => policy && `${policy.kind}/${policy.namespace}/${policy.name}`;

/** True when there is something new. */
export function addRefusals(notes: readonly LoweringNote[], refused: Refusals): boolean {
  const round = new Map<string, Map<PolicyKey, Problem[]>>();
  for (const { origin, ruleId, field, reason } of notes) {
    const key = policyKeyOf(origin);
    if (key === undefined) continue;
    const problem: Problem = {
      code: 'CEXT_POLICY_FIREWALL_CANNOT',
      rule: origin.ruleIndex === undefined ? ruleId : `rule ${origin.ruleIndex + 1}`,
      field,
      message: `${reason}.`,
    };
    const policies = round.get(origin.cluster) ?? new Map<PolicyKey, Problem[]>();
    round.set(origin.cluster, policies.set(key, [...(policies.get(key) ?? []), problem]));
  }
  for (const [cluster, policies] of round) {
    const known = refused.get(cluster) ?? new Map<PolicyKey, Refusal>();
    refused.set(cluster, known);
    for (const [key, problems] of policies) {
      const before = known.get(key);
      known.set(key, before ? { ...before, times: before.times + 1 } : { times: 1, problems });
    }
  }
  return round.size > 0;
}

/** What a firewall says less exactly, and what of no policy (a tier's drop) it cannot say at all. */
export function noteConditions({ refused, narrowed }: Lowered, firewall: string): readonly Condition[] {
  const of = (notes: readonly LoweringNote[], severity: 'warning' | 'error') =>
    notes.map(({ origin, field, reason }) => {
      const key = policyKeyOf(origin);
      const rule = origin.ruleIndex === undefined ? `end of tier ${origin.tier}` : `rule ${origin.ruleIndex + 1}`;
      const subject =
        key === undefined ? { cluster: origin.cluster, firewall, rule, field } : subjectOf(key, origin.cluster, firewall, { rule, field });
      return policyCondition('CEXT_POLICY_FIREWALL_CANNOT', severity, subject, `${reason}.`);
    });
  return [...of(narrowed, 'warning'), ...of(refused, 'error')];
}

export function subjectOf(
  key: PolicyKey,
  cluster: string,
  firewall: string,
  { rule, field }: { readonly rule?: string; readonly field?: string },
): Subject {
  const [kind = '', namespace = '', ...name] = key.split('/');
  return {
    cluster,
    firewall,
    policy: `${kind} ${namespace === '' ? '' : `${namespace}/`}${name.join('/')}`,
    ...(rule === undefined ? {} : { rule }),
    ...(field === undefined ? {} : { field }),
  };
}

/** One for each problem, and what becomes of the policy: decision 0041 says why an absent policy still denies. */
export function standingConditions(key: PolicyKey, standing: Standing, cluster: string, firewall: string): readonly Condition[] {
  if (standing.kind === 'present') return [];
  const out = standing.problems.map((problem) =>
    policyCondition(problem.code, 'error', subjectOf(key, cluster, firewall, problem), `${problem.message} ${becomes(standing)}`),
  );
  if (standing.kind === 'kept' && standing.good.expired)
    out.push(
      policyCondition('CEXT_POLICY_EXPIRED', 'error', subjectOf(key, cluster, firewall, {}), 'The kept version is older than frozenFor.'),
    );
  return out;
}

function becomes(standing: Exclude<Standing, { readonly kind: 'present' }>): string {
  if (standing.kind === 'kept') return `The policy stays as it was at log position ${standing.good.position}.`;
  if (standing.bare)
    return 'The policy has no earlier version that this firewall can say and is absent altogether; the drop at the end of its tier stays.';
  return 'The policy has no earlier version and is absent: it allows and passes nothing; what its rules surely deny and the drop at the end of its tier stay.';
}
