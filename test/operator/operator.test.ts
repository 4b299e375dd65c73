/** The command as an operator has it: the program itself, against the local cloud with the real functions and a real firewall behind them. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeLocalFile } from '../../cli/local-file.ts';
import { NEEDS, World } from '../end-to-end/world.ts';
import { listVersions, readRecording } from '../felix/recording.ts';
import { needs } from '../requirements.ts';
import { Shell } from './shell.ts';

const program = fileURLToPath(new URL('../../cli/cextfire.js', import.meta.url));

needs(
  ...NEEDS,
  'bash',
  'script',
)('cextfire --local', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-operator-'));
  const variables = { XDG_RUNTIME_DIR: folder };
  const recording = readRecording('01-first-rule', listVersions('01-first-rule').at(-1) ?? '');
  let world: World;
  let forget: () => void;

  beforeAll(async () => {
    world = await World.start();
    await world.fresh();
    const { anyCloud, settingsFile } = world;
    forget = writeLocalFile({ environment: 'demo', settingsFile, variables: anyCloud.variables, outputs: anyCloud.outputs }, variables);
    const [start] = recording.marks;
    if (start) await world.play(recording, start);
  }, 120_000);
  afterAll(async () => {
    forget?.();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  function type(...words: string[]): Promise<{ code: number; out: string; error: string }> {
    return new Promise((resolve) => {
      const env = { PATH: process.env.PATH ?? '', USER: 'ann', ...variables };
      execFile(process.execPath, [program, ...words, '--local'], { env }, (error, out, said) =>
        resolve({ code: Number(error?.code ?? 0), out, error: said }),
      );
    });
  }
  const json = async (...words: string[]) => JSON.parse((await type(...words, '-o', 'json')).out);

  test('tells what stands on the firewall and what becomes of a packet, as the firewall itself does', async () => {
    const status = await json('status');
    expect(status.firewalls).toEqual([expect.objectContaining({ firewall: 'edge', mode: 'sync', behind: [] })]);
    expect(status.clusters).toEqual([expect.objectContaining({ cluster: 'payments', state: 'in sync' })]);
    const rows = recording.verdicts().filter(({ step }) => step === recording.marks[0]?.step);
    const row = rows.find(
      ({ dir, verdict, src, proto }) => dir === 'egress' && verdict === 'allow' && proto === 'tcp' && src.startsWith('10.10.'),
    );
    if (!row) throw new Error('the recording has no allowed packet');
    const { answers } = await json('explain', row.src, row.dst, `tcp/${row.dport}`, '--source-port', row.sport);
    expect(answers[0]).toMatchObject({ verdict: 'allow', agrees: true });
    const listed = await world.judge.border.nft(['list', 'table', 'inet', 'cf_edge']);
    expect(listed).toContain(answers[0].onFirewall.rule.name);
    const why = await json('why', answers[0].onFirewall.rule.name);
    expect(why.rules[0]).toMatchObject({ present: true, origin: { cluster: 'payments', policy: { name: 'border.payments-out' } } });
  }, 60_000);

  test('rules of the firewall are completed in a shell', async () => {
    const { rules } = await json('why', 'border.payments-out');
    const [{ name }] = rules;
    const shell = new Shell('bash', { ...variables, USER: 'ann' });
    try {
      expect(await shell.complete(`--local why ${name.slice(0, 8)}`)).toEqual(['--local', 'why', name]);
      expect(await shell.complete('why --local border.p')).toEqual(['why', '--local', 'border.payments-out']);
    } finally {
      await shell.close();
    }
  }, 60_000);

  test('freezes and thaws for good: what the cluster says meanwhile waits, and who did it is in the history', async () => {
    expect((await type('freeze', 'edge', '--why', 'change window', '-y')).code).toBe(0);
    const listed = () => world.judge.border.nft(['list', 'table', 'inet', 'cf_edge']);
    const before = await listed();
    const next = recording.marks[1];
    if (next) await world.send(recording, next);
    // Apply has looked and says that it may not.
    await world.until('the freeze to be told', async () => (await world.conditions()).some(({ code }) => code === 'CEXT_APPLY_FROZEN'));
    expect(await listed()).toBe(before);
    const frozen = await type('status');
    expect(frozen.out).toContain('frozen by ann@');
    expect(frozen.out).toMatch(/members of 1 set of payments behind/);
    expect((await type('thaw', 'edge', '-y')).code).toBe(0);
    await world.until('what has waited to be written', async () => (await listed()) !== before);
    const { actions } = await json('history', '--since', '1h');
    expect(actions.map(({ what, who }: { what: string; who: string }) => `${what} ${who.split('@', 1)[0]}`)).toEqual([
      'freeze ann',
      'thaw ann',
    ]);
  }, 90_000);

  test('resync reaches the shipper, which answers with a snapshot', async () => {
    const before = (await json('status')).clusters[0].position;
    expect((await type('resync', 'payments', '-y')).code).toBe(0);
    let after = before;
    for (const end = Date.now() + 20_000; after === before && Date.now() < end; ) after = (await json('status')).clusters[0].position;
    expect(after).toBeGreaterThan(before);
  }, 60_000);

  test.each([
    ['Ctrl-C', '\x03', 130, 'cextfire: interrupted; nothing was done'],
    ['Ctrl-D', '\x04', 1, 'not confirmed; nothing was done'],
    ['no', 'n\n', 1, 'not confirmed; nothing was done'],
  ])(
    '%s at the question ends it, and nothing was done',
    async (_, key, code, said) => {
      const env = { ...process.env, ...variables, USER: 'ann' };
      const child = spawn('script', ['-qefc', `'${program}' freeze edge --why x --local`, '/dev/null'], { env, stdio: 'pipe' });
      let out = '';
      child.stdout.on('data', (data: Buffer) => {
        if (!out.includes('[y/N]') && `${out}${data}`.includes('[y/N]')) child.stdin.write(key);
        out += data.toString();
      });
      const ended = await new Promise((resolve) => child.once('exit', resolve));
      expect([ended, out]).toEqual([code, expect.stringContaining(said)]);
      expect((await json('status')).firewalls[0].frozen).toBeNull();
    },
    60_000,
  );

  test('writes the report, and asks before it changes anything', async () => {
    const file = join(folder, 'report.html');
    expect((await type('report', '-o', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('border.payments-out');
    const nobody = await type('audit');
    expect([nobody.code, nobody.error]).toEqual([1, expect.stringContaining('CEXT_CLI_NOT_CONFIRMED')]);
  }, 60_000);
});
