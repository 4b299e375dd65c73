/** What goes wrong between us and the box: keys, connections, leases, humans, disks. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Connector, Desired } from '../../functions/firewalls/contract.ts';
import { linux } from '../../functions/firewalls/linux/index.ts';
import { LinuxManager } from '../../functions/settings.ts';
import { needs } from '../requirements.ts';
import { addressSet, bookOf, bringTo, connectTo, contextOf, desiredOf, finish, read, rule } from './desired.ts';
import { type LinuxBorder, startLinuxBorder } from './rig.ts';

const union = (sets: readonly string[], prefixes: readonly string[] = []) => ({
  include: { sets, prefixes },
  exclude: { sets: [], prefixes: [] },
});
const TWO = ['10.10.0.1/32', '10.10.1.0/24'];

const worldWith = (members: readonly string[], ...more: Parameters<typeof rule>[]): Desired =>
  desiredOf(
    bookOf(
      [rule('r1', { source: union(['aa']) }), ...more.map((each) => rule(...each)), rule('zz', { action: 'deny' })],
      [addressSet('aa')],
    ),
    new Map([['aa', new Set(members)]]),
  );

needs(
  'namespaces',
  'nft',
  'ip',
  'sshd',
)('a real box over SSH', () => {
  let border: LinuxBorder;
  let connector: Connector;
  let fence = 1;
  beforeAll(async () => {
    border = await startLinuxBorder({ name: 'connection' });
  }, 60_000);
  beforeEach(async () => {
    await connector?.close();
    connector = connectTo(border);
    await border.nft(['flush', 'ruleset']);
  });
  afterAll(async () => {
    await connector.close();
    await border.close();
  });
  const table = () => border.nft(['list', 'table', 'inet', 'cf_edge']);
  const plan = async (desired: Desired) => connector.plan(await read(connector, desired), new Map([['edge', desired]]));

  test('a host key that is not pinned stops everything before a byte is sent', async () => {
    const other = connectTo(border, { hostKeys: [`SHA256:${'A'.repeat(43)}`] });
    await expect(read(other, worldWith(TWO))).rejects.toMatchObject({ code: 'CEXT_LINUX_HOST_KEY_CHANGED', retry: 'never' });
    await other.close();
  });

  test('a key that the box does not know is refused after the secret was read again', async () => {
    const { default: ssh2 } = await import('ssh2');
    const asked: boolean[] = [];
    const manager = LinuxManager.parse({
      vendor: 'linux',
      address: border.address,
      port: border.port,
      user: border.user,
      hostKeys: [...border.hostKeys],
      secret: 'box',
    });
    const secret = async (fresh: boolean) => {
      asked.push(fresh);
      return fresh ? border.privateKey : ssh2.utils.generateKeyPairSync('ed25519').private;
    };
    const rotated = linux.connect({ name: 'box', manager, secret, session: undefined });
    await read(rotated, worldWith(TWO));
    expect(asked).toEqual([false, true]);
    await rotated.close();
    const wrong = connectTo(border, { secret: ssh2.utils.generateKeyPairSync('ed25519').private });
    await expect(read(wrong, worldWith(TWO))).rejects.toMatchObject({ code: 'CEXT_LINUX_LOGIN_REFUSED' });
    const garbage = connectTo(border, { secret: 'no key' });
    await expect(read(garbage, worldWith(TWO))).rejects.toMatchObject({ code: 'CEXT_LINUX_SECRET_UNREADABLE' });
  });

  test('no server: unreachable, and a changed key of a server that came back is noticed', async () => {
    await read(connector, worldWith(TWO));
    const pinned = [...border.hostKeys];
    await border.stopSsh();
    await expect(read(connector, worldWith(TWO))).rejects.toMatchObject({ code: expect.stringMatching(/UNREACHABLE|CONNECTION_LOST/) });
    await border.startSsh({ newHostKey: true });
    const old = connectTo(border, { hostKeys: pinned });
    await expect(read(old, worldWith(TWO))).rejects.toMatchObject({ code: 'CEXT_LINUX_HOST_KEY_CHANGED' });
    await connector.close();
  });

  test('a connection lost in the middle of a transaction: unknown, and the next run finishes', async () => {
    const desired = worldWith(TWO);
    await bringTo(connector, desired, fence++);
    const many = Array.from({ length: 900 }, (_, at) => `10.10.${20 + (at >> 8)}.${at & 255}/32`);
    const now = worldWith([...TWO, ...many]);
    const state = (await read(connector, desired)).firewalls.get('edge');
    const [step] = connector.planMembers(state!, now, [{ set: 'aa', added: new Set(many), removed: new Set() }]);
    const running = finish(connector, step!, now, fence);
    await border.stopSsh();
    const outcome = await running;
    expect(['unknown', 'done']).toContain(outcome.kind);
    await border.startSsh();
    expect(await finish(connector, step!, now, ++fence)).toMatchObject({ kind: 'done' });
    expect((await read(connector, now, 'digest')).firewalls.get('edge')?.sets.get('aa')?.digest).toBe(now.members.digest('aa'));
  });

  test('a stale lease changes nothing, in either lane', async () => {
    const desired = worldWith(TWO);
    fence += 10;
    await bringTo(connector, desired, fence);
    const before = await table();
    const next = worldWith(TWO, ['r2', { action: 'deny' }]);
    const stale = connectTo(border);
    const { steps } = stale.plan(await read(stale, next), new Map([['edge', next]]));
    expect(await finish(stale, steps[0]!, next, fence - 1)).toMatchObject({
      kind: 'failed',
      why: { code: 'CEXT_LINUX_STALE_LEASE', retry: 'never' },
    });
    expect(await table()).toBe(before);
    const state = (await read(stale, desired)).firewalls.get('edge')!;
    const change = (add: string) => connector.planMembers(state, desired, [{ set: 'aa', added: new Set([add]), removed: new Set() }])[0]!;
    expect(await finish(stale, change('10.10.3.1/32'), desired, 5)).toMatchObject({ kind: 'done' });
    expect(await finish(connector, change('10.10.3.2/32'), desired, 7)).toMatchObject({ kind: 'done' });
    // The older holder is warm and believes that its number still stands.
    expect(await finish(stale, change('10.10.3.3/32'), desired, 5)).toMatchObject({
      kind: 'failed',
      why: { code: 'CEXT_LINUX_STALE_LEASE' },
    });
    expect(await table()).not.toContain('10.10.3.3');
    await stale.close();
  });

  test("a human's edits are shown and mended; a flushed ruleset is built anew", async () => {
    const desired = worldWith(TWO);
    await bringTo(connector, desired, fence++);
    const clean = (text: string) => text.replace(/elements = \{ 0x[^}]*\}/g, '').replace(/packets \d+ bytes \d+/g, '');
    const before = clean(await table());
    const chain = /chain (cf_rr1_\w+)/.exec(before)?.[1];
    const list = /chain (cf_o\w+)/.exec(before)?.[1];
    await border.nft(['insert', 'rule', 'inet', 'cf_edge', chain!, 'ip', 'daddr', '192.0.2.9', 'accept']);
    await border.nft(['add', 'rule', 'inet', 'cf_edge', list!, 'reject']);
    await border.nft(['add', 'chain', 'inet', 'cf_edge', 'mine']);
    const found = (await read(connector, desired)).firewalls.get('edge');
    expect(found?.drift.map(({ object }) => object).join()).toContain(chain!);
    expect(JSON.stringify(found?.drift)).toContain('reject');
    expect(JSON.stringify(found?.drift)).toContain('chain mine');
    await bringTo(connector, desired, fence++);
    expect(clean(await table())).toBe(before);
    expect((await plan(desired)).steps).toEqual([]);
    await border.nft(['flush', 'ruleset']);
    await bringTo(connector, desired, fence++);
    expect(clean(await table())).toBe(before);
  });

  test('the plan that a flush overtook fails as drift, not as a bug', async () => {
    const desired = worldWith(TWO);
    await bringTo(connector, desired, fence++);
    const { steps } = await plan(worldWith(TWO, ['r2', { action: 'deny' }]));
    await border.nft(['flush', 'ruleset']);
    expect(await finish(connector, steps[0]!, desired, fence)).toMatchObject({
      kind: 'failed',
      why: { code: 'CEXT_LINUX_DRIFT', retry: 'verify' },
    });
  });

  test('a table of our name that is not ours is left alone', async () => {
    await border.nft(['-f', '-'], 'table inet cf_edge { chain theirs { accept; }\n }');
    const { steps, conditions } = await plan(worldWith(TWO));
    expect(steps).toEqual([]);
    expect(conditions).toMatchObject([{ code: 'CEXT_LINUX_NAME_TAKEN' }]);
  });

  test("an administrator's chain that drops what we allow is told, one that does not is not", async () => {
    const desired = worldWith(TWO);
    await border.nft(
      ['-f', '-'],
      'table inet admin { chain f { type filter hook forward priority 0; policy drop; ct state established accept; oifname "other" accept; }\n }',
    );
    await bringTo(connector, desired, fence++);
    const told = async () => (await read(connector, desired)).firewalls.get('edge')?.conditions ?? [];
    expect(await told()).toMatchObject([{ code: 'CEXT_LINUX_FOREIGN_DROP', message: expect.stringContaining('inet admin f') }]);
    await border.nft(['add', 'rule', 'inet', 'admin', 'f', 'iifname', 'inside', 'accept']);
    expect(await told()).toEqual([]);
    // A set that stands there still and is no longer wanted: its members are nobody's to ask for.
    await border.nft(['flush', 'chain', 'inet', 'admin', 'f']);
    const without = worldWith([]);
    const strict: Desired = {
      ...without,
      rulebook: { rules: [], sets: new Map() },
      members: {
        members: (set) => {
          throw new RangeError(`no set ${set}`);
        },
        digest: () => '',
      },
    };
    await expect(read(connector, strict, 'none')).resolves.toBeDefined();
    // Nor are those of a cluster that was taken out of the settings and whose rules are held.
    await expect(read(connector, { ...strict, rulebook: desired.rulebook }, 'none')).resolves.toBeDefined();
  });

  test('a reboot brings back what was saved; a disk that takes nothing leaves the last good file', async () => {
    const desired = worldWith(
      [...TWO, 'fd00:10:10::5/128'],
      ['r2', { translation: { kind: 'pool', pool: 'p', ranges: [1n, 9n].map((at) => ({ family: 4, first: at, last: at })) } }],
    );
    await bringTo(connector, desired, fence++);
    await border.reboot();
    expect((await plan(desired)).steps).toEqual([]);
    const file = join(border.stateDir, 'cf_edge.nft');
    const good = readFileSync(file, 'utf8');
    const save = (await plan(worldWith(TWO))).steps.at(-1)!;
    rmSync(border.stateDir, { recursive: true });
    writeFileSync(border.stateDir, 'in the way');
    expect(await finish(connector, save, desired, fence)).toMatchObject({
      kind: 'failed',
      why: { code: 'CEXT_LINUX_SAVE_FAILED', retry: 'later' },
    });
    rmSync(border.stateDir);
    mkdirSync(border.stateDir);
    chmodSync(border.stateDir, 0o700);
    expect(await finish(connector, save, desired, fence)).toMatchObject({ kind: 'done' });
    expect(existsSync(file)).toBe(true);
    expect(good).toContain('delete table inet cf_edge');
  });

  test('whatever people type is data', async () => {
    const odd = '"; flush ruleset; } $(reboot) `id` \\ \n\u0000 é {drop}';
    const origin = {
      cluster: 'pay',
      tier: odd,
      policy: { kind: 'GlobalNetworkPolicy', namespace: odd, name: odd.repeat(20) },
      annotations: { ticket: odd },
    };
    await border.nft(['-f', '-'], 'table ip admin { }');
    const desired = worldWith([...TWO, odd, '10.10.0.9/32; flush ruleset'], ['r2', { origin, log: true }]);
    await bringTo(connector, desired, fence++);
    expect((await plan(desired)).steps).toEqual([]);
    expect(await border.nft(['list', 'tables'])).toContain('table ip admin');
    expect(await table()).not.toContain('reboot`');
    await expect(border.nft(['list', 'set', 'inet', 'cf_edge', 'cf_saa_4h'])).resolves.not.toContain('10.10.0.9');
  });

  test('a large set is filled in parts that another run continues', async () => {
    const members = Array.from({ length: 50_000 }, (_, at) => `10.${64 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}/32`);
    const desired = worldWith(members);
    const { steps } = await plan(desired);
    const [prepare, fill, ...rest] = steps;
    await finish(connector, prepare!, desired, fence);
    const first = await connector.execute(fill!, contextOf(desired, fence, undefined, Date.now() + 50));
    expect(first.kind).toBe('again');
    await connector.close();
    connector = connectTo(border);
    let outcome = first;
    let calls = 0;
    while (outcome.kind === 'again' && calls++ < 200)
      outcome = await connector.execute(fill!, contextOf(desired, ++fence, outcome.progress, Date.now() + 2000));
    expect(outcome.kind).toBe('done');
    for (const step of rest) expect(await finish(connector, step, desired, fence)).toMatchObject({ kind: 'done' });
    expect((await read(connector, desired, 'digest')).firewalls.get('edge')?.sets.get('aa')).toMatchObject({
      size: 50_000,
      digest: desired.members.digest('aa'),
    });
  }, 60_000);

  test('one rule among many changes by few lines, and what stays keeps its counter and its place', async () => {
    const many = Array.from({ length: 400 }, (_, at) => rule(`m${at}`, { destination: union([], [`203.0.${at >> 8}.${at & 255}/32`]) }));
    const book = (rules: readonly ReturnType<typeof rule>[]) => desiredOf(bookOf(rules));
    await bringTo(connector, book(many), fence++);
    const before = await border.nft(['-a', 'list', 'table', 'inet', 'cf_edge']);
    const changed = [...many.slice(0, 200), rule('new', { action: 'deny' }), ...many.slice(201)];
    const { steps } = await plan(book(changed));
    const lines = steps.flatMap(({ payload }) => (payload as { lines?: string[] }).lines ?? []);
    expect(lines.filter((line) => / cf_o\w+ /.test(line)).length).toBe(2);
    expect(lines.length).toBeLessThan(14);
    await bringTo(connector, book(changed), fence++);
    const after = await border.nft(['-a', 'list', 'table', 'inet', 'cf_edge']);
    const kept = (text: string, id: string) => new RegExp(`jump cf_r${id}_.* handle \\d+`).exec(text)?.[0];
    for (const id of ['m0', 'm199', 'm201', 'm399']) expect(kept(after, id)).toBe(kept(before, id));
    expect(kept(after, 'm200')).toBeUndefined();
    expect((await plan(book(changed))).steps).toEqual([]);
    // Turned round there are too many edits: the list is written anew and one jump is moved.
    const turned = book([...changed].reverse());
    await bringTo(connector, turned, fence++);
    expect((await read(connector, turned)).firewalls.get('edge')?.rulebook.rules.map(({ id }) => id)).toEqual(
      turned.rulebook.rules.map(({ id }) => id),
    );
    expect((await plan(turned)).steps).toEqual([]);
  }, 60_000);
});
