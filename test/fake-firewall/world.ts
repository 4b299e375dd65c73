/** Clusters that say rules directly, in memory: the log, the compiler and the derived sets of the engine tests, in the simplest form that is right. */

import { setsOf } from '../../functions/apply/kept.ts';
import type { DerivedSets, FelixSets, FirewallCompiler, SetChange, ViewHead, Views } from '../../functions/apply/ports.ts';
import type { ClusterView, FelixSet, ViewChange } from '../../functions/cluster/view.ts';
import type { CompileInput } from '../../functions/policy/types.ts';
import {
  ANY,
  type FilterRule,
  type Member,
  type Members,
  type Rulebook,
  type SetDefinition,
  type SetId,
} from '../../functions/rulebook/types.ts';
import { MemberSet } from '../../proto/members.ts';
import { nets, rule as plainRule, sets, tcp } from '../worlds/rule.ts';
import { digestOf } from './connector.ts';

interface Moment {
  readonly rules: readonly FilterRule[];
  readonly hostEndpoints: readonly string[];
  readonly sets: ReadonlyMap<string, ReadonlySet<string>>;
  readonly structure: boolean;
}

const rulesOf = new WeakMap<ClusterView, readonly FilterRule[]>();

export class World {
  readonly #log = new Map<string, Moment[]>();
  /** clusters whose stream is incomplete */
  readonly silent = new Set<string>();
  /** when Felix says what it says, Unix ms; undefined: nobody knows */
  saidMs: number | undefined;

  /** What this cluster says from now on. */
  say(
    cluster: string,
    rules: readonly FilterRule[],
    sets: Readonly<Record<string, readonly string[]>>,
    hostEndpoints: readonly string[] = ['edge'],
  ): void {
    const log = this.#log.get(cluster) ?? [];
    log.push({ rules, hostEndpoints, sets: new Map(Object.entries(sets).map(([id, members]) => [id, new Set(members)])), structure: true });
    this.#log.set(cluster, log);
  }

  members(cluster: string, set: string, change: { readonly add?: readonly string[]; readonly remove?: readonly string[] }): void {
    const log = this.#log.get(cluster) as Moment[];
    const last = log.at(-1) as Moment;
    const members = new Set(last.sets.get(set));
    for (const one of change.add ?? []) members.add(one);
    for (const one of change.remove ?? []) members.delete(one);
    log.push({ ...last, sets: new Map([...last.sets, [set, members]]), structure: false });
  }

  head(cluster: string): { readonly rules: readonly FilterRule[]; readonly sets: ReadonlyMap<string, ReadonlySet<string>> } {
    return this.#log.get(cluster)?.at(-1) ?? { rules: [], sets: new Map() };
  }

  /** What one process sees. */
  open(): Views {
    const at = new Map<string, number>();
    return {
      advance: async (cluster): Promise<ViewHead> => {
        await undefined;
        const log = this.#log.get(cluster) ?? [];
        if (log.length === 0 || this.silent.has(cluster)) return { cluster, view: undefined, change: undefined, conditions: [] };
        const from = at.get(cluster);
        at.set(cluster, log.length);
        return {
          cluster,
          view: this.#view(cluster, log.length),
          conditions: [],
          change: from === undefined ? undefined : { ...changeBetween(log, from, log.length), observedMs: this.saidMs },
        };
      },
      at: async (cluster, position) => (position > 0 ? this.#view(cluster, position) : undefined),
      forget: () => at.clear(),
    };
  }

  #view(cluster: string, position: number): ClusterView {
    const moment = this.#log.get(cluster)?.[position - 1] as Moment;
    const none = new Map<string, never>();
    const sets = new Map<string, FelixSet>();
    for (const [id, members] of moment.sets) {
      const set = new MemberSet();
      for (const member of members) set.add(member);
      sets.set(id, { id, kind: 'addresses', members: set });
    }
    const hostEndpoints = new Map(
      moment.hostEndpoints.map((name) => [name, { name, interfaceName: 'eth0', forwardTiers: [], preDnatTiers: [], untrackedTiers: [] }]),
    );
    const about = { cluster, clusterGuid: 'g', calicoVersion: 'v3.31.7', position, digest: '' };
    const view: ClusterView = { ...about, hostEndpoints, policies: none, sets, pools: none, hosts: none, namespaces: none, services: none };
    rulesOf.set(view, moment.rules);
    return view;
  }
}

