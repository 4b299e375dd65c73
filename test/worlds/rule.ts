/** One plain rule, its sides and its sets, for tests that say only what matters to them. */
import {
  ANY,
  type FilterRule,
  NO_ENDPOINTS,
  NO_UNION,
  type Service,
  type SetDefinition,
  type SetKind,
  type Side,
} from '../../functions/rulebook/types.ts';

/** The cluster of all rules and sets of these worlds, where a test does not say another. */
export const CLUSTER = 'pay';

/** Everything from anywhere, allowed on the way out, both families, of one policy that is named like the rule. */
export const rule = (id: string, parts: Partial<FilterRule> = {}): FilterRule => ({
  id,
  border: 'edge',
  stage: 'forward',
  direction: 'egress',
  action: 'allow',
  log: false,
  families: [4, 6],
  source: ANY,
  destination: ANY,
  sourceEndpoints: NO_ENDPOINTS,
  destinationEndpoints: NO_ENDPOINTS,
  services: 'any',
  translation: { kind: 'absent' },
  origin: {
    cluster: CLUSTER,
    tier: 'border',
    policy: { kind: 'GlobalNetworkPolicy', namespace: '', name: `border.${id}` },
    ruleIndex: 0,
    annotations: {},
  },
  ...parts,
});

export const sets = (...ids: readonly string[]): Side => ({ include: { sets: ids, prefixes: [] }, exclude: NO_UNION });
export const nets = (...prefixes: readonly string[]): Side => ({ include: { sets: [], prefixes }, exclude: NO_UNION });

const ports = (protocol: number, ranges: readonly (readonly [number, number])[]): Service => ({
  kind: 'ports',
  protocol,
  source: [{ first: 0, last: 65535 }],
  destination: ranges.map(([first, last]) => ({ first, last })),
});
/** Destination ports, each from first to last. */
export const tcp = (...ranges: readonly (readonly [number, number])[]): Service => ports(6, ranges);
export const udp = (...ranges: readonly (readonly [number, number])[]): Service => ports(17, ranges);

export const addressSet = (id: string, kind: SetKind = 'addresses'): SetDefinition => ({
  id,
  kind,
  cluster: CLUSTER,
  expression: { kind: 'felix', cluster: CLUSTER, set: id },
  text: `set ${id}`,
});
