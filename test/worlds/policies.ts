/** Small policy worlds: few addresses, few sets, everything that a policy can say, so that rules meet each other often. */
import fc from 'fast-check';
import type { ClusterView, FelixSet, HostEndpoint, Policy, Tier } from '../../functions/cluster/view.ts';
import { parseAddress } from '../../functions/packets/address.ts';
import type { Packet } from '../../functions/packets/packet.ts';
import type { CompileCluster, CompileInput } from '../../functions/policy/types.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import { Border, Cluster, Firewall, Pair } from '../../functions/settings.ts';
import type { felix } from '../../proto/generated/felix.js';
import { MemberSet } from '../../proto/members.ts';

const lanes = { host4: 'fast', host6: 'fast', prefix4: 'fast', prefix6: 'fast' } as const;
export const EVERYTHING_SAYABLE: Capabilities = {
  protocols: 'all',
  icmpTypes: true,
  icmpCodes: true,
  sourcePorts: true,
  excludePrefixes: true,
  excludeSets: true,
  endpointSets: true,
  log: 'rule',
  preDnat: true,
  mixedFamilies: true,
  translations: { none: true, address: true, range: true, pool: true, ipv6: true, absent: true },
  ipv6PrefixMembers: true,
  maxRules: 100_000,
  maxSets: 100_000,
  maxMembersPerSet: 1_000_000,
  maxMembers: 1_000_000,
  maxSetsPerAddress: 1_000,
  lanes: { filter: lanes, nat: lanes },
  atomicMembership: true,
  atomicStructure: true,
  filterSees: 'beforeSourceNat',
  hitCounts: true,
};

export const BORDER = Border.parse({
  firewall: 'edge',
  hostEndpoint: 'edge',
  snatPools: { p: ['198.51.100.0/28', '2001:db8:ffff::/64'], four: ['198.51.100.32/28'], hers: ['198.51.100.64/28'] },
  vips: ['10.10.0.0/30', 'fd00:10:10::/127'],
});

export const setOf = (id: string, members: readonly string[], kind: FelixSet['kind'] = 'addresses'): FelixSet => {
  const set = new MemberSet();
  for (const member of members) set.add(member);
  return { id, kind, members: set };
};

export function policyOf(
  name: string,
  rules: { readonly outbound?: readonly felix.IRule[]; readonly inbound?: readonly felix.IRule[] },
  more: Partial<Policy> = {},
): Policy {
  const kind = more.kind ?? 'GlobalNetworkPolicy';
  return {
    key: `${kind}//${name}`,
    kind,
    namespace: '',
    name,
    tier: 'border',
    staged: kind.startsWith('Staged'),
    preDnat: false,
    untracked: false,
    inbound: rules.inbound ?? [],
    outbound: rules.outbound ?? [],
    selector: '',
    ...more,
  };
}

export const tierOf = (name: string, policies: readonly Policy[], defaultAction: Tier['defaultAction'] = 'Deny'): Tier => ({
  name,
  ingress: policies.map(({ key }) => key),
  egress: policies.map(({ key }) => key),
  defaultAction,
});

export function viewOf(parts: {
  readonly policies: readonly Policy[];
  readonly sets?: readonly FelixSet[];
  readonly forwardTiers?: readonly Tier[];
  readonly preDnatTiers?: readonly Tier[];
  readonly pools?: ClusterView['pools'];
  readonly untrackedTiers?: readonly string[];
}): ClusterView {
  const endpoint: HostEndpoint = {
    name: 'edge',
    interfaceName: 'outside',
    forwardTiers: parts.forwardTiers ?? [tierOf('border', parts.policies)],
    preDnatTiers: parts.preDnatTiers ?? [],
    untrackedTiers: parts.untrackedTiers ?? [],
  };
  return {
    cluster: 'pay',
    clusterGuid: '',
    calicoVersion: '',
    position: 7,
    digest: '',
    hostEndpoints: new Map([['edge', endpoint]]),
    policies: new Map(parts.policies.map((policy) => [policy.key, policy])),
    sets: new Map((parts.sets ?? []).map((set) => [set.id, set])),
    pools: parts.pools ?? new Map(),
    hosts: new Map(),
    namespaces: new Map(),
    services: new Map(),
  };
}

