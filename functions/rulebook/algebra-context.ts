/**
 * What comparisons of rulebooks share and keep between calls of a warm process: interned shapes and services, sorted members, the address sets
 * that rules' sides amount to. All of it is a cache: a fresh Algebra gives the same answers, later. Members are looked up by (set id, digest), so
 * a membership change costs that set alone, and less still when {@link Algebra.membersChanged} tells what changed.
 */

import type { Family } from '../packets/address.ts';
import { AddressIndex, EndpointIndex } from '../packets/address-index.ts';
import { type AddressSet, EVERY_ADDRESS, minus, NO_ADDRESS, prefixSet, unionOf } from '../packets/address-set.ts';
import { Diagrams } from '../packets/diagram.ts';
import { Rounds } from './rounds.ts';
import { Shapes, type SideShape } from './shapes.ts';
import type { MemberSource, SetId, Union } from './types.ts';

export interface AlgebraLimits {
  /** Sides, sets of addresses and rules that are kept although the last comparisons did not ask for them. */
  readonly keep: number;
  /** Shapes of rules after which all interned things are dropped. */
  readonly shapes: number;
}

export class Algebra {
  #diagrams = new Diagrams();
  #shapes = new Shapes(this.#diagrams);
  readonly #addresses = new Rounds<AddressIndex>();
  readonly #endpoints = new Rounds<EndpointIndex>();
  readonly #sides = new Rounds<AddressSet>();
  readonly #limits: AlgebraLimits;

  constructor(limits: Partial<AlgebraLimits> = {}) {
    this.#limits = { keep: 8_192, shapes: 200_000, ...limits };
  }

  /** Services of rules live here; nodes hold only until the next comparison begins. */
  get diagrams(): Diagrams {
    return this.#diagrams;
  }

  get shapes(): Shapes {
    return this.#shapes;
  }

  /** A comparison begins: forget what the ones before the last did not use. */
  begin(): void {
    for (const cache of [this.#addresses, this.#endpoints, this.#sides, this.#shapes]) cache.next(this.#limits.keep);
    if (this.#shapes.size > this.#limits.shapes || this.#diagrams.steps > 4_000_000) {
      this.#diagrams = new Diagrams();
      this.#shapes = new Shapes(this.#diagrams);
    }
  }

  addressIndex(key: string, set: SetId, members: MemberSource): AddressIndex {
    return this.#addresses.get(key, () => AddressIndex.of(members.members(set)));
  }

  endpointIndex(key: string, set: SetId, members: MemberSource): EndpointIndex {
    return this.#endpoints.get(key, () => EndpointIndex.of(members.members(set)));
  }

  /**
   * A set changed from one digest to another by these members (disjoint; net). Without this call the next comparison reads the whole set anew.
   * Sets of endpoints are always read anew.
   */
  membersChanged(set: SetId, before: string, after: string, added: Iterable<string>, removed: Iterable<string>): void {
    const index = this.#addresses.peek(setKey(set, before));
    if (index) this.#addresses.get(setKey(set, after), () => index.changed(added, removed));
  }

  /** The addresses of a side, given the key of each of its sets. */
  side(shape: SideShape, family: Family, members: MemberSource, keyOf: (set: SetId) => string): AddressSet {
    const { include, exclude } = shape.side;
    if (include === 'any' && exclude.sets.length + exclude.prefixes.length === 0) return EVERY_ADDRESS[family];
    const key = `${family} ${shape.text} ${shape.sets.map(keyOf).join()}`;
    return this.#sides.get(key, () => {
      const union = ({ sets, prefixes }: Union) =>
        sets.reduce(
          (sum, set) => unionOf(sum, this.addressIndex(keyOf(set), set, members).addresses[family]),
          prefixSet(family, prefixes) ?? NO_ADDRESS[family],
        );
      return minus(include === 'any' ? EVERY_ADDRESS[family] : union(include), union(exclude));
    });
  }
}

export const setKey = (set: SetId, digest: string): string => `${set} ${digest}`;
