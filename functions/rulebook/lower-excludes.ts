/**
 * The pass over what sides take out, for devices that only list what they hold: prefixes are subtracted, sets become derived sets, and where the
 * rule holds "any" an earlier rule decides what is taken out as it would be decided anyway.
 */

import { rangeToPrefixes } from '../packets/address.ts';
import { minus, prefixSet, rangesOf } from '../packets/address-set.ts';
import { keep, type Lowering, piece, type Rewrite, refuse } from './lowering.ts';
import { type FilterRule, NO_UNION, type SetExpression, type Side } from './types.ts';

type End = 'source' | 'destination';
/** A list of prefixes longer than this is no longer a rule that people read; then an earlier rule is tried. */
const MOST_PREFIXES = 256;

export function lowerExcludes(lowering: Lowering): void {
  for (const end of ['source', 'destination'] as const) lowering.pass((rule, index) => lowerEnd(lowering, rule, index, end));
}

function lowerEnd(lowering: Lowering, rule: FilterRule, index: number, end: End): Rewrite {
  const { excludePrefixes, excludeSets } = lowering.capabilities;
  const side = rule[end];
  const takesPrefixes = !excludePrefixes && side.exclude.prefixes.length > 0;
  const takesSets = !excludeSets && side.exclude.sets.length > 0;
  if (!takesPrefixes && !takesSets) return keep(rule);
  const listed = subtract(lowering, rule, side, takesPrefixes, takesSets);
  if (listed) return keep({ ...rule, [end]: listed });

  // Earlier: the packets that the rule leaves out, decided by what would decide them.
  const out: Side = {
    include: { sets: takesSets ? side.exclude.sets : [], prefixes: takesPrefixes ? side.exclude.prefixes : [] },
    exclude: NO_UNION,
  };
  const left = { sets: takesSets ? [] : side.exclude.sets, prefixes: takesPrefixes ? [] : side.exclude.prefixes };
  const leftOut = piece(rule, `${end} left out`, { [end]: out });
  const decider = lowering.decider(leftOut, index);
  if (decider) {
    const { action, log, translation, origin } = decider;
    return keep({ ...leftOut, action, log, translation, origin }, { ...rule, [end]: { include: side.include, exclude: left } });
  }
  const what = side.exclude.sets.map((set) => lowering.text(set)).concat(side.exclude.prefixes);
  return refuse(end, `this firewall cannot match "${end} but not ${what.join(', ')}", and no single later rule decides those packets`);
}

/** The same side without the excludes that the device lacks, or undefined. */
function subtract(lowering: Lowering, rule: FilterRule, side: Side, takesPrefixes: boolean, takesSets: boolean): Side | undefined {
  const { cluster } = rule.origin;
  const sets = side.include === 'any' ? [] : side.include.sets;
  let prefixes = side.include === 'any' ? ['0.0.0.0/0', '::/0'] : side.include.prefixes;
  if (takesSets && prefixes.length > 0) return undefined;
  if (takesPrefixes) {
    prefixes = rule.families.flatMap((family) =>
      [...rangesOf(minus(prefixSet(family, prefixes), prefixSet(family, side.exclude.prefixes)))].flatMap(rangeToPrefixes),
    );
    if (prefixes.length > MOST_PREFIXES) return undefined;
  }
  const expressions = (ids: readonly string[]): SetExpression => any(ids.map((id) => lowering.expression(id, cluster)));
  const texts = (ids: readonly string[]) => ids.map((id) => lowering.text(id)).join(' || ');
  let held = sets;
  if (sets.length > 0) {
    let expression = expressions(sets);
    let text = texts(sets);
    if (takesSets) {
      expression = { kind: 'minus', of: expression, without: expressions(side.exclude.sets) };
      text = `(${text}) && !(${texts(side.exclude.sets)})`;
    }
    if (takesPrefixes) {
      expression = { kind: 'outside', of: expression, prefixes: side.exclude.prefixes };
      text = `(${text}) outside ${side.exclude.prefixes.join(', ')}`;
    }
    held = [lowering.derive(cluster, expression, text)];
  }
  return {
    include: { sets: held, prefixes },
    exclude: { sets: takesSets ? [] : side.exclude.sets, prefixes: takesPrefixes ? [] : side.exclude.prefixes },
  };
}

export const any = (of: readonly SetExpression[]): SetExpression => (of.length === 1 ? (of[0] as SetExpression) : { kind: 'or', of });
