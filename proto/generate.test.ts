import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { generateCodecs } from './generate.ts';

const run = promisify(execFile);

test('the committed codecs are what npm run generate makes', async () => {
  await run(process.execPath, [fileURLToPath(new URL('generate.ts', import.meta.url)), '--check']);
  const committed = readFileSync(new URL('generated/shipment.js', import.meta.url), 'utf8');
  expect(generateCodecs('shipment').js).toBe(committed);
}, 60_000);
