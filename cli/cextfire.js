#!/usr/bin/env node
// The command on any Node from 18 on: the program itself is TypeScript that Node 24 runs as it is. Node 24 comes with `npm ci` as a package.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('main.ts', import.meta.url));
const candidates = [`../node_modules/node-${process.platform}-${process.arch}/bin/node`, '../node_modules/node/bin/node'];
const pinned = candidates.map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) => existsSync(path));
const own = Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined;
const node = own ?? pinned;

if (!node) {
  process.stderr.write(
    `cextfire: needs Node 24, this is ${process.versions.node} and the pinned one is not installed; run "npm ci" in the checkout first\n`,
  );
  process.exitCode = 1;
} else {
  const child = spawn(node, ['--no-warnings', program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, as it is of the same process group; here it must only not end the parent first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void (signal !== 'SIGINT' && child.kill(signal)));
  child.once('error', (error) => {
    process.stderr.write(`cextfire: ${node} does not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = signal ? 130 : (code ?? 1);
  });
}
