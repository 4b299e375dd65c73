/** What rules of two books are aligned by: equal keys, equal function of packets, whatever the ids. */
import type { Family } from '../packets/address.ts';
import { type AddressSet, hashAddresses, sameAddresses } from '../packets/address-set.ts';
import type { Book } from './algebra.ts';
import { setKey } from './algebra-context.ts';
import type { EndpointsShape, Shape, SideShape } from './shapes.ts';
import type { SetId } from './types.ts';

/** 0 = before, 1 = after. */
export type Which = 0 | 1;

let comparisons = 0;

export class RuleKeys {
  readonly #books: readonly [Book, Book];
  readonly #side: (shape: SideShape, family: Family, which: Which) => AddressSet;
  readonly #serial = ++comparisons;
  readonly #same = new Map<SetId, boolean>();
  readonly #setKeys: readonly [Map<SetId, string>, Map<SetId, string>] = [new Map(), new Map()];
  readonly #contents = new Map<number, AddressSet[]>();
  readonly #contentNumbers = new Map<AddressSet, number>();
  readonly #resolved = new Map<string, number>();

  /** @param side the addresses of one end of a rule, with the members of that book */
  constructor(books: readonly [Book, Book], side: (shape: SideShape, family: Family, which: Which) => AddressSet) {
    this.#books = books;
    this.#side = side;
  }

  /** The set has the same members in both books, as far as digests tell. */
  #isSame(set: SetId): boolean {
    let same = this.#same.get(set);
    // Stryker disable next-line ConditionalExpression: the same answer again, for more steps
    if (same === undefined) {
      same = this.ofSet(set, 0) === this.ofSet(set, 1);
      this.#same.set(set, same);
    }
    return same;
  }

  ofSet(set: SetId, which: Which): string {
    let key = this.#setKeys[which].get(set);
    // Stryker disable next-line ConditionalExpression: the same answer again, for more steps
    if (key === undefined) {
      const digest = this.#books[which].members.digest(set);
      // Without a digest only the very same source of members is known to say the same.
      const source = this.#books[0].members === this.#books[1].members ? 0 : which;
      key = setKey(set, digest === '' ? `unknown ${this.#serial} ${source}` : digest);
      this.#setKeys[which].set(set, key);
    }
    return key;
  }

  #holdsInBoth(shape: Shape): boolean {
    for (const set of shape.sets) if (!this.#isSame(set)) return false;
    return true;
  }

  /** Equal keys, equal function. Rules over sets that differ between the books are compared by the addresses they amount to. */
  of(shape: Shape, which: Which): number {
    if (this.#holdsInBoth(shape)) return shape.number;
    const content = (side: SideShape) => shape.families.map((family) => this.#contentNumber(this.#side(side, family, which))).join('/');
    const endpoints = ({ text, include, exclude }: EndpointsShape) =>
      text && `${text} ${[...include, ...exclude].map((set) => this.ofSet(set, which)).join()}`;
    const text = [
      shape.families.join(''),
      shape.allows,
      shape.translation,
      shape.services,
      content(shape.source),
      content(shape.destination),
      endpoints(shape.sourceEndpoints),
      endpoints(shape.destinationEndpoints),
    ].join('|');
    let key = this.#resolved.get(text);
    if (key === undefined) {
      key = -1 - this.#resolved.size;
      this.#resolved.set(text, key);
    }
    return key;
  }

  #contentNumber(set: AddressSet): number {
    let number = this.#contentNumbers.get(set);
    // Stryker disable next-line ConditionalExpression: the same answer again, for more steps
    if (number !== undefined) return number;
    const hash = hashAddresses(set);
    const bucket = this.#contents.get(hash) ?? [];
    this.#contents.set(hash, bucket);
    const twin = bucket.find((other) => sameAddresses(other, set));
    number = twin ? (this.#contentNumbers.get(twin) as number) : this.#contentNumbers.size;
    if (!twin) bucket.push(set);
    this.#contentNumbers.set(set, number);
    return number;
  }
}
