/** The connector of the fake firewall: fills new sets while nothing names them, changes all rules in one step, drops sets after. */
import type {
  Connector,
  Desired,
  DomainState,
  ExecuteContext,
  FirewallState,
  Json,
  MemberChange,
  Outcome,
  Plan,
  ReadRequest,
  SetState,
  Step,
} from '../../functions/firewalls/contract.ts';
import { decodeRulebook, encodeRulebook, structureHash } from '../../functions/ledger/encode.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import { Digest, memberLanes, setSeed } from '../../proto/digest.ts';
import type { FakeDevice } from './device.ts';

const fast = { host4: 'fast', host6: 'fast', prefix4: 'fast', prefix6: 'fast' } as const;
export const FAKE_CAPABILITIES: Capabilities = {
  protocols: 'all',
  icmpTypes: true,
  icmpCodes: true,
  sourcePorts: true,
  excludePrefixes: true,
  excludeSets: true,
  endpointSets: true,
  log: 'rule',
  preDnat: true,
  mixedFamilies: true,
  translations: { none: true, address: true, range: true, pool: true, ipv6: true },
  ipv6PrefixMembers: true,
  maxRules: 100_000,
  maxSets: 100_000,
  maxMembersPerSet: 1_000_000,
  maxMembers: 10_000_000,
  maxSetsPerAddress: 1_000,
  lanes: { filter: fast, nat: fast },
  atomicMembership: false,
  atomicStructure: true,
  filterSees: 'beforeSourceNat',
  hitCounts: false,
};

export interface FakeCall {
  readonly kind: 'read' | 'execute' | 'poll';
  readonly step?: Step;
}

export interface FakeOptions {
  /** 0: rules change at once; else a commit is a job that ends after so many polls */
  readonly commits?: number;
  readonly pollAfterMs?: number;
  /** members per call */
  readonly chunk?: number;
  /** Told before and after the effect of every call; may throw, or return an outcome that is answered instead. */
  readonly fault?: (call: FakeCall, when: 'before' | 'after') => Outcome | undefined;
  readonly capabilities?: Capabilities;
}

type Payload = {
  readonly kind: 'fill' | 'rules' | 'drop' | 'members';
  readonly set: string;
  readonly book: string;
  readonly added: string[];
  readonly removed: string[];
};

export class FakeConnector implements Connector {
  readonly vendor = 'fake';
  readonly capabilities: Capabilities;
  readonly #device: FakeDevice;
  readonly #options: FakeOptions;
  /** reads so far */
  reads = 0;

  constructor(device: FakeDevice, options: FakeOptions = {}) {
    this.#device = device;
    this.#options = options;
    this.capabilities = options.capabilities ?? FAKE_CAPABILITIES;
  }

  async read(request: ReadRequest): Promise<DomainState> {
    this.#options.fault?.({ kind: 'read' }, 'before');
    await undefined;
    this.reads++;
    const device = this.#device;
    const firewalls = new Map<string, FirewallState>();
    for (const { firewall } of request.firewalls) {
      const rulebook = (request.what === 'pending' ? device.candidate : undefined) ?? device.running;
      const sets = new Map<string, SetState>();
      for (const [set, members] of device.sets) {
        const state = { set, names: [set], size: members.size };
        const whole = request.members === 'all' || (typeof request.members === 'object' && request.members.has(set));
        sets.set(set, {
          ...state,
          ...(request.members === 'digest' && { digest: digestOf(set, members) }),
          ...(whole && { members: new Set(members) }),
        });
      }
      firewalls.set(firewall, { firewall, evidence: 'live', rulebook, sets, drift: [], conditions: [], native: null });
    }
    this.#options.fault?.({ kind: 'read' }, 'after');
    return { firewalls, foreign: [...device.foreign] };
  }

  plan(state: DomainState, desired: ReadonlyMap<string, Desired>): Plan {
    const steps: Step[] = [];
    for (const [firewall, { rulebook }] of desired) {
      const found = state.firewalls.get(firewall);
      if (!found) continue;
      const step = (kind: Payload['kind'], set: string, lane: Step['lane'], needs: string[], book = ''): string => {
        const id = `${firewall}/${kind}/${set}`;
        const payload: Payload = { kind, set, book, added: [], removed: [] };
        steps.push({
          id,
          firewall,
          lane,
          text: `${kind} ${set}`,
          needs,
          creates: kind === 'fill' ? [set] : [],
          changes: [],
          removes: kind === 'drop' ? [set] : [],
          payload,
        });
        return id;
      };
      const fills = [...rulebook.sets.keys()].filter((set) => !found.sets.has(set)).map((set) => step('fill', set, 'members', []));
      const changed = structureHash(found.rulebook) !== structureHash(rulebook);
      const rules = changed ? [step('rules', 'all', 'structure', fills, encodeRulebook(rulebook))] : [];
      for (const set of found.sets.keys()) if (!rulebook.sets.has(set)) step('drop', set, 'structure', rules);
    }
    return { steps, conditions: [] };
  }

