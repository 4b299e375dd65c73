/** The short form of `npm run conformance`: every promise of the contract, every cell of the matrix, some changes judged after each call. */
import { expect, test } from '@jest/globals';
import { needs } from '../requirements.ts';
import { FAULTS, type Target } from './device.ts';
import { target as fake } from './fake.ts';
import { target as linux } from './linux.ts';
import { panorama, panos } from './palo-alto.ts';
import { conform, type Options } from './run.ts';

const SHORT: Options = { changes: 8, seed: 7, kills: 1, recorded: ['01-first-rule'] };

async function conforms(target: Target, options: Options): Promise<void> {
  const { broken, cells, tally } = await conform(target, options, () => {});
  expect(broken).toEqual([]);
  expect(cells.map(({ fault }) => fault)).toEqual(FAULTS);
  expect(cells.filter(({ text }) => text === '')).toEqual([]);
  expect(tally).toMatchObject({ wrong: [], opened: 0, lost: 0, doubled: 0, foreignChanged: 0, memberCommits: 0 });
  expect(tally.looks).toBeGreaterThan(tally.changes);
  expect(tally.kills).toBeGreaterThan(1);
  expect(tally.calls / tally.leastCalls).toBeLessThanOrEqual(1.1);
  expect(tally.commits).toBe(tally.leastCommits);
}

test('a firewall without any fast lane conforms', () => conforms(fake, { ...SHORT, changes: 40 }), 240_000);
test('panos conforms', () => conforms(panos, { ...SHORT, changes: 10 }), 240_000);
test('panorama conforms', () => conforms(panorama, { ...SHORT, changes: 10 }), 240_000);

needs(
  'namespaces',
  'nft',
  'ip',
  'sshd',
  'tcpreplay',
  'perl',
  'conntrack',
)('a real firewall', () => {
  test('linux conforms', () => conforms(linux, { ...SHORT, changes: 4 }), 480_000);
});
