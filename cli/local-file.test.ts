import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findLocalCloud, writeLocalFile } from './local-file.ts';

const place = () => ({ XDG_RUNTIME_DIR: mkdtempSync(join(tmpdir(), 'cextfire-local-')) });
const cloud = (environment: string) => ({
  environment,
  settingsFile: `/etc/${environment}.yaml`,
  variables: {},
  outputs: { TableName: 't' },
});

test('a local cloud is found while it runs, and not after', () => {
  const variables = place();
  expect(() => findLocalCloud(undefined, variables)).toThrow('no local cloud runs here; start one with');
  const forget = writeLocalFile(cloud('demo'), variables);
  expect(findLocalCloud(undefined, variables)).toMatchObject({ environment: 'demo', outputs: { TableName: 't' } });
  expect(findLocalCloud('/etc/demo.yaml', variables).environment).toBe('demo');
  expect(() => findLocalCloud('prod', variables)).toThrow('no local cloud of environment prod runs here; there run: demo');
  forget();
  expect(() => findLocalCloud(undefined, variables)).toThrow('no local cloud runs here');
});

test('of several one must be named', () => {
  const variables = place();
  writeLocalFile(cloud('demo'), variables);
  writeLocalFile(cloud('lab'), variables);
  expect(() => findLocalCloud(undefined, variables)).toThrow('2 local clouds run here (demo, lab); name one with --environment');
  expect(findLocalCloud('lab', variables).environment).toBe('lab');
});

test('a file of a process that is gone, and one that is none, are passed over; the folder is for its user alone', () => {
  const variables = place();
  writeLocalFile(cloud('demo'), variables);
  const [name = ''] = readdirSync(variables.XDG_RUNTIME_DIR);
  const folder = join(variables.XDG_RUNTIME_DIR, name);
  expect(statSync(folder).mode & 0o077).toBe(0);
  writeFileSync(join(folder, 'broken.json'), '{');
  // No process has this number: it is above every limit of Linux.
  writeFileSync(join(folder, 'gone.json'), JSON.stringify({ format: 1, ...cloud('gone'), pid: 2 ** 22 + 1 }));
  expect(findLocalCloud(undefined, variables).environment).toBe('demo');
  expect(() => findLocalCloud(undefined, { CEXTFIRE_LOCAL: join(folder, 'broken.json') })).toThrow('is not one that a local cloud wrote');
});
