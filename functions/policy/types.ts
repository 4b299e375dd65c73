/** What goes into the compiler and what comes out. The compiler is pure: no I/O, no clock. */
import type { ClusterView, FelixSet, Policy, PolicyKey } from '../cluster/view.ts';
import type { Condition } from '../errors.ts';
import type { Capabilities } from '../rulebook/capabilities.ts';
import type { Rulebook } from '../rulebook/types.ts';
import type { BorderSettings, ClusterSettings, FirewallSettings, PairSettings } from '../settings.ts';

/** The last version of a policy that compiled, kept by the ledger; used while the present version is refused. */
export interface LastGood {
  readonly policy: Policy;
  /** log position at which it was last the present version */
  readonly position: number;
  /** members of sets that Felix no longer feeds, as they were at `position` */
  readonly frozenSets: ReadonlyMap<string, FelixSet>;
  /** older than `frozenFor`: its allows have no members any more */
  readonly expired: boolean;
}

export interface CompileCluster {
  readonly name: string;
  readonly settings: ClusterSettings;
  readonly pair: PairSettings;
  readonly view: ClusterView;
  readonly lastGood: ReadonlyMap<PolicyKey, LastGood>;
}

export interface CompileInput {
  readonly firewall: string;
  readonly settings: FirewallSettings;
  /** borders on this firewall, by HostEndpoint name */
  readonly borders: ReadonlyMap<string, BorderSettings>;
  readonly capabilities: Capabilities;
  readonly clusters: readonly CompileCluster[];
}

export interface Compilation {
  /** All clusters merged, lowered to the capabilities; its sets name Felix sets of the views (or frozen ones). */
  readonly rulebook: Rulebook;
  readonly conditions: readonly Condition[];
  /** Per cluster: the policies whose present version compiled. The ledger keeps them as last good. */
  readonly good: ReadonlyMap<string, ReadonlyMap<PolicyKey, Policy>>;
  /** Per cluster: policies that stay at their last good version, and those that are absent because they never had one. */
  readonly kept: ReadonlyMap<string, ReadonlySet<PolicyKey>>;
  readonly absent: ReadonlyMap<string, ReadonlySet<PolicyKey>>;
}
