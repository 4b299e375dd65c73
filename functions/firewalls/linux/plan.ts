/**
 * Least edits from what was listed to what is wanted, as steps of which every prefix is safe:
 *
 *     prepare   the table and the sets that say how far we are                        nothing refers to it
 *     fill      new sets, declared and filled                                         nothing refers to them
 *     chains    new chains of rules, new lists                                        nothing jumps to them
 *     switch    ONE transaction: jumps in and out of the lists, base chains, repairs  all packets change sides at once
 *     remove    what nothing refers to any more
 *     save      the file for the next boot
 *
 * In a small change `fill`, `chains`, `switch` and `remove` are one transaction.
 *
 * A rule that changes gets a chain of a new generation, so the old one stays whole until the switch. A list that changes in many places is
 * written anew under another letter, and the switch moves one jump.
 */
import type { Rulebook, SetId } from '../../rulebook/types.ts';
import type { Desired, Json, Step, StepLane } from '../contract.ts';
import { type Line, renderLine } from './line.ts';
import { HOOKS, type ListModel, type Model, setSpecs } from './model.ts';
import { BASE, hashText, type Judge, markOf, pairOf, parseListName, parseRuleChain, parseSetName, STATE_SETS } from './naming.ts';

/** What planning needs of a listing; plain JSON, so that it can be kept beside a plan. */
export interface Native {
  readonly present: boolean;
  /** name -> spec */
  readonly sets: Readonly<Record<string, string>>;
  readonly counters: readonly string[];
  readonly chains: Readonly<
    Record<string, { readonly hook?: string; readonly lines: readonly { readonly handle: number; readonly text: string }[] }>
  >;
  /** marks of filled sets (naming.ts markOf), decimal */
  readonly ready: readonly string[];
  /** decimal, "0" before the first switch */
  readonly revision: string;
  /** the revision that the next boot would load, decimal; "" where nothing is saved */
  readonly saved: string;
}

export type Payload =
  | { readonly kind: 'prepare'; readonly table: string }
  | { readonly kind: 'fill'; readonly table: string; readonly sets: readonly SetId[] }
  /** Groups of lines; a group never spans two transactions. */
  | { readonly kind: 'script'; readonly table: string; readonly groups: readonly (readonly string[])[] }
  /** One transaction that holds only at revision `from` and leaves `to`; these sets are filled in it. */
  | {
      readonly kind: 'switch';
      readonly table: string;
      readonly sets: readonly SetId[];
      readonly lines: readonly string[];
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'save'; readonly table: string }
  | {
      readonly kind: 'members';
      readonly table: string;
      readonly changes: readonly { readonly set: SetId; readonly added: readonly string[]; readonly removed: readonly string[] }[];
    };

/** More edits than this inside one list: it is written anew. */
const MOST_EDITS = 300;
const GROUPS_PER_STEP = 1000;
/** Lines that the socket of an nft without all rights still takes in one transaction. */
const MOST_LINES_AT_ONCE = 500;
const MOST_MEMBERS_AT_ONCE = 500;
const MEMBERS_PER_FILL = 20_000;
const SETS_PER_FILL = 200;

const JUDGES = Object.keys(BASE) as Judge[];

/** Lines that create the table and its state sets; the first fails where the table exists. */
export function prepareLines(table: string): string[] {
  return [
    `create table inet ${table}`,
    ...STATE_SETS.map((set) => `add set inet ${table} ${set} { type mark . mark; }`),
    ...['fence_structure', 'fence_members', 'revision'].map((set) => `add element inet ${table} ${set} { 0 . 0 }`),
  ];
}

/** Declares the nft sets of one set of the rulebook. */
export const declareLines = (
  table: string,
  prefix: string,
  definition: { readonly id: SetId; readonly kind: 'addresses' | 'endpoints' },
): string[] => setSpecs(prefix, definition).map(({ name, spec }) => `add set inet ${table} ${name} { ${spec} }`);

export const setMark = (set: SetId): string => pairOf(markOf(set));

/** Sets of the rulebook that do not stand on the box: a part is not there as specified, or it was not filled to the end. */
function missingSets(native: Native, model: Model, rulebook: Rulebook): SetId[] {
  const ready = new Set(native.ready);
  const wrong = new Set<SetId>();
  for (const { set, name, spec } of model.sets.values()) if (native.sets[name] !== spec) wrong.add(set);
  return [...rulebook.sets.keys()].filter((set) => wrong.has(set) || !ready.has(markOf(set).toString()));
}

