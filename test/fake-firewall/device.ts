/** The device: sets, a running and a candidate rulebook, and a packet's fate. */
import type { ForeignPending } from '../../functions/firewalls/contract.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import type { FilterRule, Member, Rulebook, SetDefinition, SetId } from '../../functions/rulebook/types.ts';

export class FakeDevice {
  readonly sets = new Map<SetId, Set<Member>>();
  running: Rulebook = { rules: [], sets: new Map<SetId, SetDefinition>() };
  candidate: Rulebook | undefined;
  /** NAT's own lists of members, where the device has them (FakeOptions.slowNat): running and candidate */
  nat = new Map<SetId, ReadonlySet<Member>>();
  candidateNat: ReadonlyMap<SetId, ReadonlySet<Member>> = new Map();
  foreign: ForeignPending[] = [];
  /** every write, one line */
  readonly writes: string[] = [];
  /** committed jobs that are not finished: polls left */
  readonly jobs = new Map<number, number>();
  readonly fences = { structure: 0, members: 0 };

  /** Called after every single write. */
  onWrite: () => void = () => {};

  write(line: string): void {
    this.writes.push(line);
    this.onWrite();
  }

  /** The address that a packet leaves with: the translation of the first rule that NAT's lists let match, as text; "own" where there is none. */
  leavesAs(border: string, packet: Packet): string {
    const members = { members: (set: SetId) => this.nat.get(set) ?? this.sets.get(set) ?? new Set<Member>(), digest: () => '' };
    const decision = evaluatorOf({ rulebook: this.running, members })(border, 'forward', packet);
    const translation = decision.kind === 'allow' ? decision.rule.translation : undefined;
    return translation === undefined || translation.kind === 'absent' ? 'own' : JSON.stringify(translation);
  }

  decide(border: string, packet: Packet): { kind: 'allow' | 'deny' | 'unmatched'; rule?: FilterRule } {
    const members = {
      members: (set: SetId) => {
        const found = this.sets.get(set);
        if (!found) throw new Error(`the running rules name set ${set}, which does not exist`);
        return found;
      },
      digest: () => '',
    };
    return evaluatorOf({ rulebook: this.running, members })(border, 'forward', packet);
  }
}
