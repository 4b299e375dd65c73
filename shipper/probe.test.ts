import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Authority, FakeApiServer, makeAuthority } from '../test/chart/fake-api-server.ts';
import { ManualClock } from '../test/felix/manual-clock.ts';
import { openKubernetes } from './kubernetes.ts';
import { CONFIRM_MS, type FelixNames, LISTED_WHERE_INSTALLED, Probe, type ProbeAnswer, type ProbeResult } from './probe.ts';

const CRD = '/apis/crd.projectcalico.org/v1';
let authority: Authority;
let server: FakeApiServer;
let clock: ManualClock;
let sent: ReturnType<FelixNames>;
let told: ProbeAnswer[];
let results: ProbeResult[];
let probe: Probe;

beforeAll(() => {
  authority = makeAuthority();
});
beforeEach(async () => {
  server = await FakeApiServer.start(authority);
  server.names('/api/v1/namespaces', 'default', 'pay');
  server.names(`${CRD}/globalnetworkpolicies`, 'border.partner');
  sent = { namespaces: new Set(['default', 'pay']), policies: new Set(['border.partner']) };
  open();
});
afterEach(() => server.stop());

function open(group: 'crd.projectcalico.org' | 'projectcalico.org' = 'crd.projectcalico.org', requestMs = 10_000): void {
  clock = new ManualClock();
  told = [];
  results = [];
  const api = openKubernetes(server.env, server.folder, requestMs);
  if (!api) throw new Error('there is a service account');
  probe = new Probe({
    api,
    group,
    clock,
    felix: () => sent,
    signal: new AbortController().signal,
    changed: (answer) => told.push(answer),
    asked: (result) => results.push(result),
  });
}

/** One round; time passes where it waits to confirm. */
async function round(): Promise<ProbeAnswer | undefined> {
  let over = false;
  const running = probe.round().finally(() => {
    over = true;
  });
  // A little at a time, and only while it waits: requests take real time, which the clock does not see.
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(CONFIRM_MS / 4);
  }
  await running;
  await clock.advance(60_000);
  return probe.answer;
}

test('outside a pod there is nothing to ask', () => {
  expect(openKubernetes({}, server.folder)).toBeUndefined();
  expect(openKubernetes(server.env, '/nowhere')).toBeUndefined();
});

test('all is well: lists of one for the rights, whole lists for the names', async () => {
  expect(await round()).toMatchObject({ ok: true, reason: '' });
  expect(results).toEqual(['same']);
  expect(server.asked).toContain('GET /api/v1/pods?limit=1');
  expect(server.asked).toContain(`GET ${CRD}/tiers?limit=1`);
  expect(server.asked.every((line) => line.startsWith('GET '))).toBe(true);
  await round();
  expect(told).toHaveLength(1);
});

test('lists come in pages, and one that grew too old is begun again', async () => {
  const names = Array.from({ length: 1_203 }, (_, n) => `ns-${n}`);
  server.names('/api/v1/namespaces', ...names);
  sent = { namespaces: new Set(names), policies: new Set() };
  server.expireContinue = true;
  await round();
  await round();
  expect(results).toEqual(['same', 'same']);
  const pages = server.asked.filter((line) => line.startsWith('GET /api/v1/namespaces'));
  // 500, expired, 500, 500, 203; then three.
  expect(pages).toHaveLength(8);
  // None of it was a failure that had to be confirmed.
  expect(server.asked.filter((line) => line.startsWith('GET /api/v1/pods'))).toHaveLength(2);
});

test('a cluster without any policy, and without what only other clusters have, is a cluster', async () => {
  server.names(`${CRD}/globalnetworkpolicies`);
  for (const path of LISTED_WHERE_INSTALLED) expect(server.objects.has(path)).toBe(false);
  sent = { namespaces: new Set(['default', 'pay']), policies: new Set() };
  expect(await round()).toMatchObject({ ok: true });
  expect(results).toEqual(['same']);
});

test('a list that never ends is a failure, not a loop', async () => {
  server.names('/api/v1/namespaces', ...Array.from({ length: 501 }, (_, n) => `ns-${n}`));
  const always = Object.defineProperty(server, 'expireContinue', { get: () => true, set: () => undefined });
  expect(always).toBe(server);
  expect(await round()).toMatchObject({ ok: false, reason: expect.stringContaining('the API server answers 410') });
});

test.each([
  ['/api/v1/namespaces', 403, /^the service account may not list namespaces \(403\)/],
  [
    '/apis/kubevirt.io/v1/virtualmachineinstancemigrations',
    403,
    /^the service account may not list virtualmachineinstancemigrations\.kubevirt\.io/,
  ],
  ['/api/v1/pods', 404, /^the API server knows no such thing \(404\); it cannot list pods/],
  ['/api/v1/pods', 403, /^the service account may not list pods \(403\)/],
  [`${CRD}/tiers`, 403, /^the service account may not list tiers\.crd\.projectcalico\.org \(403\)/],
  ['', 401, /^the API server refuses the token of the service account \(401\)/],
  ['', 503, /^the API server answers 503/],
  ['', 'close', /^the API server cannot be reached: ECONNRESET$/],
] as const)('%s %s is said in words', async (path, fault, reason) => {
  server.faults.set(path, fault);
  expect(await round()).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  expect(results).toEqual(['failed']);
});

test.each(['hang', 'hang-in-body'] as const)('%s ends after a while', async (fault) => {
  open('crd.projectcalico.org', 300);
  server.faults.set('/api/v1/namespaces', fault);
  expect(await round()).toMatchObject({ ok: false, reason: 'the API server gives no answer within 0.3 s' });
});

