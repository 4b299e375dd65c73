/** Secrets are read at use, cached briefly, re-read on an authentication failure, never logged. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { applyError } from './errors.ts';

const KEEP_MS = 5 * 60_000;
/** A wrong secret must not become a stream of calls. */
const AGAIN_MS = 10_000;

/** `fresh` after an authentication failure: it may have been rotated. Throws CEXT_APPLY_SECRET. */
export function secretReader(client: SecretsManagerClient, name: string, now: () => number): (fresh: boolean) => Promise<string> {
  let known: { readonly value: string; readonly atMs: number } | undefined;
  return async (fresh) => {
    const age = known ? now() - known.atMs : Number.POSITIVE_INFINITY;
    if (known && age < (fresh ? AGAIN_MS : KEEP_MS)) return known.value;
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
      if (!SecretString) throw new Error('it has no text');
      known = { value: SecretString, atMs: now() };
      return SecretString;
    } catch (error) {
      throw applyError('CEXT_APPLY_SECRET', `secret ${name} cannot be read: ${(error as Error).message}`, {}, { cause: error });
    }
  };
}
