/** Jest transformer: strips the types of one file with esbuild. TypeScript 7 has no compiler API for ts-jest. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformSync, version } from 'esbuild';

const self = readFileSync(new URL(import.meta.url));

export default {
  getCacheKey: (source, path) => createHash('sha256').update(self).update(version).update(path).update('\0').update(source).digest('hex'),
  process: (source, sourcefile) =>
    transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node24',
      sourcemap: 'inline',
      sourcefile,
      supported: { 'import-attributes': true },
    }),
};
