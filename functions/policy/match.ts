/** Which packets a rule matches, and the algebra that `next-tier`, scope and limits need. Addresses stay sets and prefixes, never members. */
import { FAMILIES, type Family } from '../packets/address.ts';
import type { Endpoints, Prefix, SetId, Union } from '../rulebook/types.ts';
import { coversPrefix, familyOf, intersectPrefixes, meetsPrefix, tidyPrefixes } from './prefixes.ts';
import { coversServices, intersectServices, type Services, subtractServices } from './services.ts';
import type { SetRegistry } from './sets.ts';

/** One end of a packet: `include` minus `exclude`, and in one of endpoints.include and in none of endpoints.exclude. */
export interface End {
  readonly include: 'any' | Union;
  readonly exclude: Union;
  readonly endpoints: Endpoints;
}

export interface Match {
  readonly families: readonly Family[];
  readonly source: End;
  readonly destination: End;
  readonly services: Services;
}

export const ANY_END: End = { include: 'any', exclude: { sets: [], prefixes: [] }, endpoints: { include: [], exclude: [] } };
export const ANY_MATCH: Match = { families: FAMILIES, source: ANY_END, destination: ANY_END, services: 'any' };

const merge = (a: readonly string[], b: readonly string[]): readonly string[] =>
  b.length === 0 ? a : a.length === 0 ? b : [...new Set([...a, ...b])].sort();
const nothingIn = (union: Union): boolean => union.sets.length === 0 && union.prefixes.length === 0;

export class MatchAlgebra {
  readonly #sets: SetRegistry;
  readonly #cluster: string;

  constructor(sets: SetRegistry, cluster: string) {
    this.#sets = sets;
    this.#cluster = cluster;
  }

  /** Undefined: no packet at all. */
  intersect(a: Match, b: Match): Match | undefined {
    if (b === ANY_MATCH) return a;
    if (a === ANY_MATCH) return b;
    const services = intersectServices(a.services, b.services);
    if (services.length === 0) return undefined;
    const source = this.intersectEnds(a.source, b.source);
    if (!source) return undefined;
    const destination = this.intersectEnds(a.destination, b.destination);
    if (!destination) return undefined;
    return this.normal({ families: a.families.filter((f) => b.families.includes(f)), source, destination, services });
  }

