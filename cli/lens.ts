/** The environment looked through once, now or at a moment of the past: views, structures, members. The same code as in apply, without writing. */
import { FirewallSets } from '../functions/apply/derived.ts';
import { lookAtFirewall } from '../functions/apply/look.ts';
import type { LookParts, ViewHead, Views } from '../functions/apply/ports.ts';
import type { WarmFirewall } from '../functions/apply/warm.ts';
import type { ClusterView } from '../functions/cluster/view.ts';
import { WarmViews } from '../functions/cluster/warm-views.ts';
import { CextError } from '../functions/errors.ts';
import { appliedAt } from '../functions/ledger/query.ts';
import { Compiler } from '../functions/policy/compile.ts';
import type { Capabilities } from '../functions/rulebook/capabilities.ts';
import type { Member, MemberSource, Members, Rulebook } from '../functions/rulebook/types.ts';
import { some } from '../functions/rulebook/words.ts';
import type { ManagerSettings } from '../functions/settings.ts';
import type { Table } from '../functions/table.ts';
import { cliError } from './errors.ts';
import { nearest } from './near.ts';
import type { Place } from './place.ts';
import { ReadOnlyTable } from './read-only-table.ts';

/** So far back a change is looked for. */
const MOST_ITEMS = 2_000;
const NOBODY: Members = new Set<Member>();

export class Lens {
  readonly place: Place;
  /** undefined: now */
  readonly timeMs: number | undefined;
  readonly table: Table;
  readonly #views: Views;
  readonly #warm: WarmViews;
  readonly #heads = new Map<string, Promise<ViewHead>>();
  readonly #firewalls = new Map<string, Promise<WarmFirewall>>();

  constructor(place: Place, timeMs?: number) {
    this.place = place;
    this.timeMs = timeMs;
    this.table = new ReadOnlyTable(place.table);
    const warm = new WarmViews(this.table, place.settings, place.now);
    this.#warm = warm;
    this.#views = {
      advance: async (cluster) => {
        if (timeMs === undefined) return warm.advance(cluster);
        return { cluster, view: await viewAt(warm, cluster, timeMs), change: undefined, conditions: [] };
      },
      at: (cluster, position) => warm.at(cluster, position),
      forget: () => undefined,
    };
  }

  /** @throws CEXT_CLI_UNKNOWN_NAME */
  cluster(name: string): Promise<ViewHead> {
    known('cluster', name, this.place.settings.clusters);
    return remember(this.#heads, name, () => this.#views.advance(name));
  }

  /** The view at a log position; undefined where the log does not reach back. */
  viewAt(cluster: string, position: number): Promise<ClusterView | undefined> {
    return this.#warm.at(cluster, position);
  }

  /** When the first item after a position was stored that changes structure, or members; Unix ms, null where none of the last ones does. */
  async firstChangeMs(cluster: string, after: number, head: number, what: 'structure' | 'members'): Promise<number | null> {
    for await (const { shipment, atMs } of this.#warm.log(cluster).read(Math.max(after + 1, head - MOST_ITEMS), head)) {
      const { changes, snapshot } = shipment;
      const objects = (changes?.upserted?.length ?? 0) + (changes?.removed?.length ?? 0);
      if (snapshot || (what === 'structure' ? objects : (changes?.members?.length ?? 0) + objects) > 0) return atMs;
    }
    return null;
  }

  /** What stands there, what is wanted there, and the members of both. @throws CEXT_CLI_UNKNOWN_NAME */
  firewall(name: string): Promise<WarmFirewall> {
    known('firewall', name, this.place.settings.firewalls);
    return remember(this.#firewalls, name, async () => {
      const { settings } = this.place;
      const manager = settings.managers[settings.firewalls[name]?.manager ?? ''];
      const parts: LookParts = {
        settings,
        table: this.table,
        views: { ...this.#views, advance: (cluster) => this.cluster(cluster) },
        compiler: () => new Compiler(),
        derived: () => new FirewallSets(),
        connector: { capabilities: await capabilitiesOf(manager?.vendor ?? 'linux') },
        now: () => this.timeMs ?? this.place.now(),
      };
      const past = this.timeMs === undefined ? undefined : { applied: await appliedAt(this.table, name, this.timeMs) };
      return lookAtFirewall(parts, name, past);
    });
  }
}

/** @throws CEXT_CLI_UNKNOWN_NAME */
export function known(kind: string, name: string, all: Readonly<Record<string, unknown>>): void {
  if (Object.hasOwn(all, name)) return;
  const names = Object.keys(all);
  const near = nearest(name, names);
  const meant = near === undefined ? '' : `did you mean ${near}? `;
  throw cliError('CEXT_CLI_UNKNOWN_NAME', `there is no ${kind} "${name}"; ${meant}there are: ${some(names, 20) || 'none'}`);
}

/** Members for evaluating: those of a cluster that has no view are unknown, which a packet meets as nobody. */
export function membersOf(warm: WarmFirewall, rulebook: Rulebook): MemberSource {
  const seen = (set: string) => warm.views.has(rulebook.sets.get(set)?.cluster ?? '');
  return {
    members: (set) => (seen(set) ? warm.derived.members(set) : NOBODY),
    digest: (set) => (seen(set) ? warm.derived.digest(set) : ''),
  };
}

async function capabilitiesOf(vendor: ManagerSettings['vendor']): Promise<Capabilities> {
  if (vendor === 'linux') return (await import('../functions/firewalls/linux/index.ts')).linuxCapabilities;
  return (await import('../functions/firewalls/panos/capabilities.ts')).panosCapabilities;
}

async function viewAt(warm: WarmViews, cluster: string, timeMs: number): Promise<ViewHead['view']> {
  try {
    const view = await warm.log(cluster).viewAt({ timeMs });
    return view.position > 0 ? view : undefined;
  } catch (error) {
    if (error instanceof CextError && error.code === 'CEXT_CLUSTER_LOG_TOO_OLD') return undefined;
    throw error;
  }
}

function remember<T>(memory: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const there = memory.get(key) ?? make();
  memory.set(key, there);
  return there;
}