export interface Wishes {
  readonly pair?: Partial<CompileCluster['pair']>;
  readonly podCidrs?: readonly string[];
  readonly lastGood?: CompileCluster['lastGood'];
  readonly maxRulesPerPolicyRule?: number;
  readonly capabilities?: Partial<Capabilities>;
}

export function inputOf(view: ClusterView, wishes: Wishes = {}): CompileInput {
  const pair = Pair.parse({
    cluster: 'pay',
    firewall: 'edge',
    tiers: ['border', 'second', 'third'],
    snatPools: ['p', 'four'],
    defaultDeny: true,
  });
  return {
    firewall: 'edge',
    settings: Firewall.parse({ manager: 'm', mode: 'sync', maxRulesPerPolicyRule: wishes.maxRulesPerPolicyRule ?? 200 }),
    borders: new Map([['edge', BORDER]]),
    capabilities: { ...EVERYTHING_SAYABLE, ...wishes.capabilities },
    clusters: [
      {
        name: 'pay',
        settings: Cluster.parse({ podCidrs: wishes.podCidrs ?? ['10.10.0.0/28', 'fd00:10:10::/124'] }),
        pair: { ...pair, maxRules: 100_000, ...wishes.pair },
        view,
        lastGood: wishes.lastGood ?? new Map(),
      },
    ],
  };
}

const INSIDE = ['10.10.0.0', '10.10.0.1', '10.10.0.2', '10.10.0.5', 'fd00:10:10::', 'fd00:10:10::1', 'fd00:10:10::5'];
const OUTSIDE = ['203.0.113.0', '203.0.113.1', '203.0.113.6', '2001:db8::', '2001:db8::1', '2001:db8::6'];
const STRANGERS = ['10.20.0.1', 'fd99::1'];
const NETS4 = ['10.10.0.0/30', '10.10.0.0/31', '203.0.113.0/29', '203.0.113.0/31', '203.0.113.6/32', '0.0.0.0/0'];
const NETS6 = ['fd00:10:10::/127', 'fd00:10:10::/125', '2001:db8::/126', '2001:db8::6/128', '::/0'];
const PORTS = [53, 80, 443];

const host = (address: string): string => `${address}/${address.includes(':') ? 128 : 32}`;
const some = <T>(from: readonly T[], maxLength = 3) => fc.uniqueArray(fc.constantFrom(...from), { maxLength });
const rarely = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });

const addressMembers = some([...INSIDE, ...OUTSIDE, ...STRANGERS].map(host).concat(NETS4.slice(0, 4), NETS6.slice(0, 3)), 6);
const endpointMembers = some(
  [...INSIDE, ...OUTSIDE].flatMap((address) => PORTS.flatMap((port) => ['tcp', 'udp'].map((protocol) => `${address},${protocol}:${port}`))),
  12,
);
const nets = fc.oneof(some(NETS4, 2), some(NETS6, 2), some([...NETS4, ...NETS6], 3));
const addressSets = some(['a', 'b', 'c'], 2);
const portRange = fc.constantFrom(
  { first: 53, last: 53 },
  { first: 80, last: 443 },
  { first: 0, last: 65535 },
  { first: 443, last: 60000 },
);
const ports = fc.uniqueArray(portRange, { maxLength: 2 });
const namedPorts = some(['n', 'm'], 2);

