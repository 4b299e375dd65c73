import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packetsOf, rules } from '../../test/worlds/rulebooks.ts';
import { Diagrams } from '../packets/diagram.ts';
import { matchesServices } from './evaluate.ts';
import { servicesNode, servicesOfNode } from './services.ts';
import type { Service } from './types.ts';

const PACKETS = packetsOf('egress').filter(
  ({ source, destination }, _, [first]) => source === first?.source && destination === first.destination,
);
const tcp = (first: number, last: number, source = { first: 0, last: 65535 }): Service => ({
  kind: 'ports',
  protocol: 6,
  source: [source],
  destination: [{ first, last }],
});
const again = (services: readonly Service[]) => {
  const diagrams = new Diagrams();
  return servicesOfNode(diagrams, servicesNode(diagrams, services));
};

test('a list of services and what is made of its node match the same packets, and are the same node', () => {
  fc.assert(
    fc.property(rules, rules, ({ services }, { services: others }) => {
      const diagrams = new Diagrams();
      const all = services === 'any' || others === 'any' ? 'any' : [...services, ...others];
      const node = servicesNode(diagrams, all);
      const back = servicesOfNode(diagrams, node);
      expect(servicesNode(diagrams, back)).toBe(node);
      for (const packet of PACKETS) expect(matchesServices(back, packet)).toBe(matchesServices(all, packet));
    }),
  );
});

test('it is the least list: everything is any, nothing is no service, ranges are joined, whole protocols have no ports', () => {
  expect(again([])).toEqual([]);
  expect(again([{ kind: 'protocols', protocols: [{ first: 0, last: 255 }] }])).toBe('any');
  expect(again([tcp(80, 80), tcp(81, 90), tcp(443, 443)])).toEqual([
    {
      ...tcp(0, 0),
      destination: [
        { first: 80, last: 90 },
        { first: 443, last: 443 },
      ],
    },
  ]);
  expect(again([tcp(0, 65535), { kind: 'protocols', protocols: [{ first: 7, last: 9 }] }])).toEqual([
    { kind: 'protocols', protocols: [{ first: 6, last: 9 }] },
  ]);
  // Source ports with the same destination ports stand together.
  expect(again([tcp(80, 80, { first: 1, last: 2 }), tcp(80, 80, { first: 9, last: 9 }), tcp(22, 22, { first: 5, last: 5 })])).toEqual([
    {
      kind: 'ports',
      protocol: 6,
      source: [
        { first: 1, last: 2 },
        { first: 9, last: 9 },
      ],
      destination: [{ first: 80, last: 80 }],
    },
    tcp(22, 22, { first: 5, last: 5 }),
  ]);
});

test.each([1, 58] as const)('types and codes of ICMP (%i) end at 255', (protocol) => {
  const icmp = (...types: readonly (readonly [number, number, number, number])[]): Service => ({
    kind: 'icmp',
    protocol,
    types: types.map(([first, last, code, lastCode]) => ({ type: { first, last }, code: { first: code, last: lastCode } })),
  });
  for (const service of [icmp([8, 8, 0, 255]), icmp([3, 200, 1, 4], [201, 255, 0, 255]), icmp([255, 255, 255, 255])])
    expect(again([service])).toEqual([service]);
  expect(again([icmp([0, 255, 0, 255])])).toEqual([{ kind: 'protocols', protocols: [{ first: protocol, last: protocol }] }]);
});
