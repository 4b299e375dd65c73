/**
 * What the conformance suite needs of a vendor: a connector, and a device (or a twin of it) that can be looked at from outside of the connector.
 * Everything the suite believes about the device comes from {@link Device.judge} and {@link Device.foreign}, never from the connector.
 */
import type { Connector, Desired, FirewallState, MemberChange, Outcome } from '../../functions/firewalls/contract.ts';
import type { AddressRange } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import type { MemberSource, Rulebook } from '../../functions/rulebook/types.ts';

/** What became of one packet, the first of its connection, by the configuration that runs. */
export interface Observation {
  readonly verdict: 'allow' | 'deny';
  /** Addresses one of which it leaves with; undefined = its own, or not allowed. */
  readonly source?: readonly AddressRange[];
}

/** Every fault of the matrix; a device answers each with a {@link Fault} or with the reason why it cannot happen. */
export const FAULTS = [
  'time-out before the effect',
  'time-out after the effect',
  'connection cut in the answer',
  '401/403: the secret was changed',
  '429/503: busy',
  'error in the middle of a batch',
  'done although it said error',
  'stale read',
  'session gone',
  'lock of a human held for an hour',
  'commit fails validation',
  'commit of a human between two of our calls',
  'device reboots',
  'failover',
  'certificate or host key changed',
  'disk full',
  'table full',
] as const;
export type FaultName = (typeof FAULTS)[number];

export type Fault =
  | { readonly kind: 'cannot'; readonly why: string }
  | {
      readonly kind: 'can';
      /** Arms it for a change that follows. */
      arm(): Promise<void>;
      /** Was it met? A fault that nothing met proves nothing. Also takes it back where it lasts. */
      heal(): Promise<boolean>;
      /** How the run that meets it may end: kinds of outcomes, "refused" where reading or logging in throws, "condition" where planning says no, "done" where it must not be noticed. */
      readonly expect: readonly (Outcome['kind'] | 'refused' | 'condition')[];
      /** It lasts until healed: no round before that can finish. */
      readonly lasts?: boolean;
    };

export interface Device {
  readonly firewall: string;
  readonly border: string;
  /** A wish for this device: settings, borders, clusters around a rulebook that is lowered to its capabilities. */
  desired(rulebook: Rulebook, members: MemberSource): Desired;
  /** A new connector; nothing is kept from earlier ones. */
  connect(): Connector;
  /**
   * By the configuration that runs, without the connector. `mayPass` says of the packet at a place that some policy allows it: real packets get lost, so
   * such a one is sent again before it counts as dropped; left out: all are.
   */
  judge(packets: readonly Packet[], mayPass?: (at: number) => boolean): Promise<readonly Observation[]>;
  /** What the administrator's own configuration does with a packet that no rule of ours decides, and with the source of one that we only allow. */
  administrator(packet: Packet): { readonly unmatched: 'allow' | 'deny'; readonly source?: readonly AddressRange[] };
  /**
   * One list decides packets for VIPs by their public address, so what pre-DNAT rules allow is allowed. Else the forward stage sees them with the address
   * of the pod, by the administrator's own destination NAT (PUBLISHED in world.ts).
   */
  readonly oneListForVips: boolean;
  /** All that is not ours, as text that is equal exactly when nothing of it changed, order included. */
  foreign(): Promise<string>;
  /** Nothing of ours on the device, no fault armed, no lock, nobody's pending work. */
  reset(): Promise<void>;
  /** After each single call that writes, and before its answer, the packets are judged. Returns how to stop. */
  watch(
    packets: readonly Packet[],
    seen: (observations: readonly Observation[], call: string) => void,
    mayPass: (at: number) => boolean,
  ): () => Promise<void>;
  /** From the n-th call that writes (from 1) nothing of this process reaches the device any more; that call had its effect, or not. */
  dieAt(call: number, effect: 'before' | 'after'): Promise<void>;
  /** Whether it came to that; the device is reachable again. */
  revive(): Promise<boolean>;
  /** Calls that wrote structure (members that go by a lane of their own do not count), and commits, since the start. */
  calls(): Promise<number>;
  commits(): Promise<number>;
  /** The least such calls and commits for one structural change. */
  readonly least: { readonly calls: number; readonly commits: number };
  /** Lets a job on the device go on. */
  tick(): Promise<void>;
  readonly human: {
    /** Makes a rule of ours say something else. */
    editOurs(state: FirewallState): Promise<void>;
    /** Changes something of their own. */
    editTheirs(): Promise<void>;
    /** Owns something under a name that we would use for a set, without our marker. */
    takeName(wanted: Desired): Promise<void>;
  };
  readonly faults: Readonly<Record<FaultName, Fault>>;
  /** At most so many bytes in any text of ours on the device, and what a name of ours looks like. */
  readonly names: RegExp;
  /** Sets of the rulebook have a lane without a commit for plain hosts. */
  readonly fastMembers: boolean;
  /** Ways in which planning may refuse a rulebook that was lowered to its capabilities: codes of conditions, with the reason. */
  readonly refusals: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface Target {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** @throws Error where this machine lacks what it needs */
  start(): Promise<Device>;
}

export type { MemberChange };
