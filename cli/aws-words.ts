/** What AWS says when it says no, and what to do about it. */
import type { CextError } from '../functions/errors.ts';
import { cliError } from './errors.ts';

/** Names and words of the SDKs' errors; the first that fits decides. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/ExpiredToken|RequestExpired|TokenRefreshRequired|is expired|has expired/i, 'Your credentials have expired: log in again'],
  [
    /CredentialsProviderError|CredentialsError|load credentials|SSO|could not be found in/i,
    'Log in (`aws sso login`, or AWS_ACCESS_KEY_ID and its like), or name a profile with --profile',
  ],
  [
    /InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|AuthFailure/,
    'AWS does not know these credentials: check --profile',
  ],
  [/AccessDenied|NotAuthorized|UnauthorizedOperation/, 'This identity lacks a right: docs/reference/cli.md names those that are needed'],
  [/Region is missing/i, 'Say --region, or write `region` into the settings'],
  [/ResourceNotFound|NonExistentQueue|QueueDoesNotExist/, 'Check --region and --table, and that the stack is deployed as the settings say'],
  [/Throttling|ProvisionedThroughput|TooManyRequests|RequestLimit/, 'Try again in a moment'],
  [/ENOTFOUND|ECONN|ETIMEDOUT|EAI_|EHOSTUNREACH|TimeoutError|self.signed|certificate/i, 'Check the network, and the name of the region'],
];

/** CEXT_CLI_CLOUD: what could not be done, the words of the SDK in one line, and what to do. */
export function cloudError(what: string, cause: unknown): CextError {
  const { name, message, code } = cause as Error & { readonly code?: unknown };
  const said = (message || name || String(cause)).split('\n', 1)[0];
  const [, advice] = ADVICE.find(([words]) => words.test(`${name} ${code} ${said}`)) ?? [];
  return cliError('CEXT_CLI_CLOUD', `${what}: ${said}. ${advice ?? 'Check --profile, --region and the network'}`, {}, { cause });
}
