import { beforeAll, expect, test } from '@jest/globals';
import { pair, type Synthesized, synthesizeInMemory, TWO } from '../test/cloud/stand-ins/stack.ts';

let { resources, permissions, id } = {} as Synthesized;
beforeAll(() => {
  ({ resources, permissions, id } = synthesizeInMemory(TWO));
}, 60_000);

test('only what the table in infra/README.md says is allowed: every role against every queue, table, secret, topic', () => {
  const role = (path: string) => id(path);
  const READ = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'];
  const TABLE = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
  const grant = (path: string, actions: readonly string[]) => actions.map((action) => `${action} ${id(path)}`);
  const send = (...paths: readonly string[]) => paths.flatMap((path) => grant(path, ['sqs:SendMessage']));
  const expected: Readonly<Record<string, readonly string[]>> = {
    [role('Cluster-alpha/Ingest/Role')]: [
      ...grant('Cluster-alpha/Shipments/Queue', READ),
      ...send('Cluster-alpha/Control', 'Manager-north/Wakes/Queue', 'Manager-shared/Wakes/Queue'),
      ...grant('Table', TABLE),
    ],
    [role('Cluster-beta/Ingest/Role')]: [
      ...grant('Cluster-beta/Shipments/Queue', READ),
      ...send('Cluster-beta/Control', 'Manager-shared/Wakes/Queue'),
      ...grant('Table', TABLE),
    ],
    [role('Cluster-alpha/Sender')]: [...send('Cluster-alpha/Shipments/Queue'), ...grant('Cluster-alpha/Control', READ)],
    [role('Manager-north/Apply/Role')]: [
      ...grant('Manager-north/Wakes/Queue', READ),
      ...send('Manager-north/Wakes/Queue', 'Cluster-alpha/Control'),
      ...grant('Table', TABLE),
      ...grant('Secret-fw%2Fnorth', ['secretsmanager:GetSecretValue']),
      ...grant('Conditions', ['sns:Publish']),
    ],
    [role('Manager-shared/Apply/Role')]: [
      ...grant('Manager-shared/Wakes/Queue', READ),
      ...send('Manager-shared/Wakes/Queue', 'Cluster-alpha/Control', 'Cluster-beta/Control'),
      ...grant('Table', TABLE),
      `secretsmanager:GetSecretValue ${TWO.managers.shared.secret}`,
      ...grant('Conditions', ['sns:Publish']),
    ],
    [role('Manager-north/Clock')]: send('Manager-north/Wakes/Queue'),
    [role('Manager-shared/Clock')]: send('Manager-shared/Wakes/Queue'),
  };
  const ACTIONS = [
    ...READ,
    'sqs:SendMessage',
    'sqs:PurgeQueue',
    'sqs:DeleteQueue',
    'sqs:SetQueueAttributes',
    ...TABLE,
    'dynamodb:Scan',
    'dynamodb:DeleteTable',
    'dynamodb:UpdateTable',
    'secretsmanager:GetSecretValue',
    'secretsmanager:PutSecretValue',
    'secretsmanager:DeleteSecret',
    'sns:Publish',
    'sns:Subscribe',
    'kms:Decrypt',
    'iam:PassRole',
    'lambda:InvokeFunction',
  ];
  const targets = [...Object.keys(resources), TWO.managers.shared.secret, 'arn:aws:iam::111122223333:role/anything'];
  expect(permissions.roles.toSorted()).toEqual(Object.keys(expected).sort());
  for (const name of permissions.roles) {
    const may = targets.flatMap((target) =>
      ACTIONS.filter((action) => permissions.mayRole(name, action, target)).map((action) => `${action} ${target}`),
    );
    expect([name, may.toSorted()]).toEqual([name, [...(expected[name] ?? [])].toSorted()]);
  }
  expect(permissions.wildcards()).toEqual([]);
});

test('in the table a function reaches its own partitions and no other', () => {
  const may = (role: string, action: string, ...keys: readonly string[]) =>
    permissions.mayRole(id(role), `dynamodb:${action}`, id('Table'), { 'dynamodb:LeadingKeys': keys });
  const every = (name: string) => ['cluster', 'log', 'snapshot', 'snapshot-piece'].map((kind) => `${kind}#${name}`);
  const ledger = (manager: string, firewall: string) => [
    `plans#${manager}`,
    `pieces#plans#${manager}`,
    ...['firewall', 'history', 'pieces'].map((kind) => `${kind}#${firewall}`),
  ];
  const shared = ['lease', 'conditions'];
  const keys = [...every('alpha'), ...every('beta'), ...ledger('north', 'north'), ...ledger('shared', 'shared'), ...shared];
  const writable = (role: string) =>
    keys.filter((key) => may(role, 'PutItem', key) && may(role, 'UpdateItem', key) && may(role, 'DeleteItem', key));
  expect(writable('Cluster-alpha/Ingest/Role')).toEqual(['cluster#alpha', 'log#alpha']);
  expect(writable('Cluster-beta/Ingest/Role')).toEqual(['cluster#beta', 'log#beta']);
  expect(writable('Manager-north/Apply/Role')).toEqual([...every('alpha'), ...ledger('north', 'north'), ...shared]);
  expect(writable('Manager-shared/Apply/Role')).toEqual([...every('alpha'), ...every('beta'), ...ledger('shared', 'shared'), ...shared]);
  for (const key of keys) expect(may('Cluster-alpha/Ingest/Role', 'GetItem', key)).toBe(['cluster#alpha', 'log#alpha'].includes(key));
  // One key of its own does not carry a foreign one along.
  expect(may('Cluster-alpha/Ingest/Role', 'Query', 'log#alpha', 'log#beta')).toBe(false);
});

