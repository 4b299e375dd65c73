import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { parseSettings } from '../functions/settings-file.ts';
import { resolveValue } from '../test/cloud/intrinsics.ts';
import { pair, type Synthesized, synthesizeInMemory, TWO } from '../test/cloud/stand-ins/stack.ts';

describe('two clusters, two managers', () => {
  let { template, resources, id } = {} as Synthesized;
  beforeAll(() => {
    ({ template, resources, id } = synthesizeInMemory(TWO));
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

  test('what holds data outlives the stack: the table, and but for a first deployment that fails the key, the secrets and the logs', () => {
    template.allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    for (const type of ['AWS::KMS::Key', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup'])
      template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
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

  test('apply may wake itself as often as it likes: Lambda would stop the sixteenth wake in a row', () => {
    const loop = (path: string) => resources[id(path)]?.Properties?.RecursiveLoop;
    expect([loop('Manager-north/Apply/Function'), loop('Cluster-alpha/Ingest/Function')]).toEqual(['Allow', undefined]);
  });

  test('every manager is read in full by the clock', () => {
    for (const name of ['north', 'shared'])
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: 'rate(15 minutes)',
        State: 'ENABLED',
        Target: Match.objectLike({ Arn: { 'Fn::GetAtt': [id(`Manager-${name}/Wakes/Queue`), 'Arn'] }, Input: '{"kind":"audit"}' }),
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

test('the example environment: a VPC, two clusters, a Panorama and a Linux box, each with what is its own', () => {
  const path = new URL('environments/example.yaml', import.meta.url).pathname;
  const { template } = synthesizeInMemory(parseSettings(readFileSync(path, 'utf8'), path));
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

test('a manager that is renamed keeps its secret: a second one of the same name would be refused', () => {
  const { north, shared } = TWO.managers;
  const renamed = synthesizeInMemory({
    ...TWO,
    managers: { south: north, shared },
    firewalls: { ...TWO.firewalls, north: { ...TWO.firewalls.north, manager: 'south' } },
  });
  expect(renamed.id('Secret-fw%2Fnorth')).toBe(synthesizeInMemory(TWO).id('Secret-fw%2Fnorth'));
});

test('as many clusters as fit at one manager, with the longest names: variables and rights stay under the limits of AWS', () => {
  const long = (name: string) => name.padEnd(40, 'x');
  const names = Array.from({ length: 22 }, (_, n) => long(`cluster-${n}-`));
  const clusters = Object.fromEntries(names.map((name, n) => [name, { podCidrs: [`10.${n}.0.0/16`] }]));
  const firewalls = { [long('edge')]: { manager: long('north'), mode: 'sync' } };
  const managers = { [long('north')]: TWO.managers.north };
  const pairs = names.map((name) => pair(name, long('edge')));
  const many = synthesizeInMemory({ ...TWO, environment: long('prod'), managers, firewalls, clusters, pairs });
  const queue = 'q'.repeat(80);
  const lengths = Object.values(many.template.findResources('AWS::Lambda::Function')).map(({ Properties }) => {
    const variables = resolveValue(Properties.Environment.Variables, {
      ref: (name) => (name.includes('Queue') ? `https://sqs.ap-southeast-2.amazonaws.com/111122223333/${queue}` : 'n'.repeat(160)),
      attribute: () => queue,
    });
    return Object.entries(variables as Record<string, string>).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  });
  expect(Math.max(...lengths)).toBeGreaterThan(2_500);
  expect(Math.max(...lengths)).toBeLessThan(4_096);
}, 60_000);

test('more than one stack can hold is refused with what to do, before CloudFormation says it in its own words', () => {
  const names = Array.from({ length: 40 }, (_, n) => `cluster-${n}`);
  const clusters = Object.fromEntries(names.map((name, n) => [name, { podCidrs: [`10.${n}.0.0/16`] }]));
  expect(() => synthesizeInMemory({ ...TWO, clusters, pairs: [] })).toThrow(/resources, and a stack holds about 490.*environments/);
});

test('names that would meet in the outputs are refused', () => {
  const clusters = { 'a-1': { podCidrs: ['10.1.0.0/16'] }, a1: { podCidrs: ['10.2.0.0/16'] } };
  expect(() => synthesizeInMemory({ ...TWO, clusters, pairs: [] })).toThrow('"a-1" and "a1" both become QueueUrlA1');
});
