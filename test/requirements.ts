/**
 * What a test needs from the machine, said in one place. Under CI=true a missing need is a failure; elsewhere the tests are skipped and one
 * line says so (also appended to the file named by NOT_RUN_FILE, so that a runner can repeat the lines at the end).
 */
import { appendFileSync } from 'node:fs';
import { describe, test } from '@jest/globals';
import { findHelm } from './chart/helm.ts';
import { canInstall, findProgram, hasUserNamespaces, isRoot } from './linux-firewall/programs.ts';

/** Faults inside the cloud (a death at a request, a batch twice, a body again): no emulator makes them. Chosen, not missing: never a failure. */
const EMBEDDED = 'embedded cloud';
/** Where user namespaces will not do: an image holds files and processes of more than one id. Who runs the tests as somebody else chose so. */
const ROOT = 'root';

function missing(need: string): string | undefined {
  if (need === EMBEDDED) return process.env.CEXTFIRE_CLOUD ? 'the embedded cloud' : undefined;
  if (need === 'namespaces') return isRoot() || hasUserNamespaces() ? undefined : 'root or user namespaces';
  if (need === ROOT) return isRoot() ? undefined : ROOT;
  if (need === 'helm') return findHelm() ? undefined : 'helm 3: test/chart/install-helm.sh builds it where there is Go';
  return findProgram(need) || canInstall() ? undefined : need;
}

/** `needs('namespaces', 'nft')('a border', () => { test(...) })` is a describe that runs only where all of it is there. */
export function needs(...all: readonly string[]): (name: string, body: () => void) => void {
  return (name, body) => {
    const lacking = all.map(missing).filter((need) => need !== undefined);
    if (lacking.length === 0) {
      describe(name, body);
      return;
    }
    const line = `not run: ${name} (needs ${lacking.join(', ')})`;
    if (process.env.CI === 'true' && !all.includes(EMBEDDED) && !lacking.includes(ROOT)) {
      describe(name, () => {
        test(`needs ${lacking.join(', ')}`, () => {
          throw new Error(line);
        });
      });
      return;
    }
    process.stderr.write(`${line}\n`);
    const file = process.env.NOT_RUN_FILE;
    if (file) appendFileSync(file, `${line}\n`);
    describe.skip(name, body);
  };
}
