import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressSet } from './address-set.ts';
import { Diagrams, type Node, OutOfNodes } from './diagram.ts';
import { formatPacket, type Packet } from './packet.ts';
import { PacketSpace } from './packet-set.ts';
import {
  boxOfServices,
  countServices,
  EVERY_PORT,
  formatServices,
  pickService,
  protocolSet,
  type ServicePoint,
  serviceAt,
} from './service-set.ts';

const POINTS: readonly ServicePoint[] = [
  { protocol: 6, sourcePort: 1, destinationPort: 80 },
  { protocol: 6, sourcePort: 1, destinationPort: 81 },
  { protocol: 6, sourcePort: 65535, destinationPort: 80 },
  { protocol: 17, sourcePort: 1, destinationPort: 80 },
  { protocol: 1, icmpType: 8, icmpCode: 0 },
  { protocol: 1, icmpType: 8, icmpCode: 255 },
  { protocol: 47 },
];
const run = (first: number, last: number) => ({ first, last });
const BUILDERS: readonly ((diagrams: Diagrams) => Node)[] = [
  () => 1,
  () => 0,
  (diagrams) => protocolSet(diagrams, [run(6, 17)]),
  (diagrams) => boxOfServices(diagrams, 6, [EVERY_PORT], [run(80, 80)]),
  (diagrams) => boxOfServices(diagrams, 6, [run(0, 1)], [run(79, 80), run(82, 90)]),
  (diagrams) => boxOfServices(diagrams, 1, [run(8, 8)], [run(0, 255)]),
  (diagrams) => boxOfServices(diagrams, 1, [run(0, 255)], [run(255, 255)]),
];
/** The same, by reading the description. */
const HOLDS: readonly ((point: ServicePoint) => boolean)[] = [
  () => true,
  () => false,
  ({ protocol }) => protocol >= 6 && protocol <= 17,
  ({ protocol, destinationPort }) => protocol === 6 && destinationPort === 80,
  ({ protocol, sourcePort = 0, destinationPort = 0 }) =>
    protocol === 6 && sourcePort <= 1 && destinationPort >= 79 && destinationPort <= 90 && destinationPort !== 81,
  ({ protocol, icmpType }) => protocol === 1 && icmpType === 8,
  ({ protocol, icmpCode }) => protocol === 1 && icmpCode === 255,
];

const SOURCES = [0, 1, 2, 3];
const numbers = fc.uniqueArray(fc.constantFrom(...SOURCES));
const boxes = fc.array(fc.record({ source: numbers, destination: numbers, service: fc.nat(BUILDERS.length - 1) }), { maxLength: 3 });
const hosts = (list: readonly number[]) =>
  addressSet(
    4,
    list.map((number) => [number, number + 1] as const),
  );

