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

/** The demo environment with these firewalls in place of its own, side by side behind the one HostEndpoint of the recording; the path. */
export function writeShownEnvironment(
  folder: string,
  firewalls: readonly {
    readonly name: string;
    readonly manager: Readonly<Record<string, unknown>>;
    readonly firewall: Readonly<Record<string, unknown>>;
    readonly border: Readonly<Record<string, unknown>>;
  }[],
): string {
  const settings = parse(readFileSync(environmentFile('demo'), 'utf8')) as Record<string, Record<string, Record<string, unknown>>>;
  const pairs = settings.pairs as unknown as Record<string, unknown>[];
  const [border, pair] = [settings.borders?.[FIREWALL], pairs[0]];
  const each = (make: (one: (typeof firewalls)[number]) => Record<string, unknown>) =>
    Object.fromEntries(firewalls.map((one) => [one.name, make(one)]));
  const shown = {
    ...settings,
    managers: each(({ name, manager }) => ({ ...manager, secret: `cextfire/demo/${name}`, coalesce: '500ms' })),
    firewalls: each(({ name, firewall }) => ({ manager: name, mode: 'sync', ...firewall })),
    borders: each(({ name, border: own }) => ({ ...border, firewall: name, ...own })),
    pairs: firewalls.map(({ name }) => ({ ...pair, firewall: name })),
  };
  const path = join(folder, 'demo.yaml');
  writeFileSync(path, stringify(shown));
  return path;
}