function changeBetween(log: readonly Moment[], from: number, to: number): ViewChange {
  const members = new Map<string, { added: Set<string>; removed: Set<string> }>();
  const replaced = new Set<string>();
  let structure = false;
  for (let at = from; at < to; at++) if (log[at]?.structure) structure = true;
  const before = log[from - 1] as Moment;
  const after = log[to - 1] as Moment;
  // A set that Felix takes back stays as it was until no rule names it (DerivedMembers does the same).
  for (const id of after.sets.keys()) {
    const was = before.sets.get(id) ?? new Set<string>();
    const is = after.sets.get(id) ?? new Set<string>();
    if (was.size > 0 || is.size > 0)
      members.set(id, { added: new Set([...is].filter((one) => !was.has(one))), removed: new Set([...was].filter((one) => !is.has(one))) });
  }
  return { from, to, structure, policies: new Set(), members, replaced, observedMs: undefined };
}

/** The rulebook is what the views say, sets by their Felix id. */
export function worldCompiler(): FirewallCompiler {
  return {
    compile(input: CompileInput) {
      const rules = input.clusters.flatMap(({ view }) => (rulesOf.get(view) ?? []).filter(({ border }) => input.borders.has(border)));
      const sets = new Map<SetId, SetDefinition>();
      for (const rule of rules) {
        const { cluster } = rule.origin;
        for (const id of setsOf(rule))
          sets.set(id, { id, kind: 'addresses', cluster, text: id, expression: { kind: 'felix', cluster, set: id } });
      }
      const rulebook: Rulebook = { rules, sets };
      const none = new Map();
      return { rulebook, conditions: [], good: none, kept: none, absent: none };
    },
  };
}

export class WorldSets implements DerivedSets {
  #sets = new Map<SetId, { readonly definition: SetDefinition; readonly members: Set<Member> }>();

  define(sets: ReadonlyMap<SetId, SetDefinition>, felix: FelixSets): void {
    const next = new Map<SetId, { readonly definition: SetDefinition; readonly members: Set<Member> }>();
    for (const [id, definition] of sets)
      next.set(id, this.#sets.get(id) ?? { definition, members: new Set(felix(definition.cluster, id)?.members ?? []) });
    this.#sets = next;
  }

  update(cluster: string, change: ViewChange): ReadonlyMap<SetId, SetChange> {
    const out = new Map<SetId, SetChange>();
    for (const [id, delta] of change.members) {
      const set = this.#sets.get(id);
      if (!set || set.definition.cluster !== cluster) continue;
      for (const one of delta.removed) set.members.delete(one);
      for (const one of delta.added) set.members.add(one);
      out.set(id, delta);
    }
    return out;
  }

  members(set: SetId): Members {
    return this.#sets.get(set)?.members ?? new Set<Member>();
  }

  digest(set: SetId): string {
    return digestOf(set, this.members(set));
  }
}

/** One rule of a cluster: from the members of a set to a prefix, TCP 443. */
export function rule(cluster: string, id: string, from: string | 'any', to: string | 'any', more: Partial<FilterRule> = {}): FilterRule {
  const plain = plainRule(id);
  return {
    ...plain,
    families: [4],
    source: from === 'any' ? nets('10.0.0.0/8') : sets(from),
    destination: to === 'any' ? ANY : nets(to),
    services: [tcp([443, 443])],
    origin: { ...plain.origin, cluster },
    ...more,
  };
}
