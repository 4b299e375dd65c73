/** The pass over services: protocols without a name on the device, source ports, ICMP types and codes. */
import type { Node } from '../packets/diagram.ts';
import { EVERY_PORT } from '../packets/service-set.ts';
import { keep, type Lowering, piece, type Rewrite, refuse } from './lowering.ts';
import { servicesNode, servicesOfNode } from './services.ts';
import type { FilterRule, NumberRange, Service } from './types.ts';

const EVERY_NUMBER: NumberRange = { first: 0, last: 255 };
const isWhole = (range: NumberRange | undefined, last: number) => range?.first === 0 && range.last >= last;

/** What the device says instead of a service: at most it (`inside`), at least it (`around`). */
interface Sayable {
  readonly inside: readonly Service[];
  readonly around: 'any' | readonly Service[];
  readonly lack?: string;
}

export function lowerServices(lowering: Lowering): void {
  lowering.pass((rule, index) => {
    if (rule.services === 'any') return keep(rule);
    const parts = rule.services.map((service) => sayable(lowering, service));
    const lack = parts.find((part) => part.lack !== undefined)?.lack;
    if (lack === undefined) return keep({ ...rule, services: parts.flatMap((part) => part.inside) });
    return rewrite(lowering, rule, index, parts, lack);
  });
}

function sayable({ capabilities }: Lowering, service: Service): Sayable {
  const { protocols } = capabilities;
  const isNamed = (protocol: number) => protocols === 'all' || protocols.includes(protocol);
  if (service.kind === 'protocols') {
    if (protocols === 'all') return { inside: [service], around: [service] };
    const inside = protocols.filter((protocol) => service.protocols.some((range) => protocol >= range.first && protocol <= range.last));
    const named = [...inside].sort((a, b) => a - b).map((protocol) => ({ first: protocol, last: protocol }));
    const wanted = service.protocols.reduce((sum, range) => sum + range.last - range.first + 1, 0);
    const said: readonly Service[] = named.length === 0 ? [] : [{ kind: 'protocols', protocols: named }];
    return wanted === inside.length
      ? { inside: said, around: said }
      : { inside: said, around: 'any', lack: `this firewall cannot name protocols other than ${protocols.join(', ')}` };
  }
  if (!isNamed(service.protocol)) return { inside: [], around: 'any', lack: `this firewall cannot name protocol ${service.protocol}` };
  if (service.kind === 'ports') {
    if (capabilities.sourcePorts || isWhole(service.source[0], 65535)) return { inside: [service], around: [service] };
    return { inside: [], around: [{ ...service, source: [EVERY_PORT] }], lack: 'this firewall cannot match source ports' };
  }
  const asProtocol: Service = { kind: 'protocols', protocols: [{ first: service.protocol, last: service.protocol }] };
  if (!capabilities.icmpTypes) {
    const whole = service.types.some(({ type, code }) => isWhole(type, 255) && isWhole(code, 255));
    return whole
      ? { inside: [asProtocol], around: [asProtocol] }
      : { inside: [], around: [asProtocol], lack: 'this firewall cannot match ICMP types' };
  }
  if (capabilities.icmpCodes) return { inside: [service], around: [service] };
  const whole = service.types.filter(({ code }) => isWhole(code, 255));
  if (whole.length === service.types.length) return { inside: [service], around: [service] };
  return {
    inside: whole.length === 0 ? [] : [{ ...service, types: whole }],
    around: [{ ...service, types: service.types.map(({ type }) => ({ type, code: EVERY_NUMBER })) }],
    lack: 'this firewall cannot match ICMP codes',
  };
}

/** As it stands, without rewriting. */
export const canSay = (lowering: Lowering, services: FilterRule['services']): boolean =>
  services === 'any' || services.every((service) => sayable(lowering, service).lack === undefined);

function rewrite(lowering: Lowering, rule: FilterRule, index: number, parts: readonly Sayable[], lack: string): Rewrite {
  const { diagrams } = lowering.structure;
  const node = (services: FilterRule['services']): Node => servicesNode(diagrams, services);
  const around: Node = parts.reduce((sum, part) => diagrams.or(sum, node(part.around)), 0);
  const wanted = node(rule.services);
  const aroundServices = servicesOfNode(diagrams, around);
  const excess = servicesOfNode(diagrams, diagrams.minus(around, wanted));
  if (excess.length === 0) return keep({ ...rule, services: aroundServices });
  const excessRule = piece(rule, 'not meant', { services: excess });

  // Exact: what the wide rule takes too much goes first, decided as it would be anyway.
  const decider = lowering.decider(excessRule, index);
  if (decider && canSay(lowering, excess)) {
    const first = { ...excessRule, action: decider.action, log: decider.log, translation: decider.translation, origin: decider.origin };
    return keep(first, { ...rule, services: aroundServices });
  }
  const isHarmless = lowering.isDeniedAnyway(excessRule, index);
  if (rule.action === 'deny')
    return isHarmless
      ? keep({ ...rule, services: aroundServices })
      : refuse('services', `${lack}, and a wider drop would take packets that are not denied otherwise`);
  if (rule.action === 'log') return keep({ ...rule, services: aroundServices });
  const inside = parts.flatMap((part) => part.inside);
  if (inside.length === 0) return refuse('services', lack);
  const cutOff = piece(rule, 'cut off', { services: aroundServices, action: 'deny', translation: { kind: 'absent' } });
  if (!isHarmless) return refuse('services', `${lack}, and what is cut off cannot be denied without denying more`);
  return {
    kind: 'rules',
    rules: [{ ...rule, services: inside }, cutOff],
    narrowed: { field: 'services', reason: `${lack}: only the rest of the rule is allowed` },
  };
}
