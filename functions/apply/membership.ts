/**
 * The lane of membership, one firewall: what changed in sets that stand on the device goes there with no commit, under a lease of its own, so that a
 * busy or locked structure lane never delays it.
 *
 *   changes of the views ─► derived sets ─► pending ─┐
 *   doubt ─► read those sets ─► differences ─────────┴► budget ─► planMembers ─► write ahead ─► steps ─► ledger
 *
 * The ledger keeps log positions, never members. What must be doubted, and is therefore compared by reading: everything after a cold start and in an
 * audit (by digest first); what was in flight when a run died; what changed while another process held the lane; sets that are new on the device.
 */
import type { Condition } from '../errors.ts';
import type { DomainState, MemberChange, ReadRequest, Step } from '../firewalls/contract.ts';
import { readApproval } from '../ledger/controls.ts';
import { hashOf } from '../ledger/encode.ts';
import { acquireLease, type Lease, readLeaseState } from '../ledger/lease.ts';
import type { Member, Rulebook, SetId } from '../rulebook/types.ts';
import { milliseconds } from '../settings.ts';
import type { TableItem, TableValue } from '../table.ts';
import { condition } from './errors.ts';
import { shrinksTooMuch } from './guard.ts';
import { setsOf } from './kept.ts';
import { backOffMs } from './patience.ts';
import type { EngineParts } from './ports.ts';
import { failureOf, runStep, whyFrozen } from './step.ts';
import type { Delta, WarmFirewall } from './warm.ts';

export interface MembersRun {
  readonly audit: boolean;
  /** a structure change is about to be made: only what closes goes before it, so that old rules never open what neither policy allows */
  readonly closingOnly: boolean;
  /** sets of an open plan that stand on the device already, all filled */
  readonly filled: Rulebook | undefined;
  readonly deadlineMs: number;
  readonly leaseMs: number;
  /** the lane's lease, when it was read just now */
  readonly seen?: { readonly state: TableItem | undefined };
}

export interface MembersEnd {
  /** nothing: the device follows. busy: another run holds the lane. behind: some changes wait (conditions say why). retry: come back. */
  readonly kind: 'nothing' | 'done' | 'behind' | 'busy' | 'retry';
  /** undefined: not looked at this time; what was told before still holds */
  readonly conditions: readonly Condition[] | undefined;
  /** when to come back, Unix ms */
  readonly againMs?: number;
  /** sets that the ledger says stand and the device lacks: the structure lane must look */
  readonly lost: readonly SetId[];
}

interface Window {
  readonly sinceMs: number;
  readonly version: number;
  readonly sizes: Readonly<Record<string, number>>;
}

/** What the last passes wrote, so that another process knows what to read; the item must stay under a kilobyte to stay cheap. */
interface Recent {
  readonly writes: number;
  readonly sets: readonly SetId[];
}

const MOST_RECENT = 6;
const MOST_NAMED = 100;
const ALL = '*';
const LOOK_AGAIN_MS = 60_000;

export async function followMembers(parts: EngineParts, warm: WarmFirewall, run: MembersRun): Promise<MembersEnd> {
  const { table, now } = parts;
  const nothing: MembersEnd = { kind: 'nothing', conditions: [], lost: [] };
  const standing = standingSets(warm, run.filled);
  if (standing.size === 0) return nothing;
  const seen = run.seen ? run.seen.state : await readLeaseState(table, `members#${warm.name}`);
  const waits = [...warm.pending.keys()].some((set) => standing.has(set));
  const inStep =
    seen !== undefined && Number(seen.writes ?? 0) === warm.base && Number(seen.version ?? -1) === (warm.applied?.version ?? 0);
  if (inStep && !seen.inFlight && !waits && !run.audit && !run.filled) return nothing;
  if (Number(seen?.notBeforeMs ?? 0) > now() && !run.audit)
    return { ...nothing, kind: 'retry', conditions: undefined, againMs: Number(seen?.notBeforeMs) };
  // The everyday case, a warm process that knows exactly what the device lacks: what will be in flight is written with the lease, in one write.
  const claimed = inStep && !seen.inFlight && !run.audit && !run.filled ? [...warm.pending.keys()].filter((set) => standing.has(set)) : [];
  const claim = claimed.length > 0 ? { inFlight: named(claimed) } : {};
  const [lease, switches] = await Promise.all([
    acquireLease(table, `members#${warm.name}`, now(), run.leaseMs, { claim, seen }),
    claimed.length > 0 && warm.settings.mode !== 'observe'
      ? whyFrozen(table, parts.settings, warm.name).then((why) => ({ why }))
      : undefined,
  ]);
  if (lease.kind === 'held') return { ...nothing, kind: 'busy', conditions: undefined, againMs: lease.expiresMs };
  return new Pass(parts, warm, run, lease, standing, claimed, switches).go();
}