export function planSteps(native: Native, model: Model, desired: Desired, rulebook: Rulebook): Step[] {
  const { table, prefix } = model;
  const steps: Step[] = [];
  const firewall = desired.firewall;
  const add = (
    id: string,
    text: string,
    payload: Payload,
    effects: Partial<Pick<Step, 'creates' | 'changes' | 'removes'>>,
    lane: StepLane = 'structure',
  ) => {
    const before = steps.at(-1);
    steps.push({
      id: `${firewall}.${id}`,
      firewall,
      lane,
      text,
      needs: before ? [before.id] : [],
      creates: effects.creates ?? [],
      changes: effects.changes ?? [],
      removes: effects.removes ?? [],
      payload: payload as unknown as Json,
    });
  };

  if (!native.present) add('prepare', `create table ${table}`, { kind: 'prepare', table }, { creates: [table] });

  const missing = missingSets(native, model, rulebook);
  const lists = placeLists(native, model);
  const groups: { readonly name: string; readonly lines: string[] }[] = [];
  const standing = new Set(native.counters);
  for (const name of model.counters) if (!standing.has(name)) groups.push({ name, lines: [`add counter inet ${table} ${name}`] });
  const repairs: string[] = [];
  for (const [name, lines] of model.rules) {
    const texts = lines.map(renderLine);
    const listed = native.chains[name];
    if (!listed) groups.push({ name, lines: [...createChain(table, name), ...appendLines(table, name, texts)] });
    else if (!sameTexts(listed.lines, texts)) repairs.push(`flush chain inet ${table} ${name}`, ...appendLines(table, name, texts));
  }
  const edits: string[] = [];
  const freshLists: { readonly name: string; readonly groups: string[][] }[] = [];
  for (const { name, list, fresh } of lists.values()) {
    const texts = list.lines.map(renderLine);
    if (fresh) freshLists.push({ name, groups: chunkList(table, name, texts) });
    else edits.push(...editLines(table, name, native.chains[name]?.lines ?? [], texts));
  }
  const bases = baseLines(native, model, lists);
  const leftovers = unused(native, model, lists, rulebook);
  const fresh = freshLists.flatMap(({ groups: pieces }) => pieces.flat());
  const prepared = [...groups.flatMap((group) => group.lines), ...fresh];
  const removed = leftovers.groups.flatMap((group) => group.lines);
  const switched = [...repairs, ...bases.lines, ...edits];
  // A small change is one transaction, with all that it needs and all that it leaves behind.
  const newMembers = missing.reduce((sum, set) => sum + desired.members.members(set).size, 0);
  const isSmall =
    switched.length > 0 &&
    prepared.length + switched.length + removed.length + 5 * missing.length <= MOST_LINES_AT_ONCE &&
    newMembers <= MOST_MEMBERS_AT_ONCE;
  for (const sets of packSets(isSmall ? [] : missing, (set) => desired.members.members(set).size)) {
    const members = sets.reduce((sum, set) => sum + desired.members.members(set).size, 0);
    const what = sets.length === 1 ? `set ${sets[0]}` : `${sets.length} sets`;
    add(
      `fill-${sets[0]}`,
      `fill ${what} (${members} members)`,
      { kind: 'fill', table, sets },
      { creates: sets.map((set) => `${prefix}s${set}`) },
    );
  }
  for (let at = 0; at < groups.length && !isSmall; at += GROUPS_PER_STEP) {
    const part = groups.slice(at, at + GROUPS_PER_STEP);
    const names = [...new Set(part.map(({ name }) => name))];
    const last = Math.min(at + GROUPS_PER_STEP, groups.length);
    add(
      `chains-${at}-${hashText(names.join()).slice(0, 8)}`,
      `prepare rules ${at + 1} to ${last} of ${groups.length}`,
      { kind: 'script', table, groups: part.map(({ lines }) => lines) },
      { creates: names },
    );
  }
  // A list in one step of its own: started again, it begins with its flush.
  for (const { name, groups: pieces } of isSmall ? [] : freshLists)
    add(`list-${name}`, `prepare list ${name}`, { kind: 'script', table, groups: pieces }, { creates: [name] });

  const lines = isSmall ? [...prepared, ...switched, ...removed] : switched;
  if (lines.length > 0) {
    const to = BigInt(`0x${hashText(`${native.revision}\n${lines.join('\n')}`).slice(0, 16)}`).toString();
    const text = `switch to the new rules: ${edits.length} edits of lists, ${bases.names.length} base chains, ${repairs.length > 0 ? 'repairs' : 'no repair'}`;
    const changed = [...bases.names, ...[...lists.values()].filter((list) => !list.fresh).map(({ name }) => name)];
    add(
      `switch-${to}`,
      text,
      { kind: 'switch', table, sets: isSmall ? missing : [], lines, from: native.revision, to },
      {
        creates: isSmall
          ? [...missing.map((set) => `${prefix}s${set}`), ...new Set([...groups, ...freshLists].map(({ name }) => name))]
          : [],
        changes: changed,
        removes: isSmall ? leftovers.groups.map(({ name }) => name) : leftovers.chains,
      },
    );
  }
  if (!isSmall)
    for (let at = 0; at < leftovers.groups.length; at += GROUPS_PER_STEP) {
      const part = leftovers.groups.slice(at, at + GROUPS_PER_STEP);
      const names = part.map(({ name }) => name);
      const id = `remove-${at}-${hashText(names.join()).slice(0, 8)}`;
      add(
        id,
        `remove ${names.length} unused objects`,
        { kind: 'script', table, groups: part.map((group) => group.lines) },
        { removes: names },
      );
    }
  // Also when an earlier save found no room: a boot must not bring back what no policy says any more.
  if (steps.length > 0 || native.saved !== native.revision) add('save', `save ${table} for the next boot`, { kind: 'save', table }, {});
  return steps;
}

