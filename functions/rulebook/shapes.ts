/**
 * Rules by meaning: a shape is all of a rule that decides packets, without id, origin and logging, with equal parts written equally. Two rules
 * with the same shape over the same members are the same function.
 */
import type { AddressRange, Family } from '../packets/address.ts';
import { parseAddress } from '../packets/address.ts';
import type { Diagrams, Node } from '../packets/diagram.ts';
import { Rounds } from './rounds.ts';
import { servicesNode } from './services.ts';
import type { Endpoints, FilterRule, SetId, Side, Translation } from './types.ts';

export interface SideShape {
  readonly number: number;
  readonly text: string;
  readonly side: Side;
  readonly sets: readonly SetId[];
}
export interface EndpointsShape {
  readonly text: string;
  readonly include: readonly SetId[];
  readonly exclude: readonly SetId[];
}

export interface Shape {
  readonly number: number;
  readonly families: readonly Family[];
  readonly allows: boolean;
  /** What becomes of the source address, as text: equal texts, equal addresses. */
  readonly translation: string;
  readonly services: Node;
  readonly source: SideShape;
  readonly destination: SideShape;
  readonly sourceEndpoints: EndpointsShape;
  readonly destinationEndpoints: EndpointsShape;
  /** Every set that the rule names. */
  readonly sets: readonly SetId[];
}

interface Writing {
  readonly rule: FilterRule;
  readonly shape: Shape;
}
/** The last two ways in which a rule of one id was written: as we want it, and as a device gives it back. */
interface Writings {
  last?: Writing | undefined;
  former?: Writing | undefined;
}

export class Shapes {
  readonly #diagrams: Diagrams;
  readonly #written = new Rounds<Writings>();
  readonly #shapes = new Map<string, Shape>();
  readonly #sides = new Map<string, SideShape>();
  readonly #endpoints = new Map<string, EndpointsShape>();
  readonly #services = new Map<string, Node>();

  constructor(diagrams: Diagrams) {
    this.#diagrams = diagrams;
  }

  get size(): number {
    return this.#shapes.size;
  }

  /** A comparison begins: rules that the last ones did not see are forgotten. */
  next(): void {
    this.#written.next();
  }

  /** The id only says with what to compare: a rule that is written as before costs a fifth of one that is interned. */
  of(rule: FilterRule): Shape {
    const known = this.#written.get(rule.id, '', () => ({}));
    if (known.last && isSameWriting(known.last.rule, rule)) return known.last.shape;
    if (known.former && isSameWriting(known.former.rule, rule)) return known.former.shape;
    known.former = known.last;
    known.last = { rule, shape: this.#intern(rule) };
    return known.last.shape;
  }

  #intern(rule: FilterRule): Shape {
    const families = rule.families.length === 2 ? '46' : `${rule.families[0]}`;
    const translation = rule.action === 'allow' ? translationMeaning(rule.translation) : '';
    const services = this.#servicesOf(rule.services);
    const source = this.#side(rule.source);
    const destination = this.#side(rule.destination);
    const sourceEndpoints = this.#endpointsOf(rule.sourceEndpoints);
    const destinationEndpoints = this.#endpointsOf(rule.destinationEndpoints);
    const key = `${families}|${rule.action}|${translation}|${services}|${source.number}|${destination.number}|${sourceEndpoints.text}|${destinationEndpoints.text}`;
    let shape = this.#shapes.get(key);
    if (!shape) {
      const sets = [
        ...source.sets,
        ...destination.sets,
        ...sourceEndpoints.include,
        ...sourceEndpoints.exclude,
        ...destinationEndpoints.include,
        ...destinationEndpoints.exclude,
      ];
      shape = {
        number: this.#shapes.size,
        families: families === '46' ? [4, 6] : rule.families,
        allows: rule.action === 'allow',
        translation,
        services,
        source,
        destination,
        sourceEndpoints,
        destinationEndpoints,
        sets,
      };
      this.#shapes.set(key, shape);
    }
    return shape;
  }

  #servicesOf(services: FilterRule['services']): Node {
    if (services === 'any') return 1;
    const text = JSON.stringify(services);
    let node = this.#services.get(text);
    if (node === undefined) {
      node = servicesNode(this.#diagrams, services);
      this.#services.set(text, node);
    }
    return node;
  }

  #side(side: Side): SideShape {
    const { include, exclude } = side;
    const held = include === 'any' ? '*' : `${listText(include.sets)}+${listText(include.prefixes)}`;
    const text =
      exclude.sets.length + exclude.prefixes.length === 0 ? held : `${held}-${listText(exclude.sets)}+${listText(exclude.prefixes)}`;
    let shape = this.#sides.get(text);
    if (!shape) {
      const sets = include === 'any' ? exclude.sets : [...include.sets, ...exclude.sets];
      shape = { number: this.#sides.size, text, side, sets };
      this.#sides.set(text, shape);
    }
    return shape;
  }

  #endpointsOf({ include, exclude }: Endpoints): EndpointsShape {
    const text = include.length + exclude.length === 0 ? '' : `${listText(include)}-${listText(exclude)}`;
    let shape = this.#endpoints.get(text);
    if (!shape) {
      shape = { text, include, exclude };
      this.#endpoints.set(text, shape);
    }
    return shape;
  }
}

/** All that decides packets is written alike, order included. */
const isSameWriting = (a: FilterRule, b: FilterRule): boolean =>
  a === b ||
  (a.action === b.action &&
    isSame(a.families, b.families) &&
    isSame(a.source, b.source) &&
    isSame(a.destination, b.destination) &&
    isSame(a.sourceEndpoints, b.sourceEndpoints) &&
    isSame(a.destinationEndpoints, b.destinationEndpoints) &&
    isSame(a.services, b.services) &&
    isSame(a.translation, b.translation));

/**
 * Equality of parts of rules: of one kind they have the same keys, so those of one side are enough. A fifth of what node's isDeepStrictEqual takes,
 * which knows more.
 */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    for (let at = 0; at < a.length; at++) if (!isSame(a[at], b[at])) return false;
    return true;
  }
  for (const key in a) if (!isSame(a[key as keyof typeof a], b[key as keyof typeof b])) return false;
  return true;
}

/** Set ids and prefixes hold no comma; the order of a union means nothing. */
const listText = (list: readonly string[]): string => (list.length < 2 ? (list[0] ?? '') : [...new Set(list)].sort().join());

/** An address, a range of one address and a pool of one such range are the same translation; a pool's name means nothing to a packet. */
export function translationMeaning(translation: Translation): string {
  if (translation.kind === 'absent' || translation.kind === 'none') return translation.kind;
  const texts = rangesOfTranslation(translation).map((range) => `${range.family}:${range.first}-${range.last}`);
  return [...new Set(texts)].sort().join();
}

function rangesOfTranslation(translation: Exclude<Translation, { kind: 'absent' } | { kind: 'none' }>): readonly AddressRange[] {
  if (translation.kind === 'pool') return translation.ranges;
  if (translation.kind === 'range') return [translation.range];
  const address = parseAddress(translation.address);
  if (!address) throw new RangeError(`a translation to what is no address: ${translation.address}`);
  return [{ family: address.family, first: address.value, last: address.value }];
}
