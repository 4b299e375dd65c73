/** Completion in the shells that people have, on a terminal. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findProgram, requirePrograms } from '../linux-firewall/programs.ts';
import { needs } from '../requirements.ts';
import { SHELLS, Shell } from './shell.ts';

describe.each(SHELLS)('%s', (name) => {
  needs(name, 'script')(`completion in ${name}`, () => {
    let shell: Shell;
    beforeAll(() => {
      if (!findProgram(name)) requirePrograms([name], () => undefined);
      shell = new Shell(name);
    });
    afterAll(async () => {
      await shell?.close();
    });

    test.each([
      ['stat', ['status']],
      ['help th', ['help', 'thaw']],
      ['history --sin', ['history', '--since']],
      ['status -o t', ['status', '-o', 'table']],
      ['status --output=j', ['status', '--output=json']],
      ['explain --direction i', ['explain', '--direction', 'ingress']],
      ['-e exam', ['-e', 'example']],
      ['-e example freeze fr', ['-e', 'example', 'freeze', 'frankfurt']],
      ['-e example audit pa', ['-e', 'example', 'audit', 'panorama']],
      ['resync --environment=example pay', ['resync', '--environment=example', 'payments']],
      ['check package-l', ['check', 'package-lock.json']],
      ['-e example freeze x', ['-e', 'example', 'freeze', 'x']],
      ['s', ['s']],
    ])('"cextfire %s" and Tab', async (line, words) => {
      expect(await shell.complete(line)).toEqual(words);
    });
  });
});
