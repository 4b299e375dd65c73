/** The state of one lowering: the rules so far, the sets made on the way, what was refused or narrowed. */
import { createHash } from 'node:crypto';
import type { Capabilities } from './capabilities.ts';
import { Structure } from './overlap.ts';
import type { FilterRule, Origin, Rulebook, RuleId, SetDefinition, SetExpression, SetId, Side } from './types.ts';

export interface LoweringNote {
  /** id in the rulebook that came in */
  readonly ruleId: RuleId;
  readonly origin: Origin;
  /** "services", "source", "destination", "translation", "log", "stage", "rules" */
  readonly field: string;
  /** For the rule's author: what the firewall cannot do, in a sentence. */
  readonly reason: string;
}

/** What becomes of a rule: these rules in its place, or a refusal. */
export type Rewrite =
  | {
      readonly kind: 'rules';
      readonly rules: readonly FilterRule[];
      readonly narrowed?: { readonly field: string; readonly reason: string };
    }
  | { readonly kind: 'refused'; readonly field: string; readonly reason: string };

export const keep = (...rules: readonly FilterRule[]): Rewrite => ({ kind: 'rules', rules });
export const refuse = (field: string, reason: string): Rewrite => ({ kind: 'refused', field, reason });

export class Lowering {
  readonly capabilities: Capabilities;
  readonly refused: LoweringNote[] = [];
  readonly narrowed: LoweringNote[] = [];
  readonly maxRulesPerRule: number;
  rules: readonly FilterRule[];
  readonly #sets: Map<SetId, SetDefinition>;
  /** Rule of the rulebook that came in, by the id of what it became. */
  readonly #roots = new Map<RuleId, RuleId>();
  #structure: Structure | undefined;

  constructor(rulebook: Rulebook, capabilities: Capabilities, maxRulesPerRule: number) {
    this.rules = rulebook.rules;
    this.#sets = new Map(rulebook.sets);
    this.capabilities = capabilities;
    this.maxRulesPerRule = maxRulesPerRule;
  }

  get structure(): Structure {
    this.#structure ??= new Structure(this.#sets);
    return this.#structure;
  }

  /** One pass over all rules. */
  pass(rewrite: (rule: FilterRule, index: number) => Rewrite): void {
    const out: FilterRule[] = [];
    this.rules.forEach((rule, index) => {
      const root = this.#roots.get(rule.id) ?? rule.id;
      let result = rewrite(rule, index);
      if (result.kind === 'rules' && result.rules.length > this.maxRulesPerRule)
        result = refuse('rules', `it would become ${result.rules.length} rules on this firewall, more than ${this.maxRulesPerRule}`);
      const note = (field: string, reason: string): LoweringNote => ({ ruleId: root, origin: rule.origin, field, reason });
      if (result.kind === 'refused') this.refused.push(note(result.field, result.reason));
      else {
        out.push(...result.rules);
        for (const made of result.rules) if (made.id !== root) this.#roots.set(made.id, root);
        if (result.narrowed) this.narrowed.push(note(result.narrowed.field, result.narrowed.reason));
      }
    });
    this.rules = out;
  }

  /** The definition of a set that a rule names; a name without one stands for nothing we know, and is kept as it is. */
  expression(set: SetId, cluster: string): SetExpression {
    return this.#sets.get(set)?.expression ?? { kind: 'felix', cluster, set };
  }

  text(set: SetId): string {
    return this.#sets.get(set)?.text ?? set;
  }

  /** A set made on the way; the same expression is the same set. */
  derive(cluster: string, expression: SetExpression, text: string): SetId {
    const id = contentId(JSON.stringify([cluster, expression]));
    if (!this.#sets.has(id)) {
      this.#sets.set(id, { id, kind: 'addresses', cluster, expression, text });
      this.#structure = undefined;
    }
    return id;
  }

  /**
   * The later rule that decides all packets of this one, were this one not there: none between may take some of them. Undefined where several
   * rules, or none, decide them.
   */
  decider(rule: FilterRule, index: number): FilterRule | undefined {
    const { structure } = this;
    for (let at = index + 1; at < this.rules.length; at++) {
      const later = this.rules[at] as FilterRule;
      if (later.action === 'log' || !structure.mayMeet(later, rule)) continue;
      return structure.surelyCovers(later, rule) ? later : undefined;
    }
    return undefined;
  }

  /** Every packet of this rule is denied by later rules, were this one not there. */
  isDeniedAnyway(rule: FilterRule, index: number): boolean {
    const { structure } = this;
    for (let at = index + 1; at < this.rules.length; at++) {
      const later = this.rules[at] as FilterRule;
      if (later.action === 'log' || !structure.mayMeet(later, rule)) continue;
      if (later.action === 'allow') return false;
      if (structure.surelyCovers(later, rule)) return true;
    }
    return false;
  }

  rulebook(): Rulebook {
    const sides = (side: Side) => [...(side.include === 'any' ? [] : side.include.sets), ...side.exclude.sets];
    const used = new Set(
      this.rules.flatMap((rule) => [
        ...sides(rule.source),
        ...sides(rule.destination),
        ...rule.sourceEndpoints.include,
        ...rule.sourceEndpoints.exclude,
        ...rule.destinationEndpoints.include,
        ...rule.destinationEndpoints.exclude,
      ]),
    );
    return { rules: this.rules, sets: new Map([...this.#sets].filter(([id]) => used.has(id))) };
  }
}

/** `[0-9a-f]{16}` from content. */
export const contentId = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A piece of a rule, with an id from the rule's and the piece's name: never from a position. */
export const piece = (rule: FilterRule, name: string, change: Partial<FilterRule>): FilterRule => ({
  ...rule,
  id: contentId(`${rule.id} ${name}`),
  ...change,
});
