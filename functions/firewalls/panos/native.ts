/** What plans and steps carry as JSON: what a reading leaves for planning, and what a step needs. */
import type { Member, SetId } from '../../rulebook/types.ts';
import type { NatGroup } from './nat-groups.ts';
import { type DeviceObject, keyOf, type RuleTable } from './objects.ts';
import type { Operation } from './operations.ts';
import type { Reading } from './reading.ts';

/** What a reading leaves for planning. */
export interface Native {
  readonly place: 'found' | 'missing';
  readonly objects: readonly (readonly [DeviceObject['table'], string, DeviceObject['fields'], string])[];
  readonly groupMembers: Readonly<Record<string, readonly string[]>>;
  readonly order: Readonly<Record<RuleTable, readonly string[]>>;
  readonly others: Reading['others'];
  readonly strangers: readonly string[];
  /** null: the device has no zones of its own (Panorama) */
  readonly zones: readonly string[] | null;
  /** Panorama: zones of each firewall behind it by serial (null: it is not connected now), and of the template in the settings */
  readonly behind: {
    readonly firewalls: readonly (readonly [string, readonly string[] | null])[];
    readonly templateZones: readonly string[];
    /** serials of the settings that the device group does not have */
    readonly absent: readonly string[];
  } | null;
  /** our candidate differs from running (or from what was pushed) though nothing needs staging */
  readonly uncommitted: boolean;
  readonly unpushed: boolean;
  readonly limits: Readonly<Record<string, number>>;
  /** registered addresses of others on the device, where all were read */
  readonly registered: number | null;
}

export type Payload =
  /** make the registered addresses of these sets equal to the members; a set that is wanted no more: none */
  | { readonly kind: 'sync'; readonly sets: readonly SetId[] }
  | { readonly kind: 'drain'; readonly sets: readonly SetId[] }
  | {
      readonly kind: 'delta';
      readonly changes: readonly { readonly set: SetId; readonly added: readonly Member[]; readonly removed: readonly Member[] }[];
    }
  | { readonly kind: 'stage'; readonly operations: readonly Operation[]; readonly groups: readonly NatGroup[]; readonly lock: boolean }
  /** `template`: the push brings it along */
  | { readonly kind: 'commit'; readonly text: string; readonly push: boolean; readonly template?: string };

export function readingOf(native: Native): Reading {
  return {
    objects: new Map(
      native.objects.map(([table, name, fields, description]) => [keyOf(table, name), { table, name, fields, description }]),
    ),
    groupMembers: new Map(Object.entries(native.groupMembers)),
    order: native.order,
    others: native.others,
    strangers: new Set(native.strangers),
    zones: native.zones ?? [],
    editors: [],
  };
}

export function othersOf(reading: Reading, table: RuleTable): string[] {
  return reading.order[table].filter((name) => !reading.objects.has(keyOf(table, name)));
}
