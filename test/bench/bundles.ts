/** Size of every function's bundle as it is deployed, and how long a fresh process takes to load its module. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunction } from '../../infra/bundle.ts';
import { loadEnvironment } from '../../infra/environment.ts';
import { quantile, type Row } from './row.ts';

const entry = (name: string) => fileURLToPath(new URL(`../../functions/${name}`, import.meta.url));
const FUNCTIONS = {
  ingest: entry('ingest/handler.ts'),
  'apply to Linux': entry('apply/on-linux.ts'),
  'apply to Palo Alto': entry('apply/on-panos.ts'),
} as const;
const RUNS = 7;

export async function benchBundles(): Promise<readonly Row[]> {
  // Away from node_modules: what a bundle lacks, it lacks here as in the cloud.
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-bundles-'));
  try {
    const bare = startTimes(join(folder, 'nothing.mjs'), '');
    const rows: Row[] = [{ name: 'an empty module, fresh process, median', value: quantile(bare, 0.5), unit: 'ms' }];
    for (const [name, file] of Object.entries(FUNCTIONS)) {
      const made = join(folder, name.replaceAll(' ', '-'));
      await bundleFunction(file, made, loadEnvironment('demo'));
      const bytes = statSync(join(made, 'index.mjs')).size;
      const times = startTimes(join(made, 'load.mjs'), "await import('./index.mjs');");
      rows.push(
        { name: `${name}: bundle`, value: bytes / 1e6, unit: 'MB', aim: '< 1' },
        {
          name: `${name}: module loaded in a fresh process, median`,
          value: quantile(times, 0.5) - quantile(bare, 0.5),
          unit: 'ms',
          aim: '< 400',
        },
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Processor time of a whole process that runs this module, in ms: what else runs on the machine counts little. */
function startTimes(file: string, code: string): number[] {
  writeFileSync(file, `${code}\nconst { user, system } = process.cpuUsage();\nconsole.log((user + system) / 1000);\nprocess.exit(0);\n`);
  return Array.from({ length: RUNS }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [file], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', AWS_REGION: 'eu-central-1' },
    });
    if (status !== 0) throw new Error(`${file} does not load: ${stderr}`);
    return Number(stdout);
  });
}