test('packet sets obey the laws of sets against brute force', () => {
  fc.assert(
    fc.property(boxes, boxes, (left, right) => {
      const sides = [...left, ...right].map((box) => ({ ...box, from: hosts(box.source), to: hosts(box.destination) }));
      const space = new PacketSpace(
        4,
        sides.map((box) => box.from),
        sides.map((box) => box.to),
        { region: { source: hosts(SOURCES), destination: hosts(SOURCES) } },
      );
      const { diagrams } = space;
      const node = (list: typeof sides) =>
        list
          .map((box) =>
            space.box({ source: box.from, destination: box.to, services: (BUILDERS[box.service] as (typeof BUILDERS)[number])(diagrams) }),
          )
          .reduce((sum, box) => space.union(sum, box), 0);
      const a = node(sides.slice(0, left.length));
      const b = node(sides.slice(left.length));
      const holds = (list: typeof left, source: number, destination: number, point: ServicePoint) =>
        list.some((box) => box.source.includes(source) && box.destination.includes(destination) && HOLDS[box.service]?.(point));
      const contains = (set: Node, source: number, destination: number, point: ServicePoint) =>
        at(space, set, source, destination, point) === 1;
      const union = space.union(a, b);
      const both = space.intersection(a, b);
      const rest = space.minus(a, b);
      for (const source of SOURCES)
        for (const destination of SOURCES)
          for (const point of POINTS) {
            const inA = holds(left, source, destination, point);
            const inB = holds(right, source, destination, point);
            expect(contains(a, source, destination, point)).toBe(inA);
            expect(contains(union, source, destination, point)).toBe(inA || inB);
            expect(contains(both, source, destination, point)).toBe(inA && inB);
            expect(contains(rest, source, destination, point)).toBe(inA && !inB);
          }
      expect(space.equals(space.union(rest, both), a)).toBe(true);
      expect(space.complement(union)).toBe(space.intersection(space.complement(a), space.complement(b)));
      expect(space.isEmpty(space.intersection(rest, b))).toBe(true);
      expect(space.count(a) + space.count(space.minus(b, a))).toBeGreaterThanOrEqual(space.count(union));
      const witness = space.witness(rest, 'egress');
      expect(witness === undefined).toBe(rest === 0);
      if (witness) {
        expect(at(space, rest, Number(witness.source), Number(witness.destination), witness)).toBe(1);
        expect(holds(left, Number(witness.source), Number(witness.destination), witness)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

/** The value of a packet set at a packet, by way of its classes. */
function at(space: PacketSpace, set: Node, source: number, destination: number, point: ServicePoint): number {
  const { diagrams } = space;
  const numberOf = (classes: PacketSpace['sources'], address: number) => {
    const keys = Array.from({ length: classes.count }, (_, number) => number);
    for (const [number, addresses] of classes.gather(keys))
      for (let runAt = 0; runAt < addresses.runs; runAt++)
        if ((addresses.starts[runAt] as number) <= address && address < (addresses.ends[runAt] as number)) return number;
    return -1;
  };
  const perSource = diagrams.at(set, 0, numberOf(space.sources, source));
  return serviceAt(diagrams, diagrams.at(perSource, 1, numberOf(space.destinations, destination)), point);
}

describe('services', () => {
  const diagrams = new Diagrams();
  const web = boxOfServices(diagrams, 6, [EVERY_PORT], [run(80, 80), run(443, 443)]);

  test('what is equal is one node', () => {
    expect(boxOfServices(diagrams, 1, [run(0, 255)], [run(0, 255)])).toBe(protocolSet(diagrams, [run(1, 1)]));
    expect(boxOfServices(diagrams, 6, [EVERY_PORT], [EVERY_PORT])).toBe(protocolSet(diagrams, [run(6, 6)]));
    expect(diagrams.or(protocolSet(diagrams, [run(0, 5)]), protocolSet(diagrams, [run(6, 255)]))).toBe(1);
    expect(diagrams.not(diagrams.not(web))).toBe(web);
  });

  test('are counted as (protocol, port) pairs, source ports aside', () => {
    expect(countServices(diagrams, 0)).toBe(0);
    expect(countServices(diagrams, web)).toBe(2);
    expect(countServices(diagrams, protocolSet(diagrams, [run(47, 48)]))).toBe(2);
    expect(countServices(diagrams, boxOfServices(diagrams, 6, [run(1, 2), run(9, 9)], [run(80, 89)]))).toBe(10);
    expect(countServices(diagrams, boxOfServices(diagrams, 1, [run(8, 8)], [run(0, 255)]))).toBe(1);
    expect(countServices(diagrams, 1)).toBe(252 + 4 * 65536);
  });

  test.each([
    [1, 'any service'],
    [0, 'no service'],
    [web, 'tcp 80,443'],
    [boxOfServices(diagrams, 17, [run(500, 500)], [EVERY_PORT]), 'udp from source port 500'],
    [boxOfServices(diagrams, 1, [run(8, 8)], [run(0, 0)]), 'icmp type 8 code 0'],
    [boxOfServices(diagrams, 1, [run(3, 255)], [run(0, 255)]), 'icmp type 3-255'],
    [protocolSet(diagrams, [run(47, 47)]), 'protocol 47'],
    [diagrams.not(protocolSet(diagrams, [run(2, 40)])), 'protocol 0; icmp; protocols 41-255'],
  ])('node %d reads well', (node, text) => {
    expect(formatServices(diagrams, node, 9)).toBe(text);
  });

  test('the most readable one is picked', () => {
    expect(pickService(diagrams, 1, 4)).toEqual({ protocol: 6, sourcePort: 40000, destinationPort: 443 });
    expect(pickService(diagrams, web, 6)).toEqual({ protocol: 6, sourcePort: 40000, destinationPort: 443 });
    expect(pickService(diagrams, boxOfServices(diagrams, 6, [run(7, 9)], [run(3, 4)]), 4)).toEqual({
      protocol: 6,
      sourcePort: 7,
      destinationPort: 3,
    });
    expect(pickService(diagrams, diagrams.minus(protocolSet(diagrams, [run(1, 1), run(58, 58)]), 0), 6)).toEqual({
      protocol: 58,
      icmpType: 8,
      icmpCode: 0,
    });
    expect(pickService(diagrams, protocolSet(diagrams, [run(50, 51)]), 4)).toEqual({ protocol: 50 });
    expect(() => pickService(diagrams, 0, 4)).toThrow(RangeError);
  });

  test('a budget ends the work', () => {
    expect(() => boxOfServices(new Diagrams(2), 6, [run(1, 1)], [run(80, 80)])).toThrow(OutOfNodes);
    expect(() => boxOfServices(new Diagrams(3), 6, [run(1, 1)], [run(80, 80)])).not.toThrow();
  });
});

test('packets read like people write them', () => {
  const packet: Packet = {
    family: 4,
    direction: 'egress',
    source: 0x0a010203n,
    destination: 0xcb007105n,
    protocol: 6,
    sourcePort: 40000,
    destinationPort: 443,
  };
  expect(formatPacket(packet)).toBe('tcp 10.1.2.3:40000 -> 203.0.113.5:443');
  expect(formatPacket({ ...packet, family: 6, source: 1n, destination: 2n, protocol: 17 })).toBe('udp [::1]:40000 -> [::2]:443');
  const bare: Packet = { family: 4, direction: 'egress', source: 1n, destination: 2n, protocol: 1, icmpType: 8, icmpCode: 0 };
  expect(formatPacket(bare)).toBe('icmp 0.0.0.1 -> 0.0.0.2 type 8 code 0');
  expect(formatPacket({ family: 6, direction: 'egress', source: 1n, destination: 2n, protocol: 47 })).toBe('protocol 47 ::1 -> ::2');
});
