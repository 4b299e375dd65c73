/** What was written is told in full: Felix folds a negated selector and service accounts into one set, and only the words still know of them. */
import { expect, test } from '@jest/globals';
import { endText, excludedText } from './rule-text.ts';

test.each([
  [{}, ''],
  [{ originalSrcSelector: "app == 'a'" }, "app == 'a'"],
  [{ originalSrcSelector: "app == 'a'", originalSrcNamespaceSelector: "team == 'pay'" }, "app == 'a' in namespaces team == 'pay'"],
  [
    { originalSrcNamespaceSelector: "team == 'pay'", originalNotSrcSelector: "app == 'b'" },
    "pods in namespaces team == 'pay' and not app == 'b'",
  ],
  [{ srcServiceAccountMatch: { names: ['robot', 'clerk'] } }, 'pods with service account robot or clerk'],
  [
    { originalSrcSelector: "app == 'a'", srcServiceAccountMatch: { names: ['robot'], selector: "grade == 'gold'" } },
    "app == 'a' with service account robot labelled grade == 'gold'",
  ],
  [{ originalSrcService: 'api', originalSrcServiceNamespace: 'pay' }, 'service pay/api'],
])('%j is told as %j', (rule, text) => {
  expect(endText(rule, 'source')).toBe(text);
  expect(endText(rule, 'destination')).toBe('');
  const other = Object.fromEntries(Object.entries(rule).map(([name, value]) => [name.replace(/Src/, 'Dst').replace(/^src/, 'dst'), value]));
  expect(endText(other, 'destination')).toBe(text);
});

test('a negated selector that Felix keeps apart is no part of the selector', () => {
  const rule = { notDstIpSetIds: ['s:b'], originalDstSelector: "app == 'a'", originalNotDstSelector: "app == 'b'" };
  expect([endText(rule, 'destination'), excludedText(rule, 'destination')]).toEqual(["app == 'a'", "app == 'b'"]);
  expect(excludedText({ ...rule, notDstIpSetIds: [] }, 'destination')).toBe('');
  expect(endText({ ...rule, notDstIpSetIds: [] }, 'destination')).toBe("app == 'a' and not app == 'b'");
});
