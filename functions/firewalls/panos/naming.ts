/** Names of our objects: prefix, a letter for the kind, an id. At most 31 characters (DESIGN.md section 4). */
import type { Family } from '../../packets/address.ts';
import type { RuleId, SetId } from '../../rulebook/types.ts';

export const markerOf = (prefix: string): string => `${prefix}managed`;
export const ruleName = (prefix: string, id: RuleId): string => `${prefix}r${id}`;
/** One NAT rule has one zone to go to: `at` counts the zones. */
export const natName = (prefix: string, id: RuleId, at: number): string => `${prefix}n${id}${at === 0 ? '' : `_${at + 1}`}`;
/** A dynamic address group and its registered tag have the same name; a set has one per family. */
export const groupName = (prefix: string, set: SetId, family: Family): string => `${prefix}s${set}_${family}`;
/** The static group of a set for NAT rules. */
export const natGroupName = (prefix: string, set: SetId): string => `${prefix}t${set}`;
/** The static group of what one list of sets and prefixes holds beside another. */
export const natDifferenceName = (prefix: string, hash: string): string => `${prefix}d${hash}`;
export const addressName = (prefix: string, address: string): string => `${prefix}a${address.replaceAll(/[./-]/g, '_')}`;
/** A member of a static group that would else be empty: an empty group is refused, and no group must ever mean "any". */
export const nothingName = (prefix: string): string => `${prefix}nothing`;
export const NOTHING = '255.255.255.255';

export function ruleIdOf(prefix: string, name: string): RuleId | undefined {
  const match = /^[rn]([a-z0-9]{1,16})(?:_\d+)?$/.exec(name.slice(prefix.length));
  return name.startsWith(prefix) ? match?.[1] : undefined;
}

export function setOfGroup(prefix: string, name: string): { readonly set: SetId; readonly family: Family } | undefined {
  const match = name.startsWith(prefix) ? /^s([a-z0-9]{1,16})_([46])$/.exec(name.slice(prefix.length)) : null;
  return match ? { set: match[1] as string, family: Number(match[2]) as Family } : undefined;
}

export function setOfNatGroup(prefix: string, name: string): SetId | undefined {
  return name.startsWith(prefix) ? /^t([a-z0-9]{1,16})$/.exec(name.slice(prefix.length))?.[1] : undefined;
}
