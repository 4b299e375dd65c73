/** The CDK app: one stack per environment file. `npx cdk deploy -c environment=NAME`. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { CextError } from '../functions/errors.ts';
import { stackName } from '../functions/outputs.ts';
import { bundleFunctions } from './bundle.ts';
import { loadEnvironment } from './environment.ts';
import { EnvironmentStack } from './stack.ts';

const entry = (path: string) => fileURLToPath(new URL(`../functions/${path}`, import.meta.url));

try {
  // What a new app begins with, at the pinned version of the library: all flags are decided, without a hundred lines in cdk.json.
  // Synthesized below and nowhere else: what was refused half-way must not be synthesized at the end of the process, with a stack trace of its own.
  const app = new App({ context: recommended, autoSynth: false });
  const settings = loadEnvironment(String(app.node.tryGetContext('environment') ?? 'demo'));
  const name = stackName(settings.environment);
  const bundles = await bundleFunctions(
    {
      ingest: entry('ingest/handler.ts'),
      apply: { linux: entry('apply/on-linux.ts'), panos: entry('apply/on-panos.ts'), panorama: entry('apply/on-panos.ts') },
    },
    join(app.outdir, '.bundles', name),
    settings,
  );
  new EnvironmentStack(app, name, { settings, bundles });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof CextError)) throw error;
  // A mistake in the settings is the user's to read: one message, no stack trace.
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
