/** The AWS services that the functions and the shipper call, in this process, on loopback only. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import { meterServer, type OnCall } from './meter.ts';
import { SecretStore } from './secrets-manager.ts';

export const REGION = 'eu-central-1';
export const ACCOUNT = '000000000000';

/** What an AWS SDK reads from the environment to find these services. */
export type AwsVariables = Readonly<Record<string, string>>;

export interface EmbeddedAws {
  readonly endpoints: { readonly sqs: string; readonly sns: string; readonly dynamodb: string; readonly secretsManager: string };
  readonly variables: AwsVariables;
  readonly secrets: SecretStore;
  stop(): Promise<void>;
}

export async function startAws(
  ports: { readonly sqs?: number; readonly dynamodb?: number; readonly secretsManager?: number } = {},
  onCall?: OnCall,
): Promise<EmbeddedAws> {
  // Not fauxqs' own start: that one listens on all addresses of the machine.
  const messages = buildApp({ logger: false, defaultRegion: REGION });
  const tables = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }) as Server;
  const secrets = new SecretStore(REGION, ACCOUNT);
  const secretsServer = createServer((request, response) => secrets.serve(request, response));
  if (onCall) {
    meterServer(messages.server, 'sqs', onCall);
    meterServer(tables, 'dynamodb', onCall);
    meterServer(secretsServer, 'secretsmanager', onCall);
  }
  const [sqs, dynamodb, secretsManager] = await Promise.all([
    messages.listen({ host: '127.0.0.1', port: ports.sqs ?? 0 }),
    listen(tables, ports.dynamodb ?? 0),
    listen(secretsServer, ports.secretsManager ?? 0),
  ]);
  return {
    endpoints: { sqs, sns: sqs, dynamodb, secretsManager },
    variables: {
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SQS: sqs,
      AWS_ENDPOINT_URL_SNS: sqs,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
    },
    secrets,
    stop: async () => {
      await Promise.all([messages.close(), close(tables), close(secretsServer)]);
    },
  };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
