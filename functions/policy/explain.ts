/**
 * One packet explained: what the policies say and the whole way to it (the reference evaluator), and the compiled rules that decide the same, as data
 * and as text. The two are worked out independently; `agree` says whether they are one.
 */
import { formatPacket, type Packet } from '../packets/packet.ts';
import type { Book } from '../rulebook/algebra.ts';
import { evaluatorOf } from '../rulebook/evaluate.ts';
import type { Decision, Stage, Translation } from '../rulebook/types.ts';
import { type EvaluateInput, type Explanation, evaluatePolicies } from './evaluate.ts';

export interface ExplainedPacket {
  readonly packet: Packet;
  readonly policies: Explanation;
  /** What the rulebook does, and at which stage; its rule's id is in the name of the rule on the device. Undefined: no rulebook was given. */
  readonly compiled: { readonly stage: Stage; readonly decision: Decision } | undefined;
  /** Same verdict, same translation, same log. */
  readonly agree: boolean;
}

/** @throws RangeError for a packet without the ports or the type of its protocol */
export function explainPacket(input: EvaluateInput, packet: Packet, book?: Book): ExplainedPacket {
  const policies = evaluatePolicies(input, packet);
  const compiled = book && decide(book, input.hostEndpoint, packet);
  return { packet, policies, compiled, agree: !compiled || agreesWith(policies, compiled.decision, packet) };
}

/** As a packet meets them: a pre-DNAT deny ends it, else the forward chain decides. */
function decide(book: Book, border: string, packet: Packet): NonNullable<ExplainedPacket['compiled']> {
  const evaluate = evaluatorOf(book);
  const before = evaluate(border, 'preDnat', packet);
  if (before.kind === 'deny') return { stage: 'preDnat', decision: before };
  const after = evaluate(border, 'forward', packet);
  return { stage: 'forward', decision: { ...after, logged: before.logged || after.logged } };
}

function agreesWith({ verdict, translation, logged }: Explanation, decision: Decision, { family }: Packet): boolean {
  if (decision.kind !== verdict || decision.logged !== logged) return false;
  return decision.kind !== 'allow' || translationText(decision.rule.translation, family) === translationText(translation, family);
}

function translationText(translation: Translation, family: Packet['family']): string {
  const ranges = (all: readonly { readonly family: number; readonly first: bigint; readonly last: bigint }[]) =>
    all.filter((range) => range.family === family).map(({ first, last }) => `${first}-${last}`);
  switch (translation.kind) {
    case 'absent':
      return "left to the administrator's NAT";
    case 'none':
      return 'keeps its own address';
    case 'address':
      return `as ${translation.address}`;
    case 'range':
      return `as one of ${ranges([translation.range]).join()}`;
    case 'pool':
      return `from pool ${translation.pool} (${ranges(translation.ranges).join()})`;
  }
}

/** A line for each tier, policy and rule, then the compiled rule; no colours, no widths. */
export function explanationText({ packet, policies, compiled, agree }: ExplainedPacket): string {
  const { verdict, translation, logged, outOfScope, way } = policies;
  const lines = [`${formatPacket(packet)}, ${packet.direction}`];
  if (outOfScope !== undefined) lines.push(`not asked: ${outOfScope}`);
  for (const tier of way) {
    lines.push(`tier ${tier.tier} (${tier.stage}): ${tier.outcome}`);
    for (const policy of tier.policies) {
      lines.push(`  ${policy.policy}: ${policy.outcome}`);
      for (const { direction, index, action, matched, why } of policy.rules)
        lines.push(`    ${direction} rule ${index + 1} ${action}: ${matched ? 'MATCHES, ' : 'no, '}${why}`);
    }
  }
  const translated = verdict === 'allow' && packet.direction === 'egress' ? `, ${toldTranslation(translation)}` : '';
  lines.push(`policies: ${verdict}${translated}${logged ? ', logged' : ''}`);
  if (compiled) {
    const { decision, stage } = compiled;
    const by = decision.kind === 'unmatched' ? 'no rule of ours matches' : `rule ${decision.rule.id} (${stage})`;
    lines.push(`rulebook: ${decision.kind}, ${by}${agree ? '' : '; THIS DIFFERS from the policies'}`);
  }
  return lines.join('\n');
}

function toldTranslation(translation: Translation): string {
  if (translation.kind === 'pool') return `leaves as an address of pool ${translation.pool}`;
  if (translation.kind === 'range') return 'leaves as an address of its range';
  return translation.kind === 'address' ? `leaves as ${translation.address}` : translationText(translation, 4);
}
