/**
 * The first-match lists of one cluster on one firewall: for each border and stage a {@link Place} that reads policies there, and for each direction
 * a {@link Chain} that writes rules. Made anew only where a HostEndpoint or the settings are another object than before.
 */
import type { ClusterView, HostEndpoint, Policy, PolicyKey, Tier } from '../cluster/view.ts';
import type { Condition, Subject } from '../errors.ts';
import { FAMILIES, type Family } from '../packets/address.ts';
import type { Direction } from '../packets/packet.ts';
import type { Prefix, Stage } from '../rulebook/types.ts';
import type { BorderSettings } from '../settings.ts';
import { shown } from './annotations.ts';
import { policyCondition } from './errors.ts';
import { RuleReader } from './felix-rule.ts';
import type { MatchAlgebra } from './match.ts';
import { type PolicyRules, readPolicy } from './policy-rules.ts';
import { canonicalPrefix, familyOf, tidyPrefixes } from './prefixes.ts';
import { same } from './same.ts';
import { Writer } from './scope.ts';
import type { SetRegistry } from './sets.ts';
import type { CompileCluster, CompileInput } from './types.ts';

/** A border and a stage, under settings that do not change. */
export interface Place {
  readonly hostEndpoint: string;
  readonly stage: Stage;
  /** The policy as it reads here; the same object for the same policy object. */
  rules(policy: Policy): PolicyRules;
}

export interface Chain {
  readonly key: string;
  readonly place: Place;
  readonly direction: Direction;
  readonly tiers: readonly Tier[];
  readonly writer: Writer;
}

/** A policy that tiers list, staged ones too, and where. */
export interface Listed {
  readonly key: PolicyKey;
  readonly places: readonly Place[];
}

export interface Layout {
  readonly chains: readonly Chain[];
  /** by key, so that nothing depends on the order of tiers */
  readonly listed: readonly Listed[];
  readonly conditions: readonly Condition[];
}

/** Staged policies are skipped, also when deciding whether a tier ends in a drop. A listed policy that never came counts as enforced. */
export function isEnforced(key: PolicyKey, { policies }: ClusterView): boolean {
  return !(policies.get(key)?.staged ?? key.startsWith('Staged'));
}

interface KnownPlace extends Place {
  readonly facts: readonly unknown[];
  readonly writers: Map<Direction, Writer>;
  readonly own: readonly Prefix[];
}

export class Layouts {
  readonly #name: string;
  readonly #sets: SetRegistry;
  readonly #algebra: MatchAlgebra;
  readonly #reader: RuleReader;
  readonly #places = new Map<string, KnownPlace>();
  #last: { readonly from: readonly unknown[]; readonly layout: Layout } | undefined;

  constructor(name: string, sets: SetRegistry, algebra: MatchAlgebra) {
    this.#name = name;
    this.#sets = sets;
    this.#algebra = algebra;
    this.#reader = new RuleReader(sets, algebra, name);
  }

  /** In the order of borders' names. */
  of(cluster: CompileCluster, input: CompileInput): Layout {
    const borders = [...input.borders].sort(([a], [b]) => (a < b ? -1 : 1));
    const from: unknown[] = [cluster.pair, cluster.settings, input.firewall];
    for (const [hostEndpoint, border] of borders) from.push(hostEndpoint, border, cluster.view.hostEndpoints.get(hostEndpoint));
    if (!this.#last || !same(this.#last.from, from)) this.#last = { from, layout: this.#lay(cluster, borders, input.firewall) };
    return this.#last.layout;
  }

  #lay(cluster: CompileCluster, borders: readonly (readonly [string, BorderSettings])[], firewall: string): Layout {
    const chains: Chain[] = [];
    const conditions: Condition[] = [];
    const { view, pair } = cluster;
    const subject = { cluster: cluster.name, firewall };
    for (const [hostEndpoint, border] of borders) {
      const endpoint = view.hostEndpoints.get(hostEndpoint);
      const here = { ...subject, field: `HostEndpoint ${hostEndpoint}` };
      if (!endpoint) {
        conditions.push(
          policyCondition('CEXT_POLICY_NO_HOST_ENDPOINT', 'warning', here, `The cluster has no HostEndpoint ${hostEndpoint}.`),
        );
        continue;
      }
      const honoured = (tiers: readonly Tier[]) => tiers.filter((tier) => pair.tiers.includes(tier.name));
      const forward = honoured(endpoint.forwardTiers);
      // No drop ends a tier there: newer Felix says so, older ones say nothing.
      const preDnat = honoured(endpoint.preDnatTiers).map((tier): Tier => ({ ...tier, defaultAction: 'Pass' }));
      conditions.push(...endpointConditions(endpoint, pair.tiers, subject, [...forward, ...preDnat]));
      if (preDnat.length > 0 && border.vips.length === 0)
        conditions.push(policyCondition('CEXT_POLICY_PRE_DNAT_NO_VIPS', 'warning', here, `The border ${hostEndpoint} has no VIPs.`));
      const chain = (stage: Stage, direction: Direction, tiers: readonly Tier[]) => {
        const place = this.#place(hostEndpoint, border, stage, cluster);
        let writer = place.writers.get(direction);
        if (!writer) {
          writer = this.#writer(place, border, direction, cluster);
          place.writers.set(direction, writer);
        }
        chains.push({ key: `${hostEndpoint} ${stage} ${direction}`, place, direction, tiers, writer });
      };
      chain('preDnat', 'ingress', border.vips.length > 0 ? preDnat : []);
      chain('forward', 'egress', forward);
      chain('forward', 'ingress', forward);
    }
    return { chains, listed: listedIn(chains), conditions };
  }

