/** One policy as the rules of one border: read, checked, and cached as long as policy and settings are the same objects. */
import type { FelixSet, Policy } from '../cluster/view.ts';
import type { Family } from '../packets/address.ts';
import type { Direction } from '../packets/packet.ts';
import type { Origin, SetKind, Stage } from '../rulebook/types.ts';
import type { BorderSettings } from '../settings.ts';
import { readWishes, type SnatWish, shown, translationFor } from './annotations.ts';
import type { Problem } from './errors.ts';
import { type RuleReader, suits } from './felix-rule.ts';
import { identityOf } from './identity.ts';
import type { Match } from './match.ts';
import { endText } from './rule-text.ts';

/** What one variant of a rule does. `stop`: no later rule decides; the packet stays unmatched. */
export interface Item {
  readonly action: 'allow' | 'deny' | 'log' | 'pass' | 'stop';
  readonly match: Match;
  /** what the id is made from */
  readonly seed: string;
  readonly log: boolean;
  readonly snat: SnatWish;
  readonly origin: Origin;
  /** policy and rule, for limits: "GlobalNetworkPolicy//border.x egress 2"; '' for the drop of a tier */
  readonly owner: string;
  readonly policy: string;
}

export interface PolicyRules {
  readonly policy: Policy;
  readonly egress: readonly Item[];
  readonly ingress: readonly Item[];
  readonly sets: readonly { readonly id: string; readonly kind: SetKind; readonly rule: string }[];
  /** values of cextfire.io/id */
  readonly ids: readonly string[];
  /** any of them: this version of the policy is refused */
  readonly problems: readonly Problem[];
  /** index of the first rule that is no deny and whose packets or action are not known; Infinity: all are */
  readonly unknownFrom: Readonly<Record<Direction, number>>;
}

export interface PolicyContext {
  readonly cluster: string;
  readonly stage: Stage;
  readonly border: BorderSettings;
  readonly snatPools: readonly string[];
  /** families of the pod CIDRs: no rule has another */
  readonly families: readonly Family[];
  readonly reader: RuleReader;
}

const ACTIONS: Readonly<Record<string, Item['action']>> = {
  allow: 'allow',
  '': 'allow',
  deny: 'deny',
  log: 'log',
  'next-tier': 'pass',
  pass: 'pass',
};

export const ruleName = (direction: Direction, index: number): string => `${direction} rule ${index + 1}`;

export function readPolicy(policy: Policy, context: PolicyContext): PolicyRules {
  const problems: Problem[] = [];
  const sets: { id: string; kind: SetKind; rule: string }[] = [];
  const ids: string[] = [];
  const unknownFrom = { egress: Number.POSITIVE_INFINITY, ingress: Number.POSITIVE_INFINITY };
  const read = (direction: Direction): Item[] =>
    (direction === 'egress' ? policy.outbound : policy.inbound).flatMap((rule, index) => {
      const name = ruleName(direction, index);
      const action = ACTIONS[(rule.action ?? '').toLowerCase()];
      if (!action)
        problems.push({
          code: 'CEXT_POLICY_ACTION_UNKNOWN',
          rule: name,
          field: 'action',
          message: `The action "${shown(rule.action ?? '')}" is unknown.`,
        });
      const maySnat = action === 'allow' && direction === 'egress' && context.stage === 'forward';
      const wishes = readWishes(rule.metadata?.annotations ?? {}, name, maySnat);
      problems.push(...wishes.problems);
      if (wishes.id !== undefined) {
        if (ids.includes(wishes.id))
          problems.push({
            code: 'CEXT_POLICY_ANNOTATION',
            rule: name,
            field: 'cextfire.io/id',
            message: `The id "${shown(wishes.id)}" is on another rule of this policy too.`,
          });
        ids.push(wishes.id);
      }
      const { variants, sets: used, problems: found } = context.reader.read(rule);
      for (const problem of found) problems.push({ ...problem, rule: name });
      for (const set of used) sets.push({ ...set, rule: name });
      if (action !== 'deny' && (!action || found.length > 0)) unknownFrom[direction] = Math.min(unknownFrom[direction], index);
      if (!action) return [];
      const base =
        wishes.id === undefined
          ? identityOf('rule', context.cluster, policy.key, direction, JSON.stringify({ ...rule, ruleId: undefined, metadata: undefined }))
          : identityOf('id', context.cluster, direction, wishes.id);
      const sourceText = endText(rule, 'source');
      const destinationText = endText(rule, 'destination');
      const origin: Origin = {
        cluster: context.cluster,
        tier: policy.tier,
        policy: { kind: policy.kind, namespace: policy.namespace, name: policy.name },
        ruleIndex: index,
        annotations: wishes.annotations,
        ...(sourceText === '' ? {} : { sourceText }),
        ...(destinationText === '' ? {} : { destinationText }),
      };
      const families = context.families.filter((family) => variants.some(({ match }) => match.families.includes(family)));
      if (families.length > 0) {
        const answer = translationFor(wishes.snat, families, context.border, context.snatPools);
        if ('code' in answer) problems.push({ code: answer.code, rule: name, field: 'cextfire.io/snat', message: answer.message });
      }
      const owner = `${policy.key} ${name}`;
      const shared = { origin, owner, policy: policy.key, snat: wishes.snat };
      return variants.flatMap(({ label, match }): Item[] => {
        const seed = label === '' ? base : `${base}.${label}`;
        const item: Item = { ...shared, action, match, seed, log: wishes.log && action !== 'log' && action !== 'pass' };
        // A pass decides nothing that a flag could log: a rule of its own does.
        return wishes.log && action === 'pass' ? [{ ...shared, action: 'log', match, seed: `${seed}.l`, log: false }, item] : [item];
      });
    });
  const egress = read('egress');
  const ingress = read('ingress');
  return { policy, egress, ingress, sets, ids, problems, unknownFrom };
}

/** Sets that this version names and that nobody feeds. */
export function missingSets(rules: PolicyRules, has: (id: string) => FelixSet | undefined): PolicyRules['sets'] {
  return rules.sets.filter(({ id, kind }) => !suits(has(id), kind));
}
