/** The way of a packet through the policies, in lines: tier by tier, policy by policy, rule by rule. */
import type { PolicyKey } from '../functions/cluster/view.ts';
import type { PolicyStep, RuleStep, TierStep } from '../functions/policy/evaluate.ts';
import type { Look, Style } from './io.ts';
import { wrap } from './table-text.ts';

/** "GlobalNetworkPolicy//border.x" -> "border.x"; of a namespace: "NetworkPolicy shop/web". */
export function policyKeyText(key: PolicyKey): string {
  const [kind = '', namespace = '', ...name] = key.split('/');
  const whole = name.join('/');
  const plain = kind === 'GlobalNetworkPolicy' ? whole : `${kind} ${namespace ? `${namespace}/` : ''}${whole}`;
  return plain || key;
}

const ENDS: Readonly<Record<TierStep['outcome'], { readonly text: string; readonly style: Style }>> = {
  allow: { text: 'allows', style: 'green' },
  deny: { text: 'denies', style: 'red' },
  pass: { text: 'passes to the next tier', style: 'dim' },
  'end: drop': { text: 'no rule matched: dropped at the end of the tier', style: 'red' },
  'end: left to the administrator': { text: "no rule matched: left to the administrator's own rules", style: 'dim' },
  'end: next tier': { text: 'no rule matched: on to the next tier', style: 'dim' },
  'nothing enforced': { text: 'has no enforced policy in this direction: skipped', style: 'dim' },
};

const OUTCOMES: Readonly<Record<PolicyStep['outcome'], { readonly text: string; readonly style: Style }>> = {
  allow: { text: 'allows', style: 'green' },
  deny: { text: 'denies', style: 'red' },
  pass: { text: 'passes', style: 'dim' },
  'no match': { text: 'no rule matches', style: 'dim' },
  'staged, skipped': { text: 'staged: not enforced, skipped', style: 'dim' },
  'not known, skipped': { text: 'refused or not known, skipped', style: 'yellow' },
};

export function wayLines(way: readonly TierStep[], look: Look): string[] {
  return way.flatMap(({ tier, stage, outcome, policies }) => {
    const { text, style } = ENDS[outcome];
    const head = `${look.paint('bold', `tier ${tier}`)}${stage === 'preDnat' ? ' (before DNAT)' : ''}  ${look.paint(style, text)}`;
    return [`  ${head}`, ...policies.flatMap((policy) => policyLines(policy, look))];
  });
}

function policyLines({ policy, outcome, rules }: PolicyStep, look: Look): string[] {
  const { text, style } = OUTCOMES[outcome];
  const heads = rules.map(({ direction, index, action }) => `${direction} rule ${index + 1} ${action}`);
  const width = Math.max(...heads.map(({ length }) => length));
  return [
    `    ${policyKeyText(policy)}  ${look.paint(style, text)}`,
    ...rules.flatMap((rule, at) => ruleLines(rule, (heads[at] ?? '').padEnd(width), look)),
  ];
}

function ruleLines({ matched, why }: RuleStep, head: string, { paint, width }: Look): string[] {
  const indent = 6 + 4 + head.length + 2;
  const [first = '', ...rest] = wrap(why, Math.max(30, width - indent));
  const mark = matched ? paint('green', 'yes') : paint('dim', 'no ');
  return [`      ${mark} ${head}  ${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
}
