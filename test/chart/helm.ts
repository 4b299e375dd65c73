/** helm 3, from the cache that install-helm.sh fills. Not any helm of the PATH: its messages and its functions differ by version. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const SCRIPT = fileURLToPath(new URL('install-helm.sh', import.meta.url));
export const CHART = fileURLToPath(new URL('../../shipper/chart', import.meta.url));

/** undefined where it was not built; `test/chart/install-helm.sh` does it. */
export function findHelm(): string | undefined {
  const version = /^version=(\S+)$/m.exec(readFileSync(SCRIPT, 'utf8'))?.[1];
  const path = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cextfire', `helm-${version}`, 'helm');
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

/** A helm built by `go install` does not know a Kubernetes version by itself. */
const KUBERNETES = ['--kube-version', '1.33.0'];

/** stdout. @throws Error with what helm says */
export const helm = (command: 'lint' | 'template', values: object, ...args: string[]): string =>
  run([command, ...(command === 'template' ? ['pay-shipper'] : []), CHART], values, ...args);

function run(command: readonly string[], values: object, ...args: string[]): string {
  try {
    return execFileSync(findHelm() ?? 'helm', [...command, '--namespace', 'border', '--values', '-', ...KUBERNETES, ...args], {
      input: JSON.stringify(values),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}`);
  }
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Record<string, string> };
  readonly [field: string]: unknown;
}

export function render(values: object, release = 'pay-shipper'): readonly Manifest[] {
  return parseAllDocuments(run(['template', release, CHART], values))
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

/** What `helm install` prints; without a cluster helm shows it only as a part of a manifest. */
export function renderNotes(values: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-notes-'));
  try {
    cpSync(CHART, folder, { recursive: true });
    const template = '{{- include "shipper.checks" . }}\nkind: Notes\ntext: {{ tpl (.Files.Get "NOTES.txt") . | quote }}\n';
    writeFileSync(join(folder, 'templates', 'shown.yaml'), template);
    cpSync(join(folder, 'templates', 'NOTES.txt'), join(folder, 'NOTES.txt'));
    return (parse(run(['template', 'pay-shipper', folder], values, '--show-only', 'templates/shown.yaml')) as { text: string }).text;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
