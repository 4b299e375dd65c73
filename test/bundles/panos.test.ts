/** The Palo Alto connector, bundled, against the twin over TLS: rules and members are written, committed and read back; what fails keeps its name. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type * as connector from '../../functions/firewalls/panos/connector.ts';
import { Bench, closeBench, desiredOf, fresh, LISTS, RULES, secretOf, twin } from '../panos-firewall/bench.ts';
import { type Bundled, bundled } from './bundled.ts';

let bundle: Bundled;
let connect: typeof connector.paloAltoConnector;
beforeAll(async () => {
  bundle = await bundled('functions/firewalls/panos/connector.ts');
  connect = (await bundle.load<typeof connector>()).paloAltoConnector;
  await fresh();
});
afterAll(async () => {
  await closeBench();
  bundle.remove();
});

const desired = desiredOf(RULES, LISTS);

test('writes, commits and reads back what was written', async () => {
  const bench = new Bench(twin, secretOf(twin), 1_500, connect);
  await bench.apply(desired);
  const running = (await bench.read(desired, 'running', 'all')).firewalls.get('fw');
  expect(running?.rulebook.rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  expect(running?.sets.get('pay')?.members).toEqual(new Set(LISTS.pay));
  expect((await bench.plan(desired, 'digest')).steps).toEqual([]);
  await bench.connector.close();
});

test('a wrong key is told as one', async () => {
  const wrong = new Bench(twin, JSON.stringify({ user: 'x', apiKey: 'wrong' }), 1_500, connect);
  await expect(wrong.read(desired)).rejects.toMatchObject({ code: 'CEXT_PANOS_LOGIN_REFUSED' });
  await wrong.connector.close();
});
