import { expect, jest, test } from '@jest/globals';
import { EMPTY_DIGEST } from '../proto/digest.ts';
import { writeFrame } from '../proto/framing.ts';
import { felix } from '../proto/generated/felix.js';
import { unpackShipment } from '../proto/packing.ts';
import { plain, stateOfStream } from '../test/felix/decoded.ts';
import { readRecording } from '../test/felix/recording.ts';
import { Shipping } from '../test/felix/shipping.ts';

jest.setTimeout(60_000);

const frame = (message: felix.IToDataplane) => writeFrame(felix.ToDataplane.encode(message).finish());
const join = (...frames: Uint8Array[]) => Buffer.concat(frames);
const config = (values: Record<string, string> = {}) => frame({ configUpdate: { config: { ClusterGUID: 'guid', ...values } } });
const set = (id: string, members: string[]) => frame({ ipsetUpdate: { id, members, type: felix.IPSetUpdate.IPSetType.NET } });
const delta = (id: string, addedMembers: string[], removedMembers: string[] = []) =>
  frame({ ipsetDeltaUpdate: { id, addedMembers, removedMembers } });
const gone = (id: string) => frame({ ipsetRemove: { id } });
const policy = (name: string, selector = 'all()') =>
  frame({ activePolicyUpdate: { id: { name, kind: 'GlobalNetworkPolicy' }, policy: { originalSelector: selector, tier: 'border' } } });
