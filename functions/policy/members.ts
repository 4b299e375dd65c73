/**
 * The members of the sets of a rulebook, kept up to date from member changes alone: no set is computed again, no rule is looked at.
 *
 *   Felix's sets ──► leaf ──► within, outside, or: one member at a time, counted ──► and, minus ──► set of the rulebook
 *
 * Every node keeps its members compactly (proto/members.ts). Sets are sets of addresses: prefixes of different lengths may overlap, and
 * `and` and `minus` are right for them; a change of a prefix there makes that node anew (rare: network sets), a change of hosts does not.
 */
import { Digest, type Lanes, memberLanes, setSeed } from '../../proto/digest.ts';
import { type AnyMembers, type CompactMember, compactMember, compactMembers, MemberSet, memberText } from '../../proto/members.ts';
import type { FelixSet, ViewChange } from '../cluster/view.ts';
import { formatAddress } from '../packets/address.ts';
import { parseEndpoint } from '../packets/address-index.ts';
import type { MemberSource, Rulebook, SetExpression, SetId } from '../rulebook/types.ts';
import { coverage, cutMember, intersectMembers, isHost, subtractMembers, withoutMember } from './member-algebra.ts';
import type { CompileCluster } from './types.ts';

/** What changed in one set of the rulebook; disjoint, nothing that cancelled out. */
export interface SetChange {
  readonly set: SetId;
  readonly added: AnyMembers;
  readonly removed: AnyMembers;
}

/** Felix's set, or the frozen one of a kept policy. */
export type SetFinder = (cluster: string, set: string) => FelixSet | undefined;

/** Sets as a compilation sees them: fed by the views, else frozen with a last good policy. */
export function setFinder(clusters: readonly CompileCluster[]): SetFinder {
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  return (name, set) => {
    const cluster = byName.get(name);
    const fed = cluster?.view.sets.get(set);
    if (fed) return fed;
    for (const { frozenSets } of cluster?.lastGood.values() ?? []) {
      const frozen = frozenSets.get(set);
      if (frozen) return frozen;
    }
    return undefined;
  };
}

class NetChange {
  readonly added = new MemberSet();
  readonly removed = new MemberSet();

  /** What went before may come again; what came never goes in the same change. */
  come(member: CompactMember): void {
    if (!this.removed.delete(member)) this.added.add(member);
  }

  go(member: CompactMember): void {
    this.removed.add(member);
  }

  get empty(): boolean {
    return this.added.size + this.removed.size === 0;
  }
}

interface Node {
  readonly key: string;
  readonly expression: SetExpression;
  readonly children: readonly Node[];
  readonly parents: Set<Node>;
  /** longest way to a leaf */
  readonly depth: number;
  members: MemberSet;
  /** within, outside, or: how often a member is there, where more than once */
  readonly counts: Map<CompactMember, number>;
  /** sets of the rulebook that are this node */
  readonly names: Set<SetId>;
}

export class DerivedMembers implements MemberSource {
  #find: SetFinder;
  #used: Rulebook['sets'] | undefined;
  readonly #nodes = new Map<string, Node>();
  readonly #bySet = new Map<SetId, Node>();
  readonly #digests = new Map<SetId, { readonly digest: Digest; readonly seed: Lanes }>();

  constructor(find: SetFinder) {
    this.#find = find;
  }

