/** A name that this many rounds did not ask for is forgotten. */
export const ROUNDS_KEPT = 16;

interface Entry<Value> {
  version: string;
  value: Value;
  former?: { readonly version: string; readonly value: Value } | undefined;
  round: number;
}

/**
 * A cache that follows what stands: by name, of each name the last two versions (as it was and as it is to be), and only what was asked for lately. So
 * it is as large as what the last rounds looked at, however much came and went before.
 */
export class Rounds<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  #round = 0;

  get(name: string, version: string, make: () => Value): Value {
    const entry = this.#entries.get(name);
    if (!entry) {
      const value = make();
      this.#entries.set(name, { version, value, round: this.#round });
      return value;
    }
    entry.round = this.#round;
    if (entry.version !== version) {
      const { version: was, value } = entry;
      entry.value = entry.former?.version === version ? entry.former.value : make();
      entry.version = version;
      entry.former = { version: was, value };
    }
    return entry.value;
  }

  peek(name: string, version: string): Value | undefined {
    const entry = this.#entries.get(name);
    if (entry?.version === version) return entry.value;
    return entry?.former?.version === version ? entry.former.value : undefined;
  }

  next(): void {
    this.#round++;
    for (const [name, { round }] of this.#entries) if (round < this.#round - ROUNDS_KEPT) this.#entries.delete(name);
  }
}
