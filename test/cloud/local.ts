/**
 * `npm run local -- --environment FILE`: the environment of that file on this machine, until Ctrl-C.
 * `--cloud localstack` deploys it to a LocalStack instead of the embedded cloud, `--cloud http://...` to whatever emulator answers there.
 * Secrets are put in with --secret NAME=FILE (the file's content), or later with any AWS client against the printed endpoint.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeLocalFile } from '../../cli/local-file.ts';
import { environmentFile, loadEnvironment } from '../../infra/environment.ts';
import { buildShipper, SHIPPER_PROGRAM } from '../../shipper/build.ts';
import { startCloud } from './cloud.ts';
import { type AnyCloud, deployCloud } from './deployed-cloud.ts';
import { startLocalStack } from './localstack.ts';
import { clustersOf, shipperVariables } from './shipper-variables.ts';

const USAGE = `npm run local -- [--environment FILE] [--cloud WHERE] [--secret NAME=FILE]... [--sqs-port N] [--dynamodb-port N] [--secrets-port N] [--quiet]

  --environment  a settings file, or the name of one in infra/environments (default: demo)
  --cloud        embedded (default), localstack (Docker, or Python 3.13, Java and Maven), or the endpoint of an emulator of AWS
  --secret       puts the content of a file into a secret of the settings; may be repeated
  --...-port     fixed ports instead of free ones
  --quiet        does not print what the functions log`;

class Usage extends Error {}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        environment: { type: 'string', default: 'demo' },
        cloud: { type: 'string', default: 'embedded' },
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

/** A cloud that runs, and how it ends. */
interface Running {
  readonly cloud: AnyCloud;
  readonly endpoints: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

async function start(given: ReturnType<typeof options>): Promise<Running> {
  const environment = given.environment;
  if (given.cloud === 'embedded') {
    const ports = {
      sqs: port('sqs-port', given['sqs-port']),
      dynamodb: port('dynamodb-port', given['dynamodb-port']),
      secretsManager: port('secrets-port', given['secrets-port']),
    };
    const cloud = await startCloud({
      environmentFile: environment,
      ports: Object.fromEntries(Object.entries(ports).filter(([, number]) => number !== undefined)),
      ...(given.quiet ? {} : { onLog: ({ function: name, text }) => console.log(`[${name}] ${text}`) }),
      onPublish: (message) => console.log(`[topic] ${message}`),
    });
    return { cloud, endpoints: cloud.endpoints, end: () => cloud.stop() };
  }
  if (given.cloud !== 'localstack' && !/^https?:\/\//.test(given.cloud))
    throw new Usage(`--cloud takes embedded, localstack or an address such as http://127.0.0.1:4566, not "${given.cloud}".`);
  const say = (line: string) => console.log(line);
  const localstack = given.cloud === 'localstack' ? await startLocalStack(say) : undefined;
  const endpoint = localstack?.endpoint ?? given.cloud;
  try {
    const cloud = await deployCloud({ endpoint, environmentFile: environment, say });
    const end = async () => {
      await cloud.stop();
      await localstack?.stop();
    };
    return { cloud, endpoints: { 'all services': endpoint }, end };
  } catch (error) {
    await localstack?.stop();
    throw error;
  }
}

function describe({ cloud, endpoints }: Running): string {
  const lines = [`${cloud.stackName} is up.`, '', 'Endpoints'];
  for (const [name, url] of Object.entries(endpoints)) lines.push(`  ${name.padEnd(16)} ${url}`);
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
  // Before anything is built: a name that is wrong is told at once.
  const settingsFile = environmentFile(given.environment);
  const { environment } = loadEnvironment(settingsFile);
  await buildShipper();
  const running = await start(given);
  const { cloud } = running;
  for (const [name, value] of values) await cloud.setSecret(name, value);
  const forget = writeLocalFile({ environment, settingsFile, variables: cloud.variables, outputs: cloud.outputs });
  console.log(`${describe(running)}\n\nAsk it with:  npx cextfire status --local\nCtrl-C ends it.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  forget();
  await running.end();
}

await main().catch((error: Error) => {
  // What a user typed wrong, or what synth said: one message, no stack trace.
  console.error(error instanceof Usage ? `${error.message}\n\n${USAGE}` : error.message);
  process.exitCode = 1;
});
