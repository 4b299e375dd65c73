/** A read-only map whose values are made at first sight and kept until forgotten: a compiler that looks at two policies of 2,000 decodes two. */
export interface LazySource<V> {
  readonly keys: () => Iterable<string>;
  readonly size: () => number;
  readonly has: (key: string) => boolean;
  /** Called for keys that `has` knows. */
  readonly make: (key: string) => V;
}

export class LazyMap<V> implements ReadonlyMap<string, V> {
  readonly #source: LazySource<V>;
  readonly #made = new Map<string, V>();

  constructor(source: LazySource<V>) {
    this.#source = source;
  }

  get size(): number {
    return this.#source.size();
  }

  has(key: string): boolean {
    return this.#source.has(key);
  }

  get(key: string): V | undefined {
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    if (!this.#source.has(key)) return undefined;
    const value = this.#source.make(key);
    this.#made.set(key, value);
    return value;
  }

  /** What stands behind the key changed or went. */
  forget(key: string): void {
    this.#made.delete(key);
  }

  *keys(): Generator<string, undefined> {
    yield* this.#source.keys();
  }

  *values(): Generator<V, undefined> {
    for (const key of this.#source.keys()) yield this.get(key) as V;
  }

  *entries(): Generator<[string, V], undefined> {
    for (const key of this.#source.keys()) yield [key, this.get(key) as V];
  }

  [Symbol.iterator](): Generator<[string, V], undefined> {
    return this.entries();
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}
