/** What is wrong on the way gives one clear error with its code, and the border keeps its last good state. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Mark, readRecording } from '../felix/recording.ts';
import { needs } from '../requirements.ts';
import { expectBorder, expectVerdicts } from './scene.ts';
import { NEEDS, World } from './world.ts';

const MINUTES = 60_000;
const recording = readRecording('01-first-rule', 'v3.32.1');
const [start, comes] = recording.marks as [Mark, Mark];
const edited = recording.marks.find(({ step }) => step === 'policy edited') as Mark;

needs(...NEEDS)('what is wrong on the way', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ visibilitySeconds: 5 });
  }, 3 * MINUTES);
  beforeEach(() => world.fresh({ withSecret: false }), 2 * MINUTES);
  afterEach(async () => {
    expect(await world.foreign()).toBe(world.foreignBefore);
  }, MINUTES);
  afterAll(() => world?.close(), MINUTES);

  /** The trouble is over; somebody looks again. */
  async function mended(mark: Mark): Promise<void> {
    await world.anyCloud.runSchedules();
    await world.arrive(recording, mark);
    await expectVerdicts(world, recording, mark);
  }

  test(
    'a missing secret: nothing is written; once it is there all is done',
    async () => {
      await world.send(recording, start);
      await world.told('CEXT_APPLY_SECRET');
      expect(await world.transactions.take()).toEqual([]);
      await world.giveSecret();
      await mended(start);
    },
    3 * MINUTES,
  );

  needs('embedded cloud')('on the queue', () => {
    test.each([
      ['no shipment at all', () => 'bm8gc2hpcG1lbnQ='],
      // In the middle: near the front stand the tables of the compression, of which some bits mean nothing.
      ['a corrupted part', (body: string) => withOtherCharacter(body, body.length >> 1)],
      ['a part that was cut off', (body: string) => body.slice(0, body.length / 2)],
    ])(
      '%s: told with its code, not stored, and the next step goes on',
      async (_, damage) => {
        await world.giveSecret();
        await world.play(recording, start);
        await world.transactions.take();
        await world.redeliver(damage(world.bodies[0] ?? ''), 'damaged');
        await world.settle();
        const poisoned = () => world.cloud.logs.filter(({ text }) => text.includes('"kind":"poison"'));
        await world.until('the log to be read', () => poisoned().length > 0);
        expect(poisoned().map(({ text }) => JSON.parse(text).code)).toEqual(['CEXT_SHIPMENT_UNREADABLE']);
        expect(await world.transactions.take()).toEqual([]);
        await expectVerdicts(world, recording, start);
        await world.play(recording, comes);
        await expectVerdicts(world, recording, comes);
      },
      3 * MINUTES,
    );
  });

  test(
    'nft refuses the script: the last good rules stay, and what nft said is told',
    async () => {
      await world.giveSecret();
      await world.play(recording, start);
      const nft = join(dirname(world.judge.border.stateDir), 'nft-counted');
      const good = readFileSync(nft, 'utf8');
      writeFileSync(
        nft,
        good.replace('\n', "\ncase $* in *-f*) cat >/dev/null; echo 'Error: syntax error, unexpected frobnicate' >&2; exit 1 ;; esac\n"),
      );
      await world.transactions.take();
      await world.send(recording, edited);
      expect(await world.told('CEXT_LINUX_REFUSED')).toContain('unexpected frobnicate');
      expect(await world.transactions.take()).toEqual([]);
      await expectBorder(world, 'refused', recording, start);
      writeFileSync(nft, good);
      await mended(edited);
    },
    3 * MINUTES,
  );

  test(
    'a full disk on the box: the rules are in force, the saved file is that of the last good state',
    async () => {
      const { border } = world.judge;
      const { stateDir } = border;
      // In the box's own mounts: nobody has to be root for it, and nobody else sees it.
      const onBox = async (...argv: string[]) => {
        const { code, stdout, stderr } = await border.run('firewall', argv);
        return code === 0 ? stdout : `${argv[0]} failed: ${stderr}`;
      };
      const saved = () => onBox('cat', join(stateDir, 'cf_edge.nft'));
      expect(await onBox('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', stateDir)).toBe('');
      try {
        await world.giveSecret();
        await world.play(recording, start);
        const before = await saved();
        expect(before).toContain('table inet cf_edge');
        expect(await onBox('dd', 'if=/dev/zero', `of=${join(stateDir, 'junk')}`, 'bs=128k', 'count=1')).toContain('No space left');
        await world.send(recording, edited);
        await world.told('CEXT_LINUX_SAVE_FAILED');
        expect(await saved()).toBe(before);
        await expectVerdicts(world, recording, edited);
        expect(await onBox('rm', join(stateDir, 'junk'))).toBe('');
        await mended(edited);
        // The next change of structure is saved again.
        await world.felixDies();
        await world.play(recording, start);
        expect(await saved()).not.toBe(before);
      } finally {
        expect(await onBox('umount', stateDir)).toBe('');
      }
    },
    3 * MINUTES,
  );

  test(
    'a changed SSH host key: not a byte is sent, and the border stays as it was',
    async () => {
      await world.giveSecret();
      await world.play(recording, start);
      await world.transactions.take();
      await world.judge.border.stopSsh();
      await world.judge.border.startSsh({ newHostKey: true });
      await world.send(recording, edited);
      await world.told('CEXT_LINUX_HOST_KEY_CHANGED');
      expect(await world.transactions.take()).toEqual([]);
      await expectBorder(world, 'another host key', recording, start);
    },
    3 * MINUTES,
  );
});

const withOtherCharacter = (text: string, at: number): string => `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
