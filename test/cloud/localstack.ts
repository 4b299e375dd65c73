/**
 * A real LocalStack 4.14.0: by Docker where an engine answers, else in host mode (Python, Java and Maven; functions run as child processes).
 * Set up once, in the user's cache folder.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { CloudError } from './errors.ts';

const HERE = fileURLToPath(new URL('./localstack/', import.meta.url));
const VERSION = '4.14.0';
const SERVICES = 'sqs,sns,secretsmanager,dynamodb,cloudformation,cloudwatch,events,scheduler,lambda,logs,iam,sts,s3,ssm,kms,ec2';
const START_MS = 120_000;
/** LocalStack that ends when whoever started it does, however that came about (prctl PR_SET_PDEATHSIG). */
const ENDS_WITH_US = `import ctypes, runpy, signal
ctypes.CDLL(None).prctl(1, signal.SIGTERM)
runpy.run_module('localstack.runtime.main', run_name='__main__')`;

export interface LocalStack {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Why host mode cannot run here, or undefined. Names every missing program. */
export function hostModeLacks(): string | undefined {
  const lacks = [...(findPython() ? [] : ['Python 3.13 or newer']), ...['java', 'mvn'].filter((program) => !answers(program, '-version'))];
  return lacks.length === 0 ? undefined : lacks.join(', ');
}

export const hasDocker = (): boolean => answers('docker', 'info');

/** Throws CloudError when neither Docker nor host mode can run, or LocalStack does not become ready. */
export async function startLocalStack(say: (line: string) => void): Promise<LocalStack> {
  if (hasDocker()) return startInDocker(say);
  const lacks = hostModeLacks();
  if (lacks) throw new CloudError(`LocalStack needs Docker, or in host mode: ${lacks}. Install them, or leave out "--cloud localstack".`);
  return startOnHost(say);
}

async function startInDocker(say: (line: string) => void): Promise<LocalStack> {
  const compose = ['compose', '-f', join(HERE, 'compose.yaml')];
  say(`LocalStack ${VERSION} by docker compose`);
  execFileSync('docker', [...compose, 'up', '-d', '--wait'], { stdio: 'inherit' });
  const endpoint = 'http://127.0.0.1:4566';
  await ready(endpoint, () => undefined);
  return {
    endpoint,
    stop: async () => {
      execFileSync('docker', [...compose, 'down'], { stdio: 'inherit' });
    },
  };
}

async function startOnHost(say: (line: string) => void): Promise<LocalStack> {
  const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cextfire', `localstack-${VERSION}`);
  if (!existsSync(join(home, 'ready'))) {
    say(`setting up LocalStack ${VERSION} in ${home}, once: a minute and 500 MB`);
    mkdirSync(home, { recursive: true });
    execFileSync('sh', [join(HERE, 'install.sh'), home, findPython() as string], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const port = await freePort();
  const scratch = join(tmpdir(), `cextfire-localstack-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  say(`LocalStack ${VERSION} on this host, port ${port}; it logs to ${join(scratch, 'localstack.log')}`);
  const log = join(scratch, 'localstack.log');
  const logFile = openSync(log, 'w');
  const child = spawn(join(home, 'venv/bin/python'), ['-c', ENDS_WITH_US], {
    cwd: scratch,
    detached: true,
    stdio: ['ignore', logFile, logFile],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: homedir(),
      LANG: 'C.UTF-8',
      CEXTFIRE_NODE: process.execPath,
      LAMBDA_RUNTIME_EXECUTOR: 'node',
      LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC: '0.05',
      LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC: '1',
      OVERRIDE_IN_DOCKER: '0',
      FILESYSTEM_ROOT: join(home, 'fs'),
      TMPDIR: scratch,
      SERVICES,
      STRICT_SERVICE_LOADING: '1',
      EAGER_SERVICE_LOADING: '0',
      DISABLE_EVENTS: '1',
      SKIP_SSL_CERT_DOWNLOAD: '1',
      DNS_ADDRESS: '0',
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      LOCALSTACK_HOST: `127.0.0.1:${port}`,
      SQS_ENDPOINT_STRATEGY: 'path',
      DYNAMODB_IN_MEMORY: '1',
      DYNAMODB_REMOVE_EXPIRED_ITEMS: '1',
    },
  });
  closeSync(logFile);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => end(child);
  try {
    await ready(endpoint, () => (child.exitCode === null ? undefined : readFileSync(log, 'utf8').slice(-2000)));
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, stop };
}

/** LocalStack starts children of its own: the whole group goes. */
async function end(child: ChildProcess): Promise<void> {
  const group = (signal: NodeJS.Signals) => {
    try {
      process.kill(-(child.pid as number), signal);
    } catch {
      // gone already
    }
  };
  group('SIGTERM');
  for (let waited = 0; child.exitCode === null && child.signalCode === null && waited < 10_000; waited += 100) await sleep(100);
  group('SIGKILL');
}

async function ready(endpoint: string, died: () => string | undefined): Promise<void> {
  for (const until = Date.now() + START_MS; Date.now() < until; await sleep(200)) {
    const log = died();
    if (log !== undefined) throw new CloudError(`LocalStack ended while starting:\n${log}`);
    const answer = await fetch(`${endpoint}/_localstack/health`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new CloudError(`LocalStack at ${endpoint} is not ready after ${START_MS / 1000} s.`);
}

function findPython(): string | undefined {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv).map((version) => join(pyenv, version, 'bin', 'python')) : [];
  const good = 'import sys; sys.exit(sys.version_info < (3, 13))';
  return ['python3.14', 'python3.13', 'python3', ...versions].find((python) => answers(python, '-c', good));
}

function answers(program: string, ...options: readonly string[]): boolean {
  return spawnSync(program, options, { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
