/** The demo environment with a firewall that was just started: its address, port and host key are written over those of the file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { environmentFile } from '../../infra/environment.ts';
import type { LinuxBorder } from '../linux-firewall/rig.ts';

export const CLUSTER = 'payments';
export const FIREWALL = 'edge';

/** Writes the settings into `folder`; the path. `change` may edit them before. */
export function writeDemoEnvironment(
  folder: string,
  border: LinuxBorder,
  change: (settings: DemoSettings) => void = () => undefined,
): string {
  const settings = parse(readFileSync(environmentFile('demo'), 'utf8')) as DemoSettings;
  const { address, port, user, hostKeys } = border;
  settings.managers[FIREWALL] = { ...settings.managers[FIREWALL], address, port, user, hostKeys: [...hostKeys] };
  change(settings);
  const path = join(folder, 'demo.yaml');
  writeFileSync(path, stringify(settings));
  return path;
}

/** As written, before any default is filled in. */
export interface DemoSettings {
  managers: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}
