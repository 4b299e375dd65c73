/**
 * Reads settings at the start of a function: the `settings.json` that synth wrote beside the bundle, with the same schema and the same checks.
 * No YAML here: a mistake in this file is a broken deployment, not something a person typed, and needs no line to be found.
 */
import { readFileSync } from 'node:fs';
import { CextError } from './errors.ts';
import { Settings } from './settings.ts';
import { crossCheck } from './settings-checks.ts';
import { settingsErrors } from './settings-errors.ts';

/**
 * @param base import.meta.url of the handler
 * @throws CEXT_SETTINGS_MISSING, CEXT_SETTINGS_INVALID
 */
export function loadSettings(base: string | URL): Settings {
  const url = new URL('settings.json', base);
  let text: string;
  try {
    text = readFileSync(url, 'utf8');
  } catch (cause) {
    throw new CextError('CEXT_SETTINGS_MISSING', settingsErrors.CEXT_SETTINGS_MISSING, `no settings at ${url.pathname}`, {}, { cause });
  }
  const parsed = Settings.safeParse(jsonOf(text));
  const mistakes = parsed.success
    ? crossCheck(parsed.data)
    : parsed.error.issues.map(({ path, message }) => ({ path, text: `${message}; deploy the stack again` }));
  if (parsed.success && mistakes.length === 0) return parsed.data;
  refuse(mistakes.map(({ path, text: what }) => `${path.map(String).join('.') || '(whole file)'}: ${what}`));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse([`not JSON: ${(error as Error).message}; deploy the stack again`]);
  }
}

function refuse(mistakes: readonly string[]): never {
  const lines = mistakes.map((mistake) => `settings.json ${mistake}`).join('\n');
  throw new CextError('CEXT_SETTINGS_INVALID', settingsErrors.CEXT_SETTINGS_INVALID, lines, { file: 'settings.json' });
}
