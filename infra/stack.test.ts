import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { METRICS as APPLY } from '../functions/apply/metrics.ts';
import { METRICS as INGEST } from '../functions/ingest/metrics.ts';
import { Settings } from '../functions/settings.ts';
import { parseSettings } from '../functions/settings-file.ts';
import type { Template as PlainTemplate, Resource } from '../test/cloud/assembly.ts';
import { type Permissions, permissionsOf } from '../test/cloud/iam.ts';
import { resolveValue } from '../test/cloud/intrinsics.ts';
import { EnvironmentStack } from './stack.ts';

const entry = (name: string) => fileURLToPath(new URL(`../test/cloud/stand-ins/${name}.ts`, import.meta.url));
const HOST_KEY = `SHA256:${'A'.repeat(43)}`;
const manager = (secret: string, address = '192.0.2.1') => ({ vendor: 'linux', address, hostKeys: [HOST_KEY], secret });
const pair = (cluster: string, firewall: string) => ({ cluster, firewall, tiers: ['border'], defaultDeny: true });

/** Two clusters and two managers; only `shared` serves both clusters. */
const TWO = {
  environment: 'two',
  network: 'none',
  tags: { owner: 'network team' },
  managers: { north: manager('fw/north'), shared: manager('arn:aws:secretsmanager:eu-central-1:111122223333:secret:fw/shared-abcdef') },
  firewalls: { north: { manager: 'north', mode: 'sync' }, shared: { manager: 'shared', mode: 'observe' } },
  borders: {},
  clusters: {
    alpha: { podCidrs: ['10.1.0.0/16'], sender: { oidcProvider: 'https://oidc.example/id/1', serviceAccount: 'cextfire/shipper' } },
    beta: { podCidrs: ['10.2.0.0/16'], sender: { principal: 'arn:aws:iam::444455556666:role/beta' } },
  },
  pairs: [pair('alpha', 'north'), pair('alpha', 'shared'), pair('beta', 'shared')],
};

function synthesize(settings: unknown): Template {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'cextfire-stack-')), context: { 'aws:cdk:enable-path-metadata': true } });
  return Template.fromStack(
    new EnvironmentStack(app, 'stack', {
      settings: Settings.parse(settings),
      entries: { ingest: entry('ingest'), apply: { linux: entry('apply'), panos: entry('apply'), panorama: entry('apply') } },
    }),
  );
}

