/**
 * A real border on this machine: three network namespaces and a real OpenSSH server.
 *
 *     pods            firewall                outside
 *     eth0 ───veth─── inside    outside ───veth─── eth0        sshd on 127.0.0.1 (host) ─ forced command ─► nsenter firewall ─► cextfire-nft
 *
 * The firewall routes the pod CIDRs inward and everything else outward; neighbours are permanent, so that any frame finds its way.
 * As root the namespaces are root's own; otherwise they live in a user namespace, and sshd (which refuses to run in one) runs outside as the user.
 * Every namespace lives as long as a process that waits on a pipe from this one: when this process dies, however it dies, they are gone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ssh2 from 'ssh2';
import { freePort } from '../free-port.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { isRoot, requirePrograms, type Say } from './programs.ts';

export type Place = 'pods' | 'firewall' | 'outside';

export interface LinuxBorderOptions {
  /** For people and for file names; several borders may share one. */
  readonly name: string;
  /** Routed inward; default 10.10.0.0/16 and fd00:10:10::/64. */
  readonly podCidrs?: readonly string[];
  /** Every table that the forced command may touch begins with it. */
  readonly prefix?: string;
  /** Seconds after which the box saves members by itself; default never. */
  readonly saveAfter?: number;
  /** Every run of nft by the forced command writes its arguments into this file, one line each. */
  readonly countNft?: string;
  /** Words before nft on the box: a program that lets things go wrong (test/conformance/linux-box.sh). */
  readonly through?: readonly string[];
  readonly say?: Say;
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LinuxBorder {
  readonly name: string;
  readonly address: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  /** "SHA256:...", as the settings want them. */
  readonly hostKeys: readonly string[];
  /** OpenSSH PEM: the secret of the manager. */
  readonly privateKey: string;
  /** Interface names on the firewall. */
  readonly inside: 'inside';
  readonly outside: 'outside';
  /** Hardware addresses: of both far ends (eth0) and of the firewall's own interfaces. */
  readonly mac: Readonly<Record<'pods' | 'inside' | 'outside' | 'outsideEnd', string>>;
  /** Where the box keeps its saved tables. */
  readonly stateDir: string;
  /** Runs a program (an absolute path, or one of PATH) in a namespace; never throws for an exit code. */
  run(place: Place, argv: readonly string[], input?: string): Promise<Finished>;
  /** The same without waiting, for programs that run beside. */
  start(place: Place, argv: readonly string[]): ChildProcess;
  /** nft on the firewall itself, as its administrator. @throws Error with what nft said. */
  nft(args: readonly string[], input?: string): Promise<string>;
  /** What a reboot of the box does: all rules gone, then the saved tables loaded. */
  reboot(): Promise<void>;
  /** Ends the SSH server and every connection; `start` brings it back on the same port, with a new host key if asked. */
  stopSsh(): Promise<void>;
  startSsh(options?: { readonly newHostKey?: boolean }): Promise<void>;
  close(): Promise<void>;
}

const WRAPPER = fileURLToPath(new URL('../../functions/firewalls/linux/box/cextfire-nft', import.meta.url));
export const POD_CIDRS = ['10.10.0.0/16', 'fd00:10:10::/64'] as const;
const MAC = {
  pods: '02:00:00:00:01:02',
  inside: '02:00:00:00:01:01',
  outside: '02:00:00:00:02:01',
  outsideEnd: '02:00:00:00:02:02',
} as const;

function finish(child: ChildProcess, input?: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (data: Buffer) => out.push(data));
    child.stderr?.on('data', (data: Buffer) => err.push(data));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code: code ?? (signal ? 128 : 0), stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

/**
 * A process that holds what its shell line makes, until our end of its pipe closes. Resolves when it has printed "ready". In a session of its own:
 * Ctrl-C is for us, and reaches it as that end, in our order; a shell that the key ended would leave its server behind.
 */
function hold(command: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdin.on('error', () => {});
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
    });
    child.stdout.on('data', (data: Buffer) => data.toString().includes('ready') && resolve(child));
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code}: ${said.trim()}`)));
  });
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the SSH server does not listen on port ${port}`);
}