/** Sets filled together: many small ones in one step, a large one alone. */
function packSets(sets: readonly SetId[], size: (set: SetId) => number): SetId[][] {
  const packs: SetId[][] = [];
  let room = 0;
  for (const set of sets) {
    const members = size(set);
    const pack = packs.at(-1);
    if (!pack || members > room || pack.length >= SETS_PER_FILL) {
      packs.push([set]);
      room = MEMBERS_PER_FILL - members;
    } else {
      pack.push(set);
      room -= members;
    }
  }
  return packs;
}

interface Placed {
  readonly name: string;
  readonly list: ListModel;
  /** written anew under this name */
  readonly fresh: boolean;
}

/** The generation of each list: the one in use where few lines change, else a letter that is free. */
function placeLists(native: Native, model: Model): ReadonlyMap<string, Placed> {
  const used = new Set(
    JUDGES.flatMap((judge) => (native.chains[BASE[judge]]?.lines ?? []).map(({ text }) => / jump (\S+)/.exec(` ${text}`)?.[1])),
  );
  const out = new Map<string, Placed>();
  for (const list of model.lists.values()) {
    const names = Object.keys(native.chains).filter((name) => parseListName(model.prefix, name)?.key === list.key);
    const current = names.find((name) => used.has(name));
    const texts = list.lines.map(renderLine);
    if (current && editCount(native.chains[current]?.lines ?? [], texts) <= MOST_EDITS) {
      out.set(list.key, { name: current, list, fresh: false });
      continue;
    }
    const whole = names.find((name) => !used.has(name) && sameTexts(native.chains[name]?.lines ?? [], texts));
    if (whole) {
      out.set(list.key, { name: whole, list, fresh: false });
      continue;
    }
    const letter = [...'abcdefghijklmnopqrstuvwxyz'].find((each) => !names.includes(`${list.key}_${each}`)) ?? 'z';
    out.set(list.key, { name: `${list.key}_${letter}`, list, fresh: true });
  }
  return out;
}

const createChain = (table: string, name: string): string[] => [`add chain inet ${table} ${name}`, `flush chain inet ${table} ${name}`];
const appendLines = (table: string, chain: string, texts: readonly string[]): string[] =>
  texts.map((text) => `add rule inet ${table} ${chain} ${text}`);
const sameTexts = (listed: readonly { readonly text: string }[], texts: readonly string[]): boolean =>
  listed.length === texts.length && listed.every(({ text }, at) => text === texts[at]);

function chunkList(table: string, name: string, texts: readonly string[]): string[][] {
  const pieces: string[][] = [createChain(table, name)];
  const size = 500;
  for (let at = 0; at < texts.length; at += size) pieces.push(appendLines(table, name, texts.slice(at, at + size)));
  return pieces;
}

/** Longest common subsequence by text where the middle is small; else everything between the common ends counts as changed. */
function keptPairs(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) pairs.push([start, start++]);
  let endBefore = before.length;
  let endAfter = after.length;
  const tail: [number, number][] = [];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) tail.unshift([--endBefore, --endAfter]);
  const height = endBefore - start;
  const width = endAfter - start;
  if (height > 0 && width > 0 && height * width <= 4_000_000) {
    const table = Array.from({ length: height + 1 }, () => new Uint32Array(width + 1));
    for (let i = height - 1; i >= 0; i--)
      for (let j = width - 1; j >= 0; j--) {
        const row = table[i] as Uint32Array;
        const next = table[i + 1] as Uint32Array;
        row[j] = before[start + i] === after[start + j] ? (next[j + 1] as number) + 1 : Math.max(next[j] as number, row[j + 1] as number);
      }
    for (let i = 0, j = 0; i < height && j < width; )
      if (before[start + i] === after[start + j]) pairs.push([start + i++, start + j++]);
      else if ((table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0)) i++;
      else j++;
  }
  return [...pairs, ...tail];
}

