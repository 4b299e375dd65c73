/**
 * The NAT list of devices that keep NAT apart from the filter, derived once for all of them (docs/decisions/0031).
 *
 * - A packet reaches NAT only when the filter allows it, so the allow rules in their order, each with its translation, say the same as the
 *   filter does. Denied packets need no entry.
 * - `absent` (the administrator's own NAT decides) is what happens without any entry. Such an entry stays only where a later one that
 *   translates could catch its packets.
 * - What an earlier rule takes entirely, or a later entry says as well, is left out.
 *
 * It looks at structure alone: no membership change alters the list.
 */
import type { Packet } from '../packets/packet.ts';
import { evaluatorOf } from './evaluate.ts';
import { Structure } from './overlap.ts';
import type { FilterRule, MemberSource, Rulebook, SetId, Translation } from './types.ts';

/**
 * A rule read as NAT: its match and its translation. First match ends. `absent` = leave it to the administrator's NAT, `none` = keep the
 * source address. The id is that of the filter rule it comes from.
 */
export type NatEntry = FilterRule;

/** The translations of one border, in order. */
export function deriveNat(rulebook: Rulebook, border: string): readonly NatEntry[] {
  const structure = new Structure(rulebook.sets);
  const chain = rulebook.rules.filter(
    (rule) => rule.border === border && rule.stage === 'forward' && rule.direction === 'egress' && rule.action !== 'log',
  );
  const earlier = new EarlierRules(structure);
  const live = chain.filter((rule) => {
    const isTaken = rule.action === 'allow' && earlier.cover(rule);
    earlier.add(rule);
    return rule.action === 'allow' && !isTaken;
  });
  const kept: NatEntry[] = [];
  for (const rule of live.reverse()) if (isNeeded(structure, rule, kept)) kept.unshift(rule);
  return kept;
}

/** Finds a rule that surely covers another without asking all of them: it names the same set of sources, or none. */
class EarlierRules {
  readonly #structure: Structure;
  readonly #wide: FilterRule[] = [];
  readonly #bySet = new Map<SetId, FilterRule[]>();

  constructor(structure: Structure) {
    this.#structure = structure;
  }

  add(rule: FilterRule): void {
    const { include } = rule.source;
    if (include === 'any' || include.prefixes.length > 0) this.#wide.push(rule);
    else
      for (const set of include.sets) {
        const list = this.#bySet.get(set);
        if (list) list.push(rule);
        else this.#bySet.set(set, [rule]);
      }
  }

  cover(rule: FilterRule): boolean {
    const { include } = rule.source;
    const set = include === 'any' ? undefined : include.sets[0];
    const candidates = set === undefined ? this.#wide : [...this.#wide, ...(this.#bySet.get(set) ?? [])];
    return candidates.some((candidate) => this.#structure.surelyCovers(candidate, rule));
  }
}

/** Would the entries after it treat its packets otherwise? */
function isNeeded(structure: Structure, rule: FilterRule, later: readonly NatEntry[]): boolean {
  for (const entry of later) {
    if (!structure.mayMeet(rule, entry)) continue;
    if (!sameTranslation(rule.translation, entry.translation)) return true;
    if (structure.surelyCovers(entry, rule)) return false;
  }
  return rule.translation.kind !== 'absent';
}

/** The same by value. */
export function sameTranslation(a: Translation, b: Translation): boolean {
  return translationText(a) === translationText(b);
}

/** One text per translation, for comparing. */
export function translationText(translation: Translation): string {
  switch (translation.kind) {
    case 'absent':
    case 'none':
      return translation.kind;
    case 'address':
      return `address ${translation.address}`;
    case 'range':
      return `range ${translation.range.first}-${translation.range.last} of ${translation.range.family}`;
    case 'pool':
      return `pool ${translation.pool} ${translation.ranges.map((range) => `${range.family}:${range.first}-${range.last}`).join()}`;
  }
}

/** What a NAT list does with packets; `absent` where no entry matches. For many packets: the members are read once. */
export function translatorOf(entries: readonly NatEntry[], members: MemberSource): (packet: Packet) => Translation {
  const evaluate = evaluatorOf({ rulebook: { rules: entries, sets: new Map() }, members });
  const border = entries[0]?.border ?? '';
  return (packet) => {
    const decision = evaluate(border, 'forward', packet);
    return decision.kind === 'allow' ? decision.rule.translation : { kind: 'absent' };
  };
}

/** What a NAT list does with one packet. */
export function translationOf(entries: readonly NatEntry[], members: MemberSource, packet: Packet): Translation {
  return translatorOf(entries, members)(packet);
}
