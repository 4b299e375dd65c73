/** The passes over what a rule says as a whole: its stage, logging, families, translation; and the device's limits. */

import type { Family } from '../packets/address.ts';
import { parsePrefix } from '../packets/address.ts';
import { keep, type Lowering, piece, type Rewrite, refuse } from './lowering.ts';
import type { FilterRule, Side, Translation, Union } from './types.ts';

export function lowerStages(lowering: Lowering): void {
  if (lowering.capabilities.preDnat) return;
  lowering.pass((rule) =>
    rule.stage === 'preDnat'
      ? refuse('stage', 'this firewall cannot judge packets before it has translated their destination (preDNAT)')
      : keep(rule),
  );
}

/** Log rules become a flag on the deciding rules after them that may see the same packets. */
export function lowerLog(lowering: Lowering): void {
  const { log } = lowering.capabilities;
  if (log === 'rule') return;
  const logs = lowering.rules.flatMap((rule, index) => (rule.action === 'log' ? [{ rule, index }] : []));
  const { structure } = lowering;
  lowering.pass((rule, index): Rewrite => {
    if (rule.action === 'log') {
      if (log === 'none')
        return { ...keep(), narrowed: { field: 'log', reason: 'this firewall cannot log by rule: nothing is logged' } } as Rewrite;
      const reason = 'this firewall logs only what a rule of ours allows or denies: packets of this rule that none decides are not logged';
      const isDecided = lowering.rules.some((later, at) => at > index && later.action !== 'log' && structure.surelyCovers(later, rule));
      return isDecided ? keep() : ({ ...keep(), narrowed: { field: 'log', reason } } as Rewrite);
    }
    if (log === 'none')
      return rule.log
        ? ({ ...keep({ ...rule, log: false }), narrowed: { field: 'log', reason: 'this firewall cannot log by rule' } } as Rewrite)
        : keep(rule);
    const isMarked = rule.log || logs.some((entry) => entry.index < index && structure.mayMeet(entry.rule, rule));
    return keep(isMarked === rule.log ? rule : { ...rule, log: true });
  });
}

const ofFamily = (union: Union, family: Family): Union => ({
  ...union,
  prefixes: union.prefixes.filter((prefix) => parsePrefix(prefix)?.family === family),
});
const sideOfFamily = (side: Side, family: Family): Side => ({
  include: side.include === 'any' ? 'any' : ofFamily(side.include, family),
  exclude: ofFamily(side.exclude, family),
});

/** One rule per family; a family in which a side can hold nothing has none. */
export function lowerFamilies(lowering: Lowering): void {
  if (lowering.capabilities.mixedFamilies) return;
  lowering.pass((rule) => {
    if (rule.families.length === 1) return keep(rule);
    return keep(...rule.families.filter((family) => canMatch(lowering, rule, family)).map((family) => familyPiece(rule, family)));
  });
}

const familyPiece = (rule: FilterRule, family: Family): FilterRule =>
  piece(rule, `IPv${family}`, {
    families: [family],
    source: sideOfFamily(rule.source, family),
    destination: sideOfFamily(rule.destination, family),
  });

const canMatch = (lowering: Lowering, rule: FilterRule, family: Family): boolean =>
  lowering.structure.bound(rule.source, family).runs > 0 && lowering.structure.bound(rule.destination, family).runs > 0;

export function lowerTranslations(lowering: Lowering): void {
  const { ipv6 } = lowering.capabilities.translations;
  lowering.pass((rule) => {
    const translation = sayable(rule.translation, lowering.capabilities.translations);
    if (!translation) return refuse('translation', `this firewall cannot translate to ${nameOf(rule.translation)}`);
    const changed = translation === rule.translation ? rule : { ...rule, translation };
    const is6 = rule.families.includes(6) && (hasRange(translation, 6) || translation.kind === 'none');
    if (ipv6 || !is6) return keep(changed);
    const reason = 'this firewall cannot translate IPv6';
    if (rule.families.length === 1) return refuse('translation', reason);
    // The IPv4 half stays; the other half is denied, so that no later rule lets it out with another address.
    const denied = piece(rule, 'IPv6 cut off', {
      families: [6],
      action: 'deny',
      translation: { kind: 'absent' },
      source: sideOfFamily(rule.source, 6),
      destination: sideOfFamily(rule.destination, 6),
    });
    return {
      kind: 'rules',
      rules: [familyPiece(changed, 4), denied],
      narrowed: { field: 'translation', reason: `${reason}: its IPv6 packets are denied` },
    };
  });
}

const nameOf = (translation: Translation): string =>
  ({ absent: 'nothing', none: "the pod's own address", address: 'an address', range: 'a range', pool: 'a pool' })[translation.kind];

function hasRange(translation: Translation, family: Family): boolean {
  if (translation.kind === 'address') return translation.address.includes(':') === (family === 6);
  if (translation.kind === 'range') return translation.range.family === family;
  return translation.kind === 'pool' && translation.ranges.some((range) => range.family === family);
}

/** The same translation in a form that the device has. */
function sayable(translation: Translation, can: Lowering['capabilities']['translations']): Translation | undefined {
  switch (translation.kind) {
    case 'absent':
      return translation;
    case 'none':
    case 'address':
      return can[translation.kind] ? translation : undefined;
    case 'range':
      if (can.range) return translation;
      return can.pool ? { kind: 'pool', pool: 'range', ranges: [translation.range] } : undefined;
    case 'pool': {
      if (can.pool) return translation;
      const [range, ...more] = translation.ranges;
      return can.range && range && more.length === 0 ? { kind: 'range', range } : undefined;
    }
  }
}

/** What no longer fits is refused from the end on: a device that holds half a rulebook must be known beforehand. */
export function checkLimits(lowering: Lowering): void {
  const { maxRules, maxSets } = lowering.capabilities;
  const sets = new Set<string>();
  lowering.pass((rule, index) => {
    if (index >= maxRules) return refuse('rules', `this firewall holds at most ${maxRules} rules`);
    for (const side of [rule.source, rule.destination])
      for (const set of [...(side.include === 'any' ? [] : side.include.sets), ...side.exclude.sets]) sets.add(set);
    for (const ends of [rule.sourceEndpoints, rule.destinationEndpoints])
      for (const set of [...ends.include, ...ends.exclude]) sets.add(set);
    return sets.size > maxSets ? refuse('sets', `this firewall holds at most ${maxSets} sets of addresses`) : keep(rule);
  });
}
