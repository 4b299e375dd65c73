import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { readAssembly, synthesize } from '../test/cloud/assembly.ts';
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
