/** The warm views of one process over the cluster logs. */
import { ClusterLog } from '../cluster/log.ts';
import { MutableView } from '../cluster/mutable-view.ts';
import { readStream, streamConditions } from '../cluster/stream-state.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Condition } from '../errors.ts';
import type { ClusterSettings, Settings } from '../settings.ts';
import type { Table } from '../table.ts';
import type { ViewHead, Views } from './ports.ts';

export class LogViews implements Views {
  readonly #table: Table;
  readonly #settings: Settings;
  readonly #now: () => number;
  readonly #warm = new Map<string, { readonly log: ClusterLog; readonly view: MutableView; seen: boolean }>();

  constructor(table: Table, settings: Settings, now: () => number) {
    this.#table = table;
    this.#settings = settings;
    this.#now = now;
  }

  /** A view that could not be brought further stays at its last good position; before the first whole snapshot there is none. */
  async advance(cluster: string): Promise<ViewHead> {
    const warm = this.#open(cluster);
    const change = await warm.log.advance(warm.view);
    if (warm.view.position === 0) return { cluster, view: undefined, change: undefined };
    const first = !warm.seen;
    warm.seen = true;
    return { cluster, view: warm.view, change: first ? undefined : change };
  }

  async conditions(cluster: string): Promise<readonly Condition[]> {
    const state = await readStream(this.#table, cluster);
    const out = streamConditions(cluster, state, this.#settings.clusters[cluster] as ClusterSettings, this.#now());
    const problem = this.#warm.get(cluster)?.view.problem;
    if (problem) out.push({ code: problem.code as Condition['code'], severity: 'error', subject: { cluster }, message: problem.message });
    return out;
  }

  async at(cluster: string, position: number): Promise<ClusterView | undefined> {
    try {
      return await this.#open(cluster).log.viewAt({ position });
    } catch (error) {
      // What lies before the log's keeping is gone for good: the kept version then has no members of those sets, which closes.
      if ((error as { code?: string }).code === 'CEXT_CLUSTER_LOG_TOO_OLD') return undefined;
      throw error;
    }
  }

  forget(): void {
    this.#warm.clear();
  }

  #open(cluster: string) {
    const known = this.#warm.get(cluster);
    if (known) return known;
    const limits = this.#settings.clusters[cluster] as ClusterSettings;
    const log = new ClusterLog(this.#table, cluster, { limits, keepDays: this.#settings.keepDays, now: this.#now });
    const warm = { log, view: new MutableView(cluster, limits), seen: false };
    this.#warm.set(cluster, warm);
    return warm;
  }
}