const policyGone = (name: string) => frame({ activePolicyRemove: { id: { name, kind: 'GlobalNetworkPolicy' } } });
const inSync = frame({ inSync: {} });
const ip = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}/32`;

async function started(...more: Uint8Array[]): Promise<Shipping> {
  const shipping = new Shipping();
  await shipping.take(join(config(), set('s:a', ['10.1.0.1/32']), ...more, inSync));
  return shipping;
}
const membersOf = (shipping: Shipping, id: string) => [...(shipping.reader.state.sets.get(id)?.members ?? [])].sort();

test('until InSync nothing of the view leaves, however long that takes: only heartbeats that say so', async () => {
  const answer = { ok: false, reason: 'the service account may not list tiers (403)', sinceMs: 7 };
  const shipping = new Shipping({ probe: () => answer });
  await shipping.take(join(config(), set('s:a', ['10.1.0.1/32']), policy('p')));
  await shipping.clock.advance(100_000);
  const beats = shipping.parcels.map(({ body }) => unpackShipment(body));
  expect(beats.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  for (const { heartbeat, snapshot, changes, digestBefore, digestAfter } of beats) {
    expect(heartbeat).toMatchObject({ inSync: false, objects: 2, sets: 1, members: 1, probe: answer });
    expect([snapshot, changes]).toEqual([null, null]);
    for (const digest of [digestBefore, digestAfter]) expect(Buffer.from(digest).toString('hex')).toBe(EMPTY_DIGEST);
  }
  expect(shipping.shipper.unready()).toMatch('not in sync');
  await shipping.take(inSync);
  expect(shipping.parcels.slice(3).map(({ kind, sequence }) => [kind, sequence])).toEqual([['snapshot', 4]]);
  // The first snapshot answered nobody: the cloud may ask for one at once.
  shipping.shipper.resync();
  await shipping.clock.advance(100);
  expect(shipping.reader.snapshots).toBe(2);
});

test('a shipper that has ended sends no heartbeat, in sync or not', async () => {
  for (const frames of [config(), join(config(), inSync)]) {
    const shipping = new Shipping();
    await shipping.take(frames);
    const sent = shipping.parcels.length;
    shipping.shipper.stop();
    await shipping.clock.advance(100_000);
    expect(shipping.parcels.length).toBe(sent);
  }
});

test('asked to end before anything was read, it hears Felix out first, and sends it', async () => {
  const stream = readRecording('01-first-rule', 'v3.32.1').stream(1);
  const shipping = new Shipping();
  const ended = shipping.shipper.finish(3_500, 200);
  for (let at = 0; at < stream.length; at += 1_000) {
    await shipping.clock.advance(20);
    shipping.shipper.take(stream.subarray(at, at + 1_000));
  }
  await shipping.clock.advance(4_000);
  expect(await ended).toBe(true);
  expect(plain(shipping.reader.state)).toEqual(plain(stateOfStream(stream)));
});

test('a Felix that never stops speaking is not heard for ever', async () => {
  const shipping = new Shipping();
  const began = shipping.clock.now();
  let endedMs = 0;
  void shipping.shipper.finish(3_500, 200).then(() => {
    endedMs = shipping.clock.now() - began;
  });
  const idle = frame({ namespaceUpdate: { id: { name: 'n' } } });
  for (let ms = 0; ms < 1_000; ms += 10) {
    shipping.shipper.take(idle);
    await shipping.clock.advance(10);
  }
  expect(endedMs).toBeGreaterThanOrEqual(200);
  expect(endedMs).toBeLessThan(300);
});

test('after quiet a delta leaves at once, then one shipment per window', async () => {
  const shipping = await started();
  shipping.shipper.take(delta('s:a', ['10.1.0.2/32']));
  await shipping.clock.advance(3);
  expect(shipping.parcels.length).toBe(2);
  for (let n = 0; n < 1000; n++) {
    shipping.shipper.take(delta('s:a', [ip(n + 1000)]));
    await shipping.clock.advance(1);
  }
  await shipping.clock.advance(200);
  expect(shipping.parcels.length - 2).toBeGreaterThanOrEqual(9);
  expect(shipping.parcels.length - 2).toBeLessThanOrEqual(11);
  expect(membersOf(shipping, 's:a').length).toBe(1002);
});

test('a clock set back by an hour, or forward, delays nothing; stamps follow it', async () => {
  const shipping = await started();
  for (const [n, hours] of [-1, 2, -3].entries()) {
    const before = shipping.parcels.length;
    shipping.shipper.take(delta('s:a', [ip(n)]));
    shipping.clock.set(hours * 3_600_000);
    shipping.shipper.take(policy(`p${n}`));
    await shipping.clock.advance(1_000);
    const sent = shipping.parcels.slice(before).filter(({ kind }) => kind === 'changes');
    expect(sent.length).toBeGreaterThan(0);
    const observed = sent.map(({ body }) => Number(unpackShipment(body).observedMs));
    for (const ms of observed) expect(Math.abs(shipping.clock.now() - ms)).toBeLessThan(2_000);
  }
  expect(membersOf(shipping, 's:a')).toContain(ip(2));
});

test('a flush is not cut: structure waits for 50 ms without frames, and later deltas wait with it', async () => {
  const shipping = await started();
  for (let n = 0; n < 5; n++) {
    shipping.shipper.take(n === 2 ? delta('s:a', ['10.1.0.9/32']) : policy(`p${n}`));
    await shipping.clock.advance(40);
  }
  expect(shipping.parcels.length).toBe(1);
  await shipping.clock.advance(11);
  expect(shipping.reader.groups).toEqual(['snapshot', 'changes']);
  expect(shipping.parcels.length).toBe(2);
});

test('a stream that never rests does not starve structure', async () => {
  const shipping = await started();
  shipping.shipper.take(policy('p'));
  let waited = 0;
  for (; shipping.parcels.length < 2 && waited < 5_000; waited++) {
    shipping.shipper.take(delta('s:a', [ip(waited)]));
    await shipping.clock.advance(1);
  }
  expect(waited).toBeGreaterThan(1_000);
  expect(waited).toBeLessThanOrEqual(2_002);
});

test('an IPSetUpdate for a known set ships the difference', async () => {
  const shipping = await started(set('s:b', [1, 2, 3, 4].map(ip)));
  await shipping.take(set('s:b', [2, 3, 4, 5].map(ip)));
  const { changes } = unpackShipment(shipping.parcels.at(-1)?.body ?? '');
  expect(changes?.upserted).toEqual([]);
  expect(changes?.members?.map(({ set: id, added, removed }) => [id, added?.hosts4?.length ?? 0, removed?.hosts4?.length ?? 0])).toEqual([
    ['s:b', 0, 1],
    ['s:b', 1, 0],
  ]);
});

test('a set that changes by more than its size goes anew', async () => {
  const many = Array.from({ length: 3_000 }, (_, n) => ip(n + 1));
  const shipping = await started(set('s:b', many));
  await shipping.take(delta('s:b', ['10.9.0.1/32'], many));
  const { changes } = unpackShipment(shipping.parcels.at(-1)?.body ?? '');
  expect(changes?.upserted?.length).toBe(1);
  expect(membersOf(shipping, 's:b')).toEqual(['10.9.0.1/32']);
});

test('what cancels out is not shipped', async () => {
  const shipping = await started(policy('p', 'one'));
  shipping.shipper.take(
    join(
      delta('s:a', ['10.1.0.2/32']),
      delta('s:a', [], ['10.1.0.2/32']),
      policy('p', 'two'),
      policy('p', 'one'),
      policy('q'),
      policyGone('q'),
    ),
  );
  await shipping.clock.advance(1_000);
  expect(shipping.parcels.length).toBe(1);
  shipping.shipper.take(join(gone('s:a'), set('s:a', ['10.1.0.1/32']), set('s:c', []), gone('s:c')));
  await shipping.clock.advance(1_000);
  expect(shipping.parcels.length).toBe(1);
});

test('SQS away for hours: what waits is bounded by the state, and one group brings it all', async () => {
  const shipping = await started();
  shipping.accept = async () => {
    throw new Error('away');
  };
  for (let n = 0; n < 20_000; n++) {
    shipping.shipper.take(
      join(
        delta('s:a', [ip(n + 2)], n > 0 ? [ip(n + 1)] : []),
        policy(`p${n}`),
        policyGone(`p${n}`),
        set(`s:${n}`, ['10.0.0.0/8']),
        gone(`s:${n}`),
      ),
    );
    if (n % 100 === 0) await shipping.clock.advance(60_000);
  }
  const { pending, outbox } = shipping.shipper.status();
  expect(pending).toBeLessThan(20);
  expect(outbox).toBe(1);
  shipping.accept = async () => undefined;
  await shipping.clock.advance(60_000);
  expect(membersOf(shipping, 's:a').length).toBe(2);
  expect(shipping.shipper.status()).toMatchObject({ pending: 0, outbox: 0, failingSince: null });
});

test('a failed send is repeated with the same body, ever less often, and its followers wait', async () => {
  const shipping = await started();
  const bodies = new Set<string>();
  let tries = 0;
  shipping.accept = async (parcel) => {
    bodies.add(parcel.body);
    if (++tries <= 12) throw new Error('no');
  };
  shipping.shipper.take(delta('s:a', ['10.1.0.2/32']));
  await shipping.clock.advance(60);
  shipping.shipper.take(delta('s:a', ['10.1.0.3/32']));
  await shipping.clock.advance(1_000);
  expect(tries).toBeLessThan(6);
  await shipping.clock.advance(300_000);
  expect(bodies.size).toBeGreaterThanOrEqual(2);
  expect(membersOf(shipping, 's:a')).toEqual(['10.1.0.1/32', '10.1.0.2/32', '10.1.0.3/32']);
});

test('a heartbeat each 30 s carries the digest of what was shipped', async () => {
  const shipping = await started();
  await shipping.clock.advance(95_000);
  expect(shipping.parcels.map(({ kind }) => kind)).toEqual(['snapshot', 'heartbeat', 'heartbeat', 'heartbeat']);
  const beat = unpackShipment(shipping.parcels.at(-1)?.body ?? '');
  expect(beat.heartbeat).toMatchObject({ inSync: true, objects: 1, sets: 1, members: 1, hostEndpoints: 0 });
  expect(Buffer.from(beat.digestAfter).toString('hex')).toBe(shipping.shipper.status().digest);
});

test('a heartbeat carries what the probe says at that moment', async () => {
  let answer: { ok: boolean; reason: string; sinceMs: number } | undefined;
  const shipping = new Shipping({ probe: () => answer });
  await shipping.take(join(config(), inSync));
  await shipping.clock.advance(30_000);
  answer = { ok: false, reason: 'the service account may not list pods (403)', sinceMs: 7 };
  await shipping.clock.advance(30_000);
  const beats = shipping.parcels.filter(({ kind }) => kind === 'heartbeat').map(({ body }) => unpackShipment(body).heartbeat?.probe);
  expect(beats).toEqual([null, expect.objectContaining(answer)]);
});

test('the probe compares with what Felix has said, and not before it has said all', async () => {
  const shipping = new Shipping();
  const namespace = (name: string) => frame({ namespaceUpdate: { id: { name } } });
  const staged = frame({ activePolicyUpdate: { id: { name: 'staged', kind: 'StagedGlobalNetworkPolicy' }, policy: {} } });
  const old = frame({ activePolicyUpdate: { id: { tier: 'border', name: 'border.y' }, policy: {} } });
  await shipping.take(join(config(), namespace('pay'), policy('border.x'), old, staged));
  expect(shipping.shipper.felixNames()).toBeUndefined();
  await shipping.take(inSync);
  expect(shipping.shipper.felixNames()).toEqual({ namespaces: new Set(['pay']), policies: new Set(['border.x', 'border.y']) });
  await shipping.take(frame({ namespaceRemove: { id: { name: 'pay' } } }));
  expect(shipping.shipper.felixNames()?.namespaces).toEqual(new Set());
});

test('a resync is a snapshot in the same epoch; a storm of them costs one each 5 s', async () => {
  const shipping = await started();
  for (let n = 0; n < 100; n++) {
    shipping.shipper.resync();
    await shipping.clock.advance(100);
  }
  await shipping.clock.advance(10_000);
  expect(shipping.reader.snapshots).toBeGreaterThanOrEqual(3);
  expect(shipping.reader.snapshots).toBeLessThanOrEqual(4);
  expect(new Set(shipping.parcels.map(({ body }) => unpackShipment(body).epoch?.random)).size).toBe(1);
});

test('content over 256 KiB travels in numbered parts, each with its own sequence', async () => {
  const members = Array.from({ length: 60_000 }, (_, n) => `fd00::${n.toString(16)}:${((n * 7919) % 65536).toString(16)}/128`);
  const shipping = await started(
    set('s:big', members),
    set(
      's:v4',
      Array.from({ length: 60_000 }, (_, n) => ip(n * 97 + 1)),
    ),
  );
  const parts = shipping.parcels.map(({ body }) => unpackShipment(body).snapshot);
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.map((part) => part?.part)).toEqual(parts.map((_, index) => index + 1));
  expect(shipping.parcels.every(({ body }) => body.length <= 256 * 1024)).toBe(true);
  expect(shipping.reader.state.sets.get('s:big')?.members.size).toBe(60_000);
  expect(shipping.reader.state.sets.get('s:v4')?.members.size).toBe(60_000);
});

test('Felix is let wait when much is pending behind a queue that takes nothing, and reads on afterwards', async () => {
  const shipping = new Shipping({ pendingLimit: 50 });
  await shipping.take(join(config(), set('s:a', []), inSync));
  let release = () => {};
  shipping.accept = () => new Promise((resolve) => (release = resolve));
  shipping.shipper.take(delta('s:a', [ip(1)]));
  await shipping.clock.advance(10);
  for (let n = 2; n < 60; n++) shipping.shipper.take(delta('s:a', [ip(n)]));
  expect(shipping.pauses).toEqual([true]);
  shipping.accept = async () => undefined;
  release();
  await shipping.clock.advance(1_000);
  expect(shipping.pauses).toEqual([true, false]);
  expect(membersOf(shipping, 's:a').length).toBe(59);
});

test('slow sends make the window grow, quick ones shrink it again', async () => {
  const shipping = await started();
  shipping.accept = (parcel) => new Promise((resolve) => shipping.clock.after(parcel.sequence === 2 ? 1_000 : 1, resolve));
  shipping.shipper.take(delta('s:a', [ip(1)]));
  await shipping.clock.advance(1_500);
  expect(shipping.shipper.status().windowMs).toBe(2_000);
  shipping.shipper.take(delta('s:a', [ip(2)]));
  await shipping.clock.advance(2_500);
  expect(shipping.shipper.status().windowMs).toBe(100);
});

test('of the configuration only ClusterGUID, CalicoVersion and our own keys leave', async () => {
  const shipping = new Shipping();
  await shipping.take(join(config({ CalicoVersion: 'v3', CEXTFIREPrefix: 'x', EtcdKeyFile: 'secret', cextfireother: 'y' }), inSync));
  const facts = Buffer.from(shipping.reader.state.objects.get('FACTS ') ?? '', 'hex').toString('latin1');
  expect(facts).toContain('cextfireprefix');
  for (const word of ['EtcdKeyFile', 'secret']) expect(facts).not.toContain(word);
});

test('an object that fits into no shipment is left out and named; the others go on', async () => {
  const shipping = await started(policy('big', 'small yet'));
  const noise = Array.from({ length: 300_000 }, (_, n) =>
    String.fromCharCode(33 + ((Math.imul(n ^ (n >>> 7), 2654435761) >>> 25) % 90)),
  ).join('');
  const words = Array.from({ length: 60_000 }, (_, n) => Math.imul(n + 1, 2654435761).toString(36)).join('');
  await shipping.take(join(policy('big', noise + words), policy('other')));
  expect(shipping.tooBig).toEqual(['POLICY GlobalNetworkPolicy//big']);
  expect([...shipping.reader.state.objects.keys()].filter((id) => id.startsWith('POLICY'))).toEqual(['POLICY GlobalNetworkPolicy//other']);
  await shipping.take(policy('big', 'small again'));
  expect(shipping.shipper.status().tooBig).toEqual([]);
  expect(shipping.reader.state.objects.has('POLICY GlobalNetworkPolicy//big')).toBe(true);
});

test('payloads that nobody knows are counted, not fatal', async () => {
  const shipping = await started();
  await shipping.take(
    join(writeFrame(Buffer.from('9a060178', 'hex')), writeFrame(Buffer.alloc(0)), frame({ routeUpdate: Buffer.from('x') })),
  );
  expect(shipping.shipper.status().skipped).toEqual({ payload_99: 1, payload_none: 1, route_update: 1 });
  expect(shipping.shipper.metricsText()).toContain('cextfire_shipper_skipped_total{payload="payload_99"} 1');
});
