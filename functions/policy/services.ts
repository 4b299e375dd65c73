/**
 * Algebra on the services of rules: lists of (protocols) | (protocol, source ports, destination ports) | (ICMP protocol, types and codes).
 * 'any' is every protocol. An empty list is nothing at all.
 */
import type { NumberRange, Service } from '../rulebook/types.ts';

export type Services = 'any' | readonly Service[];

export const ANY_PORT: readonly NumberRange[] = [{ first: 0, last: 65535 }];
export const ANY_CODE: NumberRange = { first: 0, last: 255 };
const EVERYTHING: readonly Service[] = [{ kind: 'protocols', protocols: [{ first: 0, last: 255 }] }];

/** Sorted, disjoint, joined where they touch; ranges that end before they begin are none. */
export function joinRanges(ranges: readonly NumberRange[]): NumberRange[] {
  const out: { first: number; last: number }[] = [];
  for (const range of [...ranges].filter((r) => r.first <= r.last).sort((a, b) => a.first - b.first)) {
    const last = out.at(-1);
    if (last && range.first <= last.last + 1) last.last = Math.max(last.last, range.last);
    else out.push({ ...range });
  }
  return out;
}

export function intersectRanges(a: readonly NumberRange[], b: readonly NumberRange[]): NumberRange[] {
  return joinRanges(a.flatMap((x) => b.map((y) => ({ first: Math.max(x.first, y.first), last: Math.min(x.last, y.last) }))));
}

export function subtractRanges(a: readonly NumberRange[], b: readonly NumberRange[]): NumberRange[] {
  let out: NumberRange[] = [...a];
  for (const hole of b)
    out = out.flatMap((range) =>
      hole.last < range.first || hole.first > range.last
        ? [range]
        : [
            { first: range.first, last: hole.first - 1 },
            { first: hole.last + 1, last: range.last },
          ],
    );
  return joinRanges(out);
}

type Box = {
  readonly protocol: number;
  readonly kind: 'ports' | 'icmp';
  readonly rows: readonly NumberRange[];
  readonly columns: readonly NumberRange[];
};

/** Services of one protocol. */
type Ported = Exclude<Service, { readonly kind: 'protocols' }>;

/** An ICMP service becomes one box for each pair. */
function boxes(service: Ported): Box[] {
  if (service.kind === 'ports') return [{ protocol: service.protocol, kind: 'ports', rows: service.source, columns: service.destination }];
  return service.types.map(({ type, code }) => ({ protocol: service.protocol, kind: 'icmp', rows: [type], columns: [code] }));
}

function serviceOf(box: Box): Ported[] {
  if (box.rows.length === 0 || box.columns.length === 0) return [];
  if (box.kind === 'ports') return [{ kind: 'ports', protocol: box.protocol, source: box.rows, destination: box.columns }];
  const types = box.rows.flatMap((type) => box.columns.map((code) => ({ type, code })));
  return [{ kind: 'icmp', protocol: box.protocol as 1 | 58, types }];
}

const wholeProtocol = (like: Ported): Ported =>
  like.kind === 'ports' ? { ...like, source: ANY_PORT, destination: ANY_PORT } : { ...like, types: [{ type: ANY_CODE, code: ANY_CODE }] };
const within = (protocol: number, ranges: readonly NumberRange[]) => ranges.some((r) => protocol >= r.first && protocol <= r.last);

const subtractBox = (a: Box, b: Box): Ported[] => [
  ...serviceOf({ ...a, rows: subtractRanges(a.rows, b.rows) }),
  ...serviceOf({ ...a, rows: intersectRanges(a.rows, b.rows), columns: subtractRanges(a.columns, b.columns) }),
];

function intersectOne(a: Service, b: Service): Service[] {
  if (a.kind === 'protocols') {
    if (b.kind !== 'protocols') return within(b.protocol, a.protocols) ? [b] : [];
    return [{ kind: 'protocols', protocols: intersectRanges(a.protocols, b.protocols) }];
  }
  if (b.kind === 'protocols') return intersectOne(b, a);
  if (a.protocol !== b.protocol) return [];
  return boxes(a).flatMap((x) =>
    boxes(b).flatMap((y) => serviceOf({ ...x, rows: intersectRanges(x.rows, y.rows), columns: intersectRanges(x.columns, y.columns) })),
  );
}

function subtractOne(a: Service, b: Service): Service[] {
  if (b.kind === 'protocols') {
    if (a.kind !== 'protocols') return within(a.protocol, b.protocols) ? [] : [a];
    return [{ kind: 'protocols', protocols: subtractRanges(a.protocols, b.protocols) }];
  }
  if (a.kind === 'protocols') {
    if (!within(b.protocol, a.protocols)) return [a];
    const rest = subtractOne(a, { kind: 'protocols', protocols: [{ first: b.protocol, last: b.protocol }] });
    return [...rest, ...subtractOne(wholeProtocol(b), b)];
  }
  if (a.protocol !== b.protocol) return [a];
  let left: Ported[] = [a];
  for (const hole of boxes(b)) left = left.flatMap((service) => boxes(service).flatMap((box) => subtractBox(box, hole)));
  return left;
}

const listOf = (services: Services): readonly Service[] => (services === 'any' ? EVERYTHING : services);

/** Whole protocols in one service, ICMP pairs of one protocol in one service; a box that covers its protocol becomes the protocol. */
export function tidyServices(services: readonly Service[]): Services {
  const protocols: NumberRange[] = [];
  const ports: Service[] = [];
  const icmp = new Map<1 | 58, { type: NumberRange; code: NumberRange }[]>();
  for (const service of services) {
    if (service.kind === 'protocols') protocols.push(...service.protocols);
    else if (service.kind === 'ports') ports.push(service);
    else icmp.set(service.protocol, [...(icmp.get(service.protocol) ?? []), ...service.types]);
  }
  const whole = joinRanges(protocols);
  if (whole[0]?.first === 0 && whole[0].last === 255) return 'any';
  return [
    ...(whole.length > 0 ? [{ kind: 'protocols', protocols: whole } as const] : []),
    ...ports,
    ...[...icmp].map(([protocol, types]) => ({ kind: 'icmp', protocol, types }) as const),
  ];
}

export function intersectServices(a: Services, b: Services): Services {
  if (a === 'any' || a === b) return b;
  if (b === 'any') return a;
  return tidyServices(a.flatMap((x) => b.flatMap((y) => intersectOne(x, y))));
}

export function subtractServices(a: Services, b: Services): Services {
  // Stryker disable next-line ConditionalExpression: the same without itself would come to nothing too
  if (b === 'any' || a === b) return [];
  let left = listOf(a);
  for (const hole of b) left = left.flatMap((service) => subtractOne(service, hole));
  return tidyServices(left);
}

export const coversServices = (a: Services, b: Services): boolean => subtractServices(b, a).length === 0;
