import { expect, test } from '@jest/globals';
import { at, parseResponse } from './xml.ts';

test('characters by number are what they stand for, in text and in attributes, and are decoded once', () => {
  const root = parseResponse('<response status="success"><result x="&#39;a&#x27;">it&#39;s&#10;&amp;#39;</result></response>');
  expect(at(root, 'result')?.text).toBe("it's\n&#39;");
  expect(at(root, 'result')?.attributes.x).toBe("'a'");
});
