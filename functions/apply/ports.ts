/** What the engine needs from the rooms around it, in its own words; handler.ts fills them with the real things. */
import type { ClusterView, FelixSet, ViewChange } from '../cluster/view.ts';
import type { Condition } from '../errors.ts';
import type { Connector } from '../firewalls/contract.ts';
import type { ConditionEvent } from '../ledger/conditions.ts';
import type { Compilation, CompileInput } from '../policy/types.ts';
import type { Book, Difference, Proof } from '../rulebook/algebra.ts';
import type { MemberSource, Members, SetDefinition, SetId } from '../rulebook/types.ts';
import type { Settings } from '../settings.ts';
import type { Table } from '../table.ts';

export interface ViewHead {
  readonly cluster: string;
  /** undefined: no complete snapshot yet; the cluster contributes its last good rules */
  readonly view: ClusterView | undefined;
  /** what came since the last look of this process; undefined with a view = all of it is new */
  readonly change: ViewChange | undefined;
  /** silent, held, probe failed, damaged log: what people must know of this stream */
  readonly conditions: readonly Condition[];
  /** changes when a new shipper speaks; undefined when nobody asked for conditions */
  readonly shipper?: string;
}

/** functions/cluster/warm-views.ts */
export interface Views {
  /** Brings the warm view to the log's head and verifies its digest. `conditions: false` spares the read of what the stream says of itself. */
  advance(cluster: string, options?: { readonly conditions?: boolean }): Promise<ViewHead>;
  /** The view as it was at a log position; undefined when the log does not reach back. */
  at(cluster: string, position: number): Promise<ClusterView | undefined>;
  /** Forget what is warm: the next look is a whole one. */
  forget(): void;
}

export interface SetChange {
  readonly added: Members;
  readonly removed: Members;
}

/** Where a derived set finds Felix's set: the view, or what was frozen with a last good policy. */
export type FelixSets = (cluster: string, set: string) => FelixSet | undefined;

/** The members of derived sets, kept up to date from changes alone. */
export interface DerivedSets extends MemberSource {
  define(sets: ReadonlyMap<SetId, SetDefinition>, felix: FelixSets): void;
  update(cluster: string, change: ViewChange, felix: FelixSets): ReadonlyMap<SetId, SetChange>;
}

export interface FirewallCompiler {
  compile(input: CompileInput): Compilation;
}

export interface Algebra {
  prove(before: Book, after: Book): Proof;
  difference(before: Book, after: Book): Difference;
}

export interface Wakes {
  /** A delayed wake to ourselves; at most 900 s. */
  later(kind: 'again' | 'poll', delayMs: number): Promise<void>;
}

export interface Teller {
  /** Begins and ends; told again when this throws. */
  conditions(events: readonly ConditionEvent[]): Promise<void>;
  /** A new shipper of this cluster knows nothing of what holds against it: all of it once more, to it alone. */
  again?(cluster: string): Promise<void>;
}

export type MetricName =
  | 'ApplyFailed'
  | 'Held'
  | 'Blocked'
  | 'ProofFailed'
  | 'Drift'
  | 'Audits'
  | 'StaleClusters'
  | 'Expiring'
  | 'Commits'
  | 'StructureSteps'
  | 'MemberChanges'
  | 'DeviceWrites'
  | 'DeviceReads'
  | 'Latency'
  | 'OldestChange'
  | 'NatLag'
  | 'FrozenAge'
  | 'Rules'
  | 'Sets'
  | 'Members'
  | 'RoundTime';

export interface Meter {
  count(name: MetricName, value: number, firewall?: string): void;
}

export interface EngineParts {
  readonly manager: string;
  readonly settings: Settings;
  readonly table: Table;
  readonly views: Views;
  readonly connector: Connector;
  readonly compiler: (firewall: string) => FirewallCompiler;
  readonly derived: () => DerivedSets;
  readonly algebra: Algebra;
  readonly wakes: Wakes;
  readonly teller: Teller;
  readonly meter: Meter;
  readonly now: () => number;
  /** short waits inside one run; longer ones are delayed wakes */
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 <= x < 1, for jitter and names */
  readonly random: () => number;
}

/** What it takes to say what is wanted, without writing anything: the operator's command has no more. */
export type LookParts = Pick<EngineParts, 'settings' | 'table' | 'views' | 'compiler' | 'derived' | 'now'> & {
  readonly connector: Pick<Connector, 'capabilities'>;
};
