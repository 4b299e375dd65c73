/**
 * Every name and every text of ours on the box is made here, and nowhere else. Names are of letters, digits and "_", at most 31; whatever a
 * user typed (policy names, annotations, selectors) appears in comments and log prefixes only, cut and cleaned by {@link clean}.
 *
 *     table    <prefix><firewall>                  inet cf_edge
 *     set      <prefix>s<set id>_<family><kind>    cf_sab12_4h   hosts (hash), _4n prefixes (interval), _4e endpoints; _6h, _6n, _6e
 *     rule     <prefix>r<rule id>_<generation>     a chain with the match and the verdict of one rule; the generation is a hash of its lines
 *     NAT      <prefix>t<rule id>_<generation>     the same match, with the translation
 *     list     <prefix><o|i|v|n><hash>_<letter>    a chain of jumps, one a rule: egress, ingress, VIPs, NAT of one border and cluster
 *     accepted <prefix>a<hash>_<generation>        what a cluster's pre-DNAT rules allowed, before its list of ingress rules
 *     counter  <prefix>c<rule id>
 */
import { createHash } from 'node:crypto';
import type { Family } from '../../packets/address.ts';
import type { RuleId, SetId } from '../../rulebook/types.ts';

/** Base chains, by what they judge. */
export const BASE = { egress: 'border_out', ingress: 'border_in', vips: 'border_vip', nat: 'border_snat' } as const;
export type Judge = keyof typeof BASE;
const LETTER: Readonly<Record<Judge, string>> = { egress: 'o', ingress: 'i', vips: 'v', nat: 'n' };

/** Sets that say how far we are; none is a set of the rulebook. */
export const STATE_SETS = ['fence_structure', 'fence_members', 'revision', 'ready'] as const;

export type SetPart = 'h' | 'n' | 'e';

export const tableName = (prefix: string, firewall: string): string => `${prefix}${firewall.replaceAll('-', '_')}`;
export const setName = (prefix: string, set: SetId, family: Family, part: SetPart): string => `${prefix}s${set}_${family}${part}`;
export const ruleChain = (prefix: string, use: 'r' | 't', rule: RuleId, content: string): string =>
  `${prefix}${use}${rule}_${hashText(content).slice(0, 5)}`;
export const counterName = (prefix: string, rule: RuleId): string => `${prefix}c${rule}`;
/** The name of a list without its generation. */
export const listKey = (prefix: string, judge: Judge, border: string, cluster: string): string =>
  `${prefix}${LETTER[judge]}${hashText(`${border}\0${cluster}`).slice(0, 8)}`;

/** The generation is a hash of its lines. */
export const acceptedChain = (prefix: string, border: string, cluster: string, content: string): string =>
  `${prefix}a${hashText(`${border}\0${cluster}`).slice(0, 8)}_${hashText(content).slice(0, 5)}`;

export function parseAcceptedChain(prefix: string, name: string): { generation: string } | undefined {
  const match = /^a[0-9a-f]{8}_([0-9a-f]{5})$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '');
  return match ? { generation: match[1] as string } : undefined;
}

export function parseSetName(prefix: string, name: string): { set: SetId; family: Family; part: SetPart } | undefined {
  const match = /^s([a-z0-9]{1,16})_([46])([hne])$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '');
  if (!match) return undefined;
  return { set: match[1] as string, family: Number(match[2]) as Family, part: match[3] as SetPart };
}

export function parseRuleChain(prefix: string, name: string): { use: 'r' | 't'; rule: RuleId; generation: string } | undefined {
  const match = /^([rt])([a-z0-9]{1,16})_([0-9a-f]{5})$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '');
  if (!match) return undefined;
  return { use: match[1] as 'r' | 't', rule: match[2] as string, generation: match[3] as string };
}

export function parseListName(prefix: string, name: string): { key: string; generation: string } | undefined {
  const match = /^([oivn][0-9a-f]{8})_([a-z])$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '');
  return match ? { key: `${prefix}${match[1]}`, generation: match[2] as string } : undefined;
}

/** Printable ASCII without what nft or a shell could take for its own, at most so many characters. nft takes 128 for comments. */
export function clean(text: string, length = 120): string {
  return text
    .replace(/[^A-Za-z0-9 _.:/=,+@()<>&|!-]/g, '?')
    .slice(0, length)
    .trimEnd();
}

/** Hex. */
export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An interface name, or one with "*" at its end for any ending. */
export const isInterfaceName = (text: string): boolean => /^[A-Za-z0-9._@-]{1,15}\*?$/.test(text);

/** 64 bits as the two numbers of a `mark . mark` element. */
export function pairOf(value: bigint): string {
  return `${value >> 32n} . ${value & 0xffffffffn}`;
}
/** From a set id (base 36, up to 16 characters) or any text: 64 bits that stand for it in the set `ready`. */
export const markOf = (text: string): bigint => BigInt(`0x${hashText(text).slice(0, 16)}`);
