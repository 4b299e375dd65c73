import { afterEach, expect, test } from '@jest/globals';
import { type PanosTwin, startPanosTwin } from '../../../test/twins/panos/start.ts';
import { makeTls } from '../../../test/twins/panos/tls.ts';
import { PanosManager } from '../../settings.ts';
import { certificateConditions } from './certificate.ts';
import { panos } from './connector.ts';

const DAY = 86_400_000;
let twin: PanosTwin | undefined;
afterEach(async () => {
  await twin?.close();
  twin = undefined;
});

test.each([
  [30, undefined],
  [20, 'warning'],
  [-1, 'error'],
])('a certificate that is valid for %s more days: %s', (days, severity) => {
  const said = certificateConditions('edge', [{ host: '192.0.2.1', validUntilMs: days * DAY }], 0);
  expect(said[0]?.severity).toBe(severity);
});

test('a connector says when the certificate that it was shown runs out, and nothing before it was shown one', async () => {
  twin = await startPanosTwin();
  const fresh = await makeTls(twin.host, 10);
  twin.server.changeCertificate(fresh);
  const { host, port, apiKey } = twin;
  const manager = PanosManager.parse({ vendor: 'panos', addresses: [host], port, tls: { ca: fresh.ca }, secret: 's' });
  const connector = panos.connect({ name: 'edge', manager, secret: async () => apiKey, session: undefined });
  expect(connector.conditions?.(Date.now())).toBeUndefined();
  await connector.read({ what: 'pending', firewalls: [], members: 'none' });
  expect(connector.conditions?.(Date.now())?.map(({ code, subject }) => [code, subject])).toEqual([
    ['CEXT_PANOS_CERTIFICATE_EXPIRES', { manager: 'edge', field: host }],
  ]);
  await connector.close();
}, 60_000);
