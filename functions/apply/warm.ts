/**
 * What one process remembers about one firewall between wakes. Nothing here is truth: it can be dropped at any moment, and the next look builds it
 * from log, ledger and device.
 */
import { type CompactMember, compactMembers, MemberSet } from '../../proto/members.ts';
import type { ClusterView, ViewChange } from '../cluster/view.ts';
import type { Desired, FirewallState, MemberChange } from '../firewalls/contract.ts';
import { type Applied, readApplied, readAppliedHead } from '../ledger/applied.ts';
import { structureHash } from '../ledger/encode.ts';
import { isIpv6Subnet } from '../policy/subnets.ts';
import type { Compilation } from '../policy/types.ts';
import type { Member, MemberSource, Rulebook, SetDefinition, SetExpression, SetId } from '../rulebook/types.ts';
import type { BorderSettings, ClusterSettings, FirewallSettings, Settings } from '../settings.ts';
import { tooManyMembers } from './crowded.ts';
import { applyError } from './errors.ts';
import { EMPTY, ofCluster } from './kept.ts';
import { LastGoods } from './last-good.ts';
import type { DerivedSets, FelixSets, FirewallCompiler, LookParts, SetChange, ViewHead } from './ports.ts';

/** What the device lacks (added) and has too much (removed) in one set. */
export interface Delta {
  readonly added: MemberSet;
  readonly removed: MemberSet;
}

/** Ids of the Felix sets that it is made of. */
function felixSetsOf(expression: SetExpression): readonly string[] {
  switch (expression.kind) {
    case 'felix':
      return [expression.set];
    case 'nothing':
      return [];
    case 'and':
    case 'or':
      return expression.of.flatMap(felixSetsOf);
    case 'minus':
      return [...felixSetsOf(expression.of), ...felixSetsOf(expression.without)];
    default:
      return felixSetsOf(expression.of);
  }
}

export class WarmFirewall {
  readonly name: string;
  readonly settings: FirewallSettings;
  readonly borders: ReadonlyMap<string, BorderSettings>;
  /** clusters that may use it, in the order of the settings */
  readonly clusters: readonly string[];
  readonly compiler: FirewallCompiler;
  readonly derived: DerivedSets;
  readonly lastGoods: ReadonlyMap<string, LastGoods>;
  readonly views = new Map<string, ClusterView>();
  readonly positions: Record<string, number> = {};

  compilation: Compilation | undefined;
  /** what is wanted, after everything that holds something back; undefined until compiled */
  wanted: Rulebook | undefined;
  wantedHash = '';
  /** structure of a view changed since the last compilation */
  stale = true;
  /** clusters whose structure did */
  readonly restless = new Set<string>();
  /** clusters whose new rules were held back because their sets hold too many members */
  crowded: ReadonlySet<string> = new Set();
  /** hashes of what is held: an approval of one makes the structure lane look again */
  heldHashes: readonly string[] = [];
  applied: Applied | undefined;
  appliedReference = '';

  /** The count of ledger writes at which `pending` says all that the device lacks; undefined: unknown, compare by reading. */
  base: number | undefined;
  readonly pending = new Map<SetId, Delta>();
  /** sets that `pending` speaks of: those that stood when `base` was noted */
  baseSets: ReadonlySet<SetId> = new Set();
  /** oldest moment at which Felix said something that is not on the device yet */
  observedMs: number | undefined;
  /** what the lists in the slow lane held when the running device was last read (`SetState.nat`) */
  nat: ReadonlyMap<SetId, ReadonlySet<Member>> = new Map();
  natRead = false;
  /** such a list is not as it should be, or members wait for one: the structure lane has to look */
  natLags = false;
  /** changes of members that the next commit shall make, where only a commit does (commit-lane.ts) */
  commits: ReadonlyMap<SetId, MemberChange> = new Map();
  /** since when members wait for it */
  natSinceMs: number | undefined;
  state: FirewallState | undefined;
  stateVersion = -1;

