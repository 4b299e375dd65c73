import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { systemClock } from './clock.ts';
import { openProbe } from './probe.ts';

test('outside a pod there is no probe', () => {
  expect(openProbe(systemClock, AbortSignal.abort(), {})).toBeUndefined();
  expect(openProbe(systemClock, AbortSignal.abort(), { KUBERNETES_SERVICE_HOST: '127.0.0.1' }, '/nowhere')).toBeUndefined();
});

test('an API server that cannot be reached is told, with the reason and since when', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-account-'));
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    writeFileSync(join(folder, 'token'), 'a-token');
    writeFileSync(join(folder, 'ca.crt'), '');
    const { port } = server.address() as AddressInfo;
    const env = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: `${port}` };
    const before = Date.now();
    const probe = openProbe(systemClock, AbortSignal.abort(), env, folder);
    for (let tries = 0; !probe?.answer && tries < 200; tries++) await sleep(10);
    expect(probe?.answer).toMatchObject({ ok: false, reason: expect.stringMatching(/^the API server cannot be reached: /) });
    expect(probe?.answer?.sinceMs).toBeGreaterThanOrEqual(before);
    expect(probe?.answer?.reason).not.toContain('a-token');
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
