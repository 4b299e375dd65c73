/**
 * Finds the environment. Table and queues are outputs of the stack: from a local cloud's file, from flags or variables, from the file that
 * `cdk deploy --outputs-file` wrote (neither needs any right at CloudFormation), or from DescribeStacks.
 */
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { outputName, stackName } from '../functions/outputs.ts';
import type { Settings } from '../functions/settings.ts';
import { parseSettings } from '../functions/settings-file.ts';
import { environmentFile } from '../infra/environment.ts';
import type { ControlMessage } from '../proto/control.ts';
import { cloudError } from './aws-words.ts';
import { cliError } from './errors.ts';
import { findLocalCloud } from './local-file.ts';
import type { Place } from './place.ts';
import { type Outputs, outputsOf, type Shared } from './stack.ts';

export interface Whereabouts {
  readonly environment?: string | undefined;
  readonly local?: boolean | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly table?: string | undefined;
  readonly outputs?: string | undefined;
}
type Variables = Readonly<Record<string, string | undefined>>;

/** @throws CEXT_CLI_NO_ENVIRONMENT, CEXT_CLI_NO_LOCAL, CEXT_SETTINGS_INVALID, CEXT_CLI_CLOUD, CEXT_CLI_FILE */
export async function connect(where: Whereabouts, variables: Variables): Promise<Place> {
  const environment = where.environment ?? variables.CEXTFIRE_ENVIRONMENT;
  if (where.local) {
    const away = (['profile', 'region', 'table', 'outputs'] as const).find((option) => where[option] !== undefined);
    if (away) throw cliError('CEXT_CLI_USAGE', `--${away} is of an environment in AWS, and --local is not; leave one of them out`);
    const local = findLocalCloud(environment, variables);
    const settings = readSettings(local.settingsFile);
    const region = local.variables.AWS_REGION ?? 'eu-central-1';
    const { AWS_ACCESS_KEY_ID: accessKeyId = 'local', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'local' } = local.variables;
    const credentials = { accessKeyId, secretAccessKey };
    const endpoint = (service: string) => ({
      endpoint: local.variables[`AWS_ENDPOINT_URL_${service}`] ?? local.variables.AWS_ENDPOINT_URL ?? '',
    });
    return open(settings, local.settingsFile, `${settings.environment} (local)`, async () => local.outputs, {
      table: undefined,
      dynamodb: { region, credentials, ...endpoint('DYNAMODB') },
      sqs: { region, credentials, ...endpoint('SQS') },
      who: async () => `${user(variables)} (local)`,
    });
  }
  if (environment === undefined)
    throw cliError(
      'CEXT_CLI_NO_ENVIRONMENT',
      'which environment? Say --environment NAME or FILE (or set CEXTFIRE_ENVIRONMENT), or --local',
    );
  const file = environmentFile(environment);
  const settings = readSettings(file);
  const region = where.region ?? settings.region ?? variables.AWS_REGION ?? variables.AWS_DEFAULT_REGION;
  const shared: Shared = { ...(region ? { region } : {}), ...(where.profile ? { profile: where.profile } : {}) };
  const given = where.outputs ?? variables.CEXTFIRE_OUTPUTS;
  const outputs = once(() => (given ? Promise.resolve(readOutputs(given, settings)) : outputsOf(settings, shared)));
  return open(settings, file, `${settings.environment}${region ? ` (${region})` : ''}`, outputs, {
    table: where.table ?? variables.CEXTFIRE_TABLE,
    dynamodb: shared,
    sqs: shared,
    who: async () => `${await identity(shared)} (${user(variables)})`,
  });
}

/** The settings alone: of a local cloud or of a file, without asking anybody. @throws as `connect` */
export function readSettingsAt(where: Whereabouts, variables: Variables): Settings {
  const environment = where.environment ?? variables.CEXTFIRE_ENVIRONMENT;
  return readSettings(where.local ? findLocalCloud(environment, variables).settingsFile : environmentFile(environment ?? ''));
}

function readSettings(file: string): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw cliError('CEXT_CLI_FILE', `${file} cannot be read: ${(cause as Error).message}`, { file }, { cause });
  }
  return parseSettings(text, file);
}

interface Clients {
  readonly table: string | undefined;
  readonly dynamodb: object;
  readonly sqs: object;
  readonly who: () => Promise<string>;
}

async function open(
  settings: Settings,
  settingsFile: string,
  title: string,
  outputs: () => Promise<Outputs>,
  { table, dynamodb, sqs, who }: Clients,
): Promise<Place> {
  const output = async (name: string): Promise<string> => {
    const value = (await outputs())[name];
    if (value !== undefined) return value;
    throw cliError(
      'CEXT_CLI_CLOUD',
      `the stack ${stackName(settings.environment)} has no output ${name}; deploy it again with these settings`,
    );
  };
  const [{ DynamoDBClient }, { DynamoDbTable }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('../functions/table-dynamodb.ts'),
  ]);
  const name = table ?? (await output(outputName('Table', 'name')));
  const send = async (url: string, body: unknown): Promise<void> => {
    const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs');
    await new SQSClient(sqs).send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(body) }));
  };
  return {
    title,
    settings,
    settingsFile,
    table: new DynamoDbTable(name, new DynamoDBClient(dynamodb)),
    findQueues: async (managers, clusters) => {
      for (const manager of managers) await output(outputName('WakeQueueUrl', manager));
      for (const cluster of clusters) await output(outputName('ControlQueueUrl', cluster));
    },
    wake: async (manager, kind) => send(await output(outputName('WakeQueueUrl', manager)), { kind }),
    resync: async (cluster, reason) =>
      send(await output(outputName('ControlQueueUrl', cluster)), { format: 1, kind: 'resync', reason } satisfies ControlMessage),
    who,
    now: Date.now,
  };
}

/** `cdk deploy --outputs-file FILE` writes {"cextfire-prod": {"TableName": "..."}}. */
function readOutputs(file: string, settings: Settings): Outputs {
  const stack = stackName(settings.environment);
  try {
    const outputs = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outputs | undefined>)[stack];
    if (outputs) return outputs;
  } catch (cause) {
    throw cliError('CEXT_CLI_FILE', `--outputs ${file} cannot be read: ${(cause as Error).message}`, { file }, { cause });
  }
  throw cliError(
    'CEXT_CLI_FILE',
    `--outputs ${file} says nothing of the stack ${stack}; give the file that "cdk deploy --outputs-file" wrote for it`,
    {
      file,
    },
  );
}

async function identity(shared: Shared): Promise<string> {
  try {
    const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
    const { Arn } = await new STSClient(shared).send(new GetCallerIdentityCommand({}));
    return Arn ?? 'unknown to AWS';
  } catch (cause) {
    throw cloudError('AWS does not say who you are', cause);
  }
}

function user(variables: Variables): string {
  let name = variables.SUDO_USER ?? variables.USER ?? variables.LOGNAME;
  try {
    name ??= userInfo().username;
  } catch {
    // A user without an entry in the password file, as in many containers.
  }
  return `${name ?? 'somebody'}@${hostname()}`;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
