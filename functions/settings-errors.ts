/** What can be wrong with settings, wherever they are read. */
import { defineErrors } from './errors.ts';

export const settingsErrors = defineErrors({
  CEXT_SETTINGS_INVALID: {
    retry: 'never',
    meaning: 'The settings of the environment have mistakes. Nothing is deployed or started with them.',
    action: 'Every line of the message names file, line and path of one mistake and what to do about it. Correct all of them.',
  },
  CEXT_SETTINGS_MISSING: {
    retry: 'never',
    meaning: 'A function finds no settings beside its bundle.',
    action: 'Deploy the stack again; `settings.json` is written beside every bundle.',
  },
});