/** What the switches said a moment ago; undefined = not read yet. */
type Switches = { readonly why: string | undefined } | undefined;

/** As the ledger keeps them: many are all. */
const named = (sets: readonly SetId[]): readonly SetId[] => (sets.length > MOST_NAMED ? [ALL] : sets);

/** Sets that the members lane answers for. Those of a cluster without a view are left as they are. */
function standingSets(warm: WarmFirewall, filled: Rulebook | undefined): Map<SetId, { readonly cluster: string }> {
  const out = new Map<SetId, { readonly cluster: string }>();
  for (const book of [filled, warm.applied?.rulebook]) {
    for (const set of book?.sets.values() ?? []) if (warm.views.has(set.cluster)) out.set(set.id, set);
  }
  return out;
}

class Pass {
  readonly #parts: EngineParts;
  readonly #warm: WarmFirewall;
  readonly #run: MembersRun;
  readonly #lease: Lease;
  readonly #standing: ReadonlyMap<SetId, { readonly cluster: string }>;
  readonly #claimed: readonly SetId[];
  readonly #switches: Switches;
  readonly #rulebook: Rulebook;
  readonly #conditions: Condition[] = [];
  /** set -> why it does not follow */
  readonly #behind = new Map<SetId, string>();
  #lost: SetId[] = [];
  #window: Window | undefined;
  #written: readonly SetId[] = [];

  constructor(
    parts: EngineParts,
    warm: WarmFirewall,
    run: MembersRun,
    lease: Lease,
    standing: ReadonlyMap<SetId, { readonly cluster: string }>,
    claimed: readonly SetId[],
    switches: Switches,
  ) {
    this.#parts = parts;
    this.#warm = warm;
    this.#run = run;
    this.#lease = lease;
    this.#standing = standing;
    this.#claimed = claimed;
    this.#switches = switches;
    const sets = new Map([...(run.filled?.sets ?? []), ...warm.appliedRulebook.sets]);
    this.#rulebook = { rules: warm.appliedRulebook.rules, sets };
  }

  async go(): Promise<MembersEnd> {
    const warm = this.#warm;
    try {
      await this.#compareDoubtful();
    } catch (error) {
      const { code, message } = failureOf(error);
      return this.#comeBack(
        condition('CEXT_APPLY_UNREACHABLE', 'error', `members of ${warm.name}: ${code}: ${message}`, { firewall: warm.name }),
      );
    }
    const changes = this.#affordable(await this.#budgets());
    const ready = this.#fastOnly(changes);
    const frozen = ready.length > 0 ? await this.#heldBack() : undefined;
    if (frozen) {
      for (const change of ready) this.#behind.set(change.set, frozen.message);
      this.#conditions.push(frozen);
      const end = await this.#settle('behind');
      return frozen.code === 'CEXT_APPLY_FROZEN' ? { ...end, againMs: this.#parts.now() + LOOK_AGAIN_MS } : end;
    }
    if (ready.length === 0) return this.#settle(this.#behind.size > 0 ? 'behind' : 'done');
    const steps = this.#parts.connector.planMembers(warm.state as NonNullable<typeof warm.state>, warm.desired(this.#rulebook), ready);
    const failed = await this.#write(steps, ready);
    if (failed) return failed;
    for (const change of ready) this.#clear(change);
    return this.#settle(this.#behind.size > 0 ? 'behind' : 'done');
  }

