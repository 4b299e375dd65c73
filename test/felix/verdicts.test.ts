/** Felix is the judge: what its own dataplane did with real packets, against the reference evaluator and the compiled rulebook. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Judge, judgeFolder } from './agreement.ts';
import { listScenarios, RECORDINGS } from './recording.ts';

async function agreementOf(by: Judge) {
  let agree = 0;
  const differ: string[] = [];
  for (const scenario of listScenarios()) {
    const agreement = await judgeFolder(join(RECORDINGS, scenario), by);
    agree += agreement.agree;
    expect(agreement.unknownSteps).toEqual([]);
    for (const { version, row } of agreement.differences) differ.push(`${scenario} ${version} ${Object.values(row).join(',')}`);
  }
  return { agree, differ };
}

test('the evaluator agrees with Felix on every packet of every recording', async () => {
  const { agree, differ } = await agreementOf('evaluator');
  expect(differ).toEqual([]);
  expect(agree).toBeGreaterThan(114_000);
}, 60_000);

test('the compiled rulebook agrees with Felix on every packet of every recording', async () => {
  const { agree, differ } = await agreementOf('rulebook');
  expect(differ).toEqual([]);
  expect(agree).toBeGreaterThan(114_000);
}, 60_000);
