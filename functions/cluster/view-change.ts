/** Collects what changed into the net ViewChange of view.ts: what came and went again in one batch is no change. */
import { type CompactMember, MemberSet } from '../../proto/members.ts';
import type { PolicyKey, ViewChange } from './view.ts';

export class ChangeRecord {
  structure = false;
  readonly policies = new Set<PolicyKey>();
  readonly replaced = new Set<string>();
  readonly members = new Map<string, { readonly added: MemberSet; readonly removed: MemberSet }>();
  observedMs: number | undefined;

  get empty(): boolean {
    return !this.structure && this.policies.size === 0 && this.replaced.size === 0 && this.members.size === 0;
  }

  setReplaced(set: string): void {
    this.replaced.add(set);
    this.members.delete(set);
  }

  /** Both lists hold members that really came or went. */
  membersChanged(set: string, added: Iterable<CompactMember>, removed: Iterable<CompactMember>): void {
    if (this.replaced.has(set)) return;
    const net = this.members.get(set) ?? { added: new MemberSet(), removed: new MemberSet() };
    for (const member of removed) if (!net.added.delete(member)) net.removed.add(member);
    for (const member of added) if (!net.removed.delete(member)) net.added.add(member);
    if (net.added.size + net.removed.size > 0) this.members.set(set, net);
    else this.members.delete(set);
  }

  /** What `later` recorded happened after this. */
  append(later: ChangeRecord): void {
    if (later.empty) return;
    this.structure ||= later.structure;
    for (const key of later.policies) this.policies.add(key);
    for (const set of later.replaced) this.setReplaced(set);
    for (const [set, { added, removed }] of later.members) this.membersChanged(set, added.compact(), removed.compact());
    if (later.observedMs !== undefined) this.observedMs = Math.min(this.observedMs ?? Number.POSITIVE_INFINITY, later.observedMs);
  }

  between(from: number, to: number): ViewChange {
    const { structure, policies, members, replaced, observedMs } = this;
    return { from, to, structure, policies, members, replaced, observedMs: this.empty ? undefined : observedMs };
  }
}
