/**
 * Stored bytes of one cluster's log in one look, then those of the other clusters are served: a look that took all that a flood brought would bring more
 * flood to the next one (docs/decisions/0200). Four shipments as large as they can be.
 */
const MOST_IN_LOOK = 1024 * 1024;

/** The views of one process, kept warm between invocations: a look costs the tail of the log, and one small read of what the stream says of itself. */
import { CextError, type Condition } from '../errors.ts';
import type { Settings } from '../settings.ts';
import type { Table } from '../table.ts';
import { clusterError } from './errors.ts';
import { ClusterLog } from './log.ts';
import type { MutableView } from './mutable-view.ts';
import { readStream, streamConditions } from './stream-state.ts';
import type { ClusterView, ViewChange } from './view.ts';

export interface WarmHead {
  readonly cluster: string;
  /** undefined: no complete snapshot yet */
  readonly view: ClusterView | undefined;
  /** undefined with a view: all of it is new to this process */
  readonly change: ViewChange | undefined;
  readonly conditions: readonly Condition[];
  /** changes when a new shipper speaks, which was told nothing yet; undefined when conditions were not asked for */
  readonly shipper?: string;
}

export class WarmViews {
  readonly #table: Table;
  readonly #settings: Pick<Settings, 'clusters' | 'keepDays'>;
  readonly #now: () => number;
  readonly #views = new Map<string, MutableView>();

  constructor(table: Table, settings: Pick<Settings, 'clusters' | 'keepDays'>, now: () => number = Date.now) {
    this.#table = table;
    this.#settings = settings;
    this.#now = now;
  }

  /** Brings the view to the head of the log, or a good deal nearer (`change` says that something came: look again). What the cluster sent wrongly becomes a condition; only the table itself can make it throw. */
  async advance(cluster: string, { conditions: wanted = true }: { readonly conditions?: boolean } = {}): Promise<WarmHead> {
    const settings = this.#settings.clusters[cluster];
    const log = this.log(cluster);
    const warm = this.#views.get(cluster);
    const [{ view, change }, stream] = await Promise.all([
      warm
        ? log.advance(warm, { most: MOST_IN_LOOK }).then((came) => ({ view: warm, change: came }))
        : log.open().then((opened) => ({ view: opened, change: undefined })),
      wanted ? readStream(this.#table, cluster) : undefined,
    ]);
    this.#views.set(cluster, view);
    const conditions = settings && stream ? streamConditions(cluster, stream, settings, this.#now()) : [];
    if (view.problem) conditions.push(conditionOf(cluster, view.problem));
    return {
      cluster,
      view: view.position > 0 ? view : undefined,
      change: warm && warm.position > 0 && change?.from !== 0 ? change : undefined,
      conditions,
      ...(stream && { shipper: stream.waking?.random ?? stream.epoch }),
    };
  }

  /** The view as it was at a log position; undefined where the log does not reach back. */
  async at(cluster: string, position: number): Promise<ClusterView | undefined> {
    try {
      const view = await this.log(cluster).viewAt({ position });
      return view.position > 0 ? view : undefined;
    } catch (error) {
      if (error instanceof CextError && (error.code === 'CEXT_CLUSTER_LOG_TOO_OLD' || error.code === 'CEXT_CLUSTER_LOG_DAMAGED'))
        return undefined;
      throw error;
    }
  }

  forget(): void {
    this.#views.clear();
  }

  log(cluster: string): ClusterLog {
    const limits = this.#settings.clusters[cluster];
    if (!limits) throw clusterError('CEXT_CLUSTER_UNKNOWN', `cluster "${cluster}" is not in the settings`, { cluster });
    return new ClusterLog(this.#table, cluster, { limits, keepDays: this.#settings.keepDays, now: this.#now });
  }
}

function conditionOf(cluster: string, { code, message, subject }: CextError): Condition {
  return { code: code as Condition['code'], severity: 'error', subject: { ...subject, cluster }, message };
}
