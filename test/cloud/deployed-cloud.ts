/**
 * An environment deployed with `cdklocal` to any emulator of AWS that answers at one endpoint: LocalStack, ministack and others. What the
 * embedded cloud offers as well, as far as an emulator can.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { outputName, stackName } from '../../functions/outputs.ts';
import { environmentFile, loadEnvironment } from '../../infra/environment.ts';
import type { Cloud } from './cloud.ts';
import { CloudError } from './errors.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A stack without a region of its own goes where cdk looks by default. */
const REGION = 'us-east-1';
/** So long nothing must be seen in any queue: a function that has just ended may have sent a message that was not yet counted. */
const QUIET_MS = 300;
/** So long a delayed message may be part of the work; cloud.ts knows the same bound. */
const SOON_MS = 6_000;

/** What tests and commands need of a cloud, whichever it is. */
export type AnyCloud = Pick<
  Cloud,
  | 'stackName'
  | 'variables'
  | 'outputs'
  | 'tableName'
  | 'sqs'
  | 'dynamodb'
  | 'queueUrls'
  | 'send'
  | 'waiting'
  | 'settle'
  | 'runSchedules'
  | 'stop'
> & {
  setSecret(name: string, value: string): void | Promise<void>;
};

export interface DeployOptions {
  readonly endpoint: string;
  readonly environmentFile: string;
  readonly say?: (line: string) => void;
}

