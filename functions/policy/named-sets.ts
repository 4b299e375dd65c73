/**
 * The sets that a list of rules names, counted, so that a list which differs in a few rules costs those few: rules are the same objects as long as
 * nothing about them changed.
 */
import type { FilterRule, SetDefinition, SetId } from '../rulebook/types.ts';
import { felixSetsIn } from './conditions.ts';
import type { SetRegistry } from './sets.ts';

/** Every set that a rule names. */
export function forEachSet({ source, destination, sourceEndpoints, destinationEndpoints }: FilterRule, visit: (set: SetId) => void): void {
  if (source.include !== 'any') source.include.sets.forEach(visit);
  source.exclude.sets.forEach(visit);
  if (destination.include !== 'any') destination.include.sets.forEach(visit);
  destination.exclude.sets.forEach(visit);
  for (const endpoints of [sourceEndpoints, destinationEndpoints]) {
    endpoints.include.forEach(visit);
    endpoints.exclude.forEach(visit);
  }
}

export class NamedSets {
  readonly #registry: SetRegistry;
  readonly #named = new Map<SetId, number>();
  readonly #ofPods = new Map<SetId, number>();
  readonly #ids = new Map<string, number>();
  /** ids that more than one rule has */
  #repeated = 0;
  #rules: readonly FilterRule[] = [];
  #definitions: ReadonlyMap<SetId, SetDefinition> = new Map();
  #pods: ReadonlyMap<string, string> = new Map();

  constructor(registry: SetRegistry) {
    this.#registry = registry;
  }

  /** The same object as long as the sets are the same. */
  get definitions(): ReadonlyMap<SetId, SetDefinition> {
    return this.#definitions;
  }

  /** Felix set -> text, of the sets that stand for pods in egress rules; the same object as long as they are the same. */
  get ofPods(): ReadonlyMap<string, string> {
    return this.#pods;
  }

  get repeatsIds(): boolean {
    return this.#repeated > 0;
  }

  use(rules: readonly FilterRule[]): void {
    const before = this.#rules;
    const shorter = Math.min(before.length, rules.length);
    let start = 0;
    // Stryker disable all: what both lists begin and end with is only spared the counting
    while (start < shorter && before[start] === rules[start]) start++;
    let end = 0;
    while (end < shorter - start && before[before.length - 1 - end] === rules[rules.length - 1 - end]) end++;
    // Stryker restore all
    this.#rules = rules;
    const named = new Changes(this.#named);
    const ofPods = new Changes(this.#ofPods);
    // First what comes, so that what stays is never taken for gone.
    for (let at = start; at < rules.length - end; at++) this.#count(rules[at] as FilterRule, 1, named, ofPods);
    for (let at = start; at < before.length - end; at++) this.#count(before[at] as FilterRule, -1, named, ofPods);
    if (named.any) this.#definitions = this.#defined(named);
    if (ofPods.any) this.#pods = this.#podTexts();
  }

  #count(rule: FilterRule, by: 1 | -1, named: Changes, ofPods: Changes): void {
    const before = this.#ids.get(rule.id) ?? 0;
    const now = before + by;
    // Stryker disable next-line ConditionalExpression: no count is a count of none
    if (now === 0) this.#ids.delete(rule.id);
    else this.#ids.set(rule.id, now);
    if (before === 1 && now === 2) this.#repeated++;
    if (before === 2 && now === 1) this.#repeated--;
    forEachSet(rule, (set) => named.count(set, by));
    if (rule.direction === 'egress' && rule.source.include !== 'any') for (const set of rule.source.include.sets) ofPods.count(set, by);
  }

  #defined(changes: Changes): ReadonlyMap<SetId, SetDefinition> {
    const out = new Map(this.#definitions);
    for (const set of changes.gone) out.delete(set);
    for (const set of changes.come) out.set(set, this.#registry.definition(set));
    return out;
  }

  /** Whatever was compiled before: in the order of ids, and a set that stands for pods alone and in others is called by its own text. */
  #podTexts(): ReadonlyMap<string, string> {
    const out = new Map<string, string>();
    for (const id of [...this.#ofPods.keys()].sort()) {
      const { expression, text } = this.#registry.definition(id);
      const sets = felixSetsIn(expression);
      for (const set of sets) if (sets.length === 1 || !out.has(set)) out.set(set, text);
    }
    return out;
  }
}

/** What came to counts and what left them: first all that comes is counted, then all that goes. */
class Changes {
  readonly come = new Set<SetId>();
  readonly gone = new Set<SetId>();
  readonly #counts: Map<SetId, number>;

  constructor(counts: Map<SetId, number>) {
    this.#counts = counts;
  }

  get any(): boolean {
    return this.come.size + this.gone.size > 0;
  }

  count(set: SetId, by: 1 | -1): void {
    const before = this.#counts.get(set) ?? 0;
    const now = before + by;
    if (now === 0) {
      this.#counts.delete(set);
      this.gone.add(set);
    } else {
      this.#counts.set(set, now);
      if (before === 0) this.come.add(set);
    }
  }
}
