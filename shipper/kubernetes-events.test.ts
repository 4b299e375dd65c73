import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Authority, FakeApiServer, type FakeEvent, makeAuthority } from '../test/chart/fake-api-server.ts';
import { ManualClock } from '../test/felix/manual-clock.ts';
import type { Conditions } from './control.ts';
import { openKubernetes } from './kubernetes.ts';
import { EVENT_BURST, EVENT_EVERY_MS, KubernetesEvents, REPEAT_MS } from './kubernetes-events.ts';

const CRD = '/apis/crd.projectcalico.org/v1';
const EVENTS = '/api/v1/namespaces/default/events';
let authority: Authority;
let server: FakeApiServer;
let clock: ManualClock;
let closing: AbortController;
let wrote: string[];
let events: KubernetesEvents;

beforeAll(() => {
  authority = makeAuthority();
});
beforeEach(async () => {
  server = await FakeApiServer.start(authority);
  server.names(`${CRD}/globalnetworkpolicies`, 'border.partner', 'default.plain');
  server.names(`${CRD}/hostendpoints`, 'internet');
  clock = new ManualClock();
  open();
});
afterEach(async () => {
  closing.abort();
  await clock.advance(1);
  server.stop();
});

/** A shipper that starts. */
function open(): void {
  closing = new AbortController();
  wrote = [];
  const api = openKubernetes(server.env, server.folder);
  if (!api) throw new Error('there is a service account');
  events = new KubernetesEvents({
    api,
    group: 'crd.projectcalico.org',
    clock,
    signal: closing.signal,
    instance: 'shipper-0',
    wrote: (result, why) => wrote.push(why === undefined ? result : `${result}: ${why}`),
  });
  void events.run();
}