  /** `a` without `b`, as matches that may overlap each other; their union is what is meant. */
  subtract(a: Match, b: Match): readonly Match[] {
    if (b === ANY_MATCH) return [];
    if (!this.intersect(a, b)) return [a];
    const pieces: (Match | undefined)[] = [];
    const others = a.families.filter((family) => !b.families.includes(family));
    if (others.length > 0) pieces.push(this.normal({ ...a, families: others }));
    const rest: Match = { ...a, families: a.families.filter((family) => b.families.includes(family)) };
    const services = subtractServices(rest.services, b.services);
    if (services.length > 0) pieces.push(this.normal({ ...rest, services }));
    for (const end of this.#outside(rest.source, b.source)) pieces.push(this.normal({ ...rest, source: end }));
    for (const end of this.#outside(rest.destination, b.destination)) pieces.push(this.normal({ ...rest, destination: end }));
    return pieces.filter((piece) => piece !== undefined);
  }

  /** True only when `a` surely matches every packet that `b` matches, whatever the members. */
  covers(a: Match, b: Match): boolean {
    return (
      a === ANY_MATCH ||
      a === b ||
      (b.families.every((family) => a.families.includes(family)) &&
        coversServices(a.services, b.services) &&
        this.#coversEnd(a.source, b.source) &&
        this.#coversEnd(a.destination, b.destination))
    );
  }

  intersectEnds(a: End, b: End): End | undefined {
    if (b === ANY_END) return a;
    if (a === ANY_END) return b;
    const include = this.#intersectUnions(a.include, b.include);
    if (include !== 'any' && nothingIn(include)) return undefined;
    return {
      include,
      exclude: { sets: merge(a.exclude.sets, b.exclude.sets), prefixes: tidyPrefixes([...a.exclude.prefixes, ...b.exclude.prefixes]) },
      endpoints: {
        include: this.#bothEndpoints(a.endpoints.include, b.endpoints.include),
        exclude: merge(a.endpoints.exclude, b.endpoints.exclude),
      },
    };
  }

  /** Takes out what cannot match; undefined when nothing is left. */
  normal(match: Match): Match | undefined {
    const source = this.#normalEnd(match.source);
    const destination = source && this.#normalEnd(match.destination);
    if (!source || !destination || match.services.length === 0) return undefined;
    const families = match.families.filter((family) => this.#hasFamily(source, family) && this.#hasFamily(destination, family));
    if (families.length === 0) return undefined;
    return { families, source, destination, services: match.services };
  }

  #normalEnd(end: End): End | undefined {
    const { include, exclude } = end;
    if (include === 'any') return end.endpoints.include.some((set) => end.endpoints.exclude.includes(set)) ? this.#withoutTwice(end) : end;
    const sets = include.sets.filter((set) => !exclude.sets.includes(set) && !this.#outOfBounds(set, exclude.prefixes));
    const prefixes = include.prefixes.filter((prefix) => !exclude.prefixes.some((hole) => coversPrefix(hole, prefix)));
    if (sets.length === 0 && prefixes.length === 0) return undefined;
    const bounds = sets.map((set) => this.#sets.bounds(set));
    let holes = exclude.prefixes;
    if (bounds.every((b) => b !== undefined)) {
      const inside = [...prefixes, ...bounds.flat()];
      holes = holes.filter((hole) => inside.some((prefix) => meetsPrefix(hole, prefix)));
    }
    return this.#withoutTwice({ ...end, include: { sets, prefixes }, exclude: { sets: exclude.sets, prefixes: holes } });
  }

  #withoutTwice(end: End): End | undefined {
    const { include, exclude } = end.endpoints;
    if (include.length === 0 || exclude.length === 0) return end;
    const left = include.filter((set) => !exclude.includes(set));
    return left.length === 0 ? undefined : { ...end, endpoints: { include: left, exclude } };
  }

  #outOfBounds(set: SetId, holes: readonly Prefix[]): boolean {
    const bounds = this.#sets.bounds(set);
    return bounds?.every((prefix) => holes.some((hole) => coversPrefix(hole, prefix))) ?? false;
  }

  #hasFamily(end: End, family: Family): boolean {
    const may = (sets: readonly SetId[]) =>
      sets.some((set) => this.#sets.bounds(set)?.some((prefix) => familyOf(prefix) === family) ?? true);
    if (end.endpoints.include.length > 0 && !may(end.endpoints.include)) return false;
    return end.include === 'any' || end.include.prefixes.some((prefix) => familyOf(prefix) === family) || may(end.include.sets);
  }

  #intersectUnions(a: 'any' | Union, b: 'any' | Union): 'any' | Union {
    if (a === 'any') return b;
    if (b === 'any') return a;
    if (a === b || (a.sets.join() === b.sets.join() && a.prefixes.join() === b.prefixes.join())) return a;
    const sets: SetId[] = [];
    if (a.sets.length > 0 && b.sets.length > 0) {
      const one = this.#sets.or(this.#cluster, 'addresses', a.sets);
      const other = this.#sets.or(this.#cluster, 'addresses', b.sets);
      sets.push(this.#sets.and(this.#cluster, 'addresses', [one, other]));
    }
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      if (from.sets.length > 0 && to.prefixes.length > 0) for (const set of from.sets) sets.push(...this.cut(set, to.prefixes));
    return { sets: [...new Set(sets)].sort(), prefixes: intersectPrefixes(a.prefixes, b.prefixes) };
  }

  /** The set cut to prefixes: itself where it lies inside, no set where it lies outside. */
  cut(set: SetId, prefixes: readonly Prefix[]): readonly SetId[] {
    const bounds = this.#sets.bounds(set);
    if (bounds?.every((bound) => prefixes.some((prefix) => coversPrefix(prefix, bound)))) return [set];
    if (bounds && intersectPrefixes(bounds, prefixes).length === 0) return [];
    return [this.#sets.within(this.#cluster, set, prefixes)];
  }

  #bothEndpoints(a: readonly SetId[], b: readonly SetId[]): readonly SetId[] {
    if (a.length === 0) return b;
    if (b.length === 0 || a.join() === b.join()) return a;
    const one = this.#sets.or(this.#cluster, 'endpoints', a);
    const other = this.#sets.or(this.#cluster, 'endpoints', b);
    return [this.#sets.and(this.#cluster, 'endpoints', [one, other])];
  }

  /** The ends in `a` that are not in `b`. */
  #outside(a: End, b: End): End[] {
    const out: (End | undefined)[] = [];
    const { include, exclude, endpoints } = b;
    if (include !== 'any')
      out.push({
        ...a,
        exclude: { sets: merge(a.exclude.sets, include.sets), prefixes: tidyPrefixes([...a.exclude.prefixes, ...include.prefixes]) },
      });
    if (!nothingIn(exclude)) out.push(this.intersectEnds(a, { ...ANY_END, include: exclude }));
    if (endpoints.include.length > 0)
      out.push({ ...a, endpoints: { include: a.endpoints.include, exclude: merge(a.endpoints.exclude, endpoints.include) } });
    if (endpoints.exclude.length > 0)
      out.push({ ...a, endpoints: { ...a.endpoints, include: this.#bothEndpoints(a.endpoints.include, endpoints.exclude) } });
    return out.filter((end) => end !== undefined);
  }

  #coversEnd(a: End, b: End): boolean {
    if (a === ANY_END || a === b) return true;
    if (!a.exclude.sets.every((set) => b.exclude.sets.includes(set))) return false;
    if (!a.exclude.prefixes.every((hole) => b.exclude.prefixes.some((other) => coversPrefix(other, hole)) || this.#misses(b, hole)))
      return false;
    if (!a.endpoints.exclude.every((set) => b.endpoints.exclude.includes(set))) return false;
    if (a.endpoints.include.length > 0) {
      if (b.endpoints.include.length === 0 || !b.endpoints.include.every((set) => a.endpoints.include.includes(set))) return false;
    }
    const { include } = a;
    if (include === 'any') return true;
    if (b.include === 'any') return false;
    const inPrefixes = (prefix: Prefix) => include.prefixes.some((outer) => coversPrefix(outer, prefix));
    return (
      b.include.prefixes.every(inPrefixes) &&
      b.include.sets.every((set) => include.sets.includes(set) || (this.#sets.bounds(set)?.every(inPrefixes) ?? false))
    );
  }

  #misses(end: End, hole: Prefix): boolean {
    if (end.include === 'any') return false;
    return (
      end.include.prefixes.every((prefix) => !meetsPrefix(prefix, hole)) &&
      end.include.sets.every((set) => this.#sets.bounds(set)?.every((prefix) => !meetsPrefix(prefix, hole)) ?? false)
    );
  }
}
