/**
 * The engine of one commit domain. Level-triggered: a wake means "look", never "do this".
 *
 *            ┌────────────────────────── one run ──────────────────────────────────────────────────────────┐
 *   wake ──► │ look: log ─► views ─► derived sets                                                          │
 *   audit    │   │                                                                                         │
 *   poll     │   ├─► members, per firewall (membership.ts, lease members#FIREWALL), clusters by turns      │
 *   again    │   │     before a wanted structure only of clusters whose own rules stay, all after it       │
 *            │   │     pending ─► budget ─► planMembers ─► write ahead ─► execute ─► positions             │
 *            │   │                                                                                         │
 *            │   └─► structure, whole domain (structure.ts, lease structure#MANAGER)                       │
 *            │         compile ─► guard ─► read ─► plan ─► store ─► execute ─► read back ─► prove ─► record│
 *            │                                                                                             │
 *            │ look again: anything new since? one more round, else end                                    │
 *            └─────────────────────────────────────────────────────────────────────────────────────────────┘
 *
 * - Nothing is lost: a lease is given back first and the log looked at after, so that a wake which found the lease taken is not needed.
 * - Nothing is done twice at harm: plans and what is in flight are written before the first call; what a dead run may have done is read.
 * - The lanes do not wait for each other: a commit that takes minutes is a stored job, polled by delayed wakes.
 */
import type { Condition } from '../errors.ts';
import { replaceConditions } from '../ledger/conditions.ts';
import { readApproval } from '../ledger/controls.ts';
import { hashOf } from '../ledger/encode.ts';
import { readLeaseState } from '../ledger/lease.ts';
import type { Rulebook } from '../rulebook/types.ts';
import { boundedConditions } from './bounded.ts';
import { followMembers } from './membership.ts';
import { LOOK_AGAIN_MS } from './pass.ts';
import type { EngineParts, ViewHead } from './ports.ts';
import { followStructure, structureWanted } from './structure.ts';
import { WarmFirewall } from './warm.ts';

export type WakeKind = 'wake' | 'audit' | 'poll' | 'again';

export interface RunRequest {
  readonly kinds: ReadonlySet<WakeKind>;
  /** Unix ms: no call to a device begins after it */
  readonly deadlineMs: number;
  /** longer than the function's time-out plus its longest request */
  readonly leaseMs: number;
}

/** What they say of a cluster: its view may be older than the cluster is. */
const STALE: ReadonlySet<string> = new Set([
  'CEXT_CLUSTER_NEVER_HEARD',
  'CEXT_CLUSTER_SILENT',
  'CEXT_CLUSTER_AWAITS_SNAPSHOT',
  'CEXT_CLUSTER_PROBE_FAILED',
  'CEXT_CLUSTER_NOT_IN_SYNC',
  'CEXT_INGEST_TWO_SHIPPERS',
  'CEXT_INGEST_OTHER_CLUSTER',
  'CEXT_INGEST_LIMIT',
]);

/** A run that finds ever more to do ends after so many rounds and wakes itself: others want the processor as well. */
const MOST_ROUNDS = 20;
/** SQS delays no message for longer. */
const MOST_DELAY_MS = 900_000;

export class Engine {
  readonly #parts: EngineParts;
  readonly #firewalls: readonly string[];
  readonly #clusters: readonly string[];
  readonly #warm = new Map<string, WarmFirewall>();
  /** owner -> hash of the conditions last told */
  readonly #told = new Map<string, string>();
  /** cluster -> its shipper, as last told everything */
  readonly #shippers = new Map<string, string>();
  /** when the delayed wake that this process sent comes, Unix ms */
  #comesBackMs = 0;
  /** a look found something since the last round began */
  #news = false;
  /** a pass left changes for a turn after those of other clusters (turns.ts) */
  #turnsLeft = false;
  /** an audit was overtaken by news: the next round is one again */
  #auditOwed = false;
  /** clusters whose view may be stale */
  #stale: ReadonlySet<string> = new Set();

  constructor(parts: EngineParts) {
    const { firewalls, pairs } = parts.settings;
    this.#parts = parts;
    this.#firewalls = Object.keys(firewalls).filter((name) => firewalls[name]?.manager === parts.manager);
    this.#clusters = [...new Set(pairs.filter((pair) => this.#firewalls.includes(pair.firewall)).map((pair) => pair.cluster))];
  }