describe('two clusters, two managers', () => {
  let template: Template;
  let resources: Readonly<Record<string, Resource>>;
  let permissions: Permissions;
  /** "Cluster-alpha/Shipments/Queue" -> logical id */
  let id: (path: string) => string;
  beforeAll(() => {
    template = synthesize(TWO);
    const plain = template.toJSON() as PlainTemplate;
    resources = plain.Resources;
    permissions = permissionsOf(plain);
    const byPath = new Map(Object.entries(resources).map(([name, { Metadata }]) => [String(Metadata?.['aws:cdk:path']), name]));
    id = (path) => {
      const found = byPath.get(`stack/${path}/Resource`) ?? byPath.get(`stack/${path}`);
      if (found === undefined) throw new Error(`no ${path} among ${[...byPath.keys()].join('\n')}`);
      return found;
    };
  }, 60_000);

  test('the table can be rebuilt to any second, forgets what has expired, and outlives the stack', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: Match.objectLike({ SSEEnabled: true, SSEType: 'KMS' }),
        DeletionProtectionEnabled: true,
        Tags: Match.arrayWith([{ Key: 'owner', Value: 'network team' }]),
      },
    });
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
  });

  test('what holds data outlives the stack: the key, the table, the secrets', () => {
    for (const type of ['AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'])
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('no secret has a value in the template, and a secret given by ARN is not made', () => {
    const secrets = Object.values(template.findResources('AWS::SecretsManager::Secret'));
    expect(secrets.map(({ Properties }) => [Properties.Name, Properties.SecretString, Properties.GenerateSecretString])).toEqual([
      ['fw/north', undefined, undefined],
    ]);
  });

  test('every queue is encrypted, speaks TLS only, takes 256 KiB, and has dead letters (control queues and dead letters aside)', () => {
    const queues = Object.entries(template.findResources('AWS::SQS::Queue'));
    // 2 clusters x (shipments, dead, control) + 2 managers x (wakes, dead)
    expect(queues).toHaveLength(10);
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    for (const [name, { Properties, Metadata }] of queues) {
      expect(Properties.KmsMasterKeyId).toBeDefined();
      expect(Properties.MaximumMessageSize).toBe(262_144);
      if (!/Control|Dead/.test(String(Metadata['aws:cdk:path']))) expect(Properties.RedrivePolicy.maxReceiveCount).toBe(10);
      const policy = policies.find((each) => JSON.stringify(each.Properties.Queues) === JSON.stringify([{ Ref: name }]));
      expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  test('a cluster queue is FIFO in high-throughput mode, and its dead letters are FIFO too', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [id('Cluster-alpha/Shipments/Dead'), 'Arn'] }, maxReceiveCount: 10 },
    });
    expect(resources[id('Cluster-alpha/Shipments/Dead')]?.Properties?.FifoQueue).toBe(true);
  });

  test('a message is hidden for longer than its function may run', () => {
    for (const [queue, fn] of [
      ['Cluster-alpha/Shipments/Queue', 'Cluster-alpha/Ingest/Function'],
      ['Manager-north/Wakes/Queue', 'Manager-north/Apply/Function'],
    ] as const)
      expect(resources[id(queue)]?.Properties?.VisibilityTimeout).toBeGreaterThan(resources[id(fn)]?.Properties?.Timeout as number);
  });

  test('functions run on Node 24 and arm64, log for a while, and no more of them run than SQS hands out', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(functions).toHaveLength(4);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        ReservedConcurrentExecutions: 2,
        LoggingConfig: { LogFormat: 'JSON' },
      });
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90, KmsKeyId: Match.anyValue() });
  });

  test('functions are told exactly their own: a cluster wakes its managers, a manager answers its clusters', () => {
    const variables = (path: string) => {
      const environment = resources[id(path)]?.Properties?.Environment as { Variables: Record<string, unknown> } | undefined;
      return environment?.Variables ?? {};
    };
    expect(Object.keys(variables('Cluster-beta/Ingest/Function')).sort()).toEqual([
      'CEXTFIRE_CLUSTER',
      'CEXTFIRE_CONTROL_QUEUE_URL',
      'CEXTFIRE_TABLE',
      'CEXTFIRE_WAKE_QUEUES',
    ]);
    expect(JSON.stringify(variables('Cluster-beta/Ingest/Function').CEXTFIRE_WAKE_QUEUES)).not.toContain(id('Manager-north/Wakes/Queue'));
    expect(JSON.stringify(variables('Cluster-alpha/Ingest/Function').CEXTFIRE_WAKE_QUEUES)).toContain(id('Manager-north/Wakes/Queue'));
    expect(JSON.stringify(variables('Manager-north/Apply/Function').CEXTFIRE_CONTROL_QUEUES)).not.toContain(id('Cluster-beta/Control'));
    expect(JSON.stringify(variables('Manager-shared/Apply/Function').CEXTFIRE_CONTROL_QUEUES)).toContain(id('Cluster-beta/Control'));
  });

  test('every manager is read in full by the clock', () => {
    for (const name of ['north', 'shared'])
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: 'rate(15 minutes)',
        State: 'ENABLED',
        Target: Match.objectLike({ Arn: { 'Fn::GetAtt': [id(`Manager-${name}/Wakes/Queue`), 'Arn'] }, Input: '{"kind":"audit"}' }),
      });
  });

  const alarms = () => Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

  test('every alarm tells begin and end, names what it is about, and has a runbook that exists', () => {
    for (const { AlarmActions, OKActions, AlarmDescription, Namespace } of alarms()) {
      expect(AlarmActions).toEqual([{ Ref: id('Conditions') }]);
      expect(OKActions).toEqual(AlarmActions);
      const page = /See (docs\/runbooks\/[a-z-]+\.md)$/.exec(String(AlarmDescription))?.[1];
      expect(existsSync(new URL(`../${page}`, import.meta.url))).toBe(true);
      if (Namespace !== 'AWS/DynamoDB') expect(AlarmDescription).toMatch(/\b(alpha|beta|north|shared)\b/);
    }
  });

  test('there is an alarm for every trouble that issue after issue asks for', () => {
    const names = [...Object.keys(template.findResources('AWS::CloudWatch::Alarm'))].map(
      (name) => resources[name]?.Metadata?.['aws:cdk:path'],
    );
    const of = (scope: string) =>
      names.flatMap((path) => (String(path).startsWith(`stack/${scope}/`) ? [String(path).split('/')[2]] : [])).toSorted();
    expect(of('Cluster-alpha')).toEqual(['Behind', 'DeadLetters', 'Errors', 'Held', 'Poison', 'Silent']);
    expect(of('Manager-north')).toEqual([
      'ApplyFailed',
      'Behind',
      'Blocked',
      'DeadLetters',
      'Drift',
      'Errors',
      'Expiring',
      'Held',
      'NoAudit',
      'OldestChange-north',
      'ProofFailed',
      'StaleClusters',
    ]);
    expect(names).toEqual(expect.arrayContaining(['stack/ReadThrottleEvents/Resource', 'stack/WriteThrottleEvents/Resource']));
  });

  test('silence of a cluster and of an audit is trouble; nobody looking is no change; a quiet metric is well', () => {
    const missing = (path: string) => resources[id(path)]?.Properties?.TreatMissingData;
    expect(missing('Cluster-alpha/Silent')).toBe('breaching');
    expect(missing('Manager-north/NoAudit')).toBe('breaching');
    expect(missing('Manager-north/OldestChange-north')).toBe('ignore');
    expect(missing('Manager-north/ApplyFailed')).toBe('notBreaching');
    // CloudWatch takes no alarm that looks back over more than a day by periods under an hour, a week by longer ones.
    for (const { Period, EvaluationPeriods } of alarms())
      expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3600 ? 86_400 : 604_800);
  });

  /** metric -> its dimensions, as the code emits them */
  const emitted = new Map<string, readonly string[]>([
    ...Object.entries(APPLY).map(
      ([name, { perFirewall }]) => [`apply ${name}`, perFirewall ? ['firewall', 'manager', 'service'] : ['manager', 'service']] as const,
    ),
    ...Object.values(INGEST).map(({ name }) => [`ingest ${name}`, ['cluster', 'service']] as const),
  ]);
  const about = ({ Name, Value }: { Name: string; Value: string }) => ({ name: Name, value: Value });

  test('an alarm on a metric of ours names one that the code emits, with the dimensions that it emits', () => {
    const ours = alarms().filter(({ Namespace }) => Namespace === 'cextfire');
    expect(ours.map(({ MetricName }) => MetricName)).toEqual(expect.arrayContaining(['ApplyFailed', 'Heartbeats', 'OldestChange']));
    for (const { MetricName, Dimensions } of ours) {
      const dimensions = (Dimensions as { Name: string; Value: string }[]).map(about).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const service = dimensions.find(({ name }) => name === 'service')?.value;
      expect([MetricName, dimensions.map(({ name }) => name)]).toEqual([MetricName, emitted.get(`${service} ${MetricName}`)]);
    }
  });

  test('the dashboard shows only metrics that the code emits, of every firewall and every cluster', () => {
    const [board] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(resolveValue(board?.Properties.DashboardBody, { ref: (name) => name, attribute: (name) => name }));
    const shown = [...JSON.parse(JSON.parse(body) as string).widgets]
      .flatMap(({ properties }: { properties: { metrics?: unknown[][] } }) => properties.metrics ?? [])
      .filter(([namespace]) => namespace === 'cextfire')
      .map(([, name, ...rest]) => {
        const pairs = rest.filter((each): each is string => typeof each === 'string');
        const names = pairs.filter((_, index) => index % 2 === 0).toSorted();
        return { name, names, values: pairs.filter((_, index) => index % 2 === 1) };
      });
    for (const { name, names, values } of shown) {
      const service = values.find((value) => value === 'apply' || value === 'ingest');
      expect([name, names]).toEqual([name, emitted.get(`${service} ${String(name)}`)]);
    }
    const all = shown.flatMap(({ name, values }) => values.map((value) => `${String(name)} ${value}`));
    expect(all).toEqual(
      expect.arrayContaining(['Rules north', 'Members shared', 'OldestChange north', 'Latency shared', 'Heartbeats beta']),
    );
  });

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
        ...grant('Secret-north', ['secretsmanager:GetSecretValue']),
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

  test('the outputs hold what a shipper and an operator need', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'ApplyFunctionNorth',
      'ApplyFunctionShared',
      'ControlQueueUrlAlpha',
      'ControlQueueUrlBeta',
      'QueueUrlAlpha',
      'QueueUrlBeta',
      'SenderRoleAlpha',
      'TableName',
      'TopicArn',
      'WakeQueueUrlNorth',
      'WakeQueueUrlShared',
    ]);
  });
});

