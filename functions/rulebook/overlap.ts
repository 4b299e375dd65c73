/**
 * What can be said about two rules from structure alone, for every membership: `mayMeet` errs towards yes, `surelyCovers` towards no. Structure
 * derived with these (NAT lists, lowering) does not change when a pod starts.
 */

import { FAMILIES, type Family } from '../packets/address.ts';
import {
  type AddressSet,
  complementOf,
  covers,
  EVERY_ADDRESS,
  intersectionOf,
  meets,
  NO_ADDRESS,
  prefixSet,
  minus as setMinus,
  unionOf,
} from '../packets/address-set.ts';
import { Diagrams, type Node } from '../packets/diagram.ts';
import { servicesNode } from './services.ts';
import type { Endpoints, FilterRule, SetDefinition, SetExpression, SetId, Side } from './types.ts';

export class Structure {
  readonly diagrams = new Diagrams();
  readonly #sets: ReadonlyMap<SetId, SetDefinition>;
  readonly #bounds = new Map<string, AddressSet>();
  readonly #sides = new WeakMap<Side, Partial<Record<Family, AddressSet>>>();
  readonly #services = new WeakMap<object, Node>();
  /** of lists as they stand in sides: read once, asked in every comparison */
  readonly #prefixes = new WeakMap<readonly string[], Partial<Record<Family, AddressSet>>>();

  constructor(sets: ReadonlyMap<SetId, SetDefinition>) {
    this.#sets = sets;
  }

  services(services: FilterRule['services']): Node {
    if (services === 'any') return 1;
    let node = this.#services.get(services);
    if (node === undefined) {
      node = servicesNode(this.diagrams, services);
      this.#services.set(services, node);
    }
    return node;
  }

  /** True unless no packet can match both rules, whatever the members are. */
  mayMeet(a: FilterRule, b: FilterRule): boolean {
    if (!sameChain(a, b) || this.diagrams.and(this.services(a.services), this.services(b.services)) === 0) return false;
    if (excludesAll(a.source, b.source) || excludesAll(b.source, a.source)) return false;
    if (excludesAll(a.destination, b.destination) || excludesAll(b.destination, a.destination)) return false;
    return FAMILIES.some(
      (family) =>
        a.families.includes(family) &&
        b.families.includes(family) &&
        meets(this.bound(a.source, family), this.bound(b.source, family)) &&
        meets(this.bound(a.destination, family), this.bound(b.destination, family)),
    );
  }

  /** True only when every packet that matches `b` matches `a`, whatever the members are. */
  surelyCovers(a: FilterRule, b: FilterRule): boolean {
    return (
      sameChain(a, b) &&
      b.families.every((family) => a.families.includes(family)) &&
      this.diagrams.minus(this.services(b.services), this.services(a.services)) === 0 &&
      b.families.every(
        (family) => this.#coversSide(a.source, b.source, family) && this.#coversSide(a.destination, b.destination, family),
      ) &&
      coversEndpoints(a.sourceEndpoints, b.sourceEndpoints) &&
      coversEndpoints(a.destinationEndpoints, b.destinationEndpoints)
    );
  }

  #coversSide(a: Side, b: Side, family: Family): boolean {
    const bound = this.bound(b, family);
    if (!a.exclude.sets.every((set) => b.exclude.sets.includes(set) || !meets(this.#setBound(set, family), bound))) return false;
    if (meets(this.#prefixSet(family, a.exclude.prefixes), bound)) return false;
    if (a.include === 'any') return true;
    const prefixes = this.#prefixSet(family, a.include.prefixes);
    if (covers(prefixes, bound)) return true;
    if (b.include === 'any') return false;
    const { sets } = a.include;
    return (
      b.include.sets.every((set) => sets.includes(set) || covers(prefixes, this.#setBound(set, family))) &&
      covers(prefixes, this.#prefixSet(family, b.include.prefixes))
    );
  }

  /** At most these addresses. */
  bound(side: Side, family: Family): AddressSet {
    let known = this.#sides.get(side);
    if (!known) {
      known = {};
      this.#sides.set(side, known);
    }
    known[family] ??= this.#sideBound(side, family);
    return known[family];
  }

  #sideBound(side: Side, family: Family): AddressSet {
    let bound = EVERY_ADDRESS[family];
    if (side.include !== 'any') {
      bound = this.#prefixSet(family, side.include.prefixes);
      for (const set of side.include.sets) bound = unionOf(bound, this.#setBound(set, family));
    }
    return setMinus(bound, this.#prefixSet(family, side.exclude.prefixes));
  }

  #prefixSet(family: Family, prefixes: readonly string[]): AddressSet {
    const known = this.#prefixes.get(prefixes) ?? {};
    this.#prefixes.set(prefixes, known);
    known[family] ??= prefixSet(family, prefixes);
    return known[family];
  }

  #setBound(set: SetId, family: Family): AddressSet {
    const key = `${family} ${set}`;
    let bound = this.#bounds.get(key);
    if (!bound) {
      const definition = this.#sets.get(set);
      bound = definition ? expressionBound(definition.expression, family) : EVERY_ADDRESS[family];
      this.#bounds.set(key, bound);
    }
    return bound;
  }
}

function expressionBound(expression: SetExpression, family: Family): AddressSet {
  switch (expression.kind) {
    case 'nothing':
      return NO_ADDRESS[family];
    case 'and':
      return expression.of.reduce((bound, part) => intersectionOf(bound, expressionBound(part, family)), EVERY_ADDRESS[family]);
    case 'or':
      return expression.of.reduce((bound, part) => unionOf(bound, expressionBound(part, family)), NO_ADDRESS[family]);
    case 'minus':
      return expressionBound(expression.of, family);
    case 'within':
      return intersectionOf(expressionBound(expression.of, family), prefixSet(family, expression.prefixes));
    case 'outside':
      return intersectionOf(expressionBound(expression.of, family), complementOf(prefixSet(family, expression.prefixes)));
    case 'felix':
      return EVERY_ADDRESS[family];
    case 'at':
      return expressionBound(expression.of, family);
  }
}

const sameChain = (a: FilterRule, b: FilterRule) => a.border === b.border && a.stage === b.stage && a.direction === b.direction;

/** `a` takes out all that `b` can hold: each of its sets is excluded, and it has nothing else. */
function excludesAll(a: Side, b: Side): boolean {
  return (
    b.include !== 'any' &&
    b.include.sets.length > 0 &&
    b.include.prefixes.length === 0 &&
    b.include.sets.every((set) => a.exclude.sets.includes(set))
  );
}

function coversEndpoints(a: Endpoints, b: Endpoints): boolean {
  return (
    (a.include.length === 0 || (b.include.length > 0 && b.include.every((set) => a.include.includes(set)))) &&
    a.exclude.every((set) => b.exclude.includes(set))
  );
}
