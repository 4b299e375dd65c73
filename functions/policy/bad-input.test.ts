/**
 * Bad input, a test for each kind: a condition names policy and rule, that policy stays at its last good version (frozen sets included), and everything
 * else goes on. What stands where there is no good version is in refusals.test.ts.
 */
import { expect, test } from '@jest/globals';
import type { felix } from '../../proto/generated/felix.js';
import { inputOf, policyOf, setOf, tierOf, viewOf } from '../../test/worlds/policies.ts';
import type { FelixSet, Policy } from '../cluster/view.ts';
import { Compiler } from './compile.ts';
import type { LastGood } from './types.ts';

const port = (first: number): felix.IRule => ({ protocol: { name: 'tcp' }, dstPorts: [{ first, last: first }] });
const allow = (more: felix.IRule = {}): felix.IRule => ({ action: 'allow', ...port(443), ...more });
const noted = (annotations: Record<string, string>): felix.IRule => ({ metadata: { annotations } });
const good = policyOf('mail', { outbound: [allow({ srcIpSetIds: ['s:old'] })] });
const other = policyOf('web', { outbound: [allow(port(8443))] });
const lastGood = new Map<string, LastGood>([
  [good.key, { policy: good, position: 3, frozenSets: new Map([['s:old', setOf('s:old', ['10.10.0.1/32'])]]), expired: false }],
]);

/** The policy `mail` has this new version; its set is gone from the view. */
function compileWith(now: Policy | undefined, sets: readonly FelixSet[] = []) {
  const policies = now ? [now, other] : [other];
  const view = viewOf({ policies, sets, forwardTiers: [{ ...tierOf('border', [good, other]), ingress: [] }] });
  const { rulebook, conditions, kept, good: compiled } = new Compiler().compile(inputOf(view, { lastGood }));
  expect([...(kept.get('pay') ?? [])]).toEqual([good.key]);
  expect([...(compiled.get('pay')?.keys() ?? [])]).toEqual([other.key]);
  // The last good rule on its frozen set, the other policy, the drop of the tier.
  expect(
    rulebook.rules.map(({ action, origin, source }) => [
      action,
      origin.policy?.name,
      source.include !== 'any' && source.include.sets.length,
    ]),
  ).toEqual([
    ['allow', 'mail', 1],
    ['allow', 'web', 0],
    ['deny', undefined, 0],
  ]);
  const errors = conditions.filter(({ severity }) => severity === 'error');
  for (const { subject, message } of errors) {
    expect(subject).toMatchObject({ cluster: 'pay', firewall: 'edge', policy: 'GlobalNetworkPolicy mail' });
    expect(message).toContain('stays as it was at log position 3');
  }
  return errors.map(({ code, subject, message }) => ({ code, rule: subject.rule, field: subject.field, message }));
}
const version = (rule: felix.IRule) => policyOf('mail', { outbound: [rule] });

test.each([
  ['cextfire.io/snat', '198.51.100.7/28'],
  ['cextfire.io/snat', '198.51.100.9-198.51.100.7'],
  ['cextfire.io/snat', ''],
  ['cextfire.io/snat', 'Pool'],
  ['cextfire.io/log', 'TRUE'],
  ['cextfire.io/id', ''],
  ['cextfire.io/', 'x'],
  ['cextfire.io/nat', 'none'],
])('annotations that are none of the documented forms: %s "%s"', (name, value) => {
  expect(compileWith(version(allow(noted({ [name]: value }))))).toEqual([
    { code: 'CEXT_POLICY_ANNOTATION', rule: 'egress rule 1', field: name, message: expect.stringContaining('annotation') },
  ]);
});

test('an SNAT pool that settings do not allow', () => {
  expect(compileWith(version(allow(noted({ 'cextfire.io/snat': 'hers' }))))).toMatchObject([
    { code: 'CEXT_POLICY_SNAT_POOL', rule: 'egress rule 1', field: 'cextfire.io/snat' },
  ]);
});

test('an address family that does not fit', () => {
  expect(compileWith(version(allow({ ipVersion: 6, ...noted({ 'cextfire.io/snat': '198.51.100.7' }) })))).toMatchObject([
    {
      code: 'CEXT_POLICY_SNAT_FAMILY',
      rule: 'egress rule 1',
      message: expect.stringContaining('198.51.100.7 is an IPv4 address, but the rule is for IPv6'),
    },
  ]);
});

test('an HTTP match', () => {
  expect(compileWith(version(allow({ httpMatch: { methods: ['GET'] } })))).toMatchObject([
    { code: 'CEXT_POLICY_HTTP_MATCH', rule: 'egress rule 1', field: 'http' },
  ]);
});

test('a selector set that never arrived', () => {
  expect(compileWith(version(allow({ srcIpSetIds: ['s:never'] })))).toMatchObject([
    { code: 'CEXT_POLICY_SET_MISSING', rule: 'egress rule 1', field: 's:never' },
  ]);
});

test('a policy referenced but missing', () => {
  expect(compileWith(undefined)).toMatchObject([{ code: 'CEXT_POLICY_MISSING', rule: undefined }]);
});

test('strings of users are data: names, selectors and annotations change no id, no set and no other rule', () => {
  // Line breaks are refused in annotations; names and selectors hold what they hold.
  const text = `x"; drop table inet cf_edge # </entry>\${jndi:x} ☃`;
  const nasty = `${text}\n\u0000`;
  const names = (name: string, ticket: string) => {
    const policy = policyOf(name, {
      outbound: [
        allow({ srcIpSetIds: ['s:old'], originalSrcSelector: name, ...noted({ 'cextfire.io/ticket': ticket, 'other.io/note': name }) }),
      ],
    });
    const view = viewOf({
      policies: [policy, other],
      sets: [setOf('s:old', ['10.10.0.1/32'])],
      forwardTiers: [{ ...tierOf(name, [policy]), ingress: [] }, tierOf('border', [other])],
    });
    return new Compiler().compile(inputOf(view, { pair: { tiers: [name, 'border'] } }));
  };
  const [strange, tame] = [names(nasty, text), names('mail', 'T-1')];
  for (const { rulebook } of [strange, tame])
    for (const id of [...rulebook.rules.map((rule) => rule.id), ...rulebook.sets.keys()]) expect(id).toMatch(/^[a-z0-9]{1,16}$/);
  const shape = ({ rulebook }: typeof tame) => rulebook.rules.map(({ id: _, origin: __, ...rule }) => rule);
  expect(shape(strange)).toEqual(shape(tame));
  // As they were written, for those who show them; who writes them to a device cleans them there.
  expect(strange.rulebook.rules[0]?.origin).toMatchObject({
    policy: { name: nasty },
    sourceText: nasty,
    annotations: { 'cextfire.io/ticket': text },
  });
  // A condition is shown in terminals and pages: no control characters of users in what we say ourselves.
  const said = new Compiler().compile(inputOf(viewOf({ policies: [version(allow(noted({ 'cextfire.io/id': nasty })))] }))).conditions;
  expect(said.map(({ code }) => code)).toContain('CEXT_POLICY_ANNOTATION');
  for (const { message } of said) expect([...message].filter((character) => character < ' ')).toEqual([]);
});
