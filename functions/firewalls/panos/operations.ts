/** Operations on the candidate: the difference between what stands there and what shall, in an order that the device takes (reference B1.12). */
import type { FirewallSettings } from '../../settings.ts';
import { panosError } from './errors.ts';
import { canonical, contentXml, type DeviceObject, isRule, keyOf, type RuleTable, TABLES, type Table } from './objects.ts';
import { entryOf, type Place } from './place.ts';
import type { Reading } from './reading.ts';
import { escapeXml } from './xml.ts';

/** `had`: the object was read with our marker; without it an edit, a move or a deletion is refused. */
export type Operation =
  | { readonly do: 'set'; readonly table: Table; readonly name: string; readonly xml: string }
  | { readonly do: 'edit'; readonly table: Table; readonly name: string; readonly xml: string; readonly had: true }
  | { readonly do: 'delete'; readonly table: Table; readonly name: string; readonly had: true }
  /** directly after this rule; null = first of all */
  | { readonly do: 'move'; readonly table: RuleTable; readonly name: string; readonly after: string | null; readonly had: true };

export interface Target {
  readonly objects: ReadonlyMap<string, DeviceObject>;
  readonly order: Readonly<Record<RuleTable, readonly string[]>>;
}

/** Where our block begins among the others' rules: how many of them stand before it. undefined: the anchor does not exist. */
export function anchorIndex(anchor: FirewallSettings['placement']['filter'], foreign: readonly string[]): number | undefined {
  if (anchor.where === 'top') return 0;
  if (anchor.where === 'bottom') return foreign.length;
  const index = anchor.rule === undefined ? -1 : foreign.indexOf(anchor.rule);
  return index < 0 ? undefined : index + (anchor.where === 'after' ? 1 : 0);
}

/** Positions of a longest increasing run. */
function longestIncreasing(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before = new Array<number>(values.length).fill(-1);
  for (let index = 0; index < values.length; index++) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < (values[index] as number)) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = tails[low - 1] as number;
    tails[low] = index;
  }
  const out = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] as number) out.add(index);
  return out;
}

/** Least moves that make our rules one block at its place; others' rules are never moved. */
export function movesOf(
  current: readonly string[],
  ours: readonly string[],
  blockAt: number,
): { readonly name: string; readonly after: string | null }[] {
  const mine = new Set(ours);
  const position = new Map(current.map((name, index) => [name, index]));
  const foreignBefore = new Map<string, number>();
  let foreign = 0;
  for (const name of current) {
    if (mine.has(name)) foreignBefore.set(name, foreign);
    else foreign++;
  }
  const settled = ours.filter((name) => foreignBefore.get(name) === blockAt);
  const kept = new Set(
    [...longestIncreasing(settled.map((name) => position.get(name) as number))].map((index) => settled[index] as string),
  );
  const others = current.filter((name) => !mine.has(name));
  let last = blockAt === 0 ? null : (others[blockAt - 1] as string);
  const moves: { name: string; after: string | null }[] = [];
  for (const name of ours) {
    if (!kept.has(name)) moves.push({ name, after: last });
    last = name;
  }
  return moves;
}

const CREATE: readonly Table[] = ['tag', 'address', 'service', 'service-group', 'address-group', 'nat', 'security'];
const DELETE: readonly Table[] = ['security', 'nat', 'address-group', 'service-group', 'service', 'address', 'tag'];

export function operationsBetween(
  reading: Reading,
  target: Target,
  blockAt: Readonly<Record<RuleTable, number>>,
  /** what is written by whoever knows the members */
  skip: (want: DeviceObject, have: DeviceObject | undefined) => boolean = () => false,
): Operation[] {
  const out: Operation[] = [];
  for (const table of CREATE) {
    const names = isRule(table)
      ? target.order[table]
      : [...target.objects.values()].filter((one) => one.table === table).map((one) => one.name);
    for (const name of names) {
      const want = target.objects.get(keyOf(table, name));
      const have = reading.objects.get(keyOf(table, name));
      if (!want || skip(want, have)) continue;
      if (!have) out.push({ do: 'set', table, name, xml: contentXml(want) });
      else if (canonical(have.fields) !== canonical(want.fields)) out.push({ do: 'edit', table, name, xml: contentXml(want), had: true });
    }
  }
  const gone = [...reading.objects.values()].filter((one) => !target.objects.has(keyOf(one.table, one.name)));
  for (const table of ['nat', 'security'] as const) {
    const leaving = new Set(gone.filter((one) => one.table === table).map((one) => one.name));
    const created = target.order[table].filter((name) => !reading.objects.has(keyOf(table, name)));
    const current = [...reading.order[table], ...created];
    // rules that leave still stand while the others move: they count as others' until they are deleted
    const stay = current.filter((name) => !leaving.has(name));
    for (const { name, after } of movesOf(stay, target.order[table], blockAt[table]))
      out.push({ do: 'move', table, name, after, had: true });
  }
  for (const table of DELETE)
    for (const { name } of gone.filter((one) => one.table === table)) out.push({ do: 'delete', table, name, had: true });
  return out;
}

/** The gate: every element of a batch passes here (DESIGN.md section 4). Throws CEXT_PANOS_NOT_OURS. */
export function elementOf(operation: Operation, place: Place, prefix: string, id: number): string {
  const { table, name } = operation;
  const foreign =
    !TABLES.includes(table) ||
    !name.startsWith(prefix) ||
    !/^[A-Za-z0-9_]{1,63}$/.test(name) ||
    (operation.do !== 'set' && operation.had !== true);
  if (foreign || place.root === undefined)
    throw panosError(
      'CEXT_PANOS_NOT_OURS',
      `${operation.do} of ${table} "${name}" was stopped: it is not under "${prefix}" with our marker`,
    );
  const path = escapeXml(entryOf(place, table, name));
  switch (operation.do) {
    case 'set':
      return `<set id="${id}" xpath="${path}">${operation.xml}</set>`;
    case 'edit':
      return `<edit id="${id}" xpath="${path}"><entry name="${escapeXml(name)}">${operation.xml}</entry></edit>`;
    case 'delete':
      return `<delete id="${id}" xpath="${path}"/>`;
    case 'move':
      return operation.after === null
        ? `<move id="${id}" xpath="${path}" where="top"/>`
        : `<move id="${id}" xpath="${path}" where="after" dst="${escapeXml(operation.after)}"/>`;
  }
}
