/** `npm run build:shipper`: one file, dist/shipper/cextfire-shipper.cjs, which needs nothing but Node. */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const SHIPPER_BUNDLE = fileURLToPath(new URL('../dist/shipper/cextfire-shipper.cjs', import.meta.url));
/** What Felix is told as its DataplaneDriver. Runs the bundle, so it must have been built. */
export const SHIPPER_PROGRAM = fileURLToPath(new URL('cextfire-shipper', import.meta.url));

export async function buildShipper(outfile: string = SHIPPER_BUNDLE): Promise<string> {
  // Beside it, then renamed: a shipper that starts while another process builds never reads half a file.
  mkdirSync(dirname(outfile), { recursive: true });
  const folder = mkdtempSync(join(dirname(outfile), '.building-'));
  try {
    const built = join(folder, basename(outfile));
    await build({
      entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
      outfile: built,
      bundle: true,
      platform: 'node',
      // The pinned Node is newer; in an image or on a foreign machine 20 must do.
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'],
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'linked',
      logLevel: 'warning',
    });
    renameSync(`${built}.LEGAL.txt`, `${outfile}.LEGAL.txt`);
    renameSync(built, outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return outfile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`built ${await buildShipper()}; Felix starts ${SHIPPER_PROGRAM}`);
