import { describe, expect, test } from '@jest/globals';
import { felix } from '../../proto/generated/felix.js';
import { cextfire } from '../../proto/generated/shipment.js';
import { decodeHost, decodeHostEndpoint, decodePolicy, decodeService } from './felix.ts';
import { MutableView } from './mutable-view.ts';

const { Kind } = cextfire;
const text = (value: string) => new TextEncoder().encode(value);
const id = (value: felix.IPolicyID) => felix.PolicyID.encode(value).finish();
const policy = (value: felix.IActivePolicyUpdate) => felix.ActivePolicyUpdate.encode(value).finish();

describe('HostEndpoints of both wire generations', () => {
  const decode = (forwardTiers: felix.ITierInfo[]) =>
    decodeHostEndpoint(
      'edge',
      felix.HostEndpointUpdate.encode({ id: { endpointId: 'edge' }, endpoint: { name: 'eth0', forwardTiers } }).finish(),
    );

  test('names as text, with the kind hidden in them', () => {
    const ingressPolicies = ['border.x', 'staged:border.x', 'ns/border.y', 'ns/knp.default.z', 'ns/staged:border.y'].map(text);
    expect(decode([{ name: 'border', ingressPolicies, defaultAction: 'Deny' }]).forwardTiers).toEqual([
      {
        name: 'border',
        ingress: [
          'GlobalNetworkPolicy//border.x',
          'StagedGlobalNetworkPolicy//border.x',
          'NetworkPolicy/ns/border.y',
          'KubernetesNetworkPolicy/ns/knp.default.z',
          'StagedNetworkPolicy/ns/border.y',
        ],
        egress: [],
        defaultAction: 'Deny',
      },
    ]);
  });

  test('PolicyIDs', () => {
    const egressPolicies = [
      id({ name: 'x', kind: 'GlobalNetworkPolicy' }),
      id({ name: 'y', namespace: 'ns', kind: 'StagedNetworkPolicy' }),
    ];
    expect(decode([{ name: 'border', egressPolicies }]).forwardTiers[0]?.egress).toEqual([
      'GlobalNetworkPolicy//x',
      'StagedNetworkPolicy/ns/y',
    ]);
  });

  test('everything but Pass ends in a drop', () => {
    const tiers = ['Pass', 'Deny', '', 'Log', 'pass'].map((defaultAction) => ({ name: 't', defaultAction }));
    expect(decode(tiers).forwardTiers.map(({ defaultAction }) => defaultAction)).toEqual(['Pass', 'Deny', 'Deny', 'Deny', 'Deny']);
  });
});

describe('the tier of a policy', () => {
  test('is what the policy says, else its id', () => {
    expect(decodePolicy('k', policy({ id: { name: 'x', tier: 'b' }, policy: { tier: 'a' } })).tier).toBe('a');
    expect(decodePolicy('k', policy({ id: { name: 'x', tier: 'b' }, policy: {} })).tier).toBe('b');
  });

  test('else that of the tier which lists it now', () => {
    const view = new MutableView('c');
    const key = 'GlobalNetworkPolicy//x';
    const listed = (name: string) => ({
      kind: Kind.HOST_ENDPOINT,
      key: 'edge',
      raw: felix.HostEndpointUpdate.encode({ endpoint: { forwardTiers: [{ name, egressPolicies: [text('x')] }] } }).finish(),
    });
    view.change({ upserted: [{ kind: Kind.POLICY, key, raw: policy({ id: { name: 'x' }, policy: {} }) }] });
    expect(view.policies.get(key)?.tier).toBe('');
    view.change({ upserted: [listed('first')] });
    expect(view.policies.get(key)?.tier).toBe('first');
    view.change({ upserted: [listed('second')] });
    expect(view.policies.get(key)?.tier).toBe('second');
  });
});

test('addresses are canonical, without length, each once', () => {
  const host = felix.HostMetadataUpdate.encode({ hostname: 'n', ipv4Addr: '172.20.0.11', ipv6Addr: '' }).finish();
  const v4v6 = felix.HostMetadataV4V6Update.encode({ hostname: 'n', ipv4Addr: '172.20.0.11/24', ipv6Addr: 'FD00:0:0::1/64' }).finish();
  expect(decodeHost('n', { host, v4v6 })).toEqual({ name: 'n', addresses: ['172.20.0.11', 'fd00::1'] });
  const service = felix.ServiceUpdate.encode({
    name: 's',
    namespace: 'ns',
    clusterIps: ['10.96.0.1', 'None'],
    externalIps: ['1.2.3.4'],
  }).finish();
  expect(decodeService('ns/s', service).addresses).toEqual(['10.96.0.1', '1.2.3.4']);
});

test('what does not decode is an error that names it', () => {
  expect(() => decodePolicy('k', new Uint8Array([0x0a, 0x7f]))).toThrow(
    expect.objectContaining({ code: 'CEXT_CLUSTER_OBJECT_UNREADABLE' }),
  );
});

describe('a group is applied whole or not at all', () => {
  const raw = cextfire.SetDeclaration.encode({ type: 2 }).finish();
  const members = (...others: string[]) => ({ others });
  const filled = () => {
    const view = new MutableView('c');
    view.change({ upserted: [{ kind: Kind.SET, key: 's', raw }], members: [{ set: 's', added: members('10.0.0.0/8', 'fd00::1/128') }] });
    return view;
  };

  test('what came before the mistake is taken back, members, sets, counts and digest', () => {
    const view = filled();
    const before = { digest: view.digest, counts: { ...view.counts } };
    const mistake = { set: 'unknown', added: members('1.0.0.0/8') };
    for (const changes of [
      {
        upserted: [
          { kind: Kind.SET, key: 's', raw },
          { kind: Kind.POOL, key: 'p', raw },
        ],
        members: [mistake],
      },
      { upserted: [{ kind: Kind.SET, key: 't', raw }], members: [{ set: 't', added: members('9.0.0.0/8') }, mistake] },
      { members: [{ set: 's', added: members('11.0.0.0/8'), removed: members('10.0.0.0/8') }, mistake] },
    ]) {
      expect(() => view.change(changes)).toThrow(expect.objectContaining({ code: 'CEXT_CLUSTER_UNKNOWN_SET' }));
      expect({ digest: view.digest, counts: { ...view.counts } }).toEqual(before);
      expect([...(view.sets.get('s')?.members ?? [])].sort()).toEqual(['10.0.0.0/8', 'fd00::1/128']);
      expect(view.sets.size).toBe(1);
      expect(view.pools.size).toBe(0);
    }
  });

  test('a set declared anew is replaced and keeps no member', () => {
    const view = filled();
    const change = view.change({ upserted: [{ kind: Kind.SET, key: 's', raw }], members: [{ set: 's', added: members('1.0.0.0/8') }] });
    expect(change).toMatchObject({ structure: false, replaced: new Set(['s']) });
    expect(change.members.size).toBe(0);
    expect([...(view.sets.get('s')?.members ?? [])]).toEqual(['1.0.0.0/8']);
  });

  test('what nobody announced may be removed', () => {
    const view = filled();
    const { digest } = view;
    expect(
      view.change({
        removed: [
          { kind: Kind.POOL, key: 'none' },
          { kind: Kind.SET, key: 'none' },
        ],
      }).structure,
    ).toBe(false);
    expect(view.digest).toBe(digest);
    view.change({ removed: [{ kind: Kind.SET, key: 's' }] });
    expect(view.digest).toBe('0'.repeat(32));
    expect(view.counts).toEqual({ objects: 0, members: 0, bytes: 0 });
  });
});
