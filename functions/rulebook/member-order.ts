/**
 * The order in which members come and go where several sets cannot change in one call (`Capabilities.atomicMembership`).
 *
 * A change of a set switches the rules that name it on or off for some addresses. Let all that switches on go from the top of the list to the bottom, then
 * all that switches off from the bottom to the top: at every moment each packet is decided by the rule that decided it before, or by the one that
 * will. (The first rule that matches in between: were it one that is still to go, nothing above it is new, so it was the first; else nothing
 * above it stays, so it will be.) Sets are named by several rules, so only what may touch the same packets is kept in that order. A rule with
 * changed sets on two of its sides holds for a packet only while both match: there what ends goes before what begins.
 *
 * Where these orders contradict each other (one set widens an allow and a deny at once), closing wins, and the gap is said.
 */
import { parsePrefix } from '../packets/address.ts';
import { Structure } from './overlap.ts';
import { type FilterRule, type Member, NO_ENDPOINTS, NO_UNION, type Rulebook, type SetId, type Side } from './types.ts';

export interface SetChange {
  readonly set: SetId;
  readonly added: ReadonlySet<Member>;
  readonly removed: ReadonlySet<Member>;
}

export interface OrderedMembers {
  /** To be carried out one after the other; inside one of them in any order and in any parts. */
  readonly phases: readonly (readonly SetChange[])[];
  /** The packets between two phases that may be dropped though old and new policy allow them; undefined: none. */
  readonly gap?: string;
}

interface Move {
  readonly set: SetId;
  readonly comes: boolean;
  readonly members: ReadonlySet<Member>;
  readonly end: Side;
  /** Members that come into, and go from, the same sets: they move alike. */
  readonly group: number;
}

type Part = 'source' | 'destination' | 'sourceEndpoints' | 'destinationEndpoints';
/** One place where a rule names a set. */
interface Mention {
  readonly place: number;
  readonly rule: FilterRule;
  readonly part: Part;
  readonly excluded: boolean;
}

/** Before: the first of the two moves must not come after the second. `opens`: else packets pass that nobody allows; not only are some dropped. */
interface Edge {
  readonly from: Move;
  readonly to: Move;
  readonly opens: boolean;
}

/** Beyond these no exact order is looked for: it would cost seconds, or many calls. Moves; pairs of rules looked at; phases. */
const MOST_MOVES = 200;
const MOST_PAIRS = 1_000_000;
const MOST_PHASES = 8;

const GAP = 'members that move between rules which cannot change together are dropped between two calls';

export function orderMembers(rulebook: Rulebook, changes: readonly SetChange[]): OrderedMembers {
  const moving = changes.filter(({ added, removed }) => added.size + removed.size > 0);
  const [only] = moving;
  if (!only) return { phases: [] };
  if (moving.length === 1 && (only.added.size === 0 || only.removed.size === 0)) return { phases: [[only]] };
  const mentions = mentionsOf(rulebook.rules, new Set(moving.map(({ set }) => set)));
  return exactly(rulebook, moving, mentions) ?? roughly(moving, mentions);
}

type Mentions = ReadonlyMap<SetId, readonly Mention[]>;

/** Undefined: too many. */
function exactly(rulebook: Rulebook, changes: readonly SetChange[], mentions: Mentions): OrderedMembers | undefined {
  const moves = movesOf(changes);
  const edges = moves.length <= MOST_MOVES ? edgesBetween(rulebook, moves, mentions, changes) : undefined;
  if (!edges) return undefined;
  const left = new Set(moves);
  const openings = (move: Move) => (mentions.get(move.set) ?? []).filter((mention) => opens(move, mention)).length;
  const phases: SetChange[][] = [];
  let gap = false;
  while (left.size > 0) {
    if (phases.length === MOST_PHASES) return undefined;
    const open = edges.filter(({ from, to }) => left.has(from) && left.has(to));
    const free = (of: readonly Edge[]) => {
      const waiting = new Set(of.map(({ to }) => to));
      return [...left].filter((move) => !waiting.has(move));
    };
    let ready = free(open);
    if (ready.length === 0) {
      gap = true;
      ready = free(open.filter((edge) => edge.opens));
      // One at a time, what only closes first: no more is broken than must be.
      ready = (ready.length > 0 ? ready : [...left]).sort((a, b) => openings(a) - openings(b)).slice(0, 1);
    }
    for (const move of ready) left.delete(move);
    phases.push(togetherAgain(ready));
  }
  return gap ? { phases, gap: GAP } : { phases };
}

