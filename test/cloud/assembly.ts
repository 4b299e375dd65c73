/** The synthesized assembly (cdk.out): its stacks, their templates, and the folder of every asset. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudError } from './errors.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Description?: string }>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
}
export interface AssemblyStack {
  readonly name: string;
  readonly template: Template;
  /** object key of an asset -> folder */
  readonly assets: ReadonlyMap<string, string>;
}

/** Runs the CDK app as the CLI would, without the CLI. `app` is another app than the project's own. Returns the folder of the assembly. */
export function synthesize(environment: string, app = 'infra/app.ts', outdir = mkdtempSync(join(tmpdir(), 'cextfire-cdk-'))): string {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const run = spawnSync(process.execPath, [join(root, app), environment], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:enable-path-metadata': true, environment }),
    },
  });
  if (run.status !== 0) throw new CloudError(`The stack for ${environment} could not be synthesized:\n${run.stderr}${run.stdout}`);
  return outdir;
}

export function readAssembly(folder: string): readonly AssemblyStack[] {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const manifest = read('manifest.json') as {
    artifacts: Record<string, { type: string; properties?: { templateFile?: string; file?: string } }>;
  };
  const assets = new Map<string, string>();
  for (const artifact of Object.values(manifest.artifacts)) {
    if (artifact.type !== 'cdk:asset-manifest' || artifact.properties?.file === undefined) continue;
    const { files } = read(artifact.properties.file) as {
      files: Record<string, { source: { path: string; packaging: string }; destinations: Record<string, { objectKey: string }> }>;
    };
    for (const { source, destinations } of Object.values(files))
      if (source.packaging === 'zip')
        for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, resolve(folder, source.path));
  }
  return Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([name, artifact]) => ({ name, template: read(artifact.properties?.templateFile ?? '') as Template, assets }));
}
