/** Secrets Manager as far as the SDK's clients of this project call it: AWS JSON 1.1 over HTTP, secrets in memory. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

interface Version {
  readonly id: string;
  readonly value: string;
}
interface Secret {
  readonly name: string;
  readonly arn: string;
  /** the newest last; none: made empty */
  readonly versions: Version[];
}

class SecretsError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const ById = z.object({ SecretId: z.string() });

export class SecretStore {
  readonly #secrets = new Map<string, Secret>();
  readonly #prefix: string;
  /** calls of GetSecretValue, for tests that count */
  reads = 0;

  constructor(region: string, account: string) {
    this.#prefix = `arn:aws:secretsmanager:${region}:${account}:secret:`;
  }

  /** Makes the secret if need be; its ARN. */
  create(name: string): string {
    const known = this.#secrets.get(name);
    if (known) return known.arn;
    const arn = name.startsWith('arn:') ? name : `${this.#prefix}${name}-${randomUUID().slice(0, 6)}`;
    this.#secrets.set(name, { name, arn, versions: [] });
    return arn;
  }

  set(name: string, value: string): void {
    this.create(name);
    this.#secrets.get(name)?.versions.push({ id: randomUUID(), value });
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
      response.end(JSON.stringify(body));
    };
    try {
      const action = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
      reply(200, this.#answer(action, JSON.parse((await text(request)) || '{}')));
    } catch (error) {
      const code = error instanceof SecretsError ? error.code : 'InternalServiceError';
      reply(code === 'InternalServiceError' ? 500 : 400, { __type: code, Message: (error as Error).message });
    }
  }

  #answer(action: string, body: unknown): unknown {
    switch (action) {
      case 'GetSecretValue': {
        this.reads++;
        const secret = this.#find(ById.parse(body).SecretId);
        const version = secret.versions.at(-1);
        if (!version)
          throw new SecretsError(
            'ResourceNotFoundException',
            "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
          );
        return { ARN: secret.arn, Name: secret.name, VersionId: version.id, SecretString: version.value, VersionStages: ['AWSCURRENT'] };
      }
      case 'PutSecretValue': {
        const { SecretId, SecretString } = ById.extend({ SecretString: z.string() }).parse(body);
        const secret = this.#find(SecretId);
        const id = randomUUID();
        secret.versions.push({ id, value: SecretString });
        return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: ['AWSCURRENT'] };
      }
      case 'DescribeSecret': {
        const { arn, name } = this.#find(ById.parse(body).SecretId);
        return { ARN: arn, Name: name };
      }
      default:
        throw new SecretsError('InvalidRequestException', `This Secrets Manager does not know ${action}.`);
    }
  }

  #find(id: string): Secret {
    for (const secret of this.#secrets.values()) if (secret.name === id || secret.arn === id) return secret;
    throw new SecretsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
}
