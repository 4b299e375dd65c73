/** The derived sets of one firewall in the engine's words. */
import type { ViewChange } from '../cluster/view.ts';
import { DerivedMembers } from '../policy/members.ts';
import type { Members, SetDefinition, SetId } from '../rulebook/types.ts';
import type { DerivedSets, FelixSets, SetChange } from './ports.ts';

export class FirewallSets implements DerivedSets {
  readonly #members = new DerivedMembers(() => undefined);

  define(sets: ReadonlyMap<SetId, SetDefinition>, felix: FelixSets): void {
    this.#members.use({ rules: [], sets }, felix);
  }

  update(cluster: string, change: ViewChange): ReadonlyMap<SetId, SetChange> {
    return new Map(this.#members.apply(cluster, change).map(({ set, added, removed }) => [set, { added, removed }]));
  }

  members(set: SetId): Members {
    return this.#members.members(set);
  }

  digest(set: SetId): string {
    return this.#members.digest(set);
  }
}