const fingerprint = (publicKey: string): string =>
  `SHA256:${createHash('sha256')
    .update(Buffer.from(publicKey.split(' ')[1] ?? '', 'base64'))
    .digest('base64')
    .replace(/=+$/, '')}`;

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** @throws Error with one line where a program or the right to make namespaces is missing. */
export async function startLinuxBorder(options: LinuxBorderOptions): Promise<LinuxBorder> {
  const say = options.say ?? ((line: string) => process.stderr.write(`${line}\n`));
  const program = requirePrograms(['nft', 'ip', 'sshd', 'unshare', 'nsenter'], say);
  const podCidrs = options.podCidrs ?? POD_CIDRS;
  const root = isRoot();
  const kept = temporaryFolder(options.name.replace(/[^a-z0-9-]/gi, ''));
  const folder = kept.path;
  const stateDir = join(folder, 'nftables.d');
  mkdirSync(stateDir);
  const held: ChildProcess[] = [];
  let sshd: ChildProcess | undefined;

  async function close(): Promise<void> {
    const all = [sshd, ...held.reverse()].filter(
      (child) => child !== undefined && child.exitCode === null && child.signalCode === null,
    ) as ChildProcess[];
    await Promise.all(
      all.map(
        (child) =>
          new Promise<void>((resolve) => {
            child.on('exit', () => resolve());
            child.stdin?.end();
          }),
      ),
    );
    kept.remove();
  }

  try {
    const waiting = 'echo ready; read -r _';
    // Its own mounts too: a test may fill a disk there, which outside would ask for root.
    const own = root ? ['--net', '--mount'] : ['--user', '--map-root-user', '--net', '--mount'];
    const firewall = await hold(program.unshare as string, [...own, 'sh', '-c', waiting]);
    held.push(firewall);
    const enter = (pid: number | undefined): string[] => [
      program.nsenter as string,
      '-t',
      String(pid),
      ...(root ? [] : ['-U', '--preserve-credentials']),
      '-n',
      '-m',
    ];
    const [nsenter, ...into] = enter(firewall.pid) as [string, ...string[]];
    const far = async () => {
      const child = root
        ? await hold(program.unshare as string, ['--net', 'sh', '-c', waiting])
        : await hold(nsenter, [...into, program.unshare as string, '--net', 'sh', '-c', waiting]);
      held.push(child);
      return child;
    };
    const places: Record<Place, ChildProcess> = { firewall, pods: await far(), outside: await far() };

    const start = (place: Place, argv: readonly string[]): ChildProcess => {
      const [first, ...rest] = enter(places[place].pid) as [string, ...string[]];
      return spawn(first, [...rest, ...argv], { stdio: ['pipe', 'pipe', 'pipe'] });
    };
    const run = (place: Place, argv: readonly string[], input?: string) => finish(start(place, argv), input);
    const must = async (place: Place, script: string) => {
      const { code, stderr } = await run(place, ['sh', '-e'], script);
      if (code !== 0) throw new Error(`preparing the namespace ${place} failed: ${stderr.trim()}`);
    };

    const ip = quote(program.ip as string);
    const routes = podCidrs.map((cidr) =>
      cidr.includes(':') ? `${ip} -6 route add ${cidr} via fe80::2 dev inside` : `${ip} route add ${cidr} via 169.254.1.2 dev inside`,
    );
    await must(
      'firewall',
      `
      ${ip} link set lo up
      ${ip} link add inside address ${MAC.inside} type veth peer name eth0 address ${MAC.pods} netns ${places.pods.pid}
      ${ip} link add outside address ${MAC.outside} type veth peer name eth0 address ${MAC.outsideEnd} netns ${places.outside.pid}
      echo 1 > /proc/sys/net/ipv4/ip_forward
      echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
      for each in all default inside outside; do
        echo 0 > /proc/sys/net/ipv4/conf/$each/rp_filter
        echo 0 > /proc/sys/net/ipv4/conf/$each/send_redirects
        echo 0 > /proc/sys/net/ipv6/conf/$each/accept_dad
      done
      ${ip} link set inside up
      ${ip} link set outside up
      ${ip} addr add 169.254.1.1/30 dev inside
      ${ip} addr add 169.254.2.1/30 dev outside
      ${ip} addr add fe80::1/64 dev inside nodad
      ${ip} addr add fe80::1/64 dev outside nodad
      ${ip} neigh replace 169.254.1.2 lladdr ${MAC.pods} nud permanent dev inside
      ${ip} neigh replace 169.254.2.2 lladdr ${MAC.outsideEnd} nud permanent dev outside
      ${ip} -6 neigh replace fe80::2 lladdr ${MAC.pods} nud permanent dev inside
      ${ip} -6 neigh replace fe80::2 lladdr ${MAC.outsideEnd} nud permanent dev outside
      ${routes.join('\n')}
      ${ip} route add default via 169.254.2.2 dev outside
      ${ip} -6 route add default via fe80::2 dev outside
      `,
    );
    for (const [place, n, near] of [
      ['pods', 1, MAC.inside],
      ['outside', 2, MAC.outside],
    ] as const)
      await must(
        place,
        `
        ${ip} link set lo up
        for each in all default eth0; do
          echo 0 > /proc/sys/net/ipv4/conf/$each/rp_filter
          echo 0 > /proc/sys/net/ipv6/conf/$each/accept_dad
          echo 0 > /proc/sys/net/ipv6/conf/$each/accept_ra
        done
        ${ip} link set eth0 up
        ${ip} addr add 169.254.${n}.2/30 dev eth0
        ${ip} addr add fe80::2/64 dev eth0 nodad
        ${ip} neigh replace 169.254.${n}.1 lladdr ${near} nud permanent dev eth0
        ${ip} -6 neigh replace fe80::1 lladdr ${near} nud permanent dev eth0
        ${ip} route add default via 169.254.${n}.1 dev eth0
        ${ip} -6 route add default via fe80::1 dev eth0
        `,
      );

    const nft = async (args: readonly string[], input?: string): Promise<string> => {
      const { code, stdout, stderr } = await run('firewall', [program.nft as string, ...args], input);
      if (code !== 0) throw new Error(`nft ${args.join(' ')}: ${stderr.trim()}`);
      return stdout;
    };

    const key = ssh2.utils.generateKeyPairSync('ed25519');
    const user = userInfo().username;
    const port = await freePort();
    const hostKeys: string[] = [];
    const counted = join(folder, 'nft-counted');
    if (options.countNft !== undefined)
      writeFileSync(counted, `#!/bin/sh\necho "$*" >>${quote(options.countNft)}\nexec ${quote(program.nft as string)} "$@"\n`, {
        mode: 0o755,
      });
    const environment = {
      CEXTFIRE_PREFIX: options.prefix ?? 'cf_',
      CEXTFIRE_STATE: stateDir,
      CEXTFIRE_RUN: join(folder, 'run'),
      CEXTFIRE_SAVE_AFTER: String(options.saveAfter ?? 'never'),
      CEXTFIRE_NFT: [...(options.through ?? []), options.countNft === undefined ? program.nft : counted].join(' '),
    };
    const words = ['env', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`), nsenter, ...into, 'sh', WRAPPER];
    const forced = words.map(quote).join(' ').replaceAll('"', '\\"');
    writeFileSync(join(folder, 'authorized_keys'), `command="${forced}",restrict ${key.public}\n`, { mode: 0o600 });

    const newHostKey = (): void => {
      const host = ssh2.utils.generateKeyPairSync('ed25519');
      writeFileSync(join(folder, 'host_key'), host.private, { mode: 0o600 });
      hostKeys.splice(0, hostKeys.length, fingerprint(host.public));
    };
    newHostKey();
    if (root) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    writeFileSync(
      join(folder, 'sshd_config'),
      [
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${join(folder, 'host_key')}`,
        `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
        'PidFile none',
        'StrictModes no',
        'UsePAM no',
        'PermitRootLogin prohibit-password',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        'UseDNS no',
        'PrintMotd no',
        'MaxSessions 32',
        'MaxStartups 100',
        'LogLevel ERROR',
        '',
      ].join('\n'),
    );
    const startSsh = async (how: { readonly newHostKey?: boolean } = {}): Promise<void> => {
      if (how.newHostKey) newHostKey();
      // Established connections are children of the server and end with it.
      const line = `${quote(program.sshd as string)} -D -e -f ${quote(join(folder, 'sshd_config'))} & pid=$!; echo ready; read -r _; kill $(cat /proc/$pid/task/$pid/children) $pid; wait`;
      sshd = await hold('sh', ['-c', line]);
      await waitForPort(port);
    };
    const stopSsh = async (): Promise<void> => {
      const child = sshd;
      sshd = undefined;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        child.on('exit', () => resolve());
        child.stdin?.end();
      });
    };
    await startSsh();

    return {
      name: options.name,
      address: '127.0.0.1',
      port,
      user,
      hostKeys,
      privateKey: key.private,
      inside: 'inside',
      outside: 'outside',
      mac: MAC,
      stateDir,
      run,
      start,
      nft,
      reboot: async () => {
        await nft(['flush', 'ruleset']);
        await must(
          'firewall',
          `for each in ${quote(stateDir)}/*.nft; do [ -e "$each" ] && ${quote(program.nft as string)} -f "$each"; done; true`,
        );
      },
      stopSsh,
      startSsh,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
