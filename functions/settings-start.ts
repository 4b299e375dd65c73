/**
 * The settings of a function: `settings.json` beside its bundle. Synth checks a file that people write and seals what it read; a function only looks
 * at the seal, and carries no schema: docs/decisions/0214-functions-trust-sealed-settings.md
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CextError } from './errors.ts';
import type { Settings } from './settings.ts';
import { settingsErrors } from './settings-errors.ts';

/** No secret is in it: it tells what was edited by hand or damaged from what synth wrote, not friend from foe. */
const sealOf = (settings: unknown): string => createHash('sha256').update(JSON.stringify(settings)).digest('hex');

/** The text of settings.json. */
export function sealSettings(settings: Settings): string {
  return `${JSON.stringify({ seal: sealOf(settings), ...settings }, undefined, 1)}\n`;
}

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
  const settings = unsealed(text);
  if (settings) return settings;
  const message = 'settings.json is not as synth wrote it: correct the settings of the environment and deploy the stack again';
  throw new CextError('CEXT_SETTINGS_INVALID', settingsErrors.CEXT_SETTINGS_INVALID, message, { file: 'settings.json' });
}

function unsealed(text: string): Settings | undefined {
  try {
    const { seal, ...settings } = JSON.parse(text);
    return seal === sealOf(settings) ? settings : undefined;
  } catch {
    return undefined;
  }
}
