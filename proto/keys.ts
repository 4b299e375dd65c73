/** Keys of objects, the same for both wire generations of Felix. */
import type { felix } from './generated/felix.js';

export interface PolicyName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Kind, namespace and name of a policy. Up to 3.31 they hide in the name: "border.x", "ns/border.x", "ns/knp.default.x",
 * "staged:border.x", "ns/staged:border.x". A staged policy may share its name with a real one, so the kind is part of the key.
 */
export function policyName(id: felix.IPolicyID | null | undefined): PolicyName {
  const name = id?.name ?? '';
  if (id?.kind) return { kind: id.kind, namespace: id.namespace ?? '', name };
  const slash = name.indexOf('/');
  const namespace = slash < 0 ? '' : name.slice(0, slash);
  const rest = name.slice(slash + 1);
  const staged = rest.startsWith('staged:');
  const plain = staged ? rest.slice('staged:'.length) : rest;
  const base = namespace === '' ? 'GlobalNetworkPolicy' : plain.startsWith('knp.') ? 'KubernetesNetworkPolicy' : 'NetworkPolicy';
  return { kind: staged ? `Staged${base}` : base, namespace, name: plain };
}

/** "GlobalNetworkPolicy//border.x". */
export function policyKey(id: felix.IPolicyID | null | undefined): string {
  const { kind, namespace, name } = policyName(id);
  return `${kind}/${namespace}/${name}`;
}