const end = fc.record({
  nets: rarely(nets, []),
  sets: fc.oneof(fc.constant([] as string[]), addressSets),
  notNets: rarely(nets, []),
  notSets: rarely(addressSets, []),
});
const anyRule = fc
  .record({
    action: fc.constantFrom('allow', 'deny', 'log', 'next-tier', 'pass', ''),
    ipVersion: rarely(fc.constantFrom(4, 6), 0),
    protocol: fc.constantFrom(undefined, 'tcp', 'tcp', 'udp', 'icmp', 'icmpv6', 47),
    notProtocol: rarely(fc.constantFrom<string | number | undefined>('tcp', 47), undefined),
    source: end,
    destination: end,
    srcPorts: rarely(ports, []),
    dstPorts: ports,
    notDstPorts: rarely(ports, []),
    srcNamed: rarely(namedPorts, []),
    dstNamed: rarely(namedPorts, []),
    notDstNamed: rarely(namedPorts, []),
    services: rarely(some(['n'], 1), []),
    icmp: fc.constantFrom(undefined, 'type', 'both'),
    notIcmp: fc.constantFrom(undefined, undefined, 'type', 'both'),
    snat: fc.constantFrom(undefined, 'none', 'p', 'address', 'range'),
    log: rarely(fc.constant(true), false),
  })
  .map((r): { readonly rule: felix.IRule; readonly snat: string | undefined } => {
    const protocolOf = (value: string | number | undefined) =>
      value === undefined ? null : typeof value === 'number' ? { number: value } : { name: value };
    const withPorts = r.protocol === 'tcp' || r.protocol === 'udp';
    const icmpFamily = r.protocol === 'icmp' ? 4 : r.protocol === 'icmpv6' ? 6 : undefined;
    // As Felix sends it: the family of an ICMP rule is explicit.
    const ipVersion = icmpFamily ?? r.ipVersion;
    const rule: felix.IRule = {
      action: r.action,
      ipVersion,
      protocol: protocolOf(r.protocol),
      notProtocol: protocolOf(r.notProtocol),
      srcNet: r.source.nets,
      dstNet: r.destination.nets,
      srcIpSetIds: r.source.sets,
      dstIpSetIds: r.destination.sets,
      notSrcNet: r.source.notNets,
      notDstNet: r.destination.notNets,
      notSrcIpSetIds: r.source.notSets,
      notDstIpSetIds: r.destination.notSets,
      srcPorts: withPorts ? r.srcPorts : [],
      dstPorts: withPorts ? r.dstPorts : [],
      notDstPorts: withPorts ? r.notDstPorts : [],
      srcNamedPortIpSetIds: r.srcNamed,
      dstNamedPortIpSetIds: r.dstNamed,
      notDstNamedPortIpSetIds: r.notDstNamed,
      dstIpPortSetIds: r.services,
      ...(icmpFamily && r.icmp === 'type' ? { icmpType: 8 } : {}),
      ...(icmpFamily && r.icmp === 'both' ? { icmpTypeCode: { type: 3, code: 1 } } : {}),
      ...(icmpFamily && r.notIcmp === 'type' ? { notIcmpType: 3 } : {}),
      ...(icmpFamily && r.notIcmp === 'both' ? { notIcmpTypeCode: { type: 3, code: 1 } } : {}),
      metadata: { annotations: r.log ? { 'cextfire.io/log': 'true' } : {} },
    };
    const allNets = [r.source.nets, r.destination.nets, r.source.notNets, r.destination.notNets].flat();
    const maybeFour = ipVersion !== 6 && !allNets.some((net) => net.includes(':'));
    const snat =
      r.snat === 'address' || r.snat === 'range'
        ? maybeFour
          ? r.snat === 'address'
            ? '198.51.100.7'
            : '198.51.100.8-198.51.100.9'
          : 'p'
        : r.snat;
    return { rule, snat };
  });

const withSnat = (rules: readonly { readonly rule: felix.IRule; readonly snat: string | undefined }[], allowed: boolean): felix.IRule[] =>
  rules.map(({ rule, snat }) =>
    allowed && snat !== undefined && (rule.action === 'allow' || rule.action === '')
      ? { ...rule, metadata: { annotations: { ...rule.metadata?.annotations, 'cextfire.io/snat': snat } } }
      : rule,
  );

