/** The SSH of the Linux function, bundled, against a real OpenSSH that speaks one algorithm at a time: nothing that it may ask for was left out. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type Server, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import type * as box from '../../functions/firewalls/linux/box.ts';
import { LinuxManager } from '../../functions/settings.ts';
import { isRoot, requirePrograms } from '../linux-firewall/programs.ts';
import { needs } from '../requirements.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { type Bundled, bundled } from './bundled.ts';

/** What ssh2 offers where nobody says otherwise, and we do not. */
const algorithms: Readonly<Record<`DEFAULT_${'KEX' | 'CIPHER' | 'MAC' | 'SERVER_HOST_KEY'}`, readonly string[]>> = createRequire(
  import.meta.url,
)('ssh2/lib/protocol/constants.js');

/** Says yes to everything: what it would do is no matter here. */
const FORCED = 'echo ready; while read -r request; do echo 0 4; printf done; done';
const KINDS = [
  ['ed25519', {}],
  ['ecdsa', { bits: 256 }],
  ['ecdsa', { bits: 384 }],
  ['ecdsa', { bits: 521 }],
  ['rsa', { bits: 2048 }],
] as const;

interface Key {
  readonly what: string;
  readonly private: string;
  readonly public: string;
}

const made = (kind: (typeof KINDS)[number][0], how: object): Key => ({
  what: `${kind} ${Object.values(how).join()}`,
  ...ssh2.utils.generateKeyPairSync(kind as 'rsa', how as { bits: number }),
});

function pem(key: KeyObject, type: 'pkcs1' | 'sec1'): Key {
  const text = key.export({ type, format: 'pem' }).toString();
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) throw parsed;
  return { what: type, private: text, public: `${parsed.type} ${parsed.getPublicSSH().toString('base64')}` };
}

needs('sshd', 'namespaces')('a bundle and a real OpenSSH', () => {
  let bundle: Bundled;
  let Box: typeof box.Box;
  let fingerprintOf: typeof box.fingerprintOf;
  let folder: TemporaryFolder;
  let sshd: string;
  let server: Server;
  let hostKeys: readonly string[];
  let options: readonly string[] = [];
  const running = new Set<ChildProcess>();
  const hosts = KINDS.map(([kind, how]) => made(kind, how));
  const users = [
    ...KINDS.map(([kind, how]) => made(kind, how)),
    pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, 'pkcs1'),
    pem(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey, 'sec1'),
  ];
  const [user] = users as [Key, ...Key[]];

  beforeAll(async () => {
    bundle = await bundled('functions/firewalls/linux/box.ts');
    ({ Box, fingerprintOf } = await bundle.load<typeof box>());
    folder = temporaryFolder('algorithms');
    sshd = requirePrograms(['sshd'], (line) => process.stderr.write(`${line}\n`)).sshd as string;
    const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text, { mode: 0o600 });
    write('authorized_keys', users.map((each) => `command="${FORCED}",restrict ${each.public}\n`).join(''));
    for (const [at, each] of hosts.entries()) write(`host_${at}`, each.private);
    hostKeys = hosts.map((each) => fingerprintOf(Buffer.from(each.public.split(' ')[1] as string, 'base64')));
    const lines = ['StrictModes no', 'UsePAM no', 'PermitRootLogin prohibit-password', 'UseDNS no', 'PrintMotd no', 'LogLevel ERROR'];
    const config = [
      `AuthorizedKeysFile ${join(folder.path, 'authorized_keys')}`,
      ...hosts.map((_, at) => `HostKey ${join(folder.path, `host_${at}`)}`),
    ];
    write('sshd_config', [...lines, ...config, ''].join('\n'));
    if (isRoot()) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    server = createServer({ pauseOnConnect: true }, (socket: Socket) => {
      const child = spawn(sshd, ['-i', '-f', join(folder.path, 'sshd_config'), ...options], { stdio: [socket, socket, 'ignore'] });
      running.add(child);
      child.on('exit', () => running.delete(child));
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }, 60_000);

  afterAll(async () => {
    for (const child of running) child.kill();
    await new Promise((resolve) => server.close(resolve));
    folder.remove();
    bundle.remove();
  });

  /** What became of one login and one request: "done", or the error's code and message. */
  async function said(key: string, only: readonly string[], pinned: readonly string[] = hostKeys, attempts = 5): Promise<string> {
    options = only.flatMap((option) => ['-o', option]);
    const { port } = server.address() as { port: number };
    const manager = LinuxManager.parse({
      vendor: 'linux',
      address: '127.0.0.1',
      port,
      user: userInfo().username,
      hostKeys: [...pinned],
      secret: 's',
    });
    const one = new Box({ name: 'box', manager, secret: async () => key });
    try {
      return (await one.run('state', 'cf_t')).stdout;
    } catch (error) {
      // The groups of 8192 bits take long, and on a machine that is busy with other tests longer than our patience with a firewall.
      if (attempts > 1 && /Timed out/.test((error as Error).message)) return await said(key, only, pinned, attempts - 1);
      return `${(error as { code?: string }).code} ${(error as Error).message}`;
    } finally {
      await one.close();
    }
  }

  /** A later OpenSSH knows fewer of the old ones. */
  const knows = (option: string) => spawnSync(sshd, ['-t', '-f', join(folder.path, 'sshd_config'), '-o', option]).status === 0;

  test.each([
    ['KexAlgorithms', algorithms.DEFAULT_KEX, 'curve25519-sha256', []],
    ['Ciphers', algorithms.DEFAULT_CIPHER, 'chacha20-poly1305@openssh.com', []],
    ['MACs', algorithms.DEFAULT_MAC, 'hmac-sha2-256-etm@openssh.com', ['Ciphers=aes256-ctr']],
    ['HostKeyAlgorithms', algorithms.DEFAULT_SERVER_HOST_KEY, 'ssh-ed25519', []],
  ] as const)(
    'every one of %s',
    async (option, names, surely, more) => {
      const known = names.filter((name) => knows(`${option}=${name}`));
      expect(known).toContain(surely);
      expect(known.length).toBeGreaterThan(names.length / 2);
      for (const name of known) expect(`${name}: ${await said(user.private, [`${option}=${name}`, ...more])}`).toBe(`${name}: done`);
    },
    300_000,
  );

  test('every kind of private key, as OpenSSH and as PEM writes it', async () => {
    for (const key of users) expect(`${key.what}: ${await said(key.private, [])}`).toBe(`${key.what}: done`);
  }, 300_000);

  test('a private key with a passphrase is no key for us, and is told as one', async () => {
    const locked = ssh2.utils.generateKeyPairSync('ed25519', { passphrase: 'open', cipher: 'aes256-ctr', rounds: 1 });
    expect(await said(locked.private, [])).toMatch(/^CEXT_LINUX_SECRET_UNREADABLE /);
  });

  test('an unknown key and an unknown host are told apart', async () => {
    expect(await said(made('ed25519', {}).private, [])).toMatch(/^CEXT_LINUX_LOGIN_REFUSED /);
    expect(await said(user.private, [], [`SHA256:${'A'.repeat(43)}`])).toMatch(/^CEXT_LINUX_HOST_KEY_CHANGED /);
  });
});