describe('network', () => {
  test('a VPC of ours has no way to the Internet, reaches AWS by endpoints, and lets apply out to its manager only', () => {
    const template = synthesize({ ...TWO, network: { cidr: '10.99.0.0/24' } });
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
    template.resourceCountIs('AWS::EC2::VPNGateway', 1);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 4);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'cextfire apply to north',
      SecurityGroupEgress: Match.arrayWith([Match.objectLike({ CidrIp: '192.0.2.1/32', FromPort: 22, ToPort: 22 })]),
    });
    const inVpc = Object.values(template.findResources('AWS::Lambda::Function')).filter(({ Properties }) => Properties.VpcConfig);
    expect(inVpc.map(({ Properties }) => Properties.Description).sort()).toEqual(['cextfire apply to north', 'cextfire apply to shared']);
  });

  test('a VPC that was given is used as it is', () => {
    const network = {
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    };
    const template = synthesize({ ...TWO, network });
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::Subnet']) template.resourceCountIs(type, 0);
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: Match.objectLike({ SubnetIds: network.subnetIds }),
    });
  });

  test('a CIDR that cannot be a VPC is refused with what to do', () => {
    for (const cidr of ['10.0.0.0/8', 'fd00::/64'])
      expect(() => synthesize({ ...TWO, network: { cidr } })).toThrow(/network\.cidr .* from \/16 to \/26/);
  });
});

