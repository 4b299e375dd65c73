/** Names on devices and back: prefix, a letter for the kind of object, the id, perhaps a generation (DESIGN: names of our objects). */
import type { RuleId } from '../functions/rulebook/types.ts';

/** The begin of the names of this rule's objects: "cf_rab12"; where a device keeps generations, "_" and one follow. */
export const deviceName = (prefix: string, id: RuleId): string => `${prefix}r${id}`;

/** "cf_rab12_03fe1" (chain of nftables, rule of PAN-OS), "cf_nab12_2" (NAT rule), "cf_tab12_77aa0", "cf_cab12" -> "ab12". */
export function ruleOfDeviceName(prefix: string, name: string): RuleId | undefined {
  return name.startsWith(prefix) ? /^[rntc]([a-z0-9]{1,16})(?:_[0-9a-z]+)?$/.exec(name.slice(prefix.length))?.[1] : undefined;
}
