/** A rule's services as a node of packets/diagram, and back. */
import { type Diagrams, LEVEL, type Node, PORT_LIMIT, PROTOCOL_LIMIT } from '../packets/diagram.ts';
import { boxOfServices, protocolSet, runsOf } from '../packets/service-set.ts';
import type { FilterRule, NumberRange, Service } from './types.ts';

export function servicesNode(diagrams: Diagrams, services: FilterRule['services']): Node {
  if (services === 'any') return 1;
  let node: Node = 0;
  for (const service of services) {
    if (service.kind === 'protocols') node = diagrams.or(node, protocolSet(diagrams, service.protocols));
    else if (service.kind === 'ports')
      node = diagrams.or(node, boxOfServices(diagrams, service.protocol, service.source, service.destination));
    else for (const { type, code } of service.types) node = diagrams.or(node, boxOfServices(diagrams, service.protocol, [type], [code]));
  }
  return node;
}

/** The inverse: the least list of services that says the same. 'any' for everything, [] for nothing. */
export function servicesOfNode(diagrams: Diagrams, node: Node): FilterRule['services'] {
  if (node === 1) return 'any';
  const protocols: NumberRange[] = [];
  const others: Service[] = [];
  for (const run of runsOf(diagrams, node, LEVEL.protocol, PROTOCOL_LIMIT)) {
    if (run.child === 1) protocols.push({ first: run.first, last: run.last });
    else for (let protocol = run.first; protocol <= run.last; protocol++) others.push(...innerServices(diagrams, protocol, run.child));
  }
  return protocols.length === 0 ? others : [{ kind: 'protocols', protocols }, ...others];
}

function innerServices(diagrams: Diagrams, protocol: number, node: Node): Service[] {
  const slabs = runsOf(diagrams, node, LEVEL.first, PORT_LIMIT).map((run) => ({
    first: { first: run.first, last: run.last },
    seconds: runsOf(diagrams, run.child, LEVEL.second, PORT_LIMIT).map(({ first, last }) => ({ first, last })),
    child: run.child,
  }));
  if (protocol === 1 || protocol === 58) {
    // Numbers above 255 are aliases of 255.
    const cut = ({ first, last }: NumberRange): NumberRange => ({ first, last: Math.min(last, 255) });
    return [
      {
        kind: 'icmp',
        protocol,
        types: slabs.flatMap(({ first, seconds }) => seconds.map((code) => ({ type: cut(first), code: cut(code) }))),
      },
    ];
  }
  const byChild = new Map<Node, { source: NumberRange[]; destination: readonly NumberRange[] }>();
  for (const { first, seconds, child } of slabs) {
    const known = byChild.get(child);
    if (known) known.source.push(first);
    else byChild.set(child, { source: [first], destination: seconds });
  }
  return [...byChild.values()].map(({ source, destination }) => ({ kind: 'ports', protocol, source, destination }));
}
