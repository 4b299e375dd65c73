/** What the view keeps of Felix: objects as raw bytes, sets as declaration and members, each with its hash. */
import type { Digest, Lanes } from '../proto/digest.ts';
import type { cextfire } from '../proto/generated/shipment.js';
import type { MemberSet } from '../proto/members.ts';

export interface StoredObject {
  readonly kind: cextfire.Kind;
  readonly key: string;
  readonly raw: Uint8Array;
  readonly lanes: Lanes;
}

export interface StoredSet {
  readonly id: string;
  readonly declaration: Uint8Array;
  readonly lanes: Lanes;
  readonly seed: Lanes;
  readonly members: MemberSet;
  /** sum of the hashes of the members */
  readonly sum: Digest;
}

export const objectId = (kind: cextfire.Kind, key: string): string => `${kind} ${key}`;