/** How clients reach one account and region of the emulator. */
interface Access {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Bootstraps (once), synthesizes, deploys. Throws CloudError: nothing answers there, another account, or the end of cdk's own words. */
export async function deployCloud({ endpoint, environmentFile: file, say = () => undefined }: DeployOptions): Promise<AnyCloud> {
  const settings = loadEnvironment(file);
  const name = stackName(settings.environment);
  // Emulators with more than one account take the number of an account for an access key, and answer in that account.
  const credentials = { accessKeyId: settings.account ?? 'test', secretAccessKey: 'test' };
  const access: Access = { endpoint, region: settings.region ?? REGION, credentials };
  const account = await accountOf(access);
  if (settings.account && settings.account !== account)
    throw new CloudError(
      `${file} is for account ${settings.account}, and the emulator at ${endpoint} is account ${account}: take "account" out of the file for it.`,
    );
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-deploy-'));
  try {
    await bootstrap(access, account, folder, say);
    say(`deploying ${name}`);
    const outputs = join(folder, 'outputs.json');
    const from = ['--output', join(folder, 'cdk.out'), '-c', `environment=${environmentFile(file)}`];
    await cdk(['deploy', name, '--require-approval', 'never', '--outputs-file', outputs, ...from], ROOT, access);
    const written = JSON.parse(existsSync(outputs) ? readFileSync(outputs, 'utf8') : '{}') as Record<string, Record<string, string>>;
    return new DeployedCloud(access, name, written[name] ?? {}, settings);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function accountOf(access: Access): Promise<string> {
  const sts = new STSClient({ ...access, maxAttempts: 1 });
  try {
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    if (Account) return Account;
    throw new Error('it told no account');
  } catch (error) {
    throw new CloudError(
      `No emulator of AWS answers at ${access.endpoint} (sts GetCallerIdentity: ${(error as Error).message || (error as { code?: string }).code}). Start one there, or give another endpoint.`,
    );
  } finally {
    sts.destroy();
  }
}

/** What cdk says without its progress, and without where in our own sources a resource was made. */
function essence(said: string): string {
  const noise = /^$|\|\s+\d+\/\d+ \||: (start|success): |^\s+at |Source Location:|^\s{10,}|^\s*[✨⏳]/u;
  const lines = said.split('\n').filter((line) => !noise.test(line));
  return [...new Set(lines)].join('\n');
}

const bootstrapped = new Set<string>();

async function bootstrap(access: Access, account: string, folder: string, say: (line: string) => void): Promise<void> {
  const place = `aws://${account}/${access.region}`;
  const key = `${access.endpoint} ${place}`;
  if (bootstrapped.has(key)) return;
  say(`bootstrapping ${place} at ${access.endpoint}`);
  // In a folder without cdk.json: what is bootstrapped does not depend on the app, and synthesizing it takes longer than all the rest.
  await cdk(['bootstrap', place], folder, access);
  bootstrapped.add(key);
}

function variablesOf({ endpoint, region, credentials }: Access): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
  };
}

async function cdk(words: readonly string[], cwd: string, access: Access): Promise<void> {
  const child = spawn(join(ROOT, 'node_modules/.bin/cdklocal'), words, {
    cwd,
    env: {
      ...process.env,
      ...variablesOf(access),
      AWS_ENDPOINT_URL_S3: access.endpoint,
      AWS_S3_FORCE_PATH_STYLE: '1',
      // cdklocal takes all others away, and with them account and region.
      AWS_ENVAR_ALLOWLIST: Object.keys(variablesOf(access)).join(','),
      CDK_DEFAULT_REGION: access.region,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said = `${said}${bytes}`.slice(-20_000)));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new CloudError(`cdklocal ${words[0]} at ${access.endpoint} ended with ${code}:\n${essence(said)}`);
}

/** Messages of one queue: those that may be worked on now (or are), and those for later. */
interface Count {
  readonly now: number;
  readonly delayed: number;
}

class DeployedCloud implements AnyCloud {
  readonly stackName: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly queueUrls: ReadonlyMap<string, string>;
  readonly #secrets: SecretsManagerClient;

  constructor(
    access: Access,
    name: string,
    outputs: Readonly<Record<string, string>>,
    settings: { readonly clusters: Readonly<Record<string, unknown>>; readonly managers: Readonly<Record<string, unknown>> },
  ) {
    this.stackName = name;
    this.outputs = outputs;
    this.variables = variablesOf(access);
    this.sqs = new SQSClient({ ...access, useQueueUrlAsEndpoint: false });
    this.dynamodb = new DynamoDBClient(access);
    this.#secrets = new SecretsManagerClient(access);
    this.queueUrls = new Map([
      ...Object.keys(settings.clusters).flatMap((cluster): [string, string][] => [
        [`Cluster-${cluster}/Shipments`, this.#output(outputName('QueueUrl', cluster))],
        [`Cluster-${cluster}/Control`, this.#output(outputName('ControlQueueUrl', cluster))],
      ]),
      ...Object.keys(settings.managers).map((manager): [string, string] => [
        `Manager-${manager}/Wakes`,
        this.#output(outputName('WakeQueueUrl', manager)),
      ]),
    ]);
  }

  get tableName(): string {
    return this.#output('TableName');
  }

  async setSecret(name: string, value: string): Promise<void> {
    await this.#secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
  }

  async send(queue: string, body: string, group?: { readonly group: string; readonly deduplication: string }): Promise<void> {
    const fifo = group ? { MessageGroupId: group.group, MessageDeduplicationId: group.deduplication } : {};
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.#url(queue), MessageBody: body, ...fifo }));
  }

  async waiting(queue: string): Promise<number> {
    return (await this.#count(queue)).now;
  }

  /**
   * Every emulator keeps a message in flight until its function has ended: empty queues are quiet functions. None tells when a delayed message is
   * due: one that has not come within a few seconds is a wake for later.
   */
  async settle(timeoutMs = 60_000, { delayed = false } = {}): Promise<void> {
    const until = Date.now() + timeoutMs;
    let quietSince: number | undefined;
    for (;;) {
      const busy: string[] = [];
      let later = 0;
      for (const [name, { now, delayed: waiting }] of await this.#countWork()) {
        if (now > 0) busy.push(`${now} messages in ${name}`);
        later += waiting;
      }
      quietSince = busy.length === 0 ? (quietSince ?? Date.now()) : undefined;
      if (quietSince !== undefined && Date.now() - quietSince >= (delayed && later > 0 ? SOON_MS : QUIET_MS)) return;
      if (busy.length > 0 && Date.now() > until) throw new CloudError(`Not settled within ${timeoutMs} ms: ${busy.join(', ')}`);
      await sleep(100);
    }
  }

  /** What waits for functions. */
  async #countWork(): Promise<readonly (readonly [name: string, count: Count])[]> {
    const names = [...this.queueUrls.keys()].filter((name) => !name.endsWith('/Control'));
    return Promise.all(names.map(async (name) => [name, await this.#count(name)] as const));
  }

  /** Not every emulator fires schedules: what they would send is sent here. */
  async runSchedules(): Promise<void> {
    for (const name of this.queueUrls.keys()) if (name.endsWith('/Wakes')) await this.send(name, JSON.stringify({ kind: 'audit' }));
  }

  /** The stack stays: whoever started the emulator ends it. */
  async stop(): Promise<void> {
    for (const client of [this.sqs, this.dynamodb, this.#secrets]) client.destroy();
  }

  async #count(name: string): Promise<Count> {
    const { Attributes = {} } = await this.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: this.#url(name),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'],
      }),
    );
    return {
      now: Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible),
      delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    };
  }

  #url(name: string): string {
    const url = this.queueUrls.get(name);
    if (url === undefined) throw new CloudError(`There is no queue "${name}", only ${[...this.queueUrls.keys()].join(', ')}.`);
    return url;
  }

  #output(name: string): string {
    const value = this.outputs[name];
    if (value === undefined)
      throw new CloudError(
        `The stack ${this.stackName} has no output ${name}: this emulator made a part of the template only; its log says why.`,
      );
    return value;
  }
}
