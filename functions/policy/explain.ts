/**
 * One packet explained: what the policies say and the whole way to it (the reference evaluator), and what a rulebook does with it. The two are worked
 * out independently; `differences` says in what they are not one. As data: the words are in cli/way-text.ts.
 */
import type { Packet } from '../packets/packet.ts';
import type { Book } from '../rulebook/algebra.ts';
import { evaluatorOf, type Passage, passageOf } from '../rulebook/evaluate.ts';
import type { Decision, Translation } from '../rulebook/types.ts';
import { type EvaluateInput, type Explanation, evaluatePolicies } from './evaluate.ts';

export type Difference = 'verdict' | 'translation' | 'log';

/** What a rulebook does with the packet, and at which stage; its rule's id is in the name of the rule on the device. */
export interface Decided extends Passage {
  /** in what it is not what the policies say */
  readonly differences: readonly Difference[];
}

export interface ExplainedPacket {
  readonly policies: Explanation;
  /** by the rulebook that was compiled; undefined: none was given */
  readonly compiled: Decided | undefined;
  /** by the one that stands on a device */
  readonly standing: Decided | undefined;
}

/** @throws RangeError for a packet without the ports or the type of its protocol */
export function explainPacket(input: EvaluateInput, packet: Packet, compiled?: Book, standing?: Book): ExplainedPacket {
  const policies = evaluatePolicies(input, packet);
  const held = (book: Book | undefined): Decided | undefined => {
    if (!book) return undefined;
    const { stage, decision } = decide(book, input.hostEndpoint, packet);
    return { stage, decision, differences: differences(policies, decision, packet) };
  };
  return { policies, compiled: held(compiled), standing: held(standing) };
}

/** What a book does with a packet, both stages together. */
export const decide = (book: Book, border: string, packet: Packet): Passage => passageOf(evaluatorOf(book))(border, packet);

function differences({ verdict, translation, logged }: Explanation, decision: Decision, { family }: Packet): Difference[] {
  const out: Difference[] = [];
  if (decision.kind !== verdict) out.push('verdict');
  else if (decision.kind === 'allow' && translationKey(decision.rule.translation, family) !== translationKey(translation, family))
    out.push('translation');
  if (decision.logged !== logged) out.push('log');
  return out;
}

/** Of the packet's family: a pool holds ranges of both. */
function translationKey(translation: Translation, family: Packet['family']): string {
  const ranges = (all: readonly { readonly family: number; readonly first: bigint; readonly last: bigint }[]) =>
    all.filter((range) => range.family === family).map(({ first, last }) => `${first}-${last}`);
  switch (translation.kind) {
    case 'absent':
    case 'none':
      return translation.kind;
    case 'address':
      return translation.address;
    case 'range':
      return ranges([translation.range]).join();
    case 'pool':
      return `${translation.pool} ${ranges(translation.ranges).join()}`;
  }
}
