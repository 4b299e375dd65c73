/** The CDK app with the stand-ins in the place of the functions. Environment file: first argument. */
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { loadEnvironment } from '../../../infra/environment.ts';
import { EnvironmentStack } from '../../../infra/stack.ts';

const entry = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const app = new App();
const settings = loadEnvironment(process.argv[2] ?? 'demo');
new EnvironmentStack(app, `cextfire-${settings.environment}`, {
  settings,
  entries: { ingest: entry('ingest.ts'), apply: { linux: entry('apply.ts'), panos: entry('apply.ts'), panorama: entry('apply.ts') } },
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();