test('a failure must last: one bad look is no news, and the second is after ten seconds', async () => {
  server.faults.set('', 500);
  const before = clock.now();
  const looking = probe.round();
  while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await clock.advance(CONFIRM_MS - 1);
  expect(server.asked).toHaveLength(1);
  server.faults.clear();
  await clock.advance(1);
  await looking;
  expect(probe.answer).toEqual({ ok: true, reason: '', sinceMs: before });
});

test('since when is the first look that failed, and it ends by itself', async () => {
  await round();
  server.faults.set('', 403);
  const first = clock.now();
  const answer = await round();
  expect(answer?.sinceMs).toBe(first);
  expect(answer?.reason).toMatch(/; last found equal at 20\d\d-/);
  await round();
  expect(probe.answer?.sinceMs).toBe(first);
  server.faults.clear();
  expect(await round()).toMatchObject({ ok: true, reason: '' });
  expect(told.map(({ ok }) => ok)).toEqual([true, false, true]);
});

test('another CA, no CA and an unreadable account are told apart from an outage', async () => {
  writeFileSync(join(server.folder, 'ca.crt'), makeAuthority().ca);
  expect(await round()).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^the API server's certificate cannot be trusted \([A-Z_]+\)/),
  });
  open();
  writeFileSync(join(server.folder, 'ca.crt'), 'no certificate');
  expect((await round())?.ok).toBe(false);
});

test('a CA that changes while we run is used at once, whatever connection is open', async () => {
  expect((await round())?.ok).toBe(true);
  writeFileSync(join(server.folder, 'ca.crt'), makeAuthority().ca);
  expect((await round())?.reason).toMatch(/cannot be trusted/);
  writeFileSync(join(server.folder, 'ca.crt'), authority.ca);
  expect((await round())?.ok).toBe(true);
});

test('the certificate must be for the address', async () => {
  server.stop();
  server = await FakeApiServer.start(makeAuthority('192.0.2.1'));
  open();
  expect(await round()).toMatchObject({ ok: false, reason: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID') });
});

test('a rotated token is used at once; neither is ever told', async () => {
  await round();
  server.rotate('second-token');
  expect((await round())?.ok).toBe(true);
  server.token = 'third-token';
  const answer = await round();
  expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining('(401)') });
  expect(JSON.stringify([told, answer])).not.toMatch(/(first|second|third)-token/);
  writeFileSync(join(server.folder, 'token'), 'two\nlines');
  expect((await round())?.reason).toMatch(/^the token of the service account is damaged/);
});

test('a namespace that differs for two rounds is a finding, whichever side has it; one that comes and goes is none', async () => {
  server.names('/api/v1/namespaces', 'default', 'pay', 'new');
  const first = clock.now();
  expect((await round())?.ok).toBe(true);
  expect(await round()).toEqual({
    ok: false,
    reason: 'Felix does not follow the API server: there, namespace new is new',
    sinceMs: first,
  });
  server.names('/api/v1/namespaces', 'default');
  // Another difference is none yet, but it does not end what was found.
  expect((await round())?.ok).toBe(false);
  expect((await round())?.reason).toMatch(/namespace pay is gone$/);
  sent = { namespaces: new Set(['default']), policies: new Set() };
  expect((await round())?.ok).toBe(true);
  expect(results).toEqual(['undecided', 'differs', 'undecided', 'differs', 'same']);
});

test('churn that is another name each time is no finding', async () => {
  for (let n = 0; n < 5; n++) {
    server.names('/api/v1/namespaces', 'default', 'pay', `job-${n}`);
    expect((await round())?.ok).toBe(true);
  }
});

test('a policy of the API that Felix does not have is none of ours; one that only Felix has is gone', async () => {
  server.names(`${CRD}/globalnetworkpolicies`, 'border.partner', 'default.other', 'cluster-dns');
  await round();
  await round();
  expect(results).toEqual(['same', 'same']);
  server.names(`${CRD}/globalnetworkpolicies`, 'default.other');
  await round();
  expect((await round())?.reason).toMatch(/there, policy border.partner is gone; last found equal at /);
});

test.each([
  ['plain', 'default.plain', undefined],
  ['default.plain', 'plain', undefined],
  ['border.x', 'stored-otherwise', 'border.x'],
])('the name %s that Felix sends may be stored as %s', async (felix, stored, shown) => {
  sent = { namespaces: new Set(['default', 'pay']), policies: new Set([felix]) };
  const annotations = { 'projectcalico.org/metadata': JSON.stringify(shown ? { name: shown } : {}) };
  server.objects.set(`${CRD}/globalnetworkpolicies`, [{ name: stored, annotations }]);
  await round();
  await round();
  expect(results).toEqual(['same', 'same']);
});

test('before Felix is in sync only the API is looked at', async () => {
  sent = undefined;
  server.names('/api/v1/namespaces', 'other');
  await round();
  expect(await round()).toMatchObject({ ok: true });
  expect(results).toEqual(['undecided', 'undecided']);
});

test('the other API group, and a group that is not there', async () => {
  server.installCalico('/apis/projectcalico.org/v3');
  server.names('/apis/projectcalico.org/v3/globalnetworkpolicies', 'border.partner');
  open('projectcalico.org');
  expect((await round())?.ok).toBe(true);
  for (const path of [...server.objects.keys()]) if (path.startsWith('/apis/projectcalico.org')) server.objects.delete(path);
  open('projectcalico.org');
  expect((await round())?.reason).toMatch(/correct calico\.apiGroup of the chart/);
});
