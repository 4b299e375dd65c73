/** The device: sets, a running and a candidate rulebook, and a packet's fate. */
import type { ForeignPending } from '../../functions/firewalls/contract.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import type { FilterRule, Member, Rulebook, SetDefinition, SetId } from '../../functions/rulebook/types.ts';

export class FakeDevice {
  readonly sets = new Map<SetId, Set<Member>>();
  running: Rulebook = { rules: [], sets: new Map<SetId, SetDefinition>() };
  candidate: Rulebook | undefined;
  /** what was last made to run: anything else that runs is somebody's edit */
  written: Rulebook = this.running;
  /** names of sets that somebody else owns */
  readonly taken = new Set<SetId>();
  /** sets change by commits only: `nat` holds those of all (FakeOptions.slowFilter) */
  commitsSets = false;
  /** lists of members in the slow lane: NAT's own, where the device has them (FakeOptions.slowNat); running and candidate */
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

  run(book: Rulebook, lists: ReadonlyMap<SetId, ReadonlySet<Member>>): void {
    [this.running, this.written] = [book, book];
    this.nat = new Map(lists);
    if (!this.commitsSets) return;
    this.sets.clear();
    for (const [set, members] of lists) this.sets.set(set, new Set(members));
  }

  endCommit(): void {
    if (!this.candidate) return;
    this.run(this.candidate, this.candidateNat);
    this.candidate = undefined;
    this.write('commit ends');
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