function editCount(listed: readonly { readonly text: string }[], texts: readonly string[]): number {
  const kept = keptPairs(
    listed.map(({ text }) => text),
    texts,
  ).length;
  return listed.length + texts.length - 2 * kept;
}

/** Deletes by handle what goes, and puts what is new behind the kept line before it; kept lines are not touched. */
function editLines(
  table: string,
  chain: string,
  listed: readonly { readonly handle: number; readonly text: string }[],
  texts: readonly string[],
): string[] {
  const kept = new Map(
    keptPairs(
      listed.map(({ text }) => text),
      texts,
    ).map(([before, after]) => [after, before]),
  );
  const stays = new Set(kept.values());
  const out: string[] = [];
  // Behind one handle the last to come stands first, so each run of new lines goes in backwards.
  for (let at = texts.length - 1; at >= 0; at--) {
    if (kept.has(at)) continue;
    let anchor = at - 1;
    while (anchor >= 0 && !kept.has(anchor)) anchor--;
    const handle = anchor >= 0 ? listed[kept.get(anchor) as number]?.handle : undefined;
    out.push(
      handle === undefined
        ? `insert rule inet ${table} ${chain} ${texts[at]}`
        : `add rule inet ${table} ${chain} handle ${handle} ${texts[at]}`,
    );
  }
  for (const [at, { handle }] of listed.entries()) if (!stays.has(at)) out.push(`delete rule inet ${table} ${chain} handle ${handle}`);
  return out;
}

/** Base chains are few lines; one that differs is flushed and written again inside the switch. */
function baseLines(native: Native, model: Model, lists: ReadonlyMap<string, Placed>): { lines: string[]; names: string[] } {
  const out: string[] = [];
  const names: string[] = [];
  for (const judge of JUDGES) {
    const name = BASE[judge];
    const listed = native.chains[name];
    const texts = model.base[judge].map((line: Line) => {
      const target = line.verdict.kind === 'jump' ? lists.get(line.verdict.chain)?.name : undefined;
      return renderLine(target ? { ...line, verdict: { kind: 'jump', chain: target } } : line);
    });
    const rightHook = listed?.hook === HOOKS[judge];
    if (listed && rightHook && sameTexts(listed.lines, texts)) continue;
    names.push(name);
    if (listed) out.push(`flush chain inet ${model.table} ${name}`);
    if (listed && !rightHook) out.push(`delete chain inet ${model.table} ${name}`);
    if (!listed || !rightHook) out.push(`add chain inet ${model.table} ${name} { ${HOOKS[judge]} }`);
    out.push(...appendLines(model.table, name, texts));
  }
  return { lines: out, names };
}

/** What is ours, or stands in our table, and nothing wants: lists, then chains of rules, then sets and counters. Each group can run twice. */
function unused(
  native: Native,
  model: Model,
  lists: ReadonlyMap<string, Placed>,
  rulebook: Rulebook,
): { groups: { name: string; lines: string[] }[]; chains: string[] } {
  const { table, prefix } = model;
  const wanted = new Set([...lists.values()].map(({ name }) => name));
  for (const judge of JUDGES) wanted.add(BASE[judge]);
  const names = Object.keys(native.chains).filter((name) => !wanted.has(name) && !model.rules.has(name));
  // Jumps point from base chains to lists to rules; what a person added may point anywhere, so it goes first.
  const rank = (name: string): number => (parseRuleChain(prefix, name) ? 2 : parseListName(prefix, name) ? 1 : 0);
  names.sort((a, b) => rank(a) - rank(b));
  const groups = names.map((name) => ({ name, lines: [...createChain(table, name), `delete chain inet ${table} ${name}`] }));
  const sets = Object.keys(native.sets).filter((name) => !model.sets.has(name) && !(STATE_SETS as readonly string[]).includes(name));
  const gone = new Set<SetId>();
  for (const name of sets) {
    const parsed = parseSetName(prefix, name);
    const lines = [`add set inet ${table} ${name} { ${native.sets[name]} }`, `delete set inet ${table} ${name}`];
    if (parsed && !rulebook.sets.has(parsed.set) && !gone.has(parsed.set)) {
      gone.add(parsed.set);
      const mark = setMark(parsed.set);
      lines.unshift(`add element inet ${table} ready { ${mark} }`, `delete element inet ${table} ready { ${mark} }`);
    }
    groups.push({ name, lines });
  }
  for (const name of native.counters)
    if (!model.counters.has(name))
      groups.push({ name, lines: [`add counter inet ${table} ${name}`, `delete counter inet ${table} ${name}`] });
  return { groups, chains: names };
}