/** What only closes goes first. Where all rules that are touched mean the same, what comes goes first, and nothing closes in between. */
function roughly(changes: readonly SetChange[], mentions: Mentions): OrderedMembers {
  const all = [...mentions.values()].flat();
  const isOne = new Set(all.map(({ rule, part, excluded }) => `${meaningOf(rule)} ${part} ${excluded}`)).size === 1;
  const rank = (set: SetId, comes: boolean): number => {
    const closes = !isOne && !(mentions.get(set) ?? []).some((mention) => opens({ comes }, mention));
    return closes ? 0 : comes ? 1 : 2;
  };
  const none: ReadonlySet<Member> = new Set();
  const phases = [0, 1, 2].map((phase) =>
    changes
      .map(({ set, added, removed }) => ({
        set,
        added: rank(set, true) === phase ? added : none,
        removed: rank(set, false) === phase ? removed : none,
      }))
      .filter(({ added, removed }) => added.size + removed.size > 0),
  );
  const some = phases.filter((phase) => phase.length > 0);
  return isOne || some.length === 1 ? { phases: some } : { phases: some, gap: GAP };
}

function movesOf(changes: readonly SetChange[]): Move[] {
  const whereTo = new Map<Member, string>();
  changes.forEach(({ added, removed }, at) => {
    for (const [members, sign] of [
      [added, '+'],
      [removed, '-'],
    ] as const)
      for (const member of members) whereTo.set(member, `${whereTo.get(member) ?? ''}${sign}${at}`);
  });
  const groups = new Map<string, { readonly number: number; readonly members: Set<Member> }>();
  for (const [member, key] of whereTo) {
    const group = groups.get(key) ?? { number: groups.size, members: new Set() };
    group.members.add(member);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ number: group, members }) => {
    const end: Side = { include: { sets: [], prefixes: [...members].flatMap(prefixOf) }, exclude: NO_UNION };
    const [one] = members;
    return changes.flatMap(({ set, added, removed }): Move[] => {
      const about = { set, members, end, group };
      if (one !== undefined && added.has(one)) return [{ ...about, comes: true }];
      return one !== undefined && removed.has(one) ? [{ ...about, comes: false }] : [];
    });
  });
}