  planMembers(state: FirewallState, _desired: Desired, changes: readonly MemberChange[]): readonly Step[] {
    const chunk = this.#options.chunk ?? 1000;
    const slow = Object.values(this.capabilities.lanes.nat).includes('structure');
    return changes.flatMap(({ set, added, removed }, n) => {
      const all = [...[...removed].map((member) => ['-', member] as const), ...[...added].map((member) => ['+', member] as const)];
      const out: Step[] = [];
      for (let at = 0; at < all.length; at += chunk) {
        const part = all.slice(at, at + chunk);
        const payload: Payload = {
          kind: 'members',
          set,
          book: '',
          added: part.filter(([how]) => how === '+').map(([, m]) => m),
          removed: part.filter(([how]) => how === '-').map(([, m]) => m),
        };
        const lane =
          slow &&
          state.rulebook.rules.some(
            (rule) => rule.translation.kind !== 'absent' && rule.source.include !== 'any' && rule.source.include.sets.includes(set),
          )
            ? 'structure'
            : 'members';
        out.push({
          id: `m${n}.${at}`,
          firewall: state.firewall,
          lane,
          text: `members ${set}`,
          needs: [],
          creates: [],
          changes: [set],
          removes: [],
          payload,
        });
      }
      return out;
    });
  }

  async execute(step: Step, context: ExecuteContext): Promise<Outcome> {
    const before = this.#options.fault?.({ kind: 'execute', step }, 'before');
    if (before) return before;
    await undefined;
    const device = this.#device;
    const { lane, number } = context.fence;
    if (number < device.fences[lane])
      return { kind: 'failed', why: { code: 'CEXT_FAKE_FENCED', message: `fence ${number} is old`, retry: 'later' } };
    device.fences[lane] = number;
    const outcome = this.#do(step.payload as unknown as Payload, context, step.firewall);
    return this.#options.fault?.({ kind: 'execute', step }, 'after') ?? outcome;
  }

  async poll(job: Json): Promise<Outcome> {
    const before = this.#options.fault?.({ kind: 'poll' }, 'before');
    if (before) return before;
    await undefined;
    const device = this.#device;
    const id = Number(job);
    const left = device.jobs.get(id) ?? 0;
    if (left > 1) {
      device.jobs.set(id, left - 1);
      return { kind: 'running', job, pollAfterMs: this.#options.pollAfterMs ?? 10 };
    }
    device.jobs.delete(id);
    if (device.candidate) {
      device.running = device.candidate;
      device.candidate = undefined;
      device.write('commit ends');
    }
    return this.#options.fault?.({ kind: 'poll' }, 'after') ?? { kind: 'done', wrote: 1 };
  }

  session(): Json | undefined {
    return undefined;
  }

  async close(): Promise<void> {}

  #do(payload: Payload, context: ExecuteContext, firewall: string): Outcome {
    const device = this.#device;
    const { set } = payload;
    if (payload.kind === 'fill') {
      const members = [...(context.desired.get(firewall)?.members.members(set) ?? [])];
      const chunk = this.#options.chunk ?? 1000;
      const at = Number(context.progress ?? 0);
      if (at === 0) device.sets.set(set, new Set());
      for (const member of members.slice(at, at + chunk)) device.sets.get(set)?.add(member);
      device.write(`fill ${set} from ${at}`);
      return at + chunk < members.length ? { kind: 'again', progress: at + chunk, wrote: 1 } : { kind: 'done', wrote: 1 };
    }
    if (payload.kind === 'drop') {
      if (!device.sets.delete(set)) return { kind: 'done', wrote: 0 };
      device.write(`drop ${set}`);
      return { kind: 'done', wrote: 1 };
    }
    if (payload.kind === 'members') {
      const there = device.sets.get(set);
      if (!there) return { kind: 'failed', why: { code: 'CEXT_FAKE_NO_SET', message: set, retry: 'verify' } };
      for (const member of payload.removed) there.delete(member);
      for (const member of payload.added) there.add(member);
      device.write(`members ${set} +${payload.added.length} -${payload.removed.length}`);
      return { kind: 'done', wrote: 1 };
    }
    const book = decodeRulebook(payload.book);
    for (const name of book.sets.keys())
      if (!device.sets.has(name)) return { kind: 'failed', why: { code: 'CEXT_FAKE_NO_SET', message: name, retry: 'never' } };
    if (!this.#options.commits) {
      if (structureHash(device.running) === structureHash(book)) return { kind: 'done', wrote: 0 };
      device.running = book;
      device.write('rules');
      return { kind: 'done', wrote: 1 };
    }
    device.candidate = book;
    const job = device.writes.length + 1;
    device.jobs.set(job, this.#options.commits);
    device.write('commit begins');
    return { kind: 'running', job, pollAfterMs: this.#options.pollAfterMs ?? 10 };
  }
}

export function digestOf(set: string, members: Iterable<string>): string {
  const seed = setSeed(set);
  const digest = new Digest();
  for (const member of members) digest.add(memberLanes(seed, member));
  return digest.text();
}
