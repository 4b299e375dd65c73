/**
 * The pass over sets of (address, protocol, port), for devices that have none: one rule per (protocol, port) with a set of the addresses that
 * have it. Which ports there are is membership: a new port is a new rule.
 */
import { EndpointIndex } from '../packets/address-index.ts';
import { protocolName } from '../packets/packet.ts';
import { boxOfServices, EVERY_PORT } from '../packets/service-set.ts';
import { any } from './lower-excludes.ts';
import { keep, type Lowering, piece, refuse } from './lowering.ts';
import { servicesNode, servicesOfNode } from './services.ts';
import { type Endpoints, type FilterRule, type MemberSource, NO_ENDPOINTS, type SetExpression, type SetId, type Side } from './types.ts';

type End = 'source' | 'destination';
interface Port {
  readonly protocol: number;
  readonly port: number;
}

export function lowerEndpoints(lowering: Lowering, members: MemberSource | undefined): void {
  if (lowering.capabilities.endpointSets) return;
  for (const end of ['source', 'destination'] as const)
    lowering.pass((rule) => {
      const field = `${end}Endpoints` as const;
      if (rule[field].include.length + rule[field].exclude.length === 0) return keep(rule);
      if (!members) return refuse(end, 'this firewall needs a rule per named port, and the ports are not known yet');
      return keep(...excluded(lowering, end, members, included(lowering, end, members, rule)));
    });
}

const fieldOf = (end: End) => `${end}Endpoints` as const;

function portsOf(members: MemberSource, sets: readonly SetId[]): (Port & { readonly sets: readonly SetId[] })[] {
  const ports = new Map<string, Port & { sets: SetId[] }>();
  for (const set of sets)
    for (const { protocol, port } of EndpointIndex.of(members.members(set)).services()) {
      const known = ports.get(`${protocol}:${port}`);
      if (known) known.sets.push(set);
      else ports.set(`${protocol}:${port}`, { protocol, port, sets: [set] });
    }
  return [...ports.values()];
}

/** The addresses that have this port in one of these sets. */
const expressionAt = (
  lowering: Lowering,
  cluster: string,
  { protocol, port, sets }: Port & { readonly sets: readonly SetId[] },
): SetExpression => any(sets.map((set) => ({ kind: 'at', of: lowering.expression(set, cluster), protocol, port })));

const textAt = (lowering: Lowering, { protocol, port, sets }: Port & { readonly sets: readonly SetId[] }): string =>
  `${sets.map((set) => lowering.text(set)).join(' || ')} at ${protocolName(protocol)} ${port}`;

/** The rule's services cut to a port, or to what is outside these ports. */
function servicesWith(lowering: Lowering, end: End, rule: FilterRule, ports: readonly Port[], isInside: boolean): FilterRule['services'] {
  const { diagrams } = lowering.structure;
  const own = servicesNode(diagrams, rule.services);
  let node = 0;
  for (const { protocol, port } of ports) {
    const run = [{ first: port, last: port }];
    node = diagrams.or(
      node,
      boxOfServices(diagrams, protocol, end === 'source' ? run : [EVERY_PORT], end === 'source' ? [EVERY_PORT] : run),
    );
  }
  return servicesOfNode(diagrams, isInside ? diagrams.and(own, node) : diagrams.minus(own, node));
}

const isNothing = (services: FilterRule['services']) => services !== 'any' && services.length === 0;

function included(lowering: Lowering, end: End, members: MemberSource, rule: FilterRule): readonly FilterRule[] {
  const endpoints: Endpoints = rule[fieldOf(end)];
  if (endpoints.include.length === 0) return [rule];
  const { cluster } = rule.origin;
  return portsOf(members, endpoints.include).flatMap((at) => {
    const services = servicesWith(lowering, end, rule, [at], true);
    if (isNothing(services)) return [];
    const expression = within(lowering, rule[end], expressionAt(lowering, cluster, at), cluster);
    const set = lowering.derive(cluster, expression, textAt(lowering, at));
    const side: Side = { include: { sets: [set], prefixes: [] }, exclude: rule[end].exclude };
    const change = { services, [end]: side, [fieldOf(end)]: { include: [], exclude: endpoints.exclude } };
    return [piece(rule, `${end} ${at.protocol}:${at.port}`, change)];
  });
}

/** What both the side and the port's set hold. */
function within(lowering: Lowering, { include }: Side, at: SetExpression, cluster: string): SetExpression {
  if (include === 'any') return at;
  const parts: SetExpression[] = [];
  if (include.sets.length > 0) parts.push({ kind: 'and', of: [any(include.sets.map((set) => lowering.expression(set, cluster))), at] });
  if (include.prefixes.length > 0) parts.push({ kind: 'within', of: at, prefixes: include.prefixes });
  return parts.length === 0 ? { kind: 'nothing' } : any(parts);
}

/** Services are disjoint between the pieces: their order means nothing. */
function excluded(lowering: Lowering, end: End, members: MemberSource, rules: readonly FilterRule[]): readonly FilterRule[] {
  return rules.flatMap((rule) => {
    const endpoints: Endpoints = rule[fieldOf(end)];
    if (endpoints.exclude.length === 0) return [rule];
    const { cluster } = rule.origin;
    const bare = { ...rule, [fieldOf(end)]: NO_ENDPOINTS };
    const ports = portsOf(members, endpoints.exclude);
    const pieces = ports.flatMap((at) => {
      const services = servicesWith(lowering, end, rule, [at], true);
      if (isNothing(services)) return [];
      const set = lowering.derive(cluster, expressionAt(lowering, cluster, at), textAt(lowering, at));
      const side: Side = { include: rule[end].include, exclude: { ...rule[end].exclude, sets: [...rule[end].exclude.sets, set] } };
      return [piece(bare, `${end} but ${at.protocol}:${at.port}`, { services, [end]: side })];
    });
    const rest = servicesWith(lowering, end, rule, ports, false);
    return isNothing(rest) ? pieces : [...pieces, { ...bare, services: rest }];
  });
}