  /** Reads what must be doubted and makes `pending` the truth for it. */
  async #compareDoubtful(): Promise<void> {
    const warm = this.#warm;
    const state = this.#lease.state;
    const version = warm.applied?.version ?? 0;
    const inFlight = (state.inFlight ?? []) as readonly SetId[];
    const behind = Object.keys((state.behind ?? {}) as Record<SetId, string>);
    const doubt = new Set<SetId>();
    const written = writtenSince(state.recent, warm.base, Number(state.writes ?? 0));
    const others = Number(state.writes ?? 0) !== warm.base;
    if (others) for (const set of [...(written ?? []), ...warm.pending.keys(), ...behind]) doubt.add(set);
    const all = this.#run.audit || written === undefined || inFlight.includes(ALL) || doubt.has(ALL);
    for (const set of inFlight) doubt.add(set);
    if (Number(state.version ?? -1) !== version) for (const set of warm.applied?.fresh ?? []) doubt.add(set);
    for (const set of this.#run.filled?.sets.keys() ?? []) if (!warm.appliedRulebook.sets.has(set)) doubt.add(set);
    if (all) for (const set of this.#standing.keys()) doubt.add(set);
    for (const set of doubt) if (!this.#standing.has(set)) doubt.delete(set);
    const needsState = warm.state === undefined || warm.stateVersion !== version || this.#run.filled !== undefined;
    if (doubt.size === 0 && !needsState) return;
    let differing: ReadonlySet<SetId> = doubt;
    let found = await this.#read(doubt.size === 0 ? 'none' : all ? 'digest' : doubt);
    if (all && doubt.size > 0) {
      differing = new Set([...doubt].filter((set) => found.sets.get(set)?.digest !== warm.derived.digest(set)));
      if (differing.size > 0) found = await this.#read(differing);
    }
    const calm = this.#run.audit && Number(state.writes ?? 0) === warm.base && inFlight.length === 0;
    for (const set of doubt) {
      const expected = warm.pending.has(set) || !calm;
      warm.pending.delete(set);
      if (!found.sets.has(set)) this.#lost.push(set);
      else if (differing.has(set)) {
        this.#setPending(set, found.sets.get(set)?.members ?? new Set());
        if (!expected) this.#tellDrift(set);
      }
    }
    this.#lost = this.#lost.filter((set) => warm.appliedRulebook.sets.has(set));
    if (all) for (const set of [...warm.pending.keys()]) if (!doubt.has(set)) warm.pending.delete(set);
  }

  /** The lane was quiet and this set is not as it was left: somebody else changed it. Members are always put right (docs/decisions/0074). */
  #tellDrift(set: SetId): void {
    const { name } = this.#warm;
    const { added, removed } = this.#warm.pending.get(set) ?? { added: new Set(), removed: new Set() };
    const text = this.#rulebook.sets.get(set)?.text ?? set;
    const message = `${name}: somebody else took ${added.size} members out of set ${set} (${text}) and put ${removed.size} in; put right`;
    this.#conditions.push(condition('CEXT_APPLY_DRIFT', 'warning', message, { firewall: name, field: set }));
    this.#parts.meter.count('Drift', 1, name);
  }

  #setPending(set: SetId, there: ReadonlySet<Member>): void {
    const wanted = this.#warm.derived.members(set);
    const added = new Set<Member>();
    for (const member of wanted) if (!there.has(member)) added.add(member);
    const removed = new Set<Member>();
    for (const member of there) if (!wanted.has(member)) removed.add(member);
    if (added.size + removed.size > 0) this.#warm.pending.set(set, { added, removed });
  }

