import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
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

test('an environment that cannot be a stack is told in one line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-too-large-'));
  try {
    const file = join(folder, 'too-large.yaml');
    const clusters = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`c${n}`, { podCidrs: [`10.${n}.0.0/16`] }]));
    writeFileSync(file, stringify({ ...loadEnvironment('demo'), environment: 'too-large', clusters, pairs: [] }));
    expect(() => synthesize(file, 'infra/app.ts', join(folder, 'cdk.out'))).toThrow(
      /synthesized:\nCEXT_INFRA_TOO_LARGE: 40 clusters .*\n$/,
    );
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

test('a VPC that was given is used as it is, and its own DNS servers may be asked', () => {
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
  const ways = (template: Template) =>
    Object.values(template.findResources('AWS::EC2::SecurityGroup'))
      .filter(({ Properties }) => Properties.GroupDescription === 'cextfire apply to north')
      .flatMap(({ Properties }) => Properties.SecurityGroupEgress as Record<string, unknown>[])
      .map(({ CidrIp, IpProtocol, ToPort }) => `${IpProtocol} ${CidrIp} ${ToPort}`);
  const always = ['tcp 192.0.2.1/32 22', 'tcp 0.0.0.0/0 443'];
  expect(ways(template)).toEqual([...always, 'udp 0.0.0.0/0 53', 'tcp 0.0.0.0/0 53']);
  expect(ways(synthesizeInMemory({ ...TWO, network: { cidr: '10.99.0.0/24' } }).template)).toEqual(always);
});