  readonly #parts: LookParts;
  #definitions: ReadonlyMap<SetId, SetDefinition> = new Map();
  /** views at the position of the structure on the device, where sets are missing in the present ones */
  readonly #past = new Map<string, ClusterView>();
  #settings: Settings;

  constructor(parts: LookParts, name: string) {
    this.#parts = parts;
    this.#settings = parts.settings;
    this.name = name;
    this.settings = parts.settings.firewalls[name] as FirewallSettings;
    this.borders = new Map(
      Object.values(parts.settings.borders)
        .filter((border) => border.firewall === name)
        .map((border) => [border.hostEndpoint, border]),
    );
    this.clusters = parts.settings.pairs.filter((pair) => pair.firewall === name).map((pair) => pair.cluster);
    this.compiler = parts.compiler(name);
    this.derived = parts.derived();
    this.lastGoods = new Map(this.clusters.map((cluster) => [cluster, new LastGoods(parts.table, name, cluster)]));
  }

  readonly felixSets: FelixSets = (cluster, set) =>
    this.views.get(cluster)?.sets.get(set) ?? this.lastGoods.get(cluster)?.frozenSet(set) ?? this.#past.get(cluster)?.sets.get(set);

  /** Sets of the structure on the device that no view feeds any more (unfed.ts). */
  unfedSets(): Set<SetId> {
    const out = new Set<SetId>();
    for (const set of this.appliedRulebook.sets.values()) {
      const view = this.views.get(set.cluster);
      if (view && felixSetsOf(set.expression).some((id) => !view.sets.has(id))) out.add(set.id);
    }
    return out;
  }

  /** Takes in one look at one cluster. */
  see(head: ViewHead): void {
    if (!head.view) return;
    const known = this.views.has(head.cluster);
    this.views.set(head.cluster, head.view);
    this.positions[head.cluster] = head.view.position;
    if (!known || !head.change) {
      this.stale = true;
      this.restless.add(head.cluster);
      this.forgetMembers();
      return;
    }
    const { change } = head;
    if (change.structure || this.#changesRules(change)) {
      this.stale = true;
      this.restless.add(head.cluster);
    }
    for (const [set, one] of this.derived.update(head.cluster, change, this.felixSets)) this.#note(set, one);
    if (this.crowded.has(head.cluster) && this.compilation) {
      const still = tooManyMembers(this, this.#settings, this.compilation.rulebook);
      if (!still.has(head.cluster)) this.stale = true;
    }
    if (change.observedMs !== undefined) this.observedMs = Math.min(this.observedMs ?? change.observedMs, change.observedMs);
  }

  /**
   * Clusters whose rules are on the device as they shall be, whatever another cluster wants there. Scopes of clusters are disjoint, so their members need not
   * wait for its rules (docs/decisions/0200).
   */
  calmClusters(): ReadonlySet<string> {
    const { wanted } = this;
    if (!wanted) return new Set();
    const same = (cluster: string) => structureHash(ofCluster(wanted, cluster)) === structureHash(ofCluster(this.appliedRulebook, cluster));
    return new Set([...this.views.keys()].filter((cluster) => !this.restless.has(cluster) && same(cluster)));
  }

  /** Members of one of these clusters are not on the device yet. */
  waitsFor(clusters: ReadonlySet<string>): boolean {
    return [...this.pending.keys()].some((set) => clusters.has(this.appliedRulebook.sets.get(set)?.cluster ?? ''));
  }

  /** Where a device has no sets of endpoints, their ports are structure; so are IPv6 subnets where its sets hold hosts only (rulebook/lower.ts). */
  #changesRules({ members }: ViewChange): boolean {
    const { endpointSets, ipv6PrefixMembers } = this.#parts.connector.capabilities;
    if (endpointSets && ipv6PrefixMembers) return false;
    const isStructure = (member: CompactMember) =>
      typeof member !== 'number' && ((!endpointSets && member.includes(',')) || (!ipv6PrefixMembers && isIpv6Subnet(member)));
    return [...members.values()].some(({ added, removed }) => [...compactMembers(added), ...compactMembers(removed)].some(isStructure));
  }

