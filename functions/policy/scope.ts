/**
 * The last step from an item to rules: cut to the packets that are the cluster's own (pods' side inside the pod CIDRs; pre-DNAT: inside the VIPs),
 * to the destinations that the settings give it, and given its translation.
 */
import type { Direction } from '../packets/packet.ts';
import type { FilterRule, Prefix, Side, Stage, Translation } from '../rulebook/types.ts';
import type { BorderSettings } from '../settings.ts';
import { translationFor } from './annotations.ts';
import type { Remark } from './errors.ts';
import { identityOf } from './identity.ts';
import { ANY_END, type End, type Match, type MatchAlgebra } from './match.ts';
import { type Item, ruleName } from './policy-rules.ts';
import type { SetRegistry } from './sets.ts';

export interface Scope {
  readonly cluster: string;
  readonly hostEndpoint: string;
  readonly border: BorderSettings;
  readonly stage: Stage;
  readonly direction: Direction;
  /** pod CIDRs, or VIPs for pre-DNAT */
  readonly own: readonly Prefix[];
  readonly destinations: readonly Prefix[] | undefined;
  readonly snatPools: readonly string[];
}

export interface Written {
  readonly rules: readonly FilterRule[];
  readonly remarks: readonly Remark[];
}

export class Writer {
  readonly #sets: SetRegistry;
  readonly #algebra: MatchAlgebra;
  readonly #scope: Scope;
  readonly #cache = new WeakMap<Item, Written>();
  readonly #own: End;
  readonly #reachable: End | undefined;

  constructor(sets: SetRegistry, algebra: MatchAlgebra, scope: Scope) {
    this.#sets = sets;
    this.#algebra = algebra;
    this.#scope = scope;
    this.#own = { ...ANY_END, include: { sets: [], prefixes: scope.own } };
    this.#reachable = scope.destinations && { ...ANY_END, include: { sets: [], prefixes: scope.destinations } };
  }

  write(item: Item): Written {
    let written = this.#cache.get(item);
    if (!written) {
      written = this.#write(item);
      this.#cache.set(item, written);
    }
    return written;
  }

  #write(item: Item): Written {
    const { direction } = this.#scope;
    const near = direction === 'egress' ? 'source' : 'destination';
    const far = direction === 'egress' ? 'destination' : 'source';
    const cut = this.#algebra.intersectEnds(item.match[near], this.#own);
    const match = cut && this.#algebra.normal({ ...item.match, [near]: this.#cutEndpoints(cut) });
    if (!match) return { rules: [], remarks: [] };
    const remarks: Remark[] = [];
    if (item.action !== 'allow' || !this.#reachable) return { rules: this.#translate(item, match, remarks), remarks };
    const end = this.#algebra.intersectEnds(match[far], this.#reachable);
    const reachable = end && this.#algebra.normal({ ...match, [far]: end });
    if (
      reachable &&
      this.#algebra.covers(
        { ...match, [far]: this.#reachable },
        { ...match, [far]: { ...match[far], exclude: ANY_END.exclude, endpoints: ANY_END.endpoints } },
      )
    )
      return { rules: this.#translate(item, match, remarks), remarks };
    remarks.push({
      code: 'CEXT_POLICY_DESTINATION_CUT',
      severity: 'warning',
      rule: ruleName(direction, item.origin.ruleIndex ?? 0),
      field: far,
      message: `The rule allows more than the destinations of this cluster on this firewall (${this.#scope.destinations?.join(', ')}); the rest is denied.`,
    });
    const rest: Item = { ...item, action: 'deny', seed: `${item.seed}.x`, snat: { kind: 'absent' } };
    return {
      rules: [...(reachable ? this.#translate(item, reachable, remarks) : []), this.#rule(rest, match, { kind: 'absent' })],
      remarks,
    };
  }

  #translate(item: Item, match: Match, remarks: Remark[]): FilterRule[] {
    const answer = translationFor(item.snat, match.families, this.#scope.border, this.#scope.snatPools);
    // Refused wishes never come here; a family that a pass or the scope took away leaves only the other one.
    if ('code' in answer) return [this.#rule(item, match, { kind: 'absent' })];
    const others = match.families.filter((family) => !answer.families.includes(family));
    if (others.length === 0) return [this.#rule(item, match, answer.translation)];
    remarks.push({
      code: 'CEXT_POLICY_SNAT_FAMILY',
      severity: 'warning',
      rule: ruleName(this.#scope.direction, item.origin.ruleIndex ?? 0),
      field: 'cextfire.io/snat',
      message: `The rule also matches IPv${others.join(', IPv')}, for which its translation has no address; such packets are allowed and left to the administrator's NAT.`,
    });
    return match.families.map((family) => {
      const part = { ...match, families: [family] };
      return others.includes(family)
        ? this.#rule({ ...item, seed: `${item.seed}.v${family}` }, part, { kind: 'absent' })
        : this.#rule(item, part, answer.translation);
    });
  }

  #rule(item: Item, match: Match, translation: Translation): FilterRule {
    const { hostEndpoint, stage, direction } = this.#scope;
    return {
      id: identityOf('rule', hostEndpoint, stage, direction, item.seed),
      border: hostEndpoint,
      stage,
      direction,
      action: item.action as FilterRule['action'],
      log: item.log,
      families: match.families,
      source: sideOf(match.source),
      destination: sideOf(match.destination),
      sourceEndpoints: match.source.endpoints,
      destinationEndpoints: match.destination.endpoints,
      services: match.services,
      translation,
      origin: item.origin,
    };
  }

  /** Sets of the near end hold pods; what lies outside the scope never counts, so it need not be on the device. */
  #cutEndpoints(end: End): End {
    const { cluster, own } = this.#scope;
    const cut = (sets: readonly string[]) => sets.map((set) => this.#sets.within(cluster, set, own));
    const { include, exclude } = end.endpoints;
    return {
      include: end.include,
      exclude: { sets: end.exclude.sets.flatMap((set) => this.#algebra.cut(set, own)), prefixes: end.exclude.prefixes },
      endpoints: include.length + exclude.length === 0 ? end.endpoints : { include: cut(include), exclude: cut(exclude) },
    };
  }
}

const sideOf = (end: End): Side => ({ include: end.include, exclude: end.exclude });