test('apply reads approvals and freezes and writes neither: who holds its role cannot say yes to his own plan', () => {
  const may = (action: string, key: string) =>
    permissions.mayRole(id('Manager-north/Apply/Role'), `dynamodb:${action}`, id('Table'), { 'dynamodb:LeadingKeys': [key] });
  for (const key of ['approvals#north', 'freeze']) {
    expect([may('GetItem', key), may('Query', key)]).toEqual([true, true]);
    expect([may('PutItem', key), may('UpdateItem', key), may('DeleteItem', key)]).toEqual([false, false, false]);
  }
  expect(may('GetItem', 'approvals#shared')).toBe(false);
});

test('policies of queues, topic and key let in nobody else: what is given there counts beside the policies of roles', () => {
  interface Allow {
    readonly Effect: string;
    readonly Principal: unknown;
    readonly Action: string | readonly string[];
  }
  const given = Object.entries(resources).flatMap(([name, { Properties = {} }]) => {
    const { Statement = [] } = (Properties.KeyPolicy ?? Properties.PolicyDocument ?? {}) as { readonly Statement?: readonly Allow[] };
    return Statement.filter(({ Effect, Principal }) => Effect === 'Allow' && Principal !== undefined).map(
      ({ Principal, Action }) => [name, Principal, Action] as const,
    );
  });
  const [, beta] = Object.entries(TWO.clusters).map(([, { sender }]) => ('principal' in sender ? { AWS: sender.principal } : undefined));
  const root = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } };
  const logs = { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } };
  const alarms = { Service: 'cloudwatch.amazonaws.com' };
  expect(given).toEqual(
    expect.arrayContaining([
      [id('Cluster-beta/Shipments/Queue/Policy'), beta, ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl']],
    ]),
  );
  const who = given.map(([name, principal]) => `${name} ${JSON.stringify(principal)}`);
  const line = (path: string, principal: unknown) => `${id(path)} ${JSON.stringify(principal)}`;
  expect(who.toSorted()).toEqual(
    [
      line('Encryption/Key', root),
      line('Encryption/Key', logs),
      line('Encryption/Key', alarms),
      line('Encryption/Key', beta),
      line('Conditions/Policy', alarms),
      line('Cluster-beta/Shipments/Queue/Policy', beta),
      line('Cluster-beta/Control/Policy', beta),
    ].sort(),
  );
});

test('network interfaces are for the service that starts a function: the code in it is refused, and could not cut others off', () => {
  const inVpc = synthesizeInMemory({
    ...TWO,
    network: { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0'], availabilityZones: ['eu-central-1a'] },
  });
  const role = inVpc.id('Manager-north/Apply/Role');
  const byCode = { 'lambda:SourceFunctionArn': 'arn:partition:lambda:region:accountid:function:any' };
  for (const action of ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeSubnets']) {
    expect([action, inVpc.permissions.mayRole(role, action, '*')]).toEqual([action, true]);
    expect([action, inVpc.permissions.mayRole(role, action, '*', byCode)]).toEqual([action, false]);
  }
  expect(inVpc.permissions.mayRole(role, 'dynamodb:GetItem', inVpc.id('Table'), { ...byCode, 'dynamodb:LeadingKeys': ['lease'] })).toBe(
    true,
  );
});

test('a principal that was given may send to its own queue and read its own control queue, and no other', () => {
  const beta = TWO.clusters.beta.sender.principal;
  expect(permissions.mayPrincipal(beta, 'sqs:SendMessage', id('Cluster-beta/Shipments/Queue'))).toBe(true);
  expect(permissions.mayPrincipal(beta, 'sqs:ReceiveMessage', id('Cluster-beta/Control'))).toBe(true);
  expect(permissions.mayPrincipal(beta, 'sqs:ReceiveMessage', id('Cluster-beta/Shipments/Queue'))).toBe(false);
  for (const path of ['Cluster-alpha/Shipments/Queue', 'Cluster-alpha/Control', 'Manager-shared/Wakes/Queue'])
    expect(permissions.mayPrincipal(beta, 'sqs:SendMessage', id(path))).toBe(false);
});

test('the role of a cluster can only be taken by its own service account', () => {
  expect(resources[id('Cluster-alpha/Sender')]?.Properties?.AssumeRolePolicyDocument).toMatchObject({
    Statement: [
      {
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'oidc.example/id/1:sub': 'system:serviceaccount:cextfire:shipper',
            'oidc.example/id/1:aud': 'sts.amazonaws.com',
          },
        },
      },
    ],
  });
});

test('many clusters at one manager: the rights are spread over as many policies as they need', () => {
  const names = Array.from({ length: 22 }, (_, n) => `a-cluster-with-a-long-name-number-${n}`);
  const clusters = Object.fromEntries(names.map((name, n) => [name, { podCidrs: [`10.${n}.0.0/16`] }]));
  const many = synthesizeInMemory({ ...TWO, clusters, pairs: names.map((name) => pair(name, 'north')) });
  for (const name of names) {
    const keys = { 'dynamodb:LeadingKeys': [`log#${name}`] };
    expect(many.permissions.mayRole(many.id('Manager-north/Apply/Role'), 'dynamodb:Query', many.id('Table'), keys)).toBe(true);
  }
  for (const { Type, Properties } of Object.values(many.resources))
    if (Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
      expect(JSON.stringify(Properties?.PolicyDocument).length).toBeLessThan(Type === 'AWS::IAM::Policy' ? 10_240 : 6_144 * 1.2);
}, 60_000);