  /** Throws only what makes the wake come back: the table or the queue is away. What is warm is dropped then. */
  async run(request: RunRequest): Promise<void> {
    const started = this.#parts.now();
    // The one under way may be this one.
    if (request.kinds.has('again') || request.kinds.has('poll')) this.#comesBackMs = 0;
    try {
      const heads = await this.#look(true);
      let again: number | undefined = await this.#round(request, request.kinds.has('audit'));
      // Only now: what streams say of themselves is for people, and a flood of it may not stand before the members of another cluster.
      await this.#tellOfStreams(heads);
      // Also where this run has to come back: a wake that met a lane of ours has gone to sleep for minutes, relying on this look.
      for (let rounds = 1; await this.#hasMore(); rounds++) {
        if (rounds >= MOST_ROUNDS || this.#parts.now() >= request.deadlineMs) {
          again = this.#parts.now();
          break;
        }
        again = earliest(again, await this.#round(request, this.#auditOwed));
      }
      this.#measure(started);
      if (again !== undefined) await this.#comeBack(again);
    } catch (error) {
      this.#warm.clear();
      this.#told.clear();
      this.#comesBackMs = 0;
      this.#parts.views.forget();
      throw error;
    } finally {
      this.#parts.meter.count('RoundTime', this.#parts.now() - started);
    }
  }

  /** Something came since the last round looked, or it left something for a turn of its own. */
  async #hasMore(): Promise<boolean> {
    const left = this.#turnsLeft;
    if (!this.#news) await this.#look();
    return this.#news || left;
  }

  /** One delayed wake under way is enough: it looks at everything, and asks again if it was too early. A flood meets a busy lane at every wake. */
  async #comeBack(atMs: number): Promise<void> {
    const now = this.#parts.now();
    if (this.#comesBackMs > now && this.#comesBackMs <= atMs) return;
    await this.#parts.wakes.later('again', Math.max(0, atMs - now));
    this.#comesBackMs = Math.min(atMs, now + MOST_DELAY_MS);
  }

  /** Returns when to come back, or undefined. */
  async #round(request: RunRequest, audit: boolean): Promise<number | undefined> {
    const { manager, table } = this.#parts;
    this.#news = this.#auditOwed = this.#turnsLeft = false;
    const warms = this.#firewalls.map((name) => this.#firewall(name));
    const [open, ...lanes] = await Promise.all([
      readLeaseState(table, `structure#${manager}`),
      ...warms.map((warm) => readLeaseState(table, `members#${warm.name}`)),
      ...warms.map((warm) => warm.loadApplied().then(() => undefined)),
    ]);
    // Good for the first look at each lane only.
    const seen = new Map(warms.map((warm, at) => [warm.name, { state: lanes[at] }]));
    let back: number | undefined;
    const comeBack = (ms: number | undefined) => {
      back = earliest(back, ms);
    };
    const lost = new Set<string>();
    let whole = audit;
    const { deadlineMs, leaseMs } = request;
    const follow = async (whom: 'all' | 'calm') => {
      for (const warm of warms) {
        const only = whom === 'calm' ? warm.calmClusters() : undefined;
        if (only && !warm.waitsFor(only)) continue;
        const filled = filledOf(open?.filled, warm);
        const pass = { audit: audit && !only, closingOnly: false, ...(only && { only }), filled, deadlineMs, leaseMs };
        const known = seen.get(warm.name);
        seen.delete(warm.name);
        let end = await followMembers(this.#parts, warm, known ? { ...pass, seen: known } : pass);
        // What is new is for a round of its own: it may be structure. Where the log holds no more, it was set back, and the view counts.
        if (end.kind === 'overtaken' && !(await this.#sees())) end = await followMembers(this.#parts, warm, { ...pass, headRead: true });
        this.#turnsLeft ||= end.turnsLeft === true;
        if (end.conditions && !only) await this.#tell(`${warm.name}/members`, end.conditions, audit);
        if (end.kind === 'overtaken') this.#auditOwed ||= audit;
        if (end.kind === 'busy' || end.kind === 'overtaken') whole = false;
        if (end.lost.length > 0) lost.add(warm.name);
        comeBack(end.againMs);
      }
    };
    for (const warm of warms) for (const hash of warm.heldHashes) if (await readApproval(table, warm.name, hash)) warm.stale = true;
    const wanted = structureWanted(warms, open);
    await follow(wanted ? 'calm' : 'all');
    if (wanted || audit || lost.size > 0 || warms.some((warm) => warm.natLags)) {
      // It looks at the lanes of membership itself.
      seen.clear();
      const structure = { audit, lost, deadlineMs, leaseMs };
      let end = await followStructure(this.#parts, warms, structure);
      if (end.overtaken && !(await this.#sees())) end = await followStructure(this.#parts, warms, { ...structure, headRead: true });
      if (end.overtaken) {
        this.#auditOwed ||= audit;
        return back;
      }
      if (end.conditions) await this.#tell(`${manager}/structure`, end.conditions, audit);
      else whole = false;
      if (end.drift) await this.#tell(`${manager}/audit`, end.drift, audit);
      comeBack(end.againMs);
      // Sets that are new on the device are compared once before anybody rests.
      const lagged = warms.some((warm) => warm.natLags);
      if (end.wrote || wanted) await follow('all');
      // NAT's own lists: at once where this pass found something new to commit, else when what hinders it may be gone.
      if (warms.some((warm) => warm.natLags)) comeBack(this.#parts.now() + (lagged ? LOOK_AGAIN_MS : 0));
    }
    if (audit) {
      const known = this.#parts.connector.conditions?.(this.#parts.now());
      if (known) {
        this.#parts.meter.count('Expiring', known.filter(({ code }) => code.endsWith('_EXPIRES')).length);
        await this.#tell(`${manager}/way`, known, true);
      }
    }
    if (whole) {
      this.#parts.meter.count('Audits', 1);
      for (const { name, appliedRulebook } of warms) {
        this.#parts.meter.count('Rules', appliedRulebook.rules.length, name);
        this.#parts.meter.count('Sets', appliedRulebook.sets.size, name);
      }
    }
    return back;
  }

  /** Brings every view towards the log's head; `conditions`: and reads what the streams say of themselves. What came is `#news` until a round begins. */
  async #look(conditions = false): Promise<readonly ViewHead[]> {
    const heads = await Promise.all(this.#clusters.map((cluster) => this.#parts.views.advance(cluster, { conditions })));
    for (const head of heads) {
      const { cluster } = head;
      if (!head.view) continue;
      for (const name of this.#firewalls) {
        const warm = this.#firewall(name);
        if (!warm.clusters.includes(cluster)) continue;
        const moved = !warm.views.has(cluster) || (head.change !== undefined && head.change.to !== head.change.from);
        if (moved || head.change === undefined) warm.see(head);
        this.#news ||= moved;
      }
    }
    return heads;
  }

  /** A look in the middle of a round: whether the log held anything. */
  async #sees(): Promise<boolean> {
    const before = this.#news;
    this.#news = false;
    await this.#look();
    const came = this.#news;
    this.#news ||= before;
    return came;
  }

  async #tellOfStreams(heads: readonly ViewHead[]): Promise<void> {
    const conditions = heads.flatMap((head) => head.conditions);
    this.#stale = new Set(conditions.filter((one) => STALE.has(one.code)).map((one) => one.subject.cluster ?? ''));
    await this.#tell(`${this.#parts.manager}/views`, conditions, false);
    for (const { cluster, shipper } of heads) {
      if (!shipper || this.#shippers.get(cluster) === shipper) continue;
      await this.#parts.teller.again?.(cluster);
      this.#shippers.set(cluster, shipper);
    }
  }

  /** What is not on the devices by now, and since when. What is only observed, or held by the budget of a plan, waits for a person: its condition says so. */
  #measure(startedMs: number): void {
    const { meter, now } = this.#parts;
    meter.count('StaleClusters', this.#stale.size);
    for (const warm of this.#warm.values()) {
      const unknown = warm.base === undefined && [...warm.appliedRulebook.sets.values()].some(({ cluster }) => warm.views.has(cluster));
      const waits = unknown || warm.pending.size > 0 || warm.natLags || structureWanted([warm], undefined);
      if (warm.settings.mode === 'observe' || warm.views.size === 0 || !waits) warm.observedMs = undefined;
      else warm.observedMs ??= startedMs;
      meter.count('OldestChange', warm.observedMs === undefined ? 0 : (now() - warm.observedMs) / 1000, warm.name);
    }
  }

  #firewall(name: string): WarmFirewall {
    const known = this.#warm.get(name);
    if (known) return known;
    const warm = new WarmFirewall(this.#parts, name);
    this.#warm.set(name, warm);
    return warm;
  }

  /** Only changes are told; an audit tells what the memory of this process may have missed. */
  async #tell(owner: string, conditions: readonly Condition[], fresh: boolean): Promise<void> {
    const hash = hashOf(conditions.map((one) => JSON.stringify(one)).sort());
    if (!fresh && this.#told.get(owner) === hash) return;
    this.#told.delete(owner);
    const { table, teller, now } = this.#parts;
    const unique = boundedConditions([...new Map(conditions.map((one) => [JSON.stringify([one.code, one.subject]), one])).values()]);
    await replaceConditions(table, owner, unique, now(), (events) => teller.conditions(events));
    this.#told.set(owner, hash);
  }
}

function earliest(...moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** While a job of an open plan runs, the sets it filled stand on the device already and are followed. */
function filledOf(filled: unknown, warm: WarmFirewall): Rulebook | undefined {
  const hash = (filled as Readonly<Record<string, string>> | undefined)?.[warm.name];
  return hash !== undefined && hash === warm.wantedHash ? warm.wanted : undefined;
}
