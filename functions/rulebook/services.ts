/** A rule's services as a node of packets/diagram. */
import type { Diagrams, Node } from '../packets/diagram.ts';
import { boxOfServices, protocolSet } from '../packets/service-set.ts';
import type { FilterRule } from './types.ts';

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
