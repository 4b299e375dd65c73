/** The connector of the fake firewall: fills new sets while nothing names them, changes all rules in one step, drops sets after. */

import type { Condition } from '../../functions/errors.ts';
import type {
  Connector,
  Desired,
  DomainState,
  Drift,
  ExecuteContext,
  FirewallState,
  ForeignPending,
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
import { orderMembers } from '../../functions/rulebook/member-order.ts';
import type { Members, Rulebook, SetId } from '../../functions/rulebook/types.ts';
import { Digest, memberLanes, setSeed } from '../../proto/digest.ts';
import { EVERYTHING_SAYABLE } from '../worlds/policies.ts';
import { FakeDevice } from './device.ts';

export const FAKE_CAPABILITIES: Capabilities = { ...EVERYTHING_SAYABLE, maxMembers: 10_000_000, atomicMembership: false, hitCounts: false };

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
  /** translation has lists of its own, which only a commit changes (as on PAN-OS) */
  readonly slowNat?: boolean;
  /** members of all sets are changed by commits only, for filter and translation at once (FMC or Check Point without dynamic objects) */
  readonly slowFilter?: boolean;
}

const slow = { host4: 'structure', host6: 'structure', prefix4: 'structure', prefix6: 'structure' } as const;

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
  readonly #devices: (firewall: string) => FakeDevice;
  readonly #options: FakeOptions;
  /** reads so far */
  reads = 0;

  constructor(devices: FakeDevice | ReadonlyMap<string, FakeDevice>, options: FakeOptions = {}) {
    this.#devices = (firewall) => (devices instanceof FakeDevice ? devices : (devices.get(firewall) as FakeDevice));
    if (options.slowFilter) for (const device of devices instanceof FakeDevice ? [devices] : devices.values()) device.commitsSets = true;
    this.#options = options;
    const capabilities = options.capabilities ?? FAKE_CAPABILITIES;
    const { filter, nat } = capabilities.lanes;
    const lanes = { filter: options.slowFilter ? slow : filter, nat: options.slowNat || options.slowFilter ? slow : nat };
    this.capabilities = { ...capabilities, lanes };
  }

  async read(request: ReadRequest): Promise<DomainState> {
    this.#options.fault?.({ kind: 'read' }, 'before');
    await undefined;
    this.reads++;
    const firewalls = new Map<string, FirewallState>();
    const foreign: ForeignPending[] = [];
    for (const { firewall } of request.firewalls) {
      const device = this.#devices(firewall);
      foreign.push(...device.foreign);
      const candidate = request.what === 'pending' ? device.candidate : undefined;
      const rulebook = candidate ?? device.running;
      const nats = candidate ? device.candidateNat : device.nat;
      const sets = new Map<string, SetState>();
      for (const [set, members] of this.#options.slowFilter ? nats : device.sets) {
        const nat = nats.get(set);
        const state = { set, names: [set], size: members.size, ...(nat && { nat: new Set(nat) }) };
        const whole = request.members === 'all' || (typeof request.members === 'object' && request.members.has(set));
        sets.set(set, {
          ...state,
          ...(request.members === 'digest' && { digest: digestOf(set, members) + (nat && !sameMembers(nat, members) ? ' nat' : '') }),
          ...(whole && { members: new Set(members) }),
        });
      }
      const [before, after] = [device.written, device.running].map(({ rules }) =>
        JSON.stringify(rules.map(({ id, action }) => [id, action])),
      );
      const drift: Drift[] =
        structureHash(device.running) === structureHash(device.written)
          ? []
          : [{ object: 'rules', before: before ?? '', after: after ?? '' }];
      firewalls.set(firewall, { firewall, evidence: 'live', rulebook, sets, drift, conditions: [], native: [...device.taken] });
    }
    this.#options.fault?.({ kind: 'read' }, 'after');
    return { firewalls, foreign };
  }

  plan(state: DomainState, desired: ReadonlyMap<string, Desired>): Plan {
    const steps: Step[] = [];
    const conditions: Condition[] = [];
    for (const [firewall, { rulebook, members }] of desired) {
      const found = state.firewalls.get(firewall);
      if (!found) continue;
      const fault = faultIn(rulebook, found.native as readonly SetId[], this.capabilities);
      if (fault) {
        conditions.push({ ...fault, severity: 'error', subject: { firewall } });
        continue;
      }
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
      // Members that only a commit changes go with the rules.
      const fills = (this.#options.slowFilter ? [] : [...rulebook.sets.keys()])
        .filter((set) => {
          const there = found.sets.get(set);
          return !there || (there.digest !== undefined && there.digest !== members.digest(set));
        })
        .map((set) => step('fill', set, 'members', []));
      const changed =
        structureHash(found.rulebook) !== structureHash(rulebook) ||
        this.#natSets(rulebook).some((set) => !sameMembers(found.sets.get(set)?.nat ?? new Set(), members.members(set)));
      const rules = changed ? [step('rules', 'all', 'structure', fills, encodeRulebook(rulebook))] : [];
      if (this.#options.slowFilter) continue;
      for (const set of found.sets.keys()) if (!rulebook.sets.has(set)) step('drop', set, 'structure', rules);
    }
    return { steps, conditions };
  }

  planMembers(state: FirewallState, desired: Desired, changes: readonly MemberChange[]): readonly Step[] {
    if (this.#options.slowFilter) return [];
    const chunk = this.#options.chunk ?? 1000;
    const out: Step[] = [];
    const { phases, gap } = orderMembers(desired.rulebook, changes);
    const step = (set: string, added: string[], removed: string[]) => {
      const payload: Payload = { kind: 'members', set, book: '', added, removed };
      const about = { firewall: state.firewall, lane: 'members', text: `members ${set}`, needs: [], ...(gap && { gap }) } as const;
      out.push({ id: `m${out.length}`, ...about, creates: [], changes: [set], removes: [], payload });
    };
    const [only] = changes;
    if (changes.length === 1 && only && only.added.size + only.removed.size <= chunk) step(only.set, [...only.added], [...only.removed]);
    else
      for (const phase of phases) {
        for (const { set, added } of phase) for (const part of partsOf([...added], chunk)) step(set, part, []);
        for (const { set, removed } of phase) for (const part of partsOf([...removed], chunk)) step(set, [], part);
      }
    return out;
  }

  async execute(step: Step, context: ExecuteContext): Promise<Outcome> {
    const before = this.#options.fault?.({ kind: 'execute', step }, 'before');
    if (before) return before;
    await undefined;
    const device = this.#devices(step.firewall);
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
    const { firewall, id } = job as { readonly firewall: string; readonly id: number };
    const device = this.#devices(firewall);
    const left = device.jobs.get(id) ?? 0;
    if (left > 1) {
      device.jobs.set(id, left - 1);
      return { kind: 'running', job, pollAfterMs: this.#options.pollAfterMs ?? 10 };
    }
    device.jobs.delete(id);
    device.endCommit();
    return this.#options.fault?.({ kind: 'poll' }, 'after') ?? { kind: 'done', wrote: 1 };
  }

  session(): Json | undefined {
    return undefined;
  }

  async close(): Promise<void> {}

  #do(payload: Payload, context: ExecuteContext, firewall: string): Outcome {
    const device = this.#devices(firewall);
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
    for (const name of this.#options.slowFilter ? [] : book.sets.keys())
      if (!device.sets.has(name)) return { kind: 'failed', why: { code: 'CEXT_FAKE_NO_SET', message: name, retry: 'never' } };
    const source = context.desired.get(firewall)?.members;
    const nat = new Map(this.#natSets(book).map((name) => [name, new Set(source?.members(name) ?? [])]));
    if (!this.#options.commits) {
      const same = [...nat].every(([name, list]) => sameMembers(device.nat.get(name) ?? new Set(), list));
      if (structureHash(device.running) === structureHash(book) && same) return { kind: 'done', wrote: 0 };
      device.run(book, nat);
      device.write('rules');
      return { kind: 'done', wrote: 1 };
    }
    device.candidate = book;
    device.candidateNat = nat;
    const id = device.writes.length + 1;
    device.jobs.set(id, this.#options.commits);
    device.write('commit begins');
    return { kind: 'running', job: { firewall, id }, pollAfterMs: this.#options.pollAfterMs ?? 10 };
  }

  /** Sources of translated rules: NAT knows their members by itself. All sets where nothing has another lane. */
  #natSets(book: Rulebook): SetId[] {
    if (this.#options.slowFilter) return [...book.sets.keys()];
    if (!this.#options.slowNat) return [];
    const translated = book.rules.filter((rule) => rule.translation.kind !== 'absent');
    return [...new Set(translated.flatMap(({ source }) => (source.include === 'any' ? [] : source.include.sets)))];
  }
}

/** What planning refuses before anything is written. */
function faultIn(
  { rules, sets }: Rulebook,
  taken: readonly SetId[],
  { maxRules }: Capabilities,
): Pick<Condition, 'code' | 'message'> | undefined {
  if (rules.length > maxRules)
    return { code: 'CEXT_FAKE_LIMIT', message: `${rules.length} rules are wanted, the device takes ${maxRules}` };
  const name = taken.find((set) => sets.has(set));
  return name === undefined ? undefined : { code: 'CEXT_FAKE_NAME_TAKEN', message: `set ${name} is somebody else's` };
}

function partsOf(members: readonly string[], size: number): string[][] {
  const out: string[][] = [];
  for (let at = 0; at < members.length; at += size) out.push(members.slice(at, at + size));
  return out;
}

const sameMembers = (a: ReadonlySet<string>, b: Members): boolean => a.size === b.size && [...a].every((one) => b.has(one));

export function digestOf(set: string, members: Iterable<string>): string {
  const seed = setSeed(set);
  const digest = new Digest();
  for (const member of members) digest.add(memberLanes(seed, member));
  return digest.text();
}
