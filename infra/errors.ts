import { CextError, defineErrors, type Subject } from '../functions/errors.ts';

export const INFRA_ERRORS = defineErrors({
  CEXT_INFRA_NO_ENVIRONMENT: {
    retry: 'never',
    meaning: 'The environment that synth was asked for has no file.',
    action: 'Name a file of infra/environments with -c environment=NAME, or give a path.',
  },
  CEXT_INFRA_TOO_LARGE: {
    retry: 'never',
    meaning: 'The environment has more clusters and managers than one CloudFormation stack can hold.',
    action: 'Divide it into several environments. All clusters of one manager must stay together: its leases are in one table.',
  },
  CEXT_INFRA_NAMES_MEET: {
    retry: 'never',
    meaning: 'Two names in the settings become one name in the stack outputs (a-1 and a1).',
    action: 'Rename one of them.',
  },
});

export function infraError(code: keyof typeof INFRA_ERRORS, message: string, subject: Subject = {}): CextError {
  return new CextError(code, INFRA_ERRORS[code], message, subject);
}
