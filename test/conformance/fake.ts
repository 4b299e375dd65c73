/**
 * A firewall without any fast lane, made up (test/fake-firewall): rules, sets and translation change in one commit and no other way. FMC and Check Point
 * without dynamic objects are like that; here the suite is held against it, and shows how little a Device needs.
 */

import { CextError } from '../../functions/errors.ts';
import type { Connector, Desired, FirewallState, Outcome } from '../../functions/firewalls/contract.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { FilterRule, MemberSource, Rulebook } from '../../functions/rulebook/types.ts';
import { FAKE_CAPABILITIES, type FakeCall, FakeConnector, type FakeOptions } from '../fake-firewall/connector.ts';
import { FakeDevice } from '../fake-firewall/device.ts';
import type { Device, Fault, FaultName, Observation, Target } from './device.ts';
import { cannot, observationsBy, wishFor } from './kit.ts';

const OPTIONS: FakeOptions = {
  slowFilter: true,
  commits: 2,
  capabilities: { ...FAKE_CAPABILITIES, maxRules: 500, atomicMembership: true },
};

class Unreachable extends CextError {
  constructor() {
    super('CEXT_FAKE_UNREACHABLE', { retry: 'later', meaning: '', action: '' }, 'the fake device does not answer', {});
  }
}
const failure = (retry: 'later' | 'verify') => ({ code: 'CEXT_FAKE_FAULT', message: 'as the fault wants it', retry });

class FakeOnTrial implements Device {
  readonly firewall = 'edge';
  readonly border = 'edge';
  readonly names = /^[A-Za-z0-9_]{1,31}$/;
  readonly fastMembers = false;
  readonly oneListForVips = false;
  readonly refusals = {};
  readonly least = { calls: 1, commits: 1 };
  #device = new FakeDevice();
  #theirs: string[] = [];
  #calls = 0;
  /** of devices before this one */
  #commits = 0;
  #dead = false;
  #met = false;
  /** what happens at a call; taken away by `heal` */
  #fault: FakeOptions['fault'];

  desired(rulebook: Rulebook, members: MemberSource): Desired {
    return wishFor({ firewall: 'edge' }, rulebook, members);
  }

  connect(): Connector {
    const fault: FakeOptions['fault'] = (call, when) => {
      if (this.#dead) throw new Unreachable();
      const answer = this.#fault?.(call, when);
      if (call.kind === 'execute' && when === 'after') this.#calls++;
      return answer;
    };
    return new FakeConnector(this.#device, { ...OPTIONS, fault });
  }

  #judge(packets: readonly Packet[]): readonly Observation[] {
    const { running, sets } = this.#device;
    return observationsBy(running, (set) => sets.get(set) ?? new Set(), packets);
  }

  async judge(packets: readonly Packet[]): Promise<readonly Observation[]> {
    return this.#judge(packets);
  }

  administrator(): { readonly unmatched: 'deny' } {
    return { unmatched: 'deny' };
  }

  async foreign(): Promise<string> {
    return this.#theirs.join();
  }

  async reset(): Promise<void> {
    this.#commits = await this.commits();
    this.#device = new FakeDevice();
    [this.#theirs, this.#fault, this.#dead, this.#met] = [[], undefined, false, false];
  }

  watch(packets: readonly Packet[], seen: (observations: readonly Observation[], call: string) => void): () => Promise<void> {
    this.#device.onWrite = () => seen(this.#judge(packets), this.#device.writes.at(-1) ?? '');
    return async () => {
      this.#device.onWrite = () => {};
    };
  }

  async dieAt(call: number, effect: 'before' | 'after'): Promise<void> {
    let left = call;
    this.#fault = ({ kind }, when) => {
      if (kind === 'execute' && when === effect && --left === 0) {
        this.#dead = true;
        throw new Unreachable();
      }
      return undefined;
    };
  }

  async revive(): Promise<boolean> {
    const died = this.#dead;
    [this.#dead, this.#fault] = [false, undefined];
    // What was committed goes on without the process that did it.
    this.#device.endCommit();
    return died;
  }

  async calls(): Promise<number> {
    return this.#calls;
  }

  async commits(): Promise<number> {
    return this.#commits + this.#device.writes.filter((line) => line === 'commit begins').length;
  }

  async tick(): Promise<void> {}

  #edit(): void {
    const { running } = this.#device;
    const [first, ...others] = running.rules;
    const edited =
      first && ({ ...first, action: first.action === 'deny' ? 'allow' : 'deny', translation: { kind: 'absent' } } satisfies FilterRule);
    this.#device.running = { ...running, rules: edited ? [edited, ...others] : [] };
  }

  readonly human = {
    editOurs: async (_state: FirewallState) => this.#edit(),
    editTheirs: async () => void this.#theirs.push('a rule of theirs'),
    takeName: async ({ rulebook }: Desired) => void this.#device.taken.add([...rulebook.sets.keys()][0] ?? ''),
  };

  #once(
    at: FakeCall['kind'],
    when: 'before' | 'after',
    happens: () => Outcome | undefined,
    expect: (Fault & { kind: 'can' })['expect'],
  ): Fault {
    return {
      kind: 'can',
      expect,
      arm: async () => {
        this.#fault = (call, now) => {
          if (this.#met || call.kind !== at || now !== when) return undefined;
          this.#met = true;
          return happens();
        };
      },
      heal: async () => {
        const met = this.#met;
        [this.#fault, this.#met] = [undefined, false];
        this.#device.endCommit();
        return met;
      },
    };
  }

  readonly #unknown = (): Outcome => ({ kind: 'unknown', why: failure('verify') });
  readonly #failed = (): Outcome => ({ kind: 'failed', why: failure('later') });

  readonly faults: Readonly<Record<FaultName, Fault>> = {
    'time-out before the effect': this.#once('execute', 'before', this.#unknown, ['unknown']),
    'time-out after the effect': this.#once('execute', 'after', this.#unknown, ['unknown']),
    'connection cut in the answer': this.#once('poll', 'after', this.#unknown, ['unknown']),
    '401/403: the secret was changed': cannot('it asks for no secret'),
    '429/503: busy': this.#once('execute', 'before', this.#failed, ['failed']),
    'error in the middle of a batch': cannot('one call stages all'),
    'done although it said error': this.#once('execute', 'after', this.#failed, ['failed']),
    'stale read': cannot('a reading is a look into its memory'),
    'session gone': cannot('it has no sessions'),
    'lock of a human held for an hour': cannot(
      'its locks stand in every reading, and the engine waits for them (functions/apply/commit-lane.test.ts)',
    ),
    'commit fails validation': this.#once(
      'poll',
      'before',
      () => {
        this.#device.candidate = undefined;
        return this.#failed();
      },
      ['failed'],
    ),
    'commit of a human between two of our calls': this.#once(
      'execute',
      'before',
      () => {
        this.#edit();
        return undefined;
      },
      ['done'],
    ),
    'device reboots': cannot('it never does'),
    failover: cannot('it stands alone'),
    'certificate or host key changed': cannot('it has none'),
    'disk full': cannot('it has none'),
    'table full': this.#once('execute', 'before', this.#failed, ['failed']),
  };

  async close(): Promise<void> {}
}

export const target: Target = {
  name: 'fake',
  capabilities: new FakeConnector(new FakeDevice(), OPTIONS).capabilities,
  start: async () => new FakeOnTrial(),
};
