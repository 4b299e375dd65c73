/** Finds the settings file of one environment: a name is infra/environments/NAME.yaml, anything with a slash or an extension is a path. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../functions/settings.ts';
import { parseSettings } from '../functions/settings-file.ts';
import { infraError } from './errors.ts';

const folder = fileURLToPath(new URL('environments/', import.meta.url));

export function environmentFile(nameOrPath: string): string {
  const isPath = nameOrPath.includes('/') || extname(nameOrPath) !== '';
  const path = isPath ? resolve(nameOrPath) : join(folder, `${nameOrPath}.yaml`);
  if (existsSync(path)) return path;
  throw infraError(
    'CEXT_INFRA_NO_ENVIRONMENT',
    `There is no environment file ${path}. Known environments: ${environmentNames().join(', ') || 'none'}. Name one of them, or the path of a file.`,
    { file: path },
  );
}

/** Of the files in infra/environments. */
export const environmentNames = (): string[] =>
  readdirSync(folder)
    .filter((name) => extname(name) === '.yaml')
    .map((name) => basename(name, '.yaml'));

/** @throws CEXT_INFRA_NO_ENVIRONMENT, and what parseSettings finds wrong in the file */
export function loadEnvironment(nameOrPath: string): Settings {
  const path = environmentFile(nameOrPath);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw infraError('CEXT_INFRA_NO_ENVIRONMENT', `${path} cannot be read: ${(error as Error).message}. Name a settings file.`, {
      file: path,
    });
  }
  return parseSettings(text, path);
}
