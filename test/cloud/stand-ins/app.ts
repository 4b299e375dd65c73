/** The CDK app with the stand-ins in the place of the functions. Environment file: first argument. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { bundleFunctions } from '../../../infra/bundle.ts';
import { loadEnvironment } from '../../../infra/environment.ts';
import { EnvironmentStack } from '../../../infra/stack.ts';

const entry = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const app = new App();
const settings = loadEnvironment(process.argv[2] ?? 'demo');
const bundles = await bundleFunctions(
  { ingest: entry('ingest.ts'), apply: { linux: entry('apply.ts'), panos: entry('apply.ts'), panorama: entry('apply.ts') } },
  join(app.outdir, '.bundles'),
  settings,
);
new EnvironmentStack(app, `cextfire-${settings.environment}`, { settings, bundles });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();
