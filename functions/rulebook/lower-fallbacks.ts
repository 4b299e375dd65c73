/**
 * The pass over rules that leave translation to the administrator, for devices whose NAT list has no word for that: what they take must be cut out of
 * the later translating rules (nat-cut.ts). Here it is only asked whether the device can say what is left of them; the filter stays as it is. Where it
 * cannot for the sake of protocols without a name, the rule is allowed for the others alone and the rest is denied.
 */
import type { Family } from '../packets/address.ts';
import { protocolName } from '../packets/packet.ts';
import { canSay } from './lower-services.ts';
import { keep, type Lowering, piece, type Rewrite, refuse } from './lowering.ts';
import { deriveNat, type NatEntry } from './nat.ts';
import { cutOut } from './nat-cut.ts';
import { servicesNode, servicesOfNode } from './services.ts';
import type { FilterRule } from './types.ts';

export function lowerFallbacks(lowering: Lowering): void {
  if (lowering.capabilities.translations.absent) return;
  // A rule that shrinks or goes may have spoken in the NAT list for an earlier one.
  for (let rewrites = findUnsayable(lowering); rewrites.size > 0; rewrites = findUnsayable(lowering))
    lowering.pass((rule) => rewrites.get(rule) ?? keep(rule));
}

function findUnsayable(lowering: Lowering): ReadonlyMap<FilterRule, Rewrite> {
  const out = new Map<FilterRule, Rewrite>();
  for (const border of new Set(lowering.rules.map((rule) => rule.border))) {
    const fallbacks: NatEntry[] = [];
    for (const entry of deriveNat(lowering.rulebook(), border)) {
      if (entry.translation.kind === 'absent') fallbacks.push(entry);
      else if (fallbacks.length > 0 && !isSayable(lowering, entry, fallbacks)) out.set(entry, shrink(lowering, entry, fallbacks));
    }
  }
  return out;
}

/** Families in which the device translates at all. */
const translated = ({ capabilities }: Lowering, { families }: FilterRule): readonly Family[] =>
  families.filter((family) => family === 4 || capabilities.translations.ipv6);

function isSayable(lowering: Lowering, entry: NatEntry, fallbacks: readonly NatEntry[]): boolean {
  const parts = cutOut(lowering.structure, { ...entry, families: translated(lowering, entry) }, fallbacks);
  return parts?.every(({ services }) => canSay(lowering, services)) ?? false;
}

function shrink(lowering: Lowering, rule: FilterRule, fallbacks: readonly NatEntry[]): Rewrite {
  const { structure, capabilities } = lowering;
  const { origin } = fallbacks.find((earlier) => structure.mayMeet(earlier, rule)) ?? rule;
  const earlier = `rule ${(origin.ruleIndex ?? 0) + 1} of ${origin.policy?.name ?? origin.tier}`;
  const reason = `${earlier} leaves the source address of some of its packets to the administrator, and NAT of this firewall ends at its first match`;
  const advice = `give that rule a cextfire.io/snat annotation (an address, a pool or none)`;
  if (capabilities.protocols !== 'all') {
    const { diagrams } = structure;
    const protocols = [...capabilities.protocols].sort((a, b) => a - b);
    const named = servicesNode(diagrams, [{ kind: 'protocols', protocols: protocols.map((one) => ({ first: one, last: one })) }]);
    const services = servicesOfNode(diagrams, diagrams.and(structure.services(rule.services), named));
    const isLess = diagrams.minus(structure.services(rule.services), named) !== 0;
    if (isLess && services.length > 0 && isSayable(lowering, { ...rule, services }, fallbacks)) {
      const families = translated(lowering, rule);
      const others = rule.families.filter((family) => !families.includes(family));
      return {
        kind: 'rules',
        rules: [
          ...(others.length > 0 ? [piece(rule, 'not translated', { families: others })] : []),
          { ...rule, families, services },
          piece(rule, 'untranslated', { families, action: 'deny', translation: { kind: 'absent' } }),
        ],
        narrowed: {
          field: 'translation',
          reason: `${reason}: only its ${protocols.map((one) => protocolName(one).toUpperCase()).join(' and ')} packets are allowed; or ${advice}`,
        },
      };
    }
  }
  return refuse('translation', `${reason}; ${advice}, or make the two disjoint`);
}
