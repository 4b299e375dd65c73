/** What one pass over the members of one firewall carries from verb to verb. */
import type { Condition } from '../errors.ts';
import type { Lease } from '../ledger/lease.ts';
import type { Rulebook, SetId } from '../rulebook/types.ts';
import type { TableItem } from '../table.ts';
import type { EngineParts } from './ports.ts';
import type { WarmFirewall } from './warm.ts';

export interface MembersRun {
  readonly audit: boolean;
  /** a structure change is about to be made: only what closes goes before it, so that old rules never open what neither policy allows */
  readonly closingOnly: boolean;
  /** under the structure lease with no plan open: members whose translation is settled may join the filter */
  readonly joins?: boolean;
  /** structure is wanted: only the members of these clusters, whose rules stay as they are, go before it */
  readonly only?: ReadonlySet<string>;
  /** sets of an open plan that stand on the device already, all filled */
  readonly filled: Rulebook | undefined;
  readonly deadlineMs: number;
  readonly leaseMs: number;
  /** the log was read after another process had written for a later position: what the view says is the latest all the same */
  readonly headRead?: boolean;
  /** the lane's lease, when it was read just now */
  readonly seen?: { readonly state: TableItem | undefined };
}

export interface MembersEnd {
  /** nothing: the device follows. busy: another run holds the lane. behind: some changes wait (conditions say why). retry: come back. overtaken: another process
   *  wrote for a later position of the log than this one has seen; to write now would undo it. */
  readonly kind: 'nothing' | 'done' | 'behind' | 'busy' | 'retry' | 'overtaken';
  /** undefined: not looked at this time; what was told before still holds */
  readonly conditions: readonly Condition[] | undefined;
  /** when to come back, Unix ms */
  readonly againMs?: number;
  /** sets that the ledger says stand and the device lacks: the structure lane must look */
  readonly lost: readonly SetId[];
  /** one cluster wants more than its turn: the rest after another look */
  readonly turnsLeft?: boolean;
}

export interface Window {
  readonly sinceMs: number;
  readonly version: number;
  readonly sizes: Readonly<Record<string, number>>;
}

/** What the last passes wrote, so that another process knows what to read; the item must stay under a kilobyte to stay cheap. */
export interface Recent {
  readonly writes: number;
  readonly sets: readonly SetId[];
}

export const MOST_RECENT = 6;
export const MOST_NAMED = 100;
export const ALL = '*';
/** Why a set is behind that no view feeds any more: it stays as it is until its rules go or `frozenFor` is over (unfed.ts). */
export const UNFED = 'the cluster does not feed it any more';
export const LOOK_AGAIN_MS = 60_000;

/** What the switches said a moment ago; undefined = not read yet. */
export type Switches = { readonly why: string | undefined } | undefined;

/** As the ledger keeps them: many are all. */
export const named = (sets: readonly SetId[]): readonly SetId[] => (sets.length > MOST_NAMED ? [ALL] : sets);

export class MembersPass {
  readonly parts: EngineParts;
  readonly warm: WarmFirewall;
  readonly run: MembersRun;
  readonly lease: Lease;
  readonly standing: ReadonlyMap<SetId, { readonly cluster: string }>;
  /** written as in flight together with the lease */
  readonly claimed: readonly SetId[];
  readonly switches: Switches;
  readonly rulebook: Rulebook;
  readonly conditions: Condition[] = [];
  /** set -> why it does not follow */
  readonly behind = new Map<SetId, string>();
  lost: SetId[] = [];
  window: Window | undefined;
  written: readonly SetId[] = [];
  held: Readonly<Record<string, string>> = {};
  unfed: Readonly<Record<string, number>> = {};

  constructor(
    parts: EngineParts,
    warm: WarmFirewall,
    run: MembersRun,
    lease: Lease,
    standing: ReadonlyMap<SetId, { readonly cluster: string }>,
    claimed: readonly SetId[],
    switches: Switches,
  ) {
    this.parts = parts;
    this.warm = warm;
    this.run = run;
    this.lease = lease;
    this.standing = standing;
    this.claimed = claimed;
    this.switches = switches;
    const sets = new Map([...(run.filled?.sets ?? []), ...warm.appliedRulebook.sets]);
    this.rulebook = { rules: warm.appliedRulebook.rules, sets };
  }
}