  /** From now on these sets. Those that were there keep their members; new ones are filled from what the views hold now. */
  use({ sets }: Rulebook, find: SetFinder = this.#find): void {
    this.#find = find;
    // Stryker disable next-line ConditionalExpression: saves a walk over all sets
    if (sets === this.#used) return;
    this.#used = sets;
    // First what comes, so that what it shares with what goes stays as it is. Ids are made from content: the same id is the same node.
    for (const { id, expression } of sets.values()) {
      // Stryker disable next-line ConditionalExpression: saves writing out its expression
      if (this.#bySet.has(id)) continue;
      const node = this.#node(expression);
      node.names.add(id);
      this.#bySet.set(id, node);
    }
    for (const [id, node] of this.#bySet) {
      if (sets.has(id)) continue;
      this.#bySet.delete(id);
      this.#digests.delete(id);
      node.names.delete(id);
      this.#drop(node);
    }
  }

  members(set: SetId): MemberSet {
    const node = this.#bySet.get(set);
    if (!node) throw new RangeError(`no set ${set} in this rulebook`);
    return node.members;
  }

  digest(set: SetId): string {
    let known = this.#digests.get(set);
    // Stryker disable next-line ConditionalExpression: counted anew it is the same digest
    if (!known) {
      known = { digest: new Digest(), seed: setSeed(set) };
      for (const member of this.members(set).compact()) known.digest.add(memberLanes(known.seed, member));
      this.#digests.set(set, known);
    }
    return known.digest.text();
  }

  /** After the view changed. Costs follow the change, not the sets. */
  apply(cluster: string, { members, replaced }: Pick<ViewChange, 'members' | 'replaced'>): readonly SetChange[] {
    const pending = new Map<Node, Map<Node, NetChange>>();
    const out: SetChange[] = [];
    const settle = (node: Node, change: NetChange): void => {
      if (change.empty) return;
      for (const set of node.names) {
        out.push({ set, added: change.added, removed: change.removed });
        const known = this.#digests.get(set);
        if (!known) continue;
        for (const member of change.removed.compact()) known.digest.remove(memberLanes(known.seed, member));
        for (const member of change.added.compact()) known.digest.add(memberLanes(known.seed, member));
      }
      for (const parent of node.parents) {
        const changes = pending.get(parent) ?? new Map<Node, NetChange>();
        pending.set(parent, changes.set(node, change));
      }
    };
    for (const [set, { added, removed }] of members) {
      const leaf = this.#nodes.get(leafKey(cluster, set));
      if (leaf) settle(leaf, changeLeaf(leaf, compactMembers(added), compactMembers(removed)));
    }
    for (const set of replaced) {
      const leaf = this.#nodes.get(leafKey(cluster, set));
      const now = leaf && this.#find(cluster, set)?.members;
      // Gone from the view with nobody to say what follows: it stays as it was until the rulebook no longer names it.
      if (now) {
        const gone = [...leaf.members.compact()].filter((member) => !now.has(member));
        settle(leaf, changeLeaf(leaf, now.compact(), gone));
      }
    }
    while (pending.size > 0) {
      const depth = Math.min(...[...pending.keys()].map((node) => node.depth));
      for (const [node, changes] of [...pending])
        if (node.depth === depth) {
          pending.delete(node);
          settle(node, changeNode(node, changes));
        }
    }
    return out;
  }

  /** Forgets a node that nobody needs any more, and what was needed only for it. */
  #drop(node: Node): void {
    if (node.names.size + node.parents.size > 0) return;
    this.#nodes.delete(node.key);
    for (const child of node.children) {
      child.parents.delete(node);
      this.#drop(child);
    }
  }

  #node(expression: SetExpression): Node {
    const key = JSON.stringify(expression);
    const known = this.#nodes.get(key);
    if (known) return known;
    const parts = partsOf(expression).map((part) => this.#node(part));
    // A part that is named twice counts once; in `minus` each has its place.
    const children = expression.kind === 'minus' ? parts : [...new Set(parts)];
    const node: Node = {
      key,
      expression,
      children,
      parents: new Set(),
      depth: Math.max(0, ...children.map((child) => child.depth + 1)),
      members: new MemberSet(),
      counts: new Map(),
      names: new Set(),
    };
    this.#fill(node);
    for (const child of children) child.parents.add(node);
    this.#nodes.set(key, node);
    return node;
  }

  #fill(node: Node): void {
    const { expression, children } = node;
    if (expression.kind === 'felix') {
      for (const member of this.#find(expression.cluster, expression.set)?.members.compact() ?? []) node.members.add(member);
    } else if (expression.kind === 'and' || expression.kind === 'minus') node.members = recompute(node);
    else
      for (const child of children)
        for (const member of child.members.compact()) for (const image of imagesOf(node, member)) count(node, image);
  }
}

const leafKey = (cluster: string, set: string): string => JSON.stringify({ kind: 'felix', cluster, set } satisfies SetExpression);

function partsOf(expression: SetExpression): readonly SetExpression[] {
  if (expression.kind === 'felix' || expression.kind === 'nothing') return [];
  if (expression.kind === 'and' || expression.kind === 'or') return expression.of;
  return expression.kind === 'minus' ? [expression.of, expression.without] : [expression.of];
}

function changeLeaf(leaf: Node, added: Iterable<CompactMember>, removed: Iterable<CompactMember>): NetChange {
  const change = new NetChange();
  for (const member of removed) if (leaf.members.delete(member)) change.go(member);
  for (const member of added) if (leaf.members.add(member)) change.come(member);
  return change;
}

function changeNode(node: Node, changes: ReadonlyMap<Node, NetChange>): NetChange {
  const { expression } = node;
  const change = new NetChange();
  if (expression.kind !== 'and' && expression.kind !== 'minus') {
    for (const { added, removed } of changes.values()) {
      for (const member of removed.compact()) for (const image of imagesOf(node, member)) if (uncount(node, image)) change.go(image);
      for (const member of added.compact()) for (const image of imagesOf(node, member)) if (count(node, image)) change.come(image);
    }
    return change;
  }
  const touched = new MemberSet();
  for (const { added, removed } of changes.values())
    for (const part of [added, removed]) for (const member of part.compact()) touched.add(member);
  const covers = node.children.map((child) => coverage(child.members));
  const cuts = expression.kind === 'minus' && covers[0]?.wide.length !== 0;
  // Stryker disable next-line ConditionalExpression: a node made anew is right too
  if (cuts || [...touched.others()].some((member) => !isHost(member))) {
    const now = recompute(node);
    for (const member of node.members.compact()) if (!now.has(member)) change.go(member);
    for (const member of now.compact()) if (!node.members.has(member)) change.come(member);
    node.members = now;
    return change;
  }
  for (const member of touched.compact()) {
    const listed = node.children.some((child) => child.members.has(member));
    const is = listed && (expression.kind === 'and' ? covers.every(({ has }) => has(member)) : covers[1]?.has(member) === false);
    if (is) {
      if (node.members.add(member)) change.come(member);
    } else if (node.members.delete(member)) change.go(member);
  }
  return change;
}

function recompute({ expression, children }: Node): MemberSet {
  const [first, ...rest] = children.map((child) => child.members);
  // Copied: a node never shares its members with another, also where it is alone.
  const copy = new MemberSet();
  for (const member of first?.compact() ?? []) copy.add(member);
  return rest.reduce(expression.kind === 'and' ? intersectMembers : subtractMembers, copy);
}

/** "10.1.2.3,tcp:80" at tcp 80 is 10.1.2.3/32, at anything else nothing. */
function hostsAt(member: CompactMember, protocol: number, port: number): readonly string[] {
  const endpoint = parseEndpoint(memberText(member));
  if (endpoint?.protocol !== protocol || endpoint.port !== port) return [];
  return [`${formatAddress(endpoint.family, endpoint.address)}/${endpoint.family === 4 ? 32 : 128}`];
}

/** What one member of the child becomes here. */
function imagesOf({ expression }: Node, member: CompactMember): readonly CompactMember[] {
  if (expression.kind === 'within') return cutMember(member, expression.prefixes);
  if (expression.kind === 'outside') return withoutMember(member, expression.prefixes);
  if (expression.kind === 'at') return hostsAt(member, expression.protocol, expression.port);
  return [member];
}

/** True when the member is new. What was cut out of a prefix may be a host as text. */
function count(node: Node, image: CompactMember): boolean {
  const member = compactMember(image);
  if (node.members.add(member)) return true;
  node.counts.set(member, (node.counts.get(member) ?? 1) + 1);
  return false;
}

/** True when the member is gone. */
function uncount(node: Node, image: CompactMember): boolean {
  const member = compactMember(image);
  const times = node.counts.get(member) ?? 1;
  if (times === 1) return node.members.delete(member);
  // Stryker disable next-line ConditionalExpression,EqualityOperator: no count is a count of one
  if (times === 2) node.counts.delete(member);
  else node.counts.set(member, times - 1);
  return false;
}
