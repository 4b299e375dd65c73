/** What people are told about policies that do not stand as they were written, word by word. */
import { expect, test } from '@jest/globals';
import { policyOf } from '../../test/worlds/policies.ts';
import type { LoweringNote } from '../rulebook/lower.ts';
import type { Origin } from '../rulebook/types.ts';
import { POLICY_ERRORS } from './errors.ts';
import { addRefusals, noteConditions, type Refusals, standingConditions, subjectOf } from './refusal-conditions.ts';
import type { Standing } from './standing.ts';

const origin = (policy: Origin['policy'], ruleIndex?: number): Origin => ({
  cluster: 'pay',
  tier: 'border',
  annotations: {},
  ...(policy ? { policy } : {}),
  ...(ruleIndex === undefined ? {} : { ruleIndex }),
});
const P = { kind: 'NetworkPolicy', namespace: 'team', name: 'p' };
const Q = { kind: 'GlobalNetworkPolicy', namespace: '', name: 'q' };
const note = (of: Origin, field = 'services', reason = 'this firewall cannot'): LoweringNote => ({
  ruleId: 'r1',
  origin: of,
  field,
  reason,
});
const said = ({ code, severity, subject, message }: ReturnType<typeof noteConditions>[number]) => ({ code, severity, subject, message });
const ADVICE = POLICY_ERRORS.CEXT_POLICY_FIREWALL_CANNOT.action;

test('what a firewall cannot say counts once a round for each policy of each cluster', () => {
  const refused: Refusals = new Map();
  expect(addRefusals([], refused)).toBe(false);
  expect(addRefusals([note(origin(undefined))], refused)).toBe(false);
  expect(refused.size).toBe(0);
  const notes = [note(origin(P, 0)), note(origin(P, 2), 'source', 'nor that'), note(origin(Q)), note({ ...origin(P, 0), cluster: 'ship' })];
  expect(addRefusals(notes, refused)).toBe(true);
  const problem = (rule: string, field: string, message: string) => ({ code: 'CEXT_POLICY_FIREWALL_CANNOT', rule, field, message });
  const first = problem('rule 1', 'services', 'this firewall cannot.');
  expect([...refused].map(([cluster, policies]) => [cluster, [...policies]])).toEqual([
    [
      'pay',
      [
        ['NetworkPolicy/team/p', { times: 1, problems: [first, problem('rule 3', 'source', 'nor that.')] }],
        // Without a number of its own: the name of the rule on the device.
        ['GlobalNetworkPolicy//q', { times: 1, problems: [problem('r1', 'services', 'this firewall cannot.')] }],
      ],
    ],
    ['ship', [['NetworkPolicy/team/p', { times: 1, problems: [first] }]]],
  ]);
  // Found again, of the kept version or its denies: the reasons are those of the present one.
  expect(addRefusals([note(origin(P, 5), 'log', 'else')], refused)).toBe(true);
  expect(refused.get('pay')?.get('NetworkPolicy/team/p')).toMatchObject({ times: 2, problems: [first, { rule: 'rule 3' }] });
  expect(refused.get('ship')?.get('NetworkPolicy/team/p')?.times).toBe(1);
});

test('what a firewall says less exactly is a warning; what of no policy it cannot say at all is an error', () => {
  const conditions = noteConditions(
    {
      rulebook: { rules: [], sets: new Map() },
      narrowed: [note(origin(P, 1), 'log', 'this firewall cannot log by rule')],
      refused: [note(origin(undefined), 'rules', 'too many')],
    },
    'edge',
  );
  expect(conditions.map(said)).toEqual([
    {
      code: 'CEXT_POLICY_FIREWALL_CANNOT',
      severity: 'warning',
      subject: { cluster: 'pay', firewall: 'edge', policy: 'NetworkPolicy team/p', rule: 'rule 2', field: 'log' },
      message: `this firewall cannot log by rule. ${ADVICE}`,
    },
    {
      code: 'CEXT_POLICY_FIREWALL_CANNOT',
      severity: 'error',
      subject: { cluster: 'pay', firewall: 'edge', rule: 'end of tier border', field: 'rules' },
      message: `too many. ${ADVICE}`,
    },
  ]);
});

test('a subject names the policy as people do', () => {
  expect(subjectOf('NetworkPolicy/team/p', 'pay', 'edge', {})).toEqual({
    cluster: 'pay',
    firewall: 'edge',
    policy: 'NetworkPolicy team/p',
  });
  expect(subjectOf('GlobalNetworkPolicy//a/b', 'pay', 'edge', { rule: 'egress rule 1', field: 'log' })).toEqual({
    cluster: 'pay',
    firewall: 'edge',
    policy: 'GlobalNetworkPolicy a/b',
    rule: 'egress rule 1',
    field: 'log',
  });
});

const problems = [
  { code: 'CEXT_POLICY_SET_MISSING', rule: 'egress rule 1', field: 's:x', message: 'The set s:x was never sent by Felix.' },
] as const;
const good = (expired: boolean) => ({ policy: policyOf('p', {}), position: 7, frozenSets: new Map(), expired });
test.each<[string, Standing, readonly string[]]>([
  ['present', { kind: 'present' }, []],
  ['kept', { kind: 'kept', good: good(false), problems }, ['CEXT_POLICY_SET_MISSING The policy stays as it was at log position 7.']],
  [
    'kept and expired',
    { kind: 'kept', good: good(true), problems },
    [
      'CEXT_POLICY_SET_MISSING The policy stays as it was at log position 7.',
      'CEXT_POLICY_EXPIRED The kept version is older than frozenFor.',
    ],
  ],
  [
    'absent',
    { kind: 'absent', problems },
    [
      'CEXT_POLICY_SET_MISSING The policy has no earlier version and is absent: it allows and passes nothing; what its rules surely deny and the drop at the end of its tier stay.',
    ],
  ],
  [
    'absent altogether',
    { kind: 'absent', problems, bare: true },
    [
      'CEXT_POLICY_SET_MISSING The policy has no earlier version that this firewall can say and is absent altogether; the drop at the end of its tier stays.',
    ],
  ],
])('a policy that is %s', (_, standing, told) => {
  const conditions = standingConditions('GlobalNetworkPolicy//p', standing, 'pay', 'edge');
  expect(
    conditions.map(({ code, severity, message }) => {
      expect(severity).toBe('error');
      return `${code} ${message.replace('The set s:x was never sent by Felix. ', '').replace(` ${POLICY_ERRORS[code as 'CEXT_POLICY_EXPIRED'].action}`, '')}`;
    }),
  ).toEqual(told);
  const policy = { cluster: 'pay', firewall: 'edge', policy: 'GlobalNetworkPolicy p' };
  expect(conditions.map(({ subject }) => subject)).toEqual(
    told.map((_, at) => (at === 0 ? { ...policy, rule: 'egress rule 1', field: 's:x' } : policy)),
  );
});
