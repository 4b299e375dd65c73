/**
 * The whole way but for AWS: recorded Felix -> shipper -> ingest -> log -> view -> compiler -> engine -> fake firewall, step by step, and what the
 * firewall does with packets after each step is what Felix's own dataplane did.
 */
import { expect, test } from '@jest/globals';
import { readConditions } from '../../functions/ledger/query.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import { listVersions, readRecording } from '../felix/recording.ts';
import { HOST_ENDPOINT, packetOf } from '../felix/verdict-world.ts';
import { Way } from './way.ts';

const STORIES = [
  '01-first-rule',
  '02-tiers-and-pass',
  '03-nat',
  '04-selectors-and-sets',
  '05-ports-and-protocols',
  '07-ingress',

  'random-1',
  'random-2',
];

test.each(STORIES)('%s: after every step the firewall does what Felix did', async (scenario) => {
  const recording = readRecording(scenario, listVersions(scenario).at(-1) as string);
  const way = new Way();
  let engine = way.process();
  const stream = recording.stream(1);
  const verdicts = Map.groupBy(recording.verdicts(), (row) => row.step);
  let at = 0;
  let packets = 0;
  const wrong: string[] = [];
  for (const [n, mark] of recording.marks.filter((one) => one.life === 1).entries()) {
    await way.take(stream.subarray(at, mark.bytes));
    at = mark.bytes;
    // Now and then another process goes on.
    if (n % 3 === 2) engine = way.process();
    await way.look(engine);
    await way.approve(engine);
    const members = { members: (set: string) => way.device.sets.get(set) ?? new Set<string>(), digest: () => '' };
    const decide = evaluatorOf({ rulebook: way.device.running, members });
    for (const row of verdicts.get(mark.step) ?? []) {
      packets++;
      const packet = packetOf(row);
      const ours =
        decide(HOST_ENDPOINT, 'preDnat', packet).kind === 'deny' || decide(HOST_ENDPOINT, 'forward', packet).kind === 'deny'
          ? 'deny'
          : 'allow';
      if (ours !== row.verdict) wrong.push(`${mark.step}: ${JSON.stringify(row)}`);
    }
    const codes = (await readConditions(way.table)).map((one) => one.code);
    expect(codes.filter((code) => code.startsWith('CEXT_APPLY'))).toEqual([]);
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(packets).toBeGreaterThan(20);
  const writes = way.device.writes.length;
  await way.look(way.process(), 'audit');
  expect(way.device.writes.length).toBe(writes);
});

test('08-churn makes no structure transaction after the first', async () => {
  const recording = readRecording('08-churn', 'v3.32.1');
  const way = new Way();
  const engine = way.process();
  const [start, ...rest] = recording.marks.filter((one) => one.life === 1);
  let at = 0;
  for (const mark of [start, ...rest]) {
    if (!mark) continue;
    await way.take(recording.stream(1).subarray(at, mark.bytes));
    at = mark.bytes;
    await way.look(engine);
  }
  expect(way.device.writes.filter((line) => line === 'rules')).toHaveLength(1);
  expect(way.device.writes.filter((line) => line.startsWith('members')).length).toBeGreaterThan(0);
});
