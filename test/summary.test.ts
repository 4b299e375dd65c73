import { expect, test } from '@jest/globals';
import { summarize } from './summary.ts';

const file = (name: string, status: string, ...outcomes: string[]) => ({
  name,
  status,
  assertionResults: outcomes.map((outcome, at) => ({ fullName: `test ${at}`, status: outcome })),
});

test('passed, failed and skipped tests are told apart', () => {
  expect(summarize({ testResults: [file('a', 'failed', 'passed', 'failed', 'pending', 'todo')] }, (path) => path)).toEqual({
    passed: 1,
    failed: ['a: test 1'],
    skipped: ['a: test 2', 'a: test 3'],
  });
});

test('a file that does not even load is a failure', () => {
  expect(summarize({ testResults: [file('a', 'passed', 'passed'), file('b', 'failed')] }, (path) => path).failed).toEqual([
    'b: could not be run',
  ]);
});

test('no test at all is a failure', () => {
  expect(summarize({ testResults: [] }, (path) => path).failed).toHaveLength(1);
});
