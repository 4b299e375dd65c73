/** Our part of a configuration as one text, to tell whether two of them differ in what is ours. */
import type { FirewallSettings } from '../../settings.ts';
import { canonical, keyOf } from './objects.ts';
import type { Reading } from './reading.ts';

/** Of the others' rules only the anchor counts, or the end where our block stands: what else they move across it is no change of ours. */
function textOf(reading: Reading, placement: FirewallSettings['placement']): string {
  const objects = [...reading.objects.values()].map((one) => `${keyOf(one.table, one.name)} ${canonical(one.fields)}`).sort();
  const groups = [...reading.groupMembers].map(([name, members]) => `${name} ${[...members].sort().join()}`).sort();
  const order = (['security', 'nat'] as const).map((table) => {
    const { where, rule } = table === 'security' ? placement.filter : placement.nat;
    const names = reading.order[table];
    const ours = (name: string) => reading.objects.has(keyOf(table, name));
    const first = names.findIndex((name) => !ours(name));
    const edge = where === 'top' ? first : where === 'bottom' ? names.findLastIndex((name) => !ours(name)) : names.indexOf(rule ?? '');
    return names.flatMap((name, at) => (ours(name) ? [`${name}@${edge >= 0 && edge < at}`] : []));
  });
  return JSON.stringify([objects, groups, order]);
}

export const differ = (a: Reading, b: Reading, placement: FirewallSettings['placement']): boolean =>
  textOf(a, placement) !== textOf(b, placement);
