/** Loaded before a program under soak (`--import`): at SIGUSR2 it collects its garbage and writes what is left, in bytes, to HEAP_FILE. */
import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const file = process.env.HEAP_FILE;
if (file) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => {
    // Twice: what lies outside the heap goes only with the collection after the one that found it dead.
    collect();
    collect();
    // Renamed: whoever waits for it never reads half a number.
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(`${file}.new`, String(heapUsed + external));
    renameSync(`${file}.new`, file);
  });
}
