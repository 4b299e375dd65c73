/** Parts of the functions as they are deployed: bundled with all that is left out of a bundle (infra/bundle.ts), away from node_modules, and driven. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleFunction } from '../../infra/bundle.ts';
import { loadEnvironment } from '../../infra/environment.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface Bundled {
  readonly file: string;
  /** what the entry exports */
  load<T>(): Promise<T>;
  remove(): void;
}

/** @param entry from the root of the repository */
export async function bundled(entry: string): Promise<Bundled> {
  const { path, remove } = temporaryFolder('bundled');
  const place = join(path, 'made');
  await bundleFunction(fileURLToPath(new URL(`../../${entry}`, import.meta.url)), place, loadEnvironment('demo'));
  const file = join(place, 'index.mjs');
  return { file, load: () => import(pathToFileURL(file).href), remove };
}