/** "10.1.2.3,tcp:80" -> its address. */
function prefixOf(member: Member): string[] {
  const [address = ''] = member.split(',');
  const prefix = address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`;
  return parsePrefix(prefix) ? [prefix] : [];
}

// Stryker disable all: who stands apart does not meet either; asking so costs less
const isHosts = ({ members }: Move): boolean => {
  for (const member of members) if (!/(\/32|\/128)$/.test(member)) return false;
  return true;
};
// Stryker restore all

function togetherAgain(moves: readonly Move[]): SetChange[] {
  const out = new Map<SetId, { set: SetId; added: Set<Member>; removed: Set<Member> }>();
  for (const { set, comes, members } of moves) {
    const change = out.get(set) ?? { set, added: new Set<Member>(), removed: new Set<Member>() };
    for (const member of members) (comes ? change.added : change.removed).add(member);
    out.set(set, change);
  }
  return [...out.values()];
}

/** Whether it lets an allow begin, or a deny end. */
const opens = ({ comes }: Pick<Move, 'comes'>, { excluded, rule }: Mention): boolean => (comes !== excluded) === (rule.action === 'allow');

/** Undefined: too many pairs of rules. */
function edgesBetween(rulebook: Rulebook, moves: readonly Move[], mentions: Mentions, changes: readonly SetChange[]): Edge[] | undefined {
  const structure = new Structure(rulebook.sets);
  const changeOf = new Map(changes.map((change) => [change.set, change]));
  const edges: Edge[] = [];
  // Stryker disable all: who stands apart does not meet either; asking so costs less
  const ends = new Map([...mentions].map(([set, list]) => [set, new Set(list.map(({ part }) => part.startsWith('source')))]));
  /** Other hosts on the same end are other packets. */
  const areApart = (a: Move, b: Move) => {
    const both = [...(ends.get(a.set) ?? []), ...(ends.get(b.set) ?? [])];
    return a.group !== b.group && new Set(both).size < 2 && isHosts(a) && isHosts(b);
  };
  // Stryker restore all
  let pairs = 0;
  for (const [at, a] of moves.entries())
    for (const b of moves.slice(at + 1)) {
      if (areApart(a, b)) continue;
      const [as, bs] = [mentions.get(a.set) ?? [], mentions.get(b.set) ?? []];
      pairs += as.length * bs.length;
      if (pairs > MOST_PAIRS) return undefined;
      const known = new Set<string>();
      for (const one of as)
        for (const other of bs) {
          const edge = edgeOf(a, one, b, other);
          const key = edge && `${edge.from === a} ${edge.opens}`;
          if (!edge || !key || known.has(key)) continue;
          if (one.rule !== other.rule && !(switches(a, one, changeOf) && switches(b, other, changeOf))) continue;
          if (!structure.mayMeet(reaches(one, a), reaches(other, b))) continue;
          known.add(key);
          edges.push(edge);
        }
    }
  return edges;
}

function mentionsOf(rules: readonly FilterRule[], sets: ReadonlySet<SetId>): Map<SetId, Mention[]> {
  const out = new Map<SetId, Mention[]>();
  rules.forEach((rule, place) => {
    if (rule.action === 'log') return;
    const note = (part: Part, excluded: boolean, named: readonly SetId[]) => {
      for (const set of named) {
        if (!sets.has(set)) continue;
        const list = out.get(set) ?? [];
        list.push({ place, rule, part, excluded });
        out.set(set, list);
      }
    };
    for (const part of ['source', 'destination'] as const) {
      const { include, exclude } = rule[part];
      note(part, false, include === 'any' ? [] : include.sets);
      note(part, true, exclude.sets);
    }
    for (const part of ['sourceEndpoints', 'destinationEndpoints'] as const) {
      note(part, false, rule[part].include);
      note(part, true, rule[part].exclude);
    }
  });
  return out;
}

/** False where these members surely match the rule neither before (where they go) nor after (where they come), so that it decides none of their packets. */
function switches(move: Move, { rule, part, excluded }: Mention, changes: ReadonlyMap<SetId, SetChange>): boolean {
  if (part === 'sourceEndpoints' || part === 'destinationEndpoints') return true;
  const [member = ''] = move.members;
  const begins = move.comes !== excluded;
  const { include, exclude } = rule[part];
  const isIn = (set: SetId) => changes.get(set)?.[begins ? 'added' : 'removed'].has(member) === true;
  const isOut = (set: SetId) => changes.get(set)?.[begins ? 'removed' : 'added'].has(member) === true;
  if (exclude.sets.some(isIn)) return false;
  return include === 'any' || include.prefixes.length > 0 || include.sets.length === 0 || !include.sets.every(isOut);
}

/** The rule as far as this move switches it. */
function reaches({ rule, part }: Mention, { end }: Move): FilterRule {
  const side = part === 'source' || part === 'sourceEndpoints' ? 'source' : 'destination';
  return { ...rule, [side]: end, sourceEndpoints: NO_ENDPOINTS, destinationEndpoints: NO_ENDPOINTS };
}

const meanings = new WeakMap<FilterRule, string>();
function meaningOf(rule: FilterRule): string {
  let meaning = meanings.get(rule);
  if (meaning === undefined) {
    const { action, translation } = rule;
    meaning =
      action === 'deny' ? 'deny' : JSON.stringify(translation, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
    meanings.set(rule, meaning);
  }
  return meaning;
}

/** Which of two moves goes first for the sake of two rules that they switch. */
function edgeOf(a: Move, one: Mention, b: Move, other: Mention): Edge | undefined {
  const onA = a.comes !== one.excluded;
  const onB = b.comes !== other.excluded;
  const first = (aFirst: boolean, opens: boolean): Edge => (aFirst ? { from: a, to: b, opens } : { from: b, to: a, opens });
  if (one.place === other.place) {
    if (onA === onB) return undefined;
    const isOneUnion = one.part === other.part && !one.excluded && !other.excluded;
    const allows = one.rule.action === 'allow';
    // In one union what comes holds the rule while what goes leaves it; across its sides, both together would make it match what it never should.
    return isOneUnion ? first(onA, !allows) : first(!onA, allows);
  }
  const [upper, lower] = one.place < other.place ? [one, other] : [other, one];
  if (onA !== onB) return first(onA, (onA ? other : one).rule.action === 'deny');
  if (meaningOf(upper.rule) === meaningOf(lower.rule)) return undefined;
  // Above before below when both begin, below before above when both end; the wrong way round the lower rule decides alone.
  return first((upper === one) === onA, lower.rule.action === 'allow');
}
