/** A cache that forgets what was not asked for lately. */
export class Rounds<Value> {
  readonly #values = new Map<string, { value: Value; round: number }>();
  #round = 0;

  get(key: string, make: () => Value): Value {
    let entry = this.#values.get(key);
    if (!entry) {
      entry = { value: make(), round: this.#round };
      this.#values.set(key, entry);
    }
    entry.round = this.#round;
    return entry.value;
  }

  peek(key: string): Value | undefined {
    return this.#values.get(key)?.value;
  }

  next(keep: number): void {
    this.#round++;
    if (this.#values.size <= keep) return;
    for (const [key, entry] of this.#values) if (entry.round < this.#round - 2) this.#values.delete(key);
  }
}
