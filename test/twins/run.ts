/**
 * `npm run twin -- panos|panorama [--port N] [--host ADDRESS] [--config FILE]`: starts a twin on its own, prints one line of JSON when it is
 * ready, and runs until it is told to stop (SIGINT, SIGTERM). FILE is YAML or JSON with the options of that twin (its README.md).
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { startPanosTwin, type TwinOptions } from './panos/start.ts';

/** What is typed wrong is one message and the usage. */
function typed() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { port: { type: 'string' }, host: { type: 'string' }, config: { type: 'string' } },
    });
    const [kind] = positionals;
    const { port, host, config } = values;
    if (kind !== 'panos' && kind !== 'panorama') throw new Error(kind === undefined ? 'name a twin' : `there is no twin "${kind}"`);
    if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) throw new Error(`--port "${port}" is no port`);
    const given = (config ? parse(readFileSync(config, 'utf8')) : {}) as TwinOptions & { readonly seedFile?: string };
    const seed = given.seedFile === undefined ? given.seed : readFileSync(given.seedFile, 'utf8');
    return {
      ...given,
      kind,
      ...(seed === undefined ? {} : { seed }),
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(host === undefined ? {} : { host }),
    } as const;
  } catch (error) {
    process.stderr.write(`${(error as Error).message.split(/\. To specify/, 1)[0]}\n`);
    process.stderr.write('usage: npm run twin -- panos|panorama [--port N] [--host ADDRESS] [--config FILE]\n');
    return process.exit(2);
  }
}

const twin = await startPanosTwin(typed()).catch((error: Error) => {
  process.stderr.write(`the twin does not start: ${error.message}\n`);
  return process.exit(1);
});
const { url, user, password, apiKey, caFile, fingerprint, serial } = twin;
const firewalls = twin.panorama ? { firewalls: [...twin.panorama.firewalls.keys()] } : {};
const peer = twin.peer ? { peerUrl: `https://${twin.peer.host}:${twin.peer.port}/api/` } : {};
process.stdout.write(`${JSON.stringify({ url, user, password, apiKey, ca: caFile, fingerprint, serial, ...firewalls, ...peer })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void twin.close().then(() => process.exit(0)));
