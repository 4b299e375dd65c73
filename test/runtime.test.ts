import { expect, test } from '@jest/globals';

test('the pinned Node runs the tests, not whatever the machine happens to have', () => {
  expect(process.versions.node).toMatch(/^24\./);
});
