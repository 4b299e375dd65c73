/**
 * What comparisons of rulebooks share and keep between calls of a warm process: interned shapes and services, sorted members, the address sets
 * that rules' sides amount to. All of it is a cache: a fresh Algebra gives the same answers, later. Members are looked up by (set id, digest), so
 * a membership change costs that set alone, and less still when {@link Algebra.membersChanged} tells what changed.
 */

import type { Family } from '../packets/address.ts';
import { AddressIndex, EndpointIndex } from '../packets/address-index.ts';
import { type AddressSet, EVERY_ADDRESS, minus, NO_ADDRESS, prefixSet, unionOf } from '../packets/address-set.ts';
import { Diagrams } from '../packets/diagram.ts';
import { ROUNDS_KEPT, Rounds } from './rounds.ts';
import { Shapes, type SideShape } from './shapes.ts';
import type { MemberSource, SetId, Union } from './types.ts';

/** Interned things are dropped when they are more than twice as many as the first comparisons needed, and so many more. */
const MORE_SHAPES = 100;
/** A step is some hundred bytes at most. */
const MORE_STEPS = 2_000;
const MOST_STEPS = 4_000_000;

export class Algebra {
  #diagrams = new Diagrams();
  #shapes = new Shapes(this.#diagrams);
  /** comparisons since interned things were last dropped, and what the first of them needed */
  #begun = 0;
  #needed = { shapes: 0, steps: 0 };
  readonly #addresses = new Rounds<AddressIndex>();
  readonly #endpoints = new Rounds<EndpointIndex>();
  readonly #sides = new Rounds<AddressSet>();

  /** Services of rules live here; nodes hold only until the next comparison begins. */
  get diagrams(): Diagrams {
    return this.#diagrams;
  }

  get shapes(): Shapes {
    return this.#shapes;
  }

  /** A comparison begins: forget what the last ones did not use. */
  begin(): void {
    for (const cache of [this.#addresses, this.#endpoints, this.#sides, this.#shapes]) cache.next();
    const now = { shapes: this.#shapes.size, steps: this.#diagrams.steps };
    if (this.#begun++ < ROUNDS_KEPT) this.#needed = now;
    const { shapes, steps } = this.#needed;
    if (now.shapes <= 2 * shapes + MORE_SHAPES && now.steps <= Math.min(2 * steps + MORE_STEPS, MOST_STEPS)) return;
    this.#diagrams = new Diagrams();
    this.#shapes = new Shapes(this.#diagrams);
    this.#begun = 0;
  }

  addressIndex(key: string, set: SetId, members: MemberSource): AddressIndex {
    return this.#addresses.get(set, key, () => AddressIndex.of(members.members(set)));
  }

  endpointIndex(key: string, set: SetId, members: MemberSource): EndpointIndex {
    return this.#endpoints.get(set, key, () => EndpointIndex.of(members.members(set)));
  }

  /**
   * A set changed from one digest to another by these members (disjoint; net). Without this call the next comparison reads the whole set anew.
   * Sets of endpoints are always read anew.
   */
  membersChanged(set: SetId, before: string, after: string, added: Iterable<string>, removed: Iterable<string>): void {
    const index = this.#addresses.peek(set, setKey(set, before));
    if (index) this.#addresses.get(set, setKey(set, after), () => index.changed(added, removed));
  }

  /** The addresses of a side, given the key of each of its sets. */
  side(shape: SideShape, family: Family, members: MemberSource, keyOf: (set: SetId) => string): AddressSet {
    const { include, exclude } = shape.side;
    if (include === 'any' && exclude.sets.length + exclude.prefixes.length === 0) return EVERY_ADDRESS[family];
    return this.#sides.get(`${family} ${shape.text}`, shape.sets.map(keyOf).join(), () => {
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
