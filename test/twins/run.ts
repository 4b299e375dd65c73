/**
 * `npm run twin -- panos|panorama [--port N] [--host ADDRESS] [--config FILE]`: starts a twin on its own, prints one line of JSON when it is
 * ready, and runs until it is told to stop (SIGINT, SIGTERM). FILE is YAML or JSON with the options of that twin (its README.md).
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { startPanosTwin, type TwinOptions } from './panos/start.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, host: { type: 'string' }, config: { type: 'string' } },
});
const kind = positionals[0];
if (kind !== 'panos' && kind !== 'panorama') {
  process.stderr.write('usage: npm run twin -- panos|panorama [--port N] [--host ADDRESS] [--config FILE]\n');
  process.exit(2);
}
const given = (values.config ? parse(readFileSync(values.config, 'utf8')) : {}) as TwinOptions & { readonly seedFile?: string };
const seed = given.seedFile === undefined ? given.seed : readFileSync(given.seedFile, 'utf8');
const twin = await startPanosTwin({
  ...given,
  kind,
  ...(seed === undefined ? {} : { seed }),
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
  ...(values.host === undefined ? {} : { host: values.host }),
});
const { url, user, password, apiKey, caFile, fingerprint, serial } = twin;
const firewalls = twin.panorama ? { firewalls: [...twin.panorama.firewalls.keys()] } : {};
const peer = twin.peer ? { peerUrl: `https://${twin.peer.host}:${twin.peer.port}/api/` } : {};
process.stdout.write(`${JSON.stringify({ url, user, password, apiKey, ca: caFile, fingerprint, serial, ...firewalls, ...peer })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void twin.close().then(() => process.exit(0)));