const rules = fc.array(anyRule, { minLength: 1, maxLength: 3 });
const anyPolicy = fc.record({
  outbound: rules,
  inbound: rules,
  staged: rarely(fc.constant(true), false),
  listed: fc.constantFrom('both', 'both', 'egress', 'ingress'),
});
const anyTier = fc.record({
  policies: fc.array(anyPolicy, { minLength: 1, maxLength: 2 }),
  defaultAction: fc.constantFrom('Deny', 'Pass'),
});

export const anyPacket: fc.Arbitrary<Packet> = fc
  .record({
    egress: fc.boolean(),
    six: fc.boolean(),
    pod: fc.nat(),
    peer: fc.nat(),
    stranger: rarely(fc.constant(true), false),
    protocol: fc.constantFrom(6, 6, 17, 1, 58, 47),
    sourcePort: fc.constantFrom(53, 80, 40_000),
    destinationPort: fc.constantFrom(53, 80, 443, 8_000),
    icmpType: fc.constantFrom(3, 8),
    icmpCode: fc.constantFrom(0, 1),
  })
  .map(({ egress, six, pod, peer, stranger, protocol, sourcePort, destinationPort, icmpType, icmpCode }) => {
    const of = (texts: readonly string[], at: number) => {
      const family = texts.filter((text) => text.includes(':') === six);
      return parseAddress(family[at % family.length] as string)?.value ?? 0n;
    };
    const near = of(stranger ? STRANGERS : INSIDE, pod);
    const far = of(peer % 5 === 0 ? INSIDE : OUTSIDE, peer);
    return {
      family: six ? 6 : 4,
      direction: egress ? 'egress' : 'ingress',
      source: egress ? near : far,
      destination: egress ? far : near,
      protocol,
      ...(protocol === 6 || protocol === 17 ? { sourcePort, destinationPort } : {}),
      ...(protocol === 1 || protocol === 58 ? { icmpType, icmpCode } : {}),
    };
  });

export interface World {
  readonly view: ClusterView;
  readonly defaultDeny: boolean;
  readonly destinations: readonly string[] | undefined;
}

export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    tiers: fc.array(anyTier, { minLength: 1, maxLength: 3 }),
    preDnat: rarely(fc.array(anyTier, { minLength: 1, maxLength: 1 }), []),
    a: addressMembers,
    b: addressMembers,
    c: addressMembers,
    n: endpointMembers,
    m: endpointMembers,
    defaultDeny: fc.boolean(),
    destinations: rarely(fc.constantFrom(['203.0.113.0/31', '2001:db8::/126'], ['10.0.0.0/8']), undefined),
  })
  .map(({ tiers, preDnat, a, b, c, n, m, defaultDeny, destinations }) => {
    const policies: Policy[] = [];
    const build = (list: typeof tiers, stage: string): Tier[] =>
      list.map(({ policies: drawn, defaultAction }, at) => {
        const name = ['border', 'second', 'third'][at] as string;
        const listed = drawn.map((one, index) => {
          const egress = stage === 'forward';
          const policy = policyOf(
            `${stage}.${name}.${index}`,
            { outbound: withSnat(one.outbound, egress), inbound: withSnat(one.inbound, false) },
            { kind: one.staged ? 'StagedGlobalNetworkPolicy' : 'GlobalNetworkPolicy', tier: name, preDnat: !egress },
          );
          policies.push(policy);
          return { key: policy.key, listed: one.listed };
        });
        const keys = (direction: string) => listed.filter((one) => one.listed === 'both' || one.listed === direction).map(({ key }) => key);
        return {
          name,
          ingress: keys('ingress'),
          egress: stage === 'forward' ? keys('egress') : [],
          defaultAction: defaultAction as Tier['defaultAction'],
        };
      });
    const forwardTiers = build(tiers, 'forward');
    const preDnatTiers = build(preDnat, 'vip');
    const sets = [setOf('a', a), setOf('b', b), setOf('c', c), setOf('n', n, 'endpoints'), setOf('m', m, 'endpoints')];
    return { view: viewOf({ policies, sets, forwardTiers, preDnatTiers }), defaultDeny, destinations };
  });