  async #read(members: ReadRequest['members']) {
    const warm = this.#warm;
    const what = this.#run.filled ? 'pending' : 'running';
    const state: DomainState = await this.#parts.connector.read({ what, firewalls: [warm.desired(this.#rulebook)], members });
    this.#parts.meter.count('DeviceReads', 1, warm.name);
    const found = state.firewalls.get(warm.name);
    if (!found) throw new Error(`the connector read nothing of firewall ${warm.name}`);
    warm.state = found;
    warm.stateVersion = this.#run.filled ? -1 : (warm.applied?.version ?? 0);
    return found;
  }

  /** Clusters whose removals are held: a net shrink in a window beyond the budget (DESIGN.md 6.3). */
  async #budgets(): Promise<ReadonlySet<string>> {
    const warm = this.#warm;
    const { budget } = warm.settings;
    const nowMs = this.#parts.now();
    const version = warm.applied?.version ?? 0;
    const there = new Map<string, number>();
    const wanted = new Map<string, number>();
    for (const cluster of warm.views.keys()) {
      const count = warm.memberCount(cluster, warm.appliedRulebook.sets);
      wanted.set(cluster, count);
      there.set(cluster, count);
    }
    for (const [set, delta] of warm.pending) {
      const cluster = this.#standing.get(set)?.cluster;
      if (cluster === undefined || !warm.appliedRulebook.sets.has(set)) continue;
      there.set(cluster, (there.get(cluster) ?? 0) - delta.added.size + delta.removed.size);
    }
    const stored = this.#lease.state.window as Window | undefined;
    const held = (this.#lease.state.held ?? {}) as Readonly<Record<string, string>>;
    const fresh = !stored || stored.version !== version || nowMs - stored.sinceMs > milliseconds(budget.membersWindow);
    const window: Window =
      fresh && Object.keys(held).length === 0
        ? { sinceMs: nowMs, version, sizes: Object.fromEntries(there) }
        : (stored ?? { sinceMs: nowMs, version, sizes: {} });
    const sizes: Record<string, number> = { ...window.sizes };
    const out = new Set<string>();
    const hashes: Record<string, string> = {};
    for (const [cluster, count] of wanted) {
      const base = Math.max(sizes[cluster] ?? 0, there.get(cluster) ?? 0);
      sizes[cluster] = base;
      if (!shrinksTooMuch(base, count, budget.membersRemovedShare)) continue;
      const hash = held[cluster] ?? hashOf({ firewall: warm.name, cluster, sinceMs: window.sinceMs, base });
      if (await readApproval(this.#parts.table, warm.name, hash)) {
        sizes[cluster] = count;
        continue;
      }
      out.add(cluster);
      hashes[cluster] = hash;
      const message = `cluster ${cluster} on ${warm.name}: ${base} members would become ${count} within ${budget.membersWindow}; removals are held, approve with hash ${hash}`;
      this.#conditions.push(condition('CEXT_APPLY_MEMBERS_HELD', 'error', message, { firewall: warm.name, cluster }));
    }
    this.#window = { ...window, sizes };
    this.#held = hashes;
    return out;
  }
  #held: Readonly<Record<string, string>> = {};

  #affordable(heldClusters: ReadonlySet<string>): MemberChange[] {
    const warm = this.#warm;
    const out: MemberChange[] = [];
    const closing = this.#run.closingOnly ? closingSides([warm.appliedRulebook, warm.compilation?.rulebook, warm.wanted]) : undefined;
    for (const [set, all] of warm.pending) {
      const cluster = this.#standing.get(set)?.cluster;
      if (cluster === undefined) continue;
      const side = closing?.get(set);
      const delta = closing
        ? { added: side === 'added' ? all.added : new Set<Member>(), removed: side === 'removed' ? all.removed : new Set<Member>() }
        : all;
      const keep = warm.settings.mode === 'add-only' ? 'mode add-only' : heldClusters.has(cluster) ? 'removals are held' : undefined;
      const removed = keep ? new Set<Member>() : new Set(delta.removed);
      if (keep && delta.removed.size > 0) this.#behind.set(set, keep);
      if (delta.added.size + removed.size > 0) out.push({ set, added: new Set(delta.added), removed });
    }
    return out;
  }

  /** Sets of translated rules whose translation has no fast lane wait for it as a whole: a packet never leaves with a wrong address. */
  #fastOnly(changes: readonly MemberChange[]): MemberChange[] {
    const warm = this.#warm;
    const { lanes } = this.#parts.connector.capabilities;
    if (![...Object.values(lanes.filter), ...Object.values(lanes.nat)].some((lane) => lane !== 'fast')) return [...changes];
    const desired = warm.desired(this.#rulebook);
    const waiting: MemberChange[] = [];
    const ready = changes.filter((change) => {
      const steps = this.#parts.connector.planMembers(warm.state as NonNullable<typeof warm.state>, desired, [change]);
      if (steps.every((step) => step.lane === 'members')) return true;
      waiting.push(change);
      this.#behind.set(change.set, 'waits for the structure lane');
      return false;
    });
    warm.slow = waiting;
    if (waiting.length > 0) {
      const translated = new Set(warm.appliedRulebook.rules.filter((rule) => rule.translation.kind !== 'absent').flatMap(setsOf));
      const nat = waiting.filter((change) => translated.has(change.set)).length;
      const message = `${waiting.length} sets of ${warm.name} wait for the slow lane, ${nat} of them in translated rules`;
      this.#conditions.push(condition('CEXT_APPLY_NAT_WAITS', 'info', message, { firewall: warm.name }));
      if (warm.observedMs !== undefined) this.#parts.meter.count('NatLag', this.#parts.now() - warm.observedMs, warm.name);
    }
    return ready;
  }

  async #heldBack(): Promise<Condition | undefined> {
    const { name, settings } = this.#warm;
    if (settings.mode === 'observe') {
      return condition('CEXT_APPLY_OBSERVED', 'info', `${name} is in mode observe: its members are not followed`, {
        firewall: name,
        field: 'members',
      });
    }
    const { why } = this.#switches ?? { why: await whyFrozen(this.#parts.table, this.#parts.settings, name) };
    return why === undefined ? undefined : condition('CEXT_APPLY_FROZEN', 'warning', `${name} is ${why}`, { firewall: name });
  }

  /** Write ahead, then the steps. Returns an end when it could not be finished. */
  async #write(steps: readonly Step[], changes: readonly MemberChange[]): Promise<MembersEnd | undefined> {
    const warm = this.#warm;
    const parts = this.#parts;
    const { table } = parts;
    const before = (this.#lease.state.inFlight ?? []) as readonly SetId[];
    const sets = [...new Set([...before, ...changes.map((change) => change.set)])];
    const isClaimed = sets.every((set) => this.#claimed.includes(set));
    if (!isClaimed) await this.#lease.write({ inFlight: named(sets) });
    this.#written = sets.length > MOST_RECENT ? [ALL] : sets;
    const desired = new Map([[warm.name, warm.desired(this.#rulebook)]]);
    for (const [at, step] of steps.entries()) {
      const end = await runStep(step, {
        table,
        settings: parts.settings,
        connector: parts.connector,
        now: parts.now,
        desired,
        fence: { lane: 'members', number: this.#lease.fence },
        deadlineMs: this.#run.deadlineMs,
        progress: undefined,
        onProgress: async () => {},
        onWrites: (writes) => parts.meter.count('DeviceWrites', writes, warm.name),
        switchesRead: at === 0 && isClaimed,
      });
      if (end.kind === 'done') continue;
      const subject = { firewall: warm.name };
      if (end.kind === 'late') return this.#comeBack(undefined);
      if (end.kind === 'frozen') return this.#comeBack(condition('CEXT_APPLY_FROZEN', 'warning', `${warm.name} is ${end.why}`, subject));
      if (end.kind === 'blocked') {
        const since = end.since ? ` since ${end.since}` : '';
        return this.#comeBack(
          condition('CEXT_APPLY_BLOCKED', 'warning', `members of ${warm.name}: ${end.who} blocks: ${end.what}${since}`, {
            ...subject,
            field: 'members',
          }),
        );
      }
      const why = end.kind === 'failed' || end.kind === 'unknown' ? `${end.why.code}: ${end.why.message}` : end.kind;
      parts.meter.count('ApplyFailed', 1, warm.name);
      return this.#comeBack(
        condition('CEXT_APPLY_FAILED', 'error', `members of ${warm.name}, step "${step.text}": ${why}`, { ...subject, field: 'members' }),
      );
    }
    const count = changes.reduce((sum, change) => sum + change.added.size + change.removed.size, 0);
    parts.meter.count('MemberChanges', count, warm.name);
    return undefined;
  }

  #clear(change: MemberChange): void {
    const delta = this.#warm.pending.get(change.set) as Delta;
    for (const member of change.added) delta.added.delete(member);
    for (const member of change.removed) delta.removed.delete(member);
    if (delta.added.size + delta.removed.size === 0) this.#warm.pending.delete(change.set);
  }

  /** The lane follows up to the views' positions, but for what is behind: one write gives all that back together with the lease. */
  async #settle(kind: 'done' | 'behind'): Promise<MembersEnd> {
    const warm = this.#warm;
    const writes = Number(this.#lease.state.writes ?? 0) + 1;
    const behind: Record<string, string> = Object.fromEntries([...this.#behind].slice(0, MOST_NAMED));
    if (this.#behind.size > MOST_NAMED) behind[ALL] = `${this.#behind.size} sets are behind`;
    if (this.#run.audit) {
      const members = [...this.#standing.keys()].reduce((sum, set) => sum + warm.derived.members(set).size, 0);
      this.#parts.meter.count('Members', members, warm.name);
    }
    await this.#lease.release({
      positions: { ...warm.positions },
      version: warm.applied?.version ?? 0,
      writes,
      inFlight: undefined,
      recent: [...((this.#lease.state.recent ?? []) as unknown as readonly Recent[]), { writes, sets: this.#written }].slice(
        -MOST_RECENT,
      ) as unknown as TableValue,
      behind,
      window: this.#window as unknown as TableValue,
      held: this.#held,
      failures: 0,
      notBeforeMs: 0,
    });
    warm.base = writes;
    if (this.#behind.size === 0 && warm.observedMs !== undefined) {
      this.#parts.meter.count('Latency', this.#parts.now() - warm.observedMs, warm.name);
      warm.observedMs = undefined;
    }
    return { kind, conditions: this.#conditions, lost: this.#lost };
  }

  /** What was in flight stays written: the next run reads it before it believes anything. Backs off with jitter. */
  async #comeBack(why: Condition | undefined): Promise<MembersEnd> {
    if (why) this.#conditions.push(why);
    const failures = why ? Number(this.#lease.state.failures ?? 0) + 1 : 0;
    const waitMs = why ? backOffMs(failures, this.#parts.random()) : 0;
    const againMs = this.#parts.now() + waitMs;
    this.#warm.forgetMembers();
    await this.#lease.release({ failures, notBeforeMs: why ? againMs : 0 });
    return { kind: 'retry', conditions: this.#conditions, againMs, lost: this.#lost };
  }
}

/** Sets that passes after this one of ours wrote; undefined: not known any more, compare all. */
function writtenSince(recent: unknown, base: number | undefined, writes: number): readonly SetId[] | undefined {
  if (base === undefined) return undefined;
  const passes = ((recent ?? []) as unknown as readonly Recent[]).filter((one) => one.writes > base);
  return passes.length === writes - base ? passes.flatMap((one) => one.sets) : undefined;
}

/** Per set the kind of change that can only close: removals where it only widens allows, additions where it only widens denies. */
function closingSides(books: readonly (Rulebook | undefined)[]): Map<SetId, 'added' | 'removed' | 'neither'> {
  const out = new Map<SetId, 'added' | 'removed' | 'neither'>();
  const note = (set: SetId, side: 'added' | 'removed') => out.set(set, (out.get(set) ?? side) === side ? side : 'neither');
  for (const rule of books.flatMap((book) => book?.rules ?? [])) {
    if (rule.action === 'log') continue;
    const widens = rule.action === 'allow' ? 'removed' : 'added';
    const narrows = rule.action === 'allow' ? 'added' : 'removed';
    for (const side of [rule.source, rule.destination]) {
      for (const set of side.include === 'any' ? [] : side.include.sets) note(set, widens);
      for (const set of side.exclude.sets) note(set, narrows);
    }
    for (const end of [rule.sourceEndpoints, rule.destinationEndpoints]) {
      for (const set of end.include) note(set, widens);
      for (const set of end.exclude) note(set, narrows);
    }
  }
  return out;
}
