/**
 * Raw Felix objects -> the words of view.ts, for both wire generations (reference: felix.md 1.8 to 1.10, 10).
 *
 * - TierInfo lists policies as text up to 3.31 and as PolicyID since 3.32, at the same field number.
 * - The tier of a policy is Policy.tier (3.32), else PolicyID.tier (3.29), else the TierInfo that lists it; the last one is the view's to find.
 */
import { isIP } from 'node:net';
import type { felix as all } from '../../proto/generated/felix.js';
import { felix } from '../../proto/generated/felix-objects.js';
import { cextfire } from '../../proto/generated/shipment.js';
import { policyKey, policyName } from '../../proto/keys.ts';
import { clusterError } from './errors.ts';
import type { FelixSet, Host, HostEndpoint, Policy, PolicyKey, Pool, Service, Tier } from './view.ts';

const utf8 = new TextDecoder();

/** Field 1 to 4 of a PolicyID as a first byte. A policy name begins with a letter or a digit, and none of these is one. */
const POLICY_ID_TAGS: ReadonlySet<number | undefined> = new Set([0x0a, 0x12, 0x1a, 0x22]);

function listedPolicy(entry: Uint8Array): PolicyKey {
  return policyKey(POLICY_ID_TAGS.has(entry[0]) ? felix.PolicyID.decode(entry) : { name: utf8.decode(entry) });
}

function tierOf(info: all.ITierInfo): Tier {
  return {
    name: info.name ?? '',
    ingress: (info.ingressPolicies ?? []).map(listedPolicy),
    egress: (info.egressPolicies ?? []).map(listedPolicy),
    defaultAction: info.defaultAction === 'Pass' ? 'Pass' : 'Deny',
  };
}

/** `raw` is a felix.HostEndpointUpdate. */
export function decodeHostEndpoint(key: string, raw: Uint8Array): HostEndpoint {
  const endpoint = decoding('HostEndpoint', key, () => felix.HostEndpointUpdate.decode(raw)).endpoint;
  const tiers = (list: all.ITierInfo[] | null | undefined) => decoding('HostEndpoint', key, () => (list ?? []).map(tierOf));
  return {
    name: key,
    interfaceName: endpoint?.name ?? '',
    forwardTiers: tiers(endpoint?.forwardTiers),
    preDnatTiers: tiers(endpoint?.preDnatTiers),
    untrackedTiers: (endpoint?.untrackedTiers ?? []).map((tier) => tier.name ?? ''),
  };
}

/** `raw` is a felix.ActivePolicyUpdate. `tier` is empty where neither the policy nor its id names one. */
export function decodePolicy(key: PolicyKey, raw: Uint8Array): Policy {
  const { id, policy } = decoding('policy', key, () => felix.ActivePolicyUpdate.decode(raw));
  const { kind, namespace, name } = policyName(id);
  return {
    key,
    kind,
    namespace,
    name,
    tier: policy?.tier || id?.tier || '',
    staged: kind.startsWith('Staged'),
    preDnat: policy?.preDnat ?? false,
    untracked: policy?.untracked ?? false,
    inbound: policy?.inboundRules ?? [],
    outbound: policy?.outboundRules ?? [],
    selector: policy?.originalSelector ?? '',
  };
}

/** `raw` is a cextfire.SetDeclaration. */
export function decodeSetKind(key: string, raw: Uint8Array): FelixSet['kind'] {
  const { type } = decoding('set', key, () => cextfire.SetDeclaration.decode(raw));
  return type === felix.IPSetUpdate.IPSetType.IP_AND_PORT ? 'endpoints' : 'addresses';
}

/** `raw` is a felix.IPAMPoolUpdate. */
export function decodePool(key: string, raw: Uint8Array): Pool {
  const { pool } = decoding('IPAMPool', key, () => felix.IPAMPoolUpdate.decode(raw));
  return { cidr: pool?.cidr ?? '', masquerade: pool?.masquerade ?? false };
}

/** `raw` is a felix.NamespaceUpdate. Its labels. */
export function decodeNamespace(key: string, raw: Uint8Array): Readonly<Record<string, string>> {
  return { ...decoding('Namespace', key, () => felix.NamespaceUpdate.decode(raw)).labels };
}

/** `raw` is a felix.ServiceUpdate. */
export function decodeService(key: string, raw: Uint8Array): Service {
  const service = decoding('Service', key, () => felix.ServiceUpdate.decode(raw));
  const { clusterIps, loadbalancerIp, externalIps, loadbalancerIngressIps } = service;
  return {
    namespace: service.namespace,
    name: service.name,
    type: service.type,
    addresses: canonicalAddresses([...clusterIps, loadbalancerIp, ...externalIps, ...loadbalancerIngressIps]),
  };
}

/** What HostMetadataUpdate, ...V6Update and ...V4V6Update of one host say together; up to 3.32 one host comes as two or three of them. */
export function decodeHost(
  key: string,
  raws: { readonly host?: Uint8Array | undefined; readonly v6?: Uint8Array | undefined; readonly v4v6?: Uint8Array | undefined },
): Host {
  const addresses = decoding('host', key, () => {
    const host = raws.host && felix.HostMetadataUpdate.decode(raws.host);
    const v6 = raws.v6 && felix.HostMetadataV6Update.decode(raws.v6);
    const both = raws.v4v6 && felix.HostMetadataV4V6Update.decode(raws.v4v6);
    return [host?.ipv4Addr, host?.ipv6Addr, v6?.ipv6Addr, both?.ipv4Addr, both?.ipv6Addr];
  });
  return { name: key, addresses: canonicalAddresses(addresses) };
}

/** `raw` is a cextfire.Facts. */
export function decodeFacts(raw: Uint8Array): cextfire.Facts {
  return decoding('facts', '', () => cextfire.Facts.decode(raw));
}

/** "172.20.0.11/24" -> "172.20.0.11"; what is no address falls out, and so does what came before. */
function canonicalAddresses(texts: readonly (string | undefined)[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const address = text?.split('/', 1)[0] ?? '';
    const family = isIP(address);
    // The URL standard writes IPv6 as RFC 5952 asks.
    if (family === 6 && URL.canParse(`http://[${address}]`)) found.add(new URL(`http://[${address}]`).hostname.slice(1, -1));
    else if (family === 4) found.add(address);
  }
  return [...found];
}

function decoding<T>(what: string, key: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw clusterError(
      'CEXT_CLUSTER_OBJECT_UNREADABLE',
      `${what} "${key}" cannot be decoded: ${reason}`,
      { field: `${what} ${key}` },
      { cause },
    );
  }
}