  #place(hostEndpoint: string, border: BorderSettings, stage: Stage, { pair, settings }: CompileCluster): KnownPlace {
    const key = `${hostEndpoint} ${stage}`;
    const facts = [border, pair, settings];
    const known = this.#places.get(key);
    if (known && same(known.facts, facts)) return known;
    const own = canonical(stage === 'preDnat' ? border.vips : settings.podCidrs);
    const families: readonly Family[] = FAMILIES.filter((family) => own.some((prefix) => familyOf(prefix) === family));
    const read = new WeakMap<Policy, PolicyRules>();
    const place: KnownPlace = {
      hostEndpoint,
      stage,
      facts,
      own,
      writers: new Map(),
      rules: (policy) => {
        let rules = read.get(policy);
        if (!rules) {
          rules = readPolicy(policy, { cluster: this.#name, stage, border, snatPools: pair.snatPools, families, reader: this.#reader });
          read.set(policy, rules);
        }
        return rules;
      },
    };
    this.#places.set(key, place);
    return place;
  }

  #writer({ hostEndpoint, stage, own }: KnownPlace, border: BorderSettings, direction: Direction, { pair }: CompileCluster): Writer {
    const destinations = pair.destinations && canonical(pair.destinations);
    const { snatPools } = pair;
    return new Writer(this.#sets, this.#algebra, {
      cluster: this.#name,
      hostEndpoint,
      border,
      stage,
      direction,
      own,
      destinations,
      snatPools,
    });
  }
}

const canonical = (prefixes: readonly string[]): readonly Prefix[] => tidyPrefixes(prefixes.flatMap((text) => canonicalPrefix(text) ?? []));

function listedIn(chains: readonly Chain[]): readonly Listed[] {
  const places = new Map<PolicyKey, Set<Place>>();
  for (const { place, direction, tiers } of chains)
    for (const tier of tiers)
      for (const key of tier[direction]) {
        const known = places.get(key);
        if (known) known.add(place);
        else places.set(key, new Set([place]));
      }
  return [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, where]) => ({ key, places: [...where] }));
}

function endpointConditions(
  endpoint: HostEndpoint,
  tiers: readonly string[],
  subject: Subject,
  honoured: readonly Tier[],
): readonly Condition[] {
  const out: Condition[] = [];
  const field = `HostEndpoint ${endpoint.name}`;
  for (const tier of endpoint.untrackedTiers)
    out.push(
      policyCondition(
        'CEXT_POLICY_UNTRACKED',
        'warning',
        { ...subject, field: `${field} tier ${tier}` },
        `Tier ${shown(tier)} has doNotTrack policies for ${endpoint.name}.`,
      ),
    );
  const others = new Set(
    [...endpoint.forwardTiers, ...endpoint.preDnatTiers].map((tier) => tier.name).filter((name) => !tiers.includes(name)),
  );
  for (const tier of others)
    out.push(
      policyCondition(
        'CEXT_POLICY_TIER_NOT_HONOURED',
        'info',
        { ...subject, field: `${field} tier ${tier}` },
        `Tier ${shown(tier)} has policies for ${endpoint.name}, but is not among the tiers of the pair.`,
      ),
    );
  const some = honoured.some((tier) => [...tier.ingress, ...tier.egress].some((key) => !key.startsWith('Staged')));
  if (!some)
    out.push(policyCondition('CEXT_POLICY_NO_POLICY', 'warning', { ...subject, field }, `${endpoint.name} has no enforced policy.`));
  return out;
}