  /** The device's members are unknown from here on, until read. */
  forgetMembers(): void {
    this.base = undefined;
    this.pending.clear();
    this.#redefine();
  }

  /** Brings `applied` up to the ledger. */
  async loadApplied(): Promise<void> {
    const head = await readAppliedHead(this.#parts.table, this.name);
    if (!head || head.reference === this.appliedReference) return;
    const applied = (await readApplied(this.#parts.table, this.name, head)) as Applied;
    // A process that starts does not know what was in sets that nobody feeds any more: the log does.
    for (const [cluster, view] of this.views) {
      const missing = [...applied.rulebook.sets.values()].some(
        (set) => set.cluster === cluster && felixSetsOf(set.expression).some((id) => !view.sets.has(id)),
      );
      const position = applied.positions[cluster];
      const past = missing && position ? await this.#parts.views.at(cluster, position) : undefined;
      if (past) this.#past.set(cluster, past);
    }
    this.setApplied(applied, head.reference);
  }

  setApplied(applied: Applied, reference: string): void {
    this.applied = applied;
    this.appliedReference = reference;
    this.#redefine();
  }

  setWanted(wanted: Rulebook, hash: string): void {
    this.wanted = wanted;
    this.wantedHash = hash;
    this.#redefine();
  }

  get appliedRulebook(): Rulebook {
    return this.applied?.rulebook ?? EMPTY;
  }

  /** The desired state with this structure; asking for members of a cluster without a view throws CEXT_APPLY_MEMBERS_UNKNOWN. */
  desired(rulebook: Rulebook): Desired {
    const clusters = new Map(this.clusters.map((name) => [name, this.#settings.clusters[name] as ClusterSettings]));
    return { firewall: this.name, settings: this.settings, borders: this.borders, clusters, rulebook, members: this.members(rulebook) };
  }

  members(rulebook: Rulebook): MemberSource {
    const check = (set: SetId) => {
      const cluster = rulebook.sets.get(set)?.cluster;
      if (cluster === undefined || this.views.has(cluster)) return;
      throw applyError('CEXT_APPLY_MEMBERS_UNKNOWN', `set ${set} of firewall ${this.name}: cluster ${cluster} has no view`, {
        firewall: this.name,
        cluster,
      });
    };
    return {
      members: (set) => {
        check(set);
        return this.derived.members(set);
      },
      digest: (set) => {
        check(set);
        return this.derived.digest(set);
      },
    };
  }

  /** Members of one cluster over all sets of the structure on the device. */
  memberCount(cluster: string, sets: ReadonlyMap<SetId, SetDefinition>): number {
    let total = 0;
    for (const set of sets.values()) if (set.cluster === cluster) total += this.derived.members(set.id).size;
    return total;
  }

  #note(set: SetId, change: SetChange): void {
    if (this.base === undefined) return;
    const delta = this.pending.get(set) ?? { added: new MemberSet(), removed: new MemberSet() };
    for (const member of compactMembers(change.removed)) if (!delta.added.delete(member)) delta.removed.add(member);
    for (const member of compactMembers(change.added)) if (!delta.removed.delete(member)) delta.added.add(member);
    if (delta.added.size + delta.removed.size === 0) this.pending.delete(set);
    else this.pending.set(set, delta);
  }

  #redefine(): void {
    const definitions = new Map<SetId, SetDefinition>();
    for (const book of [this.applied?.rulebook, this.wanted, this.crowded.size > 0 ? this.compilation?.rulebook : undefined]) {
      for (const set of book?.sets.values() ?? []) if (this.views.has(set.cluster)) definitions.set(set.id, set);
    }
    this.#definitions = definitions;
    this.derived.define(this.#definitions, this.felixSets);
  }
}
