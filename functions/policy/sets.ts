/**
 * The sets that rules name. Interned by content: the same expression is the same set, in every compilation and in every process. A set of
 * Felix is named by its expression too; members are elsewhere (members.ts).
 */
import type { Prefix, SetDefinition, SetExpression, SetId, SetKind } from '../rulebook/types.ts';
import { identityOf } from './identity.ts';
import { intersectPrefixes } from './prefixes.ts';

export class SetRegistry {
  readonly #definitions = new Map<SetId, SetDefinition>();
  readonly #bounds = new Map<SetId, readonly Prefix[] | undefined>();
  readonly #within = new Map<string, SetId>();
  readonly #felix = new Map<string, SetId>();

  get size(): number {
    return this.#definitions.size;
  }

  felix(cluster: string, set: string, kind: SetKind, text: string): SetId {
    const key = `${cluster}\0${set}\0${kind}`;
    let id = this.#felix.get(key);
    // Stryker disable next-line ConditionalExpression: named anew it is the same set
    if (id === undefined) {
      id = this.#intern(kind, cluster, { kind: 'felix', cluster, set }, text || set, undefined);
      this.#felix.set(key, id);
    }
    return id;
  }

  /** All of these sets at once; of one set: that set. */
  and(cluster: string, kind: SetKind, sets: readonly SetId[]): SetId {
    const distinct = [...new Set(sets)].sort();
    if (distinct.length === 1) return distinct[0] as SetId;
    const of = distinct.map((id) => this.definition(id).expression);
    const known = distinct.map((id) => this.bounds(id)).filter((bounds) => bounds !== undefined);
    const bounds = known.length > 0 ? known.reduce((a, b) => intersectPrefixes(a, b)) : undefined;
    return this.#intern(kind, cluster, { kind: 'and', of }, distinct.map((id) => `(${this.definition(id).text})`).join(' && '), bounds);
  }

  or(cluster: string, kind: SetKind, sets: readonly SetId[]): SetId {
    const distinct = [...new Set(sets)].sort();
    if (distinct.length === 1) return distinct[0] as SetId;
    const of = distinct.map((id) => this.definition(id).expression);
    const bounds = distinct.map((id) => this.bounds(id));
    return this.#intern(
      kind,
      cluster,
      { kind: 'or', of },
      distinct.map((id) => `(${this.definition(id).text})`).join(' || '),
      bounds.every((b) => b !== undefined) ? [...new Set(bounds.flat())].sort() : undefined,
    );
  }

  /** The set cut to these prefixes. */
  within(cluster: string, set: SetId, prefixes: readonly Prefix[]): SetId {
    const key = `${set} ${prefixes.join(' ')}`;
    let id = this.#within.get(key);
    // Stryker disable next-line ConditionalExpression: cut anew it is the same set
    if (id === undefined) {
      const { kind, expression, text } = this.definition(set);
      const bounds = this.bounds(set);
      const cut = bounds ? intersectPrefixes(bounds, prefixes) : prefixes;
      const inner = expression.kind === 'within' ? expression.of : expression;
      const wanted = expression.kind === 'within' ? intersectPrefixes(expression.prefixes, prefixes) : [...prefixes].sort();
      id = this.#intern(
        kind,
        cluster,
        wanted.length === 0 ? { kind: 'nothing' } : { kind: 'within', of: inner, prefixes: wanted },
        text,
        cut,
      );
      this.#within.set(key, id);
    }
    return id;
  }

  /** Prefixes that hold every member; undefined: not known. */
  bounds(set: SetId): readonly Prefix[] | undefined {
    return this.#bounds.get(set);
  }

  definition(set: SetId): SetDefinition {
    const definition = this.#definitions.get(set);
    if (!definition) throw new RangeError(`no set ${set}`);
    return definition;
  }

  #intern(kind: SetKind, cluster: string, expression: SetExpression, text: string, bounds: readonly Prefix[] | undefined): SetId {
    const id = identityOf('set', kind, cluster, JSON.stringify(expression));
    if (!this.#definitions.has(id)) {
      this.#definitions.set(id, { id, kind, cluster, expression, text });
      this.#bounds.set(id, bounds);
    }
    return id;
  }
}
