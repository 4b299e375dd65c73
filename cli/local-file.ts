/**
 * Where a local cloud (`npm run local`, `npm start -- --stay`) says how it is reached, and where --local finds it: one small file per cloud in a folder
 * of this user, below the runtime folder or the system's temporary one. CEXTFIRE_LOCAL names one file instead.
 */
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { cliError } from './errors.ts';

const LocalCloud = z.object({
  format: z.literal(1),
  environment: z.string(),
  settingsFile: z.string(),
  /** what an AWS SDK reads from its environment */
  variables: z.record(z.string(), z.string()),
  outputs: z.record(z.string(), z.string()),
  pid: z.int(),
});
export type LocalCloud = z.infer<typeof LocalCloud>;

type Variables = Readonly<Record<string, string | undefined>>;
const own = () => userInfo().uid;
const folderOf = (variables: Variables) => join(variables.XDG_RUNTIME_DIR || tmpdir(), `cextfire-local-${own()}`);

const fileOf = ({ environment, pid }: Pick<LocalCloud, 'environment' | 'pid'>, variables: Variables) =>
  join(folderOf(variables), `${environment}-${pid}.json`);

/** Returns what takes it away again. */
export function writeLocalFile(cloud: Omit<LocalCloud, 'format' | 'pid'>, variables: Variables = process.env): () => void {
  const folder = folderOf(variables);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = fileOf({ environment: cloud.environment, pid: process.pid }, variables);
  writeFileSync(path, JSON.stringify({ format: 1, ...cloud, pid: process.pid } satisfies LocalCloud, null, 2), { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

/** @throws CEXT_CLI_NO_LOCAL */
export function findLocalCloud(environment: string | undefined, variables: Variables): LocalCloud {
  const named = variables.CEXTFIRE_LOCAL;
  if (named) return readLocal(named);
  const alive = list(folderOf(variables)).filter((cloud) => isAlive(cloud.pid));
  const fitting =
    environment === undefined ? alive : alive.filter((cloud) => [cloud.environment, cloud.settingsFile].includes(environment));
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only;
  if (only) {
    const names = [...new Set(fitting.map((cloud) => cloud.environment))];
    const files = fitting.map((cloud) => fileOf(cloud, variables)).join(' or ');
    const how = names.length > 1 ? 'name one with --environment' : `say which with CEXTFIRE_LOCAL=${files}`;
    throw cliError('CEXT_CLI_NO_LOCAL', `${fitting.length} local clouds run here (${names.join(', ')}); ${how}`);
  }
  const running = alive.length > 0 ? `; there run: ${alive.map((cloud) => cloud.environment).join(', ')}` : '';
  const what = environment === undefined ? 'no local cloud runs here' : `no local cloud of environment ${environment} runs here`;
  throw cliError('CEXT_CLI_NO_LOCAL', `${what}${running}; start one with "npm run local" or "npm start -- --stay"`);
}

/** Only what this user wrote: a file that somebody else put there could lead anywhere. */
function list(folder: string): LocalCloud[] {
  try {
    const about = lstatSync(folder);
    if (!about.isDirectory() || about.uid !== own()) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && statSync(join(folder, name)).uid === own())
      .flatMap((name) => {
        try {
          return [readLocal(join(folder, name))];
        } catch {
          return [];
        }
      });
  } catch {
    return [];
  }
}

function readLocal(path: string): LocalCloud {
  try {
    return LocalCloud.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'is not one that a local cloud wrote';
    throw cliError(
      'CEXT_CLI_NO_LOCAL',
      `${path} ${why}; start one with "npm run local" or "npm start -- --stay"`,
      { file: path },
      { cause },
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
