/** A folder below the system's temporary one that is gone when this process is, however it ended: a shell waits on a pipe from here and then takes it away. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

export function temporaryFolder(name: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), `cextfire-${name}-`));
  // In a group of its own: what ends us by Ctrl-C or by our group must not end it.
  const keeper = spawn('sh', ['-c', 'read -r _; rm -rf "$1"', 'sh', path], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  keeper.on('error', () => {});
  keeper.unref();
  (keeper.stdin as Socket).on('error', () => {}).unref();
  return {
    path,
    remove: () => {
      keeper.stdin.end();
      rmSync(path, { recursive: true, force: true });
    },
  };
}
