/** Results of comparing two rulebooks as functions of packets; see prove.ts and difference.ts. */
import type { Packet } from '../packets/packet.ts';
import type { Decision, MemberSource, Rulebook, Stage } from './types.ts';

/** A rulebook with the members of its sets at one moment. */
export interface Book {
  readonly rulebook: Rulebook;
  readonly members: MemberSource;
}

export interface Witness {
  readonly border: string;
  readonly stage: Stage;
  readonly packet: Packet;
  readonly before: Decision;
  readonly after: Decision;
}

export type Proof =
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly witness: Witness }
  | { readonly kind: 'notProven'; readonly why: string };

/** One human-readable region of packets that a change treats otherwise. */
export interface Region {
  readonly effect: 'opens' | 'closes' | 'translatesOtherwise';
  readonly border: string;
  readonly stage: Stage;
  readonly witness: Witness;
  /** "app == 'payments' (3 addresses) -> 203.0.113.0/24, tcp 443" */
  readonly text: string;
  /** addresses x services, for budgets: source addresses (pods) x destination addresses x (protocol, port) pairs, capped at Number.MAX_SAFE_INTEGER */
  readonly size: number;
}

export interface Difference {
  readonly regions: readonly Region[];
  readonly opens: number;
  readonly closes: number;
  readonly translatesOtherwise: number;
  /** The same for budgets: inside addresses x services x the reach outside on a scale from 1 (one address) to 33 (all); see reachOf. */
  readonly weights: { readonly opens: number; readonly closes: number; readonly translatesOtherwise: number };
  /** Most services that one region opens to or from anywhere (more than a /8). */
  readonly anywhere: number;
  /** false: the node budget ended before all was seen; the numbers are at least these */
  readonly complete: boolean;
}
