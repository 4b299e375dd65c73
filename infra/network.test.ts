import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import { readAssembly, synthesize } from '../test/cloud/assembly.ts';
import { synthesizeInMemory, TWO } from '../test/cloud/stand-ins/stack.ts';
import { loadEnvironment } from './environment.ts';

test('an environment with a network of its own is synthesized as it is deployed, cdk-nag included; its endpoints open to that network alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-network-'));
  try {
    const file = join(folder, 'own-network.yaml');
    writeFileSync(file, stringify({ ...loadEnvironment('demo'), environment: 'own-network', network: { cidr: '10.255.0.0/24' } }));
    const [stack] = readAssembly(synthesize(file, 'infra/app.ts', join(folder, 'cdk.out')));
    const resources = Object.values(stack?.template.Resources ?? {});
    const endpoints = resources.filter(({ Type }) => Type === 'AWS::EC2::VPCEndpoint');
    expect(endpoints.map(({ Properties }) => Properties?.VpcEndpointType).sort()).toEqual([
      'Gateway',
      'Interface',
      'Interface',
      'Interface',
    ]);
    const ways = resources.flatMap(({ Properties }) => (Properties?.SecurityGroupIngress ?? []) as readonly { readonly CidrIp?: string }[]);
    expect(ways.map(({ CidrIp }) => CidrIp)).toEqual(['10.255.0.0/24', '10.255.0.0/24', '10.255.0.0/24']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

test('a VPC of ours has no way to the Internet, reaches AWS by endpoints, and lets apply out to its manager only', () => {
  const { template } = synthesizeInMemory({ ...TWO, network: { cidr: '10.99.0.0/24' } });
  template.resourceCountIs('AWS::EC2::NatGateway', 0);
  template.resourceCountIs('AWS::EC2::InternetGateway', 0);
  template.resourceCountIs('AWS::EC2::VPNGateway', 1);
  template.resourceCountIs('AWS::EC2::VPCEndpoint', 4);
  // Nobody takes what is read here out through them with credentials of another account.
  template.allResourcesProperties('AWS::EC2::VPCEndpoint', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Effect: 'Allow', Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } } }),
      ],
    },
  });
  template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90, KmsKeyId: Match.anyValue() });
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
  const { template } = synthesizeInMemory({ ...TWO, network });
  for (const type of ['AWS::EC2::VPC', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::Subnet']) template.resourceCountIs(type, 0);
  template.hasResourceProperties('AWS::Lambda::Function', {
    VpcConfig: Match.objectLike({ SubnetIds: network.subnetIds }),
  });
});
