/** A policy of the view as bytes and back: what the ledger keeps as last good. */

import type { felix as all } from '../../proto/generated/felix.js';
import { felix } from '../../proto/generated/felix-objects.js';
import type { FelixSet, Policy } from '../cluster/view.ts';

const known = new WeakMap<Policy, string>();

/** base64 */
export function policyToText(policy: Policy): string {
  let text = known.get(policy);
  if (text === undefined) {
    const encode = (rules: readonly all.IRule[]) => rules.map((rule) => Buffer.from(felix.Rule.encode(rule).finish()).toString('base64'));
    const { inbound, outbound, ...rest } = policy;
    text = Buffer.from(JSON.stringify({ ...rest, inbound: encode(inbound), outbound: encode(outbound) })).toString('base64');
    known.set(policy, text);
  }
  return text;
}

export function policyFromText(text: string): Policy {
  const { inbound, outbound, ...rest } = JSON.parse(Buffer.from(text, 'base64').toString());
  const decode = (rules: readonly string[]) => rules.map((rule) => felix.Rule.decode(Buffer.from(rule, 'base64')));
  const policy: Policy = { ...rest, inbound: decode(inbound), outbound: decode(outbound) };
  known.set(policy, text);
  return policy;
}

/** Ids of the Felix sets that its rules name. */
export function setsOfPolicy(policy: Policy): Set<string> {
  const ids = new Set<string>();
  for (const rule of [...policy.inbound, ...policy.outbound]) {
    for (const [field, value] of Object.entries(rule))
      if (/SetIds$/.test(field) && Array.isArray(value)) for (const id of value) ids.add(String(id));
  }
  return ids;
}

export type FrozenSets = ReadonlyMap<string, FelixSet>;
