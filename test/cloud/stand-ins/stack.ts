/** A small environment synthesized in this process, with the stand-ins of this folder for functions: what the tests of infra ask. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Settings } from '../../../functions/settings.ts';
import { EnvironmentStack } from '../../../infra/stack.ts';
import type { Template as PlainTemplate, Resource } from '../assembly.ts';
import { type Permissions, permissionsOf } from '../iam.ts';

/** A template says nothing of what is in a bundle: any folder will do. */
const here = fileURLToPath(new URL('.', import.meta.url));
export const BUNDLES = { ingest: here, apply: { linux: here, panos: here, panorama: here } };

const HOST_KEY = `SHA256:${'A'.repeat(43)}`;
const manager = (secret: string, address = '192.0.2.1') => ({ vendor: 'linux', address, hostKeys: [HOST_KEY], secret });
export const pair = (cluster: string, firewall: string) => ({ cluster, firewall, tiers: ['border'], defaultDeny: true });

/** Two clusters and two managers; only `shared` serves both clusters. */
export const TWO = {
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

export interface Synthesized {
  readonly template: Template;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly permissions: Permissions;
  /** "Cluster-alpha/Shipments/Queue" -> logical id */
  id(path: string): string;
}

/** @throws what infra says about settings that fit the schema and cannot be a stack */
export function synthesizeInMemory(settings: unknown): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'cextfire-stack-'));
  try {
    const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } });
    const template = Template.fromStack(new EnvironmentStack(app, 'stack', { settings: Settings.parse(settings), bundles: BUNDLES }));
    const plain = template.toJSON() as PlainTemplate;
    const resources = plain.Resources;
    const byPath = new Map(Object.entries(resources).map(([name, { Metadata }]) => [String(Metadata?.['aws:cdk:path']), name]));
    const id = (path: string) => {
      const found = byPath.get(`stack/${path}/Resource`) ?? byPath.get(`stack/${path}`);
      if (found === undefined) throw new Error(`no ${path} among ${[...byPath.keys()].join('\n')}`);
      return found;
    };
    return {
      template,
      resources,
      id,
      get permissions() {
        return permissionsOf(plain);
      },
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
