/** The programs that the namespaces need, and how to get them where that is allowed. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

/** An absolute path, also for programs of /usr/sbin that an ordinary user's PATH does not name. */
export function findProgram(name: string): string | undefined {
  for (const folder of [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', '/usr/local/sbin']) {
    if (folder === '') continue;
    try {
      accessSync(`${folder}/${name}`, constants.X_OK);
      return `${folder}/${name}`;
    } catch {}
  }
  return undefined;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** An unprivileged user may make namespaces of its own. */
export function hasUserNamespaces(): boolean {
  const unshare = findProgram('unshare');
  if (!unshare) return false;
  try {
    execFileSync(unshare, ['--user', '--map-root-user', '--net', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** As root on Debian or Ubuntu missing programs are installed when a border is started. */
export const canInstall = (): boolean => isRoot() && findProgram('apt-get') !== undefined;

/** Debian package of each program. */
const PACKAGES: Readonly<Record<string, string>> = {
  nft: 'nftables',
  ip: 'iproute2',
  sshd: 'openssh-server',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  tcpreplay: 'tcpreplay',
  perl: 'perl-base',
  conntrack: 'conntrack',
};

export type Say = (line: string) => void;

/**
 * Absolute paths of these programs. As root on Debian or Ubuntu what is missing is installed, and said.
 * @throws Error with one line that says what is needed.
 */
export function requirePrograms(names: readonly string[], say: Say): Readonly<Record<string, string>> {
  const absent = names.filter((name) => !findProgram(name));
  const packages = [...new Set(absent.map((name) => PACKAGES[name] ?? name))];
  if (absent.length > 0 && canInstall()) {
    say(`installing ${packages.join(', ')} (for ${absent.join(', ')}) with apt-get`);
    const apt = (...args: string[]) =>
      execFileSync('apt-get', ['-qq', ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
    try {
      install();
    } catch {
      apt('update');
      install();
    }
  }
  const found = names.map((name) => [name, findProgram(name)] as const);
  const lacking = found.filter(([, path]) => path === undefined).map(([name]) => name);
  if (lacking.length > 0)
    throw new Error(
      `the Linux firewall needs ${lacking.join(', ')}: install ${[...new Set(lacking.map((name) => PACKAGES[name] ?? name))].join(', ')}`,
    );
  if (!isRoot() && !hasUserNamespaces())
    throw new Error('the Linux firewall needs network namespaces: run as root, or allow unprivileged user namespaces on this system');
  return Object.fromEntries(found as [string, string][]);
}
