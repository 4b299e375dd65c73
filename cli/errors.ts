import { CextError, defineErrors, type Subject } from '../functions/errors.ts';

export const CLI_ERRORS = defineErrors({
  CEXT_CLI_USAGE: {
    retry: 'never',
    meaning: 'The command line is not one that the command understands.',
    action: 'The message names the word and what to write instead; `cextfire help COMMAND` shows all of it.',
  },
  CEXT_CLI_NO_ENVIRONMENT: {
    retry: 'never',
    meaning: 'It is not said which environment is meant, or its stack is not found.',
    action: 'Say --environment NAME or FILE (or set CEXTFIRE_ENVIRONMENT), or --local beside `npm run local`.',
  },
  CEXT_CLI_NO_LOCAL: {
    retry: 'never',
    meaning: '--local was said, but no local cloud runs on this machine.',
    action: 'Start one with `npm run local` or `npm start -- --stay` in another terminal.',
  },
  CEXT_CLI_UNKNOWN_NAME: {
    retry: 'never',
    meaning: 'A firewall, cluster, rule, plan or hash of that name is not there.',
    action: 'The message lists those that are.',
  },
  CEXT_CLI_TOO_EARLY: {
    retry: 'never',
    meaning: 'A moment was asked for of which nothing is kept, or which lies in the future.',
    action: 'Ask for a later one; keepDays of the settings says how long the past is kept.',
  },
  CEXT_CLI_NOT_CONFIRMED: {
    retry: 'never',
    meaning: 'A command that changes something was not confirmed.',
    action: 'Answer y, or say -y where nobody can answer.',
  },
  CEXT_CLI_CLOUD: {
    retry: 'later',
    meaning: 'AWS, or the local cloud, did not answer as it should: credentials, rights, region or network.',
    action: 'The message holds the words of the service. Check --profile and --region, and that the stack is deployed there.',
  },
  CEXT_CLI_FILE: {
    retry: 'never',
    meaning: 'A file cannot be read or written.',
    action: 'Check path and rights.',
  },
});

export function cliError(code: keyof typeof CLI_ERRORS, message: string, subject: Subject = {}, options?: ErrorOptions): CextError {
  return new CextError(code, CLI_ERRORS[code], message, subject, options);
}

/** Wrong input: exit code 2; all else that goes wrong: 1. */
export const WRONG_INPUT: ReadonlySet<string> = new Set([
  'CEXT_CLI_USAGE',
  'CEXT_CLI_NO_ENVIRONMENT',
  'CEXT_CLI_NO_LOCAL',
  'CEXT_CLI_UNKNOWN_NAME',
  'CEXT_CLI_TOO_EARLY',
  'CEXT_CLI_FILE',
  'CEXT_SETTINGS_INVALID',
  'CEXT_INFRA_NO_ENVIRONMENT',
  'CEXT_LEDGER_APPROVAL_UNKNOWN',
  'CEXT_CLUSTER_LOG_TOO_OLD',
  'CEXT_CLUSTER_UNKNOWN',
]);
