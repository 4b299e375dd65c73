/**
 * `npm run local -- --environment FILE`: the environment of that file on this machine, until Ctrl-C.
 * Secrets are put in with --secret NAME=FILE (the file's content), or later with any AWS client against the printed endpoint.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeLocalFile } from '../../cli/local-file.ts';
import { environmentFile, loadEnvironment } from '../../infra/environment.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { clustersOf, shipperVariables } from './shipper-variables.ts';

const USAGE = `npm run local -- [--environment FILE] [--secret NAME=FILE]... [--sqs-port N] [--dynamodb-port N] [--secrets-port N] [--quiet]

  --environment  a settings file, or the name of one in infra/environments (default: demo)
  --secret       puts the content of a file into a secret of the settings; may be repeated
  --...-port     fixed ports instead of free ones
  --quiet        does not print what the functions log`;

class Usage extends Error {}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        environment: { type: 'string', default: 'demo' },
        secret: { type: 'string', multiple: true, default: [] },
        'sqs-port': { type: 'string' },
        'dynamodb-port': { type: 'string' },
        'secrets-port': { type: 'string' },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}

function port(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Usage(`--${name} takes a port number, not "${text}".`);
  return Number(text);
}

function secrets(given: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    given.map((each) => {
      const at = each.lastIndexOf('=');
      if (at <= 0) throw new Usage(`--secret takes NAME=FILE, not "${each}".`);
      const file = each.slice(at + 1);
      try {
        return [each.slice(0, at), readFileSync(file, 'utf8')];
      } catch (error) {
        throw new Usage(`--secret ${each}: the file cannot be read (${(error as Error).message}).`);
      }
    }),
  );
}

function describe(cloud: Cloud): string {
  const lines = [`${cloud.stackName} is up.`, '', 'Endpoints'];
  for (const [name, url] of Object.entries(cloud.endpoints)) lines.push(`  ${name.padEnd(16)} ${url}`);
  lines.push('', 'Outputs of the stack');
  for (const [name, value] of Object.entries(cloud.outputs)) lines.push(`  ${name.padEnd(24)} ${value}`);
  lines.push('', 'Start the shipper from Felix (FELIX_DATAPLANEDRIVER, no arguments) at', `  ${SHIPPER_PROGRAM}`);
  for (const cluster of clustersOf(cloud)) {
    lines.push('', `with these variables in the environment of Felix, for the cluster ${cluster}`);
    for (const [name, value] of Object.entries(shipperVariables(cloud, cluster))) lines.push(`  export ${name}=${value}`);
  }
  return lines.join('\n');
}

async function main(): Promise<void> {
  const given = options();
  if (given.help) {
    console.log(USAGE);
    return;
  }
  const values = secrets(given.secret);
  const ports = {
    sqs: port('sqs-port', given['sqs-port']),
    dynamodb: port('dynamodb-port', given['dynamodb-port']),
    secretsManager: port('secrets-port', given['secrets-port']),
  };
  await buildShipper();
  const cloud = await startCloud({
    environmentFile: given.environment,
    ports: Object.fromEntries(Object.entries(ports).filter(([, number]) => number !== undefined)),
    ...(given.quiet ? {} : { onLog: ({ function: name, text }) => console.log(`[${name}] ${text}`) }),
    onPublish: (message) => console.log(`[topic] ${message}`),
  });
  for (const [name, value] of values) cloud.setSecret(name, value);
  const settingsFile = environmentFile(given.environment);
  const { environment } = loadEnvironment(settingsFile);
  const forget = writeLocalFile({ environment, settingsFile, variables: cloud.variables, outputs: cloud.outputs });
  console.log(`${describe(cloud)}\n\nAsk it with:  npx cextfire status --local\nCtrl-C ends it.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  forget();
  await cloud.stop();
}

await main().catch((error: Error) => {
  // What a user typed wrong, or what synth said: one message, no stack trace.
  console.error(error instanceof Usage ? `${error.message}\n\n${USAGE}` : error.message);
  process.exitCode = 1;
});