/** Requests take real time; until so much was written. */
async function written(count: number): Promise<void> {
  for (let tries = 0; wrote.length < count; tries++) {
    if (tries > 400) throw new Error(`waited for ${count} writes, there are ${wrote.length}: ${wrote.join('; ')}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(0);
  }
}
const quiet = async () => {
  await new Promise((resolve) => setTimeout(resolve, 60));
  await clock.advance(0);
};

const condition = (over: Partial<Conditions[number]> = {}): Conditions[number] => ({
  code: 'CEXT_POLICY_REFUSED',
  severity: 'error',
  firewall: 'edge-1',
  hostEndpoint: 'internet',
  policy: 'GlobalNetworkPolicy border.partner',
  rule: 'egress rule 2',
  message: 'It names SCTP, which this firewall cannot say.',
  since: '2026-11-23T10:00:00.000Z',
  ...over,
});
const all = (): FakeEvent[] => [...server.events.values()];

test('a condition becomes an Event on its policy, where kubectl describe looks for it', async () => {
  events.tell([condition()]);
  await written(1);
  expect(all()).toEqual([
    expect.objectContaining({
      involvedObject: {
        apiVersion: 'crd.projectcalico.org/v1',
        kind: 'GlobalNetworkPolicy',
        name: 'border.partner',
        uid: 'uid-of-border.partner',
      },
      type: 'Warning',
      reason: 'CextPolicyRefused',
      message: 'egress rule 2: It names SCTP, which this firewall cannot say. (firewall edge-1) [CEXT_POLICY_REFUSED]',
      firstTimestamp: '2026-11-23T10:00:00Z',
      reportingComponent: 'cextfire.io/shipper',
      reportingInstance: 'shipper-0',
    }),
  ]);
  expect(wrote).toEqual(['begun']);
});

test('told again it is not written again; gone it has an end', async () => {
  events.tell([condition()]);
  await written(1);
  events.tell([condition()]);
  events.tell([condition()]);
  await quiet();
  expect(wrote).toEqual(['begun']);
  events.tell([]);
  await written(2);
  expect(wrote).toEqual(['begun', 'ended']);
  expect(all()[1]).toMatchObject({
    type: 'Normal',
    reason: 'CextPolicyRefusedEnded',
    message: expect.stringMatching(/^Ended: egress rule 2: /),
  });
});

test('while it holds it is repeated before the API server forgets it, as the same Event', async () => {
  events.tell([condition()]);
  await written(1);
  const before = all()[0]?.lastTimestamp;
  await clock.advance(REPEAT_MS + 60_000);
  await written(2);
  expect(wrote).toEqual(['begun', 'repeated']);
  expect(all()).toHaveLength(1);
  expect(all()[0]?.lastTimestamp).not.toBe(before);
});

test('a shipper that starts anew goes on with the same Event', async () => {
  events.tell([condition()]);
  await written(1);
  closing.abort();
  await clock.advance(60_000);
  open();
  events.tell([condition()]);
  await written(1);
  expect(all()).toHaveLength(1);
});

test('the same fault of two rules is two Events, and the end of one is no end of the other', async () => {
  events.tell([condition(), condition({ rule: 'egress rule 3' })]);
  await written(2);
  events.tell([condition({ rule: 'egress rule 3' })]);
  await written(3);
  expect(wrote).toEqual(['begun', 'begun', 'ended']);
  expect(all().map(({ message }) => message.slice(0, 20))).toEqual([
    'egress rule 2: It na',
    'egress rule 3: It na',
    'Ended: egress rule 2',
  ]);
});

test('the same fault in other words is no end', async () => {
  events.tell([condition({ message: '3 rules over the limit' })]);
  await written(1);
  events.tell([condition({ message: '4 rules over the limit' })]);
  await written(2);
  expect(wrote).toEqual(['begun', 'begun']);
});

test('a policy that is stored with the prefix of the default tier, one that is gone, a firewall, and what has no object', async () => {
  events.tell([
    condition({ policy: 'GlobalNetworkPolicy plain' }),
    condition({ policy: 'GlobalNetworkPolicy gone' }),
    condition({ policy: undefined, code: 'CEXT_APPLY_HELD', severity: 'info' } as Partial<Conditions[number]>),
    condition({ policy: undefined, hostEndpoint: undefined } as Partial<Conditions[number]>),
    condition({ policy: 'NetworkPolicy ns/x' }),
    condition({ policy: 'GlobalNetworkPolicy ../../secrets' }),
    condition({ policy: 'GlobalNetworkPolicy a b' }),
  ]);
  await written(3);
  await quiet();
  expect(all().map(({ involvedObject: { kind, name, uid }, type }) => [kind, name, uid, type])).toEqual([
    ['GlobalNetworkPolicy', 'default.plain', 'uid-of-default.plain', 'Warning'],
    ['GlobalNetworkPolicy', 'gone', undefined, 'Warning'],
    ['HostEndpoint', 'internet', 'uid-of-internet', 'Normal'],
  ]);
});

test('made anew under its name, a policy has an Event of its own', async () => {
  events.tell([condition()]);
  await written(1);
  events.tell([]);
  await written(2);
  server.objects.set(`${CRD}/globalnetworkpolicies`, [{ name: 'border.partner', uid: 'another' }]);
  events.tell([condition()]);
  await written(3);
  expect(all().map(({ involvedObject: { uid }, type }) => [uid, type])).toEqual([
    ['uid-of-border.partner', 'Warning'],
    ['uid-of-border.partner', 'Normal'],
    ['another', 'Warning'],
  ]);
});

test("with Calico's API server the Event is on the object that it shows: its name, and the uid that it makes", async () => {
  server.objects.set('/apis/projectcalico.org/v3', []);
  const annotations = { 'projectcalico.org/metadata': JSON.stringify({ name: 'plain' }) };
  // As calicoctl v3.34 showed it of a real object.
  const uid = 'fa1cb638-3ea5-43c5-a3c2-eef9d9e250d5';
  server.objects.set(`${CRD}/globalnetworkpolicies`, [{ name: 'default.plain', uid, annotations }]);
  events.tell([condition({ policy: 'GlobalNetworkPolicy plain' })]);
  await written(1);
  expect(all()[0]?.involvedObject).toEqual({
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    name: 'plain',
    uid: '5f386d1c-7ca5-43a3-a343-779f9b470aab',
  });
});

test('a flood is paced, and conditions that end before they were written are never seen', async () => {
  const flood = Array.from({ length: EVENT_BURST + 10 }, (_, n) => condition({ message: `fault ${n}`, code: `CEXT_POLICY_${n}` }));
  events.tell(flood);
  await written(EVENT_BURST);
  await quiet();
  expect(wrote).toHaveLength(EVENT_BURST);
  await clock.advance(EVENT_EVERY_MS);
  await written(EVENT_BURST + 1);
  await quiet();
  expect(wrote).toHaveLength(EVENT_BURST + 1);
  events.tell(flood.slice(0, EVENT_BURST + 1));
  await clock.advance(EVENT_EVERY_MS * 5);
  await quiet();
  expect(wrote).toHaveLength(EVENT_BURST + 1);
});

test('a missing right is told in words and tried again, later and later; what is invalid is not', async () => {
  server.faults.set(EVENTS, 403);
  events.tell([condition()]);
  await written(1);
  expect(wrote).toEqual(['failed: the service account may not create events (403); are the roles of the chart bound to it?']);
  await clock.advance(2_000);
  await written(2);
  server.faults.clear();
  await clock.advance(4_000);
  await written(3);
  expect(wrote[2]).toBe('begun');
  server.faults.set(EVENTS, 422);
  events.tell([condition({ message: 'another', code: 'CEXT_OTHER' }), condition()]);
  await written(4);
  server.faults.clear();
  await clock.advance(20 * 60_000);
  await quiet();
  expect(all()).toHaveLength(1);
});

test('a long message is cut to what the API server takes', async () => {
  events.tell([condition({ message: 'x'.repeat(5_000) })]);
  await written(1);
  expect(wrote).toEqual(['begun']);
  expect(all()[0]?.message).toHaveLength(1_000);
});