test('the example environment: a VPC, two clusters, a Panorama and a Linux box, each with what is its own', () => {
  const path = new URL('environments/example.yaml', import.meta.url).pathname;
  const template = synthesize(parseSettings(readFileSync(path, 'utf8'), path));
  expect(
    Object.keys(template.findOutputs('*'))
      .filter((name) => /^(QueueUrl|WakeQueueUrl|SenderRole)/.test(name))
      .sort(),
  ).toEqual(['QueueUrlBatch', 'QueueUrlPayments', 'SenderRolePayments', 'WakeQueueUrlLab', 'WakeQueueUrlPanorama']);
  template.resourceCountIs('AWS::EC2::VPC', 1);
  // Names of zones would have to be asked of AWS: a synth with account and region would depend on credentials.
  template.hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': Match.anyValue() }] } });
  template.resourceCountIs('AWS::SecretsManager::Secret', 2);
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: 'cextfire apply to lab',
    SecurityGroupEgress: Match.arrayWith([Match.objectLike({ CidrIp: '10.20.0.4/32', FromPort: 22 })]),
  });
});

test('many clusters at one manager: the rights are spread over as many policies as they need', () => {
  const names = Array.from({ length: 22 }, (_, n) => `a-cluster-with-a-long-name-number-${n}`);
  const clusters = Object.fromEntries(names.map((name, n) => [name, { podCidrs: [`10.${n}.0.0/16`] }]));
  const template = synthesize({ ...TWO, clusters, pairs: names.map((name) => pair(name, 'north')) });
  const plain = template.toJSON() as PlainTemplate;
  const [role] = Object.entries(plain.Resources).flatMap(([name, { Type, Metadata }]) =>
    Type === 'AWS::IAM::Role' && Metadata?.['aws:cdk:path'] === 'stack/Manager-north/Apply/Role/Resource' ? [name] : [],
  );
  const may = permissionsOf(plain);
  const table = Object.keys(template.findResources('AWS::DynamoDB::Table'))[0] ?? '';
  for (const name of names)
    expect(may.mayRole(role ?? '', 'dynamodb:Query', table, { 'dynamodb:LeadingKeys': [`log#${name}`] })).toBe(true);
  for (const { Type, Properties } of Object.values(plain.Resources))
    if (Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
      expect(JSON.stringify(Properties?.PolicyDocument).length).toBeLessThan(Type === 'AWS::IAM::Policy' ? 10_240 : 6_144 * 1.2);
}, 60_000);

test('more than one stack can hold is refused with what to do, before CloudFormation says it in its own words', () => {
  const names = Array.from({ length: 40 }, (_, n) => `cluster-${n}`);
  const clusters = Object.fromEntries(names.map((name, n) => [name, { podCidrs: [`10.${n}.0.0/16`] }]));
  expect(() => synthesize({ ...TWO, clusters, pairs: [] })).toThrow(/resources, and a stack holds 500.*environments/);
});

test('names that would meet in the outputs are refused', () => {
  const clusters = { 'a-1': { podCidrs: ['10.1.0.0/16'] }, a1: { podCidrs: ['10.2.0.0/16'] } };
  expect(() => synthesize({ ...TWO, clusters, pairs: [] })).toThrow('"a-1" and "a1" both become QueueUrlA1');
});
